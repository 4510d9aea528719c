"""What is copied from a spreadsheet, read as values of indicators: nothing is guessed, doubts name their place.

Two shapes are known: a table of indicators by periods (or the other way round), with or without its headings, and a
list of indicator, period, value, and where wanted source and note.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from metrics.domain.indicators import PeriodKind
from metrics.domain.plausibility import same_name
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import Language
from metrics.locale.reading_input import (
    NothingEntered,
    parse_number,
    parse_partial_date,
    parse_period,
)

MOST_CELLS = 5_000
_EMPTY = frozenset({"", "-", "\u2013", "\u2014", "."})
"""How tables say that there is no value."""
_SPACES = re.compile("[\\s\u00a0\u202f\u2009]+")
_BOTH_MARKS_DE, _BOTH_MARKS_EN = re.compile(r"\d{1,3}(\.\d{3})+,\d+"), re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_ONE_MARK = re.compile(r"(?P<lead>\d+)(?P<mark>[.,])(?P<rest>\d+)")
_GROUPS = re.compile(r"\d{1,3}((?P<mark>[.,])\d{3})((?P=mark)\d{3})+")
_SPREADSHEET_ERROR = re.compile(r"#(?:[A-Z0-9/]+[!?]?|\u00dcBERLAUF!|\u00dcBERTRAG!)", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\s?[A-Z\u00c4a-z\u00e4]{3,9}\.?|[A-Z\u00c4][a-z\u00e4]{2}\.?\s?\d{2}")


class TooManyCells(Refusal):
    """More than can be taken at once: `found`, `allowed`."""

    code = "too_many_cells"


class NothingRecognised(Refusal):
    """A text is neither a table nor a list of values."""

    code = "nothing_recognised"


class IndicatorNotKnown(Refusal):
    """A row or column names no indicator: `text`."""

    code = "indicator_not_known"


class IndicatorAmbiguous(Refusal):
    """Several indicators have this title: `text`, `ids`."""

    code = "indicator_ambiguous"


class SourceNotKnown(Refusal):
    """A source is none of the plan's: `text`."""

    code = "source_not_known"


class SeparatorAmbiguous(Refusal):
    """A number that may be read in two ways, and nothing beside it says which: `text`, `thousands`, `decimals`."""

    code = "separator_ambiguous"


class SpreadsheetError(Refusal):
    """The spreadsheet itself had an error in this cell: `text`."""

    code = "spreadsheet_error"


class DateInsteadOfNumber(Refusal):
    """The spreadsheet has made a date of a number: `text`."""

    code = "date_instead_of_number"


class ValueTwice(Refusal):
    """Two different values for one indicator and period: `text`, `other`."""

    code = "value_twice"


class NoColumnForIt(Refusal):
    """There is more beside each other or below each other than the grid shows: `number`, `shown`."""

    code = "no_column_for_it"


class PasteShape(StrEnum):
    """What was recognised in a pasted text."""

    matrix = "matrix"
    turned = "turned"
    list = "list"
    block = "block"


class PastePeriod(NamedTuple):
    """A period that a heading names."""

    start: date
    end: date
    kind: PeriodKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a pasted text may name: indicators with title and unit; `rows` and `columns` are those of the grid shown."""

    indicators: Mapping[str, tuple[str, str]]
    sources: Mapping[str, str]
    rows: Sequence[str] = ()
    columns: Sequence[PastePeriod] = ()


@dataclass(frozen=True, slots=True)
class PastedValue:
    """A value as the session's language writes it, and what it belongs to."""

    indicator_id: str
    period: PastePeriod
    text: str
    value: float
    source_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PasteProblem:
    """Why a cell was not taken: row (from 1) and heading or letter of its column; no column: the whole row."""

    row: int
    column: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood, and what was not; `empty` counts the cells without a value."""

    shape: PasteShape
    values: tuple[PastedValue, ...]
    problems: tuple[PasteProblem, ...]
    empty: int = 0


def read_pasted(text: str, known: Known, language: Language) -> Pasted:
    """Read what was copied from a spreadsheet, tab- or semicolon-separated.

    Raises NothingEntered, TooManyCells, NothingRecognised.
    """
    rows = _rows(text)
    if not rows:
        raise NothingEntered()
    cells = sum(1 for row in rows for cell in row.cells if cell)
    if cells > MOST_CELLS:
        raise TooManyCells(found=cells, allowed=MOST_CELLS)
    return _Reading(rows, known, language).result()


def find_indicator(text: str, indicators: Mapping[str, tuple[str, str]]) -> str:
    """The indicator of an id or title, capitals and spaces apart; raises IndicatorNotKnown, IndicatorAmbiguous."""
    wanted = _SPACES.sub(" ", text).strip()
    by_id = [each for each in indicators if each.casefold() == wanted.casefold()]
    found = by_id or [each for each, (title, _unit) in indicators.items() if same_name(title, wanted)]
    if not found:
        raise IndicatorNotKnown(text=wanted)
    if len(found) > 1:
        raise IndicatorAmbiguous(text=wanted, ids=", ".join(sorted(found)))
    return found[0]


class _Row(NamedTuple):
    number: int
    cells: list[str]


class _Reading:
    """One pasted text on its way to values."""

    def __init__(self, rows: list[_Row], known: Known, language: Language) -> None:
        self._rows, self._known, self._language = rows, known, language
        self._style = language
        self._clear = True
        self._problems: list[PasteProblem] = []
        self._values: dict[tuple[str, PastePeriod], PastedValue] = {}
        self._empty = 0

    def result(self) -> Pasted:
        """What was understood and what was not."""
        shape = self._shape()
        read = {
            PasteShape.matrix: self._matrix,
            PasteShape.turned: self._turned,
            PasteShape.list: self._list,
            PasteShape.block: self._block,
        }[shape]
        read()
        return Pasted(shape, tuple(self._values.values()), tuple(self._problems), self._empty)

    def _shape(self) -> PasteShape:
        head, body = self._rows[0].cells, [row.cells for row in self._rows[1:]]
        headed = body and not self._names_indicator(head[0])
        if headed and _periods_mostly(head[1:]) and any(self._names_indicator(row[0]) for row in body):
            return PasteShape.matrix
        if body and any(self._names_indicator(cell) for cell in head[1:]) and _periods_mostly(row[0] for row in body):
            return PasteShape.turned
        if any(len(row.cells) >= 3 and _is_period(row.cells[1]) and not _is_period(row.cells[0]) for row in self._rows):
            return PasteShape.list
        if self._known.rows and self._known.columns:
            return PasteShape.block
        raise NothingRecognised()

    def _matrix(self) -> None:
        """Indicators in the first column, periods in the first row."""
        head = self._rows[0]
        self._settle_style(cell for row in self._rows[1:] for cell in row.cells[1:])
        for row in self._rows[1:]:
            indicator_id = self._indicator(row, row.cells[0], "A")
            for index, cell in enumerate(row.cells[1:], 1):
                if indicator_id is None or self._passed_over(cell):
                    continue
                title = head.cells[index] if index < len(head.cells) else ""
                self._take(row.number, title or _letter(index), indicator_id, title, cell)

    def _turned(self) -> None:
        """Periods in the first column, indicators in the first row."""
        head = self._rows[0]
        self._settle_style(cell for row in self._rows[1:] for cell in row.cells[1:])
        found = {index: self._indicator(head, cell, _letter(index)) for index, cell in enumerate(head.cells) if index}
        for row in self._rows[1:]:
            for index, cell in enumerate(row.cells[1:], 1):
                indicator_id = found.get(index)
                if indicator_id is not None and not self._passed_over(cell):
                    self._take(row.number, head.cells[index], indicator_id, row.cells[0], cell)

    def _list(self) -> None:
        """Indicator, period, value, and where wanted source and note; a first row without a period is its heading."""
        first = self._rows[0].cells
        headed = not _is_period(first[1] if len(first) > 1 else "") and not self._names_indicator(first[0])
        rows = self._rows[1:] if headed else self._rows
        self._settle_style(row.cells[2] for row in rows if len(row.cells) > 2)
        for row in rows:
            name, when, value, source, note = (row.cells + [""] * 5)[:5]
            indicator_id = self._indicator(row, name, "A")
            if indicator_id is None or self._passed_over(value):
                continue
            source_id = self._source(row, source)
            if source_id is not None:
                self._take(
                    row.number,
                    first[2] if headed and len(first) > 2 else "C",
                    indicator_id,
                    when,
                    value,
                    source_id,
                    note,
                )

    def _block(self) -> None:
        """Numbers with at most one heading: they go into the rows and columns that the grid shows, from its corner."""
        rows, known = self._rows, self._known
        heads: list[str] = []
        if len(rows) > 1 and _periods_mostly(rows[0].cells):
            heads, rows = rows[0].cells, rows[1:]
        named = any(self._names_indicator(row.cells[0]) for row in rows)
        self._settle_style(cell for row in rows for cell in row.cells[1 if named else 0 :])
        for at, row in enumerate(rows):
            if not named and at >= len(known.rows):
                self._refuse(row.number, "", NoColumnForIt(number=at + 1, shown=len(known.rows)))
                continue
            indicator_id = self._indicator(row, row.cells[0], "A") if named else known.rows[at]
            for index, cell in enumerate(row.cells[1 if named else 0 :]):
                if indicator_id is None or self._passed_over(cell):
                    continue
                column = _letter(index + (1 if named else 0))
                if heads:
                    self._take(row.number, column, indicator_id, heads[index] if index < len(heads) else "", cell)
                elif index < len(known.columns):
                    self._keep(row.number, column, indicator_id, known.columns[index], cell)
                else:
                    self._refuse(row.number, column, NoColumnForIt(number=index + 1, shown=len(known.columns)))

    def _take(
        self, row: int, column: str, indicator_id: str, when: str, cell: str, source_id: str = "", note: str = ""
    ) -> None:
        try:
            period = PastePeriod(*parse_period(when, self._language))
        except Refusal as refusal:
            self._refuse(row, column, refusal)
            return
        self._keep(row, column, indicator_id, period, cell, source_id, note)

    def _keep(
        self,
        row: int,
        column: str,
        indicator_id: str,
        period: PastePeriod,
        cell: str,
        source_id: str = "",
        note: str = "",
    ) -> None:
        try:
            text, value = self._number(cell, self._known.indicators[indicator_id][1])
        except Refusal as refusal:
            self._refuse(row, column, refusal)
            return
        before = self._values.get((indicator_id, period))
        if before is not None and before.value != value:
            self._refuse(row, column, ValueTwice(text=cell, other=before.text))
            return
        found = PastedValue(indicator_id, period, text, value, source_id or None, note.strip() or None)
        self._values[indicator_id, period] = found

    def _number(self, cell: str, unit: str) -> tuple[str, float]:
        """A cell's number as the session's language writes it, and its value."""
        text = cell.strip()
        if unit and unit != "%" and text.casefold().endswith(unit.casefold()):
            text = text[: -len(unit)].rstrip()
        if _SPREADSHEET_ERROR.fullmatch(text):
            raise SpreadsheetError(text=text)
        if _is_day(text, self._language) or _DAY_AND_MONTH.fullmatch(text):
            raise DateInsteadOfNumber(text=text)
        bare = text.removesuffix("%").strip().lstrip("-\u2212+").strip()
        thousands = "." if self._language == "de" else ","
        if not self._clear and _is_ambiguous(bare) and thousands in bare:
            raise SeparatorAmbiguous(text=text, thousands=bare.replace(thousands, ""), decimals=bare.replace(".", ","))
        value = parse_number(text, self._style, unit)
        plain = text.removesuffix("%").strip()
        return (plain if self._style == self._language else plain.translate(_SWAPPED)), value

    def _settle_style(self, cells: Iterable[str]) -> None:
        """Which of point and comma parts decimals, by the numbers that leave no doubt; else the session's language."""
        found = {style for cell in cells if (style := _style_of(cell)) is not None}
        self._clear = len(found) == 1
        if self._clear:
            self._style = found.pop()

    def _indicator(self, row: _Row, text: str, column: str) -> str | None:
        try:
            return find_indicator(text, self._known.indicators)
        except Refusal as refusal:
            if text or any(row.cells):
                self._refuse(row.number, column, refusal)
            return None

    def _source(self, row: _Row, text: str) -> str | None:
        """The id of a source, "" where none is named, None where it is refused."""
        if not text:
            return ""
        for identifier, title in self._known.sources.items():
            if text.casefold() == identifier.casefold() or same_name(title, text):
                return identifier
        self._refuse(row.number, "D", SourceNotKnown(text=text))
        return None

    def _names_indicator(self, text: str) -> bool:
        try:
            find_indicator(text, self._known.indicators)
        except IndicatorAmbiguous:
            return True
        except Refusal:
            return False
        return True

    def _passed_over(self, cell: str) -> bool:
        if cell in _EMPTY:
            self._empty += 1
            return True
        return False

    def _refuse(self, row: int, column: str, refusal: Refusal) -> None:
        self._problems.append(PasteProblem(row, column, refusal))


_SWAPPED = str.maketrans(".,", ",.")


def _rows(text: str) -> list[_Row]:
    """The rows with something in them, cells without spaces around; rows are numbered as they were copied."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ";")
    found = []
    for number, line in enumerate(lines, 1):
        cells = [_SPACES.sub(" ", cell).strip() for cell in line]
        if any(cells):
            found.append(_Row(number, cells))
    return found


def _is_period(text: str) -> bool:
    try:
        parse_period(text, "de")
    except Refusal:
        return False
    return True


def _periods_mostly(cells: Iterable[str]) -> bool:
    """Whether at least half of the cells that are filled are periods; the others are told one by one."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(_is_period, filled)) * 2 >= len(filled)


def _is_day(text: str, language: Language) -> bool:
    try:
        return len(parse_partial_date(text, language)) == len("2026-11-24")
    except Refusal:
        return False


def _is_ambiguous(bare: str) -> bool:
    """Whether one mark stands before exactly three digits, as thousands and decimals both may."""
    match = _ONE_MARK.fullmatch(bare)
    return bool(match) and len(match["rest"]) == 3 and len(match["lead"]) <= 3 and match["lead"] != "0"  # type: ignore[index]


def _style_of(cell: str) -> Language | None:
    """The language whose marks a number surely has; None where it may be either, or is no number."""
    bare = cell.removesuffix("%").strip().lstrip("-\u2212+").strip()
    if _BOTH_MARKS_DE.fullmatch(bare):
        return "de"
    if _BOTH_MARKS_EN.fullmatch(bare):
        return "en"
    groups = _GROUPS.fullmatch(bare)
    if groups:
        return "de" if groups["mark"] == "." else "en"
    match = _ONE_MARK.fullmatch(bare)
    if match is None or _is_ambiguous(bare):
        return None
    return "de" if match["mark"] == "," else "en"


def _letter(index: int) -> str:
    """A column's letter, from 0: A, B, …, Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
