"""Growth achieved over growth needed: categories, natural limits, and what has no growth rate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.demands import DirectionOnly, InterimTarget, KeepEveryYear, ValueByDate
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, NotComputable, Obstacle
from metrics.domain.progress.rules.growth_ratio import RULE, limit_factor, score
from tests.domain.progress.rules.asking import HIGHER, LOWER, judged, verdict
from tests.plan import a_point, a_series


def from_to(start: float, target: float, due: str = "2025", since: str = "2020") -> ValueByDate:
    return ValueByDate(value=target, due=due, baseline=start, baseline_period=since)


# --- with a target


@pytest.mark.parametrize(
    ("growth", "course", "category"),
    [
        (0.10, Course.sun, "on_track"),
        (0.0951, Course.sun, "on_track"),
        (0.0949, Course.sun_cloud, "acceleration_needed"),
        (0.0601, Course.sun_cloud, "acceleration_needed"),
        (0.0599, Course.cloud, "limited_progress"),
        (0.0, Course.cloud, "limited_progress"),
        (-0.001, Course.thunderstorm, "deterioration"),
    ],
)
def test_95_and_60_per_cent_of_the_needed_growth_part_the_categories(
    growth: float, course: Course, category: str
) -> None:
    needs_ten_per_cent = from_to(100, 100 * 1.1**5)
    seen = verdict(RULE, needs_ten_per_cent, (a_point(2022, 100 * (1 + growth) ** 2),))
    assert (seen.course, seen.category) == (course, category)
    assert seen.figures["ratio"] == pytest.approx(growth / 0.1)


def test_a_verdict_shows_all_that_led_to_it() -> None:
    points = a_series({2021: 7, 2022: 121})
    seen = verdict(RULE, from_to(100, 1.2**5 * 100), points)
    assert (seen.rule, seen.rule_version, seen.case) == ("growth_ratio", "2023", CourseCase.dated_target)
    assert seen.figures == pytest.approx(
        {"baseline": 100, "growth": 0.1, "growth_needed": 0.2, "ratio": 0.5, "score": -5 / 12}
    )
    assert (seen.window, seen.since, seen.due) == (points[-1:], date(2020, 12, 31), date(2025, 12, 31))


@pytest.mark.parametrize("start", [100, 0, -5])
@pytest.mark.parametrize("due", ["2030", "2021"])
def test_a_reached_target_is_achieved_whatever_the_growth(start: float, due: str) -> None:
    seen = verdict(RULE, from_to(start, 50, due), (a_point(2022, 50),))
    assert (seen.course, seen.category, seen.figures["score"]) == (Course.sun, "achieved", 5)
    assert ("growth" in seen.figures) is (start > 0)


def test_a_target_of_zero_that_is_reached_is_achieved_and_has_no_growth() -> None:
    seen = verdict(RULE, from_to(12, 0), (a_point(2022, 0),), LOWER)
    assert (seen.category, seen.figures) == ("achieved", {"baseline": 12, "score": 5})


@pytest.mark.parametrize("due", ["2022", "2021"])
def test_a_target_missed_in_its_year_is_not_achieved(due: str) -> None:
    seen = verdict(RULE, from_to(100, 200, due), (a_point(2022, 199),))
    assert (seen.course, seen.category) == (Course.thunderstorm, "not_achieved")


def test_of_several_target_years_the_nearest_sets_the_growth_that_is_needed() -> None:
    demand = ValueByDate(
        value=1000, due="2040", baseline=100, baseline_period="2020", interim=(InterimTarget(due="2025", value=110),)
    )
    assert verdict(RULE, demand, (a_point(2022, 104),)).figures["growth_needed"] == pytest.approx(1.1**0.2 - 1)


def test_a_natural_limit_is_not_considered_beside_a_target() -> None:
    free = verdict(RULE, from_to(90, 99), (a_point(2022, 91),))
    assert verdict(RULE, from_to(90, 99), (a_point(2022, 91),), maximum=100, minimum=0) == free


def test_a_threshold_to_keep_is_achieved_or_needs_a_date() -> None:
    points = a_series([90, 95])
    assert verdict(RULE, KeepEveryYear(value=95), points).category == "achieved"
    assert judged(RULE, KeepEveryYear(value=96), points) == NotComputable(Obstacle.rule_needs_a_date)


# --- without a target


@pytest.mark.parametrize(
    ("last", "course", "category"),
    [
        (101.5, Course.sun, "on_track"),
        (101.4, Course.sun_cloud, "acceleration_needed"),
        (100.5, Course.sun_cloud, "acceleration_needed"),
        (100.4, Course.cloud, "limited_progress"),
        (100.0, Course.cloud, "limited_progress"),
        (99.9, Course.thunderstorm, "deterioration"),
    ],
)
def test_a_direction_alone_is_judged_by_the_growth_itself(last: float, course: Course, category: str) -> None:
    seen = verdict(RULE, DirectionOnly(), a_series([100, last]))
    assert (seen.course, seen.category, seen.case) == (course, category, CourseCase.direction_only)
    falling = verdict(RULE, DirectionOnly(), a_series([100, 200 - last]), LOWER)
    assert (falling.course, falling.category) == (course, category)


NEAR_A_LIMIT: list[tuple[dict[str, Any], Direction, list[float], Course]] = [
    ({}, HIGHER, [90, 90.6], Course.sun_cloud),
    ({"maximum": 100}, HIGHER, [90, 90.6], Course.sun),  # 0.67 % a year, 0.56 % are enough
    ({"maximum": 100}, HIGHER, [90, 90.2], Course.sun_cloud),  # 0.22 %, 0.19 % are enough
    ({"maximum": 100}, HIGHER, [90, 90.1], Course.cloud),
    ({"maximum": 100}, HIGHER, [90, 89.9], Course.thunderstorm),
    ({"maximum": 100}, HIGHER, [100, 100], Course.sun),  # held at the limit
    ({"maximum": 100}, HIGHER, [100, 99], Course.thunderstorm),
    ({"minimum": 100}, LOWER, [110, 109.3], Course.sun),
    ({"minimum": 100}, LOWER, [250, 249], Course.cloud),  # from twice the limit on it is free
    ({"minimum": 100}, HIGHER, [110, 110.7], Course.sun_cloud),  # the other direction's limit
    ({"minimum": 0}, LOWER, [110, 109.3], Course.sun_cloud),
    ({"maximum": 100}, HIGHER, [120, 120.7], Course.sun_cloud),  # already beyond: no limit
]


@pytest.mark.parametrize(("bounds", "direction", "values", "expected"), NEAR_A_LIMIT)
def test_near_a_natural_limit_less_growth_is_enough(
    bounds: dict[str, Any], direction: Direction, values: list[float], expected: Course
) -> None:
    assert verdict(RULE, DirectionOnly(), a_series(values), direction, **bounds).course is expected


@given(st.floats(0, 100), st.floats(1, 1000))
def test_the_factor_lies_between_nothing_and_one_and_is_the_same_on_both_sides_of_a_limit(
    away: float, limit: float
) -> None:
    below, above = limit_factor(max(0.0, limit - away), limit), limit_factor(min(2 * limit, limit + away), limit)
    assert 0 <= below <= 1
    assert below == pytest.approx(above, abs=1e-9)


def test_the_growth_is_taken_since_the_oldest_of_the_six_newest_points_however_few_are_needed() -> None:
    points = a_series([1, 100, 7, 7, 7, 7, 110])
    for needed in (4, 5, 6):
        seen = verdict(RULE, DirectionOnly(), points, points_needed=needed)
        assert (seen.window, seen.figures["baseline"]) == ((points[1], points[-1]), 100)
        assert seen.figures["growth"] == pytest.approx(1.1 ** (1 / 5) - 1)


# --- the score


@given(st.floats(-5, 5), st.floats(0, 5))
def test_the_score_never_falls_when_the_ratio_rises_and_stays_within_five(ratio: float, more: float) -> None:
    assert -5 <= score(ratio) <= score(ratio + more) <= 5


@pytest.mark.parametrize(("ratio", "expected"), [(-9, -5), (-0.3, -3.75), (0.3, -1.25), (0.775, 1.25), (9, 5)])
def test_the_score_is_straight_between_its_corners_and_level_beyond(ratio: float, expected: float) -> None:
    assert score(ratio) == pytest.approx(expected)


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
        (12, 6, 0, LOWER),
        (12, 6, -3, LOWER),
    ],
)
def test_zero_negative_values_and_a_change_of_sign_have_no_growth_rate(
    start: float, last: float, target: float, direction: Direction
) -> None:
    answer = judged(RULE, from_to(start, target), (a_point(2022, last),), direction)
    assert answer == NotComputable(Obstacle.zero_or_change_of_sign)


@pytest.mark.parametrize(
    ("start", "last", "reason"),
    [(200, 150, Obstacle.baseline_equals_target), (250, 150, Obstacle.baseline_beyond_target)],
)
def test_without_a_way_to_the_target_there_is_no_ratio(start: float, last: float, reason: Obstacle) -> None:
    assert judged(RULE, from_to(start, 200), (a_point(2022, last),)) == NotComputable(reason)


def test_a_growth_rate_needs_two_values_a_year_apart() -> None:
    months = tuple(a_point(f"2023-{month:02d}", 100 + month) for month in range(1, 7))
    assert judged(RULE, DirectionOnly(), months) == NotComputable(Obstacle.too_short_span)
    assert judged(RULE, DirectionOnly(), months[:1]) == NotComputable(Obstacle.too_few_points, have=1, need=2)
    assert judged(RULE, DirectionOnly(), ()) == NotComputable(Obstacle.no_reading)
    assert verdict(RULE, DirectionOnly(), (a_point("2022-06", 50), *months[1:])).figures["growth"] == pytest.approx(
        1.12
    )
    yesterday = ValueByDate(value=1000, due="2025", baseline=1, baseline_period="2022-12-30")
    assert judged(RULE, yesterday, (a_point("2022-12-31", 10),)) == NotComputable(Obstacle.too_short_span)
    assert judged(RULE, from_to(1, 5, since="2022"), (a_point(2022, 2),)) == NotComputable(
        Obstacle.no_time_since_baseline
    )


def test_a_target_that_only_noise_keeps_from_the_baseline_has_no_growth_to_ask_for() -> None:
    demand = ValueByDate(value=100.00000000000001, due="2040", baseline=100, baseline_period="2010")
    points = (a_point(2012, 99),)
    assert judged(RULE, demand, points) == NotComputable(Obstacle.baseline_equals_target)
