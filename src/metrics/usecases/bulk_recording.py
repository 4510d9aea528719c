"""Many values at once: all of them in one change, or none and a sentence for each that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, PeriodKind, Reading
from metrics.domain.refusals import (
    BulkRefused,
    ReasonMissing,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
)
from metrics.store.ledger import Store, Writing
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_alone, check_observation
from metrics.usecases.planning import check_together


@dataclass(frozen=True, slots=True)
class BulkEntry:
    """A value for an indicator and a period, and the version that it follows: 0 for a new reading.

    `reading_id` is that of the stored reading; for a new one it follows from the draft it was typed in, so that the
    same draft sent twice is stored once. A source or note that is not given stays what it was.
    """

    reading_id: str
    indicator_id: str
    period_start: date
    period_end: date
    period_kind: PeriodKind
    value: float
    version: int = 0
    source_id: str | None = None
    note: str | None = None


class CellRefusal(NamedTuple):
    """The number of an entry, from 0, and why it was refused."""

    entry: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class BulkStored:
    """How many readings were written: new ones and corrected ones."""

    new: int = 0
    corrected: int = 0


class _NothingToWrite(Exception):
    """Everything is stored already: the change that was begun is given up."""


def record_many(
    store: Store,
    entries: Sequence[BulkEntry],
    *,
    by: Person,
    at: datetime,
    today: date,
    reason: str | None = None,
) -> BulkStored:
    """Store all entries in one change, or nothing; returns how many readings were written.

    An entry that says what is stored already is passed over: the same entries sent twice are stored once. A value
    enters in the state that its indicator's rule says. Raises NotAllowed, ReasonMissing (a stored value would change),
    and BulkRefused with all entries that were refused: those whose reading has another version by now, and those that
    `check_observation` or `check_together` refuse.
    """
    require(by, Right.record_readings)
    try:
        with store.change(by=by.name, at=at, action="record_many", reason=reason) as writing:
            return _write(store, writing, entries, today, reason)
    except _NothingToWrite:
        return BulkStored()


def _write(store: Store, writing: Writing, entries: Sequence[BulkEntry], today: date, reason: str | None) -> BulkStored:
    """Inside a change nobody else writes: what is judged here still holds when it is stored."""
    new: list[Reading] = []
    changed: list[tuple[Reading, int]] = []
    refused: list[CellRefusal] = []
    together: dict[str, list[Reading]] = {}
    for number, entry in enumerate(entries):
        try:
            found = _record(store, entry)
            if found is None:
                continue
            record, version = found
            _check(store, record, together.setdefault(record.indicator_id, []), today)
        except Refusal as refusal:
            refused.append(CellRefusal(number, refusal))
            continue
        together[record.indicator_id].append(record)
        if version:
            changed.append((record, version))
        else:
            new.append(record)
    if refused:
        raise BulkRefused(refused=tuple(refused), total=len(entries))
    if not new and not changed:
        raise _NothingToWrite
    if changed and not (reason or "").strip():
        raise ReasonMissing(changed=len(changed))
    writing.write_all(new, changed)
    return BulkStored(len(new), len(changed))


def _record(store: Store, entry: BulkEntry) -> tuple[Reading, int] | None:
    """The reading that an entry asks for and the version it follows; None where it is stored already."""
    versions = store.versions(Reading.kind, entry.reading_id)
    newest: Recorded[Reading] | None = versions[-1] if versions else None  # type: ignore[assignment]
    if newest is not None and not newest.withdrawn and _says(newest.record, entry):
        return None
    actual = newest.version if newest else 0
    if actual != entry.version:
        told = {"kind": Reading.kind, "id": entry.reading_id, "expected": entry.version, "actual": actual}
        raise SomebodyElseWasFaster(**told)
    if newest is not None and newest.withdrawn:
        raise RecordNotFound(kind=Reading.kind, id=entry.reading_id)
    state = _indicator(store, entry.indicator_id).release_rule.first_state
    fields = {"value": entry.value, "state": state} | {
        name: given for name in ("source_id", "note") if (given := getattr(entry, name)) is not None
    }
    before = newest.record.model_dump() if newest else _named(entry)
    return Reading.model_validate(before | fields), actual


def _named(entry: BulkEntry) -> dict[str, object]:
    names = ("indicator_id", "period_start", "period_end", "period_kind")
    return {"id": entry.reading_id} | {name: getattr(entry, name) for name in names}


def _says(record: Reading, entry: BulkEntry) -> bool:
    """Whether a stored reading says what an entry says."""
    given = (("source_id", entry.source_id), ("note", entry.note))
    return record.value == entry.value and all(
        wanted is None or getattr(record, name) == wanted for name, wanted in given
    )


def _indicator(store: Store, identifier: str) -> Indicator:
    newest = store.newest(Indicator.kind, identifier)
    assert isinstance(newest.record, Indicator)
    return newest.record


def _check(store: Store, record: Reading, beside: Sequence[Reading], today: date) -> None:
    """Refuse what cannot be stored, or not together with what the same entries bring."""
    indicator = _indicator(store, record.indicator_id)
    check_observation(indicator, record, today)
    check_together(store, record)
    check_alone(indicator, record, beside)
