"""The kinds of target: what each says of a series, worked out by hand, and what none of them makes a number of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from metrics.domain.demands import (
    DEMANDS,
    AgainstBenchmark,
    AverageOverYears,
    Band,
    CumulativeShare,
    Demand,
    DirectionOnly,
    GapClosed,
    InterimTarget,
    InWords,
    KeepEveryYear,
    RelativeToBaseYear,
    ShareOfWhole,
    SpreadBelow,
    Stage,
    Stages,
    StateCriterion,
    ValueByDate,
    YesNo,
)
from metrics.domain.progress.assessment import course_by
from metrics.domain.progress.outcome import (
    Attainment,
    Course,
    CourseCase,
    CourseVerdict,
    Formula,
    NotComputable,
    Obstacle,
    Point,
    Scale,
)
from metrics.domain.progress.rules import DEFAULT
from metrics.domain.progress.series import Question, Series, Waypoint
from tests.plan import a_point, a_series, a_span, a_target, known, the_end_of

SUN, SUN_CLOUD, CLOUD, STORM = Course
NO_READING = NotComputable(Obstacle.no_reading)
TWICE = NotComputable(Obstacle.duplicate_period)
BROKEN = NotComputable(Obstacle.break_in_series)
NEUTRAL = NotComputable(Obstacle.neutral_direction)
GAP = NotComputable(Obstacle.gap_in_series)
FALLING = [8.5, 8.3, 8.1, 8.0, 7.8, 7.5]
"""A rate from 2018 to 2023: −0.2 a year on average."""


def attained(demand: Demand, series: Series) -> Attainment:
    found = demand.attainment(series)
    assert isinstance(found, Attainment), found
    return found


def share(demand: Demand, series: Series) -> float:
    return attained(demand, series).share


def course(demand: Demand, series: Series) -> Course:
    found = course_by(DEFAULT, a_target(demand), series)
    assert isinstance(found, CourseVerdict), found
    return found.course


def figures(demand: Demand, series: Series) -> dict[str, float]:
    found = course_by(DEFAULT, a_target(demand), series)
    assert isinstance(found, CourseVerdict), found
    return dict(found.figures)


def asked(demand: Demand, series: Series) -> Question:
    found = demand.question(series)
    assert isinstance(found, Question), found
    return found


def neither(demand: Demand, series: Series) -> NotComputable:
    """Why neither statement can be made, where both have the same reason."""
    share_reason, course_reason = demand.attainment(series), course_by(DEFAULT, a_target(demand), series)
    assert isinstance(share_reason, NotComputable)
    assert share_reason == course_reason
    return share_reason


def refusal(model: Any, **over: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        model(**over)
    return str(caught.value.errors()[0]["type"])


def with_break(values: dict[int, float], *years: int) -> tuple[Point, ...]:
    return tuple(a_point(year, value, break_before=year in years) for year, value in sorted(values.items()))


# --- a value by a date


@pytest.mark.parametrize(
    ("value", "expected_share", "shortfall", "symbol"),
    [
        (7.0, 0.5, -1.0, SUN),  # 6.5 is expected in 2028
        (6.5, 1 / 3, 0.0, SUN),
        (6.4, 0.3125, 1 / 11, SUN_CLOUD),  # 0.1 of the 1.1 to go is missing
        (6.25, 1 / 3.5, 0.2, SUN_CLOUD),
        (6.0, 0.25, 1 / 3, CLOUD),
    ],
)
def test_a_value_by_a_date_is_a_way_from_the_baseline_and_a_pace_towards_the_date(
    value: float, expected_share: float, shortfall: float, symbol: Course
) -> None:
    demand, series = ValueByDate(value=value, due="2028", baseline=8.0, baseline_period="2021"), known(FALLING, "lower")
    assert share(demand, series) == pytest.approx(expected_share)
    assert figures(demand, series)["mean_change"] == pytest.approx(-0.2)
    assert figures(demand, series)["projected"] == pytest.approx(6.5)
    assert figures(demand, series)["shortfall"] == pytest.approx(shortfall)
    assert course(demand, series) is symbol


def test_a_rate_that_rises_against_its_target_is_behind_its_start_and_in_a_thunderstorm() -> None:
    demand, series = ValueByDate(value=7.0, due="2028", baseline=8.0), known(FALLING[::-1], "lower")
    assert share(demand, series) == -0.5
    assert course(demand, series) is STORM


def test_a_target_that_is_due_in_the_middle_of_a_year_leaves_half_a_year_less() -> None:
    demand = ValueByDate(value=6.0, due="2028-06", baseline=8.0)
    assert figures(demand, known(FALLING, "lower"))["projected"] == pytest.approx(7.5 - 0.2 * 4.5)
    assert asked(demand, known(FALLING, "lower")).due == date(2028, 6, 30)


STEPS = ValueByDate(
    value=100,
    due="2030",
    baseline=0,
    baseline_period="2018",
    interim=(InterimTarget(due="2022", value=20), InterimTarget(due="2025", value=40)),
)
CLIMBING = {2018: 0, 2019: 5, 2020: 10, 2021: 15, 2022: 20, 2023: 30}


def test_of_several_dates_the_nearest_decides_the_course_and_the_last_the_share() -> None:
    series = known(CLIMBING)
    assert share(STEPS, series) == 0.3
    found = figures(STEPS, series)
    assert (found["mean_change"], found["projected"]) == (6.0, 42.0)  # 40 are asked for by 2025
    assert course(STEPS, series) is SUN
    assert (asked(STEPS, series).value, asked(STEPS, series).due) == (40, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("last_year", "value", "due"),
    [(2021, 20, 2022), (2022, 20, 2022), (2023, 40, 2025), (2025, 40, 2025), (2026, 100, 2030), (2033, 100, 2030)],
)
def test_an_interim_target_decides_until_its_year_is_over(last_year: int, value: float, due: int) -> None:
    found = asked(STEPS, known({2018: 0, last_year: 10}))
    assert found.value == value and found.due is not None and found.due.year == due
    assert found.case is (CourseCase.every_year if last_year >= due else CourseCase.dated_target)


def test_the_path_leads_from_the_baseline_through_every_interim_target() -> None:
    assert [(step.day.year, step.value) for step in asked(STEPS, known(CLIMBING)).path] == [
        (2018, 0),
        (2022, 20),
        (2025, 40),
        (2030, 100),
    ]


def test_a_path_does_not_lead_back_to_an_interim_target_before_its_start() -> None:
    late = STEPS.model_copy(update={"baseline": None, "baseline_period": None})
    assert [(step.day.year, step.value) for step in asked(late, known({2022: 15, 2023: 30})).path] == [
        (2022, 15),
        (2025, 40),
        (2030, 100),
    ]
    assert asked(late, known({2031: 15, 2032: 30})).path == ()


@pytest.mark.parametrize(
    "interim", [("2025", "2024"), ("2025", "2025"), ("2025-12", "2025"), ("2030", None), ("2031", None)]
)
def test_interim_targets_that_do_not_come_in_order_before_the_target_are_refused(interim: tuple[str, ...]) -> None:
    steps = [{"due": due, "value": 1} for due in interim if due]
    assert refusal(ValueByDate, value=100, due="2030", interim=steps) == "interim_order"


def test_a_baseline_without_its_day_gives_a_share_but_no_path() -> None:
    demand = ValueByDate(value=7.0, due="2028", baseline=8.0)
    assert share(demand, known(FALLING, "lower")) == 0.5
    assert asked(demand, known(FALLING, "lower")).path == ()


def test_a_baseline_period_without_a_value_means_the_reading_of_that_period() -> None:
    demand = ValueByDate(value=4, due="2028", baseline_period="2020")
    assert demand.needs_whole_series and not ValueByDate(value=4, due="2028").needs_whole_series
    found = attained(demand, known({2018: 10, 2020: 8, 2023: 6}, "lower"))
    assert (found.share, found.baseline, found.baseline_end, found.baseline_stated) == (
        0.5,
        8,
        date(2020, 12, 31),
        True,
    )
    assert demand.attainment(known({2018: 10, 2023: 6}, "lower")) == NotComputable(Obstacle.no_base_value)


def test_of_twelve_months_none_stands_for_the_year_that_is_named_as_baseline() -> None:
    months = tuple(a_point(f"2020-{month:02}", month) for month in range(1, 13))
    demand = ValueByDate(value=50, due="2028", baseline_period="2020")
    assert demand.attainment(known((*months, a_point(2023, 30)))) == NotComputable(Obstacle.no_base_value)
    only_one = (a_point("2020-12-31", 10), a_point("2023-12-31", 30))
    assert share(demand, known(only_one)) == 0.5


def test_a_baseline_read_from_an_invented_value_taints_the_share_and_a_stated_one_does_not() -> None:
    points = (a_point(2020, 8, illustrative=True), a_point(2023, 6))
    for demand, expected in (
        (ValueByDate(value=4, due="2028"), True),
        (ValueByDate(value=4, due="2028", baseline_period="2020"), True),
        (ValueByDate(value=4, due="2028", baseline=8, baseline_period="2020"), False),
    ):
        assert attained(demand, known(points, "lower")).illustrative is expected


def test_the_office_may_measure_the_way_across_a_break() -> None:
    points = with_break({2018: 0, 2023: 5}, 2023)
    demand = ValueByDate(value=10, due="2028")
    assert demand.attainment(known(points)) == BROKEN
    assert share(demand, known(points, across_breaks=True)) == 0.5


@pytest.mark.parametrize("first", [{"due": "2025"}, {"due": "2030", "interim": [{"due": "2025-12", "value": 5}]}])
def test_a_baseline_lies_before_the_first_date(first: dict[str, Any]) -> None:
    assert refusal(ValueByDate, value=9, baseline=1, baseline_period="2025", **first) == "baseline_not_before_due"


def test_two_first_readings_of_one_period_are_no_baseline() -> None:
    points = (a_point(2018, 0), a_point("2018-12", 1), a_point(2023, 5))
    assert ValueByDate(value=10, due="2028").attainment(known(points)) == TWICE
    assert share(ValueByDate(value=10, due="2028", baseline=0), known(points)) == 0.5


# --- a threshold every year, and a direction alone

RISING = [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("demand", "values", "symbol"),
    [
        (KeepEveryYear(value=5), RISING, SUN),
        (KeepEveryYear(value=5), [5] * 6, SUN),
        (KeepEveryYear(value=5), [9, 8, 7, 7, 6, 5], SUN_CLOUD),
        (KeepEveryYear(value=6), RISING, CLOUD),
        (KeepEveryYear(value=6), [5] * 6, STORM),
        (KeepEveryYear(value=6), RISING[::-1], STORM),
        (DirectionOnly(), RISING, SUN),
        (DirectionOnly(), [0, 1, 2, 3, 4, 4], SUN_CLOUD),
        (DirectionOnly(), [0, 1, 2, 3, 4, 3], SUN_CLOUD),
        (DirectionOnly(), [5, 4, 3, 2, 1, 2], CLOUD),
        (DirectionOnly(), [1, 1, 1, 1, 0, 1], CLOUD),
        (DirectionOnly(), [5] * 6, STORM),
        (DirectionOnly(), RISING[::-1], STORM),
    ],
)
def test_the_four_symbols_of_a_threshold_and_of_a_direction(
    demand: Demand, values: list[float], symbol: Course
) -> None:
    assert course(demand, known(values)) is symbol
    mirrored = demand.model_copy(update={"value": -demand.value}) if isinstance(demand, KeepEveryYear) else demand
    assert course(mirrored, known([-value for value in values], "lower")) is symbol


def test_a_direction_has_a_course_and_no_share() -> None:
    assert DirectionOnly().attainment(known(RISING)) == NotComputable(Obstacle.direction_has_no_share)
    assert DirectionOnly().attainment(known([])) == NO_READING


# --- a band


@pytest.mark.parametrize(
    ("value", "tolerance", "expected"),
    [
        (15, 5, 1.0),
        (10, 5, 1.0),
        (20, None, 1.0),
        (22, 5, 0.6),
        (8, 5, 0.6),
        (9, None, 0.0),
        (26, 5, 0.0),
        (-90, 5, 0.0),
    ],
)
def test_a_band_is_held_inside_and_graded_outside_by_its_tolerance_alone(
    value: float, tolerance: float | None, expected: float
) -> None:
    found = attained(Band(lower=10, upper=20, tolerance=tolerance), known([value], "neutral"))
    assert found.share == pytest.approx(expected)
    assert (found.formula, found.scale, found.target, found.kept) == (
        Formula.kept,
        Scale.difference,
        0,
        10 <= value <= 20,
    )
    assert found.value == max(10 - value, value - 20, 0)


@pytest.mark.parametrize("values", [[30, 28, 26, 24, 22, 21], [0, 2, 4, 6, 8, 9]])
def test_the_course_towards_a_band_is_that_of_the_distance_from_either_side(values: list[float]) -> None:
    assert course(Band(lower=10, upper=20), known(values)) is CLOUD
    assert course(Band(lower=10, upper=20), known(values[::-1])) is STORM
    dated = Band(lower=10, upper=20, due="2024")
    assert figures(dated, known(values))["mean_change"] == pytest.approx(-1.8)
    assert course(dated, known(values)) is SUN
    assert course(Band(lower=10, upper=20), known([*values[1:], 15])) is SUN


def test_a_band_that_is_upside_down_or_has_no_width_is_refused() -> None:
    assert refusal(Band, lower=20, upper=10) == "band_upside_down"
    assert refusal(Band, lower=10, upper=10) == "band_upside_down"
    assert refusal(Band, lower=10, upper=20, tolerance=0) == "greater_than"


# --- against a benchmark

OWN, NRW = [50, 51, 52, 53, 54, 55], [56, 56.5, 57, 57.5, 58, 58]
"""−6 points in 2018, −3 in 2023: 0.6 closer a year."""


def benchmark(relation: str, **over: Any) -> AgainstBenchmark:
    return AgainstBenchmark.model_validate({"relation": relation, "territory": "NRW"} | over)


@pytest.mark.parametrize(
    ("relation", "tolerance", "expected", "held"),
    [
        ("above", None, 0.0, False),
        ("above", 10, 0.7, False),
        ("above", 3, 0.0, False),
        ("below", None, 1.0, True),
        ("equal", None, 0.0, False),
        ("equal", 2.9, 0.0, False),
        ("equal", 3, 1.0, True),
        ("parity", 5, 0.0, False),  # 3 of 58 are 5.17 %
        ("parity", 5.2, 1.0, True),
    ],
)
def test_how_an_indicator_stands_to_another_territory(
    relation: str, tolerance: float | None, expected: float, held: bool
) -> None:
    found = attained(benchmark(relation, tolerance=tolerance), known(OWN, others={"NRW": NRW}))
    assert (found.share, found.kept) == (pytest.approx(expected), held)
    assert found.scale is (Scale.percent if relation == "parity" else Scale.difference)


@pytest.mark.parametrize(("due", "symbol"), [("2028", SUN), ("2027", SUN_CLOUD), ("2026", CLOUD), (None, CLOUD)])
def test_the_course_towards_another_territory_is_that_of_the_difference(due: str | None, symbol: Course) -> None:
    series = known(OWN, others={"NRW": NRW})
    assert figures(benchmark("above", due=due), series)["mean_change"] == pytest.approx(0.6)
    assert course(benchmark("above", due=due), series) is symbol


def test_a_lead_that_melts_is_kept_and_cloudy() -> None:
    assert course(benchmark("above"), known(NRW, others={"NRW": OWN})) is SUN_CLOUD


def test_the_relation_decides_and_not_the_indicators_own_direction() -> None:
    for direction in ("higher", "lower", "neutral"):
        assert share(benchmark("above"), known([5], direction, others={"NRW": [4]})) == 1.0


@pytest.mark.parametrize(
    ("relation", "tolerance", "own", "other"),
    [("equal", 0.1, 7.4, 7.3), ("equal", 0.1, 7.3, 7.4), ("parity", 5, 1.05, 1), ("parity", 10, 0.33, 0.3)],
)
def test_a_tolerance_that_is_met_on_paper_is_met(relation: str, tolerance: float, own: float, other: float) -> None:
    found = attained(benchmark(relation, tolerance=tolerance), known([own], others={"NRW": [other]}))
    assert (found.value, found.share) == (tolerance, 1.0)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({}, Obstacle.no_comparison),
        ({"NRW": []}, Obstacle.no_comparison),
        ({"Ruhrgebiet": NRW}, Obstacle.no_comparison),
        ({"NRW": {2010: 50, 2011: 51}}, Obstacle.no_shared_period),
        ({"NRW": [a_point("2023-12", 50)]}, Obstacle.no_shared_period),
        ({"NRW": [a_span("2023-01", "2023-06", 50), a_span("2023-07", "2023-12", 50)]}, Obstacle.no_shared_period),
        ({"NRW": [a_span("2022-08", "2023-07", 50)]}, Obstacle.no_shared_period),
    ],
)
@pytest.mark.parametrize(
    "demand",
    [
        benchmark("above"),
        benchmark("parity"),
        GapClosed(territory="NRW", share=1, due="2028"),
        SpreadBelow(value=1, territories=("NRW",)),
    ],
)
def test_another_territory_other_periods_or_another_basis_are_no_benchmark(
    demand: Demand, others: dict[str, Any], reason: Obstacle
) -> None:
    assert neither(demand, known(OWN, others=others)) == NotComputable(reason)


@pytest.mark.parametrize("other", [[0], [-5], {2022: 0, 2023: 5}])
def test_there_is_no_ratio_to_zero_or_less(other: Any) -> None:
    series = known([4, 5], others={"NRW": other})
    assert neither(benchmark("parity", tolerance=5), series) == NotComputable(Obstacle.base_not_positive)


def test_a_relation_holds_as_of_the_last_period_that_both_have() -> None:
    found = attained(benchmark("above"), known({2021: 5, 2022: 3, 2023: 9}, others={"NRW": {2021: 6, 2022: 4}}))
    assert (found.kept, found.end) == (False, date(2022, 12, 31))


def test_a_comparison_with_an_invented_value_is_invented() -> None:
    series = known([5], others={"NRW": [a_point(2023, 4, illustrative=True)]})
    assert attained(benchmark("above"), series).illustrative
    assert attained(SpreadBelow(value=3), series).illustrative


def test_six_differences_that_a_break_tears_apart_are_not_six() -> None:
    own = with_break(dict(zip(range(2018, 2025), [*OWN, 56], strict=True)), 2022)
    other = {year: 50.0 for year in range(2018, 2025) if year != 2022}
    found = course_by(DEFAULT, a_target(benchmark("above")), known(own, others={"NRW": other}))
    assert found == NotComputable(Obstacle.break_in_series, have=2, need=6)
    assert course(benchmark("above"), known(own, others={"NRW": other}, across_breaks=True)) is SUN


@pytest.mark.parametrize("demand", [benchmark("above"), SpreadBelow(value=3)], ids=lambda demand: demand.demand)
def test_a_comparison_that_ends_before_the_own_series_broke_says_nothing_of_it(demand: Demand) -> None:
    own, other = with_break({2021: 5, 2022: 5, 2023: 6}, 2023), {2021: 4.0, 2022: 4.0}
    assert neither(demand, known(own, others={"NRW": other})) == BROKEN
    assert share(demand, known(own, others={"NRW": other}, across_breaks=True)) == 1.0
    assert share(demand, known(with_break({2021: 5, 2022: 5, 2023: 6}, 2022), others={"NRW": other})) == 1.0


# --- a gap to be closed

AHEAD = [6.0] * 6
BEHIND = [10, 9.5, 9, 8.5, 8, 8]
"""Gaps to 6.0 from 4 down to 2: 0.4 less a year."""


def gap(share: float, **over: Any) -> GapClosed:
    return GapClosed.model_validate({"territory": "NRW", "share": share, "due": "2028"} | over)


@pytest.mark.parametrize(
    ("demand", "expected", "target"),
    [
        (gap(0.5), 1.0, 2.0),
        (gap(1), 0.5, 0.0),
        (gap(0.75), 2 / 3, 1.0),
        (gap(1, baseline_period="2020"), 1 / 3, 0.0),  # from 3 to 2
        (gap(0.25), 2.0, 3.0),
    ],
)
def test_the_closed_part_of_a_gap_over_the_part_that_is_to_be_closed(
    demand: GapClosed, expected: float, target: float
) -> None:
    found = attained(demand, known(BEHIND, "lower", others={"NRW": AHEAD}))
    assert (found.share, found.target, found.value) == (pytest.approx(expected), target, 2.0)
    assert (found.formula, found.scale) == (Formula.way, Scale.difference)
    assert found.baseline_stated is (demand.baseline_period is not None)


@pytest.mark.parametrize(
    ("due", "shortfall", "symbol"), [("2026", -0.2, SUN), ("2025", 0.2, SUN_CLOUD), ("2024", 0.6, CLOUD)]
)
def test_the_course_of_a_gap_is_judged_by_its_own_pace(due: str, shortfall: float, symbol: Course) -> None:
    series = known(BEHIND, "lower", others={"NRW": AHEAD})
    assert figures(gap(0.75, due=due), series)["shortfall"] == pytest.approx(shortfall)
    assert course(gap(0.75, due=due), series) is symbol
    higher = known([-value for value in BEHIND], others={"NRW": [-value for value in AHEAD]})
    assert course(gap(0.75, due=due), higher) is symbol


def test_a_widening_gap_is_less_than_nothing_closed_and_in_a_thunderstorm() -> None:
    series = known(BEHIND[::-1], "lower", others={"NRW": AHEAD})
    assert share(gap(0.5), series) == -2.0  # from 2 to 4, where 1 was asked for
    assert course(gap(0.5), series) is STORM


def test_a_lead_is_no_gap_and_counts_as_all_of_it_closed() -> None:
    found = attained(gap(1), known({2022: 10, 2023: 5}, "lower", others={"NRW": {2022: 6, 2023: 6}}))
    assert (found.share, found.value) == (1.0, 0.0)


@pytest.mark.parametrize("first", [6, 5])
def test_who_was_level_or_ahead_at_the_start_has_no_gap_to_close(first: float) -> None:
    series = known({2018: first, 2023: 9}, "lower", others={"NRW": {2018: 6, 2023: 6}})
    assert neither(gap(0.5), series) == NotComputable(Obstacle.gap_already_closed)


def test_a_gap_needs_its_start_a_direction_and_a_second_period() -> None:
    others = {"NRW": {2018: 6, 2023: 6}}
    series = known({2018: 9, 2023: 8}, "lower", others=others)
    assert neither(gap(0.5, baseline_period="2019"), series) == NotComputable(Obstacle.no_shared_base)
    assert neither(gap(0.5), known({2018: 9, 2023: 8}, "neutral", others=others)) == NEUTRAL
    one = known({2023: 8}, "lower", others=others)
    assert gap(0.5).attainment(one) == NotComputable(Obstacle.no_baseline)
    assert share(gap(0.5, baseline_period="2023"), one) == 0.0


def test_no_gap_is_measured_across_a_break_after_its_start() -> None:
    values = dict(zip(range(2018, 2024), BEHIND, strict=True))
    others = {"NRW": AHEAD}
    assert neither(gap(0.5), known(with_break(values, 2020), "lower", others=others)) == BROKEN
    assert share(
        gap(0.5, baseline_period="2020"), known(with_break(values, 2020), "lower", others=others)
    ) == pytest.approx(2 / 3)
    assert share(gap(0.5), known(with_break(values, 2020), "lower", others=others, across_breaks=True)) == 1.0


def test_a_part_of_a_gap_that_is_closed_on_paper_is_closed() -> None:
    series = known({2022: 10, 2023: 1}, "lower", others={"NRW": {2022: 0, 2023: 0}})
    assert (1 - 0.9) * 10 != 1
    assert asked(gap(0.9), series).reached is True
    assert share(gap(0.9), series) == 1.0


def test_an_invented_gap_at_the_start_taints_the_share() -> None:
    points = (a_point(2022, 10, illustrative=True), a_point(2023, 8))
    assert attained(gap(1), known(points, "lower", others={"NRW": {2022: 6, 2023: 6}})).illustrative


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"share": 0}, "greater_than"),
        ({"share": 1.1}, "less_than_equal"),
        ({"share": 0.5, "baseline_period": "2029"}, "baseline_not_before_due"),
    ],
)
def test_a_gap_of_nothing_of_more_than_all_or_that_starts_after_its_end_is_refused(
    over: dict[str, Any], expected: str
) -> None:
    assert refusal(GapClosed, **{"territory": "NRW", "due": "2028"} | over) == expected


# --- a spread

TWINS = {"Gelsenkirchen": [9, 9, 9], "Oberhausen": [4, 4, 3]}


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        (SpreadBelow(value=6), 1.0),
        (SpreadBelow(value=5.9), 0.0),
        (SpreadBelow(value=4, tolerance=4), 0.5),
        (SpreadBelow(value=2, territories=("Oberhausen",)), 1.0),
        (SpreadBelow(value=0, territories=("Oberhausen",), tolerance=8), 0.75),
    ],
)
def test_the_spread_is_that_of_the_own_value_and_the_others(demand: SpreadBelow, expected: float) -> None:
    found = attained(demand, known([5, 5, 5], "neutral", others=TWINS))
    assert found.share == pytest.approx(expected)
    assert found.value == (2 if demand.territories else 6)


def test_the_course_of_a_spread_asks_whether_it_shrinks() -> None:
    apart, together = [9, 8.5, 8, 7.5, 7, 6.5], [5, 5, 5, 5, 5, 5]
    assert course(SpreadBelow(value=1), known(together, others={"A": apart})) is CLOUD
    assert course(SpreadBelow(value=1.5), known(together, others={"A": apart})) is SUN
    assert course(SpreadBelow(value=1), known(together, others={"A": apart[::-1]})) is STORM
    dated = SpreadBelow(value=0, due="2026")  # 1.5 apart and 0.5 less a year
    assert course(dated, known(together, others={"A": apart})) is SUN


def test_a_spread_has_only_the_periods_that_all_territories_have() -> None:
    series = known([5, 5, 5], others={"A": {2021: 6, 2022: 7}, "B": {2021: 9, 2023: 5}})
    found = attained(SpreadBelow(value=4), series)
    assert (found.value, found.end) == (4, date(2021, 12, 31))


def test_a_spread_of_one_city_alone_or_with_a_missing_one_is_none() -> None:
    assert neither(SpreadBelow(value=4), known([5])) == NotComputable(Obstacle.no_comparison)
    missing = SpreadBelow(value=4, territories=("Oberhausen", "Essen"))
    assert neither(missing, known([5, 5, 5], others=TWINS)) == NotComputable(Obstacle.no_comparison)
    assert refusal(SpreadBelow, value=-1) == "greater_than_equal"


def test_a_spread_that_is_small_enough_on_paper_is() -> None:
    assert share(SpreadBelow(value=0.1), known([7.4], others={"NRW": [7.3]})) == 1.0


# --- a share of a whole


def test_a_coverage_is_the_reached_per_cent_over_those_asked_for() -> None:
    """Gigabit lines: 44,500 of 50,000 households, where 93 % are asked for."""
    found = attained(ShareOfWhole(whole=50_000, percent=93, due="2025"), known([44_500]))
    assert found == Attainment(89 / 93, 89.0, 93.0, Formula.share_of_target, Scale.percent, end=the_end_of("2023"))


def test_the_course_of_a_coverage_is_told_in_per_cent() -> None:
    demand, values = ShareOfWhole(whole=200, percent=90, due="2025"), [100, 110, 120, 130, 140, 150]
    assert figures(demand, known(values))["projected"] == 85.0  # 75 % and 5 points a year
    assert figures(demand, known(values))["shortfall"] == pytest.approx(1 / 3)
    assert course(demand, known(values)) is CLOUD
    assert course(ShareOfWhole(whole=200, percent=75), known(values)) is SUN


def test_where_less_is_better_a_share_is_a_limit_and_not_a_success() -> None:
    limit = ShareOfWhole(whole=200, percent=5)
    kept, missed = attained(limit, known([10], "lower")), attained(limit, known([20], "lower"))
    assert (kept.share, kept.kept, missed.share, missed.kept) == (1.0, True, 0.0, False)
    assert course(limit, known([20] * 6, "lower")) is STORM
    assert neither(limit, known([10], "neutral")) == NEUTRAL


def test_a_share_that_is_reached_on_paper_is_reached() -> None:
    assert 100 * 0.57 != 57
    assert asked(ShareOfWhole(whole=1, percent=57), known([0.57])).reached is True
    assert share(ShareOfWhole(whole=1, percent=57), known([0.57])) == 1.0


@pytest.mark.parametrize("over", [{"whole": 0}, {"whole": -5}, {"percent": 0}, {"percent": 101}])
def test_a_whole_of_nothing_and_more_than_all_of_it_are_refused(over: dict[str, float]) -> None:
    assert refusal(ShareOfWhole, **{"whole": 100, "percent": 50} | over) in ("greater_than", "less_than_equal")


# --- a cumulative share


def test_a_sum_counts_every_period_since_its_start_over_the_target() -> None:
    demand = CumulativeShare(value=120, due="2027", starts="2021")
    found = attained(demand, known({2019: 500, 2020: 500, 2021: 10, 2022: 20, 2023: 30}))
    assert found == Attainment(0.5, 60.0, 120.0, Formula.share_of_target, end=the_end_of("2023"))
    assert share(CumulativeShare(value=120, due="2027"), known({2021: 100, 2022: 80})) == 1.5


def test_the_course_of_a_sum_is_judged_on_the_sums() -> None:
    demand, values = CumulativeShare(value=120, due="2027"), [10] * 6
    assert figures(demand, known(values))["mean_change"] == 10.0
    assert figures(demand, known(values))["projected"] == 100.0
    assert figures(demand, known(values))["shortfall"] == pytest.approx(1 / 3)
    assert course(demand, known(values)) is CLOUD


def test_months_add_up_as_years_do() -> None:
    months = tuple(a_point(f"{year}-{month:02}", 1) for year in (2022, 2023) for month in range(1, 13))
    demand = CumulativeShare(value=36, due="2024", starts="2022")
    assert share(demand, known(months)) == pytest.approx(2 / 3)
    assert figures(demand, known(months))["mean_change"] == pytest.approx(12)
    assert course(demand, known(months)) is SUN


def test_half_years_and_school_years_add_up_too() -> None:
    half_years = (a_span("2022-07", "2022-12", 2), a_span("2023-01", "2023-06", 3))
    school_years = (a_span("2021-08", "2022-07", 2), a_span("2022-08", "2023-07", 3))
    for points in (half_years, school_years):
        assert attained(CumulativeShare(value=10, due="2027"), known(points)).value == 5


@pytest.mark.parametrize(
    "points",
    [
        a_series({2021: 10, 2023: 30}),  # 2022 is missing, not zero
        (a_point(2022, 10), a_point("2022-12", 1), a_point(2023, 30)),  # December twice
        (a_point(2022, 10), a_span("2022-08", "2023-07", 30)),  # overlapping
        a_series({2022: 10, 2023: 30}),  # the sum begins in 2021
        (a_point(2021, 1), a_point("2022-02", 1)),
    ],
)
def test_a_sum_over_a_gap_an_overlap_or_without_its_first_period_is_none(points: tuple[Point, ...]) -> None:
    assert neither(CumulativeShare(value=120, due="2027", starts="2021"), known(points)) == GAP


def test_a_sum_does_not_add_what_was_counted_in_two_ways() -> None:
    points = with_break({2021: 10, 2022: 20, 2023: 30}, 2022)
    assert neither(CumulativeShare(value=120, due="2027"), known(points)) == BROKEN
    assert share(CumulativeShare(value=120, due="2027"), known(points, across_breaks=True)) == 0.5
    assert share(CumulativeShare(value=100, due="2027", starts="2022"), known(points)) == 0.5


def test_a_running_total_is_read_and_not_added_up() -> None:
    demand = CumulativeShare.model_validate({"value": 120, "due": "2027", "counting": "running_total"})
    assert share(demand, known({2019: 10, 2022: 40, 2023: 60})) == 0.5
    assert not demand.needs_whole_series
    assert share(demand, known(with_break({2022: 40, 2023: 60}, 2023))) == 0.5


def test_before_its_start_a_sum_has_no_value() -> None:
    assert neither(CumulativeShare(value=120, due="2027", starts="2024"), known([10, 20])) == NO_READING


def test_where_less_is_better_a_sum_is_a_budget_that_is_kept_or_not() -> None:
    demand = CumulativeShare(value=100, due="2030")
    assert share(demand, known([40, 60], "lower")) == 1.0
    assert share(demand, known([40, 61], "lower")) == 0.0
    assert not attained(demand, known([40, 61], "lower")).not_yet  # an overspent budget stays so
    assert neither(demand, known([40, 60], "neutral")) == NEUTRAL


def test_ten_tenths_are_one() -> None:
    assert sum([0.1] * 10) != 1
    found = attained(CumulativeShare(value=1, due="2027"), known([0.1] * 10))
    assert (found.value, found.share) == (1.0, 1.0)


def test_a_sum_knows_what_it_was_made_of() -> None:
    points = (a_point(2022, 1, illustrative=True, vintage="A"), a_point(2023, 1, vintage="B", provisional=True))
    first, last = asked(CumulativeShare(value=10, due="2027"), known(points)).points
    assert (first.illustrative, first.provisional, first.vintage) == (True, False, "A")
    assert (last.illustrative, last.provisional, last.vintage) == (True, True, "A; B")


@pytest.mark.parametrize("over", [{"value": 0}, {"value": -1}, {"starts": "2028"}])
def test_a_sum_of_nothing_or_that_starts_after_its_end_is_refused(over: dict[str, Any]) -> None:
    assert refusal(CumulativeShare, **{"value": 1, "due": "2027"} | over) in ("greater_than", "ends_before_start")


# --- relative to a base year


def relative(percent: float = 65, **over: Any) -> RelativeToBaseYear:
    return RelativeToBaseYear.model_validate({"percent": percent, "base_period": "1990", "due": "2030"} | over)


EMISSIONS = {1990: 200, 2018: 190, 2019: 185, 2020: 180, 2021: 175, 2022: 170, 2023: 165}


def test_the_way_from_a_base_year_runs_from_a_hundred_per_cent() -> None:
    found = attained(relative(), known(EMISSIONS, "lower"))
    assert (found.share, found.value, found.target) == (0.5, 82.5, 65.0)
    assert (found.baseline, found.baseline_end, found.scale) == (100.0, date(1990, 12, 31), Scale.percent)
    assert figures(relative(), known(EMISSIONS, "lower"))["projected"] == 65.0  # 2.5 points less a year
    assert course(relative(), known(EMISSIONS, "lower")) is SUN
    assert asked(relative(), known(EMISSIONS, "lower")).path == (
        Waypoint(date(1990, 12, 31), 100.0),
        Waypoint(date(2030, 12, 31), 65.0),
    )


def test_a_base_value_may_be_stated_and_a_growing_target_lies_above_a_hundred() -> None:
    assert share(relative(base_value=220), known({2023: 181.5}, "lower")) == pytest.approx(0.5)
    assert share(relative(150), known({1990: 40, 2023: 50})) == 0.5


@pytest.mark.parametrize("base", [0, -20])
def test_a_base_of_zero_or_less_has_no_per_cent(base: float) -> None:
    assert neither(relative(), known({1990: base, 2023: 5}, "lower")) == NotComputable(Obstacle.base_not_positive)
    assert refusal(RelativeToBaseYear, percent=65, base_period="1990", due="2030", base_value=base) == "greater_than"


@pytest.mark.parametrize(
    "points",
    [
        a_series({1991: 200, 2023: 165}),
        (a_span("1989-01", "1992-12", 200), a_point(2023, 165)),  # a span of years is not one of them
        (a_span("1989-08", "1990-07", 200), a_point(2023, 165)),  # nor is a school year
        (a_span("1990-01", "1990-06", 90), a_span("1990-07", "1990-12", 110), a_point(2023, 165)),
        tuple(a_point(f"1990-{month:02}", 200) for month in range(1, 13)),
    ],
)
def test_without_one_reading_for_the_base_year_there_is_no_base(points: tuple[Point, ...]) -> None:
    assert neither(relative(), known(points, "lower")) == NotComputable(Obstacle.no_base_value)


def test_the_only_reading_within_the_base_year_stands_for_it_and_the_whole_year_before_any_month() -> None:
    census = (a_point("1990-05-25", 200), a_point("2023-05-25", 165))
    assert share(relative(), known(census, "lower")) == 0.5
    mixed = (a_point(1990, 200), a_point("1990-12", 50), a_point(2023, 165))
    assert share(relative(), known(mixed, "lower")) == 0.5


def test_a_break_after_the_base_year_ends_the_comparison_unless_the_base_is_stated() -> None:
    series = known(with_break(EMISSIONS, 2019), "lower")
    assert neither(relative(), series) == BROKEN
    assert share(relative(base_value=200), series) == 0.5
    assert share(relative(), known(with_break(EMISSIONS, 2019), "lower", across_breaks=True)) == 0.5
    assert share(relative(), known(with_break(EMISSIONS, 1990), "lower")) == 0.5


def test_a_target_of_a_hundred_per_cent_or_against_the_direction_is_no_way() -> None:
    assert relative(100).attainment(known(EMISSIONS, "lower")) == NotComputable(Obstacle.baseline_equals_target)
    assert relative(65).attainment(known(EMISSIONS)) == NotComputable(Obstacle.baseline_beyond_target)
    assert neither(relative(), known(EMISSIONS, "neutral")) == NEUTRAL


def test_everything_told_in_per_cent_of_an_invented_base_is_invented() -> None:
    points = (a_point(1990, 200, illustrative=True, vintage="A"), a_point(2023, 165, vintage="B"))
    assert attained(relative(), known(points, "lower")).illustrative
    assert asked(relative(), known(points, "lower")).points[-1].vintage == "A; B"
    assert not attained(relative(base_value=200), known(points, "lower")).illustrative


def test_a_base_year_after_the_target_is_refused() -> None:
    assert refusal(RelativeToBaseYear, percent=65, base_period="2030", due="2030-12") == "baseline_not_before_due"


def test_a_percentage_that_is_met_on_paper_is_met() -> None:
    assert asked(relative(57, base_value=1), known([0.57], "higher")).reached is True


# --- an average over years


@pytest.mark.parametrize(
    ("values", "years", "expected", "mean"),
    [([4, 9, 5, 7], 3, 1.0, 7), ([9, 5, 6], 3, 0.5, 20 / 3), ([6, 6], 2, 0.0, 6), ([100, 7, 7], 2, 1.0, 7)],
)
def test_the_mean_of_the_last_years_is_held_against_the_value(
    values: list[float], years: int, expected: float, mean: float
) -> None:
    found = attained(AverageOverYears(value=7, years=years, tolerance=2 / 3), known(values))
    assert found.value == pytest.approx(mean)
    assert found.share == pytest.approx(max(0.0, 1 - (7 - mean) * 1.5)) and found.share == pytest.approx(
        expected, abs=1e-9
    )


def test_the_course_of_an_average_is_judged_on_the_averages() -> None:
    demand, values = AverageOverYears(value=6, years=2), [1, 1, 2, 2, 3, 3, 4]
    found = course_by(DEFAULT, a_target(demand), known(values))
    assert isinstance(found, CourseVerdict)
    assert [point.value for point in found.window] == [1, 1.5, 2, 2.5, 3, 3.5]
    assert (found.figures["mean_change"], found.course) == (0.5, CLOUD)
    assert course(AverageOverYears(value=6, years=2, due="2028"), known(values)) is SUN


@pytest.mark.parametrize(
    "points",
    [
        a_series({2018: 1, 2019: 1, 2020: 1, 2022: 1, 2023: 1}),
        a_series({2018: 1, 2020: 1, 2022: 1}),
        (
            a_point("2021-06", 1),
            a_point("2021-12", 1),
            a_point("2023-06", 1),
        ),  # three points in two years, not in three
        tuple(a_point(f"2023-{month:02}", 1) for month in range(1, 13)),
    ],
)
def test_a_mean_over_a_gap_or_over_what_are_not_years_is_none(points: tuple[Point, ...]) -> None:
    assert neither(AverageOverYears(value=7, years=3), known(points)) == GAP


def test_an_old_gap_costs_its_own_means_and_not_the_last_one() -> None:
    found = asked(AverageOverYears(value=7, years=2), known({2016: 1, 2017: 3, 2019: 5, 2020: 7, 2021: 9}))
    assert [(point.end.year, point.value) for point in found.points] == [(2017, 2), (2020, 6), (2021, 8)]


def test_a_mean_needs_all_its_years_and_says_whether_a_break_took_them() -> None:
    demand = AverageOverYears(value=7, years=3)
    assert demand.attainment(known([7, 7])) == NotComputable(Obstacle.too_few_points, have=2, need=3)
    broken = with_break(dict.fromkeys(range(2014, 2024), 7.0), 2022)
    assert demand.attainment(known(broken)) == NotComputable(Obstacle.break_in_series, have=2, need=3)
    assert share(demand, known(broken, across_breaks=True)) == 1.0
    later = with_break(dict.fromkeys(range(2014, 2024), 7.0), 2020)
    assert share(demand, known(later)) == 1.0
    assert course_by(DEFAULT, a_target(demand), known(later)) == NotComputable(Obstacle.break_in_series, have=2, need=6)


def test_school_years_in_a_row_have_a_mean() -> None:
    points = tuple(a_span(f"{year}-08", f"{year + 1}-07", 7) for year in range(2020, 2023))
    assert share(AverageOverYears(value=7, years=3), known(points)) == 1.0


def test_a_mean_that_is_met_on_paper_is_met() -> None:
    assert sum([0.1, 0.2, 0.3]) / 3 != 0.2
    assert share(AverageOverYears(value=0.2, years=3), known([0.1, 0.2, 0.3], "lower")) == 1.0


@pytest.mark.parametrize("years", [0, 1, 31])
def test_an_average_over_one_year_or_a_lifetime_is_refused(years: int) -> None:
    assert refusal(AverageOverYears, value=1, years=years) in ("greater_than_equal", "less_than_equal")


# --- yes or no, stages


@pytest.mark.parametrize(("value", "expected"), [(0, 0.0), (1, 1.0)])
def test_yes_is_all_and_no_is_nothing(value: float, expected: float) -> None:
    assert attained(YesNo(due="2028"), known([value])) == Attainment(
        expected, value, 1.0, Formula.stage, end=the_end_of("2023")
    )


FAIRTRADE = Stages(
    stages=(
        Stage(title="Ratsbeschluss", criterion="Der Rat hat beschlossen", share=0.25),
        Stage(title="Steuerungsgruppe", criterion="Sie hat getagt", share=0.5),
        Stage(title="Titel", criterion="Die Urkunde liegt vor", share=1),
    ),
    due="2028",
)


@pytest.mark.parametrize(("value", "expected"), [(0, 0.0), (1, 0.25), (2, 0.5), (3, 1.0)])
def test_a_stage_stands_for_the_share_it_was_given(value: float, expected: float) -> None:
    found = attained(FAIRTRADE, known([value]))
    assert (found.share, found.value, found.target, found.formula) == (expected, value, 3.0, Formula.stage)


@pytest.mark.parametrize("value", [-1, 0.5, 2.5, 4, 100])
def test_what_is_no_stage_is_not_read_as_one(value: float) -> None:
    assert FAIRTRADE.attainment(known([value])) == NotComputable(Obstacle.not_a_stage)
    if value != 0.5:
        assert YesNo().attainment(known([value])) == NotComputable(Obstacle.not_a_stage)


@pytest.mark.parametrize("demand", [YesNo(), FAIRTRADE])
def test_nothing_is_read_into_the_time_between_two_stages(demand: Demand) -> None:
    assert course_by(DEFAULT, a_target(demand), known([0, 0, 0, 1, 1, 1])) == NotComputable(Obstacle.no_interpolation)


def test_an_invented_stage_is_invented() -> None:
    assert attained(FAIRTRADE, known([a_point(2023, 1, illustrative=True)])).illustrative


@pytest.mark.parametrize("shares", [(0.5, 0.5, 1), (0.5, 0.25, 1), (0.25, 0.5, 0.9), (1, 1, 1)])
def test_stages_that_do_not_rise_to_all_are_refused(shares: tuple[float, ...]) -> None:
    stages = [
        {"title": f"Stufe {number}", "criterion": "Nachweis", "share": part} for number, part in enumerate(shares)
    ]
    assert refusal(Stages, stages=stages) == "stage_shares"


def test_one_stage_is_a_yes_or_no_and_a_stage_without_a_criterion_is_none() -> None:
    stage = {"title": "Titel", "criterion": "Die Urkunde liegt vor", "share": 1}
    assert refusal(Stages, stages=[stage]) == "too_short"
    assert refusal(Stage, title="Titel", criterion=" ", share=1) == "too_short"


# --- in words


def in_words(*states: str) -> InWords:
    criteria = [
        StateCriterion.model_validate({"title": f"Merkmal {number}", "state": state, "proof": "Vermerk"})
        for number, state in enumerate(states)
    ]
    return InWords(text="Die Innenstadt ist belebt", criteria=tuple(criteria))


@pytest.mark.parametrize(
    ("states", "expected"),
    [(("met", "not_met", "met", "met"), 0.75), (("met", "met"), 1.0), (("not_met",), 0.0)],
)
def test_a_state_in_words_is_the_share_of_its_criteria_that_are_met(states: tuple[str, ...], expected: float) -> None:
    assert attained(in_words(*states), known([])) == Attainment(
        expected, expected * len(states), len(states), Formula.criteria
    )


def test_until_every_criterion_was_looked_at_there_is_no_share() -> None:
    found = in_words("met", "open", "not_met", "open").attainment(known([]))
    assert found == NotComputable(Obstacle.criteria_open, have=2, need=4)


def test_words_without_criteria_are_shown_and_never_calculated() -> None:
    assert neither(InWords(text="nicht unter dem Durchschnitt von NRW"), known(OWN)) == NotComputable(
        Obstacle.target_in_words
    )
    assert in_words("met").question(known(OWN)) == NotComputable(Obstacle.target_in_words)


@pytest.mark.parametrize("proof", [None, "", "  "])
def test_a_criterion_that_is_met_without_a_proof_is_refused(proof: str | None) -> None:
    assert refusal(StateCriterion, title="Merkmal", state="met", proof=proof) == "proof_missing"
    assert StateCriterion.model_validate({"title": "Merkmal", "state": "not_met", "proof": proof}).proof is None


# --- what holds for every kind

EVERY_KIND: dict[str, Demand] = {
    one.demand: one
    for one in (
        ValueByDate(value=7, due="2028", baseline=0),
        KeepEveryYear(value=7),
        DirectionOnly(),
        Band(lower=7, upper=9),
        benchmark("above"),
        gap(1),
        SpreadBelow(value=1),
        ShareOfWhole(whole=100, percent=7),
        CumulativeShare(value=700, due="2028"),
        relative(200, base_period="2018"),
        AverageOverYears(value=7, years=2),
        YesNo(),
        FAIRTRADE,
        InWords(text="wie NRW"),
    )
}
NUMERIC = [
    demand for kind, demand in EVERY_KIND.items() if kind not in ("direction_only", "yes_no", "stages", "in_words")
]


def test_every_kind_is_tried() -> None:
    assert set(EVERY_KIND) == set(DEMANDS) and len(DEMANDS) == 14
    assert all(isinstance(demand, DEMANDS[kind]) for kind, demand in EVERY_KIND.items())


@pytest.mark.parametrize("demand", EVERY_KIND.values(), ids=EVERY_KIND)
def test_without_a_reading_no_kind_has_a_number(demand: Demand) -> None:
    expected = NotComputable(Obstacle.target_in_words) if isinstance(demand, InWords) else NO_READING
    assert neither(demand, known([], others={"NRW": NRW})) == expected


@pytest.mark.parametrize("demand", NUMERIC, ids=lambda demand: demand.demand)
def test_two_newest_values_for_one_period_give_no_number(demand: Demand) -> None:
    points = (*a_series([4, 5, 6, 6, 6, 7]), a_point("2023-12", 9))
    others = {"NRW": (*a_series([9, 9, 9, 9, 9, 9]), a_point("2023-12", 9))}
    found = demand.attainment(known(points, others=others))
    assert found == (GAP if isinstance(demand, CumulativeShare) else TWICE)


@pytest.mark.parametrize("demand", [YesNo(), FAIRTRADE], ids=lambda demand: demand.demand)
def test_two_newest_stages_for_one_period_give_no_number(demand: Demand) -> None:
    assert demand.attainment(known((a_point(2023, 0), a_point("2023-12", 1)))) == TWICE


@pytest.mark.parametrize("demand", NUMERIC, ids=lambda demand: demand.demand)
def test_one_point_is_never_a_course(demand: Demand) -> None:
    found = course_by(DEFAULT, a_target(demand), known([5], others={"NRW": [9]}))
    assert isinstance(found, NotComputable)
    assert found.reason in (Obstacle.too_few_points, Obstacle.no_base_value)


@pytest.mark.parametrize(
    ("kind", "whole", "compared"),
    [
        ("value_by_date", False, False),
        ("keep_every_year", False, False),
        ("band", False, False),
        ("against_benchmark", True, True),
        ("gap_closed", True, True),
        ("spread_below", True, True),
        ("share_of_whole", False, False),
        ("cumulative_share", True, False),
        ("relative_to_base_year", True, False),
        ("average_over_years", True, False),
        ("in_words", False, False),
    ],
)
def test_a_kind_says_what_it_must_be_given(kind: str, whole: bool, compared: bool) -> None:
    demand = EVERY_KIND[kind]
    assert (demand.needs_whole_series, demand.needs_comparison) == (whole, compared)


readings = st.integers(-1000, 1000)
years = st.lists(st.integers(2000, 2023), min_size=1, max_size=10, unique=True)


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    """Yearly values with gaps, zeros, negative ones and breaks, beside another territory's."""
    points = tuple(
        a_point(year, draw(readings) / 10, break_before=draw(st.integers(0, 9)) == 0) for year in sorted(draw(years))
    )
    other = a_series({year: draw(readings) / 10 for year in draw(years)})
    direction = draw(st.sampled_from(["higher", "lower", "neutral"]))
    return known(points, direction, others={"NRW": other}, across_breaks=draw(st.booleans()))


@pytest.mark.parametrize("demand", EVERY_KIND.values(), ids=EVERY_KIND)
@given(series=any_series())
def test_a_share_is_a_number_of_the_last_point_that_counts_or_a_reason(demand: Demand, series: Series) -> None:
    found = demand.attainment(series)
    if isinstance(found, Attainment):
        assert isfinite(found.share) and 0 <= found.capped <= 1
        assert found.end is not None and found.end <= series.points[-1].end
        assert found.kept is None or found.kept == (found.share == 1.0)


@pytest.mark.parametrize(
    "demand", [one for one in NUMERIC if not isinstance(one, Band | SpreadBelow)], ids=lambda demand: demand.demand
)
@given(series=any_series(), worse=st.integers(1, 500))
def test_a_worse_last_value_never_has_a_greater_share(demand: Demand, series: Series, worse: int) -> None:
    sign = 1 if isinstance(demand, AgainstBenchmark) else series.direction.sign
    last = series.points[-1]
    assume(sign and not (isinstance(demand, RelativeToBaseYear) and last.end.year == 2018))
    fallen = replace(series, points=(*series.points[:-1], last._replace(value=last.value - sign * worse / 10)))
    before, after = demand.attainment(series), demand.attainment(fallen)
    assert isinstance(before, NotComputable) == isinstance(after, NotComputable)
    if isinstance(before, Attainment) and isinstance(after, Attainment):
        assert after.share <= before.share + 1e-12


@given(st.integers(-1000, 1000), st.integers(1, 1000), st.sampled_from(["higher", "lower"]))
def test_every_way_begins_at_nothing_and_ends_at_all(start: int, way: int, direction: str) -> None:
    sign = 1 if direction == "higher" else -1
    by_date = ValueByDate(value=start + sign * way, due="2028", baseline_period="2018")
    for value, expected in ((start, 0.0), (start + sign * way, 1.0)):
        assert share(by_date, known({2018: start, 2023: value}, direction)) == expected
    other = {"NRW": {2018: start + sign * way, 2023: start + sign * way}}
    for value, expected in ((start, 0.0), (start + sign * way, 1.0)):
        assert share(gap(1), known({2018: start, 2023: value}, direction, others=other)) == expected


@given(st.integers(1, 1000), st.sampled_from([10, 25, 50, 80, 120, 200]))
def test_a_base_year_is_nothing_and_its_asked_percentage_all_of_the_way(base: int, percent: int) -> None:
    direction = "higher" if percent > 100 else "lower"
    demand = relative(percent, base_period="2018")
    assert share(demand, known({2018: base, 2023: base}, direction)) == 0
    assert share(demand, known({2018: base, 2023: base * percent / 100}, direction)) == pytest.approx(1)
