"""The examples of the handbook are plans and targets that the program takes, and its words are the program's own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from metrics.cli import main
from metrics.domain.demands import DEMANDS, Demand, Relation
from metrics.domain.document import PlanDocument
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import course_by
from metrics.domain.progress.forecast import COVERAGE_SEEN, FEWEST_POINTS, LEAST_YEARS, MOST_POINTS, MOST_YEARS_AHEAD
from metrics.domain.progress.freshness import STALE_AFTER, TOO_OLD_AFTER, due_on
from metrics.domain.progress.outcome import Attainment, Formula, NotComputable, Obstacle
from metrics.domain.progress.rollup import COVERAGE_NEEDED
from metrics.domain.progress.rules import DEFAULT, RULES
from metrics.domain.progress.series import Series
from metrics.exchange.plan_file import read_plan
from metrics.locale.catalogue import lookup
from metrics.locale.collect import placeholders
from metrics.locale.formats import number, percent
from metrics.locale.words import choice, course_disclaimer, field_label, kind_name
from tests.domain.progress.test_nine_cases import plain
from tests.handbook import chapter, json_blocks, on_one_line, tables
from tests.plan import a_series, a_target, an_indicator, the_end_of

PLAN_FILE, TARGETS = chapter("plandatei"), chapter("zielwerte")
DAY = "2026-11-24"
BLOCKS = json_blocks(PLAN_FILE)
FORMULAS = {kind: placeholders(lookup(f"explained.{kind}", "de") or "") for kind in DEMANDS}
"""The formulas that the words for each kind of target name."""
EXAMPLES = [json.loads(block) for block in BLOCKS if '"format"' not in block]
SERIES = {
    "higher": [40, 44, 47, 52, 55, 58],
    "lower": [1000, 960, 900, 850, 800, 760],
    "stage": [0, 0, 1, 1, 1, 1],
}
FALLING = {"value_by_date", "relative_to_base_year"}
STEPS = {"yes_no", "stages"}


def demanded(example: dict[str, Any]) -> Demand:
    demand: Demand = TypeAdapter(Demand).validate_python(example)
    return demand


def series_for(kind: str, *, limit: bool = False) -> Series:
    name = "lower" if kind in FALLING else "stage" if kind in STEPS else "higher"
    others = {territory: a_series([50, 53, 55, 58, 60, 61], until=2026) for territory in ("Land", "Nord", "Süd")}
    direction = Direction.lower if kind in FALLING or limit else Direction.higher
    return Series(a_series(list(map(float, SERIES[name])), until=2026), direction, others)


@pytest.fixture
def database(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that the chapter's first commands make of the chapter's plan."""
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", DAY)
    (plan,) = (block for block in BLOCKS if '"format"' in block)
    (tmp_path / "plan.json").write_text(plan, encoding="utf-8")
    made = str(tmp_path / "probe.duckdb")
    assert main(["--database", made, "import", str(tmp_path / "plan.json")]) == 0
    capsys.readouterr()
    return made


def assessed(database: str, capsys: pytest.CaptureFixture[str], rule: str = DEFAULT.id) -> dict[str, Any]:
    """What the chapter's command says of its plan."""
    assert main(["--database", database, "assess", "--as-of", DAY, "--rule", rule, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_chapters_plan_is_a_plan_file() -> None:
    (plan,) = (block for block in BLOCKS if '"format"' in block)
    assert isinstance(read_plan(plan), PlanDocument)


def test_there_is_one_example_for_each_kind_of_target_in_their_order() -> None:
    assert [example["demand"] for example in EXAMPLES] == list(DEMANDS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["demand"]))
def test_an_example_target_is_valid_and_its_attainment_follows_the_formula_that_its_words_name(
    example: dict[str, Any],
) -> None:
    kind, demand = example["demand"], demanded(example)
    found = [demand.attainment(series_for(kind, limit=limit)) for limit in (False, True)]
    reached = {one.formula.value for one in found if isinstance(one, Attainment)}
    assert reached == FORMULAS[kind]
    if not reached:
        assert found[0] == NotComputable(Obstacle.direction_has_no_share)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["demand"]))
def test_an_example_target_has_a_course_unless_the_page_says_that_there_is_none(example: dict[str, Any]) -> None:
    course = course_by(DEFAULT, a_target(demanded(example)), series_for(example["demand"]))
    without = example["demand"] in {"yes_no", "stages", "in_words"}
    reasons = {Obstacle.no_interpolation, Obstacle.target_in_words}
    assert (isinstance(course, NotComputable) and course.reason in reasons) is without
    if not without and example["demand"] != "average_over_years":
        assert not isinstance(course, NotComputable)


def test_the_sentence_of_why_yellow_is_what_the_imported_plan_gives(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (indicator,) = assessed(database, capsys)["indicators"]
    (target,) = indicator["targets"]
    assert (target["course"]["course"], indicator["freshness"]) == ("sun_cloud", "fresh")
    assert plain(target["course"]["explanation"]) in on_one_line(TARGETS)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_that_the_chapter_names_assesses_the_chapters_plan(
    database: str, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    assert f"`{rule}`" in PLAN_FILE
    found = assessed(database, capsys, rule)
    assert (found["rule"], found["rule_version"]) == (rule, RULES[rule].version)
    assert found["indicators"][0]["course"]["rule"] == rule


def test_the_chapter_lists_every_key_of_an_assessed_target(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed = {key for row in tables(PLAN_FILE)[-1][1:] for key in re.findall(r"`(\w+)`", row[0])}
    assert listed == assessed(database, capsys)["indicators"][0]["targets"][0].keys()


def test_the_chapter_on_targets_names_every_kind_and_asks_for_fields_that_the_form_has() -> None:
    rows = tables(TARGETS)[0][1:]
    assert [row[0] for row in rows] == [kind_name(kind, "de") for kind in DEMANDS]
    for kind, row in zip(DEMANDS, rows, strict=True):
        labels = {field_label(kind, name, "de") for name in DEMANDS[kind].model_fields}
        assert set(re.findall(r"\*\*(.+?)\*\*", row[2])) <= labels
    assert choice(Relation.above, "de") in rows[list(DEMANDS).index("against_benchmark")][2]


def test_the_chapter_on_targets_says_the_domains_own_numbers() -> None:
    text = on_one_line(TARGETS)
    low, high = (number(100 * share, "de") for share in COVERAGE_SEEN)
    due = due_on(an_indicator(), the_end_of("2025"))
    assert due is not None
    assert f"nach {(due - the_end_of('2025')).days} Tagen" in text
    assert f"bis zum {number(STALE_AFTER, 'de')}-Fachen" in text
    assert f"über dem {number(TOO_OLD_AFTER, 'de')}-Fachen" in text
    assert f"Unter {plain(percent(COVERAGE_NEEDED, 'de'))} des Gewichts" in text
    assert f"{low}–{high} % Treffer" in text
    assert (MOST_POINTS, FEWEST_POINTS, LEAST_YEARS, MOST_YEARS_AHEAD) == (8, 5, 4, 10)
    assert "letzten acht Punkte" in text and "fünf Punkte über vier Jahre" in text and "höchstens zehn Jahre" in text
    assert course_disclaimer("de") in text


def test_the_formulas_that_the_words_name_are_all_there_are() -> None:
    assert {name for formulas in FORMULAS.values() for name in formulas} == {formula.value for formula in Formula}
