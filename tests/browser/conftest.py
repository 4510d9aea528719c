"""The real app in a real browser: Debian's Chromium, a server for each module, a store on a temporary path."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

if TYPE_CHECKING:
    from tests.browser.openid import Provider

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
TODAY = "2026-11-24"
collect_ignore = [] if os.environ.get("ZUKUNFTSPLAN_PICTURES") else ["test_pictures_of_papers.py"]
"""What takes pictures for the handbook alone; what it opens is tried by other tests."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=de",
)

expect.set_options(timeout=60_000)  # patience costs nothing where a test passes, and a busy machine is no fault


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, without anything that would call home."""
    if not Path(CHROMIUM).exists():
        reason = f"no Chromium at {CHROMIUM}: install Debian's package chromium or set CHROMIUM"
        if os.environ.get("ZUKUNFTSPLAN_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A German office's screen."""
    screen = {"width": 1440, "height": 1000}
    return {**browser_context_args, "locale": "de-DE", "timezone_id": "Europe/Berlin", "viewport": screen}


class Server:
    """The app as its own process; `restart()` keeps port and store."""

    def __init__(self, database: Path) -> None:
        self.database = database
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until the app is served."""
        settings = {"ZUKUNFTSPLAN_DATABASE": str(self.database), "ZUKUNFTSPLAN_TODAY": TODAY} | self.settings
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.address + "/_stcore/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise TimeoutError(f"the app did not answer at {self.address}")

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def kill(self) -> None:
        """End the process as a power cut does: nothing is closed, nothing is written."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def plan(self) -> dict[str, list[dict[str, Any]]]:
        """What the store holds by now, by kind: asked for with the command line, beside the running app."""
        command = [sys.executable, "-m", "metrics.cli", "export", "-", "--database", str(self.database)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
        records: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)["records"]
        return records

    def restart(self) -> None:
        """As after an update of the program."""
        self.stop()
        self.start()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running app on the demo plan."""
    running = Server(tmp_path_factory.mktemp("store") / "plan.duckdb")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def openid_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A real OpenID provider with the people of `tests/browser/openid.py`."""
    from tests.browser.openid import Provider

    provider = Provider(tmp_path_factory.mktemp("provider"))
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def protected_server(tmp_path_factory: pytest.TempPathFactory, openid_provider: Provider) -> Iterator[Server]:
    """A running app on the demo plan that lets in only those who have signed in: `sign_in(page, server, "amt")`."""
    from tests.browser.openid import protected

    running = protected(tmp_path_factory.mktemp("store") / "plan.duckdb", openid_provider)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def german(browser: Browser) -> Iterator[BrowserContext]:
    """One German browser for all tests of a module: what it has fetched once it keeps."""
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def tab(german: BrowserContext) -> Iterator[Page]:
    """A new tab of the module's browser."""
    page = german.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def _kept_tab(german: BrowserContext) -> Iterator[Page]:
    page = german.new_page()
    yield page
    page.close()


@pytest.fixture
def same_tab(_kept_tab: Page) -> Page:
    """The module's one tab, for tests that only open an address and look at it.

    A new tab compiles the framework's scripts anew; this one keeps them, at half the cost of a visit.
    """
    return _kept_tab


def settled(page: Page) -> None:
    """Wait until the script has finished, every widget has arrived and every chart has been drawn."""
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(c => c.querySelector('.main-svg'))"
    )
