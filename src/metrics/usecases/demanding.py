"""The demand of a measure, edited as a grid: all changed cells are stored in one change, or none of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from pydantic import ValidationError

from metrics.domain.demand_cells import (
    EMPTY,
    MOST_DAYS,
    DemandCell,
    Place,
    demand_cells,
    rearranged,
    same_days,
)
from metrics.domain.history import Recorded
from metrics.domain.measures import Measure
from metrics.domain.refusals import DemandCellsChanged, DemandOutOfRange, ReasonMissing
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_demand
from metrics.usecases.planning import check_together


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell of the grid shall say, in person-days (None: nothing any more), and how it was when it was edited."""

    group_id: str
    period: str
    person_days: float | None
    seen: DemandCell = EMPTY

    @property
    def place(self) -> Place:
        """Group and period."""
        return self.group_id, self.period


@dataclass(frozen=True, slots=True)
class Stored:
    """How many demands a save wrote: new ones, changed ones, and those that ended."""

    new: int = 0
    revised: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class _Writes:
    """What a save writes; with the version that each record follows."""

    new: tuple[ResourceDemand, ...] = ()
    revised: tuple[tuple[ResourceDemand, int], ...] = ()
    withdrawn: tuple[tuple[ResourceDemand, int], ...] = ()

    @property
    def told(self) -> Stored:
        return Stored(len(self.new), len(self.revised), len(self.withdrawn))


class _NothingLeft(Exception):
    """Somebody else stored the same in between: the change that was begun is given up."""


def demand_grid(
    store: Store, measure_id: str, group_ids: Sequence[str], periods: Sequence[str], *, by: Person
) -> dict[Place, DemandCell]:
    """The cells of a measure by (group id, period), row by row; `periods` are all quarters or all months.

    Raises NotAllowed.
    """
    require(by, Right.read_plan)
    return demand_cells(_demands(store), measure_id, group_ids, periods)


def save_demands(
    store: Store,
    measure_id: str,
    changes: Iterable[CellChange],
    *,
    by: Person,
    at: datetime,
    reason: str | None = None,
) -> Stored:
    """Store all changed cells of a measure in one change, or nothing; returns how many records were written.

    A cell that says already what it shall say is passed over, so that the same changes sent twice are stored once. A
    new cell becomes a record whose id follows from measure, group and period. Where records of several periods lie
    behind a cell, see `rearranged`. Changes are all of quarters or all of months.

    Raises NotAllowed, RecordNotFound (no such measure), DemandOutOfRange, DemandOutsideMeasure, DemandCellsChanged (a
    cell is not as it was seen; nothing is overwritten), ReasonMissing (something stored would change), and what
    `check_together` raises.
    """
    require(by, Right.edit_plan)
    wanted = list({change.place: change for change in changes}.values())
    if _writes(store, measure_id, wanted, reason) == _Writes():
        return Stored()
    try:
        with store.change(by=by.name, at=at, action="revise_resource_demand", reason=reason) as writing:
            writes = _writes(store, measure_id, wanted, reason)  # from here on nobody else writes
            if writes == _Writes():
                raise _NothingLeft
            for record in (*writes.new, *(record for record, _ in writes.revised)):
                check_together(store, record)
            writing.write_all(writes.new, writes.revised)
            for record, version in writes.withdrawn:
                writing.withdraw(record, version)
    except _NothingLeft:
        return Stored()
    return writes.told


def check_cell(measure: Measure, change: CellChange, group: str) -> None:
    """Refuse what cannot stand in a cell; nothing may stand anywhere. `group` is the title that a sentence names.

    Raises DemandOutOfRange, DemandOutsideMeasure.
    """
    days = change.person_days
    if days is None:
        return
    if not 0 <= days <= MOST_DAYS:
        raise DemandOutOfRange(group=group, when=change.period, value=days, most=MOST_DAYS)
    check_demand(measure, _record(measure.id, change, days, "RB"))


def _writes(store: Store, measure_id: str, wanted: Sequence[CellChange], reason: str | None) -> _Writes:
    """What has to be written so that the cells say what they shall say; refuses as `save_demands` does."""
    measure = store.newest(Measure.kind, measure_id).record
    assert isinstance(measure, Measure)
    entries = {entry.record.id: entry for entry in _demands(store) if entry.record.measure_id == measure_id}
    cells = {
        change.place: demand_cells(entries.values(), measure_id, [change.group_id], [change.period])[change.place]
        for change in wanted
    }
    open_ = [change for change in wanted if not same_days(cells[change.place].person_days, change.person_days)]
    titles = {group.id: group.title for group in store.records(CapacityGroup)} if open_ else {}
    for change in open_:
        check_cell(measure, change, titles.get(change.group_id, change.group_id))
    _refuse_changed([change for change in open_ if cells[change.place].versions != change.seen.versions], cells, titles)
    filled = {change.place: change.person_days for change in open_ if cells[change.place].versions}
    become = _become(entries, filled, titles)
    fresh = [change for change in open_ if change.place not in filled]
    writes = _with_new(store, measure_id, fresh, become, entries)
    changed = sum(1 for identifier in become if identifier in entries)
    if changed and not (reason or "").strip():
        raise ReasonMissing(changed=changed)
    return writes


def _refuse_changed(
    changed: Sequence[CellChange], cells: Mapping[Place, DemandCell], titles: Mapping[str, str]
) -> None:
    if not changed:
        return
    first = changed[0]
    raise DemandCellsChanged(
        number=len(changed),
        group=titles.get(first.group_id, first.group_id),
        when=first.period,
        seen=first.seen.person_days,
        theirs=cells[first.place].person_days,
        mine=first.person_days,
    )


def _become(
    entries: Mapping[str, Recorded[ResourceDemand]], filled: Mapping[Place, float | None], titles: Mapping[str, str]
) -> dict[str, ResourceDemand | None]:
    """What the records behind the cells become."""
    try:
        return rearranged((entry.record for entry in entries.values()), filled)
    except ValidationError as error:  # a whole span beyond what a record can carry
        (group_id, period), days = max(filled.items(), key=lambda item: item[1] or 0.0)
        told = {"group": titles.get(group_id, group_id), "when": period, "value": days, "most": MOST_DAYS}
        raise DemandOutOfRange(**told) from error


def _with_new(
    store: Store,
    measure_id: str,
    fresh: Sequence[CellChange],
    become: Mapping[str, ResourceDemand | None],
    entries: Mapping[str, Recorded[ResourceDemand]],
) -> _Writes:
    """The changed records together with those of cells that were empty."""
    new: list[ResourceDemand] = []
    revised = [(record, entries[one].version) for one, record in become.items() if record is not None]
    withdrawn = [(entries[one].record, entries[one].version) for one, record in become.items() if record is None]
    for change in fresh:
        identifier, version = _free_id(store, measure_id, change.place)
        assert change.person_days is not None  # an empty cell that shall be empty is no change
        record = _record(measure_id, change, change.person_days, identifier)
        if version:
            revised.append((record, version))
        else:
            new.append(record)
    return _Writes(tuple(new), tuple(revised), tuple(withdrawn))


def _record(measure_id: str, change: CellChange, days: float, identifier: str) -> ResourceDemand:
    told = {"measure_id": measure_id, "group_id": change.group_id, "period": change.period}
    return ResourceDemand(id=identifier, person_days=days, **told)


def _free_id(store: Store, measure_id: str, place: Place) -> tuple[str, int]:
    """The id of a cell's own record, the same for the same cell, and the version it ended with, 0 if it is new.

    A demand that was emptied and is filled again goes on; one that was moved to another cell keeps its id.
    """
    attempt = 0
    while True:
        told = "\n".join((measure_id, *place, str(attempt)))
        identifier = "RB-" + hashlib.sha256(told.encode()).hexdigest()[:24]
        versions = store.versions(ResourceDemand.kind, identifier)
        if not versions:
            return identifier, 0
        if versions[-1].withdrawn:
            return identifier, versions[-1].version
        attempt += 1


def _demands(store: Store) -> tuple[Recorded[ResourceDemand], ...]:
    return cast(tuple[Recorded[ResourceDemand], ...], store.current(ResourceDemand.kind))
