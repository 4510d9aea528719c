"""CP-SAT answers as HiGHS does, and says what to do where it is not installed."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.portfolio.choice import PROVEN_GAP, Choice, Progress, Status
from metrics.domain.portfolio.cpsat import SolverMissing, optimise_with_cpsat
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.problem import Candidate, Problem, Resource
from metrics.domain.portfolio.schedule import keeps_rules
from tests.domain.portfolio.brute_force import random_problem

SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(SEEDS)
def test_both_solvers_find_the_same_optimum(seed: int) -> None:
    problem = random_problem(seed)

    ours, theirs = optimise(problem), optimise_with_cpsat(problem)

    assert (theirs.status, theirs.value) == (ours.status, ours.value)
    assert theirs.status is Status.infeasible or keeps_rules(problem, theirs.starts)


@FEW
@given(SEEDS, st.floats(0.001, 1000))
def test_values_and_amounts_with_many_digits_are_chosen_as_well(seed: int, factor: float) -> None:
    problem = random_problem(seed)
    finer = replace(
        problem,
        resources={
            name: replace(resource, capacity=tuple(factor * amount + 1e-9 for amount in resource.capacity))
            for name, resource in problem.resources.items()
        },
        candidates={
            name: replace(
                candidate,
                value=candidate.value / 7,
                demand={key: tuple(factor * amount for amount in asked) for key, asked in candidate.demand.items()},
            )
            for name, candidate in problem.candidates.items()
        },
    )

    ours, theirs = optimise(finer), optimise_with_cpsat(finer)

    assert theirs.status is ours.status
    assert theirs.value == pytest.approx(ours.value, rel=PROVEN_GAP)
    assert theirs.bound >= ours.value or theirs.status is Status.infeasible


def test_a_missing_solver_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)

    with pytest.raises(SolverMissing) as refused:
        optimise_with_cpsat(random_problem(3))

    assert refused.value.data == {"solver": "OR-Tools CP-SAT", "extra": "cpsat"}


def test_each_better_choice_is_reported_and_the_last_one_is_given() -> None:
    told: list[Progress] = []

    choice = optimise_with_cpsat(random_problem(3), report=lambda progress: not told.append(progress))

    values = [progress.value for progress in told if progress.value is not None]
    assert values == sorted(values)
    assert values[-1] == choice.value
    assert all(progress.bound >= choice.value for progress in told)


def test_a_false_report_ends_the_search_with_a_choice_that_keeps_the_rules() -> None:
    problem = random_problem(3)

    choice = optimise_with_cpsat(problem, report=lambda progress: False)

    assert choice.status in (Status.optimal, Status.feasible)
    assert keeps_rules(problem, choice.starts)


def test_nothing_to_choose_from_and_nothing_possible_are_told_apart() -> None:
    team = {"team": Resource.by_period("team", (3.0,))}
    large = Candidate("A", 1.0, {"team": (4.0,)}, 1, 0, 0, mandatory=True)

    assert optimise_with_cpsat(Problem(1, team, {})) == Choice(Status.optimal, {}, 0.0, 0.0)
    assert optimise_with_cpsat(Problem(1, team, {"A": large})) == Choice(Status.infeasible, bound=0.0)
