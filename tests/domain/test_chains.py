"""Measures that wait for each other: which of them are a network, and where the order is broken."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.domain.measures import Dependency, DependencyKind, Measure, MeasureState
from metrics.domain.refusals import CircularDependency
from metrics.domain.scheduling.chains import BrokenOrder, broken_order, days_of, network_of, waits_for
from tests.plan import a_measure


def one(identifier: str, starts: str | None, ends: str | None, *after: str, **over: Any) -> Measure:
    fields = {"state": MeasureState.planned, "milestones": (), "goal_ids": (), "living_lab_id": None}
    waits = tuple(Dependency(measure_id=other) for other in after)
    return a_measure(**{**fields, "id": identifier, "starts": starts, "ends": ends, "depends_on": waits, **over})


def test_a_chain_is_as_long_as_its_measures_together_and_the_shorter_way_has_float() -> None:
    network = network_of(
        [
            one("A", "2027-01-01", "2027-01-10"),
            one("B", "2027-02-01", "2027-02-20", "A"),
            one("C", "2027-02-01", "2027-02-05", "A"),
            one("D", "2027-03-01", "2027-03-03", "B", "C"),
        ]
    )
    assert network.length == 33
    assert network.critical_paths == (("A", "B", "D"),)
    assert network.timings["C"].float_time == 15


def test_a_measure_that_nobody_waits_for_is_on_no_path_however_long_it_is() -> None:
    measures = [one("A", "2027-01", "2027-01"), one("B", "2027-02", "2027-02", "A"), one("L", "2020", "2040")]
    assert network_of(measures).critical == ("A", "B")


def test_what_has_ended_or_has_no_dates_is_in_no_network() -> None:
    ended = one("A", "2025-01", "2025-12", state=MeasureState.implemented)
    assert network_of([ended, one("B", "2027-01", "2027-02", "A")]).critical_paths == ()
    assert network_of([one("A", None, "2025-12"), one("B", "2027-01", "2027-02", "A")]).length == 0


def test_measures_that_only_exclude_or_require_each_other_do_not_wait() -> None:
    kinds = tuple(Dependency(dependency=kind, measure_id="A") for kind in DependencyKind)
    measures = {"A": one("A", "2027", "2027"), "B": one("B", "2027", "2027", depends_on=kinds)}
    assert waits_for(measures) == [("A", "B")]


def test_measures_that_wait_for_each_other_are_refused_with_the_circle() -> None:
    with pytest.raises(CircularDependency) as refusal:
        network_of([one("A", "2027-01", "2027-01", "B"), one("B", "2027-02", "2027-02", "A")])
    assert set(refusal.value.data["cycle"]) == {"A", "B"}


@pytest.mark.parametrize(
    ("ends", "starts", "days"),
    [
        ("2027-06-30", "2027-06-01", 30),
        ("2027-06-30", "2027-06-30", 1),
        ("2027-06-30", "2027-07-01", None),
        ("2027-06", "2027-06", None),
        ("2027-06", "2027-05", 2),
        ("2027", "2027-03", None),
        ("2028", "2027-03", 277),
    ],
)
def test_an_order_is_broken_only_where_the_dates_are_sure_of_it(ends: str, starts: str, days: int | None) -> None:
    found = broken_order([one("A", "2026-01", ends), one("B", starts, "2030", "A")])
    assert found == ([BrokenOrder("A", "B", days)] if days else [])


def test_waiting_for_what_was_given_up_is_broken_and_for_what_is_done_is_not() -> None:
    follower = one("B", "2027-03", "2027-12", "A")
    given_up = one("A", "2026-01", "2028-12", state=MeasureState.discontinued)
    done = one("A", "2026-01", "2028-12", state=MeasureState.implemented)
    assert broken_order([given_up, follower]) == [BrokenOrder("A", "B", None)]
    assert broken_order([done, follower]) == []


def test_days_are_counted_with_the_first_and_the_last() -> None:
    assert days_of(one("A", "2027-02-01", "2027-02-01")) == 1
    assert days_of(one("A", "2027", "2027")) == 365
    assert days_of(one("A", "2027", None)) is None
