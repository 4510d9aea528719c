"""The demand grid: what is typed stays until it is stored or given up, is stored once, and overwrites nobody."""

from __future__ import annotations

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from metrics.domain.periods import between
from metrics.domain.resources import ResourceDemand
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.demanding import CellChange, demand_grid, save_demands
from metrics.usecases.planning import add_record, withdraw_record
from tests.pages.conftest import App, words
from tests.plan import a_capacity_group, a_measure

COLLEAGUE = Person("Frau B.", Role.staff)
AT = datetime(2026, 11, 24, 9, 0)
GROUPS = ["KG-BESTAND", "KG-DATEN", "KG-PROJEKTE"]
QUARTERS = between("2026-Q4", "2028-Q4")
STAND = {"2027-Q1": 40.0, "2027-Q2": 60.0, "2027-Q3": 70.0, "2027-Q4": 50.0}


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
def plan(store: Store) -> Store:
    """A measure of 2027 and 2028 for which one group works in the four quarters of 2027; 1,000 € go with the first."""
    add_record(
        store, a_measure(id="M-N", title="Neu im Raster", starts="2027", ends="2028", goal_ids=()), by=COLLEAGUE, at=AT
    )
    for quarter, days in STAND.items():
        budget = 1000.0 if quarter == "2027-Q1" else 0.0
        told = {"measure_id": "M-N", "group_id": "KG-DATEN", "period": quarter, "person_days": days, "budget": budget}
        add_record(store, ResourceDemand(id=f"RB-N-{quarter}", **told), by=COLLEAGUE, at=AT)
    return store


def grid(app: App, **query: str) -> AppTest:
    page = app("ressourcen", res_ansicht="kapazitaet", **query)
    page.selectbox(key="ressourcen_welche_massnahme").set_value("M-N").run()
    assert not page.exception
    return page


def cell(page: AppTest, group: str, period: str):
    """A field, by how its key begins."""
    begins = f"bedarfsraster.M-N.{group}.{period}."
    return next(found for found in page.text_input if (found.key or "").startswith(begins))


def type_into(page: AppTest, typed: dict[tuple[str, str], str]) -> AppTest:
    for place, text in typed.items():
        cell(page, *place).set_value(text).run()
    assert not page.exception
    return page


def save(page: AppTest, reason: str = "Beschluss") -> AppTest:
    field = next(found for found in page.text_input if (found.key or "").startswith("bedarfsraster.M-N.grund."))
    field.set_value(reason)
    page.button(key="bedarfsraster.M-N.speichern").click().run()
    assert not page.exception
    return page


def rows(page: AppTest) -> list[str]:
    """The groups that have a row, from top to bottom."""
    keys = [str(found.key) for found in page.text_input if str(found.key).startswith("bedarfsraster.M-N.KG")]
    return list(dict.fromkeys(key.split(".")[2] for key in keys))


def stored(store: Store, *more: str) -> dict[tuple[str, str], float]:
    cells = demand_grid(store, "M-N", [*GROUPS, *more], QUARTERS, by=COLLEAGUE)
    return {place: found.person_days for place, found in cells.items() if found.person_days is not None}


def theirs(store: Store, group: str, period: str, days: float | None) -> None:
    """A colleague changes a cell meanwhile."""
    seen = demand_grid(store, "M-N", [group], [period], by=COLLEAGUE)[group, period]
    save_demands(store, "M-N", [CellChange(group, period, days, seen)], by=COLLEAGUE, at=AT, reason="Klausur")


def at_first() -> dict[tuple[str, str], float]:
    return {("KG-DATEN", quarter): days for quarter, days in STAND.items()}


def alerts(page: AppTest) -> str:
    return "\n".join(str(found.value) for found in [*page.error, *page.warning]).replace("\\", "")


def test_cells_are_stored_together_with_german_numbers_and_only_when_saved(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "12,5", ("KG-BESTAND", "2027-Q3"): "1.234,5"})
    assert "2 Zellen geändert, nicht gespeichert" in read(page)
    assert "Verwaltung und Daten, 1. Quartal 2027: 40 → 12,5" in read(page)
    assert stored(plan) == at_first()
    before = plan.change_number()
    save(page)
    wanted = at_first() | {("KG-DATEN", "2027-Q1"): 12.5, ("KG-BESTAND", "2027-Q3"): 1234.5}
    assert stored(plan) == wanted
    assert plan.change_number() == before + 1
    assert "2 Zellen gespeichert" in read(page)
    assert "nicht gespeichert" not in read(page)
    assert cell(page, "KG-DATEN", "2027-Q1").value == "12,5"


def test_a_second_click_on_save_stores_nothing_more(app: App, plan: Store) -> None:
    page = save(type_into(grid(app), {("KG-BESTAND", "2027-Q3"): "5"}))
    number = plan.change_number()
    save(page)
    assert plan.change_number() == number
    assert stored(plan)["KG-BESTAND", "2027-Q3"] == 5


@pytest.mark.parametrize(
    ("place", "typed", "said"),
    [
        (("KG-DATEN", "2027-Q1"), "-3", "Verwaltung und Daten, 1. Quartal 2027: −3 Personentage gehen nicht"),
        (
            ("KG-DATEN", "2027-Q1"),
            "100.001",
            "100.001 Personentage gehen nicht, möglich sind 0 bis 100.000",
        ),
        (("KG-DATEN", "2027-Q1"), "42.5", "1. Quartal 2027: „42.5“ lässt sich nicht sicher lesen"),
        (("KG-DATEN", "2027-Q1"), "viel", "„viel“"),
        (("KG-BESTAND", "2026-Q4"), "3", "liegt außerhalb der Zeit der Maßnahme „Neu im Raster“"),
    ],
)
def test_what_cannot_be_is_told_with_its_cell_and_nothing_is_stored(
    app: App, plan: Store, place: tuple[str, str], typed: str, said: str
) -> None:
    page = grid(app)
    page.selectbox(key="bedarfsraster.M-N.ab_quartal").set_value("2026-Q4").run()
    type_into(page, {("KG-PROJEKTE", "2027-Q2"): "7", place: typed})
    assert said in alerts(page)
    save(page)
    assert "Noch nichts gespeichert" in alerts(page)
    assert stored(plan) == at_first()
    assert cell(page, *place).value == typed
    type_into(page, {place: ""})
    save(page)
    assert stored(plan)["KG-PROJEKTE", "2027-Q2"] == 7


def test_an_emptied_cell_ends_its_demand_and_its_money_is_named_before(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "", ("KG-DATEN", "2027-Q2"): "0"})
    assert "Mit den geleerten Zellen endet auch ihr Geld: 1.000 €." in read(page)
    save(page, reason="")
    assert "Bitte nennen Sie den Grund" in alerts(page)
    assert stored(plan) == at_first()
    save(page)
    assert plan.newest("resource_demand", "RB-N-2027-Q1").withdrawn
    assert stored(plan) == dict(zip([("KG-DATEN", f"2027-Q{part}") for part in (2, 3, 4)], (0, 70, 50), strict=True))


def test_what_is_typed_survives_another_page_another_measure_and_another_language(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "12,5"})
    page.selectbox(key="ressourcen_welche_massnahme").set_value("M-15").run()
    assert "Nicht gespeichert ist auch: Neu im Raster" in read(page)
    page._page_hash = calc_hash("ziele")
    page.run()
    page._page_hash = calc_hash("ressourcen")
    page.run()
    page.selectbox(key="ressourcen_welche_massnahme").set_value("M-N").run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == "12,5"
    assert "1 Zelle geändert, nicht gespeichert" in read(page)
    page.session_state["lang"] = "en"
    page.run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == "12.5"
    save(page)
    assert stored(plan)["KG-DATEN", "2027-Q1"] == 12.5


def test_discarding_brings_the_stored_values_back(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "12,5", ("KG-BESTAND", "2027-Q3"): "x"})
    page.button(key="bedarfsraster.M-N.verwerfen").click().run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == "40"
    assert cell(page, "KG-BESTAND", "2027-Q3").value == ""
    assert "nicht gespeichert" not in read(page)
    assert stored(plan) == at_first()


@pytest.mark.parametrize(
    ("button", "shown", "kept"),
    [("meins", "50", 50.0), ("anderes", "45", 45.0)],
)
def test_a_cell_that_somebody_changed_meanwhile_shows_both_values_and_one_is_chosen(
    app: App, plan: Store, button: str, shown: str, kept: float
) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "50", ("KG-BESTAND", "2027-Q3"): "5"})
    theirs(plan, "KG-DATEN", "2027-Q1", 45)
    save(page)
    said = "Verwaltung und Daten, 1. Quartal 2027: Sie haben 40 geändert in 50; inzwischen steht dort 45 (von Frau B.)."
    assert said in alerts(page)
    assert stored(plan) == at_first() | {("KG-DATEN", "2027-Q1"): 45}
    page.button(key=f"bedarfsraster.M-N.{button}.KG-DATEN.2027-Q1").click().run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == shown
    save(page)
    assert stored(plan) == at_first() | {("KG-DATEN", "2027-Q1"): kept, ("KG-BESTAND", "2027-Q3"): 5}


def test_a_change_beside_the_own_cells_is_no_conflict_and_is_shown_after_saving(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "50"})
    theirs(plan, "KG-DATEN", "2027-Q2", 61)
    save(page)
    assert stored(plan) == at_first() | {("KG-DATEN", "2027-Q1"): 50, ("KG-DATEN", "2027-Q2"): 61}
    assert cell(page, "KG-DATEN", "2027-Q2").value == "61"


def test_a_cell_that_somebody_emptied_meanwhile_can_be_given_up(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "50"})
    theirs(plan, "KG-DATEN", "2027-Q1", None)
    page.run()
    assert "Sie haben 40 geändert in 50; inzwischen steht dort leer (von Frau B.)" in alerts(page)
    page.button(key="bedarfsraster.M-N.anderes.KG-DATEN.2027-Q1").click().run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == ""
    assert "nicht gespeichert" not in read(page)
    assert ("KG-DATEN", "2027-Q1") not in stored(plan)


def test_two_cells_of_one_spread_demand_changed_by_two_people_are_both_kept(app: App, plan: Store) -> None:
    spread = {"measure_id": "M-N", "group_id": "KG-BESTAND", "period": "2027-Q1", "until": "2027-Q3", "person_days": 90}
    add_record(plan, ResourceDemand(id="RB-N-BREIT", **spread), by=COLLEAGUE, at=AT)
    page = type_into(grid(app), {("KG-BESTAND", "2027-Q1"): "12"})
    theirs(plan, "KG-BESTAND", "2027-Q2", 45)
    save(page)
    assert "1 Zelle gespeichert" in read(page)
    of_the_spread = {period: days for (group, period), days in stored(plan).items() if group == "KG-BESTAND"}
    assert of_the_spread == {"2027-Q1": 12, "2027-Q2": 45, "2027-Q3": 30}


def test_a_measure_that_is_withdrawn_meanwhile_is_told_and_the_page_goes_on(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-BESTAND", "2027-Q1"): "12"})
    for quarter in STAND:
        withdraw_record(plan, "resource_demand", f"RB-N-{quarter}", 1, by=COLLEAGUE, at=AT, reason="entfällt")
    withdraw_record(plan, "measure", "M-N", 1, by=COLLEAGUE, at=AT, reason="entfällt")
    page.button(key="bedarfsraster.M-N.speichern").click().run()
    assert not page.exception
    assert stored(plan) == {}


def test_of_many_groups_those_that_the_measure_asks_for_have_rows_and_others_can_be_added(
    app: App, plan: Store
) -> None:
    for number in range(5):
        add_record(plan, a_capacity_group(id=f"KG-{number}", title=f"Gruppe {number}"), by=COLLEAGUE, at=AT)
    page = grid(app)
    assert rows(page) == ["KG-DATEN"]
    page.multiselect(key="bedarfsraster.M-N.gruppen").set_value(["KG-3"]).run()
    assert rows(page) == ["KG-3", "KG-DATEN"]
    save(type_into(page, {("KG-3", "2027-Q1"): "4"}))
    assert stored(plan, "KG-3")["KG-3", "2027-Q1"] == 4
    assert rows(page) == ["KG-3", "KG-DATEN"]


def test_while_nothing_is_typed_the_grid_follows_what_others_store(app: App, plan: Store) -> None:
    page = grid(app)
    theirs(plan, "KG-DATEN", "2027-Q1", 45)
    page.run()
    assert cell(page, "KG-DATEN", "2027-Q1").value == "45"
    assert "nicht gespeichert" not in read(page)


def test_too_much_is_seen_while_typing_and_the_sums_follow(app: App, plan: Store) -> None:
    page = grid(app)
    assert "Summe" in read(page)
    assert "**220**" in read(page)
    assert "frei 63,2" in read(page)
    type_into(page, {("KG-DATEN", "2028-Q1"): "70"})
    assert "**▲ 6,8 zu viel**" in read(page)
    assert "**290**" in read(page)


def test_months_show_a_quarter_in_thirds_and_wait_for_what_is_not_stored(app: App, plan: Store) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): "30"})
    page.radio(key="bedarfsraster.M-N.einteilung").set_value(False).run()
    assert "wechselt die Tabelle, sobald gespeichert oder verworfen ist" in "".join(one.value for one in page.info)
    assert cell(page, "KG-DATEN", "2027-Q1").value == "30"
    save(page)
    page.selectbox(key="bedarfsraster.M-N.ab_monat").set_value("2027-01").run()
    assert cell(page, "KG-DATEN", "2027-02").value == "10"
    assert "≈ kommt aus einem Bedarf über mehrere oder andere Zeiträume" in read(page)
    save(type_into(page, {("KG-DATEN", "2027-02"): "4"}))
    assert stored(plan)["KG-DATEN", "2027-Q1"] == 24


def test_every_field_has_a_name_of_its_own_that_says_group_and_period(app: App, plan: Store) -> None:
    page = grid(app)
    names = [one.label for one in page.text_input if (one.key or "").startswith("bedarfsraster.M-N.KG")]
    assert len(names) == len(set(names)) == 18
    assert "Verwaltung und Daten, 1. Quartal 2027" in names


def test_every_cell_and_sum_says_what_it_is_about_where_columns_stand_below_each_other(app: App, plan: Store) -> None:
    page = grid(app)
    page.selectbox(key="bedarfsraster.M-N.ab_quartal").set_value("2026-Q4").run()
    fields = [one for one in page.text_input if (one.key or "").startswith("bedarfsraster.M-N.KG")]
    assert {one.proto.label_visibility.value for one in fields} == {0}  # visible; only wide screens hide it
    said = read(page)
    assert "**Summe Q4 2026: –**" in said
    assert "**Summe Q1 2027: 40**" in said
    assert "Summe Verwaltung und Daten: 220" in said
    assert "**Summe alles zusammen: 220**" in said


@pytest.mark.parametrize("typed", ["-5", "999.999.999", "viel"])
def test_a_value_that_is_refused_is_in_no_sum(app: App, plan: Store, typed: str) -> None:
    page = type_into(grid(app), {("KG-DATEN", "2027-Q1"): typed, ("KG-BESTAND", "2027-Q1"): "3"})
    said = read(page)
    assert "**Summe Q1 2027: 3**" in said
    assert "Summe Verwaltung und Daten: 180" in said
    assert "**Summe alles zusammen: 183**" in said
    assert "Die Summen lassen Zellen aus" in said
    page.button(key="bedarfsraster.M-N.verwerfen").click().run()
    assert "**Summe Q1 2027: 40**" in read(page)
    assert "Die Summen lassen Zellen aus" not in read(page)
