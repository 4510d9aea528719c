"""Data in and out: seen before it happens, all or nothing, and a store that can be checked and saved."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.exchange.plan_file import read_plan, write_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.exchanging import export_plan
from metrics.usecases.planning import add_record
from tests.pages.conftest import App, charts_without_text, words
from tests.plan import a_goal

COLLEAGUE = Person("Kollegin", Role.administration)
LATER = datetime(2026, 11, 24, 8, 0)


def plan_of(store: Store) -> dict[str, Any]:
    """The store's plan as the data of a plan file."""
    return json.loads(write_plan(export_plan(store, by=COLLEAGUE)))


def upload(page: AppTest, data: dict[str, Any] | bytes) -> AppTest:
    """Give the page a plan file."""
    content = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False, indent=2).encode()
    return page.file_uploader[0].upload("plan.json", content, "application/json").run()


def told(page: AppTest) -> str:
    """All the page says, without the marks that keep typed text from being markup."""
    return words(page).replace("\\", "")


def table(page: AppTest, alt: str) -> list[dict[str, Any]]:
    """The rows of the table with this text alternative."""
    return next(each for each in page.dataframe if each.proto.alt == alt).value.to_dict("records")


def test_the_page_shows_what_the_store_holds(app: App, store: Store) -> None:
    page = app("daten")
    assert not page.exception
    rows = {row["Art"]: row["Einträge"] for row in table(page, "Inhalt der Datenbank nach Art")}
    assert rows["Ziele"] == len(store.current("goal"))
    assert charts_without_text(page) == []


def test_the_database_itself_is_not_offered_for_download(app: App) -> None:
    offered = [each.proto.label for each in app("daten").get("download_button")]
    assert offered == ["Plan herunterladen", "Beschreibung des Formats (JSON Schema)"]


def test_an_equal_plan_brings_nothing_new(app: App, store: Store) -> None:
    page = upload(app("daten"), plan_of(store))
    assert "nichts Neues" in told(page)
    assert not [each for each in page.button if each.key == "daten_einlesen"]


def test_an_import_is_seen_first_and_then_done_in_one_change(app: App, store: Store) -> None:
    data = plan_of(store)
    data["records"]["goal"][0]["owner"] = "Amt 80"
    data["records"]["goal"].append({"id": "Z-NEU", "title": "Neues Ziel", "level": "operative"})
    before = store.change_number()
    page = upload(app("daten"), data)
    goals = next(row for row in table(page, "Was die Datei ändern würde, nach Art") if row["Art"] == "Ziele")
    assert (goals["neu"], goals["geändert"]) == (1, 1)
    assert store.change_number() == before
    page = page.button(key="daten_einlesen").click().run()
    assert "Bitte nennen Sie einen Grund" in told(page) and store.change_number() == before
    page.text_input(key="daten_grund").set_value("Abgleich")
    page = page.button(key="daten_einlesen").click().run()
    assert store.change_number() == before + 1
    assert "1 neu, 1 geändert" in told(page)
    assert store.history()[0].change.reason == "Abgleich"


def test_the_differences_name_field_old_and_new(app: App, store: Store) -> None:
    data = plan_of(store)
    data["records"]["goal"][0]["owner"] = "Amt 80"
    page = upload(app("daten"), data)
    page.session_state["daten_unterschiede"] = True
    rows = table(page.run(), "Unterschiede im Einzelnen")
    assert [(row["Feld"], row["bisher"], row["künftig"]) for row in rows] == [("Zuständig", "–", "Amt 80")]


def test_a_plan_that_changed_since_the_preview_is_not_overwritten(app: App, store: Store) -> None:
    data = plan_of(store)
    data["records"]["goal"][0]["owner"] = "Amt 80"
    page = upload(app("daten"), data)
    page.text_input(key="daten_grund").set_value("Abgleich")
    add_record(store, a_goal(id="Z-ANDERE"), by=COLLEAGUE, at=LATER)
    before = store.change_number()
    page = page.button(key="daten_einlesen").click().run()
    assert "seit der Vorschau geändert" in told(page)
    assert store.change_number() == before


@pytest.mark.parametrize(
    ("content", "line", "place"),
    [
        (b'{"format": "zukunftsplan",\n "format_version": 1,\n "records": {,}}', 3, "–"),
        (b"\xff\xfe\x00", 1, "–"),
        (b"", 1, "–"),
        (
            b'{"format": "zukunftsplan",\n"format_version": 1,\n"records": {"goal": [{"id": "Z",\n"title": "",\n'
            b'"level": "operative"}]}}',
            4,
            "records.goal.0.title",
        ),
    ],
)
def test_a_broken_file_names_line_place_and_rule_and_stores_nothing(
    app: App, store: Store, content: bytes, line: int, place: str
) -> None:
    before = store.change_number()
    page = upload(app("daten"), content)
    assert not page.exception
    rows = table(page, "Fehler der Plandatei")
    assert [(row["Zeile"], row["Stelle"]) for row in rows] == [(line, place)]
    assert len(rows[0]["Regel"]) > 20
    assert store.change_number() == before


def test_a_reference_into_nowhere_stores_nothing(app: App, store: Store) -> None:
    data = plan_of(store)
    data["records"]["goal"].append({"id": "Z-NEU", "title": "Ziel", "level": "operative", "parent_ids": ["NIE"]})
    before = store.change_number()
    page = upload(app("daten"), data)
    page.text_input(key="daten_grund").set_value("Abgleich")
    page = page.button(key="daten_einlesen").click().run()
    assert store.change_number() == before
    assert any("NIE" in each.value for each in page.error)


def test_a_backup_says_where_it_is_and_how_large(app: App, store: Store) -> None:
    page = app("daten").button(key="daten_sichern").click().run()
    made = list(store.connection.backup_folder.glob("*.duckdb"))
    assert len(made) == 1
    assert str(made[0]) in told(page) and "MB" in told(page)
    assert [row["Datei"] for row in table(page, "Sicherungen, die neueste zuerst")] == [made[0].name]


def test_a_sound_store_is_said_to_be_sound(app: App) -> None:
    page = app("daten").button(key="daten_pruefen").click().run()
    assert "kein Fehler" in told(page)


def test_a_fault_of_the_store_is_told(app: App, store: Store) -> None:
    with store.connection.transaction() as cursor:
        cursor.execute("UPDATE goal SET version = 7 WHERE id = $id", {"id": store.current("goal")[0].record.id})
    page = app("daten").button(key="daten_pruefen").click().run()
    assert "1 Fehler" in told(page)
    assert table(page, "Fehler der Datenbank")[0]["Kennung"] == store.current("goal")[0].record.id


def test_the_exported_file_brings_the_same_plan_back(store: Store, tmp_path: Path) -> None:
    text = write_plan(export_plan(store, by=COLLEAGUE))
    assert write_plan(read_plan(text)) == text


def test_an_empty_store_says_what_to_do(empty_app: App) -> None:
    page = empty_app("daten")
    assert not page.exception
    assert "ist leer" in told(page)
