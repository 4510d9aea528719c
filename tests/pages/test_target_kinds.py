"""Every kind of target can be entered, kept, reopened and changed by its form, with its rows and lists."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.demands import (
    DEMANDS,
    AgainstBenchmark,
    AverageOverYears,
    Band,
    Counting,
    CriterionState,
    CumulativeShare,
    Demand,
    DirectionOnly,
    GapClosed,
    InterimTarget,
    InWords,
    KeepEveryYear,
    Relation,
    RelativeToBaseYear,
    ShareOfWhole,
    SpreadBelow,
    Stage,
    Stages,
    StateCriterion,
    ValueByDate,
    YesNo,
)
from metrics.domain.indicators import Direction, Indicator
from metrics.domain.targets import Target
from metrics.locale.words import kind_help, kind_name
from metrics.store.ledger import Store
from metrics.usecases.planning import add_record, revise_record
from tests.handbook import chapter, tables
from tests.pages.conftest import App, words
from tests.pages.test_plan_editing import COLLEAGUE, LATER, errors, press, widget
from tests.plan import a_comparison, a_goal, a_target, an_indicator

TYPED: dict[str, tuple[dict[str, Any], Demand]] = {
    "value_by_date": (
        {
            "value": "1.234,5",
            "due": "2030",
            "baseline": "900",
            "baseline_period": "12.2019",
            "interim.0.due": "2025",
            "interim.0.value": "1.000,25",
            "interim.1.due": "31.12.2027",
            "interim.1.value": "1.100",
        },
        ValueByDate(
            value=1234.5,
            due="2030",
            baseline=900,
            baseline_period="2019-12",
            interim=(InterimTarget(due="2025", value=1000.25), InterimTarget(due="2027-12-31", value=1100)),
        ),
    ),
    "keep_every_year": ({"value": "7,5", "tolerance": "0,5"}, KeepEveryYear(value=7.5, tolerance=0.5)),
    "direction_only": ({}, DirectionOnly()),
    "band": (
        {"lower": "-2,5", "upper": "2", "tolerance": "1", "due": "2029"},
        Band(lower=-2.5, upper=2, tolerance=1, due="2029"),
    ),
    "against_benchmark": (
        {"relation": "parity", "territory": "NRW", "tolerance": "1,5", "due": "06.2028"},
        AgainstBenchmark(relation=Relation.parity, territory="NRW", tolerance=1.5, due="2028-06"),
    ),
    "gap_closed": (
        {"territory": "NRW", "share": "50 %", "due": "2031", "baseline_period": "2019"},
        GapClosed(territory="NRW", share=0.5, due="2031", baseline_period="2019"),
    ),
    "spread_below": (
        {"value": "3,2", "territories": "NRW\nStadt Essen", "due": "2030"},
        SpreadBelow(value=3.2, territories=("NRW", "Stadt Essen"), due="2030"),
    ),
    "share_of_whole": (
        {"whole": "1.120", "percent": "82,5", "due": "2030"},
        ShareOfWhole(whole=1120, percent=82.5, due="2030"),
    ),
    "cumulative_share": (
        {"value": "1.500.000", "due": "2029", "starts": "2021", "counting": "running_total"},
        CumulativeShare(value=1_500_000, due="2029", starts="2021", counting=Counting.running_total),
    ),
    "relative_to_base_year": (
        {"percent": "35", "base_period": "1990", "base_value": "812,4", "due": "2030"},
        RelativeToBaseYear(percent=35, base_period="1990", base_value=812.4, due="2030"),
    ),
    "average_over_years": (
        {"value": "12", "years": "5", "tolerance": "2"},
        AverageOverYears(value=12, years=5, tolerance=2),
    ),
    "yes_no": ({"due": "30.06.2028"}, YesNo(due="2028-06-30")),
    "stages": (
        {
            "stages.0.title": "Konzept",
            "stages.0.criterion": "Ratsbeschluss liegt vor",
            "stages.0.share": "25 %",
            "stages.1.title": "Betrieb",
            "stages.1.criterion": "Erste Zwischennutzung läuft",
            "stages.1.share": "100 %",
            "due": "2029",
        },
        Stages(
            stages=(
                Stage(title="Konzept", criterion="Ratsbeschluss liegt vor", share=0.25),
                Stage(title="Betrieb", criterion="Erste Zwischennutzung läuft", share=1),
            ),
            due="2029",
        ),
    ),
    "in_words": (
        {
            "text": "Die Innenstadt ist belebt.",
            "benchmark": "Innenstädte der Nachbarn",
            "due": "2030",
            "criteria.0.title": "Kein Leerstand über zwei Jahre",
            "criteria.0.state": "met",
            "criteria.0.proof": "Leerstandskataster 2026",
            "criteria.0.assessed_on": "11.2026",
            "criteria.1.title": "Wochenmarkt an zwei Tagen",
        },
        InWords(
            text="Die Innenstadt ist belebt.",
            benchmark="Innenstädte der Nachbarn",
            due="2030",
            criteria=(
                StateCriterion(
                    title="Kein Leerstand über zwei Jahre",
                    state=CriterionState.met,
                    proof="Leerstandskataster 2026",
                    assessed_on="2026-11",
                ),
                StateCriterion(title="Wochenmarkt an zwei Tagen"),
            ),
        ),
    ),
}
"""Kind of target → what is typed into its fields, and the demand that it means."""


@pytest.fixture
def indicator(store: Store) -> Indicator:
    """An indicator of which NRW has comparison values."""
    free = {"natural_minimum": None, "natural_maximum": None, "direction": Direction.higher}
    made = an_indicator(id="I-FORM", goal_ids=("Z-FORM",), **free)
    for record in (a_goal(id="Z-FORM"), made, a_comparison(id="V-FORM", indicator_id=made.id)):
        add_record(store, record, by=COLLEAGUE, at=LATER)
    return made


def fill(page: AppTest, kind: str, indicator: Indicator, typed: dict[str, Any]) -> AppTest:
    """Choose indicator and kind, add the rows that are needed, and type."""
    widget(page, "indicator_id").set_value(indicator.id)
    page = widget(page, "demand").set_value(kind).run()
    rows = {path.split(".")[0] for path in typed if ".1." in path}
    for name in rows:
        page = press(page, f"{name}.more")
    for path, value in typed.items():
        widget(page, "demand." + path).set_value(value)
    return page.run()


def new_targets(store: Store, indicator: Indicator) -> list[Target]:
    """The targets of the indicator, as they stand."""
    return [target for target in store.records(Target) if target.indicator_id == indicator.id]


def told(page: AppTest) -> str:
    """All warnings, without the marks that keep typed text from being markup."""
    return "\n".join(each.value for each in page.warning).replace("\\", "")


def test_every_kind_of_target_is_typed_here() -> None:
    assert list(TYPED) == list(DEMANDS)


@pytest.mark.parametrize("kind", TYPED)
def test_a_target_of_every_kind_is_entered_reopened_and_changed(
    app: App, store: Store, indicator: Indicator, kind: str
) -> None:
    typed, demand = TYPED[kind]
    page = press(fill(app("plan", id="target"), kind, indicator, typed), "save")
    assert not page.exception
    assert errors(page) == []
    (target,) = new_targets(store, indicator)
    assert target.demand == demand

    page = app("plan", id=f"target:{target.id}")
    assert widget(page, "demand").value == kind
    shown = {path: widget(page, "demand." + path).value for path in typed}
    assert shown == typed
    widget(page, "decided_by").set_value("Rat der Stadt")
    widget(page, "reason").set_value("Beschluss")
    page = press(page, "save")
    assert errors(page) == []
    newest = store.newest("target", target.id)
    assert newest.version == 2
    assert newest.record == target.model_copy(update={"decided_by": "Rat der Stadt"})


@pytest.mark.parametrize("kind", TYPED)
def test_a_sentence_under_the_box_tells_the_kind_from_its_siblings(app: App, kind: str) -> None:
    page = app("plan", id="target")
    page = widget(page, "demand").set_value(kind).run()
    help_of_kind = kind_help(kind, "de")
    assert help_of_kind and help_of_kind in words(page).replace("\\", "")


def test_the_kinds_are_offered_by_name_the_usual_ones_first(app: App) -> None:
    offered = widget(app("plan", id="target"), "demand").options
    assert offered == [kind_name(kind, "de") for kind in DEMANDS]
    assert offered[:3] == [
        "Wert bis zu einem Termin",
        "Wert, der jedes Jahr einzuhalten ist",
        "Nur eine Richtung",
    ]


@pytest.mark.parametrize(
    ("kind", "wrong", "place"),
    [
        ("value_by_date", {"value": "42.5"}, "demand.value"),
        ("value_by_date", {"interim.1.due": "2024"}, "demand.interim.1.due"),
        ("value_by_date", {"due": "2026"}, "demand.due"),
        ("value_by_date", {"interim.0.value": ""}, "demand.interim.0.value"),
        ("band", {"lower": "5"}, "demand.upper"),
        ("against_benchmark", {"relation": ""}, "demand.relation"),
        ("against_benchmark", {"territory": "Stadt Bottrop"}, "demand.territory"),
        ("gap_closed", {"share": "50"}, "demand.share"),
        ("gap_closed", {"due": "2018"}, "demand.due"),
        ("spread_below", {"territories": "NRW\nStadt Bottrop"}, "demand.territories"),
        ("share_of_whole", {"percent": "120"}, "demand.percent"),
        ("cumulative_share", {"starts": "2030"}, "demand.due"),
        ("relative_to_base_year", {"base_value": "0"}, "demand.base_value"),
        ("average_over_years", {"years": "1"}, "demand.years"),
        ("average_over_years", {"years": "2,5"}, "demand.years"),
        ("stages", {"stages.1.share": "0,9"}, "demand.stages"),
        ("stages", {"stages.0.criterion": ""}, "demand.stages.0.criterion"),
        ("in_words", {"criteria.0.proof": ""}, "demand.criteria.0.proof"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_typed_is_lost(
    app: App, store: Store, indicator: Indicator, kind: str, wrong: dict[str, str], place: str
) -> None:
    typed = TYPED[kind][0] | wrong
    page = press(fill(app("plan", id="target"), kind, indicator, typed), "save")
    assert not page.exception
    (sentence,) = errors(page)
    assert beside(page, place) == sentence
    assert len(sentence) > 40
    assert {path: widget(page, "demand." + path).value for path in typed} == typed
    assert new_targets(store, indicator) == []


def beside(page: AppTest, path: str) -> str:
    """The error that follows the widget or the heading of a field, before the next widget."""
    form = [each for each in page.main if getattr(each, "key", None) or each.type == "markdown"]
    keys = [str(getattr(each, "key", None) or "") for each in form]
    if path.count(".") == 1 and path.split(".")[1] in ("interim", "stages", "criteria"):
        first = next(index for index, key in enumerate(keys) if f".{path}.0." in key)
        return next(each.value for each in reversed(form[:first]) if each.type == "markdown")
    after = next(index for index, key in enumerate(keys) if key.endswith("." + path)) + 1
    return str(form[after].value)


def test_another_kind_keeps_what_both_ask_for_and_stores_only_its_own(
    app: App, store: Store, indicator: Indicator
) -> None:
    page = fill(app("plan", id="target"), "value_by_date", indicator, TYPED["value_by_date"][0])
    page = widget(page, "demand").set_value("keep_every_year").run()
    assert widget(page, "demand.value").value == "1.234,5"
    back = widget(page, "demand").set_value("value_by_date").run()
    assert widget(back, "demand.interim.1.due").value == "31.12.2027"
    page = press(widget(back, "demand").set_value("keep_every_year").run(), "save")
    (target,) = new_targets(store, indicator)
    assert target.demand == KeepEveryYear(value=1234.5)


@pytest.mark.parametrize(
    ("kind", "over", "hint"),
    [
        (
            "value_by_date",
            {"due": "2022", "interim.0.due": "2020", "interim.1.due": "2021"},
            "Der Termin 2022 ist schon",
        ),
        ("value_by_date", {"baseline": "1.234,5"}, "Ausgangswert und Zielwert sind gleich"),
        ("value_by_date", {"baseline": "2.000"}, "würde es schlechter"),
        ("against_benchmark", {"territory": "nrw"}, "Vergleichswerte gibt es für: NRW"),
        ("gap_closed", {"territory": "Ruhrgebiet"}, "Für Ruhrgebiet gibt es keine Vergleichswerte"),
        ("spread_below", {}, "Für Stadt Essen gibt es keine Vergleichswerte"),
        ("value_by_date", {"baseline_period": ""}, "Ohne Zeitraum des Ausgangswerts"),
        ("value_by_date", {"interim.1.value": "1.300"}, "für 31.12.2027 (1.300) verlangt mehr"),
        ("gap_closed", {}, "Für NRW gibt es keinen Vergleichswert aus dem Zeitraum 2019"),
        ("yes_no", {}, "Der Indikator wird in „%“ gemessen"),
        ("stages", {}, "von 0 bis 2"),
    ],
)
def test_a_doubtful_target_is_told_before_it_is_stored_and_stored_all_the_same(
    app: App, store: Store, indicator: Indicator, kind: str, over: dict[str, str], hint: str
) -> None:
    typed = TYPED[kind][0]
    page = fill(app("plan", id="target"), kind, indicator, typed | over)
    assert hint in told(page)
    page = press(page, "save")
    assert errors(page) == []
    assert len(new_targets(store, indicator)) == 1


def test_a_doubt_that_nobody_has_seen_yet_is_shown_before_the_target_is_stored(
    app: App, store: Store, indicator: Indicator
) -> None:
    page = fill(app("plan", id="target"), "against_benchmark", indicator, TYPED["against_benchmark"][0])
    page = press(page_with(page, "demand.territory", "Nordrhein-Westfalen"), "save")
    assert new_targets(store, indicator) == []
    assert "Für Nordrhein-Westfalen gibt es keine Vergleichswerte" in told(page)
    assert "Vergleichswerte gibt es für: NRW" in told(page)
    assert "Noch nicht gespeichert" in words(page)
    press(page, "save")
    assert len(new_targets(store, indicator)) == 1


def page_with(page: AppTest, path: str, text: str) -> AppTest:
    """The page with a text in a field that is not sent yet."""
    widget(page, path).set_value(text)
    return page


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("band", {"lower": "5"}, "Obergrenze: Die Untergrenze (5) liegt nicht unter der Obergrenze (2)."),
        (
            "value_by_date",
            {"interim.1.due": "2024"},
            "Fällig am (Zwischenziele, Zeile 2): Der Termin 2024 liegt nicht nach 2025.",
        ),
        (
            "value_by_date",
            {"baseline_period": "12.2025"},
            "Fällig am (Zwischenziele, Zeile 1): Der erste Termin (2025) liegt nicht nach dem Zeitraum des "
            "Ausgangswerts (Dez. 2025).",
        ),
        ("value_by_date", {"due": "2026"}, "Fällig am: Der Termin 2026 liegt nicht nach 31.12.2027."),
        ("gap_closed", {"due": "2018"}, "Fällig am: Der erste Termin (2018) liegt nicht nach dem Zeitraum"),
        ("cumulative_share", {"starts": "2030"}, "Fällig am: Das Ende (2029) liegt vor dem Beginn (2030)."),
        ("relative_to_base_year", {"due": "1980"}, "Fällig am: Der erste Termin (1980) liegt nicht nach dem Zeitraum"),
        ("stages", {"stages.1.share": "0,9"}, "Stufen: Die Anteile müssen von Stufe zu Stufe steigen"),
        ("keep_every_year", {"value": "viel"}, "Schwellenwert: „viel“ ist keine Zahl."),
        ("average_over_years", {"value": ""}, "Angestrebter Mittelwert: Diese Angabe ist Pflicht."),
        ("gap_closed", {"share": "5 Punkte"}, "Abstands (0 bis 1): Bitte lassen Sie in „5 Punkte“ die Einheit weg"),
        ("value_by_date", {"value": "7 Mio."}, "Zielwert: Bitte lassen Sie in „7 Mio.“ die Einheit weg"),
    ],
)
def test_an_error_names_the_field_that_is_to_be_mended(
    app: App, indicator: Indicator, kind: str, wrong: dict[str, str], sentence: str
) -> None:
    page = press(fill(app("plan", id="target"), kind, indicator, TYPED[kind][0] | wrong), "save")
    (found,) = (each.replace("\\", "") for each in errors(page))
    assert sentence in found
    label = sentence.partition(":")[0]
    assert label in page.error[0].value.replace("\\", "")


def test_a_target_without_stages_asks_for_two(app: App, indicator: Indicator) -> None:
    page = press(fill(app("plan", id="target"), "stages", indicator, {}), "save")
    (found,) = (each.replace("\\", "") for each in errors(page))
    assert "Stufen: Bitte geben Sie mindestens 2 Einträge an." in found


@pytest.mark.parametrize(
    ("kind", "typed", "demand"),
    [
        ("keep_every_year", {"value": "7,5 %", "tolerance": "1%"}, KeepEveryYear(value=7.5, tolerance=1)),
        (
            "share_of_whole",
            {"whole": "1.120", "percent": "82,5 %", "due": "2030"},
            ShareOfWhole(whole=1120, percent=82.5, due="2030"),
        ),
    ],
)
def test_a_sign_for_per_cent_is_no_obstacle_where_per_cent_are_meant(
    app: App, store: Store, indicator: Indicator, kind: str, typed: dict[str, str], demand: Demand
) -> None:
    page = press(fill(app("plan", id="target"), kind, indicator, typed), "save")
    assert errors(page) == []
    assert [target.demand for target in new_targets(store, indicator)] == [demand]


def test_the_handbook_and_the_form_call_the_fields_of_every_kind_the_same(app: App) -> None:
    page = app("plan", id="target")
    for kind, row in zip(DEMANDS, tables(chapter("zielwerte"))[0][1:], strict=True):
        page = widget(page, "demand").set_value(kind).run()
        inputs = [each for name in ("text_input", "text_area", "selectbox") for each in getattr(page, name)]
        shown = {each.label.removesuffix(" *") for each in inputs} | {each.value.strip("*") for each in page.markdown}
        assert set(re.findall(r"\*\*(.+?)\*\*", row[2])) <= shown, kind


def test_the_notice_tells_a_stored_target_to_its_end(app: App, store: Store, indicator: Indicator) -> None:
    typed = {"value": "2", "territories": "NRW", "due": "2030"}
    revised = indicator.model_copy(update={"title": "Anteil der Haushalte mit einem Anschluss an das Glasfasernetz"})
    revise_record(store, revised, 1, by=COLLEAGUE, at=LATER, reason="Umbenannt")
    page = press(fill(app("plan", id="target"), "spread_below", indicator, typed), "save")
    said = page.success[0].value.replace("\\", "")
    assert "Spannweite zu NRW höchstens 2,0 %-Punkte bis 2030" in said


def test_a_target_without_doubt_raises_none(app: App, indicator: Indicator) -> None:
    page = fill(app("plan", id="target"), "value_by_date", indicator, TYPED["value_by_date"][0])
    assert told(page) == ""


@pytest.mark.parametrize(("points", "fits"), [("4", True), ("5", True), ("6", True), ("3", False), ("7", False)])
def test_an_indicator_may_declare_four_to_six_points(
    app: App, store: Store, indicator: Indicator, points: str, fits: bool
) -> None:
    page = app("plan", id=f"indicator:{indicator.id}")
    asked = widget(page, "points_needed")
    assert (asked.value, "amtliche Regel" in asked.help) == ("6", True)
    asked.set_value(points)
    widget(page, "decimals").set_value("2")
    widget(page, "reason").set_value("Ausnahme")
    page = press(page, "save")
    stored = store.newest("indicator", indicator.id).record
    assert isinstance(stored, Indicator)
    assert (errors(page) == [], stored.points_needed) == (fits, int(points) if fits else 6)
    if not fits:
        assert widget(page, "points_needed").value == points


def test_an_indicator_is_not_given_a_basis_that_its_values_do_not_fit(
    app: App, store: Store, indicator: Indicator
) -> None:
    page = app("plan", id=f"indicator:{indicator.id}")
    widget(page, "basis").set_value("school_year")
    widget(page, "reason").set_value("Umstellung")
    page = press(page, "save")
    assert len(errors(page)) == 1 and "V-FORM" in errors(page)[0].replace("\\", "")
    assert store.newest("indicator", indicator.id).version == 1


def test_a_target_changed_in_german_reads_the_same_in_english(app: App, store: Store, indicator: Indicator) -> None:
    target = a_target(TYPED["value_by_date"][1], id="T-FORM", indicator_id=indicator.id)
    add_record(store, target, by=COLLEAGUE, at=LATER)
    page = app("plan", id="target:T-FORM")
    page.session_state["lang"] = "en"
    page = page.run()
    assert widget(page, "demand.value").value == "1,234.5"
    assert widget(page, "demand.interim.1.due").value == "2027-12-31"
    assert "with interim targets if needed" in words(page)
