"""Accounts and contact persons: never two for one sign-in, never without an administrator, never longer than needed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account, Cadence, Contact, Role
from metrics.domain.refusals import (
    AddressTaken,
    DeletedBeforeLeaving,
    DeletionNotAhead,
    KeptTooLong,
    LastAdministrator,
    NothingChanged,
    NotYoursToChange,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
    SubjectTaken,
    UnknownReference,
)
from metrics.store.audit import entries
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.people import (
    add_account,
    add_contact,
    calendar_digest,
    change_account,
    change_contact,
    change_own,
    end_all_sign_ins,
    new_account_id,
    renew_calendar,
    revoke_calendar,
)
from tests.plan import a_contact, an_account, an_organisation

TODAY = date(2026, 11, 24)
BOSS = {"id": "P-BOSS", "name": "Chefin", "role": Role.administration}


@pytest.fixture
def office(store: Store, me: Person, now: datetime) -> Store:
    """One administrator, one of the staff, one organisation."""
    add_account(store, an_account(**BOSS), by=me, at=now, today=TODAY)
    new = an_account(email="erika@bottrop.example", subject="https://anmeldung.example|1")
    add_account(store, new, by=me, at=now, today=TODAY)
    with store.change(by="Amt", at=now, action="add_organisation") as writing:
        writing.add([an_organisation()])
    return store


def changed(store: Store, me: Person, now: datetime, account_id: str = "P-1", version: int = 1, **over: Any) -> Account:
    return change_account(store, account_id, version, over, by=me, at=now, today=TODAY)


def test_a_change_of_an_account_is_kept_with_the_next_version(office: Store, me: Person, now: datetime) -> None:
    stored = changed(office, me, now, functions=["Statistikstelle"], absent_from=TODAY)
    assert (stored.version, stored.functions, stored.absent_from) == (2, ("Statistikstelle",), TODAY)
    assert office.register.find(Account, "P-1") == stored
    assert office.change_number() == 1


def test_of_two_who_change_the_same_account_the_second_is_told(office: Store, me: Person, now: datetime) -> None:
    changed(office, me, now, name="Erika Neu")
    with pytest.raises(SomebodyElseWasFaster) as refused:
        changed(office, me, now, name="Erika Anders")
    assert refused.value.data == {"kind": "account", "id": "P-1", "expected": 1, "actual": 2}
    assert office.register.find(Account, "P-1").name == "Erika Neu"  # type: ignore[union-attr]


def test_the_same_change_sent_twice_is_made_once_and_nobody_is_told_of_themselves(
    office: Store, me: Person, now: datetime
) -> None:
    for _key in range(2):
        assert changed(office, me, now, name="Erika Neu").version == 2


def test_a_last_day_brings_the_day_of_deletion_along_and_takes_it_back(
    office: Store, me: Person, now: datetime
) -> None:
    assert changed(office, me, now, left_on=date(2026, 12, 31)).delete_on == date(2027, 3, 31)
    assert changed(office, me, now, version=2, left_on=None).delete_on is None


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"email": "ERIKA@bottrop.example"}, AddressTaken),
        ({"subject": "https://anmeldung.example|1"}, SubjectTaken),
        ({"delete_on": TODAY}, DeletionNotAhead),
        ({"left_on": date(2026, 12, 31), "delete_on": date(2026, 12, 1)}, DeletedBeforeLeaving),
        ({"id": "P-1"}, SomebodyElseWasFaster),
    ],
)
def test_an_account_that_must_not_be_is_not_added(
    office: Store, me: Person, now: datetime, over: dict[str, Any], refusal: type[Refusal]
) -> None:
    before = office.register.all(Account)
    with pytest.raises(refusal):
        add_account(office, an_account(**{"id": "P-2"} | over), by=me, at=now, today=TODAY)
    assert office.register.all(Account) == before


def test_two_accounts_without_an_address_do_not_get_in_each_others_way(
    office: Store, me: Person, now: datetime
) -> None:
    for identifier in ("P-3", "P-4"):
        add_account(office, an_account(id=identifier), by=me, at=now, today=TODAY)
    assert {"P-3", "P-4"} < {one.id for one in office.register.all(Account)}


@pytest.mark.parametrize(
    "over",
    [
        {"role": Role.staff},
        {"role": None},
        {"blocked": True},
        {"left_on": date(2027, 1, 1)},
        {"delete_on": date(2027, 1, 1)},
    ],
)
def test_the_last_administrator_stays_one(office: Store, me: Person, now: datetime, over: dict[str, Any]) -> None:
    with pytest.raises(LastAdministrator):
        changed(office, me, now, "P-BOSS", **over)
    add_account(office, an_account(id="P-ZWEI", role=Role.administration), by=me, at=now, today=TODAY)
    assert changed(office, me, now, "P-BOSS", **over).version == 2


@pytest.mark.parametrize("over", [{"id": "P-9"}, {"version": 7}, {"signed_out_at": None}, {"subject": "fremd"}])
def test_what_a_page_does_not_set_is_not_set_by_it(
    office: Store, me: Person, now: datetime, over: dict[str, Any]
) -> None:
    with pytest.raises(NotYoursToChange):
        change_account(office, "P-1", 1, over, by=me, at=now, today=TODAY)
    assert changed(office, me, now, subject=None).subject is None


def test_a_change_that_changes_nothing_and_one_of_nobody_are_refused(office: Store, me: Person, now: datetime) -> None:
    with pytest.raises(NothingChanged):
        changed(office, me, now, name="Erika Musterfrau")
    with pytest.raises(RecordNotFound):
        changed(office, me, now, "P-UNBEKANNT", name="Niemand")
    with pytest.raises(ValidationError):
        changed(office, me, now, absent_from=TODAY, absent_until=date(2026, 11, 1))


def test_a_role_that_changes_is_noted_with_before_and_after_and_nothing_else_is(
    office: Store, me: Person, now: datetime
) -> None:
    changed(office, me, now, role=Role.leadership)
    changed(office, me, now, version=2, name="Erika Neu")
    noted = [(one.event, one.account_id, one.detail) for one in entries(office, 10)]
    assert sorted(noted) == [
        (AuditEvent.role_changed, "P-1", "- > staff; Amtsleitung"),
        (AuditEvent.role_changed, "P-1", "staff > leadership; Amtsleitung"),
        (AuditEvent.role_changed, "P-BOSS", "- > administration; Amtsleitung"),
    ]


def test_one_sets_for_oneself_absence_and_reminders_but_no_role(office: Store) -> None:
    mine = Person("P-1", Role.business)
    changes = {"absent_from": TODAY, "absent_until": None, "cadence": Cadence.monthly, "language": "en"}
    stored = change_own(office, "P-1", changes, by=mine)
    assert (stored.absent_from, stored.cadence, stored.language, stored.version) == (TODAY, Cadence.monthly, "en", 2)
    for field, value in (("role", Role.administration), ("functions", ("Amtsleitung",)), ("blocked", False)):
        with pytest.raises(NotYoursToChange):
            change_own(office, "P-1", {field: value}, by=mine)


def test_of_a_calendars_secret_only_its_digest_is_kept_and_a_new_one_ends_the_former(office: Store) -> None:
    mine = Person("P-1", Role.staff)
    first, second = renew_calendar(office, "P-1", by=mine), renew_calendar(office, "P-1", by=mine)
    kept = office.register.find(Account, "P-1")
    assert kept and kept.calendar_sha256 == calendar_digest(second) != calendar_digest(first)
    assert second not in repr(kept)
    revoke_calendar(office, "P-1", by=mine)
    assert office.register.find(Account, "P-1").calendar_sha256 is None  # type: ignore[union-attr]


def test_signing_out_everywhere_is_for_oneself_whatever_the_role(office: Store, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    stored = end_all_sign_ins(office, "P-1", by=Person("P-1", Role.business), at=later)
    assert stored.signed_out_at == later
    assert [one.event for one in entries(office, 1)] == [AuditEvent.signed_out_everywhere]


def test_pseudonyms_tell_nothing_and_do_not_come_twice() -> None:
    made = {new_account_id() for _ in range(1000)}
    assert len(made) == 1000
    assert an_account(id=made.pop()).id.startswith("P-")


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"delete_on": TODAY}, DeletionNotAhead),
        ({"delete_on": date(2029, 11, 25)}, KeptTooLong),
        ({"organisation_id": "S-UNBEKANNT"}, UnknownReference),
    ],
)
def test_a_contact_person_belongs_to_an_organisation_and_stays_three_years_at_the_most(
    office: Store, me: Person, over: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        add_contact(office, a_contact(**over), by=me, today=TODAY)
    stored = add_contact(office, a_contact(delete_on=date(2029, 11, 24)), by=me, today=TODAY)
    with pytest.raises(refusal):
        change_contact(office, stored.id, 1, over, by=me, today=TODAY)
    assert office.register.all(Contact) == [stored]
