"""Which tasks follow from the plan, and which tempting ones do not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from metrics.domain.goals import GoalState
from metrics.domain.indicators import Indicator, IndicatorState, ReadingState, ReleaseRule, Rhythm
from metrics.domain.living_labs import LabPhase
from metrics.domain.measures import MeasureState, Milestone
from metrics.domain.priorities import RoundState
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.tasking import (
    WaitingReading,
    contributions_to_answer,
    decisions_to_prepare,
    milestones_to_confirm,
    notes_to_write,
    periods_to_close,
    records_to_take_over,
    rounds_to_rate,
    values_to_approve,
    values_to_enter,
)
from metrics.domain.tasks import TaskKind
from metrics.domain.upkeep import (
    Contribution,
    ContributionOrigin,
    ContributionState,
    LockKind,
    LockState,
    PeriodLock,
    Standing,
    StatusNote,
)
from tests.plan import a_goal, a_living_lab, a_measure, a_round, an_indicator, known

TODAY = date(2026, 11, 24)


def judged(indicator: Indicator, points: dict[int, float]) -> IndicatorAssessment:
    """The indicator with yearly points, judged today."""
    return assess_indicator(indicator, [], known(points), TODAY)


def waiting(**over: Any) -> WaitingReading:
    """A draft of the value of 2025, entered last week."""
    told: dict[str, Any] = {
        "id": "R-1",
        "indicator_id": "I-ALQ",
        "state": ReadingState.draft,
        "start": date(2025, 1, 1),
        "end": date(2025, 12, 31),
        "authors": ("P-1",),
        "since": date(2026, 11, 20),
    }
    return WaitingReading(**told | over)


def a_note(as_of: date, measure_id: str = "M-15") -> StatusNote:
    return StatusNote(id=f"SN-{as_of}", measure_id=measure_id, as_of=as_of, standing=Standing.going_well, text="Läuft.")


def a_contribution(**over: Any) -> Contribution:
    told: dict[str, Any] = {
        "id": "B-1",
        "title": "Mehr Bänke",
        "text": "In der Innenstadt fehlen Bänke.",
        "origin": ContributionOrigin.public,
        "received_on": date(2026, 11, 1),
        "owner": "Sachgebiet Innenstadt",
    }
    return Contribution(**told | over)


def a_lock(kind: LockKind, first: date, last: date, **over: Any) -> PeriodLock:
    return PeriodLock(
        **{"id": f"L-{last}", "title": "Abschluss", "lock_kind": kind} | over, first_day=first, last_day=last
    )


# --- values ---


def test_a_value_is_due_once_rhythm_and_lag_have_passed_and_stands_in_the_list_a_week_before() -> None:
    late, soon = an_indicator(id="I-SPAET", publication_lag=90), an_indicator(id="I-BALD", publication_lag=0)
    far = an_indicator(id="I-FERN", publication_lag=60)
    found = [judged(late, {2023: 8.0}), judged(soon, {2025: 8.0}), judged(far, {2025: 8.0})]
    on_the_edge = date(2026, 12, 25)  # 366 days after 31.12.2025 is 01.01.2027
    assert [task.subject_id for task in values_to_enter(found, [], on_the_edge - timedelta(days=1))] == ["I-SPAET"]
    tasks = {task.subject_id: task for task in values_to_enter(found, [], on_the_edge)}
    assert set(tasks) == {"I-SPAET", "I-BALD"}
    assert (tasks["I-BALD"].due, tasks["I-BALD"].rhythm_days) == (date(2027, 1, 1), 366)
    assert (tasks["I-BALD"].page, tasks["I-BALD"].identifier) == ("readings", "I-BALD")


def test_a_value_that_was_never_measured_is_due_since_today_unless_nothing_is_ever_due() -> None:
    found = [
        judged(an_indicator(id="I-NIE"), {}),
        judged(an_indicator(id="I-UNREGELMAESSIG", rhythm=Rhythm.irregular), {}),
        judged(an_indicator(id="I-RUHT", state=IndicatorState.dormant), {2020: 1.0}),
    ]
    assert [(task.subject_id, task.due) for task in values_to_enter(found, [], TODAY)] == [("I-NIE", TODAY)]


def test_nothing_is_left_to_enter_while_a_newer_value_waits_for_its_release() -> None:
    found = [judged(an_indicator(), {2023: 8.0})]
    assert list(values_to_enter(found, [waiting()], TODAY)) == []
    older = waiting(start=date(2022, 1, 1), end=date(2022, 12, 31))
    assert [task.subject_id for task in values_to_enter(found, [older], TODAY)] == ["I-ALQ"]


@pytest.mark.parametrize(
    ("state", "rule", "kind", "right"),
    [
        (ReadingState.draft, ReleaseRule.four_eyes, TaskKind.check_reading, "check_readings"),
        (ReadingState.draft, ReleaseRule.checked_and_released, TaskKind.check_reading, "check_readings"),
        (ReadingState.checked, ReleaseRule.checked_and_released, TaskKind.release_reading, "release_readings"),
        (ReadingState.returned, ReleaseRule.four_eyes, TaskKind.mend_reading, None),
    ],
)
def test_a_value_that_waits_goes_to_whoever_takes_the_next_step(
    state: ReadingState, rule: ReleaseRule, kind: TaskKind, right: str | None
) -> None:
    (task,) = values_to_approve([waiting(state=state)], {"I-ALQ": an_indicator(release_rule=rule)})
    assert (task.kind, task.right, task.identifier) == (kind, right, "reading:R-1")
    assert task.not_for == (("P-1",) if right else ()), "whoever is to mend it may be its author"
    assert (task.due, task.rhythm_days) == (date(2026, 11, 27), 7)
    assert task.span == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_value_of_an_indicator_that_is_gone_is_nobodys_task() -> None:
    assert list(values_to_approve([waiting()], {})) == []


# --- measures ---


@pytest.mark.parametrize(
    ("rhythm", "last", "due"),
    [
        (Rhythm.monthly, date(2026, 10, 1), date(2026, 11, 1)),
        (Rhythm.quarterly, date(2026, 8, 24), date(2026, 11, 24)),
        (Rhythm.quarterly, date(2026, 8, 31), date(2026, 12, 1)),
        (Rhythm.quarterly, date(2026, 9, 1), None),
        (Rhythm.irregular, date(2020, 1, 1), None),
    ],
)
def test_a_note_is_due_one_rhythm_after_the_last_one(rhythm: Rhythm, last: date, due: date | None) -> None:
    notes = [a_note(date(2026, 1, 1)), a_note(last), a_note(date(2026, 11, 20), "M-ANDERE")]
    found = list(notes_to_write([a_measure(status_rhythm=rhythm)], notes, TODAY))
    assert [(task.due, task.rhythm_days) for task in found] == ([(due, rhythm.days)] if due else [])


@pytest.mark.parametrize(
    ("starts", "due"),
    [("2026-06-01", date(2026, 9, 1)), ("2026-06", date(2026, 9, 30)), ("2026", None), (None, TODAY)],
)
def test_the_first_note_is_due_one_rhythm_after_the_start(starts: str | None, due: date | None) -> None:
    found = list(notes_to_write([a_measure(starts=starts)], [], TODAY))
    assert [task.due for task in found] == ([due] if due else [])


@pytest.mark.parametrize("state", [state for state in MeasureState if state is not MeasureState.running])
def test_only_running_measures_are_told_of_and_have_milestones_to_confirm(state: MeasureState) -> None:
    measure = a_measure(state=state, milestones=(Milestone(title="Vorbei", due="2026-01"),))
    assert list(notes_to_write([measure], [], TODAY)) == []
    assert list(milestones_to_confirm([measure], TODAY)) == []


def test_a_milestone_is_to_be_confirmed_once_its_last_day_is_over() -> None:
    steps = (
        Milestone(title="Vorbei", due="2026-10"),
        Milestone(title="Getan", due="2026-05", done_on="2026-05-28"),
        Milestone(title="Dieser Monat", due="2026-11"),
        Milestone(title="Ohne Termin"),
    )
    (task,) = milestones_to_confirm([a_measure(milestones=steps)], TODAY)
    assert (task.detail, task.due, task.identifier) == ("Vorbei", date(2026, 10, 31), "measure:M-15")


def test_a_decision_stands_in_the_list_four_weeks_ahead() -> None:
    measures = [
        a_measure(id="M-1", decision_due="2026-12-22"),
        a_measure(id="M-2", decision_due="2026-12-23"),
        a_measure(id="M-3", decision_due="2026-01", state=MeasureState.discontinued),
        a_measure(id="M-4"),
    ]
    assert [task.subject_id for task in decisions_to_prepare(measures, TODAY)] == ["M-1"]


# --- rounds, contributions, responsibilities, periods ---


def test_an_open_round_is_to_be_rated_by_its_groups_until_its_deadline() -> None:
    open_, closed = a_round(id="PR-O", state=RoundState.open), a_round(id="PR-Z", state=RoundState.closed)
    (task,) = rounds_to_rate([open_, closed], open_.deadline)
    assert (task.subject_id, task.group_ids, task.due) == ("PR-O", open_.groups, open_.deadline)
    assert list(rounds_to_rate([open_], open_.deadline + timedelta(days=1))) == []


def test_an_open_contribution_is_answered_on_its_day_or_within_four_weeks() -> None:
    answered = {"state": ContributionState.adopted, "answer": "Ja.", "answered_on": TODAY}
    found = list(
        contributions_to_answer(
            [a_contribution(), a_contribution(id="B-2", answer_due=TODAY), a_contribution(id="B-3", **answered)]
        )
    )
    assert [(task.subject_id, task.due) for task in found] == [("B-1", date(2026, 11, 29)), ("B-2", TODAY)]


def test_what_is_pursued_and_lacks_an_owner_or_a_deputy_is_to_be_taken_over() -> None:
    both = {"owner": "Amtsleitung", "deputy": "Statistikstelle"}
    records = [
        a_goal(id="Z-1", owner="Amtsleitung", deputy=None),
        a_goal(id="Z-2", **both),
        a_measure(id="M-1", owner=None, state=MeasureState.implemented),
        a_living_lab(id="RL-1", owner=None, deputy="Statistikstelle"),
        a_living_lab(id="RL-2", owner=None, phase=LabPhase.ended),
        a_goal(id="Z-3", owner=None, state=GoalState.proposed),
        a_measure(id="M-2", owner="Amtsleitung", deputy="amtsleitung ", state=MeasureState.paused),
        a_measure(id="M-3", owner=None, state=MeasureState.planned),
        an_indicator(id="I-1", **both),
        an_indicator(id="I-2", owner=None, state=IndicatorState.replaced),
    ]
    found = list(records_to_take_over(records))
    assert [(task.subject_id, task.right, task.due) for task in found] == [
        ("Z-1", "decide_priorities", None),
        ("RL-1", "decide_priorities", None),
        ("M-2", "decide_priorities", None),
    ]


def test_nobody_is_asked_to_close_periods_until_one_was_closed() -> None:
    committee = a_lock(LockKind.committee, date(2025, 1, 1), date(2025, 12, 31))
    assert list(periods_to_close([], TODAY)) == list(periods_to_close([committee], TODAY)) == []


def test_every_quarter_since_the_first_closed_one_is_to_be_closed_within_thirty_days() -> None:
    first = a_lock(LockKind.quarter, date(2026, 1, 1), date(2026, 3, 31))
    (second, third) = periods_to_close([first], TODAY)
    assert (second.subject_id, second.due, second.right) == ("2026-Q2", date(2026, 7, 30), "close_periods")
    assert (third.span, third.rhythm_days) == ((date(2026, 7, 1), date(2026, 9, 30)), 92)


def test_a_reopened_quarter_is_to_be_closed_again_and_one_within_a_closed_year_is_not() -> None:
    reopened = a_lock(LockKind.quarter, date(2025, 7, 1), date(2025, 9, 30), state=LockState.reopened)
    year = a_lock(LockKind.year, date(2025, 1, 1), date(2025, 12, 31))
    assert [task.subject_id for task in periods_to_close([reopened], date(2025, 12, 31))] == ["2025-Q3"]
    assert list(periods_to_close([reopened, year], date(2026, 3, 31))) == []
