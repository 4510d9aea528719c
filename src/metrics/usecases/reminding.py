"""Remind by e-mail: decide who is told what today, write it into the outbox, hand it over, note what came of it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from metrics.domain.mail import KEPT_DAYS, Answer, Delivery, Mail, MailKind, MailState, MailTrouble, mail_id
from metrics.domain.people import Account
from metrics.domain.refusals import MailSettled
from metrics.domain.reminding import Digest, escalate, key, plan_digests
from metrics.domain.tasks import Task
from metrics.locale.catalogue import Language
from metrics.store.ledger import Store
from metrics.store.outbox import Run
from metrics.usecases.access import RIGHTS, Person, Right, require
from metrics.usecases.calendar import is_working_day
from metrics.usecases.mailing import Letter, MailSettings, hand_over
from metrics.usecases.reminder_text import address_of_page, body_of, subject_of, trial_text
from metrics.usecases.tasking import tasks_for, tasks_of_office

MOST_LOST = 2
"""Connections that may fail in one run; after that the server is left alone until the next one."""
MOST_SECONDS = 600.0
"""Seconds after which no further message is begun: whoever asked a running server waits for the answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of handing over: how many mails were sent, how many attempts failed, how many mails still wait.

    `given_up`: of the failed ones, those that are not tried again by themselves.
    """

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run did: who was to be told what, how many mails are new, what came of handing over, what was deleted."""

    day: date
    working_day: bool
    digests: tuple[Digest, ...]
    written: int
    outcome: Sent
    deleted: int


@dataclass(frozen=True, slots=True)
class OutboxView:
    """What the page on operation shows: the newest mails, how many stand how, the last run, what is deleted when."""

    mails: tuple[Mail, ...]
    counts: dict[MailState, tuple[int, int]]
    last_run: Run | None
    deletions: tuple[tuple[date, date, int], ...]
    addresses: dict[str, str]


def remind(store: Store, settings: MailSettings, *, by: Person, at: datetime, today: date) -> Reminded:
    """Write today's reminders and send what waits. Called again on the same day it writes nothing twice.

    Raises NotAllowed, RemindersRunning if somebody else is at it.
    """
    require(by, Right.operate)
    with store.outbox.one_run():
        deleted = store.outbox.delete_old(today)
        working, digests = is_working_day(today), _digests(store, today)
        mails = [_mail(digest, settings, at, today) for digest in digests]
        written = store.outbox.write(mails, today, at) if working else 0
        outcome = _send(store, settings, at, today)
        store.outbox.note(today, at, sent=outcome.sent, failed=outcome.failed)
    return Reminded(today, working, tuple(digests), written, outcome, deleted)


def preview_reminders(store: Store, *, by: Person, today: date) -> Reminded:
    """What `remind` would write today; nothing is written or sent. Raises NotAllowed."""
    require(by, Right.operate)
    told = {row["account_id"] for row in store.connection.rows("mail_accounts_of_day", {"due_day": today})}
    digests = tuple(digest for digest in _digests(store, today) if digest.account.id not in told)
    waiting = len(store.outbox.unsettled())
    return Reminded(today, is_working_day(today), digests, 0, Sent(waiting=waiting), 0)


def send_waiting(store: Store, settings: MailSettings, *, by: Person, at: datetime, today: date) -> Sent:
    """Send what waits and is due for another attempt. Raises NotAllowed, RemindersRunning."""
    require(by, Right.operate)
    with store.outbox.one_run():
        outcome = _send(store, settings, at, today)
        store.outbox.note(today, at, sent=outcome.sent, failed=outcome.failed)
        return outcome


def send_again(store: Store, identifier: str, *, by: Person, at: datetime) -> None:
    """Let a mail that was given up, or rests, go out with the next run. Raises NotAllowed, MailNotFound, MailSettled.

    Somebody has looked: what is unknown of earlier attempts counts no more.
    """
    require(by, Right.operate)
    with store.outbox.one_run():
        store.outbox.send_again(identifier, at)


def give_up(store: Store, identifier: str, *, by: Person, at: datetime) -> None:
    """Do not send a mail that waits. Raises NotAllowed, MailNotFound, MailSettled, RemindersRunning."""
    require(by, Right.operate)
    with store.outbox.one_run():
        store.outbox.give_up(identifier, MailTrouble.by_hand, at)


def send_trial(settings: MailSettings, address: str, *, by: Person, at: datetime, language: Language) -> Answer:
    """Send somebody a mail that tries the settings, once, beside the outbox. Raises NotAllowed."""
    require(by, Right.operate)
    subject, body = trial_text(settings.url, language)
    letter = Letter(_message_id(f"{address} {at.isoformat()}", settings), address, subject, body, at, language)
    return hand_over(settings, letter, lambda: None)


def outbox_view(store: Store, *, by: Person, today: date) -> OutboxView:
    """How the outbox stands. Raises NotAllowed."""
    require(by, Right.operate)
    outbox = store.outbox
    addresses = {one.id: one.email for one in store.register.all(Account) if one.email}
    return OutboxView(
        tuple(outbox.all()), outbox.counts(), outbox.last_run(today), tuple(outbox.deletions()), addresses
    )


def tasks_by_account(
    tasks: Iterable[Task], accounts: Iterable[Account], today: date
) -> Callable[[Account], list[Task]]:
    """The tasks of an account: the same list as on its page."""
    office, known = tuple(tasks), tuple(accounts)

    def tasks_of(account: Account) -> list[Task]:
        role = account.acts_as
        rights = RIGHTS[role] if role else frozenset()
        if Right.read_plan not in rights:
            return []
        asked = {"functions": account.functions, "rights": rights, "account_id": account.id}
        return tasks_for(office, **asked, accounts=known, today=today)  # type: ignore[arg-type]

    return tasks_of


def _digests(store: Store, today: date) -> list[Digest]:
    if not is_working_day(today):
        return []
    accounts, tasks = store.register.all(Account), tasks_of_office(store, today)
    return plan_digests(
        accounts,
        tasks_by_account(tasks, accounts, today),
        escalate(tasks, store.outbox.reminded(), today),
        today,
        is_working_day,
        store.outbox.last_asked_day(today),
    )


def _mail(digest: Digest, settings: MailSettings, at: datetime, today: date) -> Mail:
    identifier = mail_id(digest.account.id, today)
    return Mail(
        id=identifier,
        account_id=digest.account.id,
        kind=MailKind.digest if digest.tasks else MailKind.escalation,
        due_day=today,
        message_id=_message_id(f"{identifier} {at.isoformat()}", settings),
        subject=subject_of(digest, today),
        body=body_of(digest, settings.url, today),
        about=tuple(key(task) for task in digest.tasks),
        written_at=at,
        next_try_at=at,
        delete_on=today + timedelta(days=KEPT_DAYS),
    )


def _message_id(text: str, settings: MailSettings) -> str:
    """Always the same for the same mail, so that who gets it twice can see it; tells nothing of its receiver."""
    digest = hashlib.sha256(f"{settings.url} {text}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.domain.encode('idna').decode()}>"


def _send(store: Store, settings: MailSettings, at: datetime, today: date) -> Sent:
    """Hand over what waits and is due for an attempt. Inside `one_run`."""
    given_up = store.outbox.left_behind(at)
    found = Sent(failed=given_up, given_up=given_up)
    accounts = {account.id: account for account in store.register.all(Account)}
    lost, ends = 0, time.monotonic() + MOST_SECONDS
    for mail in store.outbox.unsettled():
        if mail.next_try_at > at or lost >= MOST_LOST or time.monotonic() > ends:
            continue
        account = accounts.get(mail.account_id)
        trouble = _in_the_way(account, today)
        if trouble is not None:
            store.outbox.give_up(mail.id, trouble, at)
            found = replace(found, failed=found.failed + 1, given_up=found.given_up + 1)
            continue
        assert account is not None
        answer = _hand_over(store, settings, mail, account, at)
        if answer is None:
            continue
        lost += answer.delivery in (Delivery.not_reached, Delivery.unknown)
        sent = answer.delivery is Delivery.accepted
        over = store.outbox.find(mail.id).state is MailState.given_up
        found = replace(found, sent=found.sent + sent, failed=found.failed + (not sent), given_up=found.given_up + over)
    return replace(found, waiting=len(store.outbox.unsettled()))


def _hand_over(store: Store, settings: MailSettings, mail: Mail, account: Account, at: datetime) -> Answer | None:
    """The outcome, noted; None if somebody has settled the mail meanwhile."""
    begun = False

    def before_text() -> None:
        nonlocal begun
        store.outbox.begin_hand_over(mail.id, at)
        begun = True

    letter = Letter(
        message_id=mail.message_id,
        to=account.email or "",
        subject=mail.subject or "",
        body=mail.body or "",
        written_at=mail.written_at,
        language=account.language,
        change_at=address_of_page(settings.url, "my_account"),
    )
    try:
        answer = hand_over(settings, letter, before_text)
    except MailSettled:
        return None
    store.outbox.settle(mail.id, answer, at, begun=begun)
    return answer


def _in_the_way(account: Account | None, today: date) -> MailTrouble | None:
    """Why nothing is sent to an account any more."""
    if account is None or account.email is None:
        return MailTrouble.no_address
    return None if account.present(today) else MailTrouble.not_here
