"""`zukunftsplan`: the use cases without a browser.

Results go to stdout, everything else as one sentence to stderr. Exit codes: 0 done, 1 refused or faults found, 2 wrong
usage. A store belongs to one process: beside a running server the commands go through that server. What a command
needs is imported when it runs, so that `serve` reaches the web server without delay.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from metrics.domain.refusals import DatabaseHeldByAnotherProcess, Refusal, ServerMustStop
from metrics.locale.argparse_words import argparse_in
from metrics.store.guard import Guard, may_be_store

ROOT = Path(__file__).resolve().parents[2]
OFFICE_TIME = ZoneInfo("Europe/Berlin")
BUSY_SECONDS = 8.0
"""How long a command waits for a store that somebody else holds and that no server offers."""
DONE, REFUSED, WRONG_USAGE = 0, 1, 2

_chosen = {"language": "de"}


class _Stop(Exception):
    """The command ends here with this sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _choose_language(given)
    with argparse_in(_language()):
        options = _parser(given).parse_args(given)
    try:
        code: int = options.work(options)
        sys.stdout.flush()
        return code
    except Refusal as refusal:
        from metrics.locale.words import refusal_sentence

        _complain(refusal_sentence(refusal, _language()))
    except _Stop as stop:
        _complain(str(stop))
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _complain(_("Das Betriebssystem meldet: {error}.", error=error))
    except KeyboardInterrupt:
        _complain(_("Abgebrochen."))
    return REFUSED


def _demo(options: argparse.Namespace) -> int:
    from metrics.usecases.founding import found_store

    path = _database(options)
    if path.exists():
        store = _open(path)
        number = store.change_number()
        store.close()
        if number:
            raise _Stop(_("In der Datenbank {path} steht schon ein Plan; es wurde nichts geändert.", path=path))
    _folder_of(path)
    found_store(path, _demo_plan(), _now()).close()
    print(_("Der Vorführplan liegt jetzt in {path}.", path=path))
    return DONE


def _import(options: argparse.Namespace) -> int:
    wanted = {"text": _read(options.file), "preview": options.preview, "reason": options.reason}
    wanted["today"] = _today().isoformat()
    done = _carry_out(options, "import", wanted)
    counts = {name: done[name] for name in ("new", "changed", "unchanged")}
    if done["preview"]:
        print(
            _("Der Plan brächte: {new} neu, {changed} geändert, {unchanged} gleich. Gespeichert ist nichts.", **counts)
        )
    else:
        print(_("Der Plan ist eingespielt: {new} neu, {changed} geändert, {unchanged} gleich.", **counts))
    for found in done["doubts"]:
        _complain(_doubt(found))
    return DONE


def _doubt(found: dict[str, Any]) -> str:
    """What is doubtful about a record: a target that may not be judged as it was meant, an owner that is lacking."""
    from metrics.domain.plausibility import Doubt
    from metrics.locale.words import doubt_sentence, kind_name

    sentence = doubt_sentence(Doubt(found["code"], found["data"]), _language())
    told = {"kind": kind_name(found["kind"], _language()), "id": found["id"], "sentence": sentence}
    return _("Hinweis zu {kind} {id}: {sentence}", **told)


def _export(options: argparse.Namespace) -> int:
    target, path = None if options.file == "-" else Path(options.file).resolve(), _database(options)
    if target is not None and target.parent == path.parent and target.name.startswith(path.name):
        raise _Stop(_("{path} gehört zur Datenbank. Bitte wählen Sie einen anderen Namen.", path=target))
    done = _carry_out(options, "export", {})
    text = done["text"]
    if done["hidden_ratings"]:
        told = {"count": done["hidden_ratings"]}
        _complain(_("Hinweis: Verdeckte Bewertungen offener Runden, die nicht in der Datei stehen: {count}.", **told))
    if done["pending_readings"]:
        told = {"count": done["pending_readings"]}
        _complain(_("Hinweis: Werte, die noch nicht freigegeben sind und nicht in der Datei stehen: {count}.", **told))
    if target is None:
        sys.stdout.write(text)
        return DONE
    _write(target, text)
    print(_("Der Plan steht in {path}.", path=target))
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from metrics.exchange.plan_file import plan_schema

    sys.stdout.write(plan_schema())
    return DONE


def _assess(options: argparse.Namespace) -> int:
    from metrics.domain.progress.rules import DEFAULT, RULES

    day, rule = options.as_of or _today(), options.rule or DEFAULT.id
    if rule not in RULES:
        raise _Stop(_("Die Regel „{rule}“ gibt es nicht. Zur Wahl stehen: {rules}.", rule=rule, rules=_rules()))
    asked = {"as_of": day.isoformat(), "include_illustrative": options.illustrative, "rule": rule}
    found = _carry_out(options, "assess", asked | {"language": _language(), "in_words": not options.json})
    if options.json:
        _print_json(found)
    else:
        sys.stdout.write(found["text"])
    return DONE


def _rank(options: argparse.Namespace) -> int:
    from metrics.domain.prioritisation.robustness import WeightSpace
    from metrics.domain.prioritisation.standing import ScoreSpread

    weights = _one_of(options.weights, [one.value for one in WeightSpace], "--weights")
    scores = _one_of(options.scores, [one.value for one in ScoreSpread], "--scores")
    asked = {"round_id": options.round, "group_id": options.group, "weights": weights, "scores": scores}
    found = _carry_out(options, "rank", asked | {"language": _language(), "in_words": not options.json})
    if options.json:
        _print_json(found)
    else:
        sys.stdout.write(found["text"])
    return DONE


def _plan_against_office(options: argparse.Namespace) -> int:
    """`load`, `limits` and `optimise`."""
    asked = {
        "as_of": (options.as_of or _today()).isoformat(),
        "include_illustrative": options.illustrative,
        "monthly": options.monthly,
        "pinned": getattr(options, "pin", None) or [],
        "language": _language(),
        "in_words": not options.json,
    }
    if options.command == "optimise":
        asked |= {"solver": _one_of(options.solver, _solvers(), "--solver"), "seconds": options.seconds}
    found = _carry_out(options, options.command, asked)
    if options.json:
        _print_json(found)
    else:
        sys.stdout.write(found["text"])
    return DONE


def _scenario(options: argparse.Namespace) -> int:
    asked = {
        "as_of": (options.as_of or _today()).isoformat(),
        "ids": options.scenario,
        "include_illustrative": options.illustrative,
        "language": _language(),
        "in_words": not options.json,
    }
    found = _carry_out(options, "scenario", asked)
    if options.json:
        _print_json(found)
    else:
        sys.stdout.write(found["text"])
    return DONE


def _remind(options: argparse.Namespace) -> int:
    asked = {"today": (options.today or _today()).isoformat(), "dry_run": options.dry_run}
    done = _carry_out(options, "remind", asked)
    if options.json:
        _print_json(done)
    else:
        _tell_reminded(done)
    return REFUSED if done["failed"] else DONE


def _paper(options: argparse.Namespace) -> int:
    """Write every file of a sitting's paper into a folder."""
    mode = _one_of(options.mode, _modes(), "--mode")
    if mode == "one_goal" and not options.goal:
        raise _Stop(_("Zu --mode one_goal gehört --goal mit der Kennung des Ziels."))
    asked = {"which": options.sitting, "mode": mode, "goal_id": options.goal, "public": options.public}
    asked |= {"freeze": options.freeze, "today": _today().isoformat(), "language": _language()}
    return _write_files(options, _carry_out(options, "paper", asked | {"include_illustrative": options.illustrative}))


def _site(options: argparse.Namespace) -> int:
    """Write the public site of a sitting into a folder."""
    licence = _one_of(options.licence, list(_licences()), "--licence")
    return _write_files(options, _carry_out(options, "site", {"which": options.sitting, "licence": licence}))


def _write_files(options: argparse.Namespace, made: dict[str, Any]) -> int:
    """Put what was made into the folder; nothing at all where one of the files stands there and says otherwise."""
    from base64 import b64decode

    folder = Path(options.out)
    files = {_inside(folder, name): b64decode(content) for name, content in made["files"].items()}
    for place in dict.fromkeys(parent for path in files for parent in path.parents):
        if place.exists() and not place.is_dir():
            raise _Stop(_("{datei} ist kein Ordner. Bitte wählen Sie einen anderen Ordner.", datei=place))
    other = [path for path, content in files.items() if _says_otherwise(path, content)]
    if other:
        raise _Stop(
            _("{datei} gibt es schon, mit anderem Inhalt. Bitte wählen Sie einen anderen Ordner.", datei=other[0])
        )
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
        print(path)
    print(_("Stand {stand}, Prüfsumme (SHA-256) {summe}", stand=made["snapshot"], summe=made["sha256"]))
    if made["replaced"]:
        told = {"liste": ", ".join(made["replaced"])}
        _complain(_("Die Schrift der Vorlage zeigt diese Zeichen nicht, sie sind ersetzt: {liste}", **told))
    return DONE


def _inside(folder: Path, name: str) -> Path:
    """Where a file of that name lies in the folder; never outside, whatever the server that was asked says."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or Path(part).name != part or ":" in part or "\\" in part for part in parts):
        raise _Stop(_("Der Name „{name}“ führt aus dem Ordner hinaus; es wurde nichts geschrieben.", name=name))
    return folder.joinpath(*parts)


def _says_otherwise(path: Path, content: bytes) -> bool:
    return path.exists() and (not path.is_file() or path.read_bytes() != content)


def _tell_reminded(done: dict[str, Any]) -> None:
    if not done["working_day"]:
        print(_("Heute ist kein Arbeitstag: Es werden keine neuen Erinnerungen geschrieben."))
    if done["dry_run"]:
        for one in done["planned"]:
            print(_("{account_id}: Aufgaben {tasks}, aus dem ganzen Amt {escalated}", **one))
        print(_("Geschrieben würden: {count}. Geschrieben und versandt ist nichts.", count=len(done["planned"])))
        return
    counts = {name: done[name] for name in ("written", "sent", "failed", "waiting")}
    print(_("Geschrieben: {written}, versandt: {sent}, nicht versandt: {failed}, noch wartend: {waiting}.", **counts))
    if done["failed"]:
        _complain(_("Nicht alles ließ sich versenden. Die Gründe stehen auf der Seite „Betrieb“."))


def _solvers() -> list[str]:
    from metrics.domain.portfolio.solvers import Solver

    return [one.value for one in Solver]


def _modes() -> list[str]:
    from metrics.papers.modes import Mode

    return [one.value for one in Mode]


def _licences() -> dict[str, str]:
    """The name of each licence by its address."""
    from metrics.papers.licences import Licence, licence_name

    return {one.value: licence_name(one) for one in Licence}


def _one_of(given: str | None, known: list[str], option: str) -> str:
    if given is not None and given not in known:
        told = {"option": option, "text": given, "known": ", ".join(known)}
        raise _Stop(_("{option}: „{text}“ gibt es nicht. Zur Wahl stehen: {known}.", **told))
    return given or known[0]


def _rules() -> str:
    """Every rule's id with its name."""
    from metrics.domain.progress.rules import RULES
    from metrics.locale.words import rule_name

    return "; ".join(f"{rule} – {rule_name(rule, _language())}" for rule in RULES)


def _backup(options: argparse.Namespace) -> int:
    target = Path(options.file).resolve() if options.file else None
    if target is not None and target.exists():
        from metrics.domain.refusals import BackupTargetExists

        raise BackupTargetExists(path=str(target))
    made = Path(_carry_out(options, "backup", {})["path"])
    if target is not None:
        from metrics.usecases.keeping import copy_file

        _folder_of(target)
        copy_file(made, target)
    print(target or made)
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from metrics.usecases.keeping import restore

    path = _database(options)
    if not Path(options.file).is_file():
        raise _Stop(_("Die Sicherung {file} gibt es nicht.", file=options.file))
    try:
        former = restore(Path(options.file), path, _now())
    except DatabaseHeldByAnotherProcess as refusal:
        raise ServerMustStop(**refusal.data) from refusal
    print(_("Die Sicherung {file} ist jetzt die Datenbank {path}.", file=options.file, path=path))
    if former:
        print(_("Der bisherige Stand liegt in {path}.", path=former))
    return DONE


def _verify(options: argparse.Namespace) -> int:
    found = _carry_out(options, "verify", {})
    if options.json:
        _print_json(found)
    elif not found["faults"]:
        print(_("Die Datenbank ist in Ordnung (Stand {number}).", number=found["change_number"]))
    for fault in [] if options.json else found["faults"]:
        print(f"{fault['check']}: {fault['kind']} {fault['id']} ({fault['detail']})")
    return REFUSED if found["faults"] else DONE


def _person_add(options: argparse.Namespace) -> int:
    from pydantic import ValidationError

    from metrics.domain.people import Account, Role
    from metrics.locale.words import validation_sentences

    role = _one_of(options.role, [one.value for one in Role], "--role") if options.role else None
    asked = {"name": options.name, "email": options.email, "role": role, "functions": options.function or []}
    try:
        Account.model_validate(asked | {"id": "P-1", "purpose": "-"})  # a running server would only say that it cannot
    except ValidationError as error:
        raise _Stop("\n".join(validation_sentences(error, Account.kind, _language()).values())) from error
    done = _carry_out(options, "person add", asked | {"today": _today().isoformat()})
    print(_("Der Zugang {id} ist angelegt.", id=done["id"]))
    return DONE


def _person_list(options: argparse.Namespace) -> int:
    found = _carry_out(options, "person list", {"today": _today().isoformat()})
    if options.json:
        _print_json(found)
        return DONE
    if not found["persons"]:
        print(_("Es gibt noch keinen Zugang und keine Kontaktperson."))
    for one in found["persons"]:
        state = _("aktiv") if one["active"] else _("nicht aktiv")
        words = [one["id"], one["name"], one["email"], one["role"], ", ".join(one["functions"]), state]
        print(" · ".join(word for word in words if word))
    return DONE


def _person_export(options: argparse.Namespace) -> int:
    found = _carry_out(options, "person export", {"who": options.who})
    if options.file == "-":
        _print_json(found)
        return DONE
    _write_privately(Path(options.file), json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    print(_("Die Auskunft steht in {path}. Nur Sie können die Datei lesen.", path=options.file))
    return DONE


def _person_erase(options: argparse.Namespace) -> int:
    asked = {"who": options.who}
    if not options.yes:
        _tell_erasure(_carry_out(options, "person preview", asked))
        print(_("Wirklich löschen? Das lässt sich nicht zurücknehmen. [ja/nein]"), end=" ", flush=True)
        if sys.stdin.readline().strip().lower() not in ("ja", "j", "yes", "y"):
            raise _Stop(_("Nichts wurde gelöscht."))
    done = _carry_out(options, "person erase", asked)
    _tell_erasure(done)
    print(_("Gelöscht."))
    if not done["rewritten"]:
        _complain(_not_rewritten())
    return DONE


def _tell_erasure(erasure: dict[str, Any]) -> None:
    """What is taken away, what stays, and what the command cannot reach."""
    cards = ", ".join(card["id"] for card in erasure["cards"])
    rows = ", ".join(f"{table} {number}" for table, number in sorted(erasure["rows"].items()))
    print(
        _("Gelöscht wird, was über diese Person gespeichert ist: {cards}. Dazu: {rows}.", cards=cards, rows=rows or "–")
    )
    print(
        _("Es bleiben {changes} Änderungen im Verlauf; sie stehen nur unter der Kennung.", changes=erasure["changes"])
    )
    for path in erasure["backups"]:
        print(_("Die Sicherung {path} enthält die Person noch. Bitte löschen Sie die Datei.", path=path))


def _not_rewritten() -> str:
    return _(
        "Die Datei ließ sich nicht neu schreiben; gelöschte Angaben können darin noch zu finden sein. Bitte schaffen "
        "Sie Platz und rufen Sie „zukunftsplan tidy“ auf."
    )


def _tidy(options: argparse.Namespace) -> int:
    done = _carry_out(options, "tidy", {"today": _today().isoformat()})
    told = {name: done[name] for name in ("accounts", "contacts", "rows")}
    print(
        _(
            "Am Löschtag gelöscht: {accounts} Zugänge, {contacts} Kontaktpersonen, {rows} weitere Einträge.",
            **told,
        )
    )
    if not done["rewritten"]:
        _complain(_not_rewritten())
        return REFUSED
    return DONE


def _serve(options: argparse.Namespace) -> int:
    path = _database(options)
    app = ROOT / "dashboard.py"
    if not app.exists():
        raise _Stop(_("Die Anwendung {path} fehlt. Bitte starten Sie im Ordner des Programms.", path=app))
    host = _public_host(options.address)
    _folder_of(path)
    _refuse_other_files(path)
    Guard(path).release()
    _refuse_taken_port(options.address, options.port)
    if not path.exists():
        from metrics.usecases.founding import found_store

        found_store(path, _demo_plan(), _now()).close()
    os.environ["ZUKUNFTSPLAN_DATABASE"] = str(path)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += ["--server.address", options.address, "--server.port", str(options.port)]
    command += ["--server.headless", "false" if options.open else "true"]
    if host is not None:  # by this name the browsers come, and the framework need not ask elsewhere for its own
        command += ["--browser.serverAddress", host]
        for name in ("localhost", "127.0.0.1", host):
            command += ["--server.allowedHosts", name]
    if os.name == "posix":  # the server takes this process's place; elsewhere that would give the console back
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell
    return subprocess.call(command)  # noqa: S603 - the same


def _public_host(address: str) -> str | None:
    """The host name by which people reach the program; None in local mode, which refuses to serve other machines."""
    files = [Path.home() / ".streamlit" / "secrets.toml", ROOT / ".streamlit" / "secrets.toml"]
    told = [name for name in os.environ if name.startswith(("ZUKUNFTSPLAN_OIDC_", "ZUKUNFTSPLAN_AUDIT_"))]
    if address in ("127.0.0.1", "localhost") and not told and not any(file.exists() for file in files):
        return None  # plainly local: reading the settings would load what no start needs to wait for

    from urllib.parse import urlsplit

    from metrics.usecases.sign_in_settings import audit_days, refuse_other_machines, sign_in_settings

    found = sign_in_settings(os.environ, files)
    audit_days(os.environ)
    refuse_other_machines(address, signed_in=found is not None)
    return urlsplit(found.public_url).hostname if found else None


def _carry_out(options: argparse.Namespace, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The command's result: carried out here, or by the server that holds the store."""
    from metrics.usecases.remote import TokenNotPrivate, ask_server

    path = _database(options)
    ordered = {"by": os.environ.get("ZUKUNFTSPLAN_PERSON", "Kommandozeile")} | arguments
    try:
        return _carry_out_here(path, command, ordered) if _is_free(path) else ask_server(path, command, ordered)
    except TokenNotPrivate as error:
        raise _Stop(
            _("Andere als der Besitzer können {path} lesen. Bitte starten Sie den Server neu.", path=error.path)
        ) from error


def _is_free(database: Path) -> bool:
    """Whether nobody holds the store; waits for a command that is about to end and for a server that has just begun."""
    from metrics.usecases.remote import can_be_asked

    until = time.monotonic() + BUSY_SECONDS
    while database.exists():
        try:
            Guard(database).release()
        except DatabaseHeldByAnotherProcess:
            if can_be_asked(database) or time.monotonic() > until:
                return False
            time.sleep(0.1)
        else:
            break
    return True


def _carry_out_here(path: Path, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    from metrics.usecases.commanding import carry_out

    store = _open(path, create=command == "import" and not arguments["preview"])
    try:
        return carry_out(store, command, arguments, _now())
    finally:
        store.close()


def _open(path: Path, *, create: bool = False) -> Any:
    """The store; an import may found it, so that an office can begin with its own plan."""
    from metrics.usecases.founding import open_store

    if create:
        _folder_of(path)
    return open_store(path, _now(), create=create)


def _database(options: argparse.Namespace) -> Path:
    """The store that was named, or data/zukunftsplan.duckdb in the project, or else in the current folder."""
    named = options.database or os.environ.get("ZUKUNFTSPLAN_DATABASE")
    home = ROOT if (ROOT / "dashboard.py").exists() else Path.cwd()
    return Path(named or home / "data" / "zukunftsplan.duckdb").resolve()


def _demo_plan() -> Path:
    path = ROOT / "data" / "demo" / "plan.json"
    if not path.exists():
        raise _Stop(_("Der Vorführplan {path} fehlt. Bitte starten Sie im Ordner des Programms.", path=path))
    return path


def _folder_of(path: Path) -> None:
    from metrics.domain.refusals import DatabaseFolderNotWritable

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFolderNotWritable(path=str(path.parent), detail=str(error)) from error


def _refuse_other_files(path: Path) -> None:
    """Say before the server starts that the path leads to something else."""
    from metrics.domain.refusals import DatabaseNotReadable

    if path.is_dir():
        raise DatabaseNotReadable(path=str(path), detail=_("Das ist ein Ordner."))
    if path.exists() and not may_be_store(path):
        raise DatabaseNotReadable(path=str(path), detail=_("Das ist keine Datei des Programms."))


def _refuse_taken_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as the web server does it; on Windows the option would let two share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sentence = _("Der Anschluss {port} ist belegt. Bitte wählen Sie mit --port einen anderen.", port=port)
                raise _Stop(sentence) from error
            raise _Stop(_("Unter {address} kann hier kein Server laufen.", address=f"{address}:{port}")) from error


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise _Stop(_("Die Datei {path} gibt es nicht.", path=name)) from error
    except UnicodeDecodeError as error:
        raise _Stop(_("Die Datei {path} ist nicht in UTF-8 geschrieben.", path=name)) from error


def _write(target: Path, content: str | bytes) -> None:
    """Put the file in place at once: a full disk leaves the former one as it was."""
    arriving = target.with_name(target.name + ".arriving")
    try:
        arriving.write_bytes(content.encode() if isinstance(content, str) else content)
        arriving.replace(target)
    finally:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)


def _write_privately(target: Path, text: str) -> None:
    """As `_write`, for the owner's eyes alone."""
    arriving = target.with_name(target.name + ".arriving")
    try:
        arriving.unlink(missing_ok=True)
        descriptor = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(text)
        arriving.replace(target)
    finally:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _today() -> date:
    fixed = os.environ.get("ZUKUNFTSPLAN_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(OFFICE_TIME).date()


def _language() -> Any:
    return _chosen["language"]


def _choose_language(arguments: Sequence[str]) -> None:
    """Look ahead: the help texts speak the language too."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--language", choices=("de", "en"), default="de")
    with suppress(argparse.ArgumentError, SystemExit):
        _chosen["language"] = early.parse_known_args(arguments)[0].language


def _(text: str, /, **values: Any) -> str:
    """The German text, or its translation; the catalogue is loaded only where another language is asked for."""
    if _language() == "de":
        return text.format(**values)
    from metrics.locale.catalogue import translate

    return translate(text, _language(), **values)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        self.print_usage(sys.stderr)
        told = message[:1].upper() + message[1:].rstrip(".")
        _complain(_("Diesen Aufruf gibt es nicht. {message}. Hilfe: {program} --help", message=told, program=self.prog))
        raise SystemExit(WRONG_USAGE)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for what was given: rules are listed only if help was asked for, since that loads the rules."""
    parser = _Parser(prog="zukunftsplan", description=_("Der Zukunftsplan ohne Browser."), allow_abbrev=False)
    _add_common(parser, first=True)
    commands = parser.add_subparsers(metavar=_("BEFEHL"), required=True, parser_class=_Parser)

    def command(name: str, work: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(work=work, command=name)
        _add_common(added)
        return added

    command("demo", _demo, _("Datenbank mit dem Vorführplan anlegen"))
    added = command("import", _import, _("Einen Plan aus einer Datei einspielen, ganz oder gar nicht"))
    added.add_argument("file", metavar=_("DATEI"), help=_("Plandatei (JSON) oder - für die Standardeingabe"))
    added.add_argument("--preview", action="store_true", help=_("nur zeigen, was sich ändern würde"))
    added.add_argument("--reason", metavar="TEXT", help=_("Begründung für den Verlauf"))
    added = command("export", _export, _("Den Plan in eine Datei schreiben"))
    added.add_argument("file", metavar=_("DATEI"), help=_("Zieldatei oder - für die Standardausgabe"))
    command("schema", _schema, _("Das JSON-Schema der Plandatei ausgeben"))
    added = command("assess", _assess, _("Den Plan bewerten"))
    added.add_argument(
        "--as-of", type=_day, metavar=_("DATUM"), help=_("Stichtag, zum Beispiel 31.12.2025 oder 2025-12-31")
    )
    added.add_argument(
        "--rule", metavar=_("REGEL"), help=_("Regel für den Kurs, sonst die Wettersymbole des Statistischen Bundesamts")
    )
    if not {"-h", "--help"}.isdisjoint(given):
        added.epilog = _("Regeln: {rules}", rules=_rules())
    added.add_argument("--illustrative", action="store_true", help=_("Beispielwerte in Summen mitzählen"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    added = command("rank", _rank, _("Das Ergebnis einer Bewertungsrunde ausgeben"))
    added.add_argument("round", metavar=_("RUNDE"), help=_("Kennung der Bewertungsrunde, zum Beispiel PR-2026"))
    added.add_argument("--group", metavar=_("GRUPPE"), help=_("nur diese Bewertungsgruppe"))
    added.add_argument(
        "--weights", metavar=_("ART"), help=_("Gewichtungen der Robustheit: every, ordered, near oder fixed")
    )
    added.add_argument("--scores", metavar=_("ART"), help=_("Unsicherheit der Punktwerte: stated oder raters"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    for name, words in (
        ("load", _("Die Auslastung jeder Gruppe ausgeben")),
        ("limits", _("Ausgeben, was zu viel ist und was sich mindestens ändern muss")),
        ("optimise", _("Die beste Auswahl der Maßnahmen suchen, die das Amt tragen kann")),
    ):
        added = command(name, _plan_against_office, words)
        added.add_argument("--as-of", type=_day, metavar=_("DATUM"), help=_("ab dem Zeitraum um diesen Tag"))
        added.add_argument("--monthly", action="store_true", help=_("nach Monaten statt nach Quartalen"))
        added.add_argument("--illustrative", action="store_true", help=_("Beispielwerte in Summen mitzählen"))
        if name != "load":
            added.add_argument(
                "--pin", action="append", metavar=_("MASSNAHME"), help=_("diese Maßnahme bleibt, wie sie ist")
            )
        if name == "optimise":
            added.add_argument("--solver", metavar=_("VERFAHREN"), help=_("Rechenverfahren: highs oder cpsat"))
            added.add_argument(
                "--seconds", type=_seconds, default=10.0, metavar=_("SEKUNDEN"), help=_("höchste Rechenzeit, bis 120")
            )
        added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    added = command("scenario", _scenario, _("Szenarien neben dem Plan ausgeben"))
    added.add_argument("scenario", nargs="*", metavar=_("SZENARIO"), help=_("Kennungen; ohne: alle mit Änderungen"))
    added.add_argument("--as-of", type=_day, metavar=_("DATUM"), help=_("ab dem Zeitraum um diesen Tag"))
    added.add_argument("--illustrative", action="store_true", help=_("Beispielwerte in Summen mitzählen"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    added = command("remind", _remind, _("Erinnerungen schreiben und versenden, für einen Zeitplan"))
    added.add_argument("--today", type=_day, metavar=_("DATUM"), help=_("so tun, als wäre dieser Tag"))
    added.add_argument("--dry-run", action="store_true", help=_("nur zeigen, wer erinnert würde"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    added = command("paper", _paper, _("Alle Dateien zu einer Sitzung aus ihrem eingefrorenen Stand schreiben"))
    added.add_argument("sitting", metavar=_("SITZUNG"), help=_("Sitzung (ihr neuester Stand) oder ein Stand"))
    added.add_argument("--out", required=True, metavar=_("ORDNER"), help=_("wohin; er wird angelegt"))
    added.add_argument("--mode", metavar=_("UMFANG"), help=_("Umfang: full, deviations, one_goal oder report"))
    added.add_argument("--goal", metavar=_("ZIEL"), help=_("das Ziel bei --mode one_goal"))
    added.add_argument("--public", action="store_true", help=_("die öffentliche Fassung"))
    added.add_argument("--freeze", action="store_true", help=_("vorher einfrieren, wie der Plan jetzt steht"))
    added.add_argument("--illustrative", action="store_true", help=_("Beispielwerte in Summen mitzählen"))
    added = command("site", _site, _("Die öffentlichen Webseiten einer Sitzung schreiben, für einen Webserver"))
    added.add_argument("sitting", metavar=_("SITZUNG"), help=_("Sitzung (ihr neuester Stand) oder ein Stand"))
    added.add_argument("--out", required=True, metavar=_("ORDNER"), help=_("wohin; er wird angelegt"))
    added.add_argument("--licence", metavar="URL", help=_("Lizenz der Daten, sonst Datenlizenz Deutschland – Zero"))
    if not {"-h", "--help"}.isdisjoint(given):
        added.formatter_class = argparse.RawDescriptionHelpFormatter  # an address is not to be torn at its hyphens
        added.epilog = "\n".join([_("Lizenzen:"), *(f"  {address} – {name}" for address, name in _licences().items())])
    added = command("backup", _backup, _("Die Datenbank sichern, auch während der Server läuft"))
    added.add_argument("file", nargs="?", metavar=_("DATEI"), help=_("zusätzlich dorthin kopieren"))
    added = command("restore", _restore, _("Eine Sicherung zurückspielen; der Server muss stehen"))
    added.add_argument("file", metavar=_("DATEI"), help=_("die Sicherung"))
    added = command("verify", _verify, _("Die Datenbank prüfen"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    _add_persons(command("person", _person_list, _("Zugänge und Kontaktpersonen: anlegen, Auskunft geben, löschen")))
    command("tidy", _tidy, _("Löschen, was seinen Löschtag erreicht hat, und die Datei neu schreiben"))
    added = command("serve", _serve, _("Die Anwendung starten"))
    added.add_argument("--port", type=_port, default=8501, metavar=_("ANSCHLUSS"), help=_("Anschluss, sonst 8501"))
    added.add_argument(
        "--address", default="127.0.0.1", metavar=_("ADRESSE"), help=_("Adresse, sonst nur dieser Rechner")
    )
    added.add_argument("--open", action="store_true", help=_("den Browser öffnen"))
    return parser


def _add_persons(parser: argparse.ArgumentParser) -> None:
    """`person add`, `list`, `export` and `erase`."""
    acts = parser.add_subparsers(metavar=_("HANDLUNG"), required=True, parser_class=_Parser)

    def act(name: str, work: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = acts.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(work=work)
        _add_common(added)
        return added

    added = act("add", _person_add, _("Einen Zugang anlegen, zum Beispiel den ersten der Administration"))
    added.add_argument("--name", required=True, metavar="NAME", help=_("Vor- und Nachname"))
    added.add_argument("--email", metavar=_("ADRESSE"), help=_("E-Mail-Adresse der Anmeldung"))
    added.add_argument("--role", metavar=_("ROLLE"), help=_("Rolle, zum Beispiel administration oder staff"))
    added.add_argument("--function", action="append", metavar=_("FUNKTION"), help=_("Funktion; mehrfach möglich"))
    added = act("list", _person_list, _("Die Zugänge ausgeben"))
    added.add_argument("--json", action="store_true", help=_("Ausgabe für Maschinen"))
    added = act("export", _person_export, _("Alles ausgeben, was über eine Person gespeichert ist"))
    added.add_argument("who", metavar=_("PERSON"), help=_("Kennung oder E-Mail-Adresse"))
    added.add_argument("file", nargs="?", default="-", metavar=_("DATEI"), help=_("Zieldatei, sonst Standardausgabe"))
    added = act("erase", _person_erase, _("Eine Person löschen, auch aus der Datei"))
    added.add_argument("who", metavar=_("PERSON"), help=_("Kennung oder E-Mail-Adresse"))
    added.add_argument("--yes", action="store_true", help=_("ohne Rückfrage"))


def _add_common(parser: argparse.ArgumentParser, *, first: bool = False) -> None:
    """Options that may stand before and after the command."""
    default = None if first else argparse.SUPPRESS
    database = _("Datenbankdatei, sonst ZUKUNFTSPLAN_DATABASE oder data/zukunftsplan.duckdb")
    parser.add_argument("--database", metavar=_("DATEI"), default=default, help=database)
    parser.add_argument("--language", choices=("de", "en"), default=default, help=_("Sprache der Meldungen"))


def _day(text: str) -> date:
    from metrics.locale.reading_input import DateNotUnderstood, NothingEntered, parse_partial_date
    from metrics.locale.words import refusal_sentence

    try:
        return date.fromisoformat(parse_partial_date(text, _language()))
    except (DateNotUnderstood, NothingEntered, ValueError) as error:  # the last: a year or a month is no day
        sentence = _("„{text}“ ist kein Tag. Bitte schreiben Sie ihn wie 31.12.2025 oder 2025-12-31.", text=text)
        raise argparse.ArgumentTypeError(sentence) from error
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(refusal_sentence(refusal, _language())) from refusal


def _seconds(text: str) -> float:
    most = 120
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= most:
        sentence = _("„{text}“ ist keine Rechenzeit. Erlaubt sind Sekunden bis {most}.", text=text, most=most)
        raise argparse.ArgumentTypeError(sentence)
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(_("{text} ist keine Zahl von 1 bis 65535", text=text))
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
