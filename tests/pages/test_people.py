"""Zugänge, Kontaktpersonen and Mein Konto: what they show, store and refuse; and that no other page names a person."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account, Contact, Role
from metrics.store.audit import note
from metrics.store.ledger import Store
from metrics.ui import people_names
from metrics.usecases.access import Person
from metrics.usecases.people import change_account, new_account_id
from tests.pages.conftest import App, charts_without_text, words
from tests.pages.hostile import HOSTILE, unescaped
from tests.plan import a_contact, a_goal, an_account

AT, TODAY = datetime(2026, 11, 24, 9, 0), date(2026, 11, 24)
ME = Person("Amt (lokal)", Role.administration)
PSEUDONYM = "P-0123456789"


def read(page: AppTest) -> str:
    return words(page).replace("\\", "")


def field(page: AppTest, name: str) -> Any:
    """A field or button of the open card's form."""
    kinds = (page.text_input, page.text_area, page.selectbox, page.checkbox, page.button, page.multiselect)
    return next(one for kind in kinds for one in kind if one.key and one.key.split(".")[-1] == name)


def button(page: AppTest, key: str) -> Any:
    return next(one for one in page.button if one.key == key)


def table(page: AppTest, alt: str) -> Any:
    return next(found.value for found in page.dataframe if found.proto.alt == alt)


def sentences(page: AppTest) -> list[str]:
    """The sentences in red, at their fields."""
    found = [element.value.replace("\\", "") for element in page.markdown if element.value.startswith(":red[")]
    return [one.removeprefix(":red[:material/error: ").removesuffix("]") for one in found]


@pytest.fixture
def erika(store: Store) -> Account:
    store.register.put(an_account(id="P-BOSS", name="Chefin", role=Role.administration, functions=()), 0)
    over = {"id": PSEUDONYM, "email": "erika@bottrop.example", "functions": ("Statistikstelle",)}
    return store.register.put(an_account(**over), 0)


def test_an_account_is_added_by_the_form_with_a_function_of_the_plan(app: App, store: Store) -> None:
    page = app("zugaenge")
    field(page, "name").set_value("Anna Amt").run()
    field(page, "email").set_value("anna@bottrop.example").run()
    field(page, "role").set_value("data_steward").run()
    suggested = field(page, "funktion").options
    field(page, "funktion").set_value(suggested[0]).run()
    field(page, "save").click().run()
    assert not page.exception
    (kept,) = store.register.all(Account)
    assert (kept.name, kept.email, kept.role, kept.functions) == (
        "Anna Amt",
        "anna@bottrop.example",
        Role.data_steward,
        (suggested[0],),
    )
    assert f"Angelegt: Anna Amt ({kept.id})" in read(page)
    assert list(table(page, "Zugänge mit Funktion, Rolle und Zustand")["Name"]) == ["Anna Amt"]
    field(page, "save").click().run()
    assert len(store.register.all(Account)) == 1, "an empty form stores nobody"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("name", "", "Name: "),
        ("email", "anna", "E-Mail: "),
        ("left_on", "irgendwann", "Letzter Tag"),
        ("absent_until", "01.01.2026", ""),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_stored(
    app: App, store: Store, erika: Account, name: str, typed: str, sentence: str
) -> None:
    page = app("zugaenge", id=PSEUDONYM)
    field(page, "absent_from").set_value("01.12.2026").run()
    field(page, name).set_value(typed).run()
    field(page, "save").click().run()
    told = sentences(page)
    assert len(told) == 1
    assert sentence in told[0]
    assert store.register.find(Account, PSEUDONYM) == erika


def test_the_last_day_brings_the_day_of_deletion(app: App, store: Store, erika: Account) -> None:
    page = app("zugaenge", id=PSEUDONYM)
    field(page, "left_on").set_value("31.12.2026").run()
    field(page, "save").click().run()
    kept = store.register.find(Account, PSEUDONYM)
    assert kept and (kept.left_on, kept.delete_on) == (date(2026, 12, 31), date(2027, 3, 31))
    assert "Als Nächstes gelöscht: Erika Musterfrau am 31.12.2027" not in read(page)
    assert "Als Nächstes gelöscht: Erika Musterfrau am 31.03.2027." in read(page)


def test_when_somebody_was_faster_both_versions_are_shown_and_mine_can_be_carried_over(
    app: App, store: Store, erika: Account
) -> None:
    page = app("zugaenge", id=PSEUDONYM)
    field(page, "name").set_value("Erika Meine").run()
    change_account(store, PSEUDONYM, 1, {"email": "neu@bottrop.example"}, by=ME, at=AT, today=TODAY)
    page.run()
    assert "inzwischen hat jemand anderes Fassung 2 gespeichert" in read(page)
    rows = table(page, "Unterschiede der beiden Fassungen").to_dict("records")
    assert ("Erika Musterfrau", "Erika Meine") in {(row["Neue Fassung"], row["Ihre Angaben"]) for row in rows}
    assert ("neu@bottrop.example", "erika@bottrop.example") in {
        (row["Neue Fassung"], row["Ihre Angaben"]) for row in rows
    }
    field(page, "rebase").click().run()
    field(page, "save").click().run()
    kept = store.register.find(Account, PSEUDONYM)
    assert kept and (kept.name, kept.email, kept.version) == ("Erika Meine", "neu@bottrop.example", 3)


def test_the_last_administrator_is_refused_on_the_page_too(app: App, store: Store, erika: Account) -> None:
    page = app("zugaenge", id="P-BOSS")
    field(page, "blocked").check().run()
    field(page, "save").click().run()
    assert "letzte Administration" in read(page)
    assert not store.register.find(Account, "P-BOSS").blocked  # type: ignore[union-attr]


def test_the_search_finds_by_name_and_function(app: App, erika: Account) -> None:
    page = app("zugaenge")
    search = next(one for one in page.text_input if one.key == "zugang_suche")
    search.set_value("statistik erika").run()
    assert list(table(page, "Zugänge mit Funktion, Rolle und Zustand")["Name"]) == ["Erika Musterfrau"]
    next(one for one in page.text_input if one.key == "zugang_suche").set_value("niemand").run()
    assert "Zu dieser Suche gibt es keinen Zugang." in read(page)


def test_refused_attempts_are_listed_and_nobody_is_counted(app: App, store: Store, erika: Account) -> None:
    note(store, AuditEvent.sign_in_refused, None, "kein Zugang", at=AT)
    note(store, AuditEvent.signed_in, PSEUDONYM, None, at=AT)
    rows = table(app("zugaenge"), "Anmeldungen, abgelehnte Versuche und Änderungen an Zugängen")
    assert set(rows["Was"]) == {"Anmeldung abgewiesen", "angemeldet"}
    assert list(rows.columns) == ["Zeit", "Was", "Kennung", "Näheres"]


def test_an_erasure_shows_first_what_goes_and_stays_and_wants_to_be_confirmed(
    app: App, store: Store, erika: Account
) -> None:
    with store.change(by=PSEUDONYM, at=AT, action="add_goal") as writing:
        writing.add([a_goal(id="Z-NEU")])
    page = app("zugaenge", id=PSEUDONYM)
    page.session_state[f"loeschen_auf:{PSEUDONYM}"] = True
    page.run()
    assert "Zugang: Erika Musterfrau" in read(page)
    assert f"unter der Kennung {PSEUDONYM}, die dann nichts mehr sagt: 1" in read(page)
    assert button(page, f"loeschen:{PSEUDONYM}").disabled
    next(one for one in page.checkbox if one.key == f"sicher:{PSEUDONYM}").check().run()
    button(page, f"loeschen:{PSEUDONYM}").click().run()
    assert not page.exception
    assert "Die Datenbankdatei wurde neu geschrieben" in read(page)
    assert [one.id for one in store.register.all(Account)] == ["P-BOSS"]
    assert "Erika Musterfrau" not in read(page)


def test_the_history_shows_the_function_and_never_the_name(app: App, store: Store, erika: Account) -> None:
    with store.change(by=PSEUDONYM, at=AT, action="add_goal") as writing:
        writing.add([a_goal(id="Z-NEU")])
    said = read(app("verlauf"))
    assert "Statistikstelle" in said
    assert "Erika" not in said and PSEUDONYM not in said
    store.register.erase(Account, PSEUDONYM)
    said = read(app("verlauf"))
    assert "ehemaliger Zugang" in said and PSEUDONYM not in said


def test_who_wrote_something_is_a_function_an_account_or_the_text_itself(
    app: App, store: Store, erika: Account
) -> None:
    page = app("verlauf")
    assert not page.exception
    assert people_names.shown(PSEUDONYM) == "Statistikstelle"
    assert people_names.shown("P-BOSS") == "Zugang P-BOSS"
    assert people_names.shown(new_account_id()) == "ehemaliger Zugang"
    assert people_names.shown("Amt (lokal)") == "Amt (lokal)"
    store.register.put(erika.model_copy(update={"functions": ("Controlling", "Statistikstelle")}), 1)
    assert people_names.shown(PSEUDONYM) == "Controlling, Statistikstelle"


@pytest.mark.parametrize("address", ["zugaenge", "kontaktpersonen"])
def test_what_was_typed_is_shown_as_it_was_typed(app: App, store: Store, address: str) -> None:
    store.register.put(an_account(name=HOSTILE, functions=(HOSTILE,)), 0)
    store.register.put(a_contact(name=HOSTILE, organisation_id="S-HRW", note=HOSTILE), 0)
    page = app(address, id="P-1" if address == "zugaenge" else "KP-1")
    assert not page.exception
    assert unescaped(page) == []
    assert charts_without_text(page) == []


# --- contact persons ---


def test_a_contact_person_is_added_changed_and_listed_with_the_next_to_be_erased_first(app: App, store: Store) -> None:
    page = app("kontaktpersonen")
    assert field(page, "delete_on").value == "24.11.2027"
    for name, typed in (("name", "Klaus Kontakt"), ("purpose", "Netzwerktreffen"), ("delete_on", "01.06.2027")):
        field(page, name).set_value(typed).run()
    field(page, "save").click().run()
    assert not page.exception
    (kept,) = store.register.all(Contact)
    assert (kept.name, kept.purpose, kept.delete_on) == ("Klaus Kontakt", "Netzwerktreffen", date(2027, 6, 1))
    store.register.put(a_contact(id="KP-FRUEH", name="Frieda Früh", delete_on=date(2026, 12, 1)), 0)
    page = app("kontaktpersonen", id=kept.id)
    assert list(table(page, "Kontaktpersonen, die zuerst zu löschenden oben")["Name"]) == [
        "Frieda Früh",
        "Klaus Kontakt",
    ]
    field(page, "delete_on").set_value("01.06.2031").run()
    field(page, "save").click().run()
    assert sentences(page) == [
        "Eine Kontaktperson bleibt höchstens drei Jahre gespeichert. "
        "Bitte wählen Sie einen Löschtag bis zum 24.11.2029 statt 01.06.2031."
    ]
    assert store.register.find(Contact, kept.id) == kept


def test_a_contact_person_needs_a_purpose_and_a_day(app: App, store: Store) -> None:
    page = app("kontaktpersonen")
    field(page, "name").set_value("Klaus Kontakt").run()
    field(page, "delete_on").set_value("").run()
    field(page, "save").click().run()
    assert {one.split(":")[0] for one in sentences(page)} == {"Zweck", "Löschen am"}
    assert store.register.all(Contact) == []


# --- my account ---


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch, store: Store, erika: Account) -> Account:
    """Erika is who looks."""
    import pages.upkeep.my_account as page

    monkeypatch.setattr(page, "account", lambda: store.register.find(Account, PSEUDONYM))
    monkeypatch.setattr(page, "person", lambda: Person(PSEUDONYM, Role.staff))
    return erika


def test_without_accounts_my_account_says_so(app: App) -> None:
    assert "ohne Anmeldung und ohne Konten" in read(app("konto"))


def test_one_sets_absence_and_reminders_for_oneself(app: App, store: Store, signed_in: Account) -> None:
    page = app("konto")
    field(page, "absent_from").set_value("01.12.2026").run()
    field(page, "cadence").set_value("monthly").run()
    field(page, "save").click().run()
    kept = store.register.find(Account, PSEUDONYM)
    assert kept and (kept.absent_from, kept.cadence.value, kept.name) == (date(2026, 12, 1), "monthly", signed_in.name)
    assert "Gespeichert." in read(page)


def test_the_address_of_the_calendar_is_shown_once(app: App, store: Store, signed_in: Account) -> None:
    page = button(app("konto"), "kalender_neu").click().run()
    shown = [one.value for one in page.code]
    assert len(shown) == 1 and "/kalender/" in shown[0] and shown[0].endswith(".ics")
    page.run()
    assert [one.value for one in page.code] == []
    assert "Gezeigt wird sie nicht noch einmal." in read(page)
    button(page, "kalender_weg").click().run()
    assert store.register.find(Account, PSEUDONYM).calendar_sha256 is None  # type: ignore[union-attr]


def test_what_is_stored_about_me_is_shown_and_gathered_on_demand(app: App, store: Store, signed_in: Account) -> None:
    page = app("konto")
    assert "erika@bottrop.example" in read(page)
    assert page.get("download_button") == []
    button(page, "auskunft").click().run()
    assert len(page.get("download_button")) == 1
    data = page.session_state[f"konto_auskunft:{PSEUDONYM}"]
    assert json.loads(json.dumps(data))["account"]["name"] == "Erika Musterfrau"


def test_one_signs_out_everywhere(app: App, store: Store, signed_in: Account) -> None:
    page = button(app("konto"), "ueberall_abmelden").click().run()
    assert not page.exception
    assert store.register.find(Account, PSEUDONYM).signed_out_at is not None  # type: ignore[union-attr]
