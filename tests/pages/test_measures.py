"""The measures: list, board, timeline, and the sheet of one."""

from __future__ import annotations

from datetime import datetime

import pytest

from metrics.domain.measures import Measure, MeasureState, Responsibility
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from tests.pages.conftest import charts_without_text, words
from tests.plan import a_measure

OFFICE = Person("Amt", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


HOSTILE = "<script>alert(1)</script> **fett** [Link](javascript:alert(2)) $\\frac{1}{2}$ :material/home: =1+1"


def the_board(page):
    return page.radio(key="massnahmen_ansicht").set_value("board").run()


def test_the_list_shows_every_measure_with_its_state(app, store):
    page = app("massnahmen")
    said = read(page)
    assert not page.exception
    assert "**16 Maßnahmen**" in said
    assert all(measure.id in said for measure in store.records(Measure))


def test_the_search_finds_by_word_and_by_id(app):
    page = app("massnahmen")
    page.text_input(key="massnahmen_suche").set_value("logistik louise").run()
    assert "**1 Maßnahme** von 16, gefiltert" in read(page)
    page.text_input(key="massnahmen_suche").set_value("m-15").run()
    assert "Leerstandsmanagement" in read(page)


def test_a_strategic_goal_finds_the_measures_of_the_goals_beneath_it(app, store):
    page = app("massnahmen")
    page.selectbox(key="massnahmen_ziel").set_value("Z-R").run()
    said = read(page)
    beneath = {"Z-R", "Z-R1", "Z-R2"}
    expected = [found for found in store.records(Measure) if beneath & set(found.goal_ids)]
    assert len(expected) > 3
    assert f"**{len(expected)} Maßnahmen** von 16" in said


def test_states_and_responsibility_narrow_the_list(app):
    page = app("massnahmen")
    page.multiselect(key="massnahmen_stand").set_value([MeasureState.running]).run()
    page.multiselect(key="massnahmen_bereich").set_value([Responsibility.office]).run()
    assert "**3 Maßnahmen** von 16" in read(page)


def test_the_filter_knows_measures_without_an_owner(app):
    page = app("massnahmen")
    page.selectbox(key="massnahmen_zustaendig").set_value("–").run()
    assert "**14 Maßnahmen** von 16" in read(page)


def test_the_board_counts_its_columns_and_says_which_states_are_empty(app):
    said = read(the_board(app("massnahmen")))
    assert "umgesetzt (7)" in said
    assert "Ohne Maßnahme: bewertet, priorisiert, zurückgestellt, pausiert" in said


def test_a_long_column_leads_to_the_list_of_its_state(app):
    page = the_board(app("massnahmen"))
    page.button(key="massnahmen_mehr_implemented").click().run()
    assert page.radio(key="massnahmen_ansicht").value == "liste"
    assert "**7 Maßnahmen** von 16" in read(page)


def test_the_timeline_names_undated_measures_instead_of_inventing_dates(app):
    page = app("massnahmen")
    page.radio(key="massnahmen_ansicht").set_value("zeit").run()
    said = read(page)
    assert "6 von 16 Maßnahmen haben einen Termin" in said
    assert "10 Maßnahmen ohne Termin" in said
    assert len(page.get("plotly_chart")) == 1
    assert charts_without_text(page) == []


def test_the_sheet_holds_everything_that_belongs_to_a_measure(app):
    page = app("massnahmen", id="M-15")
    said = read(page)
    assert not page.exception
    for text in (
        "Leerstandsmanagement Innenstadt",
        "geplant",
        "Beispielwert",
        "Bedarf: 235 Personentage",
        "Bearbeiten",
    ):
        assert text in said
    assert "Meilensteine: 17" in said
    assert "überfällig seit 13.11.2026" in said
    assert "Noch offen: Finanzierung" in said
    assert charts_without_text(page) == []


def test_the_sheet_lists_every_round_that_is_closed_with_rank_and_nutzwert(app):
    shown = {found.proto.alt: found.value for found in app("massnahmen", id="M-15").dataframe}
    rated = shown["Rang und Nutzwert in jeder Bewertungsrunde"]
    assert list(rated.iloc[0])[:4] == ["Probelauf: Was gehen wir 2027 zuerst an?", "1–2 von 8", "7,15", "geschlossen"]
    assert len(rated) == 1
    assert "Noch nicht bewertet." in read(app("massnahmen", id="M-03"))


def test_louise_shows_its_lab_its_end_and_what_is_missing(app):
    said = read(app("massnahmen", id="M-11"))
    for text in ("eingestellt", "LOUISE: Kundinnen und Kunden", "rund 750", "Praxisphase", "Grund für den Stand"):
        assert text in said


def test_an_unknown_id_says_so_and_shows_the_list(app):
    said = read(app("massnahmen", id="M-99"))
    assert "M-99" in said
    assert "**16 Maßnahmen**" in said


def test_an_empty_plan_says_what_to_do(empty_app):
    page = empty_app("massnahmen")
    assert not page.exception
    assert "noch keine Maßnahme" in read(page)


@pytest.mark.parametrize("view", ["liste", "board", "zeit"])
def test_hostile_titles_stay_data(app, store, view):
    add_record(store, a_measure(id="M-99", title=HOSTILE, goal_ids=("Z-A",)), by=OFFICE, at=AT)
    page = app("massnahmen")
    page.radio(key="massnahmen_ansicht").set_value(view).run()
    assert not page.exception
    sheet = words(app("massnahmen", id="M-99"))
    assert "alert" in sheet
    for said in (words(page), sheet):
        assert "<script>" not in said
        assert "[Link](" not in said
        assert " :material/home:" not in said


def test_a_thousand_measures_are_shown_page_by_page(app, store):
    many = [a_measure(id=f"N-{number:04}", goal_ids=("Z-A",)) for number in range(1000)]
    with store.change(by="Amt", at=AT, action="import_plan") as writing:
        writing.add(many)
    page = app("massnahmen")
    assert not page.exception
    assert "**1.016 Maßnahmen**" in read(page)
    assert read(page).count("N-") < 100
    page = the_board(page)
    assert "weitere …" in read(page)
