"""Schedule, money, overlaps and the formula of capacity: what each view says of a plan, of none, and of a large one."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from benchmarks.generate import make_plan
from metrics.domain.base import Evidence
from metrics.domain.measures import Dependency, Measure, MeasureState, Milestone
from metrics.domain.resources import CapacityDeviation
from metrics.ui import runtime
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import charts_without_text, open_page
from tests.pages.test_resources import read
from tests.plan import a_capacity_group, a_funding_pot, a_measure, a_money_line

OFFICE = Person("Amt", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)
VIEWS = ("zeitplan", "geld", "schnittstellen", "kapazitaet", "last")


def view(name, **query):
    page = open_page("ressourcen", res_ansicht=name, **query)
    assert not page.exception
    return page


def table(page, alt):
    """The rows of the table whose text alternative begins so; narrow spaces as plain ones."""
    found = next(one for one in page.dataframe if one.proto.alt.startswith(alt))
    rows = found.value.to_dict("records")
    return [{key: str(one).replace("\u202f", " ") for key, one in row.items()} for row in rows]


def a_row(page, alt, **named):
    (found,) = [row for row in table(page, alt) if named.items() <= row.items()]
    return found


def real(identifier, **over):
    plain = {"title": f"Maßnahme {identifier}", "state": MeasureState.planned, "milestones": (), "goal_ids": ()}
    plain |= {"living_lab_id": None, "starts": None, "ends": None, "partners": (), "target_groups": ()}
    return a_measure(**{**plain, "id": identifier, "evidence": Evidence.own, **over})


def add(store, *records):
    for record in records:
        add_record(store, record, by=OFFICE, at=AT)


def revise(store, kind, identifier, **over):
    found = store.newest(kind, identifier)
    changed = found.record.model_copy(update=over)
    revise_record(store, changed, found.version, by=OFFICE, at=AT, reason="geändert")


# --- Zeitplan ---------------------------------------------------------------------------------------------------------


def test_the_schedule_of_the_demo_has_no_slip_and_names_what_has_no_date(app):
    page = view("zeitplan")
    said = read(page)
    assert "Keine der 2 Maßnahmen mit Endtermin endet später als zuerst zugesagt" in said
    assert "4 Maßnahmen gehen weiter, haben aber keinen Termin und fehlen im Bild" in said
    assert "einen kritischen Weg gibt es deshalb nicht" in said
    assert charts_without_text(page) == []


def test_an_end_that_was_moved_is_told_with_the_days_that_are_sure(app, store):
    revise(store, "measure", "M-15", ends="2029-03")
    page = view("zeitplan")
    assert "1 von 2 Maßnahmen endet später als zuerst zugesagt" in read(page)
    page.session_state["zeitplan_bild_tabelle"] = True
    page.run()
    row = a_row(page, "Zeitplan: ", Maßnahme="Leerstandsmanagement Innenstadt", Stand="geplant")
    assert row["Zuerst zugesagtes Ende"] == "31.12.2028"
    assert row["Tage später als zugesagt"] == "90"


def test_a_milestone_that_was_moved_is_told_at_its_measure(app, store):
    steps = store.newest("measure", "M-15").record.milestones
    later = steps[2].model_copy(update={"due": "2027-09"})
    revise(store, "measure", "M-15", milestones=(*steps[:2], later, *steps[3:]))
    (figure,) = [one.proto.spec for one in view("zeitplan").get("plotly_chart")[:1]]
    assert "1 Meilenstein verschoben" in json.loads(figure)["layout"]["annotations"][2]["text"]


def test_a_broken_order_is_warned_of_and_the_critical_path_told(app, store):
    revise(store, "measure", "M-16", depends_on=(Dependency(measure_id="M-15"),))
    said = read(view("zeitplan"))
    assert "Eine Reihenfolge geht nicht auf" in said
    assert "„Zirkularitäts-Check für 20 Betriebe“ beginnt 671 Tage, bevor „Leerstandsmanagement Innenstadt“" in said
    assert "Kritischer Weg: Leerstandsmanagement Innenstadt → Zirkularitäts-Check für 20 Betriebe" in said


def test_waiting_for_a_measure_that_was_given_up_is_warned_of(app, store):
    revise(store, "measure", "M-16", depends_on=(Dependency(measure_id="M-11"),))
    assert "wartet auf" in read(view("zeitplan"))
    assert "die eingestellt ist" in read(view("zeitplan"))


def test_real_measures_with_dates_leave_the_examples_out_until_asked(app, store):
    add(store, real("M-E", starts="2026-01", ends="2026-06", state=MeasureState.running))
    page = view("zeitplan")
    assert "Die Maßnahme mit Endtermin endet nicht später als zuerst zugesagt" in read(page)
    assert "2 Beispielwerte zählen nicht mit" in read(page)
    assert "1 Maßnahme hat ihr Ende überschritten und läuft noch: Maßnahme M-E" in read(page)
    page.toggle(key="beispiele").set_value(True).run()
    assert "Keine der 3 Maßnahmen mit Endtermin endet später" in read(page)


def test_the_schedule_is_narrowed_by_goal_and_state(app):
    page = view("zeitplan")
    page.selectbox(key="zeitplan_stand").set_value("idea").run()
    assert "Die Maßnahme mit Endtermin endet nicht später" in read(page)
    page.selectbox(key="zeitplan_stand").set_value("running").run()
    assert "Keine Maßnahme mit Termin passt dazu" in read(page)
    page.selectbox(key="zeitplan_stand").set_value(None).run()
    page.selectbox(key="zeitplan_ziel").set_value("Z-A").run()
    assert "Die Maßnahme mit Endtermin endet nicht später" in read(page)


def test_progress_against_time_is_one_sentence_a_table_and_a_curve(app):
    page = view("zeitplan")
    said = read(page)
    assert "Von 2 Maßnahmen mit Meilensteinen liegt eine hinter ihrem Plan" in said
    assert "„Leerstandsmanagement Innenstadt“ um 1,6 Wochen" in said
    assert "Von 4 weiteren lässt es sich nicht sagen" in said
    late = a_row(page, "Fortschritt gegen Zeit je Maßnahme", Maßnahme="Leerstandsmanagement Innenstadt")
    assert (late["Stand"], late["Überfällig"]) == ("◆ 1,6 Wochen zurück", "1")
    assert (late["Bis heute geplant"], late["Erreicht"]) == ("33 %", "17 %")
    assert late["Wochen zum Plan"] == "−1,6"
    lacking = a_row(page, "Fortschritt gegen Zeit je Maßnahme", Maßnahme="Bottroper Handwerksfrühstück")
    assert lacking["Stand"] == "nicht berechenbar: keine Meilensteine"
    assert page.selectbox(key="zeitplan_massnahme").value == "M-15"
    assert "Leerstandsmanagement Innenstadt: 1,6 Wochen zurück, 1 Meilenstein überfällig" in said


def test_progress_that_is_ahead_is_told_so(app, store):
    steps = (Milestone(title="Eins", due="2026-12-15", done_on="2026-11-02"), Milestone(title="Zwei", due="2027-03-01"))
    add(store, real("M-E", starts="2026-01", ends="2027-06", state=MeasureState.running, milestones=steps))
    page = view("zeitplan")
    assert "Die eine Maßnahme mit Meilensteinen liegt nicht hinter ihrem Plan." in read(page)
    assert "Maßnahme M-E: 3 Wochen voraus" in read(page)


# --- Geld -------------------------------------------------------------------------------------------------------------


def test_money_of_this_year_is_summed_and_held_against_the_calendar(app):
    page = view("geld")
    said = read(page)
    assert "2026: 182.000 € geplant, 180.000 € gebunden, 111.700 € ausgegeben" in said
    assert "Mittelabfluss (2026): 61 % der Mittel sind ausgegeben, bis heute geplant waren 90 %" in said
    assert "Das sind 51.352 € weniger als geplant" in said
    assert charts_without_text(page) == []


def test_funding_that_ends_is_told_with_the_day_and_what_hangs_on_it(app):
    said = read(view("geld"))
    assert "am 31.12.2027, in 402 Tagen; 2 Maßnahmen hängen daran" in said
    assert "gehen danach weiter: Leerstandsmanagement Innenstadt" in said
    assert "Eigenanteil 20 %" in said


def test_what_a_pot_lacks_is_told_by_year(app):
    page = view("geld")
    assert "2027 fehlen 3.000 € in „Haushalt der Wirtschaftsförderung (Beispiel)“" in read(page)
    rows = [row for row in table(page, "Töpfe je Jahr") if row["Jahr"] == "2027"]
    assert [row["Fehlt"] for row in rows] == ["3.000 €", ""]


def test_money_is_broken_down_by_goal_measure_or_year(app):
    page = view("geld")
    page.selectbox(key="geld_nach").set_value("ziel").run()
    assert "Eine Maßnahme für mehrere Ziele zählt bei jedem voll" in read(page)
    page.selectbox(key="geld_nach").set_value("jahr").run()
    page.session_state["geld_bild_tabelle"] = True
    page.run()
    assert not page.exception
    assert [row["Wofür"] for row in table(page, "Geplante, gebundene")] == ["2026", "2027", "2028"]
    assert a_row(page, "Geplante, gebundene", Wofür="2027")["Ende der Förderung"].startswith("Förderung endet: Landes")
    assert "alle Jahre: 508.000 € geplant" in read(page)


def test_what_is_not_known_is_not_counted_as_nothing(app):
    page = view("geld")
    page.selectbox(key="geld_jahr").set_value(2028).run()
    said = read(page)
    assert "2028: 93.000 € geplant, 0 € ausgegeben" in said
    assert "gebunden," not in said
    page.selectbox(key="geld_jahr").set_value(2027).run()
    assert "Gebunden: 138.000 € bekannt, bei 3 von 7 Angaben fehlt der Betrag" in read(page)


def test_cost_and_progress_indices_are_folded_away_with_reasons_where_they_cannot_be(app):
    page = view("geld")
    page.session_state["geld_ertragswert"] = True
    page.run()
    row = a_row(page, "Fortschritt und Geld je Maßnahme", Maßnahme="Leerstandsmanagement Innenstadt")
    assert (row["Kosten (CPI)"], row["Fortschritt (SPI)"]) == ("3,33", "0,50")
    assert a_row(page, "Fortschritt und Geld je Maßnahme", Maßnahme="Bottroper Handwerksfrühstück")["Hinweis"] == (
        "nicht berechenbar: keine Meilensteine"
    )
    assert "**CPI** unter 1: teurer als geplant" in read(page)


def test_real_money_is_not_mixed_with_examples_until_asked(app, store):
    add(store, a_capacity_group(id="KG-E", title="Echte Gruppe", evidence=Evidence.own), real("M-E"))
    pot = a_funding_pot(id="FT-E", title="Echter Topf", evidence=Evidence.own, starts=None, ends=None, years=())
    line = {"measure_id": "M-E", "pot_id": "FT-E", "year": 2026, "planned": 1000, "committed": None, "spent": None}
    add(store, pot, a_money_line(id="MA-E", evidence=Evidence.own, **line))
    page = view("geld")
    assert "2026: 1.000 € geplant" in read(page)
    assert "19 Beispielwerte zählen nicht mit" in read(page)
    assert "Mittelabfluss (2026) nicht berechenbar: Angabe zum Mittelabfluss fehlt" in read(page)
    assert "Kein Topf nennt, was er in diesem Jahr oder später hat" in read(page)
    page.toggle(key="beispiele").set_value(True).run()
    assert "2026: 183.000 € geplant" in read(page)


def test_what_is_committed_is_shown_as_entered_and_what_does_not_fit_is_said_in_words(app, store):
    line = {"measure_id": "M-E", "pot_id": None, "year": 2026, "planned": 100, "committed": 5000, "spent": 9000}
    add(store, a_capacity_group(id="KG-E", title="Echte Gruppe", evidence=Evidence.own), real("M-E"))
    add(store, a_money_line(id="MA-E", evidence=Evidence.own, **line))
    page = view("geld", beispiele="false")
    said = read(page)
    assert "2026: 100 € geplant, 5.000 € gebunden, 9.000 € ausgegeben" in said
    assert "Bitte prüfen: Maßnahme M-E, 2026: mehr ausgegeben als gebunden, mehr gebunden als geplant" in said
    page.session_state["geld_bild_tabelle"] = True
    page.run()
    (row,) = table(page, "Geplante, gebundene")
    assert (row["Geplant"], row["Gebunden"], row["Ausgegeben"]) == ("100 €", "5.000 €", "9.000 €")
    assert row["Hinweis"].startswith("mehr ausgegeben als gebunden, mehr gebunden als geplant")
    page.session_state["geld_abfluss_tabelle"] = True
    page.run()
    assert a_row(page, "Mittelabfluss je")["Noch nicht gebunden"] == "8.900 € mehr als geplant"


def test_money_that_fits_gets_no_hint(app):
    assert "Bitte prüfen" not in read(view("geld"))


@pytest.mark.parametrize("by", ["topf", "jahr"])
def test_a_pot_that_does_not_count_ends_neither_in_the_picture_nor_in_the_box_below(app, store, by):
    add(store, a_capacity_group(id="KG-E", title="Echte Gruppe", evidence=Evidence.own), real("M-E"))
    pot = a_funding_pot(id="FT-B", title="Beispieltopf", starts=None, ends="2027-12", years=())
    add(store, pot.model_copy(update={"evidence": Evidence.illustrative}))
    line = {"measure_id": "M-E", "pot_id": "FT-B", "year": 2027, "planned": 1000, "committed": None, "spent": None}
    add(store, a_money_line(id="MA-E", evidence=Evidence.own, **line))
    page = view("geld", beispiele="false")
    page.session_state["geld_bild_tabelle"] = True
    page.selectbox(key="geld_jahr").set_value(0).run()
    page.selectbox(key="geld_nach").set_value(by).run()
    assert "Keine Förderung hat ein Ende, das noch kommt" in read(page)
    assert [row.get("Ende der Förderung", "") for row in table(page, "Geplante, gebundene")] == [""]
    page.toggle(key="beispiele").set_value(True).run()
    page.selectbox(key="geld_nach").set_value("topf").run()
    assert a_row(page, "Geplante, gebundene", Wofür="Beispieltopf")["Ende der Förderung"] == "Förderung endet Dez. 2027"


def test_the_way_to_the_forms_is_a_link(app):
    said = read(view("geld"))
    assert "Finanzierungstöpfe bearbeiten" in said
    assert "Mittel einer Maßnahme bearbeiten" in said


# --- Schnittstellen ---------------------------------------------------------------------------------------------------


def test_overlaps_count_only_measures_that_go_on_and_name_them(app):
    page = view("schnittstellen")
    said = read(page)
    assert "Am meisten berührt: Ziel „Digitalisierung der Betriebe“ mit 2 Maßnahmen" in said
    assert "Bottroper Handwerksfrühstück · laufend · ohne Termin" in said
    assert "2 Beispielwerte zählen nicht mit" in said
    assert a_row(page, "Paare von Maßnahmen", Gemeinsam="1")["Zur selben Zeit"] == "unklar"


def test_two_measures_that_share_a_partner_at_the_same_time_may_be_double_work(app, store):
    time = {"starts": "2026-01", "ends": "2027-12", "partners": ("IHK Nord",), "target_groups": ("Gründende",)}
    later = {**time, "starts": "2028-03", "ends": "2028-12", "partners": ("ihk  nord",)}
    add(store, real("M-E1", **time), real("M-E2", **time), real("M-E3", **later))
    page = view("schnittstellen")
    assert "Am meisten gemeinsam haben „Maßnahme M-E1“ und „Maßnahme M-E2“: 2 Gemeinsamkeiten." in read(page)
    assert "1 Paar läuft sicher zur selben Zeit." in read(page)
    pair = a_row(page, "Paare von Maßnahmen", Maßnahme="Maßnahme M-E1", Und="Maßnahme M-E2")
    assert (pair["Zur selben Zeit"], pair["Zu prüfen"]) == ("ja", "mögliche Synergie oder Doppelarbeit")
    pair = a_row(page, "Paare von Maßnahmen", Maßnahme="Maßnahme M-E1", Und="Maßnahme M-E3")
    assert (pair["Zur selben Zeit"], pair["Zu prüfen"]) == ("nein", "Erfahrungen weitergeben")


# --- Kapazität --------------------------------------------------------------------------------------------------------


def test_the_capacity_is_worked_out_step_by_step_with_weekly_hours_and_fixed_terms(app):
    page = view("kapazitaet")
    page.session_state["kapazitaet_schritte"] = True
    page.run()
    rows = {row["Schritt"]: row for row in table(page, "Rechenweg der Kapazität: Projekte und Netzwerke")}
    assert rows["Projektstelle Netzwerke"]["Rechnung"] == "1 VZÄ bis 31.12.2027, befristet"
    assert rows["Vollzeitkräfte im Quartal"]["Ergebnis"] == "4 VZÄ"
    assert rows["Stunden laut Vertrag"]["Rechnung"] == "4 VZÄ × 39 Wochenstunden × 12,4 Wochen"
    assert rows["Stunden laut Vertrag"]["Ergebnis"] == "1.934,4 Stunden"
    assert rows["Personentage für Maßnahmen"]["Ergebnis"] == "84,3 Personentage"


def test_months_with_another_absence_are_worked_out_one_by_one_and_add_up(app, store):
    revise(store, "capacity_group", "KG-DATEN", deviations=(CapacityDeviation(period="2026-12", absence_share=0.5),))
    page = view("kapazitaet")
    page.session_state["kapazitaet_schritte"] = True
    page.run()
    rows = {row["Schritt"]: row["Ergebnis"] for row in table(page, "Rechenweg der Kapazität: Verwaltung und Daten")}
    assert rows["Okt. 2026: Personentage für Maßnahmen"] == "21,1 Personentage"
    assert rows["Dez. 2026: Personentage für Maßnahmen"] == "12,4 Personentage"
    assert rows["Personentage im Quartal"] == "54,6 Personentage"


def test_posts_are_worked_out_only_with_the_offices_own_minutes_and_nothing_is_filled_in(app):
    page = view("kapazitaet")
    page.session_state["kgst"] = True
    page.run()
    fields = ("kgst_faelle", "kgst_minuten", "kgst_zuschlag", "kgst_jahresminuten")
    assert [page.text_input(key=key).value for key in fields] == ["", "", "", ""]
    page.text_input(key="kgst_faelle").set_value("1.200")
    page.text_input(key="kgst_minuten").set_value("90").run()
    assert "Noch nicht berechenbar: Jahresarbeitsminuten fehlen" in read(page)
    page.text_input(key="kgst_jahresminuten").set_value("96.000").run()
    assert "Gebraucht: 1,13 Stellen" in read(page)
    page.text_input(key="kgst_faelle").set_value("1200.5").run()
    assert "Gebraucht" not in read(page)
    assert len(page.error) == 1


# --- any plan ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIEWS)
def test_an_empty_plan_opens_and_says_that_there_is_nothing_yet(empty_app, name):
    said = read(view(name))
    assert "Noch keine Gruppe mit Kapazität" in said


def test_an_empty_plan_says_in_each_view_what_is_lacking(empty_app):
    assert "Keine Maßnahme geht weiter" in read(view("zeitplan"))
    assert "Noch keine Mittel. Legen Sie einen Finanzierungstopf an" in read(view("geld"))
    assert "Keine zwei Maßnahmen, die weitergehen, berühren dasselbe." in read(view("schnittstellen"))


@pytest.mark.parametrize("name", ["zeitplan", "geld", "schnittstellen"])
def test_hostile_titles_stay_data_in_every_view(app, store, name):
    title = "<img src=x onerror=alert(1)> **fett** $x$"
    common = {"title": title, "starts": "2026-01", "ends": "2026-06", "partners": (title,), "goal_ids": ("Z-A",)}
    steps = (Milestone(title=title, due="2026-02"),)
    running = {**common, "state": MeasureState.running, "milestones": steps}
    add(store, real("M-X1", **running), real("M-X2", **running, depends_on=(Dependency(measure_id="M-X1"),)))
    pot = a_funding_pot(id="FT-X", title=title, starts=None, ends="2027-12", years=({"year": 2027, "amount": 1},))
    add(store, pot.model_copy(update={"evidence": Evidence.illustrative}))
    line = a_money_line(id="MA-X", measure_id="M-X1", pot_id="FT-X", year=2027, planned=5, committed=1, spent=None)
    add(store, line.model_copy(update={"evidence": Evidence.illustrative}))
    page = view(name, beispiele="true")
    said = "\n".join(str(one.value) for kind in ("markdown", "caption", "warning", "header") for one in page.get(kind))
    assert "\\<img" in said
    assert "<img" not in said.replace("\\<", "")
    assert "**fett**" not in said


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "plan.duckdb"
    make_plan(1000, 20, 200, path)
    return path


@pytest.fixture
def large_plan(large, monkeypatch):
    monkeypatch.setenv("ZUKUNFTSPLAN_DATABASE", str(large))
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", "2026-11-24")
    yield
    runtime.stop()


def test_a_plan_with_a_thousand_measures_opens_in_every_view(large_plan):
    schedule = view("zeitplan")
    assert "Keine der 700 Maßnahmen mit Endtermin endet später als zuerst zugesagt" in read(schedule)
    assert len(schedule.get("plotly_chart")) == 1
    assert "150 Reihenfolgen gehen nicht auf" in read(schedule)
    schedule.session_state["zeitplan_reihenfolgen"] = True
    schedule.run()
    assert len(table(schedule, "Alle Reihenfolgen, die nicht aufgehen")) == 150
    assert "2026: 9.800.000 € geplant" in read(view("geld"))
    assert "mit 40 Maßnahmen" in read(view("schnittstellen"))
    assert len(runtime.store().records(Measure)) == 1000
