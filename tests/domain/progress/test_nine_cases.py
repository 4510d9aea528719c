"""The handbook's comparison of nine elementary cases: our column is what the domain works out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from metrics.domain.demands import Demand, KeepEveryYear, ValueByDate
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.outcome import Attainment, NotComputable
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.progress.series import Series
from metrics.locale.formats import percent
from metrics.locale.reading_input import parse_number
from metrics.locale.words import obstacle_sentence
from tests.handbook import chapter, tables
from tests.plan import a_goal, a_point, a_series, a_target, an_indicator, the_end_of

TODAY = the_end_of("2026-11")
CASES, ROLL_UPS = tables(chapter("neun-faelle"))
ELEMENTARY = yaml.safe_load((Path(__file__).parents[1] / "cases" / "elementary.yaml").read_text("utf-8"))


def demanded(text: str) -> tuple[Demand, Direction]:
    """What a cell such as "von 200 auf 0" or "mindestens 95 halten" asks for."""
    first, *_, last = text.split()
    if last == "halten":
        return KeepEveryYear(value=parse_number(text.split()[1], "de")), Direction.higher
    assert first == "von"
    start, end = parse_number(text.split()[1], "de"), parse_number(last, "de")
    demand = ValueByDate(value=end, due="2030", baseline=start, baseline_period="2020")
    return demand, Direction.higher if end > start else Direction.lower


def answer(demand: Demand, direction: Direction, value: float) -> str:
    """Our answer as the handbook words it: the share, what counts in totals where that differs, and whether it held."""
    found = demand.attainment(Series((a_point(2025, value),), direction))
    assert isinstance(found, Attainment)
    words = percent(found.share, "de")
    if found.capped != found.share:
        words += f" (in Gesamtzahlen {percent(found.capped, 'de')})"
    return words if found.kept is None else f"{words}, {'eingehalten' if found.kept else 'verfehlt'}"


def plain(cell: str) -> str:
    """A cell with an ordinary space before the per cent sign, as it is typed in the handbook."""
    return cell.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("row", CASES[1:], ids=lambda row: f"{row[0]}, jetzt {row[1]}")
def test_our_answer_in_the_handbook_is_what_the_domain_works_out(row: list[str]) -> None:
    demand, direction = demanded(row[0])
    assert row[2] == plain(answer(demand, direction, parse_number(row[1], "de")))


def test_the_handbook_shows_the_nine_cases_and_what_each_of_seven_others_answers() -> None:
    assert len(CASES) == 1 + 9
    assert all(len(row) == 3 + 7 and all(row) for row in CASES)
    listed = [(demanded(row[0]), parse_number(row[1], "de")) for row in CASES[1:]]
    assert [
        (demand.model_dump(mode="json", exclude_defaults=True), direction.value, value)
        for (demand, direction), value in listed
    ] == [
        ({name: given for name, given in case["demand"].items() if name != "demand"}, case["direction"], case["value"])
        for case in ELEMENTARY
    ]


def weighed(parts: Iterable[tuple[float | None, float]], last_year: int = 2025) -> GoalTotal:
    """A goal whose indicators stand at this share of their way (None: without a target), each with its weight."""
    return total([indicator_at(number, share, weight, last_year) for number, (share, weight) in enumerate(parts)])


def indicator_at(number: int, share: float | None, weight: float, last_year: int) -> IndicatorAssessment:
    indicator = an_indicator(id=f"I-{number}", direction=Direction.higher, weight=weight, goal_ids=("Z-R",))
    targets = [a_target(ValueByDate(value=1, due="2030", baseline=0), id=f"T-{number}", indicator_id=indicator.id)]
    points = a_series([share if share is not None else 1.0], until=last_year)
    return assess_indicator(indicator, targets if share is not None else [], Series.of(indicator, points), TODAY)


def total(assessments: list[IndicatorAssessment]) -> GoalTotal:
    return total_goals([a_goal()], assessments, include_illustrative=False)["Z-R"]


def told(found: GoalTotal) -> str:
    if isinstance(found.attainment, NotComputable):
        return obstacle_sentence(found.attainment, "de")
    assert found.weakest and isinstance(found.weakest.share, float)
    return f"{percent(found.attainment, 'de')}, schwächster Teil {percent(found.weakest.share, 'de')}"


OURS = {
    "zwei Teile mit +300 % und −100 %": weighed([(3.0, 1), (-1.0, 1)]),
    "drei erledigte Teile mit Gewicht 0,5": weighed([(1.0, 0.5)] * 3),
    "Teile mit 100 % und 0 %, Gewichte 1 und 3": weighed([(1.0, 1), (0.0, 3)]),
    "12 Arbeitsplätze, 45 %, 200.000 € ohne Zielwerte": weighed([(None, 1)] * 3),
    "Jahreswert, sechs Jahre alt": weighed([(0.5, 1)], last_year=2020),
}


@pytest.mark.parametrize("row", ROLL_UPS[1:], ids=lambda row: row[0])
def test_our_total_in_the_handbook_is_what_the_domain_works_out(row: list[str]) -> None:
    assert row[2] == plain(told(OURS[row[0]]))


def test_every_total_of_the_handbook_is_worked_out() -> None:
    assert [row[0] for row in ROLL_UPS[1:]] == list(OURS)


def test_the_chapter_says_when_and_how_the_others_answers_came_about() -> None:
    text = chapter("neun-faelle")
    assert "Stand November 2026" in text
    assert "von Hand aus dem öffentlichen Quelltext übertragen" in text
