"""The way that everything else serves: from the overview down to a number, enter its next value, find it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

GOAL_ID = "Z-R"
INDICATOR, INDICATOR_ID = "Arbeitslosenquote (Jahresdurchschnitt)", "I-ALQ-J"
PERIOD, TYPED, SHOWN, STORED = "2025", "7,8", "7,8 %", 7.8


def test_a_reading_goes_from_the_overview_into_the_plan_and_outlives_the_server(tab: Page, server: Server) -> None:
    _drill_down(tab, server)
    _enter(tab)
    _find_on_the_indicator_page(tab)
    _find_in_the_history(tab)
    server.restart()
    tab.goto(f"{server.address}/indikatoren?id={INDICATOR_ID}")
    settled(tab)
    _find_on_the_indicator_page(tab)
    stored = [each for each in server.plan()["reading"] if each["indicator_id"] == INDICATOR_ID]
    assert [each["value"] for each in stored if each["period_start"] == "2025-01-01"] == [STORED]


def _drill_down(page: Page, server: Server) -> None:
    """Overview → goal → indicator → form, by clicks alone."""
    page.goto(server.address)
    settled(page)
    page.get_by_role("link", name="Ziel öffnen").and_(page.locator(f"[href$='id={GOAL_ID}']")).click()
    expect(page.get_by_role("heading", name="Stand des Ziels")).to_be_visible()
    settled(page)
    page.get_by_role("link", name=INDICATOR).first.click()
    expect(page.get_by_role("heading", level=2, name=INDICATOR)).to_be_visible()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Indikatoren")
    page.get_by_role("link", name="Istwert eingeben").click()
    expect(page.get_by_role("heading", name=f"Neuer Wert: {INDICATOR}")).to_be_visible()


def _enter(page: Page) -> None:
    """Period, value: told back, drawn, stored."""
    expect(page.get_by_role("heading", name="Heute: 8,1 % · 2024")).to_be_visible()
    page.get_by_role("textbox", name="Zeitraum").fill(PERIOD)
    page.keyboard.press("Tab")
    expect(page.get_by_text("verstanden: 2025 (01.01.2025 – 31.12.2025)")).to_be_visible()
    page.get_by_role("textbox", name="Wert in %").fill(TYPED)
    page.keyboard.press("Tab")
    expect(page.get_by_text(f"verstanden: {SHOWN}; Änderung gegen 2024 (8,1 %): −0,3 %-Punkte")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Mit Ihrem Wert: {SHOWN}")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Wert speichern").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text(SHOWN)
    page.get_by_role("link", name="Zum Indikator").click()


def _find_on_the_indicator_page(page: Page) -> None:
    """The newest value, and the new point in the table behind the chart."""
    expect(page.get_by_text("Letzter Istwert, 2025")).to_be_visible()
    settled(page)
    fold = page.locator(".st-key-indikator_zielpfad_tabelle")
    fold.get_by_text("Werte als Tabelle").click()
    point = fold.locator("[role=row]").filter(has_text="31.12.2025").filter(has_text=TYPED)
    expect(point).to_be_attached()


def _find_in_the_history(page: Page) -> None:
    """Who, when and what, as the newest change of all."""
    page.get_by_role("link", name="Zum Verlauf").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verlauf")
    settled(page)
    newest = page.locator("[class*=st-key-verlauf_]").filter(has_text="Änderung 2").first
    expect(newest).to_contain_text("Amt (lokal)")
    expect(newest).to_contain_text("Uhr")
    newest.get_by_text("was sich änderte").click()
    expect(newest.get_by_role("table")).to_contain_text("Wert")
    expect(newest.get_by_role("table")).to_contain_text(TYPED)
