"""The plan's records: add, revise, withdraw. One way for all kinds, with the rules that one record cannot know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from metrics.domain.base import Record
from metrics.domain.goals import Goal
from metrics.domain.indicators import Comparison, Indicator, Observation, Reading
from metrics.domain.measures import Measure
from metrics.domain.refusals import KeptByRounds, NothingChanged
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.domain.scenarios import Scenario
from metrics.domain.targets import Target
from metrics.store.ledger import Store
from metrics.store.rows import RecordT
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import (
    binds_otherwise,
    check_alone,
    check_demand,
    check_demands,
    check_fit,
    check_group,
    check_measure,
    check_no_circle,
    check_scenario,
    check_stored,
    check_target,
    check_weight,
)

RIGHT_FOR_KIND: Mapping[str, Right] = {
    "reading": Right.record_readings,
    "comparison": Right.record_readings,
    "contribution": Right.answer,
}
"""Readings may be kept by people who may not edit the plan. A contribution is corrected by those who answer it: whoever
may only comment writes a new one. Every other kind is the plan."""

KEPT_BY_ROUNDS = frozenset({"priority_round", "rating", "priority_decision"})
"""What comes about in a round only: nobody writes another's ratings, or a decision without its round."""

OBSERVED_BY: Mapping[type[Observation], str] = {
    Reading: "readings_of_indicator",
    Comparison: "comparisons_of_indicator",
}
"""The question that gives an indicator's values of each kind."""


def add_record(store: Store, record: Record, *, by: Person, at: datetime, reason: str | None = None) -> int:
    """Store a new record and return its version, 1; the same record sent twice is stored once.

    Raises NotAllowed, KeptByRounds, RecordAlreadyExists, UnknownReference, and what `check_together` raises.
    """
    _require(by, record.kind)
    earlier = store.versions(record.kind, record.id)
    if earlier and earlier[-1].record == record and not earlier[-1].withdrawn:
        return earlier[-1].version
    with store.change(by=by.name, at=at, action="add_" + record.kind, reason=reason) as writing:
        check_together(store, record)
        if isinstance(record, CapacityGroup):  # one that is stored may be kept when its last post is over
            check_group(record, at.date())
        writing.add([record])
    return 1


def revise_record(
    store: Store,
    record: Record,
    expected_version: int,
    *,
    by: Person,
    at: datetime,
    reason: str | None,
    together_with: Sequence[Record] = (),
) -> int:
    """Store the next version of a record and return it; new records it refers to are stored in the same change.

    Raises NotAllowed, KeptByRounds, SomebodyElseWasFaster (nothing is overwritten), NothingChanged, WeightNeedsReason
    (a weight changes what all totals above it say), UnknownReference, and what `check_together` raises.
    """
    _require(by, record.kind)
    newest = store.newest(record.kind, record.id)
    if newest.version == expected_version and newest.record == record and not newest.withdrawn:
        raise NothingChanged(kind=record.kind, id=record.id)
    check_weight(record, newest.record, reason)
    with store.change(by=by.name, at=at, action="revise_" + record.kind, reason=reason) as writing:
        check_together(store, record)
        writing.add(together_with)
        return writing.revise(record, expected_version)


def withdraw_record(
    store: Store, kind: str, identifier: str, expected_version: int, *, by: Person, at: datetime, reason: str
) -> int:
    """End a record; its versions stay. Raises KeptByRounds, StillReferenced while a current record refers to it."""
    _require(by, kind)
    newest = store.newest(kind, identifier)
    with store.change(by=by.name, at=at, action="withdraw_" + kind, reason=reason) as writing:
        return writing.withdraw(newest.record, expected_version)


def check_together(store: Store, record: Record) -> None:
    """Refuse a record that does not go together with those that are stored.

    Raises GoalsInACircle, OwnTerritoryCompared, StoredRecordWouldNotFit, DemandOutsideMeasure, DemandWouldLieOutside,
    GroupWithoutTime, ScenarioNeedsDecision, and what `check_measure`, `check_fit` and `check_alone` raise.
    """
    if isinstance(record, Goal):
        check_no_circle({goal.id: goal for goal in store.records(Goal)}, record)
    elif isinstance(record, Measure):
        _check_measure(store, record)
    elif isinstance(record, ResourceDemand):
        measure = _current(store, Measure, record.measure_id)
        if measure is not None:  # else the ledger says so when the record is written
            check_demand(measure, record)
    elif isinstance(record, CapacityGroup):
        check_group(record)
    elif isinstance(record, Scenario):
        check_scenario(record, _current(store, Scenario, record.id))
    elif isinstance(record, Indicator):
        before = _current(store, Indicator, record.id)
        if before and binds_otherwise(record, before):
            check_stored(record, stored_with(store, record.id))
    elif isinstance(record, Target | Observation):
        indicator = _current(store, Indicator, record.indicator_id)
        if indicator is None:  # the ledger says so when the record is written
            return
        if isinstance(record, Target):
            check_target(indicator, record)
        else:
            check_fit(indicator, record)
            check_alone(indicator, record, observations_of(store, type(record), indicator.id))


def _check_measure(store: Store, record: Measure) -> None:
    measures = {measure.id: measure for measure in store.records(Measure)} if record.depends_on else {}
    check_measure(measures, record)
    before = _current(store, Measure, record.id)
    if before is not None:
        demands = (demand for demand in store.records(ResourceDemand) if demand.measure_id == record.id)
        check_demands(record, before, demands)


def stored_with(store: Store, indicator_id: str) -> list[Observation | Target]:
    """The values and targets of an indicator, as they stand."""
    targets = [target for target in store.records(Target) if target.indicator_id == indicator_id]
    return [*targets, *(one for kind in OBSERVED_BY for one in observations_of(store, kind, indicator_id))]


def observations_of(store: Store, kind: type[Observation], indicator_id: str) -> list[Observation]:
    """The readings or comparison values of an indicator, as they stand."""
    return [entry.record for entry in store.observations(OBSERVED_BY[kind], kind, indicator_id)]


def _current(store: Store, kind: type[RecordT], identifier: str) -> RecordT | None:
    versions = store.versions(kind.kind, identifier)
    record = versions[-1].record if versions else None
    return record if isinstance(record, kind) else None


def _require(by: Person, kind: str) -> None:
    require(by, RIGHT_FOR_KIND.get(kind, Right.edit_plan))
    if kind in KEPT_BY_ROUNDS:
        raise KeptByRounds(kind=kind)
