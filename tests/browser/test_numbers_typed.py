"""Numbers as Germans type them: understood, told back and stored to the last digit, or refused at their field.

The app speaks German in both browsers: a browser's own language must not decide what a comma means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import QUIET, Server, settled

pytestmark = pytest.mark.browser


class Entry(NamedTuple):
    """What is typed for which indicator, what the form tells back, what the store must hold."""

    indicator: str
    typed: str
    told: str
    stored: float


ENTRIES = (
    Entry("I-AUSPENDLER", "42,5", "verstanden: 42,5 %;", 42.5),
    Entry("I-BWS", "1.234,5", "verstanden: 1.234,5 Mrd. EUR;", 1234.5),
    Entry("I-SVB", "203.726", "203.726 Personen", 203726.0),
)
YEARS = {"de-DE": "2021", "en-US": "2022"}
REFUSED = {
    "42.5": "Meinten Sie 42,5?",
    "1,234.5": "ist keine Zahl",
    "abc": "ist keine Zahl",
    "=1+1": "wie eine Formel",
    "😀": "ist keine Zahl",
    "9" * 10_000: "Stellen",
}


@pytest.fixture(scope="module", params=list(YEARS))
def spoken(request: pytest.FixtureRequest) -> str:
    """The browser's own language."""
    return str(request.param)


@pytest.fixture(scope="module")
def tab_of(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], spoken: str, browser: Browser
) -> Iterator[Page]:
    """A tab of a browser that is installed in that language, not merely asking for pages in it."""
    flags = [*(flag for flag in QUIET if not flag.startswith("--lang")), f"--lang={spoken}"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    context = own.new_context(locale=spoken, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    own.close()


def test_what_a_german_types_is_stored_to_the_last_digit(tab_of: Page, server: Server, spoken: str) -> None:
    for entry in ENTRIES:
        _open(tab_of, server, entry.indicator)
        _type(tab_of, "Zeitraum", YEARS[spoken])
        _type(tab_of, "Wert in", entry.typed)
        expect(tab_of.get_by_text(entry.told).first).to_be_visible()
        settled(tab_of)
        sure = tab_of.get_by_text("Der Wert stimmt so")
        if sure.count():  # far from all that was before, so the form asks
            sure.first.click()
            settled(tab_of)
        tab_of.get_by_role("button", name="Wert speichern").click()
        expect(tab_of.get_by_role("status").filter(has_text="Gespeichert").first).to_be_visible()
    assert tab_of.evaluate("navigator.language") == spoken
    found = {
        each["indicator_id"]: each["value"]
        for each in server.plan()["reading"]
        if each["period_start"] == f"{YEARS[spoken]}-01-01"
    }
    assert {entry.indicator: found[entry.indicator] for entry in ENTRIES} == {
        entry.indicator: entry.stored for entry in ENTRIES
    }


def test_what_is_no_german_number_is_refused_at_its_field_and_stays_there(tab_of: Page, server: Server) -> None:
    before = server.plan()["reading"]
    _open(tab_of, server, "I-AUSPENDLER")
    _type(tab_of, "Zeitraum", "2019")
    for typed, reason in REFUSED.items():
        _type(tab_of, "Wert in", typed)
        tab_of.get_by_role("button", name="Wert speichern").click()
        expect(tab_of.get_by_role("alert").filter(has_text="1 Angabe passt noch nicht: Wert")).to_be_visible()
        expect(_below(tab_of, "Wert in").filter(has_text=reason).first).to_be_visible()
        expect(tab_of.get_by_role("textbox", name="Wert in")).to_have_value(typed)
    assert server.plan()["reading"] == before


def test_a_period_of_the_middle_ages_and_one_to_come_are_refused(tab_of: Page, server: Server) -> None:
    before = server.plan()["reading"]
    _open(tab_of, server, "I-AUSPENDLER")
    _type(tab_of, "Wert in", "42,5")
    for typed, reason in {"1200": "Das Jahr 1200 liegt außerhalb", "2026": "Der Zeitraum endet erst am"}.items():
        _type(tab_of, "Zeitraum", typed)
        tab_of.get_by_role("button", name="Wert speichern").click()
        expect(tab_of.get_by_role("alert").filter(has_text="1 Angabe passt noch nicht: Zeitraum")).to_be_visible()
        expect(tab_of.get_by_text(reason).first).to_be_visible()
        expect(tab_of.get_by_role("textbox", name="Zeitraum")).to_have_value(typed)
    assert server.plan()["reading"] == before


def _open(page: Page, server: Server, indicator: str) -> None:
    page.goto(f"{server.address}/eingabe?id={indicator}")
    settled(page)


def _type(page: Page, field: str, text: str) -> None:
    """Type and leave the field, as the Tab key does."""
    box = page.get_by_role("textbox", name=field)
    box.fill(text)
    box.press("Tab")


def _below(page: Page, field: str) -> Any:
    """The lines of the column in which the field stands."""
    column = page.get_by_test_id("stColumn").filter(has=page.get_by_role("textbox", name=field)).first
    return column.get_by_test_id("stMarkdownContainer")
