"""Meine Aufgaben: what is to be done, how late in words, why it is mine, and one link to the form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.measures import Measure
from metrics.domain.people import Account
from metrics.domain.tasks import TaskKind
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from tests.pages.conftest import App, words
from tests.plan import a_measure, a_reading, an_indicator

COLLEAGUE = Person("P-2", Role.staff)
LATER = datetime(2026, 11, 24, 8, 0)


def told(page: AppTest) -> str:
    """All the page says, without the marks that keep typed text from being markup."""
    return words(page).replace("\\", "")


def links(page: AppTest) -> dict[str, str]:
    """What each row's link says, and the query that it opens."""
    return {
        link.proto.label.replace("\\", ""): link.proto.query_string
        for link in page.get("page_link")
        if ": " in link.proto.label
    }


def an_account(identifier: str, *functions: str, **over: Any) -> Account:
    return Account(id=identifier, name=identifier, purpose="Anmeldung", functions=functions, **over)


@pytest.fixture
def office(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two accounts; the person who looks is the first, who holds Statistikstelle; the other one Amtsleitung."""
    monkeypatch.setenv("ZUKUNFTSPLAN_PERSON", "P-1")
    store.register.put(an_account("P-1", "Statistikstelle"), 0)
    store.register.put(an_account("P-2", "Amtsleitung"), 0)
    owned = {"owner": "Statistikstelle", "deputy": "Amtsleitung"}
    other = {"owner": "Amtsleitung", "deputy": "Statistikstelle"}
    add_record(
        store,
        an_indicator(id="I-EIGEN", title="Neue Quote", goal_ids=(), publication_lag=90, **owned),
        by=COLLEAGUE,
        at=LATER,
    )
    add_record(store, a_reading(2024, id="R-EIGEN", indicator_id="I-EIGEN"), by=COLLEAGUE, at=LATER)
    measure = a_measure(id="M-ANDERE", title="Fremdes Vorhaben", goal_ids=(), milestones=(), **other)
    add_record(store, measure, by=COLLEAGUE, at=LATER)
    return store


def only(page: AppTest, *kinds: TaskKind) -> AppTest:
    """Choose kinds of task."""
    return page.multiselect(key="aufgaben_art").set_value(list(kinds)).run()


def test_everything_is_shown_to_the_one_person_of_an_office_without_accounts(app: App) -> None:
    page = app("aufgaben")
    assert not page.exception
    assert "Wert eintragen: Bruttowertschöpfung" in links(page)
    assert links(page)["Wert eintragen: Bruttowertschöpfung"] == "id=I-BWS"
    assert "Tagen überfällig" in told(page) and "zuständig: niemand" in told(page)
    assert "davon" in told(page)
    assert [radio.label for radio in page.radio if radio.label == "Wessen Aufgaben?"] == []


def test_a_row_says_how_late_and_why_it_is_mine(app: App, office: Store) -> None:
    page = only(app("aufgaben"), TaskKind.enter_reading, TaskKind.status_note)
    assert links(page) == {"Wert eintragen: Neue Quote": "id=I-EIGEN"}
    said = told(page)
    assert "seit 237 Tagen überfällig" in said, "due on 01.04.2026: 366 days and 90 days of lag after 31.12.2024"
    assert "Ihre Funktion: Statistikstelle" in said
    assert "**1 Aufgabe**, davon 1 überfällig" in said


def test_the_deputy_s_list_grows_while_the_owner_is_away(app: App, office: Store) -> None:
    card = office.register.find(Account, "P-2")
    assert card is not None
    assert "Sachstand schreiben: Fremdes Vorhaben" not in links(app("aufgaben"))
    office.register.put(card.model_copy(update={"absent_from": date(2026, 11, 20)}), 1)
    page = only(app("aufgaben"), TaskKind.status_note)
    assert links(page) == {"Sachstand schreiben: Fremdes Vorhaben": "id=M-ANDERE"}
    assert "Vertretung für Amtsleitung" in told(page)


def test_whoever_is_away_is_told_where_the_tasks_are(app: App, office: Store) -> None:
    card = office.register.find(Account, "P-1")
    assert card is not None
    office.register.put(
        card.model_copy(update={"absent_from": date(2026, 11, 20), "absent_until": date(2026, 12, 4)}), 1
    )
    page = app("aufgaben")
    assert "Sie sind bis 04.12.2026 als abwesend eingetragen" in told(page)
    assert "Nichts zu tun" in told(page) and links(page) == {}


def test_the_whole_office_is_one_choice_away(app: App, office: Store) -> None:
    page = only(app("aufgaben"), TaskKind.status_note)
    assert links(page) == {} and "Keine Aufgabe ist von dieser Art" in told(page)
    page = page.radio(key="aufgaben_wessen").set_value("amt").run()
    assert "Sachstand schreiben: Fremdes Vorhaben" in links(page)
    assert "zuständig: Amtsleitung; Vertretung: Statistikstelle" in told(page)


def test_a_long_list_is_turned_page_by_page(app: App, store: Store) -> None:
    with store.change(by="Amt", at=LATER, action="add") as writing:
        writing.add([a_measure(id=f"M-N{number:04}", goal_ids=()) for number in range(1000)])
    page = only(app("aufgaben"), TaskKind.status_note)
    assert not page.exception
    assert len(links(page)) == 1, "a thousand alike, each label once"
    assert len([link for link in page.get("page_link") if "Sachstand schreiben" in link.proto.label]) == 20
    assert "**1.00" in told(page)


def test_the_order_is_explained_with_its_numbers(app: App) -> None:
    said = told(app("aufgaben"))
    assert "die Tage seit der Fälligkeit ÷ die Tage eines Turnus" in said
    assert "bei Prüfung und Freigabe 7 Tage (fünf Arbeitstage), bei Meilensteinen 30" in said


def test_the_overview_names_the_number_and_leads_to_the_list(app: App, store: Store) -> None:
    labels = [link.proto.label for link in app().get("page_link")]
    assert [label for label in labels if label.endswith("Aufgaben warten auf Sie")] != []


def test_an_empty_plan_has_nothing_to_do(empty_app: App) -> None:
    page = empty_app("aufgaben")
    assert "Nichts zu tun" in told(page)
    assert not [link for link in empty_app().get("page_link") if "warten auf Sie" in link.proto.label]


def test_titles_of_others_are_data_and_never_markup(app: App, store: Store) -> None:
    title = "**fett** [Link](https://example.org) <b>"
    add_record(store, Measure.model_validate(a_measure(id="M-BOESE", title=title, goal_ids=())), by=COLLEAGUE, at=LATER)
    page = only(app("aufgaben"), TaskKind.status_note)
    assert f"Sachstand schreiben: {title}" in links(page)
    (label,) = [link.proto.label for link in page.get("page_link") if "fett" in link.proto.label]
    assert "**" not in label and "](" not in label
