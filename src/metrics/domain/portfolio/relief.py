"""The way out of an overloaded plan: the fewest measures to postpone, slim or drop so that everything fits.

Reliefs are compared by the number of measures they touch, then by the value they lose, then by the periods they delay;
each is minimised in turn with those before it held (lexicographic optimisation by three integer programs). Measures
that the plan does not have are never added. Whatever is called proven rests on a lower bound that the solver gave.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.limits import broken_dependencies, most_at_once, overloads
from metrics.domain.portfolio.moves import SLIM_SHARES, Move, MoveKind, cost, moved
from metrics.domain.portfolio.no_relief import NoRelief, Reason, no_relief
from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.relief_model import Model, build
from metrics.domain.portfolio.relief_solver import SAME, Answer, Chosen, Mask, cover, solve, whole_bound

SECONDS = 2.0
"""How long a relief is looked for, unless the caller says otherwise."""


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
    first, bound = _fewest(problem, model, _part(until, 0.6))
    if first.impossible:
        return no_relief(problem, starts, slim_shares, until)
    if first.chosen is None:
        return NoRelief(Reason.out_of_time)
    chosen, loss_bound, proven = _cheapest(model, first.chosen, until)
    moves = tuple(model.moves[column] for column in chosen if model.touched[column])
    proof = Proof.bounded if len(moves) > bound else Proof.best if proven else Proof.fewest
    return Relief(moves, *moved(starts, moves), bound, loss_bound, proof)


def fits(problem: Problem, starts: Starts) -> bool:
    """Whether a plan keeps all limits and dependencies as it is."""
    over = overloads(problem, starts), most_at_once(problem, starts).broken, broken_dependencies(problem, starts)
    return not any(over)


def _fewest(problem: Problem, model: Model, until: float) -> tuple[Answer, int]:
    """A choice that touches few measures, and below how many none is possible.

    First among those that have to give way at least, then among ever more, until there is a choice; last among all,
    unless it is proven already.
    """
    least = cover(model, _part(until, 0.3))
    if least.impossible:
        return Answer(None, least.bound, impossible=True), least.bound
    strongest, answer, bound = _strongest(problem, model), Answer(None, least.bound), least.bound
    for movable in _ever_more(problem, model, least.measures):
        answer = solve(model, model.touched, until=_part(until, 0.6), allowed=strongest & movable)
        if answer.chosen is not None:
            break
    else:
        return answer, bound
    count = float(model.touched[answer.chosen].sum())
    if count > bound:
        fewer = solve(model, model.touched, until=until, allowed=strongest, also=[(model.touched, count - 1)])
        bound = max(bound, int(count) if fewer.impossible else whole_bound(fewer.bound))
        answer = answer if fewer.chosen is None else fewer
    return answer, bound


def _ever_more(problem: Problem, model: Model, measures: NDArray[np.intp]) -> Iterator[Mask]:
    """The moves of a few measures and of those that require them; also all that can be dropped; at last everything."""
    names = [model.moves[column].candidate_id for column in np.flatnonzero(model.touched == 0)]
    few = {names[number] for number in measures}
    droppable = {move.candidate_id for move in model.moves if move.kind is MoveKind.drop}
    for movable in (few, few | droppable):
        while missing := {one for one, two in problem.requires if two in movable} - movable:
            movable |= missing
        yield np.array([move.candidate_id in movable for move in model.moves], dtype=np.bool_) | (model.touched == 0)
    yield np.ones(len(model.moves), dtype=np.bool_)


def _cheapest(model: Model, chosen: Chosen, until: float) -> tuple[Chosen, float, bool]:
    """With no more measures touched: least loss, then least delay; a bound of the loss, and whether both are proven.

    First only the moves of the measures that are touched anyway, which is quick, then all.
    """
    total = float(model.loss.sum()) or 1.0
    loss, count = model.loss / total, (model.touched, float(model.touched[chosen].sum()))
    chosen = _better(model, chosen, solve(model, loss, until=_part(until, 0.3), allowed=_same_measures(model, chosen)))
    answer = solve(model, loss, until=_part(until, 0.8), also=[count])
    chosen = _better(model, chosen, answer)
    least = max(0.0, answer.bound)
    proven = float(loss[chosen].sum()) <= least + SAME
    limits = [count, (loss, float(loss[chosen].sum()))]
    answer = solve(
        model, model.delay, until=until, allowed=None if proven else _same_measures(model, chosen), also=limits
    )
    chosen = _better(model, chosen, answer)
    proven = proven and float(model.delay[chosen].sum()) <= answer.bound + SAME
    return chosen, least * total, proven


def _better(model: Model, old: Chosen, answer: Answer) -> Chosen:
    """What was found, unless what was there is as good."""
    new = answer.chosen
    return old if new is None or _cost(model, old) <= _cost(model, new) else new


def _cost(model: Model, chosen: Chosen) -> tuple[int, float, int]:
    return cost(model.moves[column] for column in chosen)


def _part(until: float, part: float) -> float:
    """The moment at which that part of the time left is over."""
    now = time.monotonic()
    return now + part * max(0.0, until - now)


def _strongest(problem: Problem, model: Model) -> Mask:
    """The moves that are needed to find the fewest touched measures.

    To drop a measure frees everything that any other move of it frees, unless another measure requires it; so where it
    may be dropped, no other move is needed.
    """
    taken = {move.candidate_id for move in model.moves}
    required = {second for first, second in problem.requires if first in taken}
    droppable = {move.candidate_id for move in model.moves if move.kind is MoveKind.drop} - required
    always = (MoveKind.stay, MoveKind.drop)
    return np.array([move.candidate_id not in droppable or move.kind in always for move in model.moves], dtype=np.bool_)


def _same_measures(model: Model, chosen: Chosen) -> Mask:
    """All moves of the measures that a choice touches; the others stay."""
    touched = set(model.owner[chosen[model.touched[chosen] > 0]].tolist())
    return np.array([owner in touched for owner in model.owner], dtype=np.bool_) | (model.touched == 0)
