"""The published cases as problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "portfolio.yaml").read_text(encoding="utf-8")
)


def cases_of(method: str) -> pytest.MarkDecorator:
    """One test for each case of a method."""
    chosen = [case for case in CASES if case["method"] == method]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def knapsack(inputs: dict[str, Any]) -> Problem:
    """One period and one pot: what is worth how much, and costs how much."""
    items = zip(inputs["value"], inputs["cost"], strict=True)
    candidates = {
        str(number): Candidate(str(number), value, {"pot": (cost,)}, 1, 0, 0)
        for number, (value, cost) in enumerate(items)
    }
    pairs = {
        kind: tuple((str(one), str(other)) for one, other in inputs.get(kind, ())) for kind in ("requires", "excludes")
    }
    pot = Resource("pot", ResourceKind.money, (inputs["budget"],), (0,))
    return Problem(1, {"pot": pot}, candidates, requires=pairs["requires"], excludes=pairs["excludes"])


def project(inputs: dict[str, Any], periods: int, limited: bool = True) -> Problem:
    """Activities that all have to be done within so many periods; those that take no time are left out."""
    real = {str(number): entry for number, entry in enumerate(inputs["activities"]) if entry[0] > 0}
    capacities = {f"resource {number}": value for number, value in enumerate(inputs["capacities"])}
    candidates = {
        name: Candidate(
            name,
            1.0,
            {resource: (float(asked),) * length for resource, asked in zip(capacities, demands, strict=True)},
            length,
            0,
            periods - length,
            mandatory=True,
        )
        for name, (length, demands, _) in real.items()
    }
    resources = {
        name: Resource.by_period(name, (float(value if limited else 10**6),) * periods)
        for name, value in capacities.items()
    }
    after = tuple((str(later), name) for name, entry in real.items() for later in entry[2] if str(later) in real)
    return Problem(periods, resources, candidates, after=after)
