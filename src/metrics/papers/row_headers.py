"""The first cell of each row in a PDF's tables becomes the row's header, which Typst cannot tag by itself."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_CELLS = (Name.TD, Name.TH)


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with `TH Scope=Row` in front of every body row of a table of three or more columns.

    Tables of two columns pair a word with its text and stay as they are. The same bytes in give the same bytes out.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root.get(Name.StructTreeRoot)
        for row in _body_rows(root) if root is not None else ():
            cells = [cell for cell in _children(row) if cell.get(Name.S) in _CELLS]
            if len(cells) > 2 and cells[0].get(Name.S) == Name.TD:
                _make_header(cells[0])
        written = BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _body_rows(root: Any) -> Iterator[Any]:
    """Every row inside a table's body, in reading order."""
    waiting = [(child, False) for child in reversed(_children(root))]
    while waiting:
        element, inside = waiting.pop()
        kind = element.get(Name.S)
        if inside and kind == Name.TR:
            yield element
        deeper = (inside or kind == Name.TBody) and kind != Name.Table
        waiting += [(child, deeper) for child in reversed(_children(element))]


def _children(element: Any) -> list[Any]:
    """The structure elements below one; marked content and references to objects are none."""
    below = element.get(Name.K)
    candidates = list(below) if isinstance(below, Array) else [below]
    return [one for one in candidates if isinstance(one, Dictionary) and Name.S in one]


def _make_header(cell: Any) -> None:
    cell[Name.S] = Name.TH
    attributes = cell.get(Name.A)
    sets = list(attributes) if isinstance(attributes, Array) else [attributes] if attributes is not None else []
    of_tables = next((one for one in sets if isinstance(one, Dictionary) and one.get(Name.O) == Name.Table), None)
    if of_tables is not None:
        of_tables[Name.Scope] = Name.Row
        return
    sets.append(Dictionary(O=Name.Table, Scope=Name.Row))
    cell[Name.A] = sets[0] if len(sets) == 1 else Array(sets)
