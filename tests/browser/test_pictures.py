"""Every page, light and dark, as the handbook shows it.

`make pictures` (ZUKUNFTSPLAN_PICTURES=1) writes them to docs/handbuch/bilder; otherwise they go to a temporary folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import PAGES, RECORDS, VIEWS
from tests.browser.conftest import ROOT, Server, settled

pytestmark = pytest.mark.browser

FOLDER = ROOT / "docs" / "handbuch" / "bilder"
NAMES = {"": "uebersicht"} | {address: address.partition("?")[0] + "-einzeln" for address in RECORDS.values()}
NAMES |= {address: re.sub(r"\?.*=", "-", address).lower() for address in VIEWS.values()}
FOR_THE_HANDBOOK = bool(os.environ.get("ZUKUNFTSPLAN_PICTURES"))
SHADES = ("hell", "dunkel") if FOR_THE_HANDBOOK else ("hell",)
ADDRESSES = [*PAGES.values(), *RECORDS.values(), *VIEWS.values()][:: 1 if FOR_THE_HANDBOOK else 12]
"""All for the handbook; the other tests of this folder open each page anyway, light and dark."""
EMPTY_PICTURE = 12_000
"""A blank page of this size makes a file of fewer bytes."""


@pytest.fixture(scope="module", params=SHADES)
def shade(request: pytest.FixtureRequest) -> str:
    """Light or dark, as the file names say it."""
    return str(request.param)


@pytest.fixture(scope="module")
def shaded(browser: Browser, shade: str) -> Iterator[Page]:
    """A tab that asks for that shade; what it has fetched once it keeps."""
    scheme: Literal["light", "dark"] = "light" if shade == "hell" else "dark"
    context = browser.new_context(locale="de-DE", color_scheme=scheme, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_its_picture(shaded: Page, shade: str, server: Server, tmp_path: Path, address: str) -> None:
    folder = FOLDER if FOR_THE_HANDBOOK else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{NAMES.get(address, address)}-{shade}.png"
    shaded.goto(f"{server.address}/{address}")
    settled(shaded)
    shaded.wait_for_timeout(600)  # the charts' transitions
    shaded.screenshot(path=target)
    assert shaded.locator("[data-testid=stException]").count() == 0
    assert target.stat().st_size > EMPTY_PICTURE
