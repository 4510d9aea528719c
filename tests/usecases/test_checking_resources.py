"""Measures, demands and groups that cannot be as they are stated are refused at the field, typed or from a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Record
from metrics.domain.document import plan_document
from metrics.domain.measures import Dependency, DependencyKind, Measure
from metrics.domain.refusals import (
    CircularDependency,
    DemandOutsideMeasure,
    DemandWouldLieOutside,
    GroupWithoutTime,
    MeasureExcludesWhatItNeeds,
    MeasureLongerThanWindow,
    MeasureNeedsItself,
    PlanFileBroken,
    Refusal,
)
from metrics.domain.resources import Post
from metrics.exchange.plan_file import read_plan, write_plan
from metrics.locale.words import refusal_sentence
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.checking import check_group, check_measure
from metrics.usecases.exchanging import import_plan, preview_import
from metrics.usecases.planning import add_record, revise_record
from tests.plan import a_capacity_group, a_goal, a_measure, a_resource_demand


def needs(*identifiers: str, how: str = "after") -> tuple[Dependency, ...]:
    return tuple(Dependency(dependency=DependencyKind(how), measure_id=identifier) for identifier in identifiers)


def named(identifier: str, *dependencies: Dependency, **over: Any) -> Measure:
    titles = {"M-15": "Leerstandsmanagement", "M-16": "Zirkularitäts-Check", "M-17": "Gründungswoche"}
    title = titles.get(identifier, identifier)
    return a_measure(id=identifier, title=title, goal_ids=(), depends_on=dependencies, **over)


def judged(changed: Measure, *others: Measure) -> Refusal | None:
    try:
        check_measure({one.id: one for one in others}, changed)
    except Refusal as refusal:
        return refusal
    return None


def stored(store: Store, me: Person, now: datetime, *records: Record) -> None:
    for record in records:
        add_record(store, record, by=me, at=now)


def test_a_circle_of_measures_is_told_with_their_ids_and_titles(store: Store, me: Person, now: datetime) -> None:
    stored(store, me, now, named("M-17"), named("M-16", *needs("M-17")), named("M-15", *needs("M-16")))
    with pytest.raises(CircularDependency) as refused:
        revise_record(store, named("M-17", *needs("M-15")), 1, by=me, at=now, reason="Reihenfolge")
    assert refused.value.data["field"] == "depends_on"
    sentence = refusal_sentence(refused.value, "de")
    assert (
        "M-17 Gründungswoche → M-15 Leerstandsmanagement → M-16 Zirkularitäts-Check → M-17 Gründungswoche" in sentence
    )
    assert store.newest("measure", "M-17").version == 1


def test_measures_that_require_each_other_are_done_together_and_make_no_circle() -> None:
    assert judged(named("M-15", *needs("M-16", how="requires")), named("M-16", *needs("M-15", how="requires"))) is None
    assert judged(named("M-15", *needs("M-16")), named("M-16", *needs("M-15", how="requires"))) is None


def test_a_circle_elsewhere_is_no_fault_of_a_measure_that_waits_for_it() -> None:
    others = (named("M-16", *needs("M-17")), named("M-17", *needs("M-16")))
    assert judged(named("M-15", *needs("M-16")), *others) is None


@given(st.integers(2, 8), st.integers(0, 7))
def test_a_chain_is_no_circle_until_its_end_waits_for_its_beginning(length: int, start: int) -> None:
    chain = [named(f"M-{place}", *(needs(f"M-{place - 1}") if place else ())) for place in range(length)]
    assert [judged(one, *chain) for one in chain] == [None] * length
    closed = [named("M-0", *needs(f"M-{length - 1}")), *chain[1:]]
    refusal = judged(closed[start % length], *closed)
    assert isinstance(refusal, CircularDependency)
    assert len(refusal.data["cycle"]) == length + 1


@pytest.mark.parametrize("how", [kind.value for kind in DependencyKind])
def test_no_measure_depends_on_itself(how: str) -> None:
    refusal = judged(named("M-15", *needs("M-15", how=how)))
    assert isinstance(refusal, MeasureNeedsItself) and refusal.field == "depends_on"


@pytest.mark.parametrize("how", ["after", "requires"])
def test_a_measure_does_not_exclude_what_it_needs_whoever_says_so(how: str) -> None:
    both = (*needs("M-16", how=how), *needs("M-16", how="excludes"))
    one_way = judged(named("M-15", *needs("M-16", how=how)), named("M-16", *needs("M-15", how="excludes")))
    other_way = judged(named("M-15", *needs("M-16", how="excludes")), named("M-16", *needs("M-15", how=how)))
    for refusal in (judged(named("M-15", *both), named("M-16")), one_way, other_way):
        assert isinstance(refusal, MeasureExcludesWhatItNeeds)
        assert {refusal.data["first"], refusal.data["second"]} == {
            "M-15 Leerstandsmanagement",
            "M-16 Zirkularitäts-Check",
        }
    apart = (*needs("M-16", how=how), *needs("M-17", how="excludes"))
    assert judged(named("M-15", *apart), named("M-16"), named("M-17")) is None


@pytest.mark.parametrize(
    ("earliest_start", "latest_end", "fits"),
    [
        ("2027-01", "2027-11-30", True),
        ("2027-02-10", "2027-11-30", False),
        ("2027", "2027", True),
        ("2027-03", None, True),
        (None, "2027-03", True),
    ],
)
def test_a_measure_is_no_longer_than_its_window_as_far_as_its_dates_are_sure(
    earliest_start: str | None, latest_end: str | None, fits: bool
) -> None:
    window = {"earliest_start": earliest_start, "latest_end": latest_end}
    refusal = judged(named("M-15", starts="2027-01", ends="2027-12", **window))
    assert (refusal is None) == fits
    assert fits or (isinstance(refusal, MeasureLongerThanWindow) and refusal.field == "latest_end")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"period": "2026-12"}, "period"),
        ({"period": "2026-Q4", "until": "2027-Q1"}, "period"),
        ({"period": "2027-Q4", "until": "2028-Q1"}, "until"),
        ({"period": "2028-01"}, "period"),
    ],
)
def test_a_demand_outside_its_measure_is_refused_at_the_end_that_lies_outside(
    store: Store, me: Person, now: datetime, over: dict[str, str], field: str
) -> None:
    stored(store, me, now, a_capacity_group(), named("M-15", starts="2027-01-15", ends="2027"))
    with pytest.raises(DemandOutsideMeasure) as refused:
        add_record(store, a_resource_demand(**over), by=me, at=now)
    assert refused.value.data["field"] == field
    assert "Leerstandsmanagement" in refusal_sentence(refused.value, "de")
    assert store.current("resource_demand") == ()


@pytest.mark.parametrize(
    "measure", [named("M-15", starts=None, ends=None), named("M-15", starts="2027-03-31", ends="2027")]
)
def test_a_demand_is_taken_where_it_may_lie_within_its_measure(
    store: Store, me: Person, now: datetime, measure: Measure
) -> None:
    stored(store, me, now, a_capacity_group(), measure, a_resource_demand(until="2027-Q4"))
    assert len(store.current("resource_demand")) == 1


@pytest.mark.parametrize(("over", "field"), [({"starts": "2027-04"}, "starts"), ({"ends": "2026-12"}, "ends")])
def test_a_measure_does_not_leave_its_demands_behind(
    store: Store, me: Person, now: datetime, over: dict[str, str], field: str
) -> None:
    stored(store, me, now, a_capacity_group(), named("M-15"), a_resource_demand())
    with pytest.raises(DemandWouldLieOutside) as refused:
        revise_record(store, named("M-15", **over), 1, by=me, at=now, reason="verschoben")
    assert (refused.value.data["field"], refused.value.data["id"]) == (field, "RB-M-15")
    assert revise_record(store, named("M-15", ends="2027-02"), 1, by=me, at=now, reason="gekürzt") == 2


@pytest.mark.parametrize(
    ("over", "field"),
    [({"fte": 0}, "fte"), ({"absence_share": 1}, "absence_share"), ({"base_load_share": 1}, "base_load_share")],
)
def test_a_group_that_never_has_time_is_refused_at_the_field_that_takes_it(over: dict[str, float], field: str) -> None:
    with pytest.raises(GroupWithoutTime) as refused:
        check_group(a_capacity_group(**over))
    assert refused.value.data["field"] == field
    check_group(a_capacity_group(fte=0, posts=(Post(fte=0.5),)))
    check_group(a_capacity_group(absence_share=0.99, base_load_share=0.99))


@pytest.mark.parametrize(
    ("over", "since"),
    [
        ({"posts": (Post(fte=1, leaves="2026-10"),)}, date(2026, 11, 1)),
        ({"posts": (Post(fte=1, leaves="2026"),), "first_quarter": "2027-Q1"}, None),
        ({"posts": (Post(fte=1, enters="2027-04"),), "last_quarter": "2027-Q1"}, None),
    ],
)
def test_posts_that_are_over_give_a_group_no_time(over: dict[str, Any], since: date | None) -> None:
    with pytest.raises(GroupWithoutTime) as refused:
        check_group(a_capacity_group(fte=0, **over), since)
    assert refused.value.data["field"] == "posts"


@pytest.mark.parametrize(
    ("post", "since"),
    [
        (Post(fte=1, leaves="2026-11"), date(2026, 11, 30)),
        (Post(fte=1, enters="2030"), date(2026, 11, 30)),
        (Post(fte=1, leaves="2020"), None),
    ],
)
def test_a_post_that_is_there_for_a_single_day_gives_time(post: Post, since: date | None) -> None:
    check_group(a_capacity_group(fte=0, posts=(post,)), since)
    check_group(a_capacity_group(fte=0.1, posts=(Post(fte=1, leaves="2020"),)), since)


def test_a_stored_group_whose_last_post_is_over_can_still_be_renamed(store: Store, me: Person) -> None:
    group = a_capacity_group(fte=0, posts=(Post(fte=1, leaves="2026-12"),))
    add_record(store, group, by=me, at=datetime(2026, 11, 24))
    later = datetime(2027, 11, 24)
    renamed = group.model_copy(update={"title": "Früheres Team"})
    assert revise_record(store, renamed, 1, by=me, at=later, reason="Name") == 2
    with pytest.raises(GroupWithoutTime):
        add_record(store, group.model_copy(update={"id": "KG-NEU"}), by=me, at=later)


def test_a_group_without_time_that_is_stored_already_is_still_read(store: Store, now: datetime) -> None:
    with store.change(by="Amt", at=now, action="import_plan") as writing:
        writing.add([a_capacity_group(fte=0)])
    assert store.newest("capacity_group", "KG-PROJEKTE").record == a_capacity_group(fte=0)


def problems(store: Store, now: datetime, *records: Record) -> list[tuple[str, str]]:
    with pytest.raises(PlanFileBroken) as refused:
        preview_import(store, plan_document(records), today=now.date())
    return [(path, rule) for _line, path, rule, _data in refused.value.data["problems"]]


def test_a_plan_file_is_held_to_the_same_rules_at_the_same_fields(store: Store, now: datetime) -> None:
    circle = (named("M-15", *needs("M-16")), named("M-16", *needs("M-15")))
    assert problems(store, now, *circle) == [
        ("records.measure.0.depends_on", "circular_dependency"),
        ("records.measure.1.depends_on", "circular_dependency"),
    ]
    early = a_resource_demand(period="2020-Q1")
    assert problems(store, now, a_capacity_group(), named("M-15"), early) == [
        ("records.resource_demand.0.period", "demand_outside_measure")
    ]
    assert problems(store, now, a_capacity_group(fte=0)) == [("records.capacity_group.0.fte", "group_without_time")]


def test_a_plan_file_does_not_move_a_measure_away_from_a_demand_that_it_does_not_name(
    store: Store, me: Person, now: datetime
) -> None:
    stored(store, me, now, a_capacity_group(), named("M-15"), a_resource_demand())
    late = named("M-15", starts="2028-01", ends="2028")
    assert problems(store, now, late) == [("records.measure.0.starts", "demand_would_lie_outside")]
    both = plan_document([late, a_resource_demand(period="2028-Q1")])
    done = import_plan(store, both, by=me, at=now, today=now.date(), reason="verschoben")
    assert len(done.changed) == 2


def test_a_plan_file_that_says_quarter_is_imported_as_before(store: Store, me: Person, now: datetime) -> None:
    document = plan_document([a_goal(), a_measure(), a_capacity_group(), a_resource_demand()])
    former = write_plan(document).replace('"period":', '"quarter":')
    assert former != write_plan(document)
    import_plan(store, read_plan(former), by=me, at=now, today=now.date())
    assert [entry.record for entry in store.current("resource_demand")] == [a_resource_demand()]
