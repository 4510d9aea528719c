"""The ledger: rows are only ever added, every row is a new version that one numbered change wrote."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from metrics.domain.base import Record
from metrics.domain.history import Change, Entry, Recorded
from metrics.domain.indicators import Reading
from metrics.domain.kinds import KINDS, references
from metrics.domain.refusals import (
    RecordAlreadyExists,
    RecordNotFound,
    SomebodyElseWasFaster,
    StillReferenced,
    UnknownReference,
)
from metrics.store.connection import Connection, open_connection, sql
from metrics.store.outbox import Outbox
from metrics.store.register import Register
from metrics.store.rows import RecordT, from_row, to_row
from metrics.store.snapshots import Snapshots


class Writing:
    """What may be done inside one change. Obtained from `Store.change`."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, change: Change) -> None:
        self._cursor = cursor
        self.change = change
        self.kinds: set[str] = set()

    def add(self, records: Sequence[Record]) -> None:
        """Add records that do not exist yet, all of them or none; raises RecordAlreadyExists or UnknownReference."""
        self._append([(record, 1) for record in records], withdrawn=False)

    def revise(self, record: Record, expected_version: int) -> int:
        """Add the next version of a record; raises SomebodyElseWasFaster unless `expected_version` is the newest."""
        version = self._next_version(record.kind, record.id, expected_version)
        self._append([(record, version)], withdrawn=False)
        return version

    def write_all(self, new: Sequence[Record], changed: Sequence[tuple[Record, int]]) -> None:
        """Add and revise in one go; references are checked once everything is there."""
        rows = [(record, 1) for record in new]
        rows += [(record, self._next_version(record.kind, record.id, expected)) for record, expected in changed]
        self._append(rows, withdrawn=False)

    def withdraw(self, record: Record, expected_version: int) -> int:
        """End a record with a last version that says so; raises StillReferenced while a current record refers to it."""
        version = self._next_version(record.kind, record.id, expected_version)
        self._refuse_while_referenced(record)
        self._append([(record, version)], withdrawn=True)
        return version

    def _next_version(self, kind: str, identifier: str, expected: int) -> int:
        query, parameters = sql("queries", "newest_version"), {"table": "z." + kind, "id": identifier}
        newest = self._cursor.execute(query, parameters).fetchone()
        if newest is None or newest[0] is None:
            raise RecordNotFound(kind=kind, id=identifier)
        if newest[0] != expected:
            raise SomebodyElseWasFaster(kind=kind, id=identifier, expected=expected, actual=newest[0])
        return expected + 1

    def _refuse_while_referenced(self, record: Record) -> None:
        query, parameters = sql("queries", "referrers"), {"kind": record.kind, "id": record.id}
        referrer = self._cursor.execute(query, parameters).fetchone()
        if referrer is not None:
            raise StillReferenced(kind=record.kind, id=record.id, by_kind=referrer[0], by_id=referrer[1])

    def _append(self, rows: Sequence[tuple[Record, int]], *, withdrawn: bool) -> None:
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for record, version in rows:
            row = to_row(record) | {"version": version, "change_no": self.change.number, "withdrawn": withdrawn}
            by_kind.setdefault(record.kind, []).append(row)
        for kind, found in by_kind.items():
            self._insert(kind, found)
        self.kinds.update(by_kind)
        if not withdrawn:
            self._check_references([record for record, _ in rows])

    def _insert(self, kind: str, rows: list[dict[str, Any]]) -> None:
        import pandas as pd  # takes longer to import than all else that the store needs, and only writing needs it

        try:
            self._cursor.append(kind, pd.DataFrame(rows, dtype=object), by_name=True)
        except duckdb.ConstraintException as error:
            raise RecordAlreadyExists(kind=kind, id=rows[0]["id"] if len(rows) == 1 else "…") from error

    def _check_references(self, records: Sequence[Record]) -> None:
        asked = {
            (kind, identifier): (record, field) for record in records for field, kind, identifier in references(record)
        }
        for referred_kind in {kind for kind, _ in asked}:
            identifiers = [identifier for kind, identifier in asked if kind == referred_kind]
            query = sql("queries", "unknown_ids")
            unknown = self._cursor.execute(query, {"table": "z." + referred_kind, "ids": identifiers}).fetchone()
            if unknown is not None:
                record, field = asked[referred_kind, unknown[0]]
                raise UnknownReference(
                    kind=record.kind,
                    id=record.id,
                    field=field,
                    referred_kind=referred_kind,
                    referred_id=unknown[0],
                )


class Store:
    """The plan's memory: reads the newest version of everything, writes new versions, knows its change number.

    `serial` tells one opening of a store from another within this process; `audit_days` is how long what is noted
    about sign-ins and rights is kept.
    """

    _serials = itertools.count()
    audit_days = 90

    def __init__(self, connection: Connection) -> None:
        self.serial = next(self._serials)
        self.connection = connection
        self._changing = threading.Lock()
        self._change_number = 0
        self._kind_numbers = dict.fromkeys(KINDS, 0)
        self._kind_numbers.update(dict(connection.tuples("last_change_by_kind")))
        self._change_number = connection.tuples("last_change")[0][0]
        self.register = Register(connection, self.beside_the_ledger)
        self.outbox = Outbox(connection, self.beside_the_ledger)
        self.snapshots = Snapshots(connection, self.beside_the_ledger)

    @classmethod
    def open(cls, path: Path, now: datetime, *, create: bool = False, read_only: bool = False) -> Store:
        """Open the store at `path`; see `open_connection`."""
        return cls(open_connection(path, now, create=create, read_only=read_only))

    @property
    def path(self) -> Path:
        """Where the store lies."""
        return self.connection.path

    def change_number(self, *kinds: str) -> int:
        """The number of the last change, or of the last one that wrote any of these kinds."""
        if not kinds:
            return self._change_number
        return max(self._kind_numbers[kind] for kind in kinds)

    def current(self, kind: str) -> tuple[Recorded[Record], ...]:
        """The version that counts of every record of a kind that is not withdrawn, in order of id.

        It is the newest one; of readings the newest that is released.
        """
        rows = self.connection.rows("current_records", {"table": _counting(kind)})
        return tuple(_recorded(kind, row) for row in rows)

    def records(self, record_type: type[RecordT]) -> list[RecordT]:
        """The current records of a type, in order of id."""
        rows = self.connection.rows("current_records", {"table": _counting(record_type.kind)})
        return [from_row(record_type, row) for row in rows]

    def all_newest(self, kind: str) -> tuple[Recorded[Record], ...]:
        """The newest version of every record of a kind, withdrawn ones included."""
        rows = self.connection.rows("newest_records", {"table": "z." + kind})
        return tuple(_recorded(kind, row) for row in rows)

    def newest(self, kind: str, identifier: str) -> Recorded[Record]:
        """The newest version of one record, withdrawn or not; raises RecordNotFound."""
        versions = self.versions(kind, identifier)
        if not versions:
            raise RecordNotFound(kind=kind, id=identifier)
        return versions[-1]

    def versions(self, kind: str, identifier: str) -> tuple[Recorded[Record], ...]:
        """All versions of one record, oldest first; empty if there never was one."""
        rows = self.connection.rows("record_versions", {"table": "z." + kind, "id": identifier})
        return tuple(_recorded(kind, row) for row in rows)

    def observations(self, query: str, record_type: type[RecordT], indicator_id: str) -> list[Recorded[RecordT]]:
        """The rows of a query file on one indicator's readings or comparison values."""
        rows = self.connection.rows(query, {"indicator_id": indicator_id})
        return [Recorded(from_row(record_type, row), row["version"], row["change_no"]) for row in rows]

    def asked(self, query: str, record_type: type[RecordT], **parameters: Any) -> list[RecordT]:
        """The rows of a query file that asks for records of a type."""
        return [from_row(record_type, row) for row in self.connection.rows(query, parameters)]

    def history(
        self, *, kind: str | None = None, identifier: str | None = None, before: int | None = None, most: int = 200
    ) -> list[Entry]:
        """Who changed what, when and why: newest first, before a change number if given, at most `most` entries."""
        parameters = {"kind": kind, "id": identifier, "before": before, "most": most}
        return [
            Entry(
                Change(row["change_no"], row["recorded_at"], row["recorded_by"], row["action"], row["reason"]),
                row["kind"],
                row["id"],
                row["version"],
                row["withdrawn"],
                row["title"],
            )
            for row in self.connection.rows("history", parameters)
        ]

    @contextmanager
    def change(self, *, by: str, at: datetime, action: str, reason: str | None = None) -> Iterator[Writing]:
        """One change: everything written inside is stored together under the next change number, or not at all.

        Nobody else writes meanwhile, so what the block reads of the store still holds when it is stored: rules that
        span several records are checked inside. `at` is naive UTC. Raises DiskFull, and whatever the block raises.
        """
        with self._changing:
            with self.connection.transaction() as cursor:
                last = cursor.execute(sql("queries", "last_change")).fetchall()[0][0]
                change = Change(last + 1, at, by, action, reason)
                cursor.execute(sql("queries", "add_change"), _change_row(change))
                writing = Writing(cursor, change)
                yield writing
            self._change_number = change.number
            self._kind_numbers.update(dict.fromkeys(writing.kinds, change.number))

    @contextmanager
    def beside_the_ledger(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction in what is kept beside the ledger, without a change number; nobody else writes meanwhile."""
        with self._changing, self.connection.transaction() as cursor:
            yield cursor

    def note_look(self, person: str, change_number: int, at: datetime) -> None:
        """Remember up to which change a person has seen the plan."""
        with self.beside_the_ledger() as cursor:
            query = sql("queries", "add_look")
            cursor.execute(query, {"person": person, "change_no": change_number, "looked_at": at})

    def rewrite(self) -> None:
        """Write the store's file anew without what was erased from it; see `Connection.rewrite`."""
        with self._changing:
            self.connection.rewrite()

    def close(self) -> None:
        """Close the store and give its file free."""
        self.connection.close()


def _change_row(change: Change) -> dict[str, Any]:
    return {
        "change_no": change.number,
        "recorded_at": change.recorded_at,
        "recorded_by": change.recorded_by,
        "action": change.action,
        "reason": change.reason,
    }


def _counting(kind: str) -> str:
    """Where the current version of a kind's records is looked up."""
    return "memory.v.current_reading" if kind == Reading.kind else "z." + kind


def _recorded(kind: str, row: dict[str, Any]) -> Recorded[Record]:
    return Recorded(from_row(KINDS[kind], row), row["version"], row["change_no"], row["withdrawn"])
