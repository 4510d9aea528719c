"""What is judged: an indicator's series, and the question that a demand makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from metrics.domain.indicators import POINTS_NEEDED, Direction, Indicator
from metrics.domain.progress.outcome import CourseCase, NotComputable, Obstacle, Point, Scale

_AND = "; "
"""Between the vintages of several sources."""
_ONE_DAY = timedelta(days=1)
Combine = Callable[[list[Decimal]], Decimal]
Bounds = tuple[float | None, float | None]
UNBOUNDED: Bounds = (None, None)
NEVER_NEGATIVE: Bounds = (0.0, None)
"""What sizes and distances keep to, whatever the indicator's own bounds."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of an indicator on a day: its points, those of other territories, and what was decided for it.

    Points are oldest first, one per period; `others` by territory; natural bounds in the indicator's unit.
    """

    points: tuple[Point, ...]
    direction: Direction = Direction.higher
    others: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    across_breaks: bool = False
    points_needed: int = POINTS_NEEDED
    minimum: float | None = None
    maximum: float | None = None

    @classmethod
    def of(
        cls, indicator: Indicator, points: Iterable[Point], others: Mapping[str, tuple[Point, ...]] | None = None
    ) -> Series:
        """The series of an indicator with what was decided for it."""
        return cls(
            tuple(points),
            indicator.direction,
            others or {},
            indicator.judge_across_breaks,
            indicator.points_needed,
            indicator.natural_minimum,
            indicator.natural_maximum,
        )

    def until(self, end: date) -> Series:
        """The series as it stood when the period with this end was its newest."""
        others = {name: tuple(one for one in points if one.end <= end) for name, points in self.others.items()}
        points = tuple(one for one in self.points if one.end <= end)
        return Series(
            points, self.direction, others, self.across_breaks, self.points_needed, self.minimum, self.maximum
        )

    @property
    def usable(self) -> tuple[Point, ...]:
        """The points since the last break, or all of them where breaks do not count."""
        return self.points if self.across_breaks else since_break(self.points)


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A value that is due on a day; the first of a path is the baseline, `illustrative` if it was read from such."""

    day: date
    value: float
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A demand brought into the one form that every rule of the course understands.

    `points` is the series that the demand speaks of (the indicator's own, a difference, an index …), `sign` which way
    is better (+1, −1), `value` the bound (None: a direction alone), `due` the day by which (None: every year), `path`
    from the baseline through interim targets to the last target (empty without a baseline). All values in `scale`.
    `lost` counts the points before a break that may not be used. `final` is what the last date asks for if `value` is
    an interim target's; `undated_baseline`: a baseline is stated without its day, so no rule may look since then, nor
    put another one in its place.
    """

    points: tuple[Point, ...]
    sign: int
    value: float | None = None
    due: date | None = None
    path: tuple[Waypoint, ...] = ()
    scale: Scale = Scale.own
    points_needed: int = POINTS_NEEDED
    lost: int = 0
    minimum: float | None = None
    maximum: float | None = None
    final: float | None = None
    undated_baseline: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the last point meets the demand; None for a direction alone."""
        return None if self.value is None else self.sign * (self.points[-1].value - self.value) >= 0

    @property
    def case(self) -> CourseCase:
        """Which part of a rule answers: a dated target that is reached, or whose year has come, is to be kept."""
        if self.value is None:
            return CourseCase.direction_only
        if self.due is None or self.reached or self.points[-1].end.year >= self.due.year:
            return CourseCase.every_year
        return CourseCase.dated_target

    def window(self, needed: int, most: int) -> tuple[Point, ...] | NotComputable:
        """The newest points, at least `needed` and not more than `most`, one per period."""
        found = self.points[-most:]
        if len(found) < needed:
            reason = Obstacle.break_in_series if len(found) + self.lost >= needed else Obstacle.too_few_points
            return NotComputable(reason, have=len(found), need=needed)
        seen = self.points[-most - 1 :]  # of two points on one day, one may just have fallen out of the window
        if len({point.end for point in seen}) < len(seen):
            return NotComputable(Obstacle.duplicate_period)
        return found


def ask(
    series: Series,
    points: tuple[Point, ...],
    sign: int,
    value: float | None = None,
    due: date | None = None,
    path: tuple[Waypoint, ...] = (),
    scale: Scale = Scale.own,
    bounds: Bounds | None = None,
) -> Question | NotComputable:
    """The question about these points of a series, or why there is nothing to ask about.

    Without `bounds` of their own, points in the indicator's unit have the natural bounds of the series.
    """
    obstacle = nothing_to_read(points)
    if obstacle:
        return obstacle
    if not sign:
        return NotComputable(Obstacle.neutral_direction)
    usable = points if series.across_breaks else since_break(points)
    if bounds is None:
        bounds = (series.minimum, series.maximum) if scale is Scale.own else UNBOUNDED
    lost = len(points) - len(usable)
    return Question(usable, sign, value, due, path, scale, series.points_needed, lost, *bounds)


def nothing_to_read(points: tuple[Point, ...]) -> NotComputable | None:
    """Why no newest value can be read: there is none, or there are two that end on one day."""
    if not points:
        return NotComputable(Obstacle.no_reading)
    if len(points) > 1 and points[-1].end == points[-2].end:
        return NotComputable(Obstacle.duplicate_period)
    return None


def since_break(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The points from the last break on."""
    for index in range(len(points) - 1, -1, -1):
        if points[index].break_before:
            return points[index:]
    return points


def changed(point: Point, value: float, *others: Point) -> Point:
    """A point of a derived series: another value, and the marks of all values that went into it; breaks stay put."""
    if not others:
        return point._replace(value=value)
    sources = (point, *others)
    vintages = sorted({vintage for one in sources if one.vintage for vintage in one.vintage.split(_AND)})
    return point._replace(
        value=value,
        illustrative=any(one.illustrative for one in sources),
        provisional=any(one.provisional for one in sources),
        qualifier=next((one.qualifier for one in sources if one.qualifier != "exact"), "exact"),
        vintage=_AND.join(vintages) or None,
    )


def side_by_side(points: Sequence[Point], others: Sequence[Sequence[Point]], value: Combine) -> tuple[Point, ...]:
    """What `value` makes of the values of every period that all series have, the own one first.

    A break in any series stays one, even if its period is among those left out.
    """
    series = [points, *others]
    breaks = [point.end for one in series for point in one if point.break_before]
    by_period = [{(point.start, point.end): point for point in one} for one in others]
    found: list[Point] = []
    before = date.min
    for point in points:
        beside = [one[point.start, point.end] for one in by_period if (point.start, point.end) in one]
        if len(beside) < len(by_period):
            continue
        combined = float(value([on_paper(one.value) for one in (point, *beside)]))
        broken = any(before < day <= point.end for day in breaks)
        found.append(changed(point, combined, *beside)._replace(break_before=broken))
        before = point.end
    return tuple(found)


def minus(points: Sequence[Point], reference: Sequence[Point]) -> tuple[Point, ...]:
    """The series less a reference, for the periods that both have."""
    return side_by_side(points, [reference], lambda values: values[0] - values[1])


def broken_off(series: Series, derived: Sequence[Point]) -> bool:
    """Whether the series broke after the last point of one derived from it, which then says nothing of it any more."""
    return not series.across_breaks and any(one.break_before and one.end > derived[-1].end for one in series.points)


def on_paper(number: float) -> Decimal:
    """The number as it is written: 7.4 less 7.3 is 0.1 then, and a bound that is met on paper is met."""
    return Decimal(str(number))


def years_between(earlier: date, later: date) -> float:
    """Years from one period's end to another's; whole for whole years, whatever their leap days."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if _ends_month(earlier) and _ends_month(later) and months:
        return months / 12
    return months / 12 + (later.day - earlier.day) / 365.25


def _ends_month(day: date) -> bool:
    return (day + _ONE_DAY).day == 1
