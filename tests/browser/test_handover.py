"""A function is handed over without a mouse; the protocol stands at its address, and axe finds nothing serious."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser

FUNCTION, NEW, MEASURE = "Sachgebiet Innenstadt", "Stabsstelle Handel", "M-15"
MOST_STOPS = 60
FOCUSED_NAME = """() => {
  const found = document.activeElement;
  return `${found.tagName.toLowerCase()} ${(found.getAttribute('aria-label') ?? found.textContent).trim()}`;
}"""


def test_a_function_is_handed_over_by_keys_alone_and_the_protocol_can_be_read(tab: Page, server: Server) -> None:
    tab.goto(f"{server.address}/uebergabe?id={FUNCTION}")
    settled(tab)
    _go_to(tab, "input Neue zuständige Funktion *")
    tab.keyboard.type(NEW)
    _go_to(tab, "input Grund (steht im Verlauf) *")
    tab.keyboard.type("Neuer Zuschnitt ab 2027")
    _go_to(tab, "1 Eintrag übergeben")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").filter(has_text=f"Übergeben: 1 Eintrag an {NEW}")).to_be_visible()
    found = next(one for one in server.plan()["measure"] if one["id"] == MEASURE)
    assert (found["owner"], found["deputy"]) == (NEW, "Sachgebiet Bestandspflege")

    settled(tab)
    tab.evaluate("() => document.activeElement.blur()")
    _go_to(tab, "Protokoll ansehen")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Protokoll der Übergabe")).to_be_visible()
    settled(tab)
    expect(tab.get_by_text("Grund: Neuer Zuschnitt ab 2027")).to_be_visible()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Als Text herunterladen").click()
    text = download.value.path().read_text("utf-8")
    assert f"| {MEASURE} |" in text and f"| {FUNCTION} | {NEW} |" in text
    found_faults = Axe().run(tab, options=RULES).response["violations"]
    assert [one["id"] for one in found_faults if one["impact"] in ("serious", "critical")] == []


def _go_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus stands on what ends so."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED_NAME).endswith(wanted):
            return
    raise AssertionError(f"no stop at {wanted}")
