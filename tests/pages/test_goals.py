"""The tree of goals: totals as judged, filters, tree and rings that follow each other, the page of one goal."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.demands import ValueByDate
from metrics.domain.goals import GoalLevel
from metrics.domain.progress.outcome import Course, NotComputable
from metrics.locale.formats import percent
from metrics.store.ledger import Store
from metrics.ui import goal_view, judged
from metrics.ui.text import literal
from metrics.usecases.assessing import assess_plan
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import FOUNDED, App, charts_without_text, words
from tests.pages.hostile import HOSTILE, OFFICE, unescaped
from tests.plan import a_goal, a_measure, a_reading, a_target, an_indicator

DAY = date(2026, 11, 24)
LATER = datetime(2026, 11, 23, 8, 0)


def headings(page: AppTest) -> list[str]:
    """The headings of the second level."""
    return [header.value for header in page.header]


def branches(page: AppTest) -> list[str]:
    """The goals of the tree that are in sight."""
    return [link.label for link in page.get("page_link") if "flag" in link.proto.icon]


def captions(page: AppTest) -> list[str]:
    """Everything that is said in small type."""
    return [caption.value for caption in page.caption]


def unfolded(page: AppTest, key: str) -> AppTest:
    """The page after a fold was opened."""
    page.session_state[key] = True
    return page.run()


def said(text: str) -> str:
    """A text as a page escapes it, with the narrow space that stands before a per cent sign."""
    return literal(text.replace(" %", "\u202f%"))


def badges(page: AppTest) -> list[Any]:
    """The marks on a page; a badge is Markdown to the framework."""
    return [markdown for markdown in page.markdown if "-badge[" in markdown.value]


def rows_of(page: AppTest, number: int = 0) -> list[dict[str, str]]:
    """A table's rows."""
    return list(page.table[number].value.to_dict("records"))


@pytest.fixture
def work(store: Store) -> Store:
    """The demo plan with a goal on real and recent values.

    „Beschäftigungsquote“ 60 % of its way (weight 4, 3 until the committee spoke), a goal of two indicators (weight 2)
    of which one fell back and one went beyond its target, and one indicator whose last value is eight years old.
    """
    add = partial(add_record, store, by=OFFICE, at=FOUNDED)
    add(a_goal(id="Z-T", title="Gute Arbeit vor Ort"))
    add(a_goal(id="Z-T1", title="Mehr Ausbildung", level=GoalLevel.operative, parent_ids=("Z-T",), weight=2))
    indicators: list[tuple[str, str, str, int, list[float], float, float]] = [
        ("I-T1", "Beschäftigungsquote", "Z-T", 2025, [50, 52, 54, 56, 58, 60, 62], 70, 3),
        ("I-T2", "Ausbildungsbetriebe", "Z-T1", 2025, [50, 49, 48, 47, 46, 45, 44], 60, 1),
        ("I-T3", "Übernahmequote", "Z-T1", 2025, [50, 51, 53, 55, 57, 60, 65], 60, 1),
        ("I-T4", "Kita-Plätze", "Z-T", 2018, [50, 51, 52], 60, 1),
    ]
    for identifier, title, goal, until, values, aim, weight in indicators:
        add(an_indicator(id=identifier, title=title, direction="higher", goal_ids=(goal,), weight=weight))
        demand = ValueByDate(value=aim, due="2030", baseline=50, baseline_period="2012")
        add(a_target(demand, id="T-" + identifier, indicator_id=identifier))
        for year, value in enumerate(values, until - len(values) + 1):
            add(a_reading(year, value, id=f"R-{identifier}-{year}", indicator_id=identifier))
    found = store.newest("indicator", "I-T1")
    heavier = found.record.model_copy(update={"weight": 4.0})
    revise_record(store, heavier, found.version, by=OFFICE, at=LATER, reason="Beschluss vom 19.11.2026")
    return store


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
    assert literal("Fachkräftegewinnung und -sicherung") == branches(page)[0]
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


def test_a_goal_names_what_was_left_out_and_counts_it_when_asked(app: App, store: Store) -> None:
    without, with_examples = app("ziele", id="Z-R2"), app("ziele", id="Z-R2", beispiele="true")
    total = assess_plan(store, DAY, include_illustrative=True).totals["Z-R2"]

    assert isinstance(total.attainment, float)
    assert literal("1 Indikator nur mit Beispielwerten bleibt außen vor") in words(without)
    assert literal("Nur mit Beispielwerten: Teilnehmende Betriebe an Digitalisierungsformaten") in words(without)
    assert [row["Zielerreichung"] for row in rows_of(without)] == [f"**{said('25 %')}**"]
    assert "außen vor" not in words(with_examples)
    assert with_examples.metric[0].value == percent(total.attainment, "de")
    assert ["Beispielwert" in row["Teil"] for row in rows_of(with_examples)] == [False, True]
    assert "Beispielwert" in [badge.proto.body.partition(": ")[2].rstrip("]") for badge in badges(with_examples)]


def test_the_parts_of_a_total_are_those_of_the_judgement_the_least_attained_first(work: Store, app: App) -> None:
    total = assess_plan(work, DAY).totals["Z-T"]
    assert total.attainment == pytest.approx((2 * 0.5 + 4 * 0.6) / 6)

    page = app("ziele", id="Z-T")
    rows = rows_of(page)

    assert page.metric[0].value == percent(total.attainment, "de") == "57\u202f%"
    assert [row["Gewicht"] for row in rows] == ["2", "4", "1"]
    assert [row["Anteil am Gewicht"] for row in rows] == [literal(percent(n / 7, "de", 1)) for n in (2, 4, 1)]
    shares = [literal(percent(part.share, "de")) for part in total.children if isinstance(part.share, float)]
    assert [row["Zielerreichung"] for row in rows[:2]] == [f"**{share}**" for share in shares]
    assert [row["Davon bewertet"] for row in rows] == [literal(percent(part.coverage, "de")) for part in total.children]
    marks = [":red-badge[:material/thunderstorm: Gewitter]", ":blue-badge[:material/sunny: Sonne]"]
    assert [row["Kurs"] for row in rows] == [*marks, ":gray-badge[:material/help: nicht bewertbar]"]
    assert "Mehr Ausbildung" in rows[0]["Teil"]
    assert said("Indikator · 62,0 % · 2025") in rows[1]["Teil"]
    assert said("Am wenigsten erreicht: 50 %") in words(page)


def test_a_share_held_within_its_limits_is_shown_as_it_is_beside_it(work: Store, app: App) -> None:
    cells = [row["Zielerreichung"] for row in rows_of(app("ziele", id="Z-T1"))]

    assert cells == [
        f"**{said('0 %')}**  \n:small[{said('tatsächlich −60 %')}]",
        f"**{said('100 %')}**  \n:small[{said('tatsächlich 150 %')}]",
    ]


def test_both_statements_of_a_goal_stand_side_by_side_in_the_tree(work: Store, app: App) -> None:
    total = assess_plan(work, DAY).totals["Z-T"]
    page = app("ziele")

    assert (total.worst, total.courses) == (Course.thunderstorm, {Course.sun: 2, Course.thunderstorm: 1})
    assert said("3 von 4 Indikatoren mit Zielwert, 86 % des Gewichts bewertet") in captions(page)
    assert literal("1 × Gewitter, 2 × Sonne, 1 ohne Kurs") in captions(page)
    assert literal("1 Indikator zählt nicht mit: Der letzte Wert ist zu alt.") in captions(page)
    assert f"**{said('57 %')}**" in [markdown.value for markdown in page.markdown]
    assert headings(page)[-1] == literal("2 von 2 Zielen mit Kurs sind hinter Kurs")


def test_a_value_too_old_is_named_with_its_date_and_counts_for_nothing(work: Store, app: App) -> None:
    page = app("ziele", id="Z-T")
    last = rows_of(page)[-1]

    assert "Kita" in last["Teil"]
    assert said("52,0 % · 2018") in last["Teil"]
    assert last["Zielerreichung"] == f"**nicht bewertbar**  \n:small[{literal('Der letzte Wert ist zu alt.')}]"
    assert last["Davon bewertet"] == said("0 %")
    assert said("52,0 % · 2018 (zu alt, zählt nicht mit)") in captions(page)
    assert "Kita-Plätze: 52,0\u202f% · 2018 (zu alt, zählt nicht mit)" in page.get("plotly_chart")[0].proto.alt


def test_where_no_target_counts_the_chart_of_the_indicators_says_so(app: App) -> None:
    page = unfolded(app("ziele", id="Z-A"), "ziel_balken_tabelle")

    assert literal("Zielerreichung der Indikatoren: kein Zielwert, der zählt") in headings(page)
    assert list(page.dataframe[0].value.columns) == ["Indikator", "Kurs", "Anmerkung"]


def test_the_values_behind_the_bars_are_shares_in_per_cent_and_nothing_where_there_is_none(app: App) -> None:
    page = unfolded(app("ziele", id="Z-R2"), "ziel_balken_tabelle")

    assert list(page.dataframe[0].value["Zielerreichung"]) == ["25\u202f%", ""]


def test_less_than_three_fifths_of_the_weight_give_no_number(work: Store, app: App) -> None:
    old = work.newest("indicator", "I-T4")
    for weight, known in ((4.0, True), (4.03, False)):  # 6 of 10, and hardly less
        version = work.newest("indicator", "I-T4").version
        heavy = old.record.model_copy(update={"weight": weight})
        revise_record(work, heavy, version, by=OFFICE, at=LATER, reason="Beschluss")
        page = app("ziele", id="Z-T")
        assert isinstance(assess_plan(work, DAY).totals["Z-T"].attainment, float) == known
        assert (page.metric[0].value != "–") == known

    assert said("Nicht bewertbar: Weniger als 60 % des Gewichts sind bewertet.") in words(page)
    assert said("3 von 4 Indikatoren mit Zielwert, 59,8 % des Gewichts bewertet") in words(page)
    assert "Gewitter" in words(page)


def test_who_set_a_weight_when_and_why_is_one_fold_away(work: Store, app: App) -> None:
    page = unfolded(app("ziele", id="Z-T"), "ziel_gewichte")

    assert not page.exception
    rows = {row["Teil"]: row for row in rows_of(page, 1)}
    changed, first = rows[literal("Beschäftigungsquote")], rows[literal("Kita-Plätze")]
    assert (changed["Gewicht"], changed["Vorher"]) == ("4", "3")
    assert changed["Festgelegt"] == literal("23.11.2026, 09:00 Uhr")
    assert changed["Von"] == literal("Amt (Indikator geändert)")
    assert changed["Grund"] == literal("Beschluss vom 19.11.2026")
    assert (first["Vorher"], first["Von"], first["Grund"]) == ("–", literal("Amt (Indikator angelegt)"), "–")


def test_a_later_change_of_something_else_is_not_taken_for_a_new_weight(work: Store, app: App) -> None:
    found = work.newest("indicator", "I-T1")
    renamed = found.record.model_copy(update={"title": "Quote"})
    revise_record(work, renamed, found.version, by=OFFICE, at=LATER, reason="Kürzer")

    rows = rows_of(unfolded(app("ziele", id="Z-T"), "ziel_gewichte"), 1)

    assert [row["Grund"] for row in rows if row["Teil"] == "Quote"] == [literal("Beschluss vom 19.11.2026")]


def test_the_geometric_mean_is_folded_away_and_says_what_it_tells(work: Store, app: App) -> None:
    total = assess_plan(work, DAY).totals["Z-T"]
    closed = app("ziele", id="Z-T")
    assert "Geometrisches" not in words(closed)

    opened = words(unfolded(closed, "ziel_empfindlichkeit"))

    assert total.geometric == pytest.approx((0.5**2 * 0.6**4) ** (1 / 6))
    assert said("Geometrisches Mittel: 56 %; gewichtetes Mittel: 57 %.") in opened
    assert literal("84 %, 4 %, 4 %, 4 % und 24 %, 24 %, 24 %, 24 % haben beide das Mittel 24 %") in opened
    assert literal("die geometrischen Mittel 9 % und 24 %.") in opened


def test_without_a_total_there_is_no_geometric_mean_either(app: App) -> None:
    page = unfolded(app("ziele", id="Z-R"), "ziel_empfindlichkeit")

    assert literal("Ohne Gesamtzahl gibt es auch kein geometrisches Mittel.") in words(page)


def test_coverage_is_never_told_as_a_border_that_it_does_not_stand_on(app: App) -> None:
    app("ziele")
    told = [judged.coverage_percent(share) for share in (0.0, 0.001, 0.597, 0.6, 0.998, 1.0)]

    assert told == [percent(0, "de"), percent(0.001, "de", 1), percent(0.597, "de", 1), "60\u202f%",
                    percent(0.998, "de", 1), percent(1, "de")]  # fmt: skip


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
    for record in (
        a_goal(id="Z-BOESE", title=HOSTILE, description=HOSTILE),
        an_indicator(id="I-BOESE", title=HOSTILE, goal_ids=("Z-BOESE",)),
        a_target(id="T-BOESE", indicator_id="I-BOESE"),
    ):
        add_record(store, record, by=OFFICE, at=FOUNDED, reason=HOSTILE)

    tree, one = app("ziele"), unfolded(app("ziele", id="Z-BOESE"), "ziel_gewichte")

    assert not tree.exception
    assert not one.exception
    assert literal(HOSTILE) in words(tree)
    assert unescaped(tree) == []
    assert unescaped(one) == []
    cells = "".join(cell for number in (0, 1) for row in rows_of(one, number) for cell in row.values())
    assert cells.count(literal(HOSTILE)) == 3
    assert HOSTILE not in cells


def test_links_carry_the_switch_for_invented_values_so_that_a_shared_address_shows_the_same(app: App) -> None:
    with_examples, without = app("ziele", beispiele="true"), app("ziele")

    assert all("beispiele=true" in link.proto.query_string for link in with_examples.get("page_link"))
    assert not any("beispiele" in link.proto.query_string for link in without.get("page_link"))
