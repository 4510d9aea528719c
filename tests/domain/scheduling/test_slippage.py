"""By how much something slipped, and what of it is sure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import partial_date_bounds
from metrics.domain.scheduling.slippage import Slip, Slippage, slip, slippage
from metrics.domain.scheduling.why_not import WhyNot

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


def slipped(first: str, now: str | None, done_on: str | None = None, today: date = TODAY) -> Slippage:
    found = slippage(first, now, done_on, today)
    assert isinstance(found, Slippage)
    return found


@pytest.mark.parametrize(
    ("promised", "actual", "expected", "sure"),
    [
        ("2026-12-31", "2027-01-10", Slip(10, 10), 10),
        ("2027-01-10", "2026-12-31", Slip(-10, -10), -10),
        ("2026", "2027-03", Slip(60, 454), 60),
        ("2026", "2027", Slip(1, 729), 1),
        ("2027-03", "2026", Slip(-454, -60), -60),
        ("2026", "2026-12-31", Slip(0, 364), 0),
        ("2026-06", "2026", Slip(-180, 213), 0),
        ("2026", "2026", Slip(0, 0), 0),
    ],
)
def test_a_slip_runs_from_the_least_to_the_most_that_partial_dates_may_mean(
    promised: str, actual: str, expected: Slip, sure: int
) -> None:
    assert slip(promised, actual) == expected
    assert expected.sure == sure


def test_an_open_end_has_slipped_as_far_as_it_was_postponed() -> None:
    found = slipped("2026-12-31", "2027-06-30")
    assert found == Slippage(Slip(181, 181), Slip(181, 181), done=False, overdue=False)


def test_an_open_end_that_has_passed_has_slipped_until_today_at_least() -> None:
    assert slipped("2026-09", "2026-10") == Slippage(Slip(1, 60), Slip(54, 60), done=False, overdue=True)
    assert slipped("2026-09-30", "2026-10-31").total == Slip(54, 54)
    assert slipped("2026-09-30", "2026-12-31").total.sure == 92


def test_what_was_promised_within_this_month_is_not_overdue_before_its_end() -> None:
    found = slipped("2026-11", "2026-11")
    assert (found.total.sure, found.overdue) == (0, False)
    assert slipped("2026-11", "2026-11", today=date(2026, 12, 1)) == Slippage(
        Slip(0, 0), Slip(1, 1), done=False, overdue=True
    )


def test_what_is_due_today_is_not_overdue() -> None:
    assert not slipped("2026-11-23", "2026-11-23").overdue
    assert slipped("2026-11-22", "2026-11-22").overdue


def test_what_is_done_has_slipped_to_the_day_it_was_done_whatever_was_promised_in_between() -> None:
    found = slipped("2026-06-30", "2026-12-31", "2026-09-30")
    assert found == Slippage(Slip(184, 184), Slip(92, 92), done=True, overdue=False)
    assert slipped("2026-06-30", None, "2026-09-30") == Slippage(None, Slip(92, 92), done=True, overdue=False)
    assert slipped("2026-06-30", "2026-06-30", "2026-05").total == Slip(-60, -30)


def test_what_is_done_this_year_was_done_by_today() -> None:
    assert slipped("2026-01-01", "2026-12-31", "2026").total == Slip(0, 326)


def test_what_is_to_be_done_later_is_not_done_yet() -> None:
    assert not slipped("2026-12-31", "2027-06-30", "2027-05-01").done
    assert slipped("2026-12-31", "2027-06-30", "2027-05-01", today=date(2027, 5, 1)).total.sure == 121


def test_without_a_promise_there_is_no_slip_but_a_reason() -> None:
    assert slippage(None, "2026-12-31", "2026-11-01", TODAY) is WhyNot.never_promised
    assert slippage("2026-12-31", None, None, TODAY) is WhyNot.no_date
    assert slippage("2026-12-31", None, "2027-01-01", TODAY) is WhyNot.no_date


@given(PARTIAL, PARTIAL, st.data())
def test_no_days_that_the_dates_may_mean_lie_outside_the_slip(promised: str, actual: str, data: st.DataObject) -> None:
    one, other = (data.draw(st.dates(*partial_date_bounds(text))) for text in (promised, actual))
    found = slip(promised, actual)
    assert found.least <= found.most
    if promised != actual:
        assert found.least <= (other - one).days <= found.most
    assert abs(found.sure) <= abs((other - one).days) or promised == actual


@given(PARTIAL, PARTIAL, DAYS, st.integers(0, 400))
def test_what_stays_open_never_slips_less_as_days_go_by(first: str, now: str, today: date, later: int) -> None:
    before, after = slipped(first, now, today=today), slipped(first, now, today=today + timedelta(later))
    assert before.total.least <= after.total.least
    assert before.total.sure <= after.total.sure
    assert after.total.least >= slip(first, now).least


@given(DAYS, DAYS, st.none() | DAYS, DAYS)
def test_whole_days_leave_nothing_unsure(first: date, now: date, done: date | None, today: date) -> None:
    done_on = done.isoformat() if done else None
    found = slipped(first.isoformat(), now.isoformat(), done_on, today)
    assert found.total.least == found.total.most == found.total.sure
