"""The handbook as tests read it: the tables and the code blocks of a chapter."""

from __future__ import annotations

import re
from pathlib import Path

CHAPTERS = Path(__file__).parents[1] / "docs" / "handbuch"
_BLOCK = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def chapter(name: str) -> str:
    """The text of a chapter."""
    return (CHAPTERS / f"{name}.md").read_text(encoding="utf-8")


def on_one_line(text: str) -> str:
    """The text without its line breaks and quotation bars, to look for sentences in it."""
    return re.sub(r"\s*\n>?\s*", " ", text)


def tables(text: str) -> list[list[list[str]]]:
    """Every table of a chapter: its heading and its rows, cell by cell."""
    found: list[list[list[str]]] = []
    before = ""
    for line in text.splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(set(cell) <= set("-:") for cell in cells):
                found[-1].append(cells)
        before = line
    return found


def json_blocks(text: str) -> list[str]:
    """Every code block that is marked as JSON."""
    return _BLOCK.findall(text)
