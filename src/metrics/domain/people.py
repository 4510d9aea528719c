"""Who uses the plan: accounts, their roles and functions, and contact persons. Kept beside the ledger, and erasable.

The plan itself names functions ("Statistikstelle"), never persons. An account holds functions; the ledger knows it by
its id, a pseudonym, so that history stays whole when the person is erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import Identifier, Line, OptionalLine, OptionalText, Title
from metrics.domain.cards import Card as Card
from metrics.domain.cards import MailAddress as MailAddress
from metrics.domain.cards import OptionalMailAddress as OptionalMailAddress
from metrics.domain.invitations import Invitation
from metrics.domain.priorities import Digest


class Role(StrEnum):
    """The roles of an office and of those it shows its plan to."""

    leadership = "leadership"
    staff = "staff"
    data_steward = "data_steward"
    research_partner = "research_partner"
    committee = "committee"
    business = "business"
    administration = "administration"


class Cadence(StrEnum):
    """How often somebody wants to be reminded; the first working day of the week or month."""

    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"
    off = "off"


class Account(Card):
    """Somebody who signs in. `id` is the pseudonym by which the ledger knows them.

    `subject` is issuer and subject of the sign-in, once known; `role` is what the people page says, `claimed_role` what
    the last sign-in brought. `signed_out_at` (naive UTC): sign-ins from before count no more.
    """

    kind: ClassVar[str] = "account"

    name: Title
    email: OptionalMailAddress = None
    subject: OptionalLine = None
    role: Role | None = None
    claimed_role: Role | None = None
    functions: tuple[Line, ...] = ()
    group_ids: tuple[Identifier, ...] = ()
    language: Annotated[str, StringConstraints(pattern="^(de|en)$")] = "de"
    cadence: Cadence = Cadence.weekly
    absent_from: date | None = None
    absent_until: date | None = None
    left_on: date | None = None
    blocked: bool = False
    signed_out_at: datetime | None = None
    calendar_sha256: Digest | None = None

    @field_validator("absent_until")
    @classmethod
    def _absence_runs_forward(cls, until: date | None, info: object) -> date | None:
        begins = getattr(info, "data", {}).get("absent_from")
        if until and begins and until < begins:
            raise PydanticCustomError("absence_backwards", "the absence ends before it begins")
        return until

    @property
    def acts_as(self) -> Role | None:
        """The role that counts: the people page's, else the one that the sign-in brought."""
        return self.role or self.claimed_role

    def active(self, today: date) -> bool:
        """Whether the person works here and may sign in."""
        return not self.blocked and (self.left_on is None or today <= self.left_on)

    def present(self, today: date) -> bool:
        """Whether the person is active and not absent."""
        begins, ends = self.absent_from, self.absent_until
        away = begins is not None and begins <= today and (ends is None or today <= ends)
        return self.active(today) and not away


class Contact(Card):
    """A contact person of an organisation: apart from it, for a purpose, until a day."""

    kind: ClassVar[str] = "contact"

    organisation_id: Identifier
    name: Title
    position: OptionalLine = None
    email: OptionalMailAddress = None
    phone: OptionalLine = None
    note: OptionalText = None
    delete_on: date


KEPT_AFTER_LEAVING = timedelta(days=90)
"""How long an account is kept after its last day, unless somebody says otherwise."""
CONTACT_YEARS, MOST_CONTACT_YEARS = 1, 3
"""Years that a contact person is kept for, unless somebody says otherwise, and at the most."""


def deletion_day(account: Account, before: Account | None = None) -> date | None:
    """The day on which an account is erased: what was typed, else 90 days after the last day.

    A day that followed from the last day moves with it, and goes when the last day is taken back.
    """
    last_day_before = before.left_on if before else None
    if account.delete_on is not None:
        followed = last_day_before is not None and account.delete_on == last_day_before + KEPT_AFTER_LEAVING
        if not followed or account.left_on == last_day_before:
            return account.delete_on
    return account.left_on + KEPT_AFTER_LEAVING if account.left_on else None


def years_ahead(today: date, years: int) -> date:
    """The same day some years on; the last of February where the year has no 29th."""
    try:
        return today.replace(year=today.year + years)
    except ValueError:
        return today.replace(year=today.year + years, day=28)


def lasting_administrator(account: Account) -> bool:
    """Whether somebody manages the office's accounts with no end in sight."""
    ends = account.left_on or account.delete_on
    return account.acts_as is Role.administration and not account.blocked and ends is None


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two e-mail addresses reach the same person; capitals do not count."""
    return one is not None and other is not None and one.casefold() == other.casefold()


CARD_TYPES: tuple[type[Card], ...] = (Account, Contact, Invitation)
CARDS: dict[str, type[Card]] = {card.kind: card for card in CARD_TYPES}


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who has to see to something today. `standing_in`: the deputy's holders, because no holder of the owner is here.

    Without accounts nobody is orphaned by them: see `orphaned`.
    """

    accounts: tuple[Account, ...]
    standing_in: bool

    @property
    def orphaned(self) -> bool:
        """Whether nobody sees to it."""
        return not self.accounts


def responsible(accounts: Iterable[Account], owner: str | None, deputy: str | None, today: date) -> Responsible:
    """The accounts that hold the owner's function and are here; if there is none, those of the deputy's."""
    known = list(accounts)
    holders = _holders(known, owner, today)
    if holders:
        return Responsible(holders, standing_in=False)
    return Responsible(_holders(known, deputy, today), standing_in=True)


def holds(functions: Collection[str], function: str | None) -> bool:
    """Whether a function is among those held; capitals and spaces apart."""
    return function is not None and _folded(function) in {_folded(one) for one in functions}


def _holders(accounts: Iterable[Account], function: str | None, today: date) -> tuple[Account, ...]:
    return tuple(one for one in accounts if one.present(today) and holds(one.functions, function))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
