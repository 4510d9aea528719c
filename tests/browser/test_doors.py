"""What a fresh server shows to somebody who comes by a deep link, and what the browser is asked to fetch."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import PAGES
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["indikatoren?id=I-ALQ-M", "verlauf", "ziele"])
def test_a_deep_link_on_a_freshly_started_server_goes_through_the_frame(
    page: Page, tmp_path: Path, address: str
) -> None:
    fresh = Server(tmp_path / "plan.duckdb")
    fresh.start()
    try:
        page.goto(f"{fresh.address}/{address}")
        settled(page)
        expect(page.get_by_text("Beispielwerte einrechnen")).to_be_visible()
        expect(page.get_by_role("link", name="Übersicht").first).to_be_visible()
    finally:
        fresh.stop()


@pytest.mark.parametrize("name", ["frame", "steering", "upkeep", "overview", "readings"])
def test_no_file_of_the_folder_pages_is_an_address(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.address}/{name}")
    expect(page.get_by_text("Seite nicht gefunden")).to_be_visible()


def test_the_start_page_answers_to_its_name_too(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/uebersicht?lang=en")
    settled(page)
    expect(page).to_have_title("Overview – Zukunftsplan")
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_the_menu_leads_to_every_page_and_no_page_calls_another_host(page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, address in PAGES.items():
        page.goto(f"{server.address}/{address}")
        settled(page)
        expect(page).to_have_title(f"{name} – Zukunftsplan")
        if name not in {"Präsentation", "Werkstatt"}:  # slides and wall bear the title of what they show
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
    foreign = [url for url in asked if not url.startswith((server.address, "data:", "blob:"))]
    assert foreign == []


def test_the_page_speaks_german_to_screen_readers_and_english_on_request(page: Page, server: Server) -> None:
    page.goto(server.address)
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto(f"{server.address}/?lang=en")
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Overview")
