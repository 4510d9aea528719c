"""What the three office formats share: the same bytes for the same content, and no character that XML forbids."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_FORBIDDEN_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, unpaired halves of characters and non-characters; the second half is what XML 1.0 allows."""
_LINE_BREAKS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_DAY_IN_PROPERTIES = re.compile(
    rb"(<(dcterms:created|dcterms:modified|cp:lastPrinted)\b[^>]*>)[^<]*(</\2>)",
)
_SPACES = re.compile("[ \t\n]+")
"""Not the ones that hold a number and its unit together."""
_PROPERTIES = "docProps/core.xml"
_PACKAGES = (".xlsx", ".docx", ".pptx")
_EARLIEST_YEAR, _LATEST_YEAR = 1980, 2107
"""A ZIP archive knows no other years."""


def xml_text(text: str) -> str:
    """The text without what cannot stand in an XML file; every sort of line break becomes a newline."""
    return _FORBIDDEN_IN_XML.sub("", _LINE_BREAKS.sub("\n", text))


def one_line(text: str, limit: int | None = None) -> str:
    """The text in one line for titles, names and labels, at most `limit` characters, cut at a word if it can be."""
    line = _SPACES.sub(" ", xml_text(text)).strip(" ")
    if limit is None or len(line) <= limit:
        return line
    head = line[: limit - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:–-") + "…"


def same_bytes(data: bytes, day: date) -> bytes:
    """An OOXML file, and every one inside it, with `day` as the time of all its parts and in its properties.

    What else the archive tells about its making (system, permissions, compression) is fixed too, so that equal content
    gives equal bytes. Raises zipfile.BadZipFile for anything but a ZIP archive.
    """
    stamp = (min(max(day.year, _EARLIEST_YEAR), _LATEST_YEAR), day.month, day.day, 0, 0, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, _same_part(name, source.read(name), day), compresslevel=6)
    return made.getvalue()


def _same_part(name: str, content: bytes, day: date) -> bytes:
    if name == _PROPERTIES:
        return _DAY_IN_PROPERTIES.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<3>", content)
    return same_bytes(content, day) if name.endswith(_PACKAGES) else content
