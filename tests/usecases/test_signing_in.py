"""Accounts of those who sign in, the end of sign-ins, and what is noted about both."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account, Role
from metrics.domain.refusals import NoRoleGiven, RecordNotFound, SignInEnded
from metrics.domain.sign_in import Claims, Closed, SignInRules, read_claims
from metrics.store import audit
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.people import end_all_sign_ins
from metrics.usecases.signing_in import (
    expire_sign_in,
    has_ended,
    note_refused_use,
    sign_in,
    sign_out,
    tidy_up,
)
from tests.conftest import NOW

RULES = SignInRules({"zk-amt": Role.staff, "zk-leitung": Role.leadership})


def claims(at: datetime = NOW, **told: Any) -> Claims:
    token = {"iss": "https://anmeldung.example", "sub": "42", "iat": at.replace(tzinfo=UTC).timestamp()}
    token |= {"name": "Anton Amt", "email": "anton@stadt.example", "groups": ["zk-amt"]}
    return read_claims(token | told, "groups")


def events(store: Store) -> list[tuple[AuditEvent, str | None]]:
    return sorted((entry.event, entry.detail) for entry in audit.entries(store))


def test_the_first_sign_in_with_a_role_makes_an_account_under_a_pseudonym(store: Store) -> None:
    account = sign_in(store, claims(), RULES, at=NOW)
    assert re.fullmatch("P-[0-9a-f]{10}", account.id)  # the shape by which a page knows a pseudonym
    assert "anton" not in account.id.casefold()
    assert (account.name, account.email, account.claimed_role, account.role) == (
        "Anton Amt",
        "anton@stadt.example",
        Role.staff,
        None,
    )
    assert account.subject == "https://anmeldung.example|42"
    assert store.register.all(Account) == [account]
    assert {event for event, _ in events(store)} == {
        AuditEvent.account_created,
        AuditEvent.role_changed,
        AuditEvent.signed_in,
    }
    assert store.change_number() == 0


def test_the_same_sign_in_in_a_second_tab_changes_and_notes_nothing(store: Store) -> None:
    first = sign_in(store, claims(), RULES, at=NOW)
    before = events(store)
    assert sign_in(store, claims(), RULES, at=NOW + timedelta(hours=1)) == first
    assert events(store) == before


def test_without_a_role_nobody_gets_an_account_and_it_is_noted_once(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(NoRoleGiven):
            sign_in(store, claims(groups=["alle"]), RULES, at=NOW)
    assert store.register.all(Account) == []
    assert events(store) == [(AuditEvent.sign_in_refused, "no_role")]


def test_an_account_made_beforehand_is_bound_at_the_first_sign_in_and_keeps_its_role(store: Store) -> None:
    made = Account(id="P-VOR", purpose="Anmeldung", name="A.", email="ANTON@stadt.example", role=Role.committee)
    store.register.put(made, 0)
    account = sign_in(store, claims(groups=[]), RULES, at=NOW)
    assert (account.id, account.acts_as, account.name) == ("P-VOR", Role.committee, "A.")
    assert account.subject == "https://anmeldung.example|42"
    assert (AuditEvent.account_bound, None) in events(store)


def test_an_unverified_address_takes_over_no_account(store: Store) -> None:
    made = Account(id="P-VOR", purpose="Anmeldung", name="A.", email="anton@stadt.example", role=Role.administration)
    store.register.put(made, 0)
    account = sign_in(store, claims(email_verified=False), RULES, at=NOW)
    assert account.id != "P-VOR"
    assert account.acts_as is Role.staff


def test_a_later_sign_in_brings_its_role_and_an_older_cookie_does_not_bring_the_former_back(store: Store) -> None:
    old, new = claims(groups=["zk-leitung"]), claims(NOW + timedelta(hours=1))
    assert sign_in(store, old, RULES, at=NOW).acts_as is Role.leadership
    assert sign_in(store, new, RULES, at=NOW + timedelta(hours=1)).acts_as is Role.staff
    assert sign_in(store, old, RULES, at=NOW + timedelta(hours=2)).acts_as is Role.staff


def test_a_known_sign_in_whose_account_was_erased_makes_no_new_one(store: Store) -> None:
    account = sign_in(store, claims(), RULES, at=NOW)
    store.register.erase(Account, account.id)
    with pytest.raises(SignInEnded):
        sign_in(store, claims(), RULES, at=NOW)
    assert store.register.all(Account) == []


def test_an_address_that_is_none_keeps_nobody_out(store: Store) -> None:
    account = sign_in(store, claims(email="kein Postfach"), RULES, at=NOW)
    assert account.email is None


def test_signing_out_ends_this_sign_in_and_no_other(store: Store) -> None:
    one, other = claims(jti="1"), claims(jti="2")
    account = sign_in(store, one, RULES, at=NOW)
    sign_out(store, account.id, one.fingerprint, at=NOW)
    sign_out(store, account.id, one.fingerprint, at=NOW)
    assert has_ended(store, one.fingerprint)
    assert not has_ended(store, other.fingerprint)


def test_signing_out_everywhere_is_written_to_the_account(store: Store) -> None:
    account = sign_in(store, claims(), RULES, at=NOW)
    end_all_sign_ins(store, account.id, by=Person(account.id, Role.staff), at=NOW + timedelta(minutes=5))
    kept = store.register.find(Account, account.id)
    assert kept is not None
    assert kept.signed_out_at == NOW + timedelta(minutes=5)
    assert (AuditEvent.signed_out_everywhere, None) in events(store)
    with pytest.raises(RecordNotFound):
        end_all_sign_ins(store, "P-NIEMAND", by=Person("P-NIEMAND", Role.staff), at=NOW)


def test_an_idle_sign_in_is_ended_for_good_and_an_old_one_needs_no_ending(store: Store) -> None:
    expire_sign_in(store, "P-1", "idle", Closed.idle, at=NOW)
    expire_sign_in(store, "P-1", "old", Closed.too_old, at=NOW)
    expire_sign_in(store, "P-1", "old", Closed.too_old, at=NOW)
    assert (has_ended(store, "idle"), has_ended(store, "old")) == (True, False)
    assert events(store) == [(AuditEvent.sign_in_expired, "idle"), (AuditEvent.sign_in_expired, "too_old")]


def test_what_was_noted_is_deleted_after_its_time_and_not_a_day_before(store: Store) -> None:
    store.audit_days = 30
    note_refused_use(store, "P-1", "edit_plan", datetime(2026, 11, 1, 9))
    sign_out(store, "P-1", "f", at=datetime(2026, 11, 1, 9))
    tidy_up(store, date(2026, 11, 30))
    assert len(audit.entries(store)) == 2
    tidy_up(store, date(2026, 12, 1))
    assert audit.entries(store) == []
    assert has_ended(store, "f")
    tidy_up(store, date(2026, 12, 11))
    assert not has_ended(store, "f")


def test_notes_of_one_account_can_be_read_alone_and_newest_first(store: Store) -> None:
    for number, one in enumerate(["P-1", "P-2", "P-1"]):
        note_refused_use(store, one, str(number), NOW + timedelta(minutes=number))
    assert [entry.detail for entry in audit.entries(store, account_id="P-1")] == ["2", "0"]
    assert [entry.detail for entry in audit.entries(store, most=1)] == ["2"]
