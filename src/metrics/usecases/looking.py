"""What a person reads besides the judged plan: what moved since the last look, what is due, what is decided next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import Freshness
from metrics.store.ledger import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that was written since a change, with its newest version."""

    kind: str
    id: str
    title: str | None
    version: int
    times: int
    withdrawn: bool
    recorded_at: datetime
    recorded_by: str
    action: str


def moved_since(store: Store, change_number: int, most: int = 50) -> list[Moved]:
    """Records written after a change number, the newest first."""
    return [
        Moved(
            row["kind"],
            row["id"],
            row["title"],
            row["version"],
            row["times"],
            row["withdrawn"],
            row["recorded_at"],
            row["recorded_by"],
            row["action"],
        )
        for row in store.connection.rows("moved_since", {"since": change_number, "most": most})
    ]


def last_look(store: Store, person: str, before: datetime) -> int:
    """The change number up to which a person had seen the plan before a moment (UTC); 0 if they had never looked."""
    return int(store.connection.tuples("last_look", {"person": person, "before": before})[0][0])


def note_look(store: Store, person: str, at: datetime) -> None:
    """Remember that a person has seen the plan as it stands; nothing is written if they had seen it already."""
    number = store.change_number()
    if last_look(store, person, at) < number:
        store.note_look(person, number, at)


def due_readings(assessments: Iterable[IndicatorAssessment]) -> list[IndicatorAssessment]:
    """Indicators that wait for a value: never measured, stale, overdue; the longest waiting first."""
    waiting = [
        found for found in assessments if found.freshness in (Freshness.never, Freshness.stale, Freshness.overdue)
    ]
    return sorted(waiting, key=lambda found: (found.due or date.min, found.indicator.id))


def decisions_ahead(measures: Iterable[Measure]) -> list[Measure]:
    """Measures on which a body has still to decide, the earliest first."""
    waiting = [measure for measure in measures if measure.decision_due and not measure.ended]
    return sorted(waiting, key=lambda measure: (partial_date_bounds(measure.decision_due or "2100"), measure.id))
