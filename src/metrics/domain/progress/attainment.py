"""Zielerreichung: the formulas that the kinds of target share. Source: docs/methods.md, product formulas."""

from __future__ import annotations

from datetime import date

from metrics.domain.progress.outcome import Attainment, Formula, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import Waypoint


def bound_kept(
    current: Point,
    bound: float,
    sign: int,
    tolerance: float | None,
    scale: Scale = Scale.own,
    due: date | None = None,
) -> Attainment:
    """1 if the bound is kept, else 1 − miss / tolerance, at least 0; without a tolerance a miss counts 0.

    `due` is the day from which it must be kept; None: always.
    """
    miss = sign * (bound - current.value)
    if miss <= 0:
        share = 1.0
    elif tolerance is None:
        share = 0.0
    else:
        share = max(0.0, 1 - miss / tolerance)
    return Attainment(
        share,
        current.value,
        bound,
        Formula.kept,
        scale,
        kept=miss <= 0,
        due=due,
        end=current.end,
        illustrative=current.illustrative,
    )


def way_travelled(
    current: Point, start: Waypoint | float, target: float, sign: int, *, stated: bool, scale: Scale = Scale.own
) -> Attainment | NotComputable:
    """(value − baseline) / (target − baseline), the same for rising and falling targets.

    Not computable where the baseline equals the target, or where the way would lead against the direction: then moving
    away from the target would count as progress.
    """
    baseline, since = (start.value, start.day) if isinstance(start, Waypoint) else (start, None)
    invented = current.illustrative or (isinstance(start, Waypoint) and start.illustrative)
    if baseline == target:
        return NotComputable(Obstacle.baseline_equals_target)
    if sign * (target - baseline) < 0:
        return NotComputable(Obstacle.baseline_beyond_target)
    share = (current.value - baseline) / (target - baseline) + 0.0  # no way at all is 0, never −0
    return Attainment(
        share,
        current.value,
        target,
        Formula.way,
        scale,
        baseline,
        since,
        baseline_stated=stated,
        end=current.end,
        illustrative=invented,
    )


def share_of_target(current: Point, target: float, scale: Scale = Scale.own) -> Attainment | NotComputable:
    """value / target without a baseline, as EU funds count: "achievement ratio = cumulative value / target" (SFC2014).

    Not computable where the target is not above zero.
    """
    if target <= 0:
        return NotComputable(Obstacle.base_not_positive)
    return Attainment(
        current.value / target,
        current.value,
        target,
        Formula.share_of_target,
        scale,
        end=current.end,
        illustrative=current.illustrative,
    )
