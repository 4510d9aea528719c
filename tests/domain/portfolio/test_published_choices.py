"""Published knapsacks, a textbook's portfolio and a scheduling instance: both solvers find what their sources print."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.domain.portfolio.choice import Status
from metrics.domain.portfolio.cpsat import optimise_with_cpsat
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.schedule import keeps_rules
from tests.domain.portfolio.published import cases_of, knapsack, project

BOTH_SOLVERS = pytest.mark.parametrize("solver", [optimise, optimise_with_cpsat], ids=["HiGHS", "CP-SAT"])


@BOTH_SOLVERS
@cases_of("knapsack")
def test_the_published_selection_is_found_and_proven(case: dict[str, Any], solver: Any) -> None:
    problem, expected = knapsack(case["inputs"]), case["expected"]

    choice = solver(problem)

    assert choice.status is Status.optimal
    assert choice.value == expected["optimum"]
    assert [int(name in choice.starts) for name in problem.candidates] == expected["selection"]


@BOTH_SOLVERS
@pytest.mark.parametrize("limited", [True, False], ids=["with its resources", "without limits"])
@cases_of("makespan")
def test_a_project_fits_into_its_published_time_and_not_into_one_period_less(
    case: dict[str, Any], limited: bool, solver: Any
) -> None:
    time = case["expected"]["makespan" if limited else "without_resource_limits"]
    in_time, too_short = (project(case["inputs"], periods, limited) for periods in (time, time - 1))

    choice = solver(in_time, 60)

    assert choice.starts.keys() == in_time.candidates.keys()
    assert keeps_rules(in_time, choice.starts)
    assert max(start + in_time.candidates[name].duration for name, start in choice.starts.items()) == time
    assert solver(too_short, 60).status is Status.infeasible
