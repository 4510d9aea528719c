"""The smoke table: every page of the navigation table, in both languages, with the demo plan and with none."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import day
from pages.frame import BY_CODE, PRESENTATION, WORKSHOP, table
from tests.browser.addresses import PAGES
from tests.pages.conftest import TODAY, App, charts_without_text, words

ADDRESSES = [entry.address for entry in table()]
WITHOUT_DAY = (WORKSHOP, *BY_CODE)
"""The wall and the pages that a code opens: what they show is of the moment, and there is no room to spare."""


def test_the_browser_tests_visit_every_page_of_the_navigation_table() -> None:
    titles = {entry.title: "" if entry.name == "overview" else entry.address for entry in table()}
    assert titles == PAGES


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_shows_the_demo_plan(app: App, address: str, language: Language) -> None:
    page = app(address, lang=language)
    said = words(page).replace("\\", "")
    assert not page.exception
    assert len(page.title) == 1
    stand = translate("Stand: {tag}", language, tag=day(date.fromisoformat(TODAY), language))
    assert (stand in said) is (address not in WITHOUT_DAY)
    assert charts_without_text(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_something_to_say_about_an_empty_plan(empty_app: App, address: str) -> None:
    page = empty_app(address)
    assert not page.exception
    assert len(words(page)) > 40 or address == PRESENTATION
