"""What every test may ask for: a store, a person, a moment, a day."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

from metrics.papers.typesetting import set_here
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.founding import found_store

ROOT = Path(__file__).parents[1]
DEMO_PLAN = ROOT / "data" / "demo" / "plan.json"
NOW = datetime(2026, 11, 24, 9, 30)

# A test says what is right, a benchmark says how fast. Where everything must run, a merge is judged by what it changes
# and not by luck: the same examples each time. Everywhere else the laws go on looking for new ones.
EVERYTHING = bool(os.environ.get("ZUKUNFTSPLAN_REQUIRE_ALL"))
settings.register_profile("unhurried", deadline=None, derandomize=EVERYTHING)
settings.load_profile("unhurried")


def in_small_blocks(path: Path) -> Path:
    """Write a closed store anew in blocks of 16 instead of 256 kB, and return its path.

    The same rows in a sixth of the space: most tests copy a store, and open it.
    """
    small = path.with_name("small.duckdb")
    with closing(duckdb.connect(":memory:", config={"default_block_size": "16384"})) as engine:
        engine.execute(f"ATTACH '{path}' AS made (READ_ONLY)")
        engine.execute(f"ATTACH '{small}' AS small")
        engine.execute("COPY FROM DATABASE made TO small")
    small.replace(path)
    return path


@pytest.fixture
def now() -> datetime:
    """A moment as the ledger keeps it: UTC, naive."""
    return NOW


@pytest.fixture
def today() -> date:
    """The office's calendar day."""
    return NOW.date()


@pytest.fixture
def me() -> Person:
    """Somebody who may do everything."""
    return Person("Amtsleitung", Role.administration)


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "plan.duckdb"
    Store.open(path, NOW, create=True).close()
    return in_small_blocks(path)


@pytest.fixture
def store(tmp_path: Path, _empty: Path) -> Iterator[Store]:
    """An empty store: made once, copied for every test."""
    path = tmp_path / "plan.duckdb"
    shutil.copy(_empty, path)
    opened = Store.open(path, NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("founded") / "plan.duckdb"
    found_store(path, DEMO_PLAN, NOW).close()
    return in_small_blocks(path)


@pytest.fixture
def demo_path(_founded: Path, tmp_path: Path) -> Path:
    """A closed store with the demo plan, for this test alone."""
    return Path(shutil.copyfile(_founded, tmp_path / "plan.duckdb"))


@pytest.fixture
def demo_store(demo_path: Path) -> Iterator[Store]:
    """A store with the demo plan."""
    opened = Store.open(demo_path, NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session", autouse=True)
def _papers_are_set_here() -> Iterator[None]:
    """A thousand papers are set in the test's own process; commands, servers and `typesetting` itself start another."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("metrics.papers.pdf.set_in_type", set_here)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything must run (ZUKUNFTSPLAN_REQUIRE_ALL), a test that was left out has failed."""
    report = yield
    comes_with_the_project = item.get_closest_marker("collected") is None
    if EVERYTHING and comes_with_the_project and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out although everything must run: {report.longrepr}"
    return report


def pytest_collection_finish() -> None:
    """What was collected lives on: the framework searches the whole heap for garbage after each run of a page."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the browser's event loop stays in the main thread and would stop other tests' loops."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
