"""The committee paper as PDF/UA-1 and PDF/A-3a in one file, with its data attached; and its pages as pictures."""

from __future__ import annotations

from datetime import UTC, datetime, time
from hashlib import sha256

from metrics.papers.data_files import canonical_json, data_json
from metrics.papers.model import Paper
from metrics.papers.modes import Mode, in_mode
from metrics.papers.printable import printable_paper
from metrics.papers.sheet import part_of, sheet
from metrics.papers.typesetting import Order, set_in_type

PICTURE_RESOLUTION = 96.0
"""Pixels per inch of a page's picture."""


def paper_pdf(paper: Paper, mode: Mode, data: bytes, csv: bytes, goal_id: str | None = None) -> bytes:
    """The paper as a PDF. `data` (JSON) and `csv` are the files attached to it, in UTF-8.

    What the fonts lack is replaced (`printable_paper` tells what). Raises ValueError for one goal that is not there.
    """
    shown, _ = printable_paper(paper)
    said = sheet(shown, mode, goal_id, sha256(data).hexdigest())
    inputs = {"sheet": canonical_json(said), "data": data, "csv": csv}
    day = datetime.combine(paper.basis.frozen_at, time(), UTC)
    order = Order(inputs, "pdf", {"pdf_standards": ["a-3a", "ua-1"], "timestamp": day})
    return set_in_type(order)[0]


def page_images(paper: Paper, mode: Mode, goal_id: str | None = None, part: int | None = None) -> list[bytes]:
    """The pages of that PDF as PNG, from the same template; or those of a part of it (see `part_of`).

    Setting a thousand pages to look at one would take half a minute.
    """
    shown, _ = printable_paper(paper if not part else _with_goal(paper, part))
    digest = sha256(data_json(in_mode(paper, mode, goal_id))).hexdigest() if not part else ""
    said = part_of(sheet(shown, mode, goal_id, digest), part)
    inputs = {"sheet": canonical_json(said), "data": b"", "csv": b""}
    return set_in_type(Order(inputs, "png", {"ppi": PICTURE_RESOLUTION}))


def _with_goal(paper: Paper, place: int) -> Paper:
    return paper.model_copy(update={"goals": paper.goals[place - 1 : place]})
