"""How old the last value may be: rhythm plus publication lag."""

from __future__ import annotations

from datetime import date, timedelta

from metrics.domain.indicators import Indicator, IndicatorState
from metrics.domain.progress.outcome import Freshness

STALE_AFTER = 1.5
TOO_OLD_AFTER = 2.0
"""Fresh up to once, overdue up to 1.5 times, stale beyond, out of totals beyond twice (docs/methods.md)."""


def due_on(indicator: Indicator, last_period_end: date | None) -> date | None:
    """The day from which the next value is expected; None if none ever is (irregular, dormant, or never measured)."""
    days = indicator.rhythm.days
    if days is None or last_period_end is None or indicator.state is not IndicatorState.active:
        return None
    return last_period_end + timedelta(days=days + indicator.publication_lag)


def judge_freshness(indicator: Indicator, last_period_end: date | None, today: date) -> Freshness:
    """Whether the last value is fresh, overdue or stale on that day."""
    if last_period_end is None:
        return Freshness.never
    days = indicator.rhythm.days
    if days is None or indicator.state is not IndicatorState.active:
        return Freshness.not_due
    age, due = (today - last_period_end).days, days + indicator.publication_lag
    if age <= due:
        return Freshness.fresh
    return Freshness.overdue if age <= STALE_AFTER * due else Freshness.stale


def too_old(indicator: Indicator, last_period_end: date | None, today: date) -> bool:
    """Whether the last value is more than twice as old as it may be, and counts in no total any more.

    A value grows old in a dormant indicator too, of which nobody expects a new one.
    """
    days = indicator.rhythm.days
    if days is None or last_period_end is None:
        return False
    return (today - last_period_end).days > TOO_OLD_AFTER * (days + indicator.publication_lag)
