"""Limits and the best choice on the page: what is too much, what would have to change, and a search that is watched."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.generate import make_plan
from metrics.domain.base import Evidence
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.portfolio.relief import Relief
from metrics.domain.resources import CapacityGroup
from metrics.locale.limits import relief_sentence, worst_sentence
from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.ui.session import LANGUAGE_KEY
from metrics.usecases import optimising
from metrics.usecases.access import Person, Role
from metrics.usecases.limits import find_limits, find_relief
from metrics.usecases.naming import plan_names
from metrics.usecases.optimising import cancel_search, find_choice
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import TODAY, App, _running, charts_without_text, open_page, words
from tests.pages.hostile import HOSTILE
from tests.plan import a_capacity_group, a_measure, a_plan, a_resource_demand

DAY = date.fromisoformat(TODAY)
AT = datetime(2026, 11, 24, 9, 0)
OFFICE = Person("Amt", Role.administration)
TEAM = {"id": "KG-1", "title": "Team", "fte": 1, "days_per_quarter": 60, "absence_share": 0, "base_load_share": 0.5}
CARD, FITS = "Was sich mindestens ändern müsste", "Alles passt: Es muss nichts geändert werden."
RUNS, ANSWERED = "Die Suche läuft", "passen in den Plan: Nutzwert"


@pytest.fixture(autouse=True)
def _no_search_is_left() -> Iterator[None]:
    yield
    for name in list(optimising._searches):
        cancel_search(name)
    optimising._searches.clear()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that goes on until it is cancelled."""
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr(
        optimising, "_begun", lambda: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    )


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def button(page: AppTest, key: str) -> Any:
    return next(found for found in page.button if found.key == key)


def choice_page() -> AppTest:
    page = open_page("ressourcen", res_ansicht="auswahl")
    assert not page.exception
    return page


def asked(page: AppTest) -> AppTest:
    """The page after somebody has asked for the best choice."""
    button(page, "auswahl_suchen").click()
    page.run()
    assert not page.exception
    return page


def until(page: AppTest, shows: Callable[[str], bool]) -> str:
    """What the page says once it shows that; it is looked at again and again."""
    for _ in range(300):
        said = read(page)
        assert not page.exception
        if shows(said):
            return said
        time.sleep(0.1)
        page.run()
    raise AssertionError(said)


def small(store: Store, *days: float, **over: Any) -> None:
    """A team with 30 days a quarter, and measures that ask for so many in the first quarter of 2027."""
    with store.change(by="Amt", at=AT, action="add") as writing:
        writing.add([a_plan(), a_capacity_group(**TEAM)])
        for number, much in enumerate(days, 1):
            fields = {"state": MeasureState.planned, "goal_ids": (), "starts": None, "ends": None, "milestones": ()}
            writing.add([a_measure(**{"id": f"M-{number}", "title": f"Vorhaben {number}", **fields, **over})])
            demand = {"id": f"RB-{number}", "measure_id": f"M-{number}", "group_id": "KG-1", "period": "2027-Q1"}
            writing.add([a_resource_demand(**demand, person_days=much)])


# --- limits


def test_the_sentence_the_overloads_and_the_way_out_are_those_of_the_plan(app: App, store: Store) -> None:
    limits = find_limits(store, by=OFFICE, today=DAY)
    names, way = plan_names(store, limits.plan.periods, "de"), find_relief(limits)
    page = app("ressourcen")
    said = read(page)

    assert isinstance(way, Relief)
    assert plain(worst_sentence(limits.worst, names)) in said
    assert f"An {len(limits.overloads)} Stellen ist mehr verplant, als da ist" in said
    assert "1. Quartal 2027 · Projekte und Netzwerke" in said
    assert "15,7 Personentage zu viel, 0,7 Vollzeitkräfte" in said
    assert "2027 · Haushalt der Wirtschaftsförderung (Beispiel)" in said
    assert relief_sentence(way, "de") in said
    assert names.measure(way.moves[0].candidate_id) in said
    assert "Ein Vorschlag, keine Entscheidung" in said
    assert "sind gegen keinen Topf gerechnet" in said
    assert charts_without_text(page) == []


def test_a_lack_of_less_than_a_tenth_of_a_post_is_not_told_as_none(empty_app: App) -> None:
    small(runtime.store(), 20, 10.7)
    assert "0,7 Personentage zu viel, 0,02 Vollzeitkräfte" in read(open_page("ressourcen"))


def test_a_pinned_measure_is_left_alone_by_the_way_out(app: App, store: Store) -> None:
    limits = find_limits(store, by=OFFICE, today=DAY)
    way = find_relief(limits)
    assert isinstance(way, Relief)
    (first,) = {move.candidate_id for move in way.moves}
    title = plan_names(store, limits.plan.periods, "de").measure(first)
    page = app("ressourcen")
    assert f"„{title}“" in read(page)
    page.multiselect(key="grenzen_bleibt").set_value([first]).run()
    assert not page.exception
    assert f"„{title}“" not in read(page)
    assert "passt der Plan" in read(page)


def test_where_nothing_helps_the_conflict_is_an_alert_that_names_it(empty_app: App) -> None:
    small(runtime.store(), 80, 40, mandatory=True, state=MeasureState.running)
    page = empty_app("ressourcen")
    (alert,) = page.warning
    assert alert.value.replace("\\", "") == (
        "Es gibt keinen Ausweg, solange diese Maßnahmen bleiben müssen: Vorhaben 1, Vorhaben 2."
    )
    assert "1. Quartal 2027, Team: 30,0 Personentage zu viel (Vorhaben 1 40,0, Vorhaben 2 20,0)" in read(page)


def test_single_ways_out_are_compared_for_the_overload_that_is_chosen(app: App) -> None:
    page = app("ressourcen")
    page.session_state["grenzen_auswege"] = True
    page.run()
    box = page.selectbox(key="grenzen_einzeln")
    assert len(box.options) == 4
    first = [list(frame.value["Was man tut"]) for frame in page.dataframe if "Was man tut" in frame.value.columns]
    box.set_value(1).run()
    second = [list(frame.value["Was man tut"]) for frame in page.dataframe if "Was man tut" in frame.value.columns]
    assert not page.exception
    assert len(first) == len(second) == 1
    assert first != second


def test_a_plan_that_fits_has_no_cards_and_says_so(empty_app: App) -> None:
    small(runtime.store(), 10, 20)
    said = read(empty_app("ressourcen"))
    assert "Die Zeit reicht: In keinem Zeitraum ist mehr verplant, als da ist." in said
    assert FITS in said
    assert CARD not in said
    assert "Noch ist nichts bewertet: Jede Maßnahme zählt gleich viel." in said


def test_too_many_at_once_and_a_broken_dependency_are_told_where_time_and_money_suffice(empty_app: App) -> None:
    store = runtime.store()
    small(store, 10, 10)
    plan, second = store.newest("plan", "PLAN-ZP"), store.newest("measure", "M-2")
    assert plan and second
    revise_record(store, plan.record.model_copy(update={"most_at_once": 1}), 1, by=OFFICE, at=AT, reason="Grenze")
    after = Measure.model_validate(second.record.model_dump() | {"depends_on": [{"measure_id": "M-1"}]})
    revise_record(store, after, 1, by=OFFICE, at=AT, reason="erst danach")
    page = empty_app("ressourcen")
    said = read(page)
    assert not page.exception
    assert "Zeit und Geld reichen, aber nicht alles lässt sich so einhalten" in said
    assert "Bis zu 2 Maßnahmen laufen zugleich, das Amt will höchstens 1: 1. Quartal 2027" in said
    assert "„Vorhaben 2“ beginnt, bevor „Vorhaben 1“ zu Ende ist" in said
    assert "Es genügt, eine Maßnahme zu ändern" in said
    assert FITS not in said


def test_an_empty_plan_has_neither_limits_nor_anything_to_choose(empty_app: App) -> None:
    page = empty_app("ressourcen")
    assert not page.exception
    assert CARD not in read(page)
    page = choice_page()
    asked(page)
    assert [alert.value for alert in page.error] != []
    assert not optimising._searches


def test_a_pinned_measure_that_has_left_the_plan_meanwhile_is_forgotten(app: App, store: Store) -> None:
    limits = find_limits(store, by=OFFICE, today=DAY)
    gone = next(one for one in limits.inputs.measures if one.id in limits.plan.starts)
    for path, key in (("last", "grenzen_bleibt"), ("auswahl", "auswahl_bleibt")):
        page = open_page("ressourcen", res_ansicht=path)
        page.session_state[key] = ["M-GIBT-ES-NICHT", gone.id]
        page.run()
        assert not page.exception
        assert page.session_state[key] == [gone.id]
    entry = store.newest("measure", gone.id)
    assert entry
    ended = entry.record.model_copy(update={"state": MeasureState.discontinued})
    revise_record(store, ended, entry.version, by=OFFICE, at=AT, reason="eingestellt")
    page.run()
    assert not page.exception
    assert page.session_state["auswahl_bleibt"] == []
    assert ANSWERED in until(asked(page), lambda said: ANSWERED in said)


def test_hostile_titles_stay_data_in_both_views(empty_app: App) -> None:
    small(runtime.store(), 20, 20, title=HOSTILE)
    page = empty_app("ressourcen")
    assert not page.exception
    assert "<img" not in words(page).replace("\\<", "")
    page = choice_page()
    assert "2 von 2 Maßnahmen" in until(asked(page), lambda said: ANSWERED in said)
    assert "<img" not in words(page).replace("\\<", "")


# --- the best choice


def test_the_best_choice_is_asked_for_and_answered_with_its_reasons(app: App, store: Store) -> None:
    limits = find_limits(store, by=OFFICE, today=DAY)
    expected = find_choice(limits.plan)
    page = asked(choice_page())
    said = until(page, lambda said: ANSWERED in said)

    chosen, value = len(expected.choice.starts), f"{expected.choice.value:.2f}".replace(".", ",")
    assert f"{chosen} von {len(limits.plan.problem.candidates)} Maßnahmen {ANSWERED} {value}, bewiesen best" in said
    assert RUNS not in said
    assert charts_without_text(page) == []
    assert not button(page, "auswahl_suchen").disabled


def test_what_is_left_out_is_told_and_what_is_already_at_work_is_an_alert(empty_app: App) -> None:
    store = runtime.store()
    small(store, 25, 9, 9, earliest_start="2027-01", latest_end="2027-03")
    entry = store.newest("measure", "M-1")
    assert entry
    at_work = entry.record.model_copy(update={"state": MeasureState.running})
    revise_record(store, at_work, 1, by=OFFICE, at=AT, reason="begonnen")
    page = choice_page()
    assert "Was schon läuft, behält seine Zeit, kann aber entfallen" in read(page)
    until(asked(page), lambda said: ANSWERED in said)
    assert "1 Maßnahme, die schon läuft, wäre nicht mehr dabei: Vorhaben 1" in [
        alert.value.replace("\\", "") for alert in page.warning
    ]
    assert "- **Vorhaben 1**  \n  verdrängt Vorhaben 2, Vorhaben 3; 1,00 Nutzwert weniger" in read(page)
    page.session_state["auswahl_ohne_tabelle"] = True
    page.run()
    (table,) = [frame.value for frame in page.dataframe if "Nicht dabei" in frame.value.columns]
    assert list(table["Nicht dabei"]) == ["Vorhaben 1"]
    assert table["Was sie verdrängen würde"].iloc[0] == "verdrängt Vorhaben 2, Vorhaben 3; 1,00 Nutzwert weniger"


def test_where_nothing_fits_each_measure_says_why_and_of_many_the_first_are_listed(empty_app: App) -> None:
    small(runtime.store(), *[40.0] * 14, earliest_start="2027-01", latest_end="2027-03")
    page = choice_page()
    said = until(asked(page), lambda said: "0 von 14 Maßnahmen passen in den Plan" in said)
    assert said.count("passt auf keinen Platz") + said.count("unmöglich: ") == 12
    assert "und 2 weitere" in said


def test_what_has_to_be_taken_and_cannot_be_is_spelled_out(empty_app: App) -> None:
    small(runtime.store(), 20, 20, 1, mandatory=True, state=MeasureState.running)
    said = until(asked(choice_page()), lambda said: "passt nicht zusammen" in said)
    assert "Was Pflicht oder festgelegt ist, passt nicht zusammen." in said
    assert "brauchen zusammen mehr, als da ist: Vorhaben 1, Vorhaben 2" in said


@pytest.mark.usefixtures("slow")
def test_while_a_search_runs_its_question_stays_and_it_can_be_cancelled(app: App, store: Store) -> None:
    pinned = next(iter(find_limits(store, by=OFFICE, today=DAY).plan.starts))
    page = choice_page()
    page.multiselect(key="auswahl_bleibt").set_value([pinned])
    page.selectbox(key="auswahl_zeit").set_value(30)
    asked(page)
    assert RUNS in read(page)
    assert button(page, "auswahl_suchen").disabled
    (search,) = optimising._searches.values()
    assert (search.seconds, search.plan.problem.candidates[pinned].pinned) == (30, True)
    page.run()
    assert page.multiselect(key="auswahl_bleibt").value == [pinned]

    button(page, "auswahl_abbrechen").click()
    page.run()
    assert not page.exception
    assert [alert.value for alert in page.info] == ["Die Suche wurde abgebrochen."]
    assert RUNS not in read(page)
    assert search.process.wait(60) != 0
    assert page.multiselect(key="auswahl_bleibt").value == [pinned]


@pytest.mark.usefixtures("slow")
def test_the_language_may_change_while_a_search_runs(app: App) -> None:
    page = choice_page()
    page.selectbox(key="auswahl_zeit").set_value(60).run()
    asked(page)
    (search,) = optimising._searches.values()
    page.radio(key=LANGUAGE_KEY).set_value("en").run()
    assert not page.exception
    assert (page.selectbox(key="auswahl_zeit").value, page.selectbox(key="auswahl_art").value) == (60, "highs")
    assert search.runs
    assert "The search is running" in read(page)
    assert RUNS not in read(page)
    button(page, "auswahl_abbrechen").click()
    page.run()
    assert search.cancelled


@pytest.mark.usefixtures("slow")
def test_each_visitor_has_a_search_of_their_own_and_a_third_is_asked_to_wait(app: App) -> None:
    first, second, third = (choice_page() for _ in range(3))
    asked(first)
    second.run()
    assert RUNS not in read(second)
    asked(second)
    asked(third)
    assert [RUNS in read(page) for page in (first, second, third)] == [True, True, False]
    assert len(third.error) == 1
    button(first, "auswahl_abbrechen").click()
    first.run()
    second.run()
    assert RUNS in read(second)
    assert RUNS in read(asked(third))


def test_an_answer_to_another_plan_says_so_and_keeps_its_own_times(app: App, store: Store) -> None:
    page = asked(choice_page())
    said = until(page, lambda said: ANSWERED in said)
    assert "Der Plan hat sich seit dieser Suche geändert." not in said
    group = store.newest("capacity_group", "KG-PROJEKTE")
    assert group
    more = CapacityGroup.model_validate(group.record.model_dump() | {"fte": 9})
    revise_record(store, more, group.version, by=OFFICE, at=AT, reason="mehr Stellen")
    page.run()
    assert not page.exception
    assert "Der Plan hat sich seit dieser Suche geändert." in [alert.value for alert in page.warning]
    assert ANSWERED in read(page)


def test_an_answer_to_other_values_than_those_that_are_shown_says_so(app: App, store: Store) -> None:
    add_record(store, a_capacity_group(**TEAM, evidence=Evidence.own), by=OFFICE, at=AT)
    own = a_resource_demand(id="RB-ECHT", measure_id="M-12", group_id="KG-1", person_days=9, evidence=Evidence.own)
    add_record(store, own, by=OFFICE, at=AT)
    page = asked(choice_page())
    until(page, lambda said: "in den Plan: Nutzwert" in said)
    page.toggle(key="beispiele").set_value(True).run()
    assert not page.exception
    assert "Diese Antwort gilt für andere Werte, als jetzt gezeigt sind." in [alert.value for alert in page.warning]


# --- a thousand measures


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plan of a thousand measures."""
    path = tmp_path / "large.duckdb"
    make_plan(1000, 20, 20, path)
    yield from _running(path, monkeypatch)


@pytest.mark.usefixtures("large")
def test_a_plan_of_a_thousand_measures_opens_and_stays_short() -> None:
    page = open_page("ressourcen")
    assert not page.exception
    said = read(page)
    assert CARD in said
    assert max(map(len, said.splitlines())) < 1000
    assert len(said) < 20_000
    page = choice_page()
    assert len(read(page)) < 20_000


def test_a_real_group_without_any_demand_is_no_all_clear(app: App, store: Store) -> None:
    add_record(store, a_capacity_group(id="KG-ECHT", evidence=Evidence.own), by=OFFICE, at=AT)
    said = read(app("ressourcen"))
    assert "Es gibt nichts zu rechnen: Ab heute zählt kein Bedarf einer Maßnahme." in said
    assert "Alles passt" not in said
    assert "Die Zeit reicht" not in said
