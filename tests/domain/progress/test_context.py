"""An indicator beside another territory: the differences, their course, and what breaks do to them."""

from __future__ import annotations

from metrics.domain.progress.context import beside
from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Obstacle, Scale
from metrics.domain.progress.series import Series
from tests.domain.progress.rules.asking import HIGHER, LOWER
from tests.plan import a_point, a_series

RISING = a_series([1, 2, 3, 4, 5, 6], until=2023)
STEEPER = a_series([1, 3, 5, 7, 9, 11], until=2023)


def test_whoever_grows_less_than_the_others_falls_behind_although_it_grows() -> None:
    found = beside(Series(RISING, HIGHER), "NRW", STEEPER)
    assert (found.territory, [gap.value for gap in found.gaps]) == ("NRW", [0, -1, -2, -3, -4, -5])
    assert isinstance(found.course, CourseVerdict)
    assert (found.course.course, found.course.scale) == (Course.thunderstorm, Scale.difference)


def test_where_less_is_better_growing_less_than_the_others_is_praised() -> None:
    found = beside(Series(RISING, LOWER), "NRW", STEEPER)
    assert isinstance(found.course, CourseVerdict) and found.course.course is Course.sun


def test_only_shared_periods_are_compared() -> None:
    found = beside(Series(RISING, HIGHER), "NRW", STEEPER[2:])
    assert [gap.end.year for gap in found.gaps] == [2020, 2021, 2022, 2023]
    assert found.course == NotComputable(Obstacle.too_few_points, have=4, need=6)
    nothing = beside(Series(RISING, HIGHER), "NRW", (a_point(1990, 1),))
    assert (nothing.gaps, nothing.course) == ((), NotComputable(Obstacle.no_shared_period))


def test_differences_from_before_a_break_say_nothing_of_the_series_after_it() -> None:
    broken = (*RISING, a_point(2024, 7, break_before=True))
    assert beside(Series(broken, HIGHER), "NRW", STEEPER).course == NotComputable(Obstacle.break_in_series)
    assert isinstance(beside(Series(broken, HIGHER, across_breaks=True), "NRW", STEEPER).course, CourseVerdict)
