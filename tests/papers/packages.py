"""What is asked of every office file, whatever is in it."""

from __future__ import annotations

import io
import posixpath
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pydantic import BaseModel

from metrics.papers.model import Paper

HOSTILE = (
    '=HYPERLINK("https://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    "<script>alert(1)</script> & ]]> </a:t>",
    "{number} {0} %s %(x)s ${y}",
    "Null\x00, Glocke\x07, halbes Zeichen \ud83d, kein Zeichen \uffff",
    "Zeile\x0bZeile\x0cSeite\u2028Ende",
    "😀 Ş ł Ж Ω עברית _x0041_",
    "ohne Leerzeichen" * 60,
    "sehr langer Text " * 1_000,
    " ",
)
"""What somebody could type or paste: formulas, markup, placeholders, characters that XML does not know, long texts."""

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or poppler is not installed: NOBODY HAS LOOKED whether an office program opens the files",
)


def with_text_everywhere(model: Any, text: str) -> Any:
    """The same model with `text` in every field that holds one; ids keep apart."""
    if isinstance(model, tuple):
        return tuple(with_text_everywhere(entry, text) for entry in model)
    if isinstance(model, BaseModel):
        changed = {name: _replaced(name, getattr(model, name), text) for name in type(model).model_fields}
        return model.model_copy(update=changed)
    return text if type(model) is str else model


def _replaced(name: str, value: Any, text: str) -> Any:
    if name == "language":
        return value
    if type(value) is str and (name == "id" or name.endswith("_id")):
        return text + value
    return with_text_everywhere(value, text)


def hostile(paper: Paper, text: str) -> Paper:
    """The paper with this text everywhere."""
    found: Paper = with_text_everywhere(paper, text)
    return found


def parts(package: bytes) -> dict[str, bytes]:
    """The parts of an office file by name; those of a file inside it by both names."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found[name] = content
            if name.endswith((".xlsx", ".docx", ".pptx")):
                found |= {f"{name}!{inner}": text for inner, text in parts(content).items()}
    return found


def moments(package: bytes) -> set[tuple[int, ...]]:
    """The times that stand in an office file and in those inside it."""
    found: set[tuple[int, ...]] = set()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for entry in archive.infolist():
            found.add(entry.date_time)
            if entry.filename.endswith((".xlsx", ".docx", ".pptx")):
                found |= moments(archive.read(entry))
    return found


def faults(package: bytes) -> list[str]:
    """What would make an office program offer a repair: parts twice, broken XML, missing targets, doubled ids."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
    found = [f"{name} stands twice" for name, count in Counter(names).items() if count > 1]
    for name, content in parts(package).items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = ElementTree.fromstring(content)  # noqa: S314 - our own file
        if name.endswith(".rels") and "!" not in name:
            base = posixpath.dirname(posixpath.dirname(name))
            found += [f"{name} → {target}" for target in _targets(root, base) if target not in names]
        if name.startswith("ppt/slides/slide"):
            ids = Counter(e.get("id") for e in root.iter() if e.tag.endswith("}cNvPr"))
            found += [f"{name}: shape id {key} {count} times" for key, count in ids.items() if count > 1]
    return found


def _targets(root: ElementTree.Element, base: str) -> list[str]:
    inside = [rel for rel in root if rel.get("TargetMode") != "External"]
    targets = [str(rel.get("Target")) for rel in inside]
    return [t.lstrip("/") if t.startswith("/") else posixpath.normpath(posixpath.join(base, t)) for t in targets]


def converted(package: bytes, ending: str, target: str, folder: Path) -> Path:
    """The file as LibreOffice converts it; `target` is a format, with a filter and its options if need be."""
    source = folder / f"paper.{ending}"
    source.write_bytes(package)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    return next(path for path in sorted((folder / "out").iterdir()) if path.suffix == f".{target.split(':')[0]}")


def pages(pdf: Path) -> list[str]:
    """The text of each page of a PDF."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return told.split("\f")[:-1]
