"""The resources: the sentence, the load, and the small forms that change the inputs."""

from __future__ import annotations

import json
from datetime import datetime

from metrics.domain.base import Evidence
from metrics.domain.load import judge_load, worst
from metrics.domain.periods import row
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import charts_without_text, words
from tests.plan import a_capacity_group, a_resource_demand

OFFICE = Person("Amt", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def field(page, name):
    """The text field of an open form, by the end of its key."""
    return next(found for found in page.text_input if found.key and found.key.endswith("." + name))


def open_group(page, group):
    page.session_state["ressourcen_kapazitaet"] = True
    page.run()
    return page.selectbox(key="ressourcen_welche_gruppe").set_value(group).run()


def test_one_sentence_names_the_worst_quarter_how_much_and_which_measures(app, store):
    quarters = row("2026-Q4", 5)
    expected = worst(judge_load(store.records(CapacityGroup), store.records(ResourceDemand), quarters).values())
    said = read(app("ressourcen"))
    assert (expected.group_id, expected.period) == ("KG-PROJEKTE", "2027-Q1")
    assert "Der Plan braucht im 1. Quartal 2027 0,7 Vollzeitkräfte mehr, als da sind" in said
    assert "es klemmt bei Projekte und Netzwerke" in said
    assert "15,7 Personentage zu viel, 0,7 Vollzeitkräfte: Geförderter Breitbandausbau 'Weiße Flecken' 45,0" in said
    assert "Zirkularitäts-Check für 20 Betriebe 35,0" in said


def test_the_charts_have_their_text_and_show_the_tightest_group_first(app):
    page = app("ressourcen")
    assert not page.exception
    assert "In 3 von 15 Quartalen der Gruppen" in read(page)
    assert page.selectbox(key="ressourcen_gruppe").value == "KG-PROJEKTE"
    assert len(page.get("plotly_chart")) == 2
    assert charts_without_text(page) == []


def test_the_formula_speaks_with_the_offices_own_numbers(app):
    said = read(app("ressourcen", res_ansicht="kapazitaet"))
    assert "4 VZÄ × 62 Tage × (1 − 15 % Abwesenheit) × (1 − 60 % Grundlast) = 84,3 Personentage" in said


def test_what_is_known_about_staff_stands_beside_with_its_source(app):
    said = read(app("ressourcen", res_ansicht="kapazitaet"))
    assert "2022: 20 Beschäftigte auf 13 Planstellen" in said
    assert "Quelle: WAZ" in said


def test_the_demo_says_that_its_inputs_are_invented(app):
    said = read(app("ressourcen"))
    assert "Beispielwert" in said
    assert "erfunden" in said


def test_real_groups_are_not_mixed_with_examples_until_asked(app, store):
    add_record(store, a_capacity_group(id="KG-ECHT", title="Echte Gruppe", evidence=Evidence.own), by=OFFICE, at=AT)
    own = a_resource_demand(id="RB-ECHT", group_id="KG-ECHT", person_days=10, evidence=Evidence.own)
    add_record(store, own, by=OFFICE, at=AT)
    page = app("ressourcen")
    assert "31 Beispielwerte zählen nicht mit" in read(page)
    assert "Die Zeit reicht: In keinem Zeitraum ist mehr verplant, als da ist." in read(page)
    page.toggle(key="beispiele").set_value(True).run()
    assert "es klemmt bei Projekte und Netzwerke" in read(page)


def test_a_group_is_changed_with_a_german_number_and_the_load_follows(app, store):
    page = open_group(app("ressourcen", res_ansicht="kapazitaet"), "KG-PROJEKTE")
    field(page, "fte").set_value("3,5")
    field(page, "reason").set_value("halbe Stelle besetzt")
    next(found for found in page.button if found.key.endswith(".save")).click().run()
    assert store.newest("capacity_group", "KG-PROJEKTE").record.fte == 3.5
    assert store.newest("capacity_group", "KG-PROJEKTE").version == 2
    assert "Der Plan braucht im 1. Quartal 2027 0,2 Vollzeitkräfte mehr, als da sind" in read(page)
    assert "Gespeichert" in read(page)


def test_an_english_decimal_point_is_refused_and_nothing_is_stored(app, store):
    page = open_group(app("ressourcen", res_ansicht="kapazitaet"), "KG-PROJEKTE")
    field(page, "fte").set_value("3.5")
    field(page, "reason").set_value("halbe Stelle")
    next(found for found in page.button if found.key.endswith(".save")).click().run()
    assert store.newest("capacity_group", "KG-PROJEKTE").version == 1
    assert field(page, "fte").value == "3.5"
    assert len(page.error) > 0


def test_somebody_elses_change_is_not_overwritten_and_the_input_stays(app, store):
    page = open_group(app("ressourcen", res_ansicht="kapazitaet"), "KG-PROJEKTE")
    field(page, "fte").set_value("7")
    field(page, "reason").set_value("Aufstockung")
    theirs = store.newest("capacity_group", "KG-PROJEKTE").record.model_copy(update={"fte": 2.0})
    revise_record(store, theirs, 1, by=Person("Frau B.", Role.administration), at=AT, reason="Weggang")
    next(found for found in page.button if found.key.endswith(".save")).click().run()
    assert store.newest("capacity_group", "KG-PROJEKTE").record.fte == 2.0
    assert "inzwischen gibt es Fassung 2 von Frau B." in read(page)
    assert field(page, "fte").value == "7"


def test_a_demand_in_the_past_or_far_ahead_can_be_chosen_and_breaks_nothing(app, store):
    for number, quarter in enumerate(("1999-Q1", "2090-Q4")):
        demand = a_resource_demand(id=f"RB-{number}", measure_id="M-12", period=quarter, evidence=Evidence.illustrative)
        add_record(store, demand, by=OFFICE, at=AT)
    page = app("ressourcen")
    assert not page.exception
    page.selectbox(key="ressourcen_ab").set_value("1999-Q1").run()
    assert not page.exception
    assert page.selectbox(key="ressourcen_ab").value == "1999-Q1"
    assert "Projekte und Netzwerke: 40 von 674,6 Personentagen verplant" in read(page)  # 1999 and 2000


def test_an_empty_plan_asks_for_a_first_group(empty_app):
    page = empty_app("ressourcen")
    assert not page.exception
    assert "Noch keine Gruppe mit Kapazität" in read(page)


def test_hostile_titles_stay_data(app, store):
    title = "<img src=x onerror=alert(1)> **fett** $x$"
    add_record(store, a_capacity_group(id="KG-X", title=title, evidence=Evidence.illustrative), by=OFFICE, at=AT)
    page = app("ressourcen", res_ansicht="kapazitaet")
    assert not page.exception
    assert "\\<img" in words(page)
    assert "<img" not in words(page).replace("\\<", "")
    assert " **fett** " not in words(page)


def test_months_are_shown_in_place_of_quarters_and_at_most_18_of_them(app):
    page = app("ressourcen")
    page.radio(key="res_schritt").set_value("monate").run()
    assert not page.exception
    assert "In 9 von 45 Monaten der Gruppen ist mehr verplant, als Zeit da ist" in read(page)
    page.selectbox(key="ressourcen_ab").set_value("2026-Q4").run()
    assert charts_without_text(page) == []


def test_a_long_plan_shows_18_months(app, store):
    demand = a_resource_demand(id="RB-SPAET", measure_id="M-12", period="2030-Q4", evidence=Evidence.illustrative)
    add_record(store, demand, by=OFFICE, at=AT)
    page = app("ressourcen")
    page.radio(key="res_schritt").set_value("monate").run()
    assert f"von {3 * 18} Monaten der Gruppen" in read(page)


def test_a_demand_on_a_group_that_is_not_there_yet_is_an_overload_in_title_picture_and_table(app, store):
    group = a_capacity_group(id="KG-E", title="Neues Team", evidence=Evidence.own, first_quarter="2027-Q2")
    add_record(store, group, by=OFFICE, at=AT)
    told = {"measure_id": "M-15", "group_id": "KG-E", "period": "2027-Q1", "until": None, "person_days": 5}
    add_record(store, a_resource_demand(id="RB-E", evidence=Evidence.own, **told), by=OFFICE, at=AT)
    page = app("ressourcen", res_ansicht="last", beispiele="false")
    page.session_state["ressourcen_last_tabelle"] = True
    page.run()
    assert not page.exception
    assert "In 1 von 5 Quartalen der Gruppen ist mehr verplant, als Zeit da ist" in read(page)
    picture = json.loads(page.get("plotly_chart")[0].proto.spec)
    cells = [text for trace in picture["data"] if trace["type"] == "heatmap" for line in trace["text"] for text in line]
    assert cells.count("▲ keine<br>Zeit") == 1
    rows = next(one for one in page.dataframe if one.proto.alt.startswith("Auslastung")).value.to_dict("records")
    over = [(row["Quartal"], row["Auslastung"], row["Stufe"]) for row in rows if row["Bedarf (Personentage)"] == "5"]
    assert over == [("1. Quartal 2027", "keine Zeit da", "überlastet")]
