"""Published and hand-worked cases: official symbols, the rules' own examples, and means known from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from metrics.domain.demands import AgainstBenchmark, Counting, CumulativeShare, Demand, Relation, ValueByDate
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import assess_indicator, course_by
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.progress.rules import DEFAULT, Rule, growth_ratio, target_path, un_progress
from metrics.domain.progress.series import Series
from tests.plan import a_goal, a_point, a_series, a_target, an_indicator, the_end_of

TODAY = the_end_of("2025-12")


def table(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parents[1] / "cases" / name).read_text(encoding="utf-8")
    )
    return loaded


OFFICIAL, BY_THE_TEXT = table("destatis_weather.yaml"), table("destatis_rule_text.yaml")
PUBLISHED, ELEMENTARY = table("published.yaml"), table("elementary.yaml")


def cases_of(method: str) -> pytest.MarkDecorator:
    chosen = [case for case in PUBLISHED if case["method"] == method]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def demanded(fields: dict[str, Any]) -> Demand:
    demand: Demand = TypeAdapter(Demand).validate_python(fields)
    return demand


def series_of(case: dict[str, Any]) -> Series:
    points = tuple(
        a_point(year, value, break_before=year == case.get("break_before")) for year, value in case["points"].items()
    )
    return Series(points, Direction(case["direction"]), points_needed=case.get("points_needed", 6))


def within(case: dict[str, Any], number: float) -> Any:
    return pytest.approx(number, rel=0, abs=case["tolerance"])


# --- the Destatis rule


@pytest.mark.parametrize("case", OFFICIAL, ids=lambda case: case["id"])
def test_an_official_symbol_is_reproduced(case: dict[str, Any]) -> None:
    fields = {"demand": case["demand"]}
    if "target" in case:
        fields["value"] = case["target"]
    if "target_year" in case:
        fields["due"] = str(case["target_year"])
    answer = course_by(DEFAULT, a_target(demanded(fields)), series_of(case))
    if case["expected"] == "none":
        have, need = len(case["points"]), case["points_needed"]
        assert answer == NotComputable(Obstacle.too_few_points, have=have, need=need)
    else:
        assert isinstance(answer, CourseVerdict) and answer.course == case["expected"]


@pytest.mark.parametrize("case", BY_THE_TEXT, ids=lambda case: case["id"])
def test_a_sentence_of_the_official_rule_is_kept_to_the_letter(case: dict[str, Any]) -> None:
    answer = course_by(DEFAULT, a_target(demanded(case["demand"])), series_of(case))
    if case["expected"] == "none":
        assert answer == NotComputable(Obstacle.too_few_points, have=case["have"], need=case["need"])
    else:
        assert isinstance(answer, CourseVerdict) and answer.course == case["expected"]


@cases_of("worst_of")
def test_of_several_targets_to_be_met_at_once_the_worst_symbol_counts(case: dict[str, Any]) -> None:
    points = a_series([10, 11, 12, 13, 14, 15])
    others = {"EU": a_series([10, 11.5, 13, 14.5, 16, 17.5])}
    with_symbol: dict[str, Demand] = {
        "thunderstorm": AgainstBenchmark(relation=Relation.above, territory="EU"),
        "cloud": ValueByDate(value=45, due="2033"),
        "sun_cloud": ValueByDate(value=35, due="2042"),
    }
    targets = [
        a_target(with_symbol[symbol], id=f"T-{number}") for number, symbol in enumerate(case["inputs"]["symbols"])
    ]
    found = assess_indicator(an_indicator(), targets, Series(points, Direction.higher, others), TODAY)
    each = [target.course.course for target in found.targets if isinstance(target.course, CourseVerdict)]
    assert sorted(each) == sorted(case["inputs"]["symbols"])
    assert isinstance(found.course, CourseVerdict) and found.course.course == case["expected"]["course"]


# --- the rules of growth


def by_growth(rule: Rule, inputs: dict[str, Any]) -> CourseVerdict:
    demand = ValueByDate(
        value=inputs["target"],
        due=str(inputs["target_year"]),
        baseline=inputs["base"],
        baseline_period=str(inputs["base_year"]),
    )
    series = Series((a_point(inputs["year"], inputs["value"]),), Direction(inputs["direction"]))
    answer = course_by(rule, a_target(demand), series)
    assert isinstance(answer, CourseVerdict), answer
    return answer


@cases_of("growth_ratio")
def test_the_growth_achieved_over_the_growth_needed(case: dict[str, Any]) -> None:
    answer, expected = by_growth(growth_ratio.RULE, case["inputs"]), case["expected"]
    assert answer.figures["ratio"] == within(case, expected["ratio"])
    assert (answer.category, answer.course) == (expected["category"], expected["course"])


@cases_of("growth_score")
def test_the_score_of_a_growth_ratio(case: dict[str, Any]) -> None:
    assert [growth_ratio.score(ratio) for ratio in case["inputs"]["ratios"]] == within(case, case["expected"]["scores"])


@cases_of("growth_limit_factor")
def test_the_factor_near_a_natural_limit(case: dict[str, Any]) -> None:
    assert growth_ratio.limit_factor(**case["inputs"]) == within(case, case["expected"]["factor"])


@cases_of("un_progress")
def test_the_value_expected_by_the_target_year_as_a_share_of_the_way(case: dict[str, Any]) -> None:
    answer, expected = by_growth(un_progress.RULE, case["inputs"]), case["expected"]
    for name in ("growth", "expected", "ratio"):
        assert answer.figures[name] == within(case, expected[name])
    assert (answer.category, answer.course) == (expected["category"], Course.cloud)


# --- where are we


def attained(demand: Demand, value: float, direction: Direction) -> Attainment:
    found = demand.attainment(Series((a_point(2025, value),), direction))
    assert isinstance(found, Attainment), found
    return found


@cases_of("way")
def test_a_score_between_a_worst_and_a_best_value_is_the_share_of_the_way(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    demand = ValueByDate(value=inputs["target"], due="2030", baseline=inputs["base"])
    share = attained(demand, inputs["value"], Direction(inputs["direction"])).share
    assert share * inputs["best"] == within(case, case["expected"]["score"])


@cases_of("cumulative_share")
def test_the_cumulative_value_over_the_target(case: dict[str, Any]) -> None:
    demand = CumulativeShare(value=case["inputs"]["target"], due="2030", counting=Counting.running_total)
    share = attained(demand, case["inputs"]["cumulative"], Direction.higher).share
    assert share == within(case, case["expected"]["share"])


@pytest.mark.parametrize("case", ELEMENTARY, ids=lambda case: case["id"])
def test_an_elementary_case_has_the_answer_that_everybody_expects(case: dict[str, Any]) -> None:
    demand, direction = demanded(case["demand"]), Direction(case["direction"])
    found = attained(demand, case["value"], direction)
    assert (found.share, found.capped) == (pytest.approx(case["share"], abs=1e-12), case["in_totals"])
    assert found.kept is case.get("kept")
    if "path" in case:
        answer = course_by(target_path.RULE, a_target(demand), Series((a_point(2025, case["value"]),), direction))
        assert isinstance(answer, CourseVerdict) and answer.course == case["path"]


def test_a_way_from_95_to_95_is_none_and_no_number() -> None:
    demand = ValueByDate(value=95, due="2030", baseline=95, baseline_period="2020")
    for value in (80, 95):
        found = demand.attainment(Series((a_point(2025, value),)))
        assert found == NotComputable(Obstacle.baseline_equals_target)


# --- totals


def total_of(values: list[float | None], weights: list[float] | None) -> GoalTotal:
    """The total of a goal whose indicators have come so many per cent of their way; None: there is no reading."""
    assessments = []
    for number, (value, weight) in enumerate(zip(values, weights or [1.0] * len(values), strict=True)):
        indicator = an_indicator(id=f"I-{number}", direction=Direction.higher, weight=weight)
        target = a_target(ValueByDate(value=100, due="2030", baseline=0), indicator_id=indicator.id)
        points = () if value is None else (a_point(2024, value),)
        assessments.append(assess_indicator(indicator, [target], Series.of(indicator, points), TODAY))
    return total_goals([a_goal()], assessments, include_illustrative=False)["Z-R"]


@cases_of("mean")
def test_a_published_mean_is_the_total_of_its_parts(case: dict[str, Any]) -> None:
    total, expected = total_of(case["inputs"]["values"], case["inputs"].get("weights")), case["expected"]
    assert isinstance(total.attainment, float) and total.geometric is not None
    found = {"mean": 100 * total.attainment, "geometric": 100 * total.geometric, "coverage": total.coverage}
    assert {name: found[name] for name in expected} == within(case, expected)


# --- the tables themselves


def test_there_are_more_than_a_hundred_cases_and_each_names_its_source() -> None:
    everything = [*OFFICIAL, *BY_THE_TEXT, *PUBLISHED, *ELEMENTARY]
    assert len(everything) > 100
    assert len({case["id"] for case in everything}) == len(everything)
    assert all(case.get("source") for case in (*OFFICIAL, *PUBLISHED))
    assert all(case["says"] for case in BY_THE_TEXT)


def test_the_official_cases_cover_every_symbol_and_every_kind_of_demand() -> None:
    symbols: dict[str, set[str]] = {}
    for case in OFFICIAL:
        symbols.setdefault(case["demand"], set()).add(case["expected"])
    every = set(map(str, Course))
    assert symbols == {"value_by_date": {*every, "none"}, "keep_every_year": every, "direction_only": every}


def test_every_published_case_is_read_by_a_test() -> None:
    assert {case["method"] for case in PUBLISHED} == {
        "growth_ratio",
        "growth_score",
        "growth_limit_factor",
        "un_progress",
        "way",
        "cumulative_share",
        "mean",
        "worst_of",
    }
