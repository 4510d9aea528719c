"""Reminders from the plan to the mail server: what is written, to whom, in which words, and what is kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from metrics.domain.mail import MailKind, MailState, MailTrouble
from metrics.domain.people import Account, Cadence, Role
from metrics.domain.refusals import MailNotFound, MailSettled, RemindersRunning
from metrics.store.ledger import Store
from metrics.usecases import reminding
from metrics.usecases.access import Person
from metrics.usecases.reminder_text import ADDRESSES, MOST_LINES
from metrics.usecases.reminding import (
    Reminded,
    give_up,
    outbox_view,
    preview_reminders,
    remind,
    send_again,
    send_trial,
    send_waiting,
)
from pages.frame import table
from tests.mail_server import Fault, MailServer
from tests.plan import a_follow_up, a_sitting
from tests.reminders import AT, MONDAY, OFFICE, a_task, an_account, settings_for, with_people

BY = Person("Zeitplan", Role.administration)
SATURDAY = MONDAY - timedelta(days=2)


def run(store: Store, server: MailServer, today: date = MONDAY, **over: Any) -> Reminded:
    at = over.pop("at", AT + (today - MONDAY))
    return remind(store, settings_for(server.port, **over), by=BY, at=at, today=today)


def tasks(monkeypatch: pytest.MonkeyPatch, *found: Any) -> None:
    monkeypatch.setattr(reminding, "tasks_of_office", lambda *_: found)


def bodies(server: MailServer) -> dict[str, str]:
    return {str(one["To"]): one.get_content().replace("\r\n", "\n") for one in server.messages}


def test_a_value_that_is_due_is_told_to_its_owners_with_a_link_to_the_form(store: Store, server: MailServer) -> None:
    with_people(store, an_account("P-1"), an_account("P-2", language="en"), an_account("P-3", functions=("Presse",)))
    done = run(store, server)
    told = bodies(server)
    assert (done.written, done.outcome.sent, done.outcome.failed) == (2, 2, 0)
    assert set(told) == {"p-1@bottrop.example", "p-2@bottrop.example"}
    assert "- Wert eintragen: Arbeitslosenquote (fällig am 30.11.2026)\n" in told["p-1@bottrop.example"]
    assert "https://plan.example/eingabe?id=I-ALQ\n" in told["p-1@bottrop.example"]
    assert "unter „Mein Konto“: https://plan.example/konto" in told["p-1@bottrop.example"]
    assert "Arbeitslosenquote (due on 30 Nov 2026)\n" in told["p-2@bottrop.example"]
    assert {str(one["Subject"]) for one in server.messages} == {"Zukunftsplan: 1 Aufgabe", "Zukunftsplan: 1 task"}


def test_a_decision_that_is_overdue_is_told_to_whoever_carries_it_out(store: Store, server: MailServer) -> None:
    with_people(store, an_account("P-1"), an_account("P-3", functions=("Presse",)))
    with store.change(by="Amt", at=AT, action="add") as writing:
        writing.add([a_sitting(), a_follow_up(owner="Presse", due=MONDAY - timedelta(days=3))])
    run(store, server)
    told = bodies(server)["p-3@bottrop.example"]
    assert "- Beschluss ausführen: Zielwert anpassen (seit 3 Tagen überfällig)\n" in told
    assert "https://plan.example/beschluesse?id=FU-1\n" in told
    assert "Beschluss ausführen" not in bodies(server)["p-1@bottrop.example"]


def test_the_same_run_twice_writes_and_sends_nothing_more(store: Store, server: MailServer) -> None:
    with_people(store)
    run(store, server)
    again = run(store, server)
    assert (again.written, again.outcome.sent, len(server.received)) == (0, 0, 2)


def test_the_text_is_gone_once_it_is_sent_and_the_row_after_ninety_days(store: Store, server: MailServer) -> None:
    with_people(store)
    run(store, server)
    for mail in store.outbox.all():
        assert (mail.state, mail.subject, mail.body) == (MailState.sent, None, None)
        assert mail.delete_on == MONDAY + timedelta(days=90)
    assert run(store, server, MONDAY + timedelta(days=89)).deleted == 0
    assert run(store, server, MONDAY + timedelta(days=90)).deleted == 2


def test_nobody_is_reminded_on_a_day_off_but_what_waits_is_sent(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_people(store)
    tasks(monkeypatch, a_task())
    assert run(store, server, SATURDAY).written == 0
    server.every = Fault.refuse_text_now
    assert run(store, server, MONDAY - timedelta(days=3)).outcome.waiting == 2
    server.every = None
    done = run(store, server, SATURDAY)
    assert (done.working_day, done.written, done.outcome.sent) == (False, 0, 2)


def test_who_is_away_gets_nothing_and_the_deputy_gets_it_instead(store: Store, server: MailServer) -> None:
    away = an_account("P-1", absent_from=MONDAY, absent_until=MONDAY)
    with_people(store, away, an_account("P-2", functions=("Amtsleitung",)))
    found = store.newest("indicator", "I-ALQ")
    with store.change(by="Amt", at=AT, action="revise") as writing:
        writing.revise(found.record.model_copy(update={"deputy": "Amtsleitung"}), 1)
    run(store, server)
    assert [str(one["To"]) for one in server.messages] == ["p-2@bottrop.example"]


def test_at_most_fifteen_are_listed_what_hurts_most_first(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_people(store, an_account())
    tasks(monkeypatch, *(a_task(f"I-{day}", title=f"Wert {day}", due=date(2026, 11, day)) for day in range(1, 21)))
    run(store, server)
    (body,) = bodies(server).values()
    listed = [line for line in body.splitlines() if line.startswith("- ")]
    assert len(listed) == MOST_LINES
    assert listed[0] == "- Wert eintragen: Wert 1 (seit 29 Tagen überfällig)"
    assert "und 5 weitere: https://plan.example/aufgaben" in body


def test_titles_are_data_in_headers_and_lines(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_people(store, an_account())
    tasks(monkeypatch, a_task("A&B=C ü", title="Böse\r\nBcc: alle@example.org\r\n\r\n."))
    run(store, server)
    (message,) = server.messages
    assert message["Bcc"] is None
    assert "Böse Bcc: alle@example.org ." in message.get_content()
    assert "/eingabe?id=A%26B%3DC%20%C3%BC" in message.get_content()


def test_those_who_lead_hear_once_a_week_what_is_late_by_function_and_without_names(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = an_account("P-L", role=Role.leadership, functions=("Amtsleitung",), name="Lena Leitung")
    with_people(store, leads, an_account("P-1", cadence=Cadence.off, name="Sofie Spät"))
    tasks(
        monkeypatch,
        a_task(due=MONDAY - timedelta(days=40)),
        a_task("I-B", title="Anderes", owner="Archiv", due=MONDAY - timedelta(days=31)),
        a_task("I-C", title="Noch nicht"),
    )
    assert run(store, server).written == 1
    (body,) = bodies(server).values()
    assert body.index("Archiv:") < body.index(OFFICE + ":")
    assert "Noch nicht" not in body and "Spät" not in body and "Lena" not in body
    assert store.outbox.all()[0].kind is MailKind.escalation
    assert run(store, server, MONDAY + timedelta(days=1)).written == 0
    assert run(store, server, MONDAY + timedelta(days=7)).written == 1


def test_what_was_reminded_of_twice_is_told_to_those_who_lead_the_week_after(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = an_account("P-L", role=Role.leadership, functions=("Amtsleitung",))
    with_people(store, leads, an_account("P-1", cadence=Cadence.weekly))
    tasks(monkeypatch, a_task(rhythm_days=365))
    assert [run(store, server, MONDAY + timedelta(weeks=week)).written for week in range(3)] == [1, 1, 2]


def test_a_newer_reminder_replaces_an_older_one_that_still_waits(store: Store, server: MailServer) -> None:
    with_people(store, an_account())
    server.every = Fault.refuse_receiver_now
    run(store, server)
    server.every = None
    run(store, server, MONDAY + timedelta(days=1))
    newer, older = store.outbox.all()
    assert (newer.state, older.state, older.trouble) == (MailState.sent, MailState.given_up, MailTrouble.replaced)
    assert (older.body, len(server.received)) == (None, 1)


def test_an_older_one_that_may_be_out_already_is_not_replaced(store: Store, server: MailServer) -> None:
    with_people(store, an_account())
    server.faults.append(Fault.drop_in_text)
    run(store, server)
    run(store, server, MONDAY + timedelta(days=1))
    assert [mail.state for mail in store.outbox.all()] == [MailState.sent, MailState.sent]


def test_a_refusal_for_good_is_kept_with_its_reason_and_can_be_sent_again_by_hand(
    store: Store, server: MailServer
) -> None:
    with_people(store, an_account())
    server.faults.append(Fault.refuse_receiver_for_good)
    assert run(store, server).outcome.given_up == 1
    (mail,) = store.outbox.all()
    assert (mail.trouble, mail.detail) == (MailTrouble.refused_for_good, "550 5.1.1 no such person")
    later = AT + timedelta(hours=1)
    send_again(store, mail.id, by=BY, at=later)
    assert send_waiting(store, settings_for(server.port), by=BY, at=later, today=MONDAY).sent == 1
    with pytest.raises(MailSettled):
        send_again(store, mail.id, by=BY, at=later)
    with pytest.raises(MailSettled):
        give_up(store, mail.id, by=BY, at=later)
    with pytest.raises(MailNotFound):
        give_up(store, "nie", by=BY, at=later)


def test_the_outcome_unknown_twice_is_not_tried_a_third_time(store: Store, server: MailServer) -> None:
    with_people(store, an_account())
    server.every = Fault.take_and_drop
    for hours in (0, 30, 60, 90):
        run(store, server, at=AT + timedelta(hours=hours))
    (mail,) = store.outbox.all()
    assert (mail.state, mail.trouble, len(server.received)) == (MailState.given_up, MailTrouble.outcome_unknown, 2)
    assert len({str(one["Message-ID"]) for one in server.messages}) == 1


def test_a_server_that_is_not_there_is_tried_twice_in_a_run_and_no_more(store: Store, server: MailServer) -> None:
    with_people(store, *(an_account(f"P-{number}") for number in range(5)))
    server.every = Fault.hang_at_receiver
    done = run(store, server)
    assert (done.written, done.outcome.failed, done.outcome.waiting) == (5, 2, 5)


def test_two_runs_at_once_are_one(store: Store, server: MailServer) -> None:
    with_people(store)
    with store.outbox.one_run(), pytest.raises(RemindersRunning):
        run(store, server)
    assert server.received == []
    assert run(store, server).outcome.sent == 2


def test_who_left_before_the_mail_went_out_gets_none(store: Store, server: MailServer) -> None:
    with_people(store, an_account())
    server.every = Fault.refuse_receiver_now
    run(store, server)
    server.every = None
    account = store.register.find(Account, "P-1")
    assert account is not None
    store.register.put(account.model_copy(update={"blocked": True}), 1)
    done = send_waiting(store, settings_for(server.port), by=BY, at=AT + timedelta(days=1), today=MONDAY)
    assert (done.sent, done.given_up, server.received) == (0, 1, [])
    assert store.outbox.all()[0].trouble is MailTrouble.not_here


def test_a_preview_writes_and_sends_nothing(store: Store, server: MailServer) -> None:
    with_people(store)
    found = preview_reminders(store, by=BY, today=MONDAY)
    assert [digest.account.id for digest in found.digests] == ["P-1", "P-2"]
    assert outbox_view(store, by=BY, today=MONDAY).mails == ()
    assert store.outbox.last_asked_day(MONDAY) is None


def test_a_trial_goes_out_beside_the_outbox(store: Store, server: MailServer) -> None:
    send_trial(settings_for(server.port), "ich@bottrop.example", by=BY, at=AT, language="de")
    assert bodies(server)["ich@bottrop.example"].startswith("Guten Tag,\n\ndiese Probemail ist angekommen")


def test_sending_what_waits_is_no_asking_who_is_to_be_reminded(store: Store, server: MailServer) -> None:
    with_people(store, an_account(cadence=Cadence.weekly))
    send_waiting(store, settings_for(server.port), by=BY, at=AT, today=MONDAY)
    assert run(store, server, MONDAY + timedelta(days=1)).written == 1


def test_what_was_written_to_somebody_can_be_listed_and_erased(store: Store, server: MailServer) -> None:
    with_people(store)
    run(store, server)
    assert [row["id"] for row in store.connection.rows("mails_of_account", {"account_id": "P-1"})] == ["P-1.20261130"]
    from metrics.store.connection import sql

    with store.beside_the_ledger() as cursor:
        cursor.execute(sql("queries", "erase_mails_of_account"), {"account_id": "P-1"})
    assert [mail.account_id for mail in store.outbox.all()] == ["P-2"]


def test_a_mail_leads_to_pages_that_are_there() -> None:
    known = {entry.name: entry.address for entry in table()}
    missing = {name for name, address in ADDRESSES.items() if known.get(name) != address}
    assert missing == set()
