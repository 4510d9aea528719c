"""What somebody has to see to: due values, notes, answers, approvals. One list; the reminder sends the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskKind(StrEnum):
    """What is to be done."""

    enter_reading = "enter_reading"
    mend_reading = "mend_reading"
    check_reading = "check_reading"
    release_reading = "release_reading"
    status_note = "status_note"
    milestone = "milestone"
    rate = "rate"
    answer = "answer"
    take_over = "take_over"
    close_period = "close_period"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to see to. `subject_kind`, `subject_id` and `title` name what it is about.

    `due`: the day from which it is due, None if it has none; `rhythm_days`: the days after which being late is as bad
    as missing a whole turn; `owner`, `deputy`: the functions in charge; `page` and `identifier`: the page (by its name
    in the navigation table) and the `?id=` that open the form.
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

    def days_late(self, today: date) -> int:
        """Days since it was due; 0 on the day, negative before, 0 without a day."""
        return (today - self.due).days if self.due else 0

    def pain(self, today: date) -> float:
        """How much it hurts: turns that were missed, 1.0 after one whole rhythm."""
        return self.days_late(today) / self.rhythm_days


def by_pain(tasks: Iterable[Task], today: date) -> list[Task]:
    """What hurts most first; of what hurts alike, what was due first."""
    return sorted(tasks, key=lambda task: (-task.pain(today), task.due or date.max, task.kind, task.subject_id))
