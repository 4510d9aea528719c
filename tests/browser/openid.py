"""The provider and apps that sign people in with it: for every test that needs somebody to be signed in.

`openid_provider` and `protected_server` are fixtures of the browser tests; `sign_in(page, server, "amt")` signs in.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server, settled
from tests.browser.openid_provider.project import CLIENT_ID, CLIENT_SECRET, PEOPLE, ROLES

__all__ = ["PEOPLE", "Provider", "protected", "sign_in"]


class Provider:
    """The provider as its own process."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-W", "ignore", "-m", "tests.browser.openid_provider", str(self.port)]
        with (self._folder / "log.txt").open("wb") as log:
            self._process = subprocess.Popen([*command, str(self._folder)], cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.address + "/.well-known/openid-configuration", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise TimeoutError("the provider did not answer: " + (self._folder / "log.txt").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def settings(self, server_address: str) -> dict[str, str]:
        """The environment of an app that signs people in here."""
        return {
            "ZUKUNFTSPLAN_OIDC_METADATA_URL": self.address + "/.well-known/openid-configuration",
            "ZUKUNFTSPLAN_OIDC_CLIENT_ID": CLIENT_ID,
            "ZUKUNFTSPLAN_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "ZUKUNFTSPLAN_OIDC_COOKIE_SECRET": "for-the-tests-alone-0123456789-abcdef",
            "ZUKUNFTSPLAN_URL": server_address,
            "ZUKUNFTSPLAN_ROLES": ROLES,
        }


def protected(database: Path, provider: Provider, **settings: str) -> Server:
    """An app, not started yet, that lets in only those who have signed in."""
    server = Server(database)
    server.settings = provider.settings(server.address) | settings
    return server


def sign_in(page: Page, server: Server, user: str, address: str = "") -> None:
    """Open an address, sign in as one of `PEOPLE`, and wait for the page."""
    page.goto(f"{server.address}/{address}")
    press_sign_in(page)
    give_name(page, user)
    settled(page)


def press_sign_in(page: Page) -> None:
    """Press the button of the sign-in page and wait for the provider's."""
    settled(page)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/anmelden/**", timeout=60_000)


def give_name(page: Page, user: str) -> None:
    """Fill in the provider's page and come back."""
    page.get_by_label("Name").fill(user)
    page.get_by_label("Kennwort").fill(user)
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url and "/oauth2callback" not in url, timeout=60_000)
    expect(page.get_by_role("button", name="Anmelden", exact=True)).to_have_count(0)
