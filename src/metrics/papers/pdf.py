"""The committee paper as PDF/UA-1 and PDF/A-3a in one file, with its data attached; and its pages as pictures."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst

from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.papers.printable import FONTS, printable_paper
from metrics.papers.row_headers import with_row_headers
from metrics.papers.sheet import sheet

TEMPLATES = Path(__file__).parent / "typst"
PICTURE_RESOLUTION = 96.0
"""Pixels per inch of a page's picture."""


def paper_pdf(paper: Paper, mode: Mode, data: bytes, csv: bytes, goal_id: str | None = None) -> bytes:
    """The paper as a PDF. `data` (JSON) and `csv` are the files attached to it, in UTF-8.

    What the fonts lack is replaced (`printable_paper` tells what). Raises ValueError for one goal that is not there.
    """
    compiled = _compiler(paper, mode, data, csv, goal_id).compile(
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(paper.basis.frozen_at, time(), UTC),
    )
    return with_row_headers(_pages(compiled)[0])


def page_images(paper: Paper, mode: Mode, data: bytes, csv: bytes, goal_id: str | None = None) -> list[bytes]:
    """The pages of that PDF as PNG, from the same template."""
    return _pages(_compiler(paper, mode, data, csv, goal_id).compile(format="png", ppi=PICTURE_RESOLUTION))


def _compiler(paper: Paper, mode: Mode, data: bytes, csv: bytes, goal_id: str | None) -> typst.Compiler:
    shown, _ = printable_paper(paper)
    said = sheet(shown, mode, goal_id, sha256(data).hexdigest())
    return typst.Compiler(
        TEMPLATES / "paper.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"sheet": _canonical(said), "data": data.decode(), "csv": csv.decode()},
    )


def _canonical(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _pages(compiled: bytes | list[bytes] | None) -> list[bytes]:
    assert compiled is not None
    return [compiled] if isinstance(compiled, bytes) else compiled


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
