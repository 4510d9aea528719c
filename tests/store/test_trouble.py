"""Bad files, bad folders, full disks: a named refusal, nothing half-saved, nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from metrics.domain.refusals import (
    BackupNotUsable,
    DatabaseFolderNotWritable,
    DatabaseNotFound,
    DatabaseNotReadable,
    DiskFull,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.founding import found_store
from metrics.usecases.keeping import back_up, restore, verify
from tests.conftest import DEMO_PLAN
from tests.plan import a_goal

FILL = """
import random, sys
from datetime import datetime
from pathlib import Path
from metrics.domain.refusals import DiskFull
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.keeping import back_up
from tests.plan import a_goal
path, limit, now = Path(sys.argv[1]), int(sys.argv[2]), datetime(2026, 11, 24)
store = Store.open(path, now, create=True)
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
noise = random.Random(7)
stored = 0
try:
    while stored < 5000:
        notes = [noise.randbytes(9000).hex() for _ in range(12)]
        with store.change(by="Amt", at=now, action="add") as writing:
            writing.add([a_goal(id=f"Z-{stored}-{part}", note=note) for part, note in enumerate(notes)])
        stored += 1
except DiskFull:
    print("full")
print(stored, len(store.current("goal")), store.change_number())
try:
    back_up(store, by=Person("Amt", Role.administration), at=now)
except DiskFull:
    print("no backup", [file.name for file in store.connection.backup_folder.iterdir()])
store.close()
"""


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(DatabaseNotFound):
        Store.open(tmp_path / "missing" / "plan.duckdb", now)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_made_with_the_store(tmp_path: Path, now: datetime) -> None:
    Store.open(tmp_path / "new" / "folder" / "plan.duckdb", now, create=True).close()
    assert (tmp_path / "new" / "folder" / "plan.duckdb").exists()


@pytest.mark.parametrize("place", ["below a file", "in a folder of the system"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, now: datetime, place: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = {"below a file": tmp_path / "file" / "plan.duckdb", "in a folder of the system": Path("/proc/plan.duckdb")}
    with pytest.raises(DatabaseFolderNotWritable) as refused:
        Store.open(path[place], now, create=True)
    assert refused.value.data["path"] == str(path[place].parent)


@pytest.mark.parametrize("name", ["x" * 300, "x" * 252])
def test_a_name_that_the_file_system_refuses_is_a_refusal(tmp_path: Path, now: datetime, name: str) -> None:
    for create in (False, True):
        with pytest.raises((DatabaseNotReadable, DatabaseNotFound, DatabaseFolderNotWritable)):
            Store.open(tmp_path / name, now, create=create)


@pytest.mark.parametrize("content", [b"", b"Hallo Bottrop", random.Random(1).randbytes(100_000)])
def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path, now: datetime, content: bytes) -> None:
    path = tmp_path / "plan.duckdb"
    path.write_bytes(content)
    with pytest.raises(DatabaseNotReadable):
        Store.open(path, now)
    assert path.read_bytes() == content


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.6])
def test_a_store_that_was_cut_off_is_refused(demo_path: Path, now: datetime, share: float) -> None:
    content = demo_path.read_bytes()
    demo_path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DatabaseNotReadable), closing(Store.open(demo_path, now)) as store:
        verify(store)


def test_a_store_with_damaged_pages_never_fails_without_a_name(demo_path: Path, now: datetime) -> None:
    """A damaged page in use is found by its checksum; in an unused one nothing is lost."""
    content = demo_path.read_bytes()
    outcomes = set()
    for seed in range(12):
        damaged, noise = bytearray(content), random.Random(seed)
        place = noise.randrange(12_288, len(content) - 4096)
        damaged[place : place + 4096] = noise.randbytes(4096)
        demo_path.write_bytes(damaged)
        try:
            with closing(Store.open(demo_path, now)) as store:
                outcomes.add(len(verify(store)))
        except DatabaseNotReadable:
            outcomes.add("refused")
    assert outcomes == {0, "refused"}


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "plan.duckdb"
    with duckdb.connect(str(path)) as foreign:
        foreign.execute("CREATE TABLE customer (id INTEGER)")
    with pytest.raises(DatabaseNotReadable, match="no store of this program"):
        Store.open(path, now)
    with duckdb.connect(str(path)) as foreign:
        assert foreign.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("customer",)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 30 MB of its own, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = (
        mount
        and not subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    if not made:
        pytest.skip("this machine lets us mount no small file system; the test with a limit on files still runs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path, limit: int, now: datetime) -> tuple[int, list[str]]:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path), str(limit)],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        timeout=300,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "full"
    stored, goals, number = map(int, lines[1].split())
    assert (goals, number) == (12 * stored, stored), "what was not refused is there, what was refused is not"
    store = Store.open(path, now)
    assert len(store.current("goal")) == 12 * stored
    assert verify(store) == []
    store.close()
    return stored, lines[2:]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on the size of files")
@pytest.mark.parametrize("limit", [12_000_000, 20_000_000], ids=["the log is full", "the file itself is full"])
def test_a_limit_on_the_size_of_files_is_a_full_disk_and_the_store_goes_on(
    tmp_path: Path, now: datetime, limit: int
) -> None:
    """With the second limit the engine gives the file up, and the store has to open it anew."""
    stored, rest = fill(tmp_path / "plan.duckdb", limit, now)
    assert stored > 10
    assert rest == ["no backup []"] or not rest


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system in memory")
def test_on_a_full_disk_every_acknowledged_change_stays_and_no_half_one_does(small_disk: Path, now: datetime) -> None:
    stored, rest = fill(small_disk / "plan.duckdb", 0, now)
    assert stored > 10
    assert rest == ["no backup []"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system in memory")
def test_a_store_that_finds_no_room_for_the_demo_plan_is_not_left_half_founded(small_disk: Path, now: datetime) -> None:
    (small_disk / "ballast").write_bytes(bytes(24 * 1024 * 1024))
    path = small_disk / "plan.duckdb"
    with pytest.raises(DiskFull):
        found_store(path, DEMO_PLAN, now)
    assert not path.exists()
    (small_disk / "ballast").unlink()
    found_store(path, DEMO_PLAN, now).close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system in memory")
def test_a_restore_that_finds_no_room_leaves_the_store_as_it_was(
    small_disk: Path, tmp_path: Path, demo_path: Path, now: datetime, me: Person
) -> None:
    demo = Store.open(demo_path, now)
    backup = back_up(demo, by=me, at=now)
    demo.close()
    path = small_disk / "plan.duckdb"
    store = Store.open(path, now, create=True)
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal(title="Bleibt")])
    store.close()
    (small_disk / "ballast").write_bytes(bytes(20 * 1024 * 1024))
    with pytest.raises(DiskFull):
        restore(backup, path, now)
    assert sorted(file.name for file in small_disk.glob("plan*")) == ["plan.duckdb", "plan.duckdb.lock"]
    store = Store.open(path, now)
    assert [entry.record.id for entry in store.current("goal")] == ["Z-R"]
    store.close()


def test_a_damaged_backup_is_not_restored(demo_path: Path, tmp_path: Path, now: datetime) -> None:
    backup = tmp_path / "backup.duckdb"
    backup.write_bytes(demo_path.read_bytes()[:1_000_000])
    before = demo_path.read_bytes()
    with pytest.raises(BackupNotUsable):
        restore(backup, demo_path, now)
    assert demo_path.read_bytes() == before
