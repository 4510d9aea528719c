"""The app as a test sees it: each test gets its own store in its own folder, and pages by their address."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.usecases.founding import found_store
from tests.conftest import in_small_blocks

ROOT = Path(__file__).parents[2]
FOUNDED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC).replace(tzinfo=None)
TODAY = "2026-11-24"
SERIALIZABLE = "runner.enforceSerializableSessionState"
TIMEOUT = 60.0
"""Seconds for one run; generous, because other work may share the machine."""

App = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _components() -> Iterator[None]:
    """Streamlit searches every installed package for components before each first run of a page: here once for all."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plan's database, founded once and copied for every test."""
    path = tmp_path_factory.mktemp("founded") / "plan.duckdb"
    found_store(path, ROOT / "data" / "demo" / "plan.json", FOUNDED).close()
    return in_small_blocks(path)


@pytest.fixture
def database(tmp_path: Path, founded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo plan's database of this test, on the rehearsal's day; whatever was opened is closed at the end."""
    path = tmp_path / "plan.duckdb"
    shutil.copy(founded, path)
    yield from _running(path, monkeypatch)


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database without a single record."""
    path = tmp_path / "empty.duckdb"
    Store.open(path, FOUNDED, create=True).close()
    yield from _running(path, monkeypatch)


@pytest.fixture
def app(database: Path) -> App:
    """Open a page of the demo plan: `app("ziele", id="Z-A")`; without an address the start page."""
    return open_page


@pytest.fixture
def empty_app(empty_database: Path) -> App:
    """Open a page of a plan without records."""
    return open_page


@pytest.fixture
def store(database: Path) -> Store:
    """The running app's store of the demo plan, to look behind the page or to write beside it."""
    return runtime.store()


def open_page(path: str | None = None, **query: str) -> AppTest:
    """The page at an address such as `ziele`, as it stands after its first run with these query parameters."""
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=TIMEOUT)
    page.query_params.update(query)
    if path:
        page._page_hash = calc_hash(path)  # the pages are functions, which switch_page() does not know
    page.run()
    pickle.dumps(page.session_state.to_dict())
    return page


def charts_without_text(page: AppTest) -> list[str]:
    """Keys of the charts and tables on a page that lack their text alternative."""
    return [
        element.proto.id
        for kind in ("plotly_chart", "dataframe")
        for element in page.get(kind)
        if not element.proto.alt
    ]


def words(page: AppTest) -> str:
    """Everything a page says in headings, paragraphs, captions, badges, notices and labels of links, in one text."""
    said: list[str] = []
    for element in page:
        proto = getattr(element, "proto", None)
        said += [str(getattr(proto, name)) for name in ("body", "label") if isinstance(getattr(proto, name, None), str)]
    return "\n".join(said)


def _running(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ZUKUNFTSPLAN_DATABASE", str(path))
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", TODAY)
    # AppTest keeps the labels' functions beside the session's values; `open_page` checks the values alone.
    before = config.get_option(SERIALIZABLE)
    config.set_option(SERIALIZABLE, False)
    yield path
    config.set_option(SERIALIZABLE, before)
    runtime.stop()
