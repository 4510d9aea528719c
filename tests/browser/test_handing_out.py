"""What a snapshot's card hands out, in a real browser: text blocks are copied by keys alone, the public pages load."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from metrics.usecases.access import Person, Role
from metrics.usecases.founding import found_store
from metrics.usecases.packaging import blocks_to_copy, make_site
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import freeze
from tests.browser.conftest import ROOT, TODAY, Server, settled
from tests.browser.test_accessibility import RULES
from tests.conftest import NOW
from tests.plan import a_sitting

pytestmark = pytest.mark.browser
OFFICE = Person("Amt", Role.administration)
BLOCKS, SITE = "Textbausteine kopieren", "Öffentliche Webseiten"


class Handed(Server):
    """An app with a frozen sitting, and what it hands out of it."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        with closing(found_store(database, ROOT / "data" / "demo" / "plan.json", NOW)) as store:
            add_record(store, a_sitting(facts="Der Arbeitsmarkt trägt."), by=OFFICE, at=NOW)
            freeze(store, "SI-1", by=OFFICE, at=NOW, today=date.fromisoformat(TODAY))
            self.blocks = blocks_to_copy(store, "SI-1.1", by=OFFICE)
            self.site = make_site(store, "SI-1.1", by=OFFICE).files


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handed]:
    """That app, running."""
    running = Handed(tmp_path_factory.mktemp("store") / "plan.duckdb")
    running.start()
    yield running
    running.stop()


@pytest.fixture(params=["light", "dark"])
def card(request: pytest.FixtureRequest, browser: Browser, handed: Handed) -> Iterator[Page]:
    """The page of the sitting, for somebody who lets it use the clipboard."""
    context = browser.new_context(locale="de-DE", color_scheme=request.param, bypass_csp=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=handed.address)
    page = context.new_page()
    page.goto(f"{handed.address}/sitzungen?id=SI-1")
    settled(page)
    yield page
    context.close()


def test_a_text_block_is_copied_by_keys_alone(card: Page, handed: Handed) -> None:
    fold = card.locator("summary", has_text=BLOCKS)
    fold.focus()
    card.keyboard.press("Enter")
    texts = card.get_by_test_id("stCode")
    expect(texts).to_have_count(len(handed.blocks))
    settled(card)
    for number, text in enumerate(handed.blocks.values()):
        button = texts.nth(number).get_by_role("button", name="In die Zwischenablage kopieren")
        expect(button).to_be_visible()
        card.keyboard.press("Tab")  # the text itself, which can be scrolled
        card.keyboard.press("Tab")
        expect(button).to_be_focused()
        card.keyboard.press("Enter")
        assert card.evaluate("navigator.clipboard.readText()") == text
    serious = [one for one in Axe().run(card, options=RULES).response["violations"] if one["impact"] in _SERIOUS]
    assert [one["id"] for one in serious] == []


_SERIOUS = ("serious", "critical")


def test_the_public_pages_come_as_they_are_made(card: Page, handed: Handed) -> None:
    card.locator("summary", has_text=SITE).click()
    with card.expect_download() as coming:
        card.get_by_role("button", name="Öffentliche Webseiten herunterladen").click()
    assert coming.value.suggested_filename == "SI-1.1-webseiten.zip"
    with zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == handed.site
    serious = [one for one in Axe().run(card, options=RULES).response["violations"] if one["impact"] in _SERIOUS]
    assert [one["id"] for one in serious] == []
