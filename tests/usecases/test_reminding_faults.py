"""Whatever fails, and wherever: no reminder is lost, and none arrives more than twice.

A run is broken off before and after every statement and every word to and from a real mail server, and begun again
until nothing is left to send; in most cases by an exception that no handler catches, in some by killing the process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from metrics.domain.mail import MailState, MailTrouble
from metrics.store.ledger import Store
from metrics.store.outbox import Outbox
from metrics.usecases import reminding
from metrics.usecases.access import Person, Role
from tests.conftest import ROOT
from tests.mail_server import Fault, MailServer
from tests.reminders import AT, MONDAY, Crash, Steps, a_task, count_steps, settings_for, with_people

BY = Person("Zeitplan", Role.administration)
PEOPLE = ("P-1", "P-2")
MOST_RUNS = 12
KILLS = 10
EVERY_STEP, SOME_STEPS = 1, 13
"""With another fault beside the crash every thirteenth step will do: together they still take each part of the run."""
CASES: list[Fault | None] = [
    None,
    Fault.refuse_receiver_now,
    Fault.refuse_text_now,
    Fault.refuse_text_for_good,
    Fault.drop_in_text,
    Fault.take_and_drop,
]


def crash() -> None:
    raise Crash


def empty(store: Store) -> None:
    """As before the first run."""
    for person in PEOPLE:
        with store.beside_the_ledger() as cursor:
            cursor.execute("DELETE FROM z.mail WHERE account_id = $id", {"id": person})
            cursor.execute("DELETE FROM z.reminder_run")


def opened_again(store: Store, number: int) -> Store:
    """The store after a crash: opened anew each tenth time, else with nothing but what is stored."""
    if number % 10 == 0:
        path = store.path
        store.close()
        return Store.open(path, AT)
    store.outbox = Outbox(store.connection, store.beside_the_ledger)
    return store


def run_until_done(store: Store, server: MailServer, steps: Steps, number: int) -> tuple[Store, int]:
    """Remind, breaking off once at a step, and go on until nothing waits; returns how many runs that took."""
    steps.done, steps.crash_at = 0, number
    for run in range(MOST_RUNS):
        at = AT + timedelta(days=2 * run)
        steps.counts = True
        try:
            reminding.remind(store, settings_for(server.port), by=BY, at=at, today=MONDAY)
            steps.counts = False
        except Crash:
            steps.counts = False
            store = opened_again(store, number)
        if run and not store.outbox.unsettled():
            return store, run + 1
    raise AssertionError(f"still unsettled after {MOST_RUNS} runs: step {number}")


@pytest.mark.parametrize("fault", CASES, ids=str)
def test_a_run_that_breaks_off_anywhere_loses_nothing_and_doubles_at_most_once(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Fault
) -> None:
    monkeypatch.setattr(reminding, "tasks_of_office", lambda *_: (a_task(),))
    with_people(store)
    steps = count_steps(monkeypatch, crash)
    tally = {"runs": 0, "broken off": 0, "messages": 0, "lost": 0, "doubled": 0, "told": 0, "more than twice": 0}
    number = 1
    while True:
        empty(store)
        server.received.clear()
        server.faults[:] = [fault] if fault else []
        store, runs = run_until_done(store, server, steps, number)
        mails, copies = store.outbox.all(), server.copies()
        assert [mail.account_id for mail in sorted(mails, key=lambda mail: mail.id)] == list(PEOPLE)
        assert set(copies) <= {mail.message_id for mail in mails}
        for mail in mails:
            received = copies[mail.message_id]
            told = mail.state is MailState.given_up and mail.trouble in (
                MailTrouble.outcome_unknown,
                MailTrouble.refused_for_good,
            )
            assert mail.state is MailState.sent or told
            assert (mail.body is None) is (mail.state is MailState.sent)
            tally["messages"] += 1
            tally["told"] += told
            tally["lost"] += received == 0 and not told
            tally["doubled"] += received == 2
            tally["more than twice"] += received > 2
        tally["runs"] += runs
        broken_off = steps.done >= number
        tally["broken off"] += broken_off
        if not broken_off:
            break
        number += EVERY_STEP if fault is None else SOME_STEPS
    with capsys.disabled():
        print(f"\n{fault or 'no other fault'}: " + ", ".join(f"{name} {count}" for name, count in tally.items()))
    assert (tally["lost"], tally["more than twice"]) == (0, 0)
    assert tally["runs"] > (300 if fault is None else 20)
    if fault is None:  # one thing that fails, and one alone: nobody has to look after it
        assert tally["told"] == 0
        assert tally["doubled"] > 0
    store.close()


def test_the_steps_that_are_broken_off_at_are_those_of_the_outbox(
    store: Store, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "tasks_of_office", lambda *_: (a_task(),))
    with_people(store)
    steps = count_steps(monkeypatch, crash)
    reminding.remind(store, settings_for(server.port), by=BY, at=AT, today=MONDAY)
    assert steps.done > 80
    assert len(server.received) == len(PEOPLE)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_process_that_is_killed_loses_nothing_and_doubles_at_most_once(
    store: Store, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with_people(store)
    path = store.path
    store.close()
    pristine = path.read_bytes()
    whole = killed_at(path, server.port, 0)
    total, tally = whole, {"killed": 0, "messages": 0, "lost": 0, "doubled": 0, "more than twice": 0}
    for turn in range(KILLS):
        for left in (path, path.with_name(path.name + ".wal")):
            left.unlink(missing_ok=True)
        path.write_bytes(pristine)
        server.received.clear()
        assert killed_at(path, server.port, 1 + turn * total // KILLS) == -signal.SIGKILL
        tally["killed"] += 1
        again = Store.open(path, AT)
        for run in range(1, MOST_RUNS):
            reminding.remind(again, settings_for(server.port), by=BY, at=AT + timedelta(days=2 * run), today=MONDAY)
            if not again.outbox.unsettled():
                break
        assert [mail.state for mail in again.outbox.all()] == [MailState.sent] * 2
        counts = [server.copies()[mail.message_id] for mail in again.outbox.all()]
        again.close()
        tally["messages"] += len(counts)
        tally["lost"] += counts.count(0)
        tally["doubled"] += counts.count(2)
        tally["more than twice"] += sum(count > 2 for count in counts)
    with capsys.disabled():
        print("\nkilled: " + ", ".join(f"{name} {count}" for name, count in tally.items()))
    assert (tally["lost"], tally["more than twice"]) == (0, 0)


def killed_at(path: Path, port: int, number: int) -> int:
    """Remind in a process that kills itself at a step: its return code, or at no step: how many steps there are."""
    command = [sys.executable, "-m", "tests.usecases.remind_and_die", str(path), str(port), str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    if number:
        return done.returncode
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
