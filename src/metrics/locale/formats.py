"""Numbers, money, dates and periods as they are read in Germany and in English. Missing values are "–", never 0."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, parse_pattern

from metrics.domain.base import last_day_of_month, partial_date_bounds
from metrics.domain.indicators import PeriodKind
from metrics.locale.catalogue import Language, translate

MISSING = "–"
MINUS = "\u2212"
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"
MOST_DECIMALS = 6
LOCAL_TIME = ZoneInfo("Europe/Berlin")

_BABEL_LOCALE: dict[Language, str] = {"de": "de_DE", "en": "en_GB"}
_LOCALES: dict[Language, Locale] = {language: Locale.parse(name) for language, name in _BABEL_LOCALE.items()}
_UNITS_WITHOUT_SIGN = frozenset({"", "Anzahl", "Index", "Rang", "Verhältnis"})
"""A unit that only says that there is none is not written behind the number."""
_PERCENT = "%"
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)
"""Half away from zero as taught in school; room for the largest float with six decimals."""


@cache
def _number_pattern(pattern: str) -> NumberPattern:
    """A pattern taken apart once: a long paper writes tens of thousands of numbers."""
    return parse_pattern(pattern)


def number(value: float | None, language: Language, decimals: int | None = None, *, signed: bool = False) -> str:
    """1234.5 → "1.234,5" or "1,234.5"; half away from zero, never "−0".

    `decimals` None: as many as the value has, at most six. `signed` puts "+" before a gain. None, nan and infinite
    values are missing.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    exact = Decimal(repr(float(value)))
    pattern = "#,##0." + ("#" * MOST_DECIMALS if decimals is None else "0" * decimals)
    with localcontext(_ROUNDING):
        rounded = exact.quantize(Decimal(1).scaleb(-(MOST_DECIMALS if decimals is None else decimals)))
        shape = _number_pattern(pattern.rstrip("."))
        text = str(shape.apply(abs(rounded), _LOCALES[language], decimal_quantization=False))
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def percent(share: float | None, language: Language, decimals: int = 0) -> str:
    """0.8 → "80 %" (narrow no-break space) or "80%"; `share` is 0–1."""
    if share is None or not math.isfinite(share):
        return MISSING
    hundredfold = float(Decimal(repr(float(share))) * 100)
    return _behind(number(hundredfold, language, decimals), _PERCENT, language)


def euros(value: float | None, language: Language) -> str:
    """1234.5 → "1.234,50 €" or "€1,234.50"; whole amounts carry no cents."""
    if value is None or not math.isfinite(value):
        return MISSING
    cents = Decimal(repr(float(value))).quantize(Decimal("0.01"), context=_ROUNDING)
    amount = number(abs(float(value)), language, 0 if cents == cents.to_integral_value() else 2)
    sign = MINUS if cents < 0 else ""
    return f"{sign}€{amount}" if language == "en" else f"{sign}{amount}{NARROW_SPACE}€"


def quantity(
    value: float | None, unit: str, language: Language, decimals: int | None = None, *, signed: bool = False
) -> str:
    """A number with its unit: "7,0 %", "1.879 Personen"; units such as "Anzahl" or "Index" are left out."""
    text = number(value, language, decimals, signed=signed)
    return text if text == MISSING or unit in _UNITS_WITHOUT_SIGN else _behind(text, unit, language)


def difference(
    value: float | None, unit: str, language: Language, decimals: int | None = None, *, signed: bool = False
) -> str:
    """A difference of two values with its unit: percentages differ by percentage points."""
    points = translate("unit.percentage_points", language) if unit == _PERCENT else unit
    return quantity(value, points, language, decimals, signed=signed)


def day(value: date | None, language: Language) -> str:
    """24.11.2026 or 24 Nov 2026."""
    if value is None:
        return MISSING
    return format_date(value, "dd.MM.yyyy" if language == "de" else "d MMM yyyy", locale=_BABEL_LOCALE[language])


def moment(value: datetime | None, language: Language) -> str:
    """A moment in UTC (naive or aware) as local time: "24.11.2026, 14:05 Uhr" or "24 Nov 2026, 14:05"."""
    if value is None:
        return MISSING
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    pattern = "dd.MM.yyyy, HH:mm 'Uhr'" if language == "de" else "d MMM yyyy, HH:mm"
    return format_datetime(aware, pattern, tzinfo=LOCAL_TIME, locale=_BABEL_LOCALE[language])


def month(value: date, language: Language) -> str:
    """Dez. 2023 or Dec 2023."""
    return format_date(value, "MMM yyyy", locale=_BABEL_LOCALE[language])


def period(start: date, end: date, kind: PeriodKind | str, language: Language) -> str:
    """A period by its kind: "2024", "Dez. 2023", "3. Quartal 2026", "Schuljahr 2021/22".

    Where the days are not those of the kind (a "year" from July to June), the days themselves are shown.
    """
    kind = PeriodKind(kind)
    if kind is PeriodKind.day and start == end:
        return day(start, language)
    if kind is PeriodKind.span or (start, end) != calendar_period(kind, start):
        return translate("period.span", language, start=day(start, language), end=day(end, language))
    if kind is PeriodKind.year:
        return str(start.year)
    if kind is PeriodKind.month:
        return month(start, language)
    if kind is PeriodKind.school_year:
        return translate("period.school_year", language, years=f"{start.year}/{end.year % 100:02d}")
    months = 3 if kind is PeriodKind.quarter else 6
    return translate(f"period.{kind.value}", language, part=(start.month - 1) // months + 1, year=start.year)


def calendar_span(start: date, end: date, language: Language) -> str:
    """A period as it is read; its kind is seen from its days."""
    kinds = (kind for kind in PeriodKind if (start, end) == calendar_period(kind, start))
    return period(start, end, next(kinds, PeriodKind.span), language)


def calendar_period(kind: PeriodKind, within: date) -> tuple[date, date]:
    """First and last day of the calendar period of that kind around a day; school years begin on 1 August."""
    if kind is PeriodKind.school_year:
        first_year = within.year if within.month >= 8 else within.year - 1
        return date(first_year, 8, 1), date(first_year + 1, 7, 31)
    months = {PeriodKind.month: 1, PeriodKind.quarter: 3, PeriodKind.half_year: 6, PeriodKind.year: 12}.get(kind)
    if months is None:
        return within, within
    first = (within.month - 1) // months * months + 1
    return date(within.year, first, 1), last_day_of_month(within.year, first + months - 1)


def partial_date(text: str | None, language: Language) -> str:
    """`2018` → "2018", `2018-10` → "Okt. 2018", `2018-10-24` → "24.10.2018"; no day is made up."""
    if not text:
        return MISSING
    first, _ = partial_date_bounds(text)
    return {4: text, 7: month(first, language)}.get(len(text)) or day(first, language)


def quarter(text: str | None, language: Language) -> str:
    """`2027-Q1` → "1. Quartal 2027" or "Q1 2027"."""
    if not text:
        return MISSING
    year, part = text.split("-Q")
    return translate("period.quarter", language, part=int(part), year=int(year))


def quarter_or_month(text: str | None, language: Language) -> str:
    """`2027-Q1` → "1. Quartal 2027", `2027-03` → "März 2027"."""
    return quarter(text, language) if text and "Q" in text else partial_date(text, language)


def periods_told(first: str, last: str | None, language: Language) -> str:
    """ "1. Quartal 2027", or "Jan. 2027 – März 2027" where a span ends later than it begins."""
    told = quarter_or_month(first, language)
    return told if last is None or last == first else f"{told} – {quarter_or_month(last, language)}"


def _behind(text: str, unit: str, language: Language) -> str:
    if unit == _PERCENT and language == "en":
        return text + unit
    return text + (NO_BREAK_SPACE if unit[0].isalpha() else NARROW_SPACE) + unit
