"""Every part of the office files obeys the schemas of the format, so that no office program offers to repair them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from metrics.papers.docx import text_blocks_docx
from metrics.papers.model import Paper
from metrics.papers.pptx import slides_pptx
from metrics.papers.xlsx import workbook_xlsx
from tests.papers.office_samples import a_paper, an_empty_paper, large_paper
from tests.papers.packages import HOSTILE, hostile

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("openxml_audit") is None,
    reason="openxml-audit is not installed: NOBODY HAS CHECKED the office files against the schemas of the format",
)

WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": text_blocks_docx,
    "pptx": slides_pptx,
    "xlsx": workbook_xlsx,
}


def violations(package: bytes, ending: str, folder: Path) -> list[str]:
    """What the validator finds, as it says it."""
    file = folder / f"paper.{ending}"
    file.write_bytes(package)
    result = importlib.import_module("openxml_audit").OpenXmlValidator().validate(str(file))
    return [f"{error.part_uri} {error.path}: {error.description}" for error in result.errors]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("size", ["empty", "usual", "large"])
def test_no_schema_of_the_format_is_broken(ending: str, size: str, tmp_path: Path) -> None:
    paper = {"empty": an_empty_paper, "usual": a_paper, "large": lambda: large_paper(20, 500, 200)}[size]()

    assert violations(WRITERS[ending](paper), ending, tmp_path) == []


@pytest.mark.parametrize("ending", WRITERS)
def test_typed_text_breaks_no_schema(ending: str, tmp_path: Path) -> None:
    found = [violations(WRITERS[ending](hostile(a_paper(), text)), ending, tmp_path) for text in HOSTILE]

    assert found == [[] for _ in HOSTILE]
