"""Sachstand: told in one choice and one text, stored once, and on to the next one that is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.measures import Measure
from metrics.domain.upkeep import Standing, StatusNote
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from metrics.usecases.tasking import write_note
from tests.pages.conftest import App, words
from tests.plan import a_measure

COLLEAGUE = Person("Kollegin", Role.staff)
LATER = datetime(2026, 11, 24, 8, 0)
TODAY = date(2026, 11, 24)


def told(page: AppTest) -> str:
    return words(page).replace("\\", "")


def field(page: AppTest, path: str) -> Any:
    """The widget of a field, whatever the form's token is."""
    found = [
        element
        for kind in ("text_input", "text_area", "radio")
        for element in getattr(page, kind)
        if element.key and element.key.startswith("sachstand:") and element.key.split(".", 2)[2] == path
    ]
    assert len(found) == 1, path
    return found[0]


def press(page: AppTest, name: str = "save") -> AppTest:
    return next(each for each in page.button if each.key and each.key.endswith("." + name)).click().run()


def notes(store: Store) -> list[StatusNote]:
    return [entry for entry in store.records(StatusNote) if entry.measure_id.startswith("M-N")]


@pytest.fixture
def measures(store: Store) -> Store:
    """Two running measures that are due, the second one hurting most, and one that is not running."""
    for identifier, starts, rhythm in (("M-N1", "2026-01", "quarterly"), ("M-N2", "2020-01", "monthly")):
        measure = a_measure(id=identifier, title=f"Vorhaben {identifier}", goal_ids=(), starts=starts, ends=None)
        add_record(
            store, Measure.model_validate(measure.model_dump() | {"status_rhythm": rhythm}), by=COLLEAGUE, at=LATER
        )
    add_record(store, a_measure(id="M-N3", title="Geplantes", goal_ids=(), state="planned"), by=COLLEAGUE, at=LATER)
    return store


def test_a_note_is_written_in_two_fields_and_the_next_due_one_opens(app: App, measures: Store) -> None:
    page = app("sachstand", id="M-N1")
    assert field(page, "as_of").value == "24.11.2026"
    assert field(page, "standing").value is None
    field(page, "standing").set_value("slow")
    page = field(page, "text").set_value("Die Stelle ist unbesetzt.").run()
    page = press(page)
    assert not page.exception
    (note,) = notes(measures)
    assert (note.measure_id, note.as_of, note.standing) == ("M-N1", TODAY, Standing.slow)
    assert page.query_params["id"] == "M-N2"
    assert "Sachstand gespeichert: Vorhaben M-N1" in told(page)
    assert "Sachstand: Vorhaben M-N2" in told(page)
    assert field(page, "text").value == ""


def test_a_double_click_stores_one_note(app: App, measures: Store) -> None:
    page = app("sachstand", id="M-N1")
    field(page, "standing").set_value("slow")
    page = field(page, "text").set_value("Die Stelle ist unbesetzt.").run()
    page = press(press(page))
    assert len(notes(measures)) == 1


def test_what_is_lacking_stands_at_its_field_and_what_was_typed_stays(app: App, measures: Store) -> None:
    page = press(field(app("sachstand", id="M-N1"), "next_step").set_value("Ausschreiben").run())
    assert notes(measures) == []
    assert "2 Angaben passen noch nicht: Wie steht es?, Sachstand" in told(page)
    assert [each.value for each in page.markdown if each.value.startswith(":red[") and "Wie steht es" in each.value]
    assert field(page, "next_step").value == "Ausschreiben"


@pytest.mark.parametrize(("typed", "hint"), [("25.11.2026", "heute ist der 24.11.2026"), ("gestern", "gestern")])
def test_a_day_that_cannot_be_is_refused_at_its_field(app: App, measures: Store, typed: str, hint: str) -> None:
    page = app("sachstand", id="M-N1")
    field(page, "standing").set_value("slow")
    field(page, "text").set_value("Läuft.")
    page = press(field(page, "as_of").set_value(typed).run())
    assert notes(measures) == []
    assert [
        each.value for each in page.markdown if each.value.startswith(":red[") and hint in each.value.replace("\\", "")
    ]


def test_what_was_typed_for_another_measure_is_kept_and_named(app: App, measures: Store) -> None:
    page = field(app("sachstand", id="M-N1"), "text").set_value("Halb geschrieben").run()
    page.query_params["id"] = "M-N2"
    page = page.run()
    assert "Noch nicht gespeichert: Vorhaben M-N1" in told(page)
    page.query_params["id"] = "M-N1"
    assert field(page.run(), "text").value == "Halb geschrieben"


def test_the_last_note_stands_beside_the_form_and_all_of_them_on_the_measure_s_page(app: App, measures: Store) -> None:
    for day, standing, text in ((1, Standing.going_well, "Gut begonnen."), (20, Standing.stuck, "Nichts geht.")):
        note = StatusNote(
            id=f"SN-{day}", measure_id="M-N1", as_of=date(2026, 11, day), standing=standing, text=text, needs="Geld"
        )
        write_note(measures, note, by=COLLEAGUE, at=LATER, today=TODAY)
    said = told(app("sachstand", id="M-N1"))
    assert "Zuletzt: 20.11.2026" in said and "steht still" in said and "Gut begonnen." not in said
    said = told(app("massnahmen", id="M-N1"))
    assert "2 Sachstände" in said
    assert said.index("Nichts geht.") < said.index("Gut begonnen.")
    assert "steht still" in told(app("massnahmen", massnahmen_suche="M-N1"))


def test_of_two_notes_of_one_day_the_later_written_one_is_the_last(app: App, measures: Store) -> None:
    for identifier, text in (("SN-Z", "Erst dies."), ("SN-A", "Dann das.")):
        note = StatusNote(id=identifier, measure_id="M-N1", as_of=TODAY, standing=Standing.slow, text=text)
        write_note(measures, note, by=COLLEAGUE, at=LATER, today=TODAY)
    said = told(app("sachstand", id="M-N1"))
    assert "Dann das." in said and "Erst dies." not in said


def test_a_measure_that_does_not_run_may_be_told_of_and_is_never_due(app: App, measures: Store) -> None:
    page = app("sachstand", id="M-N3")
    assert "Sachstand: Geplantes" in told(page)
    labels = [link.proto.label.replace("\\", "") for link in app("sachstand").get("page_link")]
    assert "Vorhaben M-N2" in labels and "Geplantes" not in labels
    assert labels.index("Vorhaben M-N2") < labels.index("Vorhaben M-N1"), "what hurts most first"


def test_an_unknown_measure_is_answered_with_a_sentence(app: App) -> None:
    assert "gibt es nicht (mehr)" in told(app("sachstand", id="M-NIE"))


def test_an_empty_plan_says_what_to_do_first(empty_app: App) -> None:
    assert "noch keine Maßnahme" in told(empty_app("sachstand"))
