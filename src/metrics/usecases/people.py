"""Accounts and contact persons: kept, changed, let go. What is kept about them is shown and erased in `personal`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from metrics.domain.audit import AuditEvent
from metrics.domain.context import Organisation
from metrics.domain.people import (
    MOST_CONTACT_YEARS,
    Account,
    Card,
    Contact,
    deletion_day,
    lasting_administrator,
    same_address,
    years_ahead,
)
from metrics.domain.refusals import (
    AddressTaken,
    DeletedBeforeLeaving,
    DeletionNotAhead,
    KeptTooLong,
    LastAdministrator,
    NothingChanged,
    NotYourAccount,
    NotYoursToChange,
    RecordNotFound,
    SubjectTaken,
    UnknownReference,
)
from metrics.store.audit import note
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require

OWN_FIELDS = frozenset({"absent_from", "absent_until", "cadence", "language"})
"""What somebody sets for themselves."""
MANAGED_FIELDS = OWN_FIELDS | {
    *("name", "email", "role", "functions", "group_ids", "purpose", "left_on", "blocked", "delete_on", "subject"),
}
"""What the people page sets; of the subject only that it is forgotten, so that a new sign-in is taken on."""
WHAT_FOR = "Anmeldung und Zuständigkeit im Zukunftsplan"
"""Why an account is kept, unless somebody says otherwise."""
CardT = TypeVar("CardT", bound=Card)


def new_account_id() -> str:
    """A pseudonym that was never used and tells nothing."""
    return "P-" + secrets.token_hex(5)


def new_contact_id() -> str:
    """An id for a contact person."""
    return "KP-" + secrets.token_hex(5)


def add_account(store: Store, account: Account, *, by: Person, at: datetime, today: date) -> Account:
    """Keep a new account and return it.

    Raises NotAllowed, AddressTaken, SubjectTaken, DeletionNotAhead, DeletedBeforeLeaving; SomebodyElseWasFaster where
    the id is known.
    """
    require(by, Right.manage_people)
    stored = _put_account(store, account, None, today)
    _note_role(store, None, stored, by, at)
    return stored


def change_account(
    store: Store,
    account_id: str,
    expected_version: int,
    changes: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    today: date,
) -> Account:
    """Change an account's fields and return it: name, role, functions, absence, last day, block, deletion day, …

    Raises NotAllowed, RecordNotFound, SomebodyElseWasFaster, NotYoursToChange, NothingChanged, LastAdministrator, what
    `add_account` raises, and pydantic's ValidationError.
    """
    require(by, Right.manage_people)
    before = _known(store, Account, account_id)
    wrong = next((name for name in changes if name not in MANAGED_FIELDS), None)
    if wrong or changes.get("subject"):
        raise NotYoursToChange(kind=Account.kind, field=wrong or "subject")
    stored = _put_account(store, _changed(before, changes, expected_version), before, today)
    _note_role(store, before, stored, by, at)
    return stored


def change_own(store: Store, account_id: str, changes: Mapping[str, Any], *, by: Person) -> Account:
    """Change what a person sets for themselves and return the account.

    Raises NotYourAccount, NotYoursToChange, RecordNotFound, pydantic's ValidationError.
    """
    before = _own(store, account_id, by)
    wrong = next((name for name in changes if name not in OWN_FIELDS), None)
    if wrong:
        raise NotYoursToChange(kind=Account.kind, field=wrong)
    return store.register.put(_changed(before, changes, before.version), before.version)


def renew_calendar(store: Store, account_id: str, *, by: Person) -> str:
    """Give a person a new secret for the address of their calendar; the former one leads nowhere any more.

    The secret is returned once and not kept, only its SHA-256. Raises NotYourAccount, RecordNotFound.
    """
    before = _own(store, account_id, by)
    secret = secrets.token_urlsafe(32)
    store.register.put(before.model_copy(update={"calendar_sha256": calendar_digest(secret)}), before.version)
    return secret


def revoke_calendar(store: Store, account_id: str, *, by: Person) -> None:
    """Let the address of a person's calendar lead nowhere. Raises NotYourAccount, RecordNotFound."""
    before = _own(store, account_id, by)
    store.register.put(before.model_copy(update={"calendar_sha256": None}), before.version)


def calendar_digest(secret: str) -> str:
    """What is kept of a calendar's secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def end_all_sign_ins(store: Store, account_id: str, *, by: Person, at: datetime) -> Account:
    """Let no sign-in from before `at` (naive UTC) count any more: one's own, or anybody's with the right to it.

    Raises NotAllowed, RecordNotFound.
    """
    if by.name != account_id:
        require(by, Right.manage_people)
    before = _known(store, Account, account_id)
    stored = store.register.put(before.model_copy(update={"signed_out_at": at}), before.version)
    note(store, AuditEvent.signed_out_everywhere, account_id, None, at=at)
    return stored


def add_contact(store: Store, contact: Contact, *, by: Person, today: date) -> Contact:
    """Keep a new contact person and return it.

    Raises NotAllowed, UnknownReference, DeletionNotAhead, KeptTooLong; SomebodyElseWasFaster where the id is known.
    """
    require(by, Right.keep_contacts)
    _check_contact(store, contact, today)
    return store.register.put(contact, 0)


def change_contact(
    store: Store, contact_id: str, expected_version: int, changes: Mapping[str, Any], *, by: Person, today: date
) -> Contact:
    """Change a contact person and return it.

    Raises what `add_contact` raises, RecordNotFound, NothingChanged, SomebodyElseWasFaster, ValidationError.
    """
    require(by, Right.keep_contacts)
    changed = _changed(_known(store, Contact, contact_id), changes, expected_version)
    _check_contact(store, changed, today)
    return store.register.put(changed, expected_version)


def keep_an_administrator(kept: list[Account], after: Account | None, account_id: str) -> None:
    """Refuse what would leave nobody to manage the accounts; `after`: what becomes of the account, None: nothing."""
    before = next((one for one in kept if one.id == account_id), None)
    if before is None or not lasting_administrator(before) or (after and lasting_administrator(after)):
        return
    if not any(lasting_administrator(one) for one in kept if one.id != account_id):
        raise LastAdministrator(name=before.name)


def _put_account(store: Store, account: Account, before: Account | None, today: date) -> Account:
    account = account.model_copy(update={"delete_on": deletion_day(account, before)})
    if account.delete_on and account.left_on and account.delete_on < account.left_on:
        raise DeletedBeforeLeaving(delete_on=account.delete_on, left_on=account.left_on)
    if account.delete_on and account.delete_on <= today and (before is None or account.delete_on != before.delete_on):
        raise DeletionNotAhead(delete_on=account.delete_on, today=today)

    def judged(kept: list[Account]) -> None:
        others = [one for one in kept if one.id != account.id]
        if any(same_address(one.email, account.email) for one in others):
            raise AddressTaken(email=account.email)
        if account.subject and any(one.subject == account.subject for one in others):
            raise SubjectTaken()
        keep_an_administrator(kept, account, account.id)

    return store.register.put(account, account.version if before else 0, judged)


def _check_contact(store: Store, contact: Contact, today: date) -> None:
    known = {organisation.id for organisation in store.records(Organisation)}
    if contact.organisation_id not in known:
        told = {"referred_kind": Organisation.kind, "referred_id": contact.organisation_id}
        raise UnknownReference(kind=Contact.kind, id=contact.id, field="organisation_id", **told)
    if contact.delete_on <= today:
        raise DeletionNotAhead(delete_on=contact.delete_on, today=today)
    most = years_ahead(today, MOST_CONTACT_YEARS)
    if contact.delete_on > most:
        raise KeptTooLong(delete_on=contact.delete_on, last_allowed=most)


def _changed(before: CardT, changes: Mapping[str, Any], version: int) -> CardT:
    """The card with changes, checked as a whole, as the successor of a version."""
    after = type(before).model_validate(before.model_dump() | dict(changes))
    if after == before and version == before.version:
        raise NothingChanged(kind=before.kind, id=before.id)
    return after.model_copy(update={"version": version})


def _known(store: Store, card_type: type[CardT], identifier: str) -> CardT:
    found = store.register.find(card_type, identifier)
    if found is None:
        raise RecordNotFound(kind=card_type.kind, id=identifier)
    return found


def _own(store: Store, account_id: str, by: Person) -> Account:
    if by.name != account_id:
        raise NotYourAccount(id=account_id)
    return _known(store, Account, account_id)


def _note_role(store: Store, before: Account | None, after: Account, by: Person, at: datetime) -> None:
    old, new = before.role if before else None, after.role
    if old is not new:
        words = f"{old.value if old else '-'} > {new.value if new else '-'}; {by.name}"
        note(store, AuditEvent.role_changed, after.id, words, at=at)
