"""Rating by keyboard alone in a real browser: 20 measures on five criteria, and how long the rater waits for the app.

The peer is the limit of the task itself: eight minutes for a hundred scores. What the app does not need of them is left
for thinking.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.figure import Figure
from benchmarks.generate import MOMENT, OFFICE, TODAY, make_plan
from benchmarks.server import running_server
from metrics.store.ledger import Store
from metrics.usecases.rounds import Call, open_round
from tests.browser.conftest import CHROMIUM, QUIET, settled

MEASURES, MINUTES = 20, 8
SCORES = ("7", "4", "9", "?", "6-8")


def rating(folder: Path) -> list[Figure]:
    """Type a hundred scores without a thought between them."""
    database = folder / "rating.duckdb"
    make_plan(MEASURES, 10, 100, database)
    store = Store.open(database, MOMENT)
    call = Call(
        id="PR-2",
        title="Runde",
        deadline=TODAY + timedelta(days=3650),
        measure_ids=tuple(f"M-{no:05}" for no in range(MEASURES)),
        criteria_set_id="KS-1",
        seats={"BG-1": 1},
    )
    (code,) = open_round(store, call, by=OFFICE, at=MOMENT, today=TODAY).codes.values()
    store.close()
    with running_server(database) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="de-DE")
        page.goto(f"http://127.0.0.1:{server.port}/bewerten?code={code}")
        settled(page)
        begun = time.perf_counter()
        for step in range(MEASURES):
            _one_measure(page, step)
        page.get_by_text("Alles bewertet.").wait_for()
        seconds = time.perf_counter() - begun
        browser.close()
    left = (MINUTES * 60 - seconds) / (MEASURES * len(SCORES))
    return [
        Figure("20 measures × 5 criteria by keyboard, without thinking", seconds, "s", MINUTES * 60),
        Figure("left of eight minutes to think about each score", left, "s", None),
    ]


def _one_measure(page: Page, step: int) -> None:
    """Five scores with the tabulator key, then on with Ctrl and Enter; the cursor is in the next first field."""
    page.locator(f"[class*='st-key-focus_M-{step:05}_']").wait_for()
    if step == 0:
        page.locator(".st-key-fields input").first.focus()
    page.wait_for_function("() => document.activeElement === document.querySelector('.st-key-fields input')")
    for score in SCORES:
        page.keyboard.type(score)
        page.keyboard.press("Tab")
    if step + 1 < MEASURES:
        page.keyboard.press("Control+Enter")
