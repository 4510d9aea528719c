"""What records refuse, what they refer to, and that nothing is lost on the way to a file and back."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from metrics.domain.base import Record
from metrics.domain.context import Source
from metrics.domain.demands import DEMANDS, Demand, InterimTarget, KeepEveryYear, Stage, StateCriterion
from metrics.domain.document import PlanDocument, plan_document
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.kinds import KINDS, RECORD_TYPES, reference_fields, references
from metrics.domain.living_labs import LabPart, LivingLab
from metrics.domain.measures import Dependency, Measure, Milestone
from metrics.domain.priorities import RemovedMeasure, Score
from metrics.domain.resources import CapacityDeviation, Post, PotYear, ResourceDemand
from metrics.domain.scenarios import MORE, NEEDED, ScenarioChange, ScenarioEffect
from tests import strategies
from tests.domain.test_base import refusal_of
from tests.plan import (
    a_capacity_group,
    a_comparison,
    a_funding_pot,
    a_goal,
    a_living_lab,
    a_measure,
    a_money_line,
    a_reading,
    a_resource_demand,
    a_round,
    a_scenario,
    a_target,
    an_indicator,
)

NESTED = (
    Milestone,
    Dependency,
    Post,
    CapacityDeviation,
    PotYear,
    ScenarioChange,
    Score,
    LabPart,
    InterimTarget,
    Stage,
    StateCriterion,
)  # in one order for all workers


def models() -> list[type[BaseModel]]:
    return [*RECORD_TYPES, *NESTED, *DEMANDS.values()]


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_comes_back_from_json_as_it_was(kind: str, data: st.DataObject) -> None:
    record = data.draw(strategies.records(kind))
    assert type(record).model_validate_json(record.model_dump_json(exclude_none=True)) == record
    assert type(record).model_validate(record.model_dump()) == record


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    records=st.lists(strategies.any_record(), max_size=8, unique_by=lambda record: (record.kind, record.id)).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_a_plan_file_holds_all_records_whatever_order_they_came_in(records: tuple[list[Record], list[Record]]) -> None:
    given_order, other_order = records
    document = plan_document(given_order)
    text = document.model_dump_json(exclude_none=True)
    assert plan_document(other_order).model_dump_json(exclude_none=True) == text
    back = PlanDocument.model_validate_json(text)
    assert back == document
    assert {(record.kind, record.id): record for record in back.all_records()} == {
        (record.kind, record.id): record for record in given_order
    }


def test_a_plan_file_in_which_an_id_occurs_twice_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        plan_document([a_goal(), a_goal(title="Anderer Titel")])
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]) == ("duplicate_id", {"id": "Z-R", "kind": "goal"})


def test_two_kinds_may_use_the_same_id_in_a_plan_file() -> None:
    document = plan_document([a_goal(id="A-1"), a_measure(id="A-1")])
    assert [record.id for record in document.all_records()] == ["A-1", "A-1"]


@pytest.mark.parametrize("wrong", [{"format": "andere"}, {"format_version": 2}, {"records": {"ziele": []}}])
def test_a_plan_file_of_another_format_version_or_with_unknown_kinds_is_refused(wrong: dict[str, Any]) -> None:
    whole = {"format": "zukunftsplan", "format_version": 1, "records": {}}
    assert list(PlanDocument.model_validate(whole).all_records()) == []
    with pytest.raises(ValidationError):
        PlanDocument.model_validate(whole | wrong)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_takes_no_field_it_does_not_know_and_never_changes(kind: str, data: st.DataObject) -> None:
    record = data.draw(strategies.records(kind))
    with pytest.raises(ValidationError) as caught:
        type(record).model_validate(record.model_dump() | {"farbe": "rot"})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [("extra_forbidden", ("farbe",))]
    with pytest.raises(ValidationError):
        record.note = "anders"  # type: ignore[misc]


def test_a_measure_or_lab_may_not_end_before_it_starts_but_may_do_both_in_one_year() -> None:
    assert refusal_of(a_measure, starts="2027-01", ends="2026-12-31") == ("ends_before_start", ())
    assert refusal_of(a_living_lab, starts="2027", ends="2026") == ("ends_before_start", ())
    assert a_measure(starts="2027-10", ends="2027").ends == "2027"
    assert a_living_lab(starts="2027-10-05", ends="2027-10").starts == "2027-10-05"


def test_a_target_may_not_cease_before_it_is_in_force() -> None:
    assert refusal_of(a_target, valid_from="2026-06-01", valid_until="2026-05-31") == ("ends_before_start", ())
    assert a_target(valid_from="2026-06-01", valid_until="2026-06-01").valid_until == "2026-06-01"


def test_a_group_may_not_end_before_it_starts() -> None:
    assert refusal_of(a_capacity_group, first_quarter="2027-Q2", last_quarter="2027-Q1") == ("ends_before_start", ())
    assert a_capacity_group(first_quarter="2027-Q1", last_quarter="2027-Q1").last_quarter == "2027-Q1"


@pytest.mark.parametrize("build", [a_reading, a_comparison])
def test_a_period_may_not_run_backwards_but_may_be_one_day(build: Any) -> None:
    backwards = {"period_start": date(2024, 5, 2), "period_end": date(2024, 5, 1)}
    assert refusal_of(build, **backwards) == ("period_backwards", ())
    assert build(period_start=date(2024, 5, 1), period_end=date(2024, 5, 1)).period_end == date(2024, 5, 1)


@pytest.mark.parametrize("year", [1200, 1899, 2101])
def test_a_reading_of_the_year_1200_is_a_typing_error(year: int) -> None:
    with pytest.raises(ValidationError) as caught:
        a_reading(period_start=date(year, 1, 1), period_end=date(year, 12, 31))
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("year_out_of_range", ("period_start",)),
        ("year_out_of_range", ("period_end",)),
    ]


@pytest.mark.parametrize("quarter", ["2027-Q0", "2027-Q5", "2027Q1", "1899-Q1", "2100-Q1", "2027-Q1\n", "20٢٧-Q1"])
def test_a_quarter_is_written_in_one_way(quarter: str) -> None:
    assert refusal_of(a_capacity_group, first_quarter=quarter) == ("string_pattern_mismatch", ("first_quarter",))
    assert refusal_of(a_resource_demand, period=quarter) == ("string_pattern_mismatch", ("period",))


@pytest.mark.parametrize("month", ["2027-00", "2027-13", "2027-3", "1899-01", "2027-Q1-01", "03/2027"])
def test_a_period_is_a_quarter_or_a_month_written_in_one_way(month: str) -> None:
    assert refusal_of(a_resource_demand, period=month) == ("string_pattern_mismatch", ("period",))
    assert a_resource_demand(period="2027-03").period == "2027-03"


def test_a_demand_of_a_file_from_before_months_were_periods_is_one_of_that_quarter() -> None:
    fields = a_resource_demand().model_dump(mode="json")
    former = {("quarter" if name == "period" else name): value for name, value in fields.items()}
    assert ResourceDemand.model_validate(former) == a_resource_demand()
    assert refusal_of(a_resource_demand, quarter="2027-Q1") == ("extra_forbidden", ("quarter",))


def test_a_demand_ends_no_earlier_than_it_begins_and_in_a_period_of_the_same_sort() -> None:
    assert refusal_of(a_resource_demand, until="2026-Q4") == ("ends_before_start", ("until",))
    assert refusal_of(a_resource_demand, until="2027-06") == ("periods_of_two_sorts", ("until",))
    assert a_resource_demand(until="2027-Q1").periods == ["2027-Q1"]
    assert a_resource_demand(period="2027-02", until="2027-04").periods == ["2027-02", "2027-03", "2027-04"]


@pytest.mark.parametrize("profile", [(1.0,), (1.0, 2.0, 3.0), (0.0, 0.0)])
def test_a_profile_has_a_weight_for_each_period_and_not_only_zeros(profile: tuple[float, ...]) -> None:
    refused = ("profile_does_not_fit", ("profile",))
    assert refusal_of(a_resource_demand, until="2027-Q2", profile=profile) == refused
    assert a_resource_demand(until="2027-Q2", profile=(0.0, 3.0)).by_period() == {"2027-Q1": 0.0, "2027-Q2": 40.0}


def test_the_window_of_a_measure_may_not_close_before_it_opens() -> None:
    window = {"earliest_start": "2027-03", "latest_end": "2027-02"}
    assert refusal_of(a_measure, **window) == ("ends_before_start", ("latest_end",))
    assert a_measure(earliest_start="2027-03", latest_end="2027").latest_end == "2027"


def test_a_post_may_not_be_left_before_it_is_entered() -> None:
    assert refusal_of(Post, fte=1, enters="2027-02", leaves="2027-01-31") == ("ends_before_start", ())
    assert Post(fte=1, enters="2027-02", leaves="2027-02").share_of("2027-02") == 1
    assert refusal_of(Post, fte=0) == ("greater_than", ("fte",))


def test_a_group_differs_from_its_usual_shares_once_in_a_period() -> None:
    twice = (CapacityDeviation(period="2027-Q1", absence_share=0.3), CapacityDeviation(period="2027-Q1"))
    assert refusal_of(a_capacity_group, deviations=twice) == ("period_twice", ("deviations",))
    nested = (CapacityDeviation(period="2027-Q1"), CapacityDeviation(period="2027-02"))
    assert a_capacity_group(deviations=nested).deviations == nested


@pytest.mark.parametrize("share", [0, -0.1, 1.1])
def test_no_office_is_without_daily_business(share: float) -> None:
    assert refusal_of(a_capacity_group, base_load_share=share)[1] == ("base_load_share",)
    assert refusal_of(CapacityDeviation, period="2027-Q1", base_load_share=share)[1] == ("base_load_share",)


def test_a_funding_may_not_end_before_it_starts_and_holds_each_of_its_years_once() -> None:
    assert refusal_of(a_funding_pot, starts="2028", years=()) == ("ends_before_start", ("ends",))
    twice = (PotYear(year=2027, amount=1), PotYear(year=2027, amount=2))
    assert refusal_of(a_funding_pot, years=twice) == ("year_twice", ("years",))
    for year in (2025, 2028):
        assert refusal_of(a_funding_pot, years=(PotYear(year=year, amount=1),)) == ("year_outside_funding", ("years",))
    assert a_funding_pot(starts=None, ends=None, years=(PotYear(year=1990, amount=1),)).amount(1990) == 1


def test_money_is_never_negative_and_a_line_says_at_least_one_amount() -> None:
    for name in ("planned", "committed", "spent"):
        assert refusal_of(a_money_line, **{name: -0.01}) == ("greater_than_equal", (name,))
        only = {"planned": None, "committed": None} | {name: 0}
        assert getattr(a_money_line(**only), name) == 0
    assert refusal_of(a_money_line, planned=None, committed=None) == ("money_without_amount", ())
    assert refusal_of(PotYear, year=2027, amount=-1) == ("greater_than_equal", ("amount",))


CHANGE_FIELDS: dict[str, Any] = {
    "measure_id": "M-15",
    "group_id": "KG-A",
    "into_group_id": "KG-B",
    "pot_id": "FT-1",
    "starts": "2027",
    "until": "2028",
    "amount": 1.0,
    "quarters": 1,
}


@pytest.mark.parametrize("effect", list(ScenarioEffect))
def test_a_change_names_all_that_it_needs(effect: ScenarioEffect) -> None:
    fields = {name: CHANGE_FIELDS[name] for name in NEEDED[effect]}
    assert ScenarioChange.model_validate({"effect": effect} | fields).effect is effect
    for name in NEEDED[effect]:
        assert refusal_of(ScenarioChange, effect=effect, **fields | {name: None}) == ("scenario_change_lacks", ())


@pytest.mark.parametrize("effect", list(ScenarioEffect))
def test_a_change_takes_no_field_that_its_effect_does_not_use_and_names_it(effect: ScenarioEffect) -> None:
    assert set(CHANGE_FIELDS) == set(ScenarioChange.model_fields) - {"effect"}
    used = {name: CHANGE_FIELDS[name] for name in (*NEEDED[effect], *MORE[effect])}
    assert ScenarioChange.model_validate({"effect": effect} | used).effect is effect
    for name in set(CHANGE_FIELDS) - set(used):
        with pytest.raises(ValidationError) as refused:
            ScenarioChange.model_validate({"effect": effect} | used | {name: CHANGE_FIELDS[name]})
        (problem,) = refused.value.errors()
        assert (problem["type"], problem["ctx"]["field"]) == ("scenario_change_does_not_use", name)


@pytest.mark.parametrize(
    "effect", [ScenarioEffect.groups_merged, ScenarioEffect.funding_ends, ScenarioEffect.measure_postponed]
)
def test_an_effect_that_is_for_good_has_no_end(effect: ScenarioEffect) -> None:
    fields = {name: CHANGE_FIELDS[name] for name in (*NEEDED[effect], "until")}
    assert refusal_of(ScenarioChange, effect=effect, **fields)[0] == "scenario_change_does_not_use"


def test_a_change_may_not_cease_before_it_holds() -> None:
    rest = {"effect": "rest_mode", "starts": "2027-04"}
    assert refusal_of(ScenarioChange, **rest, until="2027-03") == ("ends_before_start", ())
    assert ScenarioChange.model_validate(rest | {"until": "2027"}).until == "2027"


@pytest.mark.parametrize("score", [-0.1, 10.1])
def test_a_score_lies_between_zero_and_ten(score: float) -> None:
    with pytest.raises(ValidationError):
        Score(code="WIRKUNG", value=score)


@pytest.mark.parametrize("weight", [0, -1, 1001])
def test_a_weight_of_nothing_would_hide_an_indicator_and_is_refused(weight: float) -> None:
    assert refusal_of(an_indicator, weight=weight)[1] == ("weight",)
    assert refusal_of(a_goal, weight=weight)[1] == ("weight",)


def test_the_kind_of_a_demand_is_told_by_its_name_never_guessed_from_its_fields() -> None:
    demands: TypeAdapter[Any] = TypeAdapter(Demand)
    assert demands.validate_python({"demand": "keep_every_year", "value": 5}) == KeepEveryYear(value=5)
    with pytest.raises(ValidationError) as caught:
        demands.validate_python({"value": 5, "due": "2028"})
    assert caught.value.errors()[0]["type"] == "union_tag_not_found"


@pytest.mark.parametrize("kind", DEMANDS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_kind_of_demand_survives_a_file(kind: str, data: st.DataObject) -> None:
    target = a_target(data.draw(strategies.values(DEMANDS[kind])))
    back = type(target).model_validate_json(target.model_dump_json(exclude_none=True)).demand
    assert back == target.demand and type(back) is DEMANDS[kind]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_that_is_named_like_a_reference_is_one_and_no_other(model: type[BaseModel]) -> None:
    named = {name for name in model.model_fields if name.endswith(("_id", "_ids"))}
    assert set(reference_fields(model)) == named
    assert set(reference_fields(model).values()) <= set(KINDS)


def test_nothing_refers_to_a_later_kind_and_only_goals_labs_indicators_measures_and_sources_to_their_own() -> None:
    place = {record_type: number for number, record_type in enumerate(RECORD_TYPES)}
    own_kind = set()
    for record_type in RECORD_TYPES:
        nested = [part for part in NESTED if _holds(record_type, part)]
        for model in (record_type, *nested):
            for kind in reference_fields(model).values():
                assert place[KINDS[kind]] <= place[record_type], f"{record_type.__name__} refers to {kind}"
                if KINDS[kind] is record_type:
                    own_kind.add(record_type)
    assert own_kind == {Goal, Indicator, LivingLab, Measure, Source}


def test_references_name_field_kind_and_id_one_by_one_and_look_into_nested_values() -> None:
    round_ = a_round(source_id="SRC-1", removed=(RemovedMeasure(measure_id="M-16", reason="zurückgezogen"),))
    assert list(references(round_)) == [
        ("source_id", "source", "SRC-1"),
        ("measure_ids", "measure", "M-15"),
        ("measure_ids", "measure", "M-16"),
        ("removed.measure_id", "measure", "M-16"),
        ("seats.group_id", "rater_group", "BG-AMT"),
        ("seats.group_id", "rater_group", "BG-AMT"),
        ("seats.group_id", "rater_group", "BG-POL"),
        ("criteria_set_id", "criteria_set", "KS-1"),
    ]
    change = {"effect": "groups_merged", "group_id": "KG-A", "into_group_id": "KG-B"}
    assert list(references(a_scenario(changes=(change,)))) == [
        ("changes.group_id", "capacity_group", "KG-A"),
        ("changes.into_group_id", "capacity_group", "KG-B"),
    ]
    waiting = a_measure(goal_ids=(), depends_on=(Dependency(measure_id="M-16"),))
    assert list(references(waiting)) == [("depends_on.measure_id", "measure", "M-16")]
    goal = a_goal(parent_ids=("Z-A", "Z-N"), perspective_id=None)
    assert list(references(goal)) == [("parent_ids", "goal", "Z-A"), ("parent_ids", "goal", "Z-N")]


def test_a_group_of_raters_is_no_group_of_posts_though_both_fields_have_one_name() -> None:
    assert dict(_kinds(a_round()))["seats.group_id"] == "rater_group"
    assert dict(_kinds(a_resource_demand())) == {"measure_id": "measure", "group_id": "capacity_group"}


def _kinds(record: Record) -> list[tuple[str, str]]:
    return [(field, kind) for field, kind, _ in references(record)]


def _holds(record_type: type[Record], part: type[BaseModel]) -> bool:
    return any(part in get_args(field.annotation) for field in record_type.model_fields.values())
