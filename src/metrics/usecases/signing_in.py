"""Signing in and out: an account for whoever has a role, and an end to sign-ins that shall count no more."""

from __future__ import annotations

import threading
from datetime import date, datetime

from pydantic import ValidationError

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account
from metrics.domain.refusals import NoRoleGiven, SignInEnded
from metrics.domain.sign_in import Claims, Closed, SignInRules, account_for, highest_role
from metrics.store import audit
from metrics.store.ledger import Store
from metrics.usecases.people import new_account_id

PURPOSE = "Anmeldung und Rechte im Zukunftsplan"
"""Why an account is kept."""
_coming_in = threading.Lock()
"""Two tabs of a browser come back from the provider at once, and shall not make two accounts."""


def sign_in(store: Store, claims: Claims, rules: SignInRules, *, at: datetime) -> Account:
    """The account of whoever signed in, made or bound at the first sign-in; to be asked once per sign-in and process.

    The role that the claims bring is written down once per sign-in, so that an older cookie cannot bring back a role
    that was taken away. Raises NoRoleGiven; SignInEnded where the account of a known sign-in has been erased.
    """
    with _coming_in:
        account = account_for(claims, store.register.all(Account))
        role = highest_role(claims.groups, rules.roles)
        if account is None and role is None:
            note_refused_sign_in(store, claims, None, Closed.no_role, at)
            raise NoRoleGiven()
        known = audit.has_noted(store, AuditEvent.signed_in, claims.fingerprint)
        if known:
            if account is None or account.subject != claims.identity:
                raise SignInEnded()
            return account
        if account is None:
            account = _created(store, claims, at)
        elif account.subject is None:
            account = _bound(store, account, claims, at)
        if account.claimed_role is not role:
            told = f"{account.claimed_role or '–'} → {role or '–'}"
            account = _put(store, account, claimed_role=role)
            audit.note(store, AuditEvent.role_changed, account.id, told, at)
        role_now = account.acts_as
        audit.note(store, AuditEvent.signed_in, account.id, role_now and role_now.value, at, once=claims.fingerprint)
        return account


def sign_out(store: Store, account_id: str, fingerprint: str, *, at: datetime) -> None:
    """End one sign-in: in every tab, and for whoever has copied its cookie."""
    audit.end_sign_in(store, fingerprint, at)
    audit.note(store, AuditEvent.signed_out, account_id, None, at)


def expire_sign_in(store: Store, account_id: str | None, fingerprint: str, why: Closed, *, at: datetime) -> None:
    """Note that a sign-in has expired; one that lay idle is ended for good."""
    if why is Closed.idle:
        audit.end_sign_in(store, fingerprint, at)
    audit.note(store, AuditEvent.sign_in_expired, account_id, why.value, at, once=fingerprint)


def note_refused_sign_in(store: Store, claims: Claims, account_id: str | None, why: Closed, at: datetime) -> None:
    """Note that somebody signed in at the provider and is not let in here, once per sign-in and reason."""
    told = f"{why}:{claims.fingerprint}"
    audit.note(store, AuditEvent.sign_in_refused, account_id, why.value, at, once=told)


def has_ended(store: Store, fingerprint: str) -> bool:
    """Whether this sign-in was ended before its time."""
    return audit.has_ended(store, fingerprint)


def note_refused_page(store: Store, account_id: str, address: str, at: datetime) -> None:
    """Note that somebody asked for a page that their role does not open."""
    audit.note(store, AuditEvent.page_refused, account_id, address, at)


def note_refused_use(store: Store, account_id: str, right: str, at: datetime) -> None:
    """Note that somebody tried what their role does not allow."""
    audit.note(store, AuditEvent.use_case_refused, account_id, right, at)


def tidy_up(store: Store, today: date) -> None:
    """Delete what was noted and has been kept long enough."""
    audit.tidy(store, today)


def _created(store: Store, claims: Claims, at: datetime) -> Account:
    told = {"id": new_account_id(), "purpose": PURPOSE, "subject": claims.identity}
    told["name"] = claims.name or claims.subject[:300]
    try:
        account = Account(**told, email=claims.email)
    except ValidationError:  # the provider's address is none: the person comes in without
        account = Account(**told)
    stored = store.register.put(account, 0)
    audit.note(store, AuditEvent.account_created, stored.id, None, at)
    return stored


def _bound(store: Store, account: Account, claims: Claims, at: datetime) -> Account:
    stored = _put(store, account, subject=claims.identity)
    audit.note(store, AuditEvent.account_bound, stored.id, None, at)
    return stored


def _put(store: Store, account: Account, **changes: object) -> Account:
    return store.register.put(account.model_copy(update=changes), account.version)
