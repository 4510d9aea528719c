"""The plan's records: add, revise, withdraw. One way for all kinds, with the rules that one record cannot know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from metrics.domain.base import Record
from metrics.domain.goals import Goal
from metrics.domain.indicators import Comparison, Indicator, Observation, Reading, ReadingState, ReleaseRule
from metrics.domain.measures import Measure
from metrics.domain.ownership import OWNED_TYPES
from metrics.domain.refusals import (
    KeptElsewhere,
    NothingChanged,
    RecordAlreadyExists,
    RecordNotFound,
    SomebodyElseWasFaster,
    StepNeedsReason,
)
from metrics.domain.release import same_content
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
    check_owned,
    check_scenario,
    check_stored,
    check_target,
    check_total,
    check_weight,
)
from metrics.usecases.closing import refuse_closed
from metrics.usecases.waiting import pending_readings

RIGHT_FOR_KIND: Mapping[str, Right] = {
    "reading": Right.record_readings,
    "comparison": Right.record_readings,
    "contribution": Right.answer,
}
"""Readings may be kept by people who may not edit the plan. A contribution is corrected by those who answer it: whoever
may only comment writes a new one. Every other kind is the plan."""


class KeptOn(StrEnum):
    """Pages on which records come about that nobody writes by hand."""

    rounds = "rounds"
    periods = "periods"


KEPT_ELSEWHERE: Mapping[str, KeptOn] = {
    "priority_round": KeptOn.rounds,
    "rating": KeptOn.rounds,
    "priority_decision": KeptOn.rounds,
    "period_lock": KeptOn.periods,
}
"""Where what nobody writes by hand comes about: another's ratings, a decision without its round, a closed period."""

OBSERVED_BY: Mapping[type[Observation], str] = {
    Reading: "readings_of_indicator",
    Comparison: "comparisons_of_indicator",
}
"""The question that gives an indicator's values of each kind."""


def add_record(store: Store, record: Record, *, by: Person, at: datetime, reason: str | None = None) -> int:
    """Store a new record and return its version, 1; the same record sent twice is stored once.

    A reading is stored in the state that its indicator's rule says, whatever state it was given.

    Raises NotAllowed, KeptElsewhere, RecordAlreadyExists, UnknownReference, and what `check_together` raises.
    """
    _require(by, record.kind)
    record = as_entered(store, record)
    if version := version_that_says(store, record):
        return version
    try:
        with store.change(by=by.name, at=at, action="add_" + record.kind, reason=reason) as writing:
            check_together(store, record)
            if isinstance(record, CapacityGroup):  # one that is stored may be kept when its last post is over
                check_group(record, at.date())
            writing.add([record])
    except RecordAlreadyExists:
        if version := version_that_says(store, record):  # sent twice at once, and the other one was faster
            return version
        raise
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

    The same version sent twice by the same person is stored once.

    Raises NotAllowed, KeptElsewhere, SomebodyElseWasFaster (nothing is overwritten), NothingChanged, WeightNeedsReason
    (a weight changes what all totals above it say), UnknownReference, and what `check_together` raises.
    """
    _require(by, record.kind)
    record, newest = as_entered(store, record), store.newest(record.kind, record.id)
    if newest.version == expected_version and _changes_nothing(record, newest.record) and not newest.withdrawn:
        raise NothingChanged(kind=record.kind, id=record.id)
    check_weight(record, newest.record, reason)
    try:
        with store.change(by=by.name, at=at, action="revise_" + record.kind, reason=reason) as writing:
            check_together(store, record)
            writing.add(together_with)
            return writing.revise(record, expected_version)
    except (RecordAlreadyExists, SomebodyElseWasFaster):
        (last,) = store.history(kind=record.kind, identifier=record.id, most=1)
        if last.change.recorded_by == by.name and version_that_says(store, record) == expected_version + 1:
            return expected_version + 1
        raise


def withdraw_record(
    store: Store, kind: str, identifier: str, expected_version: int, *, by: Person, at: datetime, reason: str
) -> int:
    """End a record; its versions stay. A value that others have to release is withdrawn by those who may release.

    Raises KeptElsewhere, StillReferenced while a current record refers to it, PeriodClosed, StepNeedsReason.
    """
    _require(by, kind)
    newest = store.newest(kind, identifier)
    if isinstance(newest.record, Reading) and release_rule(store, newest.record) is not ReleaseRule.direct:
        require(by, Right.release_readings)
        if not reason.strip():
            raise StepNeedsReason()
    with store.change(by=by.name, at=at, action="withdraw_" + kind, reason=reason) as writing:
        if isinstance(newest.record, Observation):
            refuse_closed(store, newest.record)
        return writing.withdraw(newest.record, expected_version)


def check_together(store: Store, record: Record) -> None:
    """Refuse a record that does not go together with those that are stored.

    Raises GoalsInACircle, IndicatorPartOfItself, OwnTerritoryCompared, StoredRecordWouldNotFit, DemandOutsideMeasure,
    DemandWouldLieOutside, GroupWithoutTime, ScenarioNeedsDecision, PeriodClosed, and what `check_owned`,
    `check_measure`, `check_fit` and `check_alone` raise.
    """
    if isinstance(record, OWNED_TYPES):
        check_owned(record, _in_force(store, record))
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
        if record.total_id:
            check_total({one.id: one for one in store.records(Indicator)}, record)
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
            refuse_closed(store, record)
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
    """The readings or comparison values of an indicator, as they stand, and readings that wait for their release."""
    standing = [entry.record for entry in store.observations(OBSERVED_BY[kind], kind, indicator_id)]
    waiting = pending_readings(store, indicator_id) if kind is Reading else []
    return [*standing, *(found.reading for found in waiting)]


def release_rule(store: Store, reading: Reading) -> ReleaseRule:
    """How many have to see the indicator's values before they count; raises RecordNotFound."""
    indicator = _current(store, Indicator, reading.indicator_id)
    if indicator is None:
        raise RecordNotFound(kind=Indicator.kind, id=reading.indicator_id)
    return indicator.release_rule


def as_entered(store: Store, record: RecordT) -> RecordT:
    """A record as it is written down: a reading in the first state that its indicator's rule says."""
    if not isinstance(record, Reading) or not store.versions(Indicator.kind, record.indicator_id):
        return record  # where a reference leads nowhere, the ledger says so
    return record.model_copy(update={"state": release_rule(store, record).first_state})


def version_that_says(store: Store, record: Record) -> int:
    """The newest version of a record if it says the same already, 0 if it does not or there is none."""
    versions = store.versions(record.kind, record.id)
    said = versions and not versions[-1].withdrawn and says_the_same(record, versions[-1].record)
    return versions[-1].version if said else 0


def says_the_same(record: Record, other: Record) -> bool:
    """Whether two records are equal; of readings whatever their states."""
    if isinstance(record, Reading) and isinstance(other, Reading):
        return same_content(record, other)
    return record == other


def _changes_nothing(record: Record, newest: Record) -> bool:
    """Whether a record would be stored as it is; a returned value may be handed in again as it was."""
    if isinstance(newest, Reading) and newest.state is ReadingState.released:
        return says_the_same(record, newest)
    return record == newest


def _in_force(store: Store, record: Record) -> Record | None:
    """The record as it stands, None if there is none or it was withdrawn."""
    versions = store.versions(record.kind, record.id)
    return versions[-1].record if versions and not versions[-1].withdrawn else None


def _current(store: Store, kind: type[RecordT], identifier: str) -> RecordT | None:
    versions = store.versions(kind.kind, identifier)
    record = versions[-1].record if versions else None
    return record if isinstance(record, kind) else None


def _require(by: Person, kind: str) -> None:
    require(by, RIGHT_FOR_KIND.get(kind, Right.edit_plan))
    if kind in KEPT_ELSEWHERE:
        raise KeptElsewhere(kind=kind, kept_on=KEPT_ELSEWHERE[kind])
