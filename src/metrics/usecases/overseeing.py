"""What nobody sees to: records without owner, deputy or holder, records that sleep, measures hard to follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from metrics.domain.measures import Measure
from metrics.domain.monitoring_quality import MonitoringQuality, monitoring_quality
from metrics.domain.ownership import (
    CHARGE_TYPES,
    OWNED_TYPES,
    Charge,
    Leaving,
    Orphaned,
    Owned,
    asleep,
    is_active,
    leaving,
    orphaned,
    rhythm_days,
)
from metrics.domain.people import Account
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.upkeep import StatusNote
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require


@dataclass(frozen=True, slots=True)
class Orphan:
    """An active record that nobody, or nobody else, sees to, and why, the worst first."""

    record: Owned
    reasons: tuple[Orphaned, ...]


@dataclass(frozen=True, slots=True)
class Sleeper:
    """An active record in which nothing has moved for more than twice its rhythm; `turns`: how many rhythms that is."""

    record: Owned
    moved_on: date
    days: int
    turns: float


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure with its points of monitoring quality."""

    measure: Measure
    quality: MonitoringQuality


@dataclass(frozen=True, slots=True)
class Oversight:
    """All of it on a day, each list with the worst first; `active`: how many active records of each kind there are."""

    active: Mapping[str, int]
    orphans: tuple[Orphan, ...]
    sleepers: tuple[Sleeper, ...]
    followed: tuple[Followed, ...]
    leaving: tuple[Leaving, ...]

    def lacking(self, *reasons: Orphaned) -> int:
        """How many active records lack something for one of these reasons."""
        return sum(not set(reasons).isdisjoint(one.reasons) for one in self.orphans)


def last_movements(store: Store) -> dict[tuple[str, str], datetime]:
    """When each goal, measure, indicator and living lab (kind, id) was last moved, in naive UTC."""
    return {(row["kind"], row["id"]): row["moved_at"] for row in store.connection.rows("last_movements")}


def charges(store: Store) -> list[Charge]:
    """Every current record that names an owner and a deputy."""
    return [record for kind in CHARGE_TYPES for record in cast("list[Charge]", store.records(kind))]


def oversee(store: Store, judged: Iterable[IndicatorAssessment], *, by: Person, today: date) -> Oversight:
    """What nobody sees to on a day; `judged` are the plan's indicators. Raises NotAllowed."""
    require(by, Right.read_plan)
    accounts = store.register.all(Account)
    records = charges(store)
    active = [one for one in records if isinstance(one, OWNED_TYPES) and is_active(one)]
    return Oversight(
        active={kind.kind: sum(isinstance(one, kind) for one in active) for kind in OWNED_TYPES},
        orphans=_orphans(active, accounts, today),
        sleepers=_sleepers(active, last_movements(store), today),
        followed=_followed(store, [one for one in active if isinstance(one, Measure)], judged, accounts, today),
        leaving=tuple(leaving(accounts, records, today)),
    )


def follow(
    store: Store, measure: Measure, judged: Iterable[IndicatorAssessment], *, by: Person, today: date
) -> Followed:
    """One measure with its points; `judged` are the plan's indicators. Raises NotAllowed."""
    require(by, Right.read_plan)
    return _followed(store, [measure], judged, store.register.all(Account), today)[0]


def _orphans(active: Iterable[Owned], accounts: Sequence[Account], today: date) -> tuple[Orphan, ...]:
    found = [Orphan(one, reasons) for one in active if (reasons := orphaned(one, accounts, today))]
    order = list(Orphaned)
    return tuple(
        sorted(found, key=lambda one: ([order.index(reason) for reason in one.reasons], one.record.kind, one.record.id))
    )


def _sleepers(active: Iterable[Owned], moved: Mapping[tuple[str, str], datetime], today: date) -> tuple[Sleeper, ...]:
    found = []
    for one in active:
        moved_on = moved[one.kind, one.id].date()
        days = asleep(one, moved_on, today)
        if days is not None:
            found.append(Sleeper(one, moved_on, days, days / (rhythm_days(one) or days)))
    return tuple(sorted(found, key=lambda one: (-one.turns, one.record.kind, one.record.id)))


def _followed(
    store: Store,
    measures: Sequence[Measure],
    judged: Iterable[IndicatorAssessment],
    accounts: Sequence[Account],
    today: date,
) -> tuple[Followed, ...]:
    by_measure: dict[str, list[IndicatorAssessment]] = defaultdict(list)
    by_lab: dict[str, list[IndicatorAssessment]] = defaultdict(list)
    for found in judged:
        for measure_id in found.indicator.measure_ids:
            by_measure[measure_id].append(found)
        if found.indicator.living_lab_id:
            by_lab[found.indicator.living_lab_id].append(found)
    notes = newest_notes(store)
    every = [
        Followed(
            measure,
            monitoring_quality(
                measure,
                [*by_measure[measure.id], *by_lab[measure.living_lab_id or ""]],
                notes.get(measure.id),
                accounts,
                today,
            ),
        )
        for measure in measures
    ]
    return tuple(sorted(every, key=lambda one: (one.quality.share, one.measure.id)))


def newest_notes(store: Store) -> dict[str, StatusNote]:
    """The newest status note of every measure that has one."""
    notes = sorted(store.records(StatusNote), key=lambda note: (note.as_of, note.id))
    return {note.measure_id: note for note in notes}
