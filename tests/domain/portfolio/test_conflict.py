"""What cannot all be taken is told as the smallest set of measures, and as what they break."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from metrics.domain.portfolio.conflict import Conflict, ConflictKind, smallest_conflict
from metrics.domain.portfolio.problem import Bucket, Candidate, Overload, Problem, Resource, ResourceKind
from tests.domain.portfolio.brute_force import best_value, random_problem


def must(name: str, *days: float, latest: int = 0, earliest: int = 0) -> Candidate:
    return Candidate(name, 1.0, {"team": days}, len(days), earliest, latest, mandatory=True)


def problem_of(capacity: tuple[float, ...], *candidates: Candidate, **more: object) -> Problem:
    resources = {"team": Resource.by_period("team", capacity)}
    return Problem(len(capacity), resources, {one.id: one for one in candidates}, **more)  # type: ignore[arg-type]


def only_these_forced(problem: Problem, forced: tuple[str, ...]) -> Problem:
    """The problem in which nothing else has to be taken; starts stay as they are."""

    def loosened(name: str, candidate: Candidate) -> Candidate:
        if name in forced:
            return candidate
        starts = candidate.starts
        return replace(candidate, mandatory=False, pinned=False, earliest=starts[0], latest=starts[-1])

    return replace(problem, candidates={name: loosened(name, one) for name, one in problem.candidates.items()})


INFEASIBLE = [seed for seed in range(200) if best_value(random_problem(seed)) is None]


@pytest.mark.parametrize("seed", INFEASIBLE)
def test_a_conflict_is_one_and_no_smaller_set_is(seed: int) -> None:
    problem = random_problem(seed)

    found = smallest_conflict(problem)

    assert found is not None and found.is_smallest
    assert best_value(only_these_forced(problem, found.measures)) is None
    forced = [
        name for name, one in problem.candidates.items() if one.mandatory or (one.pinned and one.planned is not None)
    ]
    for fewer in combinations(forced, len(found.measures) - 1):
        assert best_value(only_these_forced(problem, fewer)) is not None


def test_what_can_all_be_taken_is_no_conflict() -> None:
    assert smallest_conflict(problem_of((4, 4), must("A", 4, latest=1), must("B", 4, latest=1))) is None


def test_two_of_three_that_want_the_same_bucket_are_named_with_what_it_lacks() -> None:
    problem = problem_of((5, 9), must("A", 3), must("B", 4), must("C", 2, earliest=1, latest=1))

    assert smallest_conflict(problem) == Conflict(
        ConflictKind.capacity, ("A", "B"), (Overload(Bucket("team", 0), 5, 7, {"B": 4, "A": 3}),)
    )


def test_one_large_measure_is_named_before_several_that_clash_too() -> None:
    problem = problem_of((5, 9), must("A", 3), must("B", 3), must("large", 10, earliest=1, latest=1))

    found = smallest_conflict(problem)

    assert found is not None
    assert found.measures == ("large",)
    assert found.overloads == (Overload(Bucket("team", 1), 9, 10, {"large": 10}),)


def test_three_in_two_periods_are_told_with_the_buckets_that_only_together_are_too_small() -> None:
    problem = problem_of((5, 5), must("A", 4, latest=1), must("B", 4, latest=1), must("C", 4, latest=1))

    found = smallest_conflict(problem)

    assert found is not None
    assert (found.kind, found.measures) == (ConflictKind.capacity, ("A", "B", "C"))
    (overload,) = found.overloads
    assert (overload.capacity, overload.demand, overload.excess) == (5, 8, 3)


def test_what_a_mandatory_measure_needs_counts_with_it() -> None:
    helper = Candidate("helper", 0.0, {"team": (9.0,)}, 1, 0, 0)
    problem = problem_of((5, 5), must("A", 1, earliest=1, latest=1), helper, after=(("A", "helper"),))

    found = smallest_conflict(problem)

    assert found is not None
    assert (found.measures, found.after) == (("A",), (("A", "helper"),))
    assert found.overloads == (Overload(Bucket("team", 0), 5, 9, {"helper": 9}),)


def test_measures_that_wait_for_each_other_are_a_circle() -> None:
    names = ("A", "B", "C")
    problem = problem_of(
        (9,) * 4, *(must(name, 1, latest=3) for name in names), after=(("A", "B"), ("B", "C"), ("C", "A"))
    )

    found = smallest_conflict(problem)

    assert found is not None
    assert (found.kind, found.measures, found.circle) == (ConflictKind.circle, ("C",), ("A", "B", "C"))
    assert found.overloads == ()


def test_a_chain_that_is_too_long_for_its_windows_is_a_matter_of_order() -> None:
    problem = problem_of((9,) * 3, must("A", 1, 1, latest=1), must("B", 1, 1, latest=1), after=(("B", "A"),))

    assert smallest_conflict(problem) == Conflict(ConflictKind.order, ("B",), after=(("B", "A"),))


def test_two_that_exclude_each_other_are_named_with_the_pair() -> None:
    problem = problem_of((9,), must("A", 1), must("B", 1), must("C", 1), excludes=(("C", "A"),))

    assert smallest_conflict(problem) == Conflict(ConflictKind.exclusion, ("A", "C"), excludes=(("C", "A"),))


def test_more_at_once_than_the_office_wants_is_named_with_the_number() -> None:
    problem = problem_of((9,), must("A", 1), must("B", 1), must("C", 1), at_once=1)

    found = smallest_conflict(problem)

    assert found is not None
    assert (found.kind, len(found.measures), found.at_once) == (ConflictKind.at_once, 2, 1)


def test_a_window_outside_the_horizon_is_named() -> None:
    problem = problem_of((9,), must("A", 1), must("late", 1, earliest=5, latest=6))

    assert smallest_conflict(problem) == Conflict(ConflictKind.window, ("late",))


def test_a_pinned_measure_conflicts_where_it_is_planned() -> None:
    pot = {"pot": Resource("pot", ResourceKind.money, (10.0, 99.0), (0, 1))}
    stays = Candidate("stays", 1.0, {"pot": (8.0,)}, 1, 0, 1, planned=0, pinned=True)
    problem = Problem(2, pot, {"stays": stays, "A": Candidate("A", 1.0, {"pot": (5.0,)}, 1, 0, 0, mandatory=True)})

    found = smallest_conflict(problem)

    assert found is not None
    assert found.measures == ("stays", "A")
    assert found.overloads == (Overload(Bucket("pot", 0), 10, 13, {"stays": 8, "A": 5}),)


def test_without_time_a_conflict_is_not_called_the_smallest() -> None:
    problem = problem_of((5, 9), must("A", 3), must("B", 3), must("C", 3), must("large", 10, earliest=1, latest=1))

    found = smallest_conflict(problem, limit_seconds=0)

    assert found is not None
    assert not found.is_smallest
