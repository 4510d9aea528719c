"""Readings: record a new one, correct an old one. A correction is a new version, never an overwriting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from metrics.domain.context import Source
from metrics.domain.history import Recorded
from metrics.domain.indicators import Basis, Comparison, Indicator, Observation, PeriodKind, Reading
from metrics.domain.refusals import (
    PeriodDoesNotFitBasis,
    ReadingAlreadyRecorded,
    ReadingInTheFuture,
    ValueOutsideNaturalBounds,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.planning import revise_record

FITTING_PERIODS: dict[Basis, frozenset[PeriodKind]] = {
    Basis.reference_day: frozenset(PeriodKind) - {PeriodKind.span},
    Basis.month: frozenset({PeriodKind.month}),
    Basis.annual_average: frozenset({PeriodKind.year}),
    Basis.year: frozenset({PeriodKind.year}),
    Basis.school_year: frozenset({PeriodKind.school_year}),
    Basis.span: frozenset(PeriodKind),
}
"""Which periods a reading may name, by what the indicator's values stand for: month and year never share a series.

A source often names only the month or the year of a reference day.
"""


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

    The same reading sent twice, with the same id and content, is stored once. Raises NotAllowed, ReadingInTheFuture,
    PeriodDoesNotFitBasis, ValueOutsideNaturalBounds, ReadingAlreadyRecorded, UnknownReference.
    """
    require(by, Right.record_readings)
    earlier = store.versions(reading.kind, reading.id)
    if earlier and earlier[-1].record == reading and not earlier[-1].withdrawn:
        return earlier[-1].version
    indicator = store.newest("indicator", reading.indicator_id).record
    assert isinstance(indicator, Indicator)
    check_plausible(indicator, reading, today)
    with store.change(by=by.name, at=at, action="record_reading", reason=reason) as writing:
        _refuse_second(store, reading)
        writing.add([new_source, reading] if new_source else [reading])
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

    Raises what `record_reading` raises, and SomebodyElseWasFaster, NothingChanged.
    """
    require(by, Right.record_readings)
    indicator = store.newest("indicator", reading.indicator_id).record
    assert isinstance(indicator, Indicator)
    check_plausible(indicator, reading, today)
    _refuse_second(store, reading)
    together = [new_source] if new_source else []
    return revise_record(store, reading, expected_version, by=by, at=at, reason=reason, together_with=together)


def check_plausible(indicator: Indicator, reading: Observation, today: date) -> None:
    """Refuse what cannot be right: a period that has not ended, a period of the wrong length, an impossible value."""
    if reading.period_end > today:
        raise ReadingInTheFuture(period_end=reading.period_end, today=today)
    if reading.period_kind not in FITTING_PERIODS[indicator.basis]:
        raise PeriodDoesNotFitBasis(period_kind=reading.period_kind, basis=indicator.basis)
    low, high = indicator.natural_minimum, indicator.natural_maximum
    if (low is not None and reading.value < low) or (high is not None and reading.value > high):
        raise ValueOutsideNaturalBounds(value=reading.value, minimum=low, maximum=high, unit=indicator.unit)


def readings_of(store: Store, indicator_id: str) -> list[Recorded[Reading]]:
    """All readings of an indicator in their newest version, every vintage, oldest period first."""
    return store.observations("readings_of_indicator", Reading, indicator_id)


def comparisons_of(store: Store, indicator_id: str) -> list[Recorded[Comparison]]:
    """All comparison values of an indicator in their newest version, by territory and period."""
    return store.observations("comparisons_of_indicator", Comparison, indicator_id)


def _refuse_second(store: Store, reading: Reading | Comparison) -> None:
    """One reading for each period and vintage; sources of comparison values may differ and stand side by side."""
    if not isinstance(reading, Reading):
        return
    same: Sequence[Recorded[Reading]] = [
        other
        for other in readings_of(store, reading.indicator_id)
        if (other.record.period_start, other.record.period_end, other.record.vintage)
        == (reading.period_start, reading.period_end, reading.vintage)
        and other.record.id != reading.id
    ]
    if same:
        found = same[0].record
        raise ReadingAlreadyRecorded(
            indicator_id=found.indicator_id,
            reading_id=found.id,
            period_start=found.period_start,
            period_end=found.period_end,
            period_kind=found.period_kind,
            value=found.value,
        )
