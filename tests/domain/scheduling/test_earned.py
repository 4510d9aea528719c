"""Earned value and earned schedule: their laws, and what they say instead of dividing by zero."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.scheduling.earned import (
    EarnedSchedule,
    EarnedValue,
    EarningRule,
    EstimateBasis,
    earned_schedule,
    share_by_rule,
)
from metrics.domain.scheduling.why_not import WhyNot

HALFWAY = EarnedValue(budget=1000, planned=500, earned=400, spent=800)
EUROS = st.integers(1, 10_000).map(float)
PLANS = st.lists(st.integers(0, 20), min_size=1, max_size=10).map(lambda steps: [0.0, *accumulate(map(float, steps))])


def schedule_of(planned: list[float], earned: float, passed: float = 1) -> EarnedSchedule:
    found = earned_schedule(planned, earned, passed)
    assert isinstance(found, EarnedSchedule)
    return found


@pytest.mark.parametrize(
    ("basis", "estimate"),
    [
        (EstimateBasis.same_cost, 2000),
        (EstimateBasis.as_planned, 1400),
        (EstimateBasis.same_cost_and_pace, 800 + 600 / (0.5 * 0.8)),
    ],
)
def test_the_estimate_depends_on_how_the_rest_is_said_to_cost(basis: EstimateBasis, estimate: float) -> None:
    assert HALFWAY.estimate_at_completion(basis) == pytest.approx(estimate)
    assert HALFWAY.variance_at_completion(basis) == pytest.approx(1000 - estimate)


def test_the_rest_needs_a_better_index_than_so_far_if_the_budget_is_to_do() -> None:
    assert HALFWAY.cost_index == 0.5
    assert HALFWAY.index_to_complete == 600 / 200


@given(EUROS, EUROS, EUROS)
def test_whoever_is_as_dear_and_as_fast_as_planned_ends_within_the_budget(
    budget: float, planned: float, spent: float
) -> None:
    assume(planned <= budget)
    on_plan = EarnedValue(budget, planned, earned=planned, spent=planned)
    assert [on_plan.estimate_at_completion(basis) for basis in EstimateBasis] == pytest.approx([budget] * 3)
    dearer = replace(on_plan, spent=planned + spent)
    assert all(dearer.estimate_at_completion(basis) > budget for basis in EstimateBasis)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"spent": 0}, {"cost_index": WhyNot.nothing_spent, "same_cost": WhyNot.nothing_spent}),
        ({"planned": 0}, {"schedule_index": WhyNot.nothing_planned, "same_cost_and_pace": WhyNot.nothing_planned}),
        ({"earned": 0}, {"same_cost": WhyNot.nothing_earned, "same_cost_and_pace": WhyNot.nothing_earned}),
        ({"spent": 1000}, {"index_to_complete": WhyNot.budget_used_up}),
        ({"spent": 1200}, {"index_to_complete": WhyNot.budget_used_up}),
    ],
)
def test_where_there_is_nothing_to_divide_by_stands_the_reason(
    changed: dict[str, float], reasons: dict[str, WhyNot]
) -> None:
    value = replace(HALFWAY, **changed)
    found = {
        "cost_index": value.cost_index,
        "schedule_index": value.schedule_index,
        "index_to_complete": value.index_to_complete,
        "same_cost": value.estimate_at_completion(EstimateBasis.same_cost),
        "same_cost_and_pace": value.estimate_at_completion(EstimateBasis.same_cost_and_pace),
    }
    assert {name: found[name] for name in reasons} == reasons
    assert value.estimate_at_completion(EstimateBasis.as_planned) == value.spent + 1000 - value.earned


def test_a_variance_without_an_estimate_has_the_same_reason() -> None:
    assert replace(HALFWAY, earned=0).variance_at_completion() is WhyNot.nothing_earned


# --- earned schedule


@given(PLANS, st.lists(st.integers(0, 250), min_size=2, max_size=2))
def test_who_has_earned_more_is_never_at_an_earlier_point_of_the_plan(planned: list[float], earned: list[int]) -> None:
    assume(planned[-1] > 0)
    less, more = sorted(earned)
    assert 0 <= schedule_of(planned, less).earned <= schedule_of(planned, more).earned < len(planned)


@given(PLANS, st.data())
def test_who_has_earned_what_was_planned_by_a_period_has_earned_all_of_that_period(
    planned: list[float], data: st.DataObject
) -> None:
    assume(planned[-1] > 0)
    period = data.draw(st.integers(0, len(planned) - 1))
    found = schedule_of(planned, planned[period], passed=period)
    assert planned[int(found.earned)] == planned[period]
    assert found.earned >= min(period, found.planned_duration)


@given(PLANS, st.floats(0, 1))
def test_a_part_of_a_period_is_the_same_part_of_what_was_planned_in_it(planned: list[float], part: float) -> None:
    assume(planned[-1] > 0)
    last = planned.index(planned[-1])
    value = planned[last - 1] + part * (planned[last] - planned[last - 1])
    assume(planned[last - 1] <= value < planned[last])
    assert schedule_of(planned, value).earned == pytest.approx(last - 1 + part)


def test_the_time_index_still_tells_at_the_end_that_it_was_late() -> None:
    found = schedule_of([0, 50, 100], 100, passed=4)
    assert EarnedValue(budget=100, planned=100, earned=100, spent=90).schedule_index == 1
    assert (found.index, found.variance, found.estimated_duration) == (0.5, -2, 4)


def test_nothing_is_earned_beyond_the_period_by_which_all_was_planned() -> None:
    found = schedule_of([0, 50, 100, 100, 100], 130, passed=2)
    assert (found.earned, found.planned_duration, found.index) == (2, 2, 1)


def test_a_period_in_which_nothing_was_planned_is_earned_with_the_one_before_it() -> None:
    assert schedule_of([0, 40, 40, 100], 40).earned == 2
    assert schedule_of([0, 40, 40, 100], 39).earned == pytest.approx(39 / 40)


def test_a_plan_that_starts_above_what_is_earned_has_earned_no_time() -> None:
    assert schedule_of([10, 20], 5).earned == 0


@pytest.mark.parametrize("planned", [[], [0], [0, 0, 0]])
def test_without_a_plan_there_is_no_earned_schedule(planned: list[float]) -> None:
    assert earned_schedule(planned, 5, 1) is WhyNot.nothing_planned


def test_without_time_or_without_anything_earned_there_is_no_index_or_no_end() -> None:
    assert schedule_of([0, 10, 20], 5, passed=0).index is WhyNot.no_time_passed
    assert schedule_of([0, 10, 20], 5, passed=0).estimated_duration is WhyNot.no_time_passed
    assert schedule_of([0, 10, 20], 0, passed=1).estimated_duration is WhyNot.nothing_earned


def test_a_plan_that_takes_back_is_an_error() -> None:
    with pytest.raises(ValueError, match="falls"):
        earned_schedule([0, 20, 10], 5, 1)


# --- rules of earning


@pytest.mark.parametrize(
    ("rule", "open_share", "done_share"),
    [(EarningRule.milestone_weights, 0.75, 1), (EarningRule.all_or_nothing, 0, 1)],
)
def test_milestones_earn_their_weights_or_all_of_them_at_once(
    rule: EarningRule, open_share: float, done_share: float
) -> None:
    assert share_by_rule([(3, True), (1, False)], rule) == open_share
    assert share_by_rule([(3, True), (1, True)], rule) == done_share
    assert share_by_rule([], rule) is WhyNot.no_milestone
