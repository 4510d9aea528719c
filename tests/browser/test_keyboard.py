"""Without a mouse: the skip link, a visible focus at every stop, and a due value entered by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled
from tests.browser.keys import FOCUSED, NAME
from tests.browser.keys import skip_the_menu as _skip_the_menu
from tests.browser.keys import stops_until as _stops_until

pytestmark = pytest.mark.browser

MOST_STOPS_TO_THE_FIRST_DUE_INDICATOR = 12
DUE, DUE_ID = "Bruttowertschöpfung", "I-BWS"
"""The indicator that waits longest: the first of the list."""
NEXT_ID = "I-ALQ-J"
"""An indicator whose last value is of 2024."""
STOPS_WATCHED = 24
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
LOOKS = """async focused => {
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const parts = [focused.firstElementChild];
  for (let part = focused; part && parts.length < 6; part = part.parentElement) parts.push(part);
  const look = () => JSON.stringify(parts.filter(Boolean).map(part => {
    const style = getComputedStyle(part);
    return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine];
  }));
  await frame();
  const seen = look();
  focused.blur();
  await frame();
  const unseen = look();
  focused.focus();
  return seen !== unseen;
}"""


def test_the_first_stop_skips_the_menu(tab: Page, server: Server) -> None:
    tab.goto(f"{server.address}/eingabe")
    _skip_the_menu(tab)
    assert _stops_until(tab, "Beispielwerte einrechnen") == 1


@pytest.mark.parametrize("address", ["", "eingabe?id=I-ALQ-J", "plan?id=goal:Z-R1"])
def test_the_focus_is_visible_at_every_stop(tab: Page, server: Server, address: str) -> None:
    tab.goto(f"{server.address}/{address}")
    settled(tab)
    tab.add_style_tag(content=STILL)
    tab.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); }"
    )  # a form has put the cursor further on
    unseen = []  # the page itself (main) takes the focus to be scrolled by keys; it has nothing to mark
    for stop in range(STOPS_WATCHED):
        tab.keyboard.press("Tab")
        focused = tab.evaluate_handle(FOCUSED)
        if stop and tab.evaluate("e => e.matches('body')", focused):
            break  # past the last stop of the page
        if not tab.evaluate(LOOKS, focused) and not tab.evaluate("e => e.matches('main, canvas')", focused):
            unseen.append(tab.evaluate(NAME, focused))
    assert stop >= STOPS_WATCHED // 2
    assert not unseen, "; ".join(unseen)


def test_a_due_value_is_entered_by_keys_alone(tab: Page, server: Server) -> None:
    """From the list of due values: open the form, type the value, press Enter; the period that is due stands there."""
    tab.goto(f"{server.address}/eingabe")
    _skip_the_menu(tab)
    assert _stops_until(tab, DUE) <= MOST_STOPS_TO_THE_FIRST_DUE_INDICATOR
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name=f"Neuer Wert: {DUE}")).to_be_visible()
    settled(tab)

    year = tab.get_by_role("textbox", name="Zeitraum").input_value()
    expect(tab.get_by_role("textbox", name="Wert in")).to_be_focused()
    tab.keyboard.type("2,3")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text("2,3 Mrd. EUR")
    values = [each for each in server.plan()["reading"] if each["indicator_id"] == DUE_ID]
    assert [each["value"] for each in values if each["period_start"] == f"{year}-01-01"] == [2.3]


def test_open_type_enter_stores_the_next_value_once(tab: Page, server: Server) -> None:
    """Three acts: the link, the number, the key; the period and the source stand there already."""
    tab.goto(f"{server.address}/eingabe?id={NEXT_ID}")
    settled(tab)
    expect(tab.get_by_role("textbox", name="Zeitraum")).to_have_value("2025")
    expect(tab.get_by_role("textbox", name="Wert in")).to_be_focused()
    tab.keyboard.type("7,8")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text("7,8 %")
    settled(tab)
    values = [each for each in server.plan()["reading"] if each["indicator_id"] == NEXT_ID]
    assert [each["value"] for each in values if each["period_start"] == "2025-01-01"] == [7.8]
