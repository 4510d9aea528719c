"""Money against time: what should have been spent, what is left when the funding ends, and what nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.scheduling.drain import Money, drain, drain_by_year
from metrics.domain.scheduling.why_not import WhyNot

MIDDLE_OF_2027 = date(2027, 7, 1)
FUNDED = [Money(2026, 36_500, 36_500, 30_000), Money(2027, 73_000, 40_000, 10_000), Money(2028, 36_600, 0, None)]
SUMS = st.integers(0, 100_000).map(float)
LINES = st.lists(st.builds(Money, st.integers(2024, 2029), SUMS, SUMS, SUMS), min_size=1, max_size=8)


def test_what_should_have_been_spent_is_all_of_past_years_and_the_passed_days_of_this_one() -> None:
    found = drain(FUNDED, MIDDLE_OF_2027)
    assert found.planned_by_now == pytest.approx(36_500 + 73_000 * 182 / 365)
    assert found.spent == 40_000
    assert found.lag == pytest.approx(32_900)
    assert found.planned_share == pytest.approx(72_900 / 146_100)
    assert found.spent_share == pytest.approx(40_000 / 146_100)
    assert found.time_share == pytest.approx((365 + 182) / 1096)


def test_what_is_left_is_told_now_when_bound_and_at_the_end_at_this_pace() -> None:
    found = drain(FUNDED, MIDDLE_OF_2027)
    assert found.left == 106_100
    assert found.uncommitted == 146_100 - 76_500
    assert found.bound_share == pytest.approx(76_500 / 146_100)
    assert found.left_at_end == pytest.approx(146_100 - 40_000 * 1096 / 547)


def test_a_year_counts_from_the_day_on_which_the_funding_starts_to_that_on_which_it_ends() -> None:
    lines = [Money(2026, 100, 100, 0), Money(2027, 100, 100, 0)]
    found = drain(lines, date(2027, 1, 31), starts=date(2026, 10, 1), ends=date(2027, 4, 30))
    assert found.planned_by_now == pytest.approx(100 + 100 * 31 / 120)
    assert found.time_share == pytest.approx((92 + 31) / (92 + 120))
    assert drain(lines, date(2026, 9, 30), starts=date(2026, 10, 1)).planned_by_now == 0


def test_what_is_committed_stays_as_it_was_entered_however_much_was_paid() -> None:
    found = drain([Money(2026, 100, 5_000, 9_000)], date(2026, 12, 31))
    assert (found.planned, found.committed, found.spent) == (100, 5_000, 9_000)


def test_more_paid_than_called_committed_is_bound_and_more_than_planned_is_below_nothing_left() -> None:
    found = drain([Money(2026, 100, 20, 130)], date(2026, 12, 31))
    assert (found.bound, found.uncommitted, found.left, found.left_at_end) == (130, -30, -30, -30)
    assert found.spent_share == 1.3


def test_in_a_year_that_has_not_begun_nothing_is_spent_but_in_this_one_it_may_be_unknown() -> None:
    assert drain([Money(2027, 100)], date(2026, 6, 1)).spent == 0
    found = drain([Money(2026, 100)], date(2026, 6, 1))
    assert found.spent is found.spent_share is found.lag is found.left is found.left_at_end is WhyNot.spent_unknown
    assert found.committed is found.uncommitted is found.bound_share is WhyNot.committed_unknown


def test_a_year_without_its_plan_makes_the_whole_plan_unknown_and_not_smaller() -> None:
    found = drain([Money(2026, 100, 100, 50), Money(2027, None, 10, 0)], date(2026, 6, 1))
    assert {found.planned, found.planned_by_now, found.planned_share, found.spent_share, found.lag, found.left} == {
        WhyNot.planned_unknown
    }
    assert found.left_at_end is found.uncommitted is WhyNot.planned_unknown
    assert (found.spent, found.committed) == (50, 110)


def test_shares_of_nothing_and_a_pace_before_the_start_have_a_reason() -> None:
    assert drain([Money(2026, 0, 0, 0)], date(2026, 6, 1)).spent_share is WhyNot.nothing_planned
    assert drain([Money(2027, 100, 0, 0)], date(2026, 6, 1)).left_at_end is WhyNot.no_time_passed


def test_several_lines_of_a_year_add_up_and_one_that_is_paid_in_advance_is_not_lost() -> None:
    lines = [Money(2026, 100, 50, 20), Money(2026, 300, 60, 80), Money(2027, 100, 5, 5), Money(2027, 100, 0, None)]
    found = drain(lines, date(2026, 12, 31))
    assert (found.planned, found.committed, found.bound) == (600, 50 + 60 + 5, 50 + 80 + 5)
    assert (found.spent, found.planned_by_now) == (105, 400)
    assert [year.planned for year in drain_by_year(lines, date(2026, 12, 31)).values()] == [400, 200]


def test_each_year_stands_against_its_own_days() -> None:
    found = drain_by_year(FUNDED, MIDDLE_OF_2027, ends=date(2028, 6, 30))
    assert list(found) == [2026, 2027, 2028]
    assert [year.planned_share for year in found.values()] == pytest.approx([1, 182 / 365, 0])
    assert [year.time_share for year in found.values()] == pytest.approx([1, 182 / 365, 0])
    assert found[2028].ends == date(2028, 6, 30)
    assert drain_by_year([], MIDDLE_OF_2027) == {}


def test_money_of_a_year_outside_the_funding_is_planned_over_the_whole_year() -> None:
    found = drain_by_year([Money(2025, 100, 0, 0)], date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31))
    assert (found[2025].starts, found[2025].planned_by_now) == (date(2025, 1, 1), 100)


def test_a_funding_without_a_line_or_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="no line"):
        drain([], MIDDLE_OF_2027)
    with pytest.raises(ValueError, match="before it starts"):
        drain(FUNDED, MIDDLE_OF_2027, date(2027, 1, 2), date(2027, 1, 1))


@given(
    LINES,
    st.integers(-400, 3000),
    st.integers(0, 400),
)
def test_what_should_have_been_spent_only_grows_from_nothing_to_all(lines: list[Money], days: int, more: int) -> None:
    day = date(2024, 1, 1) + timedelta(days)
    sooner, later = drain(lines, day), drain(lines, day + timedelta(more))
    assert isinstance(sooner.planned_by_now, float) and isinstance(later.planned_by_now, float)
    assert 0 <= sooner.planned_by_now <= later.planned_by_now + 1e-9
    assert 0 <= sooner.time_share <= later.time_share <= 1
    assert drain(lines, date(2030, 1, 1)).planned_by_now == pytest.approx(sooner.planned)


@given(LINES, st.integers(-400, 3000))
def test_the_years_sum_up_to_the_whole(lines: list[Money], days: int) -> None:
    day = date(2024, 1, 1) + timedelta(days)
    whole, parts = drain(lines, day), drain_by_year(lines, day).values()
    for name in ("planned", "committed", "bound", "spent", "planned_by_now", "lag", "left", "uncommitted"):
        assert sum(getattr(part, name) for part in parts) == pytest.approx(getattr(whole, name), abs=1e-6)
