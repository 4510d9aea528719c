"""Numbered migrations, forward only, each in one transaction, their content held fast by a checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import duckdb

from metrics.domain.refusals import DatabaseNewerThanProgram, MigrationWasAltered

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
    connection.execute(_CREATE)
    applied = dict(connection.execute("SELECT no, sha256 FROM z.schema_migration").fetchall())
    newest_known = known[-1].number if known else 0
    if applied and max(applied) > newest_known:
        raise DatabaseNewerThanProgram(path=path, found=max(applied), known=newest_known)
    for migration in known:
        if applied.get(migration.number, migration.checksum) != migration.checksum:
            raise MigrationWasAltered(name=migration.name)
    pending = [migration for migration in known if migration.number not in applied]
    if pending and applied:
        before()
    for migration in pending:
        _apply(connection, migration, now)
    return [migration.number for migration in pending]


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
