"""What texts, dates and ids may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from metrics.domain.base import last_day_of_month, partial_date_bounds
from tests import strategies
from tests.plan import a_goal, a_measure, a_reading


def refusal_of(build: Any, **over: Any) -> tuple[str, tuple[int | str, ...]]:
    """Type and place of the one error that building a record with these fields gives."""
    with pytest.raises(ValidationError) as caught:
        build(**over)
    (error,) = caught.value.errors()
    return error["type"], error["loc"]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u202a", "\u2066", "\u2069"])
def test_invisible_characters_and_direction_switches_are_refused_by_name(character: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_goal(title=f"Attraktiver{character}Standort")
    (error,) = caught.value.errors()
    assert error["type"] == "control_character"
    assert error["ctx"]["code_point"] == f"U+{ord(character):04X}"


def test_an_unpaired_surrogate_is_refused() -> None:
    assert refusal_of(a_goal, title="Standort \ud800")[1] == ("title",)


@pytest.mark.parametrize("text", strategies.TEMPTING_TEXTS)
def test_emoji_markup_formulas_and_foreign_scripts_are_plain_data(text: str) -> None:
    assert a_goal(title=text).title == a_goal(title=f"  {text} ").title
    assert a_goal(title="<b>fett</b>").title == "<b>fett</b>"


def test_text_is_trimmed_and_composed_so_that_equal_words_are_equal() -> None:
    assert a_goal(title=" Sta\u0308rkung\u00a0").title == "St\u00e4rkung"


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\t", "\u2028", "\u2029"])
def test_a_title_is_one_line(line_break: str) -> None:
    assert refusal_of(a_goal, title=f"Ziel{line_break}zwei") == ("single_line", ("title",))


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\u2029"])
def test_a_description_keeps_its_lines_in_one_way_of_writing(line_break: str) -> None:
    assert a_goal(description=f"eins{line_break}zwei").description == "eins\nzwei"


def test_ten_thousand_characters_are_no_title() -> None:
    assert refusal_of(a_goal, title="ä" * 10_000) == ("too_long", ("title",))
    assert len(a_goal(title="ä" * 300).title) == 300


@pytest.mark.parametrize("nothing", ["", "   ", "\n", "\u00a0"])
def test_blank_is_nothing_where_nothing_is_allowed_and_refused_where_a_title_must_be(nothing: str) -> None:
    goal = a_goal(owner=nothing, description=nothing, perspective_id=nothing)
    assert (goal.owner, goal.description, goal.perspective_id) == (None, None, None)
    assert refusal_of(a_goal, title=nothing) == ("too_short", ("title",))


@pytest.mark.parametrize("identifier", ["", "-Z", "Z A", "Z/A", "Ziel-ä", "Z\n", "x" * 81, "../Z", "<Z>"])
def test_an_id_is_plain_latin_letters_digits_dots_dashes(identifier: str) -> None:
    assert refusal_of(a_goal, id=identifier)[1] == ("id",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-10", date(2018, 10, 1), date(2018, 10, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2018-10-05", date(2018, 10, 5), date(2018, 10, 5)),
        ("2100-12-31", date(2100, 12, 31), date(2100, 12, 31)),
    ],
)
def test_a_partial_date_means_all_its_days(text: str, first: date, last: date) -> None:
    assert partial_date_bounds(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("1200", "year_out_of_range"),
        ("1899-12-31", "year_out_of_range"),
        ("2101", "year_out_of_range"),
        ("0000", "year_out_of_range"),
        ("2021-02-29", "partial_date"),
        ("2021-13", "partial_date"),
        ("2021-00", "partial_date"),
        ("2021-05-00", "partial_date"),
        ("2021-1", "partial_date"),
        ("1.5.2021", "partial_date"),
        ("2021-", "partial_date"),
        ("20210501", "partial_date"),
        ("٢٠٢١", "partial_date"),
        ("２０２１", "partial_date"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused(text: str, error: str) -> None:
    assert refusal_of(a_measure, starts=text, ends=None) == (error, ("starts",))


@given(strategies.partial_dates())
def test_the_bounds_of_a_partial_date_start_with_what_was_written(text: str) -> None:
    first, last = partial_date_bounds(text)
    assert first <= last
    assert first.isoformat().startswith(text) and last.isoformat().startswith(text)


@given(strategies.days())
def test_the_day_after_a_months_last_day_is_a_first(day: date) -> None:
    last = last_day_of_month(day.year, day.month)
    assert (last.year, last.month) == (day.year, day.month)
    assert date.fromordinal(last.toordinal() + 1).day == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_reading_is_a_finite_number(number: float) -> None:
    assert refusal_of(a_reading, value=number) == ("finite_number", ("value",))
