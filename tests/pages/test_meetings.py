"""Meetings: what is coming, what could stand on the agenda, and how it gets there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.upkeep import Meeting, MeetingKind
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.contributing import contribute
from metrics.usecases.planning import add_record
from tests.pages.conftest import TODAY, App, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.plan import a_contribution, a_meeting

AT, DAY = datetime(2026, 11, 24, 9, 0), date.fromisoformat(TODAY)


def read(page: AppTest) -> str:
    return words(page).replace("\\", "")


def field(page: AppTest, path: str) -> Any:
    kinds = ("text_input", "text_area", "selectbox")
    (found,) = [one for kind in kinds for one in getattr(page, kind) if one.key and one.key.split(".")[-1] == path]
    return found


def press(page: AppTest, end: str) -> AppTest:
    """Click the button whose key ends so."""
    (button,) = [one for one in page.button if one.key and one.key.endswith("." + end)]
    return button.click().run()


def held(store: Store, **over: object) -> None:
    add_record(store, a_meeting(**over), by=OFFICE, at=AT)


def test_coming_meetings_stand_in_their_order_and_past_ones_are_folded(app: App, store: Store) -> None:
    held(
        store, id="T-spaet", title="Workshop im Dezember", held_on=date(2026, 12, 9), meeting_kind=MeetingKind.workshop
    )
    held(store, id="T-heute", title="Heute", held_on=DAY, begins="09:30", ends="10:00", place="Raum 3")
    held(store, id="T-alt", title="Vorige Woche", held_on=date(2026, 11, 17))
    page = app("termine")
    labels = [one.proto.label for one in page.get("page_link")]
    assert [one for one in labels if one in ("Heute", "Workshop im Dezember")] == ["Heute", "Workshop im Dezember"]
    assert "24.11.2026 · 09:30–10:00 · Raum 3" in read(page)
    (fold,) = [one for one in page.expander if one.label == "Frühere Termine"]
    assert "Vorige Woche" in [one.proto.label for one in fold.get("page_link")]


def test_what_is_overdue_unanswered_or_to_be_decided_is_suggested_and_taken_with_a_click(
    app: App, store: Store
) -> None:
    contribute(store, a_contribution(received_on=date(2026, 10, 1)), by=OFFICE, at=AT, today=DAY)
    contribute(store, a_contribution(id="B-2", title="Hat noch Zeit"), by=OFFICE, at=AT, today=DAY)
    page = app("termine", id="neu")
    assert "Beitrag ohne Antwort (1)" in read(page)
    assert "Hat noch Zeit" not in read(page)
    field(page, "title").set_value("Jour fixe")
    field(page, "held_on").set_value("01.12.2026")
    page = page.run()
    assert "Beitrag ohne Antwort (2)" in read(page)
    page = press(page, "nimm.contribution.B-1")
    line = "Beitrag ohne Antwort: Ladepunkte für Lkw mitdenken (fällig 29.10.2026)"
    assert field(page, "agenda").value == line
    assert "steht darauf" in read(page)
    page = press(page, "save")
    assert "Gespeichert: Jour fixe" in read(page)
    (stored,) = store.records(Meeting)
    assert (stored.agenda, stored.held_on) == ((line,), date(2026, 12, 1))


def test_all_suggestions_are_taken_behind_what_stands_there_and_none_twice(app: App, store: Store) -> None:
    held(store, agenda=("Begrüßung",))
    page = press(app("termine", id="T-1"), "alle")
    lines = field(page, "agenda").value.split("\n")
    assert lines[0] == "Begrüßung"
    assert len(lines) > 5
    assert len(lines) == len(set(lines))
    assert not [one for one in page.button if one.key and (".nimm." in one.key or one.key.endswith(".alle"))]
    assert store.newest(Meeting.kind, "T-1").version == 1  # nothing is stored before it is saved
    field(page, "reason").set_value("Tagesordnung")
    page = press(page.run(), "save")
    assert store.newest(Meeting.kind, "T-1").version == 2


def test_who_may_only_read_sees_the_agenda_and_no_form(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held(store, agenda=("Begrüßung",))
    monkeypatch.setattr("metrics.ui.record_page.person", lambda: Person("P-2", Role.research_partner))
    page = app("termine", id="T-1")
    assert "Begrüßung" in read(page)
    assert not page.text_input and not page.text_area
    assert "Neuer Termin" not in read(app("termine"))
    assert not app("termine", id="neu").text_input


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE_LONG])
def test_hostile_texts_stay_texts(app: App, store: Store, text: str) -> None:
    held(store, title=text, place=text, agenda=(text,), note=text)
    contribute(store, a_contribution(title=text, received_on=date(2026, 9, 1)), by=OFFICE, at=AT, today=DAY)
    for page in (app("termine"), app("termine", id="T-1"), app("termine", id="neu"), app("termine", id=text)):
        assert not page.exception
        assert unescaped(page) == []
