"""Why nothing helps: what the mandatory and pinned measures alone ask for beyond what is there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from metrics.domain.portfolio.limits import (
    BrokenDependency,
    broken_dependencies,
    most_at_once,
    overloads,
)
from metrics.domain.portfolio.moves import has_to_stay, moved
from metrics.domain.portfolio.problem import Bucket, Overload, Problem, Starts
from metrics.domain.portfolio.relief_model import Model, build

LEAST_SECONDS = 0.5
"""So long is looked for the reason at least, even if no time is left."""
HARD = 1000.0
"""A broken dependency counts as much as so many capacities: what is lacking is named as capacity wherever it can be."""


class Reason(StrEnum):
    """Why there is no relief: none exists, or none was found in time."""

    not_possible = "not_possible"
    out_of_time = "out_of_time"


@dataclass(frozen=True, slots=True)
class NoRelief:
    """No relief, and if it is not possible, what is left when only those measures are kept that have to stay.

    These are mandatory and pinned ones and what they require (`kept`), moved so that as little as possible is over:
    `overloads`, `dependencies` and `periods` (with too many at once) name the conflict; at least one is not empty.
    """

    reason: Reason
    kept: tuple[str, ...] = ()
    overloads: tuple[Overload, ...] = ()
    dependencies: tuple[BrokenDependency, ...] = ()
    periods: tuple[int, ...] = ()


def no_relief(problem: Problem, starts: Starts, slim_shares: Sequence[float], until: float) -> NoRelief:
    """The conflict of a plan for which there is no relief; it is looked for until a moment of `time.monotonic()`."""
    kept = has_to_stay(problem, starts)
    own = {who: start for who, start in starts.items() if who in kept}
    bound = {
        name: replace(candidate, mandatory=True) if name in kept else candidate
        for name, candidate in problem.candidates.items()
    }
    model = build(replace(problem, candidates=bound), own, slim_shares)
    moves = [model.moves[column] for column in _least_excess(model, max(LEAST_SECONDS, until - time.monotonic()))]
    after, shares = moved(own, moves)
    return NoRelief(
        Reason.not_possible,
        tuple(own),
        overloads(problem, after, shares),
        broken_dependencies(problem, after),
        most_at_once(problem, after).broken,
    )


def _least_excess(model: Model, seconds: float) -> list[int]:
    """The columns with which the rows are broken least; every measure as it is if the solver finds nothing in time."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    labels = list(dict.fromkeys(model.rows.labels))
    place = {label: number for number, label in enumerate(labels)}
    rows, count = len(model.rows.labels), len(model.moves)
    which = [place[label] for label in model.rows.labels]
    slack = csr_array((-np.ones(rows), (np.arange(rows), which)), shape=(rows, len(labels)))
    weights = [1.0 if isinstance(label, Bucket) else HARD for label in labels]
    one_each = csr_array(
        (np.ones(count), (model.owner, np.arange(count))), shape=(int(model.owner.max()) + 1, count + len(labels))
    )
    found = milp(
        np.concatenate([np.zeros(count), weights]),
        integrality=np.concatenate([np.ones(count), np.zeros(len(labels))]),
        bounds=Bounds(0, np.concatenate([np.ones(count), np.full(len(labels), np.inf)])),
        constraints=[
            LinearConstraint(csr_array(hstack([model.rows.matrix, slack])), -np.inf, model.rows.most),
            LinearConstraint(one_each, 1, 1),
        ],
        options={"time_limit": seconds},
    )
    if found.x is None:
        return [int(column) for column in np.flatnonzero(model.touched == 0)]
    return [int(column) for column in np.flatnonzero(found.x[:count] > 0.5)]
