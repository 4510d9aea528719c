"""Every page, light and dark, as the handbook shows it.

`make pictures` (ZUKUNFTSPLAN_PICTURES=1) writes them to docs/handbuch/bilder; otherwise they go to a temporary folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.addresses import PAGES, RECORDS
from tests.browser.conftest import ROOT, Server, settled

pytestmark = pytest.mark.browser

FOLDER = ROOT / "docs" / "handbuch" / "bilder"
NAMES = {"": "uebersicht"} | {address: address.partition("?")[0] + "-einzeln" for address in RECORDS.values()}
EMPTY_PICTURE = 12_000
"""A blank page of this size makes a file of fewer bytes."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [*PAGES.values(), *RECORDS.values()])
def test_every_page_has_its_picture(
    browser: Browser, server: Server, tmp_path: Path, address: str, scheme: str
) -> None:
    folder = FOLDER if os.environ.get("ZUKUNFTSPLAN_PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{NAMES.get(address, address)}-{'hell' if scheme == 'light' else 'dunkel'}.png"
    context = browser.new_context(locale="de-DE", color_scheme=scheme, viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(f"{server.address}/{address}")
        settled(page)
        page.wait_for_timeout(600)  # the charts' transitions
        page.screenshot(path=target)
        assert page.locator("[data-testid=stException]").count() == 0
    finally:
        context.close()
    assert target.stat().st_size > EMPTY_PICTURE
