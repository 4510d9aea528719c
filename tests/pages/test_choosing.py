"""Choosing one of many: everything while it is little, a search when it is much."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from metrics.ui import choosing
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from tests.pages.conftest import FOUNDED, App
from tests.plan import an_indicator


def indicators_offered(page: AppTest) -> list[str]:
    return list(page.selectbox(key="eingabe_indikator").options)


def test_a_short_list_is_offered_whole_and_without_a_search(app: App) -> None:
    page = app("eingabe")
    assert len(indicators_offered(page)) == 33
    assert [field.key for field in page.text_input] == []


def test_a_long_list_asks_for_a_search_and_keeps_what_is_chosen(app: App, store, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "MOST_LISTED", 10)
    monkeypatch.setattr(choosing, "MOST_FOUND", 5)
    office = Person("Amt", Role.administration)
    add_record(store, an_indicator(id="I-ZZ", title="Zuletzt", goal_ids=()), by=office, at=FOUNDED)
    page = app("eingabe", id="I-ZZ")
    assert len(indicators_offered(page)) == 1 + 5 + 1
    assert page.selectbox(key="eingabe_indikator").value == "I-ZZ"
    page.text_input(key="eingabe_indikator_suche").set_value("glasfaser").run()
    assert [title for title in indicators_offered(page) if "Glasfaser" in title] != []
    assert len(indicators_offered(page)) == 3
