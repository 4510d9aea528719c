"""People, tasks and a way to break off at a chosen statement: what the tests of reminders share."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from metrics.domain.mail import Mail, MailKind
from metrics.domain.people import Account, Cadence, Role
from metrics.domain.tasks import Task, TaskKind
from metrics.store.connection import Connection
from metrics.store.ledger import Store
from metrics.usecases.mailing import MailSecurity, MailSettings
from tests.plan import a_goal, an_indicator

MONDAY = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 6, 0)
OFFICE = "Statistikstelle"


def an_account(identifier: str = "P-1", **over: Any) -> Account:
    """Somebody who keeps values and is reminded every working day."""
    fields: dict[str, Any] = {
        "id": identifier,
        "purpose": "Anmeldung",
        "name": f"Person {identifier}",
        "email": f"{identifier.lower()}@bottrop.example",
        "role": Role.staff,
        "functions": (OFFICE,),
        "cadence": Cadence.daily,
    }
    return Account(**(fields | over))


def a_task(identifier: str = "I-ALQ", **over: Any) -> Task:
    """A monthly value that has been due for ten days."""
    fields: dict[str, Any] = {
        "kind": TaskKind.enter_reading,
        "subject_kind": "indicator",
        "subject_id": identifier,
        "title": "Arbeitslosenquote",
        "due": date(2026, 11, 20),
        "rhythm_days": 30,
        "owner": OFFICE,
        "deputy": None,
        "page": "readings",
        "identifier": identifier,
    }
    return Task(**(fields | over))


def a_mail(**over: Any) -> Mail:
    """A reminder of Monday that waits."""
    fields: dict[str, Any] = {
        "id": "P-1.20261130",
        "account_id": "P-1",
        "kind": MailKind.digest,
        "due_day": MONDAY,
        "message_id": "<a@b.example>",
        "subject": "Betreff",
        "body": "Text",
        "about": (),
        "written_at": AT,
        "next_try_at": AT,
        "delete_on": MONDAY + timedelta(days=90),
    }
    return Mail(**(fields | over))


def with_people(store: Store, *accounts: Account) -> Store:
    """A plan with one indicator that was never measured, and these accounts (two colleagues if none are named)."""
    with store.change(by="Amt", at=AT, action="add") as writing:
        writing.add([a_goal(), an_indicator(owner=OFFICE)])
    for account in accounts or (an_account("P-1"), an_account("P-2")):
        store.register.put(account, 0)
    return store


def settings_for(port: int, **over: Any) -> MailSettings:
    """Settings for the tests' mail server, with little patience."""
    fields: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": MailSecurity.none,
        "sender": "plan@bottrop.example",
        "url": "https://plan.example",
        "step_seconds": 0.5,
        "most_seconds": 1.0,
    }
    return MailSettings(**(fields | over))


class Crash(BaseException):
    """The process ends here: no handler of the program may catch it."""


class Steps:
    """Counts what is done before and after every statement and every word to and from the mail server."""

    def __init__(self, breaks_off: Callable[[], None]) -> None:
        self.done, self.crash_at, self.counts, self._breaks_off = 0, 0, True, breaks_off

    def step(self) -> None:
        """One more; the chosen one is the last."""
        self.done += self.counts
        if self.counts and self.done == self.crash_at:
            self._breaks_off()


class _Counted:
    def __init__(self, cursor: Any, steps: Steps) -> None:
        self._cursor, self._steps = cursor, steps

    def execute(self, *given: Any) -> Any:
        self._steps.step()
        result = self._cursor.execute(*given)
        self._steps.step()
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def count_steps(patch: pytest.MonkeyPatch, breaks_off: Callable[[], None]) -> Steps:
    """Put the counter around the engine's cursors and the mail library."""
    steps = Steps(breaks_off)
    cursor, send, reply = Connection.cursor, smtplib.SMTP.send, smtplib.SMTP.getreply

    @contextmanager
    def counted(self: Connection) -> Iterator[_Counted]:
        with cursor(self) as found:
            yield _Counted(found, steps)

    def sending(self: smtplib.SMTP, text: Any) -> None:
        steps.step()
        send(self, text)
        steps.step()

    def replying(self: smtplib.SMTP) -> Any:
        steps.step()
        answer = reply(self)
        steps.step()
        return answer

    patch.setattr(Connection, "cursor", counted)
    patch.setattr(smtplib.SMTP, "send", sending)
    patch.setattr(smtplib.SMTP, "getreply", replying)
    return steps
