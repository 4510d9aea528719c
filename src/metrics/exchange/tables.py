"""Tables for spreadsheets, as CSV that opens rightly with a double click, and in which text stays text."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from numbers import Integral, Real

from metrics.locale.catalogue import Language

_BYTE_ORDER_MARK = "\ufeff"
_STARTS_OF_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
"""Behind these a spreadsheet looks for a formula; the last four are their full-width forms."""


def csv_table(rows: Sequence[Mapping[str, object]], language: Language) -> bytes:
    """UTF-8 with byte order mark; German: semicolons and decimal commas, English: commas and points.

    The columns are the keys of the rows in the order in which they first occur; a missing value is an empty cell.
    Dates are ISO. Text that a spreadsheet would take for a formula gets an apostrophe in front, numbers never.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow([_cell(name, language) for name in columns])
    writer.writerows([[_cell(row.get(name), language) for name in columns] for row in rows])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def markdown_table(rows: Sequence[Mapping[str, object]], language: Language) -> str:
    """The rows as a Markdown table with the columns and cells of `csv_table`; no cell ends early."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(row.get(name), language) for name in columns] for row in rows]
    told = [" | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in told)


def _cell(value: object, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = ("ja", "nein") if language == "de" else ("yes", "no")
        return yes if value else no
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        return _number(float(value), language)
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value)
    return "'" + text if text.startswith(_STARTS_OF_FORMULAS) else text


def _number(value: float, language: Language) -> str:
    """The digits that tell something, without separators of thousands; nothing for what is no number."""
    if not math.isfinite(value):
        return ""
    digits = 12 if abs(value) < 10**10 else 15  # the last of a small number are noise, those of a large one its cents
    text = f"{value:.{digits}g}"
    return text.replace(".", ",") if language == "de" else text
