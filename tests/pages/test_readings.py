"""Entering a value: understood as Germans write it, told back, drawn before it is stored, stored once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.history import Recorded
from metrics.domain.indicators import Basis, Indicator, PeriodKind, Reading
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from metrics.usecases.recording import correct_reading, readings_of
from tests.pages.conftest import App, charts_without_text, words
from tests.plan import a_reading, an_indicator

COLLEAGUE = Person("Kollegin", Role.staff)
LATER = datetime(2026, 11, 24, 8, 0)
TODAY = date(2026, 11, 24)


@pytest.fixture
def series(store: Store) -> Indicator:
    """A yearly indicator with six values that move by 0.2 at most."""
    indicator = an_indicator(id="I-NEU", title="Neue Quote", goal_ids=(), owner="Statistikstelle")
    add_record(store, indicator, by=COLLEAGUE, at=LATER)
    for year, value in {2018: 8.0, 2019: 7.8, 2020: 8.0, 2021: 7.9, 2022: 7.9, 2023: 7.8}.items():
        reading = a_reading(year, value, id=f"R-NEU-{year}", indicator_id="I-NEU")
        add_record(store, reading, by=COLLEAGUE, at=LATER)
    return indicator


def field(page: AppTest, path: str) -> Any:
    """The widget of a field, whatever the form's token is."""
    found = [
        element
        for kind in ("text_input", "text_area", "selectbox", "checkbox")
        for element in getattr(page, kind)
        if element.key and element.key.startswith("eingabe:") and element.key.split(".", 2)[2].startswith(path)
    ]
    assert len(found) == 1, (path, [element.key for element in found])
    return found[0]


def enter(page: AppTest, **typed: str) -> AppTest:
    """Type into the fields, one after another."""
    for path, text in typed.items():
        page = field(page, path).set_value(text).run()
    return page


def press(page: AppTest, name: str = "save") -> AppTest:
    """Click a button of the form by the last part of its key."""
    return next(each for each in page.button if each.key and each.key.endswith("." + name)).click().run()


def told(page: AppTest) -> str:
    """All the page says, without the marks that keep typed text from being markup."""
    return words(page).replace("\\", "")


def stored(store: Store, indicator_id: str = "I-NEU") -> list[Recorded[Reading]]:
    """The indicator's readings."""
    return readings_of(store, indicator_id)


def test_the_page_lists_what_is_due_with_its_owner_and_last_value(app: App, series: Indicator) -> None:
    page = app("eingabe")
    assert not page.exception
    assert "Indikatoren warten auf einen Wert" in told(page)
    assert "fällig seit" in told(page)
    assert len([link for link in page.get("page_link") if link.proto.label]) >= 8


def test_a_value_is_told_back_drawn_and_stored_in_three_steps(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="8,0")
    said = told(page)
    assert "verstanden: 2024 (01.01.2024 – 31.12.2024)" in said
    assert "verstanden: 8\u202f%; Änderung gegen 2023 (7,8\u202f%): +0,2\u202f%-Punkte" in said
    chart = page.get("plotly_chart")[0].proto
    assert "Ihr Wert: 2024: 8,0" in chart.alt
    assert "Ihr Wert" in chart.spec
    assert charts_without_text(page) == []
    page = press(page)
    assert not page.exception
    newest = stored(store)[-1].record
    assert (newest.period_start, newest.period_kind, newest.value) == (date(2024, 1, 1), PeriodKind.year, 8.0)
    assert any("8,0" in each.value.replace("\\", "") and "2024" in each.value for each in page.success)
    assert field(page, "value").value == ""


def test_a_double_click_stores_one_value(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="8,0")
    before = store.change_number()
    press(press(page))
    assert store.change_number() == before + 1


@pytest.mark.parametrize(
    ("typed", "number"), [("1.234,5", 1234.5), ("42,5", 42.5), ("203.726", 203726.0), ("-0,5", -0.5), ("0", 0.0)]
)
def test_german_numbers_arrive_as_they_were_meant(app: App, store: Store, typed: str, number: float) -> None:
    bare = an_indicator(id="I-NEU", goal_ids=(), natural_minimum=None, natural_maximum=None)
    add_record(store, bare, by=COLLEAGUE, at=LATER)
    press(enter(app("eingabe", id="I-NEU"), period="2024", value=typed))
    assert [entry.record.value for entry in stored(store)] == [number]


@pytest.mark.parametrize(
    "typed",
    ["42.5", "1,234.5", "abc", "", "=1+1", "🐢", "7\u0000", "9" * 10_000, "<script>", "![x](https://example.org)"],
)
def test_nonsense_is_refused_at_the_value_and_kept(app: App, store: Store, series: Indicator, typed: str) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), period="2024", value=typed))
    assert not page.exception
    assert len(stored(store)) == 6
    assert [each.value for each in page.markdown if each.value.startswith(":red[")] != []
    assert "1 Angabe passt noch nicht" in page.error[0].value
    assert field(page, "value").value == typed


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("2026", "endet erst am 31.12.2026"),
        ("1200", "1900"),
        ("Dez. 2024", "Jahresdurchschnitt"),
        ("irgendwann", "irgendwann"),
        ("30.02.2024", "30.02.2024"),
    ],
)
def test_periods_that_cannot_be_say_why(app: App, store: Store, series: Indicator, typed: str, hint: str) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), period=typed, value="8,0"))
    assert len(stored(store)) == 6
    assert hint in told(page)
    assert any(each.value.startswith(":red[") and "Zeitraum" in each.value for each in page.markdown)


def test_a_value_beyond_what_is_possible_is_refused_at_its_field(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="108")
    field(page, "confirmed").check()
    page = press(page)
    assert len(stored(store)) == 6
    assert "100" in next(each.value for each in page.markdown if each.value.startswith(":red["))


def test_a_jump_asks_for_a_second_look_and_does_not_block(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="80")
    assert "bisher waren es höchstens 0,2" in told(page)
    page = press(page)
    assert len(stored(store)) == 6
    assert "Der Wert stimmt so: Bitte kreuzen Sie das Feld an" in told(page)
    field(page, "confirmed").check()
    page = press(page)
    assert stored(store)[-1].record.value == 80


def test_a_confirmation_holds_for_the_confirmed_value_only(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="80")
    page = field(page, "confirmed").check().run()
    page = press(enter(page, value="90"))
    assert len(stored(store)) == 6


def test_a_period_that_is_taken_leads_to_its_correction(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2023")
    assert "gibt es schon 7,8" in told(page)
    links = [link.proto for link in page.get("page_link") if "korrigieren" in link.proto.label]
    assert [link.query_string for link in links] == ["id=reading%3AR-NEU-2023"]
    page = press(enter(page, value="7,7"))
    assert len(stored(store)) == 6
    assert "mit diesem Datenstand: 7,8\u202f%." in told(page)


def test_the_sign_for_per_cent_may_stand_behind_a_value_in_per_cent(app: App, store: Store, series: Indicator) -> None:
    press(enter(app("eingabe", id="I-NEU"), period="2024", value="8,0 %"))
    assert stored(store)[-1].record.value == 8.0


def test_a_correction_needs_a_reason_and_becomes_a_new_version(app: App, store: Store, series: Indicator) -> None:
    page = app("eingabe", id="reading:R-NEU-2023")
    assert (field(page, "period").value, field(page, "value").value) == ("2023", "7,8")
    page = press(enter(page, value="7,75"))
    assert store.newest("reading", "R-NEU-2023").version == 1
    page = press(enter(page, reason="Zahlendreher"))
    newest = store.newest("reading", "R-NEU-2023")
    assert newest.version == 2 and isinstance(newest.record, Reading) and newest.record.value == 7.75
    assert store.history(kind="reading", identifier="R-NEU-2023")[0].change.reason == "Zahlendreher"


def test_a_correction_made_meanwhile_is_not_overwritten(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="reading:R-NEU-2023"), value="7,7", reason="Zahlendreher")
    theirs = a_reading(2023, 7.6, id="R-NEU-2023", indicator_id="I-NEU", note="Revision")
    correct_reading(store, theirs, 1, by=COLLEAGUE, at=LATER, today=TODAY, reason="Revision")
    page = press(page)
    assert "inzwischen gibt es Fassung 2 von Kollegin" in told(page)
    assert list(page.dataframe[0].value.iloc[0])[1:] == ["7,6", "7,7"]
    page = press(press(page, "rebase"))
    newest = store.newest("reading", "R-NEU-2023").record
    assert isinstance(newest, Reading) and (newest.value, newest.note) == (7.7, "Revision")


def test_a_new_source_is_stored_with_the_value_or_not_at_all(app: App, store: Store, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="8,0")
    page = field(page, "source_id").set_value("+").run()
    before = store.change_number()
    page = press(page)
    assert store.change_number() == before
    assert any("Titel der neuen Quelle" in each.value for each in page.error)
    field(page, "new_source_title").set_value("Statistik der Bundesagentur, Stand 11/2026")
    field(page, "new_source_url").set_value("https://statistik.example.org")
    page = press(page)
    assert store.change_number() == before + 1
    newest = stored(store)[-1].record
    source = store.newest("source", str(newest.source_id)).record
    assert source.title == "Statistik der Bundesagentur, Stand 11/2026"  # type: ignore[attr-defined]


def test_nothing_typed_is_lost_when_the_language_changes(app: App, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="1.234,5")
    page.session_state["lang"] = "en"
    page = page.run()
    assert (field(page, "period").value, field(page, "value").value) == ("2024", "1,234.5")


def test_the_next_period_is_suggested(app: App, store: Store, series: Indicator) -> None:
    assert "2024" in field(app("eingabe", id="I-NEU"), "period").placeholder
    monthly = an_indicator(id="I-MONAT", basis=Basis.month, goal_ids=())
    add_record(store, monthly, by=COLLEAGUE, at=LATER)
    reading = a_reading(
        id="R-MONAT",
        indicator_id="I-MONAT",
        period_start=date(2025, 12, 1),
        period_end=date(2025, 12, 31),
        period_kind=PeriodKind.month,
    )
    add_record(store, reading, by=COLLEAGUE, at=LATER)
    assert "Jan. 2026" in field(app("eingabe", id="I-MONAT"), "period").placeholder


def test_an_unknown_address_is_answered_with_a_sentence(app: App) -> None:
    assert "gibt es nicht" in told(app("eingabe", id="reading:NIE"))


def test_an_empty_plan_says_what_to_do_first(empty_app: App) -> None:
    page = empty_app("eingabe")
    assert not page.exception
    assert "noch keinen Indikator" in page.info[0].value
