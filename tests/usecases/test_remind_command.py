"""`zukunftsplan remind`: the same alone and beside a running server; its exit code tells a scheduler the outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.cli import main
from metrics.store.ledger import Store
from metrics.usecases.commanding import carry_out
from tests.mail_server import Fault, MailServer, mail_server
from tests.reminders import AT, MONDAY, with_people

ORDER = {"by": "Zeitplan", "today": MONDAY.isoformat()}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as running:
        settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(running.port), "SMTP_TLS": "none"}
        settings |= {"MAIL_FROM": "plan@bottrop.example", "URL": "https://plan.example"}
        for name, value in settings.items():
            monkeypatch.setenv("ZUKUNFTSPLAN_" + name, value)
        yield running


@pytest.fixture
def path(store: Store) -> Path:
    """A closed store with two colleagues."""
    with_people(store).close()
    return store.path


def test_what_was_written_and_sent_is_told_once(
    path: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--database", str(path), "remind", "--today", "30.11.2026"]
    assert main([*command, "--dry-run"]) == 0
    assert "Geschrieben würden: 2." in capsys.readouterr().out
    assert main(command) == 0
    assert capsys.readouterr().out == "Geschrieben: 2, versandt: 2, nicht versandt: 0, noch wartend: 0.\n"
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["written"], found["sent"], found["planned"]) == (
        0,
        0,
        [{"account_id": one, "tasks": 1, "escalated": 0} for one in ("P-1", "P-2")],
    )
    assert len(server.received) == 2


def test_what_could_not_be_sent_ends_the_command_with_one_and_names_no_address(
    path: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.faults.append(Fault.refuse_receiver_for_good)
    assert main(["--database", str(path), "remind", "--today", "2026-11-30"]) == 1
    told = capsys.readouterr()
    assert "versandt: 1, nicht versandt: 1" in told.out
    assert "Seite „Betrieb“" in told.err
    assert "@" not in told.out + told.err


def test_a_setting_that_is_missing_is_named_and_nothing_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ZUKUNFTSPLAN_SMTP_HOST", raising=False)
    assert main(["--database", str(path), "remind", "--today", "2026-11-30"]) == 1
    assert "ZUKUNFTSPLAN_SMTP_HOST" in capsys.readouterr().err
    store = Store.open(path, AT)
    assert (store.outbox.all(), store.outbox.last_asked_day(MONDAY)) == ([], None)
    store.close()


def test_the_server_carries_the_command_out_with_plain_data(store: Store, server: MailServer) -> None:
    with_people(store)
    done = carry_out(store, "remind", ORDER, AT)
    assert json.loads(json.dumps(done)) == done
    assert (done["written"], done["sent"], done["failed"], done["working_day"]) == (2, 2, 0, True)
