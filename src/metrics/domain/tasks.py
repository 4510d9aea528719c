"""What somebody has to see to: due values, notes, answers, approvals. One list; the reminder sends the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.domain.people import Account, Responsible, holds, responsible


class TaskKind(StrEnum):
    """What is to be done."""

    enter_reading = "enter_reading"
    mend_reading = "mend_reading"
    check_reading = "check_reading"
    release_reading = "release_reading"
    status_note = "status_note"
    milestone = "milestone"
    decision = "decision"
    rate = "rate"
    answer = "answer"
    take_over = "take_over"
    close_period = "close_period"
    follow_up = "follow_up"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to see to. `subject_kind`, `subject_id` and `title` name what it is about.

    `due`: the day from which it is due, None if it has none; `rhythm_days`: the days after which being late is as bad
    as missing a whole turn; `owner`, `deputy`: the functions in charge; `page` and `identifier`: the page (by its name
    in the navigation table) and the `?id=` that open the form.

    A task goes to functions, or to everybody with a `right`, or to the members of groups (`group_ids`); never to the
    accounts in `not_for`, who wrote what another has to look at. `span`: first and last day of the period it is about;
    `detail`: which part of the subject, such as a milestone's title.
    """

    kind: TaskKind
    subject_kind: str
    subject_id: str
    title: str
    due: date | None
    rhythm_days: int
    owner: str | None
    deputy: str | None
    page: str
    identifier: str | None = None
    illustrative: bool = False
    right: str | None = None
    group_ids: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    span: tuple[date, date] | None = None
    detail: str | None = None

    def days_late(self, today: date) -> int:
        """Days since it was due; 0 on the day, negative before, 0 without a day."""
        return (today - self.due).days if self.due else 0

    def pain(self, today: date) -> float:
        """How much it hurts: turns that were missed, 1.0 after one whole rhythm."""
        return self.days_late(today) / self.rhythm_days


def by_pain(tasks: Iterable[Task], today: date) -> list[Task]:
    """What hurts most first; of what hurts alike, what was due first. What has no day waits behind what has one."""
    return sorted(tasks, key=lambda task: _place(task, today))


def _place(task: Task, today: date) -> tuple[bool, float, date, int, tuple[str, ...]]:
    """Total: whatever may differ decides in the end, so that the same tasks never stand in two orders."""
    named = (task.kind.value, task.subject_id, task.identifier, task.detail, task.title, task.owner, task.deputy)
    words = tuple(word or "" for word in named)
    return (task.due is None, -task.pain(today), task.due or date.max, task.rhythm_days, words)


class Claim(StrEnum):
    """Why a task is somebody's: by their function, as a deputy, by a right, as a member of a group, or alone here."""

    function = "function"
    deputy = "deputy"
    right = "right"
    group = "group"
    only_person = "only_person"


@dataclass(frozen=True, slots=True)
class Mine:
    """A task with the reason why it is somebody's."""

    task: Task
    claim: Claim


class Addressee:
    """One person who looks for what is theirs: the functions held, the rights, and the account, on a day.

    `accounts` are all of the office; without any there is one person, to whom everything falls. An account that is
    away today, has left or is blocked gets nothing: its deputies do.
    """

    def __init__(
        self,
        *,
        functions: Collection[str],
        rights: Collection[str],
        account_id: str | None,
        accounts: Iterable[Account],
        today: date,
    ) -> None:
        self._functions, self._rights, self._today = functions, rights, today
        self._accounts = tuple(accounts)
        self._account_id = account_id
        self._own = next((one for one in self._accounts if one.id == account_id), None)
        self._known: dict[tuple[str | None, str | None], Claim | None] = {}

    def claim(self, task: Task) -> Claim | None:
        """Why the task is this person's; None if it is not."""
        if not self._accounts:
            return Claim.only_person
        if self._account_id in task.not_for or (self._own and not self._own.present(self._today)):
            return None
        if task.right is not None:
            return Claim.right if task.right in self._rights else None
        if task.group_ids:
            groups = self._own.group_ids if self._own else ()
            return None if set(groups).isdisjoint(task.group_ids) else Claim.group
        pair = (task.owner, task.deputy)
        if pair not in self._known:
            self._known[pair] = self._by_function(*pair)
        return self._known[pair]

    def _by_function(self, owner: str | None, deputy: str | None) -> Claim | None:
        """By the owner's function; by the deputy's only while no holder of the owner's is here."""
        found = responsible(self._accounts, owner, deputy, self._today)
        if not self._sees_to(found, owner, deputy):
            return None
        return Claim.deputy if found.standing_in else Claim.function

    def _sees_to(self, found: Responsible, owner: str | None, deputy: str | None) -> bool:
        if self._own:
            return any(one.id == self._own.id for one in found.accounts)
        return holds(self._functions, deputy if found.standing_in else owner)


def mine(tasks: Iterable[Task], addressee: Addressee, today: date) -> list[Mine]:
    """The addressee's tasks with the reason, what hurts most first."""
    found = ((task, addressee.claim(task)) for task in by_pain(tasks, today))
    return [Mine(task, claim) for task, claim in found if claim is not None]


def tasks_for(
    tasks: Iterable[Task],
    *,
    functions: Collection[str],
    rights: Collection[str],
    account_id: str | None,
    accounts: Iterable[Account],
    today: date,
) -> list[Task]:
    """The tasks of one person, what hurts most first; see `Addressee`."""
    addressee = Addressee(functions=functions, rights=rights, account_id=account_id, accounts=accounts, today=today)
    return [one.task for one in mine(tasks, addressee, today)]
