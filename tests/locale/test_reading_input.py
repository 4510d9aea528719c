"""What people type is read strictly, and a doubt is refused with a hint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import PeriodKind
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.reading_input import (
    DateNotUnderstood,
    DecimalSeparatorUnclear,
    FormulaInsteadOfNumber,
    NoSuchDay,
    NotANumber,
    NothingEntered,
    PeriodEndsBeforeItStarts,
    PeriodNotUnderstood,
    QuarterNotUnderstood,
    QuarterOrMonthNotUnderstood,
    TooManyDigits,
    UnitBesideNumber,
    YearOutOfRange,
    other_reading,
    parse_number,
    parse_numbers,
    parse_partial_date,
    parse_period,
    parse_quarter,
    parse_quarter_or_month,
)
from metrics.locale.words import refusal_sentence


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("42,5", "de", 42.5),
        ("42.5", "en", 42.5),
        ("1.234,5", "de", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1.234", "de", 1234.0),
        ("1.234", "en", 1.234),
        ("203.726", "de", 203_726.0),
        ("203726", "de", 203_726.0),
        ("1 234,5", "de", 1234.5),
        ("1\u202f234\u202f567", "de", 1_234_567.0),
        ("1\u00a0234.5", "en", 1234.5),
        ("  7 ", "de", 7.0),
        ("\u22123,2", "de", -3.2),
        ("-3,2", "de", -3.2),
        ("0,10", "de", 0.1),
        ("1.234,50", "de", 1234.5),
        ("0,000000000000001", "de", 1e-15),
        ("123.456.789.012.345", "de", 123_456_789_012_345.0),
    ],
)
def test_a_well_formed_number_is_read(text: str, language: Language, value: float) -> None:
    assert parse_number(text, language) == value


@pytest.mark.parametrize(
    ("text", "language", "refusal"),
    [
        ("", "de", NothingEntered),
        ("  \u00a0", "de", NothingEntered),
        ("42.5", "de", DecimalSeparatorUnclear),
        ("42,5", "en", DecimalSeparatorUnclear),
        ("0.123", "de", DecimalSeparatorUnclear),
        ("1234.567", "de", DecimalSeparatorUnclear),
        ("1.234.56", "de", NotANumber),
        ("1,2,3", "de", NotANumber),
        ("1.234 567", "de", NotANumber),
        ("12 34", "de", NotANumber),
        ("1  234", "de", NotANumber),
        (",5", "de", NotANumber),
        ("5,", "de", NotANumber),
        ("--5", "de", NotANumber),
        ("5-", "de", NotANumber),
        ("\u2212", "de", NotANumber),
        ("–", "de", NotANumber),
        ("rund 500", "de", NotANumber),
        ("nan", "de", NotANumber),
        ("inf", "en", NotANumber),
        ("-Infinity", "en", NotANumber),
        ("1e5", "en", NotANumber),
        ("1_000", "en", NotANumber),
        ("0x10", "en", NotANumber),
        ("٣٤", "de", NotANumber),
        ("½", "de", NotANumber),
        ("1234567890123456", "de", TooManyDigits),
        ("0,1234567890123456", "de", TooManyDigits),
        ("=1+1", "de", FormulaInsteadOfNumber),
        ("+5", "de", FormulaInsteadOfNumber),
        ("@5", "de", FormulaInsteadOfNumber),
        ("'42", "de", FormulaInsteadOfNumber),
        ('"42"', "de", FormulaInsteadOfNumber),
        ("42 %", "de", UnitBesideNumber),
        ("42%", "de", UnitBesideNumber),
        ("5,5 Mio. EUR", "de", UnitBesideNumber),
    ],
)
def test_a_doubtful_number_is_refused_by_name(text: str, language: Language, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        parse_number(text, language)
    assert type(caught.value) is refusal


def test_the_sign_for_per_cent_may_stand_where_the_number_is_in_per_cent() -> None:
    assert [parse_number(text, "de", "%") for text in ("7 %", "7,5%", "7")] == [7.0, 7.5, 7.0]
    for text, unit, refusal in [
        ("7 %", "Personen", UnitBesideNumber),
        ("7 %%", "%", UnitBesideNumber),
        ("%", "%", NotANumber),
    ]:
        with pytest.raises(refusal):
            parse_number(text, "de", unit)


@pytest.mark.parametrize(("text", "language", "meant"), [("42.5", "de", "42,5"), ("-42,5", "en", "-42.5")])
def test_the_other_languages_decimal_sign_is_answered_with_the_likely_number(
    text: str, language: Language, meant: str
) -> None:
    with pytest.raises(DecimalSeparatorUnclear) as caught:
        parse_number(text, language)
    assert meant in refusal_sentence(caught.value, language)


def outcome_of(parse: Callable[[str, Language], Any], text: str, language: Language) -> Any:
    """What was read, or the sentence that refuses it; anything else that is raised fails the test."""
    try:
        return parse(text, language)
    except Refusal as refusal:
        return refusal_sentence(refusal, language)


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_text_is_read_as_a_finite_number_or_refused(text: str, language: Language) -> None:
    found = outcome_of(parse_number, text, language)
    assert isinstance(found, str) or abs(found) < 1e15


@given(st.text("0123456789.,-/ QHbisto\u2013\u2212äzM", max_size=24), st.sampled_from(LANGUAGES))
def test_any_text_is_read_as_a_period_that_runs_forward_or_refused(text: str, language: Language) -> None:
    found = outcome_of(parse_period, text, language)
    assert isinstance(found, str) or date(1900, 1, 1) <= found[0] <= found[1] <= date(2100, 12, 31)


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), PeriodKind.year),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), PeriodKind.month),
        ("12/2024", date(2024, 12, 1), date(2024, 12, 31), PeriodKind.month),
        ("12.2024", date(2024, 12, 1), date(2024, 12, 31), PeriodKind.month),
        ("2.2024", date(2024, 2, 1), date(2024, 2, 29), PeriodKind.month),
        ("Dez 2023", date(2023, 12, 1), date(2023, 12, 31), PeriodKind.month),
        ("Dez. 2023", date(2023, 12, 1), date(2023, 12, 31), PeriodKind.month),
        ("Dezember 2023", date(2023, 12, 1), date(2023, 12, 31), PeriodKind.month),
        ("MÄRZ 2024", date(2024, 3, 1), date(2024, 3, 31), PeriodKind.month),
        ("Oct 2024", date(2024, 10, 1), date(2024, 10, 31), PeriodKind.month),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30), PeriodKind.quarter),
        ("Q1/2026", date(2026, 1, 1), date(2026, 3, 31), PeriodKind.quarter),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), PeriodKind.quarter),
        ("3. Quartal 2026", date(2026, 7, 1), date(2026, 9, 30), PeriodKind.quarter),
        ("2. Halbjahr 2025", date(2025, 7, 1), date(2025, 12, 31), PeriodKind.half_year),
        ("H1 2025", date(2025, 1, 1), date(2025, 6, 30), PeriodKind.half_year),
        ("2021/22", date(2021, 8, 1), date(2022, 7, 31), PeriodKind.school_year),
        ("2021/2022", date(2021, 8, 1), date(2022, 7, 31), PeriodKind.school_year),
        ("Schuljahr 1999/00", date(1999, 8, 1), date(2000, 7, 31), PeriodKind.school_year),
        ("24.11.2026", date(2026, 11, 24), date(2026, 11, 24), PeriodKind.day),
        ("24. November 2026", date(2026, 11, 24), date(2026, 11, 24), PeriodKind.day),
        ("2026-11-24", date(2026, 11, 24), date(2026, 11, 24), PeriodKind.day),
        ("2024-01-01 bis 2024-03-15", date(2024, 1, 1), date(2024, 3, 15), PeriodKind.span),
        ("1.1.2024 – 15.3.2024", date(2024, 1, 1), date(2024, 3, 15), PeriodKind.span),
        ("2019 to 2021", date(2019, 1, 1), date(2021, 12, 31), PeriodKind.span),
        ("10/2016 - 09/2019", date(2016, 10, 1), date(2019, 9, 30), PeriodKind.span),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_is_read_in_the_ways_people_write_it(
    text: str, start: date, end: date, kind: PeriodKind, language: Language
) -> None:
    assert parse_period(f" {text} ", language) == (start, end, kind)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", NothingEntered),
        ("1200", YearOutOfRange),
        ("Q1 1200", YearOutOfRange),
        ("1899/00", YearOutOfRange),
        ("2100/01", YearOutOfRange),
        ("13/2024", NoSuchDay),
        ("30.02.2024", NoSuchDay),
        ("00.00.2024", NoSuchDay),
        ("24.11.26", PeriodNotUnderstood),
        ("11/24/2026", PeriodNotUnderstood),
        ("2021/23", PeriodNotUnderstood),
        ("Q5 2026", PeriodNotUnderstood),
        ("letztes Jahr", PeriodNotUnderstood),
        ("२०२४", PeriodNotUnderstood),
        ("2024 bis 2022", PeriodEndsBeforeItStarts),
        ("2024 bis 2025 bis 2026", PeriodNotUnderstood),
    ],
)
def test_a_doubtful_period_is_refused_by_name(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        parse_period(text, "de")
    assert type(caught.value) is refusal


def test_the_year_1200_is_refused_with_a_sentence_that_names_it() -> None:
    with pytest.raises(YearOutOfRange) as caught:
        parse_period("1200", "de")
    assert refusal_sentence(caught.value, "de") == (
        "Das Jahr 1200 liegt außerhalb von 1900 bis 2100. Bitte prüfen Sie die Jahreszahl."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.11.2024", "2024-11-24"),
        ("4.1.2024", "2024-01-04"),
        ("11/2024", "2024-11"),
        ("11.2024", "2024-11"),
        ("Nov. 2024", "2024-11"),
        ("2024", "2024"),
        ("2024-11-24", "2024-11-24"),
        ("24 Nov 2024", "2024-11-24"),
    ],
)
def test_a_partial_date_keeps_the_precision_it_was_typed_with(text: str, expected: str) -> None:
    assert parse_partial_date(text, "de") == expected


@pytest.mark.parametrize("text", ["24.11.24", "Q3 2026", "2021/22", "bald", "2024-11-24T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateNotUnderstood):
        parse_partial_date(text, "de")


@pytest.mark.parametrize("text", ["2027", "12/2027", "H1 2027", "irgendwann"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(QuarterNotUnderstood):
        parse_quarter(text, "de")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q1 2027", "2027-Q1"),
        ("1. Quartal 2027", "2027-Q1"),
        ("2027-Q1", "2027-Q1"),
        ("03/2027", "2027-03"),
        ("3.2027", "2027-03"),
        ("März 2027", "2027-03"),
        ("Mar 2027", "2027-03"),
        ("2027-03", "2027-03"),
    ],
)
def test_quarters_and_months_are_read_as_people_write_them(text: str, period: str, language: Language) -> None:
    assert parse_quarter_or_month(text, language) == period


@pytest.mark.parametrize("text", ["2027", "H1 2027", "24.11.2027", "irgendwann", "Q1 2027 bis Q2 2027"])
def test_what_is_neither_a_quarter_nor_a_month_is_refused(text: str) -> None:
    with pytest.raises(QuarterOrMonthNotUnderstood):
        parse_quarter_or_month(text, "de")


def test_numbers_in_a_row_stand_between_semicolons_or_on_lines() -> None:
    assert parse_numbers("10; 20;10,5", "de") == (10.0, 20.0, 10.5)
    assert parse_numbers("10\n1.234,5\n", "de") == (10.0, 1234.5)
    with pytest.raises(NotANumber):
        parse_numbers("10; viel", "de")


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("203.726", "de", 203.726),
        ("203,726", "en", 203.726),
        (" -1.234 ", "de", -1.234),
        ("203.726", "en", None),
        ("203,726", "de", None),
        ("1.203.726", "de", None),
        ("1.234,5", "de", None),
        ("203726", "de", None),
    ],
)
def test_a_number_with_one_mark_for_thousands_could_mean_decimals(
    text: str, language: Language, other: float | None
) -> None:
    assert other_reading(text, language) == other
