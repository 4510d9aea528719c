"""Keep the store safe: back it up, bring a backup back, verify what it holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from metrics.domain.kinds import KINDS
from metrics.domain.refusals import BackupNotUsable, Refusal
from metrics.store.guard import Guard
from metrics.store.ledger import Store
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

    Raises BackupNotUsable, DatabaseHeldByAnotherProcess, DatabaseFolderNotWritable.
    """
    check_backup(backup, at)
    guard = Guard(database)
    try:
        former = None
        arriving = database.with_name(database.name + ".arriving")
        shutil.copyfile(backup, arriving)
        if database.exists():
            former = database.with_name(f"{database.stem}-before-restore-{at:%Y%m%dT%H%M%S}.duckdb")
            database.rename(former)
            _move_log(database, former)
        arriving.rename(database)
        return former
    finally:
        guard.release()


def _move_log(database: Path, former: Path) -> None:
    log = database.with_name(database.name + ".wal")
    if log.exists():
        log.rename(former.with_name(former.name + ".wal"))


def verify(store: Store, progress: Callable[[str], None] | None = None) -> list[Fault]:
    """Every fault of the store: rows that break their model, versions with gaps, references into nowhere."""
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
    try:
        store.current(kind)
    except (ValidationError, ValueError) as error:
        return [Fault("row_breaks_model", kind, "", str(error)[:300])]
    return []
