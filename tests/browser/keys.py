"""The keyboard alone: from stop to stop, and the scripted run from the list of tasks to the stored value."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from metrics.domain.base import last_day_of_month
from metrics.domain.indicators import Basis, PeriodKind, Rhythm
from metrics.usecases.access import Person, Role
from metrics.usecases.founding import found_store
from metrics.usecases.planning import add_record
from tests.browser.conftest import ROOT, settled
from tests.plan import a_reading, an_indicator

OFFICE = Person("Amt", Role.administration)
DUE = an_indicator(
    id="I-FREQUENZ",
    title="Besuche der Innenstadt",
    unit="Tsd.",
    basis=Basis.month,
    rhythm=Rhythm.monthly,
    publication_lag=0,
    goal_ids=(),
    natural_minimum=None,
    natural_maximum=None,
)
"""What the scripted run enters a value of."""
MOST_STOPS = 60
FOCUSED = "() => document.activeElement"
NAME = """e => {
  const said = e.getAttribute('aria-label') ?? (e.textContent || e.closest('label')?.textContent || '');
  return `${e.tagName.toLowerCase()} ${said}`.slice(0, 80);
}"""


def skip_the_menu(page: Page) -> None:
    """Take the skip link, the first stop of every page."""
    settled(page)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Hauptinhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def stops_until(page: Page, wanted: str) -> int:
    """Press Tab until the focus stands on what is wanted; returns how often."""
    for stop in range(1, MOST_STOPS):
        page.keyboard.press("Tab")
        if focus_is_on(page, wanted):
            return stop
    raise AssertionError(f"no stop at {wanted}")


def focus_is_on(page: Page, wanted: str) -> bool:
    """Whether the focus stands on something whose name ends so."""
    return str(page.evaluate(NAME, page.evaluate_handle(FOCUSED))).endswith(wanted)


@dataclass(frozen=True, slots=True)
class EntryRun:
    """What the run took: the acts, and the seconds from the list that stands to the notice that all is stored."""

    acts: tuple[str, ...]
    seconds: float


def found_plan_with_a_due_value(path: Path, at: datetime) -> None:
    """The demo plan and a monthly indicator that is two months late: its form can tell the period."""
    with closing(found_store(path, ROOT / "data" / "demo" / "plan.json", at)) as store:
        add_record(store, DUE, by=OFFICE, at=at)
        for month in range(1, 9):
            first = date(2026, month, 1)
            told = {
                "period_start": first,
                "period_end": last_day_of_month(2026, month),
                "period_kind": PeriodKind.month,
            }
            reading = a_reading(value=120.0 + month, id=f"R-{DUE.id}-{month}", indicator_id=DUE.id, **told)
            add_record(store, reading, by=OFFICE, at=at)


def enter_the_due_value(page: Page, address: str, value: str) -> EntryRun:
    """From "Meine Aufgaben" to the stored value without a mouse: open, type, Enter."""
    page.goto(f"{address}/aufgaben")
    settled(page)
    begun = time.perf_counter()
    acts = ["open"]
    skip_the_menu(page)
    stops_until(page, f"Wert eintragen: {DUE.title}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Wert in")).to_be_focused()  # period and source stand there already
    settled(page)
    acts.append("value")
    page.keyboard.type(value)
    acts.append("save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text(f"{value} {DUE.unit}")
    return EntryRun(tuple(acts), time.perf_counter() - begun)
