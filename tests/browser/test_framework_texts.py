"""The framework's own texts, as the reader meets them: German, in step with the language, and never somebody's data."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

DATA_AND_CHROME = """() => {
  const made = document.createElement("div");
  made.innerHTML = `
    <div data-testid="stMarkdownContainer"><p id="typed">Open</p></div>
    <div role="gridcell" id="cell">Print</div>
    <span id="ours">Open</span>
    <button id="close" aria-label="Close"></button>
    <button id="remove" aria-label="Remove Radweg (Süd)"></button>
    <div data-testid="stMarkdownContainer"><p id="phrase">Download as CSV</p></div>`;
  document.body.append(made);
}"""


def test_the_menu_of_the_framework_is_german(page: Page, server: Server) -> None:
    page.goto(server.address)
    settled(page)
    page.get_by_role("button", name="Hauptmenü").click()
    menu = page.get_by_role("menu", name="Hauptmenü")

    expect(menu).to_contain_text("Drucken")
    expect(menu).to_contain_text("Dunkel")
    expect(menu).not_to_contain_text("Print")


def test_the_folded_menu_and_the_button_that_takes_a_file_are_german(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto(f"{server.address}/daten")
    settled(page)

    expect(page.get_by_test_id("stTopNav")).to_contain_text("weitere")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_contain_text("Datei auswählen")


def test_what_people_typed_is_not_translated_and_the_framework_s_words_are(page: Page, server: Server) -> None:
    page.goto(server.address)
    settled(page)
    page.evaluate(DATA_AND_CHROME)

    expect(page.locator("#ours")).to_have_text("Öffnen")
    expect(page.locator("#close")).to_have_attribute("aria-label", "Schließen")
    expect(page.locator("#remove")).to_have_attribute("aria-label", "Radweg (Süd) entfernen")
    expect(page.locator("#phrase")).to_have_text("Als CSV herunterladen")
    expect(page.locator("#typed")).to_have_text("Open")
    expect(page.locator("#cell")).to_have_text("Print")


def test_an_english_reader_keeps_the_framework_s_english(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/?lang=en")
    settled(page)
    page.get_by_role("button", name="Main menu").click()

    expect(page.get_by_role("menu", name="Main menu")).to_contain_text("Print")


def test_the_content_policy_stops_nothing_that_the_page_needs(page: Page, server: Server) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.goto(server.address)
    settled(page)

    assert complaints == []
    stopped = "() => new Promise(done => { addEventListener('securitypolicyviolation', e => done(e.violatedDirective));"
    stopped += " const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); })"
    assert page.evaluate(stopped) == "script-src-elem"


def test_who_loses_the_server_is_told_in_german_what_becomes_of_the_input(page: Page, tmp_path: Path) -> None:
    lost = Server(tmp_path / "plan.duckdb")
    lost.start()
    page.goto(lost.address)
    settled(page)
    lost.stop()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Verbindung unterbrochen", timeout=40_000)
    expect(dialog).to_contain_text("Ihre Eingaben auf dieser Seite bleiben erhalten")
    expect(dialog).not_to_contain_text("Streamlit")
