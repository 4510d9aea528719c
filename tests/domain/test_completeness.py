"""What a measure or a lab lacks for a handover."""

from __future__ import annotations

from metrics.domain.completeness import missing_fields
from metrics.domain.living_labs import LabPhase
from metrics.domain.measures import MeasureState, Responsibility
from tests.plan import a_living_lab, a_measure

FULL = {
    "deputy": "Sachgebiet Handel",
    "budget": 0.0,
    "funding": ("Eigenmittel",),
    "background": "Leerstand",
    "activities": ("erfassen",),
    "target_groups": ("Handel",),
    "partners": ("Verein",),
}


def test_a_full_measure_lacks_nothing_and_a_budget_of_zero_is_a_budget():
    assert missing_fields(a_measure(**FULL)) == []


def test_only_a_cooperation_needs_partners():
    assert missing_fields(a_measure(**FULL | {"partners": ()})) == ["partners"]
    assert missing_fields(a_measure(**FULL | {"partners": (), "responsibility": Responsibility.office})) == []


def test_an_ended_measure_needs_its_end_and_results_but_no_milestones():
    ended = a_measure(**FULL | {"state": MeasureState.implemented, "ends": None, "milestones": ()})
    assert missing_fields(ended) == ["ends", "results"]


def test_who_stops_a_measure_has_to_say_why():
    stopped = a_measure(**FULL | {"state": MeasureState.discontinued, "results": ("zu wenig Volumen",)})
    assert missing_fields(stopped) == ["state_reason"]
    assert missing_fields(a_measure(**FULL | {"state": MeasureState.paused})) == ["state_reason"]


def test_a_lab_needs_its_criteria_from_the_start_and_its_lessons_at_the_end():
    running = missing_fields(a_living_lab())
    ended = missing_fields(a_living_lab(phase=LabPhase.ended))
    assert "success_criteria" in running
    assert "lessons" not in running
    assert ended == [*running, "ends", "result", "lessons"]
