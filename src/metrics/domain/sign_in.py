"""Who may come in, as what and for how long: decided from the claims of an ID token, the account and the clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from metrics.domain.base import clean_text
from metrics.domain.people import Account, Role
from metrics.domain.refusals import ClaimsIncomplete, RolesNotReadable

RANK = (
    Role.administration,
    Role.leadership,
    Role.staff,
    Role.data_steward,
    Role.research_partner,
    Role.committee,
    Role.business,
)
"""The roles from the highest to the lowest: whoever is in several groups gets the highest."""
LONGEST_IDENTITY = 400
CLOCKS_APART = timedelta(minutes=5)
"""How far the provider's clock may run ahead of ours."""


class Closed(StrEnum):
    """Why a sign-in does not count, or no more."""

    too_old = "too_old"
    idle = "idle"
    ended = "ended"
    ended_everywhere = "ended_everywhere"
    blocked = "blocked"
    left = "left"
    no_role = "no_role"
    unreadable = "unreadable"


@dataclass(frozen=True, slots=True)
class Claims:
    """What the ID token says. `issued_at` is naive UTC; `email_verified` is None where the provider does not say."""

    issuer: str
    subject: str
    issued_at: datetime
    fingerprint: str
    name: str | None
    email: str | None
    email_verified: bool | None
    groups: tuple[str, ...]

    @property
    def identity(self) -> str:
        """Issuer and subject, as an account keeps them: together they name one person for ever."""
        return str(clean_text(f"{self.issuer}|{self.subject}"))


@dataclass(frozen=True, slots=True)
class SignInRules:
    """How sign-ins are read and how long they last."""

    roles: Mapping[str, Role]
    role_claim: str = "groups"
    max_age: timedelta = timedelta(hours=10)
    idle: timedelta = timedelta(minutes=60)


def read_roles(text: str) -> dict[str, Role]:
    """`zk-leitung=leadership,zk-amt=staff` as {group: role}. Raises RolesNotReadable with the part that is wrong."""
    found: dict[str, Role] = {}
    for part in text.split(","):
        # Names of groups may contain "=" (CN=leitung,…): the role stands behind the last one.
        group, sign, role = (piece.strip() for piece in part.rpartition("="))
        if not (sign and group) or role not in list(Role) or group in found:
            raise RolesNotReadable(part=part.strip(), known=", ".join(Role))
        found[group] = Role(role)
    return found


def highest_role(groups: Iterable[str], roles: Mapping[str, Role]) -> Role | None:
    """The highest role that any of the groups gives; None if none does."""
    given = {roles[group] for group in groups if group in roles}
    return next((role for role in RANK if role in given), None)


def read_claims(token: Mapping[str, Any], role_claim: str) -> Claims:
    """What of the ID token counts here. Raises ClaimsIncomplete where it does not tell who signed in when."""
    issuer, subject, issued = token.get("iss"), token.get("sub"), token.get("iat")
    if not (_is_text(issuer) and _is_text(subject)) or len(f"{issuer}{subject}") > LONGEST_IDENTITY:
        raise ClaimsIncomplete(missing="iss, sub")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        raise ClaimsIncomplete(missing="iat")
    try:
        moment = datetime.fromtimestamp(issued, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError) as error:
        raise ClaimsIncomplete(missing="iat") from error
    verified = token.get("email_verified")
    return Claims(
        issuer=str(issuer),
        subject=str(subject),
        issued_at=moment,
        fingerprint=_fingerprint(token),
        name=_text(token.get("name")) or _text(token.get("preferred_username")),
        email=_text(token.get("email")),
        email_verified=None if verified is None else verified is True or verified == "true",
        groups=_groups(token, role_claim),
    )


def too_old(claims: Claims, rules: SignInRules, now: datetime) -> bool:
    """Whether the sign-in is past its age, or from a future that no clock can explain."""
    return not -CLOCKS_APART <= now - claims.issued_at < rules.max_age


def closed_by_account(account: Account, claims: Claims, today: date) -> Closed | None:
    """What the account says against this sign-in; None if nothing."""
    if account.blocked:
        return Closed.blocked
    if not account.active(today):
        return Closed.left
    if account.signed_out_at is not None and claims.issued_at <= account.signed_out_at:
        return Closed.ended_everywhere
    return None if account.acts_as else Closed.no_role


def account_for(claims: Claims, accounts: Iterable[Account]) -> Account | None:
    """The account of whoever signed in: the one of the same identity, else the only unbound one of the same address.

    An address that the provider calls unverified finds nobody.
    """
    known = list(accounts)
    bound = next((one for one in known if one.subject == claims.identity), None)
    if bound is not None or claims.email is None or claims.email_verified is False:
        return bound
    address = claims.email.casefold()
    waiting = [one for one in known if one.subject is None and one.email and one.email.casefold() == address]
    return waiting[0] if len(waiting) == 1 else None


def _groups(token: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    """The texts of a claim, `groups` or nested as `realm_access.roles`; whatever else stands there counts as none."""
    found: Any = token.get(claim)
    if found is None:
        found = token
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list | tuple) else ()


def _fingerprint(token: Mapping[str, Any]) -> str:
    """Tells this sign-in from all others, and nothing about the person."""
    parts = [str(token.get(name, "")) for name in ("iss", "sub", "iat", "jti", "nonce", "at_hash", "sid")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _text(value: object) -> str | None:
    """One line without hidden characters, at most as long as a title may be."""
    if not isinstance(value, str):
        return None
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:300].strip() or None
