"""The rule of the SDG Progress Chart: what is to be expected by the target's date, as a share of the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.domain.demands import DirectionOnly, KeepEveryYear, ValueByDate
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, NotComputable, Obstacle
from metrics.domain.progress.rules.un_progress import RULE
from tests.domain.progress.rules.asking import HIGHER, LOWER, judged, verdict
from tests.plan import a_point, a_series

PERCENT = {"minimum": 0, "maximum": 100}


def from_to(start: float, target: float, due: str = "2030", since: str = "2015") -> ValueByDate:
    return ValueByDate(value=target, due=due, baseline=start, baseline_period=since)


# --- with a target


@pytest.mark.parametrize(
    ("ratio", "course", "category"),
    [
        (1.2, Course.sun, "on_track"),
        (0.951, Course.sun, "on_track"),
        (0.949, Course.cloud, "acceleration_needed"),
        (0.101, Course.cloud, "acceleration_needed"),
        (0.099, Course.thunderstorm, "stagnation"),
        (0.0, Course.thunderstorm, "stagnation"),
        (-0.5, Course.thunderstorm, "stagnation"),
    ],
)
def test_95_and_10_per_cent_of_the_way_part_the_categories(ratio: float, course: Course, category: str) -> None:
    expected_in_2030 = 100 + 50 * ratio
    now = 100 * (expected_in_2030 / 100) ** (7 / 15)
    seen = verdict(RULE, from_to(100, 150), (a_point(2022, now),))
    assert (seen.course, seen.category) == (course, category)
    assert seen.figures["ratio"] == pytest.approx(ratio, abs=1e-9)
    assert seen.figures["expected"] == pytest.approx(expected_in_2030)


def test_a_verdict_shows_all_that_led_to_it() -> None:
    points = a_series({2018: 7, 2022: 121})
    seen = verdict(RULE, from_to(100, 200, "2023", "2020"), points)
    assert (seen.rule, seen.rule_version, seen.case) == ("un_progress", "2023", CourseCase.dated_target)
    assert seen.figures == pytest.approx({"baseline": 100, "growth": 0.1, "expected": 133.1, "ratio": 0.331})
    assert (seen.window, seen.since, seen.reached) == (points[-1:], date(2020, 12, 31), False)


@pytest.mark.parametrize("start", [100, 60, 0, -5])
def test_a_reached_target_is_reached_whatever_the_trend(start: float) -> None:
    seen = verdict(RULE, from_to(start, 50), (a_point(2022, 55),))
    assert (seen.course, seen.category, seen.figures) == (Course.sun, "reached", {"baseline": start})


@pytest.mark.parametrize(
    ("target", "last", "direction", "bounds", "reached"),
    [
        (100, 99.0, HIGHER, PERCENT, True),
        (100, 98.9, HIGHER, PERCENT, False),
        (0, 1.0, LOWER, PERCENT, True),
        (0, 1.1, LOWER, PERCENT, False),
        (100, 99.0, HIGHER, {}, False),  # nobody says that 100 is a bound
        (100, 99.0, HIGHER, {"maximum": 100}, False),  # nor what one per cent of the range is
        (99.5, 99.2, HIGHER, PERCENT, False),  # the bound is not the target
        (1, 0.8, LOWER, {"minimum": 0, "maximum": 1}, True),
        (1, 0.99, HIGHER, {"minimum": 0, "maximum": 1}, True),
        (1, 0.98, HIGHER, {"minimum": 0, "maximum": 1}, False),
    ],
)
def test_within_one_per_cent_of_a_natural_bound_a_target_of_that_bound_is_reached(
    target: float, last: float, direction: Direction, bounds: dict[str, Any], *, reached: bool
) -> None:
    answer = judged(RULE, from_to(50, target), (a_point(2022, last),), direction, **bounds)
    assert (getattr(answer, "category", None) in ("reached", "close_to_limit")) is reached


def test_after_the_target_year_the_last_value_stands_for_the_expected_one() -> None:
    seen = verdict(RULE, from_to(100000.0, 100002.0, "2020"), (a_point(2022, 100001.9),))
    assert (seen.figures["expected"], seen.figures["ratio"], seen.category) == (100001.9, 0.95, "on_track")


# --- without a target


@pytest.mark.parametrize(
    ("growth", "course", "category"),
    [
        (0.02, Course.sun, "on_track"),
        (0.0199, Course.cloud, "acceleration_needed"),
        (0.005, Course.cloud, "acceleration_needed"),
        (0.0049, Course.thunderstorm, "stagnation"),
        (0.0, Course.thunderstorm, "stagnation"),
        (-0.02, Course.thunderstorm, "stagnation"),
    ],
)
@pytest.mark.parametrize("direction", [HIGHER, LOWER])
def test_a_direction_alone_is_judged_by_the_growth_itself(
    growth: float, course: Course, category: str, direction: Direction
) -> None:
    points = a_series({2020: 1000, 2022: 1000 * (1 + direction.sign * growth) ** 2})
    seen = verdict(RULE, DirectionOnly(), points, direction)
    assert (seen.course, seen.category, seen.case) == (course, category, CourseCase.direction_only)


def test_a_direction_alone_is_never_reached() -> None:
    assert verdict(RULE, DirectionOnly(), a_series([99, 99, 99.5]), **PERCENT).category == "stagnation"


# --- why there is no symbol


@pytest.mark.parametrize(
    ("start", "last", "target", "direction"),
    [
        (0, 5, 10, HIGHER),
        (-5, -4, 10, HIGHER),
        (-5, 4, 10, HIGHER),
        (5, -4, 10, HIGHER),
        (5, 0, 10, HIGHER),
        (-10, -8, -5, HIGHER),
    ],
)
def test_zero_negative_values_and_a_change_of_sign_have_no_growth_rate(
    start: float, last: float, target: float, direction: Direction
) -> None:
    answer = judged(RULE, from_to(start, target), (a_point(2022, last),), direction)
    assert answer == NotComputable(Obstacle.zero_or_change_of_sign)


def test_a_target_of_zero_can_be_judged_because_only_the_way_to_it_is_measured() -> None:
    seen = verdict(RULE, from_to(100, 0, "2022", "2020"), (a_point(2022, 50),), LOWER)
    assert (seen.figures["ratio"], seen.category) == (0.5, "acceleration_needed")


@pytest.mark.parametrize(
    ("start", "last", "reason"),
    [(200, 150, Obstacle.baseline_equals_target), (250, 150, Obstacle.baseline_beyond_target)],
)
def test_without_a_way_to_the_target_there_is_no_ratio(start: float, last: float, reason: Obstacle) -> None:
    assert judged(RULE, from_to(start, 200), (a_point(2022, last),)) == NotComputable(reason)


def test_two_years_of_data_are_needed() -> None:
    assert judged(RULE, DirectionOnly(), a_series([5, 6])) == NotComputable(Obstacle.too_short_span)
    assert judged(RULE, DirectionOnly(), a_series([5])) == NotComputable(Obstacle.too_few_points, have=1, need=2)
    assert verdict(RULE, DirectionOnly(), a_series([5, 5, 6])).course is Course.sun


def test_a_threshold_to_keep_is_reached_or_needs_a_date() -> None:
    points = a_series([90, 92, 95])
    assert verdict(RULE, KeepEveryYear(value=95), points).category == "reached"
    assert judged(RULE, KeepEveryYear(value=96), points) == NotComputable(Obstacle.rule_needs_a_date)


def test_a_growth_beyond_every_number_is_refused() -> None:
    demand = from_to(0.001, 2e6, "2099", "2020")
    assert judged(RULE, demand, (a_point(2022, 1e6),)) == NotComputable(Obstacle.too_short_span)
