"""How old a value may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import IndicatorState, Rhythm
from metrics.domain.progress.freshness import due_on, judge_freshness, too_old
from metrics.domain.progress.outcome import Freshness
from tests.plan import an_indicator

YEAR_END = date(2023, 12, 31)
PERIODIC = [rhythm for rhythm in Rhythm if rhythm is not Rhythm.irregular]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, Freshness.fresh),
        (456, Freshness.fresh),  # a year and the publication lag of 90 days
        (457, Freshness.overdue),
        (684, Freshness.overdue),  # one and a half times that
        (685, Freshness.stale),
        (-5, Freshness.fresh),
    ],
)
def test_a_yearly_value_is_fresh_until_the_next_one_is_due_and_stale_after_half_as_long_again(
    age: int, expected: Freshness
) -> None:
    indicator = an_indicator(rhythm=Rhythm.yearly, publication_lag=90)
    assert judge_freshness(indicator, YEAR_END, YEAR_END + timedelta(days=age)) is expected


def test_the_next_value_is_due_a_period_and_the_lag_after_the_last_ones_end() -> None:
    assert due_on(an_indicator(publication_lag=90), YEAR_END) == date(2025, 3, 31)
    assert due_on(an_indicator(rhythm=Rhythm.monthly, publication_lag=0), YEAR_END) == date(2024, 1, 31)


@pytest.mark.parametrize("rhythm", PERIODIC)
@given(lag=st.integers(0, 3660), age=st.integers(0, 20_000))
def test_a_value_is_fresh_exactly_until_the_day_the_next_is_due(rhythm: Rhythm, lag: int, age: int) -> None:
    indicator = an_indicator(rhythm=rhythm, publication_lag=lag)
    today = YEAR_END + timedelta(days=age)
    due = due_on(indicator, YEAR_END)
    assert due is not None
    assert (judge_freshness(indicator, YEAR_END, today) is Freshness.fresh) == (today <= due)


@pytest.mark.parametrize(
    "over",
    [{"rhythm": Rhythm.irregular}, {"state": IndicatorState.dormant}, {"state": IndicatorState.replaced}],
)
def test_nothing_is_due_from_an_irregular_dormant_or_replaced_indicator(over: dict[str, object]) -> None:
    indicator = an_indicator(**over)
    assert due_on(indicator, YEAR_END) is None
    assert judge_freshness(indicator, YEAR_END, date(2099, 1, 1)) is Freshness.not_due


def test_never_measured_is_no_age() -> None:
    assert due_on(an_indicator(), None) is None
    assert judge_freshness(an_indicator(), None, YEAR_END) is Freshness.never
    assert judge_freshness(an_indicator(rhythm=Rhythm.irregular), None, YEAR_END) is Freshness.never
    assert too_old(an_indicator(), None, YEAR_END) is False


@pytest.mark.parametrize(("age", "expected"), [(685, False), (912, False), (913, True), (9000, True)])
def test_a_value_is_too_old_for_totals_after_twice_the_time_it_was_due_in(age: int, expected: bool) -> None:
    indicator = an_indicator(rhythm=Rhythm.yearly, publication_lag=90)  # due after 456 days
    assert too_old(indicator, YEAR_END, YEAR_END + timedelta(days=age)) is expected


def test_what_has_no_rhythm_never_grows_too_old() -> None:
    assert too_old(an_indicator(rhythm=Rhythm.irregular), YEAR_END, date(2099, 1, 1)) is False


def test_a_value_that_nobody_renews_grows_too_old_all_the_same() -> None:
    dormant = an_indicator(state=IndicatorState.dormant, publication_lag=90)
    assert [too_old(dormant, YEAR_END, YEAR_END + timedelta(days=age)) for age in (912, 913)] == [False, True]


@pytest.mark.parametrize("rhythm", PERIODIC)
@given(lag=st.integers(0, 3660), age=st.integers(0, 20_000))
def test_what_is_too_old_is_stale(rhythm: Rhythm, lag: int, age: int) -> None:
    indicator, today = an_indicator(rhythm=rhythm, publication_lag=lag), YEAR_END + timedelta(days=age)
    if too_old(indicator, YEAR_END, today):
        assert judge_freshness(indicator, YEAR_END, today) is Freshness.stale
