"""The history: changes, versions and what they altered."""

from __future__ import annotations

from datetime import date, datetime

from metrics.domain.goals import Goal
from metrics.domain.history import Change, Entry
from metrics.domain.priorities import Score
from metrics.ui.history_view import MOST_CHANGES, MOST_READ, page_of
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.rating import rate
from metrics.usecases.rounds import Call, close_round, open_round
from tests.pages.conftest import charts_without_text, words
from tests.plan import a_finding, a_goal

FRAU_B = Person("Frau B.", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def cells(page):
    """All cells of the comparisons."""
    return [str(cell).replace("\\", "") for table in page.table for row in table.value.values for cell in row]


def change_goal(store, **fields):
    newest = store.newest("goal", "Z-A")
    changed = newest.record.model_copy(update=fields)
    revise_record(
        store, Goal.model_validate(changed.model_dump()), newest.version, by=FRAU_B, at=AT, reason="Beschluss"
    )


def entry(number: int, identifier: str = "Z-A") -> Entry:
    return Entry(Change(number, AT, "Amt", "revise_goal", None), "goal", identifier, 1, False, "Ziel")


def test_the_founding_change_stands_there_with_who_when_and_why(app):
    page = app("verlauf")
    said = read(page)
    assert not page.exception
    for text in ("Plan eingespielt", "Änderung 1", "Zukunftsplan", "Vorführplan"):
        assert text in said


def test_a_changed_goal_shows_field_by_field_what_was_and_what_is(app, store):
    change_goal(store, owner="Sachgebiet Innenstadt", weight=2.5)
    page = app("verlauf", id="goal:Z-A")
    shown = cells(page)
    assert not page.exception
    assert "Frau B." in read(page)
    assert "Beschluss" in read(page)
    place = shown.index("Sachgebiet Innenstadt")
    assert shown[place - 2 : place + 1] == ["Zuständig", "–", "Sachgebiet Innenstadt"]
    place = shown.index("2,5")
    assert shown[place - 1 : place + 1] == ["1", "2,5"]
    assert charts_without_text(page) == []


def test_a_withdrawn_record_keeps_its_history_and_says_that_it_was_withdrawn(app, store):
    add_record(store, a_finding(id="SW-9"), by=FRAU_B, at=AT)
    withdraw_record(store, "finding", "SW-9", 1, by=FRAU_B, at=AT, reason="doppelt erfasst")
    said = read(app("verlauf", id="finding:SW-9"))
    assert "zurückgezogen" in said
    assert "doppelt erfasst" in said


def test_a_kind_and_an_id_narrow_the_history(app, store):
    change_goal(store, owner="Amt")
    page = app("verlauf")
    page.selectbox(key="verlauf_art").set_value("goal").run()
    assert "Änderung 2" in read(page)
    page.text_input(key="verlauf_kennung").set_value("Z-N").run()
    assert "Änderung 2" not in read(page)
    page.text_input(key="verlauf_kennung").set_value("gibt-es-nicht").run()
    assert "Dazu gibt es keine Änderung" in read(page)


def test_single_ratings_are_left_out_until_their_kind_is_asked_for_and_show_no_score_before_the_close(app, store):
    today, deadline = date(2026, 11, 24), date(2026, 12, 15)
    call = Call("PR-X", "Runde", deadline, ("M-15",), "KS-1", {"BG-AMT": 1})
    opened = open_round(store, call, by=FRAU_B, at=AT, today=today)
    rating = rate(store, opened.codes[1], "M-15", {"KR-1": Score(code="KR-1", value=8.25)}, at=AT, today=today)
    page = app("verlauf")
    assert "Änderung 2" in read(page)
    assert "Änderung 3" not in read(page)
    page.selectbox(key="verlauf_art").set_value("rating").run()
    assert not page.exception
    assert "PR-X · Platz 1" in read(page)
    address = f"rating:{rating.id}"
    assert not [cell for cell in cells(app("verlauf", id=address)) if "8,25" in cell or "8.25" in cell]
    close_round(store, "PR-X", 1, by=FRAU_B, at=AT)
    assert [cell for cell in cells(app("verlauf", id=address)) if "8,25" in cell or "8.25" in cell]


def test_older_changes_are_one_click_away_and_back(app, store):
    for number in range(MOST_CHANGES + 5):
        change_goal(store, owner=f"Sachgebiet {number}")
    page = app("verlauf")
    assert "Änderung 1 " not in read(page)
    page.button(key="verlauf_aeltere").click().run()
    assert "Änderung 2 " in read(page)
    page.button(key="verlauf_aeltere").click().run()
    assert "Änderung 1 " in read(page)
    assert not [button for button in page.button if button.key == "verlauf_aeltere"]
    page.button(key="verlauf_neuere").click().run()
    page.button(key="verlauf_neuere").click().run()
    assert f"Änderung {MOST_CHANGES + 6}" in read(page)


def test_a_change_that_may_be_cut_moves_to_the_next_page():
    entries = [entry(9), *(entry(8, f"Z-{number}") for number in range(MOST_READ - 1))]
    shown, following = page_of(entries)
    assert [written.change.number for written in shown] == [9]
    assert following == 9


def test_a_change_that_fills_the_page_says_that_it_is_cut():
    shown, following = page_of([entry(8, f"Z-{number}") for number in range(MOST_READ)])
    assert [(written.change.number, written.cut) for written in shown] == [(8, True)]
    assert following == 8


def test_nothing_is_older_than_the_first_change():
    assert page_of([entry(1, f"Z-{number}") for number in range(MOST_READ)])[1] is None


def test_the_last_page_has_no_following_one():
    assert page_of([entry(2), entry(1)])[1] is None


def test_no_change_is_lost_between_pages():
    numbers = list(range(60, 0, -1))
    seen: list[int] = []
    before: int | None = 61
    while before:
        shown, before = page_of([entry(number) for number in numbers if number < before])
        seen += [written.change.number for written in shown]
    assert seen == numbers


def test_an_empty_plan_has_no_history(empty_app):
    page = empty_app("verlauf")
    assert not page.exception
    assert "Dazu gibt es keine Änderung" in read(page)


def test_hostile_values_stay_data(app, store):
    hostile = "<script>alert(1)</script> **fett**"
    add_record(store, a_goal(id="Z-X", title=hostile, owner=hostile), by=Person(hostile, Role.administration), at=AT)
    for page in (app("verlauf"), app("verlauf", id="goal:Z-X")):
        assert not page.exception
        assert "alert" in words(page)
        assert "<script>" not in words(page)
    raw = [str(cell) for table in app("verlauf", id="goal:Z-X").table for row in table.value.values for cell in row]
    assert not any("<script>" in cell for cell in raw)
