"""axe on every page, light and dark: no serious or critical finding (BITV 2.0 asks for WCAG AA)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.addresses import PAGES, RECORDS, VIEWS
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The tab of somebody who likes it light, and of somebody who likes it dark."""
    context = browser.new_context(
        locale="de-DE", color_scheme=request.param, bypass_csp=True, viewport={"width": 1440, "height": 1000}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [*PAGES, *RECORDS, *VIEWS])
def test_no_page_has_a_serious_finding(scheme: Page, server: Server, name: str) -> None:
    scheme.goto(f"{server.address}/{(PAGES | RECORDS | VIEWS)[name]}")
    settled(scheme)
    assert scheme.get_by_test_id("stException").count() == 0
    results = Axe().run(scheme, options=RULES)
    assert results.response["passes"], "the rules ran"
    serious = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    told = [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for found in serious
        for node in found["nodes"][:3]
    ]
    assert told == []
