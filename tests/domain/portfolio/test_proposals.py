"""A chosen scenario as proposed changes to the plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.kinds import RECORD_TYPES, references
from metrics.domain.measures import MeasureState
from metrics.domain.portfolio.layer import PlanInputs, applied
from metrics.domain.portfolio.proposals import FIELD_OF, FieldDifference, carried_out, proposals
from metrics.domain.scenarios import ScenarioChange, ScenarioEffect
from tests.domain.portfolio.small_office import FEW, TODAY, a_change, a_demand, a_group, a_plan, changes, plans


def test_a_measure_that_stops_is_changed_and_what_it_asked_for_is_withdrawn_after_it() -> None:
    found = proposals(a_plan(), [a_change(ScenarioEffect.measure_stopped)], TODAY)
    assert [(one.kind, one.id, one.before is None, one.after is None) for one in found] == [
        ("measure", "M-1", False, False),
        ("money_line", "ML-1", False, True),
        ("resource_demand", "RB-1", False, True),
    ]
    assert found[0].differences == (FieldDifference("state", MeasureState.planned, MeasureState.discontinued),)


def test_a_demand_that_is_parted_is_changed_and_its_later_part_created() -> None:
    plan = a_plan(
        groups=(a_group(), a_group(id="KG-Q")), demands=(a_demand(group_id="KG-Q", until="2027-Q2"),), money_lines=()
    )
    found = proposals(plan, [a_change(ScenarioEffect.groups_merged, starts="2027-04")], TODAY)
    assert [(one.kind, one.id, one.before is None) for one in found] == [
        ("capacity_group", "KG-P", False),
        ("capacity_group", "KG-Q", False),
        ("resource_demand", "RB-1", False),
        ("resource_demand", "RB-1-T2", True),
    ]
    parted = {one.field: (one.before, one.after) for one in found[2].differences}
    assert parted == {"until": ("2027-Q2", None), "person_days": (30, 15), "budget": (3000, 1500)}


def test_what_a_scenario_leaves_as_it_is_is_not_proposed() -> None:
    assert proposals(a_plan(), [a_change(ScenarioEffect.funding, amount=0)], TODAY) == ()


def test_kinds_stand_in_an_order_in_which_nothing_refers_to_a_later_one() -> None:
    order = [one.kind for one in RECORD_TYPES if one.kind in FIELD_OF]
    assert list(FIELD_OF) == order


@FEW
@given(plans())
def test_a_scenario_without_changes_proposes_nothing(plan: PlanInputs) -> None:
    assert proposals(plan, (), TODAY) == ()


@FEW
@given(plans(), st.lists(changes(), max_size=3))
def test_carrying_out_the_proposals_gives_what_the_layer_shows(plan: PlanInputs, these: list[ScenarioChange]) -> None:
    assert carried_out(plan, proposals(plan, these, TODAY)) == applied(plan, these, TODAY)


@FEW
@given(plans(), st.lists(changes(), max_size=3))
def test_every_proposal_differs_and_nothing_that_is_withdrawn_is_referred_to(
    plan: PlanInputs, these: list[ScenarioChange]
) -> None:
    found = proposals(plan, these, TODAY)
    assert all(one.differences for one in found)
    gone = {(one.kind, one.id) for one in found if one.after is None}
    left = carried_out(plan, found)
    for name in FIELD_OF.values():
        for record in getattr(left, name):
            assert not gone & {(kind, identifier) for _field, kind, identifier in references(record)}
