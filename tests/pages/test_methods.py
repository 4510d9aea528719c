"""The page of methods: rules and kinds of target explained by the domain's numbers, shown on the plan's own data."""

from __future__ import annotations

import ast
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.base import Evidence
from metrics.domain.demands import DEMANDS
from metrics.domain.progress import rules
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment, course_by
from metrics.domain.progress.forecast import COVERAGE_SEEN
from metrics.domain.progress.outcome import Attainment, CourseVerdict, Formula
from metrics.domain.progress.rollup import COVERAGE_NEEDED
from metrics.domain.progress.rules import DEFAULT, RULES
from metrics.domain.progress.rules.destatis_weather import LARGE_SHORTFALL
from metrics.domain.progress.rules.growth_ratio import FAST_GROWTH
from metrics.domain.progress.rules.un_progress import PROGRESS
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number, percent
from metrics.locale.words import (
    attainment_lines,
    course_disclaimer,
    course_lines,
    kind_name,
    rule_name,
    rule_reason,
    target_attainment_sentence,
)
from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.ui.goal_parts import MEAN_SHOWN
from metrics.ui.methods_texts import OFFICIAL_CHANGES, OFFICIAL_YEARS, rule_texts
from metrics.ui.methods_view import CANNOT_JUDGE, DECIDES, border_rows
from metrics.usecases.access import Person, Role
from metrics.usecases.assessing import assess_plan
from metrics.usecases.planning import add_record
from metrics.usecases.recording import record_reading
from tests.pages.conftest import TODAY, App, words
from tests.pages.hostile import HOSTILE, unescaped
from tests.plan import a_reading, a_target, an_indicator

DAY = date.fromisoformat(TODAY)
AT = datetime(2026, 11, 24, 9, 0)
OFFICE = Person("Amt", Role.administration)
NO_EXAMPLE = "Der Plan hat keinen Zielwert mit echten Istwerten"
RULE_FILES = Path(rules.__file__).parent


def read(page: AppTest) -> str:
    """What the page says, tables included, without the escapes that keep data from being markup."""
    cells = [str(cell) for table in page.table for row in table.value.values for cell in row]
    return "\n".join([words(page), *cells]).replace("\\", "")


def on_real_readings(store: Store) -> list[tuple[IndicatorAssessment, TargetAssessment]]:
    found = assess_plan(store, DAY, include_illustrative=True).indicators.values()
    return [(one, verdict) for one in found for verdict in one.targets if one.last and not one.illustrative]


def judged_by(rule: str, store: Store) -> list[tuple[IndicatorAssessment, TargetAssessment, CourseVerdict]]:
    answers = [(one, verdict, course_by(RULES[rule], verdict.target, one.series))
               for one, verdict in on_real_readings(store)]  # fmt: skip
    return [(one, verdict, course) for one, verdict, course in answers if isinstance(course, CourseVerdict)]


def lines_are_shown(lines: list[tuple[str, str]], page: AppTest) -> bool:
    tables = [
        [tuple(str(cell).replace("\\", "") for cell in row) for row in table.value.values] for table in page.table
    ]
    return lines in tables


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_shown_on_an_example_that_says_what_the_domain_says(
    app: App, store: Store, rule: str, language: Language
) -> None:
    page = app("methoden", lang=language)
    said = read(page)
    shown = [
        (one, verdict)
        for one, verdict, course in judged_by(rule, store)
        if rule_reason(one.indicator, verdict.target, course, language) in said
        and lines_are_shown(course_lines(one.indicator, verdict.target, course, language), page)
    ]
    assert len(shown) == 1


@pytest.mark.parametrize("rule", RULES)
def test_a_real_target_is_preferred_and_an_invented_one_wears_its_badge(app: App, store: Store, rule: str) -> None:
    page = app("methoden")
    candidates = judged_by(rule, store)
    real = [found for found in candidates if not found[1].illustrative]
    shown = next(
        (one, verdict)
        for one, verdict, course in candidates
        if lines_are_shown(course_lines(one.indicator, verdict.target, course, "de"), page)
    )
    assert shown[1].illustrative is (not real)


def test_as_many_badges_as_invented_targets_are_shown(app: App, store: Store) -> None:
    page = app("methoden")
    invented = sum(all(verdict.illustrative for _, verdict, _ in judged_by(rule, store)) for rule in RULES)
    assert read(page).count("Die Istwerte sind echt, der Zielwert ist ein Beispiel.") == invented > 0
    assert sum("Beispielwert]" in one.value for one in page.markdown) == invented


def test_the_example_of_attainment_is_what_the_domain_says(app: App, store: Store) -> None:
    page = app("methoden")
    one, verdict = next(
        (one, verdict)
        for one, verdict in on_real_readings(store)
        if isinstance(verdict.attainment, Attainment) and not verdict.illustrative
    )
    assert isinstance(verdict.attainment, Attainment)
    assert target_attainment_sentence(one.indicator, verdict, verdict.attainment, "de") in read(page)
    assert lines_are_shown(attainment_lines(one.indicator, verdict.target, verdict.attainment, "de"), page)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_says_the_domains_own_numbers(app: App, language: Language) -> None:
    said = read(app("methoden", lang=language))
    low, high = (number(100 * share, language) for share in COVERAGE_SEEN)
    for text in (
        course_disclaimer(language),
        percent(LARGE_SHORTFALL, language),
        percent(FAST_GROWTH, language, 1),
        percent(PROGRESS, language),
        percent(COVERAGE_NEEDED, language),
        f"{low}–{high}",
        f"{OFFICIAL_CHANGES}",
        f"{OFFICIAL_YEARS}",
        percent(OFFICIAL_CHANGES / OFFICIAL_YEARS, language),
        *(rule_name(rule, language) for rule in RULES),
        *(kind_name(kind, language) for kind in DEMANDS),
    ):
        assert text in said
    assert percent(OFFICIAL_CHANGES / OFFICIAL_YEARS, "en") == "27%"


def test_every_rule_is_explained_in_the_order_of_the_domain() -> None:
    assert list(rule_texts()) == list(CANNOT_JUDGE) == list(DECIDES) == list(RULES)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_of_target_is_explained(app: App, language: Language) -> None:
    said = read(app("methoden", lang=language))
    formulas = {one.value: translate(f"formula.{one.value}", language) for one in Formula}
    for kind in DEMANDS:
        assert translate(f"explained.{kind}", language, **formulas) in said


@pytest.mark.parametrize("rule", RULES)
def test_every_reason_that_a_rules_file_names_is_among_those_the_page_names(rule: str) -> None:
    tree = ast.parse((RULE_FILES / f"{rule}.py").read_text("utf-8"))
    named = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Obstacle"
    }
    assert named <= {reason.value for reason in CANNOT_JUDGE[rule]}


def test_the_rule_by_which_all_pages_judge_is_unfolded_unless_the_address_asks_for_another(app: App) -> None:
    def unfolded(page: AppTest) -> list[str]:
        return [fold.label.replace("\\", "") for fold in page.expander if fold.proto.expanded]

    for asked, shown in ((None, DEFAULT.id), ("gibt-es-nicht", DEFAULT.id), ("un_progress", "un_progress")):
        (fold,) = unfolded(app("methoden", **({"id": asked} if asked else {})))
        assert fold.startswith(rule_name(shown, "de"))


def test_a_rule_names_its_borders_case_by_case_and_its_source(app: App) -> None:
    said = read(app("methoden"))
    for text in rule_texts().values():
        assert len(border_rows(text)) >= 4
        assert text.source in said
        assert text.address is None or f"<{text.address}>" in said


def test_an_empty_plan_is_told_that_it_has_no_example(empty_app: App) -> None:
    page = empty_app("methoden")
    assert not page.exception
    assert read(page).count(NO_EXAMPLE) == len(RULES) + 1


def test_invented_readings_are_no_example(empty_app: App, empty_database: Path) -> None:
    store = runtime.store()
    invented = {"evidence": Evidence.illustrative}
    add_record(store, an_indicator(goal_ids=()), by=OFFICE, at=AT)
    add_record(store, a_target(), by=OFFICE, at=AT)
    for year in range(2018, 2026):
        reading = a_reading(year, 8.0 - (year - 2018) / 10, **invented)
        record_reading(store, reading, by=OFFICE, at=AT, today=DAY)
    assert read(empty_app("methoden")).count(NO_EXAMPLE) == len(RULES) + 1


def test_a_hostile_title_stays_data(empty_app: App, empty_database: Path) -> None:
    store = runtime.store()
    add_record(store, an_indicator(title=HOSTILE, goal_ids=()), by=OFFICE, at=AT)
    add_record(store, a_target(), by=OFFICE, at=AT)
    for year in range(2018, 2026):
        record_reading(store, a_reading(year, 8.0 - (year - 2018) / 10), by=OFFICE, at=AT, today=DAY)
    page = empty_app("methoden")
    assert not page.exception
    assert unescaped(page) == []
    assert read(page).count(NO_EXAMPLE) == 0


def test_the_two_goals_of_the_second_mean_share_one_mean() -> None:
    assert {round(sum(shares) / len(shares), 9) for shares in MEAN_SHOWN} == {0.24}
