"""The best choice of measures that the office can carry: asked for at once, or searched for in a process of its own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from threading import Lock, Thread, Timer

from metrics.domain.portfolio.choice import LIMIT_SECONDS, Choice, Progress, Report, Status
from metrics.domain.portfolio.conflict import Conflict, smallest_conflict
from metrics.domain.portfolio.cpsat import SolverMissing, optimise_with_cpsat
from metrics.domain.portfolio.from_plan import PlanProblem
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.reasons import Reasons, explain
from metrics.domain.portfolio.solvers import Solver
from metrics.domain.refusals import NothingToChoose, TooManySearches

MOST_SECONDS, MOST_RUNNING, MOST_KEPT = 120.0, 2, 32
"""A search's seconds, searches that run at the same time in one server, and answers that are remembered."""
GRACE = 60.0
"""Seconds for reasons and conflict after the search; who takes longer than both is ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search brought: the choice, and why it is as it is; `conflict` where what has to be taken cannot be."""

    solver: Solver
    choice: Choice
    reasons: Reasons | None
    conflict: Conflict | None


def solvers() -> tuple[Solver, ...]:
    """The solvers that are installed, the usual one first."""
    return (Solver.highs, Solver.cpsat) if find_spec("ortools") else (Solver.highs,)


def find_choice(
    plan: PlanProblem,
    solver: Solver = Solver.highs,
    seconds: float = LIMIT_SECONDS,
    report: Report | None = None,
) -> Answer:
    """Search in this process; raises NothingToChoose where no measure can be placed, SolverMissing."""
    if not plan.problem.candidates:
        raise NothingToChoose
    if solver is Solver.cpsat:
        choice = optimise_with_cpsat(plan.problem, seconds, report)
    else:
        choice = optimise(plan.problem, seconds, report)
    if choice.status is Status.infeasible:
        return Answer(solver, choice, None, smallest_conflict(plan.problem))
    reasons = None if choice.status is Status.no_solution_found else explain(plan.problem, choice.starts)
    return Answer(solver, choice, reasons, None)


@dataclass(slots=True)
class Search:
    """A search in a process of its own; `answer` once it is there, `failed` if the process ended without one.

    `change_number` is the ledger's when the question was asked.
    """

    plan: PlanProblem
    solver: Solver
    seconds: float
    change_number: int
    process: subprocess.Popen[bytes]
    steps: list[Progress] = field(default_factory=list)
    answer: Answer | None = None
    cancelled: bool = False
    failed: bool = False

    @property
    def runs(self) -> bool:
        """Whether nothing is known yet of how it ends."""
        return self.answer is None and not self.failed and not self.cancelled

    @property
    def latest(self) -> Progress | None:
        """How far it was when it last told."""
        return self.steps[-1] if self.steps else None


_searches: OrderedDict[str, Search] = OrderedDict()
_numbers, _changing = count(1), Lock()


def start_search(plan: PlanProblem, solver: Solver, seconds: float, change_number: int) -> str:
    """Begin a search beside everything else and return its name; `change_number` is that of the plan.

    Raises NothingToChoose, SolverMissing, and TooManySearches while others still run.
    """
    if not plan.problem.candidates:
        raise NothingToChoose
    if solver not in solvers():
        raise SolverMissing(solver=solver.value, extra="cpsat")
    with _changing:
        if sum(search.runs for search in _searches.values()) >= MOST_RUNNING:
            raise TooManySearches(running=MOST_RUNNING)
        search = Search(plan, solver, seconds, change_number, _begun())
        name = f"{os.getpid()}-{next(_numbers)}"
        _searches[name] = search
        _forget()
    Thread(target=_attend, args=(search,), daemon=True).start()
    return name


def search_named(name: str) -> Search | None:
    """The search of a name; None if it is none, or was forgotten."""
    return _searches.get(name)


def cancel_search(name: str) -> None:
    """End a search; what it had found is gone, and the processor is free."""
    search = _searches.get(name)
    if search is not None and search.runs:
        search.cancelled = True
        search.process.kill()


def _forget() -> None:
    """Forget the oldest answers beyond those that are kept; a search that runs is never one of them."""
    ended = [name for name, search in _searches.items() if not search.runs]
    for name in ended[: max(0, len(_searches) - MOST_KEPT)]:
        del _searches[name]


def _begun() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "metrics.usecases.search_worker"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - no word from outside


def _attend(search: Search) -> None:
    """Hand the question over and take what is told until the process ends."""
    process = search.process
    assert process.stdin is not None
    assert process.stdout is not None
    ending = Timer(search.seconds + GRACE, process.kill)
    ending.daemon = True
    ending.start()
    try:
        with process.stdin as question:
            pickle.dump((search.plan, search.solver, search.seconds), question)
        while search.answer is None:
            found = pickle.load(process.stdout)  # noqa: S301 - written by our own process, which read only our question
            if isinstance(found, Progress):
                search.steps.append(found)
            else:
                search.answer = found
    except (EOFError, OSError, pickle.UnpicklingError):
        pass  # the process has ended without an answer; told below, as is whatever else goes wrong
    finally:
        search.failed = search.answer is None and not search.cancelled
        process.kill()  # has nothing more to say
        process.stdout.close()
        process.wait()
        ending.cancel()
