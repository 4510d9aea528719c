"""How long it takes to say where a large plan is over its limits, and which few measures to move so that it fits.

200 measures on 34 groups (person-days by month) and 6 funding pots (euros by year) over five years. There is no peer to
compare with: none of those examined tests a plan against those who have to carry it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure
from benchmarks.judging import in_turn
from metrics.domain.portfolio.limits import demand_matrix, overloads
from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind, Starts
from metrics.domain.portfolio.relief import Relief, relieve

MEASURES, GROUPS, POTS, PERIODS = 200, 34, 6, 60
YEAR = 12
ENOUGH, OFTEN_TOO_LITTLE = 0.97, 0.9
"""The part of all months (or years) in which capacity is enough: a tight plan, and one that is far too full."""
PLANS = ((1, ENOUGH), (2, ENOUGH), (3, ENOUGH), (1, OFTEN_TOO_LITTLE))


def big_problem(seed: int, enough: float = ENOUGH) -> tuple[Problem, Starts]:
    """A plan of that size and its starts, the same for a seed: most of it fits, some months and years do not."""
    source = np.random.default_rng(seed)
    candidates = {name: _measure(source, name) for name in (f"M-{number:03}" for number in range(MEASURES))}
    names = list(candidates)
    starts = {name: found.planned for name, found in candidates.items() if found.planned is not None}
    after, requires = [], []
    for _ in range(MEASURES // 8):
        one, two, needing, needed = (names[number] for number in source.choice(MEASURES, 4, replace=False))
        early, late = sorted((one, two), key=starts.__getitem__)
        if starts[early] + candidates[early].duration <= starts[late]:
            after.append((late, early))
        requires.append((needing, needed))
    loose = Problem(PERIODS, _resources(), candidates, tuple(after), tuple(requires))
    return replace(loose, resources=_fitted(loose, starts, enough)), starts


def _measure(source: np.random.Generator, name: str) -> Candidate:
    """A measure of 3–18 months on 2–6 groups and one pot, planned so that it ends within the five years."""
    duration, groups = int(source.integers(3, 19)), source.choice(GROUPS, int(source.integers(2, 7)), replace=False)
    demand = {f"G-{group:02}": tuple(np.round(source.uniform(1, 9, duration), 1).tolist()) for group in groups}
    demand[f"P-{source.integers(POTS)}"] = tuple(np.round(source.uniform(1, 20, duration)).tolist())
    planned = int(source.integers(0, PERIODS - duration + 1))
    latest = min(planned + YEAR, PERIODS - duration)
    fixed = source.random()
    return Candidate(
        name,
        float(np.round(source.uniform(1, 10), 1)),
        demand,
        duration,
        earliest=max(0, planned - YEAR),
        latest=latest,
        planned=planned,
        mandatory=fixed < 0.1,
        pinned=0.1 <= fixed < 0.15,
    )


def _resources(capacity_of: Mapping[str, tuple[float, ...]] | None = None) -> dict[str, Resource]:
    months, years = tuple(range(PERIODS)), tuple(period // YEAR for period in range(PERIODS))
    names = [(f"G-{number:02}", ResourceKind.time, months) for number in range(GROUPS)]
    names += [(f"P-{number}", ResourceKind.money, years) for number in range(POTS)]
    return {
        name: Resource(name, kind, (capacity_of or {}).get(name, (1.0,) * (max(into) + 1)), into)
        for name, kind, into in names
    }


def _fitted(problem: Problem, starts: Starts, enough: float) -> dict[str, Resource]:
    """The same capacity in each month or year: so much that it is enough for that part of them."""
    found = {}
    for resource, row in zip(problem.resources.values(), demand_matrix(problem, starts), strict=True):
        count = len(resource.capacity)
        found[resource.id] = (float(np.round(np.quantile(row[:count], enough))),) * count
    return _resources(found)


def portfolio_limits(_folder: Path) -> list[Figure]:
    """200 measures × 40 resources × 60 months: all overloads, and the fewest measures to move so that all fits."""
    found = []
    for seed, enough in PLANS:
        problem, starts = big_problem(seed, enough)
        (seconds,) = in_turn(lambda p=problem, s=starts: overloads(p, s))  # type: ignore[misc]
        name, over = f"plan {seed}, enough in {enough:.0%}", len(overloads(problem, starts))
        found.append(Figure(f"{name}: all {over} overloads", 1000 * seconds, "ms", 300))
        begun = time.perf_counter()
        relief = relieve(problem, starts)
        seconds = time.perf_counter() - begun
        if not isinstance(relief, Relief) or overloads(problem, relief.starts, relief.shares):
            raise RuntimeError(f"{name}: not relieved")
        found.append(Figure(f"{name}: {relief.touched} measures moved, at least {relief.bound}", seconds, "s", 2))
        found.append(Figure(f"{name}: gap of the number ({relief.proof})", 100 * relief.gap, "%"))
        found.append(Figure(f"{name}: value lost, at least {relief.loss_bound:.1f}", relief.loss, ""))
    return found
