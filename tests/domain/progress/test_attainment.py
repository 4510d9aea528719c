"""Zielerreichung: nothing at the baseline, all at the target, and no step back is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.demands import Demand, DirectionOnly, InWords, KeepEveryYear, ValueByDate
from metrics.domain.indicators import Direction
from metrics.domain.progress.attainment import bound_kept, share_of_target, way_travelled
from metrics.domain.progress.outcome import Attainment, Formula, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import Series, Waypoint
from tests.plan import a_point, a_series

HIGHER, LOWER = Direction.higher, Direction.lower
UNEMPLOYMENT = ValueByDate(value=7.0, due="2028", baseline=8.0, baseline_period="2021")

values = st.integers(-10_000, 10_000)
directions = st.sampled_from([HIGHER, LOWER])


def judge(demand: Demand, direction: Direction, points: Iterable[Point]) -> Attainment | NotComputable:
    return demand.attainment(Series(tuple(points), direction))


def share(demand: Demand, direction: Direction, *points: Point) -> float:
    judged = judge(demand, direction, points)
    assert isinstance(judged, Attainment), judged
    return judged.share


@pytest.mark.parametrize(
    ("value", "expected"), [(8.0, 0.0), (7.75, 0.25), (7.5, 0.5), (7.0, 1.0), (6.5, 1.5), (8.5, -0.5), (9.0, -1.0)]
)
def test_the_share_of_the_way_from_baseline_to_target(value: float, expected: float) -> None:
    assert share(UNEMPLOYMENT, LOWER, a_point(2024, value)) == expected


def test_an_attainment_says_what_it_was_measured_against() -> None:
    assert judge(UNEMPLOYMENT, LOWER, [a_point(2024, 7.5)]) == Attainment(
        share=0.5,
        value=7.5,
        target=7.0,
        formula=Formula.way,
        scale=Scale.own,
        baseline=8.0,
        baseline_end=date(2021, 12, 31),
        baseline_stated=True,
        kept=None,
        end=date(2024, 12, 31),
        illustrative=False,
    )


def test_without_a_stated_baseline_the_first_reading_is_it() -> None:
    demand = ValueByDate(value=90, due="2027")
    points = a_series({2023: 40, 2024: 99, 2025: 65})
    assert judge(demand, HIGHER, points) == Attainment(
        0.5, 65, 90, Formula.way, baseline=40, baseline_end=date(2023, 12, 31), end=date(2025, 12, 31)
    )


def test_a_stated_baseline_of_zero_is_stated() -> None:
    assert share(ValueByDate(value=10, due="2028", baseline=0), HIGHER, a_point(2024, 4)) == 0.4


@given(values, values)
def test_the_share_is_nothing_at_the_baseline_and_all_at_the_target(baseline: int, target: int) -> None:
    assume(baseline != target)
    demand = ValueByDate(value=target, due="2028", baseline=baseline)
    direction = HIGHER if target > baseline else LOWER
    assert share(demand, direction, a_point(2024, baseline)) == 0
    assert share(demand, direction, a_point(2024, target)) == 1


@given(values, st.integers(1, 10_000), st.integers(1, 10_000), directions)
def test_a_value_worse_than_the_baseline_shows_as_less_than_nothing(
    baseline: int, way: int, back: int, direction: Direction
) -> None:
    demand = ValueByDate(value=baseline + direction.sign * way, due="2028", baseline=baseline)
    point = a_point(2024, baseline - direction.sign * back)
    judged = judge(demand, direction, [point])
    assert isinstance(judged, Attainment)
    assert judged.share == pytest.approx(-back / way)
    assert judged.share < 0 and judged.capped == 0


@given(values, values, values, directions)
def test_mirroring_values_and_direction_leaves_the_share(
    baseline: int, target: int, value: int, direction: Direction
) -> None:
    assume(direction.sign * (target - baseline) > 0)
    other = LOWER if direction is HIGHER else HIGHER
    here = ValueByDate(value=target, due="2028", baseline=baseline)
    there = ValueByDate(value=-target, due="2028", baseline=-baseline)
    assert share(here, direction, a_point(2024, value)) == share(there, other, a_point(2024, -value))


@given(values, values, values, st.sampled_from([1000, 0.01, 1.8]), st.sampled_from([0, 32]))
def test_the_share_is_the_same_in_every_unit(
    baseline: int, target: int, value: int, factor: float, offset: float
) -> None:
    assume(baseline < target)
    here = ValueByDate(value=target, due="2028", baseline=baseline)
    there = ValueByDate(value=target * factor + offset, due="2028", baseline=baseline * factor + offset)
    assert share(here, HIGHER, a_point(2024, value)) == pytest.approx(
        share(there, HIGHER, a_point(2024, value * factor + offset)), rel=1e-6, abs=1e-6
    )


@given(st.lists(values, min_size=2, max_size=8), values, values)
def test_readings_between_baseline_and_last_do_not_matter(found: list[int], target: int, between: int) -> None:
    assume(target != found[0])
    demand = ValueByDate(value=target, due="2040")
    points = a_series([float(value) for value in found])
    ends = (points[0], points[-1])
    assert judge(demand, HIGHER, points) == judge(demand, HIGHER, ends)


# --- thresholds


@pytest.mark.parametrize(
    ("direction", "value", "tolerance", "expected"),
    [
        (HIGHER, 5, None, 1.0),
        (HIGHER, 6, None, 1.0),
        (HIGHER, 4.999, None, 0.0),
        (HIGHER, 4, 2, 0.5),
        (HIGHER, 3, 2, 0.0),
        (HIGHER, -50, 2, 0.0),
        (LOWER, 5, None, 1.0),
        (LOWER, 4, None, 1.0),
        (LOWER, 5.001, None, 0.0),
        (LOWER, 6, 4, 0.75),
    ],
)
def test_a_threshold_is_kept_or_missed_and_only_a_tolerance_grades_the_miss(
    direction: Direction, value: float, tolerance: float | None, expected: float
) -> None:
    demand = KeepEveryYear(value=5, tolerance=tolerance)
    assert judge(demand, direction, [a_point(2024, value)]) == Attainment(
        expected, value, 5, Formula.kept, kept=expected == 1.0, end=date(2024, 12, 31)
    )


def test_only_the_last_reading_decides_whether_a_threshold_is_kept() -> None:
    assert share(KeepEveryYear(value=5), HIGHER, *a_series([0, 0, 5])) == 1.0
    assert share(KeepEveryYear(value=5), HIGHER, *a_series([5, 5, 0])) == 0.0


# --- why there is no share


def test_missing_is_not_zero() -> None:
    demand = ValueByDate(value=10, due="2028", baseline=0)
    assert judge(demand, HIGHER, []) == NotComputable(Obstacle.no_reading)
    assert judge(KeepEveryYear(value=5), HIGHER, []) == NotComputable(Obstacle.no_reading)
    assert share(demand, HIGHER, a_point(2024, 0)) == 0


def test_one_reading_alone_is_no_way() -> None:
    assert judge(ValueByDate(value=10, due="2028"), HIGHER, [a_point(2024, 4)]) == NotComputable(Obstacle.no_baseline)


def test_a_baseline_that_is_already_the_target_leaves_no_way_to_go() -> None:
    nothing_to_do = NotComputable(Obstacle.baseline_equals_target)
    assert judge(ValueByDate(value=8, due="2028", baseline=8), LOWER, [a_point(2024, 7)]) == nothing_to_do
    assert judge(ValueByDate(value=8, due="2028"), LOWER, a_series([8, 7])) == nothing_to_do


def test_moving_away_from_a_target_that_the_baseline_had_passed_is_no_progress() -> None:
    beyond = NotComputable(Obstacle.baseline_beyond_target)
    points = a_series({2018: 6.5, 2023: 7.9})
    assert judge(ValueByDate(value=7.0, due="2028"), LOWER, points) == beyond
    assert judge(ValueByDate(value=7.0, due="2028", baseline=6.5), LOWER, points) == beyond
    assert judge(ValueByDate(value=6.0, due="2028", baseline=6.5), HIGHER, points) == beyond


@given(values, values, values, values, directions)
def test_a_better_value_never_has_a_smaller_share(
    baseline: int, target: int, one: int, other: int, direction: Direction
) -> None:
    assume(direction.sign * (target - baseline) > 0)
    demand = ValueByDate(value=target, due="2028", baseline=baseline)
    worse, better = sorted((one, other), key=lambda value: direction.sign * value)
    assert share(demand, direction, a_point(2024, worse)) <= share(demand, direction, a_point(2024, better))


def test_no_way_is_measured_across_a_break_unless_the_baseline_is_stated() -> None:
    points = (a_point(2018, 618), a_point(2024, 349, break_before=True))
    assert judge(ValueByDate(value=700, due="2028"), HIGHER, points) == NotComputable(Obstacle.break_in_series)
    assert share(ValueByDate(value=449, due="2028", baseline=249), HIGHER, *points) == 0.5


def test_a_break_before_the_first_reading_is_none() -> None:
    points = (a_point(2018, 0, break_before=True), a_point(2024, 5))
    assert share(ValueByDate(value=10, due="2028"), HIGHER, *points) == 0.5


def test_a_direction_a_sentence_and_a_neutral_indicator_have_no_share() -> None:
    points = a_series([1, 2])
    assert judge(DirectionOnly(), HIGHER, points) == NotComputable(Obstacle.direction_has_no_share)
    assert judge(InWords(text="wie NRW"), HIGHER, points) == NotComputable(Obstacle.target_in_words)
    for demand in (UNEMPLOYMENT, KeepEveryYear(value=5)):
        assert judge(demand, Direction.neutral, points) == NotComputable(Obstacle.neutral_direction)


# --- the formulas themselves, in the scale they are given


def test_a_formula_says_in_which_scale_it_worked_and_until_when_its_value_counts() -> None:
    point = a_point(2024, 4)
    for found in (
        bound_kept(point, 5, -1, None, Scale.difference),
        way_travelled(point, 2.0, 6, 1, stated=False, scale=Scale.difference),
        share_of_target(point, 8, Scale.difference),
    ):
        assert isinstance(found, Attainment)
        assert (found.scale, found.value, found.end) == (Scale.difference, 4, date(2024, 12, 31))


def test_a_formula_fed_with_an_invented_value_gives_an_invented_result() -> None:
    real, invented = a_point(2024, 4), a_point(2024, 4, illustrative=True)
    told = Waypoint(date(2020, 12, 31), 2.0, illustrative=True)
    for point, expected in ((real, False), (invented, True)):
        for found in (
            bound_kept(point, 5, 1, None),
            way_travelled(point, 2.0, 6, 1, stated=True),
            share_of_target(point, 8),
        ):
            assert isinstance(found, Attainment) and found.illustrative is expected
    from_told = way_travelled(real, told, 6, 1, stated=False)
    assert isinstance(from_told, Attainment) and from_told.illustrative


@pytest.mark.parametrize(
    ("value", "target", "expected"), [(60, 120, 0.5), (0, 120, 0.0), (150, 120, 1.25), (-6, 120, -0.05)]
)
def test_a_share_of_the_target_counts_from_nothing(value: float, target: float, expected: float) -> None:
    assert share_of_target(a_point(2024, value), target) == Attainment(
        expected, value, target, Formula.share_of_target, end=date(2024, 12, 31)
    )


@pytest.mark.parametrize("target", [0, -1])
def test_nothing_is_a_share_of_a_target_of_zero_or_less(target: float) -> None:
    assert share_of_target(a_point(2024, 5), target) == NotComputable(Obstacle.base_not_positive)
