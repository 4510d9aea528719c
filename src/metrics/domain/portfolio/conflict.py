"""Why measures that all have to be taken cannot be: the smallest set of them, and what they break together.

Found by deletion (Chinneck & Dravnieks 1991, Locating minimal infeasible constraint sets in linear programs, ORSA
Journal on Computing 3): what may be left out without the conflict ending is left out. What remains needs each of its
parts; then all smaller sets are tried, as far as time allows.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np

from metrics.domain.portfolio.excess import least_excess
from metrics.domain.portfolio.formulation import formulate
from metrics.domain.portfolio.greedy import search
from metrics.domain.portfolio.problem import Bucket, Candidate, Overload, Problem
from metrics.domain.portfolio.solving import Ending, solve
from metrics.domain.portfolio.windows import is_fixed, needed_by

ORACLE_SECONDS = 0.5
_FOR_MEASURES = 0.6  # of the time; the rest is for the rules that they break
Pair = tuple[str, str]


class ConflictKind(StrEnum):
    """What the measures break: their own window, a circle, an exclusion, their order, the number at once, capacity."""

    window = "window"
    circle = "circle"
    exclusion = "exclusion"
    order = "order"
    at_once = "at_once"
    capacity = "capacity"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Measures that have to be taken and cannot all be, and what they break; nothing of it could be left out.

    `overloads`: what the buckets would have to carry where the excess (in shares of the capacities) is least.
    `circle`: measures that wait for each other, in order. `after`, `requires`, `excludes`: pairs as in the problem.
    `is_smallest`: no smaller set of measures is in conflict, as far as was proven in the time.
    """

    kind: ConflictKind
    measures: tuple[str, ...]
    overloads: tuple[Overload, ...] = ()
    circle: tuple[str, ...] = ()
    after: tuple[Pair, ...] = ()
    requires: tuple[Pair, ...] = ()
    excludes: tuple[Pair, ...] = ()
    at_once: int | None = None
    is_smallest: bool = True


def smallest_conflict(problem: Problem, limit_seconds: float = 10.0, keep: str | None = None) -> Conflict | None:
    """The smallest conflict among what has to be taken; None if there is none, or none was proven in time.

    `keep`: only conflicts which this measure is part of, given that the others go together.
    """
    begun = time.monotonic()
    end = begun + _FOR_MEASURES * limit_seconds
    forced = tuple(name for name, candidate in problem.candidates.items() if is_fixed(candidate))
    oracle = _Oracle(problem)
    if not oracle.clash(forced):
        return None
    always = (keep,) if keep in forced else ()
    others = [name for name in forced if name not in always]
    found = (*_deleted(others, lambda kept: oracle.clash((*kept, *always)), end), *always)
    some, proven = _smaller(oracle, others, found, always, end)
    measures = tuple(name for name in forced if name in some)
    proven = proven and not oracle.undecided
    return _named(_restricted(problem, measures), measures, proven, begun + limit_seconds)


class _Oracle:
    """Says whether measures clash if only they have to be taken; `undecided` once it could not say so in time."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.undecided = False

    def clash(self, forced: tuple[str, ...]) -> bool:
        """Whether it is proven that they cannot all be taken."""
        ending = _ending(_restricted(self.problem, forced)) if forced else Ending.finished
        self.undecided = self.undecided or ending is Ending.out_of_time
        return ending is Ending.infeasible


def _smaller(
    oracle: _Oracle, others: list[str], found: tuple[str, ...], always: tuple[str, ...], end: float
) -> tuple[tuple[str, ...], bool]:
    """The first smaller set in conflict, or what was found; and whether all smaller ones were tried."""
    for size in range(max(0, 1 - len(always)), len(found) - len(always)):
        for some in combinations(others, size):
            if time.monotonic() > end:
                return found, False
            if oracle.clash((*some, *always)):
                return (*some, *always), True
    return found, True


def _deleted(parts: Iterable[str], clashes: Callable[[tuple[str, ...]], bool], end: float) -> tuple[str, ...]:
    kept = list(parts)
    for part in tuple(kept):
        fewer = tuple(one for one in kept if one != part)
        if time.monotonic() <= end and clashes(fewer):
            kept = list(fewer)
    return tuple(kept)


def _restricted(problem: Problem, forced: tuple[str, ...]) -> Problem:
    """These have to be taken, what they need may be, all others are not there.

    An exclusion by a pinned or mandatory measure that is not among them does not count.
    """
    names = needed_by(problem, set(forced))

    def loosened(name: str, candidate: Candidate) -> Candidate:
        if name in forced or not is_fixed(candidate):
            return candidate
        starts = candidate.starts
        return replace(candidate, mandatory=False, pinned=False, earliest=starts[0], latest=starts[-1])

    def inside(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple(pair for pair in pairs if names.issuperset(pair))

    kept = {name: loosened(name, problem.candidates[name]) for name in problem.candidates if name in names}
    return replace(
        problem,
        candidates=kept,
        after=inside(problem.after),
        requires=inside(problem.requires),
        excludes=inside(problem.excludes),
    )


def _is_refuted(problem: Problem) -> bool:
    """Whether it is proven that not all that has to be taken can be."""
    return _ending(problem) is Ending.infeasible


def _ending(problem: Problem) -> Ending:
    form = formulate(problem)
    if form is None:
        return Ending.infeasible
    if not form.columns or search(problem, ORACLE_SECONDS, turns=2) is not None:
        return Ending.finished
    solved = solve(form, ORACLE_SECONDS, values=np.zeros(len(form.columns)))
    return Ending.finished if solved.starts is not None else solved.ending


def _named(problem: Problem, measures: tuple[str, ...], proven: bool, end: float) -> Conflict:
    """What the measures break: every rule that may be left out without the conflict ending is left out."""
    rules = _deleted_rules(problem, end)
    circle = _circle(rules.after)
    full = _limits(rules)
    return Conflict(
        _kind(rules, circle, full, measures),
        measures,
        least_excess(rules, full) if full else (),
        circle,
        rules.after,
        rules.requires,
        rules.excludes,
        rules.at_once,
        proven,
    )


def _kind(rules: Problem, circle: tuple[str, ...], full: tuple[Bucket, ...], measures: tuple[str, ...]) -> ConflictKind:
    if full:
        return ConflictKind.capacity
    if rules.at_once is not None:
        return ConflictKind.at_once
    if circle:
        return ConflictKind.circle
    if rules.excludes:
        return ConflictKind.exclusion
    return ConflictKind.order if rules.after or len(measures) > 1 else ConflictKind.window


def _deleted_rules(problem: Problem, end: float) -> Problem:
    """The problem with only those rules that the conflict needs, as far as time allows."""

    def without(fewer: Problem) -> Problem:
        return fewer if time.monotonic() <= end and _is_refuted(fewer) else problem

    problem = without(_endless(problem, _limits(problem)))
    problem = without(replace(problem, at_once=None))
    for name in problem.resources:
        problem = without(_endless(problem, [bucket for bucket in _limits(problem) if bucket.resource_id == name]))
    for bucket in _limits(problem):
        problem = without(_endless(problem, [bucket]))
    for pair in problem.excludes:
        problem = without(replace(problem, excludes=_less(problem.excludes, pair)))
    for pair in problem.requires:
        problem = without(replace(problem, requires=_less(problem.requires, pair)))
    for pair in problem.after:
        problem = without(replace(problem, after=_less(problem.after, pair)))
    return problem


def _limits(problem: Problem) -> tuple[Bucket, ...]:
    """The buckets with a limit."""
    return tuple(
        Bucket(resource.id, index)
        for resource in problem.resources.values()
        for index, capacity in enumerate(resource.capacity)
        if math.isfinite(capacity)
    )


def _endless(problem: Problem, buckets: Iterable[Bucket]) -> Problem:
    """The problem in which these buckets have no limit."""
    resources = dict(problem.resources)
    for bucket in buckets:
        before = resources[bucket.resource_id]
        capacity = (*before.capacity[: bucket.index], math.inf, *before.capacity[bucket.index + 1 :])
        resources[bucket.resource_id] = replace(before, capacity=capacity)
    return replace(problem, resources=resources)


def _less(pairs: tuple[Pair, ...], left_out: Pair) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair != left_out)


def _circle(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Measures that wait for each other, each for the next and the last for the first; empty if there is no circle."""
    waits: dict[str, list[str]] = {}
    for later, earlier in pairs:
        waits.setdefault(later, []).append(earlier)
    for begin in waits:
        path = next(_paths_back(waits, begin), None)
        if path is not None:
            return path
    return ()


def _paths_back(waits: Mapping[str, list[str]], begin: str) -> Iterator[tuple[str, ...]]:
    ways: list[tuple[str, ...]] = [(begin,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for other in waits.get(way[-1], ()):
            if other == begin:
                yield way
            elif other not in seen:
                seen.add(other)
                ways.append((*way, other))
