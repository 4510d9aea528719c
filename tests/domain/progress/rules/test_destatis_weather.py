"""The Destatis rule: its numbers, its borders on paper, its switch of cases, and what it says over time.

Symbols that were published, and the sentences of the rule one by one: tests/domain/progress/test_published_cases.py.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from metrics.domain.demands import (
    AgainstBenchmark,
    Demand,
    DirectionOnly,
    InterimTarget,
    KeepEveryYear,
    Relation,
    ValueByDate,
)
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.rules.destatis_weather import RULE
from metrics.domain.progress.series import years_between
from tests.domain.progress.rules import asking
from tests.domain.progress.rules.asking import HIGHER, LOWER
from tests.plan import a_copy_of, a_point, a_series

STEADY = [0, 1, 2, 3, 4, 5]
"""One a year up to 5 in 2023."""


def judged(
    demand: Demand, points: tuple[Point, ...], direction: Direction = HIGHER, **decided: object
) -> CourseVerdict | NotComputable:
    return asking.judged(RULE, demand, points, direction, **decided)


def verdict(
    demand: Demand, points: tuple[Point, ...], direction: Direction = HIGHER, **decided: object
) -> CourseVerdict:
    return asking.verdict(RULE, demand, points, direction, **decided)


def course(demand: Demand, points: tuple[Point, ...], direction: Direction = HIGHER) -> Course:
    return verdict(demand, points, direction).course


values = st.integers(-10_000, 10_000).map(lambda hundredths: hundredths / 100)
directions = st.sampled_from([HIGHER, LOWER])
demands: st.SearchStrategy[Demand] = st.one_of(
    st.builds(ValueByDate, value=values, due=st.integers(2015, 2060).map(str)),
    st.builds(KeepEveryYear, value=values),
    st.just(DirectionOnly()),
)


@st.composite
def series(draw: st.DrawFn, fewest: int = 6) -> tuple[Point, ...]:
    """Yearly points between 1990 and 2030, with gaps."""
    years = draw(st.lists(st.integers(1990, 2030), min_size=fewest, max_size=12, unique=True))
    return a_series({year: draw(values) for year in years})


# --- the numbers behind a symbol


def test_a_verdict_shows_all_that_led_to_it() -> None:
    points = a_series([99, 0, 1, 2, 3, 4, 5])
    seen = verdict(ValueByDate(value=25, due="2039"), points)
    assert (seen.rule, seen.rule_version) == ("destatis_weather", "2024-10")
    assert (seen.case, seen.window, seen.reached) == (CourseCase.dated_target, points[1:], False)
    assert seen.figures == {"mean_change": 1.0, "last_change": 1.0, "projected": 21.0, "shortfall": 0.2}
    assert (seen.sign, seen.bound, seen.due, seen.scale) == (1, 25, date(2039, 12, 31), Scale.own)
    assert (seen.category, seen.since) == ("sun_cloud", None)


def test_only_a_dated_target_has_a_projection() -> None:
    kept, towards = verdict(KeepEveryYear(value=5), a_series(STEADY)), verdict(DirectionOnly(), a_series(STEADY))
    assert kept.figures == towards.figures == {"mean_change": 1.0, "last_change": 1.0}
    assert (kept.reached, kept.bound, towards.reached, towards.bound) == (True, 5, None, None)


def test_a_gap_divides_by_the_years_between_not_by_the_number_of_points() -> None:
    seen = verdict(DirectionOnly(), a_series({2013: 0, 2015: 1, 2017: 2, 2018: 3, 2020: 4, 2023: 10}))
    assert seen.figures == {"mean_change": 1.0, "last_change": 2.0}


def test_monthly_points_are_counted_in_parts_of_a_year() -> None:
    points = tuple(a_point(f"2023-{month:02d}", month) for month in range(1, 7))
    seen = verdict(ValueByDate(value=30, due="2024-12"), points)
    assert seen.figures["mean_change"] == pytest.approx(12)
    assert seen.figures["projected"] == pytest.approx(6 + 18)
    assert verdict(ValueByDate(value=12, due="2023-12"), points).case is CourseCase.every_year


def test_half_years_are_points_like_any_other() -> None:
    ends = [date(2020, 12, 31), date(2021, 6, 30), date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 31)]
    points = tuple(
        Point(date(end.year, end.month - 5, 1), end, value) for value, end in enumerate([date(2020, 6, 30), *ends])
    )
    seen = verdict(ValueByDate(value=15, due="2027"), points)
    assert seen.figures == {"mean_change": 2.0, "last_change": 2.0, "projected": 15.0, "shortfall": 0.0}


def test_a_relation_to_another_territory_is_the_difference_with_a_threshold_of_zero() -> None:
    own, union = a_series([10, 11, 12, 13, 14, 15.3]), a_series([14, 14, 14, 15, 15, 15.1])
    seen = verdict(AgainstBenchmark(relation=Relation.above, territory="EU"), own, others={"EU": union})
    assert [point.value for point in seen.window] == [-4, -3, -2, -2, -1, 0.2]
    assert (seen.course, seen.case, seen.scale, seen.bound) == (
        Course.sun,
        CourseCase.every_year,
        Scale.difference,
        0.0,
    )


# --- borders are met on paper, not in binary arithmetic


@given(
    st.sampled_from([Fraction(1, 20), Fraction(1, 5)]),
    st.integers(1, 25).map(lambda number: 76 * number),
    st.integers(1, 20),
    st.integers(-(10**9), 10**9),
    st.sampled_from([0, 1, 2, 3]),
    directions,
)
@example(Fraction(1, 5), 76, 1, 512_000_01, 2, HIGHER)
def test_a_miss_of_exactly_5_or_20_per_cent_is_a_cloudy_sun_in_every_unit(
    missing: Fraction, change: int, years: int, last: int, decimals: int, direction: Direction
) -> None:
    to_go = Fraction(change * years, 5) / (1 - missing)

    def published(number: int) -> float:
        return float(Decimal(direction.sign * number).scaleb(-decimals))

    points = a_series([published(last - change), 0, 0, 0, 0, published(last)])
    demand = ValueByDate(value=published(last + int(to_go)), due=str(2023 + years))
    seen = verdict(demand, points, direction)
    assert (seen.course, seen.figures["shortfall"]) == (Course.sun_cloud, float(missing))


@pytest.mark.parametrize(
    ("own", "union", "expected"),
    [
        ([7.3, 7.3, 7.3, 7.3, 7.3, 7.4], [7.2, 7.2, 7.2, 7.2, 7.2, 7.3], Course.sun),
        ([7.3, 7.3, 7.3, 7.3, 7.3, 8.3], [7.5, 7.5, 7.5, 7.5, 7.5, 8.5], Course.thunderstorm),
    ],
)
def test_a_distance_that_is_the_same_on_paper_has_not_changed(
    own: list[float], union: list[float], expected: Course
) -> None:
    seen = verdict(
        AgainstBenchmark(relation=Relation.above, territory="EU"), a_series(own), others={"EU": a_series(union)}
    )
    assert (seen.figures["mean_change"], seen.course) == (0.0, expected)


# --- the whole rule once more, straight from its text in exact fractions


def by_the_text(demand: Demand, points: tuple[Point, ...], sign: int) -> Course:
    first, before, last = ((points[index].end.year, Fraction(str(points[index].value))) for index in (-6, -2, -1))
    mean = sign * (last[1] - first[1]) / (last[0] - first[0])
    if isinstance(demand, DirectionOnly):
        turned = sign * (last[1] - before[1])
        if mean > 0:
            return Course.sun if turned > 0 else Course.sun_cloud
        return Course.cloud if turned > 0 else Course.thunderstorm
    assert isinstance(demand, ValueByDate | KeepEveryYear)
    to_go = sign * (Fraction(str(demand.value)) - last[1])
    if isinstance(demand, KeepEveryYear) or to_go <= 0 or last[0] >= int(demand.due[:4]):
        if to_go <= 0:
            return Course.sun if mean >= 0 else Course.sun_cloud
        return Course.cloud if mean > 0 else Course.thunderstorm
    missed = to_go - mean * (int(demand.due[:4]) - last[0])
    if missed < to_go * Fraction(5, 100):
        return Course.sun
    if missed <= to_go * Fraction(20, 100):
        return Course.sun_cloud
    return Course.cloud if mean > 0 else Course.thunderstorm


@given(series(), demands, directions)
def test_the_rule_and_its_text_agree_on_every_series(
    points: tuple[Point, ...], demand: Demand, direction: Direction
) -> None:
    assert course(demand, points, direction) is by_the_text(demand, points, direction.sign)


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6), st.integers(0, 24), st.integers(0, 6), directions)
def test_the_rule_and_its_text_agree_where_ties_and_borders_are_frequent(
    whole: list[int], target: int, years: int, direction: Direction
) -> None:
    points = a_series([number / 10 for number in whole])
    demand = ValueByDate(value=target / 10, due=str(2023 + years))
    for one in (demand, KeepEveryYear(value=target / 10), DirectionOnly()):
        assert course(one, points, direction) is by_the_text(one, points, direction.sign)


# --- which target counts when


def test_of_several_target_years_the_nearest_that_has_not_passed_counts() -> None:
    demand = ValueByDate(
        value=100, due="2045", interim=(InterimTarget(due="2025", value=7), InterimTarget(due="2030", value=40))
    )
    series = {2018: 0, 2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5, 2024: 6, 2025: 6.5, 2026: 8}
    bounds = {}
    for year in (2023, 2025, 2026):
        seen = verdict(demand, a_series({one: value for one, value in series.items() if one <= year}))
        bounds[year] = (seen.bound, seen.due, seen.case)
    assert bounds == {
        2023: (7, date(2025, 12, 31), CourseCase.dated_target),
        2025: (7, date(2025, 12, 31), CourseCase.every_year),
        2026: (40, date(2030, 12, 31), CourseCase.dated_target),
    }


@pytest.mark.parametrize("due", ["2023", "2020", "2023-06"])
def test_a_target_missed_in_its_year_or_later_is_a_cloud_if_things_get_better(due: str) -> None:
    seen = verdict(ValueByDate(value=6, due=due), a_series(STEADY))
    assert (seen.course, seen.case, seen.reached) == (Course.cloud, CourseCase.every_year, False)
    assert course(ValueByDate(value=6, due=due), a_series(STEADY[::-1])) is Course.thunderstorm


# --- why there is no symbol


def test_a_neutral_indicator_is_never_judged() -> None:
    for demand in (DirectionOnly(), KeepEveryYear(value=1), ValueByDate(value=1, due="2030")):
        assert judged(demand, a_series(STEADY), Direction.neutral) == NotComputable(Obstacle.neutral_direction)


def test_a_missing_year_is_a_gap_and_not_a_zero() -> None:
    known = a_series({2018: 3, 2019: 3, 2021: 3, 2022: 3, 2023: 3})
    few = NotComputable(Obstacle.too_few_points, have=5, need=6)
    assert judged(KeepEveryYear(value=0), known) == few
    assert judged(KeepEveryYear(value=0), ()) == NotComputable(Obstacle.no_reading)
    with_zero = tuple(sorted((*known, a_point(2020, 0))))
    assert verdict(KeepEveryYear(value=0), with_zero).window == with_zero


@pytest.mark.parametrize("needed", [4, 5, 6])
@given(series(fewest=1), demands, directions)
def test_a_series_gets_a_symbol_exactly_from_the_points_that_its_indicator_needs(
    needed: int, points: tuple[Point, ...], demand: Demand, direction: Direction
) -> None:
    answer = judged(demand, points, direction, points_needed=needed)
    if len(points) < needed:
        assert answer == NotComputable(Obstacle.too_few_points, have=len(points), need=needed)
    else:
        assert isinstance(answer, CourseVerdict) and answer.window == points[-6:]


@given(series(), demands, directions)
def test_an_exception_for_few_points_changes_nothing_where_there_are_six(
    points: tuple[Point, ...], demand: Demand, direction: Direction
) -> None:
    assert judged(demand, points, direction, points_needed=4) == judged(demand, points, direction)


@pytest.mark.parametrize("twice", [2023, 2022, 2018])
def test_two_points_of_one_period_are_refused_wherever_they_stand_in_the_window(twice: int) -> None:
    points = a_series([9, *STEADY])
    for other in (-1000, 1000):
        doubled = tuple(sorted((*points, a_point(twice, other))))
        assert judged(DirectionOnly(), doubled) == NotComputable(Obstacle.duplicate_period)


def test_two_points_of_one_period_before_the_window_do_no_harm() -> None:
    points = a_series([9, *STEADY])
    assert course(DirectionOnly(), (a_point(2017, 1000), *points)) is Course.sun


# --- breaks


def broken_at(year: int, values: list[float]) -> tuple[Point, ...]:
    return tuple(a_copy_of(point, break_before=point.end.year == year) for point in a_series(values))


@pytest.mark.parametrize(("needed", "have"), [(6, 2), (5, 2), (4, 2)])
def test_a_break_leaves_only_the_points_after_it(needed: int, have: int) -> None:
    answer = judged(DirectionOnly(), broken_at(2022, [0, 1, 2, 3, 4, 5, 6, 7]), points_needed=needed)
    assert answer == NotComputable(Obstacle.break_in_series, have=have, need=needed)


def test_too_few_points_are_not_blamed_on_a_break_that_took_none_away() -> None:
    assert judged(DirectionOnly(), broken_at(2019, STEADY[1:])) == NotComputable(
        Obstacle.too_few_points, have=5, need=6
    )


def test_six_points_after_a_break_are_enough_whatever_stood_before() -> None:
    points = broken_at(2018, [1000, 1000, 0, 1, 2, 3, 4, 5])
    seen = verdict(DirectionOnly(), points)
    assert (seen.course, seen.window) == (Course.sun, points[2:])


@pytest.mark.parametrize(("needed", "first"), [(4, 2020), (5, 2019)])
def test_four_or_five_points_after_a_break_are_enough_as_an_exception(needed: int, first: int) -> None:
    points = broken_at(first, [1000, 1000, 0, 1, 2, 3, 4, 5])
    seen = verdict(ValueByDate(value=25, due="2042"), points, points_needed=needed)
    assert (seen.course, seen.window) == (Course.sun_cloud, points[-needed:])
    assert judged(ValueByDate(value=25, due="2042"), points) == NotComputable(
        Obstacle.break_in_series, have=needed, need=6
    )


def test_a_break_before_the_very_first_point_takes_nothing_away() -> None:
    assert course(DirectionOnly(), broken_at(2018, STEADY)) is Course.sun


def test_the_newest_of_several_breaks_counts() -> None:
    old = broken_at(2016, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    both = (*old[:-1], a_point(2023, 9, break_before=True))
    assert course(DirectionOnly(), old) is Course.sun
    assert judged(DirectionOnly(), both) == NotComputable(Obstacle.break_in_series, have=1, need=6)


@given(series(), demands, directions, st.data())
def test_an_indicator_may_be_judged_across_breaks_if_the_office_decided_so(
    points: tuple[Point, ...], demand: Demand, direction: Direction, data: st.DataObject
) -> None:
    broken = tuple(a_copy_of(point, break_before=data.draw(st.booleans())) for point in points)
    across = verdict(demand, broken, direction, across_breaks=True)
    assert (across.course, across.window) == (course(demand, points, direction), broken[-6:])


# --- over time: where the text itself lets a symbol turn without or against a change


@given(series(), directions, values, st.integers(2031, 2060))
def test_more_time_never_makes_an_improving_course_worse(
    points: tuple[Point, ...], direction: Direction, value: float, year: int
) -> None:
    soon = verdict(ValueByDate(value=value, due=str(year)), points, direction)
    assume(direction.sign * soon.figures["mean_change"] > 0)
    assert course(ValueByDate(value=value, due=str(year + 1)), points, direction).severity <= soon.course.severity


@given(series(), directions, values, st.integers(2000, 2060), st.integers(1, 1000))
def test_a_more_ambitious_target_never_gives_a_better_course(
    points: tuple[Point, ...], direction: Direction, value: float, year: int, more: int
) -> None:
    bolder = value + direction.sign * more
    for one, other in (
        (ValueByDate(value=value, due=str(year)), ValueByDate(value=bolder, due=str(year))),
        (KeepEveryYear(value=value), KeepEveryYear(value=bolder)),
    ):
        assert course(other, points, direction).severity >= course(one, points, direction).severity


def test_a_better_value_may_bring_a_worse_symbol_once_the_target_year_has_come() -> None:
    """The text changes its question in the target year: "would be missed by less than 5 %" becomes "is missed"."""
    demand = ValueByDate(value=10, due="2024")
    before, then = a_series({2018: 0, 2019: 2, 2020: 4, 2021: 6, 2022: 8, 2023: 9}), a_point(2024, 9.9)
    assert course(demand, before) is Course.sun
    assert course(demand, (*before, then)) is Course.cloud


def test_a_new_value_worse_than_the_last_may_bring_a_better_symbol_because_the_oldest_point_drops_out() -> None:
    """The text looks at six points: the mean change is the newest point's distance to whichever is the oldest."""
    points = a_series([9, 0, 1, 2, 3, 4])
    assert course(DirectionOnly(), points) is Course.cloud
    assert course(DirectionOnly(), (*points, a_point(2024, 3.9))) is Course.sun_cloud


def test_a_worse_oldest_value_makes_the_mean_change_look_better() -> None:
    """The text judges the pace, and the pace is that since the oldest of the six points."""
    assert course(KeepEveryYear(value=9), a_series([6, 5, 5, 5, 5, 5])) is Course.thunderstorm
    assert course(KeepEveryYear(value=9), a_series([4, 5, 5, 5, 5, 5])) is Course.cloud


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
