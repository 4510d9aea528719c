"""The priorities: a round's six views, what they say when something is missing, and the decision that ends a round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import AttributeDictionary

from metrics.domain.measures import Measure, MeasureState
from metrics.domain.priorities import (
    Outcome,
    PriorityDecision,
    PriorityRound,
    Rating,
    RemovedMeasure,
    RoundState,
    Score,
    Voice,
)
from metrics.domain.prioritisation.nutzwert import judge_round
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.urgency import Urgency, urgency
from metrics.locale.catalogue import Language
from metrics.locale.formats import MISSING, number, percent
from metrics.locale.words import choice
from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.usecases.planning import add_record
from metrics.usecases.ranking import RankedRound, fingerprint, rank_round
from metrics.usecases.rounds import remove_measure, vote_again
from tests.pages.conftest import TODAY, App, charts_without_text, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.plan import a_criterion, a_measure, a_rater_group, a_rating, a_resource_demand, a_round

AT = datetime(2026, 11, 24, 9, 0)
DEMO = "PR-2026"
VIEW, GROUP = "prio_ansicht", f"prio_gruppe_{DEMO}"
VIEWS = ("matrix", "rang", "robust", "gruppen", "termine", "beschluss")
FOLDS = ("matrix_tabelle", "beitraege_tabelle", "robust_tabelle", "gruppen_tabelle", "verfahren", "termine")
SELECTION, RANKING = "Auswahl der Maßnahmen", "Rangfolge der Maßnahmen"
WELL = {"WIRKUNG": 8, "DRINGLICH": 6, "AUFWAND": 3}
BADLY = {"WIRKUNG": 3, "DRINGLICH": 4, "AUFWAND": 7}


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup, with plain spaces."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def table(page: AppTest, alt: str) -> Any:
    """The table whose text alternative begins like this."""
    return next(found.value for found in page.dataframe if found.proto.alt.startswith(alt))


def links(page: AppTest) -> dict[str, str]:
    """Where the page's links lead, by their label."""
    found = page.get("page_link")
    return {link.proto.label.replace("\\", ""): f"{link.proto.page}?{link.proto.query_string}" for link in found}


def turn(page: AppTest, view: str) -> AppTest:
    """The page in one of its six views."""
    return page.radio(key=VIEW).set_value(view).run()


def every_view(page: AppTest) -> Iterator[str]:
    """What the page says in each of its views, none of which may fail or show a chart without words."""
    for view in VIEWS:
        turn(page, view)
        assert not page.exception, view
        assert charts_without_text(page) == [], view
        yield read(page)


def hold(store: Store, round_: PriorityRound, *ratings: Rating) -> str:
    """Store a round that was held elsewhere, with its ratings; returns its id."""
    with store.change(by=OFFICE.name, at=AT, action="import_plan") as writing:
        writing.add([round_])
        writing.add(list(ratings))
    return round_.id


def alike(scores: dict[str, Any], *seats: int) -> list[Rating]:
    """What seats say of both measures of a round, the same of each."""
    return [a_rating(seat, measure_id, scores) for seat in seats for measure_id in ("M-15", "M-16")]


def judged(store: Store, group_id: str | None = None) -> RankedRound:
    """The demo round as the use case judges it."""
    return rank_round(store, DEMO, by=OFFICE, group_id=group_id)


def title_of(store: Store, measure_id: str) -> str:
    """What a measure is called."""
    return next(found.title for found in store.records(Measure) if found.id == measure_id)


def field(page: AppTest, name: str, round_id: str = DEMO) -> Any:
    """A field or button of a round's decision."""
    key = f"entscheidung.{round_id}.{name}"
    kinds = (page.text_input, page.selectbox, page.radio, page.button)
    return next(found for kind in kinds for found in kind if found.key == key)


def told(page: AppTest) -> list[str]:
    """The sentences in red."""
    found = [element.value.replace("\\", "") for element in page.markdown if element.value.startswith(":red[")]
    return [sentence.removeprefix(":red[:material/error: ").removesuffix("]") for sentence in found]


def ready_to_decide(app: App, most: str = "3") -> AppTest:
    """The decision of the demo round with the line below so many measures, a committee and a day."""
    page = turn(app("priorisierung", id=DEMO), "beschluss")
    field(page, "number").set_value(most).run()
    field(page, "decided_by").set_value("Ausschuss für Wirtschaft")
    return field(page, "decided_on").set_value("24.11.2026").run()


# --- the six views ---


def test_the_matrix_and_the_selection_show_the_judged_coordinates(app: App, store: Store) -> None:
    page = app("priorisierung")
    page.session_state["prio_matrix_tabelle"] = True
    page.run()
    measures = judged(store).result.measures
    expected = {title_of(store, one.measure_id): (one.impact[0], one.effort[0]) for one in measures}  # type: ignore[index]
    assert len(expected) == 8
    for shown in (table(page, SELECTION), table(page, "Wirkung und Aufwand")):
        places = [tuple(float(text.replace(",", ".")) for text in row) for row in shown[["Wirkung", "Aufwand"]].values]
        assert dict(zip(shown["Maßnahme"], places, strict=True)) == expected
    assert "2 von 8 bewerteten Maßnahmen versprechen viel Wirkung bei wenig Aufwand" in read(page)


def test_a_lasso_in_the_matrix_leads_to_the_measures_and_to_what_they_ask_for(app: App) -> None:
    page = app("priorisierung")
    assert not any("Ressourcenplan" in label for label in links(page))
    points = [{"customdata": ["M-15"]}, {"customdata": ["M-16"]}]
    page.session_state["prio_matrix"] = AttributeDictionary({"selection": {"points": points}})
    page.run()
    assert list(table(page, SELECTION)["Maßnahme"]) == [
        "Leerstandsmanagement Innenstadt",
        "Zirkularitäts-Check für 20 Betriebe",
    ]
    assert links(page)["2 Maßnahmen im Ressourcenplan"] == "ressourcen?id=M-15%2CM-16"
    assert links(page)["Leerstandsmanagement Innenstadt"] == "massnahmen?id=M-15"


def test_a_click_on_one_measure_in_the_matrix_opens_its_sheet(app: App) -> None:
    page = app("priorisierung")
    point = {"points": [{"customdata": ["M-15"]}], "box": [], "lasso": []}
    page.session_state["prio_matrix"] = AttributeDictionary({"selection": point})
    page.run()
    assert not page.exception
    assert page.title[0].value == "Maßnahmen"
    assert page.query_params["id"] == "M-15"


def test_rows_chosen_in_the_table_lead_on_like_points_in_the_matrix(app: App) -> None:
    page = app("priorisierung")
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    page.run()
    assert links(page)["1 Maßnahme im Ressourcenplan"] == "ressourcen?id=M-15"


def test_the_resources_show_what_the_chosen_measures_ask_for(app: App) -> None:
    page = app("ressourcen", id="M-16,M-03,M-15,M-99")
    shown = table(page, "Bedarf der ausgewählten Maßnahmen")
    assert not page.exception
    assert list(shown["Personentage"]) == ["135", MISSING, "235"]
    assert "Auswahl: 3 Maßnahmen" in read(page)


def test_the_ranking_shows_rank_nutzwert_and_median_of_every_criterion(app: App, store: Store) -> None:
    page = turn(app("priorisierung"), "rang")
    found, shown = judged(store), table(page, RANKING)
    measures = found.result.measures
    assert list(shown["Kennung"]) == [one.measure_id for one in measures]
    assert list(shown["Nutzwert"]) == [number(one.utility, "de", 2) for one in measures]
    assert list(shown["Rang"]) == ["1–2", "1–2", "3", "4–5", "4–5", "6", "7", "8"]
    assert [places.split("–")[0] for places in shown["Rang"]] == [str(one.places[0]) for one in measures if one.places]
    for criterion in found.round.criteria:
        medians = [one.cells[criterion.code].value for one in measures]  # type: ignore[union-attr]
        assert list(shown[criterion.title]) == [number(median, "de", 1) for median in medians]
    assert list(shown["Uneinigkeit"]) == [number(one.dissent, "de", 1) for one in measures]
    first = found.standing().among_first(4)  # type: ignore[union-attr]
    assert list(shown["unter den ersten 4"]) == [percent(first[one.measure_id], "de") for one in measures]


def test_a_shared_first_rank_is_not_called_a_leader(app: App) -> None:
    said = read(turn(app("priorisierung"), "rang"))
    assert "2 Maßnahmen liegen gleichauf vorn" in said
    assert "Höchster Nutzwert" not in said


def test_the_formula_names_what_does_not_count_and_the_weights_are_those_of_the_round(app: App, store: Store) -> None:
    page = turn(app("priorisierung"), "rang")
    assert "„Ressourcenbedarf“ zählt nicht mit" in read(page)
    shown = table(page, "Kriterien mit Gewicht")
    weights = judged(store).round.weights
    assert list(shown["Gewicht"])[:4] == [percent(weight, "de", 1) for weight in list(weights.values())[:4]]
    assert list(shown["Gewicht"])[4] == "zählt nicht"


def test_the_robustness_names_how_often_which_rank_and_what_turns_neighbours(app: App, store: Store) -> None:
    page = app("priorisierung")
    page.session_state["prio_robust_tabelle"] = True
    turn(page, "robust")
    firm = judged(store).standing()
    assert firm is not None
    leading = number(100 * firm.among_first(4)[firm.measure_ids[0]], "de", 0)
    assert f"in {leading} von 100 denkbaren Gewichtungen unter den ersten 4" in read(page)
    shares = table(page, "Wahrscheinlichkeit jedes Rangs")
    assert [round(float(cell.split("\u202f")[0].replace(",", "."))) for cell in shares["Rang 1"]] == [
        round(100 * float(row[0])) for row in firm.acceptability.acceptability
    ]
    turned = table(page, "Je zwei Nachbarn")
    changes = [
        number(None if pair.change is None else 100 * pair.change, "de", 1, signed=True) for pair in firm.neighbours
    ]
    assert list(turned["Punkte"]) == changes
    assert len(table(page, "Wirkung von fünf Punkten")) == len(firm.shifts) == 8


def test_fixed_weights_are_drawn_as_such_when_they_are_asked_for(app: App, store: Store) -> None:
    page = turn(app("priorisierung"), "robust")
    page.selectbox(key="prio_gewichtungen").set_value(WeightSpace.fixed.value).run()
    firm = judged(store).standing(WeightSpace.fixed)
    assert firm is not None
    leading = number(100 * firm.among_first(4)[firm.measure_ids[0]], "de", 0)
    assert f"in {leading} von 100 Ziehungen unter den ersten 4" in read(page)
    assert "denkbaren Gewichtungen unter" not in read(page)


def test_the_groups_are_compared_and_too_few_complete_ratings_give_no_concordance(app: App, store: Store) -> None:
    page = app("priorisierung")
    page.session_state["prio_gruppen_tabelle"] = True
    turn(page, "gruppen")
    agreed, concordance = table(page, "Kendalls W"), judged(store).result.concordance
    assert concordance is not None
    assert list(agreed["Bewertende"]) == [12, 4, 3, 3, 2]
    assert agreed["Kendalls W"].iloc[0] == number(concordance.w, "de", 2)
    assert list(agreed["Kendalls W"])[3:] == [MISSING, MISSING]
    shown = table(page, "Nutzwert je Gruppe")
    politics = judged(store, "BG-POL").result.by_id
    expected = [politics[one.measure_id].utility for one in judged(store).result.measures]
    assert [float(cell.replace(",", ".")) for cell in shown["Politik"]] == pytest.approx(expected, abs=1e-4)


def test_one_group_may_speak_alone_in_every_view(app: App, store: Store) -> None:
    page = app("priorisierung")
    page.selectbox(key=GROUP).set_value("BG-POL").run()
    alone = judged(store, "BG-POL").result.measures
    everybody = judged(store).result.measures
    seen = list(every_view(page))
    assert "Entschieden wird über das Urteil aller Gruppen" in seen[-1]
    turn(page, "rang")
    assert list(table(page, RANKING)["Nutzwert"]) == [number(one.utility, "de", 2) for one in alone]
    assert [one.utility for one in alone] != [one.utility for one in everybody]


def test_what_is_urgent_follows_from_dates_and_nutzwert(app: App, store: Store) -> None:
    page = turn(app("priorisierung"), "termine")
    measures = {found.id: found for found in store.records(Measure)}
    for weeks in (8, 26):
        page.selectbox(key="prio_wochen").set_value(weeks).run()
        found = [
            urgency(measures[one.measure_id], one.utility or 0.0, date.fromisoformat(TODAY), weeks)
            for one in judged(store).result.ranking
        ]
        assert len(found) == 8
        for each in Urgency:
            assert f"{choice(each, 'de')} ({found.count(each)})" in read(page)
    assert links(page)["Leerstandsmanagement Innenstadt · 13.11.2026"] == "massnahmen?id=M-15"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_view_shows_the_demonstration_with_all_its_folds_open(app: App, language: Language, store: Store) -> None:
    page = app("priorisierung", lang=language)
    for name in FOLDS:
        page.session_state[f"prio_{name}"] = True
    counts = [(len(page.get("plotly_chart")), len(page.dataframe)) for _said in every_view(page)]
    assert counts == [(1, 2), (1, 4), (1, 4), (1, 3), (0, 1), (0, 0)]
    turn(page, "rang")
    cells = {str(cell) for shown in page.dataframe for row in shown.value.values for cell in row}
    assert {number(one.utility, language, 2) for one in judged(store).result.measures} <= cells


def test_the_page_says_that_it_suggests_and_that_the_round_is_invented(app: App) -> None:
    said = read(app("priorisierung"))
    assert "Vorschlag, keine Entscheidung" in said
    assert "Kriterien und Bewertungen dieser Runde sind erfunden" in said
    assert ":violet-badge[:material/science: Beispielwert]" in said


# --- which round, and what is missing ---


def test_an_unknown_address_shows_the_newest_round_that_can_be_seen(app: App, store: Store) -> None:
    hold(store, a_round(state=RoundState.open))
    assert app("priorisierung", id="PR-NIE").selectbox(key="prio_runde").value == DEMO
    page = app("priorisierung")
    page.selectbox(key="prio_runde").set_value("PR-1").run()
    assert page.query_params["id"] == "PR-1"
    assert "Diese Runde ist noch offen" in read(page)


def test_an_open_round_hides_every_score_and_rank(app: App, store: Store) -> None:
    hold(store, a_round(state=RoundState.open), a_rating(1, "M-15", WELL), a_rating(2, "M-15", BADLY))
    page = app("priorisierung", id="PR-1")
    assert not page.exception
    assert "Bewertungen werden sichtbar, sobald sie geschlossen ist" in read(page)
    assert not [*page.get("plotly_chart"), *page.dataframe, *[one for one in page.radio if one.key == VIEW]]
    assert links(page)["Zur Runde"] == "runden?id=PR-1"
    sheet = app("massnahmen", id="M-15")
    assert list(table(sheet, "Rang und Nutzwert")["Runde"]) == ["Probelauf: Was gehen wir 2027 zuerst an?"]


def test_a_second_vote_shows_what_stood_before_it_and_nothing_of_it(app: App, store: Store) -> None:
    hold(store, a_round(), *alike(WELL, 1, 2, 3))
    deadline = date(2026, 12, 20)
    vote_again(store, "PR-1", 1, ["M-15"], deadline, by=OFFICE, at=AT, today=date.fromisoformat(TODAY))
    with store.change(by="Platz 1", at=AT, action="rate") as writing:
        writing.add([a_rating(1, "M-15", BADLY, vote=2)])
    page = turn(app("priorisierung", id="PR-1"), "rang")
    assert "Die erneute Abstimmung läuft. Gezeigt wird der Stand davor." in read(page)
    assert list(table(page, RANKING)["Nutzwert"]) == ["7,00", "7,00"]
    assert set(table(page, RANKING)["Wirkung auf die Ziele"]) == {"8,0"}
    assert "Während einer Abstimmung wird nicht entschieden." in read(turn(page, "beschluss"))


def test_a_round_in_which_nobody_rated_has_no_ranking_and_says_so_in_every_view(app: App, store: Store) -> None:
    hold(store, a_round())
    page = app("priorisierung", id="PR-1")
    seen = list(every_view(page))
    assert all("Niemand hat bewertet. Es gibt keine Rangfolge." in said for said in seen)
    assert "Noch keine Maßnahme hat einen Rang" in seen[VIEWS.index("robust")]
    assert list(table(turn(page, "rang"), RANKING)["Rang"]) == [MISSING, MISSING]


def test_whoever_only_said_that_they_do_not_know_is_no_rater(app: App, store: Store) -> None:
    hold(store, a_round(), *alike(dict.fromkeys(WELL), 1, 2))
    assert "Niemand hat bewertet" in read(app("priorisierung", id="PR-1"))


def test_a_single_rater_is_an_opinion_and_no_picture_of_the_groups(app: App, store: Store) -> None:
    hold(store, a_round(), a_rating(1, "M-15", WELL), a_rating(1, "M-16", BADLY))
    page = app("priorisierung", id="PR-1")
    for said in every_view(page):
        assert "Nur eine Person hat bewertet" in said
    agreed = table(turn(page, "gruppen"), "Kendalls W")
    assert list(agreed["Bewertende"]) == [1, 1, 0]
    assert set(agreed["Kendalls W"]) == {MISSING}
    assert list(table(turn(page, "rang"), RANKING)["Nutzwert"]) == ["7,00", "3,50"]


def test_a_criterion_that_nobody_rated_leaves_every_measure_without_a_nutzwert(app: App, store: Store) -> None:
    without = {"WIRKUNG": 8, "DRINGLICH": None, "AUFWAND": 3}
    hold(store, a_round(), *alike(without, 1, 2, 3))
    page = app("priorisierung", id="PR-1")
    for said in every_view(page):
        assert "„Dringlichkeit“ hat niemand bewertet" in said
        assert "die übrigen Gewichte werden nicht hochgerechnet" in said
    shown = table(turn(page, "rang"), RANKING)
    assert list(shown["Nutzwert"]) == [MISSING, MISSING]
    assert list(shown["Hinweis"]) == ["niemand bewertete: Dringlichkeit"] * 2
    assert list(shown["Wirkung auf die Ziele"]) == ["8,0", "8,0"]


def test_a_measure_that_lacks_a_score_is_counted_and_the_others_keep_their_rank(app: App, store: Store) -> None:
    hold(store, a_round(), a_rating(1, "M-15", WELL), a_rating(2, "M-15", WELL), a_rating(1, "M-16", {"WIRKUNG": 9}))
    page = turn(app("priorisierung", id="PR-1"), "rang")
    assert "1 Maßnahme hat keinen Rang, weil ein Punktwert fehlt." in read(page)
    assert list(table(page, RANKING)["Rang"]) == ["1", MISSING]


def test_measures_that_are_all_alike_share_one_rank_and_no_one_is_said_to_lead(app: App, store: Store) -> None:
    hold(store, a_round(), *alike(WELL, 1, 2, 3))
    page = app("priorisierung", id="PR-1")
    seen = dict(zip(VIEWS, every_view(page), strict=True))
    assert "Die Bewertungen unterscheiden die 2 Maßnahmen nicht" in seen["rang"]
    assert "Die Gruppen urteilen gleich" in seen["gruppen"]
    assert "Die Bewertungen liegen nirgends auseinander." in seen["gruppen"]
    assert list(table(turn(page, "rang"), RANKING)["Rang"]) == ["1–2", "1–2"]


def test_a_removed_measure_is_named_with_its_reason_and_takes_part_in_nothing(app: App, store: Store) -> None:
    hold(store, a_round(), *alike(WELL, 1, 2))
    remove_measure(store, "PR-1", 1, "M-16", "doppelt vorgeschlagen", by=OFFICE, at=AT)
    page = app("priorisierung", id="PR-1")
    for said in every_view(page):
        assert "Aus der Runde genommen: Zirkularitäts-Check für 20 Betriebe (doppelt vorgeschlagen)" in said
    assert list(table(turn(page, "rang"), RANKING)["Kennung"]) == ["M-15"]
    assert list(table(turn(page, "matrix"), SELECTION)["Maßnahme"]) == ["Leerstandsmanagement Innenstadt"]


def test_a_round_whose_last_measure_was_taken_out_shows_every_view(app: App, store: Store) -> None:
    gone = tuple(RemovedMeasure(measure_id=one, reason="entfällt") for one in ("M-15", "M-16"))
    hold(store, a_round(removed=gone), *alike(WELL, 1, 2))
    for said in every_view(app("priorisierung", id="PR-1")):
        assert "Es gibt keine Rangfolge." in said


def test_a_measure_that_fails_a_knock_out_criterion_has_no_rank_whatever_else_it_offers(app: App, store: Store) -> None:
    criteria = (a_criterion(code="W"), a_criterion(code="R", title="Rechtlich zulässig", knock_out=5))
    good, barred = {"W": 4, "R": 9}, {"W": 10, "R": 4}
    hold(store, a_round(*criteria), a_rating(1, "M-15", good), a_rating(1, "M-16", barred), a_rating(2, "M-15", good))
    page = app("priorisierung", id="PR-1")
    list(every_view(page))
    shown = table(turn(page, "rang"), RANKING)
    assert list(shown["Kennung"]) == ["M-15", "M-16"]
    assert list(shown["Rang"]) == ["1", MISSING]
    assert list(shown["Nutzwert"]) == ["6,50", "7,00"]
    assert list(shown["Hinweis"]) == ["", "K.-o.: Rechtlich zulässig"]


def test_each_group_has_one_voice_where_the_round_says_so(app: App, store: Store) -> None:
    split = [a_rating(1, "M-15", WELL), a_rating(2, "M-15", WELL), a_rating(3, "M-15", BADLY)]
    round_ = a_round(measure_ids=("M-15",), voice=Voice.group)
    hold(store, round_, *split)
    page = turn(app("priorisierung", id="PR-1"), "rang")
    assert list(table(page, RANKING)["Wirkung auf die Ziele"]) == ["5,5"]
    assert judge_round(round_.model_copy(update={"voice": Voice.rater}), split).measures[0].cells["WIRKUNG"].value == 8  # type: ignore[union-attr]
    assert "Gesamt: jede Gruppe eine Stimme" in read(turn(page, "gruppen"))


def test_a_plan_without_measures_says_so(empty_app: App) -> None:
    page = empty_app("priorisierung")
    assert not page.exception
    assert "Der Plan hat noch keine Maßnahme, die sich ordnen ließe." in read(page)


def test_a_plan_without_a_round_leads_to_where_one_is_opened(empty_app: App) -> None:
    add_record(runtime.store(), a_measure(goal_ids=()), by=OFFICE, at=AT)
    page = empty_app("priorisierung")
    assert not page.exception
    assert "Noch keine Bewertungsrunde" in read(page)
    assert links(page)["Runde öffnen"] == "runden?"


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE_LONG, "🙂" * 100])
def test_hostile_titles_stay_data(app: App, store: Store, title: str) -> None:
    add_record(store, a_measure(id="M-99", title=title, goal_ids=("Z-A",)), by=OFFICE, at=AT)
    add_record(store, a_rater_group(id="BG-X", title=title), by=OFFICE, at=AT)
    seats = tuple(seat.model_copy(update={"group_id": "BG-X"}) for seat in a_round().seats)
    criteria = (a_criterion(code="W", title=title, knock_out=1), a_criterion(code="D", title=title, counts=False))
    round_ = a_round(*criteria, title=title, seats=seats, measure_ids=("M-15", "M-16", "M-99"))
    ratings = [a_rating(seat, "M-99", {"W": 2 * seat}) for seat in (1, 2, 3)]
    hold(store, round_, *ratings, a_rating(1, "M-15", {"W": 3}), a_rating(2, "M-15", {"D": 3}))
    remove_measure(store, "PR-1", 1, "M-16", title, by=OFFICE, at=AT)
    page = app("priorisierung", id="PR-1")
    for _said in every_view(page):
        assert unescaped(page) == []


# --- the decision ---


def test_the_line_follows_the_number_of_measures_and_says_when_it_parts_equals(app: App) -> None:
    page = turn(app("priorisierung"), "beschluss")
    assert "Geben Sie die Kapazität an, dann erscheint die Schnittlinie." in read(page)
    field(page, "number").set_value("3").run()
    said = read(page)
    assert "3 Maßnahmen liegen innerhalb der Kapazität" in said
    assert "3 von 3 belegt" in said
    assert [
        said.count(side) for side in (":material/check_circle: innerhalb", ":material/remove_circle: jenseits")
    ] == [
        3,
        5,
    ]
    assert not page.warning
    field(page, "number").set_value("1").run()
    assert "1 Maßnahme liegt innerhalb der Kapazität" in read(page)
    assert "Die Linie trennt Maßnahmen, die gleichauf liegen." in page.warning[0].value


def test_the_line_by_person_days_stops_before_the_first_that_does_not_fit(app: App) -> None:
    page = turn(app("priorisierung"), "beschluss")
    field(page, "way").set_value("days").run()
    field(page, "days").set_value("500,5").run()
    said = read(page)
    assert "3 Maßnahmen liegen innerhalb der Kapazität" in said
    assert "464 von 500,5 belegt" in said
    assert field(page, "M-08.outcome.True").value is Outcome.planned
    assert field(page, "M-16.outcome.False").value is Outcome.deferred


def test_a_line_that_reaches_a_measure_of_unknown_demand_names_it_and_decides_nothing(app: App, store: Store) -> None:
    page = turn(app("priorisierung"), "beschluss")
    field(page, "way").set_value("days").run()
    field(page, "days").set_value("5.000").run()
    assert "Für 2 Maßnahmen ist kein Ressourcenbedarf bekannt" in page.error[0].value.replace("\\", "")
    assert "Titel Fairtrade-Town erlangen und halten" in page.error[0].value.replace("\\", "")
    assert not [button for button in page.button if button.key == f"entscheidung.{DEMO}.decide"]
    for measure_id in ("M-01", "M-02"):
        demand = a_resource_demand(id=f"RB-{measure_id}", measure_id=measure_id, person_days=20)
        add_record(store, demand, by=OFFICE, at=AT)
    page.run()
    assert not page.error
    assert "8 Maßnahmen liegen innerhalb der Kapazität" in read(page)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2,5", "Zahl der Maßnahmen: Bitte geben Sie eine ganze Zahl ab 0 an."),
        ("-1", "Zahl der Maßnahmen: Bitte geben Sie eine ganze Zahl ab 0 an."),
        ("drei", "drei"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_capacity_that_is_no_count_is_refused_with_a_sentence(app: App, typed: str, expected: str) -> None:
    page = turn(app("priorisierung"), "beschluss")
    field(page, "number").set_value(typed).run()
    (sentence,) = told(page)
    assert expected in sentence
    assert "innerhalb der Kapazität" not in read(page)


def test_a_decision_freezes_the_round_moves_its_measures_and_shows_its_check_sum(app: App, store: Store) -> None:
    found = judged(store)
    page = field(ready_to_decide(app), "decide").click().run()
    assert not page.exception
    (decision,) = store.records(PriorityDecision)
    assert store.newest("priority_round", DEMO).record.state is RoundState.decided  # type: ignore[attr-defined]
    assert (decision.capacity_count, decision.decided_by) == (3, "Ausschuss für Wirtschaft")
    assert decision.inputs_sha256 == fingerprint(found.round, found.ratings)
    said = read(page)
    assert "Beschlossen am 24.11.2026 von Ausschuss für Wirtschaft" in said
    assert "Kapazität: 3 Maßnahmen" in said
    assert f"Prüfsumme der Eingaben {decision.inputs_sha256[:16]} …" in said
    assert "(stimmt mit den gespeicherten Bewertungen überein)" in said
    shown = table(page, "Entscheidung je Maßnahme")
    assert list(shown["Ergebnis"]) == ["geplant"] * 3 + ["zurückgestellt"] * 5
    assert list(shown["Nutzwert"]) == [number(one.utility, "de", 2) for one in found.result.measures]
    states = {one.id: one.state for one in store.records(Measure)}
    assert (states["M-16"], states["M-12"]) == (MeasureState.deferred, MeasureState.running)
    assert charts_without_text(page) == []
    assert not [button for button in page.button if button.key == f"entscheidung.{DEMO}.decide"]


def test_a_decision_by_person_days_keeps_the_days(app: App, store: Store) -> None:
    page = ready_to_decide(app)
    field(page, "way").set_value("days").run()
    field(page, "days").set_value("500,5").run()
    page = field(page, "decide").click().run()
    (decision,) = store.records(PriorityDecision)
    assert (decision.capacity_days, decision.capacity_count) == (500.5, None)
    assert "Kapazität: 500,5 Personentage" in read(page)


def test_a_deviation_without_a_reason_is_refused_with_a_sentence_and_stored_with_one(app: App, store: Store) -> None:
    page = ready_to_decide(app)
    field(page, "M-16.outcome.False").set_value(Outcome.prioritised).run()
    field(page, "decide").click().run()
    assert told(page) == [
        "„Zirkularitäts-Check für 20 Betriebe“ (M-16) weicht von der Linie ab. Bitte begründen Sie, warum."
    ]
    assert store.records(PriorityDecision) == []
    field(page, "M-16.reason").set_value("Fördermittel laufen 2027 aus").run()
    field(page, "decide").click().run()
    (decision,) = store.records(PriorityDecision)
    decided = {one.measure_id: one for one in decision.measures}["M-16"]
    assert (decided.outcome, decided.within) == (Outcome.prioritised, False)
    assert decided.reason == "Fördermittel laufen 2027 aus"
    shown = table(page, "Entscheidung je Maßnahme")
    assert "Fördermittel laufen 2027 aus" in list(shown["Grund"])
    measure = store.newest("measure", "M-16").record
    assert (measure.state, measure.state_reason) == (MeasureState.prioritised, "Fördermittel laufen 2027 aus")  # type: ignore[attr-defined]


def test_a_reason_that_was_typed_last_is_taken_along_by_the_click(app: App, store: Store) -> None:
    page = ready_to_decide(app)
    field(page, "M-16.outcome.False").set_value(Outcome.prioritised).run()
    field(page, "M-16.reason").set_value("Fördermittel laufen 2027 aus")
    field(page, "decide").click().run()
    assert told(page) == []
    (decision,) = store.records(PriorityDecision)
    assert {one.measure_id: one.reason for one in decision.measures}["M-16"] == "Fördermittel laufen 2027 aus"


def test_who_and_when_are_asked_for_at_once_and_a_year_is_no_day(app: App, store: Store) -> None:
    page = turn(app("priorisierung", id=DEMO), "beschluss")
    field(page, "number").set_value("3").run()
    field(page, "decide").click().run()
    assert [sentence.split(":")[0] for sentence in told(page)] == ["Entschieden von", "Entschieden am"]
    field(page, "decided_by").set_value("Ausschuss").run()
    field(page, "decided_on").set_value("2026").run()
    field(page, "decide").click().run()
    assert told(page) == ["Entschieden am: Bitte nennen Sie einen Tag, zum Beispiel 31.12.2026."]
    field(page, "decided_on").set_value("25.11.2026").run()
    field(page, "decide").click().run()
    (sentence,) = told(page)
    assert "auf den 25.11.2026 datiert, heute ist der 24.11.2026" in sentence
    assert store.records(PriorityDecision) == []


def test_a_capacity_beyond_all_reason_is_told_in_a_sentence(app: App, store: Store) -> None:
    page = ready_to_decide(app, most="100.000")
    page = field(page, "decide").click().run()
    assert not page.exception
    (sentence,) = told(page)
    assert sentence.startswith("Höchstzahl der Maßnahmen: ")
    assert store.records(PriorityDecision) == []


def test_a_decision_on_a_round_that_changed_meanwhile_is_not_stored(app: App, store: Store) -> None:
    page = ready_to_decide(app)
    remove_measure(store, DEMO, 1, "M-01", "entfällt", by=OFFICE, at=AT)
    page = field(page, "decide").click().run()
    assert told(page) == ["Jemand anderes hat die Runde gerade geändert. Bitte prüfen Sie den neuen Stand."]
    assert store.records(PriorityDecision) == []


def test_what_was_typed_for_a_decision_outlives_a_look_at_the_matrix(app: App) -> None:
    page = ready_to_decide(app)
    field(page, "M-12.outcome.True").set_value(Outcome.deferred).run()
    field(page, "M-12.reason").set_value("Land fördert nicht").run()
    turn(turn(page, "matrix"), "beschluss")
    assert field(page, "number").value == "3"
    assert field(page, "decided_by").value == "Ausschuss für Wirtschaft"
    assert field(page, "M-12.outcome.True").value is Outcome.deferred
    assert field(page, "M-12.reason").value == "Land fördert nicht"


def test_a_decision_on_many_measures_keeps_what_was_said_on_its_other_pages(app: App, store: Store) -> None:
    many = [a_measure(id=f"N-{place:02}", title=f"Vorhaben {place}", goal_ids=("Z-A",)) for place in range(60)]
    with store.change(by=OFFICE.name, at=AT, action="import_plan") as writing:
        writing.add(many)
    scores = {one.id: {"WIRKUNG": place % 11, "DRINGLICH": 5} for place, one in enumerate(many)}
    ratings = [a_rating(1, identifier, said) for identifier, said in scores.items()]
    hold(store, a_round(id="PR-1", title="Sechzig", measure_ids=tuple(scores)), *ratings)
    page = turn(app("priorisierung", id="PR-1"), "beschluss")
    field(page, "number", "PR-1").set_value("30").run()
    page.pagination[0].set_value(3).run()
    last = next(box.key.split(".")[2] for box in reversed(list(page.selectbox)) if box.key.endswith("outcome.False"))
    field(page, f"{last}.outcome.False", "PR-1").set_value(Outcome.planned).run()
    field(page, f"{last}.reason", "PR-1").set_value("Auflage des Landes").run()
    page.pagination[0].set_value(1).run()
    field(page, "decided_by", "PR-1").set_value("Rat").run()
    field(page, "decided_on", "PR-1").set_value("24.11.2026").run()
    field(page, "decide", "PR-1").click().run()
    (decision,) = store.records(PriorityDecision)
    assert {one.measure_id: one.reason for one in decision.measures if one.reason} == {last: "Auflage des Landes"}
    assert [one.outcome for one in decision.measures].count(Outcome.planned) == 31


@pytest.mark.parametrize("typed", [HOSTILE, "🙂" * 100])
def test_a_committee_with_a_hostile_name_stays_data(app: App, typed: str) -> None:
    page = ready_to_decide(app)
    field(page, "decided_by").set_value(typed).run()
    page = field(page, "decide").click().run()
    assert not page.exception
    assert typed in read(page)
    assert unescaped(page) == []


def test_a_decided_round_says_in_english_what_was_decided(app: App, store: Store) -> None:
    field(ready_to_decide(app), "decide").click().run()
    page = turn(app("priorisierung", id=DEMO, lang="en"), "beschluss")
    (decision,) = store.records(PriorityDecision)
    assert not page.exception
    assert decision.inputs_sha256[:16] in read(page)
    cells = [str(cell) for row in page.dataframe[0].value.values for cell in row]
    assert {number(one.utility, "en", 2) for one in decision.measures} <= set(cells)


def test_a_frozen_decision_whose_ratings_do_not_match_says_so(app: App, store: Store) -> None:
    field(ready_to_decide(app), "decide").click().run()
    newest = store.newest("rating", judged(store).ratings[0].id)
    other = newest.record.model_copy(update={"scores": (Score(code="KR-1", value=1),)})
    with store.change(by="Eingriff", at=AT, action="revise_rating") as writing:
        writing.revise(other, newest.version)
        decided = store.newest("priority_round", DEMO)
        writing.revise(decided.record.model_copy(update={"note": "berührt"}), decided.version)
    said = read(turn(app("priorisierung", id=DEMO), "beschluss"))
    assert "(weicht von den Bewertungen ab)" in said
