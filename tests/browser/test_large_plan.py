"""A plan of a thousand measures: every page opens, and none fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.generate import make_plan
from tests.browser.addresses import PAGES
from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

MEASURES, INDICATORS, READINGS = 1_000, 2_000, 60_000
RECORDS = {
    "ein Ziel": "ziele?id=Z-00000",
    "ein Indikator": "indikatoren?id=I-00001",
    "eine Maßnahme": "massnahmen?id=M-00001",
    "eine Eingabe": "eingabe?id=I-00001",
    "ein Formular": "plan?id=measure:M-00001",
}
WITHOUT_DAY = {"Bewerten", "Werkstatt", "Einladung"}
"""The wall and the pages that a code opens: they speak of a deadline instead."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running app on a large plan."""
    path = tmp_path_factory.mktemp("large") / "plan.duckdb"
    make_plan(MEASURES, INDICATORS, READINGS, path)
    running = Server(path)
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("name", [*PAGES, *RECORDS])
def test_a_plan_of_a_thousand_measures_opens_on_every_page(same_tab: Page, server: Server, name: str) -> None:
    same_tab.goto(f"{server.address}/{(PAGES | RECORDS)[name]}")
    settled(same_tab)
    expect(same_tab.get_by_role("heading", level=1).first).to_be_visible()
    expect(same_tab.get_by_test_id("stException")).to_have_count(0)
    if name not in WITHOUT_DAY:
        expect(same_tab.get_by_text("Stand: 24.11.2026").first).to_be_visible()


def test_no_number_of_the_overview_is_cut_on_a_phone(tab: Page, server: Server) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(server.address)
    settled(tab)
    tiles = tab.get_by_test_id("stMetricValue")
    expect(tiles.filter(has_text=f"von {INDICATORS:,}".replace(",", "."))).not_to_have_count(0)
    assert tiles.locator("*").evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length") == 0
