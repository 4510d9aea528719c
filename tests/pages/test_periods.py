"""Closing periods on their page: what is missing is told before, a reason is asked for, the form then refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.upkeep import LockKind, LockState, PeriodLock
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from metrics.usecases.recording import readings_of
from tests.pages.conftest import App, words
from tests.pages.test_readings import LATER, enter, press
from tests.plan import a_reading, an_indicator

OFFICE = Person("Amt", Role.administration)


@pytest.fixture
def closing(app: App, store: Store) -> AppTest:
    """The page, with an indicator that has a value of 2024 and none of 2025."""
    add_record(store, an_indicator(id="I-NEU", title="Neue Quote", goal_ids=()), by=OFFICE, at=LATER)
    add_record(store, a_reading(2024, 8.0, id="R-NEU", indicator_id="I-NEU"), by=OFFICE, at=LATER)
    return app("zeitraeume")


def told(page: AppTest) -> str:
    return words(page).replace("\\", "")


def choose(page: AppTest, kind: LockKind) -> AppTest:
    return page.radio(key="abschluss_art").set_value(kind).run()


def said(notices: Sequence[Any]) -> str:
    """What the first notice says, without the marks that keep it from being markup."""
    return str(notices[0].value).replace("\\", "")


def close(page: AppTest) -> AppTest:
    return next(each for each in page.button if each.label.startswith("Abschließen")).click().run()


def locks(store: Store) -> list[PeriodLock]:
    return store.records(PeriodLock)


def test_a_year_is_closed_with_its_gaps_and_opened_again(app: App, closing: AppTest, store: Store) -> None:
    page = choose(closing, LockKind.year)
    assert "Jahr 2025: Zeiträume, die vom 01.01.2025 bis 31.12.2025 enden." in told(page)
    assert "Neue Quote" in told(page) and "kein Wert: 31.12.2025" in told(page)
    page = close(page)
    assert "Bitte nennen Sie einen Grund" in said(page.error)
    assert locks(store) == []
    page.text_input[0].set_value("Die Agentur liefert erst im März.").run()
    page = close(page)
    assert not page.exception
    assert "Abgeschlossen: Jahr 2025" in said(page.success)
    (lock,) = locks(store)
    assert (lock.id, lock.state) == ("ZA-2025", LockState.closed)
    assert "I-NEU" in {gap.indicator_id for gap in lock.gaps}

    form = press(enter(app("eingabe", id="I-NEU"), period="2025", value="8,1"))
    assert "„Jahr 2025“ (01.01.2025 bis 31.12.2025) abgeschlossen" in told(form)
    assert len(store.versions("reading", "R-NEU")) == 1

    page = app("zeitraeume")
    page = next(each for each in page.button if each.label == "Wieder öffnen").click().run()
    assert "Bitte nennen Sie einen Grund" in said(page.error)
    next(each for each in page.text_input if "Öffnung" in each.label).set_value("Revision").run()
    page = next(each for each in page.button if each.label == "Wieder öffnen").click().run()
    assert "Wieder geöffnet" in said(page.success)
    assert locks(store)[0].state is LockState.reopened
    press(enter(app("eingabe", id="I-NEU"), period="2025", value="8,1"))
    assert [entry.record.value for entry in readings_of(store, "I-NEU")] == [8.0, 8.1]


def test_the_day_of_a_sitting_is_typed_and_refused_where_it_is_none(closing: AppTest, store: Store) -> None:
    page = choose(closing, LockKind.committee)
    day = next(each for each in page.text_input if "Tag der Sitzung" in each.label)
    page = day.set_value("31.02.2026").run()
    assert "Tag der Sitzung: " in told(page)
    assert not [each for each in page.button if each.label.startswith("Abschließen")]
    page = next(each for each in page.text_input if "Tag der Sitzung" in each.label).set_value("24.11.2026").run()
    assert "vom 01.01.2026 bis 24.11.2026" in told(page)


def test_the_quarter_that_is_over_is_offered_first_and_none_is_closed_yet(closing: AppTest) -> None:
    page = closing
    assert "3. Quartal 2026: Zeiträume, die vom 01.07.2026 bis 30.09.2026 enden." in told(page)
    assert "Noch ist kein Zeitraum abgeschlossen" in told(page)
