"""Invitations: an address gets a code that opens a few titles, a field for one's view, and maybe a seat of a round.

Nothing is sent from here: whoever invites is shown the code once and sends it, for it is kept nowhere. An outbox would
keep it in clear until the mail is out; the one place where a letter would be handed over is `invite`.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from metrics.domain.audit import AuditEvent
from metrics.domain.goals import Goal
from metrics.domain.invitations import KEPT_DAYS, LONGEST_DAYS, PER_ADDRESS, PER_INVITER, Invitation
from metrics.domain.measures import Measure
from metrics.domain.people import Account
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.domain.rate_limit import Limit
from metrics.domain.refusals import (
    AddressLimitReached,
    InvitationEnds,
    InvitationLimitReached,
    InvitationOver,
    InvitationUnknown,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
    UnknownReference,
)
from metrics.store import audit
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, Role, require
from metrics.usecases.rating import code_digest, new_code
from metrics.usecases.rounds import renew_code

NAMED = "Einladung "
"""Begins what the ledger calls somebody who was invited."""
_inviting = threading.Lock()
"""Counting and storing belong together: two who invite at once must not both be the last one allowed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom: the address, what it is about, until when, a word with it, and what the address is for.

    `seat`: number of a seat of the round; its former code is void from then on.
    """

    address: str
    goal_ids: tuple[str, ...]
    measure_ids: tuple[str, ...]
    expires_on: date
    purpose: str
    message: str | None = None
    round_id: str | None = None
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with its code, which is known here alone and kept nowhere."""

    invitation: Invitation
    code: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody who came in by an invitation: `over` once nothing more can be said, only read."""

    invitation: Invitation
    person: Person
    over: bool


def invited_name(invitation_id: str) -> str:
    """The pseudonym of somebody who was invited."""
    return NAMED + invitation_id


def invite(store: Store, asked: Asked, *, by: Person, at: datetime, today: date) -> Sent:
    """Make an invitation and its code. `at` is naive UTC.

    Raises NotAllowed, InvitationEnds, InvitationLimitReached, AddressLimitReached (both are noted), UnknownReference,
    RecordNotFound, RoundNotOpen, and pydantic's ValidationError for an address that is none.
    """
    require(by, Right.invite)
    if asked.round_id is not None:
        require(by, Right.moderate_rounds)
    last = today + timedelta(days=LONGEST_DAYS)
    if not today <= asked.expires_on <= last:
        raise InvitationEnds(first=today, last=last)
    invitation = Invitation(
        id="E-" + secrets.token_hex(5),
        purpose=asked.purpose,
        address=asked.address,
        goal_ids=asked.goal_ids,
        measure_ids=asked.measure_ids,
        round_id=asked.round_id,
        seat=asked.seat,
        message=asked.message,
        code_sha256=code_digest(""),
        invited_by=by.name,
        invited_at=at,
        expires_on=asked.expires_on,
        delete_on=asked.expires_on + timedelta(days=KEPT_DAYS),
    )
    _refuse_unknown(store, invitation)
    with _inviting:
        _refuse_too_many(store, invitation, at)
        code = _code_of_seat(store, invitation, by, at) if asked.round_id else new_code()
        sealed = invitation.model_copy(update={"code_sha256": code_digest(code)})
        stored = store.register.put(sealed, 0)
    audit.note(store, AuditEvent.invitation_sent, by.name, stored.id, at=at)
    return Sent(stored, code)


def accept(store: Store, code: str, today: date) -> Accepted:
    """Who a code makes somebody, and to what they are invited; the first time is noted.

    Raises InvitationUnknown for one that is unknown, withdrawn or erased. Past its end it can still be read.
    """
    invitation = _by_code(store, code)
    if invitation is None or invitation.revoked or today > invitation.delete_on:
        raise InvitationUnknown
    if invitation.used_on is None and invitation.is_open(today):
        used = invitation.model_copy(update={"used_on": today})
        with suppress(SomebodyElseWasFaster):  # in two windows at once: the other one has noted it
            invitation = store.register.put(used, invitation.version)
    person = Person(invited_name(invitation.id), Role.business)
    return Accepted(invitation, person, over=not invitation.is_open(today))


def invitations(store: Store, *, by: Person) -> list[Invitation]:
    """Every invitation that is kept, the newest first."""
    require(by, Right.invite)
    return sorted(store.register.all(Invitation), key=lambda one: (one.invited_at, one.id), reverse=True)


def revoke(store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime) -> Invitation:
    """Withdraw an invitation: its code opens nothing any more, and a seat of an open round gets another one.

    One that is withdrawn already stays so. Raises RecordNotFound, SomebodyElseWasFaster.
    """
    require(by, Right.invite)
    known = store.register.find(Invitation, identifier)
    if known is None:
        raise RecordNotFound(kind=Invitation.kind, id=identifier)
    if known.revoked:
        return known
    stored = store.register.put(known.model_copy(update={"revoked": True}), expected_version)
    if known.round_id is not None and _still_opens_seat(store, known):
        _code_of_seat(store, known, by, at)
    return stored


def erase_old_invitations(store: Store, today: date) -> int:
    """Erase what has reached its day, address and all; returns how many."""
    over = [one.id for one in store.register.all(Invitation) if today > one.delete_on]
    for identifier in over:
        store.register.erase(Invitation, identifier)
    return len(over)


@dataclass(frozen=True, slots=True)
class Invited:
    """What somebody from outside was asked about: ids of goals and measures."""

    goal_ids: frozenset[str] = frozenset()
    measure_ids: frozenset[str] = frozenset()

    def covers(self, goal_ids: Collection[str], measure_ids: Collection[str]) -> bool:
        """Whether something is named, and nothing but what was asked about."""
        named = bool(goal_ids or measure_ids)
        return named and self.goal_ids.issuperset(goal_ids) and self.measure_ids.issuperset(measure_ids)


def invited_to(store: Store, person: Person, today: date) -> Invited:
    """What open invitations name: those of the code somebody came by, or those to the address of their account."""
    own = [one for one in store.register.all(Invitation) if one.is_open(today) and _is_theirs(store, one, person)]
    goals = frozenset(each for one in own for each in one.goal_ids)
    return Invited(goals, frozenset(each for one in own for each in one.measure_ids))


def refuse_when_over(store: Store, person: Person, today: date) -> None:
    """Raise InvitationOver or InvitationUnknown for somebody whose code counts no more."""
    if not person.name.startswith(NAMED):
        return
    invitation = store.register.find(Invitation, person.name.removeprefix(NAMED))
    if invitation is None or invitation.revoked:
        raise InvitationUnknown
    if not invitation.is_open(today):
        raise InvitationOver(ends_on=invitation.expires_on)


def _is_theirs(store: Store, invitation: Invitation, person: Person) -> bool:
    if person.name.startswith(NAMED):
        return invited_name(invitation.id) == person.name
    account = store.register.find(Account, person.name)
    return bool(account and account.email and account.email.casefold() == invitation.address.casefold())


def _by_code(store: Store, code: str) -> Invitation | None:
    digest = code_digest(code)
    found = [one for one in store.register.all(Invitation) if hmac.compare_digest(one.code_sha256, digest)]
    return found[-1] if found else None


def _refuse_unknown(store: Store, invitation: Invitation) -> None:
    for kind, field, wanted in (
        (Goal, "goal_ids", invitation.goal_ids),
        (Measure, "measure_ids", invitation.measure_ids),
    ):
        known = {record.id for record in store.records(kind)} if wanted else set()
        for identifier in wanted:
            if identifier not in known:
                told = {"field": field, "referred_kind": kind.kind, "referred_id": identifier}
                raise UnknownReference(kind=Invitation.kind, id=invitation.id, **told)


def _refuse_too_many(store: Store, invitation: Invitation, at: datetime) -> None:
    known = store.register.all(Invitation)
    address = invitation.address.casefold()
    by_inviter = [one.invited_at for one in known if one.invited_by == invitation.invited_by]
    to_address = [one.invited_at for one in known if one.address.casefold() == address]
    checks: tuple[tuple[type[Refusal], Limit, list[datetime]], ...] = (
        (InvitationLimitReached, PER_INVITER, by_inviter),
        (AddressLimitReached, PER_ADDRESS, to_address),
    )
    for refusal, limit, moments in checks:
        free_at = limit.free_at(moments, at)
        if free_at is not None:
            audit.note(store, AuditEvent.invitation_refused, invitation.invited_by, refusal.code, at=at)
            hours = int(limit.within.total_seconds() // 3600)
            raise refusal(most=limit.most, hours=hours, free_at=free_at)


def _code_of_seat(store: Store, invitation: Invitation, by: Person, at: datetime) -> str:
    """A new code for the seat: the same one opens the invitation and the seat."""
    round_, version = _round_of(store, invitation)
    if invitation.seat not in {seat.number for seat in round_.seats}:
        raise RecordNotFound(kind="seat", id=str(invitation.seat))
    assert invitation.seat is not None
    return renew_code(store, round_.id, version, invitation.seat, by=by, at=at).codes[invitation.seat]


def _still_opens_seat(store: Store, invitation: Invitation) -> bool:
    """Whether the seat still has the code of the invitation, in a round that is open."""
    try:
        round_, _version = _round_of(store, invitation)
    except RecordNotFound:
        return False
    theirs = (invitation.seat, invitation.code_sha256)
    return round_.state is RoundState.open and theirs in {(seat.number, seat.code_sha256) for seat in round_.seats}


def _round_of(store: Store, invitation: Invitation) -> tuple[PriorityRound, int]:
    entry = store.newest(PriorityRound.kind, str(invitation.round_id))
    round_ = entry.record
    if entry.withdrawn or not isinstance(round_, PriorityRound):
        raise RecordNotFound(kind=PriorityRound.kind, id=str(invitation.round_id))
    return round_, entry.version
