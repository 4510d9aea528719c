"""Scenarios of money: a pot that ends, or that holds more or less a year."""

from __future__ import annotations

from datetime import timedelta

from metrics.domain.base import partial_date_bounds
from metrics.domain.periods import later, row
from metrics.domain.portfolio.changed import MonthSpan, changed
from metrics.domain.portfolio.moving import MONTHS_OF_YEAR
from metrics.domain.resources import FundingPot, PotYear


def ended_pot(pot: FundingPot, starts: str) -> FundingPot:
    """A pot that gives nothing from a date on; its last year holds the part of its months that are left.

    The end is as exact as the date: from 2027-07 on nothing means that it ends 2027-06. A pot that ends earlier anyway
    stays as it is. Raises ValidationError if it would end before it starts.
    """
    day = partial_date_bounds(starts)[0]
    if pot.ends and partial_date_bounds(pot.ends)[1] < day:
        return pot
    ends = _day_before(starts)
    last = partial_date_bounds(ends)[1]
    gone = MonthSpan(first=starts[:7] if len(starts) > 4 else f"{starts}-01")
    years = []
    for one in pot.years:
        if one.year < last.year:
            years.append(one)
        elif one.year == last.year:
            left = MONTHS_OF_YEAR - _months_within(gone, one.year)
            years.append(changed(one, amount=one.amount * left / MONTHS_OF_YEAR))
    return changed(pot, ends=ends, years=tuple(years))


def _day_before(starts: str) -> str:
    if len(starts) == len("2027"):
        return str(int(starts) - 1)
    if len(starts) == len("2027-01"):
        return later(starts, -1)
    return (partial_date_bounds(starts)[0] - timedelta(days=1)).isoformat()


def with_funding(pot: FundingPot, amount: float, span: MonthSpan) -> FundingPot:
    """A pot with so many euros a year more or less, never below 0; a year that is partly in the span gets its part.

    Only years that the pot speaks of: more than unknown is still unknown.
    """
    return changed(pot, years=tuple(_with_amount(one, amount, span) for one in pot.years))


def _with_amount(one: PotYear, amount: float, span: MonthSpan) -> PotYear:
    part = _months_within(span, one.year) / MONTHS_OF_YEAR
    return changed(one, amount=max(0.0, one.amount + amount * part))


def _months_within(span: MonthSpan, year: int) -> int:
    return sum(span.holds(month) for month in row(f"{year}-01", MONTHS_OF_YEAR))
