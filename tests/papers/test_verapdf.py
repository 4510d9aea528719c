"""The real veraPDF finds nothing to complain about: every paper is PDF/UA-1 and PDF/A-3a at once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf

from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.papers.pdf import paper_pdf
from tests.papers.hostile import ENDLESS, HOSTILE, bare_paper, hostile_paper
from tests.papers.samples import a_paper, large_paper
from tests.papers.verapdf import FLAVOURS, broken_rules

DATA, CSV = b'{"stand": "2026-09-30"}', "\ufeffIndikator;Wert\r\nK1;4,5\r\n".encode()

UNTAGGED = "untagged.pdf"
PAPERS: dict[str, tuple[Paper, Mode]] = {
    **{f"{mode}.pdf": (a_paper(), mode) for mode in Mode},
    "hostile.pdf": (hostile_paper(a_paper(), *HOSTILE), Mode.full),
    "hostile_shifted.pdf": (hostile_paper(a_paper(), *HOSTILE[4:], "ein Text", *HOSTILE[:4]), Mode.full),
    "blank.pdf": (hostile_paper(a_paper(), " "), Mode.full),
    "endless.pdf": (hostile_paper(a_paper(), *["kurz"] * 13, *ENDLESS), Mode.full),
    "bare.pdf": (bare_paper(), Mode.full),
    "large.pdf": (large_paper(3, 60, 30), Mode.full),
}


def test_verapdf_finds_no_broken_rule_but_in_the_paper_without_its_tags(tmp_path: Path) -> None:
    """All papers in one test, for it takes one start of Java."""
    pdfs = {name: paper_pdf(paper, mode, DATA, CSV, _first_goal(paper)) for name, (paper, mode) in PAPERS.items()}
    pdfs[UNTAGGED] = _without_tags(pdfs["bare.pdf"])
    found = broken_rules(pdfs, tmp_path)
    complained_of = {which: rules for which, rules in found.items() if rules}
    assert set(found) == {(name, flavour) for name in pdfs for flavour in FLAVOURS}
    assert set(complained_of) == {(UNTAGGED, flavour) for flavour in FLAVOURS}, complained_of


def _without_tags(pdf: bytes) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.Root.StructTreeRoot
        document.save(written)
    return written.getvalue()


def _first_goal(paper: Paper) -> str | None:
    return paper.goals[0].id if paper.goals else None
