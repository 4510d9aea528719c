"""A measure's demand is edited as a grid: all cells or none are stored, nothing twice, and no neighbour moves."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from math import fsum, isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.demand_cells import EMPTY, DemandCell, Place, demand_cells, rearranged, same_days
from metrics.domain.history import Recorded
from metrics.domain.periods import between, is_quarter, months_of
from metrics.domain.refusals import (
    DemandCellsChanged,
    DemandOutOfRange,
    DemandOutsideMeasure,
    NotAllowed,
    ReasonMissing,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
    UnknownReference,
)
from metrics.domain.resources import ResourceDemand
from metrics.store.ledger import Store
from metrics.usecases import demanding
from metrics.usecases.access import RIGHTS, Person, Right, Role
from metrics.usecases.demanding import CellChange, Stored, demand_grid, save_demands
from metrics.usecases.planning import revise_record, withdraw_record
from tests.conftest import NOW
from tests.plan import a_capacity_group, a_goal, a_measure

ME = Person("Sachgebiet Innenstadt", Role.staff)
COLLEAGUE = Person("Frau B.", Role.staff)
GROUPS = ["KG-PROJEKTE", "KG-BESTAND"]
QUARTERS = between("2026-Q1", "2027-Q4")
FIRST, SECOND = ("KG-PROJEKTE", "2027-Q1"), ("KG-BESTAND", "2027-Q2")


def demand(**over: Any) -> ResourceDemand:
    """Forty person-days of one group in the first quarter of 2027."""
    fields = {"id": "RB-1", "measure_id": "M-15", "period": "2027-Q1", "group_id": "KG-PROJEKTE", "person_days": 40}
    return ResourceDemand(**fields | over)


@pytest.fixture
def plan(store: Store) -> Store:
    """Two groups and two measures; the first one runs from January 2026 to December 2027."""
    groups = [a_capacity_group(), a_capacity_group(id="KG-BESTAND", title="Bestandspflege")]
    add(store, a_goal(), a_measure(), a_measure(id="M-16"), *groups)
    return store


def add(store: Store, *records: Any) -> None:
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add(records)


def grid(store: Store, periods: Iterable[str] = QUARTERS) -> dict[Place, DemandCell]:
    return demand_grid(store, "M-15", GROUPS, list(periods), by=ME)


def filled(store: Store, periods: Iterable[str] = QUARTERS) -> dict[Place, float]:
    """The cells that say something."""
    return {place: cell.person_days for place, cell in grid(store, periods).items() if cell.person_days is not None}


def changes(store: Store, wanted: dict[Place, float | None], periods: Iterable[str] = QUARTERS) -> list[CellChange]:
    """Cells edited in the grid as it stands now."""
    seen = grid(store, periods)
    return [CellChange(*place, days, seen.get(place, EMPTY)) for place, days in wanted.items()]


def save(store: Store, edited: Iterable[CellChange], by: Person = ME, reason: str | None = "Beschluss") -> Stored:
    return save_demands(store, "M-15", edited, by=by, at=NOW, reason=reason)


# --- reading


def test_a_cell_adds_up_what_the_office_does_itself_and_keeps_partners_and_other_measures_apart(plan: Store) -> None:
    add(
        plan,
        demand(),
        demand(id="RB-2", person_days=5, evidence=Evidence.illustrative),
        demand(id="RB-P", person_days=7, contributed_by="Hochschule"),
        demand(id="RB-M", measure_id="M-16"),
    )
    assert grid(plan)[FIRST] == DemandCell(45.0, (("RB-1", 1), ("RB-2", 1)), 7.0, illustrative=True)
    assert grid(plan)[SECOND] == EMPTY


def test_a_spread_demand_shows_in_all_its_cells_and_says_so(plan: Store) -> None:
    add(plan, demand(until="2027-Q3", person_days=60, profile=(1, 2, 3)))
    assert filled(plan) == {("KG-PROJEKTE", f"2027-Q{part}"): 10.0 * part for part in (1, 2, 3)}
    assert [cell.spread for cell in grid(plan).values() if cell.versions] == [True] * 3


def test_a_quarter_shows_in_its_months_and_months_add_up_to_their_quarter(plan: Store) -> None:
    add(plan, demand(person_days=30), demand(id="RB-2", period="2027-05", group_id="KG-BESTAND", person_days=8))
    assert filled(plan) == {FIRST: 30, SECOND: 8}
    months = between("2027-01", "2027-06")
    shown = {**dict.fromkeys((("KG-PROJEKTE", month) for month in months[:3]), 10.0), ("KG-BESTAND", "2027-05"): 8.0}
    assert filled(plan, months) == shown
    assert grid(plan, months)["KG-PROJEKTE", "2027-02"].spread
    assert not grid(plan, months)["KG-BESTAND", "2027-05"].spread
    assert grid(plan)[SECOND].spread


def test_zero_is_shown_as_zero_and_nothing_as_nothing(plan: Store) -> None:
    add(plan, demand(person_days=0))
    assert filled(plan) == {FIRST: 0.0}


# --- storing


def test_new_changed_and_emptied_cells_are_stored_in_one_change(plan: Store) -> None:
    add(plan, demand(), demand(id="RB-2", period="2026-Q4"))
    before = plan.change_number()
    edited = changes(plan, {FIRST: 12.5, ("KG-PROJEKTE", "2026-Q4"): None, SECOND: 3, ("KG-BESTAND", "2027-Q3"): 0})
    assert save(plan, edited) == Stored(new=2, revised=1, withdrawn=1)
    assert filled(plan) == {FIRST: 12.5, SECOND: 3, ("KG-BESTAND", "2027-Q3"): 0}
    assert plan.change_number() == before + 1
    written = {(entry.change.reason, entry.change.recorded_by) for entry in plan.history(before=before + 2)[:4]}
    assert written == {("Beschluss", ME.name)}
    assert plan.newest("resource_demand", "RB-1").version == 2
    assert plan.newest("resource_demand", "RB-2").withdrawn


def test_the_same_cells_sent_twice_are_stored_once(plan: Store) -> None:
    add(plan, demand())
    edited = changes(plan, {FIRST: 12, SECOND: 3})
    assert save(plan, edited) == Stored(new=1, revised=1)
    stands, number = plan.current("resource_demand"), plan.change_number()
    assert save(plan, edited) == Stored()
    assert (plan.current("resource_demand"), plan.change_number()) == (stands, number)


def test_four_windows_that_send_the_same_cells_at_once_store_them_once(plan: Store) -> None:
    edited = changes(plan, {FIRST: 12, SECOND: 3})
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: save(plan, edited), range(4)))
    assert sorted(one.new for one in told) == [0, 0, 0, 2]
    assert [entry.version for entry in plan.current("resource_demand")] == [1, 1]


def test_a_save_that_finds_its_cells_stored_when_its_turn_comes_leaves_no_change(
    plan: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, ask = changes(plan, {FIRST: 12}), demanding._writes

    def look(store: Store, *asked: Any) -> Any:
        found = ask(store, *asked)
        monkeypatch.setattr(demanding, "_writes", ask)
        save_demands(store, "M-15", edited, by=COLLEAGUE, at=NOW)
        return found

    monkeypatch.setattr(demanding, "_writes", look)
    assert save(plan, edited) == Stored()
    assert [entry.change.recorded_by for entry in plan.history(kind="resource_demand")] == ["Frau B."]


def test_an_emptied_cell_can_be_filled_again_and_its_demand_goes_on(plan: Store) -> None:
    save(plan, changes(plan, {FIRST: 12}))
    (first,) = plan.current("resource_demand")
    save(plan, changes(plan, {FIRST: None}))
    assert filled(plan) == {}
    assert save(plan, changes(plan, {FIRST: 8})) == Stored(revised=1)
    assert filled(plan) == {FIRST: 8}
    assert plan.newest("resource_demand", first.record.id).version == 3


def test_a_demand_that_was_moved_to_another_cell_is_not_taken_for_its_former_one(plan: Store) -> None:
    save(plan, changes(plan, {FIRST: 12}))
    (entry,) = plan.current("resource_demand")
    moved = entry.record.model_copy(update={"period": "2027-Q3"})
    revise_record(plan, moved, 1, by=COLLEAGUE, at=NOW, reason="verschoben")
    save(plan, changes(plan, {FIRST: 8}))
    assert filled(plan) == {FIRST: 8, ("KG-PROJEKTE", "2027-Q3"): 12}


def test_what_else_a_demand_says_stays(plan: Store) -> None:
    add(plan, demand(note="mit Puffer", budget=1000, evidence=Evidence.illustrative))
    save(plan, changes(plan, {FIRST: 12}))
    assert plan.records(ResourceDemand) == [
        demand(note="mit Puffer", budget=1000, evidence=Evidence.illustrative, person_days=12)
    ]


def test_a_partner_s_contribution_is_never_touched(plan: Store) -> None:
    partner = demand(id="RB-P", contributed_by="Hochschule")
    add(plan, partner)
    assert save(plan, changes(plan, {FIRST: 5}), reason=None) == Stored(new=1)
    assert save(plan, changes(plan, {FIRST: None})) == Stored(withdrawn=1)
    assert plan.records(ResourceDemand) == [partner]
    assert grid(plan)[FIRST] == DemandCell(contributed=40.0)


def test_of_two_demands_in_one_cell_the_first_takes_the_change_and_none_falls_below_zero(plan: Store) -> None:
    add(plan, demand(person_days=10), demand(id="RB-2", person_days=20))
    for wanted, each in ((35.0, (15.0, 20.0)), (12.0, (0.0, 12.0)), (0.0, (0.0, 0.0))):
        save(plan, changes(plan, {FIRST: wanted}))
        assert tuple(record.person_days for record in plan.records(ResourceDemand)) == each
    save(plan, changes(plan, {FIRST: None}))
    assert plan.records(ResourceDemand) == []


# --- refusing


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({FIRST: 1.0, SECOND: -1.0}, DemandOutOfRange),
        ({FIRST: 1.0, SECOND: 100_000.5}, DemandOutOfRange),
        ({FIRST: 1.0, SECOND: float("nan")}, DemandOutOfRange),
        ({FIRST: 1.0, ("KG-BESTAND", "2028-Q1"): 1.0}, DemandOutsideMeasure),
        ({FIRST: 1.0, ("KG-BESTAND", "2025-Q4"): 0.0}, DemandOutsideMeasure),
        ({FIRST: 1.0, ("KG-KEINE", "2027-Q2"): 1.0}, UnknownReference),
    ],
)
def test_one_cell_that_cannot_be_keeps_all_from_being_stored(
    plan: Store, wanted: dict[Place, float | None], refusal: type[Refusal]
) -> None:
    before = plan.change_number()
    with pytest.raises(refusal):
        save(plan, changes(plan, wanted))
    assert (plan.records(ResourceDemand), plan.change_number()) == ([], before)


def test_a_refused_number_names_its_cell(plan: Store) -> None:
    with pytest.raises(DemandOutOfRange) as refused:
        save(plan, changes(plan, {SECOND: -2}))
    told = {"group": "Bestandspflege", "when": "2027-Q2", "value": -2, "most": 100_000}
    assert refused.value.data == told


def test_a_span_beyond_what_a_record_can_carry_is_refused_at_its_largest_cell(plan: Store) -> None:
    add(plan, demand(until="2027-Q2", person_days=90_000))
    with pytest.raises(DemandOutOfRange) as refused:
        save(plan, changes(plan, {FIRST: 99_000}))
    assert refused.value.data["when"] == "2027-Q1"
    assert filled(plan)[FIRST] == 45_000


def test_a_stored_cell_outside_its_measure_can_be_emptied_and_not_changed(plan: Store) -> None:
    add(plan, demand(period="2025-Q4"))
    quarters = ["2025-Q4"]
    with pytest.raises(DemandOutsideMeasure):
        save(plan, changes(plan, {("KG-PROJEKTE", "2025-Q4"): 5}, quarters))
    assert save(plan, changes(plan, {("KG-PROJEKTE", "2025-Q4"): None}, quarters)) == Stored(withdrawn=1)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_what_is_stored_changes_only_with_a_reason_and_new_cells_need_none(plan: Store, reason: str | None) -> None:
    assert save(plan, changes(plan, {FIRST: 5}), reason=reason) == Stored(new=1)
    for wanted in (6.0, None):
        with pytest.raises(ReasonMissing) as refused:
            save(plan, changes(plan, {FIRST: wanted, SECOND: 1}), reason=reason)
        assert refused.value.data == {"changed": 1}
    assert filled(plan) == {FIRST: 5}


@pytest.mark.parametrize("role", [role for role in Role if Right.edit_plan not in RIGHTS[role]])
def test_whoever_may_not_edit_the_plan_stores_nothing(plan: Store, role: Role) -> None:
    with pytest.raises(NotAllowed):
        save(plan, changes(plan, {FIRST: 5}), by=Person("Gast", role))
    assert plan.records(ResourceDemand) == []


def test_a_measure_that_does_not_exist_asks_for_nothing(plan: Store) -> None:
    with pytest.raises(RecordNotFound):
        save_demands(plan, "M-99", [CellChange(*FIRST, 5)], by=ME, at=NOW)
    assert save(plan, []) == Stored()


# --- somebody else was faster


def test_a_cell_that_somebody_changed_meanwhile_is_named_with_both_values_and_nothing_is_stored(plan: Store) -> None:
    add(plan, demand())
    mine, theirs = changes(plan, {SECOND: 3, FIRST: 50}), changes(plan, {FIRST: 45})
    save(plan, theirs, by=COLLEAGUE)
    with pytest.raises(DemandCellsChanged) as refused:
        save(plan, mine)
    assert isinstance(refused.value, SomebodyElseWasFaster)
    told = {"group": "Projekte und Netzwerke", "when": "2027-Q1", "seen": 40, "theirs": 45, "mine": 50, "number": 1}
    assert refused.value.data == told
    assert filled(plan) == {FIRST: 45}


def test_a_cell_that_was_empty_and_that_somebody_filled_meanwhile_does_not_get_a_second_demand(plan: Store) -> None:
    mine, theirs = changes(plan, {FIRST: 50}), changes(plan, {FIRST: 45})
    save(plan, theirs, by=COLLEAGUE)
    with pytest.raises(DemandCellsChanged) as refused:
        save(plan, mine)
    assert (refused.value.data["seen"], refused.value.data["theirs"]) == (None, 45)
    assert filled(plan) == {FIRST: 45}


def test_a_cell_that_somebody_emptied_meanwhile_is_not_filled_silently(plan: Store) -> None:
    add(plan, demand())
    mine = changes(plan, {FIRST: 50})
    withdraw_record(plan, "resource_demand", "RB-1", 1, by=COLLEAGUE, at=NOW, reason="entfällt")
    with pytest.raises(DemandCellsChanged) as refused:
        save(plan, mine)
    assert (refused.value.data["seen"], refused.value.data["theirs"]) == (40, None)
    assert filled(plan) == {}


def test_different_cells_changed_by_two_people_are_both_kept(plan: Store) -> None:
    add(plan, demand(), demand(id="RB-2", period="2027-Q2", group_id="KG-BESTAND"))
    mine, theirs = changes(plan, {FIRST: 50}), changes(plan, {SECOND: 45})
    save(plan, theirs, by=COLLEAGUE)
    save(plan, mine)
    assert filled(plan) == {FIRST: 50, SECOND: 45}


def test_the_same_cell_changed_to_the_same_value_by_two_people_is_no_conflict(plan: Store) -> None:
    add(plan, demand())
    mine, theirs = changes(plan, {FIRST: 50, SECOND: 1}), changes(plan, {FIRST: 50})
    save(plan, theirs, by=COLLEAGUE)
    assert save(plan, mine) == Stored(new=1)
    assert plan.newest("resource_demand", "RB-1").version == 2


def test_four_people_at_once_in_one_cell_store_one_value_and_three_are_told(plan: Store, now: datetime) -> None:
    add(plan, demand())
    seen = grid(plan)[FIRST]

    def edit(days: float) -> bool:
        try:
            save_demands(plan, "M-15", [CellChange(*FIRST, days, seen)], by=ME, at=now, reason="Beschluss")
        except DemandCellsChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(edit, (1.0, 2.0, 3.0, 4.0)))
    assert kept.count(True) == 1
    assert filled(plan) == {FIRST: float(kept.index(True) + 1)}
    assert plan.newest("resource_demand", "RB-1").version == 2


# --- spread demands


def test_a_changed_cell_of_a_spread_demand_becomes_its_profile(plan: Store) -> None:
    add(plan, demand(until="2027-Q3", person_days=90))
    assert save(plan, changes(plan, {("KG-PROJEKTE", "2027-Q2"): 10})) == Stored(revised=1)
    (record,) = plan.records(ResourceDemand)
    assert (record.person_days, record.profile) == (70, (30, 10, 30))
    assert filled(plan) == {FIRST: 30, ("KG-PROJEKTE", "2027-Q2"): 10, ("KG-PROJEKTE", "2027-Q3"): 30}


@pytest.mark.parametrize(
    ("emptied", "span", "profile"),
    [
        (("2027-Q1",), ("2027-Q2", "2027-Q4"), (20, 30, 40)),
        (("2027-Q4", "2027-Q3"), ("2027-Q1", "2027-Q2"), (10, 20)),
        (("2027-Q2",), ("2027-Q1", "2027-Q4"), (10, 0, 30, 40)),
        (("2027-Q3", "2027-Q4", "2027-Q1"), ("2027-Q2", None), ()),
    ],
)
def test_a_spread_demand_runs_from_its_first_to_its_last_filled_cell(
    plan: Store, emptied: tuple[str, ...], span: tuple[str, str | None], profile: tuple[float, ...]
) -> None:
    add(plan, demand(until="2027-Q4", person_days=100, profile=(1, 2, 3, 4)))
    save(plan, changes(plan, {("KG-PROJEKTE", quarter): None for quarter in emptied}))
    (record,) = plan.records(ResourceDemand)
    assert ((record.period, record.until), record.profile) == (span, profile)


def test_a_spread_demand_of_which_nothing_is_left_ends(plan: Store) -> None:
    add(plan, demand(until="2027-Q2"))
    edited = {("KG-PROJEKTE", "2027-Q1"): None, ("KG-PROJEKTE", "2027-Q2"): None}
    assert save(plan, changes(plan, edited)) == Stored(withdrawn=1)
    assert filled(plan) == {}


def test_a_month_changed_in_a_quarter_s_demand_leaves_the_other_months(plan: Store) -> None:
    add(plan, demand(person_days=30))
    months = between("2027-01", "2027-03")
    save(plan, changes(plan, {("KG-PROJEKTE", "2027-02"): 4}, months))
    assert filled(plan, months) == {
        ("KG-PROJEKTE", month): days for month, days in zip(months, (10, 4, 10), strict=True)
    }
    assert filled(plan) == {FIRST: 24}


def test_a_quarter_changed_over_months_keeps_their_proportion(plan: Store) -> None:
    add(plan, demand(period="2027-02", until="2027-04", person_days=60, profile=(1, 2, 3)))
    save(plan, changes(plan, {FIRST: 60}))
    months = between("2027-01", "2027-04")
    assert filled(plan, months) == {
        ("KG-PROJEKTE", month): days for month, days in zip(months[1:], (20, 40, 30), strict=True)
    }


# --- laws

DAYS = st.integers(0, 4000).map(lambda quarters: quarters / 4)


@st.composite
def spread_demands(draw: st.DrawFn) -> list[ResourceDemand]:
    """Up to three demands of one group in 2026 and 2027, over quarters or months, with any profile or none."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        every = draw(st.sampled_from((between("2026-Q1", "2027-Q4"), between("2026-01", "2027-12"))))
        first = draw(st.integers(0, len(every) - 1))
        last = draw(st.integers(first, min(first + 5, len(every) - 1)))
        weights = tuple(draw(st.lists(st.integers(0, 9), min_size=last - first + 1, max_size=last - first + 1)))
        profile = tuple(map(float, weights)) if sum(weights) else ()
        told = {"period": every[first], "until": every[last], "person_days": draw(DAYS), "profile": profile}
        found.append(demand(id=f"RB-{number}", **told))
    return found


def shown(records: Iterable[ResourceDemand], periods: list[str]) -> dict[Place, float | None]:
    entries = [Recorded(record, 1, 1) for record in records]
    return {place: cell.person_days for place, cell in demand_cells(entries, "M-15", GROUPS[:1], periods).items()}


def after(records: list[ResourceDemand], wanted: dict[Place, float | None]) -> list[ResourceDemand]:
    become = rearranged(records, wanted)
    found = (become.get(record.id, record) for record in records)
    return [record for record in found if record is not None]


@given(spread_demands(), st.booleans(), DAYS | st.none(), st.data())
def test_editing_a_cell_changes_this_cell_and_no_other_s_sum(
    records: list[ResourceDemand], monthly: bool, days: float | None, data: st.DataObject
) -> None:
    periods = between("2026-01", "2027-12") if monthly else between("2026-Q1", "2027-Q4")
    before = shown(records, periods)
    place = data.draw(st.sampled_from([place for place, value in before.items() if value is not None]))
    stands = shown(after(records, {place: days}), periods)
    for each, value in before.items():
        if each != place:
            assert isclose(stands[each] or 0.0, value or 0.0, rel_tol=1e-9, abs_tol=1e-9)
    if days is None:
        assert not stands[place]
    else:
        assert same_days(stands[place], days)
    whole, moved = fsum(filter(None, before.values())), (days or 0.0) - (before[place] or 0.0)
    assert isclose(fsum(filter(None, stands.values())), whole + moved, rel_tol=1e-9, abs_tol=1e-6)


@given(spread_demands(), st.booleans(), st.data())
def test_cells_edited_together_end_as_they_were_typed_in_whatever_order(
    records: list[ResourceDemand], monthly: bool, data: st.DataObject
) -> None:
    periods = between("2026-01", "2027-12") if monthly else between("2026-Q1", "2027-Q4")
    before = {place: value for place, value in shown(records, periods).items() if value is not None}
    places = data.draw(st.lists(st.sampled_from(list(before)), unique=True, max_size=4))
    wanted = {place: data.draw(DAYS | st.none()) for place in places}
    forwards = shown(after(records, wanted), periods)
    backwards = shown(after(records, dict(reversed(wanted.items()))), periods)
    for place, days in forwards.items():
        assert same_days(days or 0.0, backwards[place] or 0.0)
        if place in wanted:
            assert same_days(days or 0.0, wanted[place] or 0.0)


@given(spread_demands())
def test_quarters_are_the_sums_of_their_months(records: list[ResourceDemand]) -> None:
    months = shown(records, between("2026-01", "2027-12"))
    for (group_id, quarter), days in shown(records, between("2026-Q1", "2027-Q4")).items():
        assert is_quarter(quarter)
        of_months = [months[group_id, month] for month in months_of(quarter)]
        assert (days is None) == all(month is None for month in of_months)
        assert isclose(days or 0.0, fsum(filter(None, of_months)), rel_tol=1e-9, abs_tol=1e-9)
