"""For each measure left out: what it would displace, or why it cannot be taken; and which buckets are full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.domain.portfolio.conflict import ConflictKind
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.problem import Bucket, Candidate, Problem, Resource
from metrics.domain.portfolio.reasons import Binding, Hindrance, Rejection, binding_buckets, displacement, explain
from metrics.domain.portfolio.windows import needed_by
from tests.domain.portfolio.brute_force import best_value, random_problem


def work(name: str, value: float, *days: float, latest: int = 0, mandatory: bool = False) -> Candidate:
    return Candidate(name, value, {"team": days}, len(days), 0, latest, mandatory=mandatory)


def problem_of(capacity: tuple[float, ...], *candidates: Candidate, **more: object) -> Problem:
    resources = {"team": Resource.by_period("team", capacity)}
    return Problem(len(capacity), resources, {one.id: one for one in candidates}, **more)  # type: ignore[arg-type]


FEASIBLE = [seed for seed in range(0, 200, 2) if best_value(random_problem(seed)) is not None]


@pytest.mark.parametrize("seed", FEASIBLE)
def test_the_loss_equals_that_of_exhaustive_search_among_those_that_are_in(seed: int) -> None:
    problem = random_problem(seed)
    choice = optimise(problem)

    for rejected in explain(problem, choice.starts, 60).rejected:
        forced = _forced_among(problem, {*choice.starts, rejected.candidate}, rejected.candidate)
        best = best_value(forced)
        assert rejected.is_least
        if best is None:
            assert rejected.obstacle is Hindrance.impossible
        else:
            assert rejected.loss == choice.value - best >= 0


def _forced_among(problem: Problem, names: set[str], name: str) -> Problem:
    kept = needed_by(problem, names)
    candidates = {one: candidate for one, candidate in problem.candidates.items() if one in kept}
    candidates[name] = replace(candidates[name], mandatory=True)
    pairs = {
        kind: tuple(pair for pair in getattr(problem, kind) if kept.issuperset(pair))
        for kind in ("after", "requires", "excludes")
    }
    return replace(problem, candidates=candidates, **pairs)  # type: ignore[arg-type]


def test_a_measure_left_out_names_who_would_have_to_go_and_the_loss() -> None:
    problem = problem_of((10,), work("A", 5, 6), work("B", 4, 4), work("C", 3, 5))

    assert displacement(problem, {"A": 0, "B": 0}, "C") == Rejection("C", Hindrance.displaces, 2.0, ("A",), {})


def test_who_need_not_go_but_start_later_is_named_as_moving() -> None:
    problem = problem_of((10, 6), work("A", 5, 6, latest=1), work("C", 3, 8))

    assert displacement(problem, {"A": 0}, "C") == Rejection("C", Hindrance.fits, -3.0, (), {"A": (0, 1)})


def test_nobody_moves_who_need_not() -> None:
    problem = problem_of((10, 10, 10), work("A", 5, 6, latest=2), work("B", 5, 3, latest=2), work("C", 0, 4, latest=2))

    assert displacement(problem, {"A": 2, "B": 1}, "C").moves == {}


def test_what_a_measure_needs_comes_with_it() -> None:
    problem = problem_of((10,), work("A", 9, 6), work("B", 1, 4), work("C", 1, 4), requires=(("C", "B"),))

    found = displacement(problem, {"A": 0}, "C")

    assert (found.adds, found.drops, found.loss) == (("B",), ("A",), 7.0)


def test_a_measure_that_conflicts_with_a_mandatory_one_names_it_and_the_bucket() -> None:
    problem = problem_of((10,), work("A", 5, 6, mandatory=True), work("C", 9, 5))

    found = displacement(problem, {"A": 0}, "C")

    assert found.obstacle is Hindrance.impossible
    assert found.conflict is not None
    assert set(found.conflict.measures) == {"A", "C"}
    assert [(one.bucket, one.capacity, one.demand) for one in found.conflict.overloads] == [(Bucket("team", 0), 10, 11)]


def test_a_measure_that_is_too_large_by_itself_names_itself_alone() -> None:
    problem = problem_of((10,), work("A", 5, 6, mandatory=True), work("C", 9, 11))

    found = displacement(problem, {"A": 0}, "C").conflict

    assert found is not None
    assert (found.kind, found.measures) == (ConflictKind.capacity, ("C",))


def test_a_full_bucket_names_who_wants_more_than_is_free() -> None:
    problem = problem_of((10, 4, 9), work("A", 5, 6, 4, 0), work("C", 3, 5), work("D", 3, 3, latest=2), work("E", 1, 4))

    assert binding_buckets(problem, {"A": 0}) == (
        Binding(Bucket("team", 0), 10, 4, {"C": 5}),
        Binding(Bucket("team", 1), 4, 0, {"D": 3}),
    )


def test_the_measures_left_out_come_by_value() -> None:
    problem = problem_of((10,), work("A", 9, 9), work("B", 1, 4), work("C", 3, 4))

    assert [one.candidate for one in explain(problem, {"A": 0}).rejected] == ["C", "B"]
