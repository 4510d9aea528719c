"""The scenarios: the sentence, side by side, each on its own page, decided, and carried out once."""

from __future__ import annotations

from datetime import datetime

import pytest

from metrics.domain.base import Evidence
from metrics.domain.resources import CapacityGroup
from metrics.domain.scenarios import Scenario, ScenarioState
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.scenarios import carried_out_by
from tests.pages.conftest import charts_without_text, words
from tests.pages.hostile import HOSTILE, OFFICE, unescaped
from tests.plan import a_capacity_group, a_scenario

AT = datetime(2026, 11, 24, 9, 0)
POST = {"effect": "posts", "group_id": "KG-PROJEKTE", "amount": 1, "starts": "2027-01"}


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def scenario(store, identifier="SZ-4"):
    return store.newest("scenario", identifier).record


def add(store, identifier, *changes, **over):
    add_record(store, a_scenario(id=identifier, changes=changes, **over), by=OFFICE, at=AT)


def decide(page, state=ScenarioState.chosen, reason="Der Rat will es.", by="Ausschuss", on="24.11.2026", of="SZ-4"):
    """Fill in the decision and send it."""
    page.radio(key=f"szenario.{of}.state").set_value(state)
    page.text_area(key=f"szenario.{of}.reason").set_value(reason)
    page.text_input(key=f"szenario.{of}.decided_by").set_value(by)
    page.text_input(key=f"szenario.{of}.decided_on").set_value(on)
    return page.button(key=f"szenario.{of}.decide").click().run()


# --- all of them


def test_one_sentence_says_what_the_scenarios_come_to_and_which_of_them_cost_nothing(app):
    said = read(app("szenarien"))
    assert "5 Szenarien gegen den Plan gehalten: 2 nehmen die Überlast ganz weg, 1 mindert die Überlast" in said
    assert "1 vergrößert die Überlast, 1 ändert an der Überlast nichts" in said
    assert "mindern sie: „Zwei Stellen mehr“ (die Kosten der Stellen nicht gerechnet), „Zwei Gruppen" in said


def test_the_scenarios_stand_side_by_side_with_their_numbers_and_what_falls_out(app):
    page = app("szenarien")
    assert not page.exception
    assert charts_without_text(page) == []
    assert len(page.multiselect(key="szenarien_vergleich").value) == 5
    rows = page.table[0].value
    assert list(rows.iloc[:, 0]) == [
        "Der Plan", "Zwei Stellen mehr", "Förderung endet Mitte 2027", "20 % mehr Grundlast",
        "Ruhebetrieb ab April 2027", "Zwei Gruppen zusammengelegt",
    ]  # fmt: skip
    assert "Beispielwert" in read(page)
    assert "„Werkzeugkasten im Amt einführen“ fällt weg (35,0 Personentage, 0 €)" in read(page)


def test_what_is_compared_can_be_chosen_and_nothing_chosen_breaks_nothing(app):
    page = app("szenarien")
    page.multiselect(key="szenarien_vergleich").set_value(["SZ-4", "SZ-6"]).run()
    assert len(page.table[0].value) == 3
    page.multiselect(key="szenarien_vergleich").set_value([]).run()
    assert not page.exception
    assert "Wählen Sie mindestens ein Szenario." in read(page)


def test_scenarios_that_change_nothing_yet_are_listed_with_state_and_source(app):
    said = read(app("szenarien"))
    assert "Noch nichts hinterlegt, was sich ändert" in said
    assert "Fachamt der Verwaltung mit personeller Verstärkung" in said
    assert "empfohlen" in said
    assert "Quelle: WAZ" in said


def test_a_scenario_that_cannot_be_says_so_in_its_place_and_the_others_are_compared(app, store):
    add(store, "SZ-X", {"effect": "base_load", "amount": -1}, title="Gar keine Grundlast")
    page = app("szenarien")
    assert not page.exception
    assert "lässt sich nicht durchspielen" in page.warning[0].value
    assert len(page.table[0].value) == 6
    alone = app("szenarien", id="SZ-X")
    assert not alone.exception
    assert "lässt sich nicht durchspielen" in alone.warning[0].value


def test_a_scenario_over_examples_says_why_it_is_not_counted_beside_real_groups(app, store):
    add_record(store, a_capacity_group(id="KG-ECHT", title="Echt", evidence=Evidence.own), by=OFFICE, at=AT)
    page = app("szenarien")
    assert not page.exception
    assert "ist ein Beispielwert, der gerade nicht mitzählt" in page.warning[0].value.replace("\\", "")
    assert "Projekte und Netzwerke: 1 VZÄ mehr" in read(page)
    page.toggle(key="beispiele").set_value(True).run()
    assert len(page.warning) == 0


def test_an_empty_plan_offers_to_add_the_first_scenario(empty_app):
    page = empty_app("szenarien")
    assert not page.exception
    assert "Der Plan hat noch kein Szenario." in read(page)
    assert [one.label for one in page.expander] == ["Neues Szenario anlegen"]


def test_an_unknown_scenario_is_told_and_the_others_are_shown(app):
    page = app("szenarien", id="SZ-99")
    assert not page.exception
    assert "Ein Szenario mit der Kennung „SZ-99“ gibt es nicht (mehr)." in read(page)
    assert "Nebeneinander" in read(page)


def test_hostile_titles_and_words_stay_data(app, store):
    told = {"title": HOSTILE, "description": HOSTILE, "discussion": (HOSTILE,)}
    add(store, "SZ-H", POST, **told)
    for page in (app("szenarien"), app("szenarien", id="SZ-H")):
        assert not page.exception
        assert unescaped(page) == []


# --- one of them


def test_a_scenario_shows_its_changes_what_they_mean_and_what_was_said(app):
    page = app("szenarien", id="SZ-4")
    assert not page.exception
    assert charts_without_text(page) == []
    said = read(page)
    assert "Projekte und Netzwerke: 1 VZÄ mehr (ab Jan. 2027)" in said
    assert "27,0 Personentage weniger Überlast" in said
    assert "Dagegen: Die Stellen kosten auf Dauer Geld." in said
    assert "Was zusätzliche Stellen kosten, ist nicht gerechnet." in said


def test_what_is_said_is_added_and_an_empty_word_is_refused_at_the_field(app, store):
    page = app("szenarien", id="SZ-4")
    page.button(key="szenario.SZ-4.festhalten").click().run()
    assert store.newest("scenario", "SZ-4").version == 1
    assert ":material/error:" in words(page)
    page.text_area(key="szenario.SZ-4.gesagt").set_value("Dafür:\nEs eilt.")
    page.button(key="szenario.SZ-4.festhalten").click().run()
    assert scenario(store).discussion[-1] == "Dafür: Es eilt."
    assert page.text_area(key="szenario.SZ-4.gesagt").value == ""


def test_a_word_too_long_is_refused_and_stays_in_the_field(app, store):
    page = app("szenarien", id="SZ-4")
    page.text_area(key="szenario.SZ-4.gesagt").set_value("x" * 501)
    page.button(key="szenario.SZ-4.festhalten").click().run()
    assert store.newest("scenario", "SZ-4").version == 1
    assert page.text_area(key="szenario.SZ-4.gesagt").value == "x" * 501


def test_a_scenario_is_chosen_with_a_reason_and_the_plan_stays_as_it_is(app, store):
    page = decide(app("szenarien", id="SZ-4"))
    assert (scenario(store).state, scenario(store).reason) == (ScenarioState.chosen, "Der Rat will es.")
    assert "gewählt am 24.11.2026 von Ausschuss" in read(page)
    assert store.newest("capacity_group", "KG-PROJEKTE").version == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reason": " "}, "Bitte"),
        ({"by": ""}, "Bitte"),
        ({"on": ""}, "Bitte"),
        ({"on": "morgen"}, "Datum"),
        ({"on": "2026"}, "Bitte nennen Sie einen Tag"),
        ({"on": "25.11.2026"}, "heute ist der 24.11.2026"),
        ({"by": "x" * 501}, "500"),
    ],
)
def test_a_decision_that_does_not_fit_is_told_at_its_field_and_keeps_what_was_typed(app, store, typed, told):
    page = decide(app("szenarien", id="SZ-4"), **typed)
    assert not page.exception
    assert store.newest("scenario", "SZ-4").version == 1
    problems = [one.value for one in page.markdown if ":material/error:" in one.value]
    assert len(problems) == 1
    assert told in problems[0].replace("\\", "")
    assert page.radio(key="szenario.SZ-4.state").value == ScenarioState.chosen


def test_a_decision_on_what_somebody_else_changed_is_held_back(app, store):
    page = app("szenarien", id="SZ-4")
    theirs = Scenario.model_validate(scenario(store).model_dump() | {"title": "Zwei Stellen mehr ab 2027"})
    revise_record(store, theirs, 1, by=OFFICE, at=AT, reason="genauer")
    decide(page)
    assert scenario(store).state is ScenarioState.draft
    assert "Jemand anderes hat das Szenario gerade geändert." in read(page)


# --- carried out


def test_a_chosen_scenario_proposes_its_changes_before_and_after_in_words(app):
    page = decide(app("szenarien", id="SZ-4"))
    said = read(page)
    assert "Vorgeschlagene Änderungen am Plan" in said
    assert [box.label for box in page.checkbox if ".nimm." in box.key] == [
        "Kapazitätsgruppe „Bestandspflege und Ansiedlung“ ändern",
        "Kapazitätsgruppe „Projekte und Netzwerke“ ändern",
    ]
    assert "→" in said
    assert "2 Änderungen ausgewählt" in said


def test_of_a_list_that_was_filled_the_proposal_tells_what_comes_and_not_that_nothing_was_there(app):
    said = read(decide(app("szenarien", id="SZ-4")))
    assert (
        "Stellen mit Daten: – → Stellenanteil (VZÄ): 1 · Besetzt ab: Jan. 2027" in said
    )  # a group without posts of its own
    assert "Stellen mit Daten: dazu: Stellenanteil (VZÄ): 1 · Besetzt ab: Jan. 2027" in said


def test_a_post_that_changes_is_told_as_it_was_and_as_it_will_be(app, store):
    fewer = {"effect": "posts", "group_id": "KG-PROJEKTE", "amount": -3.5, "starts": "2027-07"}
    add(store, "SZ-WENIGER", fewer)
    said = read(decide(app("szenarien", id="SZ-WENIGER"), of="SZ-WENIGER"))
    line = next(one for one in said.split("- :small[") if one.startswith("Stellen mit Daten"))
    assert "weg: Funktion: Projektstelle Netzwerke" in line
    assert "; dazu: " in line


def test_the_history_keeps_several_values_of_a_field_apart(app, store):
    group = store.newest("capacity_group", "KG-PROJEKTE").record
    posts = ({"label": "Leitung", "fte": 1.0}, {"label": "Vertretung", "fte": 0.5})
    revised = CapacityGroup.model_validate(group.model_dump() | {"posts": posts})
    revise_record(store, revised, 1, by=OFFICE, at=AT, reason="genauer")
    page = app("verlauf", id="capacity_group:KG-PROJEKTE")
    assert not page.exception
    cells = [str(cell).replace("\\", "") for table in page.table for cell in table.value.to_numpy().ravel()]
    assert any("Befristet: nein; Funktion: Vertretung" in cell for cell in cells)


def test_only_what_is_picked_is_carried_out_once_and_the_page_tells_where_to_see_it(app, store):
    page = decide(app("szenarien", id="SZ-4"))
    page.checkbox(key="szenario.SZ-4.nimm.capacity_group:KG-BESTAND").set_value(False).run()
    assert "1 Änderung ausgewählt" in read(page)
    page.button(key="szenario.SZ-4.carry_out").click().run()
    assert not page.exception
    assert store.newest("capacity_group", "KG-BESTAND").version == 1
    assert store.newest("capacity_group", "KG-PROJEKTE").version == 2
    said = read(page)
    assert "1 von 2 Änderungen übernommen, am " in said
    assert "Nicht übernommen:\n- Kapazitätsgruppe „Bestandspflege und Ansiedlung“ (KG-BESTAND)" in said
    assert "Im Verlauf ansehen" in said
    assert "szenario.SZ-4.carry_out" not in [one.key for one in page.button]
    assert "1 von 2 Änderungen übernommen" in read(app("szenarien"))
    told = read(app("verlauf"))
    assert "Grund: Szenario „Zwei Stellen mehr“, 1 von 2 Änderungen übernommen; nicht übernommen: KG-BESTAND" in told


def test_what_belongs_together_is_named_when_only_a_part_is_picked(app, store):
    later = {"effect": "measure_postponed", "measure_id": "M-15", "quarters": 2}
    add(store, "SZ-SPAET", later)
    page = decide(app("szenarien", id="SZ-SPAET"), of="SZ-SPAET")
    labels = [box.label for box in page.checkbox if ".nimm." in box.key and ".nimm.measure:" not in box.key]
    page.button(key="szenario.SZ-SPAET.alle_False").click().run()
    page.checkbox(key="szenario.SZ-SPAET.nimm.measure:M-15").set_value(True).run()
    page.button(key="szenario.SZ-SPAET.carry_out").click().run()
    told = page.error[0].value.replace("\\", "")
    assert "gehört zusammen mit" in told
    assert labels
    assert any(label in told for label in labels)
    assert carried_out_by(store, "SZ-SPAET") is None


def test_a_link_to_a_scenario_is_called_by_its_title(app):
    links = [str(one.proto.label) for one in app("szenarien").get("page_link")]
    assert any("Ansehen" in one and "Zwei Stellen mehr" in one for one in links)
    assert not any("SZ" in one for one in links)


def test_nothing_picked_is_refused_and_all_can_be_picked_again(app, store):
    page = decide(app("szenarien", id="SZ-4"))
    page.button(key="szenario.SZ-4.alle_False").click().run()
    page.button(key="szenario.SZ-4.carry_out").click().run()
    assert "Bitte wählen Sie mindestens eine vorgeschlagene Änderung aus." in read(page)
    page.button(key="szenario.SZ-4.alle_True").click().run()
    page.button(key="szenario.SZ-4.carry_out").click().run()
    assert "Übernommen: 2 Einträge des Plans geändert" in read(page)
    assert carried_out_by(store, "SZ-4") is not None


def test_a_plan_that_somebody_changed_meanwhile_is_not_written_over(app, store):
    page = decide(app("szenarien", id="SZ-4"))
    group = store.newest("capacity_group", "KG-PROJEKTE").record
    theirs = CapacityGroup.model_validate(group.model_dump() | {"fte": 2.5})
    revise_record(store, theirs, 1, by=OFFICE, at=AT, reason="Weggang")
    page.button(key="szenario.SZ-4.carry_out").click().run()
    assert "Es wurde nichts übernommen" in read(page)
    assert carried_out_by(store, "SZ-4") is None
    assert store.newest("capacity_group", "KG-BESTAND").version == 1


# --- changed


def test_the_form_does_not_decide_in_passing(app, store):
    page = app("szenarien", id="SZ-4")
    page.session_state["szenario_form_SZ-4"] = True
    page.run()
    state = next(one for one in page.selectbox if one.key and one.key.endswith(".state"))
    state.set_value("chosen")
    next(one for one in page.text_input if one.key and one.key.endswith(".reason_of_change")).set_value("eilig")
    next(one for one in page.button if one.key and one.key.endswith(".save")).click().run()
    assert not page.exception
    assert scenario(store).state is ScenarioState.draft
    assert "nur mit einer Entscheidung" in read(page)


def test_the_form_shows_at_the_row_which_field_an_effect_does_not_use(app, store):
    page = app("szenarien", id="SZ-4")
    page.session_state["szenario_form_SZ-4"] = True
    page.run()
    row = next(one for one in page.selectbox if one.key and one.key.endswith(".changes.0.measure_id"))
    row.set_value("M-15")
    next(one for one in page.text_input if one.key and one.key.endswith(".reason_of_change")).set_value("genauer")
    next(one for one in page.button if one.key and one.key.endswith(".save")).click().run()
    assert not page.exception
    assert store.newest("scenario", "SZ-4").version == 1
    assert "braucht die Angabe „Maßnahme“ nicht" in read(page)


def test_the_form_keeps_the_reason_of_a_decision_apart_from_that_of_a_change(app, store):
    page = decide(app("szenarien", id="SZ-4"))
    page.session_state["szenario_form_SZ-4"] = True
    page.run()
    next(one for one in page.text_input if one.key and one.key.endswith(".title")).set_value("Zwei neue Stellen")
    next(one for one in page.text_input if one.key and one.key.endswith(".reason_of_change")).set_value("genauer")
    next(one for one in page.button if one.key and one.key.endswith(".save")).click().run()
    assert (scenario(store).title, scenario(store).reason) == ("Zwei neue Stellen", "Der Rat will es.")
    assert store.history()[0].change.reason == "genauer"


def test_a_new_scenario_is_added_with_its_title(app, store):
    page = app("szenarien")
    page.session_state["szenario_form_"] = True
    page.run()
    next(one for one in page.text_input if one.key and one.key.endswith(".title")).set_value("Halbe Stelle")
    next(one for one in page.button if one.key and one.key.endswith(".save")).click().run()
    assert not page.exception
    assert "Halbe Stelle" in [one.title for one in store.records(Scenario)]
    assert "Gespeichert: Halbe Stelle" in read(page)
