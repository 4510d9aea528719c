"""A good choice fast: fill up by value for the room it takes, then tear down a part and fill up anew, many times.

"Ruin and recreate" after Schrimpf, Schneider, Stamm-Wilbrandt & Dueck (2000), Record breaking optimization results
using the ruin and recreate principle, Journal of Computational Physics 159. Nothing is proven; the draws are always
the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.schedule import Schedule, total
from metrics.domain.portfolio.windows import is_fixed

SEED = 20270101
MOST_TURNS = 4000
_EARLY = 0.5  # so often the first period that fits is taken, else any
_SHARE = 0.25  # of the choice, at most, is torn down at a time


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.schedule = Schedule(problem)
        self.random = np.random.default_rng(SEED)
        self.fixed = {name for name, candidate in problem.candidates.items() if is_fixed(candidate)}
        self.worth = self._worth()

    def _worth(self) -> dict[str, float]:
        """Value for each share of all that is free; those of a resource that everybody wants count more."""
        free = np.maximum(self.schedule._free, 1e-9)
        found = {}
        for name, candidate in self.problem.candidates.items():
            shares = [
                float((amounts / free[buckets]).sum())
                for start in self.schedule.possible[name][:1]
                for buckets, amounts in [self.schedule.asked(name, start)]
            ]
            found[name] = candidate.value / (0.05 + sum(shares))
        return found

    def put_in(self, name: str, under_way: frozenset[str] = frozenset()) -> bool:
        """Take a candidate up as early as it fits, with all it needs; all or nothing."""
        before = dict(self.schedule.starts)
        with_it = under_way | {name}
        for other in self.schedule.needs.get(name, ()):
            if other not in self.schedule.starts and (other in with_it or not self.put_in(other, with_it)):
                self._back_to(before)
                return False
        room = [start for start in self.schedule.possible[name] if self.schedule.fits(name, start)]
        if room:
            early = self.random.random() < _EARLY
            self.schedule.put(name, room[0] if early else room[int(self.random.integers(len(room)))])
            return True
        self._back_to(before)
        return False

    def take_out(self, name: str) -> None:
        """Leave a candidate out, and all that need it."""
        if name in self.schedule.starts:
            self.schedule.take_out(name)
            for other in self.schedule.needed_by.get(name, ()):
                self.take_out(other)

    def _back_to(self, starts: Starts) -> None:
        for name in [one for one in self.schedule.starts if one not in starts]:
            self.schedule.take_out(name)
        for name, start in starts.items():
            if self.schedule.starts.get(name) != start:
                if name in self.schedule.starts:
                    self.schedule.take_out(name)
                self.schedule.put(name, start)

    def fill_up(self, noise: float) -> bool:
        """Put in what fits, those that have to be in first; False if one of them does not fit."""
        missing = [name for name in self.problem.candidates if name not in self.schedule.starts]
        drawn = dict(zip(missing, np.exp(noise * self.random.standard_normal(len(missing))), strict=True))
        order = sorted(missing, key=lambda one: (one not in self.fixed, -self.worth[one] * drawn[one], one))
        for name in order:
            if name not in self.schedule.starts and not self.put_in(name) and name in self.fixed:
                return False
        return True

    def tear_down(self) -> None:
        """Take a part out: by chance, or all that run in one period."""
        names = sorted(self.schedule.starts)
        if not names:
            return
        if self.random.random() < 0.5:
            period = int(self.random.integers(self.problem.periods))
            names = [name for name in names if self._runs(name, period)] or names
        number = int(self.random.integers(1, max(2, int(_SHARE * len(self.schedule.starts)) + 1)))
        for name in self.random.permutation(names)[:number]:
            self.take_out(str(name))

    def _runs(self, name: str, period: int) -> bool:
        start = self.schedule.starts[name]
        return start <= period < start + self.problem.candidates[name].duration

    def restart_from(self, starts: Starts) -> None:
        """Go on from another choice."""
        self._back_to(starts)


def search(
    problem: Problem, limit_seconds: float, found: Callable[[float], bool] | None = None, turns: int = MOST_TURNS
) -> Starts | None:
    """The best choice that was found within the seconds or turns; None if what has to be taken never fitted together.

    `found` is told each better value and says whether to go on.
    """
    end = time.monotonic() + limit_seconds
    state, best, best_value = _Search(problem), None, -1.0
    for turn in range(turns):
        if state.fill_up(0.0 if turn == 0 else 0.6):
            value = total(problem, state.schedule.starts)
            if best is None or value > best_value:
                best, best_value = dict(state.schedule.starts), value
                if found is not None and not found(value):
                    break
            elif value < best_value - 0.02 * abs(best_value):
                state.restart_from(best)
        else:
            state.restart_from(best or {})
        if time.monotonic() >= end:
            break
        state.tear_down()
    return best
