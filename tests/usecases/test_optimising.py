"""The best choice: asked for at once, or searched for in a process of its own that can be watched and ended."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from metrics.domain.portfolio.choice import Progress, Status
from metrics.domain.portfolio.conflict import ConflictKind
from metrics.domain.portfolio.cpsat import SolverMissing
from metrics.domain.portfolio.from_plan import PlanProblem
from metrics.domain.portfolio.problem import Candidate, Problem, Resource
from metrics.domain.portfolio.reasons import Hindrance
from metrics.domain.portfolio.solvers import Solver
from metrics.domain.refusals import NothingToChoose, TooManySearches
from metrics.usecases import optimising
from metrics.usecases.optimising import (
    MOST_KEPT,
    MOST_RUNNING,
    Search,
    cancel_search,
    find_choice,
    search_named,
    solvers,
    start_search,
)
from tests.domain.portfolio.brute_force import best_value

PRINTS = """
import os
from metrics.domain.portfolio.choice import Progress
from metrics.usecases import search_worker

def found(plan, solver, seconds, report):
    print("a library says something", flush=True)
    os.write(1, b"and its other half below")
    report(Progress(1, None, 9))
    report(Progress(2, 3, 4))
    return plan.periods

search_worker.find_choice = found
search_worker.main()
"""
SLEEPS, DIES, BABBLES = (
    "import time; time.sleep(600)",
    "import sys; sys.stdin.buffer.read(); sys.exit(3)",
    "import sys; sys.stdin.buffer.read(); sys.stdout.write('no pickle at all'); sys.stdout.flush()",
)


@pytest.fixture(autouse=True)
def _none_runs_before_and_after() -> Iterator[None]:
    optimising._searches.clear()
    yield
    for name in list(optimising._searches):
        cancel_search(name)
    optimising._searches.clear()


def a_measure(name: str, value: float, days: float, **over: Any) -> Candidate:
    fields = {"demand": {"KG": (days,)}, "duration": 1, "earliest": 0, "latest": 0, "planned": 0}
    return Candidate(name, value, **{**fields, **over})


def a_plan(*measures: Candidate, capacity: float = 10) -> PlanProblem:
    """One period in which one group has ten days."""
    problem = Problem(1, {"KG": Resource.by_period("KG", (capacity,))}, {one.id: one for one in measures})
    starts = {one.id: one.planned for one in measures if one.planned is not None}
    return PlanProblem(problem, ("2027-Q1",), starts, frozenset(), {}, (), {}, frozenset(), False)


KNAPSACK = a_plan(a_measure("A", 6, 6), a_measure("B", 5, 5), a_measure("C", 5, 5))
"""A alone is worth 6; B and C fit beside each other and are worth 10."""


def worker(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program stand where the search would."""
    command = [sys.executable, "-c", program]
    monkeypatch.setattr(
        optimising, "_begun", lambda: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    )


def ended(name: str, over: Callable[[Search], bool] = lambda search: not search.runs) -> Search:
    """The search once something has come of it."""
    search = search_named(name)
    assert search is not None
    for _ in range(3000):
        if over(search):
            return search
        time.sleep(0.02)
    raise AssertionError("the search goes on and on")


# --- in this process


@pytest.mark.parametrize("solver", list(Solver))
def test_the_best_choice_is_found_and_each_measure_left_out_says_what_it_would_displace(solver: Solver) -> None:
    answer = find_choice(KNAPSACK, solver)

    assert (answer.solver, answer.choice.status, answer.choice.value) == (solver, Status.optimal, 10)
    assert answer.choice.value == best_value(KNAPSACK.problem)
    assert dict(answer.choice.starts) == {"B": 0, "C": 0}
    assert answer.conflict is None
    assert answer.reasons is not None
    (left,) = answer.reasons.rejected
    assert (left.candidate, left.obstacle, left.loss, set(left.drops)) == ("A", Hindrance.displaces, 4, {"B", "C"})
    assert [(one.bucket.resource_id, one.free) for one in answer.reasons.binding] == [("KG", 0)]


def test_measures_that_have_to_be_taken_and_cannot_be_are_named_as_the_smallest_conflict() -> None:
    must = [a_measure(name, 1, days, mandatory=True) for name, days in (("A", 6), ("B", 6), ("C", 1))]
    answer = find_choice(a_plan(*must))

    assert (answer.choice.status, answer.reasons) == (Status.infeasible, None)
    assert answer.conflict is not None
    assert (answer.conflict.kind, set(answer.conflict.measures)) == (ConflictKind.capacity, {"A", "B"})


def test_a_measure_at_work_that_is_not_mandatory_may_be_left_out() -> None:
    begun = replace(a_plan(a_measure("A", 6, 6), a_measure("B", 7, 5)), begun=frozenset({"A"}))
    assert dict(find_choice(begun).choice.starts) == {"B": 0}


def test_where_nothing_can_be_placed_there_is_nothing_to_choose() -> None:
    with pytest.raises(NothingToChoose):
        find_choice(a_plan())
    with pytest.raises(NothingToChoose):
        start_search(a_plan(), Solver.highs, 10, 1)
    assert not optimising._searches


def test_a_solver_that_is_not_installed_is_not_offered_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solvers() == (Solver.highs, Solver.cpsat)
    monkeypatch.setattr(optimising, "find_spec", lambda name: None)
    assert solvers() == (Solver.highs,)
    with pytest.raises(SolverMissing) as refused:
        start_search(KNAPSACK, Solver.cpsat, 10, 1)
    assert refused.value.data == {"solver": "cpsat", "extra": "cpsat"}
    assert not optimising._searches


# --- in a process of its own


def test_a_search_of_its_own_process_answers_as_one_in_this_process_and_tells_how_far_it_is() -> None:
    name = start_search(KNAPSACK, Solver.highs, 10, 7)
    search = ended(name)

    assert search.answer == find_choice(KNAPSACK)
    assert (search.failed, search.cancelled, search.change_number) == (False, False, 7)
    assert search.steps == sorted(search.steps, key=lambda step: step.seconds)
    values = [step.value for step in search.steps if step.value is not None]
    assert values == sorted(values)
    assert all(step.bound >= 10 - 1e-6 for step in search.steps)
    assert search.latest is search.steps[-1]
    search.process.wait(60)


def test_what_a_library_prints_does_not_come_between_the_steps_and_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker(PRINTS, monkeypatch)
    search = ended(start_search(KNAPSACK, Solver.cpsat, 5, 1))
    assert search.steps == [Progress(1, None, 9), Progress(2, 3, 4)]
    answer: Any = search.answer
    assert answer == ("2027-Q1",)


def test_cancelling_ends_the_process_and_frees_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(SLEEPS, monkeypatch)
    names = [start_search(KNAPSACK, Solver.highs, 60, 1) for _ in range(MOST_RUNNING)]
    with pytest.raises(TooManySearches) as refused:
        start_search(KNAPSACK, Solver.highs, 60, 1)
    assert refused.value.data == {"running": MOST_RUNNING}

    first = search_named(names[0])
    assert first is not None and first.runs and first.latest is None
    cancel_search(names[0])

    assert (first.runs, first.cancelled, first.answer, first.failed) == (False, True, None, False)
    assert first.process.wait(60) != 0
    third = start_search(KNAPSACK, Solver.highs, 60, 1)
    assert third not in names


def test_cancelling_what_has_ended_or_never_was_changes_nothing() -> None:
    name = start_search(KNAPSACK, Solver.highs, 10, 1)
    search = ended(name)
    cancel_search(name)
    cancel_search("0-0")
    assert (search.cancelled, search.answer is not None) == (False, True)
    assert search_named("0-0") is None


@pytest.mark.parametrize("program", [DIES, BABBLES], ids=["dies", "babbles"])
def test_a_process_that_ends_without_an_answer_has_failed_and_frees_its_place(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker(program, monkeypatch)
    search = ended(start_search(KNAPSACK, Solver.highs, 60, 1))
    assert (search.failed, search.answer, search.cancelled) == (True, None, False)
    search.process.wait(60)


def test_a_process_that_never_ends_is_ended_and_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(SLEEPS, monkeypatch)
    monkeypatch.setattr(optimising, "GRACE", 0.0)
    search = ended(start_search(KNAPSACK, Solver.highs, 0.1, 1))
    assert search.failed


def test_answers_are_forgotten_the_oldest_first_but_a_search_that_runs_never_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker(SLEEPS, monkeypatch)
    runs = start_search(KNAPSACK, Solver.highs, 60, 1)
    others = []
    for _ in range(MOST_KEPT + 2):
        others.append(start_search(KNAPSACK, Solver.highs, 60, 1))
        cancel_search(others[-1])

    running = search_named(runs)
    assert running is not None and running.runs
    assert [search_named(name) is None for name in others[:3]] == [True, True, True]
    assert search_named(others[3]) is not None
    assert len(optimising._searches) == MOST_KEPT
