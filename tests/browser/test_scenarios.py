"""A scenario from the comparison to the changed plan, as somebody clicks it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser


def test_a_scenario_is_compared_chosen_and_carried_out_once(tab: Page, server: Server) -> None:
    tab.goto(f"{server.address}/szenarien")
    settled(tab)
    expect(tab.get_by_text("Szenarien gegen den Plan gehalten")).to_be_visible()
    expect(tab.locator(".main-svg").first).to_be_visible()
    tab.get_by_role("link", name="Ansehen: Zwei Stellen mehr").click()
    expect(tab).to_have_url(re.compile("id=SZ-4"))
    settled(tab)
    tab.get_by_text("gewählt", exact=True).click()
    tab.get_by_role("textbox", name="Begründung der Entscheidung").fill("Der Rat will es.")
    tab.get_by_role("textbox", name="Entschieden von").fill("Ausschuss")
    tab.get_by_role("textbox", name="Entschieden am").fill("24.11.2026")
    tab.get_by_role("button", name="Entscheiden", exact=True).click()
    expect(tab.get_by_text("gewählt am 24.11.2026 von Ausschuss")).to_be_visible()
    expect(tab.get_by_text("2 Änderungen ausgewählt")).to_be_visible()
    tab.get_by_text("Kapazitätsgruppe „Bestandspflege und Ansiedlung“ ändern").click()
    expect(tab.get_by_text("1 Änderung ausgewählt")).to_be_visible()
    tab.get_by_role("button", name="Ausgewählte Änderungen übernehmen").click()
    expect(tab.get_by_text(re.compile("1 von 2 Änderungen übernommen")).first).to_be_visible()
    tab.get_by_role("link", name="Im Verlauf ansehen").click()
    expect(tab.get_by_text("Szenario in den Plan übernommen")).to_be_visible()
