"""Invitations: whom a code lets in, to what, how often they are sent, and when they are gone."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError

from metrics.domain.audit import AuditEvent
from metrics.domain.invitations import Invitation, InvitationState
from metrics.domain.people import Account
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.domain.refusals import (
    AccessCodeUnknown,
    AddressLimitReached,
    InvitationEnds,
    InvitationLimitReached,
    InvitationUnknown,
    NotAllowed,
    RecordNotFound,
    RoundNotOpen,
    SomebodyElseWasFaster,
    TooManyTries,
    UnknownReference,
)
from metrics.store import audit
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, Role
from metrics.usecases.entering import try_code
from metrics.usecases.inviting import (
    Asked,
    Sent,
    accept,
    erase_old_invitations,
    invitations,
    invite,
    invited_to,
    revoke,
)
from metrics.usecases.rating import enter
from tests.conftest import NOW
from tests.plan import a_criteria_set, a_goal, a_measure, a_rater_group, a_round, an_invitation

DAY, END = NOW.date(), date(2026, 12, 22)
STAFF = Person("P-1", Role.staff)


@pytest.fixture
def plan(store: Store) -> Store:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        writing.add([a_goal(), a_measure(), a_measure(id="M-16"), a_criteria_set(), a_rater_group()])
        writing.add([a_rater_group(id="BG-POL", title="Politik")])
        writing.add([a_round(id="PR-O", state=RoundState.open), a_round(id="PR-Z")])
    return store


def asked(address: str = "werk@betrieb.example", **over: object) -> Asked:
    told = {"goal_ids": (), "measure_ids": ("M-15",), "expires_on": END, "purpose": "Stellungnahme"}
    return Asked(address, **(told | over))  # type: ignore[arg-type]


def sent(store: Store, address: str = "werk@betrieb.example", at: datetime = NOW, by: Person = STAFF) -> Sent:
    return invite(store, asked(address), by=by, at=at, today=DAY)


def seat_code(store: Store, number: int = 1) -> str | None:
    round_ = store.newest(PriorityRound.kind, "PR-O").record
    assert isinstance(round_, PriorityRound)
    return next(seat.code_sha256 for seat in round_.seats if seat.number == number)


def test_of_a_code_only_the_checksum_is_kept_and_the_code_lets_in_to_what_is_named(plan: Store) -> None:
    found = sent(plan)
    accepted = accept(plan, f"  {found.code.lower().replace('-', ' ')} ", DAY)
    assert (accepted.person, accepted.over) == (Person(f"Einladung {found.invitation.id}", Role.business), False)
    assert accepted.invitation.measure_ids == ("M-15",)
    kept = json.dumps(plan.connection.rows("cards", {"table": "z.invitation"}), default=str)
    plain = found.code.replace("-", "")
    assert hashlib.sha256(plain.encode()).hexdigest() in kept
    assert plain not in kept and found.code not in kept
    reach = invited_to(plan, accepted.person, DAY)
    assert (reach.goal_ids, reach.measure_ids) == (frozenset(), frozenset({"M-15"}))


def test_a_guest_may_comment_and_nothing_else(plan: Store) -> None:
    guest = accept(plan, sent(plan).code, DAY).person
    assert {right for right in Right if guest.may(right)} == {Right.comment}


def test_no_invitation_is_in_the_ledger(plan: Store) -> None:
    number = plan.change_number()
    sent(plan)
    assert plan.change_number() == number


def test_the_first_look_is_noted_once(plan: Store) -> None:
    found = sent(plan)
    assert found.invitation.state(DAY) is InvitationState.open
    accept(plan, found.code, DAY)
    accept(plan, found.code, date(2026, 12, 1))
    (card,) = invitations(plan, by=STAFF)
    assert (card.used_on, card.version, card.state(DAY)) == (DAY, 2, InvitationState.accepted)


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 5000, "'; DROP TABLE invitation; --"])
def test_a_wrong_code_opens_nothing(plan: Store, code: str) -> None:
    sent(plan)
    with pytest.raises(InvitationUnknown):
        accept(plan, code, DAY)


def test_past_its_end_it_can_be_read_until_it_is_erased_and_then_the_address_is_gone(plan: Store) -> None:
    found = sent(plan)
    gone_on = END + timedelta(days=30)
    assert found.invitation.delete_on == gone_on
    assert accept(plan, found.code, END).over is False
    over = accept(plan, found.code, END + timedelta(days=1))
    assert over.over is True
    assert invited_to(plan, over.person, END + timedelta(days=1)).measure_ids == frozenset()
    assert (erase_old_invitations(plan, gone_on), len(invitations(plan, by=STAFF))) == (0, 1)
    with pytest.raises(InvitationUnknown):
        accept(plan, found.code, gone_on + timedelta(days=1))
    assert (erase_old_invitations(plan, gone_on + timedelta(days=1)), invitations(plan, by=STAFF)) == (1, [])


def test_a_withdrawn_invitation_opens_nothing_any_more(plan: Store) -> None:
    found, other = sent(plan), sent(plan, "andere@betrieb.example")
    revoke(plan, found.invitation.id, 1, by=STAFF, at=NOW)
    with pytest.raises(InvitationUnknown):
        accept(plan, found.code, DAY)
    assert accept(plan, other.code, DAY).invitation.id == other.invitation.id
    assert revoke(plan, found.invitation.id, 1, by=STAFF, at=NOW).version == 2
    with pytest.raises(SomebodyElseWasFaster):
        revoke(plan, other.invitation.id, 7, by=STAFF, at=NOW)
    with pytest.raises(RecordNotFound):
        revoke(plan, "E-GIBTESNICHT", 1, by=STAFF, at=NOW)


def test_somebody_with_an_account_is_invited_by_its_address_whatever_its_capitals(plan: Store) -> None:
    plan.register.put(Account(id="P-7", purpose="Anmeldung", name="Betrieb", email="Werk@Betrieb.example"), 0)
    plan.register.put(Account(id="P-8", purpose="Anmeldung", name="Anderer", email="chef@betrieb.example"), 0)
    sent(plan)
    assert invited_to(plan, Person("P-7", Role.business), DAY).measure_ids == frozenset({"M-15"})
    assert invited_to(plan, Person("P-8", Role.business), DAY).measure_ids == frozenset()
    assert invited_to(plan, Person("P-OHNE", Role.business), DAY).measure_ids == frozenset()


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"expires_on": DAY - timedelta(days=1)}, InvitationEnds),
        ({"expires_on": DAY + timedelta(days=181)}, InvitationEnds),
        ({"measure_ids": ("M-UNBEKANNT",)}, UnknownReference),
        ({"measure_ids": (), "goal_ids": ("Z-UNBEKANNT",)}, UnknownReference),
        ({"measure_ids": ()}, ValidationError),
        ({"address": "kein-postfach"}, ValidationError),
        ({"round_id": "PR-O", "seat": 99}, RecordNotFound),
        ({"round_id": "PR-UNBEKANNT", "seat": 1}, RecordNotFound),
        ({"round_id": "PR-Z", "seat": 1}, RoundNotOpen),
    ],
)
def test_what_does_not_fit_invites_nobody(plan: Store, over: dict[str, object], refusal: type[Exception]) -> None:
    told = {"address": "werk@betrieb.example"} | over
    with pytest.raises(refusal):
        invite(plan, asked(**told), by=STAFF, at=NOW, today=DAY)  # type: ignore[arg-type]
    assert (invitations(plan, by=STAFF), audit.entries(plan, 5)) == ([], [])


@pytest.mark.parametrize("expires_on", [DAY, DAY + timedelta(days=180)])
def test_an_invitation_may_end_today_and_half_a_year_from_now(plan: Store, expires_on: date) -> None:
    assert invite(plan, asked(expires_on=expires_on), by=STAFF, at=NOW, today=DAY).invitation.expires_on == expires_on


# --- how often ---


def test_the_twenty_first_invitation_within_an_hour_is_refused_noted_and_free_when_it_was_told(plan: Store) -> None:
    for number in range(20):
        sent(plan, f"betrieb{number}@stadt.example", NOW + timedelta(minutes=number))
    at = NOW + timedelta(minutes=59)
    with pytest.raises(InvitationLimitReached) as refused:
        sent(plan, "betrieb20@stadt.example", at)
    assert refused.value.data == {"most": 20, "hours": 1, "free_at": NOW + timedelta(hours=1)}
    assert len(invitations(plan, by=STAFF)) == 20
    newest = audit.entries(plan, 1)[0]
    assert (newest.event, newest.account_id) == (AuditEvent.invitation_refused, "P-1")
    sent(plan, "betrieb20@stadt.example", at, by=Person("P-2", Role.staff))
    sent(plan, "betrieb21@stadt.example", NOW + timedelta(hours=1))


def test_an_address_gets_three_a_day_whoever_invites_and_however_it_is_written(plan: Store) -> None:
    for number, address in enumerate(("werk@betrieb.example", "Werk@betrieb.example", "werk@BETRIEB.example")):
        sent(plan, address, NOW, Person(f"P-{number}", Role.staff))
    with pytest.raises(AddressLimitReached) as refused:
        sent(plan, "WERK@betrieb.example", NOW + timedelta(hours=23), Person("P-9", Role.leadership))
    assert refused.value.data == {"most": 3, "hours": 24, "free_at": NOW + timedelta(days=1)}
    sent(plan, "chef@betrieb.example", NOW + timedelta(hours=23))
    sent(plan, "werk@betrieb.example", NOW + timedelta(days=1))


def test_withdrawing_makes_no_room_for_more(plan: Store) -> None:
    for number in range(3):
        revoke(plan, sent(plan).invitation.id, 1, by=STAFF, at=NOW + timedelta(minutes=number))
    with pytest.raises(AddressLimitReached):
        sent(plan)


def test_what_is_noted_names_no_address(plan: Store) -> None:
    found = sent(plan)
    (entry,) = audit.entries(plan, 5)
    assert (entry.event, entry.account_id, entry.detail) == (
        AuditEvent.invitation_sent,
        "P-1",
        found.invitation.id,
    )


# --- seats ---


def test_with_a_seat_one_code_opens_both_and_the_former_code_is_void(plan: Store) -> None:
    before = seat_code(plan)
    found = invite(plan, asked(measure_ids=(), round_id="PR-O", seat=1), by=STAFF, at=NOW, today=DAY)
    assert accept(plan, found.code, DAY).invitation.seat == 1
    assert enter(plan, found.code).seat.number == 1
    assert seat_code(plan) != before


def test_withdrawing_gives_the_seat_another_code_unless_it_has_one_already(plan: Store) -> None:
    first = invite(plan, asked(measure_ids=(), round_id="PR-O", seat=1), by=STAFF, at=NOW, today=DAY)
    again = invite(plan, asked(measure_ids=(), round_id="PR-O", seat=1), by=STAFF, at=NOW, today=DAY)
    revoke(plan, first.invitation.id, 1, by=STAFF, at=NOW)
    assert enter(plan, again.code).seat.number == 1
    revoke(plan, again.invitation.id, 1, by=STAFF, at=NOW)
    with pytest.raises(AccessCodeUnknown):
        enter(plan, again.code)


def test_withdrawing_leaves_a_round_that_is_over_alone(plan: Store) -> None:
    plan.register.put(an_invitation(measure_ids=(), round_id="PR-Z", seat=1), 0)
    number = plan.change_number()
    assert revoke(plan, "E-1", 1, by=STAFF, at=NOW).revoked
    assert plan.change_number() == number


# --- guessing ---


def test_after_ten_unknown_codes_none_is_looked_at_for_a_minute_not_even_a_right_one(plan: Store) -> None:
    code = sent(plan).code
    for second in range(10):
        with pytest.raises(InvitationUnknown):
            try_code(plan, lambda: accept(plan, "AAAA-BBBB-CCCC", DAY), NOW + timedelta(seconds=second))
    with pytest.raises(TooManyTries) as refused:
        try_code(plan, lambda: accept(plan, code, DAY), NOW + timedelta(seconds=30))
    assert refused.value.data == {"free_at": NOW + timedelta(minutes=1)}
    (card,) = plan.register.all(Invitation)
    assert card.used_on is None
    at = NOW + timedelta(minutes=1)
    assert try_code(plan, lambda: accept(plan, code, DAY), at).invitation.id == card.id


def test_codes_for_seats_and_for_invitations_are_counted_together_and_right_ones_not_at_all(plan: Store) -> None:
    code = sent(plan).code
    for _ in range(30):
        try_code(plan, lambda: accept(plan, code, DAY), NOW)
    for number in range(10):
        look = (lambda: enter(plan, "AAAA")) if number % 2 else (lambda: accept(plan, "AAAA", DAY))
        with pytest.raises((AccessCodeUnknown, InvitationUnknown)):
            try_code(plan, look, NOW)
    with pytest.raises(TooManyTries):
        try_code(plan, lambda: enter(plan, code), NOW)


def test_who_may_not_invite_sees_no_address(plan: Store) -> None:
    sent(plan)
    for role in (Role.research_partner, Role.data_steward, Role.committee, Role.business):
        with pytest.raises(NotAllowed):
            invitations(plan, by=Person("P-3", role))
