"""From the phone to the screen on the wall: no page scrolls sideways, light or dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import PAGES, RECORDS
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

SIZES = ((390, 844), (1024, 768), (1920, 1080))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TOO_WIDE = """() => {
  const room = document.querySelector("[data-testid=stMain]") ?? document.scrollingElement;
  const parts = [document.scrollingElement, room];
  if (parts.every(part => part.scrollWidth <= part.clientWidth)) return [];
  const edge = room.getBoundingClientRect().left + room.clientWidth;
  const out = [...room.querySelectorAll("[data-testid]")].filter(e => e.getBoundingClientRect().right > edge + 1);
  return ["the page", ...out.slice(-3).map(e => e.dataset.testid + ": " + e.textContent.slice(0, 60))];
}"""
CUT = """() => [...document.querySelectorAll("[data-testid=stPageLink] span")]
  .filter(e => getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1)
  .map(e => e.textContent)"""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


@pytest.mark.parametrize("name", [*PAGES, *RECORDS])
def test_no_page_scrolls_sideways(same_tab: Page, server: Server, name: str) -> None:
    found: dict[str, list[str]] = {}
    same_tab.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    same_tab.goto(f"{server.address}/{(PAGES | RECORDS)[name]}")
    settled(same_tab)
    for width, height in SIZES:
        same_tab.set_viewport_size({"width": width, "height": height})
        settled(same_tab)
        same_tab.wait_for_timeout(400)  # charts follow the new width with a delay
        found[f"{width} px"] = same_tab.evaluate(TOO_WIDE)
    assert {size: wide for size, wide in found.items() if wide} == {}


def test_no_title_of_a_link_is_cut_on_a_phone(tab: Page, server: Server) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    for address in (RECORDS["ein Ziel"], PAGES["Indikatoren"]):
        tab.goto(f"{server.address}/{address}")
        settled(tab)
        assert tab.get_by_test_id("stPageLink").count() > 9
        assert tab.evaluate(CUT) == []


def test_the_page_follows_the_system_from_light_to_dark_and_back(tab: Page, server: Server) -> None:
    colours = []
    for scheme in (*SCHEMES, "light"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(server.address)
        settled(tab)
        colours.append(tab.evaluate(BACKGROUND))
    assert colours == ["rgb(255, 255, 255)", "rgb(16, 24, 31)", "rgb(255, 255, 255)"]


def test_the_menu_on_a_phone_leads_to_every_page(tab: Page, server: Server) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(server.address)
    settled(tab)
    tab.get_by_role("button", name="Seitenleiste öffnen").click()
    for name in PAGES:
        assert tab.get_by_role("link", name=name, exact=False).first.is_visible(), name
