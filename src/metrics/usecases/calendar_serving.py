"""Whose calendar a secret address opens, and what it shows that person."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from metrics.domain.measures import Measure
from metrics.domain.people import Account
from metrics.domain.priorities import PriorityRound
from metrics.domain.refusals import CalendarNotFound
from metrics.domain.upkeep import Meeting, PeriodLock
from metrics.locale.catalogue import Language
from metrics.store.ledger import Store
from metrics.usecases.access import RIGHTS, Right
from metrics.usecases.calendar_feed import CalendarContent, calendar_text
from metrics.usecases.people import calendar_digest
from metrics.usecases.reminding import tasks_by_account
from metrics.usecases.tasking import tasks_of_office

_NEVER = datetime(1970, 1, 1)  # noqa: DTZ001 - naive UTC, as the ledger keeps it


def calendar_of(store: Store, secret: str, environment: Mapping[str, str], today: date) -> bytes:
    """The calendar that belongs to a secret. Raises CalendarNotFound: no such secret, or its owner has gone.

    Whoever knows the secret sees what its owner may see; there is no other sign-in.
    """
    accounts = store.register.all(Account)
    owner = _owner(accounts, secret)
    role = owner.acts_as if owner else None
    if owner is None or role is None or not owner.active(today):
        raise CalendarNotFound
    content = CalendarContent()
    if Right.read_plan in RIGHTS[role]:
        tasks = tasks_by_account(tasks_of_office(store, today), accounts, today)(owner)
        content = CalendarContent(
            tuple(tasks),
            tuple(store.records(Measure)),
            tuple(store.records(PriorityRound)),
            tuple(store.records(Meeting)),
            tuple(store.records(PeriodLock)),
        )
    last = store.history(most=1)
    stamp = last[0].change.recorded_at if last else _NEVER
    url = environment.get("ZUKUNFTSPLAN_URL", "").rstrip("/") or None
    return calendar_text(content, stamp, cast(Language, owner.language), url)


def _owner(accounts: list[Account], secret: str) -> Account | None:
    """Every account is compared, in a time that does not tell how far a guess was right."""
    found, asked = None, calendar_digest(secret)
    for account in accounts:
        if hmac.compare_digest(account.calendar_sha256 or "", asked):
            found = account
    return found
