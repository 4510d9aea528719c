"""Who may come in: asked in every run before anything of the plan is read, and once more whenever somebody acts.

The framework's cookie lasts thirty days and nobody can call it back; so whether a sign-in still counts is worked out
here each time, from its age, from what is kept about ended sign-ins, and from the account.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock

import streamlit as st

from metrics.domain.people import Account
from metrics.domain.refusals import ClaimsIncomplete, NoRoleGiven, NotAllowed, NotSignedIn, SignInEnded
from metrics.domain.sign_in import Claims, Closed, closed_by_account, read_claims, too_old
from metrics.locale.words import refusal_sentence
from metrics.ui import runtime
from metrics.ui.configured import local, settings
from metrics.ui.session import _, language, now, today
from metrics.usecases import signing_in
from metrics.usecases.access import Person, Right, Role
from metrics.usecases.people import end_all_sign_ins
from metrics.usecases.sign_in_settings import SignInSettings

LOCAL = "Amt (lokal)"
PAGE_RIGHT = "recht_der_seite"
MOST_SEEN = 10_000
_seen: OrderedDict[tuple[int, str], tuple[str, datetime]] = OrderedDict()
"""Of each store's sign-ins: the account, and when it last acted."""
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody is signed in: the account, and the fingerprint of this sign-in."""

    account: Account
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Nobody is signed in who may come in. `why` is None where nobody has tried."""

    why: Closed | None = None


def look() -> Inside | Outside:
    """Who is there, by what counts right now; not to be asked in local mode. Raises the refusals named `Database…`."""
    found = settings()
    if found is None or not st.user.get("is_logged_in"):
        return Outside()
    try:
        claims = read_claims(st.user.to_dict(), found.rules.role_claim)
    except ClaimsIncomplete:
        return Outside(Closed.unreadable)
    if too_old(claims, found.rules, now()):
        return _expired(claims, Closed.too_old)
    if signing_in.has_ended(runtime.store(), claims.fingerprint):
        return Outside(Closed.ended)
    try:
        account = _account(claims, found)
    except NoRoleGiven:
        return Outside(Closed.no_role)
    except SignInEnded:
        return Outside(Closed.ended)
    why = closed_by_account(account, claims, today())
    if why is not None:
        signing_in.note_refused_sign_in(runtime.store(), claims, account.id, why, now())
        return Outside(why)
    if now() - _last_seen(claims.fingerprint) >= found.rules.idle:
        return _expired(claims, Closed.idle)
    return Inside(account, claims.fingerprint)


def touch(inside: Inside) -> None:
    """This person has just done something."""
    with _lock:
        key = (runtime.store().serial, inside.fingerprint)
        _seen[key] = (inside.account.id, now())
        _seen.move_to_end(key)
        while len(_seen) > MOST_SEEN:
            _seen.popitem(last=False)


def account() -> Account | None:
    """The account of whoever is signed in; None in local mode. Raises NotSignedIn."""
    return None if local() else _inside().account


def person() -> Person:
    """Who acts. Raises NotSignedIn where a sign-in is needed and none counts."""
    if local():
        return Person(os.environ.get("ZUKUNFTSPLAN_PERSON", LOCAL), Role.administration)
    return person_of(_inside().account)


def person_of(found: Account) -> Person:
    """Whoever an account lets act: its pseudonym, role and functions; what is refused to them is noted."""
    role = found.acts_as
    assert role is not None
    return Person(found.id, role, found.functions, report=partial(_report, found.id))


def sign_out(*, everywhere: bool = False) -> None:
    """End this sign-in, or all of this account, and leave the provider too."""
    found = look()
    if isinstance(found, Inside):
        signing_in.sign_out(runtime.store(), found.account.id, found.fingerprint, at=now())
        if everywhere:
            end_all_sign_ins(runtime.store(), found.account.id, by=person_of(found.account), at=now())
    st.logout()


def still_open() -> bool:
    """Whether what the page shows may be shown still; for the parts of a page that renew themselves."""
    if local():
        return True
    found = look()
    right = st.session_state.get(PAGE_RIGHT)
    return isinstance(found, Inside) and (right is None or person_of(found.account).may(Right(right)))


def tell(error: Exception) -> bool:
    """Say as a sentence what a button could not do; any other fault is the framework's to report."""
    if not isinstance(error, NotAllowed | NotSignedIn):
        return False
    st.error(refusal_sentence(error, language()), icon=":material/lock:")
    st.button(_("Weiter"), icon=":material/refresh:", key="abgewiesen_weiter")
    return True


def _inside() -> Inside:
    found = look()
    if isinstance(found, Outside):
        raise NotSignedIn()
    return found


def _account(claims: Claims, found: SignInSettings) -> Account:
    """The account as it is now; signs in where this process meets the sign-in for the first time."""
    store = runtime.store()
    key = (store.serial, claims.fingerprint)
    seen = _seen.get(key)
    if seen is None:
        account = signing_in.sign_in(store, claims, found.rules, at=now())
        with _lock:
            _seen.setdefault(key, (account.id, now()))
        return account
    known = store.register.find(Account, seen[0])
    if known is None or known.subject != claims.identity:
        raise SignInEnded()
    return known


def _last_seen(fingerprint: str) -> datetime:
    seen = _seen.get((runtime.store().serial, fingerprint))
    return seen[1] if seen else now()


def _expired(claims: Claims, why: Closed) -> Outside:
    store = runtime.store()
    seen = _seen.get((store.serial, claims.fingerprint))
    signing_in.expire_sign_in(store, seen and seen[0], claims.fingerprint, why, at=now())
    return Outside(why)


def _report(account_id: str, right: Right) -> None:
    signing_in.note_refused_use(runtime.store(), account_id, right.value, now())
