"""Contributions: who may write, answer and take back, and what each of them is owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from metrics.domain.base import Evidence
from metrics.domain.refusals import (
    AnswerNeedsReason,
    AnswerNeedsText,
    AnswerNeedsVerdict,
    ContributionAnswered,
    ContributionFromTheFuture,
    ContributionNotYours,
    InvitationOver,
    InvitationUnknown,
    NotAllowed,
    OutsideInvitation,
    RecordNotFound,
    SomebodyElseWasFaster,
    UnknownReference,
)
from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.contributing import (
    answer,
    contribute,
    contributions_to_see,
    own_contributions,
    withdraw_contribution,
)
from metrics.usecases.inviting import invited_name, revoke
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.conftest import NOW
from tests.plan import a_contribution, a_goal, a_measure, an_invitation

DAY = NOW.date()
STAFF, PARTNER = Person("P-1", Role.staff), Person("P-2", Role.research_partner)
GUEST = Person(invited_name("E-1"), Role.business)
ADOPTED, NOT_ADOPTED = ContributionState.adopted, ContributionState.not_adopted


@pytest.fixture
def plan(store: Store) -> Store:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        owned = {"owner": "Bestandspflege", "deputy": "Leitung"}
        writing.add([a_goal(owner="Strategie"), a_measure(**owned), a_measure(id="M-16", owner=None)])
    store.register.put(an_invitation(), 0)
    return store


def stored(store: Store, identifier: str = "B-1") -> Contribution:
    record = store.newest(Contribution.kind, identifier).record
    assert isinstance(record, Contribution)
    return record


def said(store: Store, by: Person = STAFF, **over: object) -> Contribution:
    return contribute(store, a_contribution(**over), by=by, at=NOW, today=DAY).record


def replied(store: Store, text: str = "Kommt ins Pflichtenheft.", by: Person = STAFF, **over: object) -> int:
    told = {"identifier": "B-1", "expected_version": 1, "verdict": ADOPTED, "at": NOW, "today": DAY} | over
    return answer(store, text=text, by=by, **told)  # type: ignore[arg-type]


def test_a_contribution_opens_without_an_answer_whatever_it_says_and_is_owed_one_in_four_weeks(plan: Store) -> None:
    claimed = {"state": ADOPTED, "answer": "Schon erledigt.", "answered_on": DAY}
    said(plan, PARTNER, origin=ContributionOrigin.science, **claimed)
    found = stored(plan)
    assert (found.state, found.answer, found.answered_on) == (ContributionState.open, None, None)
    assert found.answer_due == found.received_on + timedelta(days=28) == date(2026, 12, 1)
    assert (found.owner, found.deputy) == ("Bestandspflege", "Leitung")
    (entry,) = plan.history(kind="contribution")
    assert (entry.change.action, entry.change.recorded_by) == ("contribute", "P-2")


def test_the_office_may_name_day_and_person_in_charge_and_a_goals_owner_stands_in_where_the_measure_has_none(
    plan: Store,
) -> None:
    said(plan, owner="Presse", answer_due=date(2026, 12, 24))
    assert (stored(plan).owner, stored(plan).deputy) == ("Presse", None)
    assert stored(plan).answer_due == date(2026, 12, 24)
    said(plan, id="B-2", measure_ids=("M-16",), goal_ids=(a_goal().id,))
    assert stored(plan, "B-2").owner == "Strategie"
    said(plan, id="B-3", measure_ids=("M-16",))
    assert stored(plan, "B-3").owner is None


def test_the_same_contribution_sent_twice_is_stored_once(plan: Store) -> None:
    said(plan)
    number = plan.change_number()
    said(plan)
    assert (plan.change_number(), len(plan.versions(Contribution.kind, "B-1"))) == (number, 1)


def test_nothing_has_come_tomorrow_and_nothing_is_about_what_there_is_not(plan: Store) -> None:
    with pytest.raises(ContributionFromTheFuture):
        said(plan, received_on=date(2026, 11, 25))
    with pytest.raises(UnknownReference):
        said(plan, measure_ids=("M-UNBEKANNT",))
    assert plan.records(Contribution) == []


# --- from outside ---


def test_who_was_invited_speaks_for_business_today_and_nothing_else_they_say_about_it_counts(plan: Store) -> None:
    claimed = {"origin": ContributionOrigin.politics, "received_on": date(2026, 1, 1), "owner": "Niemand"}
    later = {"answer_due": date(2026, 11, 25), "evidence": Evidence.quoted, "note": "intern"}
    said(plan, GUEST, **claimed, **later)
    found = stored(plan)
    assert (found.origin, found.received_on) == (ContributionOrigin.business, DAY)
    assert (found.owner, found.answer_due) == ("Bestandspflege", DAY + timedelta(days=28))
    assert (found.evidence, found.note) == (Evidence.own, None)


@pytest.mark.parametrize(
    "over",
    [{"measure_ids": ("M-16",)}, {"measure_ids": ("M-15", "M-16")}, {"goal_ids": ("Z-A",)}, {"measure_ids": ()}],
)
def test_who_was_invited_says_nothing_on_what_the_invitation_does_not_name(
    plan: Store, over: dict[str, object]
) -> None:
    with pytest.raises(OutsideInvitation):
        said(plan, GUEST, **over)
    assert plan.records(Contribution) == []


def test_an_invitation_that_is_over_withdrawn_or_erased_lets_nobody_say_anything(plan: Store) -> None:
    with pytest.raises(InvitationOver):
        contribute(plan, a_contribution(), by=GUEST, at=NOW, today=date(2026, 12, 23))
    revoke(plan, "E-1", 1, by=STAFF, at=NOW)
    with pytest.raises(InvitationUnknown):
        said(plan, GUEST)
    with pytest.raises(InvitationUnknown):
        said(plan, Person(invited_name("E-GIBTESNICHT"), Role.business))
    with pytest.raises(OutsideInvitation):
        said(plan, Person("P-OHNE-EINLADUNG", Role.business))
    assert plan.records(Contribution) == []


def test_those_from_outside_see_their_own_and_those_who_read_the_plan_see_all(plan: Store) -> None:
    said(plan, GUEST)
    said(plan, STAFF, id="B-2")
    said(plan, PARTNER, id="B-3")
    other = Person(invited_name("E-2"), Role.business)
    assert [one.id for one in contributions_to_see(plan, by=GUEST)] == ["B-1"]
    assert contributions_to_see(plan, by=other) == []
    assert [one.id for one in contributions_to_see(plan, by=PARTNER)] == ["B-1", "B-2", "B-3"]
    replied(plan)
    assert [one.answer for one in own_contributions(plan, GUEST)] == ["Kommt ins Pflichtenheft."]
    with pytest.raises(NotAllowed):
        contributions_to_see(plan, by=Person("P-9", Role.committee))


# --- answers ---


def test_an_answer_says_what_becomes_of_it_and_stands_as_a_version(plan: Store) -> None:
    said(plan)
    assert replied(plan, verdict=NOT_ADOPTED, text="Dafür ist das Land zuständig.") == 2
    found = stored(plan)
    assert (found.state, found.answer, found.answered_on) == (NOT_ADOPTED, "Dafür ist das Land zuständig.", DAY)
    assert plan.history(kind="contribution")[0].change.action == "answer_contribution"
    assert found.text == a_contribution().text


def test_an_answer_needs_a_verdict_and_words(plan: Store) -> None:
    said(plan)
    with pytest.raises(AnswerNeedsVerdict):
        replied(plan, verdict=ContributionState.open)
    with pytest.raises(AnswerNeedsText):
        replied(plan, text="  \n ")
    with pytest.raises(RecordNotFound):
        replied(plan, identifier="B-GIBTESNICHT")
    assert stored(plan).state is ContributionState.open


def test_a_second_answer_replaces_the_first_with_a_reason_and_keeps_the_day_of_the_first(plan: Store) -> None:
    said(plan)
    replied(plan)
    later = {"expected_version": 2, "verdict": NOT_ADOPTED, "today": date(2027, 1, 15), "text": "Doch nicht."}
    for missing in (None, "  "):
        with pytest.raises(AnswerNeedsReason):
            replied(plan, reason=missing, **later)
    assert replied(plan, reason="Förderung abgelehnt", **later) == 3
    found = stored(plan)
    assert (found.state, found.answer, found.answered_on) == (NOT_ADOPTED, "Doch nicht.", DAY)
    assert plan.history(kind="contribution")[0].change.reason == "Förderung abgelehnt"


def test_of_two_who_answer_at_once_the_second_is_told(plan: Store) -> None:
    said(plan)
    replied(plan)
    for reason in (None, "gleichzeitig"):
        with pytest.raises(SomebodyElseWasFaster):
            replied(plan, text="Andere Antwort", reason=reason)
    assert stored(plan).answer == "Kommt ins Pflichtenheft."


def test_who_may_only_comment_neither_answers_nor_comes_in_by_the_plans_own_door(plan: Store) -> None:
    said(plan, PARTNER)
    answered = a_contribution(state=ADOPTED, answer="Ja.", answered_on=DAY)
    with pytest.raises(NotAllowed):
        replied(plan, by=PARTNER)
    with pytest.raises(NotAllowed):
        add_record(plan, a_contribution(id="B-2"), by=PARTNER, at=NOW)
    with pytest.raises(NotAllowed):
        revise_record(plan, answered, 1, by=PARTNER, at=NOW, reason="selbst beantwortet")
    with pytest.raises(NotAllowed):
        withdraw_record(plan, Contribution.kind, "B-1", 1, by=PARTNER, at=NOW, reason="weg")
    assert stored(plan).state is ContributionState.open


# --- taken back ---


def test_whoever_wrote_it_takes_it_back_while_nobody_has_answered(plan: Store) -> None:
    said(plan, GUEST)
    for somebody_else in (STAFF, PARTNER, Person(invited_name("E-2"), Role.business)):
        with pytest.raises(ContributionNotYours):
            withdraw_contribution(plan, "B-1", 1, by=somebody_else, at=NOW)
    assert withdraw_contribution(plan, "B-1", 1, by=GUEST, at=NOW) == 2
    assert contributions_to_see(plan, by=STAFF) == []
    assert [entry.withdrawn for entry in plan.versions(Contribution.kind, "B-1")] == [False, True]
    with pytest.raises(RecordNotFound):
        withdraw_contribution(plan, "B-1", 2, by=GUEST, at=NOW)
    with pytest.raises(RecordNotFound):
        replied(plan, expected_version=2)


def test_an_answered_one_is_not_taken_back(plan: Store) -> None:
    said(plan, GUEST)
    replied(plan)
    with pytest.raises(ContributionAnswered):
        withdraw_contribution(plan, "B-1", 2, by=GUEST, at=datetime(2026, 11, 25))
    assert stored(plan).state is ADOPTED
