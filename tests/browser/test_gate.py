"""At the gate, in real browsers with a real OpenID provider: work outlives its sign-in, and a role acts at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from metrics.domain.people import Account, Cadence, Role
from metrics.store.ledger import Store
from metrics.usecases.founding import found_store
from tests.browser.conftest import ROOT, TODAY, Server, settled
from tests.browser.openid import Provider, give_name, press_sign_in, protected, sign_in
from tests.mail_server import MailServer, mail_server
from tests.reminders import OFFICE

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 20, 9, 0)
INDICATOR, TITLE = "I-ALQ-J", "Arbeitslosenquote (Jahresdurchschnitt)"
ANTON = "P-0123456789"
"""The account that waits for the first sign-in of the user "amt"."""
NOTE = "Vorläufig, laut Anruf bei der Arbeitsagentur"
GOAL = "Mehr Ladepunkte in der Innenstadt"
REFUSED = "Diese Seite ist Ihrer Rolle nicht zugänglich."


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, openid_provider: Provider, post: MailServer) -> Iterator[Server]:
    """A protected app with mail, and an account in charge of one indicator, to which nobody has signed in yet."""
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_TLS": "none"}
    mail |= {"MAIL_FROM": "plan@bottrop.example"}
    settings = {"ZUKUNFTSPLAN_" + name: value for name, value in mail.items()}
    server = protected(tmp_path_factory.mktemp("office") / "plan.duckdb", openid_provider, **settings)
    store = found_store(server.database, ROOT / "data" / "demo" / "plan.json", NOW)
    _put_in_charge(store)
    store.close()
    server.start()
    yield server
    server.stop()


def _put_in_charge(store: Store) -> None:
    found = store.newest("indicator", INDICATOR)
    with store.change(by="Amt", at=NOW, action="revise_indicator") as writing:
        writing.revise(found.record.model_copy(update={"owner": OFFICE}), found.version)
    told = {"id": ANTON, "purpose": "Anmeldung", "name": "Anton Amt", "email": "amt@stadt.example"}
    store.register.put(Account(**told, role=Role.staff, functions=(OFFICE,), cadence=Cadence.daily), 0)


@pytest.fixture(scope="module")
def anton(browser: Browser) -> Iterator[Page]:
    """The tab of the user "amt" through all tests of this module."""
    context = _german(browser)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def administrator(browser: Browser, office: Server) -> Iterator[Page]:
    """A tab in which the administration is signed in."""
    context = _german(browser)
    page = context.new_page()
    sign_in(page, office, "verwaltung", "zugaenge")
    yield page
    context.close()


def _german(browser: Browser) -> BrowserContext:
    return browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": 1440, "height": 1000})


def test_the_link_of_a_reminder_leads_over_the_sign_in_to_the_form_and_the_history_names_the_function(
    office: Server, post: MailServer, anton: Page
) -> None:
    command = [sys.executable, "-m", "metrics.cli", "--database", str(office.database), "remind", "--today", TODAY]
    environment = os.environ | office.settings
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (message,) = post.messages
    body = message.get_content().replace("\r\n", "\n")
    (address,) = re.findall(rf"- Wert eintragen: .+\n  (http\S+/eingabe\?id={INDICATOR})\n", body)
    anton.goto(address)
    press_sign_in(anton)
    give_name(anton, "amt")
    settled(anton)
    assert anton.url == address
    expect(anton.get_by_role("heading", name=f"Neuer Wert: {TITLE}")).to_be_visible()
    _type(anton, "Zeitraum", "2025")
    _type(anton, "Wert in %", "7,9")
    expect(anton.get_by_role("heading", name="Mit Ihrem Wert: 7,9 %")).to_be_visible()
    anton.get_by_role("button", name="Wert speichern").click()
    expect(anton.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text("7,9 %")
    assert _values(office, "2025-01-01") == [7.9]
    anton.goto(office.address + "/verlauf")
    settled(anton)
    main = anton.get_by_test_id("stMain")
    expect(main.get_by_text(OFFICE).first).to_be_visible()
    expect(main.get_by_text(ANTON)).to_have_count(0)
    expect(main.get_by_text("Anton Amt")).to_have_count(0)


def test_a_sign_in_that_ends_in_the_middle_of_typing_loses_nothing_and_stores_nothing(
    office: Server, anton: Page, administrator: Page
) -> None:
    _open(anton, office, f"eingabe?id={INDICATOR}")
    _type(anton, "Zeitraum", "2023")
    _type(anton, "Wert in %", "7,8")
    note = anton.get_by_role("textbox", name="Anmerkung")
    note.fill(NOTE)  # the cursor stays in it
    _open(administrator, office, f"zugaenge?id={ANTON}")
    administrator.get_by_text("Überall abmelden").first.click()
    administrator.get_by_role("button", name="Überall abmelden").click()
    expect(administrator.get_by_text("Alle Anmeldungen dieser Person sind beendet.")).to_be_visible()
    anton.get_by_role("button", name="Wert speichern").click()
    _expect_closed(anton)
    anton.get_by_text("en", exact=True).first.click()  # one more run, in which the form is long gone
    expect(anton.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    anton.get_by_text("de", exact=True).first.click()
    _expect_closed(anton)
    assert _values(office, "2023-01-01") == []
    anton.get_by_role("button", name="Anmelden", exact=True).click()  # the provider still knows who it is
    expect(anton.get_by_role("heading", name=f"Neuer Wert: {TITLE}")).to_be_visible()
    settled(anton)
    expect(anton.get_by_text("Wiederhergestellt: Ihre Eingaben vom")).to_be_visible()
    expect(anton.get_by_role("textbox", name="Wert in %")).to_have_value("7,8")
    expect(anton.get_by_role("textbox", name="Anmerkung")).to_have_value(NOTE)
    anton.get_by_role("button", name="Wert speichern").click()
    expect(anton.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text("7,8 %")
    assert _values(office, "2023-01-01") == [7.8]


def test_a_role_that_is_taken_away_acts_at_the_next_click_and_the_attempt_is_noted(
    office: Server, anton: Page, administrator: Page
) -> None:
    _open(anton, office, "plan?id=goal")
    title = anton.get_by_role("textbox", name="Titel", exact=False).first
    title.fill(GOAL)
    title.press("Tab")
    _choose(anton, "Ebene", "operativ")
    expect(anton.get_by_role("button", name="Verwerfen").first).to_be_visible()
    _give_role(administrator, office, "Gremium")
    anton.get_by_role("button", name="Speichern", exact=True).click()
    expect(anton.get_by_text(REFUSED)).to_be_visible()
    settled(anton)
    expect(anton.get_by_test_id("stException")).to_have_count(0)
    expect(anton.get_by_role("button", name="Speichern", exact=True)).to_have_count(0)
    expect(anton.get_by_test_id("stPopoverButton").filter(has_text="Gremium")).to_be_visible()  # who is signed in
    expect(anton.get_by_test_id("stTopNav")).not_to_contain_text("Ziele")
    assert GOAL not in [one["title"] for one in office.plan()["goal"]]
    _open(administrator, office, f"zugaenge?id={ANTON}")
    administrator.get_by_text("Anmeldungen und abgelehnte Versuche der letzten 90 Tage").click()
    for event in ("Handlung verweigert", "Seite verweigert"):
        expect(administrator.locator("[role=gridcell]", has_text=event).first).to_be_attached()
    _give_role(administrator, office, "Mitarbeitende")
    _open(anton, office, "plan?id=goal")
    expect(anton.get_by_text("Wiederhergestellt: Ihre Eingaben vom")).to_be_visible()
    anton.get_by_role("button", name="Speichern", exact=True).click()
    expect(anton.get_by_text(f"Angelegt: {GOAL}")).to_be_visible()
    assert [one["title"] for one in office.plan()["goal"]].count(GOAL) == 1


def _open(page: Page, server: Server, address: str) -> None:
    page.goto(f"{server.address}/{address}")
    settled(page)


def _type(page: Page, name: str, text: str) -> None:
    """Fill a field and leave it."""
    field = page.get_by_role("textbox", name=name)
    field.fill(text)
    field.press("Tab")
    settled(page)


def _choose(page: Page, name: str, word: str) -> None:
    box: Locator = page.get_by_role("combobox", name=name).first
    box.click()
    page.get_by_role("option", name=word).first.click()
    settled(page)


def _give_role(administrator: Page, office: Server, word: str) -> None:
    _open(administrator, office, f"zugaenge?id={ANTON}")
    _choose(administrator, "Rolle", word)
    administrator.get_by_role("button", name="Speichern", exact=True).click()
    expect(administrator.get_by_text("Gespeichert: Anton Amt").first).to_be_visible()


def _expect_closed(page: Page) -> None:
    """The door alone."""
    expect(page.get_by_role("button", name="Anmelden", exact=True)).to_be_visible()
    expect(page.get_by_text("Beispielwerte einrechnen")).to_have_count(0)
    settled(page)


def _values(server: Server, start: str) -> list[float]:
    """The stored values of the indicator for the period that begins so."""
    every = [one for one in server.plan()["reading"] if one["indicator_id"] == INDICATOR]
    return [one["value"] for one in every if one["period_start"] == start]
