"""What is noted about sign-ins and rights, beside the ledger: by pseudonym, without addresses, deleted after a time."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from metrics.domain.audit import AuditEntry, AuditEvent
from metrics.store.connection import sql
from metrics.store.ledger import Store

ENDED_DAYS = 40
"""How long it is remembered that a sign-in was ended: past the thirty days that the framework's cookie lasts."""


def note(
    store: Store,
    event: AuditEvent,
    account_id: str | None,
    detail: str | None,
    at: datetime,
    *,
    once: str | None = None,
) -> bool:
    """Note what happened; with `once` only the first time that this text is given for this event.

    Returns whether it was noted.
    """
    row = {
        "id": f"{event}:{once}" if once else secrets.token_hex(16),
        "noted_at": at,
        "account_id": account_id,
        "event": event.value,
        "detail": detail,
        "delete_on": at.date() + timedelta(days=store.audit_days),
    }
    with store.beside_the_ledger() as cursor:
        return bool(cursor.execute(sql("queries", "add_audit"), row).fetchall())


def has_noted(store: Store, event: AuditEvent, once: str) -> bool:
    """Whether an event has been noted under this text."""
    return bool(store.connection.tuples("noted_audit", {"id": f"{event}:{once}"}))


def entries(store: Store, most: int = 500, *, account_id: str | None = None) -> list[AuditEntry]:
    """What was noted, newest first: of one account, or of everybody."""
    rows = store.connection.rows("audit_entries", {"account_id": account_id, "most": most})
    return [AuditEntry(**row | {"event": AuditEvent(row["event"])}) for row in rows]


def tidy(store: Store, today: date) -> None:
    """Delete what has been kept long enough, ended sign-ins too."""
    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "tidy_audit"), {"today": today})
        cursor.execute(sql("queries", "tidy_ended_sign_in"), {"today": today})


def end_sign_in(store: Store, fingerprint: str, at: datetime) -> None:
    """This sign-in counts no more, in whichever browser its cookie lies."""
    row = {"fingerprint": fingerprint, "ended_at": at, "delete_on": at.date() + timedelta(days=ENDED_DAYS)}
    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "end_sign_in"), row)


def has_ended(store: Store, fingerprint: str) -> bool:
    """Whether this sign-in was ended before its time."""
    return bool(store.connection.tuples("ended_sign_in", {"fingerprint": fingerprint}))
