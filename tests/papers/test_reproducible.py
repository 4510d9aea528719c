"""Everything that is handed out of a snapshot is the same byte for byte, whoever makes it, where and when."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from metrics.papers.licences import Licence
from metrics.papers.modes import Mode
from metrics.store.ledger import Store
from tests.conftest import NOW
from tests.papers.hand_out import kept_in
from tests.papers.samples import a_head, a_paper
from tests.papers.test_pptx import a_master

ROOT = Path(__file__).parents[2]
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "ZUKUNFTSPLAN_TODAY": "2026-11-24"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8", "ZUKUNFTSPLAN_TODAY": "2031-02-03"},
)
"""Two time zones that are 25 hours apart never have the same day."""


def begun(number: int, database: Path, master: Path) -> subprocess.Popen[str]:
    """A process that hands everything out, in a folder and surroundings of its own."""
    folder = database.parent / f"elsewhere-{number}"
    folder.mkdir()
    copy = Path(shutil.copy(database, folder / "plan.duckdb"))
    settings = os.environ | SURROUNDINGS[number]
    settings["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", "tests.papers.hand_out", str(copy), str(master)]
    return subprocess.Popen(
        command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A store with one snapshot, of a paper in which everything happens."""
    path = tmp_path / "plan.duckdb"
    with closing(Store.open(path, NOW, create=True)) as store:
        kept_in(store, a_paper(head=a_head(public=True)))
    return path


def test_two_processes_in_different_surroundings_hand_out_the_same_bytes(database: Path, tmp_path: Path) -> None:
    master = tmp_path / "master.pptx"
    master.write_bytes(a_master())
    processes = [begun(number, database, master) for number in range(len(SURROUNDINGS))]
    (first, day), (second, other_day) = [process.communicate(timeout=600) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], day + other_day
    assert day != other_day, "the processes live on different days"
    assert first.splitlines() == second.splitlines()
    names = [line.split(" ", 1)[1] for line in first.splitlines()]
    assert len(set(names)) == len(names)
    for mode in Mode:
        for variant in ("whole", "public"):
            made = [name for name in names if name.startswith(f"{mode.value} {variant} ")]
            assert len(made) == 8 + 1 + 5, "seven files and their list, the archive, five text blocks"
    assert len([name for name in names if name.startswith("on a master ")]) == 1
    for licence in Licence:
        assert f"site {licence.name} data/dcat-ap.jsonld" in names


DRAFT = """
import hashlib, sys
from contextlib import closing
from pathlib import Path
from metrics.store.ledger import Store
from tests.conftest import NOW
from tests.drafts import drafted
from tests.pages.hostile import OFFICE
from tests.plan import a_sitting
with closing(Store.open(Path(sys.argv[1]), NOW)) as store:
    paper = drafted(store, a_sitting(), by=OFFICE, at=NOW, today=NOW.date())
print(hashlib.sha256(paper.model_dump_json().encode()).hexdigest())
"""


def test_the_same_plan_gives_the_same_paper_in_every_process(demo_path: Path) -> None:
    """Else one state would be frozen twice, under two checksums."""
    told = set()
    for seed in ("1", "2", "3"):
        settings = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        command = [sys.executable, "-c", DRAFT, str(demo_path)]
        told.add(subprocess.run(command, env=settings, capture_output=True, check=True, text=True).stdout)
    assert len(told) == 1
