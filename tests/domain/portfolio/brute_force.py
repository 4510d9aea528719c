"""Small problems drawn at random, and their best choice by trying every one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind

PERIODS = 4


def random_problem(seed: int) -> Problem:
    """Up to six measures over four periods, two groups and a pot by half-years, some bound to each other."""
    draw = np.random.default_rng(seed)
    names = [f"m{number}" for number in range(int(draw.integers(2, 7)))]
    resources = {
        "team": Resource.by_period("team", tuple(float(value) for value in draw.integers(0, 9, PERIODS))),
        "desk": Resource.by_period("desk", tuple(draw.integers(20, 80, PERIODS) / 10)),
        "pot": Resource("pot", ResourceKind.money, (float(draw.integers(5, 25)), 12.0), (0, 0, 1, 1)),
    }
    candidates = {name: _random_candidate(name, draw, resources) for name in names}

    def pairs(share: float) -> tuple[tuple[str, str], ...]:
        both = [(one, other) for one in names for other in names if one != other]
        return tuple(pair for pair in both if draw.random() < share / len(names))

    return Problem(
        PERIODS,
        resources,
        candidates,
        after=pairs(0.25),
        requires=pairs(0.25),
        excludes=pairs(0.25),
        at_once=None if draw.random() < 0.6 else int(draw.integers(1, 4)),
    )


def _random_candidate(name: str, draw: np.random.Generator, resources: dict[str, Resource]) -> Candidate:
    duration = int(draw.integers(1, 4))
    earliest = int(draw.integers(0, 3))
    latest = int(draw.integers(earliest, PERIODS))
    asked = [resource for resource in resources if draw.random() < 0.7]
    return Candidate(
        name,
        float(draw.integers(0, 10)),
        {resource: tuple(draw.integers(0, 50, duration) / 10) for resource in asked},
        duration,
        earliest,
        latest,
        planned=int(draw.integers(earliest, latest + 1)) if draw.random() < 0.5 else None,
        mandatory=bool(draw.random() < 0.15),
        pinned=bool(draw.random() < 0.15),
    )


def every_choice(problem: Problem) -> Iterator[dict[str, int]]:
    """All choices that keep the rules, by going through every start of every measure."""
    yield from _extended(problem, list(problem.candidates), {})


def best_value(problem: Problem) -> float | None:
    """The value of the best choice; None if no choice keeps the rules."""
    values = (sum(problem.candidates[name].value for name in starts) for starts in every_choice(problem))
    return max(values, default=None)


def _extended(problem: Problem, names: list[str], starts: dict[str, int]) -> Iterator[dict[str, int]]:
    if not _carried(problem, starts):
        return
    if not names:
        if _bound_well(problem, starts):
            yield starts
        return
    first, rest = names[0], names[1:]
    candidate = problem.candidates[first]
    stays = candidate.pinned and candidate.planned is not None
    if not candidate.mandatory and not stays:
        yield from _extended(problem, rest, starts)
    for start in candidate.starts:
        if start + candidate.duration > problem.periods and start != candidate.planned:
            continue
        yield from _extended(problem, rest, {**starts, first: start})


def _carried(problem: Problem, starts: dict[str, int]) -> bool:
    """Whether the buckets carry it, and never too many run at once."""
    for resource in problem.resources.values():
        used = [0.0] * len(resource.capacity)
        for name, start in starts.items():
            for step, amount in enumerate(problem.candidates[name].demand.get(resource.id, ())):
                if start + step < problem.periods:
                    used[resource.bucket_of[start + step]] += amount
        if any(round(asked, 6) > given for asked, given in zip(used, resource.capacity, strict=True)):
            return False
    running = [
        sum(start <= period < start + problem.candidates[name].duration for name, start in starts.items())
        for period in range(problem.periods)
    ]
    return problem.at_once is None or max(running) <= problem.at_once


def _bound_well(problem: Problem, starts: dict[str, int]) -> bool:
    def in_order(later: str, earlier: str) -> bool:
        if later not in starts:
            return True
        return earlier in starts and starts[later] >= starts[earlier] + problem.candidates[earlier].duration

    return (
        all(in_order(later, earlier) for later, earlier in problem.after)
        and all(one not in starts or other in starts for one, other in problem.requires)
        and not any(one in starts and other in starts for one, other in problem.excludes)
    )
