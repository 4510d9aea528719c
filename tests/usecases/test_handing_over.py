"""A handover is one change with one reason, all of it or nothing; and moving functions leaves the plan alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.domain.measures import Measure
from metrics.domain.ownership import CHARGE_TYPES, is_active, lacks
from metrics.domain.people import Account
from metrics.domain.refusals import (
    DeputyIsOwner,
    FunctionsNotMoved,
    HandedToItself,
    HandoverNeedsReason,
    NothingToHandOver,
    OwnersChangedMeanwhile,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
)
from metrics.domain.upkeep import Contribution
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.handing_over import (
    charges_with_versions,
    hand_over,
    handovers,
    move_functions,
    protocol,
)
from metrics.usecases.overseeing import charges
from metrics.usecases.planning import revise_record
from tests.plan import a_follow_up, a_goal, a_measure, a_sitting, an_account, an_indicator

OFFICE, NEW = "Sachgebiet Innenstadt", "Stabsstelle Handel"
ANSWERED_BY_OFFICE = Contribution(
    id="B-1", title="Mehr Bänke", text="Bitte.", origin="public", received_on=date(2026, 11, 1), owner=OFFICE
)


@pytest.fixture
def plan(store: Store, now: datetime) -> Store:
    with store.change(by="Einfuhr", at=now, action="import_plan") as writing:
        writing.add([a_goal(), a_measure(), a_measure(id="M-16", owner="Amt 80"), an_indicator(), ANSWERED_BY_OFFICE])
    return store


def seen(store: Store, function: str, me: Person) -> dict[tuple[str, str], int]:
    found = charges_with_versions(store, function, by=me)
    return {(one.record.kind, one.record.id): one.version for one in found}


def both(store: Store, kind: str, identifier: str) -> tuple[str | None, str | None]:
    record = store.newest(kind, identifier).record
    return record.owner, record.deputy  # type: ignore[attr-defined]


def test_a_function_is_handed_over_as_owner_and_as_deputy_in_one_change(plan: Store, me: Person, now: datetime) -> None:
    chosen = seen(plan, OFFICE.upper(), me)
    assert set(chosen) == {("goal", "Z-R"), ("measure", "M-15"), ("contribution", "B-1")}
    number = hand_over(plan, chosen, OFFICE, NEW, by=me, at=now, reason="Neuer Zuschnitt")
    assert number == plan.change_number() == 2
    assert both(plan, "measure", "M-15") == (NEW, "Sachgebiet Handel")
    assert both(plan, "goal", "Z-R") == ("Amtsleitung", NEW)
    assert both(plan, "contribution", "B-1") == (NEW, None)
    assert plan.newest("measure", "M-16").version == plan.newest("indicator", "I-ALQ").version == 1
    assert seen(plan, OFFICE, me) == {}


def test_a_new_deputy_takes_the_place_beside_the_new_owner_only(plan: Store, me: Person, now: datetime) -> None:
    hand_over(plan, seen(plan, OFFICE, me), OFFICE, NEW, "Presse", by=me, at=now, reason="Zuschnitt")
    assert both(plan, "measure", "M-15") == (NEW, "Presse")
    assert both(plan, "goal", "Z-R") == ("Amtsleitung", NEW)


def test_what_a_committee_decided_is_handed_over_too_and_the_protocol_tells_it(
    plan: Store, me: Person, now: datetime
) -> None:
    with plan.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_sitting(), a_follow_up(owner=OFFICE, deputy="Presse")])
    number = hand_over(plan, {("follow_up", "FU-1"): 1}, OFFICE, NEW, by=me, at=now, reason="Zuschnitt")
    assert both(plan, "follow_up", "FU-1") == (NEW, "Presse")
    (told,) = protocol(plan, number, by=me)
    assert (told.kind, told.owner_before, told.owner_after) == ("follow_up", OFFICE, NEW)


def test_single_records_can_be_handed_over(plan: Store, me: Person, now: datetime) -> None:
    hand_over(plan, {("measure", "M-15"): 1}, OFFICE, NEW, by=me, at=now, reason="Zuschnitt")
    assert set(seen(plan, OFFICE, me)) == {("goal", "Z-R"), ("contribution", "B-1")}


def test_who_is_the_deputy_already_cannot_become_the_owner_without_a_new_deputy(
    plan: Store, me: Person, now: datetime
) -> None:
    chosen = seen(plan, OFFICE, me)
    with pytest.raises(DeputyIsOwner) as refused:
        hand_over(plan, chosen, OFFICE, "Sachgebiet Handel", by=me, at=now, reason="Zuschnitt")
    assert refused.value.data["title"] == "Leerstandsmanagement Innenstadt"
    assert plan.change_number() == 1
    hand_over(plan, chosen, OFFICE, "Sachgebiet Handel", "Presse", by=me, at=now, reason="Zuschnitt")
    assert both(plan, "measure", "M-15") == ("Sachgebiet Handel", "Presse")


def test_if_somebody_was_faster_nothing_is_handed_over_and_both_values_are_told(
    plan: Store, me: Person, now: datetime
) -> None:
    chosen = seen(plan, OFFICE, me)
    revise_record(plan, a_measure(deputy="Presse"), 1, by=me, at=now, reason="Wechsel")
    before = plan.connection.rows("counts")
    with pytest.raises(OwnersChangedMeanwhile) as refused:
        hand_over(plan, chosen, OFFICE, NEW, by=me, at=now, reason="Zuschnitt")
    told = refused.value.data
    assert (told["seen"], told["found"]) == (f"{OFFICE} / Sachgebiet Handel", f"{OFFICE} / Presse")
    assert (told["expected"], told["actual"], isinstance(refused.value, SomebodyElseWasFaster)) == (1, 2, True)
    assert (plan.connection.rows("counts"), plan.change_number()) == (before, 2)


@pytest.mark.parametrize(
    ("function", "new", "reason", "refusal"),
    [
        (OFFICE, NEW, " ", HandoverNeedsReason),
        (OFFICE, NEW, None, HandoverNeedsReason),
        (OFFICE, " sachgebiet INNENSTADT", "Zuschnitt", HandedToItself),
        ("Presse", NEW, "Zuschnitt", NothingToHandOver),
    ],
)
def test_a_handover_wants_a_reason_another_function_and_something_to_hand_over(
    plan: Store, me: Person, now: datetime, function: str, new: str, reason: str | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        hand_over(plan, seen(plan, OFFICE, me), function, new, by=me, at=now, reason=reason)
    with pytest.raises(RecordNotFound):
        hand_over(plan, {("goal", "Z-UNBEKANNT"): 1}, OFFICE, NEW, by=me, at=now, reason="Zuschnitt")
    assert plan.change_number() == 1


def test_the_protocol_tells_from_whom_to_whom(plan: Store, me: Person, now: datetime) -> None:
    number = hand_over(plan, seen(plan, OFFICE, me), OFFICE, NEW, by=me, at=now, reason="Neuer Zuschnitt")
    revise_record(plan, a_goal(deputy="Presse"), 2, by=me, at=now, reason="Wechsel")
    found = {line.id: line for line in protocol(plan, number, by=me)}
    assert (found["M-15"].owner_before, found["M-15"].owner_after) == (OFFICE, NEW)
    assert (found["M-15"].deputy_before, found["M-15"].deputy_after) == ("Sachgebiet Handel",) * 2
    assert (found["Z-R"].deputy_before, found["Z-R"].deputy_after) == (OFFICE, NEW)
    assert set(found) == {"Z-R", "M-15", "B-1"}
    [(change, records)] = handovers(plan, by=me)
    assert (change.number, change.reason, change.recorded_by, records) == (number, "Neuer Zuschnitt", me.name, 3)
    assert protocol(plan, 1, by=me) == []


def test_functions_move_to_another_account_and_the_plan_stays(plan: Store, me: Person) -> None:
    plan.register.put(an_account(functions=(OFFICE, "Statistikstelle"), left_on=date(2026, 12, 31)), 0)
    plan.register.put(an_account(id="P-2", functions=("statistikstelle", "Presse")), 0)
    plan.register.put(an_account(id="P-3", functions=("Amtsleitung",)), 0)
    before = plan.connection.rows("counts")
    assert move_functions(plan, "P-1", "P-2", by=me) == (OFFICE, "Statistikstelle")
    held = {one.id: one.functions for one in plan.register.all(Account)}
    assert held == {"P-1": (), "P-2": ("statistikstelle", "Presse", OFFICE), "P-3": ("Amtsleitung",)}
    assert (plan.connection.rows("counts"), plan.change_number()) == (before, 1)
    for giving, taking in (("P-1", "P-2"), ("P-2", "P-2")):
        with pytest.raises(FunctionsNotMoved):
            move_functions(plan, giving, taking, by=me)
    with pytest.raises(RecordNotFound):
        move_functions(plan, "P-2", "P-FORT", by=me)


def test_of_several_cards_all_are_stored_or_none(store: Store) -> None:
    store.register.put(an_account(), 0)
    with pytest.raises(SomebodyElseWasFaster):
        store.register.put_all([(an_account(id="P-2"), 0), (an_account(name="Anders"), 7)])
    assert [(one.id, one.name) for one in store.register.all(Account)] == [("P-1", "Erika Musterfrau")]


FUNCTIONS = st.sampled_from(["A", "B", "C", "a "])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(FUNCTIONS, FUNCTIONS, st.none() | FUNCTIONS, st.booleans()), min_size=1, max_size=5))
def test_no_sequence_of_accepted_writes_makes_a_complete_record_incomplete_while_it_is_active(
    plan: Store, me: Person, now: datetime, steps: list[tuple[str, str, str | None, bool]]
) -> None:
    newest = plan.newest("measure", "M-15")
    if newest.record != a_measure(owner="A", deputy="B"):
        revise_record(plan, a_measure(owner="A", deputy="B"), newest.version, by=me, at=now, reason="Anfang")
    complete: set[str] = set()
    for function, new, deputy, by_hand in steps:
        complete |= {one.id for one in charges(plan) if is_active(one) and not lacks(one)}  # type: ignore[arg-type]
        try:
            if by_hand:
                at = plan.newest("measure", "M-15").version
                state = "paused" if deputy else "running"
                changed = a_measure(owner=function, deputy=deputy, state=state)
                revise_record(plan, changed, at, by=me, at=now, reason="Wechsel")
            else:
                hand_over(plan, seen(plan, function, me), function, new, deputy, by=me, at=now, reason="Wechsel")
        except Refusal:
            continue
    still = {one.id for kind in CHARGE_TYPES for one in plan.records(kind) if is_active(one) and not lacks(one)}  # type: ignore[arg-type, type-var]
    assert complete <= still
    assert isinstance(plan.newest("measure", "M-15").record, Measure)
