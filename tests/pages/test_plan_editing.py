"""Editing the plan: every kind has its form, errors stand at their field, nothing is lost or overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.goals import Goal
from metrics.domain.kinds import KINDS
from metrics.domain.resources import CapacityGroup
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import KEPT_ELSEWHERE, add_record, revise_record
from pages.upkeep.plan_editing import KINDS_HERE
from tests.pages.conftest import App, charts_without_text, words
from tests.plan import a_goal, a_measure, a_reading, a_target, an_indicator

COLLEAGUE = Person("Kollegin", Role.staff)
LATER = datetime(2026, 11, 24, 8, 0)
HOSTILE = "<script>alert(1)</script> ![](https://example.org/x.png) **fett** :red[rot] =1+1"


def widget(page: AppTest, path: str) -> Any:
    """The widget of a field, whatever the form's token is."""
    found = [
        element
        for kind in ("text_input", "text_area", "selectbox", "multiselect", "checkbox")
        for element in getattr(page, kind)
        if element.key and element.key.startswith("plan:") and element.key.split(".", 2)[2] == path
    ]
    assert len(found) == 1, (path, [element.key for element in page.text_input])
    return found[0]


def press(page: AppTest, name: str) -> AppTest:
    """Click a button of the form by the last part of its key."""
    button = next(each for each in page.button if each.key and each.key.endswith("." + name))
    return button.click().run()


def errors(page: AppTest) -> list[str]:
    """The sentences that stand below fields."""
    return [element.value for element in page.markdown if element.value.startswith(":red[")]


@pytest.mark.parametrize("kind", KINDS_HERE)
def test_a_new_record_of_every_kind_is_asked_for_without_fault(app: App, kind: str) -> None:
    page = app("plan", id=kind)
    assert not page.exception
    assert any(button.key.endswith(".save") for button in page.button if button.key)


def test_a_new_goal_is_stored_under_a_readable_id_and_linked(app: App, store: Store) -> None:
    page = app("plan", id="goal")
    widget(page, "title").set_value("Grüne Gewerbegebiete")
    widget(page, "level").set_value("operative")
    page = press(page, "save")
    assert not page.exception
    found = [entry.record for entry in store.current("goal") if entry.record.title == "Grüne Gewerbegebiete"]
    assert len(found) == 1
    assert found[0].id.startswith("gruene-gewerbegebiete-")
    assert any("Angelegt" in element.value for element in page.success)
    assert widget(page, "title").value == ""


def test_every_field_is_sent_when_it_is_left_so_that_another_page_cannot_lose_it(app: App) -> None:
    page = app("plan", id="goal")
    fields = [each for kind in ("text_input", "text_area") for each in getattr(page, kind) if each.key[:5] == "plan:"]
    assert len(fields) > 8
    assert not [each.key for each in fields if each.proto.ignore_rerun]


def test_a_second_click_on_a_stored_form_stores_nothing(app: App, store: Store) -> None:
    page = app("plan", id="goal")
    widget(page, "title").set_value("Einmal und nicht zweimal")
    widget(page, "level").set_value("operative")
    before = store.change_number()
    page = press(page, "save")
    page = press(page, "save")
    assert store.change_number() == before + 1
    assert len(errors(page)) == 2


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(app: App, store: Store) -> None:
    page = app("plan", id="goal:" + store.current("goal")[0].record.id)
    before = store.change_number()
    for path, text in {"title": "x" * 10_000, "target_year": "1200", "target_value": "42.5", "owner": "🏗️"}.items():
        widget(page, path).set_value(text)
    page = press(page, "save")
    assert not page.exception
    assert store.change_number() == before
    told = errors(page)
    assert len(told) == 4, told
    assert any("42,5" in sentence.replace("\\", "") for sentence in told)
    assert any("4 Angaben passen noch nicht" in element.value for element in page.error)
    assert widget(page, "title").value == "x" * 10_000
    assert (widget(page, "target_year").value, widget(page, "target_value").value) == ("1200", "42.5")


def test_what_is_typed_outlives_another_language_and_another_page(app: App, store: Store) -> None:
    goal = a_goal(id="Z-NEU", target_value=1234.5)
    add_record(store, goal, by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    widget(page, "owner").set_value("Sachgebiet Wirtschaft")
    widget(page, "weight").set_value("abc")
    page.session_state["lang"] = "en"
    page = page.run()
    assert widget(page, "owner").value == "Sachgebiet Wirtschaft"
    assert widget(page, "target_value").value == "1,234.5"
    assert widget(page, "weight").value == "abc"
    other = page
    other.query_params["id"] = "measure"
    other = other.run()
    assert any("Z-R" not in element.proto.label for element in other.get("page_link"))
    other.query_params["id"] = "goal:Z-NEU"
    back = other.run()
    assert widget(back, "owner").value == "Sachgebiet Wirtschaft"


def test_a_revision_needs_a_reason_and_keeps_it(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    widget(page, "owner").set_value("Amt 80")
    page = press(page, "save")
    assert store.newest("goal", "Z-NEU").version == 1
    assert len(errors(page)) == 1
    widget(page, "reason").set_value("Neue Zuständigkeit")
    page = press(page, "save")
    assert errors(page) == []
    assert any("jetzt Fassung 2" in element.value for element in page.success)
    newest = store.newest("goal", "Z-NEU")
    assert newest.version == 2 and isinstance(newest.record, Goal) and newest.record.owner == "Amt 80"
    assert store.history(kind="goal", identifier="Z-NEU")[0].change.reason == "Neue Zuständigkeit"


def test_two_tabs_on_one_goal_show_both_versions_and_overwrite_nothing(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    widget(page, "title").set_value("Mein Titel")
    widget(page, "reason").set_value("Umbenannt")
    theirs = a_goal(id="Z-NEU", title="Ihr Titel", owner="Amt 80")
    revise_record(store, theirs, 1, by=COLLEAGUE, at=LATER, reason="Zuständigkeit")
    page = press(page, "save")
    assert store.newest("goal", "Z-NEU").version == 2
    assert "Fassung 1" in page.warning[0].value.replace("\\", "") and "Kollegin" in page.warning[0].value
    table = page.dataframe[0].value
    assert list(table.iloc[0])[1:] == ["Ihr Titel", "Mein Titel"]
    assert charts_without_text(page) == []
    page = press(page, "rebase")
    assert (widget(page, "title").value, widget(page, "owner").value) == ("Mein Titel", "Amt 80")
    assert store.newest("goal", "Z-NEU").version == 2
    page = press(page, "save")
    newest = store.newest("goal", "Z-NEU")
    assert newest.version == 3
    assert newest.record == theirs.model_copy(update={"title": "Mein Titel"})


def test_the_newer_version_can_be_loaded_instead(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    widget(page, "title").set_value("Mein Titel")
    revise_record(store, a_goal(id="Z-NEU", title="Ihr Titel"), 1, by=COLLEAGUE, at=LATER, reason="x")
    page = press(page.run(), "reload")
    assert widget(page, "title").value == "Ihr Titel"
    assert not page.warning


def test_a_form_nobody_touched_follows_the_newest_version_by_itself(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    revise_record(store, a_goal(id="Z-NEU", title="Ihr Titel"), 1, by=COLLEAGUE, at=LATER, reason="x")
    page = page.run()
    assert widget(page, "title").value == "Ihr Titel"
    assert not page.warning


def test_even_a_reason_alone_is_not_thrown_away(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    page = widget(page, "reason").set_value("Beschluss vom 24.11.").run()
    revise_record(store, a_goal(id="Z-NEU", title="Ihr Titel"), 1, by=COLLEAGUE, at=LATER, reason="x")
    page = press(page.run(), "rebase")
    assert (widget(page, "title").value, widget(page, "reason").value) == ("Ihr Titel", "Beschluss vom 24.11.")


def test_what_others_refer_to_cannot_be_withdrawn_and_the_page_says_by_whom(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    add_record(store, a_measure(id="M-NEU", goal_ids=("Z-NEU",)), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    page = press(page, "withdraw")
    assert any("Grund" in element.value for element in page.error)
    widget(page, "withdrawal").set_value("doppelt")
    page = press(page, "withdraw")
    assert "goal:Z\\-NEU" not in words(page)
    assert not store.newest("goal", "Z-NEU").withdrawn
    assert any("Leerstandsmanagement" in link.proto.label for link in page.get("page_link"))


def test_an_indicator_with_values_names_the_value_that_keeps_it(app: App, store: Store) -> None:
    add_record(store, an_indicator(id="I-NEU", goal_ids=()), by=COLLEAGUE, at=LATER)
    add_record(store, a_reading(id="R-NEU", indicator_id="I-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="indicator:I-NEU")
    widget(page, "withdrawal").set_value("doppelt")
    page = press(page, "withdraw")
    assert not store.newest("indicator", "I-NEU").withdrawn
    assert "id=reading%3AR-NEU" in [link.proto.query_string for link in page.get("page_link")]


def test_a_record_is_withdrawn_with_a_reason(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU"), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    widget(page, "withdrawal").set_value("doppelt erfasst")
    page = press(page, "withdraw")
    assert store.newest("goal", "Z-NEU").withdrawn
    assert not page.exception
    assert any("Zurückgezogen" in element.value for element in page.success)


def test_a_row_of_milestones_can_be_added_and_filled(app: App, store: Store) -> None:
    add_record(store, a_measure(id="M-NEU", goal_ids=(), milestones=()), by=COLLEAGUE, at=LATER)
    page = press(app("plan", id="measure:M-NEU"), "milestones.more")
    widget(page, "milestones.1.title").set_value("Zweiter Schritt")
    widget(page, "milestones.1.due").set_value("3/2027")
    widget(page, "reason").set_value("Planung")
    page = press(page, "save")
    assert errors(page) == []
    found = store.newest("measure", "M-NEU").record
    assert [(step.title, step.due) for step in found.milestones] == [("Zweiter Schritt", "2027-03")]  # type: ignore[attr-defined]


def test_a_row_is_taken_away_by_emptying_it(app: App, store: Store) -> None:
    add_record(store, a_measure(id="M-NEU", goal_ids=()), by=COLLEAGUE, at=LATER)
    page = press(app("plan", id="measure:M-NEU"), "milestones.0.clear")
    assert widget(page, "milestones.0.title").value == ""
    widget(page, "reason").set_value("Schritt entfällt")
    page = press(page, "save")
    assert errors(page) == []
    found = store.newest("measure", "M-NEU").record
    assert [step.title for step in found.milestones] == ["Drei Zwischennutzungen eröffnet"]  # type: ignore[attr-defined]


def test_the_kind_of_a_target_decides_what_it_asks_for(app: App, store: Store) -> None:
    indicator = store.current("indicator")[0].record.id
    add_record(store, a_target(id="T-NEU", indicator_id=indicator), by=COLLEAGUE, at=LATER)
    page = app("plan", id="target:T-NEU")
    assert widget(page, "demand.value").value == "7"
    page = widget(page, "demand").set_value("in_words").run()
    assert widget(page, "demand.text").value == ""


def test_hostile_titles_are_shown_as_they_were_typed(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-NEU", title=HOSTILE), by=COLLEAGUE, at=LATER)
    page = app("plan", id="goal:Z-NEU")
    assert not page.exception
    assert widget(page, "title").value == HOSTILE
    assert all("<script>" not in header.value for header in page.header)


def test_an_unknown_address_is_answered_with_a_sentence(app: App) -> None:
    assert "gibt es nicht" in app("plan", id="goal:NIE").info[0].value
    assert not app("plan", id="unsinn:x").exception


def test_an_empty_plan_can_be_begun(empty_app: App) -> None:
    page = empty_app("plan", id="plan")
    assert not page.exception
    assert widget(page, "title").value == ""


def test_every_kind_but_the_values_can_be_edited() -> None:
    assert set(KINDS_HERE) == set(KINDS) - {"reading", "comparison", *KEPT_ELSEWHERE}


def test_a_group_without_any_capacity_is_refused_at_its_field(app: App, store: Store) -> None:
    page = app("plan", id="capacity_group")
    before = len(store.records(CapacityGroup))
    widget(page, "title").set_value("Leere Gruppe")
    widget(page, "fte").set_value("0")
    widget(page, "base_load_share").set_value("0,6")
    page = press(page, "save")
    assert not page.exception
    assert any("So hätte die Gruppe nie Zeit für eine Maßnahme" in one for one in errors(page))
    assert len(store.records(CapacityGroup)) == before
    assert widget(page, "title").value == "Leere Gruppe"


def test_a_group_whose_only_post_is_over_is_refused_at_its_posts(app: App, store: Store) -> None:
    page = app("plan", id="capacity_group")
    before = len(store.records(CapacityGroup))
    widget(page, "title").set_value("Leere Gruppe")
    widget(page, "fte").set_value("0")
    page = press(page, "posts.more")
    widget(page, "posts.0.fte").set_value("1")
    widget(page, "posts.0.leaves").set_value("31.12.2020")
    page = press(page, "save")
    assert not page.exception
    assert any("So hätte die Gruppe nie Zeit für eine Maßnahme" in one for one in errors(page))
    assert len(store.records(CapacityGroup)) == before
