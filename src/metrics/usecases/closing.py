"""Periods that are closed: what is still missing before one, closing, reopening, and what a closed one refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from metrics.domain.expected import expected_ends
from metrics.domain.indicators import Indicator, Observation, Reading
from metrics.domain.refusals import (
    PeriodAlreadyClosed,
    PeriodClosed,
    PeriodNotClosed,
    PeriodNotOver,
    StepNeedsReason,
)
from metrics.domain.upkeep import Gap, Lacking, LockState, PeriodLock
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.waiting import pending_readings, released_reading


@dataclass(frozen=True, slots=True)
class Missing:
    """What an indicator lacks within a span: the ends of the periods that are concerned, oldest first."""

    indicator_id: str
    lacking: Lacking
    ends: tuple[date, ...]


def missing_before(store: Store, first_day: date, last_day: date, today: date) -> list[Missing]:
    """What is missing before a span can be closed, in order of the indicators' ids.

    An active indicator with a rhythm lacks a value for a period that ends within the span, and the value is due by
    `today` (its publication lag is over); or a value for such a period waits for its release. Which periods an
    indicator has is told from its newest released value and its rhythm (`expected_ends`).
    """
    asked = {"first_day": date(first_day.year - 2, 1, 1), "last_day": last_day}
    known = {row["indicator_id"]: row for row in store.connection.rows("reading_ends", asked)}
    waiting: dict[str, set[date]] = {}
    for found in pending_readings(store):
        if first_day <= found.reading.period_end <= last_day:
            waiting.setdefault(found.reading.indicator_id, set()).add(found.reading.period_end)
    gaps = []
    for indicator in store.records(Indicator):
        row, unreleased = known.get(indicator.id), waiting.get(indicator.id, set())
        bounds = (row["first_end"], row["newest_end"]) if row else None
        ends = [*((row["ends"] or ()) if row else ()), *unreleased]
        absent = expected_ends(indicator, bounds, ends, (first_day, last_day), today)
        if absent:
            gaps.append(Missing(indicator.id, Lacking.no_value, absent))
        if unreleased:
            gaps.append(Missing(indicator.id, Lacking.not_released, tuple(sorted(unreleased))))
    return gaps


def close_period(
    store: Store, lock: PeriodLock, *, by: Person, at: datetime, today: date, reason: str | None = None
) -> int:
    """Close a period and return the lock's version; what is missing on that day is kept in it.

    One that was reopened is closed again under its id. Raises NotAllowed, PeriodNotOver, PeriodAlreadyClosed, and
    StepNeedsReason where something is missing and nobody says why it is closed all the same.
    """
    require(by, Right.close_periods)
    if lock.last_day > today:
        raise PeriodNotOver(last_day=lock.last_day, today=today)
    with store.change(by=by.name, at=at, action="close_period", reason=reason) as writing:
        missing = missing_before(store, lock.first_day, lock.last_day, today)
        if missing and not (reason or "").strip():
            raise StepNeedsReason()
        gaps = tuple(Gap(indicator_id=one.indicator_id, lacking=one.lacking) for one in missing)
        closed = lock.model_copy(update={"state": LockState.closed, "gaps": gaps})
        earlier = store.versions(PeriodLock.kind, lock.id)
        if not earlier:
            writing.add([closed])
            return 1
        before = earlier[-1].record
        if isinstance(before, PeriodLock) and before.state is LockState.closed:
            raise PeriodAlreadyClosed(title=before.title)
        return writing.revise(closed, earlier[-1].version)


def reopen_period(store: Store, lock_id: str, expected_version: int, *, by: Person, at: datetime, reason: str) -> int:
    """Reopen a closed period and return the lock's version.

    Raises NotAllowed, RecordNotFound, StepNeedsReason, PeriodNotClosed, SomebodyElseWasFaster.
    """
    require(by, Right.close_periods)
    if not reason.strip():
        raise StepNeedsReason()
    lock = store.newest(PeriodLock.kind, lock_id).record
    assert isinstance(lock, PeriodLock)
    with store.change(by=by.name, at=at, action="reopen_period", reason=reason) as writing:
        if lock.state is not LockState.closed:
            raise PeriodNotClosed(title=lock.title)
        return writing.revise(lock.model_copy(update={"state": LockState.reopened}), expected_version)


def refuse_closed(store: Store, observation: Observation) -> None:
    """Raise PeriodClosed where a value must not be written: neither what it says nor what it replaces may be closed."""
    closed = [lock for lock in store.records(PeriodLock) if lock.state is LockState.closed]
    if closed:
        refuse_within(closed, observation, _standing(store, observation))


def refuse_within(locks: Iterable[PeriodLock], observation: Observation, before: Observation | None) -> None:
    """The same with locks and the value that counts today at hand, for those who ask about many values."""
    for lock in locks:
        for day in (observation.period_end, *([before.period_end] if before else [])):
            if lock.holds(day):
                told = {"title": lock.title, "first_day": lock.first_day, "last_day": lock.last_day}
                raise PeriodClosed(period_end=day, **told)


def _standing(store: Store, observation: Observation) -> Observation | None:
    """The version of a value that counts today."""
    if isinstance(observation, Reading):
        return released_reading(store, observation.id)
    versions = store.versions(observation.kind, observation.id)
    newest = versions[-1] if versions else None
    return newest.record if newest and not newest.withdrawn and isinstance(newest.record, Observation) else None
