"""Values that wait for their release, with the released ones beside them."""

from __future__ import annotations

from typing import cast

from metrics.domain.history import Recorded
from metrics.domain.indicators import Reading
from metrics.domain.release import Pending, in_force
from metrics.store.ledger import Store
from metrics.store.rows import from_row


def pending_readings(store: Store, indicator_id: str | None = None) -> list[Pending]:
    """The values of one indicator, or of all, whose newest version is not released; the longest waiting first."""
    return [
        Pending(
            Recorded(from_row(Reading, row), row["version"], row["change_no"]),
            released_reading(store, row["id"]),
            row["entered_by"],
            row["entered_at"],
            row["entered_because"],
            row["recorded_by"],
            row["recorded_at"],
            row["reason"],
        )
        for row in store.connection.rows("pending_readings", {"indicator_id": indicator_id})
    ]


def released_reading(store: Store, identifier: str) -> Reading | None:
    """The version of one reading that counts; None if there is none."""
    versions = cast(tuple[Recorded[Reading], ...], store.versions(Reading.kind, identifier))
    found = in_force(versions)
    return found.record if found else None
