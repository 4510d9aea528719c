"""The demand of one measure as a grid: a cell for each group and quarter or month, whatever records lie behind it.

A cell is read and written without touching its neighbours: a record that runs over several periods gets a profile in
which only the written one has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, isclose
from typing import TypeAlias

from metrics.domain.history import Recorded
from metrics.domain.periods import between, is_quarter, months_of
from metrics.domain.resources import ResourceDemand

MOST_DAYS = 100_000.0
"""Person-days that a record can carry."""
Place: TypeAlias = tuple[str, str]
"""Group id and period."""


@dataclass(frozen=True, slots=True)
class DemandCell:
    """What a measure asks of a group in a quarter or month, in person-days; None where no record says anything.

    `versions` (id, version) of the records of the office's own work behind it; `contributed` is what partners do there,
    and no part of `person_days`. `spread` if a record behind it runs over other periods too, or over a longer or
    shorter one; `illustrative` if one of them is invented. `budget` in euros is that of the records that end with it.
    """

    person_days: float | None = None
    versions: tuple[tuple[str, int], ...] = ()
    contributed: float | None = None
    spread: bool = False
    illustrative: bool = False
    budget: float = 0.0


EMPTY = DemandCell()


def demand_cells(
    entries: Iterable[Recorded[ResourceDemand]], measure_id: str, group_ids: Sequence[str], periods: Sequence[str]
) -> dict[Place, DemandCell]:
    """The cells of a measure's grid, row by row; `periods` are all quarters or all months."""
    of_group: dict[str, list[Recorded[ResourceDemand]]] = {group_id: [] for group_id in group_ids}
    for entry in entries:
        if entry.record.measure_id == measure_id and entry.record.group_id in of_group:
            of_group[entry.record.group_id].append(entry)
    return {(group, period): _cell(of_group[group], period) for group in group_ids for period in periods}


def same_days(one: float | None, other: float | None) -> bool:
    """Whether two cells say the same; nothing is not 0, and the last digits of a division are no difference."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def rearranged(
    records: Iterable[ResourceDemand], wanted: Mapping[Place, float | None]
) -> dict[str, ResourceDemand | None]:
    """What records of one measure become when cells are given other person-days, by id; None where one ends.

    Only those that change. `wanted` names quarters or months, not both, and cells that some record lies behind already.
    Where several do, those of exactly this cell take the change first, and no record falls below 0. A record of several
    periods keeps all its other days; it runs from its first to its last filled cell, and an empty one between them
    counts as 0. A quarter's record in which a month is changed is one of months from then on. Raises
    pydantic.ValidationError where a record would carry more than `MOST_DAYS`.
    """
    monthly = any(not is_quarter(period) for _, period in wanted)
    spans = [_Span(record, monthly) for record in records if not record.contributed_by]
    for (group_id, period), days in wanted.items():
        behind = [span for span in spans if span.record.group_id == group_id and span.units_in(period)]
        _hand_out(sorted(behind, key=lambda span: (not span.is_exactly(period), span.record.id)), period, days)
    return {span.record.id: span.result() for span in spans if span.touched}


def _cell(entries: Sequence[Recorded[ResourceDemand]], period: str) -> DemandCell:
    here = [entry for entry in entries if _overlaps(entry.record, period)]
    own = [entry for entry in here if not entry.record.contributed_by]
    partners = [entry.record.in_period(period) for entry in here if entry.record.contributed_by]
    exact = [_is_exactly(entry.record, period) for entry in own]
    return DemandCell(
        person_days=fsum(entry.record.in_period(period) for entry in own) if own else None,
        versions=tuple(sorted((entry.record.id, entry.version) for entry in own)),
        contributed=fsum(partners) if partners else None,
        spread=not all(exact),
        illustrative=any(entry.record.illustrative for entry in here),
        budget=fsum(entry.record.budget for entry, alone in zip(own, exact, strict=True) if alone),
    )


def _overlaps(record: ResourceDemand, period: str) -> bool:
    first, last = months_of(record.period)[0], months_of(record.until or record.period)[-1]
    months = months_of(period)
    return first <= months[-1] and months[0] <= last


def _is_exactly(record: ResourceDemand, period: str) -> bool:
    return record.period == period and record.until in (None, period)


@dataclass(slots=True)
class _Span:
    """A record as its periods, to be written one by one; months where months are written."""

    record: ResourceDemand
    monthly: bool
    touched: bool = False
    days: dict[str, float | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.days = dict(self.record.by_month() if self.monthly else self.record.by_period())

    def is_exactly(self, period: str) -> bool:
        return _is_exactly(self.record, period)

    def units_in(self, period: str) -> list[str]:
        """The record's periods within a cell."""
        return [period] if period in self.days else [month for month in months_of(period) if month in self.days]

    def in_cell(self, period: str) -> float:
        return fsum(self.days[unit] or 0.0 for unit in self.units_in(period))

    def write(self, period: str, wanted: float | None) -> None:
        """Put person-days into a cell; months within a quarter keep their proportion."""
        self.touched, units, before = True, self.units_in(period), self.in_cell(period)
        for unit in units:
            if wanted is None:
                self.days[unit] = None
            else:
                self.days[unit] = (self.days[unit] or 0.0) / before * wanted if before else wanted / len(units)

    def result(self) -> ResourceDemand | None:
        """The record with what was written; None if nothing is left."""
        filled = [period for period, days in self.days.items() if days is not None]
        if not filled:
            return None
        periods = between(min(filled), max(filled))
        amounts = tuple(self.days.get(period) or 0.0 for period in periods)
        whole = fsum(amounts)
        told = {
            "period": periods[0],
            "until": periods[-1] if len(periods) > 1 else None,
            "person_days": whole,
            "profile": amounts if whole and len(set(amounts)) > 1 else (),
        }
        return ResourceDemand.model_validate(self.record.model_dump() | told)


def _hand_out(spans: Sequence[_Span], period: str, wanted: float | None) -> None:
    """Give a cell its person-days: to its only record, or as more to the first, as less to one after the other."""
    if wanted is None or len(spans) == 1:
        for span in spans:
            span.write(period, wanted)
        return
    more = wanted - fsum(span.in_cell(period) for span in spans)
    for span in spans:
        days = span.in_cell(period)
        if more > 0 or (more < 0 and days > 0):
            left = max(0.0, days + more)
            span.write(period, left)
            more += days - left if more < 0 else -more
