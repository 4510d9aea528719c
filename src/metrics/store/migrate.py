"""Numbered migrations, forward only, each in one transaction, their content held fast by a checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import duckdb

from metrics.domain.refusals import DatabaseNewerThanProgram, DatabaseNotReadable, MigrationWasAltered

_CREATE = """
CREATE TABLE IF NOT EXISTS z.schema_migration (
    no INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the file's text, in hexadecimal digits."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known_migrations() -> list[Migration]:
    """The migrations that this program brings, in order."""
    folder = files("metrics.store").joinpath("migrations")
    found = [
        Migration(int(file.name[:4]), file.name, file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    ]
    return sorted(found, key=lambda migration: migration.number)


def migrate(
    connection: duckdb.DuckDBPyConnection,
    path: str,
    now: datetime,
    *,
    before: Callable[[], None],
    migrations: list[Migration] | None = None,
) -> list[int]:
    """Bring the store up to this program and return the numbers applied; `before` runs once if anything will change.

    Raises DatabaseNewerThanProgram or MigrationWasAltered and then leaves the store as it was.
    """
    known = known_migrations() if migrations is None else migrations
    refuse_unknown_schema(connection, path, known)
    connection.execute(_CREATE)
    applied = dict(connection.execute("SELECT no, sha256 FROM z.schema_migration").fetchall())
    for migration in known:
        if applied.get(migration.number, migration.checksum) != migration.checksum:
            raise MigrationWasAltered(name=migration.name)
    pending = pending_migrations(connection, known)
    if pending and applied:
        before()
    for migration in pending:
        _apply(connection, migration, now)
    return [migration.number for migration in pending]


def pending_migrations(
    connection: duckdb.DuckDBPyConnection, migrations: list[Migration] | None = None
) -> list[Migration]:
    """The migrations that have not run on a store yet, in order."""
    known = known_migrations() if migrations is None else migrations
    applied = {number for (number,) in connection.execute("SELECT no FROM z.schema_migration").fetchall()}
    return [migration for migration in known if migration.number not in applied]


def refuse_unknown_schema(
    connection: duckdb.DuckDBPyConnection, path: str, migrations: list[Migration] | None = None
) -> None:
    """Refuse what this program cannot read: a newer store, or a DuckDB file that is none. An empty file may become one.

    Raises DatabaseNewerThanProgram, DatabaseNotReadable.
    """
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'z'").fetchall()
    if not tables:
        return
    if ("schema_migration",) not in tables:
        raise DatabaseNotReadable(path=path, detail="a DuckDB file, but no store of this program")
    known = known_migrations() if migrations is None else migrations
    newest = known[-1].number if known else 0
    found = connection.execute("SELECT coalesce(max(no), 0) FROM z.schema_migration").fetchone()
    if found is not None and found[0] > newest:
        raise DatabaseNewerThanProgram(path=path, found=found[0], known=newest)


def missing_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Table and column of whatever the migrations that ran on a store have made and is not there any more."""
    ran = {number for (number,) in connection.execute("SELECT no FROM z.schema_migration").fetchall()}
    with duckdb.connect(":memory:") as fresh:
        fresh.execute("ATTACH ':memory:' AS z")
        fresh.execute("USE z")
        for migration in known_migrations():
            if migration.number in ran:
                fresh.execute(migration.sql)
        return sorted(_columns(fresh) - _columns(connection))


def _columns(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    question = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'z'"
    return set(connection.execute(question).fetchall())


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration, now: datetime) -> None:
    connection.execute("USE z")
    connection.execute("BEGIN")
    try:
        connection.execute(migration.sql)
        connection.execute(
            "INSERT INTO z.schema_migration (no, name, sha256, applied_at) VALUES ($no, $name, $sha256, $applied_at)",
            {"no": migration.number, "name": migration.name, "sha256": migration.checksum, "applied_at": now},
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("USE memory")
