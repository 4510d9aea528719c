"""The guard file: one process at a time holds a store.

DuckDB's own lock is lost as soon as anything in the same process opens and closes the database file, so a lock on a
separate file keeps a second process out. The file also says who holds the store, for the message to that second one.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO

from metrics.domain.refusals import DatabaseFolderNotWritable, DatabaseHeldByAnotherProcess

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 2**30
"""Windows lets nobody read what is locked, so the lock lies far behind the text that says who holds it."""


def guard_path(database: Path) -> Path:
    """Where the guard file of a store lies."""
    return database.with_name(database.name + ".lock")


def may_be_store(database: Path) -> bool:
    """Whether an existing file is empty or bears the engine's mark at byte 8; asked without importing the engine."""
    with database.open("rb") as file:
        start = file.read(12)
    return not start or start[8:] == b"DUCK"


class Guard:
    """Holds the lock from creation to `release()`; raises DatabaseHeldByAnotherProcess where somebody else has it."""

    def __init__(self, database: Path) -> None:
        self.path = guard_path(database)
        try:
            self._file: IO[str] | None = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise DatabaseFolderNotWritable(path=str(database.parent), detail=str(error)) from error
        try:
            _lock(self._file)
        except OSError as error:
            holder = read_holder(database)
            self._file.close()
            self._file = None
            raise DatabaseHeldByAnotherProcess(path=str(database), holder=str(holder.get("pid", "?"))) from error
        self.describe(pid=os.getpid())

    def describe(self, **holder: object) -> None:
        """Write into the guard file who holds the store."""
        assert self._file is not None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(holder))
        self._file.flush()

    def release(self) -> None:
        """Give the store free; may be called twice."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_holder(database: Path) -> dict[str, object]:
    """What the guard file says about the process that holds the store; empty if nothing can be read."""
    try:
        holder = json.loads(guard_path(database).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
