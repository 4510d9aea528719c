"""The list of tasks in a real browser: from a row to the stored value by keys alone, and from one note to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled
from tests.browser.keys import DUE, enter_the_due_value, found_plan_with_a_due_value, skip_the_menu, stops_until

pytestmark = pytest.mark.browser

MEASURE = "M-15"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running app on the demo plan and one more indicator."""
    database = tmp_path_factory.mktemp("store") / "plan.duckdb"
    found_plan_with_a_due_value(database, datetime(2026, 11, 20, 9))
    running = Server(database)
    running.start()
    yield running
    running.stop()


def test_three_acts_lead_from_the_list_of_tasks_to_the_stored_value(tab: Page, server: Server) -> None:
    """Open the form, type the value, save. Seconds are told only."""
    run = enter_the_due_value(tab, server.address, "128,5")
    print(f"from the list to the stored value: {run.seconds:.1f} s, {len(run.acts)} acts: {', '.join(run.acts)}")
    assert run.acts == ("open", "value", "save")
    values = [each for each in server.plan()["reading"] if each["indicator_id"] == DUE.id]
    assert [each["value"] for each in values if each["period_start"] == "2026-09-01"] == [128.5]


def test_a_note_is_written_by_keys_alone_and_the_next_due_one_opens(tab: Page, server: Server) -> None:
    tab.goto(f"{server.address}/sachstand?id={MEASURE}")
    skip_the_menu(tab)
    stops_until(tab, "läuft")
    tab.keyboard.press("ArrowDown")  # the second choice
    expect(tab.get_by_role("radio", name="stockt")).to_be_checked()
    settled(tab)
    stops_until(tab, "textarea Sachstand *")
    tab.keyboard.type("Die Stelle ist unbesetzt.")
    stops_until(tab, "Speichern und weiter")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").filter(has_text="Sachstand gespeichert")).to_be_visible()
    settled(tab)
    assert f"id={MEASURE}" not in tab.url
    expect(tab.get_by_label("Sachstand *")).to_have_value("")
    (note,) = server.plan()["status_note"]
    assert (note["measure_id"], note["standing"]) == (MEASURE, "slow")
    assert note["text"] == "Die Stelle ist unbesetzt."


@pytest.mark.parametrize("address", ["aufgaben", f"sachstand?id={MEASURE}"])
def test_nothing_is_wider_than_a_narrow_screen(tab: Page, server: Server, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{server.address}/{address}")
    settled(tab)
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
