"""The outbox: mails that are to be sent, are being handed over, or have gone out. Beside the ledger, and erasable.

A store belongs to one process, and within it one run at a time hands mails over (`one_run`). So a mail that is found
as being handed over when a run begins was left behind by a crash or a lost connection: its outcome is unknown.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from metrics.domain.mail import KEPT_DAYS, MOST_UNKNOWN, Answer, Delivery, Mail, MailKind, MailState, MailTrouble
from metrics.domain.mail import settled as settled_by
from metrics.domain.refusals import MailNotFound, MailSettled, RemindersRunning
from metrics.store.connection import Connection, sql

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Run:
    """The reminders of a day: when they ran last (naive UTC), and how many mails were written, sent, not sent."""

    day: date
    ran_at: datetime
    written: int
    sent: int
    failed: int


class Outbox:
    """The mails of a store; use `Store.outbox`."""

    def __init__(
        self, connection: Connection, writing: Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
    ) -> None:
        self._connection, self._writing = connection, writing
        self._running = threading.Lock()

    @contextmanager
    def one_run(self) -> Iterator[None]:
        """Hold the outbox: nobody else hands mails over meanwhile. Raises RemindersRunning."""
        if not self._running.acquire(blocking=False):
            raise RemindersRunning
        try:
            yield
        finally:
            self._running.release()

    def write(self, mails: Sequence[Mail], day: date, at: datetime) -> int:
        """Write a day's mails together with the note that the day was asked, or nothing; returns how many were new.

        What still waits for the same persons from earlier days is given up: the new mail says it again.
        """
        with self._writing() as cursor:
            known = {
                row[0] for row in cursor.execute(sql("queries", "mail_accounts_of_day"), {"due_day": day}).fetchall()
            }
            new = [mail for mail in mails if mail.account_id not in known]
            for mail in new:
                replaced = {"account_id": mail.account_id, "due_day": day, "at": at}
                cursor.execute(sql("queries", "replace_older_mails"), replaced)
                cursor.execute(sql("queries", "add_mail"), _row(mail))
            _note(cursor, day, at, asked=True, written=len(new))
        return len(new)

    def note(self, day: date, at: datetime, *, sent: int, failed: int) -> None:
        """Note what came of a run on a day."""
        with self._writing() as cursor:
            _note(cursor, day, at, sent=sent, failed=failed)

    def begin_hand_over(self, identifier: str, at: datetime) -> None:
        """Note that the text goes to the server now. Raises MailSettled if it must not any more."""
        with self._writing() as cursor:
            noted = {"id": identifier, "at": at, "most": MOST_UNKNOWN}
            if not cursor.execute(sql("queries", "begin_hand_over"), noted).fetchall():
                raise MailSettled(id=identifier)

    def settle(self, identifier: str, answer: Answer, at: datetime, *, begun: bool) -> Mail:
        """Note the outcome of an attempt, in which the text was on the way or not, and return the mail as it is now."""
        mail = self.find(identifier)
        self._note_outcome(identifier, asdict(settled_by(mail, answer, at, begun=begun)), at)
        return self.find(identifier)

    def left_behind(self, at: datetime) -> int:
        """Give up what was handed over twice and nobody knows what became of it; returns how many. Inside `one_run`."""
        over = [mail for mail in self.unsettled() if mail.unknown >= MOST_UNKNOWN]
        for mail in over:
            self.settle(mail.id, Answer(Delivery.unknown), at, begun=True)
        return len(over)

    def give_up(self, identifier: str, trouble: MailTrouble, at: datetime) -> None:
        """Do not send a mail any more. Raises MailNotFound, MailSettled."""
        mail = self.find(identifier)
        if mail.state not in (MailState.waiting, MailState.handing_over):
            raise MailSettled(id=identifier)
        self._note_outcome(identifier, _as_noted(mail) | {"state": MailState.given_up, "trouble": trouble}, at)

    def send_again(self, identifier: str, at: datetime) -> None:
        """Let a mail that was given up wait again, as somebody decided; earlier attempts count no more.

        Raises MailNotFound, MailSettled if it is sent or its text is gone.
        """
        mail = self.find(identifier)
        if mail.state is MailState.sent or mail.body is None:
            raise MailSettled(id=identifier)
        anew = {"state": MailState.waiting, "tries": 0, "unknown": 0, "next_try_at": at}
        self._note_outcome(identifier, _as_noted(mail) | anew, at)

    def find(self, identifier: str) -> Mail:
        """One mail; raises MailNotFound."""
        rows = self._connection.rows("mail", {"id": identifier})
        if not rows:
            raise MailNotFound(id=identifier)
        return _mail(rows[0])

    def all(self) -> list[Mail]:
        """The newest mails, at most 500."""
        return [_mail(row) for row in self._connection.rows("mails", {"most": MOST_LISTED})]

    def unsettled(self) -> list[Mail]:
        """What is neither sent nor given up, in the order in which it was written."""
        return [_mail(row) for row in self._connection.rows("mails_unsettled")]

    def counts(self) -> dict[MailState, tuple[int, int]]:
        """How many mails stand how, and how many of those have a hand-over of unknown outcome."""
        rows = self._connection.rows("mail_counts")
        return {MailState(row["state"]): (row["mails"], row["uncertain"]) for row in rows}

    def reminded(self) -> dict[str, int]:
        """On how many days it was reminded of each task, by its key."""
        days: dict[str, set[date]] = {}
        for row in self._connection.rows("mails_reminding"):
            for about in json.loads(row["about"]):
                days.setdefault(about, set()).add(row["due_day"])
        return {about: len(found) for about, found in days.items()}

    def last_run(self, day: date) -> Run | None:
        """The last run up to a day."""
        rows = self._connection.rows("last_run", {"day": day})
        return Run(**rows[0]) if rows else None

    def last_asked_day(self, day: date) -> date | None:
        """The last day, up to this one, on which it was asked who is to be reminded."""
        found: date | None = self._connection.rows("last_asked_day", {"day": day})[0]["day"]
        return found

    def deletions(self) -> list[tuple[date, date, int]]:
        """What is deleted when: first and last day, and how many mails, by month."""
        rows = self._connection.rows("mail_deletions")
        return [(row["first_day"], row["last_day"], row["mails"]) for row in rows]

    def delete_old(self, today: date) -> int:
        """Delete what has been kept long enough; returns how many mails."""
        with self._writing() as cursor:
            deleted = cursor.execute(sql("queries", "delete_old_mails"), {"today": today}).fetchall()
            cursor.execute(sql("queries", "delete_old_runs"), {"today": today})
        return len(deleted)

    def _note_outcome(self, identifier: str, noted: dict[str, Any], at: datetime) -> None:
        with self._writing() as cursor:
            cursor.execute(sql("queries", "settle_mail"), {"id": identifier, "at": at} | noted)


def _note(
    cursor: duckdb.DuckDBPyConnection,
    day: date,
    at: datetime,
    *,
    asked: bool = False,
    written: int = 0,
    sent: int = 0,
    failed: int = 0,
) -> None:
    told = {"day": day, "ran_at": at, "asked": asked, "written": written, "sent": sent, "failed": failed}
    cursor.execute(sql("queries", "note_run"), told | {"delete_on": day + timedelta(days=KEPT_DAYS)})


def _as_noted(mail: Mail) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in ("state", "tries", "unknown", "trouble", "detail", "next_try_at")}


def _row(mail: Mail) -> dict[str, Any]:
    names = ("id", "account_id", "kind", "due_day", "message_id", "subject", "body", "written_at", "delete_on")
    return {name: getattr(mail, name) for name in names} | {"about": json.dumps(mail.about)}


def _mail(row: dict[str, Any]) -> Mail:
    chosen = {
        "kind": MailKind(row["kind"]),
        "state": MailState(row["state"]),
        "trouble": MailTrouble(row["trouble"]) if row["trouble"] else None,
        "about": tuple(json.loads(row["about"])),
    }
    return Mail(**(row | chosen))
