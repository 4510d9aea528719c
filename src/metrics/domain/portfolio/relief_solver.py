"""Asks HiGHS, through `scipy.optimize.milp`, for the best choice of moves, and for a bound on how few will do.

HiGHS takes a row as kept if it is over by 10⁻⁶; here 10⁻⁹ counts. A choice that HiGHS lets through and that is over is
forbidden by a row of its own (a cover cut), and HiGHS is asked again.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.limits import BrokenDependency, Floats, exceeds
from metrics.domain.portfolio.relief_model import Model, Rows, most_possible

SAME = 1e-6
"""Bound and value meet if they differ by no more; the solver's own precision."""
LEAST_SECONDS = 0.01
"""With less time left the solver is not asked any more."""
OPTIMAL, INFEASIBLE = 0, 2
"""The status with which scipy says that it is done, and that nothing keeps all rows."""

Chosen = NDArray[np.intp]
"""The columns of the chosen moves, one for each measure."""
Mask = NDArray[np.bool_]
"""Which columns may be chosen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found: the chosen columns (None: nothing) and a lower bound of what it minimises.

    `impossible`: it is sure that nothing keeps all rows.
    """

    chosen: Chosen | None
    bound: float
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """Measures (by number) that have to give way at least, so many that no relief touches fewer than `bound`."""

    measures: NDArray[np.intp]
    bound: int
    impossible: bool = False


def cover(model: Model, until: float) -> Cover:
    """The fewest measures whose largest possible cuts, all at once, would mend every bucket and period that is over.

    That is less than a relief has to do: what a postponed measure asks for later, and dependencies, are not looked at.
    So no relief touches fewer measures. The program is much smaller than the relief's. At least 1, as it is only asked
    for plans that do not fit.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    limits = np.array([not isinstance(label, BrokenDependency) for label in model.rows.labels], dtype=np.bool_)
    matrix, most = model.rows.matrix[limits].toarray(), model.rows.most[limits]
    stay = np.flatnonzero(model.touched == 0)
    load = matrix[:, stay].sum(axis=1)
    over = exceeds(load, most)
    if not over.any():
        return Cover(np.zeros(0, np.intp), 1)
    cuts = matrix[over][:, stay] - np.minimum.reduceat(matrix[over], stay, axis=1)
    chosen, bound, impossible = np.zeros(0, np.intp), 1, False
    for whole in (0, 1):  # parts of measures first: a bound that is there at once
        if until - time.monotonic() > LEAST_SECONDS and not impossible:
            found = milp(
                np.ones(len(stay)),
                integrality=np.full(len(stay), whole),
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(cuts, (load - most)[over] * (1 - SAME), np.inf),
                options={"time_limit": until - time.monotonic(), "mip_rel_gap": 0.0},
            )
            optimum = found.fun if whole == 0 and found.status == OPTIMAL else None
            bound = max(bound, whole_bound(_finite(found.mip_dual_bound if whole else optimum)))
            chosen = chosen if found.x is None else np.flatnonzero(found.x > 0.5)
            impossible = found.status == INFEASIBLE
    return Cover(chosen, bound, impossible)


def whole_bound(bound: float) -> int:
    """The smallest whole number from 1 that a lower bound allows."""
    return max(1, int(np.ceil(bound - SAME))) if np.isfinite(bound) else 1


def solve(
    model: Model,
    minimise: Floats,
    *,
    until: float,
    allowed: Mask | None = None,
    also: Sequence[tuple[Floats, float]] = (),
) -> Answer:
    """The choice of moves with the least sum of `minimise`, within the rows and each `also` (coefficients, at most).

    `allowed`: the moves that may be chosen (None: all). `until`: the reading of `time.monotonic()` at which to stop.
    """
    allowed = np.ones(len(model.moves), dtype=np.bool_) if allowed is None else allowed
    rows, bound = model.rows, -np.inf
    for row, limit in also:
        rows = _joined(rows, row[None, :], np.array([limit]))
    while until - time.monotonic() > LEAST_SECONDS:
        answer = _ask(model, minimise, rows, allowed, until - time.monotonic())
        bound = max(bound, answer.bound)
        over = np.zeros(0, np.intp) if answer.chosen is None else over_limits(model.rows, answer.chosen)
        if answer.chosen is None or not over.size:
            return Answer(answer.chosen, bound, answer.impossible)
        covers = np.zeros((len(over), len(model.moves)))
        covers[:, answer.chosen] = model.rows.matrix[over][:, answer.chosen].toarray() > 0
        rows = _joined(rows, covers, covers.sum(axis=1) - 1)
    return Answer(None, bound)


def _joined(rows: Rows, matrix: Floats, most: Floats) -> Rows:
    """With further rows at the end, which hold nothing that has a name."""
    from scipy.sparse import csr_array, vstack

    both = csr_array(vstack([rows.matrix, csr_array(matrix)], format="csr"))
    return Rows(both, np.concatenate([rows.most, most]), rows.labels)


def _ask(model: Model, minimise: Floats, rows: Rows, allowed: Mask, seconds: float) -> Answer:
    """One question to the solver about what is open.

    Open are the columns of measures with more than one allowed move, and the rows that these can break.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    several = np.bincount(model.owner, allowed)[model.owner] > 1
    given, free = np.flatnonzero(allowed & ~several), np.flatnonzero(allowed & several)
    left = rows.most - sums_of(rows, given)
    if not free.size:
        fits = still_fits(rows, given)
        return Answer(given if fits else None, float(minimise[given].sum()), impossible=not fits)
    matrix = csr_array(rows.matrix[:, free])
    _, owner = np.unique(model.owner[free], return_inverse=True)
    live = np.flatnonzero(most_possible(matrix, owner) > left - SAME)
    found = milp(
        minimise[free],
        integrality=np.ones(len(free)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(csr_array((np.ones(len(free)), (owner, np.arange(len(free))))), 1, 1),
            *([LinearConstraint(matrix[live], -np.inf, left[live])] if live.size else []),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bound = _finite(found.mip_dual_bound) + float(minimise[given].sum())
    if found.x is None:
        return Answer(None, bound, impossible=found.status == INFEASIBLE)
    order = np.lexsort((-found.x, owner))
    largest = free[order[np.flatnonzero(np.diff(owner[order], prepend=-1))]]
    return Answer(np.sort(np.concatenate([given, largest])), bound)


def _finite(bound: float | None) -> float:
    return -np.inf if bound is None or not np.isfinite(bound) else float(bound)


def sums_of(rows: Rows, chosen: Chosen) -> Floats:
    """What the chosen columns add up to, by row."""
    return np.asarray(rows.matrix[:, chosen].sum(axis=1), dtype=float).reshape(-1)


def still_fits(rows: Rows, chosen: Chosen) -> bool:
    """Whether a choice breaks no row."""
    return not over_limits(rows, chosen).size


def over_limits(rows: Rows, chosen: Chosen) -> NDArray[np.intp]:
    """The rows that a choice breaks, by more than rounding."""
    return np.flatnonzero(exceeds(sums_of(rows, chosen), rows.most))
