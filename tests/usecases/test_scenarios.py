"""Scenarios on a real store: held against the plan, talked over, decided with a reason, and carried out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from metrics.domain.base import Evidence
from metrics.domain.measures import MeasureState
from metrics.domain.portfolio.plan_inputs import ConsequenceKind
from metrics.domain.refusals import (
    AlreadyCarriedOut,
    ChangeNotPossible,
    ChangesBelongTogether,
    DecidedInTheFuture,
    NotAllowed,
    NothingToCarryOut,
    RecordNotFound,
    ScenarioNamesUnknown,
    ScenarioNeedsDecision,
    ScenarioNotChosen,
    SomebodyElseWasFaster,
)
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.domain.scenarios import Scenario, ScenarioState
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.words import refusal_sentence
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.commanding import carry_out
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.scenario_data import comparison_as_data
from metrics.usecases.scenario_parts import PartTaken, part_taken
from metrics.usecases.scenario_text import comparison_as_text
from metrics.usecases.scenarios import (
    Comparison,
    Examined,
    Verdict,
    carried_out_by,
    carry_out_scenario,
    compare_scenarios,
    decide_scenario,
    discuss,
    examine_scenarios,
    proposals_of,
)
from tests.conftest import NOW
from tests.plan import a_capacity_group, a_measure, a_resource_demand, a_scenario
from tests.usecases.test_rounds import ME

TODAY = date(2027, 1, 4)
STAFF = Person("Sachbearbeitung", Role.staff)
COMMITTEE = Person("Ausschuss", Role.committee)
CHOSEN = Verdict(ScenarioState.chosen, "Der Rat will es.", "Ausschuss", date(2027, 1, 3))
POSTS = {"effect": "posts", "group_id": "KG-1", "amount": 1}
LATER = {"effect": "measure_postponed", "measure_id": "M-1", "quarters": 2}
STOPPED = {"effect": "measure_stopped", "measure_id": "M-1"}


@pytest.fixture
def office(store: Store) -> Store:
    """A team with 30 days a quarter, and a measure of the first quarter that asks for 40."""
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([_measure(), _group(), _demand()])
        writing.add([_scenario("SZ-1", POSTS), _scenario("SZ-2", LATER), _scenario("SZ-3", STOPPED)])
        writing.add([_scenario("SZ-4"), _scenario("SZ-5", POSTS, state=ScenarioState.rejected)])
    return store


def _measure() -> Any:
    fields = {"id": "M-1", "title": "Kataster", "state": MeasureState.planned, "milestones": (), "goal_ids": ()}
    return a_measure(**fields, starts="2027-02", ends="2027-03", living_lab_id=None)


def _group() -> CapacityGroup:
    return a_capacity_group(id="KG-1", title="Team", fte=1, days_per_quarter=60, absence_share=0, base_load_share=0.5)


def _demand() -> ResourceDemand:
    return a_resource_demand(id="RB-1", measure_id="M-1", group_id="KG-1", period="2027-Q1", person_days=40)


def _scenario(identifier: str, *changes: dict[str, Any], **over: Any) -> Scenario:
    return a_scenario(**{"id": identifier, "title": f"Szenario {identifier}", "changes": changes} | over)


def compare(store: Store, *ids: str) -> Comparison:
    return compare_scenarios(store, ids, by=ME, today=TODAY)


def examine(store: Store) -> Examined:
    return examine_scenarios(store, by=ME, today=TODAY)


def decide(store: Store, identifier: str = "SZ-1", version: int = 1, **over: Any) -> int:
    verdict = replace(CHOSEN, **over)
    return decide_scenario(store, identifier, version, verdict, by=ME, at=NOW, today=TODAY)


def chosen(store: Store, identifier: str) -> dict[tuple[str, str], int]:
    """Every proposal of a scenario that is chosen now, with the version that is seen."""
    decide(store, identifier)
    return {
        (one.kind, one.id): store.newest(one.kind, one.id).version if one.before else 0
        for one in proposals_of(store, identifier, by=ME, today=TODAY)
    }


def carry(store: Store, identifier: str, wanted: dict[tuple[str, str], int], by: Person = ME) -> int:
    return carry_out_scenario(store, identifier, wanted, by=by, at=NOW, today=TODAY)


# --- held against the plan


def test_scenarios_are_held_against_the_plan_with_what_is_too_much_and_what_falls_out(office: Store) -> None:
    found = compare(office, "SZ-1", "SZ-2", "SZ-3")
    assert [one.id for one in found.scenarios] == ["SZ-1", "SZ-2", "SZ-3"]
    assert [one.excess_days for one in found.outlooks] == [10, 0, 10, 0]
    assert [one.id for one in found.outlooks[3].with_outcome(ConsequenceKind.stopped)] == ["M-1"]
    assert found.periods[0] == "2027-Q1"
    assert office.records(CapacityGroup) == [_group()]  # looking changes nothing


def test_a_scenario_without_changes_is_as_the_plan(office: Store) -> None:
    plan, empty = compare(office, "SZ-4").outlooks
    assert replace(empty, scenario_id=None) == plan


def test_a_scenario_that_cannot_be_refuses_alone_and_is_no_hindrance_to_the_others(office: Store) -> None:
    invented = a_capacity_group(id="KG-9", title="Erfunden", evidence=Evidence.illustrative)
    not_counted = _scenario("SZ-6", {"effect": "posts", "group_id": "KG-9", "amount": 1})
    impossible = _scenario("SZ-7", {"effect": "base_load", "amount": -1})
    for record in (invented, not_counted, impossible):
        add_record(office, record, by=ME, at=NOW)
    with pytest.raises(ScenarioNamesUnknown):
        compare(office, "SZ-1", "SZ-6")
    found = examine(office)
    assert [one.id for one in found.comparison.scenarios] == ["SZ-1", "SZ-2", "SZ-3", "SZ-5"]
    assert {name: type(refusal) for name, refusal in found.refused.items()} == {
        "SZ-6": ScenarioNamesUnknown,
        "SZ-7": ChangeNotPossible,
    }
    assert [one.id for one, _told in found.pairs] == ["SZ-1", "SZ-2", "SZ-3", "SZ-5", "SZ-6", "SZ-7"]


@pytest.mark.parametrize(("language", "why"), [("de", "ist ein Beispielwert"), ("en", "is an example")])
def test_the_command_tells_what_cannot_be_in_its_place_and_examples_by_their_titles(
    office: Store, language: Language, why: str
) -> None:
    invented = a_capacity_group(id="KG-9", title="Erfunden", evidence=Evidence.illustrative)
    for record in (invented, _scenario("SZ-2-B", {"effect": "posts", "group_id": "KG-9", "amount": 1})):
        add_record(office, record, by=ME, at=NOW)
    asked = {"by": "Amt", "as_of": TODAY.isoformat(), "language": language}
    rows = carry_out(office, "scenario", asked, NOW)["scenarios"]
    assert [one["id"] for one in rows] == ["SZ-1", "SZ-2", "SZ-2-B", "SZ-3", "SZ-5"]
    assert [one["id"] for one in rows if "refused" in one] == ["SZ-2-B"]
    assert rows[2]["refused"]["code"] == "scenario_names_unknown"
    assert why in rows[2]["refused"]["sentence"]
    told = carry_out(office, "scenario", asked | {"in_words": True}, NOW)["text"]
    assert "Erfunden: 1 " in told
    assert "KG-9:" not in told
    assert rows[2]["refused"]["sentence"] in told
    assert told.index("SZ-2-B") < told.index("SZ-3")


@pytest.mark.parametrize("identifier", ["SZ-9", "M-1"])
def test_a_scenario_that_is_none_is_not_found(office: Store, identifier: str) -> None:
    with pytest.raises(RecordNotFound):
        compare(office, identifier)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_told_to_machines_and_to_people_by_the_same_command(office: Store, language: Language) -> None:
    asked = {"by": "Amt", "as_of": TODAY.isoformat(), "ids": ["SZ-1"], "language": language}
    expected = compare(office, "SZ-1")
    assert carry_out(office, "scenario", asked, NOW) == comparison_as_data(expected)
    told = carry_out(office, "scenario", asked | {"in_words": True}, NOW)["text"]
    assert told == comparison_as_text(office, expected, language)
    less, more = {
        "de": ("10,0 Personentage weniger Überlast", "Team: 1 VZÄ mehr"),
        "en": ("10.0 person-days less overload", "Team: 1 FTE more"),
    }[language]
    assert less in told
    assert more in told


def test_a_load_that_falls_below_what_is_there_is_told_too(office: Store) -> None:
    carry(office, "SZ-1", chosen(office, "SZ-1"))
    found = compare(office, "SZ-2")
    assert [one.excess_days for one in found.outlooks] == [0, 0]
    add_record(office, _scenario("SZ-6", POSTS), by=ME, at=NOW)
    told = comparison_as_text(office, compare(office, "SZ-6"), "de").replace("\xa0", " ").replace("\u202f", " ")
    assert "höchste Auslastung 44 % statt 67 %" in told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Team: Es sollen 99 VZÄ gehen, da sind nur 1"), ("en", "Team: 99 FTE are to go, but only 1 are there")],
)
def test_posts_that_are_not_there_to_go_are_told_with_what_is_there(
    office: Store, language: Language, sentence: str
) -> None:
    add_record(office, _scenario("SZ-6", POSTS | {"amount": -99}), by=ME, at=NOW)
    assert sentence in comparison_as_text(office, compare(office, "SZ-6"), language)


# --- talked over


def test_what_is_said_is_added_and_nothing_said_is_refused(office: Store) -> None:
    assert discuss(office, "SZ-1", 1, "Dafür: Es eilt.", by=STAFF, at=NOW) == 2
    assert discuss(office, "SZ-1", 2, "Dagegen: Es kostet.", by=STAFF, at=NOW) == 3
    assert office.newest("scenario", "SZ-1").record.discussion == ("Dafür: Es eilt.", "Dagegen: Es kostet.")  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        discuss(office, "SZ-1", 3, "", by=STAFF, at=NOW)
    with pytest.raises(SomebodyElseWasFaster):
        discuss(office, "SZ-1", 1, "Zu spät.", by=STAFF, at=NOW)


# --- decided


def test_a_decision_is_kept_with_its_reason_and_the_plan_stays_as_it_is(office: Store) -> None:
    assert decide(office) == 2
    scenario = office.newest("scenario", "SZ-1").record
    assert isinstance(scenario, Scenario)
    assert (scenario.state, scenario.reason) == (ScenarioState.chosen, "Der Rat will es.")
    assert (scenario.decided_by, scenario.decided_on) == ("Ausschuss", date(2027, 1, 3))
    assert office.newest("capacity_group", "KG-1").version == 1
    last = office.history()[0].change
    assert (last.action, last.reason) == ("decide_scenario", "Der Rat will es.")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"decided_by": ""}, "decided_by"),
        ({"state": ScenarioState.draft}, "state"),
        ({"state": ScenarioState.recommended}, "state"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused(office: Store, over: dict[str, Any], field: str) -> None:
    with pytest.raises(ScenarioNeedsDecision) as refused:
        decide(office, **over)
    assert refused.value.data == {"field": field}
    assert office.newest("scenario", "SZ-1").version == 1


def test_nobody_has_decided_tomorrow_or_on_a_version_that_is_gone(office: Store) -> None:
    with pytest.raises(DecidedInTheFuture):
        decide(office, decided_on=date(2027, 1, 5))
    discuss(office, "SZ-1", 1, "Moment!", by=STAFF, at=NOW)
    with pytest.raises(SomebodyElseWasFaster):
        decide(office, version=1)
    assert office.newest("scenario", "SZ-1").version == 2


def test_those_who_may_edit_but_not_decide_cannot_choose_by_another_door(office: Store) -> None:
    with pytest.raises(NotAllowed):
        decide_scenario(office, "SZ-1", 1, CHOSEN, by=STAFF, at=NOW, today=TODAY)
    smuggled = _scenario("SZ-1", POSTS, state=ScenarioState.chosen)
    with pytest.raises(ScenarioNeedsDecision):
        revise_record(office, smuggled, 1, by=STAFF, at=NOW, reason="eilig")
    with pytest.raises(ScenarioNeedsDecision):
        add_record(office, _scenario("SZ-8", POSTS, state=ScenarioState.chosen), by=STAFF, at=NOW)


def test_what_was_decided_on_is_not_altered_in_passing_but_its_title_is(office: Store) -> None:
    decide(office)
    scenario = office.newest("scenario", "SZ-1").record
    assert isinstance(scenario, Scenario)
    other = Scenario.model_validate(scenario.model_dump() | {"changes": (POSTS | {"amount": 5},)})
    with pytest.raises(ScenarioNeedsDecision):
        revise_record(office, other, 2, by=ME, at=NOW, reason="mehr")
    reopened = Scenario.model_validate(other.model_dump() | {"state": ScenarioState.draft})
    renamed = Scenario.model_validate(scenario.model_dump() | {"title": "Eine Stelle mehr"})
    assert revise_record(office, renamed, 2, by=ME, at=NOW, reason="genauer") == 3
    assert revise_record(office, reopened, 3, by=ME, at=NOW, reason="neu rechnen") == 4


# --- carried out


def test_a_chosen_scenario_is_carried_out_in_one_change_of_the_plan(office: Store) -> None:
    wanted = chosen(office, "SZ-2")
    assert set(wanted) == {("measure", "M-1"), ("resource_demand", "RB-1")}
    number = office.change_number()
    assert carry(office, "SZ-2", wanted) == 2
    assert office.change_number() == number + 1
    assert office.records(ResourceDemand)[0].period == "2027-Q3"
    change = carried_out_by(office, "SZ-2")
    assert change is not None
    assert (change.number, change.reason) == (number + 1, "SZ-2 „Szenario SZ-2“: 2 von 2 Änderungen übernommen")
    assert carried_out_by(office, "SZ-1") is None


def test_what_a_scenario_stops_is_withdrawn_with_it(office: Store) -> None:
    carry(office, "SZ-3", chosen(office, "SZ-3"))
    assert office.records(ResourceDemand) == []
    assert office.newest("measure", "M-1").record.state is MeasureState.discontinued  # type: ignore[attr-defined]


def test_a_scenario_that_was_carried_out_is_not_carried_out_or_compared_again(office: Store) -> None:
    carry(office, "SZ-1", chosen(office, "SZ-1"))
    again = {("capacity_group", "KG-1"): 2}
    with pytest.raises(AlreadyCarriedOut):
        carry(office, "SZ-1", again)
    with pytest.raises(AlreadyCarriedOut):
        decide(office, version=2, state=ScenarioState.rejected)
    assert office.newest("scenario", "SZ-1").version == 2
    assert office.newest("capacity_group", "KG-1").version == 2
    assert [one.id for one, _told in examine(office).pairs] == ["SZ-2", "SZ-3", "SZ-5"]
    assert set(examine(office).carried_out) == {"SZ-1"}


def test_an_id_that_begins_like_another_is_not_taken_for_it(office: Store) -> None:
    add_record(office, _scenario("SZ-1-B", LATER), by=ME, at=NOW)
    carry(office, "SZ-1-B", chosen(office, "SZ-1-B"))
    assert carried_out_by(office, "SZ-1") is None


def test_a_record_that_somebody_changed_meanwhile_stops_everything(office: Store) -> None:
    wanted = chosen(office, "SZ-2")
    theirs = a_resource_demand(id="RB-1", measure_id="M-1", group_id="KG-1", period="2027-Q1", person_days=44)
    revise_record(office, theirs, 1, by=STAFF, at=NOW, reason="mehr Arbeit")
    number = office.change_number()
    with pytest.raises(SomebodyElseWasFaster):
        carry(office, "SZ-2", wanted)
    assert office.change_number() == number
    assert office.newest("measure", "M-1").version == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_that_would_leave_a_demand_outside_its_measure_names_all_that_has_to_go_with_it(
    office: Store, language: Language
) -> None:
    second = a_resource_demand(id="RB-2", measure_id="M-1", group_id="KG-1", period="2027-Q1", person_days=1)
    add_record(office, second, by=ME, at=NOW)
    wanted = chosen(office, "SZ-2")
    assert len(wanted) == 3
    for name in wanted:
        others = set(wanted) - {name}
        with pytest.raises(ChangesBelongTogether) as refused:
            carry(office, "SZ-2", {name: wanted[name]})
        assert set(refused.value.data["together"]) == others
        sentence = refusal_sentence(refused.value, language)
        assert all(identifier in sentence for _kind, identifier in others)
    assert office.newest("measure", "M-1").version == 1
    assert carry(office, "SZ-2", wanted) == 3


def test_of_a_scenario_that_was_carried_out_in_part_the_ledger_tells_how_much_and_what_was_left(office: Store) -> None:
    other = a_capacity_group(id="KG-2", title="Andere", days_per_quarter=60)
    posts = tuple(POSTS | {"group_id": one} for one in ("KG-1", "KG-2"))
    for record in (other, _scenario("SZ-6", *posts, title="Mehr „Leute“: 1 von 9 Änderungen übernommen, nicht: X")):
        add_record(office, record, by=ME, at=NOW)
    wanted = chosen(office, "SZ-6")
    del wanted["capacity_group", "KG-2"]
    carry(office, "SZ-6", wanted)
    change = carried_out_by(office, "SZ-6")
    assert change is not None
    assert (change.reason or "").endswith("“: 1 von 2 Änderungen übernommen, nicht: KG-2")
    title = "Mehr „Leute“: 1 von 9 Änderungen übernommen, nicht: X"
    assert part_taken(change) == PartTaken(title, 1, 2, ("KG-2",))
    assert part_taken(replace(change, reason="SZ-6 Mehr Leute")) is None


def test_only_a_chosen_scenario_is_carried_out_and_only_if_something_is_picked(office: Store) -> None:
    with pytest.raises(ScenarioNotChosen):
        carry(office, "SZ-1", {("capacity_group", "KG-1"): 1})
    chosen(office, "SZ-1")
    for wanted in ({}, {("measure", "M-1"): 1}):
        with pytest.raises(NothingToCarryOut):
            carry(office, "SZ-1", wanted)
    with pytest.raises(NotAllowed):
        carry(office, "SZ-1", {("capacity_group", "KG-1"): 1}, by=COMMITTEE)
    assert office.newest("capacity_group", "KG-1").version == 1
