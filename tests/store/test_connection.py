"""The engine's traps, each with what keeps us out of it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from metrics.domain.refusals import BackupTargetExists, DatabaseHeldByAnotherProcess, RecordAlreadyExists
from metrics.store import connection as connection_module
from metrics.store.guard import guard_path, read_holder
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.commanding import carry_out
from metrics.usecases.keeping import check_backup
from tests.plan import a_goal, a_measure

OPEN_IN_OTHER_PROCESS = """
import sys
from datetime import datetime
from pathlib import Path
from metrics.domain.refusals import Refusal
from metrics.store.ledger import Store
try:
    Store.open(Path(sys.argv[1]), datetime(2026, 11, 24))
except Refusal as refusal:
    print(refusal.code, refusal.data["holder"])
"""
OPEN_WITHOUT_GUARD = """
import sys, duckdb
try:
    duckdb.connect(sys.argv[1])
    print("opened")
except duckdb.IOException as error:
    print("Could not set lock" in str(error))
"""


class StopRun(BaseException):
    """As the user interface stops a run: no Exception."""


def run(script: str, path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_many_threads_at_once_each_get_the_answer_to_their_own_question(store: Store, now: datetime) -> None:
    goals = [a_goal(id=f"Z-{number}", title=f"Ziel {number}") for number in range(40)]
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add(goals)

    def ask(number: int) -> bool:
        found = store.connection.rows("record_versions", {"table": "z.goal", "id": f"Z-{number % 40}"})
        return [row["title"] for row in found] == [f"Ziel {number % 40}"]

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(ask, range(1600))) == [True] * 1600


def test_a_swallowed_error_inside_a_change_is_brought_to_light_and_nothing_is_stored(
    store: Store, now: datetime
) -> None:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal()])

    def swallow() -> None:
        with store.change(by="Amt", at=now, action="add") as writing:
            writing.add([a_goal(id="Z-NEU")])
            with suppress(RecordAlreadyExists):
                writing.add([a_goal()])

    with pytest.raises(duckdb.TransactionException):
        swallow()
    assert [entry.record.id for entry in store.current("goal")] == ["Z-R"]
    assert store.change_number() == store.connection.tuples("last_change")[0][0] == 1


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, StopRun, ValueError])
def test_whatever_interrupts_a_change_leaves_no_trace(
    store: Store, now: datetime, interruption: type[BaseException]
) -> None:
    def write() -> None:
        with store.change(by="Amt", at=now, action="add") as writing:
            writing.add([a_goal()])
            raise interruption

    with pytest.raises(interruption):
        write()
    assert store.current("goal") == ()
    assert store.connection.tuples("last_change") == [(0,)]
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal()])
    assert store.change_number() == 1


def test_a_second_process_is_refused_and_told_who_holds_the_store(store: Store) -> None:
    holder = json.loads(guard_path(store.path).read_text(encoding="utf-8"))["pid"]
    assert run(OPEN_IN_OTHER_PROCESS, store.path) == f"database_held_by_another_process {holder}"


def test_a_second_opening_in_the_same_process_is_refused_too(store: Store, now: datetime) -> None:
    with pytest.raises(DatabaseHeldByAnotherProcess):
        Store.open(store.path, now)


def test_a_closed_store_is_free_for_the_next_process(store: Store, now: datetime) -> None:
    store.close()
    assert run(OPEN_IN_OTHER_PROCESS, store.path) == ""
    Store.open(store.path, now).close()


def test_without_the_guard_file_the_engines_own_lock_still_names_the_holder(store: Store) -> None:
    no_guard = "import unittest.mock\nimport metrics.store.connection as c\nc.Guard = unittest.mock.Mock()\ntry:"
    script = OPEN_IN_OTHER_PROCESS.replace("try:", no_guard, 1)
    assert run(script, store.path) == f"database_held_by_another_process {read_holder(store.path)['pid']}"


def test_nothing_that_is_done_with_an_open_store_gives_up_the_engines_lock(
    demo_store: Store, now: datetime, me: Person
) -> None:
    opened: list[str] = []
    sys.addaudithook(lambda event, details: opened.append(str(details[0])) if event == "open" else None)
    text = carry_out(demo_store, "export", {"by": me.name}, now)["text"]
    carry_out(demo_store, "import", {"by": me.name, "text": text, "today": now.date().isoformat()}, now)
    carry_out(demo_store, "backup", {"by": me.name}, now)
    carry_out(demo_store, "verify", {"by": me.name}, now)
    carry_out(demo_store, "assess", {"by": me.name, "as_of": "2026-11-24"}, now)
    with pytest.raises(DatabaseHeldByAnotherProcess):
        Store.open(demo_store.path, now)
    assert str(demo_store.path) not in opened
    assert run(OPEN_WITHOUT_GUARD, demo_store.path) == "True"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_csv('{file}')",
        "FROM '{file}'",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/backups/../out.csv'",
        "SELECT * FROM read_text('{folder}/backups/../secret.csv')",
        "ATTACH '{folder}/other.duckdb' AS other",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
        "SET threads = 1",
        "LOAD httpfs",
        "INSTALL httpfs",
        "EXPORT DATABASE '{folder}/out'",
    ],
)
def test_sql_reaches_no_file_and_no_setting(store: Store, statement: str) -> None:
    secret = store.path.parent / "secret.csv"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    text = statement.format(file=secret, folder=store.path.parent)
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException, duckdb.CatalogException)):  # noqa: SIM117
        with store.connection.transaction() as cursor:
            cursor.execute(text).fetchall()
    assert not (store.path.parent / "out.csv").exists()


def test_variables_of_the_program_are_no_tables(store: Store) -> None:
    import pandas as pd

    secret_frame = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.CatalogException), store.connection.transaction() as cursor:
        cursor.execute("SELECT * FROM secret_frame")
    assert len(secret_frame) == 1


def test_a_backup_under_concurrent_writers_is_consistent_and_verifies(store: Store, now: datetime) -> None:
    """Each change writes a goal and a measure: a backup that cut a change in two would hold more of one."""
    done = threading.Event()
    failed: list[BaseException] = []

    def write(worker: int) -> None:
        number = 0
        try:
            while not done.is_set():
                number += 1
                goal = a_goal(id=f"Z-{worker}-{number}")
                with store.change(by="Amt", at=now, action="add") as writing:
                    writing.add([goal])
                    writing.add([a_measure(id=f"M-{worker}-{number}", goal_ids=(goal.id,))])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    try:
        while store.change_number() < 20 and not failed:
            done.wait(0.01)
        backups = [store.connection.backup_folder / f"copy-{number}.duckdb" for number in range(3)]
        for backup in backups:
            store.connection.backup(backup)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failed == []
    for backup in backups:
        number = check_backup(backup, now)
        copy = Store.open(backup, now, read_only=True)
        assert len(copy.current("goal")) == len(copy.current("measure")) == number >= 20
        copy.close()


def test_backups_at_the_same_time_wait_for_each_other(demo_store: Store) -> None:
    targets = [demo_store.connection.backup_folder / f"copy-{number}.duckdb" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(demo_store.connection.backup, targets))
    assert [target.exists() for target in targets] == [True] * 4


def test_a_backup_overwrites_nothing(store: Store) -> None:
    target = store.connection.backup_folder / "copy.duckdb"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(BackupTargetExists):
        store.connection.backup(target)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_failed_backup_leaves_no_part_of_it_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    original: Callable[..., None] = connection_module._attach

    def attach_and_fail(cursor: duckdb.DuckDBPyConnection, path: Path, name: str, **options: bool) -> None:
        original(cursor, path, name, **options)
        cursor.execute("CREATE TABLE copy_of_z.goal (id INTEGER)")

    target = store.connection.backup_folder / "copy.duckdb"
    monkeypatch.setattr(connection_module, "_attach", attach_and_fail)
    with pytest.raises(duckdb.Error):
        store.connection.backup(target)
    assert list(store.connection.backup_folder.iterdir()) == []
    monkeypatch.undo()
    store.connection.backup(target)
    assert target.exists()
