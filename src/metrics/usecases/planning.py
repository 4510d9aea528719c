"""The plan's records: add, revise, withdraw. One way for all kinds, with the rules that one record cannot know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from metrics.domain.base import Record
from metrics.domain.goals import Goal
from metrics.domain.refusals import GoalsInACircle, NothingChanged, ReasonMissing
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require

RIGHT_FOR_KIND: Mapping[str, Right] = {"reading": Right.record_readings, "comparison": Right.record_readings}
"""Readings may be kept by people who may not edit the plan; every other kind is the plan."""


def add_record(store: Store, record: Record, *, by: Person, at: datetime, reason: str | None = None) -> int:
    """Store a new record and return its version, 1; the same record sent twice is stored once.

    Raises NotAllowed, RecordAlreadyExists, UnknownReference, GoalsInACircle.
    """
    require(by, _right(record.kind))
    earlier = store.versions(record.kind, record.id)
    if earlier and earlier[-1].record == record and not earlier[-1].withdrawn:
        return earlier[-1].version
    with store.change(by=by.name, at=at, action="add_" + record.kind, reason=reason) as writing:
        _check(store, record)
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

    Raises NotAllowed, SomebodyElseWasFaster (nothing is overwritten), NothingChanged, ReasonMissing (a weight changes
    what all totals above say), UnknownReference, GoalsInACircle.
    """
    require(by, _right(record.kind))
    newest = store.newest(record.kind, record.id)
    if newest.version == expected_version and newest.record == record and not newest.withdrawn:
        raise NothingChanged(kind=record.kind, id=record.id)
    if _weight(record) != _weight(newest.record) and not (reason or "").strip():
        raise ReasonMissing(changed=1)
    with store.change(by=by.name, at=at, action="revise_" + record.kind, reason=reason) as writing:
        _check(store, record)
        writing.add(together_with)
        return writing.revise(record, expected_version)


def withdraw_record(
    store: Store, kind: str, identifier: str, expected_version: int, *, by: Person, at: datetime, reason: str
) -> int:
    """End a record; its versions stay. Raises StillReferenced while a current record refers to it."""
    require(by, _right(kind))
    newest = store.newest(kind, identifier)
    with store.change(by=by.name, at=at, action="withdraw_" + kind, reason=reason) as writing:
        return writing.withdraw(newest.record, expected_version)


def check_no_circle(goals: Mapping[str, Goal], changed: Goal) -> None:
    """Raise GoalsInACircle if the changed goal would be its own ancestor."""
    parents = {identifier: goal.parent_ids for identifier, goal in goals.items()} | {changed.id: changed.parent_ids}
    trails = [[changed.id]]
    while trails:
        trail = trails.pop()
        for parent in parents.get(trail[-1], ()):
            if parent == changed.id:
                raise GoalsInACircle(path=[*trail, parent])
            if parent not in trail:
                trails.append([*trail, parent])


def _check(store: Store, record: Record) -> None:
    if isinstance(record, Goal):
        check_no_circle({goal.id: goal for goal in store.records(Goal)}, record)


def _weight(record: Record) -> object:
    return getattr(record, "weight", None)


def _right(kind: str) -> Right:
    return RIGHT_FOR_KIND.get(kind, Right.edit_plan)
