"""Where personal data lies beside the cards: which question shows one person's rows of a table, which one erases them.

Whoever adds a table about persons adds a line here, and a line to TIDIED where its rows end on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from metrics.domain.people import Account, Card
from metrics.store.connection import sql
from metrics.store.ledger import Store


class PersonKey(StrEnum):
    """By what a table knows a person; also the parameter of its questions."""

    account_id = "account_id"
    email = "email"


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table about persons: `shown` and `erased` are names of query files with the parameter that `key` names."""

    table: str
    shown: str
    erased: str
    key: PersonKey = PersonKey.account_id


PERSONAL: tuple[PersonalTable, ...] = (
    PersonalTable("draft", shown="drafts_of", erased="erase_drafts_of"),
    PersonalTable("audit", shown="audit_of", erased="forget_in_audit"),
    PersonalTable("mail", shown="mails_of_account", erased="erase_mails_of_account"),
    PersonalTable("look", shown="looks_of", erased="erase_looks_of"),
)
TIDIED: tuple[str, ...] = ("tidy_audit", "tidy_draft", "tidy_ended_sign_in")
"""Queries that erase the rows whose day has come; their one parameter is `today`."""


def rows_about(store: Store, account_id: str | None, emails: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """A person's rows by table, as they are stored."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in PERSONAL:
        asked = _asked(line, account_id, emails)
        found[line.table] = [row for parameters in asked for row in store.connection.rows(line.shown, parameters)]
    return found


def changes_by(store: Store, account_id: str) -> list[dict[str, Any]]:
    """What the ledger keeps under a pseudonym: number, time and action of the change, and kind, id and version."""
    return store.connection.rows("changes_by", {"account_id": account_id})


def erase_about(
    store: Store, cards: Sequence[Card], emails: Collection[str], judged: Callable[[], None] = lambda: None
) -> None:
    """Erase cards and every other row about these persons in one transaction; the ledger is not touched.

    `judged` is called while nobody else writes, and refuses what must not be.
    """
    with store.beside_the_ledger() as cursor:
        judged()
        for card in cards:
            cursor.execute(sql("queries", "erase_" + card.kind), {"id": card.id})
        accounts: list[str | None] = [card.id for card in cards if isinstance(card, Account)]
        for line in PERSONAL:
            for account_id in accounts or [None]:
                for parameters in _asked(line, account_id, emails):
                    cursor.execute(sql("queries", line.erased), parameters)
    store.register.moved_on()


def tidy(store: Store, today: date) -> int:
    """Erase every row beside the ledger whose day has come, and say how many they were."""
    with store.beside_the_ledger() as cursor:
        counts = [cursor.execute(sql("queries", query), {"today": today}).fetchall()[0][0] for query in TIDIED]
    return sum(counts)


def _asked(line: PersonalTable, account_id: str | None, emails: Collection[str]) -> list[dict[str, str]]:
    if line.key is PersonKey.email:
        return [{"email": email} for email in sorted(emails)]
    return [{"account_id": account_id}] if account_id else []
