"""The plan against the office: what counts, what is too much, the way out, and the same as data and as text."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from metrics.domain.base import Evidence
from metrics.domain.measures import MeasureState
from metrics.domain.portfolio.moves import MoveKind
from metrics.domain.portfolio.no_relief import NoRelief
from metrics.domain.portfolio.relief import Relief
from metrics.domain.refusals import NotAllowed, RecordNotFound
from metrics.store.ledger import Store
from metrics.usecases.access import RIGHTS, Person, Role
from metrics.usecases.commanding import carry_out
from metrics.usecases.limits import (
    FreeTime,
    Limits,
    find_limits,
    find_relief,
    free_time,
    plan_inputs,
    values_of_measures,
)
from metrics.usecases.limits_data import limits_as_data, load_as_data
from metrics.usecases.limits_text import limits_as_text, load_as_text
from tests.conftest import NOW
from tests.plan import a_capacity_group, a_funding_pot, a_goal, a_measure, a_money_line, a_plan, a_resource_demand
from tests.usecases.test_rounds import ME

TODAY = date(2027, 1, 4)
TEAM = {"id": "KG-1", "title": "Team", "fte": 1, "days_per_quarter": 60, "absence_share": 0, "base_load_share": 0.5}


@pytest.fixture
def full(store: Store) -> Store:
    """A team with 30 days a quarter, two measures that ask for 20 each in the first quarter, and a pot of 100 euros."""
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_plan(most_at_once=1), a_goal(id="Z-A"), a_goal(id="Z-2", title="Zweites Ziel")])
        writing.add([_measure("M-1", goal_ids=("Z-A",)), _measure("M-2", goal_ids=("Z-A", "Z-2"))])
        writing.add([_measure("M-3", state=MeasureState.idea), a_capacity_group(**TEAM)])
        writing.add([_demand("M-1", 20), _demand("M-2", 20)])
        years = ({"year": 2027, "amount": 100},)
        writing.add([a_funding_pot(id="FT-1", title="Topf", starts=None, ends=None, years=years)])
        writing.add([a_money_line(id="GZ-1", measure_id="M-1", pot_id="FT-1", year=2027, planned=130)])
    return store


def _measure(identifier: str, **over: Any) -> Any:
    fields = {"id": identifier, "title": f"Maßnahme {identifier}", "state": MeasureState.planned, "milestones": ()}
    return a_measure(**{**fields, "starts": None, "ends": None, "goal_ids": (), "living_lab_id": None, **over})


def _demand(measure_id: str, days: float, **over: Any) -> Any:
    fields = {"id": f"RB-{measure_id}", "measure_id": measure_id, "group_id": "KG-1", "period": "2027-Q1"}
    return a_resource_demand(**{**fields, "person_days": days, **over})


def found(store: Store, **over: Any) -> Limits:
    return find_limits(store, by=ME, today=TODAY, **over)


def test_every_overload_is_told_with_when_who_how_much_and_by_what(full: Store) -> None:
    limits = found(full)
    assert [(one.bucket.resource_id, one.excess, dict(one.demand_of)) for one in limits.overloads] == [
        ("KG-1", 10, {"M-1": 20, "M-2": 20}),
        ("pot:FT-1", 30, {"M-1": 130}),
    ]
    assert limits.worst is not None
    assert (limits.worst.period, limits.worst.fte) == ("2027-Q1", pytest.approx(1 / 3))
    assert (limits.parallel.most, limits.parallel.broken) == (2, (0,))


def test_the_fewest_measures_are_changed_and_a_pinned_one_is_not(full: Store) -> None:
    way = find_relief(found(full))
    assert isinstance(way, Relief)
    assert [move.candidate_id for move in way.moves] == ["M-1"]  # it alone mends time, money and the limit at once
    stuck = find_relief(found(full, pinned=frozenset({"M-1"})))
    assert isinstance(stuck, NoRelief)
    assert [one.bucket.resource_id for one in stuck.overloads] == ["pot:FT-1"]


def test_a_goal_that_nothing_serves_any_more_is_part_of_the_cost(full: Store) -> None:
    limits = found(full)
    options = {
        (one.move.candidate_id, one.move.kind): limits.goals_left_alone(one.move)
        for one in limits.alternatives(limits.overloads[0].bucket)
    }
    assert options["M-1", MoveKind.drop] == ()
    assert options["M-2", MoveKind.drop] == ("Z-2",)
    assert options["M-2", MoveKind.slim] == ()


def test_an_unknown_measure_cannot_be_pinned_and_who_may_not_read_learns_nothing(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RecordNotFound) as refused:
        found(full, pinned=frozenset({"M-9"}))
    assert refused.value.data == {"kind": "measure", "id": "M-9"}
    monkeypatch.setitem(RIGHTS, Role.committee, frozenset())
    with pytest.raises(NotAllowed):
        find_limits(full, by=Person("Gremium", Role.committee), today=TODAY)


def test_invented_records_count_only_where_asked_for_or_where_there_is_nothing_else(full: Store) -> None:
    invented = Evidence.illustrative
    with full.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_capacity_group(**{**TEAM, "id": "KG-X", "evidence": invented})])
        writing.add([a_funding_pot(id="FT-X", evidence=invented)])
        writing.add([_demand("M-2", 5, id="RB-X", evidence=invented)])
        writing.add([a_money_line(id="GZ-X", measure_id="M-2", pot_id="FT-X", evidence=invented)])
    real, everything = (plan_inputs(full, include_illustrative=wanted) for wanted in (False, True))
    counts = [(len(one.groups), len(one.demands), len(one.pots), len(one.money_lines)) for one in (real, everything)]
    assert counts == [(1, 2, 1, 1), (2, 3, 2, 2)]
    assert (found(full).plan.illustrative, found(full, include_illustrative=True).plan.illustrative) == (False, True)


def test_own_demands_on_a_group_that_does_not_count_are_not_lost_without_a_word(full: Store) -> None:
    with full.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_capacity_group(**{**TEAM, "id": "KG-X", "evidence": Evidence.illustrative})])
        writing.add([_demand("M-2", 5, id="RB-EIGEN", group_id="KG-X")])
        writing.add([_demand("M-3", 5, id="RB-BEISPIEL", group_id="KG-X", evidence=Evidence.illustrative)])
    limits = found(full)
    assert limits.unheard == 1
    assert limits_as_data(limits, find_relief(limits))["unheard"] == 1
    assert "1 eigener Bedarf zählt nicht mit" in limits_as_text(full, limits, find_relief(limits), "de")
    assert found(full, include_illustrative=True).unheard == 0


def test_values_are_the_nutzwert_of_the_newest_round_that_is_not_open(demo_store: Store) -> None:
    values, round_id = values_of_measures(demo_store, by=ME)
    assert round_id == "PR-2026"
    assert values["M-15"] == pytest.approx(7.09, abs=0.5)
    assert all(0 <= value <= 10 for value in values.values())


def test_without_a_round_nothing_is_valued(full: Store) -> None:
    assert values_of_measures(full, by=ME) == ({}, None)


def test_the_demo_plan_is_overloaded_and_one_measure_later_it_is_not(demo_store: Store) -> None:
    limits = find_limits(demo_store, by=ME, today=NOW.date())
    assert limits.plan.illustrative
    assert limits.worst is not None
    assert limits.worst.period == "2027-Q1"
    assert [one.group_id for one in limits.worst.groups] == ["KG-PROJEKTE"]
    way = find_relief(limits)
    assert isinstance(way, Relief)
    assert 1 <= way.touched <= 2


def test_free_time_is_what_the_other_measures_leave_as_long_as_the_own_ones_ask(full: Store) -> None:
    with full.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_capacity_group(**{**TEAM, "id": "KG-2"}), _measure("M-4")])
        writing.add([_demand("M-4", 70, group_id="KG-2"), _demand("M-1", 5, id="RB-1B", period="2027-Q2")])
    free = free_time(found(full), frozenset({"M-1", "M-3"}))
    # first quarter: 30 − 20 of M-2; the other group is over and has nothing; second quarter: 30 and 30
    assert free == FreeTime(70, "2027-Q1", "2027-Q2")
    assert free_time(found(full), frozenset({"M-3"})) is None


# --- as data and as text


@pytest.mark.parametrize("monthly", [False, True])
def test_machines_get_the_same_as_the_page(full: Store, monthly: bool) -> None:
    asked = {"by": "Nacht", "as_of": TODAY.isoformat(), "monthly": monthly}
    limits = found(full, monthly=monthly)
    assert carry_out(full, "load", asked, NOW) == load_as_data(limits)
    told = carry_out(full, "limits", asked, NOW)
    assert told == limits_as_data(limits, find_relief(limits))
    assert json.loads(json.dumps(told)) == told
    assert told["periods"][0] == ("2027-01" if monthly else "2027-Q1")


def test_data_name_every_overload_the_way_out_and_what_is_assumed(full: Store) -> None:
    limits = found(full)
    told = limits_as_data(limits, find_relief(limits))
    assert told["overloads"][0] == {
        "kind": "time",
        "id": "KG-1",
        "period": "2027-Q1",
        "capacity": 30.0,
        "demand": 40.0,
        "excess": 10.0,
        "demand_of": {"M-1": 20.0, "M-2": 20.0},
    }
    assert (told["overloads"][1]["id"], told["overloads"][1]["period"]) == ("FT-1", "2027")
    assert told["at_once"] == {"limit": 1, "most": 2, "beyond": ["2027-Q1"]}
    assert (told["estimated"], told["left_out"], told["values_from_round"]) == (
        ["M-1", "M-2"],
        {"M-3": "no_demand"},
        None,
    )
    assert told["relief"]["possible"] is True
    assert [move["measure_id"] for move in told["relief"]["moves"]] == ["M-1"]
    stuck = found(full, pinned=frozenset({"M-1"}))
    refused = limits_as_data(stuck, find_relief(stuck))["relief"]
    assert (refused["possible"], refused["kept"]) == (False, ["M-1"])


def test_people_read_the_sentence_first_then_every_overload_then_the_way_out(full: Store) -> None:
    limits = found(full)
    lines = limits_as_text(full, limits, find_relief(limits), "de").splitlines()
    assert lines[0] == "Der Plan braucht im 1. Quartal 2027 0,3 Vollzeitkräfte mehr, als da sind; es klemmt bei Team."
    assert lines[2] == (
        "1. Quartal 2027, Team: 10,0 Personentage zu viel, das sind 0,3 Vollzeitkräfte "
        "(Maßnahme M-1 20,0, Maßnahme M-2 20,0)"
    )
    assert lines[3] == "2027, Topf: 30\u202f€ mehr geplant, als da sind (Maßnahme M-1 130\u202f€)".replace(
        "\u202f", lines[3][14]
    )
    assert lines[4] == "Bis zu 2 Maßnahmen laufen zugleich, das Amt will höchstens 1: 1. Quartal 2027"
    assert lines[6] == "Es genügt, eine Maßnahme zu ändern; ganz ohne Änderung passt der Plan nicht."
    assert lines[-2] == "Noch ist nichts bewertet: Jede Maßnahme zählt gleich viel."
    assert lines[-1] == "1 Maßnahme zählt nicht mit (ohne Bedarf im Zeitraum): Maßnahme M-3"
    english = limits_as_text(full, limits, find_relief(limits), "en").splitlines()
    assert english[0].startswith("In Q1 2027 the plan needs 0.3 full-time posts more than there are")


def test_a_conflict_that_nothing_mends_is_spelled_out(full: Store) -> None:
    stuck = found(full, pinned=frozenset({"M-1"}))
    text = limits_as_text(full, stuck, find_relief(stuck), "de")
    assert "Es gibt keinen Ausweg, solange diese Maßnahmen bleiben müssen: Maßnahme M-1." in text
    assert text.count("2027, Topf: 30") == 2


def test_load_is_told_line_by_line(full: Store) -> None:
    lines = load_as_text(full, found(full), "de").splitlines()
    assert lines[2].replace("\u202f", " ").replace("\xa0", " ") == (
        "1. Quartal 2027, Team: 40,0 von 30,0 Personentagen, 133 % (überlastet)"
    )
    assert len(lines) == 2 + 8
