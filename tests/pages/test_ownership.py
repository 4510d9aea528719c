"""The pages on responsibilities: what nobody sees to is told in numbers and linked; a handover is one click."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.measures import Measure
from metrics.domain.people import Account
from metrics.exchange.tables import csv_table, markdown_table
from metrics.store.ledger import Store
from metrics.ui import session
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import TODAY, App, charts_without_text, words
from tests.plan import a_goal, a_measure, an_account

ME, AT = Person("Amt", Role.administration), datetime(2026, 11, 23, 9, 0)
OFFICE, NEW = "Sachgebiet Innenstadt", "Stabsstelle Handel"
RUNNING = "M-12"


def said(page: AppTest) -> str:
    return words(page).replace("\\", "")


def links(page: AppTest) -> list[str]:
    return [element.proto.label.replace("\\", "") for element in page.get("page_link")]


def owned(store: Store, identifier: str = RUNNING, **over: object) -> None:
    entry = store.newest("measure", identifier)
    fields = {"owner": OFFICE, "deputy": "Statistikstelle"} | over
    revise_record(
        store, entry.record.model_copy(update=fields), entry.version, by=ME, at=AT, reason="Zuschnitt der Sachgebiete"
    )


def field(page: AppTest, name: str) -> object:
    return next(each for each in page.text_input if each.key and each.key.endswith("." + name))


def hand_over(page: AppTest, *, new: str = NEW, reason: str = "Neuer Zuschnitt", deputy: str = "") -> AppTest:
    field(page, "neu").set_value(new)  # type: ignore[attr-defined]
    field(page, "vertretung").set_value(deputy)  # type: ignore[attr-defined]
    field(page, "grund").set_value(reason)  # type: ignore[attr-defined]
    button = next(each for each in page.button if each.key and ".knopf_" in each.key)
    return button.click().run()


def test_the_demo_plan_says_how_many_of_its_active_records_nobody_sees_to(app: App) -> None:
    page = app("zustaendigkeiten")
    assert not page.exception
    assert "**48 von 48** aktiven Einträgen haben niemanden, der zuständig ist" in said(page)
    assert "**0 von 48** aktiven Einträgen schlafen" in said(page)
    assert "Ziele: 14 von 14 · Maßnahmen: 4 von 4 · Indikatoren: 28 von 28 · Reallabore: 2 von 2" in said(page)
    assert {"Z-A", "Bearbeiten: Z-A"} <= set(links(page))


def test_what_is_mended_leaves_the_list_and_the_filter_finds_what_is_left(app: App, store: Store) -> None:
    owned(store)
    page = app("zustaendigkeiten")
    page.selectbox(key="zustaendig_art").set_value("measure").run()
    assert f"Bearbeiten: {RUNNING}" not in links(page)
    assert "Bearbeiten: M-13" in links(page)
    page.text_input(key="zustaendig_suche").set_value("handwerk").run()
    assert [label for label in links(page) if label.startswith("Bearbeiten")] == ["Bearbeiten: M-08"]
    page.text_input(key="zustaendig_suche").set_value("gibt es nicht").run()
    assert "Hier fehlt niemand" in said(page)


def test_a_function_that_nobody_will_hold_is_told_and_no_name_is(app: App, store: Store) -> None:
    owned(store)
    store.register.put(an_account(functions=(OFFICE,), left_on=date(2026, 12, 31)), 0)
    page = app("zustaendigkeiten")
    assert f"{OFFICE}: ab 31.12.2026 ohne Nachfolge, 2 laufende Einträge" in said(page)
    assert "Erika Musterfrau" not in said(page)
    assert f"Übergeben: {OFFICE}" in links(page)


def test_what_sleeps_is_told_with_its_days(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", (date.fromisoformat(TODAY) + timedelta(days=400)).isoformat())
    page = app("zustaendigkeiten")
    page.radio(key="zustaendig_ansicht_wahl").set_value("schlaf").run()
    assert not page.exception
    assert "ohne Bewegung (zuletzt 20.11.2026)" in said(page)
    assert "Bearbeiten: M-13" in links(page)


def test_measures_are_listed_by_their_points_with_the_way_to_mend_each(app: App, store: Store) -> None:
    owned(store)
    page = app("zustaendigkeiten")
    page.radio(key="zustaendig_ansicht_wahl").set_value("qualitaet").run()
    assert not page.exception
    told = said(page)
    assert "0 von 6 Punkten" in told and "1 von 6 Punkten" in told
    assert told.index("0 von 6 Punkten") < told.index("1 von 6 Punkten")
    sheet = app("massnahmen", id=RUNNING)
    assert "Verfolgbarkeit: 1 von 6 Punkten" in said(sheet)
    assert "Erfüllt: Zuständige und Vertretung" in said(sheet)
    assert {"Beschreibung", "Indikator mit Zielwert", "Sachstand im Turnus"} <= set(links(sheet))
    assert "Verfolgbarkeit" not in said(app("massnahmen", id="M-01"))


def test_a_plan_without_anything_active_says_so(empty_app: App) -> None:
    assert "Noch ist nichts im Plan aktiv" in said(empty_app("zustaendigkeiten"))
    assert "nennt noch keine Funktion" in said(empty_app("uebergabe"))


def test_a_function_is_handed_over_with_one_reason_and_a_protocol(app: App, store: Store) -> None:
    owned(store)
    page = app("uebergabe", id=OFFICE)
    assert f"{OFFICE}: 2 laufende Einträge" in said(page)
    before = store.change_number()
    page = hand_over(page)
    assert not page.exception
    assert store.change_number() == before + 1
    changed = {one.id: one.owner for one in store.records(Measure)}
    assert (changed[RUNNING], changed["M-15"]) == (NEW, NEW)
    assert f"Übergeben: 2 Einträge an {NEW}" in said(page)
    assert "ist für nichts zuständig" in said(page)
    protocol = app("uebergabe", id=f"change:{before + 1}")
    assert "Grund: Neuer Zuschnitt" in said(protocol)
    table = protocol.dataframe[0].value
    assert list(table["Zuständig bisher"]) == [OFFICE, OFFICE]
    assert list(table["Zuständig künftig"]) == [NEW, NEW]
    assert charts_without_text(protocol) == []


def test_single_records_are_handed_over_and_the_rest_stays(app: App, store: Store) -> None:
    owned(store)
    page = app("uebergabe", id=OFFICE)
    page.radio(key=f"uebergabe.{OFFICE}.umfang").set_value("einzelne").run()
    assert next(each for each in page.button if ".knopf_" in (each.key or "")).disabled
    page.multiselect(key=f"uebergabe.{OFFICE}.wahl").set_value([f"measure:{RUNNING}"]).run()
    hand_over(page)
    changed = {one.id: one.owner for one in store.records(Measure)}
    assert (changed[RUNNING], changed["M-15"]) == (NEW, OFFICE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new": " "}, "Bitte nennen Sie die Funktion"),
        ({"reason": " "}, "Bitte nennen Sie einen Grund"),
        ({"new": OFFICE.lower()}, "ist schon zuständig"),
        ({"new": "Statistikstelle"}, "kann sich nicht selbst vertreten"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_lost(
    app: App, store: Store, typed: dict[str, str], sentence: str
) -> None:
    owned(store)
    before = store.change_number()
    page = hand_over(app("uebergabe", id=OFFICE), **typed)
    assert [each.value for each in page.markdown if sentence in each.value.replace("\\", "")] != []
    assert store.change_number() == before
    assert field(page, "neu").value == typed.get("new", NEW)  # type: ignore[attr-defined]


def test_who_was_slower_sees_both_values(app: App, store: Store) -> None:
    owned(store)
    page = app("uebergabe", id=OFFICE)
    owned(store, deputy="Presse")
    before = store.change_number()
    page = hand_over(page)
    assert f"„{OFFICE} / Statistikstelle“, jetzt sind es „{OFFICE} / Presse“" in said(page)
    assert store.change_number() == before
    hand_over(page)
    assert store.change_number() == before + 1


def test_the_functions_of_somebody_who_leaves_move_and_the_plan_stays(app: App, store: Store) -> None:
    owned(store)
    store.register.put(an_account(functions=(OFFICE,), left_on=date(2026, 12, 31)), 0)
    store.register.put(an_account(id="P-2", name="Alex Muster", functions=("Statistikstelle",)), 0)
    page = app("uebergabe", id="P-1")
    assert "Funktionen von Erika Musterfrau, tätig bis 31.12.2026" in said(page)
    before = store.change_number()
    page.selectbox(key="uebergabe_ziel").set_value("P-2").run()
    page = next(each for each in page.button if (each.key or "").startswith("uebergabe_person_")).click().run()
    assert not page.exception
    assert f"Übergeben: {OFFICE}" in said(page)
    held = {one.id: one.functions for one in store.register.all(Account)}
    assert held == {"P-1": (), "P-2": ("Statistikstelle", OFFICE)}
    assert store.change_number() == before


def test_a_new_function_that_nobody_holds_is_shown_as_open(app: App, store: Store) -> None:
    owned(store)
    store.register.put(an_account(functions=(OFFICE,)), 0)
    assert "hat zurzeit niemand inne" not in said(app("uebergabe", id=OFFICE))
    page = hand_over(app("uebergabe", id=OFFICE))
    assert f"Noch offen: Die Funktion „{NEW}“ hat zurzeit niemand inne." in said(page)


def test_who_may_not_edit_the_plan_hands_over_nothing_and_sees_no_names(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.register.put(an_account(functions=(OFFICE,), left_on=date(2026, 12, 31)), 0)
    for module in ("pages.upkeep.handover", "pages.upkeep.ownership", "metrics.ui.handover_protocol"):
        monkeypatch.setattr(f"{module}.person", lambda: Person("Jemand", Role.research_partner))
    assert "Übergeben darf, wer den Plan bearbeiten darf." in said(app("uebergabe", id="P-1"))
    assert not [label for label in links(app("zustaendigkeiten")) if label.startswith("Übergeben")]
    for module in ("pages.upkeep.handover", "pages.upkeep.ownership", "metrics.ui.handover_protocol"):
        monkeypatch.setattr(f"{module}.person", lambda: Person("Jemand", Role.staff))
    assert "Erika Musterfrau" not in said(app("uebergabe", id="P-1"))
    assert session.person().role is Role.administration


def test_a_measure_is_not_started_in_the_form_without_a_deputy(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-T"), by=ME, at=AT)
    add_record(store, a_measure(id="M-T", goal_ids=("Z-T",), state="planned", deputy=None), by=ME, at=AT)
    page = app("plan", id="measure:M-T")
    widgets = {each.key.split(".", 2)[2]: each for each in (*page.text_input, *page.selectbox)
               if each.key and each.key.startswith("plan:")}  # fmt: skip
    widgets["state"].set_value("running")
    widgets["reason"].set_value("Start")
    page = next(each for each in page.button if (each.key or "").endswith(".save")).click().run()
    assert "ist aktiv, und es fehlt eine Vertretung" in said(page)
    assert store.newest("measure", "M-T").version == 1


def test_a_protocol_stays_a_table_whatever_was_typed() -> None:
    rows = [{"Titel": "a | b\n=1+1", "Neu": "=HYPERLINK(1)"}]
    assert markdown_table(rows, "de") == "| Titel | Neu |\n| --- | --- |\n| a \\| b =1+1 | '=HYPERLINK(1) |\n"
    text = csv_table(rows, "de").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][1] == "'=HYPERLINK(1)"
