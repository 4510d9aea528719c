"""Papers and the public site on the command line: alone and beside the server that holds the store."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from metrics.cli import main
from metrics.domain.demands import ValueByDate
from metrics.papers.licences import Licence
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.packaging import make_package, make_site
from metrics.usecases.planning import add_record
from metrics.usecases.recording import record_reading
from metrics.usecases.sittings import freeze
from tests.command_line import refused, run
from tests.plan import a_goal, a_reading, a_sitting, a_target, an_indicator
from tests.test_cli import holder

TODAY = {"ZUKUNFTSPLAN_TODAY": "2026-11-24"}
ENDINGS = ("pdf", "docx", "pptx", "xlsx", "html", "json", "csv")


@pytest.fixture
def frozen(store: Store, me: Person, now: datetime, today: date) -> Store:
    """A small plan, open, with a public sitting that is frozen, a closed one that is, and one that is not."""
    target = a_target(ValueByDate(value=7.0, due="2028", baseline=9.0, baseline_period="2019"))
    for record in (
        a_goal(),
        a_goal(id="Z-S", title="Noch ein Ziel"),
        an_indicator(goal_ids=("Z-R",)),
        target,
        a_sitting(),
        a_sitting(id="SI-2", title="Hinter verschlossenen Türen", public=False),
        a_sitting(id="SI-3", title="Noch nichts"),
        a_sitting(id="SI-0", title="Vorbei", held_on=date(2026, 9, 3)),
    ):
        add_record(store, record, by=me, at=now)
    for year in range(2019, 2025):
        record_reading(store, a_reading(year, 9.0 - (year - 2019) * 0.2), by=me, at=now, today=today)
    for identifier in ("SI-1", "SI-2"):
        freeze(store, identifier, by=me, at=now, today=today)
    return store


@pytest.fixture
def alone(frozen: Store) -> Path:
    """The path of that store, which nobody holds."""
    frozen.close()
    return frozen.path


@pytest.fixture
def served(frozen: Store) -> Iterator[Path]:
    """The path of that store, which a server holds."""
    with holder(frozen):
        yield frozen.path


def written(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by its relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def paper_in(folder: Path) -> Paper:
    """The paper that a package tells in its JSON."""
    (data,) = [path for path in folder.glob("*.json") if path.name != "paket.json"]
    return Paper.model_validate_json(data.read_bytes())


def in_this_process(database: Path, *arguments: str) -> int:
    return main(["--database", str(database), *arguments])


def test_a_package_is_the_same_byte_for_byte_whoever_holds_the_store(
    served: Path, frozen: Store, me: Person, tmp_path: Path
) -> None:
    made = make_package(frozen, "SI-1.1", by=me)
    beside = run(served, "paper", "SI-1", "--out", "beside")
    assert (beside.returncode, beside.stderr) == (0, "")
    frozen.close()
    assert run(served, "paper", "SI-1", "--out", "alone").returncode == 0
    assert written(tmp_path / "beside") == written(tmp_path / "alone") == made.files
    assert sorted(made.files) == sorted(["paket.json", *(f"SI-1.1.{ending}" for ending in ENDINGS)])
    *names, told = beside.stdout.splitlines()
    assert names == [str(Path("beside", name)) for name in made.files]
    assert told == f"Stand SI-1.1, Prüfsumme (SHA-256) {made.snapshot.sha256}"


def test_the_site_is_the_same_byte_for_byte_whoever_holds_the_store(
    served: Path, frozen: Store, me: Person, tmp_path: Path
) -> None:
    made = make_site(frozen, "SI-1.1", by=me)
    assert run(served, "site", "SI-1", "--out", "beside").returncode == 0
    frozen.close()
    done = run(served, "site", "SI-1.1", "--out", "alone")
    assert (done.returncode, done.stderr) == (0, "")
    assert written(tmp_path / "beside") == written(tmp_path / "alone") == made.files
    assert f"Prüfsumme (SHA-256) {made.snapshot.sha256}" in done.stdout
    assert {"index.html", "daten.html", "data/dcat-ap.jsonld", "robots.txt"} <= set(made.files)


@pytest.mark.parametrize("mode", [one for one in Mode if one is not Mode.one_goal])
def test_each_mode_gives_a_package_of_its_own(alone: Path, tmp_path: Path, mode: Mode) -> None:
    assert in_this_process(alone, "paper", "SI-1", "--out", str(tmp_path / "out"), "--mode", mode.value) == 0
    stem = "SI-1.1" if mode is Mode.full else f"SI-1.1-{mode.value}"
    assert set(written(tmp_path / "out")) == {"paket.json", *(f"{stem}.{ending}" for ending in ENDINGS)}
    kind = paper_in(tmp_path / "out").head.kind.value
    assert kind == ("report" if mode is Mode.report else "decision")


def test_one_goal_is_the_only_one_in_its_package(alone: Path, tmp_path: Path) -> None:
    asked = ("paper", "SI-1", "--out", str(tmp_path / "out"), "--mode", "one_goal", "--goal", "Z-S")
    assert in_this_process(alone, *asked) == 0
    assert [one.id for one in paper_in(tmp_path / "out").goals] == ["Z-S"]


def test_the_public_variant_says_so_in_its_names(alone: Path, tmp_path: Path) -> None:
    assert in_this_process(alone, "paper", "SI-1", "--out", str(tmp_path / "out"), "--public") == 0
    assert "SI-1.1-public.pdf" in written(tmp_path / "out")
    assert paper_in(tmp_path / "out").head.public


def test_freezing_beside_a_server_keeps_a_snapshot_and_its_language(
    served: Path, frozen: Store, tmp_path: Path
) -> None:
    asked = ("paper", "SI-3", "--out", "out", "--freeze", "--language", "en")
    done = run(served, *asked, ZUKUNFTSPLAN_PERSON="Frau Muster", **TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    (snapshot,) = frozen.snapshots.all("SI-3")
    assert snapshot.taken_by == "Frau Muster"
    assert done.stdout.splitlines()[-1] == f"State SI-3.1, checksum (SHA-256) {snapshot.sha256}"
    paper = paper_in(tmp_path / "out")
    assert (paper.language, paper.basis.illustrative_included) == ("en", False)
    assert run(served, *asked, **TODAY).returncode == 0, "the same state again"
    assert frozen.snapshots.all("SI-3") == [snapshot]


def test_examples_count_only_where_they_are_asked_for(alone: Path, tmp_path: Path) -> None:
    done = run(alone, "paper", "SI-3", "--out", "out", "--freeze", "--illustrative", **TODAY)
    assert done.returncode == 0
    assert paper_in(tmp_path / "out").basis.illustrative_included


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["paper", "SI-9"], ["SI-9", "nichts eingefroren"]),
        (["paper", "SI-3"], ["SI-3", "nichts eingefroren"]),
        (["paper", "SI-1.9"], ["SI-1.9"]),
        (["paper", "SI-9", "--freeze"], ["Sitzung „SI-9“ wurde nicht gefunden"]),
        (["paper", "SI-0", "--freeze"], ["03.09.2026", "24.11.2026"]),
        (["paper", "SI-2", "--public"], ["SI-2", "nichtöffentlich"]),
        (["paper", "SI-1", "--mode", "one_goal"], ["gehört --goal"]),
        (["paper", "SI-1", "--mode", "one_goal", "--goal", "Z-9"], ["Ziel „Z-9“ wurde nicht gefunden"]),
        (["paper", "SI-1", "--mode", "halb"], ["--mode: „halb“ gibt es nicht", *Mode]),
        (["site", "SI-9"], ["SI-9"]),
        (["site", "SI-3"], ["SI-3", "nichts eingefroren"]),
        (["site", "SI-2"], ["SI-2", "nichtöffentlich"]),
        (["site", "SI-1", "--licence", "frei"], ["--licence: „frei“ gibt es nicht", *(one.value for one in Licence)]),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_nothing_is_written(
    alone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: list[str],
) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", TODAY["ZUKUNFTSPLAN_TODAY"])
    assert in_this_process(alone, *arguments, "--out", str(tmp_path / "out")) == 1
    (out, sentence) = capsys.readouterr()
    assert (out, len(sentence.splitlines())) == ("", 1)
    assert [part for part in told if part not in sentence] == []
    assert not (tmp_path / "out").exists()


def test_a_refusal_by_the_server_reads_like_one_of_its_own(served: Path, frozen: Store) -> None:
    asked = [("paper", "SI-9", "--out", "out"), ("paper", "SI-2", "--public", "--out", "out")]
    asked += [("site", "SI-2", "--out", "out"), ("site", "SI-9", "--out", "out", "--language", "en")]
    beside = [refused(run(served, *one)) for one in asked]
    frozen.close()
    assert [refused(run(served, *one)) for one in asked] == beside
    assert beside[3].startswith("Nothing is frozen"), "told in English"


@pytest.mark.parametrize("command", ["paper", "site"])
def test_a_folder_with_other_content_is_left_as_it_is(
    alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder, last = tmp_path / "out", {"paper": "paket.json", "site": "data/dcat-ap.jsonld"}[command]
    (folder / last).parent.mkdir(parents=True)
    (folder / last).write_text("etwas anderes", encoding="utf-8")
    assert in_this_process(alone, command, "SI-1", "--out", str(folder)) == 1
    (out, sentence) = capsys.readouterr()
    assert out == ""
    assert f"{folder / last} gibt es schon, mit anderem Inhalt" in sentence
    assert written(folder) == {last: b"etwas anderes"}
    (folder / last).unlink()
    (folder / "notiz.txt").write_text("bleibt", encoding="utf-8")
    assert in_this_process(alone, command, "SI-1", "--out", str(folder)) == 0, "what is of another name disturbs nobody"
    before = written(folder)
    assert in_this_process(alone, command, "SI-1", "--out", str(folder)) == 0, "the same content again"
    assert written(folder) == before
    assert before["notiz.txt"] == b"bleibt"


@pytest.mark.parametrize("command", ["paper", "site"])
@pytest.mark.parametrize("place", ["out", "out/darin"])
def test_a_folder_that_is_a_file_is_named(
    alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, place: str
) -> None:
    (tmp_path / "out").write_text("eine Datei", encoding="utf-8")
    assert in_this_process(alone, command, "SI-1", "--out", str(tmp_path / place)) == 1
    (out, sentence) = capsys.readouterr()
    assert (out, sentence.strip()) == (
        "",
        f"{tmp_path / 'out'} ist kein Ordner. Bitte wählen Sie einen anderen Ordner.",
    )
    assert (tmp_path / "out").read_text(encoding="utf-8") == "eine Datei"


def test_a_file_where_the_site_needs_a_folder_is_named(
    alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("eine Datei", encoding="utf-8")
    assert in_this_process(alone, "site", "SI-1", "--out", str(tmp_path)) == 1
    assert f"{tmp_path / 'data'} ist kein Ordner" in capsys.readouterr().err
    assert not (tmp_path / "index.html").exists()


@pytest.mark.parametrize(
    "name", ["../böse.html", "/etc/böse", "data/../../böse", "C:\\böse", "a\\..\\b", "data//x", "."]
)
def test_a_server_cannot_make_it_write_outside_the_folder(
    alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    answer: dict[str, Any] = {"snapshot": "SI-1.1", "sha256": "0" * 64, "replaced": []}
    answer["files"] = {"index.html": base64.b64encode(b"gut").decode(), name: base64.b64encode(b"schlecht").decode()}
    monkeypatch.setattr("metrics.cli._carry_out", lambda *_: answer)
    before = written(tmp_path)
    assert in_this_process(alone, "site", "SI-1", "--out", str(tmp_path / "out")) == 1
    assert f"„{name}“" in capsys.readouterr().err
    assert written(tmp_path) == before


def test_each_licence_is_the_one_in_the_catalogue(alone: Path, tmp_path: Path) -> None:
    for licence in Licence:
        folder = tmp_path / licence.name
        assert in_this_process(alone, "site", "SI-1", "--out", str(folder), "--licence", licence.value) == 0
        catalogue = json.loads((folder / "data" / "dcat-ap.jsonld").read_bytes())
        told = {
            file["dct:license"]["@id"] for entry in catalogue["dcat:dataset"] for file in entry["dcat:distribution"]
        }
        assert told == {licence.value}


def test_the_help_of_the_site_names_each_licence_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["site", "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [licence for licence in Licence if licence.value not in told] == []


def test_what_the_fonts_lack_is_told_and_the_package_is_made(frozen: Store, me: Person, now: datetime) -> None:
    add_record(frozen, a_sitting(id="SI-4", title="Mit Rakete 🚀"), by=me, at=now)
    frozen.close()
    done = run(frozen.path, "paper", "SI-4", "--out", "out", "--freeze", **TODAY)
    assert done.returncode == 0
    assert "sind ersetzt: 🚀 (ROCKET)" in done.stderr


def test_the_checksum_that_is_told_is_that_of_the_frozen_paper(alone: Path, tmp_path: Path, now: datetime) -> None:
    done = run(alone, "paper", "SI-1", "--out", "out")
    told = re.findall(r"[0-9a-f]{64}", done.stdout)
    with closing(Store.open(alone, now)) as store:
        content = store.snapshots.content("SI-1.1")[1]
    assert told == [hashlib.sha256(content.encode()).hexdigest()]
    assert paper_in(tmp_path / "out") == Paper.model_validate_json(content)
