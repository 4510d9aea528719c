"""A choice while it is being made: what is used up, what still fits, and whether a given choice keeps all the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.windows import demand_by_bucket, is_fixed, most, possible_starts


class Schedule:
    """Starts that keep capacities, windows, order, exclusions and `at_once`; candidates are put in and taken out.

    All buckets stand side by side in one array, the number of running measures by period in another.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.starts: dict[str, int] = {}
        self.possible = possible_starts(problem)
        capacities = [resource.capacity for resource in problem.resources.values()]
        offsets = np.cumsum([0, *map(len, capacities)])
        self._offset = dict(zip(problem.resources, offsets.tolist(), strict=False))
        self._free = np.array([most(value) for values in capacities for value in values], dtype=np.float64)
        self._running = np.zeros(problem.periods, dtype=np.int64)
        self._asked: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}
        self.needs, self.needed_by = _both_ways(problem.after + problem.requires)
        self._before, self._behind = _both_ways(problem.after)
        apart, against = _both_ways(problem.excludes)
        self._never = {name: {*apart.get(name, ()), *against.get(name, ())} for name in problem.candidates}

    @property
    def value(self) -> float:
        """The sum of what was put in adds."""
        return total(self.problem, self.starts)

    def asked(self, name: str, start: int) -> tuple[np.ndarray, np.ndarray]:
        """The buckets that a candidate would use, and how much of each."""
        found = self._asked.get((name, start))
        if found is None:
            amounts = {
                self._offset[resource.id] + bucket: amount
                for resource in self.problem.resources.values()
                for bucket, amount in demand_by_bucket(self.problem.candidates[name], resource, start).items()
            }
            found = np.array([*amounts], dtype=np.int64), np.array([*amounts.values()], dtype=np.float64)
            self._asked[name, start] = found
        return found

    def put(self, name: str, start: int) -> None:
        """Take a candidate up; whether it fits was asked before."""
        self.starts[name] = start
        self._count(name, start, 1)

    def take_out(self, name: str) -> int:
        """Leave a candidate out again; the period in which it was to start."""
        start = self.starts.pop(name)
        self._count(name, start, -1)
        return start

    def _count(self, name: str, start: int, sign: int) -> None:
        buckets, amounts = self.asked(name, start)
        self._free[buckets] -= sign * amounts
        self._running[start : start + self.problem.candidates[name].duration] += sign

    def fits(self, name: str, start: int) -> bool:
        """Whether a candidate that is not in can be put in then, with all that it needs already in."""
        limits = self.earliest(name), self.latest(name)
        if not limits[0] <= start <= limits[1] or not self._never[name].isdisjoint(self.starts):
            return False
        if any(other not in self.starts for other in self.needs.get(name, ())):
            return False
        end = start + self.problem.candidates[name].duration
        if self.problem.at_once is not None and self._running[start:end].max(initial=0) >= self.problem.at_once:
            return False
        buckets, amounts = self.asked(name, start)
        return bool((amounts <= self._free[buckets]).all())

    def earliest(self, name: str) -> int:
        """The first period after all that are in and that it waits for have ended."""
        ends = [self.starts[other] + self.problem.candidates[other].duration for other in self._in(self._before, name)]
        return max(ends, default=0)

    def latest(self, name: str) -> int:
        """The last period from which it ends before those that are in and wait for it start."""
        length = self.problem.candidates[name].duration
        return min(
            (self.starts[other] - length for other in self._in(self._behind, name)), default=self.problem.periods - 1
        )

    def _in(self, pairs: Mapping[str, list[str]], name: str) -> Iterable[str]:
        return (other for other in pairs.get(name, ()) if other in self.starts)


def _both_ways(pairs: tuple[tuple[str, str], ...]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    forth: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for one, other in pairs:
        forth.setdefault(one, []).append(other)
        back.setdefault(other, []).append(one)
    return forth, back


def total(problem: Problem, starts: Starts) -> float:
    """The value of a choice; in the order of the problem's candidates, so that equal choices have equal sums."""
    return float(sum(candidate.value for name, candidate in problem.candidates.items() if name in starts))


def keeps_rules(problem: Problem, starts: Starts) -> bool:
    """Whether a choice keeps windows, capacities, order, needs, exclusions, `at_once`, and takes all it has to."""
    schedule = Schedule(problem)
    if any(is_fixed(candidate) and name not in starts for name, candidate in problem.candidates.items()):
        return False
    if any(start not in schedule.possible[name] for name, start in starts.items()):
        return False
    for name, start in starts.items():
        schedule.put(name, start)
    return all(_still_fits(schedule, name) for name in starts)


def _still_fits(schedule: Schedule, name: str) -> bool:
    start = schedule.take_out(name)
    fits = schedule.fits(name, start)
    schedule.put(name, start)
    return fits


def pulled_forward(problem: Problem, starts: Starts) -> Starts:
    """The same choice with each measure as early as the others let it: never later, and of the same value."""
    schedule = Schedule(problem)
    for name, start in starts.items():
        schedule.put(name, start)
    moved = True
    while moved:
        moved = False
        for name in sorted(starts, key=lambda one: (schedule.starts[one], one)):
            at = schedule.take_out(name)
            sooner = (start for start in schedule.possible[name] if start < at and schedule.fits(name, start))
            first = next(sooner, at)
            schedule.put(name, first)
            moved = moved or first < at
    return dict(schedule.starts)
