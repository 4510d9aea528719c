"""The overview says on the demo plan what the judgements say, and stays calm on an empty and on a hostile one."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from metrics.locale.formats import percent
from metrics.locale.words import target_course_reason
from metrics.store.ledger import Store
from metrics.ui import overview_view
from metrics.ui.text import literal
from metrics.usecases.assessing import assess_plan
from metrics.usecases.looking import due_readings
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import FOUNDED, App, charts_without_text, open_page, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.plan import a_goal, a_measure, a_target, an_indicator

DAY = date(2026, 11, 24)


def metrics(page: AppTest) -> dict[str, str]:
    """Label → value of the numbers above the lists."""
    return {metric.label: metric.value for metric in page.metric}


def test_the_overview_opens_and_every_chart_has_its_text(app: App) -> None:
    page = app()

    assert not page.exception
    assert page.get("plotly_chart")
    assert charts_without_text(page) == []


def test_the_overdue_values_are_counted_as_the_judgement_counts_them(app: App, store: Store) -> None:
    judged = assess_plan(store, DAY).indicators
    waiting = due_readings(judged.values())

    page = app()

    assert metrics(page)["Überfällig"] == f"{len(waiting)} von {len(judged)}"
    assert literal(waiting[0].indicator.title) in words(page)


def test_goals_show_the_total_of_the_judgement_or_why_there_is_none(app: App, store: Store) -> None:
    totals = assess_plan(store, DAY).totals

    page = app()

    shown = [metric.value for metric in page.metric if metric.label.startswith("Zielerreichung")]
    # In the plan's order: attraktiv, nachhaltig, resilient, zirkulär, Governance.
    assert totals["Z-N"].attainment == 1.0
    assert shown == ["–", percent(1.0, "de"), "–", "–", "–"]
    assert "1 von 3 Indikatoren mit Zielwert" in words(page)
    assert literal("Nicht bewertbar: Weniger als 60\u202f% des Gewichts sind bewertet.") in words(page)


def test_goals_say_what_does_not_count_and_wear_the_badge_once_invented_values_count(app: App, store: Store) -> None:
    total = assess_plan(store, DAY).totals["Z-R"]
    assert (total.too_old, total.left_out) == (2, 4)
    told = (
        "2 Indikatoren zählen nicht mit: Der letzte Wert ist jeweils zu alt. "
        "4 Indikatoren nur mit Beispielwerten bleiben außen vor."
    )

    without, with_examples = app(), app(beispiele="true")

    assert literal(told) in words(without)
    assert "außen vor" not in words(with_examples)
    assert words(with_examples).count("Beispielwert]") > words(without).count("Beispielwert]")


def let_old_values_count(store: Store, *identifiers: str) -> None:
    """As if the office's source published years later: then the values are not too old."""
    for identifier in identifiers:
        found = store.newest("indicator", identifier)
        patient = found.record.model_copy(update={"publication_lag": 3650})
        revise_record(store, patient, found.version, by=OFFICE, at=FOUNDED, reason="Probe")


def test_what_was_measured_too_long_ago_is_not_behind_any_more_and_is_told_apart(app: App) -> None:
    page = app(beispiele="true")

    assert metrics(page)["Hinter Kurs"] == "–"
    assert "Nach zu alten Werten, die nicht mehr zählen: 3" in words(page)


def test_an_invented_value_counts_only_if_it_was_asked_for_and_always_wears_its_badge(app: App, store: Store) -> None:
    let_old_values_count(store, "I-ALQ-M", "I-ALO-M", "I-KK")

    without, with_examples = app(), app(beispiele="true")

    assert metrics(without)["Hinter Kurs"] == "–"
    assert metrics(with_examples)["Hinter Kurs"] == "3 von 3"
    assert "Beispielwert]" in words(without)


def test_an_indicator_off_course_gives_its_reason(app: App, store: Store) -> None:
    let_old_values_count(store, "I-ALQ-M")
    found = assess_plan(store, DAY).indicators["I-ALQ-M"]
    assert found.headline is not None
    symbol, _, reason = target_course_reason(found.indicator, found.headline, "de").partition(": ")

    without, page = app(), app(beispiele="true")

    assert symbol == "Gewitter"
    assert literal(reason) in words(page)
    assert literal(reason) not in words(without)
    assert "Nur nach Beispielwerten: 1; der Schalter oben rechnet sie ein." in words(without)


def test_the_next_decision_and_the_most_overloaded_quarter_are_named(app: App) -> None:
    page = app()

    assert metrics(page)["Zu entscheiden"] == "2"
    assert literal("Zirkularitäts-Check für 20 Betriebe") in words(page)
    assert literal("Termin verstrichen: 31.10.2026") in words(page)
    assert literal("Projekte und Netzwerke, 1. Quartal 2027") in words(page)


def test_the_first_look_says_so_and_the_next_day_shows_only_what_moved_since(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = app()
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", "2099-11-25")
    monkeypatch.setattr(overview_view, "now", lambda: datetime(2099, 11, 25, 9))
    goal = store.newest("goal", "Z-A")
    changed = goal.record.model_copy(update={"title": "Anziehender Standort"})
    revise_record(store, changed, goal.version, by=OFFICE, at=FOUNDED, reason="Treffender")

    second, again = open_page(), open_page()

    assert metrics(again)["Geändert"] == "1"
    assert metrics(first)["Geändert"] == "–"
    assert "Ihr erster Blick" in words(first)
    assert metrics(second)["Geändert"] == "1"
    assert "Anziehender Standort" in words(second)


def test_a_new_reading_is_named_by_its_indicator_and_leads_there(app: App, store: Store) -> None:
    app()
    reading = store.versions("reading", "R-I-GIGA-2024-08")[-1]
    changed = reading.record.model_copy(update={"note": "geprüft"})
    revise_record(store, changed, reading.version, by=OFFICE, at=FOUNDED, reason="geprüft")

    page = open_page()

    assert any("id=I-GIGA" in link.proto.query_string for link in page.get("page_link"))
    assert literal("Gigabitfähig erschlossene Haushalte · Aug. 2024") in words(page)


def test_an_empty_plan_gets_a_sentence_and_the_way_on(empty_app: App) -> None:
    page = empty_app()

    assert not page.exception
    assert "Der Plan ist noch leer" in words(page)


def test_hostile_titles_stay_data(app: App, store: Store) -> None:
    for record in (
        a_goal(id="Z-BOESE", title=HOSTILE, position=0),
        a_goal(id="Z-LANG", title=HOSTILE_LONG, position=0),
        an_indicator(id="I-BOESE", title=HOSTILE, goal_ids=("Z-BOESE",)),
        a_target(id="T-BOESE", indicator_id="I-BOESE"),
        a_measure(id="M-BOESE", title=HOSTILE, goal_ids=("Z-BOESE",), decision_due="2026-12"),
    ):
        add_record(store, record, by=OFFICE, at=FOUNDED)

    page = app()

    assert not page.exception
    assert literal(HOSTILE) in words(page)
    assert unescaped(page) == []
