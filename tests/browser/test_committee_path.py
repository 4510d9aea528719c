"""The whole way in one go: a paper is written beside its pages, frozen, presented, decided on, told in the next one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

TITLE, NEXT = "Zukunftsplan: Stand der Umsetzung", "Zukunftsplan: Bericht zum Frühjahr"
POINT = "Der Ausschuss verlängert die Gründungsberatung um zwei Jahre."
OWNER, DEPUTY = "Sachgebiet Bestandspflege", "Sachgebiet Innenstadt"


def test_prepared_frozen_presented_decided_and_told_again(tab: Page, server: Server) -> None:
    _prepare(tab, server, TITLE, "24.11.2026", POINT)
    _freeze(tab)
    _present(tab)
    _record(tab)
    _find_it_among_the_tasks(tab, server)
    _prepare(tab, server, NEXT, "10.03.2027", "Der Ausschuss nimmt den Bericht an.")
    _look_at_the_pages(tab)
    (kept,) = server.plan()["follow_up"]
    assert (kept["text"], kept["point"], kept["owner"], kept["due"]) == (POINT, 1, OWNER, "2027-06-30")


def _prepare(page: Page, server: Server, title: str, day: str, point: str) -> None:
    """Four fields and a point; the page of the paper says it before anything is saved."""
    page.goto(f"{server.address}/sitzungen?id=neu")
    settled(page)
    expect(page.get_by_text("Die Vorschau erscheint")).to_be_visible()
    for label, text in (("Titel *", title), ("Gremium *", "Ausschuss für Wirtschaft"), ("Sitzungstag *", day)):
        page.get_by_label(label, exact=True).first.fill(text)
    page.get_by_label("Beschluss *", exact=True).first.fill(point)
    page.keyboard.press("Tab")
    settled(page)
    expect(page.get_by_role("img", name=re.compile("Seite 1 von"))).to_be_visible()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Zur Vorlage").click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    settled(page)


def _freeze(page: Page) -> None:
    page.get_by_role("button", name="Jetzt einfrieren").click()
    expect(page.get_by_role("status").filter(has_text="Eingefroren als")).to_be_visible()
    settled(page)
    expect(page.get_by_text(re.compile("Prüfsumme .SHA-256.: [0-9a-f]{64}"))).to_be_visible()


def _present(page: Page) -> None:
    """On the wall: the first slide says what for, the decision is on one of its own, and Escape leads back."""
    page.get_by_role("link", name="Vorführen").click()
    wall = page.frame_locator(".st-key-vorfuehrung iframe")
    expect(wall.locator("#m1")).to_have_text(TITLE)
    expect(wall.locator("#m1")).to_be_focused()
    _turn_to(page, wall, POINT)
    expect(wall.locator(".slide.on").get_by_text(POINT)).to_be_visible()
    expect(wall.locator(".slide.on h2")).to_have_text("Zu entscheiden: Punkt 1 von 1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=2, name="Was die Sitzung ergab")).to_be_visible()
    settled(page)


def _record(page: Page) -> None:
    """One click for what was decided, then who sees to it until when."""
    page.get_by_role("link", name="wie vorgeschlagen beschlossen").click()
    expect(page.get_by_label("Wortlaut *")).to_have_value(POINT)
    settled(page)
    for label, text in (("Zuständig", OWNER), ("Vertretung", DEPUTY), ("Frist", "30.06.2027")):
        page.get_by_label(label, exact=True).first.fill(text)
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert")).to_be_visible()
    settled(page)


def _find_it_among_the_tasks(page: Page, server: Server) -> None:
    """It is on the list of decisions, and open."""
    page.goto(f"{server.address}/beschluesse")
    settled(page)
    expect(page.get_by_role("link", name=POINT)).to_be_visible()
    expect(page.get_by_text("bis 30.06.2027")).to_be_visible()


def _look_at_the_pages(page: Page) -> None:
    """The next paper has a page on what became of the decision; nobody had to write it."""
    _freeze(page)
    page.get_by_role("link", name="Vorführen").click()
    wall = page.frame_locator(".st-key-vorfuehrung iframe")
    expect(wall.locator("#m1")).to_have_text(NEXT)
    expect(wall.locator("#m1")).to_be_focused()
    _turn_to(page, wall, "Aus früheren Sitzungen")
    for told in (POINT, "Ausschuss für Wirtschaft, 24.11.2026", "30.06.2027", "offen"):
        expect(wall.locator(".slide.on")).to_contain_text(told)


def _turn_to(page: Page, wall: FrameLocator, words: str) -> None:
    """On with the remote's key until a slide says so."""
    for _ in range(wall.locator(".slide").count()):
        if wall.locator(".slide.on").get_by_text(words).count():
            return
        page.keyboard.press("PageDown")
