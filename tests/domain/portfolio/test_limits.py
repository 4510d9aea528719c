"""Overloads, measures at once, and dependencies that a plan breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.portfolio.limits import (
    BrokenDependency,
    DependencyKind,
    Parallel,
    broken_dependencies,
    demand_by_candidate,
    demand_matrix,
    most_at_once,
    overloads,
)
from metrics.domain.portfolio.problem import Bucket, Candidate, Overload, Problem, Resource, ResourceKind
from tests.domain.portfolio.instances import CRUMB, plain_loads, small_problem

YEARS = (0, 0, 1, 1)


def measure(name: str, demand: dict[str, tuple[float, ...]], **over) -> Candidate:
    duration = max(len(amounts) for amounts in demand.values())
    return Candidate(
        **{"id": name, "value": 1.0, "demand": demand, "duration": duration, "earliest": 0, "latest": 3} | over
    )


def problem(*candidates: Candidate, **over) -> Problem:
    """A group with ten person-days in each of four periods, and a pot with 100 euros in each of two years."""
    resources = {
        "G": Resource.by_period("G", (10.0,) * 4),
        "P": Resource("P", ResourceKind.money, (100.0, 100.0), YEARS),
    }
    return Problem(**{"periods": 4, "resources": resources, "candidates": {one.id: one for one in candidates}} | over)


def test_two_measures_of_six_days_are_two_days_too_many_for_ten():
    found = overloads(problem(measure("A", {"G": (6, 6)}), measure("B", {"G": (7, 1)})), {"A": 0, "B": 1})
    assert found == (Overload(Bucket("G", 1), 10.0, 13.0, {"B": 7.0, "A": 6.0}),)
    assert found[0].excess == 3


def test_euros_of_both_periods_of_a_year_come_out_of_the_same_pot():
    plan = problem(measure("A", {"P": (60, 60)}))
    assert overloads(plan, {"A": 0}) == (Overload(Bucket("P", 0), 100.0, 120.0, {"A": 120.0}),)
    assert overloads(plan, {"A": 1}) == ()


def test_overloads_come_by_the_first_period_of_their_bucket_and_then_by_resource():
    plan = problem(measure("A", {"G": (11, 11, 11), "P": (101, 0, 101)}))
    buckets = [found.bucket for found in overloads(plan, {"A": 0})]
    assert buckets == [Bucket("G", 0), Bucket("P", 0), Bucket("G", 1), Bucket("G", 2), Bucket("P", 1)]


def test_demand_that_equals_the_capacity_is_no_overload_however_it_is_rounded():
    tight = {"G": Resource.by_period("G", (0.3,))}
    plan = problem(measure("A", {"G": (0.1,)}), measure("B", {"G": (0.2,)}), periods=1, resources=tight)
    assert 0.1 + 0.2 > 0.3
    assert overloads(plan, {"A": 0, "B": 0}) == ()


def test_a_millionth_too_much_is_an_overload():
    assert len(overloads(problem(measure("A", {"G": (10.00001,)})), {"A": 0})) == 1


def test_a_bucket_without_capacity_takes_no_demand_at_all():
    empty = {"G": Resource.by_period("G", (0.0, 0.0))}
    plan = problem(measure("A", {"G": (1e-12, 0)}), periods=2, resources=empty)
    assert [found.bucket for found in overloads(plan, {"A": 0})] == [Bucket("G", 0)]


def test_a_slimmed_measure_asks_for_its_share():
    plan = problem(measure("A", {"G": (12,)}))
    assert demand_matrix(plan, {"A": 1}, {"A": 0.75}).tolist() == [[0, 9, 0, 0], [0, 0, 0, 0]]
    assert overloads(plan, {"A": 1}, {"A": 0.75}) == ()
    assert demand_by_candidate(plan, {"A": 1}, Bucket("G", 1), {"A": 0.75}) == {"A": 9}


def test_what_is_asked_for_beyond_the_last_period_is_not_looked_at():
    assert demand_matrix(problem(measure("A", {"G": (1, 2, 3)})), {"A": 2}).tolist() == [[0, 0, 1, 2], [0, 0, 0, 0]]


def test_a_plan_without_measures_or_resources_has_no_overloads():
    assert overloads(problem(measure("A", {"G": (99,)})), {}) == ()
    assert overloads(problem(periods=0, resources={}), {}) == ()


def test_measures_at_once_are_counted_by_period_and_held_against_their_limit():
    plan = problem(measure("A", {"G": (1, 1)}), measure("B", {"G": (1, 1)}), measure("C", {"G": (1,)}), at_once=1)
    found = most_at_once(plan, {"B": 1, "A": 0})
    assert found == Parallel((("A",), ("A", "B"), ("B",), ()), 1)
    assert (found.most, found.broken) == (2, (1,))


def test_without_a_limit_any_number_may_run_at_once():
    found = most_at_once(problem(measure("A", {"G": (1,)}), measure("B", {"G": (1,)})), {"A": 3, "B": 3})
    assert (found.most, found.broken) == (2, ())


def test_each_kind_of_dependency_is_named_with_its_pair():
    three = [measure(name, {"G": (1, 1)}) for name in "ABC"]
    plan = problem(*three, after=(("A", "B"),), requires=(("A", "C"),), excludes=(("B", "A"),))
    assert broken_dependencies(plan, {"A": 1, "B": 0}) == (
        BrokenDependency(DependencyKind.after, "A", "B"),
        BrokenDependency(DependencyKind.requires, "A", "C"),
        BrokenDependency(DependencyKind.excludes, "B", "A"),
    )


def test_a_successor_may_start_in_the_period_after_the_end_and_may_do_without_its_predecessor():
    plan = problem(measure("A", {"G": (1,)}), measure("B", {"G": (1, 1)}), after=(("A", "B"),))
    assert broken_dependencies(plan, {"A": 2, "B": 0}) == ()
    assert broken_dependencies(plan, {"A": 0}) == ()


@pytest.mark.parametrize("seed", range(200))
def test_the_overloads_are_those_that_adding_up_one_by_one_finds(seed):
    plan, starts = small_problem(seed)
    taken = {name: (start, 1.0) for name, start in starts.items()}
    expected = {
        Bucket(resource, bucket): pytest.approx(demand)
        for resource, bucket, capacity, demand in plain_loads(plan, taken)
        if demand > capacity + CRUMB
    }
    found = overloads(plan, starts)
    assert {over.bucket: over.demand for over in found} == expected
    assert all(sum(over.demand_of.values()) == over.demand for over in found)


@given(st.integers(0, 10_000), st.data())
def test_postponing_never_raises_load_in_the_periods_before_the_new_start(seed, data):
    plan, starts = small_problem(seed)
    by_period = {name: found for name, found in plan.resources.items() if found.kind is ResourceKind.time}
    plan = replace(
        plan,
        resources=by_period,
        candidates={
            name: replace(found, demand={one: much for one, much in found.demand.items() if one in by_period})
            for name, found in plan.candidates.items()
        },
    )
    assume(starts)
    who = data.draw(st.sampled_from(sorted(starts)))
    later = data.draw(st.integers(starts[who], plan.periods))
    before, after = demand_matrix(plan, starts), demand_matrix(plan, {**starts, who: later})
    assert (after[:, :later] <= before[:, :later] + CRUMB).all()


@given(st.integers(1, 4), st.floats(0.1, 9), st.integers(0, 5), st.integers(0, 5))
def test_a_measure_with_even_demand_never_asks_for_more_in_its_old_periods_once_postponed(duration, much, start, by):
    even = measure("A", {"G": (much,) * duration})
    plan = problem(even, periods=14, resources={"G": Resource.by_period("G", (1.0,) * 14)})
    before, after = demand_matrix(plan, {"A": start}), demand_matrix(plan, {"A": start + by})
    old = slice(start, start + duration)
    assert (after[:, old] <= before[:, old]).all()
    assert after.sum() == pytest.approx(before.sum())
