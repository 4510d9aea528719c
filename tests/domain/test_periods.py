"""Quarters and months: written in one way, counted and cut without a gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.periods import (
    between,
    bounds,
    is_quarter,
    later,
    month_of,
    months_of,
    number,
    quarter_of,
    quarter_of_month,
    row,
    year_of,
)
from tests import strategies

steps = st.integers(-400, 400)


@given(strategies.periods(), steps)
def test_so_many_periods_later_and_back_is_where_one_was(period: str, by: int) -> None:
    assert later(later(period, by), -by) == period
    assert later(period, 0) == period
    assert number(later(period, by)) == number(period) + by
    assert is_quarter(later(period, by)) == is_quarter(period)


@given(strategies.periods(), strategies.periods())
def test_of_two_periods_of_one_sort_the_later_one_has_the_greater_number_text_and_first_day(one: str, two: str) -> None:
    if is_quarter(one) == is_quarter(two):
        assert (number(one) < number(two)) == (one < two) == (bounds(one)[0] < bounds(two)[0])


@given(strategies.periods())
def test_a_period_is_followed_without_a_gap(period: str) -> None:
    first, last = bounds(period)
    assert bounds(later(period, 1))[0] == last + timedelta(days=1)
    assert year_of(period) == first.year == last.year
    assert (quarter_of if is_quarter(period) else month_of)(first) == period


@given(strategies.periods(), st.integers(0, 60))
def test_a_row_has_as_many_periods_as_were_asked_for_and_lies_between_its_ends(period: str, count: int) -> None:
    found = row(period, count)
    assert len(found) == count
    if found:
        assert between(found[0], found[-1]) == found
        assert found[0] == period


@given(strategies.periods(), st.integers(1, 60))
def test_between_a_period_and_an_earlier_one_there_is_nothing(period: str, back: int) -> None:
    assert between(period, later(period, -back)) == []
    assert between(period, period) == [period]


@given(strategies.quarters())
def test_the_three_months_of_a_quarter_are_its_days(quarter: str) -> None:
    months = months_of(quarter)
    assert [quarter_of_month(month) for month in months] == [quarter] * 3
    assert bounds(quarter) == (bounds(months[0])[0], bounds(months[-1])[1])
    assert months_of(months[0]) == (months[0],)


def test_quarters_and_months_run_over_the_turn_of_the_year() -> None:
    assert row("2026-Q4", 3) == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert between("2026-11", "2027-01") == ["2026-11", "2026-12", "2027-01"]
    assert bounds("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(("month", "quarter"), [(1, "2026-Q1"), (3, "2026-Q1"), (4, "2026-Q2"), (12, "2026-Q4")])
def test_a_day_lies_in_its_quarter(month: int, quarter: str) -> None:
    assert quarter_of(date(2026, month, 28)) == quarter
