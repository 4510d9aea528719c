"""From an invitation to the answer: the office invites, somebody opens the link, says something, reads the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.browser.conftest import Server, settled
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser

MEASURE = "Leerstandsmanagement Innenstadt"
LINK = re.compile(r"http://\S+/einladung\?code=\S+")


@pytest.fixture
def guest(browser: Browser) -> Iterator[Page]:
    """Somebody at another machine, on a telephone, in the dark."""
    context = browser.new_context(
        locale="de-DE", color_scheme="dark", bypass_csp=True, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def office(browser: Browser) -> Iterator[Page]:
    """The office's own browser, open to axe."""
    context = browser.new_context(locale="de-DE", bypass_csp=True, viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


def test_who_is_invited_comments_and_reads_the_answer(office: Page, guest: Page, server: Server) -> None:
    guest.goto(_invite(office, server))
    settled(guest)
    expect(guest.get_by_text(MEASURE)).to_be_visible()
    expect(guest.get_by_role("link", name="Maßnahmen")).to_have_count(0)
    expect(guest.get_by_text("Zirkularitäts-Check")).to_have_count(0)
    _say(guest)
    assert _serious(guest) == []
    _answer(office, server)
    guest.reload()
    settled(guest)
    expect(guest.get_by_text("Antwort vom 24.11.2026: nicht übernommen")).to_be_visible()
    expect(guest.get_by_text("Dafür ist das Land zuständig.")).to_be_visible()
    expect(guest.get_by_role("button", name="Beitrag zurücknehmen")).to_have_count(0)
    (stored,) = server.plan()["contribution"]
    assert (stored["state"], stored["origin"], stored["measure_ids"]) == ("not_adopted", "business", ["M-15"])
    assert "werk@betrieb.example" not in str(server.plan())
    _withdraw(office, server)
    guest.reload()
    settled(guest)
    expect(guest.get_by_text("Diese Einladung gibt es nicht, oder sie wurde zurückgezogen.")).to_be_visible()
    expect(guest.get_by_text(MEASURE)).to_have_count(0)


def test_a_suggested_item_goes_onto_the_agenda_and_is_stored_with_the_meeting(office: Page, server: Server) -> None:
    office.goto(f"{server.address}/termine?id=neu")
    settled(office)
    office.get_by_role("textbox", name="Titel").fill("Jour fixe KW 49")
    office.get_by_role("textbox", name="Beginn").fill("09:30")
    office.keyboard.press("Tab")
    settled(office)
    office.get_by_role("button", name=re.compile("Übernehmen$")).first.click()
    expect(office.get_by_text("steht darauf")).to_be_visible()
    settled(office)
    assert _serious(office) == []
    agenda = office.get_by_role("textbox", name="Tagesordnung").input_value()
    office.get_by_role("button", name="Speichern").click()
    expect(office.get_by_text("Gespeichert: Jour fixe KW 49").first).to_be_visible()
    (stored,) = server.plan()["meeting"]
    assert stored["agenda"] == [agenda]
    assert agenda.startswith("Wert überfällig: ")


def _choose(page: Page, field: str, identifier: str) -> None:
    """Take one from a list, and open it again if the answer to what was typed before has closed it."""
    chosen = page.get_by_test_id("stMultiSelect").filter(has=page.get_by_label(field, exact=True))
    for _attempt in range(5):
        settled(page)
        chosen.locator("input").fill(identifier)
        with suppress(TimeoutError):
            page.get_by_role("option", name=re.compile(identifier)).click(timeout=2_000)
            expect(chosen).to_contain_text(identifier)
            break
    page.keyboard.press("Escape")
    settled(page)


def _invite(page: Page, server: Server) -> str:
    page.goto(f"{server.address}/dialog")
    settled(page)
    page.get_by_text("Jemanden von außen einladen").click()
    page.get_by_role("textbox", name="E-Mail-Adresse").fill("werk@betrieb.example")
    page.keyboard.press("Tab")
    _choose(page, "Maßnahmen", "M-15")
    assert _serious(page) == []
    page.get_by_role("button", name="Einladung erstellen").click()
    expect(page.get_by_role("heading", name="Einladung, nur jetzt sichtbar")).to_be_visible()
    settled(page)
    assert _serious(page) == []
    found = LINK.search(page.get_by_test_id("stCode").inner_text())
    assert found is not None
    return found[0]


def _say(page: Page) -> None:
    page.get_by_role("textbox", name="Worum geht es?").fill("Ladepunkte für Lkw")
    page.get_by_role("textbox", name="Beitrag").fill("Im Gewerbegebiet fehlen Ladepunkte.")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Beitrag absenden").click()
    expect(page.get_by_text("eine Antwort kommt bis 22.12.2026")).to_be_visible()
    settled(page)


def _answer(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/massnahmen?id=M-15")
    settled(page)
    expect(page.get_by_role("heading", name="1 Beitrag, 1 ohne Antwort")).to_be_visible()
    page.get_by_role("link", name="Ladepunkte für Lkw").click()
    expect(page.get_by_role("heading", name="Antworten")).to_be_visible()
    settled(page)
    page.get_by_role("radiogroup", name="Was wird daraus?").get_by_text("nicht übernommen").click()
    settled(page)
    page.get_by_role("textbox", name="Antwort").fill("Dafür ist das Land zuständig.")
    page.keyboard.press("Tab")
    settled(page)
    assert _serious(page) == []
    page.get_by_role("button", name="Antwort speichern").click()
    expect(page.get_by_text("Die Antwort ist gespeichert.")).to_be_visible()
    settled(page)


def _withdraw(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/dialog")
    settled(page)
    page.get_by_text("Einladungen", exact=True).click()
    page.get_by_role("button", name="Zurückziehen").click()
    expect(page.get_by_text("Der Zugang öffnet nichts mehr.")).to_be_visible()
    settled(page)


def _serious(page: Page) -> list[str]:
    """What axe finds to be serious."""
    results = Axe().run(page, options=RULES)
    assert results.response["passes"], "the rules ran"
    serious = [found for found in results.response["violations"] if found["impact"] in ("serious", "critical")]
    return [f"{found['id']}: {node['html'][:160]}" for found in serious for node in found["nodes"][:3]]
