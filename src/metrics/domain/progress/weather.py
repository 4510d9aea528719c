"""The Destatis rule for weather symbols.

Source: "Status der Indikatoren – Methodik", dns-indikatoren.de/status (Statistisches Bundesamt), as described in
docs/methods.md. The mean change is taken over the last six data *points* and divided by the years between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from metrics.domain.base import last_day_of_month, partial_date_bounds
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle, Point
from metrics.domain.targets import DirectionOnly, InWords, KeepEveryYear, ValueByDate

RULE, RULE_VERSION = "destatis_weather", "2024-10"
POINTS_NEEDED = 6
SMALL_SHORTFALL, LARGE_SHORTFALL = 0.05, 0.20
_DIGITS = 12
"""Shares are compared at twelve decimals, so that a border met on paper is met in binary arithmetic too."""


def judge_course(
    demand: ValueByDate | KeepEveryYear | DirectionOnly | InWords,
    direction: Direction,
    points: Sequence[Point],
    *,
    across_breaks: bool = False,
) -> CourseVerdict | NotComputable:
    """The symbol for one demand from a series in order of time (oldest first).

    Fewer than six usable points, a neutral direction or a demand in words give the reason instead.
    """
    if isinstance(demand, InWords):
        return NotComputable(Obstacle.target_in_words)
    if direction is Direction.neutral:
        return NotComputable(Obstacle.neutral_direction)
    window = _window(points, across_breaks=across_breaks)
    if isinstance(window, NotComputable):
        return window
    mean = (window[-1].value - window[0].value) / years_between(window[0].end, window[-1].end)
    last = (window[-1].value - window[-2].value) / years_between(window[-2].end, window[-1].end)
    sign = direction.sign
    if isinstance(demand, DirectionOnly):
        course = _direction_only(sign * mean, sign * last)
        return CourseVerdict(course, RULE, RULE_VERSION, CourseCase.direction_only, window, mean, last)
    reached = sign * (window[-1].value - demand.value) >= 0
    if isinstance(demand, KeepEveryYear) or reached or window[-1].end.year >= demand.due_year:
        course = _every_year(reached, sign * mean)
        return CourseVerdict(course, RULE, RULE_VERSION, CourseCase.every_year, window, mean, last, reached)
    return _dated(demand, sign, window, mean, last)


def years_between(earlier: date, later: date) -> float:
    """Years from one period's end to another's; whole for whole years, whatever their leap days."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if _ends_month(earlier) and _ends_month(later) and months:
        return months / 12
    return months / 12 + (later.day - earlier.day) / 365.25


def _ends_month(day: date) -> bool:
    return day.day >= 28 and day == last_day_of_month(day.year, day.month)


def _window(points: Sequence[Point], *, across_breaks: bool) -> tuple[Point, ...] | NotComputable:
    if not points:
        return NotComputable(Obstacle.no_reading)
    usable = list(points)
    if not across_breaks:
        breaks = [index for index, point in enumerate(usable) if point.break_before]
        usable = usable[breaks[-1] :] if breaks else usable
    window = tuple(usable[-POINTS_NEEDED:])
    if len(window) < POINTS_NEEDED:
        enough_without_break = len(points) >= POINTS_NEEDED
        reason = Obstacle.break_in_series if enough_without_break else Obstacle.too_few_points
        return NotComputable(reason, have=len(window), need=POINTS_NEEDED)
    if len({point.end for point in window}) < POINTS_NEEDED:
        return NotComputable(Obstacle.duplicate_period)
    return window


def _dated(
    demand: ValueByDate, sign: int, window: tuple[Point, ...], mean: float, last: float
) -> CourseVerdict | NotComputable:
    current = window[-1]
    projected = current.value + mean * years_between(current.end, partial_date_bounds(demand.due)[1])
    shortfall = round((demand.value - projected) / (demand.value - current.value), _DIGITS)
    if shortfall < SMALL_SHORTFALL:
        course = Course.sun
    elif shortfall <= LARGE_SHORTFALL:
        course = Course.sun_cloud
    else:
        course = Course.cloud if sign * mean > 0 else Course.thunderstorm
    return CourseVerdict(
        course, RULE, RULE_VERSION, CourseCase.dated_target, window, mean, last, False, projected, shortfall
    )


def _every_year(reached: bool, mean_for_the_better: float) -> Course:
    if reached:
        return Course.sun if mean_for_the_better >= 0 else Course.sun_cloud
    return Course.cloud if mean_for_the_better > 0 else Course.thunderstorm


def _direction_only(mean_for_the_better: float, last_for_the_better: float) -> Course:
    if mean_for_the_better > 0:
        return Course.sun if last_for_the_better > 0 else Course.sun_cloud
    return Course.cloud if last_for_the_better > 0 else Course.thunderstorm
