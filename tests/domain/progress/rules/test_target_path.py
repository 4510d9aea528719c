"""Pace against the target path: what is reached beside what is asked for by now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metrics.domain.demands import (
    DirectionOnly,
    GapClosed,
    InterimTarget,
    KeepEveryYear,
    RelativeToBaseYear,
    ValueByDate,
)
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle, Scale
from metrics.domain.progress.rules.target_path import RULE, way_asked
from metrics.domain.progress.series import Question, Series, Waypoint
from tests.domain.progress.rules.asking import HIGHER, LOWER, judged, verdict
from tests.plan import a_point, a_series, the_end_of

UPHILL = ValueByDate(value=100, due="2030", baseline=0, baseline_period="2020")
"""Ten a year; fifty are asked for by the end of 2025."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60, Course.sun),
        (50, Course.sun),
        (47.6, Course.sun),  # 4.8 % of the way asked for are missing
        (47.5, Course.sun_cloud),  # exactly 5 %
        (40, Course.sun_cloud),  # exactly 20 %
        (39.9, Course.cloud),
        (0.1, Course.cloud),
        (0, Course.thunderstorm),
        (-10, Course.thunderstorm),
    ],
)
def test_the_borders_are_those_of_the_official_rule_on_the_way_asked_for_by_now(value: float, expected: Course) -> None:
    assert verdict(RULE, UPHILL, (a_point(2025, value),)).course is expected


def test_a_verdict_shows_all_that_led_to_it() -> None:
    points = a_series({2021: 99, 2025: 40})
    seen = verdict(RULE, UPHILL, points)
    assert (seen.rule, seen.rule_version, seen.case) == ("target_path", "1", CourseCase.dated_target)
    assert seen.figures == {"baseline": 0, "expected": 50, "behind": -10, "shortfall": 0.2}
    assert (seen.window, seen.since, seen.reached) == (points[-1:], date(2020, 12, 31), False)
    assert (seen.bound, seen.due, seen.scale) == (100, date(2030, 12, 31), Scale.own)


def test_a_falling_target_has_the_same_path_downhill() -> None:
    demand = ValueByDate(value=5.0, due="2030", baseline=8.0, baseline_period="2020")
    seen = verdict(RULE, demand, (a_point(2025, 6.8),), LOWER)
    assert (seen.figures["expected"], seen.figures["shortfall"], seen.course) == (6.5, 0.2, Course.sun_cloud)


INTERIM = ValueByDate(
    value=100,
    due="2030",
    baseline=0,
    baseline_period="2020",
    interim=(InterimTarget(due="2022", value=10), InterimTarget(due="2026", value=80)),
)


@pytest.mark.parametrize(
    ("year", "expected", "bound"),
    [
        (2021, 5, 10),
        (2022, 10, 10),
        (2024, 45, 80),
        (2026, 80, 80),
        (2028, 90, 100),
        (2030, 100, 100),
        (2033, 100, 100),
    ],
)
def test_the_path_runs_through_every_interim_target_and_ends_level(year: int, expected: float, bound: float) -> None:
    seen = verdict(RULE, INTERIM, (a_point(year, 1),))
    assert (seen.figures["expected"], seen.bound) == (pytest.approx(expected), bound)


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=5), st.integers(2018, 2045))
def test_the_way_asked_is_straight_between_two_points_and_level_outside(values: list[int], year: int) -> None:
    path = tuple(Waypoint(the_end_of(str(2020 + 5 * index)), value) for index, value in enumerate(values))
    asked = values[0] + way_asked(path, the_end_of(str(year)))
    index = min(max(0, (year - 2020) // 5), len(values) - 2)
    share = min(1.0, max(0.0, (year - 2020 - 5 * index) / 5))
    assert asked == pytest.approx(values[index] + (values[index + 1] - values[index]) * share, abs=1e-9)


def test_after_the_target_year_the_whole_way_is_asked_for() -> None:
    assert verdict(RULE, UPHILL, (a_point(2033, 99),)).figures["shortfall"] == 0.01
    assert verdict(RULE, UPHILL, (a_point(2033, 79),)).course is Course.cloud


def test_the_first_reading_is_the_baseline_where_none_is_stated() -> None:
    seen = verdict(RULE, ValueByDate(value=100, due="2030"), a_series({2020: 0, 2022: 70, 2025: 50}))
    assert (seen.figures["baseline"], seen.figures["shortfall"], seen.since) == (0, 0.0, date(2020, 12, 31))


def test_a_gap_to_another_territory_and_a_share_of_a_base_year_have_a_path_too() -> None:
    own, state = a_series({2020: 60, 2025: 80}), a_series({2020: 100, 2025: 100})
    gap = verdict(RULE, GapClosed(territory="NRW", share=1.0, due="2030"), own, others={"NRW": state})
    assert (gap.figures["expected"], gap.figures["shortfall"], gap.scale) == (20, 0.0, Scale.difference)
    base = RelativeToBaseYear(percent=50, base_period="2020", due="2030")
    index = verdict(RULE, base, a_series({2020: 200, 2025: 160}), LOWER)
    assert (index.figures["expected"], index.figures["shortfall"], index.scale) == (75, 0.2, Scale.percent)


# --- why there is no symbol


def test_only_a_dated_value_has_a_path() -> None:
    for demand in (DirectionOnly(), KeepEveryYear(value=5)):
        assert judged(RULE, demand, a_series([1, 2, 3])) == NotComputable(Obstacle.rule_needs_a_date)


def test_a_baseline_needs_its_day() -> None:
    undated = ValueByDate(value=100, due="2030", baseline=0)
    assert judged(RULE, undated, a_series([1, 2, 3])) == NotComputable(Obstacle.no_dated_baseline)
    assert judged(RULE, ValueByDate(value=100, due="2030"), a_series([1])) == NotComputable(Obstacle.no_dated_baseline)


def test_no_path_leads_from_a_first_reading_across_a_break() -> None:
    broken = (a_point(2020, 0), a_point(2024, 40, break_before=True), a_point(2025, 50))
    assert judged(RULE, ValueByDate(value=100, due="2030"), broken) == NotComputable(Obstacle.no_dated_baseline)
    assert isinstance(judged(RULE, ValueByDate(value=100, due="2030"), broken, across_breaks=True), CourseVerdict)


@pytest.mark.parametrize(
    ("baseline", "direction", "reason"),
    [
        (100, HIGHER, Obstacle.baseline_equals_target),
        (120, HIGHER, Obstacle.baseline_beyond_target),
        (80, LOWER, Obstacle.baseline_beyond_target),
    ],
)
def test_without_a_way_to_the_target_there_is_no_pace(baseline: float, direction: Direction, reason: Obstacle) -> None:
    demand = ValueByDate(value=100, due="2030", baseline=baseline, baseline_period="2020")
    assert judged(RULE, demand, (a_point(2025, 90),), direction) == NotComputable(reason)


def test_a_baseline_after_the_last_value_leaves_no_time() -> None:
    for period in ("2025", "2027"):
        demand = ValueByDate(value=100, due="2030", baseline=0, baseline_period=period)
        assert judged(RULE, demand, (a_point(2025, 50),)) == NotComputable(Obstacle.no_time_since_baseline)


def test_an_interim_target_level_with_the_baseline_asks_for_nothing_yet() -> None:
    demand = ValueByDate(
        value=100, due="2030", baseline=50, baseline_period="2020", interim=(InterimTarget(due="2026", value=50),)
    )
    assert judged(RULE, demand, (a_point(2025, 40),)) == NotComputable(Obstacle.baseline_equals_target)


def test_a_way_that_is_due_no_later_than_it_begins_is_asked_for_at_once() -> None:
    """A gap without a stated start begins with the first shared period, which may lie after its date."""
    for first in (2020, 2022):
        own, other = a_series([10, 8, 6], until=first + 2), a_series([6, 6, 6], until=first + 2)
        demand = GapClosed(territory="NRW", share=0.5, due="2020")
        question = demand.question(Series(own, LOWER, others={"NRW": other}))
        assert isinstance(question, Question)
        seen = RULE.judge(question)
        assert isinstance(seen, CourseVerdict)
        assert (seen.course, seen.figures["expected"]) == (Course.sun, 2.0)


# --- borders are met on paper


@given(
    st.sampled_from([Fraction(1, 20), Fraction(1, 5)]),
    st.integers(1, 25).map(lambda number: 200 * number),
    st.integers(1, 9),
    st.integers(-(10**9), 10**9),
    st.sampled_from([0, 1, 2, 3]),
    st.sampled_from([HIGHER, LOWER]),
)
@example(Fraction(1, 20), 200, 5, 512_000_01, 2, HIGHER)
def test_exactly_5_or_20_per_cent_behind_is_a_cloudy_sun_in_every_unit(
    missing: Fraction, way: int, years: int, start: int, decimals: int, direction: Direction
) -> None:
    done = Fraction(way * years, 10) * (1 - missing)

    def published(number: int) -> float:
        return float(Decimal(direction.sign * number).scaleb(-decimals))

    demand = ValueByDate(value=published(start + way), due="2030", baseline=published(start), baseline_period="2020")
    seen = verdict(RULE, demand, (a_point(2020 + years, published(start + int(done))),), direction)
    assert (seen.course, seen.figures["shortfall"]) == (Course.sun_cloud, float(missing))
