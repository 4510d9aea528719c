"""The search for a relief: first how few measures, then which of their moves, in the time there is.

Small plans are handed to the solver whole, and it proves its choice. For large ones the bound comes from a smaller
program (`cover`), the choice from parts of the plan that are solved one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.limits import exceeds
from metrics.domain.portfolio.moves import MoveKind, cost, has_to_stay
from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.relief_model import Model
from metrics.domain.portfolio.relief_solver import (
    SAME,
    Answer,
    Chosen,
    Mask,
    cover,
    solve,
    still_fits,
    sums_of,
    whole_bound,
)

WHOLE_PLAN = 1000
"""Up to so many moves all are handed to the solver at once; with more it may not notice that its time is over."""
NEIGHBOURS, IDLE_TURNS, SEED = 12, 10, 1
"""So many further measures may give way in a turn of the search; it ends after so many turns that gain nothing."""


@dataclass(frozen=True, slots=True)
class Cheapest:
    """A choice of moves, a lower bound of the value that choices with as few moves lose, and whether it is the best."""

    chosen: Chosen
    loss_bound: float
    proven: bool


def part_of(until: float, part: float) -> float:
    """The moment at which that part of the time left is over."""
    now = time.monotonic()
    return now + part * max(0.0, until - now)


def fewest_moved(problem: Problem, starts: Starts, model: Model, until: float) -> Answer:
    """A choice that touches few measures, and how many have to be touched at least (`bound`, a whole number ≥ 1).

    It begins with what dropping alone can do. Then fewer are looked for among those that have to give way at least,
    among ever more, and at last among all, unless the number is proven by then.
    """
    least = cover(model, part_of(until, 0.3))
    if least.impossible:
        return Answer(None, least.bound, impossible=True)
    bound, chosen = least.bound, _all_but_few_stay(problem, starts, model, least.measures)
    strongest, impossible = _strongest(problem, model), False
    for everything, movable in _ever_more(problem, model, least.measures):
        count = len(starts) + 1 if chosen is None else int(model.touched[chosen].sum())
        if count <= bound and chosen is not None:
            break
        end, fewer = until if everything else part_of(until, 0.6), [(model.touched, count - 1.0)]
        answer = solve(model, model.touched, until=end, allowed=strongest & movable, also=fewer)
        if everything:
            impossible = answer.impossible and chosen is None
            bound = max(bound, count if answer.impossible else min(count, whole_bound(answer.bound)))
        chosen = chosen if answer.chosen is None else answer.chosen
    return Answer(chosen, bound, impossible)


def _ever_more(problem: Problem, model: Model, measures: NDArray[np.intp]) -> Iterator[tuple[bool, Mask]]:
    """The moves of a few measures and of those that require them; also whatever can be dropped; at last everything.

    Each with whether it is everything.
    """
    names = np.array([move.candidate_id for move in model.moves])
    few = {str(names[column]) for column in np.flatnonzero(model.touched == 0)[measures]}
    while missing := {one for one, two in problem.requires if two in few and one in names} - few:
        few |= missing
    movable = np.isin(names, list(few)) | (model.touched == 0)
    yield False, movable
    yield False, movable | np.array([move.kind is MoveKind.drop for move in model.moves], dtype=np.bool_)
    yield True, np.ones(len(model.moves), dtype=np.bool_)


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


def _all_but_few_stay(problem: Problem, starts: Starts, model: Model, last: NDArray[np.intp]) -> Chosen | None:
    """Drop whatever may be dropped, and take back what fits, the most valuable first and `last` at last.

    None if those that have to stay do not fit as they are planned.
    """
    kept, stay = has_to_stay(problem, starts), np.flatnonzero(model.touched == 0)
    drop = {
        int(model.owner[column]): column
        for column, move in enumerate(model.moves)
        if move.kind is MoveKind.drop and move.candidate_id not in kept
    }
    chosen = np.array([drop.get(number, column) for number, column in enumerate(stay)], dtype=np.intp)
    back = (model.rows.matrix[:, stay] - model.rows.matrix[:, chosen]).toarray()
    sums = sums_of(model.rows, chosen)
    if exceeds(sums, model.rows.most).any():
        return None
    order = sorted(drop, key=lambda number: (number in last, -model.loss[drop[number]]))
    for number in order * 2:  # twice, as a measure may require one that comes back later
        if chosen[number] != stay[number] and not exceeds(sums + back[:, number], model.rows.most).any():
            chosen[number] = stay[number]
            sums = sums + back[:, number]
    return chosen if still_fits(model.rows, chosen) else None


def least_lost(model: Model, chosen: Chosen, until: float) -> Cheapest:
    """With no more measures touched than by a choice: the least value lost, then the least delay."""
    total = float(model.loss.sum()) or 1.0
    loss, count = model.loss / total, (model.touched, float(model.touched[chosen].sum()))
    small, bound = len(model.moves) <= WHOLE_PLAN, -np.inf
    answer = solve(model, loss, until=part_of(until, 0.4), allowed=_movable(model, chosen))
    chosen = _better(model, chosen, answer.chosen)
    if small:
        answer = solve(model, loss, until=part_of(until, 0.7), also=[count])
        chosen, bound = _better(model, chosen, answer.chosen), answer.bound
    else:
        chosen = _neighbours_tried(model, loss, chosen, part_of(until, 0.8))
    proven = float(loss[chosen].sum()) <= bound + SAME
    answer = solve(
        model,
        model.delay,
        until=until,
        allowed=None if proven else _movable(model, chosen),
        also=[count, (loss, float(loss[chosen].sum()))],
    )
    chosen = _better(model, chosen, answer.chosen)
    proven = proven and float(model.delay[chosen].sum()) <= answer.bound + SAME
    return Cheapest(chosen, max(0.0, bound) * total, proven)


def _neighbours_tried(model: Model, loss: NDArray[np.float64], chosen: Chosen, until: float) -> Chosen:
    """Let a few other measures give way as well, drawn anew in each turn: as many are touched, and less is lost."""
    source, idle, count = np.random.default_rng(SEED), 0, float(model.touched[chosen].sum())
    measures = int(model.owner[-1]) + 1
    while idle < IDLE_TURNS and time.monotonic() < until:
        others = source.choice(measures, min(NEIGHBOURS, measures), replace=False)
        limits = [(model.touched, count), (loss, float(loss[chosen].sum()))]
        answer = solve(model, loss, until=until, allowed=_movable(model, chosen, others), also=limits)
        better = _better(model, chosen, answer.chosen)
        idle, chosen = idle + 1 if better is chosen else 0, better
    return chosen


def _movable(model: Model, chosen: Chosen, others: NDArray[np.intp] | None = None) -> Mask:
    """All moves of the measures that a choice touches, and of some others; the rest stays."""
    touched = model.owner[chosen[model.touched[chosen] > 0]]
    movable = touched if others is None else np.union1d(touched, others)
    return np.isin(model.owner, movable) | (model.touched == 0)


def _better(model: Model, old: Chosen, new: Chosen | None) -> Chosen:
    """What was found, unless what was there is as good."""
    return old if new is None or _cost(model, old) <= _cost(model, new) else new


def _cost(model: Model, chosen: Chosen) -> tuple[int, float, int]:
    return cost(model.moves[column] for column in chosen)
