"""Who is reminded today, and of what: one mail for a person and day, and none if there is nothing to do.

Working days are passed in (`Working`): which days an office works is not for the domain to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.domain.people import Account, Cadence, Role
from metrics.domain.tasks import Task, by_pain

Working = Callable[[date], bool]
"""Whether the office works on a day."""

MISSED_TURN = 1.0
"""Pain from which something is told to those who lead."""
UNANSWERED = 2
"""Reminders after which something that is still to be done is told to those who lead."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told today: their own tasks and, where they lead, what is late in the office."""

    account: Account
    tasks: tuple[Task, ...]
    escalated: tuple[Task, ...]


def plan_digests(
    accounts: Iterable[Account],
    tasks_of: Callable[[Account], Iterable[Task]],
    escalated: Sequence[Task],
    today: date,
    working: Working,
    last_run: date | None,
) -> list[Digest]:
    """Everybody who is told something today. `last_run`: the day on which this was last asked, None if never.

    Those who lead are told of `escalated` once a week, in the same mail as their own tasks.
    """
    digests = []
    for account in accounts:
        if not _reachable(account, today):
            continue
        own = is_turn(account, account.cadence, today, working, last_run)
        leads = account.acts_as is Role.leadership and is_turn(account, Cadence.weekly, today, working, last_run)
        tasks = tuple(by_pain(tasks_of(account), today)) if own else ()
        late = tuple(by_pain(escalated, today)) if leads else ()
        if tasks or late:
            digests.append(Digest(account, tasks, late))
    return digests


def is_turn(account: Account, cadence: Cadence, today: date, working: Working, last_run: date | None) -> bool:
    """Whether it is somebody's day: each working day, or the first one of the week or month on which they are here.

    A day on which nobody asked (the machine stood still) is made up for on the next working day of the same week or
    month.
    """
    if cadence is Cadence.off or not working(today) or not account.present(today):
        return False
    if cadence is Cadence.daily:
        return True
    turn = _first_day(cadence, today)
    while not (working(turn) and account.present(turn)):
        turn += timedelta(days=1)  # ends today at the latest
    return turn == today or last_run is None or last_run < turn


def escalate(tasks: Iterable[Task], reminded: Mapping[str, int], today: date) -> list[Task]:
    """What is late by a whole turn, or late and reminded of twice. `reminded`: on how many days, by `key`."""
    return [
        task
        for task in tasks
        if task.days_late(today) > 0 and (task.pain(today) >= MISSED_TURN or reminded.get(key(task), 0) >= UNANSWERED)
    ]


def key(task: Task) -> str:
    """What tells a task from others, and its next turn from this one."""
    return f"{task.kind}:{task.identifier or task.subject_id}:{task.due or ''}"


def _reachable(account: Account, today: date) -> bool:
    return account.email is not None and account.cadence is not Cadence.off and account.present(today)


def _first_day(cadence: Cadence, today: date) -> date:
    if cadence is Cadence.monthly:
        return today.replace(day=1)
    return today - timedelta(days=today.weekday())
