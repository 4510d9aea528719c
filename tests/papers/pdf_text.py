"""What a PDF says to a program that reads it aloud: text in reading order, tags, attachments."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name


def structure_lines(pdf: bytes, folder: Path) -> list[str]:
    """The tags with their texts in reading order, as `pdfinfo -struct-text` tells them; skips where it is missing.

    The program tells the titles of tags in other bytes than their texts; these are not to be relied on.
    """
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("reading order needs pdfinfo: apt-get install poppler-utils")
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    command = [program, "-enc", "UTF-8", "-struct-text", str(file)]
    run = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return [line.strip() for line in run.stdout.decode(errors="replace").splitlines()]


def said(pdf: bytes, folder: Path) -> str:
    """All texts in reading order, without tags, on one line."""
    texts = (line for line in structure_lines(pdf, folder) if line.startswith('"'))
    return " ".join("".join(text.strip('"') for text in texts).replace("\u200b", "").split())


def headings(pdf: bytes, level: int, folder: Path) -> list[str]:
    """The texts of the headings of a level."""
    found: list[str] = []
    inside = False
    for line in structure_lines(pdf, folder):
        if line.startswith('"') and inside:
            found[-1] += line.strip('"')
        else:
            inside = re.match(rf"H{level}\b", line) is not None
            if inside:
                found.append("")
    return [" ".join(text.split()) for text in found]


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def attachments(pdf: bytes) -> dict[str, bytes]:
    """The attached files by name."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}


def tables(pdf: bytes) -> list[list[list[str]]]:
    """For each table the tags of its rows' cells; a header cell with the direction it heads: "TH Row"."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = [element for element in _elements(document.Root.StructTreeRoot) if Name.Table == element.S]
        return [
            [[_cell(cell) for cell in _below(row)] for row in _elements(table) if row.get("/S") == Name.TR]
            for table in found
        ]


def alt_texts(pdf: bytes) -> list[str]:
    """The alternative texts of all figures."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [str(element.Alt) for element in _elements(document.Root.StructTreeRoot) if Name.Alt in element]


def _cell(cell: Any) -> str:
    sets = cell.get("/A", Array())
    scopes = [str(one.Scope)[1:] for one in (sets if isinstance(sets, Array) else [sets]) if Name.Scope in one]
    return " ".join([str(cell.S)[1:], *scopes])


def _elements(element: Any) -> Iterator[Any]:
    for child in _below(element):
        yield child
        yield from _elements(child)


def _below(element: Any) -> list[Any]:
    inside = element.get("/K")
    children = list(inside) if isinstance(inside, Array) else [inside]
    return [child for child in children if isinstance(child, Dictionary) and Name.S in child]
