"""The grid of values by keyboard, faster than any person, with a reload, a colleague and another page in between."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

INDICATOR = "Auspendlerquote"
YEARS = range(2021, 2026)


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """A tab of another browser."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_rows_typed_without_a_pause_and_a_double_click_are_stored_once(tab: Page, server: Server) -> None:
    _open(tab, server)
    before = _stored(server)
    first = tab.locator(".st-key-raster_werte").get_by_role("textbox").nth(5)  # the second row, where nothing is stored
    first.focus()
    names = []
    for number in range(1, 16):  # three rows of five years
        names.append(tab.evaluate("document.activeElement.getAttribute('aria-label')"))
        tab.keyboard.press("Control+A")
        tab.keyboard.type(f"{number},5")
        tab.keyboard.press("Tab")
    _reason(tab).fill("Klausur")
    tab.get_by_role("button", name="Werte speichern").dblclick()  # as impatient people do
    held_back = tab.get_by_text("Noch nichts gespeichert")  # a slow server had not shown yet what is doubtful
    expect(tab.get_by_text("15 Zellen gespeichert.").or_(held_back).first).to_be_visible()
    if held_back.count():
        tab.get_by_role("button", name="Werte speichern").click()
    expect(tab.get_by_text("15 Zellen gespeichert.")).to_be_visible()
    assert len(set(names)) == 15
    after = _stored(server)
    written = sorted(values[-1] for key, values in after.items() if before.get(key) != values)
    assert written == [number + 0.5 for number in range(1, 16)]
    assert all(len(values) == 1 for values in after.values())  # nothing is there twice


def test_cells_that_were_just_typed_outlive_another_page_and_a_reload(tab: Page, server: Server) -> None:
    _open(tab, server)
    before = _stored(server)
    _type(tab, 2023, "51,5")
    tab.get_by_role("link", name="Ziele", exact=True).first.click()  # the field has only just been left
    expect(tab.get_by_role("heading", name="Ziele", level=1)).to_be_visible()
    settled(tab)
    _open(tab, server)  # a new session
    expect(_cell(tab, 2023)).to_have_value("51,5")
    _cell(tab, 2024).focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("52,5")
    expect(tab.get_by_text("2 Zellen geändert, nicht gespeichert")).to_be_visible()  # nobody has left the field
    settled(tab)
    tab.reload()
    settled(tab)
    _several(tab)
    assert [_cell(tab, year).input_value() for year in (2023, 2024)] == ["51,5", "52,5"]
    assert _stored(server) == before
    tab.get_by_role("button", name="Verwerfen").click()
    expect(tab.get_by_text("nicht gespeichert")).to_have_count(0)


def test_two_people_in_one_cell_both_see_both_values(tab: Page, colleague: Page, server: Server) -> None:
    for page in (tab, colleague):
        _open(page, server)
    _type(tab, 2022, "61,5")
    _type(colleague, 2022, "62,5")
    _reason(colleague).fill("Klausur")
    colleague.get_by_role("button", name="Werte speichern").click()
    expect(colleague.get_by_text("1 Zelle gespeichert.")).to_be_visible()
    _reason(tab).fill("Klausur")
    tab.get_by_role("button", name="Werte speichern").click()
    told = tab.get_by_role("alert").filter(has_text=f"{INDICATOR}, 2022: Sie haben")
    expect(told).to_contain_text(re.compile("geändert in 61,5.%; inzwischen steht dort 62,5"))
    assert _stored(server)[_identifier(server), "2022-01-01"] == [62.5]
    tab.get_by_role("button", name="Meinen Wert behalten: 61,5").click()
    expect(told).to_have_count(0)
    tab.get_by_role("button", name="Werte speichern").click()
    expect(tab.get_by_text("1 Zelle gespeichert.")).to_be_visible()
    assert _stored(server)[_identifier(server), "2022-01-01"] == [61.5]


def _open(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/sammeleingabe")
    settled(page)
    _several(page)


def _several(page: Page) -> None:
    page.get_by_text("Mehrere Indikatoren nebeneinander").click()
    expect(_cell(page, 2023)).to_be_visible()
    settled(page)


def _cell(page: Page, year: int) -> Locator:
    return page.get_by_role("textbox", name=f"{INDICATOR}, {year}", exact=True)


def _type(page: Page, year: int, number: str) -> None:
    _cell(page, year).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(number)
    page.keyboard.press("Tab")


def _reason(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Grund der Änderung").first


def _identifier(server: Server) -> str:
    return next(one["id"] for one in server.plan()["indicator"] if one["title"] == INDICATOR)


def _stored(server: Server) -> dict[tuple[str, str], list[float]]:
    """Values by indicator and first day; a doubled one would stand there twice."""
    found: dict[tuple[str, str], list[float]] = {}
    for each in server.plan()["reading"]:
        if each["period_kind"] == "year" and each["period_start"] >= "2021" and not each.get("vintage"):
            found.setdefault((each["indicator_id"], each["period_start"]), []).append(each["value"])
    return found
