"""What is rare or broken goes through the whole package: every file opens and says so, or nothing is made."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from metrics.domain.demands import ValueByDate
from metrics.domain.refusals import MasterNotReadable, SittingIsOver
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.store.ledger import Store
from metrics.usecases import packaging
from metrics.usecases.access import Person
from metrics.usecases.packaging import DESCRIPTION, Package, make_package, make_site, zipped
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import freeze
from tests.papers.hand_out import kept_in
from tests.papers.packages import faults
from tests.papers.pdf_text import page_count, said
from tests.papers.samples import a_head, a_paper, large_paper, some_goals
from tests.papers.test_pptx import BROKEN, a_master
from tests.papers.web_hostile import Elements
from tests.plan import a_goal, a_sitting, a_target, an_indicator

PUBLIC = a_head(public=True)
LONG = "Flächenentwicklung und Wirtschaftsförderung " * 45 + "Ende"
"""2,000 characters."""
EMPTY: dict[str, Any] = dict.fromkeys(("decisions", "changes", "goals", "labs", "follow_ups"), ())
EMPTY |= dict.fromkeys(("summary", "facts", "finances", "climate", "running_well", "stuck"), "")
WITHOUT_VALUES = tuple(
    goal.model_copy(
        update={
            "indicators": tuple(
                line.model_copy(update={"points": (), "actual": None, "actual_period": None, "share": None})
                for line in goal.indicators
            )
        }
    )
    for goal in some_goals()
)
ODD = {
    "nothing at all": a_paper(head=PUBLIC, **EMPTY, ranking=None, resources=None),
    "goals without values": a_paper(head=PUBLIC, goals=WITHOUT_VALUES),
    "300 indicators": large_paper(20, 300, 200).model_copy(update={"head": PUBLIC}),
    "endless titles": a_paper(
        head=a_head(public=True, title=LONG, committee=LONG, office=LONG),
        goals=tuple(goal.model_copy(update={"title": LONG}) for goal in some_goals()),
    ),
    "a word without end": a_paper(head=a_head(public=True, title="Wort" * 500)),
    "signs that no font has": a_paper(head=a_head(public=True, title="Start 🚀 漢字 \ue000")),
}


def check(package: Package, paper: Paper) -> dict[str, bytes]:
    """That every file opens and is the one in the list; the files by their ending."""
    files = {name.rpartition(".")[2]: content for name, content in package.files.items() if name != DESCRIPTION}
    assert set(files) == {"pdf", "docx", "pptx", "xlsx", "html", "json", "csv"}
    assert page_count(files["pdf"]) >= 1
    assert [faults(files[ending]) for ending in ("docx", "pptx", "xlsx")] == [[], [], []]
    assert Elements(files["html"]).names[0] == "html"
    assert Paper.model_validate_json(files["json"]) == paper
    listed = json.loads(package.files[DESCRIPTION])
    sums = {one["fileName"]: one["sha512Checksum"] for one in (listed["mainFile"], *listed["auxiliaryFile"])}
    made = {name: content for name, content in package.files.items() if name != DESCRIPTION}
    assert sums == {name: hashlib.sha512(content).hexdigest() for name, content in made.items()}
    with zipfile.ZipFile(io.BytesIO(zipped(package))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == package.files
    return files


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_paper_goes_through_the_whole_package_and_the_site(store: Store, me: Person, odd: str) -> None:
    snapshot = kept_in(store, ODD[odd])
    check(make_package(store, snapshot.id, by=me), ODD[odd])
    site = make_site(store, snapshot.id, by=me).files
    for name, content in site.items():
        assert not name.endswith(".html") or Elements(content).names[0] == "html"


def test_the_paper_of_an_empty_plan_says_so_in_each_file(
    store: Store, me: Person, now: datetime, today: date, tmp_path: Path
) -> None:
    add_record(store, a_sitting(), by=me, at=now)
    snapshot = freeze(store, "SI-1", by=me, at=now, today=today)
    package = make_package(store, snapshot.id, by=me)
    files = check(package, Paper.model_validate_json(store.snapshots.content(snapshot.id)[1]))
    sentence = "Für die Ziele des Plans gibt es noch keinen Indikator."
    assert sentence in " ".join(said(files["pdf"], tmp_path).split())
    assert sentence in Elements(files["html"]).text
    site = make_site(store, snapshot.id, by=me).files
    assert sentence in Elements(site["index.html"]).text
    assert "Noch keine Ziele." in Elements(site["index.html"]).text


def test_a_goal_without_readings_says_why_it_is_not_judged(
    store: Store, me: Person, now: datetime, today: date, tmp_path: Path
) -> None:
    target = a_target(ValueByDate(value=7.0, due="2028", baseline=9.0, baseline_period="2019"))
    for record in (a_goal(), an_indicator(goal_ids=("Z-R",)), target, a_sitting()):
        add_record(store, record, by=me, at=now)
    snapshot = freeze(store, "SI-1", by=me, at=now, today=today)
    paper = Paper.model_validate_json(store.snapshots.content(snapshot.id)[1])
    (line,) = paper.indicators
    assert (line.actual, line.course, bool(line.reason)) == (None, None, True)
    files = check(make_package(store, snapshot.id, by=me), paper)
    told = " ".join(said(files["pdf"], tmp_path).split())
    assert line.reason.split(".")[0] in told


def test_three_hundred_indicators_fit_into_a_package_that_can_be_mailed(store: Store, me: Person) -> None:
    snapshot = kept_in(store, ODD["300 indicators"])
    files = check(make_package(store, snapshot.id, by=me), ODD["300 indicators"])
    assert 30 <= page_count(files["pdf"]) <= 120
    assert sum(map(len, files.values())) < 10_000_000


def test_what_a_font_lacks_is_replaced_in_the_pdf_and_told(store: Store, me: Person, tmp_path: Path) -> None:
    snapshot = kept_in(store, ODD["signs that no font has"])
    package = make_package(store, snapshot.id, by=me)
    assert [one.name for one in package.replaced] == ["ROCKET", "CJK", "U+E000"]
    assert "Start [rocket] [cjk] □" in " ".join(said(package.files["SI-1.1.pdf"], tmp_path).split())
    assert "Start 🚀 漢字" in Elements(package.files["SI-1.1.html"]).text, "a browser has fonts of its own"


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_master_is_refused_before_anything_is_made(
    store: Store, me: Person, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    snapshot = kept_in(store, a_paper())
    before, made = store.change_number(), []
    monkeypatch.setattr(packaging, "paper_pdf", lambda *_: made.append("pdf") or b"")
    monkeypatch.setattr(packaging, "text_blocks_docx", lambda *_: made.append("docx") or b"")
    master, problem = BROKEN[fault]
    with pytest.raises(MasterNotReadable) as refused:
        make_package(store, snapshot.id, by=me, master=master())
    assert refused.value.data == {"problem": problem}
    assert made == []
    assert (store.change_number(), store.snapshots.all()) == (before, [snapshot])


def test_a_master_that_can_be_built_on_changes_the_slides_alone(store: Store, me: Person) -> None:
    snapshot = kept_in(store, a_paper())
    plain = make_package(store, snapshot.id, by=me, mode=Mode.report).files
    on_master = make_package(store, snapshot.id, by=me, mode=Mode.report, master=a_master()).files
    changed = {name for name, content in plain.items() if on_master[name] != content}
    assert changed == {"SI-1.1-report.pptx", DESCRIPTION}


def test_for_a_sitting_that_was_nothing_is_frozen_or_made(store: Store, me: Person, now: datetime, today: date) -> None:
    add_record(store, a_sitting(held_on=date(2026, 9, 3)), by=me, at=now)
    before = store.change_number()
    with pytest.raises(SittingIsOver) as refused:
        freeze(store, "SI-1", by=me, at=now, today=today)
    assert refused.value.data == {"held_on": date(2026, 9, 3), "today": today}
    assert (store.change_number(), store.snapshots.all()) == (before, [])
