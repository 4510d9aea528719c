"""One process, one root connection, one cursor for each operation, one writer at a time.

The root connection is an in-memory catalogue that carries the views; the store's file is attached to it as `z`.
After that the connection is locked: no file, network or configuration can be reached through SQL any more, except
the backup folder.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from metrics.domain.refusals import (
    BackupTargetExists,
    DatabaseFolderNotWritable,
    DatabaseHeldByAnotherProcess,
    DatabaseNotFound,
    DatabaseNotReadable,
    DiskFull,
)
from metrics.store.guard import Guard
from metrics.store.migrate import migrate, missing_columns, pending_migrations, refuse_unknown_schema

_CLOSED_DOORS: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
BACKUP_FOLDER = "backups"
_NO_ROOM = ("No space left", "Disk quota", "File too large", "could not write all", "Could not write")
_ENGINE_TROUBLE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.TransactionException)
"""What the machine or the file is to blame for. All other errors of the engine are faults of this program."""


@cache
def sql(folder: str, name: str) -> str:
    """The text of `folder`/`name`.sql beside this module."""
    return files("metrics.store").joinpath(folder, name + ".sql").read_text(encoding="utf-8")


class Connection:
    """The store's engine. Use `open_connection`."""

    def __init__(self, path: Path, guard: Guard | None, root: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.guard = guard
        self._root = root
        self._invalid = False
        self._renewing = threading.Lock()
        self._copying = threading.Lock()
        self._idle = threading.Condition()
        self._in_use, self._being_rewritten = 0, False
        self._own = threading.local()

    @property
    def backup_folder(self) -> Path:
        """The only folder that SQL may write to."""
        return backup_folder(self.path)

    def rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of `queries/<query>.sql` with parameters bound by name. Raises DatabaseNotReadable."""
        with self.cursor() as cursor:
            cursor.execute(sql("queries", query), parameters or {})
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def tuples(self, query: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """As `rows`, without names: for the questions with many rows."""
        with self.cursor() as cursor:
            return cursor.execute(sql("queries", query), parameters or {}).fetchall()

    def explain(self, query: str, parameters: dict[str, Any]) -> str:
        """The plan that the engine makes of a query file; fails where the file does not fit the schema."""
        with self.cursor() as cursor:
            plan = cursor.execute("EXPLAIN " + sql("queries", query), parameters).fetchall()
        return "\n".join(str(row[1]) for row in plan)

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction; commits on leaving, rolls back on anything that is raised. One at a time.

        COMMIT of an aborted transaction stores nothing and says nothing. So every error ends in ROLLBACK, caught as
        BaseException because the user interface stops its runs with exceptions of that class; and before COMMIT a
        question that an aborted transaction refuses brings to light an error that the block has swallowed.
        Raises DiskFull, DatabaseNotReadable.
        """
        with self.cursor() as cursor:
            cursor.execute("USE z")
            cursor.execute("BEGIN")
            try:
                yield cursor
                cursor.execute("SELECT 1")
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise

    def missing_columns(self) -> list[tuple[str, str]]:
        """Table and column of what the store's schema lacks; a column of a later schema is not missed."""
        with self.cursor() as cursor:
            return missing_columns(cursor)

    def backup(self, target: Path) -> None:
        """Copy the store as of now into a new file in the backup folder, while others go on reading and writing.

        Raises BackupTargetExists, DiskFull; then there is no new file.
        """
        with self._copying, self.cursor() as cursor:
            _copy_store(cursor, target)

    def rewrite(self) -> None:
        """Put a copy that holds only what counts in the place of the store's file, so that what was erased is gone.

        The engine leaves the bytes of erased rows in the file's free blocks; checkpoints and overwriting do not help.
        Waits until no other cursor is open, and new ones wait meanwhile. Nobody may write while this is called (see
        `Store.rewrite`), and the caller holds no cursor. Raises DiskFull, DatabaseNotReadable, and
        DatabaseFolderNotWritable; then the store stands as it stood.
        """
        assert self.guard is not None and not getattr(self._own, "depth", 0)
        with self._alone(), self._renewing:
            self._root.close()
            self._invalid = True  # where it cannot be opened at once, the next cursor tries again
            try:
                _rewrite_file(self.path)
            finally:
                self._root = _open_root(self.path)
                self._invalid = False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._idle:
            self._idle.wait_for(lambda: not self._being_rewritten)
            self._being_rewritten = True
            self._idle.wait_for(lambda: self._in_use == 0)
        try:
            yield
        finally:
            with self._idle:
                self._being_rewritten = False
                self._idle.notify_all()

    @contextmanager
    def _using(self) -> Iterator[None]:
        """Counts a cursor; a thread that has one already gets the next without waiting, or both would wait forever."""
        depth = getattr(self._own, "depth", 0)
        with self._idle:
            if not depth:
                self._idle.wait_for(lambda: not self._being_rewritten)
            self._in_use += 1
        self._own.depth = depth + 1
        try:
            yield
        finally:
            self._own.depth = depth
            with self._idle:
                self._in_use -= 1
                self._idle.notify_all()

    def close(self) -> None:
        """Close the engine and give the store free."""
        self._root.close()
        if self.guard is not None:
            self.guard.release()

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one operation; turns trouble with disk and file into the refusals that name it."""
        try:
            with self._using(), closing(self._valid_root().cursor()) as cursor:
                yield cursor
        except _ENGINE_TROUBLE as error:
            if _is_invalidated(error):
                self._invalid = True
            if isinstance(error, duckdb.TransactionException) and not _no_room(error):
                raise
            raise _explained(error, self.path) from error

    def _valid_root(self) -> duckdb.DuckDBPyConnection:
        """The root connection; opened anew after the engine has given the file up because a disk was full."""
        with self._renewing:
            if self._invalid:
                self._root.close()
                self._root = _open_root(self.path, read_only=self.guard is None)
                self._invalid = False
            return self._root


def backup_folder(path: Path) -> Path:
    """The folder beside a store that its backups go to."""
    return path.parent / BACKUP_FOLDER


def open_connection(path: Path, now: datetime, *, create: bool = False, read_only: bool = False) -> Connection:
    """Open the store at `path`, bring its schema up to date (with a backup before), and lock the connection.

    `read_only` opens a file that nobody else writes, such as a backup, without guard and migrations. `now` is naive
    UTC. Raises the refusals named `Database…`, DiskFull, MigrationWasAltered; then nothing new is left behind.
    """
    path = path.resolve()
    if not create and not _exists(path):
        raise DatabaseNotFound(path=str(path))
    if read_only:
        return Connection(path, None, _open_root(path, read_only=True))
    guard = _take_guard(path)
    is_new = not _exists(path)
    try:
        return Connection(path, guard, _open_root(path, prepare=lambda root: _bring_up_to_date(root, path, now)))
    except BaseException:
        if is_new:
            _remove(path)
        guard.release()
        raise


def _open_root(
    path: Path, *, read_only: bool = False, prepare: Callable[[duckdb.DuckDBPyConnection], None] | None = None
) -> duckdb.DuckDBPyConnection:
    """The in-memory catalogue with views, the store attached as `z`, and after that all doors closed."""
    root = duckdb.connect(":memory:", config=_CLOSED_DOORS)
    try:
        # Replaying a long log would draw a progress bar to stdout, into the midst of what a command prints there.
        root.execute("SET enable_progress_bar = false")
        root.execute("SET enable_progress_bar_print = false")
        _attach(root, path, "z", read_only=read_only)
        refuse_unknown_schema(root, str(path))
        if read_only and pending_migrations(root):
            _read_as_of_now(root, path)
        if prepare is not None:
            prepare(root)
        _create_views(root)
        root.execute("SET allowed_directories = $folders", {"folders": [str(backup_folder(path))]})
        root.execute("SET enable_external_access = false")
        root.execute("SET lock_configuration = true")
    except BaseException as error:
        root.close()
        if isinstance(error, duckdb.Error):
            raise _explained(error, path) from error
        raise
    return root


def _read_as_of_now(root: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Put a migrated copy in memory in the place of a file of an older schema, which must stay as it is."""
    root.execute("DETACH z")
    _attach(root, path, "older_z", read_only=True)
    root.execute("ATTACH ':memory:' AS z")
    root.execute("COPY FROM DATABASE older_z TO z")
    root.execute("DETACH older_z")
    migrate(root, str(path), datetime(1970, 1, 1), before=lambda: None)  # noqa: DTZ001 - nobody reads it


def _take_guard(path: Path) -> Guard:
    try:
        backup_folder(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFolderNotWritable(path=str(path.parent), detail=str(error)) from error
    return Guard(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise DatabaseNotReadable(path=str(path), detail=str(error)) from error


def _remove(path: Path) -> None:
    for file in (path, path.with_name(path.name + ".wal")):
        with suppress(OSError):
            file.unlink()


def _bring_up_to_date(root: duckdb.DuckDBPyConnection, path: Path, now: datetime) -> None:
    migrate(root, str(path), now, before=lambda: _backup_before_migration(root, path, now))


def _create_views(root: duckdb.DuckDBPyConnection) -> None:
    root.execute("CREATE SCHEMA memory.v")
    names = (file.name for file in files("metrics.store").joinpath("views").iterdir() if file.name.endswith(".sql"))
    for name in sorted(names):
        root.execute(sql("views", name.removesuffix(".sql")))


def _attach(cursor: duckdb.DuckDBPyConnection, path: Path, name: str, *, read_only: bool = False) -> None:
    """ATTACH takes no bound parameters, so this is the one place where a path becomes part of a statement."""
    quoted = "'" + str(path).replace("'", "''") + "'"
    cursor.execute(" ".join(("ATTACH", quoted, "AS", name, "(READ_ONLY)" if read_only else "")))


def _copy_store(cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
    if target.exists():
        raise BackupTargetExists(path=str(target))
    try:
        _attach(cursor, target, "copy_of_z")
        try:
            cursor.execute("COPY FROM DATABASE z TO copy_of_z")
            cursor.execute("CHECKPOINT copy_of_z")
        finally:
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            cursor.execute("DETACH copy_of_z")
    except BaseException:
        _remove(target)
        raise


def _rewrite_file(path: Path) -> None:
    """A copy of a closed store in the place of its file, once it is on the disk and holds as much as the store."""
    arriving = path.with_name(path.name + ".arriving")
    _remove(arriving)
    try:
        with closing(duckdb.connect(":memory:", config=_CLOSED_DOORS)) as engine:
            _attach(engine, path, "z")
            _copy_store(engine, arriving)
            engine.execute("DETACH z")
        with arriving.open("rb") as written:
            os.fsync(written.fileno())
        if path.with_name(path.name + ".wal").exists():  # it belongs to the former file and would be lost
            raise DatabaseNotReadable(path=str(path), detail=path.name + ".wal")
        arriving.replace(path)
    except duckdb.Error as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise DatabaseFolderNotWritable(path=str(path.parent), detail=str(error)) from error
    finally:
        _remove(arriving)


def _backup_before_migration(root: duckdb.DuckDBPyConnection, path: Path, now: datetime) -> None:
    target = backup_folder(path) / f"{path.stem}-before-migration-{now:%Y%m%dT%H%M%S}.duckdb"
    if not target.exists():
        _copy_store(root, target)


def _no_room(error: duckdb.Error) -> bool:
    return any(words in str(error) for words in _NO_ROOM)


def _is_invalidated(error: duckdb.Error) -> bool:
    """Whether the engine gave up the store's own file until it is attached again; a failed copy does not count."""
    text = str(error)
    return "invalidated" in text and '"copy_of_z"' not in text


def _explained(error: duckdb.Error, path: Path) -> Exception:
    text = str(error)
    if "Conflicting lock" in text or "Could not set lock" in text:
        return DatabaseHeldByAnotherProcess(path=str(path), holder=_holder(text))
    if _no_room(error):
        return DiskFull(path=str(path))
    if "Permission denied" in text or "Read-only file system" in text:
        return DatabaseFolderNotWritable(path=str(path.parent), detail=text[:200])
    return DatabaseNotReadable(path=str(path), detail=text[:200])


def _holder(text: str) -> str:
    """The process that DuckDB names as `held in /path/to/program (PID 4711)`."""
    match = re.search(r"\(PID (\d+)\)", text)
    return match.group(1) if match else "?"
