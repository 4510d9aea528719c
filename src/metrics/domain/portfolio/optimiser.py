"""Which measures to take and when, so that what they add is as much as the office can carry.

Three searches work together: one that fills up and tears down gives a good choice at once; HiGHS works on the whole
question in a thread of its own (it lets other threads run) and gives the bound; meanwhile HiGHS betters the good choice
in parts, with most of it held fast (Shaw 1998, Using constraint programming and local search methods to solve vehicle
routing problems, CP '98). scipy's HiGHS can neither be told a good choice nor asked while it runs, hence the three.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.choice import (
    LIMIT_SECONDS,
    PROVEN_GAP,
    Choice,
    Progress,
    Report,
    Status,
    gap_between,
    judged,
)
from metrics.domain.portfolio.formulation import Formulation, Row, formulate
from metrics.domain.portfolio.greedy import SEED, search
from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.schedule import keeps_rules, pulled_forward, total
from metrics.domain.portfolio.solving import Ending, Solved, relaxed, solve

_TURNS_EACH, _MOST_TURNS = 4, 200  # of the first search, for each candidate and at most
_FIRST_SHARE = 0.08  # of the time, at most, for the first good choice
_SMALL = 200  # columns; small questions are answered whole before their parts are looked at, within …
_PATIENCE = {True: 2.0, False: 0.3}  # … seconds, by whether it is small
_PART_SECONDS = 0.5
_GRACE = 1.0  # seconds that HiGHS may take to notice that its time is over


def optimise(problem: Problem, limit_seconds: float = LIMIT_SECONDS, report: Report | None = None) -> Choice:
    """The best choice that is found within the seconds, with what no choice can exceed.

    Proven best (`Status.optimal`) only if the gap is at most `PROVEN_GAP`. Among starts of the same value each measure
    is moved as early as the others let it, after the search, so that neither value nor bound is touched by it.

    `report` is told the best value whenever a part was tried (about twice a second) and answers whether to go on. The
    bound it sees is that of the relaxation until HiGHS has ended, as scipy has no call-back. After a False the choice
    so far is returned at once, but the thread of HiGHS runs on until its time is over: who wants the processor back
    runs this in a process of its own and ends that. Problem, progress and choice can be pickled.
    """
    begun = time.monotonic()
    form = formulate(problem)
    if form is None:
        return Choice(Status.infeasible, bound=0.0)
    if not form.columns:
        return Choice(Status.optimal, bound=0.0)
    state = _State(problem, form, begun, begun + limit_seconds, report)
    turns = min(_MOST_TURNS, _TURNS_EACH * len(problem.candidates))
    state.take(search(problem, _FIRST_SHARE * limit_seconds, turns=turns))
    state.bound, rows = relaxed(form, state.left)
    if not state.is_told():
        return state.choice()
    whole = _Whole(form, state.left, rows)
    whole.start()
    _improve(state, whole)
    if not state.stopped:
        whole.join(max(state.left, 0) + _GRACE)
    return _concluded(state, whole)


@dataclass
class _State:
    problem: Problem
    form: Formulation
    begun: float
    end: float
    report: Report | None
    best: Starts | None = None
    value: float = 0.0
    bound: float = np.inf
    stopped: bool = False

    @property
    def left(self) -> float:
        return self.end - time.monotonic()

    def take(self, starts: Starts | None, even: bool = False) -> bool:
        """Keep a choice if it is better (or as good) and keeps the rules."""
        if starts is None or not keeps_rules(self.problem, starts):
            return False
        value = total(self.problem, starts)
        if self.best is None or value > self.value or (even and value == self.value):
            self.best, self.value = starts, value
            return True
        return False

    def is_told(self) -> bool:
        """Tell how far it is; whether to go on."""
        if self.report is not None and not self.stopped:
            value = None if self.best is None else self.value
            self.stopped = not self.report(Progress(time.monotonic() - self.begun, value, self.bound))
        return not self.stopped

    def choice(self) -> Choice:
        if self.best is None:
            return Choice(Status.no_solution_found, bound=self.bound)
        return judged(pulled_forward(self.problem, self.best), self.value, self.bound)


class _Whole(Thread):
    """HiGHS on the whole question; `solved` once it has ended, or the `error` that ended it."""

    def __init__(self, form: Formulation, limit_seconds: float, rows: tuple[Row, ...]) -> None:
        super().__init__(daemon=True)
        self._work = form, limit_seconds, rows
        self.solved: Solved | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.solved = solve(*self._work)
        except Exception as error:
            self.error = error


def _concluded(state: _State, whole: _Whole) -> Choice:
    solved = whole.solved
    if whole.error is not None:
        raise whole.error
    if solved is None:
        return state.choice()
    if solved.ending is Ending.infeasible and state.best is None:
        return Choice(Status.infeasible, bound=0.0)
    if solved.ending is not Ending.infeasible:
        state.bound = min(state.bound, solved.bound)
    state.take(solved.starts, even=True)
    state.is_told()
    return state.choice()


def _improve(state: _State, whole: _Whole) -> None:
    """Better the choice part by part until HiGHS has ended, the bound is reached, or time or patience is over."""
    whole.join(min(_PATIENCE[len(state.form.columns) <= _SMALL], max(state.left, 0)))
    parts = _Parts(state.form)
    while whole.is_alive() and state.left > 0 and state.is_told():
        if state.best is None or gap_between(state.value, state.bound) <= PROVEN_GAP / 100:
            whole.join(min(_PART_SECONDS, max(state.left, 0)))
            if state.best is not None:
                break
            continue
        free, base = parts.drawn(state.best)
        seconds = min(_PART_SECONDS, state.left)
        solved = solve(state.form, seconds, free=free, base=base, better_than=state.value)
        parts.learn(solved.ending)
        state.take(solved.starts)


@dataclass
class _Parts:
    """Which part of a choice is set free next: neighbours in time or by chance, more of it after each quick answer."""

    form: Formulation
    share: float = 0.25
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(SEED))

    def drawn(self, starts: Starts) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """The free columns (all of who is not taken, and of a part of who is), and the choice by column."""
        problem, names = self.form.problem, sorted(starts)
        order = [str(name) for name in self.random.permutation(names)]
        if self.random.random() < 0.5:
            period = int(self.random.integers(problem.periods))
            middle = {name: starts[name] + problem.candidates[name].duration / 2 for name in names}
            order.sort(key=lambda name: abs(middle[name] - period))
        held = set(order[max(2, round(self.share * len(order))) :])
        base = np.array([float(starts.get(name) == start) for name, start in self.form.columns])
        return np.array([name not in held for name, _ in self.form.columns]), base

    def learn(self, ending: Ending) -> None:
        """Larger parts if the last one was answered in time, smaller ones if not."""
        self.share = min(1.0, max(0.05, self.share * (0.9 if ending is Ending.out_of_time else 1.1)))
