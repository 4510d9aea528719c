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
from metrics.domain.kinds import KINDS, RECORD_TYPES, reference_fields, references
from metrics.domain.living_labs import LabPart, LivingLab
from metrics.domain.measures import Milestone
from metrics.domain.priorities import RemovedMeasure, Score
from tests import strategies
from tests.domain.test_base import refusal_of
from tests.plan import (
    a_capacity_group,
    a_comparison,
    a_goal,
    a_living_lab,
    a_measure,
    a_reading,
    a_resource_demand,
    a_round,
    a_target,
    an_indicator,
)

NESTED = (Milestone, Score, LabPart, InterimTarget, Stage, StateCriterion)  # in one order for all workers


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
    assert refusal_of(a_resource_demand, quarter=quarter) == ("string_pattern_mismatch", ("quarter",))


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


def test_nothing_refers_to_a_later_kind_and_only_goals_labs_and_sources_to_their_own() -> None:
    place = {record_type: number for number, record_type in enumerate(RECORD_TYPES)}
    own_kind = set()
    for record_type in RECORD_TYPES:
        nested = [part for part in NESTED if _holds(record_type, part)]
        for model in (record_type, *nested):
            for kind in reference_fields(model).values():
                assert place[KINDS[kind]] <= place[record_type], f"{record_type.__name__} refers to {kind}"
                if KINDS[kind] is record_type:
                    own_kind.add(record_type)
    assert own_kind == {Goal, LivingLab, Source}


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
    goal = a_goal(parent_ids=("Z-A", "Z-N"), perspective_id=None)
    assert list(references(goal)) == [("parent_ids", "goal", "Z-A"), ("parent_ids", "goal", "Z-N")]


def test_a_group_of_raters_is_no_group_of_posts_though_both_fields_have_one_name() -> None:
    assert dict(_kinds(a_round()))["seats.group_id"] == "rater_group"
    assert dict(_kinds(a_resource_demand())) == {"measure_id": "measure", "group_id": "capacity_group"}


def _kinds(record: Record) -> list[tuple[str, str]]:
    return [(field, kind) for field, kind, _ in references(record)]


def _holds(record_type: type[Record], part: type[BaseModel]) -> bool:
    return any(part in get_args(field.annotation) for field in record_type.model_fields.values())
