"""Why a choice is as it is: which buckets are full, and what each measure left out would displace."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from metrics.domain.portfolio.conflict import Conflict, smallest_conflict
from metrics.domain.portfolio.formulation import Formulation, formulate
from metrics.domain.portfolio.problem import Bucket, Candidate, Problem, Starts
from metrics.domain.portfolio.schedule import total
from metrics.domain.portfolio.solving import Ending, solve
from metrics.domain.portfolio.windows import demand_by_bucket, most, needed_by, possible_starts

LIMIT_SECONDS = 5.0
_MOST_EACH = 1.0
_KEEPING = 1e-3  # of the smallest difference that counts: a measure that need not move does not


class Hindrance(StrEnum):
    """Why a measure is not taken: others would have to give way, it cannot be taken at all, or no answer in time."""

    displaces = "displaces"
    fits = "fits"
    impossible = "impossible"
    not_known = "not_known"


@dataclass(frozen=True, slots=True)
class Binding:
    """A bucket that is full for somebody: `free` is less than what one of `wanted_by` asks of it at some start.

    `wanted_by`: measures left out, with the least they ask of this bucket where they ask anything of it.
    """

    bucket: Bucket
    capacity: float
    free: float
    wanted_by: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rejection:
    """What a measure left out would cost: who has to go (`drops`) or start elsewhere (`moves`: from, to).

    `adds`: measures left out that it needs and brings with it. `loss`: by how much the value would fall; below 0 if the
    choice was not the best. `is_least`: proven that it cannot be had for less, with nobody else brought in instead.
    `conflict` says why it is impossible.
    """

    candidate: str
    obstacle: Hindrance
    loss: float = 0.0
    drops: tuple[str, ...] = ()
    moves: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    adds: tuple[str, ...] = ()
    is_least: bool = True
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Reasons:
    """The full buckets in the order of the problem, and the measures left out, the most valuable first."""

    binding: tuple[Binding, ...]
    rejected: tuple[Rejection, ...]


def explain(problem: Problem, starts: Starts, limit_seconds: float = LIMIT_SECONDS) -> Reasons:
    """Why this choice, which keeps the rules, leaves the others out; each measure gets its share of the seconds."""
    end = time.monotonic() + limit_seconds
    left_out = sorted(
        (name for name in problem.candidates if name not in starts),
        key=lambda name: (-problem.candidates[name].value, name),
    )
    found = []
    for number, name in enumerate(left_out):
        share = (end - time.monotonic()) / (len(left_out) - number)
        found.append(displacement(problem, starts, name, min(_MOST_EACH, share)))
    return Reasons(binding_buckets(problem, starts), tuple(found))


def binding_buckets(problem: Problem, starts: Starts) -> tuple[Binding, ...]:
    """The buckets that are used up to the last, or have less free than a measure left out asks of them."""
    possible = possible_starts(problem)
    found = []
    for resource in problem.resources.values():
        used = [0.0] * len(resource.capacity)
        for name, start in starts.items():
            for index, amount in demand_by_bucket(problem.candidates[name], resource, start).items():
                used[index] += amount
        wanted: list[dict[str, float]] = [{} for _ in used]
        for name in problem.candidates.keys() - starts.keys():
            for start in possible[name]:
                for index, amount in demand_by_bucket(problem.candidates[name], resource, start).items():
                    wanted[index][name] = min(amount, wanted[index].get(name, amount))
        for index, capacity in enumerate(resource.capacity):
            free, spare = capacity - used[index], most(capacity) - capacity
            lacking = {name: amount for name, amount in sorted(wanted[index].items()) if amount > free + spare}
            if lacking or (used[index] > 0 and free <= spare):
                found.append(Binding(Bucket(resource.id, index), capacity, max(free, 0.0), lacking))
    return tuple(found)


def displacement(problem: Problem, starts: Starts, name: str, limit_seconds: float = _MOST_EACH) -> Rejection:
    """What has to go or move so that a measure left out is taken, with the least loss of value found in the time.

    At first those that are in may only go, which is answered fast; then they may also start elsewhere.
    """
    end = time.monotonic() + limit_seconds
    forced = _forced(problem, starts, name)
    form = formulate(forced)
    if form is None:
        return _impossible(problem, name, limit_seconds)
    base = np.array([float(starts.get(one) == start) for one, start in form.columns])
    may_move = np.array([one not in starts for one, _ in form.columns]) | (base > 0)
    going = solve(form, limit_seconds / 2, free=may_move, base=base, values=_preferring(form, starts))
    moving = solve(form, end - time.monotonic(), values=_preferring(form, starts))
    if moving.ending is Ending.infeasible:
        return _impossible(problem, name, limit_seconds)
    known = [solved.starts for solved in (going, moving) if solved.starts is not None]
    if not known:
        return Rejection(name, Hindrance.not_known, is_least=False)
    best = max(known, key=lambda one: _preferred_value(form, starts, one))
    return _rejection(problem, starts, name, best, moving.ending is Ending.finished)


def _forced(problem: Problem, starts: Starts, name: str) -> Problem:
    """The problem in which the measure has to be taken, and of those left out only what it needs may be."""
    kept = needed_by(problem, {*starts, name})

    def inside(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in pairs if kept.issuperset(pair))

    candidates = {one: candidate for one, candidate in problem.candidates.items() if one in kept}
    candidates[name] = _mandatory(candidates[name])
    return replace(
        problem,
        candidates=candidates,
        after=inside(problem.after),
        requires=inside(problem.requires),
        excludes=inside(problem.excludes),
    )


def _mandatory(candidate: Candidate) -> Candidate:
    return replace(candidate, mandatory=True)


def _preferring(form: Formulation, starts: Starts) -> np.ndarray:
    """The values, with so little taken off a move that no value is ever given up for staying."""
    positive = [value for value in form.values if value > 0]
    little = _KEEPING * min(positive, default=1.0) / max(1, len(starts))
    moved = np.array([one in starts and starts[one] != start for one, start in form.columns])
    return form.values - little * moved


def _preferred_value(form: Formulation, starts: Starts, found: Starts) -> tuple[float, int]:
    moved = sum(1 for name, start in found.items() if name in starts and starts[name] != start)
    return round(total(form.problem, found), 9), -moved


def _impossible(problem: Problem, name: str, limit_seconds: float) -> Rejection:
    forced = replace(problem, candidates={**problem.candidates, name: _mandatory(problem.candidates[name])})
    conflict = smallest_conflict(forced, limit_seconds, keep=name)
    obstacle = Hindrance.not_known if conflict is None else Hindrance.impossible
    return Rejection(name, obstacle, conflict=conflict, is_least=conflict is not None)


def _rejection(problem: Problem, starts: Starts, name: str, found: Starts, proven: bool) -> Rejection:
    drops = tuple(one for one in problem.candidates if one in starts and one not in found)
    moves = {
        one: (starts[one], found[one])
        for one in problem.candidates
        if starts.get(one, -1) != found.get(one, -1) and one in starts and one in found
    }
    adds = tuple(one for one in problem.candidates if one in found and one not in starts and one != name)
    loss = total(problem, starts) - total(problem, found)
    obstacle = Hindrance.displaces if drops or loss > 0 else Hindrance.fits
    return Rejection(name, obstacle, loss, drops, moves, adds, proven)
