"""The grid of values: nothing is stored before the button, everything once, nobody overwritten, nothing lost."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.indicators import PeriodKind, Reading, ReadingState, ReleaseRule
from metrics.store.drafts import drafts_of
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.recording import readings_of
from tests.pages.conftest import App, words
from tests.plan import an_indicator

COLLEAGUE = Person("Frau B.", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)
TODAY = date(2026, 11, 24)
YEARS = {2022: 7.0, 2023: 7.2, 2024: 7.1}


def the_reading(year: int, value: float, **over: object) -> Reading:
    told = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period_kind": PeriodKind.year}
    return Reading(**{"id": f"R-N-{year}", "indicator_id": "I-N", "value": value} | told | over)


@pytest.fixture
def plan(store: Store) -> Store:
    """Two yearly indicators: one with three values, one with none."""
    for identifier, title in (("I-N", "Neue Quote"), ("I-O", "Andere Quote")):
        add_record(store, an_indicator(id=identifier, title=title, goal_ids=()), by=COLLEAGUE, at=AT)
    for year, value in YEARS.items():
        add_record(store, the_reading(year, value), by=COLLEAGUE, at=AT)
    return store


def several(app: App, **query: str) -> AppTest:
    page = app("sammeleingabe", **query)
    page.radio(key="sammeleingabe.werte.ansicht").set_value("mehrere").run()
    page.multiselect(key="sammeleingabe.werte.indikatoren").set_value(["I-N", "I-O"]).run()
    assert not page.exception
    return page


def cell(page: AppTest, indicator: str, year: int):
    begins = f"sammeleingabe.werte.{indicator}.{year}-01-01/{year}-12-31/year."
    return next(found for found in page.text_input if (found.key or "").startswith(begins))


def press(page: AppTest, name: str) -> AppTest:
    return page.button(key=f"sammeleingabe.werte.{name}").click().run()


def give_reason(page: AppTest) -> None:
    key = next(found.key for found in page.text_input if (found.key or "").startswith("sammeleingabe.werte.grund"))
    page.text_input(key=key).set_value("Nachmeldung").run()


def read(page: AppTest) -> str:
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def stored(store: Store) -> dict[tuple[str, int], list[float]]:
    found: dict[tuple[str, int], list[float]] = {}
    for one in store.records(Reading):
        if one.indicator_id in ("I-N", "I-O"):
            found.setdefault((one.indicator_id, one.period_start.year), []).append(one.value)
    return found


BEFORE = {("I-N", year): [value] for year, value in YEARS.items()}


def test_stored_values_stand_in_their_fields_and_several_are_saved_as_one_change(app: App, plan: Store) -> None:
    page = several(app)
    assert [cell(page, "I-N", year).value for year in (2022, 2023, 2024, 2025)] == ["7", "7,2", "7,1", ""]
    number = plan.change_number()
    cell(page, "I-N", 2025).set_value("7,3").run()
    cell(page, "I-O", 2025).set_value("4,5").run()
    assert (stored(plan), plan.change_number()) == (BEFORE, number)
    assert "2 Zellen geändert, nicht gespeichert" in read(page)
    press(page, "speichern")
    assert "2 Zellen gespeichert." in read(page)
    assert plan.change_number() == number + 1
    assert stored(plan) == BEFORE | {("I-N", 2025): [7.3], ("I-O", 2025): [4.5]}
    press(page, "speichern")  # the impatient second click
    assert plan.change_number() == number + 1
    assert drafts_of(plan, "Amt (lokal)", TODAY) == []


def test_a_correction_needs_its_reason_and_then_is_the_next_version(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-N", 2023).set_value("7,4").run()
    press(page, "speichern")
    assert "Bitte nennen Sie den Grund" in read(page)
    give_reason(page)
    press(page, "speichern")
    newest = plan.newest("reading", "R-N-2023")
    assert (newest.record.value, newest.version) == (7.4, 2)


def test_what_cannot_be_stored_is_named_and_holds_the_rest_back(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-N", 2025).set_value("7,3").run()
    cell(page, "I-O", 2025).set_value("101").run()
    cell(page, "I-O", 2024).set_value("vier").run()
    cell(page, "I-N", 2022).set_value("").run()
    said = read(page)
    assert "3 Zellen passen noch nicht" in said
    assert "Andere Quote, 2025:" in said
    assert "Neue Quote, 2022: Ein gespeicherter Wert wird hier nicht gelöscht." in said
    press(page, "speichern")
    assert stored(plan) == BEFORE
    press(page, "verwerfen")
    assert cell(page, "I-N", 2022).value == "7"
    assert "nicht gespeichert" not in read(page)


def test_a_doubtful_value_is_shown_once_before_it_is_stored(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-N", 2025).set_value("73").run()
    assert "1 Wert ist zweifelhaft" in read(page)
    (table,) = page.dataframe
    assert "Änderung um" in table.value["Zweifel"][0]
    press(page, "speichern")
    assert stored(plan) == BEFORE | {("I-N", 2025): [73.0]}


def test_two_people_in_one_cell_see_both_values_and_overwrite_nobody(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-N", 2023).set_value("7,4").run()
    cell(page, "I-O", 2025).set_value("4,5").run()
    revise_record(plan, the_reading(2023, 7.9), 1, by=COLLEAGUE, at=AT, reason="Revision")
    add_record(plan, the_reading(2025, 4.9, id="R-IHRER", indicator_id="I-O"), by=COLLEAGUE, at=AT)
    give_reason(page)
    press(page, "speichern")
    said = read(page)
    assert "Neue Quote, 2023: Sie haben 7,2 % geändert in 7,4 %; inzwischen steht dort 7,9 % (von Frau B.)" in said
    assert "Andere Quote, 2025: Sie haben leer geändert in 4,5 %; inzwischen steht dort 4,9 %" in said
    expected = BEFORE | {("I-N", 2023): [7.9], ("I-O", 2025): [4.9]}
    assert stored(plan) == expected
    press(page, "meins.I-N.2023-01-01/2023-12-31/year")
    press(page, "anderes.I-O.2025-01-01/2025-12-31/year")
    press(page, "speichern")
    assert stored(plan) == expected | {("I-N", 2023): [7.4]}
    assert plan.newest("reading", "R-N-2023").version == 3


def paste(page: AppTest, text: str) -> AppTest:
    area = next(found for found in page.text_area if (found.key or "").startswith("sammeleingabe.werte.text"))
    area.set_value(text).run()
    return press(page, "uebernehmen")


def test_a_pasted_table_fills_the_grid_and_is_stored_only_by_the_button(app: App, plan: Store) -> None:
    page = several(app)
    paste(page, "\t2024\t2025\t2026\nneue quote\t7,1\t7,3 %\t\nI-O\t4,5\tx\t5\nUnbekannt\t1\t2\t3")
    said = read(page)
    assert "4 Werte übernommen, 1 leere Zellen übergangen" in said
    assert "Zeile 3, Spalte „2025“: „x“" in said
    assert "Zeile 4, Spalte „A“: Einen Indikator „Unbekannt“ gibt es nicht." in said
    assert "Andere Quote, 2026: " in said  # a year that still runs has no value
    assert stored(plan) == BEFORE
    assert cell(page, "I-O", 2024).value == "4,5"
    cell(page, "I-O", 2026).set_value("").run()
    press(page, "speichern")
    assert stored(plan) == BEFORE | {("I-N", 2025): [7.3], ("I-O", 2024): [4.5]}


def test_a_pasted_list_brings_sources_along(app: App, plan: Store) -> None:
    source = plan.current("source")[0].record
    page = several(app)
    paste(page, f"I-O\t2025\t4,5\t{source.title}\tvorläufig")
    press(page, "speichern")
    (record,) = [one for one in plan.records(Reading) if one.indicator_id == "I-O"]
    assert (record.source_id, record.note) == (source.id, "vorläufig")


def test_cells_that_are_not_stored_are_there_again_in_the_next_session(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-N", 2023).set_value("7,4").run()
    revise_record(plan, the_reading(2023, 7.9), 1, by=COLLEAGUE, at=AT, reason="Revision")
    again = several(app)
    said = read(again)
    assert cell(again, "I-N", 2023).value == "7,4"
    assert "Wiederhergestellt: Ihre Eingaben vom" in said
    assert "inzwischen steht dort 7,9 %" in said
    english = several(app, lang="en")
    assert cell(english, "I-N", 2023).value == "7.4"


def test_a_draft_that_was_stored_just_before_the_session_died_is_not_stored_once_more(app: App, plan: Store) -> None:
    page = several(app)
    cell(page, "I-O", 2025).set_value("4,5").run()
    other = several(app)  # has the same draft
    press(page, "speichern")
    press(other, "speichern")
    assert stored(plan) == BEFORE | {("I-O", 2025): [4.5]}
    assert "nicht gespeichert" not in read(other)


@pytest.mark.parametrize("view", ["faellig", "einer", "geaendert"])
def test_every_view_stands_with_the_demo_plan(app: App, store: Store, view: str) -> None:
    page = app("sammeleingabe")
    page.radio(key="sammeleingabe.werte.ansicht").set_value(view).run()
    assert not page.exception
    fields = [found for found in page.text_input if (found.key or "").startswith("sammeleingabe.werte.I-")]
    assert (len(fields) > 0) is (view != "geaendert")


def test_one_indicator_shows_its_whole_series_with_the_gaps(app: App, plan: Store) -> None:
    page = app("sammeleingabe")
    page.radio(key="sammeleingabe.werte.ansicht").set_value("einer").run()
    page.selectbox(key="sammeleingabe.werte.indikator").set_value("I-N").run()
    shown = {year: cell(page, "I-N", year).value for year in range(2020, 2026)}
    assert shown == {2020: "", 2021: "", 2022: "7", 2023: "7,2", 2024: "7,1", 2025: ""}


def test_a_value_that_waits_for_its_release_is_followed_and_not_taken_for_a_conflict(app: App, plan: Store) -> None:
    indicator = plan.newest("indicator", "I-N")
    four_eyes = indicator.record.model_copy(update={"release_rule": ReleaseRule.four_eyes})
    revise_record(plan, four_eyes, indicator.version, by=COLLEAGUE, at=AT, reason="Vier Augen")
    revise_record(plan, the_reading(2024, 7.4), 1, by=COLLEAGUE, at=AT, reason="Nachmeldung")

    page = several(app)
    assert cell(page, "I-N", 2024).value == "7,4"
    cell(page, "I-N", 2024).set_value("7,5").run()
    give_reason(page)
    page = press(page, "speichern")

    newest = plan.newest("reading", "R-N-2024")
    assert (newest.record.value, newest.record.state, newest.version) == (7.5, ReadingState.draft, 3)
    assert [found.record.value for found in readings_of(plan, "I-N")] == [7.0, 7.2, 7.1]
