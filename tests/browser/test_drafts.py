"""What is typed and not stored outlives a reload and a killed server, even in a field that nobody has left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

HALF = "Die Stadt baut das Netz der Lade"
FORM = "plan?id=goal"


def test_half_a_sentence_is_still_there_after_a_reload_without_leaving_the_field(tab: Page, server: Server) -> None:
    _open(tab, server)
    _several_lines(tab).focus()
    tab.keyboard.type(HALF)
    tab.reload()  # at once, with the cursor still in the field
    settled(tab)
    expect(_several_lines(tab)).to_have_value(HALF)
    tab.get_by_role("button", name="Verwerfen").first.click()
    expect(_several_lines(tab)).to_have_value("")


def test_a_single_line_is_still_there_after_a_reload_as_well(tab: Page, server: Server) -> None:
    _open(tab, server)
    _line(tab).focus()
    tab.keyboard.type(HALF)
    tab.reload()
    settled(tab)
    expect(_line(tab)).to_have_value(HALF)
    tab.get_by_role("button", name="Verwerfen").first.click()
    expect(_line(tab)).to_have_value("")


def test_a_pause_sends_what_was_typed_and_leaves_the_cursor_where_it_is(tab: Page, server: Server) -> None:
    _open(tab, server)
    for field in (_line(tab), _several_lines(tab)):
        field.focus()
        tab.keyboard.type(HALF)
        expect(tab.get_by_role("button", name="Verwerfen").first).to_be_visible()  # the server knows of it
        settled(tab)
        tab.keyboard.type("säulen aus.")
        expect(field).to_have_value(HALF + "säulen aus.")
        expect(field).to_be_focused()
    tab.get_by_role("button", name="Verwerfen").first.click()
    expect(_line(tab)).to_have_value("")


def test_what_was_typed_outlives_a_server_that_is_killed(tab: Page, server: Server) -> None:
    _open(tab, server)
    _several_lines(tab).focus()
    tab.keyboard.type(HALF)
    expect(tab.get_by_role("button", name="Verwerfen").first).to_be_visible()
    settled(tab)
    server.kill()
    server.start()
    tab.reload()
    settled(tab)
    expect(_several_lines(tab)).to_have_value(HALF)
    expect(tab.get_by_text("Wiederhergestellt: Ihre Eingaben vom")).to_be_visible()
    tab.get_by_role("button", name="Verwerfen").first.click()
    expect(_several_lines(tab)).to_have_value("")


def _open(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/{FORM}")
    settled(page)


def _line(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Titel", exact=False).first


def _several_lines(page: Page) -> Locator:
    return page.locator("textarea").first
