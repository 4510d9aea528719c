"""The matrix under the hand: a click opens a measure, a lasso makes a selection that goes on to the resources."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

PLACE = """id => {
  const chart = document.querySelector('.js-plotly-plot');
  const { xaxis, yaxis } = chart._fullLayout;
  for (const trace of chart._fullData) {
    const at = (trace.customdata || []).indexOf(id);
    if (at >= 0) {
      const box = chart.getBoundingClientRect();
      return [box.x + xaxis._offset + xaxis.l2p(trace.x[at]), box.y + yaxis._offset + yaxis.l2p(trace.y[at])];
    }
  }
}"""
"""Where the sign of a measure stands on the screen."""


@pytest.fixture
def matrix(tab: Page, server: Server) -> Page:
    """The matrix of the demonstration round."""
    tab.goto(f"{server.address}/priorisierung?id=PR-2026")
    settled(tab)
    tab.wait_for_timeout(600)  # the chart's own transitions
    return tab


def test_a_click_on_a_sign_opens_the_measure(matrix: Page) -> None:
    matrix.mouse.click(*matrix.evaluate(PLACE, "M-15"))
    expect(matrix.get_by_role("heading", level=1)).to_have_text("Maßnahmen")
    expect(matrix).to_have_url(re.compile("id=M-15"))
    expect(matrix.get_by_role("heading", name="Leerstandsmanagement Innenstadt")).to_be_visible()


def test_a_lasso_selects_and_the_selection_goes_on_to_the_resources(matrix: Page) -> None:
    matrix.locator(".js-plotly-plot").hover()
    matrix.locator("[data-attr=dragmode][data-val=lasso]").click()
    matrix.wait_for_timeout(400)  # the chart draws itself anew for the lasso, and the page may have scrolled to it
    (left, top), (right, bottom) = matrix.evaluate(PLACE, "M-16"), matrix.evaluate(PLACE, "M-15")
    corners = [(left - 40, top - 60), (right + 40, top - 60), (right + 40, bottom + 25), (left - 40, bottom + 25)]
    matrix.mouse.move(*corners[0])
    matrix.mouse.down()
    for corner in [*corners[1:], corners[0]]:
        matrix.mouse.move(*corner, steps=12)
    matrix.mouse.up()
    expect(matrix.get_by_role("heading", name=re.compile(r"^[23] Maßnahmen ausgewählt"))).to_be_visible()
    settled(matrix)
    matrix.get_by_role("link", name=re.compile("im Ressourcenplan")).click()
    expect(matrix.get_by_role("heading", level=1)).to_have_text("Ressourcen")
    expect(matrix.get_by_role("heading", name=re.compile(r"^Auswahl: [23] Maßnahmen"))).to_be_visible()
