"""What is handed out of a frozen paper: the package for a sitting, the public site, the text blocks to copy."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from metrics.domain.refusals import RecordNotFound
from metrics.papers.data_files import data_json, indicators_csv
from metrics.papers.docx import text_blocks, text_blocks_docx
from metrics.papers.html import offline_html
from metrics.papers.licences import Licence
from metrics.papers.model import Paper
from metrics.papers.modes import Mode, in_mode
from metrics.papers.package import package_description
from metrics.papers.pdf import page_images, paper_pdf
from metrics.papers.pptx import slides_pptx
from metrics.papers.printable import Replacement, printable_paper
from metrics.papers.site import public_site
from metrics.papers.slide_master import slides_on
from metrics.papers.xlsx import workbook_xlsx
from metrics.store.ledger import Store
from metrics.store.snapshots import Snapshot
from metrics.usecases.access import Person
from metrics.usecases.presenting import on_the_wall
from metrics.usecases.sittings import frozen_paper

DESCRIPTION = "paket.json"
MOST_LINES_AT_ONCE = 200
"""Indicators and measures of a paper whose pages are all drawn to look at one; the office's own plan has about 60."""


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
    snapshot, paper, shown = _shown(store, snapshot_id, by, mode, goal_id, public)
    if master is not None:
        check_master(master)  # before anything is made
    data, csv = data_json(shown), indicators_csv(shown)
    stem = package_name(snapshot, mode, public=public)
    with ThreadPoolExecutor(1) as beside:  # the PDF is set in a process of its own meanwhile
        pdf = beside.submit(paper_pdf, paper, mode, data, csv, goal_id)
        walked = in_mode(on_the_wall(paper), mode, goal_id)  # a smaller paper no longer knows all that is secret
        html = offline_html(walked)  # first, because it needs the most room for a moment
        docx, slides, workbook = text_blocks_docx(shown), slides_pptx(shown, master), workbook_xlsx(shown)
    files = {
        f"{stem}.pdf": pdf.result(),
        f"{stem}.docx": docx,
        f"{stem}.pptx": slides,
        f"{stem}.xlsx": workbook,
        f"{stem}.html": html,
        f"{stem}.json": data,
        f"{stem}.csv": csv,
    }
    files[DESCRIPTION] = package_description(files, shown)
    return Package(snapshot, files, printable_paper(shown)[1])


def package_name(snapshot: Snapshot, mode: Mode, *, public: bool) -> str:
    """What the files of a package are called."""
    return snapshot.id + ("" if mode is Mode.full else f"-{mode.value}") + ("-public" if public else "")


def make_site(store: Store, snapshot_id: str, *, by: Person, licence: Licence = Licence.zero) -> Package:
    """The public site of a snapshot, by relative paths; raises what `frozen_paper` raises for a public variant."""
    snapshot, paper = frozen_paper(store, snapshot_id, by=by, public=True)
    return Package(snapshot, public_site(paper, licence), ())


def blocks_to_copy(
    store: Store,
    snapshot_id: str,
    *,
    by: Person,
    mode: Mode = Mode.full,
    goal_id: str | None = None,
    public: bool = False,
) -> dict[str, str]:
    """The text blocks of a snapshot by the register they belong into; raises what `make_package` raises."""
    return text_blocks(_shown(store, snapshot_id, by, mode, goal_id, public)[2])


def _shown(
    store: Store, snapshot_id: str, by: Person, mode: Mode, goal_id: str | None, public: bool
) -> tuple[Snapshot, Paper, Paper]:
    """A snapshot with its paper, whole and in the mode."""
    snapshot, paper = frozen_paper(store, snapshot_id, by=by, public=public)
    if mode is Mode.one_goal and goal_id not in {goal.id for goal in paper.goals}:
        raise RecordNotFound(kind="goal", id=goal_id or "–")
    return snapshot, paper, in_mode(paper, mode, goal_id)


def pages_of(paper: Paper, part: int | None = None) -> list[bytes]:
    """The pages of a paper as PNG, as they would be printed.

    `part` of a long paper: 0 for everything but the goals, n for its nth goal.
    """
    return page_images(paper, Mode.full, part=part)


def is_long(paper: Paper) -> bool:
    """Whether a paper has so much in it that one looks at it in parts."""
    return sum(len(goal.indicators) + len(goal.measures) for goal in paper.goals) > MOST_LINES_AT_ONCE


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
