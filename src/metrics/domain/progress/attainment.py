"""Zielerreichung: the share of the way from the baseline to the target."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.base import partial_date_bounds
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import Attainment, NotComputable, Obstacle, Point
from metrics.domain.targets import DirectionOnly, InWords, KeepEveryYear, ValueByDate


def judge_attainment(
    demand: ValueByDate | KeepEveryYear | DirectionOnly | InWords, direction: Direction, points: Sequence[Point]
) -> Attainment | NotComputable:
    """How much of the demand the last point (series oldest first) has reached.

    Value by a date: (value − baseline) / (target − baseline), the same for rising and falling targets; the baseline is
    the target's own or else the first reading; a baseline already beyond the target leaves no way to measure.
    Threshold: 1 if kept, else 1 − miss / tolerance, at least 0, and 0 without a tolerance. A direction alone has no
    share. Source: docs/methods.md, product formulas.
    """
    if isinstance(demand, InWords):
        return NotComputable(Obstacle.target_in_words)
    if not points:
        return NotComputable(Obstacle.no_reading)
    if isinstance(demand, DirectionOnly):
        return NotComputable(Obstacle.direction_has_no_share)
    if direction is Direction.neutral:
        return NotComputable(Obstacle.neutral_direction)
    if isinstance(demand, KeepEveryYear):
        return _kept(demand, direction, points[-1])
    return _way_travelled(demand, direction, points)


def _kept(demand: KeepEveryYear, direction: Direction, current: Point) -> Attainment:
    miss = direction.sign * (demand.value - current.value)
    if miss <= 0:
        share = 1.0
    elif demand.tolerance is None:
        share = 0.0
    else:
        share = max(0.0, 1 - miss / demand.tolerance)
    return Attainment(share, current.value, demand.value)


def _way_travelled(demand: ValueByDate, direction: Direction, points: Sequence[Point]) -> Attainment | NotComputable:
    current = points[-1]
    stated = demand.baseline is not None
    if demand.baseline is not None:
        baseline = demand.baseline
        baseline_end = partial_date_bounds(demand.baseline_period)[1] if demand.baseline_period else None
    elif len(points) < 2:
        return NotComputable(Obstacle.no_baseline)
    elif any(point.break_before for point in points[1:]):
        return NotComputable(Obstacle.break_in_series)
    else:
        baseline, baseline_end = points[0].value, points[0].end
    if baseline == demand.value:
        return NotComputable(Obstacle.baseline_equals_target)
    if direction.sign * (demand.value - baseline) < 0:
        # The way would lead against the direction: moving away from the target would count as progress.
        return NotComputable(Obstacle.baseline_beyond_target)
    share = (current.value - baseline) / (demand.value - baseline)
    return Attainment(share, current.value, demand.value, baseline, baseline_end, stated)
