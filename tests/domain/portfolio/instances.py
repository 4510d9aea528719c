"""Small random plans, the same for the same seed, and the plain way to say whether one keeps its limits.

Nothing here uses the code under test: plans are small enough to try everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind, Starts

CRUMB = 1e-6
"""Amounts are whole multiples of 0.025, so sums that differ by less are the same."""


def small_problem(seed: int) -> tuple[Problem, Starts]:
    """2–5 measures on 1–3 resources in 3–5 periods, and the plan that they are in.

    Amounts are tenths. Every third problem or so has a funding pot by years of two periods, dependencies of each kind
    (never in a circle, but the plan may break them), a number at once, a bucket without capacity, a mandatory or pinned
    measure, or one that is not in the plan.
    """
    source = Random(seed)
    periods = source.randint(3, 5)
    resources = _resources(source, periods)
    names = [f"M{number}" for number in range(source.randint(2, 5))]
    candidates = {name: _candidate(source, name, resources, periods) for name in names}
    problem = Problem(
        periods,
        resources,
        candidates,
        after=_pairs(source, names, 0.35),
        requires=_pairs(source, names, 0.35),
        excludes=_pairs(source, names, 0.2),
        at_once=source.randint(1, 3) if source.random() < 0.3 else None,
    )
    return problem, {name: found.planned for name, found in candidates.items() if found.planned is not None}


def _resources(source: Random, periods: int) -> dict[str, Resource]:
    found = {}
    for number in range(source.randint(1, 3)):
        if number and source.random() < 0.5:
            name, into = f"P{number}", tuple(period // 2 for period in range(periods))
            capacity = tuple(source.randint(10, 90) / 5 for _ in range(max(into) + 1))
            found[name] = Resource(name, ResourceKind.money, capacity, into)
        else:
            empty = 0.05
            capacity = tuple(0.0 if source.random() < empty else source.randint(20, 110) / 10 for _ in range(periods))
            found[f"G{number}"] = Resource.by_period(f"G{number}", capacity)
    return found


def _candidate(source: Random, name: str, resources: Mapping[str, Resource], periods: int) -> Candidate:
    duration = source.randint(1, min(3, periods - 1))
    used = source.sample(list(resources), source.randint(1, len(resources)))
    demand = {resource: tuple(source.randint(0, 60) / 10 for _ in range(duration)) for resource in used}
    earliest = source.randint(0, periods - duration)
    latest = source.randint(earliest, periods - duration)
    planned = source.randint(earliest, latest) if source.random() < 0.9 else None
    kind = source.random()
    return Candidate(
        name,
        source.randint(0, 90) / 10,
        demand,
        duration,
        earliest,
        latest,
        planned,
        mandatory=kind < 0.2,
        pinned=planned is not None and 0.15 < kind < 0.3,
    )


def _pairs(source: Random, names: list[str], chance: float) -> tuple[tuple[str, str], ...]:
    """At most one pair, the later name first, so that no circle can come about."""
    first, second = sorted(source.sample(range(len(names)), 2), reverse=True)
    return ((names[first], names[second]),) if source.random() < chance else ()


def plain_loads(problem: Problem, taken: Mapping[str, tuple[int, float]]) -> Iterator[tuple[str, int, float, float]]:
    """Resource, bucket, capacity and demand of all buckets; `taken` gives start and share by measure."""
    for resource in problem.resources.values():
        for bucket, capacity in enumerate(resource.capacity):
            demand = 0.0
            for name, (start, share) in taken.items():
                for offset, amount in enumerate(problem.candidates[name].demand.get(resource.id, ())):
                    if start + offset < problem.periods and resource.bucket_of[start + offset] == bucket:
                        demand += share * amount
            yield resource.id, bucket, capacity, demand


def plainly_feasible(problem: Problem, taken: Mapping[str, tuple[int, float]]) -> bool:
    """Whether measures that start so, with such shares, keep capacities, dependencies and the number at once."""
    for first, second in problem.after:
        if first in taken and second in taken:
            end = taken[second][0] + problem.candidates[second].duration
            if taken[first][0] < end:
                return False
    if any(first in taken and second not in taken for first, second in problem.requires):
        return False
    if any(first in taken and second in taken for first, second in problem.excludes):
        return False
    for period in range(problem.periods):
        running = [
            name for name, (start, _) in taken.items() if start <= period < start + problem.candidates[name].duration
        ]
        if problem.at_once is not None and len(running) > problem.at_once:
            return False
    return all(demand <= capacity + CRUMB for *_, capacity, demand in plain_loads(problem, taken))
