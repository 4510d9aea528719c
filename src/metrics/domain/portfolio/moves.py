"""What can be done with one measure of a plan so that it asks for less: postpone it, slim it, drop it.

One move for each measure. Moves are compared by how many measures they touch, then by the value they lose, then by the
periods they delay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.domain.portfolio.limits import (
    TOLERANCE,
    WHOLE,
    Floats,
    Shares,
    broken_dependencies,
    demand_matrix,
    exceeds,
    first_period,
    most_at_once,
)
from metrics.domain.portfolio.problem import Bucket, Candidate, Problem, Starts

SLIM_SHARES = (0.75, 0.5)
"""The shares with which a measure may be taken, unless the office says otherwise; the project's own choice."""


class MoveKind(StrEnum):
    """What becomes of a measure; `stay` is no change."""

    stay = "stay"
    postpone = "postpone"
    slim = "slim"
    drop = "drop"


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one measure: it starts in `start` (None: dropped) with `share` of its demand (0: dropped).

    `loss`: value that is lost, the measure's value × (1 − share). `delay`: periods later than in the plan.
    """

    candidate_id: str
    kind: MoveKind
    start: int | None
    share: float
    loss: float
    delay: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """A single move that mends an overload; `worsens`: the other buckets that would be over, or further over, by it."""

    move: Move
    worsens: tuple[Bucket, ...]


def moves_of(problem: Problem, candidate: Candidate, start: int, slim_shares: Sequence[float]) -> list[Move]:
    """Everything that may become of a measure that starts in `start`, `stay` first.

    A pinned measure stays. Others are postponed up to their `latest`, but never so far that they would end after the
    horizon, where nothing is counted. Mandatory measures are not dropped. ValueError: a share is not within 0–1.
    """
    if not all(0 < share < 1 for share in slim_shares):
        raise ValueError(f"shares must lie between 0 and 1: {slim_shares}")
    stay = Move(candidate.id, MoveKind.stay, start, 1.0, 0.0, 0)
    if candidate.pinned:
        return [stay]
    last = min(candidate.latest, problem.periods - candidate.duration)
    later = [
        Move(candidate.id, MoveKind.postpone, other, 1.0, 0.0, other - start) for other in range(start + 1, last + 1)
    ]
    slim = [
        Move(candidate.id, MoveKind.slim, start, share, candidate.value * (1 - share), 0)
        for share in sorted(set(slim_shares), reverse=True)
    ]
    drop = [] if candidate.mandatory else [Move(candidate.id, MoveKind.drop, None, 0.0, candidate.value, 0)]
    return [stay, *later, *slim, *drop]


def moved(starts: Starts, moves: Iterable[Move], shares: Shares = WHOLE) -> tuple[dict[str, int], dict[str, float]]:
    """The plan after the moves: who starts when, and the shares of those that are not taken whole."""
    new_starts, new_shares = dict(starts), dict(shares)
    for move in moves:
        new_starts.pop(move.candidate_id, None)
        new_shares.pop(move.candidate_id, None)
        if move.start is not None:
            new_starts[move.candidate_id] = move.start
            if move.share < 1:
                new_shares[move.candidate_id] = move.share
    return new_starts, new_shares


def has_to_stay(problem: Problem, starts: Starts) -> set[str]:
    """Mandatory and pinned measures of the plan, and all that they require."""
    found = {name for name in starts if problem.candidates[name].mandatory or problem.candidates[name].pinned}
    while missing := {two for one, two in problem.requires if one in found and two in starts} - found:
        found |= missing
    return found


def cost(moves: Iterable[Move]) -> tuple[int, float, int]:
    """What moves are compared by: measures touched, value lost, periods of delay."""
    touched = [move for move in moves if move.kind is not MoveKind.stay]
    return len(touched), sum(move.loss for move in touched), sum(move.delay for move in touched)


def alternatives(
    problem: Problem, starts: Starts, bucket: Bucket, slim_shares: Sequence[float] = SLIM_SHARES
) -> tuple[Alternative, ...]:
    """All single moves after which one bucket is no longer over: those that harm no other first, then the cheapest.

    Moves that would break a dependency or `at_once` where the plan does not break it are left out. Empty: it takes more
    than one measure, or only pinned and mandatory ones are there.
    """
    before = demand_matrix(problem, starts)
    row, found = list(problem.resources).index(bucket.resource_id), []
    for candidate_id, start in starts.items():
        candidate = problem.candidates[candidate_id]
        if bucket.resource_id not in candidate.demand:
            continue
        stay, *others = moves_of(problem, candidate, start, slim_shares)
        own = _alone(problem, stay)
        for move in others:
            after = before - own + _alone(problem, move)
            after[after <= TOLERANCE * before] = 0  # rounding leaves crumbs where nothing is asked for any more
            worse = _worse(problem, before, after)
            mends = not exceeds(after, _capacities(problem, after))[row, bucket.index]
            if mends and not _breaks(problem, starts, move):
                found.append(Alternative(move, tuple(worse)))
    return tuple(sorted(found, key=lambda one: (bool(one.worsens), *cost([one.move]), one.move.candidate_id)))


def _alone(problem: Problem, move: Move) -> Floats:
    """What a measure asks for after its move, as in `demand_matrix`."""
    return demand_matrix(problem, *moved({}, [move]))


def _capacities(problem: Problem, like: Floats) -> Floats:
    """Capacity in the shape of `demand_matrix`."""
    found = like * 0
    for row, resource in enumerate(problem.resources.values()):
        found[row, : len(resource.capacity)] = resource.capacity
    return found


def _worse(problem: Problem, before: Floats, after: Floats) -> list[Bucket]:
    worse = exceeds(after, _capacities(problem, after)) & exceeds(after, before)
    names = list(problem.resources)
    found = [Bucket(names[row], int(index)) for row, index in zip(*worse.nonzero(), strict=True)]
    return sorted(found, key=lambda bucket: (first_period(problem, bucket), bucket.resource_id))


def _breaks(problem: Problem, starts: Starts, move: Move) -> bool:
    """Whether the move breaks a dependency or the number at once where that was kept."""
    after, _ = moved(starts, [move])
    if set(broken_dependencies(problem, after)) - set(broken_dependencies(problem, starts)):
        return True
    if problem.at_once is None:
        return False
    old, new = most_at_once(problem, starts), most_at_once(problem, after)
    return any(len(new.running[period]) > len(old.running[period]) for period in new.broken)
