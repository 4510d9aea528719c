"""The list of indicators and the page of one: every case of data says what it is, and nothing is made up."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.demands import AgainstBenchmark, DirectionOnly, Relation, ValueByDate
from metrics.locale.words import attainment_sentence, course_reason
from metrics.store.ledger import Store
from metrics.ui import course_view, plan, target_chart
from metrics.ui.indicator_view import Wanted, matching, vintages
from metrics.ui.text import literal
from metrics.usecases.assessing import assess_plan
from metrics.usecases.planning import add_record
from tests.pages.conftest import FOUNDED, App, charts_without_text, words
from tests.pages.hostile import HOSTILE, OFFICE, unescaped
from tests.plan import a_comparison, a_reading, a_target, an_indicator

DAY = date(2026, 11, 24)


def headings(page: AppTest) -> list[str]:
    """The headings of the second level."""
    return [header.value for header in page.header]


def listed(page: AppTest) -> list[str]:
    """The labels of the links to indicators on the page."""
    return [link.proto.label for link in page.get("page_link")]


def readings_table(page: AppTest) -> list[dict[str, str]]:
    """The table of readings and their sources."""
    table = next(found.value for found in page.dataframe if "Beleg" in found.value.columns)
    rows: list[dict[str, str]] = table.fillna("").to_dict("records")
    return rows


def test_the_list_counts_all_indicators_and_shows_a_page_of_them(app: App, store: Store) -> None:
    page = app("indikatoren")

    assert not page.exception
    assert headings(page) == [f"{len(assess_plan(store, DAY).indicators)} Indikatoren"]
    assert len(listed(page)) == 20


def test_the_second_page_shows_the_rest(app: App) -> None:
    page = app("indikatoren")

    page.get("pagination")[0].set_value(2).run()

    assert not page.exception
    assert len(listed(page)) == 12


def test_the_search_finds_words_of_title_id_and_data_holder(app: App) -> None:
    page = app("indikatoren")

    page.text_input(key="indikatoren_suche").set_value("arbeitslosenquote monat").run()

    assert listed(page) == [literal("Arbeitslosenquote (Monat)")]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(course="thunderstorm"), {"I-ALO-M", "I-ALQ-M", "I-KK"}),
        (Wanted(goal_id="Z-N"), {"I-RLH-FT"}),
        (Wanted(facet="ecological"), {"I-AUSPENDLER"}),
        (Wanted(freshness="fresh"), {"I-GOV-STAKE", "I-RLH-FT"}),
        (Wanted(goal_id="Z-R", course="thunderstorm"), {"I-ALO-M", "I-ALQ-M"}),
        (Wanted(words="gibt-es-nicht"), set()),
    ],
)
def test_filters_keep_what_fits(app: App, wanted: Wanted, expected: set[str]) -> None:
    app("indikatoren")

    assert set(matching(wanted)) == expected


def test_what_fits_nothing_gets_a_sentence(app: App) -> None:
    page = app("indikatoren")

    page.text_input(key="indikatoren_suche").set_value("gibt-es-nicht").run()

    assert literal("Kein Indikator passt zu dieser Auswahl.") in words(page)


def test_small_multiples_show_twelve_at_a_time_with_text(app: App) -> None:
    page = app("indikatoren")

    page.radio(key="indikatoren_ansicht").set_value("charts").run()

    assert not page.exception
    assert charts_without_text(page) == []
    alt = page.get("plotly_chart")[0].proto.alt
    assert alt.startswith("Verlauf von 12 Indikatoren")
    assert "Arbeitslosenquote (Monat): 7,9\u202f% · Dez. 2023 · Beispielwert" in alt


@pytest.mark.parametrize(
    "indicator_id", ["I-ALQ-M", "I-GIGA", "I-RLH-FT", "I-PASS-HANSA", "I-EINK", "I-BEV", "I-BQ-F", "I-GOV-STAKE"]
)
def test_both_statements_are_those_of_the_judgement(app: App, store: Store, indicator_id: str) -> None:
    found = assess_plan(store, DAY).indicators[indicator_id]
    reason = course_reason(found, "de").removeprefix("Nicht bewertbar: ")

    page = app("indikatoren", id=indicator_id)

    assert not page.exception
    assert charts_without_text(page) == []
    assert literal(attainment_sentence(found, "de")) in words(page)
    assert literal(reason) in words(page)
    assert literal("keine politische Bewertung und auch keine Prognose") in words(page)


def test_the_headline_names_value_unit_period_territory_and_source(app: App) -> None:
    page = app("indikatoren", id="I-GIGA")

    assert page.metric[0].label == "Letzter Istwert, Aug. 2024"
    assert page.metric[0].value == ":gray[90,0\u202f%]"  # from August 2024, so long due
    assert literal("Stadt Bottrop · Stichtag") in words(page)
    assert "Quelle: " in words(page)


def test_the_inputs_of_a_symbol_are_laid_open(app: App) -> None:
    page = app("indikatoren", id="I-ALQ-M")

    page.session_state["indikator_eingang_kurs"] = True
    page.run()

    said = words(page)
    assert "**Mittlere Veränderung je Jahr**" in said
    assert literal("destatis_weather") in said
    assert "**Datenpunkte**" in said


def test_a_break_is_named_and_not_bridged(app: App) -> None:
    page = app("indikatoren", id="I-PASS-HANSA")

    rows = readings_table(page)

    assert [row["Zeitraum"] for row in rows] == ["2024", "2018"]
    assert "Bruch in der Reihe davor" in rows[0]["Anmerkung"]


def test_an_older_vintage_stays_visible_and_is_called_replaced(app: App) -> None:
    page = app("indikatoren", id="I-EINK")

    rows = [row for row in readings_table(page) if row["Zeitraum"] == "2018" and row["Raum"] == "Stadt Bottrop"]

    assert {row["Datenstand"]: "ersetzt" in row["Anmerkung"] for row in rows} == {
        "2018er Bericht": True,
        "2019er Bericht": False,
    }
    newest, older = vintages(plan.readings("I-EINK"))
    assert [reading.value for reading in newest] == [19548.0, 20406.0, 21057.0]
    assert [reading.value for reading in older] == [20250.0]


def test_every_point_names_its_source_or_how_it_was_derived(app: App) -> None:
    page = app("indikatoren", id="I-EINK")

    rows = readings_table(page)

    assert all(row["Quelle"] for row in rows)
    assert "20.250 − 702" in [row["Rechenweg"] for row in rows]
    assert {row["Raum"] for row in rows} == {"Stadt Bottrop", "NRW"}


def test_an_indicator_without_readings_says_so(app: App, store: Store) -> None:
    add_record(store, an_indicator(id="I-NEU", title="Neuer Indikator", goal_ids=()), by=OFFICE, at=FOUNDED)
    add_record(store, a_target(id="T-NEU", indicator_id="I-NEU"), by=OFFICE, at=FOUNDED)

    page = app("indikatoren", id="I-NEU")

    assert not page.exception
    assert page.metric[0].value == "–"
    assert literal("Für diesen Indikator gibt es noch keinen Istwert.") in words(page)
    assert literal("Es liegt noch kein Istwert vor.") in words(page)


def test_of_several_targets_the_worst_is_shown_first_and_each_can_be_chosen(app: App, store: Store) -> None:
    mild = ValueByDate(value=8.5, due="2028", baseline=9.0, baseline_period="2018")
    for target in (
        a_target(mild, id="T-MILD", indicator_id="I-ALQ-M"),
        a_target(DirectionOnly(), id="T-RICHTUNG", indicator_id="I-ALQ-M"),
    ):
        add_record(store, target, by=OFFICE, at=FOUNDED)
    page = app("indikatoren", id="I-ALQ-M")
    choice = page.selectbox(key="indikator_zielwert_I-ALQ-M")
    first = words(page)

    choice.set_value("T-MILD").run()

    assert len(choice.options) == 3
    assert choice.value == "T-MILD"
    assert literal("höchstens 8,5\u202f% bis 2028") in words(page)
    assert "Gewitter" in first
    assert literal("vom Ausgangswert") in words(page)


def test_a_neutral_indicator_is_watched_and_never_judged(app: App) -> None:
    page = app("indikatoren", id="I-BEV")

    assert literal("Er wird beobachtet, aber nicht bewertet.") in words(page)
    assert ":material/thunderstorm:" not in words(page)


def test_an_illustrative_value_wears_its_badge(app: App) -> None:
    assert "Beispielwert]" in words(app("indikatoren", id="I-GOV-STAKE"))
    assert "Beispielwert]" not in words(app("indikatoren", id="I-GIGA"))


def test_the_page_links_to_entering_and_editing(app: App) -> None:
    page = app("indikatoren", id="I-GIGA")

    asked = [link.proto.query_string for link in page.get("page_link")]

    assert "id=I-GIGA" in asked
    assert "id=indicator%3AI-GIGA" in asked


def test_an_unknown_indicator_gets_a_sentence_and_the_list(app: App) -> None:
    page = app("indikatoren", id="I-GIBT-ES-NICHT")

    assert not page.exception
    assert literal("Einen Indikator mit der Kennung I-GIBT-ES-NICHT gibt es nicht.") in words(page)
    assert len(listed(page)) == 20


def test_an_empty_plan_gets_a_sentence(empty_app: App) -> None:
    page = empty_app("indikatoren")

    assert not page.exception
    assert literal("Der Plan hat noch keinen Indikator.") in words(page)


def test_hostile_titles_stay_data(app: App, store: Store) -> None:
    hostile = an_indicator(id="I-BOESE", title=HOSTILE, owner=HOSTILE, territory=HOSTILE, unit="<b>%", goal_ids=())
    add_record(store, hostile, by=OFFICE, at=FOUNDED)
    add_record(store, a_target(id="T-BOESE", indicator_id="I-BOESE", note=HOSTILE), by=OFFICE, at=FOUNDED)

    many, one = app("indikatoren"), app("indikatoren", id="I-BOESE")

    assert not many.exception
    assert not one.exception
    assert literal(HOSTILE) in words(many)
    assert unescaped(many) == []
    assert unescaped(one) == []


def test_a_page_survives_that_a_target_with_a_longer_view_is_withdrawn(app: App, store: Store) -> None:
    indicator = an_indicator(id="I-LANG", goal_ids=("Z-A",))
    long = a_target(AgainstBenchmark(relation=Relation.below, territory="NRW"), id="T-LANG", indicator_id="I-LANG")
    with store.change(by=OFFICE.name, at=FOUNDED, action="import_plan") as writing:
        writing.add([indicator])
        writing.add([a_reading(year, 8, id=f"R-{year}", indicator_id="I-LANG") for year in range(2000, 2026)])
        writing.add([a_comparison(year, 9, id=f"V-{year}", indicator_id="I-LANG") for year in range(2000, 2026)])
        writing.add([long])
    assert not app("indikatoren", id="I-LANG").exception
    with store.change(by=OFFICE.name, at=FOUNDED, action="withdraw") as writing:
        writing.withdraw(long, 1)
    assert not app("indikatoren", id="I-LANG").exception


def test_the_comparison_that_is_judged_is_the_one_that_is_drawn(app: App, store: Store) -> None:
    """Of two vintages the one published last counts, whatever their names."""
    with store.change(by=OFFICE.name, at=FOUNDED, action="import_plan") as writing:
        writing.add([an_indicator(id="I-ZWEI", goal_ids=("Z-A",)), a_reading(2024, 8, id="R-2", indicator_id="I-ZWEI")])
        for value, vintage, day in ((7, "Stand 2026-01", date(2026, 1, 5)), (9, "Revision 2026-06", date(2026, 6, 5))):
            over = {"vintage": vintage, "published_on": day, "indicator_id": "I-ZWEI"}
            writing.add([a_comparison(2024, value, id=f"V-{value}", **over)])
    app("indikatoren", id="I-ZWEI")
    (beside,) = course_view.beside_others("I-ZWEI")
    figure, _, _ = target_chart.path_chart("I-ZWEI", None, False, True, False)
    drawn = [list(trace.y) for trace in figure.data if trace.name == "NRW"]
    assert (beside.gaps[0].value, drawn) == (-1.0, [[9.0]])


def test_the_latest_changes_tell_of_targets_and_readings_too(app: App, store: Store) -> None:
    add_record(store, a_target(id="T-NEU", indicator_id="I-BEV"), by=OFFICE, at=FOUNDED)
    page = app("indikatoren", id="I-BEV")
    assert literal(f"Zielwert angelegt · {OFFICE.name}") in words(page)


def test_targets_that_read_the_same_can_be_chosen_one_by_one(app: App, store: Store) -> None:
    for identifier, baseline in (("T-A", 120_000), ("T-B", 119_000)):
        demand = ValueByDate(value=118_500, due="2030", baseline=baseline, baseline_period="2020")
        add_record(store, a_target(demand, id=identifier, indicator_id="I-BEV"), by=OFFICE, at=FOUNDED)
    page = app("indikatoren", id="I-BEV")
    (box,) = [one for one in page.selectbox if one.key == "indikator_zielwert_I-BEV"]
    assert len(set(box.options)) == len(box.options) == 2
    assert all(identifier in " ".join(box.options) for identifier in ("T-A", "T-B"))


def test_a_target_whose_date_has_passed_says_so(app: App) -> None:
    assert "Der Termin ist verstrichen, das Ziel nicht erreicht" in words(app("indikatoren", id="I-GIGA"))
    assert "Termin ist verstrichen" not in words(app("indikatoren", id="I-ALQ-M"))


def test_a_forecast_that_is_over_is_not_drawn(app: App) -> None:
    page = app("indikatoren", id="I-KK")
    assert literal("Keine Prognose: Sie reichte nur bis 2024 und ist damit vorbei.") in words(page)
    figure, _, _ = target_chart.path_chart("I-KK", None, False, False, True)
    assert "Prognose" not in " ".join(str(trace.name) for trace in figure.data)


def test_the_way_begins_where_its_first_reading_is_drawn(app: App) -> None:
    app("indikatoren", id="I-GIGA")
    figure, _, _ = target_chart.path_chart("I-GIGA", "T-I-GIGA", False, False, False)
    (way,) = (trace for trace in figure.data if trace.name == "Weg zum Ziel")
    drawn = [
        (day, value)
        for trace in figure.data
        if trace.mode == "markers"
        for day, value in zip(trace.x, trace.y, strict=True)
    ]
    assert (way.x[0], way.y[0]) in drawn
