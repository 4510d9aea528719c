"""A whole plan in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from metrics.domain.base import Record
from metrics.domain.document import PlanDocument, plan_document
from metrics.domain.goals import Goal
from metrics.domain.kinds import KINDS
from metrics.domain.refusals import ReasonMissing
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.planning import check_no_circle


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: records to add, records to revise with the version they replace, and how many stay."""

    new: tuple[Record, ...]
    changed: tuple[tuple[Record, int], ...]
    unchanged: int


def export_plan(store: Store, *, by: Person) -> PlanDocument:
    """The plan in its current version."""
    require(by, Right.read_confidential)
    return plan_document(entry.record for kind in KINDS for entry in store.current(kind))


def preview_import(store: Store, document: PlanDocument) -> ImportPreview:
    """Compare a document with the plan; records that the document does not name stay as they are."""
    new, changed, unchanged = [], [], 0
    for kind in KINDS:
        arriving = list(getattr(document.records, kind))
        known = {entry.record.id: entry for entry in store.all_newest(kind)} if arriving else {}
        for record in arriving:
            entry = known.get(record.id)
            if entry is None:
                new.append(record)
            elif entry.record != record or entry.withdrawn:
                changed.append((record, entry.version))
            else:
                unchanged += 1
    return ImportPreview(tuple(new), tuple(changed), unchanged)


def import_plan(
    store: Store, document: PlanDocument, *, by: Person, at: datetime, reason: str | None = None
) -> ImportPreview:
    """Store a document as one change: all of it or nothing. Returns what was done.

    Raises NotAllowed, ReasonMissing, UnknownReference, GoalsInACircle, SomebodyElseWasFaster.
    """
    require(by, Right.exchange_plan)
    preview = preview_import(store, document)
    if preview.changed and not (reason or "").strip():
        raise ReasonMissing(changed=len(preview.changed))
    if preview.new or preview.changed:
        with store.change(by=by.name, at=at, action="import_plan", reason=reason) as writing:
            _check_goals(store, document)
            writing.write_all(preview.new, preview.changed)
    return preview


def _check_goals(store: Store, document: PlanDocument) -> None:
    arriving = {record.id: record for record in document.all_records() if isinstance(record, Goal)}
    goals = {goal.id: goal for goal in store.records(Goal)}
    for goal in arriving.values():
        check_no_circle(goals | arriving, goal)


def kinds_in(preview: ImportPreview) -> dict[str, tuple[int, int]]:
    """For each kind that the import touches: how many records are new and how many change."""
    counts: dict[str, tuple[int, int]] = {}
    for record in preview.new:
        new, changed = counts.get(record.kind, (0, 0))
        counts[record.kind] = (new + 1, changed)
    for record, _ in preview.changed:
        new, changed = counts.get(record.kind, (0, 0))
        counts[record.kind] = (new, changed + 1)
    return counts
