"""Which tasks follow from the plan: pure functions, one for each kind of work. What is due when: docs/methods.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from metrics.domain.base import partial_date_bounds
from metrics.domain.committee import FollowUp
from metrics.domain.dialogue import ANSWER_DAYS, answer_due
from metrics.domain.indicators import Indicator, IndicatorState, ReadingState, ReleaseRule
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.ownership import Charge, Owned, is_active, lacks
from metrics.domain.periods import bounds, later, quarter_of
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.tasks import Task, TaskKind
from metrics.domain.upkeep import Contribution, ContributionState, LockKind, LockState, PeriodLock, StatusNote

AHEAD = timedelta(days=7)
"""How long before they are due values and status notes stand in the list."""
DECISION_AHEAD = timedelta(days=28)
"""How long before its day a decision stands in the list."""
TO_APPROVE = TO_RATE = 7
"""Days in which somebody looks at a value (five working days), and after which a rating is a turn late."""
TO_ANSWER = TO_DECIDE = TO_FOLLOW_UP = ANSWER_DAYS
"""Days after which an answer, a decision or what a committee decided is a turn late."""
TO_REACH = TO_CLOSE = TO_TAKE_OVER = 30
"""Days after which a milestone, a closing or an open responsibility is a turn late; a period is closed within them."""

PAGES: Mapping[TaskKind, str] = {
    TaskKind.enter_reading: "readings",
    TaskKind.mend_reading: "readings",
    TaskKind.check_reading: "releases",
    TaskKind.release_reading: "releases",
    TaskKind.status_note: "status_note",
    TaskKind.milestone: "plan_editing",
    TaskKind.decision: "measures",
    TaskKind.rate: "rating",
    TaskKind.answer: "dialogue",
    TaskKind.take_over: "plan_editing",
    TaskKind.close_period: "periods",
    TaskKind.follow_up: "follow_ups",
}
"""The page on which each kind of task is done, by its name in the navigation table."""


@dataclass(frozen=True, slots=True)
class WaitingReading:
    """A value whose newest version is not released; `authors` entered it or took the last step, on the day `since`."""

    id: str
    indicator_id: str
    state: ReadingState
    start: date
    end: date
    authors: tuple[str, ...]
    since: date
    illustrative: bool = False


def values_to_enter(
    judged: Iterable[IndicatorAssessment], waiting: Iterable[WaitingReading], today: date
) -> Iterator[Task]:
    """Active indicators with a rhythm whose next value is due, or will be within a week.

    One that was never measured is due since today. Where a newer value was entered and waits for its release, nothing
    is left to enter.
    """
    entered: dict[str, date] = {}
    for one in waiting:
        entered[one.indicator_id] = max(one.end, entered.get(one.indicator_id, date.min))
    for found in judged:
        indicator, days = found.indicator, found.indicator.rhythm.days
        if days is None or indicator.state is not IndicatorState.active:
            continue
        last = found.last.end if found.last else date.min
        due = found.due or today
        if due <= today + AHEAD and entered.get(indicator.id, date.min) <= last:
            yield _of(TaskKind.enter_reading, indicator, due, days, indicator.id)


def values_to_approve(waiting: Iterable[WaitingReading], indicators: Mapping[str, Indicator]) -> Iterator[Task]:
    """Values that were returned, or wait for somebody who checks or releases them: never one of those who wrote them.

    Returned ones go back to the indicator's owner. A draft is checked; where the rule wants a third look, what was
    checked is released by another one.
    """
    for one in waiting:
        indicator = indicators.get(one.indicator_id)
        if indicator is None:
            continue
        kind, right = _look_at(one, indicator)
        due, identifier = one.since + timedelta(days=TO_APPROVE), f"reading:{one.id}"
        task = _of(kind, indicator, due, TO_APPROVE, identifier)
        yield replace(
            task,
            right=right,
            not_for=one.authors if right else (),
            illustrative=task.illustrative or one.illustrative,
            span=(one.start, one.end),
        )


def _look_at(one: WaitingReading, indicator: Indicator) -> tuple[TaskKind, str | None]:
    """What is to be done with a value that waits, and the right that it takes."""
    if one.state is ReadingState.returned:
        return TaskKind.mend_reading, None
    if one.state is ReadingState.checked and indicator.release_rule is ReleaseRule.checked_and_released:
        return TaskKind.release_reading, "release_readings"
    return TaskKind.check_reading, "check_readings"


def notes_to_write(measures: Iterable[Measure], notes: Iterable[StatusNote], today: date) -> Iterator[Task]:
    """Running measures whose last status note is older than their rhythm, or will be within a week.

    The first note is due one rhythm after the start (a month or a year: its last day); since today if the start is
    unknown; never where the rhythm is irregular.
    """
    told: dict[str, date] = {}
    for note in notes:
        told[note.measure_id] = max(note.as_of, told.get(note.measure_id, date.min))
    for measure in measures:
        days = measure.status_rhythm.days
        if days is None or measure.state is not MeasureState.running:
            continue
        start = partial_date_bounds(measure.starts)[1] if measure.starts else None
        since = told.get(measure.id, start)
        due = since + timedelta(days=days) if since else today
        if due <= today + AHEAD:
            yield _of(TaskKind.status_note, measure, due, days, measure.id)


def milestones_to_confirm(measures: Iterable[Measure], today: date) -> Iterator[Task]:
    """Milestones of running measures that are past and not done."""
    for measure in measures:
        if measure.state is not MeasureState.running:
            continue
        for milestone in measure.milestones:
            if milestone.due and judge_milestone(milestone, today) is MilestoneState.late:
                due = partial_date_bounds(milestone.due)[1]
                task = _of(TaskKind.milestone, measure, due, TO_REACH, f"{measure.kind}:{measure.id}")
                yield replace(task, detail=milestone.title)


def decisions_to_prepare(measures: Iterable[Measure], today: date) -> Iterator[Task]:
    """Measures on which a body decides within four weeks, or should have decided."""
    for measure in measures:
        if measure.decision_due and not measure.ended:
            due = partial_date_bounds(measure.decision_due)[1]
            if due <= today + DECISION_AHEAD:
                yield _of(TaskKind.decision, measure, due, TO_DECIDE, measure.id)


def rounds_to_rate(rounds: Iterable[PriorityRound], today: date) -> Iterator[Task]:
    """Open rounds, for everybody whose group has a seat; whether they have rated is not known, by design."""
    for round_ in rounds:
        if round_.state is RoundState.open and today <= round_.deadline:
            yield Task(
                TaskKind.rate,
                round_.kind,
                round_.id,
                round_.title,
                round_.deadline,
                TO_RATE,
                None,
                None,
                PAGES[TaskKind.rate],
                illustrative=round_.illustrative,
                group_ids=round_.groups,
            )


def contributions_to_answer(contributions: Iterable[Contribution]) -> Iterator[Task]:
    """Open contributions, due on their day, or four weeks after they came in."""
    for one in contributions:
        if one.state is ContributionState.open:
            yield _of(TaskKind.answer, one, answer_due(one), TO_ANSWER, one.id)


def decisions_to_carry_out(follow_ups: Iterable[FollowUp]) -> Iterator[Task]:
    """What committees decided, ordered and asked and nobody has settled yet, due on its day."""
    for one in follow_ups:
        if not one.settled:
            yield _of(TaskKind.follow_up, one, one.due, TO_FOLLOW_UP, one.id)


def records_to_take_over(records: Iterable[Owned]) -> Iterator[Task]:
    """What is pursued and lacks an owner or a deputy, for whoever decides on priorities."""
    for record in records:
        if is_active(record) and lacks(record):
            task = _of(TaskKind.take_over, record, None, TO_TAKE_OVER, f"{record.kind}:{record.id}")
            yield replace(task, right="decide_priorities")


def periods_to_close(locks: Iterable[PeriodLock], today: date) -> Iterator[Task]:
    """Quarters and years that are over and not closed, since the first one that ever was; else nobody asked for it."""
    known = list(locks)
    closed = [lock for lock in known if lock.state is LockState.closed]
    for kind, days in ((LockKind.quarter, 92), (LockKind.year, 366)):
        first = min((lock.first_day for lock in known if lock.lock_kind is kind), default=today)
        for name, start, end in _periods(kind, first, today):
            if not any(lock.first_day <= start and end <= lock.last_day for lock in closed):
                yield Task(
                    TaskKind.close_period,
                    PeriodLock.kind,
                    name,
                    name,
                    end + timedelta(days=TO_CLOSE),
                    days,
                    None,
                    None,
                    PAGES[TaskKind.close_period],
                    right="close_periods",
                    span=(start, end),
                )


def _periods(kind: LockKind, first: date, today: date) -> Iterator[tuple[str, date, date]]:
    """The quarters or years from the one around a day on that are over, with their first and last day."""
    name = quarter_of(first) if kind is LockKind.quarter else str(first.year)
    while True:
        start, end = bounds(name) if kind is LockKind.quarter else partial_date_bounds(name)
        if end >= today:
            return
        yield name, start, end
        name = later(name, 1) if kind is LockKind.quarter else str(int(name) + 1)


def _of(kind: TaskKind, record: Charge, due: date | None, days: int, identifier: str) -> Task:
    """A task for a record's owner, or the deputy while nobody of the owner's function is here."""
    return Task(
        kind,
        record.kind,
        record.id,
        record.title,
        due,
        days,
        record.owner,
        record.deputy,
        PAGES[kind],
        identifier,
        record.illustrative,
    )
