"""Drafts: what somebody has typed and not stored yet, by form. Beside the ledger: overwritten, dropped, erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from metrics.store.connection import sql
from metrics.store.ledger import Store

DAYS_KEPT = 30
"""A draft that nobody has touched for so long is removed."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A form's typed content, as JSON text, and when it was kept (naive UTC)."""

    form: str
    content: str
    saved_at: datetime


def drafts_of(store: Store, account_id: str, today: date) -> list[KeptDraft]:
    """The drafts of an account that are not over, in order of form."""
    rows = store.connection.rows("drafts_of_account", {"account_id": account_id, "today": today})
    return [KeptDraft(row["form"], row["content"], row["saved_at"]) for row in rows]


def keep_drafts(store: Store, account_id: str, contents: Mapping[str, str], at: datetime, today: date) -> None:
    """Keep the contents of forms, each in place of what was kept of it before; what is over is removed on the way."""
    over = today + timedelta(days=DAYS_KEPT)
    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "tidy_draft"), {"today": today})
        for form, content in contents.items():
            told = {"account_id": account_id, "form": form, "content": content, "saved_at": at, "delete_on": over}
            cursor.execute(sql("queries", "keep_draft"), told)


def drop_drafts(store: Store, account_id: str, forms: Iterable[tuple[str, datetime]]) -> None:
    """Forget drafts that are as they were kept at a moment; what was kept of a form since then stays."""
    with store.beside_the_ledger() as cursor:
        for form, saved_at in forms:
            told = {"account_id": account_id, "form": form, "saved_at": saved_at}
            cursor.execute(sql("queries", "drop_draft"), told)


def erase_drafts(store: Store, account_id: str) -> None:
    """Forget every draft of an account."""
    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "erase_drafts_of"), {"account_id": account_id})
