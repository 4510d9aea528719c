"""The tree of goals: totals as judged, filters, tree and rings that follow each other, the page of one goal."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.progress.outcome import NotComputable
from metrics.locale.formats import percent
from metrics.store.ledger import Store
from metrics.ui import goal_view
from metrics.ui.text import literal
from metrics.usecases.assessing import assess_plan
from metrics.usecases.planning import add_record
from tests.pages.conftest import FOUNDED, App, charts_without_text, words
from tests.pages.hostile import HOSTILE, OFFICE, unescaped
from tests.plan import a_goal, a_measure

DAY = date(2026, 11, 24)


def headings(page: AppTest) -> list[str]:
    """The headings of the second level."""
    return [header.value for header in page.header]


def branches(page: AppTest) -> list[str]:
    """The labels of the tree's branches that are in sight."""
    return [fold.label for fold in page.expander if fold.label != "Werte als Tabelle"]


def test_the_page_shows_vision_tree_and_rings_and_every_chart_has_its_text(app: App) -> None:
    page = app("ziele")

    assert not page.exception
    assert headings(page)[0] == literal("Nachhaltiger, resilienter und zukunftsfähiger Wirtschaftsstandort")
    assert len(branches(page)) == 5
    assert len(page.get("plotly_chart")) == 1
    assert charts_without_text(page) == []


def test_the_rings_hold_the_totals_of_the_judgement(app: App, store: Store) -> None:
    page = app("ziele")
    total = assess_plan(store, DAY).totals["Z-R2"]

    alt = page.get("plotly_chart")[0].proto.alt

    assert isinstance(total.attainment, float)
    assert f"Nachhaltiger Standort: {percent(1.0, 'de')}" in alt
    assert "Resilienter Standort: nicht bewertbar" in alt


def test_a_filter_keeps_what_fits_and_the_way_down_to_it(app: App) -> None:
    page = app("ziele")

    page.selectbox(key="ziele_handlungsfeld").set_value("HF-LEBEN").run()

    # Three Leitziele of the field Lebensqualität, all under one strategic goal.
    assert "4 Ziele im Baum" in headings(page)
    assert len(branches(page)) == 1


def test_what_fits_nothing_gets_a_sentence(app: App) -> None:
    page = app("ziele")

    page.selectbox(key="ziele_stand").set_value("missed").run()

    assert not page.exception
    assert literal("Kein Ziel passt zu dieser Auswahl.") in words(page)


def test_choosing_a_goal_opens_tree_and_rings_there(app: App) -> None:
    page = app("ziele")

    page.selectbox(key="ziele_fokus").set_value("Z-R1").run()

    assert not page.exception
    assert literal("Fachkräftegewinnung und -sicherung") in branches(page)[0]
    assert len(branches(page)) == 6  # the goal itself and the five Leitziele beneath it
    assert "Resilienter Standort" in [button.label.removeprefix("› ") for button in page.button]
    assert '"level":"Z-R1"' in page.get("plotly_chart")[0].proto.spec.replace(" ", "")


def test_the_way_back_up_is_a_button(app: App) -> None:
    page = app("ziele")
    page.selectbox(key="ziele_fokus").set_value("Z-R1").run()

    page.button(key="ziele_weg_Z-R").click().run()

    assert page.selectbox(key="ziele_fokus").value == "Z-R"


def test_a_goal_with_two_parents_stands_under_both_and_counts_once(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-ZWEI", title="Zwei Eltern", parent_ids=("Z-A", "Z-R")), by=OFFICE, at=FOUNDED)
    page = app("ziele")

    figure, table, _alt = goal_view.rings(goal_view.Wanted(), "", "sunburst", "course", False)

    assert [row["Oberziel"] for row in table if row["Ziel"] == "Zwei Eltern"] == [
        "Attraktiver Standort",
        "Resilienter Standort",
    ]
    assert len(set(figure.data[0].ids)) == len(figure.data[0].ids)
    assert "28 Ziele im Baum" in headings(page)


@pytest.mark.parametrize("goal_id", ["Z-R", "Z-R1", "Z-ZW", "L-04", "Z-GOV"])
def test_every_goal_has_its_page(app: App, store: Store, goal_id: str) -> None:
    total = assess_plan(store, DAY).totals[goal_id]

    page = app("ziele", id=goal_id)

    assert not page.exception
    assert charts_without_text(page) == []
    shown = next(metric.value for metric in page.metric if metric.label.startswith("Zielerreichung"))
    assert shown == ("–" if isinstance(total.attainment, NotComputable) else percent(total.attainment, "de"))


def test_a_goal_names_what_was_left_out_and_shows_it_when_asked(app: App) -> None:
    without, with_examples = app("ziele", id="Z-R"), app("ziele", id="Z-R", beispiele="true")

    assert literal("4 Zielwerte mit Beispielwerten bleiben außen vor") in words(without)
    assert literal("Arbeitslosenquote (Monat)") in words(without)
    assert "bleiben außen vor" not in words(with_examples)
    assert literal("Kurse: 2 × Gewitter") in words(with_examples)


def test_a_goal_links_to_its_editing(app: App) -> None:
    page = app("ziele", id="Z-A")

    assert any("id=goal%3AZ-A" in link.proto.query_string for link in page.get("page_link"))


def test_an_unknown_goal_gets_a_sentence(app: App) -> None:
    page = app("ziele", id="Z-GIBT-ES-NICHT")

    assert not page.exception
    assert literal("Ein Ziel mit der Kennung Z-GIBT-ES-NICHT gibt es nicht.") in words(page)


def test_an_empty_plan_gets_a_sentence(empty_app: App) -> None:
    page = empty_app("ziele")

    assert not page.exception
    assert literal("Der Plan hat noch kein Ziel.") in words(page)


def test_many_goals_and_measures_are_turned_page_by_page(app: App, store: Store) -> None:
    with store.change(by="Amt", at=FOUNDED, action="import_plan") as writing:
        goals = [a_goal(id=f"Z-{number:04}", title=f"Ziel {number}") for number in range(300)]
        writing.write_all([*goals, *(a_measure(id=f"M-{n:04}", goal_ids=("Z-0001",)) for n in range(1000))], [])
    page = app("ziele")

    page.selectbox(key="ziele_fokus").set_value("Z-0001").run()

    assert not page.exception
    assert len(page.get("page_link")) < 40


def test_hostile_titles_stay_data(app: App, store: Store) -> None:
    add_record(store, a_goal(id="Z-BOESE", title=HOSTILE, description=HOSTILE), by=OFFICE, at=FOUNDED)

    tree, one = app("ziele"), app("ziele", id="Z-BOESE")

    assert not tree.exception
    assert not one.exception
    assert literal(HOSTILE) in words(tree)
    assert unescaped(tree) == []
    assert unescaped(one) == []
