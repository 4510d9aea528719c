"""Entering a value: understood as Germans write it, told back, drawn before it is stored, stored once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from metrics.domain.history import Recorded
from metrics.domain.indicators import Basis, Indicator, PeriodKind, Reading
from metrics.store.ledger import Store
from metrics.ui.reading_form import ReadingForm
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from metrics.usecases.recording import correct_reading, readings_of, record_reading
from tests.pages.conftest import App, charts_without_text, words
from tests.plan import a_reading, a_source, an_indicator

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


def address(page: AppTest) -> str:
    """What the address asks for."""
    asked = page.query_params.get("id", "")
    return asked[0] if isinstance(asked, list) else asked


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


def test_the_form_opens_with_the_period_that_is_due_and_the_last_source(app: App, store: Store) -> None:
    with store.change(by="Amt", at=LATER, action="add") as writing:
        writing.add([a_source(id="SRC-neu"), an_indicator(id="I-NEU", goal_ids=())])
        writing.add([a_reading(2024, 8.0, id="R-1", indicator_id="I-NEU", source_id="SRC-neu", vintage="2025")])
    page = app("eingabe", id="I-NEU")
    assert (field(page, "period").value, field(page, "source_id").value) == ("2025", "SRC-neu")
    assert field(page, "vintage").value == ""
    assert "Zuletzt: 8,0\u202f% (2024), Quelle: Agentur für Arbeit" in told(page)
    press(enter(page, value="8,1"))
    newest = stored(store)[-1].record
    assert (newest.period_start.year, newest.source_id, newest.vintage) == (2025, "SRC-neu", None)
    assert field(app("eingabe", id="I-NEU"), "period").value == ""  # 2026 is not over yet


def test_a_day_of_reference_comes_again_after_the_rhythm(app: App, store: Store) -> None:
    day = {"period_start": date(2025, 6, 30), "period_end": date(2025, 6, 30), "period_kind": PeriodKind.day}
    add_record(store, an_indicator(id="I-TAG", basis=Basis.reference_day, goal_ids=()), by=COLLEAGUE, at=LATER)
    add_record(store, a_reading(id="R-TAG", indicator_id="I-TAG", **day), by=COLLEAGUE, at=LATER)
    assert field(app("eingabe", id="I-TAG"), "period").value == "30.06.2026"


def test_saving_and_going_on_opens_the_next_form_and_tells_what_was_saved(
    app: App, store: Store, series: Indicator
) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), period="2024", value="8,0"), "save_and_go_on")
    assert not page.exception
    assert len(stored(store)) == 7
    assert "Neue Quote" in page.success[0].value and "zählt ab sofort" in page.success[0].value
    following = address(page)
    assert following not in ("I-NEU", "")
    assert field(page, "value").value == "" and field(page, "value").key.startswith(f"eingabe:{following}:")


def test_a_value_stored_meanwhile_stands_beside_mine_and_nothing_is_overwritten(
    app: App, store: Store, series: Indicator
) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="8,0", note="aus dem Bericht")
    theirs = a_reading(2024, 7.9, id="R-THEIRS", indicator_id="I-NEU")
    record_reading(store, theirs, by=COLLEAGUE, at=LATER, today=TODAY)
    page = press(page)
    assert len(stored(store)) == 7
    assert "gibt es schon 7,9\u202f%, von Kollegin" in told(page) and "Ihr Wert ist 8" in told(page)
    page = press(page, "correct_theirs")
    assert address(page) == "reading:R-THEIRS"
    assert (field(page, "value").value, field(page, "note").value) == ("8,0", "aus dem Bericht")
    page = press(page)
    assert store.newest("reading", "R-THEIRS").version == 1  # a correction wants its reason
    press(enter(page, reason="Bericht ist neuer"))
    assert [entry.record.value for entry in store.versions("reading", "R-THEIRS")] == [7.9, 8.0]  # type: ignore[attr-defined]


def test_the_stored_value_may_be_kept(app: App, store: Store, series: Indicator) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), period="2023", value="7,7"), "keep_theirs")
    assert (field(page, "value").value, len(stored(store))) == ("", 6)
    assert store.newest("reading", "R-NEU-2023").version == 1


def test_a_number_that_reads_two_ways_is_asked_about_where_the_series_speaks_for_the_other(
    app: App, store: Store
) -> None:
    bare = an_indicator(id="I-NEU", unit="Personen", goal_ids=(), natural_minimum=None, natural_maximum=None)
    add_record(store, bare, by=COLLEAGUE, at=LATER)
    add_record(store, a_reading(2023, 200.5, id="R-1", indicator_id="I-NEU"), by=COLLEAGUE, at=LATER)
    page = press(enter(app("eingabe", id="I-NEU"), period="2024", value="203.726"))
    assert "als 203.726\u00a0Personen oder, mit Komma, als 203,726\u00a0Personen" in told(page)
    assert len(stored(store)) == 1
    press(enter(page, value="203,726"))
    assert stored(store)[-1].record.value == 203.726


def test_a_jump_is_told_in_plain_words(app: App, series: Indicator) -> None:
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="24")
    assert "Das wäre 3-mal so hoch wie je zuvor." in told(page) and "Sind Sie sicher?" in told(page)


NUMBERS = (
    "1,234.5",
    "42.5",
    "7,9 €",
    "zehn",
    "=1+1",
    "+5",
    "@SUM(A1)",
    "'7",
    "😀",
    "7\u0000",
    "<b>7</b>",
    "9" * 10_000,
)
PERIODS = ("2026", "morgen", "=2024", "@2024", "<i>2024</i>", "🐢", "2024\u0007x", "2" * 10_000, "32.01.2024")
PLACES = ("x" * 10_000, "x" * 501)


@pytest.mark.parametrize(
    ("path", "typed"),
    [("value", each) for each in NUMBERS]
    + [("period", each) for each in PERIODS]
    + [("document", each) for each in PLACES],
    ids=lambda each: each[:12].encode("unicode_escape").decode(),
)
def test_bad_input_stays_in_its_field_with_a_sentence_that_names_the_way_out(
    app: App, store: Store, series: Indicator, path: str, typed: str
) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), **({"period": "2024", "value": "8,0"} | {path: typed})))
    assert not page.exception
    assert len(stored(store)) == 6
    assert field(page, path).value == typed
    label = {"value": "Wert", "period": "Zeitraum", "document": "Fundstelle"}[path]
    assert f"1 Angabe passt noch nicht: {label}" in page.error[0].value.replace("\\", "")
    (sentence,) = [each.value.replace("\\", "") for each in page.markdown if each.value.startswith(":red[")]
    assert sentence.startswith(f":red[:material/error: {label}: ") and len(sentence) < 500
    assert any(way in sentence for way in ("Bitte", "Möglich", "Meinten", "prüfen Sie"))


@pytest.mark.parametrize("typed", ["=1+1", "+49 2041", "@SUM(A1)", "-", "<b>fett</b>", "😀", "**fett**", "x" * 10_000])
def test_a_note_is_text_whatever_stands_in_it(app: App, store: Store, series: Indicator, typed: str) -> None:
    page = press(enter(app("eingabe", id="I-NEU"), period="2024", value="8,0", note=typed))
    assert not page.exception
    assert stored(store)[-1].record.note == typed


def test_an_unknown_address_is_answered_with_a_sentence(app: App) -> None:
    assert "gibt es nicht" in told(app("eingabe", id="reading:NIE"))


def test_an_empty_plan_says_what_to_do_first(empty_app: App) -> None:
    page = empty_app("eingabe")
    assert not page.exception
    assert "noch keinen Indikator" in page.info[0].value


def test_a_save_that_is_cut_off_after_storing_has_stored(
    app: App, store: Store, series: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next key arrives while the first is at work: the framework breaks its run off and begins another one."""
    page = enter(app("eingabe", id="I-NEU"), period="2024", value="8,0")
    close, cuts = (
        ReadingForm.close,
        [RerunException(RerunData(query_string="id=I-NEU", page_script_hash=calc_hash("eingabe")))],
    )

    def cut_off(form: ReadingForm) -> None:
        if cuts:
            raise cuts.pop()
        close(form)

    monkeypatch.setattr(ReadingForm, "close", cut_off)
    page = press(press(page))
    assert not page.exception
    assert not cuts
    assert len(stored(store)) == 7
    assert page.success
    assert not page.error
    assert field(page, "value").value == ""
