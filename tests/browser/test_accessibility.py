"""axe on every page, light and dark: no serious or critical finding (BITV 2.0 asks for WCAG AA)."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.addresses import PAGES, RECORDS
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, *RECORDS])
def test_no_page_has_a_serious_finding(browser: Browser, server: Server, name: str, scheme: str) -> None:
    address = (PAGES | RECORDS)[name]
    context = browser.new_context(
        locale="de-DE", color_scheme=scheme, bypass_csp=True, viewport={"width": 1440, "height": 1000}
    )
    try:
        page = context.new_page()
        page.goto(f"{server.address}/{address}")
        settled(page)
        results = Axe().run(page, options=RULES)
    finally:
        context.close()
    serious = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    told = [f"{found['id']} ({found['impact']}): {found['nodes'][0]['html'][:160]}" for found in serious]
    assert told == []
