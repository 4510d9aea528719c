"""The linear model handed to HiGHS, as scipy ships it (Huangfu & Hall 2018, Parallelizing the dual revised simplex
method, Mathematical Programming Computation 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.formulation import Formulation, Row, sharpening
from metrics.domain.portfolio.problem import Starts

LEAST_STEP = 1e-6
_FINISHED, _INFEASIBLE = 0, 2  # what scipy calls the endings; all others come without a proof


class Ending(Enum):
    """How a run of HiGHS ended."""

    finished = auto()
    out_of_time = auto()
    infeasible = auto()


@dataclass(frozen=True, slots=True)
class Solved:
    """What a run of HiGHS gave: starts (None: none found) and what no solution can exceed."""

    ending: Ending
    starts: Starts | None
    bound: float


def solve(
    form: Formulation,
    limit_seconds: float,
    sharpened: Iterable[Row] = (),
    *,
    free: NDArray[np.bool_] | None = None,
    base: NDArray[np.float64] | None = None,
    better_than: float | None = None,
    values: NDArray[np.float64] | None = None,
) -> Solved:
    """Solve with whole columns. `free` columns may change, the others stay as in `base`.

    `better_than` asks for more value than that; `values` are maximised instead of the formulation's own.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    worth = form.values if values is None else values
    constraints = [LinearConstraint(*form.matrix((*form.rows, *sharpened)))]
    if better_than is not None:
        constraints.append(LinearConstraint(form.values.reshape(1, -1), better_than + LEAST_STEP, np.inf))
    low, high = np.zeros(len(worth)), np.ones(len(worth))
    if free is not None and base is not None:
        low, high = np.where(free, low, base), np.where(free, high, base)
    options = {"time_limit": max(limit_seconds, 0.01), "mip_rel_gap": 1e-6}
    found = milp(-worth, constraints=constraints, bounds=Bounds(low, high), integrality=1, options=options)
    endings = {_FINISHED: Ending.finished, _INFEASIBLE: Ending.infeasible}
    bound = getattr(found, "mip_dual_bound", None)
    return Solved(
        endings.get(found.status, Ending.out_of_time),
        None if found.x is None else form.starts(found.x),
        float(worth.clip(0).sum()) if bound is None or not np.isfinite(bound) else -float(bound),
    )


def relaxed(form: Formulation, limit_seconds: float) -> tuple[float, tuple[Row, ...]]:
    """What no choice can exceed even if measures could be taken in part, and the sharpening rows which that breaks."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    options = {"time_limit": max(limit_seconds, 0.01)}
    constraint = LinearConstraint(*form.matrix())
    found = milp(-form.values, constraints=[constraint], bounds=Bounds(0, 1), integrality=0, options=options)
    if found.status != _FINISHED:
        return float(form.values.sum()), ()
    rows = sharpening(form)
    if not rows:
        return -float(found.fun), ()
    exceeded = form.matrix(rows)[0] @ found.x > 1 + LEAST_STEP
    return -float(found.fun), tuple(row for row, over in zip(rows, exceeded, strict=True) if over)
