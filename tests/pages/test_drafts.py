"""Drafts on the pages: what was typed and not stored is there again in the next session, and gone once it is stored."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.goals import Goal
from metrics.store.drafts import drafts_of
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import revise_record
from tests.pages.conftest import App, words

ME = "Amt (lokal)"
COLLEAGUE = Person("Frau B.", Role.staff)
AT = datetime(2026, 11, 24, 9, 0)


def field(page: AppTest, name: str):
    """A form's field, by how its key ends."""
    every = [*page.text_input, *page.text_area]
    return next(found for found in every if (found.key or "").endswith("." + name))


def button(page: AppTest, name: str):
    return next(found for found in page.button if (found.key or "").endswith("." + name))


def kept(store: Store) -> list[str]:
    return [draft.form for draft in drafts_of(store, ME, date(2026, 11, 24))]


def first_goal(store: Store) -> Goal:
    return store.records(Goal)[0]


def test_what_was_typed_is_there_in_the_next_session_on_the_version_it_was_typed_on(app: App, store: Store) -> None:
    goal = first_goal(store)
    address = {"id": f"goal:{goal.id}"}
    page = app("plan", **address)
    field(page, "title").set_value("Ein anderer Titel").run()
    assert kept(store) == [f"plan:goal:{goal.id}"]
    changed = goal.model_copy(update={"description": "Von der Kollegin"})
    revise_record(store, changed, 1, by=COLLEAGUE, at=AT, reason="Klausur")
    again = app("plan", **address)
    assert not again.exception
    assert field(again, "title").value == "Ein anderer Titel"
    said = words(again).replace("\\", "")
    assert "Wiederhergestellt: Ihre Eingaben vom" in said
    assert "Sie haben Fassung 1 bearbeitet, inzwischen gibt es Fassung 2" in said
    assert store.newest("goal", goal.id).record == changed


def test_a_form_that_is_stored_or_given_up_leaves_no_draft(app: App, store: Store) -> None:
    goal = first_goal(store)
    page = app("plan", id=f"goal:{goal.id}")
    field(page, "title").set_value("Ein anderer Titel").run()
    field(page, "reason").set_value("Klausur").run()
    button(page, "save").click().run()
    assert store.newest("goal", goal.id).record.title == "Ein anderer Titel"
    assert kept(store) == []
    field(page, "title").set_value("Noch ein Titel").run()
    assert kept(store) == [f"plan:goal:{goal.id}"]
    button(page, "discard").click().run()
    assert kept(store) == []
    assert field(app("plan", id=f"goal:{goal.id}"), "title").value == "Ein anderer Titel"


def test_a_restored_form_can_be_given_up_and_begins_anew(app: App, store: Store) -> None:
    goal = first_goal(store)
    field(app("plan", id=f"goal:{goal.id}"), "title").set_value("Ein anderer Titel").run()
    again = app("plan", id=f"goal:{goal.id}")
    button(again, "discard_restored").click().run()
    assert field(again, "title").value == goal.title
    assert kept(store) == []


def test_a_restored_new_record_is_stored_once_and_not_once_more(app: App, store: Store) -> None:
    before = len(store.records(Goal))
    page = app("plan", id="goal")
    field(page, "title").set_value("Ein neues Ziel").run()
    level = next(found for found in page.selectbox if (found.key or "").endswith(".level"))
    level.set_value("operative").run()
    again = app("plan", id="goal")
    assert field(again, "title").value == "Ein neues Ziel"
    button(again, "save").click().run()
    button(page, "save").click().run()  # the first tab is still open
    assert [goal.title for goal in store.records(Goal)].count("Ein neues Ziel") == 1
    assert len(store.records(Goal)) == before + 1


def test_two_tabs_keep_what_stands_on_their_own_screens(app: App, store: Store) -> None:
    goal = first_goal(store)
    one, other = (app("plan", id=f"goal:{goal.id}") for _ in range(2))
    field(one, "title").set_value("Aus dem ersten Reiter").run()
    field(other, "title").set_value("Aus dem zweiten Reiter").run()
    one.run()
    assert (field(one, "title").value, field(other, "title").value) == (
        "Aus dem ersten Reiter",
        "Aus dem zweiten Reiter",
    )
    button(one, "discard").click().run()
    assert field(one, "title").value == goal.title
    assert field(app("plan", id=f"goal:{goal.id}"), "title").value == "Aus dem zweiten Reiter"


@pytest.mark.parametrize(("language", "shown"), [("de", "1.234,5"), ("en", "1,234.5")])
def test_a_draft_is_worded_in_the_language_of_the_next_session(
    app: App, store: Store, language: str, shown: str
) -> None:
    indicator = store.current("indicator")[0].record.id
    page = app("plan", id=f"indicator:{indicator}")
    field(page, "natural_maximum").set_value("1.234,5").run()
    again = app("plan", id=f"indicator:{indicator}", lang=language)
    assert field(again, "natural_maximum").value == shown


def test_drafts_that_wait_are_listed_with_a_way_to_each(app: App, store: Store) -> None:
    goal = first_goal(store)
    field(app("plan", id=f"goal:{goal.id}"), "title").set_value("Ein anderer Titel").run()
    page = app("plan", id="measure")
    assert [found.label for found in page.expander if "Entwurf" in found.label] == ["1 offener Entwurf"]
    key = f"entwurf_verwerfen.plan:goal:{goal.id}"
    page.button(key=key).click().run()
    assert kept(store) == []
    assert [found.label for found in page.expander if "Entwurf" in found.label] == []


def test_nothing_is_written_while_nothing_changes(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = first_goal(store)
    page = app("plan", id=f"goal:{goal.id}")
    field(page, "title").set_value("Ein anderer Titel").run()
    (before,) = drafts_of(store, ME, date(2026, 11, 24))
    monkeypatch.setattr(type(store), "beside_the_ledger", None)  # whoever wrote would fail
    page.run()
    assert not page.exception
    assert drafts_of(store, ME, date(2026, 11, 24)) == [before]


def test_a_cell_of_the_demand_grid_is_there_again_in_the_next_session(app: App, store: Store) -> None:
    def grid() -> AppTest:
        page = app("ressourcen", res_ansicht="kapazitaet")
        return page.selectbox(key="ressourcen_welche_massnahme").set_value("M-15").run()

    def cell(page: AppTest):
        return next(found for found in page.text_input if (found.key or "").startswith("bedarfsraster.M-15.KG-BESTAND"))

    page = grid()
    cell(page).set_value("12,5").run()
    assert kept(store) == ["bedarfsraster:M-15"]
    again = grid()
    assert cell(again).value == "12,5"
    assert "Wiederhergestellt" in words(again)
    again.button(key="bedarfsraster.M-15.verwerfen").click().run()
    assert kept(store) == []
