"""The paper's data as files: all of it as JSON, the indicators as CSV.

JSON is for machines: the model itself, keys in alphabetical order, no spaces, UTF-8, numbers with points. The CSV is
for people with a spreadsheet, so it opens rightly with a double click: quoted after RFC 4180 with CRLF, UTF-8 with byte
order mark; in German with semicolons and decimal commas, in English with commas and points, as in all tables of the
program.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date

from metrics.locale.catalogue import Language, to_translate, translate
from metrics.locale.words import course_meaning
from metrics.papers.model import GoalPage, IndicatorLine, Paper, PointLine

_BYTE_ORDER_MARK = "\ufeff"
_STARTS_OF_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
"""Behind these a spreadsheet looks for a formula; the last four are their full-width forms."""

Cell = str | float | date | bool | None


def data_json(paper: Paper) -> bytes:
    """What the paper shows as canonical JSON; `Paper.model_validate_json` reads it back."""
    return canonical_json(paper.model_dump(mode="json", exclude={"aside"}))


def goal_json(goal: GoalPage) -> bytes:
    """A goal with its indicators and measures as canonical JSON."""
    return canonical_json(goal.model_dump(mode="json"))


def canonical_json(value: object) -> bytes:
    """JSON that is the same for the same value: sorted keys, no spaces, UTF-8, a line break at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return (text + "\n").encode()


def indicators_csv(paper: Paper) -> bytes:
    """One row for each value of each indicator of each goal; an indicator without values has a row of its own."""
    language = paper.language
    return values_csv(paper.goals, language)


def values_csv(goals: Iterable[GoalPage], language: Language) -> bytes:
    """The rows of these goals with their head. Days are ISO; a missing or withheld value is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow([translate(title, language) for title in COLUMNS])
    for goal in goals:
        for line in goal.indicators:
            for point in line.points or (None,):
                writer.writerow([_written(cell, language) for cell in _row(goal, line, point, language)])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


COLUMNS = (
    to_translate("Ziel-Nr."),
    to_translate("Ziel"),
    to_translate("Indikator-Nr."),
    to_translate("Indikator"),
    to_translate("Einheit"),
    to_translate("Gebiet"),
    to_translate("Von"),
    to_translate("Bis"),
    to_translate("Wert"),
    to_translate("Vorläufig"),
    to_translate("Nicht öffentlich"),
    to_translate("Start"),
    to_translate("Plan heute"),
    to_translate("Zielwert"),
    to_translate("Fällig"),
    to_translate("Kurs"),
    to_translate("Hinweis"),
    to_translate("Güte"),
    to_translate("Quelle"),
    to_translate("Ausgabe"),
    to_translate("Beispielwert"),
)
"""Titles of the columns, as keys of the catalogue."""


def _row(goal: GoalPage, line: IndicatorLine, point: PointLine | None, language: Language) -> Iterator[Cell]:
    yield from (goal.id, goal.title, line.id, line.title, line.unit, line.territory)
    if point is None:
        yield from (None, None, None, None, None)
    else:
        yield from (point.start, point.end, point.value, point.provisional, point.withheld)
    yield from (line.baseline, line.expected, line.target, line.due, course_meaning(line.course, language))
    yield from (line.reason, line.quality, line.source, line.vintage, line.illustrative and not line.example_target)


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return translate("ja", language) if cell else translate("nein", language)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float | int):
        digits = repr(float(cell)).removesuffix(".0")
        return digits.replace(".", ",") if language == "de" else digits
    text = cell.replace("\0", "")
    return "'" + text if text.startswith(_STARTS_OF_FORMULAS) else text
