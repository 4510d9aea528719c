"""What committee papers cost: the package of a large plan in a cold process, a PDF of ten pages, a browser's print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import mean

import pikepdf

from benchmarks.figure import Figure
from benchmarks.generate import MOMENT, OFFICE, TODAY, make_plan
from benchmarks.measured import cost
from benchmarks.server import ROOT
from metrics.domain.committee import PaperKind, Sitting, SittingRole
from metrics.papers.html import offline_html
from metrics.papers.model import Paper
from metrics.store.ledger import Store
from metrics.usecases.founding import found_store
from metrics.usecases.packaging import is_long, pages_of
from metrics.usecases.planning import add_record
from metrics.usecases.sittings import freeze
from tests.browser.conftest import CHROMIUM, QUIET

COLD = 3
"""Fresh processes for the PDF; the least counts, because other work on the machine only ever adds to it."""
SITTING = Sitting(
    id="SI-1",
    title="Zukunftsplan: Stand der Umsetzung",
    committee="Ausschuss für Wirtschaft",
    held_on=date(2026, 12, 10),
    role=SittingRole.decision,
    paper_kind=PaperKind.decision,
)


def papers(folder: Path) -> list[Figure]:
    """The package of 200 measures and 500 indicators, ten pages as PDF, both beside Chromium's print of the slides."""
    return _package(folder) + _ten_pages(folder) + _preview(folder)


def _package(folder: Path) -> list[Figure]:
    database, out, name = folder / "large.duckdb", folder / "out", "200 measures, 500 indicators"
    make_plan(200, 500, 25_000, database)
    paper = _frozen(database)
    command = [sys.executable, "-m", "metrics.cli", "--database", str(database), "paper", "SI-1", "--out", str(out)]
    found = cost(command)
    printed = _print(paper, folder / "large.html")
    size = sum(file.stat().st_size for file in out.iterdir())
    return [
        Figure(f"{name}: the whole package, cold", found["seconds"], "s", 10),
        Figure(f"{name}: its processor time", found["cpu"], "s"),
        Figure(f"{name}: its largest process", found["largest"], "MB", 300),
        Figure(f"{name}: its processes together", found["together"], "MB"),
        Figure(f"{name}: all files", size / 1e6, "MB"),
        Figure(f"{name}: pages of the PDF", _pages(out / "SI-1.1.pdf"), ""),
        Figure(f"{name}: Chromium's print of the offline presentation", printed["seconds"], "s"),
        Figure(f"{name}: its largest process", printed["largest"], "MB"),
        Figure(f"{name}: its processes together", printed["together"], "MB"),
    ]


def _ten_pages(folder: Path) -> list[Figure]:
    database, told, pdf, name = folder / "demo.duckdb", folder / "demo.json", folder / "demo.pdf", "demo plan"
    found_store(database, ROOT / "data" / "demo" / "plan.json", MOMENT).close()
    paper = _frozen(database)
    told.write_text(paper.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.paper_worker", str(told), str(pdf)]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(COLD)]
    printed, pages = _print(paper, folder / "demo.html"), _pages(pdf)
    cold, warm = min(first for first, *_ in runs), min(mean(rest) for _, *rest in runs)
    return [
        Figure(f"{name}: pages of the PDF", pages, ""),
        Figure(f"{name}: processor time of the PDF, cold", cold, "s"),
        Figure(f"{name}: processor time of the PDF, warm", warm, "s"),
        Figure(f"{name}: of ten of its pages, cold", cold * 10 / pages, "s", 0.5),
        Figure(f"{name}: of ten of its pages, warm", warm * 10 / pages, "s", 0.5),
        Figure(f"{name}: pages of Chromium's print of the offline presentation", printed["pages"], ""),
        Figure(f"{name}: its processor time, as far as it is told", printed["cpu"], "s"),
        Figure(f"{name}: its time on the clock", printed["seconds"], "s"),
        Figure(f"{name}: its processes together", printed["together"], "MB"),
    ]


def _preview(folder: Path) -> list[Figure]:
    database, name = folder / "huge.duckdb", "1,000 measures, 2,000 indicators"
    make_plan(1_000, 2_000, 100_000, database)
    paper = _frozen(database)
    if not is_long(paper):
        raise RuntimeError("a paper of this size is looked at in parts")
    found = []
    for part, what in ((0, "all but the goals"), (1, "the first goal"), (None, "all pages")):
        begun = time.perf_counter()
        pages = pages_of(paper, part)
        told = f"{name}: preview of {what}, {len(pages)} pages"
        found.append(Figure(told, time.perf_counter() - begun, "s", None if part is None else 8))
    return found


def _frozen(database: Path) -> Paper:
    with closing(Store.open(database, MOMENT)) as store:
        add_record(store, SITTING, by=OFFICE, at=MOMENT)
        snapshot = freeze(store, SITTING.id, by=OFFICE, at=MOMENT, today=TODAY)
        return Paper.model_validate_json(store.snapshots.content(snapshot.id)[1])


def _print(paper: Paper, page: Path) -> dict[str, float]:
    """What Chromium needs to print the offline presentation of a paper."""
    page.write_bytes(offline_html(paper))
    pdf = page.with_suffix(".printed.pdf")
    options = [*QUIET, "--headless", f"--user-data-dir={page.with_suffix('.profile')}", f"--print-to-pdf={pdf}"]
    found = cost([os.environ.get("CHROMIUM", CHROMIUM), *options, page.as_uri()])
    return found | {"pages": float(_pages(pdf))}


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)
