"""The fewest measures to postpone, slim or drop so that a plan fits, and single moves against one overload."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.measures import DependencyKind
from metrics.domain.portfolio import relief_search
from metrics.domain.portfolio.limits import BrokenDependency, overloads
from metrics.domain.portfolio.moves import Alternative, Move, MoveKind, alternatives, cost, moves_of
from metrics.domain.portfolio.no_relief import NoRelief, Reason
from metrics.domain.portfolio.problem import Bucket, Candidate, Problem, Resource, Starts
from metrics.domain.portfolio.relief import Proof, Relief, fits, relieve
from tests.domain.portfolio.instances import plain_loads, plainly_feasible, small_problem

SHARES = (0.75, 0.5)
PATIENT = 60.0
"""Seconds that no small plan needs, so that no test depends on how busy the machine is."""


def measure(name: str, *days: float, **over) -> Candidate:
    return Candidate(
        **{"id": name, "value": 1.0, "demand": {"G": days}, "duration": len(days), "earliest": 0, "latest": 0} | over
    )


def problem(*candidates: Candidate, capacity: tuple[float, ...] = (10, 10, 10), **over) -> Problem:
    resources = {"G": Resource.by_period("G", capacity)}
    return Problem(len(capacity), resources, {one.id: one for one in candidates}, **over)


def relief_of(plan: Problem, starts: Starts, shares: tuple[float, ...] = SHARES) -> Relief:
    found = relieve(plan, starts, shares, PATIENT)
    assert isinstance(found, Relief)
    return found


def taken_after(found: Relief) -> dict[str, tuple[int, float]]:
    return {name: (start, found.shares.get(name, 1.0)) for name, start in found.starts.items()}


def test_a_plan_that_fits_needs_nothing():
    found = relief_of(problem(measure("A", 10)), {"A": 0})
    assert found == Relief((), {"A": 0}, {}, 0, 0.0, Proof.best)
    assert (found.touched, found.loss, found.delay, found.gap) == (0, 0, 0, 0)


def test_to_postpone_costs_no_value_and_so_comes_before_slimming_and_dropping():
    found = relief_of(problem(measure("A", 6, latest=2), measure("B", 6)), {"A": 0, "B": 0})
    assert found.moves == (Move("A", MoveKind.postpone, 1, 1.0, 0.0, 1),)
    assert (found.starts, found.shares, found.bound, found.proof) == ({"A": 1, "B": 0}, {}, 1, Proof.best)


def test_to_slim_loses_as_much_value_as_demand_and_comes_before_dropping():
    found = relief_of(problem(measure("A", 6, value=8), measure("B", 5, value=4)), {"A": 0, "B": 0})
    assert found.moves == (Move("B", MoveKind.slim, 0, 0.75, 1.0, 0),)
    assert (found.starts, found.shares) == ({"A": 0, "B": 0}, {"B": 0.75})
    assert (found.loss, found.delay) == (1, 0)


def test_what_neither_fits_later_nor_slimmed_is_dropped_the_least_valuable_first():
    found = relief_of(problem(measure("A", 10, value=5), measure("B", 10, value=4)), {"A": 0, "B": 0})
    assert found.moves == (Move("B", MoveKind.drop, None, 0.0, 4.0, 0),)
    assert found.starts == {"A": 0}


def test_one_measure_is_touched_rather_than_two_even_if_that_loses_more():
    plan = problem(
        measure("big", 8, value=9), measure("A", 4, value=1), measure("B", 4, value=1), measure("C", 2), capacity=(10,)
    )
    found = relief_of(plan, dict.fromkeys(plan.candidates, 0), ())
    assert [move.candidate_id for move in found.moves] == ["big"]
    assert cost(found.moves) == (1, 9, 0)


def test_the_office_says_which_shares_a_measure_can_do_with():
    plan, starts = problem(measure("A", 10, value=10), measure("B", 4, mandatory=True, pinned=True)), {"A": 0, "B": 0}
    assert relief_of(plan, starts, (0.6,)).loss == pytest.approx(4)
    assert relief_of(plan, starts, ()).loss == 10


@pytest.mark.parametrize("share", [0, 1, -0.5, 1.5])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        relieve(problem(measure("A", 11)), {"A": 0}, (share,))


def test_a_successor_moves_along_with_what_it_waits_for():
    plan = problem(
        measure("first", 8, latest=1, mandatory=True),
        measure("pinned", 8, planned=0, pinned=True),
        measure("then", 5, earliest=1, latest=2, value=3),
        after=(("then", "first"),),
    )
    found = relief_of(plan, {"first": 0, "pinned": 0, "then": 1}, ())
    assert [(move.candidate_id, move.start) for move in found.moves] == [("first", 1), ("then", 2)]
    assert (found.delay, found.bound, found.proof) == (2, 2, Proof.best)


def test_what_requires_a_dropped_measure_is_dropped_as_well():
    plan = problem(
        measure("base", 9, value=1),
        measure("top", 0, value=1),
        measure("fixed", 9, mandatory=True),
        requires=(("top", "base"),),
    )
    found = relief_of(plan, {"base": 0, "top": 0, "fixed": 0}, ())
    assert [(move.candidate_id, move.kind) for move in found.moves] == [("base", MoveKind.drop), ("top", MoveKind.drop)]


def test_a_broken_dependency_and_too_many_at_once_are_mended_as_well():
    late = problem(measure("A", 1, latest=2), measure("B", 1, latest=1), after=(("A", "B"),))
    assert relief_of(late, {"A": 0, "B": 0}).starts == {"A": 1, "B": 0}
    both = problem(measure("A", 1, value=2), measure("B", 1), excludes=(("A", "B"),))
    assert relief_of(both, {"A": 0, "B": 0}).starts == {"A": 0}
    crowd = problem(measure("A", 1, latest=1), measure("B", 1), at_once=1)
    assert relief_of(crowd, {"A": 0, "B": 0}).starts == {"A": 1, "B": 0}


def test_a_measure_is_never_postponed_beyond_the_horizon_where_nothing_is_counted():
    plan = problem(measure("A", 6, 6, latest=9, mandatory=True), measure("B", 6, 0, 6, mandatory=True))
    assert relieve(plan, {"A": 0, "B": 0}, (), PATIENT) == NoRelief(
        Reason.not_possible, ("A", "B"), overloads(plan, {"A": 0, "B": 0})
    )


def test_not_possible_names_the_bucket_that_mandatory_and_pinned_measures_alone_overload():
    plan = problem(
        measure("duty", 8, mandatory=True), measure("fixed", 8, planned=0, pinned=True), measure("free", 9, value=9)
    )
    found = relieve(plan, dict.fromkeys(plan.candidates, 0), SHARES, PATIENT)
    assert isinstance(found, NoRelief)
    assert (found.reason, found.kept, found.dependencies, found.periods) == (
        Reason.not_possible,
        ("duty", "fixed"),
        (),
        (),
    )
    assert [(over.bucket, dict(over.demand_of)) for over in found.overloads] == [
        (Bucket("G", 0), {"fixed": 8, "duty": 4})
    ]


def test_not_possible_names_dependencies_and_periods_if_capacity_is_not_what_lacks():
    pair = measure("A", 1, planned=0, pinned=True), measure("B", 1, planned=0, pinned=True)
    together = relieve(problem(*pair, excludes=(("A", "B"),)), {"A": 0, "B": 0}, SHARES, PATIENT)
    assert together == NoRelief(
        Reason.not_possible, ("A", "B"), dependencies=(BrokenDependency(DependencyKind.excludes, "A", "B"),)
    )
    crowded = relieve(problem(*pair, at_once=1), {"A": 0, "B": 0}, SHARES, PATIENT)
    assert crowded == NoRelief(Reason.not_possible, ("A", "B"), periods=(0,))
    alone = relieve(problem(*pair, requires=(("A", "B"),)), {"A": 0}, SHARES, PATIENT)
    assert alone == NoRelief(
        Reason.not_possible, ("A",), dependencies=(BrokenDependency(DependencyKind.requires, "A", "B"),)
    )


def test_an_excess_below_the_precision_of_the_solver_is_relieved_all_the_same():
    plan = problem(measure("A", 600_000, latest=1), measure("B", 400_000.5), capacity=(1e6, 1e6))
    found = relief_of(plan, {"A": 0, "B": 0})
    assert found.starts == {"A": 1, "B": 0}


def test_without_time_only_what_was_found_and_the_bound_that_goes_without_saying_are_claimed():
    plan = problem(*(measure(f"M{number}", 4, value=number) for number in range(8)))
    found = relieve(plan, dict.fromkeys(plan.candidates, 0), SHARES, 0)
    assert isinstance(found, Relief)
    assert overloads(plan, found.starts, found.shares) == ()
    assert (found.touched, found.bound, found.proof, found.loss_bound) == (6, 1, Proof.bounded, 0)
    assert found.gap == pytest.approx(5 / 6)


def test_without_time_nothing_is_said_to_be_impossible():
    plan = problem(measure("A", 8, mandatory=True, latest=1), measure("B", 8, mandatory=True))
    assert relieve(plan, {"A": 0, "B": 0}, SHARES, 0) == NoRelief(Reason.out_of_time)


def all_moves(plan: Problem, name: str, start: int) -> list[tuple[float, int, int | None, float]]:
    """Loss, delay, start and share of every move of a measure, by the definition and not by the code under test."""
    found = plan.candidates[name]
    if found.pinned:
        return []
    later = [(0.0, other - start, other, 1.0) for other in range(start + 1, found.latest + 1)]
    slim = [(found.value * (1 - share), 0, start, share) for share in SHARES]
    return [*later, *slim, *([] if found.mandatory else [(found.value, 0, None, 0.0)])]


def by_trying_all(plan: Problem, starts: Starts) -> tuple[int, float, int] | None:
    """Touched, loss and delay of the best relief; None if there is none."""
    for count in range(len(starts) + 1):
        found = []
        for names in combinations(starts, count):
            for moves in product(*(all_moves(plan, name, starts[name]) for name in names)):
                taken: dict[str, tuple[int, float]] = {name: (start, 1.0) for name, start in starts.items()}
                for name, (_, _, start, share) in zip(names, moves, strict=True):
                    del taken[name]
                    if start is not None:
                        taken[name] = start, share
                if plainly_feasible(plan, taken):
                    found.append((round(sum(move[0] for move in moves), 6), sum(move[1] for move in moves)))
        if found:
            return count, *min(found)
    return None


@pytest.mark.parametrize("seed", range(200))
def test_the_relief_is_the_one_that_trying_everything_finds(seed):
    plan, starts = small_problem(seed)
    found, expected = relieve(plan, starts, SHARES, PATIENT), by_trying_all(plan, starts)
    if expected is None:
        assert isinstance(found, NoRelief)
        assert found.reason is Reason.not_possible
        assert found.overloads or found.dependencies or found.periods
    else:
        assert isinstance(found, Relief)
        assert (found.touched, found.loss, found.delay) == (expected[0], pytest.approx(expected[1]), expected[2])
        assert (found.bound, found.gap, found.proof) == (expected[0], 0, Proof.best)


def test_the_random_plans_are_of_every_kind():
    found = [by_trying_all(*small_problem(seed)) for seed in range(200)]
    counts = [None if one is None else one[0] for one in found]
    assert all(counts.count(kind) >= 10 for kind in (None, 0, 1, 2))
    assert sum(one is not None and one[2] > 0 for one in found) >= 20
    assert sum(one is not None and one[1] > 0 for one in found) >= 20


SEEDS = st.integers(0, 100_000)


@given(SEEDS)
def test_after_the_relief_nothing_is_over_and_nothing_broken(seed):
    plan, starts = small_problem(seed)
    found = relieve(plan, starts, SHARES, PATIENT)
    assume(isinstance(found, Relief))
    assert overloads(plan, found.starts, found.shares) == ()
    assert plainly_feasible(plan, taken_after(found))
    assert all(
        found.starts.get(name) == start and name not in found.shares
        for name, start in starts.items()
        if plan.candidates[name].pinned
    )


def price(plan: Problem, starts: Starts) -> tuple[float, float, float]:
    """What the relief costs, and infinitely much if there is none; values are tenths times quarters."""
    found = relieve(plan, starts, SHARES, PATIENT)
    if isinstance(found, NoRelief):
        return (float("inf"),) * 3
    return found.touched, round(found.loss, 6), found.delay


@given(SEEDS, st.data())
def test_pinning_never_makes_the_relief_cheaper(seed, data):
    plan, starts = small_problem(seed)
    assume(starts)
    name = data.draw(st.sampled_from(sorted(starts)))
    pinned = {**plan.candidates, name: replace(plan.candidates[name], pinned=True)}
    assert price(replace(plan, candidates=pinned), starts) >= price(plan, starts)


@given(SEEDS, st.data())
def test_less_capacity_never_makes_the_relief_cheaper(seed, data):
    plan, starts = small_problem(seed)
    name = data.draw(st.sampled_from(sorted(plan.resources)))
    share = data.draw(st.sampled_from([0.0, 0.25, 0.5, 0.9]))
    resource = plan.resources[name]
    less = replace(resource, capacity=tuple(share * much for much in resource.capacity))
    assert price(replace(plan, resources={**plan.resources, name: less}), starts) >= price(plan, starts)


def test_the_single_moves_against_an_overload_come_with_what_they_cost_the_cheapest_first():
    plan = problem(measure("A", 7, value=8, latest=2), measure("B", 4, value=2), measure("C", 8, earliest=1, latest=1))
    found = alternatives(plan, {"A": 0, "B": 0, "C": 1}, Bucket("G", 0))
    assert found == (
        Alternative(Move("A", MoveKind.postpone, 2, 1.0, 0.0, 2), ()),
        Alternative(Move("B", MoveKind.slim, 0, 0.75, 0.5, 0), ()),
        Alternative(Move("B", MoveKind.slim, 0, 0.5, 1.0, 0), ()),
        Alternative(Move("A", MoveKind.slim, 0, 0.75, 2.0, 0), ()),
        Alternative(Move("B", MoveKind.drop, None, 0.0, 2.0, 0), ()),
        Alternative(Move("A", MoveKind.slim, 0, 0.5, 4.0, 0), ()),
        Alternative(Move("A", MoveKind.drop, None, 0.0, 8.0, 0), ()),
        Alternative(Move("A", MoveKind.postpone, 1, 1.0, 0.0, 1), (Bucket("G", 1),)),
    )


def test_no_single_move_helps_where_two_measures_have_to_give_way():
    plan = problem(*(measure(name, 9) for name in "ABC"))
    assert alternatives(plan, dict.fromkeys("ABC", 0), Bucket("G", 0)) == ()


@pytest.mark.parametrize("seed", range(200))
def test_the_single_moves_are_those_that_mend_and_break_nothing_else(seed):
    plan, starts = small_problem(seed)
    whole = {name: (start, 1.0) for name, start in starts.items()}
    if not plainly_feasible(replace(plan, resources={}), whole):  # a move can only break what the plan keeps
        plan = replace(plan, after=(), requires=(), excludes=(), at_once=None)
    loose = replace(plan, resources={})
    before = {(one, bucket): demand for one, bucket, _, demand in plain_loads(plan, whole)}
    for over in overloads(plan, starts):
        expected = set()
        for name in starts:
            for move in moves_of(plan, plan.candidates[name], starts[name], SHARES)[1:]:
                taken = {one: found for one, found in whole.items() if one != name}
                if move.start is not None:
                    taken[name] = move.start, move.share
                loads = {(one, bucket): (much, demand) for one, bucket, much, demand in plain_loads(plan, taken)}
                mended = loads[over.bucket.resource_id, over.bucket.index]
                if mended[1] <= mended[0] + 1e-6 and plainly_feasible(loose, taken):
                    worse = [
                        Bucket(*key)
                        for key, (much, demand) in loads.items()
                        if demand > much + 1e-6 and demand > before[key] + 1e-6
                    ]
                    expected.add((move, frozenset(worse)))
        found = {(one.move, frozenset(one.worsens)) for one in alternatives(plan, starts, over.bucket, SHARES)}
        assert found == expected


def test_what_fits_is_what_keeps_all_limits():
    plan = problem(measure("A", 10), measure("B", 1), excludes=(("A", "B"),), at_once=1)
    assert fits(plan, {"A": 0})
    assert not fits(plan, {"A": 0, "B": 1})


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_a_plan_too_large_to_be_solved_whole_gets_as_few_moves_and_claims_no_more_than_that(seed, monkeypatch):
    monkeypatch.setattr(relief_search, "WHOLE_PLAN", 0)
    plan, starts = small_problem(seed)
    found, expected = relieve(plan, starts, SHARES, PATIENT), by_trying_all(plan, starts)
    if expected is None:
        assert isinstance(found, NoRelief)
    else:
        assert isinstance(found, Relief)
        assert plainly_feasible(
            plan, {name: (start, found.shares.get(name, 1.0)) for name, start in found.starts.items()}
        )
        assert (found.touched, found.bound) == (expected[0], expected[0])
        assert (round(found.loss, 6), found.delay) >= expected[1:]
        assert found.proof is (Proof.fewest if expected[0] else Proof.best)
