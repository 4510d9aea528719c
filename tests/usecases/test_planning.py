"""Records are added, revised and withdrawn under the rules that one record cannot know."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from metrics.domain.demands import AgainstBenchmark, Demand, DirectionOnly, GapClosed, Relation, SpreadBelow
from metrics.domain.indicators import Basis
from metrics.domain.refusals import (
    GoalsInACircle,
    IndicatorPartOfItself,
    NothingChanged,
    OwnTerritoryCompared,
    RecordAlreadyExists,
    SomebodyElseWasFaster,
    StillReferenced,
    StoredRecordWouldNotFit,
    UnknownReference,
    WeightNeedsReason,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.plan import a_comparison, a_goal, a_measure, a_reading, a_target, an_indicator


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
    with pytest.raises(WeightNeedsReason):
        revise_record(store, a_goal(weight=3), 1, by=me, at=now, reason=reason)
    assert store.newest("goal", "Z-R").record == a_goal()
    assert revise_record(store, a_goal(weight=3), 1, by=me, at=now, reason="Beschluss vom 24.11.2026") == 2


def test_an_indicators_weight_changes_only_with_a_reason_and_everything_else_without(
    store: Store, me: Person, now: datetime
) -> None:
    for record in (a_goal(), an_indicator()):
        add_record(store, record, by=me, at=now)
    with pytest.raises(WeightNeedsReason) as refused:
        revise_record(store, an_indicator(weight=0.5), 1, by=me, at=now, reason=" ")
    assert (refused.value.data, refused.value.field) == ({"weight_before": 1.0, "weight": 0.5}, "weight")
    assert revise_record(store, an_indicator(owner="Amt 80"), 1, by=me, at=now, reason=None) == 2


@pytest.mark.parametrize(
    "demand",
    [
        AgainstBenchmark(relation=Relation.above, territory="Stadt Bottrop"),
        GapClosed(territory="stadt bottrop", share=0.5, due="2028"),
        SpreadBelow(value=1, territories=("NRW", "Stadt Bottrop")),
    ],
    ids=lambda demand: demand.demand,
)
def test_a_target_does_not_hold_an_indicator_against_itself(
    store: Store, me: Person, now: datetime, demand: Demand
) -> None:
    for record in (a_goal(), an_indicator(), a_target(DirectionOnly())):
        add_record(store, record, by=me, at=now)
    with pytest.raises(OwnTerritoryCompared):
        add_record(store, a_target(demand, id="T-2"), by=me, at=now)
    with pytest.raises(OwnTerritoryCompared):
        revise_record(store, a_target(demand), 1, by=me, at=now, reason="Vergleich")
    elsewhere = demand.model_copy(update={"territory": "NRW"} if hasattr(demand, "territory") else {"territories": ()})
    assert add_record(store, a_target(elsewhere, id="T-2"), by=me, at=now) == 1


@pytest.mark.parametrize(
    ("over", "field", "broken"),
    [
        ({"basis": Basis.school_year}, "basis", "R-I-ALQ-2024"),
        ({"natural_maximum": 8}, "natural_maximum", "R-I-ALQ-2024"),
        ({"natural_minimum": 8}, "natural_minimum", "V-I-ALQ-NRW-2024"),
        ({"territory": "NRW"}, "territory", "T-I-ALQ"),
    ],
)
def test_an_indicator_does_not_change_while_stored_values_or_targets_would_not_fit(
    store: Store, me: Person, now: datetime, over: dict[str, object], field: str, broken: str
) -> None:
    target = a_target(AgainstBenchmark(relation=Relation.below, territory="NRW"))
    for record in (a_goal(), an_indicator(), a_reading(2024, 8.1), a_comparison(2024, 7.5), target):
        add_record(store, record, by=me, at=now)
    with pytest.raises(StoredRecordWouldNotFit) as refused:
        revise_record(store, an_indicator(**over), 1, by=me, at=now, reason="Umstellung")
    assert (refused.value.data["field"], refused.value.data["referred_id"]) == (field, broken)
    for record in (target, a_comparison(2024, 7.5), a_reading(2024, 8.1)):
        withdraw_record(store, record.kind, record.id, 1, by=me, at=now, reason="gehört nicht hierher")
    assert revise_record(store, an_indicator(**over), 1, by=me, at=now, reason="Umstellung") == 2


def test_a_goal_cannot_become_its_own_ancestor(store: Store, me: Person, now: datetime) -> None:
    add_record(store, a_goal(id="A"), by=me, at=now)
    add_record(store, a_goal(id="B", parent_ids=("A",)), by=me, at=now)
    add_record(store, a_goal(id="C", parent_ids=("B",)), by=me, at=now)
    with pytest.raises(GoalsInACircle) as refused:
        revise_record(store, a_goal(id="A", parent_ids=("C",)), 1, by=me, at=now, reason=None)
    assert refused.value.data["path"] == ["A", "C", "B", "A"]
    with pytest.raises(GoalsInACircle):
        add_record(store, a_goal(id="D", parent_ids=("D",)), by=me, at=now)


def test_an_indicator_is_no_part_of_its_own_parts(store: Store, me: Person, now: datetime) -> None:
    for record in (a_goal(), an_indicator(id="A"), an_indicator(id="B", total_id="A")):
        add_record(store, record, by=me, at=now)
    with pytest.raises(IndicatorPartOfItself) as refused:
        revise_record(store, an_indicator(id="A", total_id="B"), 1, by=me, at=now, reason=None)
    assert refused.value.data["path"] == ["A", "B", "A"]
    with pytest.raises(IndicatorPartOfItself):
        add_record(store, an_indicator(id="C", total_id="C"), by=me, at=now)


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
