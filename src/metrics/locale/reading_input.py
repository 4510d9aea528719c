"""What people type, read strictly: a doubtful number or date is refused with a hint and never guessed.

The form echoes what was understood, so `203.726` in a German form shows as two hundred thousand before it is saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, parse_decimal

from metrics.domain.base import EARLIEST_YEAR, LATEST_YEAR, partial_date_bounds
from metrics.domain.indicators import PeriodKind
from metrics.domain.periods import month_of, quarter_of
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.formats import calendar_period, number

MOST_DIGITS = 15
"""Digits that a binary float of eight bytes keeps for certain."""

_SPACES = "\u0020\u00a0\u202f\u2009"
_NUMBER = re.compile(rf"[-\u2212]?[0-9.,{_SPACES}]*[0-9][0-9.,{_SPACES}]*")
_PERCENT = "%"
_FORMULA = re.compile(r"[=@'+\"]")
_UNIT_BEHIND = re.compile(rf"{_NUMBER.pattern}\s*(?:[%€]|(?<=\s)[^\W\d_][\w./ ]*)")
_DECIMAL_POINT: dict[Language, tuple[str, str]] = {"de": (",", "."), "en": (".", ",")}
"""Decimal separator and thousands separator."""
_EXAMPLE = 1234.5


class NothingEntered(Refusal):
    """A field that must be filled is empty."""

    code = "nothing_entered"


class NotANumber(Refusal):
    """A text is no number: `text`, `example`."""

    code = "not_a_number"


class DecimalSeparatorUnclear(Refusal):
    """Point and comma stand where the language does not put them: `text`, `meant`, the likely number."""

    code = "decimal_separator_unclear"


class TooManyDigits(Refusal):
    """More digits than can be kept: `text`, `allowed`."""

    code = "too_many_digits"


class FormulaInsteadOfNumber(Refusal):
    """A number begins with =, +, @ or a quotation mark, as texts and formulas of spreadsheets do: `text`."""

    code = "formula_instead_of_number"


class UnitBesideNumber(Refusal):
    """A number with its unit, which might be another one than the indicator's: `text`."""

    code = "unit_beside_number"


class PeriodNotUnderstood(Refusal):
    """A text is no period: `text`."""

    code = "period_not_understood"


class DateNotUnderstood(Refusal):
    """A text is no date, month or year: `text`."""

    code = "date_not_understood"


class QuarterNotUnderstood(Refusal):
    """A text is no quarter: `text`."""

    code = "quarter_not_understood"


class QuarterOrMonthNotUnderstood(Refusal):
    """A text is neither a quarter nor a month: `text`."""

    code = "quarter_or_month_not_understood"


class NoSuchDay(Refusal):
    """The calendar has no such day: `text`."""

    code = "no_such_day"


class YearOutOfRange(Refusal):
    """A year that a city's plan cannot mean: `year`, `earliest`, `latest`."""

    code = "year_out_of_range"


class PeriodEndsBeforeItStarts(Refusal):
    """A span runs backwards: `text`."""

    code = "period_ends_before_it_starts"


def parse_number(text: str, language: Language, unit: str = "") -> float:
    """A number as it is written in that language; spaces may part thousands, a minus may be "-" or "−".

    Where the number's `unit` is per cent, its sign may stand behind it. Raises NothingEntered, FormulaInsteadOfNumber,
    UnitBesideNumber, NotANumber, DecimalSeparatorUnclear, TooManyDigits.
    """
    text = _entered(text)
    if unit == _PERCENT:
        text = text.removesuffix(_PERCENT).rstrip()
    if _FORMULA.match(text):
        raise FormulaInsteadOfNumber(text=text)
    if not _NUMBER.fullmatch(text):
        if _UNIT_BEHIND.fullmatch(text):
            raise UnitBesideNumber(text=text)
        raise NotANumber(text=text, example=number(_EXAMPLE, language))
    if len(re.sub(r"\D", "", text).lstrip("0")) > MOST_DIGITS:
        raise TooManyDigits(text=text, allowed=MOST_DIGITS)
    return float(_decimal(text, language))


def other_reading(text: str, language: Language) -> float | None:
    """What a number would be if its only mark, read as that of thousands, were meant to part the decimals.

    In German "203.726" is more than two hundred thousand, and with a comma a little more than two hundred. None where
    nothing else could be meant.
    """
    decimal_mark, thousands_mark = _DECIMAL_POINT[language]
    if not re.fullmatch(rf"[-\u2212]?[0-9]{{1,3}}\{thousands_mark}[0-9]{{3}}", text.strip()):
        return None
    return parse_number(text.strip().replace(thousands_mark, decimal_mark), language)


def parse_share(text: str, language: Language) -> float:
    """A share 0–1 as it is written in that language, or as per cent with its sign: 0,6 and 60 % are the same.

    Raises what `parse_number` raises; "60" stays 60, because it may be a slip for 6 as well as for 60 %.
    """
    if text.rstrip().endswith(_PERCENT):
        return float(Decimal(repr(parse_number(text, language, _PERCENT))) / 100)
    return parse_number(text, language)


def parse_partial_date(text: str, language: Language) -> str:
    """`2024`, `2024-11` or `2024-11-24` from 2024, 11/2024, 11.2024, Nov. 2024, 24.11.2024, 24 Nov 2024 or ISO.

    Month names of both languages are read. Raises NothingEntered, DateNotUnderstood, NoSuchDay, YearOutOfRange.
    """
    text = _entered(text)
    for pattern in _date_patterns():
        match = pattern.fullmatch(text)
        if match:
            return _checked_date(text, **match.groupdict())
    raise DateNotUnderstood(text=text)


def parse_period(text: str, language: Language) -> tuple[date, date, PeriodKind]:
    """First day, last day and kind of a period.

    Besides what parse_partial_date reads: Q3 2026, 3. Quartal 2026, 2. Halbjahr 2025, H2 2025, 2021/22 (school year,
    1 August to 31 July), and two dates with "bis", "to" or a dash between them. Raises NothingEntered,
    PeriodNotUnderstood, NoSuchDay, YearOutOfRange, PeriodEndsBeforeItStarts.
    """
    text = _entered(text)
    for pattern, reader in _PERIOD_READERS:
        match = pattern.fullmatch(text)
        if match:
            return reader(text, match)
    try:
        return _span_or_date(text, language)
    except DateNotUnderstood as refusal:
        raise PeriodNotUnderstood(text=text) from refusal


def parse_quarter(text: str, language: Language) -> str:
    """`2027-Q1` from Q1 2027 or 1. Quartal 2027; raises NothingEntered, QuarterNotUnderstood, YearOutOfRange."""
    try:
        start, _, kind = parse_period(text, language)
    except PeriodNotUnderstood as refusal:
        raise QuarterNotUnderstood(**refusal.data) from refusal
    if kind is not PeriodKind.quarter:
        raise QuarterNotUnderstood(text=text.strip())
    return quarter_of(start)


def parse_quarter_or_month(text: str, language: Language) -> str:
    """`2027-Q1` from all that `parse_quarter` reads, `2027-03` from 03/2027, 3.2027, März 2027 or 2027-03.

    Raises NothingEntered, QuarterOrMonthNotUnderstood, NoSuchDay, YearOutOfRange.
    """
    try:
        start, _, kind = parse_period(text, language)
    except PeriodNotUnderstood as refusal:
        raise QuarterOrMonthNotUnderstood(**refusal.data) from refusal
    if kind is PeriodKind.quarter:
        return quarter_of(start)
    if kind is PeriodKind.month:
        return month_of(start)
    raise QuarterOrMonthNotUnderstood(text=text.strip())


def parse_numbers(text: str, language: Language) -> tuple[float, ...]:
    """Numbers with ";" or a line break between them; raises what `parse_number` raises."""
    return tuple(parse_number(part, language) for part in re.split(r"[;\n]", _entered(text)) if part.strip())


def _entered(text: str) -> str:
    text = text.strip()
    if not text:
        raise NothingEntered()
    return text


def _decimal(text: str, language: Language) -> Decimal:
    decimal_mark, thousands_mark = _DECIMAL_POINT[language]
    sign, figures = (-1, text[1:].strip()) if text[0] in "-\u2212" else (1, text)
    if any(space in figures for space in _SPACES):
        if thousands_mark in figures:
            raise NotANumber(text=text, example=number(_EXAMPLE, language))
        figures = re.sub(f"[{_SPACES}]", thousands_mark, figures)
    try:
        if figures[0] in ",." or figures[-1] in ",.":
            raise NumberFormatError("a mark without digits on both sides")
        return sign * parse_decimal(figures, locale=language, strict=True)
    except NumberFormatError as error:
        if thousands_mark in text and re.fullmatch(rf"\d+\{thousands_mark}\d+", figures):
            meant = text.replace(thousands_mark, decimal_mark)
            raise DecimalSeparatorUnclear(text=text, meant=meant) from error
        raise NotANumber(text=text, example=number(_EXAMPLE, language)) from error


def _checked_date(text: str, year: str, month: str | None = None, day: str | None = None) -> str:
    _check_year(int(year))
    number_of_month = None if month is None else _month_number(month)
    parts = [year] + [f"{int(part):02d}" for part in (number_of_month, day) if part is not None]
    found = "-".join(parts)
    try:
        partial_date_bounds(found)
    except ValueError as error:
        raise NoSuchDay(text=text) from error
    return found


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise YearOutOfRange(year=year, earliest=EARLIEST_YEAR, latest=LATEST_YEAR)


def _span_or_date(text: str, language: Language) -> tuple[date, date, PeriodKind]:
    sides = re.split(r"\s+(?:bis|to)\s+|\s*\u2013\s*|\s+-\s+", text)
    if len(sides) == 2:
        start = partial_date_bounds(parse_partial_date(sides[0], language))[0]
        end = partial_date_bounds(parse_partial_date(sides[1], language))[1]
        if end < start:
            raise PeriodEndsBeforeItStarts(text=text)
        return start, end, PeriodKind.span
    found = parse_partial_date(text, language)
    kind = {4: PeriodKind.year, 7: PeriodKind.month}.get(len(found), PeriodKind.day)
    return *partial_date_bounds(found), kind


def _calendar_reader(kind: PeriodKind, months: int) -> Callable[[str, re.Match[str]], tuple[date, date, PeriodKind]]:
    def read(text: str, match: re.Match[str]) -> tuple[date, date, PeriodKind]:
        _check_year(int(match["year"]))
        return *calendar_period(kind, date(int(match["year"]), (int(match["part"]) - 1) * months + 1, 1)), kind

    return read


def _school_year(text: str, match: re.Match[str]) -> tuple[date, date, PeriodKind]:
    first, last = int(match["year"]), match["last"]
    _check_year(first)
    if not str(first + 1).endswith(last):
        raise PeriodNotUnderstood(text=text)
    _check_year(first + 1)
    return *calendar_period(PeriodKind.school_year, date(first, 8, 1)), PeriodKind.school_year


_QUARTER, _HALF_YEAR = _calendar_reader(PeriodKind.quarter, 3), _calendar_reader(PeriodKind.half_year, 6)
_YEAR = r"(?P<year>[0-9]{4})"
_PERIOD_READERS = [
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (rf"Q\s?(?P<part>[1-4])[\s/]\s*{_YEAR}", _QUARTER),
        (rf"{_YEAR}[-\s/]?\s*Q(?P<part>[1-4])", _QUARTER),
        (rf"(?P<part>[1-4])\.\s*(?:Quartal|Quart\.|Q\.?)\s*{_YEAR}", _QUARTER),
        (rf"H\s?(?P<part>[12])[\s/]\s*{_YEAR}", _HALF_YEAR),
        (rf"(?P<part>[12])\.\s*(?:Halbjahr|Hj\.?)\s*{_YEAR}", _HALF_YEAR),
        (rf"(?:Schuljahr\s+|School year\s+)?{_YEAR}/(?P<last>[0-9]{{2}}|[0-9]{{4}})", _school_year),
    )
]


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _month_names()), key=len, reverse=True))
    month_name = rf"(?P<month>{names})\.?"
    shapes = (
        _YEAR,
        rf"{_YEAR}-(?P<month>[0-9]{{2}})",
        rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        rf"(?P<month>[0-9]{{1,2}})[./]{_YEAR}",
        rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})\.\s?{_YEAR}",
        rf"{month_name}\s+{_YEAR}",
        rf"(?P<day>[0-9]{{1,2}})\.?\s+{month_name}\s+{_YEAR}",
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _month_names()[text.casefold().rstrip(".")]


@cache
def _month_names() -> dict[str, int]:
    """Names and abbreviations of the months in all languages, without their point → number."""
    return {
        name.casefold().rstrip("."): number_of_month
        for locale in (*LANGUAGES, "en_GB")
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number_of_month, name in get_month_names(width, context, locale).items()
    }
