"""Numbers, money, days and periods as a German and an English reader expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import PeriodKind
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.formats import (
    calendar_period,
    day,
    difference,
    euros,
    moment,
    number,
    partial_date,
    percent,
    period,
    quantity,
    quarter,
)
from metrics.locale.reading_input import parse_number, parse_partial_date, parse_period, parse_quarter
from tests import strategies

NARROW = "\u202f"
LANGUAGE = st.sampled_from(LANGUAGES)
VALUES = st.floats(-99_999_999, 99_999_999)


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (1234.5, None, "1.234,5", "1,234.5"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (-42.5, 1, "−42,5", "−42.5"),
        (7, 1, "7,0", "7.0"),
        (0.1 + 0.2, None, "0,3", "0.3"),
        (2.5, 0, "3", "3"),
        (0.125, 2, "0,13", "0.13"),
        (-2.5, 0, "−3", "−3"),
        (-0.04, 1, "0,0", "0.0"),
        (1e25, 0, "10.000.000.000.000.000.000.000.000", "10,000,000,000,000,000,000,000,000"),
        (None, 1, "–", "–"),
        (float("nan"), 1, "–", "–"),
        (float("inf"), None, "–", "–"),
    ],
)
def test_a_number_is_written_in_the_readers_way(
    value: float | None, decimals: int | None, german: str, english: str
) -> None:
    assert number(value, "de", decimals) == german
    assert number(value, "en", decimals) == english


def test_a_gain_wears_its_sign_when_asked_and_nothing_is_neither_gain_nor_loss() -> None:
    assert number(0.4, "de", 1, signed=True) == "+0,4"
    assert number(-0.4, "de", 1, signed=True) == "−0,4"
    assert number(0.0, "de", 1, signed=True) == "0,0"
    assert number(0.01, "de", 1, signed=True) == "0,0"


def test_a_percentage_has_a_narrow_space_in_german_and_none_in_english() -> None:
    assert percent(0.8, "de") == f"80{NARROW}%"
    assert percent(0.805, "de", 1) == f"80,5{NARROW}%"
    assert percent(-0.2, "en") == "−20%"
    assert percent(0.29, "de", 0) == f"29{NARROW}%"
    assert percent(None, "de") == "–"


def test_euros_carry_cents_only_where_there_are_some() -> None:
    assert euros(12_000, "de") == f"12.000{NARROW}€"
    assert euros(1234.5, "de") == f"1.234,50{NARROW}€"
    assert euros(1234.5, "en") == "€1,234.50"
    assert euros(-1234, "en") == "−€1,234"
    assert euros(0.001, "de") == f"0{NARROW}€"
    assert euros(None, "en") == "–"


def test_a_unit_stands_behind_its_number_unless_it_only_says_that_there_is_none() -> None:
    assert quantity(7, "%", "de", 1) == f"7,0{NARROW}%"
    assert quantity(7, "%", "en", 1) == "7.0%"
    assert quantity(1879, "Personen", "de", 0) == "1.879\u00a0Personen"
    assert quantity(839, "Anzahl", "de", 0) == "839"
    assert quantity(None, "%", "de") == "–"


def test_percentages_differ_by_percentage_points() -> None:
    assert difference(0.3, "%", "de", 1) == f"0,3{NARROW}%-Punkte"
    assert difference(0.3, "%", "en", 1) == "0.3\u00a0percentage points"
    assert difference(-12, "Personen", "de", 0, signed=True) == "−12\u00a0Personen"


def test_days_and_moments_are_local() -> None:
    assert day(date(2026, 11, 24), "de") == "24.11.2026"
    assert day(date(2026, 9, 1), "en") == "1 Sept 2026"
    assert moment(datetime(2026, 11, 24, 13, 5), "de") == "24.11.2026, 14:05 Uhr"
    assert moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "de") == "02.07.2026, 00:30 Uhr"
    assert moment(datetime(2026, 7, 1, 12, 0), "en") == "1 Jul 2026, 14:00"
    assert (day(None, "de"), moment(None, "de")) == ("–", "–")


@pytest.mark.parametrize(
    ("start", "end", "kind", "german", "english"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "year", "2024", "2024"),
        (date(2023, 12, 1), date(2023, 12, 31), "month", "Dez. 2023", "Dec 2023"),
        (date(2026, 7, 1), date(2026, 9, 30), "quarter", "3. Quartal 2026", "Q3 2026"),
        (date(2025, 7, 1), date(2025, 12, 31), "half_year", "2. Halbjahr 2025", "H2 2025"),
        (date(2021, 8, 1), date(2022, 7, 31), "school_year", "Schuljahr 2021/22", "School year 2021/22"),
        (date(1999, 8, 1), date(2000, 7, 31), "school_year", "Schuljahr 1999/00", "School year 1999/00"),
        (date(2024, 1, 1), date(2024, 3, 15), "span", "01.01.2024 bis 15.03.2024", "1 Jan 2024 to 15 Mar 2024"),
        (date(2016, 6, 30), date(2016, 6, 30), "day", "30.06.2016", "30 Jun 2016"),
        (date(2020, 7, 1), date(2021, 6, 30), "year", "01.07.2020 bis 30.06.2021", "1 Jul 2020 to 30 Jun 2021"),
        (
            date(2021, 10, 1),
            date(2022, 9, 30),
            "school_year",
            "01.10.2021 bis 30.09.2022",
            "1 Oct 2021 to 30 Sept 2022",
        ),
    ],
)
def test_a_period_is_named_by_its_kind_and_spelled_out_where_its_days_differ(
    start: date, end: date, kind: str, german: str, english: str
) -> None:
    assert period(start, end, PeriodKind(kind), "de") == german
    assert period(start, end, kind, "en") == english


def test_a_partial_date_gains_no_day() -> None:
    assert partial_date("2018", "de") == "2018"
    assert partial_date("2018-10", "de") == "Okt. 2018"
    assert partial_date("2018-10-24", "de") == "24.10.2018"
    assert partial_date("2018-10", "en") == "Oct 2018"
    assert partial_date(None, "de") == "–"


def test_a_quarter_is_written_out() -> None:
    assert quarter("2027-Q1", "de") == "1. Quartal 2027"
    assert quarter("2027-Q1", "en") == "Q1 2027"
    assert quarter(None, "en") == "–"


@given(VALUES, st.integers(0, 6), LANGUAGE)
def test_what_is_written_is_read_back_as_the_rounded_value(value: float, decimals: int, language: Language) -> None:
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert parse_number(number(value, language, decimals), language) == float(rounded)


@given(strategies.days(), st.sampled_from(sorted(set(PeriodKind) - {PeriodKind.span})), LANGUAGE)
def test_every_calendar_period_is_read_back_from_its_text(within: date, kind: PeriodKind, language: Language) -> None:
    start, end = calendar_period(kind, within)
    if start.year >= 1900 and end.year <= 2100:
        assert parse_period(period(start, end, kind, language), language) == (start, end, kind)


@given(strategies.days(), strategies.days(), LANGUAGE)
def test_every_span_is_read_back_from_its_text(one: date, other: date, language: Language) -> None:
    start, end = min(one, other), max(one, other)
    assert parse_period(period(start, end, PeriodKind.span, language), language) == (start, end, PeriodKind.span)


@given(strategies.partial_dates(), LANGUAGE)
def test_every_partial_date_is_read_back_from_its_text(text: str, language: Language) -> None:
    assert parse_partial_date(partial_date(text, language), language) == text


@given(strategies.quarters(), LANGUAGE)
def test_every_quarter_is_read_back_from_its_text(text: str, language: Language) -> None:
    assert parse_quarter(quarter(text, language), language) == text


@given(strategies.days(), st.sampled_from(sorted(PeriodKind)))
def test_a_calendar_period_contains_its_day_and_is_the_same_from_each_of_its_ends(
    within: date, kind: PeriodKind
) -> None:
    start, end = calendar_period(kind, within)
    assert start <= within <= end
    assert calendar_period(kind, start) == calendar_period(kind, end) or kind is PeriodKind.span
