"""The living labs: overview, Steckbrief, and the story told from the records."""

from __future__ import annotations

from datetime import datetime

from metrics.domain.context import EventKind
from metrics.domain.indicators import Basis, PeriodKind, Qualifier
from metrics.domain.living_labs import LabPhase, LabResult, LivingLab
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from tests.pages.conftest import charts_without_text, words
from tests.plan import a_living_lab, a_reading, an_event, an_indicator

OFFICE = Person("Amt", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def story_of(page):
    """The specification of the story's chart."""
    return page.get("plotly_chart")[0].proto.spec


def test_the_overview_shows_every_lab_with_phase_and_goals(app, store):
    said = read(app("reallabore"))
    assert "**7 Reallabore**" in said
    assert all(lab.id in said for lab in store.records(LivingLab))
    assert "Projektphase 2" in said
    assert "nicht verstetigt" in said


def test_the_search_finds_a_lab_by_its_partner(app):
    page = app("reallabore")
    page.text_input(key="labore_suche").set_value("rottbeck").run()
    assert "**1 Reallabor**" in read(page)


def test_louise_is_told_with_its_real_numbers(app):
    page = app("reallabore", id="RL-C1")
    said = read(page)
    assert not page.exception
    assert "LOUISE: teilnehmende Händler 6 → 30; LOUISE: Kundinnen und Kunden 250 → rund 750 Personen" in said
    assert "250 → rund 350 → rund 500 → rund 750 Personen" in said
    assert "6 → 21 → 30" in said
    assert "Idee – Erprobung – Wachstum – Ende – Lehre" in said
    assert "privatwirtschaftliche Fortführung nach Ende der Förderung" in said
    assert "Das Bestellvolumen reichte für einen wirtschaftlichen Betrieb nicht aus." in said
    assert charts_without_text(page) == []


def test_the_events_of_the_lab_stand_on_the_chart_and_no_others(app):
    spec = story_of(app("reallabore", id="RL-C1"))
    for title in ("Praxisphase", "City-Logistik"):
        assert title in spec
    for title in ("Fairtrade-Town", "Neue Amtsleitung"):
        assert title not in spec


def test_any_lab_with_values_and_lessons_gets_its_story(app, store):
    lab = a_living_lab(
        id="RL-NEU", goal_ids=("Z-R",), phase=LabPhase.co_production, starts="2025", lessons=("Früh anfangen.",)
    )
    add_record(store, lab, by=OFFICE, at=AT)
    indicator = an_indicator(id="I-NEU", title="Teilnehmende", unit="Personen", goal_ids=(), living_lab_id="RL-NEU",
                             basis=Basis.year, decimals=0, natural_maximum=None)  # fmt: skip
    add_record(store, indicator, by=OFFICE, at=AT)
    for year, value in ((2024, 20), (2025, 12)):
        reading = a_reading(year, value, id=f"R-NEU-{year}", indicator_id="I-NEU", qualifier=Qualifier.more_than)
        add_record(store, reading.model_copy(update={"period_kind": PeriodKind.year}), by=OFFICE, at=AT)
    event = an_event(id="E-N", title="Auftakt", event_kind=EventKind.living_lab, living_lab_id="RL-NEU")
    add_record(store, event.model_copy(update={"happened_on": "2025-03"}), by=OFFICE, at=AT)
    page = app("reallabore", id="RL-NEU")
    said = read(page)
    assert not page.exception
    assert "Idee" not in said
    assert "Erprobung – Entwicklung – Stand heute – Lehre" in said
    assert "mehr als 20 → mehr als 12 Personen" in said
    assert "Auftakt" in story_of(page)


def test_a_lab_with_parts_shows_the_rows_of_the_published_tables(app):
    said = read(app("reallabore", id="RL-H2"))
    for text in ("Fairtrade-Town", "Glaubensgemeinschaften", "Bottrop2018+", "Titel seit November 2021", "Vorgänger"):
        assert text in said


def test_a_lab_names_its_successor_and_its_evaluation(app):
    assert "Nachfolger: Digitale Koproduktion im Handwerk (RL-D2)" in read(app("reallabore", id="RL-D1"))
    assert "3 halbtägige Termine" in read(app("reallabore", id="RL-D2"))


def test_invented_values_of_a_lab_wear_their_badge(app):
    assert "Beispielwert" in read(app("reallabore", id="RL-D2"))
    assert "Beispielwert" not in read(app("reallabore", id="RL-C1")).replace("Beispielwerte einrechnen", "")


def test_a_lab_without_anything_still_has_a_page(app, store):
    add_record(store, a_living_lab(id="RL-LEER", goal_ids=(), result=LabResult.transferred), by=OFFICE, at=AT)
    page = app("reallabore", id="RL-LEER")
    assert not page.exception
    assert page.get("plotly_chart") == []
    assert "Noch offen: Ziele" in read(page)


def test_an_empty_plan_says_what_to_do(empty_app):
    page = empty_app("reallabore")
    assert not page.exception
    assert "noch kein Reallabor" in words(page)


def test_hostile_titles_stay_data(app, store):
    title = "<script>alert(1)</script> **fett** [x](javascript:1)"
    lab = a_living_lab(id="RL-X", title=title, goal_ids=(), lessons=(title,), question=title, decided_on="2025")
    add_record(store, lab, by=OFFICE, at=AT)
    for page in (app("reallabore"), app("reallabore", id="RL-X")):
        assert not page.exception
        assert "alert" in words(page)
        assert "<script>" not in words(page)
        assert "[x](" not in words(page)
