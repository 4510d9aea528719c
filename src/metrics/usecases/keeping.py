"""Keep the store safe: back it up, bring a backup back, verify what it holds."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from metrics.domain.kinds import KINDS
from metrics.domain.refusals import BackupNotUsable, DatabaseFolderNotWritable, DiskFull, Refusal
from metrics.store.guard import Guard
from metrics.store.ledger import Store
from metrics.store.rows import from_row
from metrics.usecases.access import Person, Right, require


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the store that must not be: which check found it, in which record."""

    check: str
    kind: str
    id: str
    detail: str


def back_up(store: Store, *, by: Person, at: datetime) -> Path:
    """Write a backup beside the store while work goes on, verify it, and return its path.

    Raises NotAllowed, BackupTargetExists, BackupNotUsable, DiskFull.
    """
    require(by, Right.operate)
    target = store.connection.backup_folder / f"{store.path.stem}-{at:%Y%m%dT%H%M%S%f}.duckdb"
    store.connection.backup(target)
    check_backup(target, at)
    return target


def check_backup(path: Path, at: datetime) -> int:
    """Open a backup on its own, verify it and return its change number; raises BackupNotUsable."""
    try:
        backup = Store.open(path, at, read_only=True)
    except Refusal as refusal:
        raise BackupNotUsable(path=str(path), detail=str(refusal)) from refusal
    try:
        faults = verify(backup)
        if faults:
            raise BackupNotUsable(path=str(path), detail=f"{faults[0].check}: {faults[0].kind} {faults[0].id}")
        return backup.change_number()
    finally:
        backup.close()


def restore(backup: Path, database: Path, at: datetime) -> Path | None:
    """Put a verified backup in the place of the store, which nobody may hold; returns where the former store went.

    Raises BackupNotUsable, DatabaseHeldByAnotherProcess, DatabaseFolderNotWritable, DiskFull; then the store stands
    as it stood.
    """
    backup, database = backup.resolve(), database.resolve()
    check_backup(backup, at)
    if backup.with_name(backup.name + ".wal").exists():
        raise BackupNotUsable(path=str(backup), detail=backup.name + ".wal")
    guard = Guard(database)
    arriving = database.with_name(database.name + ".arriving")
    try:
        copy_file(backup, arriving)
        former = None
        if database.exists():
            former = database.with_name(f"{database.stem}-before-restore-{at:%Y%m%dT%H%M%S%f}.duckdb")
            database.rename(former)
            _move_log(database, former)
        arriving.rename(database)
        return former
    finally:
        arriving.unlink(missing_ok=True)
        guard.release()


def copy_file(source: Path, target: Path) -> None:
    """Copy a backup and wait until it is on the disk; raises DiskFull, DatabaseFolderNotWritable, and leaves no part.

    Never for the file of an open store: the operating system would drop the engine's lock when it is closed.
    """
    try:
        with source.open("rb") as readable, target.open("wb") as writable:
            shutil.copyfileobj(readable, writable, 1024 * 1024)
            writable.flush()
            os.fsync(writable.fileno())
    except OSError as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(path=str(target)) from error
        raise DatabaseFolderNotWritable(path=str(target.parent), detail=str(error)) from error


def _move_log(database: Path, former: Path) -> None:
    log = database.with_name(database.name + ".wal")
    if log.exists():
        log.rename(former.with_name(former.name + ".wal"))


def verify(store: Store, progress: Callable[[str], None] | None = None) -> list[Fault]:
    """Every fault of the store: lost columns, rows that break their model, gaps in versions, dead references."""
    lost = store.connection.missing_columns()
    if lost:  # the other questions would fail
        return [Fault("missing_column", table, column, "") for table, column in lost]
    faults = []
    for kind in KINDS:
        if progress:
            progress(kind)
        faults += _broken_rows(store, kind)
    for row in store.connection.rows("version_gaps"):
        faults.append(Fault("version_gap", row["kind"], row["id"], f"{row['versions']} ≠ {row['newest']}"))
    for row in store.connection.rows("rows_without_change"):
        faults.append(Fault("row_without_change", row["kind"], row["id"], str(row["change_no"])))
    for row in store.connection.rows("broken_references"):
        faults.append(Fault("broken_reference", row["kind"], row["id"], f"{row['referred_kind']} {row['referred_id']}"))
    return faults


def _broken_rows(store: Store, kind: str) -> list[Fault]:
    faults = []
    for row in store.connection.rows("newest_records", {"table": "z." + kind}):
        try:
            from_row(KINDS[kind], row)
        except ValueError as error:  # pydantic's ValidationError is one, and so is broken JSON
            faults.append(Fault("row_breaks_model", kind, row["id"], str(error)[:300]))
    return faults
