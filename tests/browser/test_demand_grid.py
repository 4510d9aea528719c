"""The demand grid by keyboard, faster than any person, with a reload and a colleague in the same cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

GROUP = "Bestandspflege und Ansiedlung"


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """A tab of another browser."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_what_is_typed_without_a_pause_is_stored_once_and_a_reload_loses_nothing(tab: Page, server: Server) -> None:
    _open(tab, server, "M-15")
    before = _stored(server, "M-15")
    _type(tab, 1, ["41,5", "61", "71"])
    save = tab.get_by_role("button", name="Bedarf speichern")
    _give_reason(tab)
    save.dblclick()  # as impatient people do
    expect(tab.get_by_text("3 Zellen gespeichert.")).to_be_visible()
    expect(tab.get_by_text("nicht gespeichert")).to_have_count(0)
    assert _stored(server, "M-15") == before | {"2027-Q1": [41.5], "2027-Q2": [61.0], "2027-Q3": [71.0]}
    tab.reload()
    _open(tab, server, "M-15")
    assert [_cell(tab, quarter).input_value() for quarter in (1, 2, 3)] == ["41,5", "61", "71"]
    expect(tab.get_by_text("nicht gespeichert")).to_have_count(0)


def test_a_whole_table_is_typed_and_stored_by_keyboard_without_a_pause(tab: Page, server: Server) -> None:
    _open(tab, server, "M-12")  # no group but one works for it so far
    first = tab.get_by_role("textbox", name=f"{GROUP}, 4. Quartal 2026")
    first.focus()
    tab.keyboard.press("Control+A")
    for number in range(1, 19):  # three groups in six quarters, row by row
        tab.keyboard.type(f"{number},5")
        tab.keyboard.press("Tab")
    tab.keyboard.type("Klausur")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # on the button
    expect(tab.get_by_text("18 Zellen gespeichert.")).to_be_visible()
    stored = sorted(days for found in _stored(server, "M-12").values() for days in found)
    assert stored == [number + 0.5 for number in range(1, 19)]


def test_two_people_in_one_cell_both_see_both_values_and_lose_none(tab: Page, colleague: Page, server: Server) -> None:
    _open(tab, server, "M-15")
    before = _stored(server, "M-15")
    _open(colleague, server, "M-15")
    _type(tab, 3, ["75", "55"])  # the third quarter, and the fourth that nobody else touches
    expect(tab.get_by_text("2 Zellen geändert, nicht gespeichert")).to_be_visible()
    _type(colleague, 3, ["77"])
    _give_reason(colleague)
    colleague.get_by_role("button", name="Bedarf speichern").click()
    expect(colleague.get_by_text("1 Zelle gespeichert.")).to_be_visible()
    _give_reason(tab)
    tab.get_by_role("button", name="Bedarf speichern").click()
    told = tab.get_by_role("alert").filter(has_text=f"{GROUP}, 3. Quartal 2027: Sie haben")
    expect(told).to_contain_text(re.compile(r"geändert in 75; inzwischen steht dort 77"))
    assert _stored(server, "M-15") == before | {"2027-Q3": [77.0]}
    assert [_cell(tab, quarter).input_value() for quarter in (3, 4)] == ["75", "55"]
    tab.get_by_role("button", name="Meinen Wert behalten: 75").click()
    expect(told).to_have_count(0)
    tab.get_by_role("button", name="Bedarf speichern").click()
    expect(tab.get_by_text("2 Zellen gespeichert.")).to_be_visible()
    assert _stored(server, "M-15") == before | {"2027-Q3": [75.0], "2027-Q4": [55.0]}


def test_what_is_not_stored_is_still_there_after_a_look_at_another_page(tab: Page, server: Server) -> None:
    _open(tab, server, "M-15")
    before = _stored(server, "M-15")
    _type(tab, 1, ["44"])
    tab.get_by_role("link", name="Ziele", exact=True).first.click()  # the field has only just been left
    expect(tab.get_by_role("heading", name="Ziele", level=1)).to_be_visible()
    settled(tab)
    tab.go_back()
    tab.get_by_text("Kapazität und Bedarf", exact=True).click()
    expect(tab.get_by_role("combobox", name="Welche Maßnahme?")).to_be_visible()
    settled(tab)
    _choose(tab, "M-15")
    expect(_cell(tab, 1)).to_have_value("44")
    expect(tab.get_by_text("1 Zelle geändert, nicht gespeichert")).to_be_visible()
    assert _stored(server, "M-15") == before


def test_on_a_telephone_every_cell_and_sum_says_what_it_is_and_no_heading_is_heaped_up(
    tab: Page, server: Server
) -> None:
    names = ("1. Quartal 2027", "1. Quartal 2028")
    shown = {}
    for width in (390, 1440):
        tab.set_viewport_size({"width": width, "height": 900})
        _open(tab, server, "M-15")
        grid = tab.locator(".st-key-raster_bedarf")
        labels = [grid.locator("label", has_text=f"{GROUP}, {name}") for name in names]
        sums = grid.get_by_text("Summe Q1 2027:", exact=False)
        heading = grid.get_by_text("Q1 2027", exact=True)
        shown[width] = [label.is_visible() for label in labels], sums.is_visible(), heading.is_visible()
        assert grid.get_by_role("textbox", name=f"{GROUP}, {names[1]}").count() == 1
    assert shown == {390: ([True, True], True, False), 1440: ([False, False], False, True)}


def _open(page: Page, server: Server, measure_id: str) -> None:
    page.goto(f"{server.address}/ressourcen?res_ansicht=kapazitaet")
    settled(page)
    _choose(page, measure_id)


def _choose(page: Page, measure_id: str) -> None:
    box = page.get_by_role("combobox", name="Welche Maßnahme?")
    box.click()
    box.fill(measure_id)
    page.get_by_role("option", name=re.compile(measure_id)).first.click()
    # the fields of two measures have the same names, so the button's key tells when the grid has come
    expect(page.locator(f".st-key-bedarfsraster-{measure_id}-speichern")).to_be_visible()
    settled(page)


def _cell(page: Page, quarter: int) -> Locator:
    return page.get_by_role("textbox", name=f"{GROUP}, {quarter}. Quartal 2027")


def _type(page: Page, first: int, numbers: list[str]) -> None:
    """Numbers into cells side by side, by keyboard alone and without waiting."""
    _cell(page, first).focus()
    page.keyboard.press("Control+A")
    for number in numbers:
        page.keyboard.type(number)
        page.keyboard.press("Tab")


def _give_reason(page: Page) -> None:
    page.get_by_role("textbox", name="Grund der Änderung").first.fill("Klausur")


def _stored(server: Server, measure_id: str) -> dict[str, list[float]]:
    """Person-days of every record by period: a doubled one would stand there twice."""
    found: dict[str, list[float]] = {}
    for each in server.plan()["resource_demand"]:
        if each["measure_id"] == measure_id:
            found.setdefault(each["period"], []).append(each["person_days"])
    return found
