"""Page switches in a real browser: Debian's Chromium, warm cache, from the click to painted charts."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.figure import Figure
from benchmarks.server import running_server
from tests.browser.conftest import CHROMIUM, QUIET, settled

MENU = ("Ziele", "Indikatoren", "Maßnahmen", "Priorisierung", "Ressourcen", "Reallabore", "Übersicht")
TURNS = 5


def page_switches(database: Path, name: str) -> list[Figure]:
    """The median over five rounds of clicking through the menu, for each page."""
    with running_server(database) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="de-DE")
        page.goto(f"http://127.0.0.1:{server.port}/")
        settled(page)
        times: dict[str, list[float]] = {title: [] for title in MENU}
        for turn in range(TURNS + 1):
            for title in MENU:
                seconds = _switch(page, title)
                if turn:
                    times[title].append(seconds)
        browser.close()
    return [
        Figure(f"{name}: click on {title} to painted", 1000 * median(found), "ms", 1000)
        for title, found in times.items()
    ]


def _switch(page: Page, title: str) -> float:
    begun = time.perf_counter()
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator("h1", has_text=title).first.wait_for()
    settled(page)
    return time.perf_counter() - begun
