"""The page for releases: what counts beside what would, and the whole way of a value between two persons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.indicators import Indicator, Reading, ReadingState, ReleaseRule
from metrics.store.ledger import Store
from metrics.ui import reading_form, release_cards
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from metrics.usecases.recording import readings_of, record_reading
from metrics.usecases.releasing import release_reading
from pages.upkeep import readings
from tests.pages.conftest import App, charts_without_text, words
from tests.pages.hostile import HOSTILE, unescaped
from tests.pages.test_readings import LATER, TODAY, enter, field, press
from tests.plan import a_reading, an_indicator

ANNA, BERND, CLARA = (Person(f"P-{name}", Role.staff) for name in ("anna", "bernd", "clara"))
STEWARD = Person("P-dora", Role.data_steward)
Acting = Callable[[Person], None]


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Acting:
    """Whoever sits before the screen from now on."""

    def sit(person: Person) -> None:
        for module in (release_cards, reading_form, readings):
            monkeypatch.setattr(module, "person", lambda: person)

    return sit


@pytest.fixture
def indicator(store: Store) -> Indicator:
    """An indicator whose values need four eyes, with a released value of 2023."""
    return _indicator(store, ReleaseRule.four_eyes)


def _indicator(store: Store, rule: ReleaseRule) -> Indicator:
    found = an_indicator(id="I-VIER", title="Vier Augen", goal_ids=(), release_rule=rule)
    add_record(store, found, by=ANNA, at=LATER)
    with store.change(by="Amt", at=LATER, action="record_reading") as writing:
        writing.add([a_reading(2023, 7.8, id="R-2023", indicator_id="I-VIER")])
    return found


def _enter(store: Store, number: float = 8.0, by: Person = ANNA, note: str | None = None) -> None:
    reading = a_reading(2024, number, id="R-2024", indicator_id="I-VIER", note=note)
    record_reading(store, reading, by=by, at=LATER, today=TODAY)


def told(page: AppTest) -> str:
    return words(page).replace("\\", "")


def button(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def labels(page: AppTest) -> set[str]:
    return {each.label for each in page.button}


def _counting(store: Store) -> list[float]:
    return [entry.record.value for entry in readings_of(store, "I-VIER")]


def test_the_whole_way_from_draft_to_released_between_two_persons(
    app: App, store: Store, indicator: Indicator, acting: Acting
) -> None:
    acting(ANNA)
    page = press(enter(app("eingabe", id="I-VIER"), value="80"))
    assert "wartet auf Freigabe durch eine andere Person" in told(page)
    assert _counting(store) == [7.8]
    page = app("freigaben")
    assert "Sie haben ihn eingetragen" in told(page)
    assert not {"Freigeben", "Zurückgeben"} & labels(page)

    acting(BERND)
    page = app("freigaben")
    assert "neu: 80" in told(page)
    page = button(page, "Zurückgeben")
    assert "Bitte nennen Sie einen Grund" in told(page)
    page.text_input[0].set_value("Komma vergessen?").run()
    page = button(page, "Zurückgeben")
    assert "Zurückgegeben" in page.success[0].value

    acting(ANNA)
    page = app("eingabe")
    assert "1 Wert wurde zurückgegeben" in told(page) and "Komma vergessen?" in told(page)
    identifier = next(one.id for one in _newest(store) if one.state is ReadingState.returned)
    page = app("eingabe", id=f"reading:{identifier}")
    assert "Zurückgegeben von P-bernd" in page.warning[0].value.replace("\\", "")
    page = press(enter(page, value="8,0", reason="Komma ergänzt"))
    assert not page.exception

    acting(BERND)
    page = button(app("freigaben"), "Freigeben")
    assert "Freigegeben" in page.success[0].value
    assert _counting(store) == [7.8, 8.0]
    assert "wartet kein Wert" in told(page)


def _newest(store: Store) -> list[Reading]:
    entries = (entry.record for entry in store.all_newest("reading"))
    return [one for one in entries if isinstance(one, Reading)]


def test_a_correction_shows_what_counts_and_what_would(
    app: App, store: Store, indicator: Indicator, acting: Acting
) -> None:
    acting(ANNA)
    page = press(enter(app("eingabe", id="reading:R-2023"), value="8,1", reason="Revision der Agentur"))
    acting(BERND)
    page = app("freigaben")
    assert "gilt: 7,8\u202f% → neu: 8,1\u202f% (Änderung +0,3\u202f%-Punkte)" in told(page)
    assert "eingetragen von P-anna" in told(page) and "Revision der Agentur" in told(page)
    assert "Bis dahin gilt 7,8" in told(app("eingabe", id="reading:R-2023"))
    assert charts_without_text(page) == []


def test_where_one_checks_and_one_releases_each_sees_the_step_that_is_open(
    app: App, store: Store, acting: Acting
) -> None:
    _indicator(store, ReleaseRule.checked_and_released)
    _enter(store)
    acting(BERND)
    page = app("freigaben")
    assert "Geprüft, in Ordnung" in labels(page) and "Freigeben" not in labels(page)
    page = button(page, "Geprüft, in Ordnung")
    assert "Sie haben ihn geprüft" in told(page)
    acting(CLARA)
    page = app("freigaben")
    assert "Freigeben darf ihn, wer das Recht dazu hat" in told(page)
    assert "Freigeben" not in labels(page)
    acting(STEWARD)
    page = button(app("freigaben"), "Freigeben")
    assert _counting(store) == [7.8, 8.0]


def test_who_comes_second_is_told_and_nothing_is_released_twice(
    app: App, store: Store, indicator: Indicator, acting: Acting
) -> None:
    _enter(store)
    acting(BERND)
    page = app("freigaben")
    release_reading(store, "R-2024", 1, by=CLARA, at=LATER)
    number = store.change_number()
    page = button(page, "Freigeben")
    assert not page.exception
    assert len(page.error) == 1
    assert store.change_number() == number


def test_a_waiting_value_is_taken_back_by_whoever_entered_it(
    app: App, store: Store, indicator: Indicator, acting: Acting
) -> None:
    _enter(store)
    acting(BERND)
    assert "Wert zurücknehmen" not in labels(app("eingabe", id="reading:R-2024"))
    acting(ANNA)
    page = app("eingabe", id="reading:R-2024")
    page = button(page, "Wert zurücknehmen")
    assert "Bitte nennen Sie einen Grund" in told(page)
    field(page, "give_up_reason").set_value("doppelt").run()
    button(page, "Wert zurücknehmen")
    assert store.newest("reading", "R-2024").withdrawn


def test_hostile_notes_stay_text(app: App, store: Store, indicator: Indicator, acting: Acting) -> None:
    _enter(store, note=HOSTILE)
    acting(BERND)
    assert unescaped(app("freigaben")) == []


def test_a_value_that_waits_leaves_the_list_of_what_is_due(
    app: App, store: Store, indicator: Indicator, acting: Acting
) -> None:
    old = an_indicator(id="I-ALT", title="Seit langem fällig", goal_ids=(), release_rule=ReleaseRule.four_eyes)
    add_record(store, old, by=ANNA, at=LATER)
    add_record(store, a_reading(1990, id="R-1990", indicator_id="I-ALT"), by=ANNA, at=LATER)
    assert "Seit langem fällig" not in told(app("eingabe"))  # its draft waits
    release_reading(store, "R-1990", 1, by=BERND, at=LATER)
    assert "Seit langem fällig" in told(app("eingabe"))
    draft = a_reading(1991, id="R-1991", indicator_id="I-ALT")
    record_reading(store, draft, by=ANNA, at=LATER, today=TODAY)
    assert "Seit langem fällig" not in told(app("eingabe"))


def test_nothing_waits_says_where_the_rule_stands(app: App) -> None:
    assert "Zurzeit wartet kein Wert auf Freigabe" in told(app("freigaben"))
