"""The command line through real processes, alone and beside a running holder of the store."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from metrics.cli import main
from metrics.domain.prioritisation.nutzwert import METHOD
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread
from metrics.domain.progress.rules import RULES
from metrics.locale.argparse_words import GERMAN
from metrics.locale.catalogue import LANGUAGES
from metrics.locale.words import rule_name
from metrics.store.ledger import Store
from metrics.ui import control
from metrics.usecases.access import Person
from metrics.usecases.keeping import check_backup
from metrics.usecases.ranking import rank_round
from metrics.usecases.ranking_data import ranking_as_data
from metrics.usecases.remote import Token, token_path, write_token_file
from tests.command_line import refused, run
from tests.conftest import ROOT
from tests.usecases.test_rounds import opened, with_a_plan


@contextmanager
def holder(store: Store) -> Iterator[int]:
    """A server that holds the store and serves the route, as the app does."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    app = Starlette(routes=list(control.control_routes(lambda: store)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    control.write_token(store.path, f"http://127.0.0.1:{port}")
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        control.remove_token(store.path)


@pytest.fixture
def served(demo_store: Store) -> Iterator[Path]:
    with holder(demo_store):
        yield demo_store.path


def test_a_plan_lives_from_demo_to_restore_without_a_server(tmp_path: Path) -> None:
    database, copy, plan = tmp_path / "new" / "plan.duckdb", tmp_path / "copy.duckdb", tmp_path / "plan.json"
    database.parent.mkdir()
    assert "Vorführplan" in run(database, "demo").stdout
    assert "steht schon ein Plan" in refused(run(database, "demo"))
    assert run(database, "export", str(plan)).returncode == 0
    assert run(database, "export", "-").stdout == plan.read_text(encoding="utf-8")
    assert run(database, "backup", str(copy)).stdout.strip() == str(copy)
    changed = plan.read_text(encoding="utf-8").replace('"title": "', '"title": "Neu: ', 1)
    plan.write_text(changed, encoding="utf-8")
    assert "1 geändert" in run(database, "import", str(plan), "--preview").stdout
    assert "--reason" in refused(run(database, "import", "-", given=changed))
    assert "1 geändert" in run(database, "import", "-", "--reason", "Beschluss", given=changed).stdout
    assert json.loads(run(database, "verify", "--json").stdout) == {"change_number": 2, "faults": []}
    assert "ist jetzt die Datenbank" in run(database, "restore", str(copy)).stdout
    assert "Stand 1" in run(database, "verify").stdout
    assert "gibt es schon" in refused(run(database, "backup", str(copy)))


def test_the_same_commands_go_through_the_server_that_holds_the_store(
    served: Path, demo_store: Store, tmp_path: Path, now: datetime
) -> None:
    copy, plan = tmp_path / "nightly" / "copy.duckdb", tmp_path / "plan.json"
    assert run(served, "backup", str(copy)).stdout.strip() == str(copy)
    assert check_backup(copy, now) == 1
    made = Path(run(served, "backup").stdout.strip())
    assert (made.parent, check_backup(made, now)) == (served.parent / "backups", 1)
    assert run(served, "export", str(plan)).returncode == 0
    changed = plan.read_text(encoding="utf-8").replace('"title": "', '"title": "Neu: ', 1)
    assert (
        "1 geändert"
        in run(served, "import", "-", "--reason", "Beschluss", given=changed, ZUKUNFTSPLAN_PERSON="Frau Muster").stdout
    )
    assert demo_store.history()[0].change.recorded_by == "Frau Muster"
    assert "Stand 2" in run(served, "verify").stdout
    found = json.loads(run(served, "assess", "--json", "--as-of", "2026-11-24").stdout)
    assert (found["today"], found["change_number"] >= 1) == ("2026-11-24", True)


def test_a_refusal_by_the_server_reads_like_one_of_its_own(served: Path, demo_store: Store) -> None:
    broken = '{\n "records": {\n  "goal": [{"id": "Z"}]}}'
    beside = refused(run(served, "import", "-", given=broken))
    demo_store.close()
    assert refused(run(served, "import", "-", given=broken)) == beside
    assert "Zeile 3" in beside


def test_a_restore_beside_a_server_says_that_it_must_stop(served: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    assert run(served, "backup", str(copy)).returncode == 0
    sentence = refused(run(served, "restore", str(copy)))
    assert str(os.getpid()) in sentence
    assert "halten Sie zuerst den Server an" in sentence


def test_without_a_token_or_with_a_dead_one_the_holder_is_named(demo_store: Store) -> None:
    assert str(os.getpid()) in refused(run(demo_store.path, "verify"))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        write_token_file(demo_store.path, Token(dead, "secret", os.getpid()))
        assert str(os.getpid()) in refused(run(demo_store.path, "verify"))


def test_a_wrong_token_is_refused(served: Path) -> None:
    found = json.loads(token_path(served).read_text(encoding="utf-8"))
    write_token_file(served, Token(found["url"], "wrong", found["pid"]))
    assert "nicht ausgeführt" in refused(run(served, "verify"))


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_a_token_that_others_can_read_is_not_used(served: Path) -> None:
    token_path(served).chmod(0o644)
    assert "Andere als der Besitzer" in refused(run(served, "verify"))
    control.remove_token(served)
    assert not token_path(served).exists()


@pytest.mark.parametrize(
    "arguments", [[], ["unknown"], ["import"], ["assess", "--as-of", "2026"], ["serve", "--port", "99999"]]
)
def test_wrong_usage_ends_with_two(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path / "plan.duckdb", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Diesen Aufruf gibt es nicht" in done.stderr


def test_messages_speak_english_when_asked_before_or_after_the_command(tmp_path: Path) -> None:
    database = tmp_path / "plan.duckdb"
    german = refused(run(database, "verify"))
    english = refused(run(database, "--language", "en", "verify"))
    assert refused(run(database, "verify", "--language", "en")) == english
    assert english != german
    assert "gibt es keine Datenbank" in german


def test_the_database_can_be_named_before_or_after_the_command(demo_path: Path, tmp_path: Path) -> None:
    for arguments in (["--database", str(demo_path), "verify"], ["verify", "--database", str(demo_path)]):
        assert "Stand 1" in run(tmp_path / "elsewhere.duckdb", *arguments).stdout


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"[1, 2"])
def test_a_plan_file_that_cannot_be_read_is_refused_in_one_sentence(
    demo_path: Path, tmp_path: Path, content: bytes | None
) -> None:
    plan = tmp_path / "broken.json"
    if content is not None:
        plan.write_bytes(content)
    assert refused(run(demo_path, "import", str(plan)))
    assert "Stand 1" in run(demo_path, "verify").stdout


def test_an_export_never_writes_over_the_database(demo_path: Path) -> None:
    before = demo_path.read_bytes()
    assert "gehört zur Datenbank" in refused(run(demo_path, "export", str(demo_path)))
    assert demo_path.read_bytes() == before


def test_a_store_with_faults_ends_with_one(demo_path: Path, now: datetime) -> None:
    store = Store.open(demo_path, now)
    with store.connection.transaction() as cursor:
        cursor.execute("INSERT INTO goal BY NAME SELECT * REPLACE (7 AS version) FROM goal LIMIT 1")
    store.close()
    done = run(demo_path, "verify", "--json")
    assert done.returncode == 1
    assert [fault["check"] for fault in json.loads(done.stdout)["faults"]] == ["version_gap"]


def test_the_schema_needs_no_store(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path / "plan.duckdb", "schema").stdout)["title"] == "PlanDocument"


def test_output_cut_off_by_its_reader_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "metrics.cli", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as cut_off:
        assert cut_off.stdout is not None
        assert cut_off.stderr is not None
        cut_off.stdout.close()
        assert cut_off.stderr.read() == b""
        assert cut_off.wait() == 1


def test_serving_a_store_that_somebody_holds_names_the_holder(demo_store: Store) -> None:
    assert str(os.getpid()) in refused(run(demo_store.path, "serve", "--port", str(free_port())))


def test_serving_on_a_taken_port_says_so_and_makes_no_database(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Der Anschluss {port} ist belegt" in refused(
            run(tmp_path / "plan.duckdb", "serve", "--port", str(port))
        )
    assert not (tmp_path / "plan.duckdb").exists()


def test_serving_loads_neither_charts_nor_data_frames_before_the_server(tmp_path: Path) -> None:
    """What the command line imports first is added to every start."""
    script = (
        "import os, sys\n"
        "import metrics.cli as cli\n"
        "os.execv = lambda program, command: print(sorted(n for n in ('pandas', 'plotly', 'duckdb', 'streamlit',"
        " 'babel', 'pydantic') if n in sys.modules), command[1:4])\n"
        "cli.subprocess.call = lambda command: 0\n"
        f"sys.exit(cli.main(['serve', '--port', '{free_port()}']))\n"
    )
    path = tmp_path / "plan.duckdb"
    path.touch()
    environment = os.environ | {"ZUKUNFTSPLAN_DATABASE": str(path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[] ['-m', 'streamlit', 'run']"


@pytest.mark.skipif(os.name != "posix", reason="stops the server as POSIX does")
def test_the_real_server_is_reached_by_the_command_line_and_gives_the_store_free(tmp_path: Path, now: datetime) -> None:
    database, port = tmp_path / "plan.duckdb", free_port()
    command = [sys.executable, "-m", "metrics.cli", "--database", str(database), "serve", "--port", str(port)]
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        for _ in range(600):  # it answers while it still warms up
            if token_path(database).exists():
                break
            time.sleep(0.05)
        assert json.loads(token_path(database).read_text(encoding="utf-8"))["pid"] == server.pid
        copy = tmp_path / "copy.duckdb"
        done = run(database, "backup", str(copy))
        assert (done.stdout.strip(), done.stderr) == (str(copy), "")
        assert check_backup(copy, now) == 1
        assert str(server.pid) in refused(run(database, "serve", "--port", str(free_port())))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    assert not token_path(database).exists()
    assert "Stand 1" in run(database, "verify").stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        assert server.poll() is None, "the server ended by itself"
        try:
            direct.open(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer within a minute")


def test_an_office_begins_with_its_own_plan_on_a_database_that_is_not_there_yet(tmp_path: Path) -> None:
    plan, database = tmp_path / "plan.json", tmp_path / "plan.duckdb"
    plan.write_text('{"format": "zukunftsplan", "format_version": 1, "records": {}}', encoding="utf-8")
    refused(run(database, "import", str(plan), "--preview"))
    assert not database.exists()
    assert "0 neu" in run(database, "import", str(plan)).stdout
    assert "in Ordnung" in run(database, "verify").stdout


def test_a_server_is_not_started_on_a_file_of_another_kind(tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("Sehr geehrte Damen und Herren", encoding="utf-8")
    assert "keine Datei des Programms" in refused(run(letter, "serve", "--port", "1"))
    assert "Ordner" in refused(run(tmp_path, "serve", "--port", "1"))
    assert letter.read_text(encoding="utf-8").startswith("Sehr geehrte")


def test_a_backup_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "gibt es nicht" in refused(run(tmp_path / "plan.duckdb", "restore", str(tmp_path / "fort.duckdb")))


def test_a_print_out_says_the_day_the_rule_the_state_of_the_plan_and_whether_examples_count(demo_path: Path) -> None:
    found = json.loads(run(demo_path, "assess", "--json", "--as-of", "2025-12-31").stdout)
    told = run(demo_path, "assess", "--as-of", "31.12.2025").stdout
    assert told.splitlines()[:4] == [
        "Stichtag: 31.12.2025",
        f"Regel: {rule_name(found['rule'], 'de')} ({found['rule']}), Fassung {found['rule_version']}",
        f"Stand des Plans: Änderung {found['change_number']}",
        "Beispielwerte zählen in Gesamtzahlen nicht mit.",
    ]
    assert [one["goal_id"] for one in found["goals"] if f"\n{one['goal_id']} " not in told] == []
    assert "Illustrative values count" in run(demo_path, "--language", "en", "assess", "--illustrative").stdout


@pytest.mark.parametrize("form", [[], ["--json"], ["--json", "--illustrative", "--language", "en"]])
def test_a_judgement_is_the_same_byte_for_byte_whoever_holds_the_store(
    served: Path, demo_store: Store, form: list[str]
) -> None:
    asked = ("assess", "--as-of", "2026-11-24", *form)
    through_the_server = run(served, *asked).stdout
    demo_store.close()
    assert run(served, *asked).stdout == through_the_server != ""


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("31.13.2025", "gibt es im Kalender nicht"),
        ("2025", "kein Tag. Bitte schreiben Sie ihn wie 31.12.2025 oder 2025-12-31"),
        ("12/2025", "kein Tag"),
        ("gestern", "kein Tag"),
        ("", "kein Tag"),
        ("01.01.1850", "Jahr 1850"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_option_the_rule_and_a_way_out(
    capsys: pytest.CaptureFixture[str], day: str, reason: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["assess", "--as-of", day])
    told = capsys.readouterr().err
    assert reason in told
    assert "nicht. --as-of: " in told
    assert "Bitte" in told


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (["assess", "--as-of"], "--as-of: hier fehlt ein Wert.", "expected one argument"),
        (["assess", "--json=3"], "--json: hier ist kein Wert möglich, gegeben ist '3'.", "ignored explicit"),
        (["unknown"], "BEFEHL: 'unknown' gibt es nicht, zur Wahl stehen ", "invalid choice: 'unknown'"),
        (["import"], "Es fehlt DATEI.", "arguments are required: FILE."),
        (["verify", "--fast"], "Unbekannt ist --fast.", "Unrecognized arguments: --fast."),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_messages(
    capsys: pytest.CaptureFixture[str], arguments: list[str], german: str, english: str
) -> None:
    for language, usage, reason in (("de", "Aufruf: ", german), ("en", "usage: ", english)):
        with pytest.raises(SystemExit, match="2"):
            main(["--language", language, *arguments])
        told = capsys.readouterr().err
        assert told.startswith(usage)
        assert reason in told


def test_every_word_of_argparse_that_has_a_german_one_is_said_by_this_python() -> None:
    assert [word for word in GERMAN if repr(word)[1:-1] not in inspect.getsource(argparse)] == []


def test_the_help_lists_every_rule_with_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    for language in LANGUAGES:
        with pytest.raises(SystemExit, match="0"):
            main(["--language", language, "assess", "--help"])
        told = " ".join(capsys.readouterr().out.split())
        assert [rule for rule in RULES if f"{rule} – {rule_name(rule, language)}" not in told] == []


def test_a_rule_that_is_none_is_refused_with_those_there_are(demo_path: Path) -> None:
    told = refused(run(demo_path, "assess", "--rule", "wetter"))
    assert [rule for rule in RULES if rule not in told] == []


# --- the result of a round


def first_measure_of(demo_path: Path, now: datetime, me: Person) -> tuple[str, str]:
    """The measure that the demonstration round puts first, and the round's title."""
    store = Store.open(demo_path, now)
    found = rank_round(store, "PR-2026", by=me)
    store.close()
    return found.result.ranking[0].measure_id, found.round.title


@pytest.mark.parametrize(
    ("options", "group", "space", "spread"),
    [
        ([], None, WeightSpace.every, ScoreSpread.stated),
        (["--weights", "near", "--scores", "raters"], None, WeightSpace.near, ScoreSpread.raters),
        (["--group", "BG-POL", "--weights", "ordered"], "BG-POL", WeightSpace.ordered, ScoreSpread.stated),
    ],
)
def test_a_round_is_told_to_machines_as_the_use_case_judges_it(
    demo_path: Path,
    now: datetime,
    me: Person,
    options: list[str],
    group: str | None,
    space: WeightSpace,
    spread: ScoreSpread,
) -> None:
    store = Store.open(demo_path, now)
    expected = ranking_as_data(rank_round(store, "PR-2026", by=me, group_id=group), space, spread)
    store.close()
    done = run(demo_path, "rank", "PR-2026", "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == expected


def test_a_round_is_told_to_people_with_its_method_and_the_measure_that_comes_first(
    demo_path: Path, now: datetime, me: Person
) -> None:
    first, title = first_measure_of(demo_path, now, me)
    lines = run(demo_path, "rank", "PR-2026").stdout.splitlines()
    assert lines[0].startswith(f"PR-2026 {title} (")
    assert lines[1].startswith(f"Methode {METHOD}, Stand des Plans: Änderung 1, Prüfsumme ")
    ranked = [line for line in lines if " · Nutzwert " in line]
    assert ranked[0].startswith("1")
    assert f". {first} " in ranked[0]
    english = run(demo_path, "rank", "PR-2026", "--language", "en").stdout
    assert english.splitlines()[1].startswith(f"Method {METHOD}, ")


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_round_is_judged_the_same_byte_for_byte_whoever_holds_the_store(
    served: Path, demo_store: Store, form: list[str]
) -> None:
    through_the_server = run(served, "rank", "PR-2026", *form).stdout
    demo_store.close()
    assert run(served, "rank", "PR-2026", *form).stdout == through_the_server != ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["PR-9"], ["Bewertungsrunde „PR-9“ wurde nicht gefunden"]),
        (["PR-2026", "--group", "BG-9"], ["Bewertungsgruppe „BG-9“ wurde nicht gefunden"]),
        (["PR-2026", "--weights", "nah"], ["--weights: „nah“ gibt es nicht", *WeightSpace]),
        (["PR-2026", "--scores", "alle", "--json"], ["--scores: „alle“ gibt es nicht", *ScoreSpread]),
    ],
)
def test_a_round_a_group_or_a_choice_that_is_none_is_refused_in_a_sentence(
    demo_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: list[str]
) -> None:
    assert main(["--database", str(demo_path), "rank", *arguments]) == 1
    (out, sentence) = capsys.readouterr()
    assert (out, len(sentence.splitlines())) == ("", 1)
    assert [part for part in told if part not in sentence] == []


def test_a_round_whose_first_vote_runs_is_not_told(
    tmp_path: Path, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store.open(tmp_path / "plan.duckdb", now, create=True)
    title = opened(with_a_plan(store)).round.title
    store.close()
    assert f"„{title}“" in refused(run(store.path, "rank", "PR-1"))
    assert main(["--database", str(store.path), "rank", "PR-1", "--json"]) == 1
    assert capsys.readouterr().out == ""


def test_the_first_administrator_comes_in_by_the_command_line(demo_path: Path) -> None:
    asked = ("--name", "Anna Amt", "--email", "anna@bottrop.example", "--role", "administration")
    done = run(demo_path, "person", "add", *asked, "--function", "Amtsleitung", "--function", "Controlling")
    assert (done.returncode, done.stderr) == (0, "")
    listed = json.loads(run(demo_path, "person", "list", "--json").stdout)["persons"]
    assert [(one["name"], one["role"], one["functions"], one["active"]) for one in listed] == [
        ("Anna Amt", "administration", ["Amtsleitung", "Controlling"], True)
    ]
    assert listed[0]["id"] in done.stdout
    assert "Anna Amt · anna@bottrop.example" in run(demo_path, "person", "list").stdout
    again = run(demo_path, "person", "add", *asked)
    assert "anna@bottrop.example gehört schon zu einem anderen Zugang" in refused(again)


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--email", "anna"), "E-Mail-Adresse"),
        (("--role", "chef"), "--role: „chef“ gibt es nicht."),
        (("--function", "x" * 600), "500"),
    ],
)
def test_what_does_not_fit_an_account_is_said_in_a_sentence(
    demo_path: Path, option: tuple[str, str], sentence: str
) -> None:
    assert sentence in refused(run(demo_path, "person", "add", "--name", "Anna Amt", *option))
    assert json.loads(run(demo_path, "person", "list", "--json").stdout) == {"persons": []}


def test_a_person_is_handed_out_into_a_file_for_ones_own_eyes_and_erased_beside_a_running_server(
    demo_path: Path,
) -> None:
    store = Store.open(demo_path, datetime(2026, 11, 24))
    try:
        with holder(store):
            run(demo_path, "person", "add", "--name", "Anna Amt", "--email", "anna@bottrop.example")
            backup = run(demo_path, "backup").stdout.strip()
            handed = run(demo_path, "person", "export", "ANNA@bottrop.example", "auskunft.json")
            file = demo_path.parent / "auskunft.json"
            assert handed.returncode == 0
            assert json.loads(file.read_text("utf-8"))["account"]["name"] == "Anna Amt"
            assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o600
            kept = run(demo_path, "person", "erase", "anna@bottrop.example", given="nein\n")
            assert (kept.returncode, kept.stderr.strip()) == (1, "Nichts wurde gelöscht.")
            done = run(demo_path, "person", "erase", "anna@bottrop.example", "--yes")
            assert (done.returncode, done.stderr) == (0, "")
            assert f"Die Sicherung {backup} enthält die Person noch." in done.stdout
            assert "anna@bottrop.example" in refused(run(demo_path, "person", "export", "anna@bottrop.example"))
    finally:
        store.close()
    assert b"anna@bottrop.example" not in demo_path.read_bytes()
    assert b"anna@bottrop.example" in Path(backup).read_bytes()


def test_what_has_reached_its_day_goes_with_tidy(demo_path: Path) -> None:
    run(demo_path, "person", "add", "--name", "Anna Amt", "--email", "anna@bottrop.example")
    early = run(demo_path, "tidy")
    assert (early.returncode, early.stderr) == (0, "")
    assert early.stdout == "Am Löschtag gelöscht: 0 Zugänge, 0 Kontaktpersonen, 0 weitere Einträge.\n"


def test_a_command_waits_for_a_server_that_has_just_begun(demo_store: Store) -> None:
    """It holds the store while it opens it, and only then says how it can be asked; the one before it was killed."""
    write_token_file(demo_store.path, Token("http://127.0.0.1:9", "old", 1))
    beginning = threading.Timer(1.0, lambda: stack.enter_context(holder(demo_store)))
    with ExitStack() as stack:
        beginning.start()
        told = run(demo_store.path, "verify")
        beginning.join()
    assert (told.returncode, "Stand 1" in told.stdout) == (0, True), told.stderr


def test_a_command_waits_for_another_one_that_ends(demo_store: Store) -> None:
    ending = threading.Timer(1.0, demo_store.close)
    ending.start()
    told = run(demo_store.path, "verify")
    ending.join()
    assert (told.returncode, "Stand 1" in told.stdout) == (0, True), told.stderr
