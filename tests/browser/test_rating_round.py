"""A whole round with three raters at once: opened, rated, one reloads mid-way, closed, talked over, voted, decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import Server, settled

pytestmark = pytest.mark.browser

TITLE = "Klausur 2027"
MEASURES = {"M-15": "Leerstandsmanagement Innenstadt", "M-16": "Zirkularitäts-Check für 20 Betriebe"}
CRITERIA = ("Wirkung auf die Ziele", "Mehrwert für Unternehmen", "Eigener Einfluss / Zuständigkeit", "Dringlichkeit")
EFFORT = "Ressourcenbedarf"
CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}")
SCORES = {  # seat → measure → scores, effort last; the three disagree on the circularity check
    1: {"M-15": ["8", "7", "6", "9", "7"], "M-16": ["3", "5", "5", "4", "2"]},
    2: {"M-15": ["8", "6-8", "7", "8", "6±1"], "M-16": ["9", "5", "6", "4", "3"]},
    3: {"M-15": ["9", "8", "?", "9", "8"], "M-16": ["2", "4", "5", "3", "2"]},
}
UNDERSTOOD = {"6-8": "7 (6–8)", "6±1": "6 (5–7)"}


@pytest.fixture
def raters(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Three people at three machines."""
    contexts = [browser.new_context(locale="de-DE", viewport={"width": 1200, "height": 1000}) for _ in range(3)]
    yield contexts
    for context in contexts:
        context.close()


def test_three_rate_at_once_and_a_reload_loses_nothing(
    tab: Page, german: BrowserContext, raters: list[BrowserContext], server: Server
) -> None:
    codes = _open_round(tab, server)
    assert len(codes) == 3
    pages = [_enter(context, server, code) for context, code in zip(raters, codes, strict=True)]
    wall = german.new_page()
    wall.goto(f"{server.address}/werkstatt?{tab.url.partition('?')[2]}")
    expect(wall.get_by_text("0 von 3 sind fertig")).to_be_visible()
    for seat, page in enumerate(pages, 1):  # all three are at the same measure at the same time
        page.get_by_role("textbox", name=CRITERIA[0]).focus()
        _rate(page, SCORES[seat]["M-15"])
        settled(page)
    pages[1].reload()
    settled(pages[1])
    assert pages[1].get_by_role("textbox", name=CRITERIA[1]).input_value() == "7 (6–8)"
    for seat, page in enumerate(pages, 1):  # nobody waits for the next measure to stand there
        page.keyboard.press("Control+Enter")
        _rate(page, SCORES[seat]["M-16"])
        expect(page.get_by_role("heading", name=f"2 von 2: {MEASURES['M-16']}")).to_be_visible()
        settled(page)
    for page in pages:
        expect(page.get_by_text("Alles bewertet.")).to_be_visible()
        expect(page.get_by_text(MEASURES["M-15"])).to_have_count(0)
    expect(wall.get_by_text("3 von 3 sind fertig")).to_be_visible()
    assert "6–8" not in wall.content()
    _close(tab)
    expect(wall.get_by_role("heading", name=re.compile("Höchster Nutzwert: Leerstandsmanagement"))).to_be_visible()
    wall.close()
    _vote_again(tab, pages)
    _decide(tab, server)
    plan = server.plan()
    (decision,) = [each for each in plan["priority_decision"] if each["decided_by"] == "Klausur des Amtes"]
    assert {each["measure_id"]: each["outcome"] for each in decision["measures"]} == {
        "M-15": "planned",
        "M-16": "prioritised",
    }
    states = {each["id"]: each["state"] for each in plan["measure"]}
    assert (states["M-15"], states["M-16"]) == ("planned", "prioritised")
    stored = [each for each in plan["rating"] if each["round_id"] == decision["round_id"]]
    assert len(stored) == 7  # three raters on two measures, and one of them again
    first = {(each["seat"], each["measure_id"]): each["scores"] for each in stored if each.get("vote", 1) == 1}
    assert {place: [_as_typed(score) for score in scores] for place, scores in first.items()} == {
        (seat, measure_id): [UNDERSTOOD.get(typed, typed) for typed in typed_scores]
        for seat, of_measure in SCORES.items()
        for measure_id, typed_scores in of_measure.items()
    }


def _as_typed(score: dict[str, Any]) -> str:
    """A stored score as value, or as value with its range; "?" without a value."""
    if score.get("value") is None:
        return "?"
    low, high = score.get("low"), score.get("high")
    return f"{score['value']:g}" + (f" ({low:g}–{high:g})" if low is not None else "")


def _open_round(page: Page, server: Server) -> list[str]:
    page.goto(f"{server.address}/runden")
    settled(page)
    page.get_by_role("textbox", name="Titel").fill(TITLE)
    page.get_by_role("textbox", name="Bewerten bis").fill("15.12.2026")
    for measure_id in MEASURES:
        page.get_by_test_id("stMultiSelect").locator("input").fill(measure_id)
        page.get_by_role("option", name=re.compile(measure_id)).click()
    page.keyboard.press("Escape")
    for group, seats in (("Mitarbeitende des Amtes", "2"), ("Politik", "1")):
        settled(page)
        _choose(page, group, seats)
    settled(page)
    page.get_by_role("button", name="Runde öffnen").click()
    expect(page.get_by_role("heading", name="Zugänge, nur jetzt sichtbar")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    return list(dict.fromkeys(CODE.findall(download.value.path().read_text("utf-8-sig"))))


def _choose(page: Page, group: str, seats: str) -> None:
    """A late run of the page may close the list that was just opened: whoever sees that opens it again."""
    option = page.get_by_role("option", name=seats, exact=True)
    for _attempt in range(3):
        page.get_by_role("combobox", name=group).click()
        try:
            option.click(timeout=8_000)
            return
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
            settled(page)
    raise AssertionError(f"no seats to choose for {group}")


def _enter(context: BrowserContext, server: Server, code: str) -> Page:
    """By typing the code, as somebody who got it on paper."""
    page = context.new_page()
    page.goto(f"{server.address}/bewerten")
    settled(page)
    page.get_by_role("textbox", name="Zugang").fill(code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    settled(page)
    return page


def _rate(page: Page, scores: list[str]) -> None:
    """One measure, by keyboard alone and faster than any person: a score, the tabulator key, the next one."""
    for score in scores:
        page.keyboard.type(score)
        page.keyboard.press("Tab")


def _close(page: Page) -> None:
    page.reload()  # the codes were shown once and are gone
    settled(page)
    expect(page.get_by_role("heading", name="Zugänge, nur jetzt sichtbar")).to_have_count(0)
    page.get_by_role("button", name="Jetzt schließen").click()
    expect(page.get_by_text("Die Runde ist geschlossen.")).to_be_visible()
    settled(page)


def _vote_again(page: Page, raters: list[Page]) -> None:
    """The measure with the largest dissent is voted on once more; one rater changes his mind."""
    expect(page.get_by_role("heading", name="Wo die Bewertungen am weitesten auseinanderliegen")).to_be_visible()
    page.get_by_test_id("stMultiSelect").locator("input").fill("Zirkular")
    page.get_by_role("option", name=re.compile(MEASURES["M-16"])).click()
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Bewerten bis").fill("16.12.2026")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Erneut abstimmen").click()
    expect(page.get_by_text("Die erneute Abstimmung ist offen.")).to_be_visible()
    changed = raters[1]
    changed.reload()
    settled(changed)
    expect(changed.get_by_text("Erneute Abstimmung")).to_be_visible()
    changed.get_by_role("textbox", name=CRITERIA[0]).fill("3")
    changed.keyboard.press("Tab")
    settled(changed)
    page.reload()
    settled(page)
    page.get_by_role("button", name="Jetzt schließen").click()
    expect(page.get_by_text("Die Runde ist geschlossen.")).to_be_visible()
    settled(page)


def _decide(page: Page, server: Server) -> None:
    """One measure within the capacity; the other is taken all the same, with a reason."""
    round_id = page.url.partition("id=")[2]
    page.goto(f"{server.address}/priorisierung?id={round_id}")
    settled(page)
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    page.get_by_text("Entscheidung", exact=True).click()
    settled(page)
    page.get_by_role("textbox", name="Zahl der Maßnahmen").fill("1")
    page.keyboard.press("Tab")
    expect(page.get_by_text("1 Maßnahme liegt innerhalb der Kapazität")).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name=re.compile(MEASURES["M-16"])).click()
    page.get_by_role("option", name="priorisiert", exact=True).click()
    settled(page)
    page.get_by_role("textbox", name="Entschieden von").fill("Klausur des Amtes")
    page.get_by_role("textbox", name="Entschieden am").fill("24.11.2026")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Beschließen und einfrieren").click()
    expect(page.get_by_text("weicht von der Linie ab")).to_be_visible()
    page.get_by_role("textbox", name=re.compile("Grund der Abweichung")).fill("Partner sind schon gewonnen")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Beschließen und einfrieren").click()
    expect(page.get_by_role("heading", name="Beschlossen am 24.11.2026 von Klausur des Amtes")).to_be_visible()
    expect(page.get_by_text("stimmt mit den gespeicherten Bewertungen überein")).to_be_visible()
