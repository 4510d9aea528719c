"""Critical path (CPM): what must not slip, and how far everything else may, if tasks wait for each other to end.

Forward and backward pass over tasks with one duration each (Kelley and Walker 1959, Critical-path planning and
scheduling). Durations are in any one unit: weeks, days or periods.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from metrics.domain.refusals import CircularDependency

MOST_PATHS = 20
"""A network may have more critical paths than anybody reads, so no more are listed."""
_TOLERANCE = 1e-9
"""Share of the length below which a float is rounding and not time."""

Successors = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Timing:
    """When a task starts and finishes at the earliest, and at the latest without the whole ending later."""

    earliest_start: float
    earliest_finish: float
    latest_start: float
    latest_finish: float

    @property
    def float_time(self) -> float:
        """Total float: how far the task may slip without the whole ending later."""
        return self.latest_start - self.earliest_start

    @property
    def critical(self) -> bool:
        """Whether the whole ends later as soon as this task slips."""
        return self.float_time == 0


@dataclass(frozen=True, slots=True)
class Network:
    """`length` of the whole, `timings` by task, and the critical paths, each a chain of ids without a gap.

    `more_paths` if there are more than the `MOST_PATHS` that are listed.
    """

    length: float
    timings: Mapping[str, Timing]
    critical_paths: tuple[tuple[str, ...], ...]
    more_paths: bool

    @property
    def critical(self) -> tuple[str, ...]:
        """All critical tasks, in the order given."""
        return tuple(task for task, timing in self.timings.items() if timing.critical)


def critical_path(durations: Mapping[str, float], predecessors: Mapping[str, Collection[str]]) -> Network:
    """The network of tasks, each of which starts once all its predecessors have finished.

    A task that `predecessors` does not name waits for nobody. Raises CircularDependency if tasks wait for each other,
    ValueError for a duration below 0 or a predecessor or task without a duration.
    """
    if any(not duration >= 0 for duration in durations.values()):
        raise ValueError("a duration is below 0")
    waits = {task: tuple(dict.fromkeys(predecessors.get(task, ()))) for task in durations}
    unknown = {*predecessors, *(before for tasks in waits.values() for before in tasks)} - durations.keys()
    if unknown:
        raise ValueError(f"without a duration: {', '.join(sorted(unknown))}")
    edges = [(before, task) for task, tasks in waits.items() for before in tasks]
    successors = _successors(edges)
    order = _in_order(durations, edges)
    if len(order) < len(durations):
        raise CircularDependency(cycle=find_cycle(edges))
    earliest: dict[str, float] = {}
    for task in order:
        earliest[task] = max((earliest[before] + durations[before] for before in waits[task]), default=0.0)
    length = max((earliest[task] + durations[task] for task in order), default=0.0)
    latest: dict[str, float] = {}
    for task in reversed(order):
        finish = min((latest[after] for after in successors.get(task, ())), default=length)
        start = finish - durations[task]
        latest[task] = earliest[task] if start - earliest[task] <= _rounding(length) else start
    timings = {
        task: Timing(earliest[task], earliest[task] + durations[task], latest[task], latest[task] + durations[task])
        for task in durations
    }
    paths = list(islice(_critical_chains(timings, waits, successors), MOST_PATHS + 1))
    return Network(length, timings, tuple(paths[:MOST_PATHS]), len(paths) > MOST_PATHS)


def find_cycle(edges: Iterable[tuple[str, str]]) -> tuple[str, ...] | None:
    """The shortest cycle among edges `(from, to)`, closed: `("A", "B", "A")`; None if there is none.

    Of equally short ones the one with the edge named first. Works for dependencies either way round; the cycle follows
    the edges.
    """
    edges = list(edges)
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    forward = set(_in_order(nodes, edges))
    backward = set(_in_order(nodes, [(to, start) for start, to in edges]))
    left = [edge for edge in edges if not forward.intersection(edge) and not backward.intersection(edge)]
    successors = _successors(left)
    shortest: tuple[str, ...] | None = None
    for node in successors:
        found = _way_back(node, successors, len(shortest) if shortest else None)
        shortest = found or shortest
    return shortest


def _rounding(length: float) -> float:
    return _TOLERANCE * max(1.0, length)


def _successors(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for start, to in edges:
        found[start].append(to)
    return dict(found)


def _in_order(nodes: Iterable[str], edges: Collection[tuple[str, str]]) -> list[str]:
    """Nodes so that every edge leads onwards; those on a cycle or behind one are left out."""
    waiting = dict.fromkeys(nodes, 0)
    for _, to in edges:
        waiting[to] += 1
    successors = _successors(edges)
    order = [node for node, count in waiting.items() if count == 0]
    for node in order:  # grows while it is walked through
        for to in successors.get(node, ()):
            waiting[to] -= 1
            if waiting[to] == 0:
                order.append(to)
    return order


def _way_back(start: str, successors: Successors, shorter_than: int | None) -> tuple[str, ...] | None:
    """The shortest way from a node to itself; None if there is none with fewer nodes (the first twice)."""
    came_from: dict[str, str] = {}
    steps = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if shorter_than is not None and steps[node] + 2 >= shorter_than:
            return None
        for to in successors.get(node, ()):
            if to == start:
                way = [start, node]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if to not in steps:
                steps[to], came_from[to] = steps[node] + 1, node
                queue.append(to)
    return None


def _critical_chains(
    timings: Mapping[str, Timing], waits: Mapping[str, Collection[str]], successors: Successors
) -> Iterator[tuple[str, ...]]:
    """Chains of critical tasks from a first to a last one, each starting when the one before it finishes."""
    rounding = _rounding(max((timing.earliest_finish for timing in timings.values()), default=0.0))

    def follows(before: str, after: str) -> bool:
        one, other = timings[before], timings[after]
        return one.critical and other.critical and other.earliest_start - one.earliest_finish <= rounding

    firsts = [
        task
        for task, timing in timings.items()
        if timing.critical and not any(follows(before, task) for before in waits[task])
    ]
    chains: list[tuple[str, ...]] = [(task,) for task in reversed(firsts)]
    while chains:
        chain = chains.pop()
        onwards = [after for after in successors.get(chain[-1], ()) if follows(chain[-1], after)]
        if not onwards:
            yield chain
        chains += [(*chain, after) for after in reversed(onwards)]
