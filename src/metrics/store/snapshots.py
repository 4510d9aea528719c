"""Snapshots: what a committee is shown, kept as it was. Beside the ledger; added and read, never changed or removed.

A ledger could be asked for the plan of that day again, but not for the words, the rules and the layout of that day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import duckdb

from metrics.domain.refusals import RecordNotFound, SnapshotDamaged
from metrics.store.connection import Connection, sql

KIND = "snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """When (naive UTC) and by whom what was frozen, at which change of the plan, drawn by which template.

    `sha256` is of what it holds, so that anybody can see that nothing was changed since.
    """

    id: str
    sitting_id: str
    sitting_version: int
    taken_at: datetime
    taken_by: str
    change_number: int
    template: str
    sha256: str


class Snapshots:
    """The snapshots of a store; use `Store.snapshots`."""

    def __init__(
        self, connection: Connection, writing: Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
    ) -> None:
        self._connection, self._writing = connection, writing

    def add(self, snapshot: Snapshot, content: str) -> Snapshot:
        """Keep a snapshot with what it holds; where a sitting's newest one holds the same, that one is returned.

        The snapshots of a sitting are counted here, while nobody else writes: its id is the sitting's and a number.
        """
        with self._writing() as cursor:
            known = self.all(snapshot.sitting_id)
            if known and known[0].sha256 == snapshot.sha256:
                return known[0]
            snapshot = replace(snapshot, id=f"{snapshot.sitting_id}.{len(known) + 1}")
            cursor.execute(sql("queries", "add_snapshot"), _row(snapshot) | {"content": content})
        return snapshot

    def all(self, sitting_id: str | None = None) -> list[Snapshot]:
        """Every snapshot, or those of a sitting, the newest first."""
        found = [_snapshot(row) for row in self._connection.rows("snapshots")]
        return [one for one in found if sitting_id in (None, one.sitting_id)]

    def content(self, identifier: str) -> tuple[Snapshot, str]:
        """A snapshot with what it holds; raises RecordNotFound, SnapshotDamaged where its checksum does not fit."""
        rows = self._connection.rows("snapshot", {"id": identifier})
        if not rows:
            raise RecordNotFound(kind=KIND, id=identifier)
        snapshot, content = _snapshot(rows[0]), str(rows[0]["content"])
        if checksum(content) != snapshot.sha256:
            raise SnapshotDamaged(id=identifier)
        return snapshot, content


def checksum(content: str) -> str:
    """SHA-256 of what a snapshot holds, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _row(snapshot: Snapshot) -> dict[str, object]:
    found = asdict(snapshot)
    return found | {"change_no": found.pop("change_number")}


def _snapshot(row: dict[str, object]) -> Snapshot:
    fields = ("id", "sitting_id", "sitting_version", "taken_at", "taken_by", "change_no", "template", "sha256")
    return Snapshot(*(row[name] for name in fields))  # type: ignore[arg-type]
