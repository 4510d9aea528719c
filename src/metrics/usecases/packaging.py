"""The package for a sitting: every file from the same frozen paper, and a list that proves which file is which."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from metrics.domain.refusals import RecordNotFound
from metrics.papers.data_files import data_json, indicators_csv
from metrics.papers.docx import text_blocks_docx
from metrics.papers.html import offline_html
from metrics.papers.model import Paper
from metrics.papers.modes import Mode, in_mode
from metrics.papers.package import package_description
from metrics.papers.pdf import page_images, paper_pdf
from metrics.papers.pptx import slides_pptx
from metrics.papers.printable import Replacement, printable_paper
from metrics.papers.slide_master import slides_on
from metrics.papers.xlsx import workbook_xlsx
from metrics.store.ledger import Store
from metrics.store.snapshots import Snapshot
from metrics.usecases.access import Person
from metrics.usecases.presenting import on_the_wall
from metrics.usecases.sittings import frozen_paper

DESCRIPTION = "paket.json"


@dataclass(frozen=True, slots=True)
class Package:
    """The files by name, and which characters the fonts could not show."""

    snapshot: Snapshot
    files: dict[str, bytes]
    replaced: tuple[Replacement, ...]


def make_package(
    store: Store,
    snapshot_id: str,
    *,
    by: Person,
    mode: Mode = Mode.full,
    goal_id: str | None = None,
    public: bool = False,
    master: bytes | None = None,
) -> Package:
    """Every file of a snapshot in a mode; `master` is the city's own presentation to build the slides on.

    Raises what `frozen_paper` raises, RecordNotFound where the goal is not in the paper, MasterNotReadable.
    """
    snapshot, paper = frozen_paper(store, snapshot_id, by=by, public=public)
    if mode is Mode.one_goal and goal_id not in {goal.id for goal in paper.goals}:
        raise RecordNotFound(kind="goal", id=goal_id or "–")
    shown = in_mode(paper, mode, goal_id)
    slides = slides_pptx(shown, master)  # first: a master that cannot be read is told before anything is made
    data, csv = data_json(shown), indicators_csv(shown)
    stem = snapshot.id + ("" if mode is Mode.full else f"-{mode.value}") + ("-public" if public else "")
    files = {
        f"{stem}.pdf": paper_pdf(paper, mode, data, csv, goal_id),
        f"{stem}.docx": text_blocks_docx(shown),
        f"{stem}.pptx": slides,
        f"{stem}.xlsx": workbook_xlsx(shown),
        f"{stem}.html": offline_html(on_the_wall(shown)),
        f"{stem}.json": data,
        f"{stem}.csv": csv,
    }
    files[DESCRIPTION] = package_description(files, shown)
    return Package(snapshot, files, printable_paper(shown)[1])


def pages_of(paper: Paper, mode: Mode = Mode.full, goal_id: str | None = None) -> list[bytes]:
    """The pages of a paper as PNG, as they would be printed."""
    shown = in_mode(paper, mode, goal_id)
    return page_images(paper, mode, data_json(shown), indicators_csv(shown), goal_id)


def zipped(package: Package) -> bytes:
    """The package in one file, the same bytes each time."""
    made = io.BytesIO()
    when = package.snapshot.taken_at
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.files.items():
            entry = zipfile.ZipInfo(name, (when.year, when.month, when.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def replaced_characters(paper: Paper) -> tuple[Replacement, ...]:
    """The characters of a paper that its fonts cannot show, with what stands in their place."""
    return printable_paper(paper)[1]


def check_master(master: bytes) -> None:
    """Raise MasterNotReadable where a presentation cannot be built on."""
    slides_on(master)
