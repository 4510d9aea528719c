"""Sign-ins, refused attempts and what was done with accounts, beside the ledger; each entry ends on a day."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from metrics.domain.audit import AuditEntry, AuditEvent, kept_until
from metrics.store.connection import sql
from metrics.store.ledger import Store


def note(store: Store, event: AuditEvent, account_id: str | None, detail: str | None, *, at: datetime) -> None:
    """Note an event. `at` is naive UTC; `detail` names a page, a right or a reason, never a person."""
    entry = {"id": secrets.token_hex(8), "noted_at": at, "account_id": account_id, "event": event.value}
    with store.beside_the_ledger() as cursor:
        query = sql("queries", "add_audit")
        cursor.execute(query, entry | {"detail": detail, "delete_on": kept_until(at.date())})


def entries(store: Store, most: int) -> list[AuditEntry]:
    """The newest entries first, at most `most`."""
    rows = store.connection.tuples("audit_entries", {"most": most})
    return [AuditEntry(at, account, AuditEvent(event), detail, ends) for at, account, event, detail, ends in rows]


def tidy(store: Store, today: date) -> None:
    """Erase what has reached its day."""
    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "tidy_audit"), {"today": today})
