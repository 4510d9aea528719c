"""The weather rule: official symbols, its borders, and laws that hold for every series."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle, Point
from metrics.domain.progress.weather import judge_course, years_between
from metrics.domain.targets import Demand, DirectionOnly, InWords, KeepEveryYear, ValueByDate
from tests.plan import a_copy_of, a_point, a_series

OFFICIAL = yaml.safe_load((Path(__file__).parents[1] / "cases" / "destatis_weather.yaml").read_text(encoding="utf-8"))
HIGHER, LOWER = Direction.higher, Direction.lower
STEADY = [0, 1, 2, 3, 4, 5]
"""One a year up to 5 in 2023."""


def verdict(demand: Demand, direction: Direction, points: tuple[Point, ...], **over: Any) -> CourseVerdict:
    judged = judge_course(demand, direction, points, **over)
    assert isinstance(judged, CourseVerdict), judged
    return judged


def course(demand: Demand, direction: Direction, points: tuple[Point, ...]) -> Course:
    return verdict(demand, direction, points).course


def mirrored(demand: Demand) -> Demand:
    if isinstance(demand, ValueByDate | KeepEveryYear):
        return demand.model_copy(update={"value": -demand.value})
    return demand


def scaled(demand: Demand, factor: float) -> Demand:
    if isinstance(demand, ValueByDate | KeepEveryYear):
        return demand.model_copy(update={"value": demand.value * factor})
    return demand


def with_values(points: tuple[Point, ...], values: list[float]) -> tuple[Point, ...]:
    return tuple(a_copy_of(point, value=value) for point, value in zip(points, values, strict=True))


values = st.integers(-10_000, 10_000)
directions = st.sampled_from([HIGHER, LOWER])
demands: st.SearchStrategy[Any] = st.one_of(
    st.builds(ValueByDate, value=values, due=st.integers(2015, 2060).map(str)),
    st.builds(KeepEveryYear, value=values),
    st.just(DirectionOnly()),
)


@st.composite
def series(draw: st.DrawFn, fewest: int = 6) -> tuple[Point, ...]:
    """Yearly points between 1990 and 2030, with gaps."""
    years = draw(st.lists(st.integers(1990, 2030), min_size=fewest, max_size=12, unique=True))
    return a_series({year: draw(values) for year in years})


# --- official symbols


@pytest.mark.parametrize("case", OFFICIAL, ids=lambda case: case["id"])
def test_an_official_symbol_is_reproduced(case: dict[str, Any]) -> None:
    demand: Demand = DirectionOnly()
    if case["demand"] == "value_by_date":
        demand = ValueByDate(value=case["target"], due=str(case["target_year"]))
    elif case["demand"] == "keep_every_year":
        demand = KeepEveryYear(value=case["target"])
    points = tuple(
        a_point(year, value, break_before=year == case.get("break_before")) for year, value in case["points"].items()
    )
    judged = judge_course(demand, Direction(case["direction"]), points)
    expected = case.get("here", case["expected"])
    if expected == "none":
        assert judged == NotComputable(Obstacle.too_few_points, have=len(points), need=6)
    else:
        assert isinstance(judged, CourseVerdict) and judged.course == expected


def test_the_official_cases_cover_every_symbol_and_every_kind_of_demand() -> None:
    kinds = ("value_by_date", "keep_every_year", "direction_only")
    symbols = {kind: {case["expected"] for case in OFFICIAL if case["demand"] == kind} for kind in kinds}
    assert len(OFFICIAL) == 27
    assert symbols["value_by_date"] == {*map(str, Course), "none"}
    assert symbols["keep_every_year"] == symbols["direction_only"] == set(map(str, Course))


# --- a value by a date


@pytest.mark.parametrize("unit", [1, 0.1, 0.01, 0.7, 1 / 3, 1000, -1, -0.1])
@pytest.mark.parametrize(
    ("to_go", "years_left", "expected"),
    [
        (19, 19, Course.sun),  # exactly reached
        (18, 19, Course.sun),  # passed
        (19.99, 19, Course.sun),  # 4.95 % short
        (20, 19, Course.sun_cloud),  # exactly 5 % short
        (20, 16, Course.sun_cloud),  # exactly 20 % short
        (20.01, 16, Course.cloud),  # 20.04 % short
        (1000, 1, Course.cloud),  # hopeless, but the way is right
    ],
)
def test_the_borders_lie_at_five_and_twenty_per_cent_and_belong_to_the_cloudy_sun(
    unit: float, to_go: float, years_left: int, expected: Course
) -> None:
    points = a_series([step * unit for step in STEADY])
    demand = ValueByDate(value=(5 + to_go) * unit, due=str(2023 + years_left))
    assert course(demand, HIGHER if unit > 0 else LOWER, points) is expected


def test_a_verdict_shows_all_that_led_to_it() -> None:
    points = a_series([99, 0, 1, 2, 3, 4, 5])
    judged = verdict(ValueByDate(value=25, due="2039"), HIGHER, points)
    assert (judged.case, judged.window) == (CourseCase.dated_target, points[1:])
    assert (judged.mean_change, judged.last_change, judged.projected) == (1.0, 1.0, 21.0)
    assert (judged.shortfall, judged.reached) == (0.2, False)
    assert (judged.rule, judged.rule_version) == ("destatis_weather", "2024-10")


@pytest.mark.parametrize("values", [[5, 5, 5, 5, 5, 5], [10, 9, 8, 7, 6, 5]])
def test_standing_still_or_moving_away_is_a_thunderstorm(values: list[float]) -> None:
    assert course(ValueByDate(value=25, due="2030"), HIGHER, a_series(values)) is Course.thunderstorm


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 1, 2, 3, 4, 5], Course.sun),
        ([5, 5, 5, 5, 5, 5], Course.sun),
        ([9, 8, 7, 6, 5.5, 5], Course.sun_cloud),
    ],
)
def test_a_dated_target_reached_early_is_from_then_on_to_be_kept(values: list[float], expected: Course) -> None:
    judged = verdict(ValueByDate(value=5, due="2030"), HIGHER, a_series(values))
    assert (judged.course, judged.case, judged.reached) == (expected, CourseCase.every_year, True)


@pytest.mark.parametrize("due", ["2023", "2020", "2023-06"])
def test_a_target_missed_in_its_year_or_later_is_a_cloud_if_things_get_better(due: str) -> None:
    judged = verdict(ValueByDate(value=6, due=due), HIGHER, a_series(STEADY))
    assert (judged.course, judged.case, judged.reached) == (Course.cloud, CourseCase.every_year, False)
    worse = verdict(ValueByDate(value=6, due=due), HIGHER, a_series(STEADY[::-1]))
    assert worse.course is Course.thunderstorm


def test_a_gap_divides_by_the_years_between_not_by_the_number_of_points() -> None:
    points = a_series({2013: 0, 2015: 1, 2017: 2, 2018: 3, 2020: 4, 2023: 10})
    judged = verdict(DirectionOnly(), HIGHER, points)
    assert (judged.mean_change, judged.last_change) == (1.0, 2.0)


def test_monthly_points_are_counted_in_parts_of_a_year() -> None:
    points = tuple(a_point(f"2023-{month:02d}", month) for month in range(1, 7))
    judged = verdict(ValueByDate(value=12, due="2023-12"), HIGHER, points)
    assert judged.mean_change == pytest.approx(12)
    assert judged.case is CourseCase.every_year


# --- a threshold to keep, and a direction alone


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (5, 4, Course.sun),
        (5, 5, Course.sun),
        (5, 6, Course.sun_cloud),
        (4.9, 4, Course.cloud),
        (4.9, 4.9, Course.thunderstorm),
        (4.9, 6, Course.thunderstorm),
    ],
)
def test_a_threshold_is_judged_by_whether_it_is_kept_and_where_things_move(
    last: float, first: float, expected: Course
) -> None:
    points = a_series([first, 5, 5, 5, 5, last])
    assert course(KeepEveryYear(value=5), HIGHER, points) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0, 0, 0, 1, 2], Course.sun),
        ([0, 0, 0, 0, 2, 2], Course.sun_cloud),
        ([0, 0, 0, 0, 2, 1], Course.sun_cloud),
        ([2, 0, 0, 0, 0, 1], Course.cloud),
        ([1, 0, 0, 0, 0, 1], Course.cloud),
        ([1, 0, 0, 0, 1, 1], Course.thunderstorm),
        ([2, 0, 0, 0, 1, 0], Course.thunderstorm),
    ],
)
def test_a_direction_alone_needs_mean_and_last_change_to_be_right(values: list[float], expected: Course) -> None:
    judged = verdict(DirectionOnly(), HIGHER, a_series(values))
    assert (judged.course, judged.reached, judged.projected, judged.shortfall) == (expected, None, None, None)


# --- why there is no symbol


def test_a_demand_in_words_is_never_calculated() -> None:
    demand = InWords(text="gleich dem Durchschnitt von NRW")
    assert judge_course(demand, HIGHER, a_series(STEADY)) == NotComputable(Obstacle.target_in_words)


def test_a_neutral_indicator_is_never_judged() -> None:
    assert judge_course(DirectionOnly(), Direction.neutral, a_series(STEADY)) == NotComputable(
        Obstacle.neutral_direction
    )


def test_missing_readings_are_named_and_not_taken_for_zero() -> None:
    assert judge_course(KeepEveryYear(value=0), HIGHER, ()) == NotComputable(Obstacle.no_reading)
    assert course(KeepEveryYear(value=0), HIGHER, a_series([0] * 6)) is Course.sun


@pytest.mark.parametrize("have", [1, 2, 5])
def test_fewer_than_six_points_are_too_few(have: int) -> None:
    few = NotComputable(Obstacle.too_few_points, have=have, need=6)
    assert judge_course(DirectionOnly(), HIGHER, a_series(STEADY[:have])) == few


def test_two_points_of_one_period_are_refused() -> None:
    points = a_series(STEADY)
    assert judge_course(DirectionOnly(), HIGHER, (*points, points[-1])) == NotComputable(Obstacle.duplicate_period)


# --- breaks


def broken_at(year: int, values: list[float]) -> tuple[Point, ...]:
    return tuple(a_copy_of(point, break_before=point.end.year == year) for point in a_series(values))


def test_a_break_leaves_only_the_points_after_it() -> None:
    points = broken_at(2022, [0, 1, 2, 3, 4, 5, 6, 7])
    assert judge_course(DirectionOnly(), HIGHER, points) == NotComputable(Obstacle.break_in_series, have=2, need=6)


def test_six_points_after_a_break_are_enough_whatever_stood_before() -> None:
    points = broken_at(2018, [1000, 1000, 0, 1, 2, 3, 4, 5])
    judged = verdict(DirectionOnly(), HIGHER, points)
    assert (judged.course, judged.window) == (Course.sun, points[2:])


def test_a_break_before_the_very_first_point_takes_nothing_away() -> None:
    assert course(DirectionOnly(), HIGHER, broken_at(2018, STEADY)) is Course.sun


def test_the_newest_of_several_breaks_counts() -> None:
    old = broken_at(2016, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    both = (*old[:-1], a_point(2023, 9, break_before=True))
    assert course(DirectionOnly(), HIGHER, old) is Course.sun
    assert judge_course(DirectionOnly(), HIGHER, both) == NotComputable(Obstacle.break_in_series, have=1, need=6)


def test_an_indicator_may_be_judged_across_breaks_if_the_office_decided_so() -> None:
    points = broken_at(2022, STEADY)
    assert verdict(DirectionOnly(), HIGHER, points, across_breaks=True).window == points


# --- laws


@given(series(), demands, directions)
def test_mirroring_the_direction_mirrors_the_verdict(
    points: tuple[Point, ...], demand: Demand, direction: Direction
) -> None:
    other = LOWER if direction is HIGHER else HIGHER
    seen = verdict(demand, direction, points)
    reflected = verdict(mirrored(demand), other, with_values(points, [-point.value for point in points]))
    assert (seen.course, seen.case, seen.shortfall) == (reflected.course, reflected.case, reflected.shortfall)
    assert seen.mean_change == -reflected.mean_change


@given(series(), demands, directions, st.sampled_from([1000, 100, 0.1, 0.001, 3, 1 / 1024]))
def test_a_change_of_unit_changes_nothing(
    points: tuple[Point, ...], demand: Demand, direction: Direction, factor: float
) -> None:
    other = with_values(points, [point.value * factor for point in points])
    one, two = verdict(demand, direction, points), verdict(scaled(demand, factor), direction, other)
    assert (one.course, one.case, one.reached) == (two.course, two.case, two.reached)
    assert (one.shortfall is None) == (two.shortfall is None)
    assert (one.shortfall or 0) == pytest.approx(two.shortfall or 0, rel=1e-9, abs=1e-9)


@given(series(), demands, directions, st.integers(1, 10_000))
def test_a_worse_last_value_never_gives_a_better_course(
    points: tuple[Point, ...], demand: Demand, direction: Direction, step: int
) -> None:
    worse = with_values(points, [*(point.value for point in points[:-1]), points[-1].value - direction.sign * step])
    assert course(demand, direction, worse).severity >= course(demand, direction, points).severity


@given(series(), demands, directions, values)
def test_an_observation_before_the_window_changes_nothing(
    points: tuple[Point, ...], demand: Demand, direction: Direction, value: int
) -> None:
    assert verdict(demand, direction, (a_point(1980, value), *points)) == verdict(demand, direction, points)


@given(series(), directions, values, st.integers(2031, 2060))
def test_more_time_never_makes_an_improving_course_worse(
    points: tuple[Point, ...], direction: Direction, value: int, year: int
) -> None:
    soon = verdict(ValueByDate(value=value, due=str(year)), direction, points)
    assume(direction.sign * soon.mean_change > 0)
    assert course(ValueByDate(value=value, due=str(year + 1)), direction, points).severity <= soon.course.severity


@given(series(fewest=1), demands, directions)
def test_a_series_gets_a_symbol_exactly_from_six_points_on(
    points: tuple[Point, ...], demand: Demand, direction: Direction
) -> None:
    judged = judge_course(demand, direction, points)
    if len(points) < 6:
        assert judged == NotComputable(Obstacle.too_few_points, have=len(points), need=6)
    else:
        assert isinstance(judged, CourseVerdict) and judged.window == points[-6:]


# --- years


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        (date(2019, 12, 31), date(2020, 12, 31), 1.0),  # a leap year is a year
        (date(2016, 6, 30), date(2023, 6, 30), 7.0),
        (date(2023, 1, 31), date(2023, 2, 28), 1 / 12),
        (date(2020, 2, 29), date(2021, 2, 28), 1.0),
        (date(2017, 3, 23), date(2018, 3, 23), 1.0),
        (date(2023, 5, 1), date(2023, 5, 31), 30 / 365.25),
    ],
)
def test_whole_years_are_whole_whatever_their_leap_days(earlier: date, later: date, years: float) -> None:
    assert years_between(earlier, later) == pytest.approx(years, abs=1e-12)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 30)), st.integers(1, 20_000))
def test_a_later_day_is_always_a_positive_time_away_close_to_its_number_of_days(earlier: date, days: int) -> None:
    later = date.fromordinal(earlier.toordinal() + days)
    assert years_between(earlier, later) > 0
    assert years_between(earlier, later) == pytest.approx(days / 365.25, abs=5 / 365.25)
