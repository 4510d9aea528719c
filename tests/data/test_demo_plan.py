"""The demonstration plan is complete, honest about its sources, and a plan file like any other."""

from __future__ import annotations

import calendar
import json
import os
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.domain.base import Evidence, Record
from metrics.domain.document import PlanDocument, plan_document
from metrics.domain.indicators import Observation
from metrics.domain.kinds import references
from metrics.domain.resources import CapacityGroup

ROOT = Path(__file__).parents[2]
PLAN_FILE = ROOT / "data" / "demo" / "plan.json"
COLLECTION = ROOT.parent / "shared" / "data" / "bottrop_plan.yaml"
"""The collected facts from which the plan was made; they are not part of the repository."""

QUALIFIERS = {"eq": "exact", "approx": "approximate", "gt": "more_than", "lt": "less_than"}


@cache
def demo() -> PlanDocument:
    return PlanDocument.model_validate_json(PLAN_FILE.read_text(encoding="utf-8"))


def records() -> list[Record]:
    return list(demo().all_records())


@cache
def collection() -> dict[str, Any]:
    if not COLLECTION.exists():
        if os.environ.get("ZUKUNFTSPLAN_REQUIRE_ALL") and COLLECTION.parents[1].exists():
            pytest.fail(f"{COLLECTION.name} is missing although its folder is there")
        pytest.skip(f"{COLLECTION.name}, from which the plan was made, is not on this machine: nothing to compare with")
    return yaml.safe_load(COLLECTION.read_text(encoding="utf-8"))


def source_id(row: dict[str, Any]) -> str | None:
    keys = {url: key for key, url in collection()["sources"].items()}
    return None if row["source"] == "illustrative" else f"SRC-{keys[row['source']]}"


def period(text: str) -> tuple[date, date, str]:
    if re.fullmatch(r"\d{4}/\d{2}", text):
        return date(int(text[:4]), 8, 1), date(int(text[:4]) + 1, 7, 31), "school_year"
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31), "year"
    if len(numbers) == 2:
        return date(*numbers, 1), date(*numbers, calendar.monthrange(*numbers)[1]), "month"
    return date(*numbers), date(*numbers), "day"


def statement(observation: Observation, territory: str | None) -> tuple[Any, ...]:
    return (
        observation.indicator_id,
        territory,
        (observation.period_start, observation.period_end, observation.period_kind.value),
        observation.value,
        observation.qualifier.value,
        observation.vintage,
        observation.evidence.value,
        observation.source_id,
        observation.derivation is not None,
        getattr(observation, "break_before", False),
    )


def collected(indicator_id: str, row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        indicator_id,
        row.get("raum"),
        period(row["zeit"]),
        row["wert"],
        QUALIFIERS[row.get("qualifier", "eq")],
        row.get("fassung"),
        row["evidence"],
        source_id(row),
        "derivation" in row,
        row.get("bruch", False),
    )


def test_the_file_is_exactly_what_writing_its_records_again_gives() -> None:
    dump = plan_document(records()).model_dump(mode="json", exclude_none=True)
    assert PLAN_FILE.read_text(encoding="utf-8") == json.dumps(dump, ensure_ascii=False, indent=2) + "\n"


def test_no_two_records_share_an_id_even_across_kinds() -> None:
    doubled = [identifier for identifier, count in Counter(record.id for record in records()).items() if count > 1]
    assert doubled == []


def test_every_reference_leads_to_a_record_of_the_named_kind() -> None:
    present = {(record.kind, record.id) for record in records()}
    leading_nowhere = [
        (record.id, field, identifier)
        for record in records()
        for field, kind, identifier in references(record)
        if (kind, identifier) not in present
    ]
    assert leading_nowhere == []


def test_a_statement_has_a_source_exactly_if_it_is_neither_illustrative_nor_our_own() -> None:
    unbacked = {Evidence.illustrative, Evidence.own}
    wrong = [record.id for record in records() if (record.source_id is None) != (record.evidence in unbacked)]
    assert wrong == []


def test_only_descriptions_of_sources_are_our_own() -> None:
    assert {record.kind for record in records() if record.evidence is Evidence.own} == {"source"}


def test_a_derived_number_shows_its_formula_and_only_a_derived_one() -> None:
    observations = [record for record in records() if isinstance(record, Observation)]
    wrong = [row.id for row in observations if (row.derivation is not None) != (row.evidence is Evidence.derived)]
    assert wrong == []


def test_readings_and_targets_of_an_illustrative_indicator_are_illustrative() -> None:
    plan = demo().records
    invented = {indicator.id for indicator in plan.indicator if indicator.illustrative}
    dependent = [row for row in (*plan.reading, *plan.comparison, *plan.target) if row.indicator_id in invented]
    assert len(invented) == 3 and len(dependent) == 11
    assert [row.id for row in dependent if not row.illustrative] == []


def test_an_indicator_that_quotes_a_source_has_no_invented_reading() -> None:
    plan = demo().records
    quoted = {indicator.id for indicator in plan.indicator if not indicator.illustrative}
    assert [
        row.id for row in (*plan.reading, *plan.comparison) if row.indicator_id in quoted and row.illustrative
    ] == []


def test_a_measure_that_quotes_a_source_has_no_invented_deadline() -> None:
    quoted = [measure for measure in demo().records.measure if not measure.illustrative]
    assert [measure.id for measure in quoted if measure.milestones or measure.decision_due or measure.owner] == []


def test_numbers_lie_within_the_natural_limits_of_their_indicator() -> None:
    indicators = {indicator.id: indicator for indicator in demo().records.indicator}
    outside = []
    for row in (*demo().records.reading, *demo().records.comparison):
        indicator = indicators[row.indicator_id]
        low = float("-inf") if indicator.natural_minimum is None else indicator.natural_minimum
        high = float("inf") if indicator.natural_maximum is None else indicator.natural_maximum
        if not low <= row.value <= high:
            outside.append(row.id)
    assert outside == []


def test_the_invented_groups_share_the_posts_that_are_known_and_are_overloaded_in_one_quarter_at_least() -> None:
    plan = demo().records
    groups: dict[str, CapacityGroup] = {group.id: group for group in plan.capacity_group}
    posts = {staffing.id: staffing.posts for staffing in plan.staffing}
    assert sum(group.fte_in("2027-Q1") for group in groups.values()) == posts["K-2022"] == 13
    asked: Counter[tuple[str, str]] = Counter()
    for demand in plan.resource_demand:
        asked[demand.group_id, demand.period] += demand.person_days
    overloaded = {key for key, days in asked.items() if days > groups[key[0]].person_days(key[1])}
    assert ("KG-PROJEKTE", "2027-Q1") in overloaded
    assert len(overloaded) < len(asked)


def test_a_fixed_term_ends_with_2027_and_so_does_a_funding_that_wants_an_own_share() -> None:
    plan = demo().records
    (post,) = [post for group in plan.capacity_group for post in group.posts if post.fixed_term]
    (ending,) = [pot for pot in plan.funding_pot if pot.ends]
    assert (post.leaves, ending.ends, ending.own_share) == ("2027-12-31", "2027-12", 0.2)
    groups = {group.id: group for group in plan.capacity_group}
    assert groups["KG-PROJEKTE"].fte_in("2028-Q1") == groups["KG-PROJEKTE"].fte_in("2027-Q4") - 1


def test_all_that_is_said_of_money_dependencies_and_changes_is_invented_and_marked() -> None:
    plan = demo().records
    invented = [*plan.funding_pot, *plan.money_line, *(one for one in plan.scenario if one.changes)]
    invented += [one for one in plan.measure if one.depends_on or one.earliest_start or one.mandatory]
    assert len(invented) == 2 + 17 + 5 + 2
    assert [record.id for record in invented if not record.illustrative] == []


def test_one_funding_pot_is_asked_for_more_than_it_holds_in_one_year() -> None:
    plan = demo().records
    pots = {pot.id: pot for pot in plan.funding_pot}
    planned: Counter[tuple[str, int]] = Counter()
    for line in plan.money_line:
        if line.pot_id:
            planned[line.pot_id, line.year] += line.planned
    short = {key for key, euros in planned.items() if euros > (pots[key[0]].amount(key[1]) or 0)}
    assert short == {("FT-1", 2027)}


def test_weights_of_the_criteria_add_up_to_one_and_effort_does_not_count() -> None:
    (chosen,) = demo().records.criteria_set
    assert sum(chosen.weights.values()) == pytest.approx(1.0)
    assert [code for code, weight in chosen.weights.items() if weight == 0] == ["KR-4"]
    assert all(criterion.anchored for criterion in chosen.criteria)


def test_the_demonstration_round_is_invented_from_end_to_end_and_rated_by_every_seat() -> None:
    (round_,) = demo().records.priority_round
    ratings = demo().records.rating
    assert round_.illustrative and all(rating.illustrative for rating in ratings)
    assert round_.criteria == demo().records.criteria_set[0].criteria
    assert {(rating.seat, rating.measure_id) for rating in ratings} == {
        (seat.number, measure_id) for seat in round_.seats for measure_id in round_.measure_ids
    }


@pytest.mark.collected
def test_every_collected_observation_is_in_the_plan_as_it_was_seen() -> None:
    wanted = [
        collected(indicator["id"], row)
        for indicator in collection()["indikatoren"]
        for row in indicator["beobachtungen"]
    ]
    assert len(wanted) == 105
    assert Counter(statement(row, None) for row in demo().records.reading) == Counter(wanted)


@pytest.mark.collected
def test_every_collected_value_of_another_territory_is_in_the_plan_as_it_was_seen() -> None:
    wanted = [
        collected(indicator["id"], row)
        for indicator in collection()["indikatoren"]
        for row in indicator.get("vergleich", [])
    ]
    assert len(wanted) == 11
    assert Counter(statement(row, row.territory) for row in demo().records.comparison) == Counter(wanted)


@pytest.mark.collected
def test_every_collected_record_with_an_id_is_in_the_plan_with_its_title_source_and_evidence() -> None:
    present = {record.id: record for record in records() if record.kind != "criteria_set"}
    criteria = {criterion.code: criterion.title for criterion in demo().records.criteria_set[0].criteria}
    rows = list(_rows_with_id({key: part for key, part in collection().items() if key != "sources"}))
    assert len(rows) == 168
    for row in rows:
        if row["id"].startswith("KR-"):  # a criterion is a part of its set
            assert criteria[row["id"]] == row["titel"]
            continue
        record = present[row["id"]]
        title = row.get("titel") or row.get("name")
        assert title is None or title == record.title, row["id"]  # type: ignore[attr-defined]
        assert (record.source_id, record.evidence) == (source_id(row), row["evidence"]), row["id"]


@pytest.mark.collected
def test_every_collected_source_is_in_the_plan_with_its_address() -> None:
    assert {source.id: source.url for source in demo().records.source} == {
        f"SRC-{key}": url for key, url in collection()["sources"].items()
    }


DEMANDS = {
    "absolut": "value_by_date",
    "meilenstein": "keep_every_year",
    "benchmark_ueber": "against_benchmark",
    "benchmark_gleich": "against_benchmark",
}
RELATIONS = {"benchmark_ueber": "above", "benchmark_gleich": "equal"}


@pytest.mark.collected
def test_every_collected_target_is_in_the_plan_and_only_the_threshold_reading_of_fairtrade_is_inferred() -> None:
    targets = {target.indicator_id: target for target in demo().records.target}
    wanted = {indicator["id"]: indicator["ziel"] for indicator in collection()["indikatoren"] if "ziel" in indicator}
    assert set(wanted) <= set(targets)
    for indicator_id, row in wanted.items():
        target, kept = targets[indicator_id], row["zieltyp"] == "meilenstein"
        assert target.demand.demand == DEMANDS[row["zieltyp"]]
        assert getattr(target.demand, "relation", None) == RELATIONS.get(row["zieltyp"])
        assert getattr(target.demand, "territory", None) == row.get("benchmark")
        assert getattr(target.demand, "value", None) == row.get("wert")
        assert target.source_id == source_id(row)
        assert target.evidence == ("inferred" if kept else row["evidence"])
        assert kept or target.demand.due == str(row["jahr"])
    assert all(targets[indicator_id].illustrative for indicator_id in set(targets) - set(wanted))


def _rows_with_id(part: Any) -> Any:
    if isinstance(part, dict):
        if "id" in part:
            yield part
        for value in part.values():
            yield from _rows_with_id(value)
    elif isinstance(part, list):
        for value in part:
            yield from _rows_with_id(value)
