"""The way out of an overloaded plan: the fewest measures to postpone, slim or drop so that everything fits.

Reliefs are compared by the number of measures they touch, then by the value they lose, then by the periods they delay;
each is minimised in turn with those before it held (lexicographic optimisation by three integer programs). Measures
that the plan does not have are never added. Whatever is called proven rests on a lower bound that the solver gave.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.domain.portfolio.limits import broken_dependencies, most_at_once, overloads
from metrics.domain.portfolio.moves import SLIM_SHARES, Move, cost, moved
from metrics.domain.portfolio.no_relief import NoRelief, Reason, no_relief
from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.relief_model import build
from metrics.domain.portfolio.relief_search import fewest_moved, least_lost, part_of

SECONDS = 1.7
"""How long a relief is looked for, unless the caller says otherwise; the solver may be a little late."""


class Proof(StrEnum):
    """How much of a relief is proven: that nothing beats it, that none touches fewer measures, or neither."""

    best = "best"
    fewest = "fewest"
    bounded = "bounded"


@dataclass(frozen=True, slots=True)
class Relief:
    """Moves after which the plan fits; empty if it fits as it is.

    `starts` and `shares`: the plan after the moves. `bound`: no relief touches fewer measures. `loss_bound`: none that
    touches at most as many measures as this one loses less value.
    """

    moves: tuple[Move, ...]
    starts: Starts
    shares: dict[str, float]
    bound: int
    loss_bound: float
    proof: Proof

    @property
    def touched(self) -> int:
        """How many measures are moved."""
        return len(self.moves)

    @property
    def loss(self) -> float:
        """Value that all moves together lose."""
        return cost(self.moves)[1]

    @property
    def delay(self) -> int:
        """Periods by which measures start later, added up."""
        return cost(self.moves)[2]

    @property
    def gap(self) -> float:
        """Part of the touched measures that a better relief might at most leave alone; 0 if that is none."""
        return (self.touched - self.bound) / self.touched if self.moves else 0.0


def relieve(
    problem: Problem, starts: Starts, slim_shares: Sequence[float] = SLIM_SHARES, seconds: float = SECONDS
) -> Relief | NoRelief:
    """The fewest moves after which no bucket is over, no dependency broken and no period too full.

    `slim_shares`: the shares (0–1, both excluded) with which a measure may be taken. After about `seconds` the best
    relief found so far is given, with what is proven of it. ValueError: a share is out of range.
    """
    until = time.monotonic() + seconds
    if fits(problem, starts):
        return Relief((), dict(starts), {}, 0, 0.0, Proof.best)
    model = build(problem, starts, slim_shares)
    first = fewest_moved(problem, starts, model, part_of(until, 0.75))
    if first.impossible:
        return no_relief(problem, starts, slim_shares, until)
    if first.chosen is None:
        return NoRelief(Reason.out_of_time)
    best = least_lost(model, first.chosen, until)
    moves = tuple(model.moves[column] for column in best.chosen if model.touched[column])
    bound = int(first.bound)
    proof = Proof.bounded if len(moves) > bound else Proof.best if best.proven else Proof.fewest
    return Relief(moves, *moved(starts, moves), bound, best.loss_bound, proof)


def fits(problem: Problem, starts: Starts) -> bool:
    """Whether a plan keeps all limits and dependencies as it is."""
    over = overloads(problem, starts), most_at_once(problem, starts).broken, broken_dependencies(problem, starts)
    return not any(over)
