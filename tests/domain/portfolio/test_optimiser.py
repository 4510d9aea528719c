"""The choice of measures equals exhaustive search, keeps its laws, and says honestly how good it is."""

from __future__ import annotations

import math
import pickle
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.portfolio.choice import PROVEN_GAP, Choice, Progress, Status, gap_between, judged
from metrics.domain.portfolio.formulation import formulate, sharpening
from metrics.domain.portfolio.greedy import search
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind
from metrics.domain.portfolio.schedule import keeps_rules, pulled_forward, total
from tests.domain.portfolio.brute_force import best_value, every_choice, random_problem

SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=40, deadline=None)


def value_of(problem: Problem) -> float:
    """The optimum; what cannot be done at all is worth less than nothing."""
    choice = optimise(problem)
    assert choice.status in (Status.optimal, Status.infeasible)
    return choice.value if choice.is_proven else -1.0


def with_candidate(problem: Problem, name: str, **changes: object) -> Problem:
    changed = replace(problem.candidates[name], **changes)  # type: ignore[arg-type]
    return replace(problem, candidates={**problem.candidates, name: changed})


def team(*capacity: float) -> Mapping[str, Resource]:
    return {"team": Resource.by_period("team", capacity)}


def work(name: str, value: float, *days: float, latest: int = 0, **more: object) -> Candidate:
    return Candidate(name, value, {"team": days}, len(days), 0, latest, **more)  # type: ignore[arg-type]


def problem_of(periods: int, resources: Mapping[str, Resource], *candidates: Candidate, **more: object) -> Problem:
    return Problem(periods, resources, {one.id: one for one in candidates}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(200))
def test_the_optimum_equals_that_of_exhaustive_search(seed: int) -> None:
    problem = random_problem(seed)
    best = best_value(problem)

    choice = optimise(problem)

    if best is None:
        assert choice == Choice(Status.infeasible, bound=0.0)
    else:
        assert choice.status is Status.optimal
        assert choice.value == best
        assert best <= choice.bound <= best * (1 + PROVEN_GAP)
        assert choice.starts in list(every_choice(problem))


@FEW
@given(SEEDS, st.sampled_from(["team", "desk", "pot"]), st.floats(0, 1))
def test_less_capacity_never_improves_the_optimum(seed: int, resource_id: str, share: float) -> None:
    problem = random_problem(seed)
    resource = problem.resources[resource_id]
    less = replace(resource, capacity=tuple(share * value for value in resource.capacity))

    assert value_of(replace(problem, resources={**problem.resources, resource_id: less})) <= value_of(problem)


@FEW
@given(SEEDS, st.data())
def test_pinning_a_measure_never_improves_the_optimum(seed: int, data: st.DataObject) -> None:
    problem = random_problem(seed)
    name = data.draw(st.sampled_from(sorted(problem.candidates)))
    candidate = problem.candidates[name]
    planned = data.draw(st.sampled_from(candidate.starts))
    free = with_candidate(problem, name, planned=planned, pinned=candidate.pinned and candidate.planned == planned)

    assert value_of(with_candidate(free, name, pinned=True)) <= value_of(free)


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing(seed: int, chance: object) -> None:
    problem = random_problem(seed)
    names = list(problem.candidates)
    chance.shuffle(names)  # type: ignore[attr-defined]
    new = {name: f"x{number}" for number, name in enumerate(names)}

    def renamed(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((new[one], new[other]) for one, other in reversed(pairs))

    relabelled = replace(
        problem,
        resources=dict(reversed(problem.resources.items())),
        candidates={new[name]: replace(problem.candidates[name], id=new[name]) for name in names},
        after=renamed(problem.after),
        requires=renamed(problem.requires),
        excludes=renamed(problem.excludes),
    )

    assert value_of(relabelled) == value_of(problem)


@FEW
@given(SEEDS)
def test_every_choice_keeps_the_rows_that_sharpen_the_bound(seed: int) -> None:
    problem = random_problem(seed)
    form = formulate(problem)
    rows = () if form is None else sharpening(form)

    for starts in every_choice(problem) if rows else ():
        assert form is not None
        taken = np.array([starts.get(name) == start for name, start in form.columns])
        assert all(sum(value for column, value in row.terms.items() if taken[column]) <= 1 + 1e-9 for row in rows)


def test_of_two_that_need_more_than_half_the_bound_counts_only_one() -> None:
    problem = problem_of(1, team(10), work("A", 3, 6), work("B", 2, 6))
    form = formulate(problem)
    assert form is not None

    assert next(dict(row.terms) for row in sharpening(form)) == {0: 1.0, 1: 1.0}


@FEW
@given(SEEDS)
def test_a_choice_keeps_the_rules_exactly_if_exhaustive_search_knows_it(seed: int) -> None:
    problem = random_problem(seed)
    allowed = list(every_choice(problem))
    draw = np.random.default_rng(seed)
    tried = [
        {
            name: int(draw.choice(candidate.starts))
            for name, candidate in problem.candidates.items()
            if draw.random() < 0.4
        }
        for _ in range(30)
    ]

    for starts in [*tried, *allowed[:30]]:
        assert keeps_rules(problem, starts) == (starts in allowed)


@FEW
@given(SEEDS)
def test_the_first_good_choice_keeps_the_rules_and_is_the_same_each_time(seed: int) -> None:
    problem = random_problem(seed)

    first, again = (search(problem, 60, turns=20) for _ in range(2))

    assert first == again
    assert first is None or first in list(every_choice(problem))


@FEW
@given(SEEDS)
def test_pulling_forward_moves_nothing_later_and_keeps_value_and_rules(seed: int) -> None:
    problem = random_problem(seed)

    for starts in list(every_choice(problem))[-5:]:
        sooner = pulled_forward(problem, starts)
        assert sooner.keys() == starts.keys()
        assert all(sooner[name] <= start for name, start in starts.items())
        assert keeps_rules(problem, sooner)


def test_of_equal_choices_the_earlier_one_is_given_and_the_value_is_the_plain_sum() -> None:
    problem = problem_of(8, team(*[10] * 8), work("A", 1.1, 5, latest=7), work("B", 2.2, 5, 5, latest=6))

    choice = optimise(problem)

    assert choice.starts == {"A": 0, "B": 0}
    assert choice.value == 1.1 + 2.2


def test_a_measure_that_waits_for_another_needs_it_taken_and_ended() -> None:
    problem = problem_of(
        4,
        team(4, 4, 4, 4),
        work("first", 0, 4, 4, latest=2),
        work("second", 5, 4, latest=3),
        after=(("second", "first"),),
    )

    assert optimise(problem).starts == {"first": 0, "second": 2}


def test_a_pot_is_used_up_over_its_whole_year() -> None:
    pot = Resource("pot", ResourceKind.money, (100.0, 60.0), (0, 0, 1, 1))
    each = [Candidate(name, 1.0, {"pot": (30.0,)}, 1, 0, 3) for name in "ABCDEFG"]

    choice = optimise(Problem(4, {"pot": pot}, {one.id: one for one in each}))

    assert choice.value == 5
    assert sorted(start // 2 for start in choice.starts.values()) == [0, 0, 0, 1, 1]


def test_a_bucket_without_capacity_takes_no_demand_at_all() -> None:
    problem = problem_of(
        3, team(0, 5, 0), work("A", 1, 5, latest=2), work("B", 1, 0, latest=0), work("C", 9, 1, latest=0)
    )

    assert optimise(problem).starts == {"A": 1, "B": 0}


def test_demand_that_fills_a_bucket_with_binary_fractions_fits() -> None:
    problem = problem_of(1, team(0.3), work("A", 1, 0.1), work("B", 1, 0.1), work("C", 1, 0.1))

    assert optimise(problem).value == 3


def test_only_what_is_planned_so_may_end_after_the_horizon() -> None:
    short = work("A", 1, 3, 3, 3, latest=3)
    planned = replace(short, id="B", planned=2)
    problem = problem_of(3, team(0, 3, 6), short, planned)

    assert optimise(problem).starts == {"B": 2}


def test_nothing_to_choose_from_is_a_proven_choice_of_nothing() -> None:
    assert optimise(problem_of(2, team(1, 1))) == Choice(Status.optimal, {}, 0.0, 0.0)


def test_a_mandatory_measure_longer_than_what_is_there_makes_it_infeasible() -> None:
    problem = problem_of(1, team(3), work("A", 1, 4, mandatory=True))

    assert optimise(problem).status is Status.infeasible


def test_a_false_report_ends_the_search_with_the_choice_so_far() -> None:
    told: list[Progress] = []

    def stop_at_once(progress: Progress) -> bool:
        told.append(progress)
        return False

    problem = random_problem(3)
    choice = optimise(problem, report=stop_at_once)

    assert len(told) == 1
    assert choice.status in (Status.optimal, Status.feasible)
    assert choice.value == told[0].value == total(problem, choice.starts)
    assert choice.bound >= choice.value


def test_what_is_reported_at_last_is_what_is_given() -> None:
    told: list[Progress] = []

    choice = optimise(random_problem(3), report=lambda progress: not told.append(progress))

    assert (told[-1].value, told[-1].gap) == (choice.value, choice.gap)


def test_problem_progress_and_choice_go_to_another_process_and_back() -> None:
    problem = random_problem(3)
    choice = optimise(problem)

    for thing in (problem, choice, Progress(1.0, None, math.inf)):
        assert pickle.loads(pickle.dumps(thing)) == thing  # noqa: S301 its own bytes


@pytest.mark.parametrize(
    ("value", "bound", "gap", "status"),
    [
        (100.0, 100.0, 0.0, Status.optimal),
        (100.0, 100.009, 0.00009, Status.optimal),
        (100.0, 100.011, 0.00011, Status.feasible),
        (100.0, 99.0, 0.0, Status.optimal),
        (0.0, 0.0, 0.0, Status.optimal),
        (0.0, 1.0, math.inf, Status.feasible),
    ],
)
def test_a_choice_is_proven_up_to_a_gap_of_a_hundredth_of_a_per_cent(
    value: float, bound: float, gap: float, status: Status
) -> None:
    assert gap_between(value, bound) == pytest.approx(gap, rel=1e-9)
    assert judged({}, value, bound).status is status
