"""Backup, restore, verify."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from metrics.domain.refusals import BackupNotUsable, DatabaseHeldByAnotherProcess
from metrics.store.ledger import Store, Writing
from metrics.usecases.access import Person
from metrics.usecases.founding import found_store
from metrics.usecases.keeping import back_up, check_backup, restore, verify
from metrics.usecases.planning import add_record
from tests.conftest import DEMO_PLAN
from tests.plan import a_goal, a_measure

KILL_WITH_OPEN_LOG = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from metrics.store.ledger import Store
from tests.plan import a_goal
store = Store.open(Path(sys.argv[1]), datetime(2026, 11, 24), create=True)
with store.change(by="Amt", at=datetime(2026, 11, 24), action="add") as writing:
    writing.add([a_goal()])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_backup_holds_the_plan_as_it_was_and_can_be_put_back(demo_store: Store, me: Person, now: datetime) -> None:
    backup = back_up(demo_store, by=me, at=now)
    add_record(demo_store, a_goal(id="Z-SPAETER"), by=me, at=now)
    path = demo_store.path
    demo_store.close()
    former = restore(backup, path, now)
    assert former is not None
    restored, before = Store.open(path, now), Store.open(former, now)
    assert (restored.change_number(), before.change_number()) == (1, 2)
    assert verify(restored) == verify(before) == []
    restored.close()
    before.close()


def test_a_store_that_somebody_holds_is_not_restored(demo_store: Store, me: Person, now: datetime) -> None:
    backup = back_up(demo_store, by=me, at=now)
    with pytest.raises(DatabaseHeldByAnotherProcess):
        restore(backup, demo_store.path, now)
    assert list(demo_store.path.parent.glob("*arriving*")) == []
    add_record(demo_store, a_goal(id="Z-WEITER"), by=me, at=now)


def test_a_backup_can_be_restored_where_there_is_no_store(
    demo_store: Store, tmp_path: Path, me: Person, now: datetime
) -> None:
    backup = back_up(demo_store, by=me, at=now)
    path = tmp_path / "neu.duckdb"
    assert restore(backup, path, now) is None
    store = Store.open(path, now)
    assert store.change_number() == 1
    store.close()


@pytest.mark.parametrize("content", [None, b"", b"no backup"])
def test_what_is_no_backup_is_refused(demo_path: Path, tmp_path: Path, now: datetime, content: bytes | None) -> None:
    backup = tmp_path / "backup.duckdb"
    if content is not None:
        backup.write_bytes(content)
    with pytest.raises(BackupNotUsable):
        restore(backup, demo_path, now)
    Store.open(demo_path, now).close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a process that is killed")
def test_a_file_whose_log_is_still_open_is_no_backup_until_it_was_opened_once(
    tmp_path: Path, demo_path: Path, now: datetime
) -> None:
    killed = tmp_path / "killed.duckdb"
    subprocess.run(
        [sys.executable, "-c", KILL_WITH_OPEN_LOG, str(killed)], cwd=Path(__file__).parents[2], check=False, timeout=60
    )
    assert killed.with_name("killed.duckdb.wal").exists()
    with pytest.raises(BackupNotUsable, match=r"killed\.duckdb\.wal"):
        restore(killed, demo_path, now)
    Store.open(killed, now).close()
    restore(killed, demo_path, now)
    store = Store.open(demo_path, now)
    assert [entry.record.id for entry in store.current("goal")] == ["Z-R"]
    store.close()


def test_verify_finds_what_must_not_be_and_names_the_record(
    store: Store, me: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_record(store, a_goal(), by=me, at=now)
    assert verify(store) == []
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "_check_references", lambda *_: None)
        add_record(store, a_measure(id="M-X", goal_ids=("Z-NIRGENDS",)), by=me, at=now)
    with store.connection.transaction() as cursor:
        cursor.execute(
            "INSERT INTO goal BY NAME SELECT * REPLACE ('Z-LUECKE' AS id, 3 AS version) FROM goal WHERE id = 'Z-R'"
        )
        cursor.execute(
            "INSERT INTO goal BY NAME SELECT * REPLACE ('Z-KAPUTT' AS id, 'x' AS level) FROM goal WHERE id = 'Z-R'"
        )
        cursor.execute(
            "INSERT INTO goal BY NAME SELECT * REPLACE ('Z-JSON' AS id, '[' AS parent_ids) FROM goal WHERE id = 'Z-R'"
        )
        cursor.execute(
            "INSERT INTO goal BY NAME SELECT * REPLACE ('Z-99' AS id, 99 AS change_no) FROM goal WHERE id = 'Z-R'"
        )
    found = {(fault.check, fault.kind, fault.id) for fault in verify(store)}
    assert found == {
        ("row_breaks_model", "goal", "Z-KAPUTT"),
        ("row_breaks_model", "goal", "Z-JSON"),
        ("version_gap", "goal", "Z-LUECKE"),
        ("row_without_change", "goal", "Z-99"),
        ("broken_reference", "measure", "M-X"),
    }


def test_verify_finds_a_current_record_that_refers_to_a_withdrawn_one(
    store: Store, me: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_record(store, a_goal(), by=me, at=now)
    add_record(store, a_measure(), by=me, at=now)
    monkeypatch.setattr(Writing, "_refuse_while_referenced", lambda *_: None)
    with store.change(by="Amt", at=now, action="withdraw") as writing:
        writing.withdraw(a_goal(), 1)
    assert [(fault.check, fault.id, fault.detail) for fault in verify(store)] == [
        ("broken_reference", "M-15", "goal Z-R")
    ]


def test_a_faulty_store_makes_no_backup_that_passes_for_good(
    store: Store, me: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Writing, "_check_references", lambda *_: None)
    add_record(store, a_measure(goal_ids=("Z-NIRGENDS",)), by=me, at=now)
    with pytest.raises(BackupNotUsable, match="broken_reference"):
        back_up(store, by=me, at=now)


def test_backups_of_different_moments_stand_side_by_side(demo_store: Store, me: Person, now: datetime) -> None:
    first = back_up(demo_store, by=me, at=now)
    second = back_up(demo_store, by=me, at=now + timedelta(microseconds=1))
    assert first != second
    assert check_backup(first, now) == check_backup(second, now) == 1


def test_a_store_that_fails_to_fill_is_not_left_behind(tmp_path: Path, now: datetime) -> None:
    broken = tmp_path / "plan.json"
    broken.write_text(DEMO_PLAN.read_text(encoding="utf-8").replace('"goal_ids": [\n', '"goal_ids": ["Z-NIE",\n', 1))
    path = tmp_path / "plan.duckdb"
    with pytest.raises(Exception, match="unknown_reference"):
        found_store(path, broken, now)
    assert not path.exists()
    found_store(path, DEMO_PLAN, now).close()
