"""Readings: record a new one, correct an old one. A correction is a new version, never an overwriting."""

from __future__ import annotations

from datetime import date, datetime

from metrics.domain.context import Source
from metrics.domain.history import Recorded
from metrics.domain.indicators import Comparison, Indicator, Reading
from metrics.domain.refusals import RecordAlreadyExists
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_observation
from metrics.usecases.planning import as_entered, check_together, revise_record, version_that_says


def record_reading(
    store: Store,
    reading: Reading | Comparison,
    *,
    by: Person,
    at: datetime,
    today: date,
    reason: str | None = None,
    new_source: Source | None = None,
) -> int:
    """Store a new reading (or comparison value) and return its version, 1; a new source of it in the same change.

    It is stored in the state that the indicator's rule says, whatever state it was given: only where values count at
    once it counts. The same reading sent twice, with the same id and content, is stored once.

    Raises NotAllowed, UnknownReference, and what `check_observation` and `check_together` raise.
    """
    require(by, Right.record_readings)
    reading = as_entered(store, reading)
    if version := version_that_says(store, reading):
        return version
    indicator = store.newest("indicator", reading.indicator_id).record
    assert isinstance(indicator, Indicator)
    check_observation(indicator, reading, today)
    try:
        with store.change(by=by.name, at=at, action="record_reading", reason=reason) as writing:
            check_together(store, reading)
            writing.add([new_source, reading] if new_source else [reading])
    except RecordAlreadyExists:
        if version := version_that_says(store, reading):  # sent twice at once, and the other one was faster
            return version
        raise
    return 1


def correct_reading(
    store: Store,
    reading: Reading | Comparison,
    expected_version: int,
    *,
    by: Person,
    at: datetime,
    today: date,
    reason: str,
    new_source: Source | None = None,
) -> int:
    """Store a corrected reading as the next version, with the reason, and return that version.

    Where others have to release it, it waits beside the released version, which counts until then; what was returned is
    handed in again the same way.

    Raises what `record_reading` raises, and SomebodyElseWasFaster, NothingChanged.
    """
    require(by, Right.record_readings)
    indicator = store.newest("indicator", reading.indicator_id).record
    assert isinstance(indicator, Indicator)
    check_observation(indicator, reading, today)
    together = [new_source] if new_source else []
    return revise_record(store, reading, expected_version, by=by, at=at, reason=reason, together_with=together)


def readings_of(store: Store, indicator_id: str) -> list[Recorded[Reading]]:
    """All readings of an indicator in their newest released version, every vintage, oldest period first."""
    return store.observations("readings_of_indicator", Reading, indicator_id)


def comparisons_of(store: Store, indicator_id: str) -> list[Recorded[Comparison]]:
    """All comparison values of an indicator in their newest version, by territory and period."""
    return store.observations("comparisons_of_indicator", Comparison, indicator_id)
