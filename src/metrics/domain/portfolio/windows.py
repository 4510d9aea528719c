"""In which periods each candidate can start at all, once its own demand and those it waits for are looked at."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.domain.portfolio.problem import Bucket, Candidate, Problem, Resource

TOLERANCE = 1e-9
"""Relative, as for overloads: demand that exceeds a capacity by no more fits, as sums of binary fractions may."""


def most(capacity: float) -> float:
    """The demand up to which a bucket still counts as not overloaded."""
    return capacity * (1 + TOLERANCE)


def is_fixed(candidate: Candidate) -> bool:
    """Whether it has to be taken: it is mandatory, or pinned to where the plan has it."""
    return candidate.mandatory or (candidate.pinned and candidate.planned is not None)


def demand_by_bucket(candidate: Candidate, resource: Resource, start: int) -> dict[int, float]:
    """What a candidate that starts then asks of each bucket of a resource; beyond the horizon nothing is counted."""
    found: dict[int, float] = {}
    for period, amount in enumerate(candidate.demand.get(resource.id, ()), start):
        if amount and period < len(resource.bucket_of):
            bucket = resource.bucket_of[period]
            found[bucket] = found.get(bucket, 0.0) + amount
    return found


def too_small_alone(problem: Problem, candidate: Candidate, start: int) -> Bucket | None:
    """The first bucket that cannot carry the candidate even if nobody else wants anything of it."""
    for resource in problem.resources.values():
        for bucket, amount in demand_by_bucket(candidate, resource, start).items():
            if amount > most(resource.capacity[bucket]):
                return Bucket(resource.id, bucket)
    return None


def possible_starts(problem: Problem) -> dict[str, tuple[int, ...]]:
    """The periods within the horizon in which each candidate can start; empty if there is none.

    Left out is where it asks more of a bucket than that gives, where what it waits for cannot have ended, and where it
    would end after the horizon, where nothing is counted; but what is planned so may stay as it is planned.
    """
    found = {
        name: tuple(
            start
            for start in candidate.starts
            if _is_within(problem, candidate, start) and too_small_alone(problem, candidate, start) is None
        )
        for name, candidate in problem.candidates.items()
    }
    while _tightened(problem, found):
        pass
    return found


def _is_within(problem: Problem, candidate: Candidate, start: int) -> bool:
    return 0 <= start <= problem.periods - (1 if start == candidate.planned else candidate.duration)


def _tightened(problem: Problem, found: dict[str, tuple[int, ...]]) -> bool:
    """Cut starts that the order of two candidates rules out; False once there is nothing left to cut."""
    before = sum(map(len, found.values()))
    for later, earlier in problem.after:
        length = problem.candidates[earlier].duration
        first = found[earlier][0] + length if found[earlier] else problem.periods
        found[later] = tuple(start for start in found[later] if start >= first)
        if is_fixed(problem.candidates[later]):
            last = found[later][-1] if found[later] else -1
            found[earlier] = tuple(start for start in found[earlier] if start + length <= last)
    for one, other in problem.requires:
        if not found[other]:
            found[one] = ()
    return sum(map(len, found.values())) < before


def needed_by(problem: Problem, names: Mapping[str, object] | set[str]) -> set[str]:
    """These candidates and all that they need: whom they wait for and what they require, and so on."""
    needs: dict[str, list[str]] = {}
    for one, other in problem.after + problem.requires:
        needs.setdefault(one, []).append(other)
    found, waiting = set(names), list(names)
    while waiting:
        for other in needs.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
