"""Records are added, revised and withdrawn under the rules that one record cannot know."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from metrics.domain.refusals import (
    GoalsInACircle,
    NothingChanged,
    ReasonMissing,
    RecordAlreadyExists,
    SomebodyElseWasFaster,
    StillReferenced,
    UnknownReference,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.plan import a_goal, a_measure


def test_a_record_sent_twice_is_stored_once_and_another_one_under_its_id_is_refused(
    store: Store, me: Person, now: datetime
) -> None:
    for _ in range(2):
        assert add_record(store, a_goal(), by=me, at=now) == 1
    with pytest.raises(RecordAlreadyExists):
        add_record(store, a_goal(title="Anders"), by=me, at=now)
    assert store.change_number() == 1


def test_two_tabs_that_edit_one_goal_do_not_overwrite_each_other(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(), by=me, at=now)
    assert revise_record(store, a_goal(title="Erster"), 1, by=me, at=now, reason=None) == 2
    with pytest.raises(SomebodyElseWasFaster) as refused:
        revise_record(store, a_goal(title="Zweiter"), 1, by=me, at=now, reason=None)
    assert (refused.value.data["expected"], refused.value.data["actual"]) == (1, 2)
    assert store.newest("goal", "Z-R").record == a_goal(title="Erster")


def test_saving_without_a_change_writes_nothing(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(), by=me, at=now)
    with pytest.raises(NothingChanged):
        revise_record(store, a_goal(), 1, by=me, at=now, reason=None)
    assert store.change_number() == 1


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_weight_changes_only_with_a_reason(store: Store, me: Person, now: datetime, reason: str | None) -> None:
    add_record(store, a_goal(), by=me, at=now)
    with pytest.raises(ReasonMissing):
        revise_record(store, a_goal(weight=3), 1, by=me, at=now, reason=reason)
    assert store.newest("goal", "Z-R").record == a_goal()
    assert revise_record(store, a_goal(weight=3), 1, by=me, at=now, reason="Beschluss vom 24.11.2026") == 2


def test_a_goal_cannot_become_its_own_ancestor(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(id="A"), by=me, at=now)
    add_record(store, a_goal(id="B", parent_ids=("A",)), by=me, at=now)
    add_record(store, a_goal(id="C", parent_ids=("B",)), by=me, at=now)
    with pytest.raises(GoalsInACircle) as refused:
        revise_record(store, a_goal(id="A", parent_ids=("C",)), 1, by=me, at=now, reason=None)
    assert refused.value.data["path"] == ["A", "C", "B", "A"]
    with pytest.raises(GoalsInACircle):
        add_record(store, a_goal(id="D", parent_ids=("D",)), by=me, at=now)


def test_two_people_cannot_close_a_circle_between_them(store: Store, me: Person, now: datetime) -> None:
    for attempt in range(10):
        first, second = f"A-{attempt}", f"B-{attempt}"
        add_record(store, a_goal(id=first), by=me, at=now)
        add_record(store, a_goal(id=second), by=me, at=now)
        start = threading.Barrier(2)

        def put_under(child: str, parent: str, start: threading.Barrier = start) -> str:
            start.wait()
            try:
                revise_record(store, a_goal(id=child, parent_ids=(parent,)), 1, by=me, at=now, reason=None)
            except GoalsInACircle as refusal:
                return refusal.code
            return "stored"

        with ThreadPoolExecutor(2) as pool:
            outcomes = [pool.submit(put_under, first, second), pool.submit(put_under, second, first)]
            assert sorted(outcome.result() for outcome in outcomes) == ["goals_in_a_circle", "stored"]


def test_a_failing_use_case_leaves_no_trace(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(), by=me, at=now)
    before = store.connection.rows("counts")
    with pytest.raises(UnknownReference):
        add_record(store, a_measure(goal_ids=("Z-R", "Z-X")), by=me, at=now)
    with pytest.raises(UnknownReference):
        revise_record(store, a_goal(parent_ids=("Z-X",)), 1, by=me, at=now, reason=None)
    assert store.connection.rows("counts") == before
    assert [row["change_no"] for row in store.connection.rows("changes", {"since": None, "most": 9})] == [1]


def test_what_others_refer_to_can_only_be_withdrawn_after_them(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(), by=me, at=now)
    add_record(store, a_measure(), by=me, at=now)
    with pytest.raises(StillReferenced) as refused:
        withdraw_record(store, "goal", "Z-R", 1, by=me, at=now, reason="aufgegeben")
    assert (refused.value.data["by_kind"], refused.value.data["by_id"]) == ("measure", "M-15")
    withdraw_record(store, "measure", "M-15", 1, by=me, at=now, reason="eingestellt")
    assert withdraw_record(store, "goal", "Z-R", 1, by=me, at=now, reason="aufgegeben") == 2
    assert store.current("goal") == ()
