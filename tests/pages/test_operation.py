"""The page on operation: the outbox with its reasons, settings without the password, what can be done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.mail import Answer, Delivery, MailState, MailTrouble
from metrics.store.ledger import Store
from tests.mail_server import Fault, MailServer, mail_server
from tests.pages.conftest import App, charts_without_text, words
from tests.reminders import AT, a_mail, an_account

PASSWORD = "sehr-geheim"


@pytest.fixture(scope="module")
def running() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def server(running: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    running.received.clear()
    running.faults.clear()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(running.port), "SMTP_TLS": "none"}
    settings |= {"MAIL_FROM": "plan@bottrop.example", "URL": "https://plan.example"}
    for name, value in settings.items():
        monkeypatch.setenv("ZUKUNFTSPLAN_" + name, value)
    return running


def button(page: AppTest, label: str) -> Any:
    return next(one for one in page.button if one.label == label)


def table(page: AppTest, alt: str) -> Any:
    return next(found.value for found in page.dataframe if found.proto.alt == alt)


def said(page: AppTest) -> str:
    return words(page).replace("\\", "")


def with_mail(store: Store, *, given_up: bool) -> None:
    """An account and a mail for it that waits, or was refused for good."""
    store.register.put(an_account(), 0)
    store.outbox.write([a_mail()], a_mail().due_day, AT)
    if given_up:
        store.outbox.settle(a_mail().id, Answer(Delivery.refused_for_good, "550 <b>nein</b>"), AT, begun=False)


def test_without_settings_the_page_names_what_is_missing(app: App) -> None:
    page = app("betrieb")
    assert not page.exception
    assert "fehlt die Einstellung ZUKUNFTSPLAN_SMTP_TLS" not in said(page)
    assert "fehlt die Einstellung ZUKUNFTSPLAN_SMTP_HOST" in said(page)
    assert "Die Erinnerungen sind noch nie gelaufen." in said(page)
    assert "Probemail an mich" not in [one.label for one in page.button]


def test_the_settings_are_shown_and_the_password_never(
    app: App, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_SMTP_USER", "plan")
    monkeypatch.setenv("ZUKUNFTSPLAN_SMTP_PASSWORD", PASSWORD)
    page = app("betrieb")
    shown = dict(table(page, "Einstellungen für E-Mails").values)
    assert shown["Mailserver"] == f"127.0.0.1:{server.port}"
    assert (shown["Anmeldung"], shown["Passwort"]) == ("plan", "gesetzt")
    assert PASSWORD not in said(page) + str([found.value for found in page.dataframe])


def test_a_mail_that_was_refused_stands_with_its_reason_and_goes_out_again_by_hand(
    app: App, server: MailServer, store: Store
) -> None:
    with_mail(store, given_up=True)
    page = app("betrieb")
    row = table(page, "E-Mails, die neueste zuerst").iloc[0]
    assert (row["An"], row["Stand"]) == ("p-1@bottrop.example", "aufgegeben")
    assert row["Grund"] == "vom Mailserver endgültig abgelehnt"
    assert row["Antwort des Mailservers"] == "550 <b>nein</b>"
    assert charts_without_text(page) == []
    page = button(page, "Erneut senden").click().run()
    assert "Die E-Mail wartet und geht mit dem nächsten Lauf hinaus." in said(page)
    page = button(page, "Wartende jetzt versenden").click().run()
    assert "1 E-Mail versandt, nicht versandt: 0, noch wartend: 0." in said(page)
    assert (len(server.received), store.outbox.find(a_mail().id).state) == (1, MailState.sent)
    assert "Erneut senden" not in [one.label for one in page.button]


def test_a_mail_that_waits_can_be_given_up(app: App, server: MailServer, store: Store) -> None:
    with_mail(store, given_up=False)
    page = button(app("betrieb"), "Aufgeben").click().run()
    assert "Die E-Mail wird nicht mehr versandt." in said(page)
    assert store.outbox.find(a_mail().id).trouble is MailTrouble.by_hand
    assert server.received == []


def test_a_mail_that_may_have_arrived_says_so(app: App, store: Store) -> None:
    with_mail(store, given_up=False)
    store.outbox.begin_hand_over(a_mail().id, AT)
    page = app("betrieb")
    assert "Vielleicht ist sie schon angekommen" in said(page)
    counts = table(page, "E-Mails nach ihrem Stand").set_index("Stand")
    assert list(counts.loc["übergeben, Ausgang unbekannt"]) == [1, 1]


def test_a_trial_mail_tells_what_came_of_it(app: App, server: MailServer) -> None:
    page = app("betrieb")
    page = button(page, "Probemail an mich").click().run()
    assert "Bitte tragen Sie eine Adresse wie amt@stadt.example ein." in said(page)
    page.text_input(key="betrieb_probe").set_value("ich@bottrop.example")
    page = button(page, "Probemail an mich").click().run()
    assert "Die Probemail ist vom Mailserver angenommen." in said(page)
    server.faults.append(Fault.refuse_receiver_for_good)
    page = button(page, "Probemail an mich").click().run()
    assert "ging nicht hinaus: vom Mailserver endgültig abgelehnt (550 5.1.1 no such person)." in said(page)
    assert [str(one["To"]) for one in server.messages] == ["ich@bottrop.example"]
