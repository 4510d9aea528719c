"""Where a plan asks for more than there is: overloaded buckets, too many measures at once, broken dependencies.

A plan is given by `starts`, and by `shares` if measures are slimmed: with a share of 0.75 a measure asks for three
quarters of its demand, in the same periods. What a measure asks for beyond the last period is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.domain.measures import DependencyKind
from metrics.domain.portfolio.problem import Bucket, Candidate, Overload, Problem, Resource, Starts

TOLERANCE = 1e-9
"""Part of the larger of demand and capacity that a sum may be over by rounding alone."""

Floats = NDArray[np.float64]
Shares = Mapping[str, float]
"""The share of its demand with which a measure is taken; who is missing is taken whole."""
WHOLE: Shares = {}


@dataclass(frozen=True, slots=True)
class Parallel:
    """The measures that run in each period, by id in the problem's order, and how many may at most (None: any)."""

    running: tuple[tuple[str, ...], ...]
    limit: int | None

    @property
    def most(self) -> int:
        """The largest number of measures in any one period."""
        return max((len(ids) for ids in self.running), default=0)

    @property
    def broken(self) -> tuple[int, ...]:
        """The periods in which more run than may."""
        return tuple(t for t, ids in enumerate(self.running) if self.limit is not None and len(ids) > self.limit)


@dataclass(frozen=True, slots=True)
class BrokenDependency:
    """A pair of measures that a plan takes against what binds them."""

    kind: DependencyKind
    first: str
    second: str


def overloads(problem: Problem, starts: Starts, shares: Shares = WHOLE) -> tuple[Overload, ...]:
    """All buckets that are asked for more than they give, by their first period and then by resource.

    Sums that are over by no more than 1e-9 of the larger of demand and capacity are taken for equal.
    """
    demands, found = demand_matrix(problem, starts, shares), []
    for resource, row in zip(problem.resources.values(), demands, strict=True):
        capacity = np.array(resource.capacity, dtype=float)
        for index in np.flatnonzero(exceeds(row[: len(capacity)], capacity)):
            bucket = Bucket(resource.id, int(index))
            asked = demand_by_candidate(problem, starts, bucket, shares)
            found.append(Overload(bucket, float(capacity[index]), sum(asked.values()), asked))
    return tuple(sorted(found, key=lambda over: (first_period(problem, over.bucket), over.bucket.resource_id)))


def exceeds(demand: Floats, capacity: Floats) -> NDArray[np.bool_]:
    """Whether demand is over capacity by more than rounding, one by one."""
    return np.asarray(demand - capacity > TOLERANCE * np.maximum(demand, capacity), dtype=np.bool_)


def demand_matrix(problem: Problem, starts: Starts, shares: Shares = WHOLE) -> Floats:
    """Demand of all measures by resource (row, in the problem's order) and bucket (column).

    Resources with fewer buckets than others have zeros at the end of their row. Units: those of the resource.
    """
    width = max((len(resource.capacity) for resource in problem.resources.values()), default=0)
    rows = {resource_id: number for number, resource_id in enumerate(problem.resources)}
    buckets = [np.array(resource.bucket_of, dtype=np.intp) for resource in problem.resources.values()]
    places, amounts = [np.zeros(0, dtype=np.intp)], [np.zeros(0)]
    for candidate_id, start in starts.items():
        candidate, share = problem.candidates[candidate_id], shares.get(candidate_id, 1.0)
        for resource_id, demand in candidate.demand.items():
            row = rows[resource_id]
            into = buckets[row][start : start + len(demand)]
            places.append(row * width + into)
            amounts.append(share * np.array(demand[: len(into)], dtype=float))
    sums = np.bincount(np.concatenate(places), np.concatenate(amounts), minlength=len(rows) * width)
    return np.asarray(sums, dtype=float).reshape(len(rows), width)


def demand_by_candidate(problem: Problem, starts: Starts, bucket: Bucket, shares: Shares = WHOLE) -> dict[str, float]:
    """What each measure asks of one bucket, the largest first; measures that ask for nothing are left out."""
    resource = problem.resources[bucket.resource_id]
    asked = {
        candidate_id: shares.get(candidate_id, 1.0)
        * _asked(problem.candidates[candidate_id], resource, bucket.index, start)
        for candidate_id, start in starts.items()
        if resource.id in problem.candidates[candidate_id].demand
    }
    return dict(sorted(((who, much) for who, much in asked.items() if much > 0), key=lambda item: (-item[1], item[0])))


def _asked(candidate: Candidate, resource: Resource, bucket: int, start: int) -> float:
    into = resource.bucket_of[start:]
    return sum(much for much, own in zip(candidate.demand[resource.id], into, strict=False) if own == bucket)


def first_period(problem: Problem, bucket: Bucket) -> int:
    """The period in which a bucket begins; the end of the horizon if no period falls into it."""
    periods = problem.resources[bucket.resource_id].bucket_of
    return periods.index(bucket.index) if bucket.index in periods else problem.periods


def most_at_once(problem: Problem, starts: Starts) -> Parallel:
    """How many measures run side by side, by period, and where that is more than the problem's `at_once`."""
    running: list[list[str]] = [[] for _ in range(problem.periods)]
    for candidate in problem.candidates.values():
        if candidate.id in starts:
            start = starts[candidate.id]
            for period in range(start, min(start + candidate.duration, problem.periods)):
                running[period].append(candidate.id)
    return Parallel(tuple(map(tuple, running)), problem.at_once)


def broken_dependencies(problem: Problem, starts: Starts) -> tuple[BrokenDependency, ...]:
    """All pairs that the plan takes against what binds them, in the problem's order."""
    early = [
        BrokenDependency(DependencyKind.after, first, second)
        for first, second in problem.after
        if first in starts and second in starts and starts[first] < starts[second] + problem.candidates[second].duration
    ]
    alone = [
        BrokenDependency(DependencyKind.requires, first, second)
        for first, second in problem.requires
        if first in starts and second not in starts
    ]
    together = [
        BrokenDependency(DependencyKind.excludes, first, second)
        for first, second in problem.excludes
        if first in starts and second in starts
    ]
    return (*early, *alone, *together)
