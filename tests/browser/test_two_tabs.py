"""Two people edit one goal: who comes second sees both versions and decides; nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

THEIRS, MINE = "Standort, der Krisen aushält", "Standort, der sich erholt"


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """A tab of another browser."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_who_comes_second_sees_both_titles_and_takes_the_own_one_over(
    tab: Page, colleague: Page, server: Server
) -> None:
    _both_change_the_title(tab, colleague, server, "Z-R1")

    tab.get_by_role("button", name="Meine Angaben auf die neue Fassung übernehmen").click()
    expect(tab.get_by_role("heading", name="(Fassung 2)")).to_be_visible()
    assert _title(server, "Z-R1") == THEIRS
    _fill(tab, "Grund der Änderung", "Ausschuss")
    _save(tab)
    expect(tab.get_by_role("status").filter(has_text="jetzt Fassung 3")).to_be_visible()
    assert _title(server, "Z-R1") == MINE


def test_who_comes_second_may_keep_what_the_first_one_wrote(tab: Page, colleague: Page, server: Server) -> None:
    _both_change_the_title(tab, colleague, server, "Z-R2")

    tab.get_by_role("button", name="Neue Fassung laden").click()
    expect(tab.get_by_role("textbox", name="Titel", exact=False).first).to_have_value(THEIRS)
    expect(tab.get_by_role("button", name="Speichern", exact=True)).to_be_visible()
    assert _title(server, "Z-R2") == THEIRS


def test_changes_of_different_fields_are_both_kept(german: BrowserContext, server: Server) -> None:
    """Two tabs of one browser are two people as far as the form is concerned."""
    first, second = german.new_page(), german.new_page()
    _open(first, server, "Z-A1")
    _open(second, server, "Z-A1")
    _fill(first, "Titel", THEIRS)
    _fill(first, "Grund der Änderung", "Klausur")
    _save(first)
    expect(first.get_by_role("status").filter(has_text="jetzt Fassung 2")).to_be_visible()
    _fill(second, "Beschreibung", "Nach dem Beschluss vom November.")
    second.get_by_role("button", name="Meine Angaben auf die neue Fassung übernehmen").click()
    expect(second.get_by_role("textbox", name="Titel").first).to_have_value(THEIRS)
    _fill(second, "Grund der Änderung", "Beschluss")
    _save(second)
    expect(second.get_by_role("status").filter(has_text="jetzt Fassung 3")).to_be_visible()
    goal = next(each for each in server.plan()["goal"] if each["id"] == "Z-A1")
    assert (goal["title"], goal["description"]) == (THEIRS, "Nach dem Beschluss vom November.")
    first.close()
    second.close()


def _both_change_the_title(tab: Page, colleague: Page, server: Server, goal_id: str) -> None:
    """Both open version 1; the colleague stores version 2; on leaving the first field both are shown."""
    _open(tab, server, goal_id)
    _open(colleague, server, goal_id)
    _fill(colleague, "Titel", THEIRS)
    _fill(colleague, "Grund der Änderung", "Klausur")
    _save(colleague)
    expect(colleague.get_by_role("status").filter(has_text="jetzt Fassung 2")).to_be_visible()
    _fill(tab, "Titel", MINE)
    expect(tab.get_by_role("alert")).to_contain_text("Sie haben Fassung 1 bearbeitet, inzwischen gibt es Fassung 2")
    expect(tab.locator("[role=gridcell]", has_text=THEIRS)).to_be_attached()
    expect(tab.locator("[role=gridcell]", has_text=MINE)).to_be_attached()
    expect(tab.get_by_role("button", name="Speichern", exact=True)).to_have_count(0)
    assert _title(server, goal_id) == THEIRS


def _open(page: Page, server: Server, goal_id: str) -> None:
    page.goto(f"{server.address}/plan?id=goal:{goal_id}")
    settled(page)
    expect(page.get_by_role("heading", name="(Fassung 1)")).to_be_visible()


def _fill(page: Page, field: str, text: str) -> None:
    box = page.get_by_role("textbox", name=field).first
    box.fill(text)
    box.press("Tab")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Speichern", exact=True).click()


def _title(server: Server, goal_id: str) -> str:
    return str(next(each["title"] for each in server.plan()["goal"] if each["id"] == goal_id))
