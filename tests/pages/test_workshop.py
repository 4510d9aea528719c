"""The workshop's wall: counts without names while a round is open, the matrix once it is closed."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.measures import Measure
from metrics.store.ledger import Store
from metrics.usecases.planning import add_record
from metrics.usecases.ranking import rank_round
from metrics.usecases.rounds import close_round, drop_round, remove_measure, vote_again
from tests.pages.conftest import App, charts_without_text, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.pages.rounds import AT, DEMO, NOW, fill, opened
from tests.plan import a_measure, a_rater_group

RANKS = ("1–2", "1–2", "3", "4–5", "4–5")
HIDDEN = "Bewertungen bleiben verdeckt, bis die Runde geschlossen ist."


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def tiles(page: AppTest) -> dict[str, tuple[str, str]]:
    """The groups' tiles: finished and begun by the group's name."""
    return {tile.label.replace("\\", ""): (tile.value, tile.delta) for tile in page.metric}


def test_an_open_round_shows_who_has_finished_in_counts_and_no_score(app: App, store: Store) -> None:
    codes = opened(store).codes
    fill(store, codes[1], 8.25)
    fill(store, codes[2], 1.75, "M-15")
    page = app("werkstatt")
    assert not page.exception
    assert page.title[0].value.replace("\\", "") == "Was gehen wir 2027 zuerst an?"
    assert tiles(page) == {"Mitarbeitende des Amtes": ("1 von 2", "1 angefangen"), "Politik": ("0 von 1", "")}
    assert page.progress[0].text == "1 von 3 sind fertig, Frist 15.12.2026"
    assert page.progress[0].value == 33
    assert HIDDEN in read(page)
    assert not [*page.get("plotly_chart"), *page.dataframe]
    assert not [text for text in ("8,25", "1,75", "Platz", "Leerstand", *codes.values()) if text in read(page)]


def test_the_wall_counts_on_without_being_asked(app: App, store: Store) -> None:
    codes = opened(store).codes
    page = app("werkstatt", id="PR-X")
    assert page.progress[0].text.startswith("0 von 3")
    for number in (1, 2, 3):
        fill(store, codes[number], 7)
    assert page.run().progress[0].text.startswith("3 von 3")


def test_a_second_vote_begins_to_count_from_nothing(app: App, store: Store) -> None:
    codes = opened(store).codes
    for number in (1, 2, 3):
        fill(store, codes[number], 7)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    vote_again(store, "PR-X", 2, ["M-15"], date(2026, 12, 20), by=OFFICE, at=AT, today=NOW)
    assert "0 von 3" in app("werkstatt", id="PR-X").progress[0].text
    fill(store, codes[1], 5, "M-15")
    page = app("werkstatt", id="PR-X")
    assert "1 von 3" in page.progress[0].text
    assert not page.get("plotly_chart")


def test_a_closed_round_shows_its_matrix_its_head_and_where_to_talk_first(app: App, store: Store) -> None:
    page = app("werkstatt")
    page.session_state["wand_matrix_tabelle"] = True
    page.run()
    said, found = read(page), rank_round(store, DEMO, by=OFFICE).result
    assert not page.exception
    assert "2 von 8 bewerteten Maßnahmen versprechen viel Wirkung bei wenig Aufwand" in said
    assert "2 Maßnahmen liegen gleichauf vorn" in said
    titles = {one.id: one.title for one in store.records(Measure)}
    head = [f"{rank}. {titles[one.measure_id]}" for rank, one in zip(RANKS, found.ranking, strict=False)]
    assert [line for line in said.splitlines() if line[:1].isdigit() and ". " in line] == head
    furthest = max(found.measures, key=lambda one: (one.dissent, one.measure_id == "M-13"))
    assert furthest.measure_id == "M-13"
    assert "Jährliches Veranstaltungsformat der Wirtschaftsallianz: Wirkung auf die Ziele 0 bis 8" in said
    assert [len(page.get("plotly_chart")), len(page.dataframe), len(page.metric)] == [1, 1, 0]
    assert len(page.dataframe[0].value) == len(found.measures) == 8
    assert charts_without_text(page) == []
    assert ":violet-badge[:material/science: Beispielwert]" in words(page)


def test_a_round_that_is_closed_elsewhere_shows_its_matrix_by_itself(app: App, store: Store) -> None:
    codes = opened(store).codes
    fill(store, codes[1], 7)
    page = app("werkstatt", id="PR-X")
    assert HIDDEN in read(page)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    page = page.run()
    assert HIDDEN not in read(page)
    assert len(page.get("plotly_chart")) == 1


def test_a_round_without_any_rating_has_an_empty_wall_that_says_so(app: App, store: Store) -> None:
    opened(store)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    page = app("werkstatt", id="PR-X")
    assert not page.exception
    assert "Noch keine Maßnahme hat einen Rang" in read(page)
    assert "Die Bewertungen liegen nirgends auseinander." in read(page)


def test_a_round_without_a_measure_left_breaks_no_wall(app: App, store: Store) -> None:
    fill(store, opened(store, "M-15").codes[1], 7, "M-15")
    remove_measure(store, "PR-X", 1, "M-15", "entfällt", by=OFFICE, at=AT)
    page = app("werkstatt", id="PR-X")
    assert not page.exception
    assert page.progress[0].text.startswith("0 von 3")
    close_round(store, "PR-X", 2, by=OFFICE, at=AT)
    assert not app("werkstatt", id="PR-X").exception


def test_without_an_id_the_newest_open_round_comes_before_any_closed_one(app: App, store: Store) -> None:
    opened(store)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    opened(store, id="PR-Y", title="Zweite")
    opened(store, id="PR-Z", title="Dritte")
    assert app("werkstatt").title[0].value == "Dritte"
    close_round(store, "PR-Z", 1, by=OFFICE, at=AT)
    assert app("werkstatt").title[0].value == "Zweite"
    assert app("werkstatt", id="PR-Z").title[0].value == "Dritte"


def test_a_round_that_was_withdrawn_meanwhile_is_said_to_be_gone(app: App, store: Store) -> None:
    opened(store)
    page = app("werkstatt", id="PR-X")
    drop_round(store, "PR-X", 1, "Versehen", by=OFFICE, at=AT)
    page = page.run()
    assert not page.exception
    assert page.title[0].value.startswith("Probelauf")


def test_the_end_of_the_wall_leads_back_to_the_round(app: App) -> None:
    page = app("werkstatt", id=DEMO)
    assert page.button(key="wand_ende").proto.shortcut.lower() == "escape"
    page = page.button(key="wand_ende").click().run()
    assert not page.exception
    assert page.query_params["id"] == DEMO
    assert [box.key for box in page.selectbox] and page.selectbox(key="runde_wahl").value == DEMO


def test_an_empty_plan_says_where_a_round_is_opened(empty_app: App) -> None:
    page = empty_app("werkstatt")
    assert not page.exception
    assert page.title[0].value == "Werkstatt"
    assert "Noch keine Bewertungsrunde." in read(page)
    assert [link.proto.page for link in page.get("page_link")] == ["runden"]


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE_LONG, "🙂" * 100])
def test_hostile_titles_stay_data_before_and_after_the_close(app: App, store: Store, title: str) -> None:
    add_record(store, a_measure(id="M-99", title=title, goal_ids=("Z-A",)), by=OFFICE, at=AT)
    add_record(store, a_rater_group(id="BG-X", title=title), by=OFFICE, at=AT)
    codes = opened(store, "M-99", "M-15", title=title, seats={"BG-X": 2}).codes
    fill(store, codes[1], 7, "M-99")
    fill(store, codes[2], 3, "M-99")
    page = app("werkstatt", id="PR-X")
    assert not page.exception
    assert unescaped(page) == []
    assert "<img" not in "".join(tile.label.replace("\\<", "") for tile in page.metric)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    page = app("werkstatt", id="PR-X")
    assert not page.exception
    assert unescaped(page) == []
