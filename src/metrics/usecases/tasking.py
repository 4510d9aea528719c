"""The tasks of the office: gathered from what is stored, and picked out for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from metrics.domain import tasking
from metrics.domain.base import Evidence
from metrics.domain.committee import FollowUp
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator, ReadingState
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure
from metrics.domain.ownership import Owned
from metrics.domain.people import Account
from metrics.domain.priorities import PriorityRound
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.refusals import NoteInTheFuture
from metrics.domain.targets import Target
from metrics.domain.tasks import Addressee, Mine, Task, mine, tasks_for
from metrics.domain.upkeep import Contribution, PeriodLock, StatusNote
from metrics.store.ledger import Store
from metrics.usecases.access import RIGHTS, Person, Right, require
from metrics.usecases.assessing import JUDGED_KINDS, judge_indicators
from metrics.usecases.planning import add_record

__all__ = ["TASK_KINDS", "own_tasks", "tasks_for", "tasks_of_office", "waiting_readings", "write_note"]

TASK_KINDS = (
    *JUDGED_KINDS,
    *("goal", "measure", "living_lab", "status_note", "contribution", "priority_round", "period_lock"),
    "follow_up",
)
"""The kinds of record from which tasks follow."""


def tasks_of_office(
    store: Store, today: date, judged: Mapping[str, IndicatorAssessment] | None = None
) -> tuple[Task, ...]:
    """Every task of the office on a day, whoever has to see to it, in no particular order.

    `judged`: the indicators judged on that day, if somebody has done so already. Whose a task is says `tasks_for`.
    """
    if judged is None:
        judged = judge_indicators(store, store.records(Indicator), store.records(Target), today).indicators
    indicators = {identifier: found.indicator for identifier, found in judged.items()}
    measures, waiting = store.records(Measure), waiting_readings(store)
    owned: list[Owned] = [*store.records(Goal), *measures, *indicators.values(), *store.records(LivingLab)]
    return (
        *tasking.values_to_enter(judged.values(), waiting, today),
        *tasking.values_to_approve(waiting, indicators),
        *tasking.notes_to_write(measures, store.records(StatusNote), today),
        *tasking.milestones_to_confirm(measures, today),
        *tasking.decisions_to_prepare(measures, today),
        *tasking.rounds_to_rate(store.records(PriorityRound), today),
        *tasking.contributions_to_answer(store.records(Contribution)),
        *tasking.decisions_to_carry_out(store.records(FollowUp)),
        *tasking.records_to_take_over(owned),
        *tasking.periods_to_close(store.records(PeriodLock), today),
    )


def waiting_readings(store: Store) -> list[tasking.WaitingReading]:
    """The values whose newest version is not released, with those who entered it and took the last step."""
    return [
        tasking.WaitingReading(
            row["id"],
            row["indicator_id"],
            ReadingState(row["state"]),
            row["period_start"],
            row["period_end"],
            tuple(sorted({row["entered_by"], row["recorded_by"]})),
            row["recorded_at"].date(),
            row["evidence"] == Evidence.illustrative,
        )
        for row in store.connection.rows("pending_readings", {"indicator_id": None})
    ]


def own_tasks(tasks: Iterable[Task], *, by: Person, accounts: Iterable[Account], today: date) -> list[Mine]:
    """The tasks of the person who asks, each with the reason, what hurts most first. Raises NotAllowed."""
    require(by, Right.read_plan)
    addressee = Addressee(
        functions=by.functions, rights=RIGHTS[by.role], account_id=by.name, accounts=accounts, today=today
    )
    return mine(tasks, addressee, today)


def write_note(store: Store, note: StatusNote, *, by: Person, at: datetime, today: date) -> int:
    """Store a status note and return its version, 1; the same note sent twice is stored once.

    Raises NotAllowed (who only keeps values does not speak for a measure), NoteInTheFuture, UnknownReference.
    """
    require(by, Right.edit_plan)
    if note.as_of > today:
        raise NoteInTheFuture(as_of=note.as_of, today=today)
    return add_record(store, note, by=by, at=at)
