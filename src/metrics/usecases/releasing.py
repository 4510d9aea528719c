"""The way of a value from draft to released: check, release, return, give up.

With four eyes (`ReleaseRule.four_eyes`) any colleague with the right to check releases a draft. Where one checks and
one releases (`checked_and_released`), a colleague checks it and a third person with the right to release lets it
through. Whoever entered a value does neither. A released version is never changed; a later released version takes its
place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from metrics.domain.indicators import Indicator, Reading, ReadingState, ReleaseRule
from metrics.domain.refusals import (
    CheckerDoesNotRelease,
    NotYourDraft,
    OwnValueNotReleased,
    SomebodyElseWasFaster,
    StepNeedsReason,
    WrongReleaseStep,
)
from metrics.domain.release import Pending
from metrics.store.ledger import Store, Writing
from metrics.usecases.access import Person, Right, require
from metrics.usecases.planning import check_together
from metrics.usecases.waiting import pending_readings

_OPEN = frozenset({ReadingState.draft, ReadingState.checked})


def check_reading(store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime) -> int:
    """A colleague finds a draft right: it is checked and waits for its release. Returns its version.

    Only where one checks and one releases. Raises NotAllowed, RecordNotFound, SomebodyElseWasFaster, WrongReleaseStep,
    OwnValueNotReleased, and what `check_together` raises (PeriodClosed).
    """
    require(by, Right.check_readings)
    with _step(store, identifier, expected_version, by, at, "check_reading") as (writing, found, indicator):
        if indicator.release_rule is not ReleaseRule.checked_and_released:
            raise _wrong(indicator, found.reading)
        _refuse_unless(found, indicator, frozenset({ReadingState.draft}))
        _refuse_own(found, indicator, by)
        return _go_on(store, writing, found, ReadingState.checked)


def release_reading(store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime) -> int:
    """Let a value through: from now on it counts. Returns its version.

    Where one checks and one releases, it must be checked, and whoever releases it needs the right to release and is a
    third person; else any colleague with the right to check releases a draft. Raises NotAllowed, RecordNotFound,
    SomebodyElseWasFaster, WrongReleaseStep, OwnValueNotReleased, CheckerDoesNotRelease, and what `check_together`
    raises (PeriodClosed).
    """
    require(by, Right.check_readings)
    with _step(store, identifier, expected_version, by, at, "release_reading") as (writing, found, indicator):
        of_three = indicator.release_rule is ReleaseRule.checked_and_released
        if of_three:
            require(by, Right.release_readings)
        _refuse_unless(found, indicator, frozenset({ReadingState.checked}) if of_three else _OPEN)
        _refuse_own(found, indicator, by)
        if of_three and found.step_by == by.name:
            raise CheckerDoesNotRelease(title=indicator.title)
        return _go_on(store, writing, found, ReadingState.released)


def return_reading(
    store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime, reason: str
) -> int:
    """Hand a value back to whoever entered it, who sees the reason. Returns its version.

    It is handed in again by `correct_reading`. Raises NotAllowed, RecordNotFound, StepNeedsReason,
    SomebodyElseWasFaster, WrongReleaseStep, OwnValueNotReleased (one's own value is given up instead).
    """
    require(by, Right.check_readings)
    _refuse_without(reason)
    with _step(store, identifier, expected_version, by, at, "return_reading", reason) as (writing, found, indicator):
        _refuse_unless(found, indicator, _OPEN)
        _refuse_own(found, indicator, by)
        return writing.revise(_as(found.reading, ReadingState.returned), found.entry.version)


def give_up_reading(
    store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime, reason: str
) -> int:
    """End the waiting of a value that was never let through. Returns its version.

    A new value is withdrawn. Of a correction the released version is written down once more, so that the newest version
    is again what counts. It is up to whoever entered it, or to those who may release where that person has left. Raises
    NotAllowed, RecordNotFound, StepNeedsReason, SomebodyElseWasFaster, WrongReleaseStep, NotYourDraft.
    """
    require(by, Right.record_readings)
    _refuse_without(reason)
    with _step(store, identifier, expected_version, by, at, "give_up_reading", reason) as (writing, found, indicator):
        if found.entered_by != by.name and not by.may(Right.release_readings):
            raise NotYourDraft(title=indicator.title)
        if found.released is None:
            return writing.withdraw(found.reading, found.entry.version)
        return writing.revise(found.released, found.entry.version)


@contextmanager
def _step(
    store: Store, identifier: str, expected: int, by: Person, at: datetime, action: str, reason: str | None = None
) -> Iterator[tuple[Writing, Pending, Indicator]]:
    """One step as one change: the value as it waits and its indicator; nobody else writes meanwhile."""
    with store.change(by=by.name, at=at, action=action, reason=reason) as writing:
        newest = store.newest(Reading.kind, identifier)
        if newest.version != expected:
            told = {"kind": Reading.kind, "id": identifier}
            raise SomebodyElseWasFaster(expected=expected, actual=newest.version, **told)
        assert isinstance(newest.record, Reading)
        indicator = store.newest(Indicator.kind, newest.record.indicator_id).record
        assert isinstance(indicator, Indicator)
        waiting = pending_readings(store, indicator.id)
        found = next((one for one in waiting if one.reading.id == identifier), None)
        if found is None:
            raise _wrong(indicator, newest.record)
        yield writing, found, indicator


def _go_on(store: Store, writing: Writing, found: Pending, state: ReadingState) -> int:
    record = _as(found.reading, state)
    check_together(store, record)
    return writing.revise(record, found.entry.version)


def _as(reading: Reading, state: ReadingState) -> Reading:
    return reading.model_copy(update={"state": state})


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise StepNeedsReason()


def _refuse_unless(found: Pending, indicator: Indicator, states: frozenset[ReadingState]) -> None:
    if found.reading.state not in states:
        raise _wrong(indicator, found.reading)


def _refuse_own(found: Pending, indicator: Indicator, by: Person) -> None:
    if found.entered_by == by.name:
        raise OwnValueNotReleased(title=indicator.title)


def _wrong(indicator: Indicator, reading: Reading) -> WrongReleaseStep:
    return WrongReleaseStep(title=indicator.title, reading_state=reading.state)
