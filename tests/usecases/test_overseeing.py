"""Nothing becomes active unseen, the radar finds what is, and what moved is told by whatever tells of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from metrics.domain.base import Record
from metrics.domain.document import plan_document
from metrics.domain.indicators import Indicator
from metrics.domain.living_labs import LabPhase
from metrics.domain.measures import MeasureState
from metrics.domain.ownership import Orphaned, is_active
from metrics.domain.refusals import DeputyIsOwner, DeputyMissing, OwnerMissing
from metrics.domain.targets import Target
from metrics.exchange.plan_file import write_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.assessing import judge_indicators
from metrics.usecases.commanding import carry_out
from metrics.usecases.deciding import STATE_AFTER
from metrics.usecases.exchanging import import_plan, preview_import
from metrics.usecases.overseeing import follow, last_movements, oversee
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.plan import (
    a_goal,
    a_living_lab,
    a_measure,
    a_reading,
    a_status_note,
    a_target,
    an_account,
    an_indicator,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("over", "refusal", "field"),
    [
        ({"owner": None}, OwnerMissing, "owner"),
        ({"deputy": None}, DeputyMissing, "deputy"),
        ({"deputy": "SACHGEBIET innenstadt"}, DeputyIsOwner, "deputy"),
    ],
)
def test_a_measure_does_not_become_active_without_owner_and_deputy_by_any_way(
    store: Store, me: Person, now: datetime, over: dict[str, Any], refusal: type[Exception], field: str
) -> None:
    add_record(store, a_goal(), by=me, at=now)
    with pytest.raises(refusal) as refused:
        add_record(store, a_measure(**over), by=me, at=now)
    assert (refused.value.field, refused.value.data["title"]) == (field, "Leerstandsmanagement Innenstadt")  # type: ignore[attr-defined]
    add_record(store, a_measure(state=MeasureState.planned, **over), by=me, at=now)
    with pytest.raises(refusal):
        revise_record(store, a_measure(**over), 1, by=me, at=now, reason="Start")
    assert revise_record(store, a_measure(), 1, by=me, at=now, reason="Start") == 2
    with pytest.raises(refusal):
        revise_record(store, a_measure(**over), 2, by=me, at=now, reason="Umzug")
    withdraw_record(store, "measure", "M-15", 2, by=me, at=now, reason="entfällt")
    with pytest.raises(refusal):
        revise_record(store, a_measure(**over), 3, by=me, at=now, reason="doch nicht")
    assert store.newest("measure", "M-15").version == 3


@pytest.mark.parametrize(
    "record",
    [a_goal(deputy=None), a_living_lab(owner=None, goal_ids=()), an_indicator(deputy=None, goal_ids=())],
    ids=lambda record: record.kind,
)
def test_goals_labs_and_indicators_are_held_to_the_same(
    store: Store, me: Person, now: datetime, record: Record
) -> None:
    with pytest.raises((OwnerMissing, DeputyMissing)):
        add_record(store, record, by=me, at=now)
    assert store.change_number() == 0


def test_what_was_active_without_a_deputy_all_along_may_be_mended_otherwise(
    store: Store, me: Person, now: datetime
) -> None:
    with store.change(by="Einfuhr", at=now, action="import_plan") as writing:
        writing.add([a_goal(deputy=None)])
    assert revise_record(store, a_goal(deputy=None, title="Ohne Tippfehler"), 1, by=me, at=now, reason=None) == 2
    with pytest.raises(OwnerMissing):
        revise_record(store, a_goal(deputy=None, owner=None), 2, by=me, at=now, reason=None)
    assert revise_record(store, a_goal(), 2, by=me, at=now, reason=None) == 3
    with pytest.raises(DeputyMissing):
        revise_record(store, a_goal(deputy=None), 3, by=me, at=now, reason=None)


def test_a_decision_on_priorities_makes_no_measure_active() -> None:
    assert [state for state in STATE_AFTER.values() if is_active(a_measure(state=state))] == []


def test_a_plan_file_comes_in_and_is_told_what_its_active_records_lack(store: Store, me: Person, now: datetime) -> None:
    arriving = [a_goal(owner=None, deputy=None), a_measure(deputy=None), an_indicator(state="dormant", owner=None)]
    document = plan_document(arriving)
    told = [(record.id, doubt.code) for record, doubt in preview_import(store, document, today=DAY).doubts]
    assert told == [("Z-R", "no_owner_and_deputy"), ("M-15", "no_deputy")]
    assert len(import_plan(store, document, by=me, at=now, today=DAY).new) == 3
    assert preview_import(store, document, today=DAY).doubts == ()


def test_the_command_line_is_told_too(store: Store, now: datetime) -> None:
    text = write_plan(plan_document([a_goal(deputy=None)]))
    asked = {"text": text, "preview": True, "today": DAY.isoformat(), "reason": None, "by": "Amt"}
    found = carry_out(store, "import", asked, now)["doubts"]
    assert [(one["kind"], one["id"], one["code"]) for one in found] == [("goal", "Z-R", "no_deputy")]


def a_plan_with_gaps(store: Store, now: datetime) -> None:
    with store.change(by="Einfuhr", at=now, action="import_plan") as writing:
        writing.add(
            [
                a_goal(),
                a_goal(id="Z-LEER", owner=None, deputy=None),
                a_goal(id="Z-VORSCHLAG", state="proposed", owner=None),
                a_living_lab(deputy=None),
                a_living_lab(id="RL-ENDE", phase=LabPhase.ended, owner=None),
                a_measure(),
                a_measure(id="M-IDEE", state=MeasureState.idea, owner=None),
                an_indicator(measure_ids=("M-15",)),
                a_target(),
                a_reading(2025, 8.0),
            ]
        )


def test_the_radar_counts_what_is_active_and_shows_the_worst_first(store: Store, me: Person, now: datetime) -> None:
    a_plan_with_gaps(store, now)
    found = oversee(store, (), by=me, today=now.date())
    assert found.active == {"goal": 2, "measure": 1, "indicator": 1, "living_lab": 1}
    assert [(one.record.id, one.reasons) for one in found.orphans] == [
        ("Z-LEER", (Orphaned.no_owner, Orphaned.no_deputy)),
        ("RL-C1", (Orphaned.no_deputy,)),
    ]
    assert (found.lacking(Orphaned.no_deputy), found.lacking(Orphaned.no_owner, Orphaned.no_deputy)) == (2, 2)
    assert (found.sleepers, found.leaving) == ((), ())
    assert [one.measure.id for one in found.followed] == ["M-15"]


def test_accounts_show_whose_function_nobody_holds_and_what_will_be_without(
    store: Store, me: Person, now: datetime
) -> None:
    a_plan_with_gaps(store, now)
    going = an_account(functions=("Sachgebiet Innenstadt", "Statistikstelle"), left_on=date(2026, 12, 31))
    for account in (going, an_account(id="P-2", functions=("Amtsleitung", "Statistikstelle"))):
        store.register.put(account, 0)
    found = oversee(store, (), by=me, today=DAY)
    assert {one.record.id: one.reasons for one in found.orphans}["M-15"] == (Orphaned.deputy_unheld,)
    assert [(one.function, one.records) for one in found.leaving] == [("Sachgebiet Innenstadt", 4)]
    later = oversee(store, (), by=me, today=date(2027, 1, 1))
    assert {one.record.id: one.reasons[0] for one in later.orphans}["M-15"] is Orphaned.owner_unheld


def test_a_measure_is_followed_by_its_indicators_its_notes_and_its_targets(
    store: Store, me: Person, now: datetime
) -> None:
    a_plan_with_gaps(store, now)
    found = judge_indicators(store, store.records(Indicator), store.records(Target), DAY)
    judged = found.indicators.values()
    before = follow(store, a_measure(), judged, by=me, today=DAY).quality
    add_record(store, a_status_note(), by=me, at=now)
    after = follow(store, a_measure(), judged, by=me, today=DAY).quality
    assert (before.met, after.met, after.possible) == (4, 5, 6)
    assert [point.value for point in after.missing] == ["description"]


def moved_after(store: Store, record: Record, me: Person, at: datetime) -> set[tuple[str, str]]:
    before = last_movements(store)
    add_record(store, record, by=me, at=at)
    return {name for name, when in last_movements(store).items() if when != before.get(name)}


@pytest.mark.parametrize(
    ("record", "moved"),
    [
        (a_reading(2023), {("indicator", "I-ALQ"), ("measure", "M-15"), ("living_lab", "RL-C1"), ("goal", "Z-R")}),
        (a_target(id="T-2"), {("indicator", "I-ALQ"), ("measure", "M-15"), ("living_lab", "RL-C1"), ("goal", "Z-R")}),
        (a_status_note(), {("measure", "M-15"), ("living_lab", "RL-C1"), ("goal", "Z-R")}),
        (a_measure(id="M-2", depends_on=({"measure_id": "M-15"},)), {("measure", "M-2"), ("goal", "Z-R")}),
        (a_goal(id="Z-B", parent_ids=("Z-R",)), {("goal", "Z-B")}),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_a_movement_reaches_what_it_tells_of_and_nothing_else(
    store: Store, me: Person, now: datetime, record: Record, moved: set[tuple[str, str]]
) -> None:
    plan = [
        a_goal(),
        a_goal(id="Z-FREMD"),
        a_living_lab(),
        a_measure(living_lab_id="RL-C1"),
        a_measure(id="M-FREMD", goal_ids=("Z-FREMD",)),
        an_indicator(measure_ids=("M-15",), goal_ids=()),
        an_indicator(id="I-FREMD", goal_ids=("Z-FREMD",)),
    ]
    with store.change(by="Einfuhr", at=now, action="import_plan") as writing:
        writing.add(plan)
    assert moved_after(store, record, me, now + timedelta(days=40)) == moved


def test_a_link_that_was_cut_moves_nothing_any_more(store: Store, me: Person, now: datetime) -> None:
    with store.change(by="Einfuhr", at=now, action="import_plan") as writing:
        writing.add([a_goal(), a_measure(), an_indicator(measure_ids=("M-15",), goal_ids=())])
    later = now + timedelta(days=10)
    revise_record(store, an_indicator(measure_ids=(), goal_ids=()), 1, by=me, at=later, reason="gehört nicht dazu")
    assert moved_after(store, a_reading(2023), me, now + timedelta(days=40)) == {("indicator", "I-ALQ")}


def test_what_sleeps_is_told_with_its_days_and_the_longest_first(store: Store, me: Person, now: datetime) -> None:
    a_plan_with_gaps(store, now)
    day = now.date() + timedelta(days=370)
    found = oversee(store, (), by=me, today=day)
    assert [(one.record.id, one.days) for one in found.sleepers] == [("M-15", 370), ("RL-C1", 370)]
    assert found.sleepers[0].turns == pytest.approx(370 / 92)
    add_record(store, a_status_note(), by=me, at=now + timedelta(days=360))
    assert [one.record.id for one in oversee(store, (), by=me, today=day).sleepers] == ["RL-C1"]
