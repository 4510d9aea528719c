"""The best choice as data for machines and as text to print: the same answer, with its reasons and its doubts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from metrics.domain.measures import MeasureState
from metrics.domain.portfolio.choice import Choice, Status
from metrics.domain.portfolio.solvers import Solver
from metrics.store.ledger import Store
from metrics.usecases.choice_data import choice_as_data, finite
from metrics.usecases.choice_text import choice_as_text
from metrics.usecases.commanding import carry_out
from metrics.usecases.limits import Limits, find_limits
from metrics.usecases.optimising import Answer, find_choice
from tests.conftest import NOW
from tests.plan import a_capacity_group, a_goal, a_measure, a_plan, a_resource_demand
from tests.usecases.test_rounds import ME

TODAY = date(2027, 1, 4)
TEAM = {"id": "KG-1", "title": "Team", "fte": 1, "days_per_quarter": 60, "absence_share": 0, "base_load_share": 0.5}


def _measure(identifier: str, **over: Any) -> Any:
    fields = {"id": identifier, "title": f"Maßnahme {identifier}", "state": MeasureState.planned, "milestones": ()}
    fields |= {"earliest_start": "2027-01", "latest_end": "2027-03"}
    return a_measure(**{**fields, "starts": None, "ends": None, "goal_ids": (), "living_lab_id": None, **over})


def _demand(measure_id: str, days: float) -> Any:
    fields = {"id": f"RB-{measure_id}", "measure_id": measure_id, "group_id": "KG-1", "period": "2027-Q1"}
    return a_resource_demand(**fields, person_days=days)


def fill(store: Store, *measures: Any, days: tuple[float, ...]) -> Limits:
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_plan(), a_goal(id="Z-A"), a_capacity_group(**TEAM), *measures])
        writing.add([_demand(one.id, much) for one, much in zip(measures, days, strict=True)])
    return find_limits(store, by=ME, today=TODAY)


def test_rejected_measures_are_told_with_what_they_displace_and_what_is_full(store: Store) -> None:
    limits = fill(store, _measure("M-1"), _measure("M-2"), _measure("M-3"), days=(25, 12, 12))
    answer = find_choice(limits.plan)
    told = choice_as_data(limits, answer)

    assert json.loads(json.dumps(told)) == told
    assert (told["status"], told["value"], told["gap"], told["solver"]) == ("optimal", 2, 0, "highs")
    assert told["starts"] == {"M-2": "2027-Q1", "M-3": "2027-Q1"}
    assert told["planned_starts"] == {"M-1": "2027-Q1", "M-2": "2027-Q1", "M-3": "2027-Q1"}
    (left,) = told["rejected"]
    assert (left["measure_id"], left["obstacle"], left["drops"], left["loss"]) == (
        "M-1",
        "displaces",
        ["M-2", "M-3"],
        1,
    )
    assert told["binding"] == [
        {"kind": "time", "id": "KG-1", "period": "2027-Q1", "capacity": 30.0, "free": 6.0, "wanted_by": {"M-1": 25.0}}
    ]
    assert (told["conflict"], told["estimated"], told["begun"]) == (None, ["M-1", "M-2", "M-3"], [])

    lines = choice_as_text(store, limits, answer, "de").splitlines()
    assert lines == [
        "2 von 3 Maßnahmen passen in den Plan: Nutzwert 2,00, bewiesen bestmöglich.",
        "",
        "ab 1. Quartal 2027: Maßnahme M-2",
        "ab 1. Quartal 2027: Maßnahme M-3",
        "",
        "Nicht dabei:",
        "- Maßnahme M-1: verdrängt Maßnahme M-2, Maßnahme M-3; 1,00 Nutzwert weniger",
        "",
        "Was voll ist:",
        "- 1. Quartal 2027, Team: noch 6,0 Personentage frei, gebraucht hätten Maßnahme M-1 25,0 Personentage",
        "",
        "Noch ist nichts bewertet: Jede Maßnahme zählt gleich viel.",
    ]
    english = choice_as_text(store, limits, answer, "en")
    assert english.splitlines()[0] == "2 of 3 measures fit the plan: utility 2.00, proven best possible."
    assert "Quartal" not in english


def test_a_conflict_among_mandatory_measures_is_spelled_out_in_data_and_text(store: Store) -> None:
    must = [_measure(name, mandatory=True) for name in ("M-1", "M-2", "M-3")]
    limits = fill(store, *must, days=(20, 20, 5))
    answer = find_choice(limits.plan)
    told = choice_as_data(limits, answer)

    assert (told["status"], told["starts"], told["rejected"], told["binding"]) == ("infeasible", {}, [], [])
    assert told["conflict"]["kind"] == "capacity"
    assert told["conflict"]["measures"] == ["M-1", "M-2"]
    assert [(one["period"], one["excess"]) for one in told["conflict"]["overloads"]] == [("2027-Q1", 10)]
    assert choice_as_text(store, limits, answer, "de").splitlines()[:4] == [
        "Was Pflicht oder festgelegt ist, passt nicht zusammen.",
        "",
        "brauchen zusammen mehr, als da ist: Maßnahme M-1, Maßnahme M-2",
        "1. Quartal 2027, Team: 10,0 Personentage zu viel (Maßnahme M-1 20,0, Maßnahme M-2 20,0)",
    ]


def test_a_measure_at_work_that_is_left_out_is_pointed_at(store: Store) -> None:
    limits = fill(store, _measure("M-1", state=MeasureState.running), _measure("M-2"), _measure("M-3"), days=(25, 9, 9))
    answer = find_choice(limits.plan)
    assert choice_as_data(limits, answer)["begun"] == ["M-1"]
    text = choice_as_text(store, limits, answer, "de")
    assert "1 Maßnahme, die schon läuft, wäre nicht mehr dabei: Maßnahme M-1" in text


def test_what_is_not_known_is_no_number(store: Store) -> None:
    limits = fill(store, _measure("M-1"), days=(5,))
    nothing = Answer(Solver.highs, Choice(Status.no_solution_found), None, None)
    told = choice_as_data(limits, nothing)
    assert (told["bound"], told["gap"], told["rejected"]) == (None, None, [])
    assert (finite(float("inf")), finite(0.25)) == (None, 0.25)
    assert choice_as_text(store, limits, nothing, "de").startswith("In der gegebenen Zeit wurde keine Auswahl gefunden")


@pytest.mark.parametrize("solver", list(Solver))
def test_the_command_gives_the_same_answer(store: Store, solver: Solver) -> None:
    limits = fill(store, _measure("M-1"), _measure("M-2"), days=(25, 12))
    asked = {"by": "Nacht", "as_of": TODAY.isoformat(), "solver": solver.value, "seconds": 5, "pinned": ["M-1"]}
    told = carry_out(store, "optimise", asked, NOW)
    assert (told["solver"], told["starts"]) == (solver.value, {"M-1": "2027-Q1"})
    pinned = find_limits(store, by=ME, today=TODAY, pinned=frozenset({"M-1"}))
    assert told == choice_as_data(pinned, find_choice(pinned.plan, solver, 5))
    words = carry_out(store, "optimise", {**asked, "in_words": True}, NOW)["text"]
    assert words == choice_as_text(store, limits, find_choice(pinned.plan, solver, 5), "de")
