"""What is critical, how far the rest may slip, and how tasks that wait for each other are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.refusals import CircularDependency
from metrics.domain.scheduling.critical_path import MOST_PATHS, critical_path, find_cycle

Waits = Mapping[str, Sequence[str]]


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Up to eight tasks, each waiting for some of those before it, in any order."""
    names = list("ABCDEFGH")[: draw(st.integers(0, 8))]
    durations = {name: draw(st.integers(0, 20)) * 0.1 for name in draw(st.permutations(names))}
    waits = {
        name: draw(st.lists(st.sampled_from(names[:place]), unique=True)) if place else []
        for place, name in enumerate(names)
    }
    return durations, waits


GRAPHS = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=12)


def every_path(durations: Mapping[str, float], waits: Waits) -> list[list[str]]:
    """Every chain from a task that waits for nobody to one that nobody waits for, by trying all."""
    waited_for = {before for befores in waits.values() for before in befores}

    def chains_to(task: str) -> list[list[str]]:
        if not waits[task]:
            return [[task]]
        return [[*chain, task] for before in waits[task] for chain in chains_to(before)]

    return [chain for task in durations if task not in waited_for for chain in chains_to(task)]


@given(networks())
def test_the_length_is_that_of_the_longest_of_all_paths(network: tuple[dict[str, float], dict[str, list[str]]]) -> None:
    durations, waits = network
    lengths = [sum(durations[task] for task in path) for path in every_path(durations, waits)]
    assert critical_path(durations, waits).length == pytest.approx(max(lengths, default=0))


@given(networks())
def test_no_task_has_less_than_no_float_and_all_keep_to_their_predecessors(
    network: tuple[dict[str, float], dict[str, list[str]]],
) -> None:
    durations, waits = network
    found = critical_path(durations, waits)
    assert list(found.timings) == list(durations)
    for task, timing in found.timings.items():
        assert timing.float_time >= 0
        assert timing.earliest_finish - timing.earliest_start == pytest.approx(durations[task])
        assert timing.latest_finish <= found.length + 1e-9
        for before in waits[task]:
            assert found.timings[before].earliest_finish <= timing.earliest_start
            assert found.timings[before].latest_finish <= timing.latest_start + 1e-9


@given(networks())
def test_a_critical_path_consists_of_tasks_without_float_and_is_as_long_as_the_whole(
    network: tuple[dict[str, float], dict[str, list[str]]],
) -> None:
    durations, waits = network
    found = critical_path(durations, waits)
    assert bool(found.critical_paths) == bool(durations)
    for path in found.critical_paths:
        assert sum(durations[task] for task in path) == pytest.approx(found.length)
        assert [found.timings[task].float_time for task in path] == [0] * len(path)
    assert found.more_paths or {task for path in found.critical_paths for task in path} == set(found.critical)


@given(networks(), st.data())
def test_the_whole_ends_later_by_what_a_task_takes_beyond_its_float(
    network: tuple[dict[str, float], dict[str, list[str]]], data: st.DataObject
) -> None:
    durations, waits = network
    found = critical_path(durations, waits)
    for task in durations:
        more = data.draw(st.integers(0, 40)) * 0.1
        later = critical_path(durations | {task: durations[task] + more}, waits)
        beyond = max(0.0, more - found.timings[task].float_time)
        assert later.length == pytest.approx(found.length + beyond)


def test_two_paths_of_the_same_length_are_both_critical() -> None:
    found = critical_path({"A": 1, "B": 2, "C": 2, "D": 1, "E": 0.5}, {"B": "A", "C": "A", "D": ["B", "C"]})
    assert found.critical_paths == (("A", "B", "D"), ("A", "C", "D"))
    assert found.timings["E"].float_time == 3.5


def test_rounding_makes_no_float() -> None:
    durations = {"A": 0.1, "B": 0.2, "C": 0.3, "D": 1}
    found = critical_path(durations, {"B": ["A"], "D": ["B", "C"]})
    assert found.critical_paths == (("A", "B", "D"), ("C", "D"))
    assert {timing.float_time for timing in found.timings.values()} == {0.0}


def test_no_more_critical_paths_are_listed_than_anybody_reads() -> None:
    layers = 40
    durations = {f"{layer}{side}": 1.0 for layer in range(layers) for side in "ab"}
    waits = {f"{layer}{side}": [f"{layer - 1}a", f"{layer - 1}b"] for layer in range(1, layers) for side in "ab"}
    found = critical_path(durations, waits)
    assert found.length == layers
    assert len(found.critical_paths) == MOST_PATHS
    assert found.more_paths


def test_nothing_takes_no_time_and_a_task_named_twice_waits_once() -> None:
    assert critical_path({}, {}).length == 0
    assert critical_path({"A": 2, "B": 3}, {"B": ["A", "A"]}).critical_paths == (("A", "B"),)


@pytest.mark.parametrize(
    ("durations", "waits", "told"),
    [
        ({"A": -1}, {}, "below 0"),
        ({"A": float("nan")}, {}, "below 0"),
        ({"A": 1}, {"A": ["X", "B"]}, "without a duration: B, X"),
        ({"A": 1}, {"B": ["A"]}, "without a duration: B"),
    ],
)
def test_broken_numbers_and_unknown_tasks_are_errors(durations: dict[str, float], waits: Waits, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        critical_path(durations, waits)


# --- circles


def test_tasks_that_wait_for_each_other_are_refused_with_the_circle_in_order() -> None:
    waits = {"B": ["A", "D"], "C": ["B"], "D": ["C"], "E": ["D"]}
    with pytest.raises(CircularDependency) as refused:
        critical_path(dict.fromkeys("ABCDE", 1.0), waits)
    assert refused.value.data == {"cycle": ("D", "B", "C", "D")}


def test_a_task_that_waits_for_itself_is_a_circle_of_one() -> None:
    with pytest.raises(CircularDependency) as refused:
        critical_path({"A": 1, "B": 1}, {"B": ["A", "B"]})
    assert refused.value.data["cycle"] == ("B", "B")


@pytest.mark.parametrize(
    ("edges", "cycle"),
    [
        ("AB BC CD DA BE EB", ("B", "E", "B")),
        ("AB BA CD DC", ("A", "B", "A")),
        ("CD DC AB BA", ("C", "D", "C")),
        ("AB BC CA AC", ("A", "C", "A")),
        ("AB BC AC", None),
        ("", None),
    ],
)
def test_the_shortest_circle_is_named_and_of_equally_short_ones_the_first(
    edges: str, cycle: tuple[str, ...] | None
) -> None:
    assert find_cycle((edge[0], edge[1]) for edge in edges.split()) == cycle


@given(GRAPHS)
def test_a_circle_is_found_exactly_where_there_is_one_and_none_is_shorter(edges: list[tuple[str, str]]) -> None:
    found = find_cycle(edges)
    shortest = shortest_way_back(edges)
    assert (found is None) == (shortest is None)
    if found is not None:
        assert found[0] == found[-1]
        assert all(step in edges for step in pairwise(found))
        assert len(found) - 1 == shortest


def shortest_way_back(edges: list[tuple[str, str]]) -> int | None:
    """The number of edges of the shortest circle, by walking all ways of one more edge at a time."""
    ways = set(edges)
    for steps in range(1, 7):
        if any(start == end for start, end in ways):
            return steps
        ways = {(start, to) for start, end in ways for at, to in edges if at == end}
    return None


@given(GRAPHS)
def test_a_circle_is_one_whichever_way_round_dependencies_are_written(edges: list[tuple[str, str]]) -> None:
    found, turned = find_cycle(edges), find_cycle([(to, start) for start, to in edges])
    assert (found and len(found)) == (turned and len(turned))
