"""What it costs to choose and time measures, and how far from proven the answer stays for a large portfolio.

Drawn are groups of people, a pot by years, windows, and for a quarter of the measures another one that they require.
Our search with scipy's HiGHS and CP-SAT with two workers get the same seconds one after the other; a gap is what the
solver itself proves, so the smaller bound of the two holds for both values.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.figure import Figure
from metrics.domain.portfolio.choice import Choice
from metrics.domain.portfolio.cpsat import optimise_with_cpsat
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind
from metrics.domain.portfolio.schedule import keeps_rules

GROUPS, QUARTERS_OF_YEAR = 5, 4
SMALL, LARGE = (12, 8), (60, 16)
SMALL_SEEDS, LARGE_SEEDS = range(5), range(2)
SECONDS = 10.0


def portfolio_choice(_folder: Path) -> list[Figure]:
    """12 measures in 8 quarters until proven; 60 in 16 quarters, 10 seconds each for HiGHS and CP-SAT."""
    found = []
    for solver in (optimise, optimise_with_cpsat):
        name = f"{SMALL[0]} measures × {SMALL[1]} quarters, {_named(solver)}"
        runs = [_run(solver, draw_problem(*SMALL, seed)) for seed in SMALL_SEEDS]
        if not all(choice.is_proven for choice, _ in runs):
            raise RuntimeError(f"{name}: not proven")
        limit = 1.0 if solver is optimise else None
        found.append(Figure(f"{name}: proven best, median", median(seconds for _, seconds in runs), "s", limit))
        found.append(Figure(f"{name}: proven best, slowest", max(seconds for _, seconds in runs), "s"))
    for seed in LARGE_SEEDS:
        for solver in (optimise, optimise_with_cpsat):
            choice, seconds = _run(solver, draw_problem(*LARGE, seed))
            name = f"{LARGE[0]} × {LARGE[1]}, draw {seed}, {_named(solver)}"
            found.append(Figure(f"{name}: value", choice.value, ""))
            found.append(Figure(f"{name}: bound", choice.bound, ""))
            found.append(Figure(f"{name}: gap", 100 * choice.gap, "%"))
            found.append(Figure(f"{name}: taken", seconds, "s", SECONDS + 2))
    return found


def draw_problem(measures: int, quarters: int, seed: int) -> Problem:
    """A portfolio in which about half of the measures fit."""
    draw = np.random.default_rng(seed)
    groups = {
        f"G{number}": Resource.by_period(f"G{number}", (float(round(draw.uniform(25, 45))),) * quarters)
        for number in range(GROUPS)
    }
    years = -(-quarters // QUARTERS_OF_YEAR)
    pot = Resource(
        "pot",
        ResourceKind.money,
        (round(measures * 12_000 / years, -3),) * years,
        tuple(quarter // QUARTERS_OF_YEAR for quarter in range(quarters)),
    )
    candidates = [_draw_candidate(f"M{number:02}", quarters, draw) for number in range(measures)]
    requires = tuple(
        (candidates[number].id, candidates[int(draw.integers(number))].id)
        for number in range(1, measures)
        if draw.random() < 0.25
    )
    return Problem(quarters, {**groups, "pot": pot}, {one.id: one for one in candidates}, requires=requires)


def _draw_candidate(name: str, quarters: int, draw: np.random.Generator) -> Candidate:
    duration = int(draw.integers(1, 7))
    asked = draw.choice(GROUPS, int(draw.integers(1, 4)), replace=False)
    demand = {f"G{group}": (float(round(draw.uniform(4, 25))),) * duration for group in asked}
    demand["pot"] = (float(round(draw.uniform(5_000, 60_000) / duration, -2)),) * duration
    latest = quarters - duration
    earliest = min(int(draw.integers(0, quarters // 3)), latest)
    return Candidate(name, round(float(draw.uniform(1, 10)), 1), demand, duration, earliest, latest)


def _named(solver: object) -> str:
    return "HiGHS" if solver is optimise else "CP-SAT"


def _run(solver: Callable[[Problem, float], Choice], problem: Problem) -> tuple[Choice, float]:
    begun = time.perf_counter()
    choice = solver(problem, SECONDS)
    seconds = time.perf_counter() - begun
    if not keeps_rules(problem, choice.starts):
        raise RuntimeError(f"the choice breaks a rule: {choice}")
    return choice, seconds
