"""From the reminder to the value: the mail arrives, its link opens the form, and the value is stored."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from metrics.domain.people import Account, Cadence, Role
from metrics.store.ledger import Store
from metrics.usecases.founding import found_store
from tests.browser.conftest import ROOT, TODAY, Server, settled
from tests.mail_server import MailServer, mail_server
from tests.reminders import OFFICE

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 20, 9, 0)
INDICATOR, TITLE = "I-ALQ-J", "Arbeitslosenquote (Jahresdurchschnitt)"


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, post: MailServer) -> Iterator[Server]:
    """The app on the demo plan, with one account in charge of one indicator, and a mail server."""
    running = Server(tmp_path_factory.mktemp("store") / "plan.duckdb")
    store = found_store(running.database, ROOT / "data" / "demo" / "plan.json", NOW)
    store.register.put(keeper(store), 0)
    store.close()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_TLS": "none"}
    settings |= {"MAIL_FROM": "plan@bottrop.example", "URL": running.address}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv("ZUKUNFTSPLAN_" + name, value)
        running.start()
        yield running
        running.stop()


def keeper(store: Store) -> Account:
    """Somebody who holds the function that is put in charge of the indicator."""
    found = store.newest("indicator", INDICATOR)
    with store.change(by="Amt", at=NOW, action="revise_indicator") as writing:
        writing.revise(found.record.model_copy(update={"owner": OFFICE}), found.version)
    return Account(
        id="P-1",
        purpose="Anmeldung",
        name="Sofie Statistik",
        email="sofie@bottrop.example",
        role=Role.data_steward,
        functions=(OFFICE,),
        cadence=Cadence.daily,
    )


def test_the_link_of_a_reminder_leads_to_the_form_in_which_the_value_is_stored(
    server: Server, post: MailServer, tab: Page
) -> None:
    command = [sys.executable, "-m", "metrics.cli", "--database", str(server.database), "remind", "--today", TODAY]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (message,) = post.messages
    body = message.get_content().replace("\r\n", "\n")
    (address,) = re.findall(rf"- Wert eintragen: .+\n  (http\S+/eingabe\?id={INDICATOR})\n", body)
    tab.goto(address)
    settled(tab)
    expect(tab.get_by_role("heading", name=f"Neuer Wert: {TITLE}")).to_be_visible()
    tab.get_by_role("textbox", name="Zeitraum").fill("2025")
    tab.keyboard.press("Tab")
    expect(tab.get_by_text("verstanden: 2025 (01.01.2025 – 31.12.2025)")).to_be_visible()
    tab.get_by_role("textbox", name="Wert in %").fill("7,8")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("heading", name="Mit Ihrem Wert: 7,8 %")).to_be_visible()
    settled(tab)
    tab.get_by_role("button", name="Wert speichern").click()
    expect(tab.get_by_role("status").filter(has_text="Gespeichert").first).to_contain_text("7,8 %")
    stored = [one for one in server.plan()["reading"] if one["indicator_id"] == INDICATOR]
    assert [one["value"] for one in stored if one["period_start"] == "2025-01-01"] == [7.8]


def test_the_page_on_operation_shows_the_mail_as_sent(server: Server, tab: Page) -> None:
    tab.goto(server.address + "/betrieb")
    settled(tab)
    expect(tab.get_by_role("heading", name="Postausgang")).to_be_visible()
    expect(tab.get_by_text("geschrieben: 1, versandt: 1")).to_be_visible()
