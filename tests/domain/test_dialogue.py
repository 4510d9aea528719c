"""What contributions are owed, and how well it is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.dialogue import FEWEST, answer_due, counterflow, days_late, open_first
from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState
from tests.plan import a_contribution

TODAY = date(2026, 12, 31)
ADOPTED, NOT_ADOPTED = ContributionState.adopted, ContributionState.not_adopted


def answered(on: date, state: ContributionState = ADOPTED, **over: object) -> Contribution:
    return a_contribution(**{"state": state, "answer": "Kommt.", "answered_on": on} | over)


@st.composite
def contributions(draw: st.DrawFn) -> Contribution:
    received = TODAY - timedelta(days=draw(st.integers(0, 80)))
    told: dict[str, object] = {
        "id": f"B-{draw(st.integers(1, 10**9))}",
        "origin": draw(st.sampled_from(ContributionOrigin)),
        "received_on": received,
        "answer_due": draw(st.none() | st.integers(0, 40).map(lambda days: received + timedelta(days=days))),
    }
    state = draw(st.sampled_from(ContributionState))
    if state is ContributionState.open:
        return a_contribution(**told)
    return answered(received + timedelta(days=draw(st.integers(0, 60))), state, **told)


def test_an_answer_is_due_four_weeks_after_it_came_unless_a_day_is_named() -> None:
    assert answer_due(a_contribution(received_on=date(2026, 11, 3))) == date(2026, 12, 1)
    assert answer_due(a_contribution(answer_due=date(2026, 11, 10))) == date(2026, 11, 10)


@pytest.mark.parametrize(("today", "late"), [(date(2026, 11, 30), -1), (date(2026, 12, 1), 0), (date(2026, 12, 2), 1)])
def test_a_contribution_is_late_from_the_day_after_its_answer_was_due(today: date, late: int) -> None:
    assert days_late(a_contribution(), today) == late
    assert days_late(answered(date(2026, 12, 20)), today) == 0


def test_open_ones_come_first_and_among_them_the_one_that_waits_longest_for_what_it_is_owed() -> None:
    soon = a_contribution(id="B-bald", received_on=date(2026, 11, 1), answer_due=date(2026, 12, 30))
    late = a_contribution(id="B-spaet", received_on=date(2026, 11, 20), answer_due=date(2026, 11, 25))
    old, new = answered(date(2026, 11, 5), id="B-alt"), answered(date(2026, 12, 5), id="B-neu")
    assert [one.id for one in open_first([old, soon, new, late], TODAY)] == ["B-spaet", "B-bald", "B-neu", "B-alt"]


def test_shares_are_told_by_origin_and_those_whose_time_still_runs_count_for_nothing() -> None:
    due = date(2026, 12, 1)
    business = [
        answered(due, id="B-1"),
        answered(due + timedelta(days=1), NOT_ADOPTED, id="B-2"),
        answered(due, NOT_ADOPTED, id="B-3"),
        answered(due, NOT_ADOPTED, id="B-4"),
        a_contribution(id="B-5"),  # overdue
        a_contribution(id="B-6", received_on=TODAY),  # has time
    ]
    office = [answered(due, id="B-7", origin=ContributionOrigin.office)]
    by_office, by_business = counterflow([*business, *office], TODAY)
    assert (by_business.received, by_business.due, by_business.in_time) == (6, 5, 3)
    assert by_business.share_in_time == 3 / 5
    assert (by_business.answered, by_business.adopted, by_business.share_adopted) == (4, 1, None)
    assert (by_office.origin, by_office.received, by_office.share_in_time) == (ContributionOrigin.office, 1, None)


@given(st.lists(contributions(), max_size=30))
def test_the_figures_add_up_and_no_share_rests_on_fewer_than_five(found: list[Contribution]) -> None:
    figures = counterflow(found, TODAY)
    assert sum(one.received for one in figures) == len(found)
    for one in figures:
        assert one.in_time <= one.answered <= one.due <= one.received
        assert one.adopted <= one.answered
        assert (one.share_in_time is None) is (one.due < FEWEST)
        assert (one.share_adopted is None) is (one.answered < FEWEST)


@given(st.lists(contributions(), max_size=20, unique_by=lambda one: one.id))
def test_the_order_holds_every_contribution_once_and_no_open_one_below_an_answered_one(
    found: list[Contribution],
) -> None:
    ordered = open_first(found, TODAY)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in found)
    answered_ones = [one.state is not ContributionState.open for one in ordered]
    assert answered_ones == sorted(answered_ones)
    waiting = [days_late(one, TODAY) for one in ordered if one.state is ContributionState.open]
    assert waiting == sorted(waiting, reverse=True)
