"""What a committee gets, as the handbook shows it: pages of the paper, the sitting's page, slides and what opens there.

`make pictures` writes them to docs/handbuch/bilder; otherwise this file is not collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from metrics.domain.committee import GoalText, ProposedDecision
from metrics.papers.model import Paper
from metrics.usecases.access import Person, Role
from metrics.usecases.founding import found_store
from metrics.usecases.packaging import pages_of
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import freeze, frozen_paper
from tests.browser.conftest import ROOT, TODAY, Server, settled
from tests.browser.test_pictures import EMPTY_PICTURE, FOLDER
from tests.conftest import NOW
from tests.plan import a_sitting

pytestmark = pytest.mark.browser

OFFICE = Person("Amt", Role.administration)
POINT = ProposedDecision(
    text="Der Ausschuss beschließt, die Gründungsberatung um zwei Jahre zu verlängern.",
    if_yes="Zwei Stellen bleiben bis 2028 besetzt.",
    if_no="Die Beratung endet im Juni 2027.",
    amount=120_000,
)
ACROSS, WIDTH = 5, 420
"""Pages side by side, and how wide each is, in pixels."""


class Frozen(NamedTuple):
    """An app on the demo plan with a frozen sitting, and its paper."""

    server: Server
    paper: Paper


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frozen]:
    """Frozen with the invented values, so that there is something of everything to see."""
    path, today = tmp_path_factory.mktemp("store") / "plan.duckdb", date.fromisoformat(TODAY)
    text = GoalText(goal_id="Z-R", assessment="Der Arbeitsmarkt trägt.", consequence="Kein neuer Weg.")
    with closing(found_store(path, ROOT / "data" / "demo" / "plan.json", NOW)) as store:
        add_record(store, a_sitting(decisions=(POINT,), goal_texts=(text,)), by=OFFICE, at=NOW)
        freeze(store, "SI-1", by=OFFICE, at=NOW, today=today, include_illustrative=True)
        paper = frozen_paper(store, "SI-1.1", by=OFFICE)[1]
    running = Server(path)
    running.start()
    yield Frozen(running, paper)
    running.stop()


@pytest.fixture
def folder() -> Path:
    """Where the pictures go."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def test_all_pages_of_a_paper_on_one_sheet(frozen: Frozen, folder: Path) -> None:
    pages = [Image.open(BytesIO(page)) for page in pages_of(frozen.paper)]
    height = WIDTH * pages[0].height // pages[0].width
    rows = -(-len(pages) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDTH + 8), rows * (height + 8)), "#8a949e")
    for place, page in enumerate(pages):
        at = (place % ACROSS * (WIDTH + 8) + 4, place // ACROSS * (height + 8) + 4)
        sheet.paste(page.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS), at)
    sheet.quantize(256).save(folder / "vorlage-seiten.png", optimize=True)
    assert 8 <= len(pages) <= 30
    assert (folder / "vorlage-seiten.png").stat().st_size > EMPTY_PICTURE


def test_the_sitting_and_its_presentation(tab: Page, frozen: Frozen, folder: Path) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{frozen.server.address}/sitzungen?id=SI-1")
    settled(tab)
    tab.screenshot(path=folder / "sitzung-hell.png")
    tab.get_by_role("link", name="Vorführen").click()
    wall = tab.frame_locator(".st-key-vorfuehrung iframe")
    expect(wall.locator("#m1")).to_be_focused()
    for _ in range(wall.locator(".slide").count()):
        if wall.locator(".slide.on .way svg").count():
            break
        tab.keyboard.press("PageDown")
    tab.screenshot(path=folder / "vorfuehren.png")
    wall.locator(".slide.on .way summary").first.click()
    expect(wall.locator("dialog#sheet")).to_be_visible()
    tab.screenshot(path=folder / "vorfuehren-verlauf.png")
    for name in ("sitzung-hell", "vorfuehren", "vorfuehren-verlauf"):
        assert (folder / f"{name}.png").stat().st_size > EMPTY_PICTURE
