"""What is known of an indicator, what series are made of it, and the question that is asked of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import CourseCase, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import (
    Question,
    Series,
    ask,
    changed,
    minus,
    nothing_to_read,
    on_paper,
    side_by_side,
    since_break,
    years_between,
)
from tests.plan import a_point, a_series, a_span, an_indicator, known

NEW_YEARS_EVE = date(2023, 12, 31)


def question(points: tuple[Point, ...], **over: object) -> Question:
    asked = ask(known(points), points, 1)
    assert isinstance(asked, Question)
    return Question(**{name: getattr(asked, name) for name in Question.__dataclass_fields__} | over)  # type: ignore[arg-type]


# --- what is known


def test_a_series_takes_over_what_was_decided_for_its_indicator() -> None:
    indicator = an_indicator(points_needed=4, judge_across_breaks=True, natural_minimum=0, natural_maximum=100)
    points, others = a_series([8, 7]), {"NRW": a_series([9, 8])}
    assert Series.of(indicator, iter(points), others) == Series(points, Direction.lower, others, True, 4, 0, 100)
    assert Series.of(indicator, points).others == {}


def test_a_series_as_it_stood_holds_nothing_that_came_later_and_forgets_nothing_that_was_decided() -> None:
    series = known(
        {2021: 1, 2022: 2, 2023: 3},
        "lower",
        others={"NRW": {2021: 4, 2023: 5}, "Ruhr": {2023: 6}},
        across_breaks=True,
        points_needed=5,
        minimum=0,
        maximum=9,
    )
    assert series.until(date(2022, 12, 31)) == known(
        {2021: 1, 2022: 2},
        "lower",
        others={"NRW": {2021: 4}, "Ruhr": []},
        across_breaks=True,
        points_needed=5,
        minimum=0,
        maximum=9,
    )


def test_only_the_points_since_the_last_break_are_usable_unless_breaks_do_not_count() -> None:
    points = (a_point(2020, 1), a_point(2021, 2, break_before=True), a_point(2022, 3))
    assert known(points).usable == points[1:]
    assert known(points, across_breaks=True).usable == points
    assert known([]).usable == ()


def test_of_several_breaks_the_last_one_counts() -> None:
    broken = tuple(a_point(year, year, break_before=year in (2020, 2022)) for year in range(2019, 2024))
    assert [point.value for point in since_break(broken)] == [2022, 2023]
    assert since_break(()) == ()


# --- derived series


def test_a_derived_point_bears_every_mark_of_the_values_it_was_made_of() -> None:
    plain = a_point(2023, 1, vintage="B")
    marked = a_point(2023, 2, vintage="A", qualifier="estimated", illustrative=True, provisional=True)
    found = changed(plain, 7, marked)
    assert found == a_point(2023, 7, vintage="A; B", qualifier="estimated", illustrative=True, provisional=True)
    assert changed(plain, 7) == a_point(2023, 7, vintage="B")


def test_editions_do_not_pile_up_when_a_point_is_derived_again_and_again() -> None:
    found = a_point(2023, 0, vintage="A")
    for vintage in "BABAB":
        found = changed(a_point(2023, 0, vintage=vintage), 0, found)
    assert found.vintage == "A; B"


def test_a_difference_has_only_the_periods_that_both_have() -> None:
    own, other = a_series({2020: 5, 2021: 6, 2023: 9}), a_series({2021: 4, 2022: 4, 2023: 4})
    assert [(point.end.year, point.value) for point in minus(own, other)] == [(2021, 2), (2023, 5)]
    assert minus(own, ()) == () and minus((), other) == ()


@pytest.mark.parametrize(
    "other", [a_span("2023-01", "2023-06", 4), a_span("2022-08", "2023-07", 4), a_point("2023-12", 4), a_point(2022, 4)]
)
def test_a_half_year_a_school_year_and_a_month_are_not_the_year_they_lie_in(other: Point) -> None:
    assert minus((a_point(2023, 5),), (other,)) == ()


def test_half_years_and_school_years_are_held_against_their_like() -> None:
    own = (a_span("2022-08", "2023-07", 5), a_span("2023-08", "2024-07", 7))
    other = (a_span("2022-08", "2023-07", 4), a_span("2023-08", "2024-07", 4))
    assert [point.value for point in minus(own, other)] == [1, 3]


def test_a_break_stays_one_even_if_the_other_territory_lacks_its_period() -> None:
    own = tuple(a_point(year, year, break_before=year == 2021) for year in range(2019, 2024))
    other = a_series({2019: 0, 2020: 0, 2022: 0, 2023: 0})
    assert [(point.end.year, point.break_before) for point in minus(own, other)] == [
        (2019, False),
        (2020, False),
        (2022, True),
        (2023, False),
    ]


def test_a_break_in_the_other_territorys_series_breaks_the_difference_too() -> None:
    own = a_series({2019: 1, 2021: 1, 2022: 1})
    other = tuple(a_point(year, 0, break_before=year == 2020) for year in range(2019, 2023))
    assert [(point.end.year, point.break_before) for point in minus(own, other)] == [
        (2019, False),
        (2021, True),
        (2022, False),
    ]


def test_several_series_side_by_side_must_all_have_the_period() -> None:
    found = side_by_side(a_series([1, 2, 3]), [a_series({2022: 10, 2023: 20}), a_series({2023: 100})], sum)
    assert [(point.end.year, point.value) for point in found] == [(2023, 123)]


@pytest.mark.parametrize(
    ("one", "other", "difference"), [(7.4, 7.3, 0.1), (0.3, 0.1, 0.2), (1_000_000.1, 1_000_000, 0.1)]
)
def test_differences_are_worked_out_as_on_paper(one: float, other: float, difference: float) -> None:
    assert one - other != difference
    assert minus((a_point(2023, one),), (a_point(2023, other),))[0].value == difference


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_on_paper_is_the_number_itself(number: float) -> None:
    assert float(on_paper(number)) == number


# --- years between


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        (date(2020, 12, 31), date(2023, 12, 31), 3),
        (date(2020, 2, 29), date(2023, 2, 28), 3),
        (date(2023, 2, 28), date(2024, 2, 29), 1),
        (date(2023, 6, 30), date(2023, 12, 31), 0.5),
        (date(2023, 7, 31), date(2028, 12, 31), 65 / 12),
        (date(2023, 11, 30), date(2023, 12, 31), 1 / 12),
        (date(2023, 3, 15), date(2024, 3, 15), 1),
        (date(2023, 3, 1), date(2023, 3, 31), 30 / 365.25),
        (NEW_YEARS_EVE, NEW_YEARS_EVE, 0),
    ],
)
def test_the_years_between_two_days_are_whole_for_whole_years(earlier: date, later: date, years: float) -> None:
    assert years_between(earlier, later) == pytest.approx(years, abs=1e-12)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 40_000))
def test_a_later_day_is_always_some_time_later(day: date, days: int) -> None:
    later = day + timedelta(days=days)
    assert 0 < years_between(day, later) == pytest.approx(days / 365.25, abs=0.011)


# --- the question


def test_nothing_is_asked_of_an_empty_series_a_neutral_direction_or_two_values_for_one_period() -> None:
    points = a_series([1, 2, 3])
    assert ask(known(points), (), 1) == NotComputable(Obstacle.no_reading)
    assert ask(known(points, "neutral"), points, 0) == NotComputable(Obstacle.neutral_direction)
    twice = (*points, a_point("2023-12", 9))
    assert ask(known(twice), twice, 1) == NotComputable(Obstacle.duplicate_period)
    assert nothing_to_read(twice) == NotComputable(Obstacle.duplicate_period)
    assert nothing_to_read(points) is None


def test_a_question_speaks_only_of_the_points_since_the_break_and_counts_the_lost_ones() -> None:
    points = tuple(a_point(year, year, break_before=year == 2022) for year in range(2019, 2024))
    asked = ask(known(points, points_needed=5), points, 1)
    assert isinstance(asked, Question)
    assert (asked.points, asked.lost, asked.points_needed) == (points[3:], 3, 5)
    whole = ask(known(points, across_breaks=True), points, 1)
    assert isinstance(whole, Question) and (whole.points, whole.lost) == (points, 0)


def test_natural_bounds_hold_for_the_indicators_own_values_only() -> None:
    points = a_series([1, 2])
    series = known(points, minimum=0, maximum=100)
    own, derived = ask(series, points, 1), ask(series, points, 1, scale=Scale.difference)
    assert isinstance(own, Question) and (own.minimum, own.maximum) == (0, 100)
    assert isinstance(derived, Question) and (derived.minimum, derived.maximum) == (None, None)


@pytest.mark.parametrize(
    ("sign", "value", "reached"), [(1, 5, True), (1, 5.1, False), (-1, 5, True), (-1, 4.9, False), (1, None, None)]
)
def test_a_bound_is_reached_on_the_bound_itself(sign: int, value: float | None, reached: bool | None) -> None:
    assert question(a_series([9, 5]), sign=sign, value=value).reached is reached


@pytest.mark.parametrize(
    ("value", "due", "case"),
    [
        (None, None, CourseCase.direction_only),
        (9, None, CourseCase.every_year),
        (9, date(2024, 1, 1), CourseCase.dated_target),
        (9, date(2023, 12, 31), CourseCase.every_year),  # its year has come
        (9, date(2020, 12, 31), CourseCase.every_year),
        (5, date(2030, 12, 31), CourseCase.every_year),  # already reached
    ],
)
def test_a_dated_target_that_is_reached_or_whose_year_has_come_is_to_be_kept(
    value: float | None, due: date | None, case: CourseCase
) -> None:
    assert question(a_series([1, 5]), value=value, due=due).case is case


def test_a_window_holds_the_newest_points_between_the_fewest_and_the_most() -> None:
    points = a_series([1, 2, 3, 4, 5, 6, 7, 8])
    assert question(points).window(4, 6) == points[2:]
    assert question(points[:5]).window(4, 6) == points[:5]
    assert question(points[:3]).window(4, 6) == NotComputable(Obstacle.too_few_points, have=3, need=4)


def test_a_window_that_is_too_short_because_of_a_break_says_so() -> None:
    points = a_series([1, 2, 3])
    assert question(points, lost=1).window(4, 6) == NotComputable(Obstacle.break_in_series, have=3, need=4)
    assert question(points, lost=1).window(6, 6) == NotComputable(Obstacle.too_few_points, have=3, need=6)


def test_a_window_with_two_values_for_one_period_is_refused_even_if_one_has_just_fallen_out_of_it() -> None:
    twice = (a_point(2018, 1), a_point("2018-12", 2), *a_series([3, 4, 5, 6, 7]))
    assert question(twice).window(7, 7) == NotComputable(Obstacle.duplicate_period)
    assert question(twice).window(6, 6) == NotComputable(Obstacle.duplicate_period)
    assert question(twice).window(5, 5) == twice[2:]
