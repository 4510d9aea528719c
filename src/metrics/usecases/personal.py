"""What is kept about one person: shown, handed out, erased on demand or on its day, and what of it stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from metrics.domain.audit import AuditEntry, AuditEvent
from metrics.domain.invitations import Invitation
from metrics.domain.people import CARD_TYPES, Account, Card, Contact, same_address
from metrics.domain.refusals import DatabaseFolderNotWritable, DatabaseNotReadable, DiskFull, PersonNotFound, Refusal
from metrics.store.audit import entries, note
from metrics.store.ledger import Store
from metrics.store.personal import changes_by, erase_about, rows_about, tidy
from metrics.usecases.access import Person, Right, require
from metrics.usecases.people import keep_an_administrator


@dataclass(frozen=True, slots=True)
class Found:
    """The cards of one person: an account, contact persons and invitations with its e-mail address, or either."""

    account: Account | None
    contacts: tuple[Contact | Invitation, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them."""
        return (*((self.account,) if self.account else ()), *self.contacts)

    @property
    def emails(self) -> frozenset[str]:
        """The e-mail addresses they stand under."""
        return _addresses(self.cards)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure takes away and what it leaves.

    `rows`: other rows by table; `changes`: changes of the ledger that stay under the pseudonym; `backups`: files that
    were made before and still hold the person; `rewritten`: whether the file was written anew, so that the bytes are
    gone too (None: nothing was erased yet).
    """

    found: Found
    rows: dict[str, int]
    changes: int
    backups: tuple[Path, ...]
    rewritten: bool | None = None


@dataclass(frozen=True, slots=True)
class Tidied:
    """What reached its day: how many accounts, contact persons and other rows were erased."""

    accounts: int
    contacts: int
    rows: int
    rewritten: bool | None = None


def find_person(store: Store, who: str) -> Found:
    """The cards of an id or an e-mail address; with an account the contact persons and invitations of its address.

    Raises PersonNotFound.
    """
    accounts = store.register.all(Account)
    others: list[Contact | Invitation] = [*store.register.all(Contact), *store.register.all(Invitation)]
    account = next((one for one in accounts if one.id == who or same_address(one.email, who)), None)
    address = account.email if account else who
    same = tuple(one for one in others if one.id == who or same_address(one.reached_at, address))
    if account is None and not same:
        raise PersonNotFound(who=who)
    return Found(account, same)


def export_person(store: Store, who: str, *, by: Person, at: datetime) -> dict[str, Any]:
    """Everything that is kept about one person, as plain data: one's own, or anybody's with the right to it.

    Raises NotAllowed, PersonNotFound.
    """
    if by.name != who:
        require(by, Right.manage_people)
    found = find_person(store, who)
    account_id = found.account.id if found.account else None
    data = {
        "account": found.account.model_dump(mode="json") if found.account else None,
        "contacts": [one.model_dump(mode="json") for one in found.contacts if isinstance(one, Contact)],
        "invitations": [one.model_dump(mode="json") for one in found.contacts if isinstance(one, Invitation)],
        **{table: _plain(rows) for table, rows in rows_about(store, account_id, found.emails).items()},
        "changes": _plain(changes_by(store, account_id)) if account_id else [],
    }
    note(store, AuditEvent.account_exported, account_id, None, at=at)
    return data


def preview_erasure(store: Store, who: str, *, by: Person, at: datetime) -> Erasure:
    """What `erase_person` would take away and leave; nothing is erased. Raises NotAllowed, PersonNotFound."""
    return _erasure(store, _found_to_erase(store, who, by), at)


def erase_person(store: Store, who: str, *, by: Person, at: datetime) -> Erasure:
    """Erase an account with everything about it, or contact persons, from the tables and from the file.

    The ledger keeps the pseudonym, which means nothing any more. Raises NotAllowed, PersonNotFound, LastAdministrator.
    """
    found = _found_to_erase(store, who, by)
    erasure = _erasure(store, found, at)

    def judged() -> None:
        if found.account:
            keep_an_administrator(store.register.stored(Account), None, found.account.id)

    erase_about(store, found.cards, _addresses_that_go(store, found.cards), judged)
    if found.account:
        note(store, AuditEvent.account_erased, None, f"{found.account.id}; {by.name}", at=at)
    return Erasure(found, erasure.rows, erasure.changes, erasure.backups, rewrite(store))


def delete_expired(store: Store, *, by: Person, at: datetime, today: date) -> Tidied:
    """Erase every account, contact person, invitation, draft and noted event whose day has come. Raises NotAllowed."""
    require(by, Right.operate)
    accounts, contacts = expired(store, today)
    for account in accounts:
        erase_about(store, [account], _addresses_that_go(store, [account]))
        note(store, AuditEvent.account_erased, None, account.id, at=at)
    if contacts:
        erase_about(store, contacts, _addresses_that_go(store, contacts))
    ended = [one for one in store.register.all(Invitation) if one.delete_on <= today]
    if ended:
        erase_about(store, ended, _addresses_that_go(store, ended))
    rows = tidy(store, today) + len(ended)
    anything = bool(accounts or contacts or rows)
    return Tidied(len(accounts), len(contacts), rows, rewrite(store) if anything else None)


def expired(store: Store, today: date) -> tuple[list[Account], list[Contact]]:
    """Accounts and contact persons whose day of deletion has come."""
    accounts, contacts = store.register.all(Account), store.register.all(Contact)
    return (
        [one for one in accounts if one.delete_on and one.delete_on <= today],
        [one for one in contacts if one.delete_on <= today],
    )


def noted_events(store: Store, *, by: Person, most: int) -> list[AuditEntry]:
    """The newest sign-ins, refused attempts and acts on accounts. Raises NotAllowed."""
    require(by, Right.manage_people)
    return entries(store, most)


def rewrite(store: Store) -> bool:
    """Write the store's file anew, so that the bytes of what was erased are gone; False where that did not succeed."""
    try:
        store.rewrite()
    except (DiskFull, DatabaseFolderNotWritable, DatabaseNotReadable):
        return False
    return True


def _addresses(cards: Iterable[Card]) -> frozenset[str]:
    return frozenset(card.reached_at for card in cards if card.reached_at)


def _addresses_that_go(store: Store, cards: Sequence[Card]) -> frozenset[str]:
    """The e-mail addresses of cards under which nobody else stays."""
    gone = {(card.kind, card.id) for card in cards}
    kept = [card for kind in CARD_TYPES for card in store.register.all(kind) if (card.kind, card.id) not in gone]
    staying = {email.casefold() for email in _addresses(kept)}
    return frozenset(email for email in _addresses(cards) if email.casefold() not in staying)


def _found_to_erase(store: Store, who: str, by: Person) -> Found:
    """Contact persons are erased by whoever keeps them, an account by whoever manages accounts."""
    require(by, Right.keep_contacts)
    found = find_person(store, who)
    if found.account:
        require(by, Right.manage_people)
    return found


def _erasure(store: Store, found: Found, at: datetime) -> Erasure:
    account_id = found.account.id if found.account else None
    rows = {table: len(found_) for table, found_ in rows_about(store, account_id, found.emails).items()}
    changes = {row["change_no"] for row in changes_by(store, account_id)} if account_id else set()
    return Erasure(
        found, {table: number for table, number in rows.items() if number}, len(changes), _backups(store, found, at)
    )


def _backups(store: Store, found: Found, at: datetime) -> tuple[Path, ...]:
    """Files beside the store that were made before and still hold one of the cards."""
    files = [*store.connection.backup_folder.glob("*.duckdb"), *store.path.parent.glob("*-before-restore-*.duckdb")]
    return tuple(path for path in sorted(files) if _holds(path, found.cards, at))


def _holds(path: Path, cards: Sequence[Card], at: datetime) -> bool:
    """Whether a file holds a card; one that cannot be read may hold it."""
    try:
        with closing(Store.open(path, at, read_only=True)) as backup:
            kept = {(kind.kind, card.id) for kind in CARD_TYPES for card in backup.register.all(kind)}
    except Refusal:
        return True
    return any((card.kind, card.id) in kept for card in cards)


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in rows
    ]
