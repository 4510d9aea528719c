"""The office's tasks as they follow from a store, whose they are, and status notes that are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from metrics.domain.base import Record
from metrics.domain.committee import FollowUpState
from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, Reading, ReadingState, ReleaseRule
from metrics.domain.measures import Milestone
from metrics.domain.people import Account
from metrics.domain.priorities import RoundState
from metrics.domain.refusals import NotAllowed, NoteInTheFuture, UnknownReference
from metrics.domain.tasks import Claim, TaskKind
from metrics.domain.upkeep import Contribution, ContributionOrigin, LockKind, PeriodLock, Standing, StatusNote
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.tasking import own_tasks, tasks_of_office, waiting_readings, write_note
from tests.conftest import NOW
from tests.plan import (
    a_criteria_set,
    a_follow_up,
    a_goal,
    a_measure,
    a_rater_group,
    a_reading,
    a_round,
    a_sitting,
    an_indicator,
)

TODAY = date(2026, 11, 24)
OWNED = {"owner": "Statistikstelle", "deputy": "Amtsleitung"}
LEADER = Person("P-AMT", Role.leadership, ("Amtsleitung",))
ALICE, BOB = Person("P-1", Role.staff, ("Statistikstelle",)), Person("P-2", Role.staff, ("Sachgebiet Innenstadt",))


def write(store: Store, *records: Record, by: str = "P-1", at: datetime = NOW) -> None:
    """Store records as somebody."""
    with store.change(by=by, at=at, action="add") as writing:
        writing.add(list(records))


def a_note(**over: Any) -> StatusNote:
    told: dict[str, Any] = {"id": "SN-1", "measure_id": "M-15", "as_of": TODAY, "standing": Standing.slow}
    return StatusNote(**told | {"text": "Die Stelle ist unbesetzt."} | over)


def an_account(identifier: str, *functions: str, **over: Any) -> Account:
    told: dict[str, Any] = {"name": identifier, "purpose": "Anmeldung", "functions": functions}
    return Account(id=identifier, **told | over)


def step(store: Store, reading: Reading, state: ReadingState, by: Person) -> None:
    """The next step of a value on its way to being released."""
    newest: Recorded[Any] = store.newest("reading", reading.id)
    changed = newest.record.model_copy(update={"state": state})
    with store.change(by=by.name, at=NOW + timedelta(days=1), action="step", reason="Schritt") as writing:
        writing.revise(changed, newest.version)


@pytest.fixture
def plan(store: Store) -> Store:
    """Something of every kind from which a task follows."""
    indicator = an_indicator(**OWNED, release_rule=ReleaseRule.four_eyes)
    write(
        store,
        a_goal(owner=None, deputy=None),
        indicator,
        an_indicator(id="I-NEU", **OWNED),
        a_measure(
            owner=None, deputy=None, milestones=(Milestone(title="Vorbei", due="2026-10"),), decision_due="2026-12"
        ),
        a_criteria_set(),
        a_rater_group(),
        a_rater_group(id="BG-POL", title="Politik"),
        a_measure(id="M-16", **OWNED),
        a_round(state=RoundState.open, deadline=TODAY),
        a_reading(2023, state=ReadingState.released),
        a_reading(2025, id="R-ENTWURF", state=ReadingState.draft),
        Contribution(
            id="B-1",
            title="Mehr Bänke",
            text="In der Innenstadt fehlen Bänke.",
            origin=ContributionOrigin.public,
            received_on=TODAY,
        ),
        PeriodLock(
            id="L-1",
            title="2. Quartal",
            lock_kind=LockKind.quarter,
            first_day=date(2026, 4, 1),
            last_day=date(2026, 6, 30),
        ),
        a_sitting(),
        a_follow_up(**OWNED, due=date(2026, 11, 1)),
    )
    return store


def test_a_store_gives_the_tasks_of_every_kind(plan: Store) -> None:
    found = tasks_of_office(plan, TODAY)
    by_kind = {kind: {task.subject_id for task in found if task.kind is kind} for kind in TaskKind}
    assert by_kind == {
        TaskKind.enter_reading: {"I-NEU"},
        TaskKind.check_reading: {"I-ALQ"},
        TaskKind.mend_reading: set(),
        TaskKind.release_reading: set(),
        TaskKind.status_note: {"M-15", "M-16"},
        TaskKind.milestone: {"M-15"},
        TaskKind.decision: set(),
        TaskKind.rate: {"PR-1"},
        TaskKind.answer: {"B-1"},
        TaskKind.take_over: {"Z-R", "M-15"},
        TaskKind.close_period: {"2026-Q3"},
        TaskKind.follow_up: {"FU-1"},
    }


def test_an_empty_store_has_no_tasks(store: Store) -> None:
    assert tasks_of_office(store, TODAY) == ()


def test_a_value_waits_with_those_who_entered_it_and_took_the_last_step(plan: Store) -> None:
    (draft,) = waiting_readings(plan)
    assert (draft.id, draft.authors, draft.since, draft.state) == (
        "R-ENTWURF",
        ("P-1",),
        NOW.date(),
        ReadingState.draft,
    )
    reading = a_reading(2025, id="R-ENTWURF")
    step(plan, reading, ReadingState.checked, BOB)
    assert [(one.authors, one.state) for one in waiting_readings(plan)] == [(("P-1", "P-2"), ReadingState.checked)]
    step(plan, reading, ReadingState.released, LEADER)
    assert waiting_readings(plan) == []


def test_a_returned_value_goes_back_to_the_owner_of_its_indicator(plan: Store) -> None:
    step(plan, a_reading(2025, id="R-ENTWURF"), ReadingState.returned, BOB)
    (task,) = [task for task in tasks_of_office(plan, TODAY) if task.kind is TaskKind.mend_reading]
    assert (task.owner, task.right, task.not_for) == ("Statistikstelle", None, ())


def test_a_draft_is_checked_by_anybody_who_may_but_its_author(plan: Store) -> None:
    office = [an_account("P-1", "Statistikstelle"), an_account("P-2", "Sachgebiet Innenstadt"), an_account("P-AMT")]
    tasks = [task for task in tasks_of_office(plan, TODAY) if task.kind is TaskKind.check_reading]
    reached = {
        person.name for person in (ALICE, BOB, LEADER) if own_tasks(tasks, by=person, accounts=office, today=TODAY)
    }
    assert reached == {"P-2", "P-AMT"}


def test_the_deputy_gets_the_owners_tasks_while_the_owner_is_away(plan: Store) -> None:
    alice, leader = an_account("P-1", "Statistikstelle"), an_account("P-AMT", "Amtsleitung")
    tasks = [task for task in tasks_of_office(plan, TODAY) if task.subject_id == "I-NEU"]
    told: dict[str, Any] = {"today": TODAY}
    assert [one.claim for one in own_tasks(tasks, by=ALICE, accounts=[alice, leader], **told)] == [Claim.function]
    assert own_tasks(tasks, by=LEADER, accounts=[alice, leader], **told) == []
    away = alice.model_copy(update={"absent_from": TODAY, "absent_until": TODAY})
    assert own_tasks(tasks, by=ALICE, accounts=[away, leader], **told) == []
    assert [one.claim for one in own_tasks(tasks, by=LEADER, accounts=[away, leader], **told)] == [Claim.deputy]


def test_what_a_committee_decided_is_its_owners_task_and_the_deputys_while_the_owner_is_away(plan: Store) -> None:
    alice, leader = an_account("P-1", "Statistikstelle"), an_account("P-AMT", "Amtsleitung")
    (task,) = [task for task in tasks_of_office(plan, TODAY) if task.kind is TaskKind.follow_up]
    assert (task.due, task.page, task.identifier) == (date(2026, 11, 1), "follow_ups", "FU-1")
    told: dict[str, Any] = {"today": TODAY}
    assert [one.claim for one in own_tasks([task], by=ALICE, accounts=[alice, leader], **told)] == [Claim.function]
    away = alice.model_copy(update={"absent_from": TODAY, "absent_until": TODAY})
    assert own_tasks([task], by=ALICE, accounts=[away, leader], **told) == []
    assert [one.claim for one in own_tasks([task], by=LEADER, accounts=[away, leader], **told)] == [Claim.deputy]
    assert own_tasks([task], by=BOB, accounts=[away, leader], **told) == []


@pytest.mark.parametrize("state", FollowUpState)
def test_what_is_settled_is_nobodys_task_any_more(store: Store, state: FollowUpState) -> None:
    settled = {"result": "Ja.", "done_on": TODAY} if state in (FollowUpState.done, FollowUpState.dropped) else {}
    write(store, a_sitting(), a_follow_up(**OWNED, state=state, **settled))
    found = [task.identifier for task in tasks_of_office(store, TODAY)]
    assert found == ([] if settled else ["FU-1"])


def test_a_note_that_was_written_is_a_task_less(plan: Store) -> None:
    assert write_note(plan, a_note(), by=BOB, at=NOW, today=TODAY) == 1
    assert write_note(plan, a_note(), by=BOB, at=NOW, today=TODAY) == 1, "sent twice, stored once"
    assert [entry.version for entry in plan.versions("status_note", "SN-1")] == [1]
    assert [task.subject_id for task in tasks_of_office(plan, TODAY) if task.kind is TaskKind.status_note] == ["M-16"]


def test_a_note_of_tomorrow_of_a_stranger_or_by_a_data_steward_is_refused(plan: Store) -> None:
    before = plan.change_number()
    with pytest.raises(NoteInTheFuture):
        write_note(plan, a_note(as_of=TODAY + timedelta(days=1)), by=BOB, at=NOW, today=TODAY)
    with pytest.raises(UnknownReference):
        write_note(plan, a_note(measure_id="M-NIE"), by=BOB, at=NOW, today=TODAY)
    with pytest.raises(NotAllowed):
        write_note(plan, a_note(), by=Person("P-3", Role.data_steward), at=NOW, today=TODAY)
    assert plan.change_number() == before


def test_a_judgement_that_was_made_already_is_used(plan: Store) -> None:
    assert not any(task.subject_kind == Indicator.kind for task in tasks_of_office(plan, TODAY, {}))
