"""What is noted of sign-ins comes back newest first and ends on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from metrics.domain.audit import AuditEntry, AuditEvent
from metrics.store.audit import entries, note, tidy
from metrics.store.ledger import Store


def test_what_was_noted_comes_back_newest_first_and_no_more_than_asked_for(store: Store, now: datetime) -> None:
    note(store, AuditEvent.sign_in_refused, None, "kein Zugang", at=now)
    note(store, AuditEvent.signed_in, "P-1", None, at=now + timedelta(minutes=1))
    first = AuditEntry(now, None, AuditEvent.sign_in_refused, "kein Zugang", date(2027, 2, 22))
    second = AuditEntry(now + timedelta(minutes=1), "P-1", AuditEvent.signed_in, None, date(2027, 2, 22))
    assert entries(store, 10) == [second, first]
    assert entries(store, 1) == [second]
    assert store.change_number() == 0


def test_an_entry_is_gone_on_its_day_and_not_the_day_before(store: Store, now: datetime) -> None:
    note(store, AuditEvent.signed_in, "P-ALT", None, at=now - timedelta(days=1))
    note(store, AuditEvent.signed_in, "P-NEU", None, at=now)
    tidy(store, date(2027, 2, 20))
    assert len(entries(store, 10)) == 2
    tidy(store, date(2027, 2, 21))
    assert [entry.account_id for entry in entries(store, 10)] == ["P-NEU"]
