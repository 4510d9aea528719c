"""Migrations: numbered, forward only, checksummed, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from metrics.domain.refusals import BackupNotUsable, DatabaseNewerThanProgram, MigrationWasAltered
from metrics.store import migrate as migrate_module
from metrics.store.ledger import Store
from metrics.store.migrate import Migration, known_migrations, migrate
from metrics.usecases.keeping import check_backup
from tests.conftest import NOW
from tests.plan import a_goal

FIRST = Migration(1, "0001_a.sql", "CREATE TABLE a (id INTEGER)")
SECOND = Migration(2, "0002_b.sql", "CREATE TABLE b (id INTEGER); INSERT INTO b VALUES (1)")
FAILING = Migration(
    2, "0002_b.sql", "CREATE TABLE b (id INTEGER); INSERT INTO a VALUES (7); INSERT INTO b VALUES ('x')"
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    root = duckdb.connect(":memory:")
    root.execute("ATTACH '" + str(tmp_path / "raw.duckdb") + "' AS z")
    yield root
    root.close()


def run(engine: duckdb.DuckDBPyConnection, *migrations: Migration) -> tuple[list[int], int]:
    calls: list[int] = []
    applied = migrate(engine, "raw", NOW, before=lambda: calls.append(1), migrations=list(migrations))
    return applied, len(calls)


def tables(engine: duckdb.DuckDBPyConnection) -> set[str]:
    found = engine.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'z'").fetchall()
    return {name for (name,) in found}


def test_migrations_run_in_order_once_and_a_backup_comes_first_where_there_is_something(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    assert run(engine, FIRST) == ([1], 0)
    assert run(engine, FIRST) == ([], 0)
    assert run(engine, FIRST, SECOND) == ([2], 1)
    assert run(engine, FIRST, SECOND) == ([], 0)
    found = engine.execute("SELECT no, name, sha256, applied_at FROM z.schema_migration ORDER BY no").fetchall()
    assert found == [(1, FIRST.name, FIRST.checksum, NOW), (2, SECOND.name, SECOND.checksum, NOW)]


def test_a_failing_migration_leaves_nothing_behind_and_the_earlier_one_stays(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(duckdb.ConversionException):
        run(engine, FIRST, FAILING)
    assert tables(engine) == {"schema_migration", "a"}
    assert engine.execute("SELECT count(*) FROM z.a").fetchall() == [(0,)]
    assert run(engine, FIRST, SECOND) == ([2], 1)


def test_an_altered_migration_is_refused(engine: duckdb.DuckDBPyConnection) -> None:
    run(engine, FIRST)
    with pytest.raises(MigrationWasAltered):
        run(engine, Migration(1, FIRST.name, FIRST.sql + " -- nachgebessert"), SECOND)
    assert tables(engine) == {"schema_migration", "a"}


def test_a_newer_store_is_refused_and_left_alone(engine: duckdb.DuckDBPyConnection) -> None:
    run(engine, FIRST, SECOND)
    with pytest.raises(DatabaseNewerThanProgram) as refused:
        run(engine, FIRST)
    assert (refused.value.data["found"], refused.value.data["known"]) == (2, 1)
    assert tables(engine) == {"schema_migration", "a", "b"}


def test_the_migrations_that_ship_are_numbered_without_gaps() -> None:
    migrations = known_migrations()
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))


def test_a_store_with_a_plan_is_backed_up_before_it_is_migrated(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal()])
    store.close()
    step = Migration(len(known_migrations()) + 1, "9999_more.sql", "CREATE TABLE more (id INTEGER)")
    known = [*known_migrations(), step]
    with monkeypatch.context() as patch:
        patch.setattr(migrate_module, "known_migrations", lambda: known)
        migrated = Store.open(store.path, now)
        assert [entry.record.id for entry in migrated.current("goal")] == ["Z-R"]
        migrated.close()
    (backup,) = (store.path.parent / "backups").iterdir()
    assert "before-migration" in backup.name
    assert check_backup(backup, now) == 1
    with pytest.raises(DatabaseNewerThanProgram):
        Store.open(store.path, now)
    with pytest.raises(BackupNotUsable, match="database_newer_than_program"):
        check_backup(store.path, now)


def test_a_store_is_unchanged_and_free_after_a_failing_migration(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal()])
    store.close()
    known = [
        *known_migrations(),
        Migration(len(known_migrations()) + 1, "9999_bad.sql", "DROP TABLE goal; SELECT * FROM nowhere"),
    ]
    with monkeypatch.context() as patch:
        patch.setattr(migrate_module, "known_migrations", lambda: known)
        with pytest.raises(Exception, match="nowhere"):
            Store.open(store.path, now)
    reopened = Store.open(store.path, now)
    assert [entry.record.id for entry in reopened.current("goal")] == ["Z-R"]
    reopened.close()
