"""How long it takes to enter a value that is due, in a real browser and by keys alone."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks.figure import Figure
from benchmarks.generate import MOMENT
from benchmarks.server import running_server
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.keys import EntryRun, enter_the_due_value, found_plan_with_a_due_value

TURNS = 3
MOST_SECONDS, MOST_ACTS = 30, 3


def entry(folder: Path) -> list[Figure]:
    """From "Meine Aufgaben" to the stored value: the scripted run by keys alone, demo plan, a new store each time."""
    runs = [_run(folder / f"due-{turn}.duckdb") for turn in range(TURNS)]
    seconds = [run.seconds for run in runs]
    return [
        Figure("a due value, list to stored: middle of three runs", median(seconds), "s", MOST_SECONDS),
        Figure("a due value, list to stored: slowest", max(seconds), "s", MOST_SECONDS),
        Figure("a due value, list to stored: acts", max(len(run.acts) for run in runs), "", MOST_ACTS),
    ]


def _run(database: Path) -> EntryRun:
    found_plan_with_a_due_value(database, MOMENT)
    with running_server(database) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="de-DE")
        run = enter_the_due_value(page, f"http://127.0.0.1:{server.port}", "128,5")
        browser.close()
    return run
