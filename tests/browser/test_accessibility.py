"""axe on every page, light and dark: no serious or critical finding (BITV 2.0 asks for WCAG AA)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.addresses import PAGES, RECORDS, VIEWS
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
BACKGROUNDS: dict[Literal["light", "dark"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 24, 31)"}
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


@pytest.fixture(scope="module")
def page_of_somebody(browser: Browser) -> Iterator[Page]:
    """A tab whose system is light at first; a page is opened once and followed into the dark."""
    context = browser.new_context(locale="de-DE", bypass_csp=True, viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [*PAGES, *RECORDS, *VIEWS])
def test_no_page_has_a_serious_finding(page_of_somebody: Page, server: Server, name: str) -> None:
    tab = page_of_somebody
    tab.emulate_media(color_scheme="light")
    tab.goto(f"{server.address}/{(PAGES | RECORDS | VIEWS)[name]}")
    settled(tab)
    for scheme, background in BACKGROUNDS.items():
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_function(f"({BACKGROUND})() === '{background}'")
        tab.wait_for_timeout(300)  # charts are drawn anew by the server, which hears of it a moment later
        settled(tab)
        assert tab.get_by_test_id("stException").count() == 0
        assert findings(tab) == [], scheme


def findings(tab: Page) -> list[str]:
    """What axe finds serious or critical on a page."""
    results = Axe().run(tab, options=RULES)
    assert results.response["passes"], "the rules ran"
    serious = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for found in serious
        for node in found["nodes"][:3]
    ]
