"""Outgoing mail: what is known of each message, and when it is tried again. Kept beside the ledger, and erasable.

At least once, and at most twice, whatever fails: that a message is handed over is noted immediately before its text
goes to the server. If nothing is noted after that, what became of it is unknown; then it goes out once more, and
never a third time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

KEPT_DAYS = 90
"""Days after which a mail's row is deleted."""
MOST_UNKNOWN = 2
"""Hand-overs of one message whose outcome may stay unknown."""
PAUSES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(days=1))
"""How long a message rests after each attempt that failed; the last one holds for all further ones."""
MOST_TRIES = 8
"""Attempts after which a message is given up: about five days."""


class MailKind(StrEnum):
    """What a mail is about: one's own tasks, or what is late in the whole office."""

    digest = "digest"
    escalation = "escalation"


class MailState(StrEnum):
    """wartet → wird übergeben → versandt / aufgegeben."""

    waiting = "waiting"
    handing_over = "handing_over"
    sent = "sent"
    given_up = "given_up"


class MailTrouble(StrEnum):
    """Why a mail has not been sent (yet)."""

    not_reached = "not_reached"
    refused_for_now = "refused_for_now"
    refused_for_good = "refused_for_good"
    outcome_unknown = "outcome_unknown"
    no_address = "no_address"
    not_here = "not_here"
    replaced = "replaced"
    by_hand = "by_hand"


class Delivery(StrEnum):
    """What came of an attempt to hand a message over."""

    accepted = "accepted"
    not_reached = "not_reached"
    refused_for_now = "refused_for_now"
    refused_for_good = "refused_for_good"
    unknown = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of an attempt and the server's own words, if any."""

    delivery: Delivery
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of the outbox. `account_id`: who gets it, a pseudonym; the address is looked up when it is handed over.

    `subject` and `body` are gone once it is sent. `about` names the tasks it speaks of. `tries` counts attempts that
    failed, `unknown` hand-overs whose outcome nobody knows. Moments are naive UTC.
    """

    id: str
    account_id: str
    kind: MailKind
    due_day: date
    message_id: str
    subject: str | None
    body: str | None
    about: tuple[str, ...]
    written_at: datetime
    next_try_at: datetime
    delete_on: date
    state: MailState = MailState.waiting
    tries: int = 0
    unknown: int = 0
    trouble: MailTrouble | None = None
    detail: str | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What is noted of a mail after an attempt."""

    state: MailState
    tries: int
    unknown: int
    trouble: MailTrouble | None
    detail: str | None
    next_try_at: datetime


def mail_id(account_id: str, due_day: date) -> str:
    """The id of somebody's mail of a day: there is only one, whatever it is about."""
    return f"{account_id}.{due_day:%Y%m%d}"


def settled(mail: Mail, answer: Answer, at: datetime, *, begun: bool) -> Settled:
    """What a mail becomes by the outcome of an attempt; `begun`: in this attempt its text was on the way.

    A known outcome takes back what was noted when the text went out; it says nothing of earlier attempts.
    """
    if answer.delivery is Delivery.accepted:
        return Settled(MailState.sent, mail.tries, mail.unknown - begun, None, None, at)
    tries = mail.tries + 1
    next_try = at + pause(tries)
    if answer.delivery is Delivery.unknown:
        over = mail.unknown >= MOST_UNKNOWN
        state = MailState.given_up if over else MailState.handing_over
        return Settled(state, tries, mail.unknown, MailTrouble.outcome_unknown, answer.detail, next_try)
    trouble = MailTrouble(answer.delivery.value)
    over = answer.delivery is Delivery.refused_for_good or tries >= MOST_TRIES
    state = MailState.given_up if over else MailState.waiting
    return Settled(state, tries, mail.unknown - begun, trouble, answer.detail, next_try)


def pause(tries: int) -> timedelta:
    """How long a message rests after this many attempts that failed."""
    return PAUSES[min(tries, len(PAUSES)) - 1]
