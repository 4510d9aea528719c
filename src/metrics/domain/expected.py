"""Which values an indicator should have within a span: told from its rhythm and its newest value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from metrics.domain.base import last_day_of_month
from metrics.domain.indicators import Basis, Indicator, IndicatorState, Rhythm

MONTHS: dict[Rhythm, int] = {
    Rhythm.monthly: 1,
    Rhythm.quarterly: 3,
    Rhythm.half_yearly: 6,
    Rhythm.yearly: 12,
    Rhythm.every_two_years: 24,
}
"""Months from one value to the next; an irregular indicator has no rhythm and lacks nothing."""


def expected_ends(
    indicator: Indicator,
    known: tuple[date, date] | None,
    ends: Collection[date],
    span: tuple[date, date],
    today: date,
) -> tuple[date, ...]:
    """The ends of periods within a span whose value is due and absent, oldest first.

    `known`: the ends of the first and the newest period with a value, None without any; `ends`: all ends for which
    there is a value in the span and one rhythm before it. Values follow each other in the rhythm, counted from the
    newest one; of an indicator without any, from the end of the calendar or school year. A value that ends up to one
    rhythm before an expected end stands for it. Nothing is expected before the first value, nor before the publication
    lag is over.
    """
    months = MONTHS.get(indicator.rhythm)
    if months is None or indicator.state is not IndicatorState.active:
        return ()
    first, anchor = known or (span[0], _calendar_end(indicator, span[1]))
    return tuple(
        end
        for end in _steps(anchor, months, span)
        if end >= first
        and end + timedelta(days=indicator.publication_lag) <= today
        and not any(later(end, -months) < each <= end for each in ends)
    )


def _calendar_end(indicator: Indicator, day: date) -> date:
    return date(day.year, 7, 31) if indicator.basis is Basis.school_year else date(day.year, 12, 31)


def _steps(anchor: date, months: int, span: tuple[date, date]) -> Iterator[date]:
    away = (span[0].year - anchor.year) * 12 + span[0].month - anchor.month
    step = away // months - 1
    while (end := later(anchor, step * months)) <= span[1]:
        if end >= span[0]:
            yield end
        step += 1


def later(day: date, months: int) -> date:
    """The day so many months later; the last day of a month stays one."""
    number = day.year * 12 + day.month - 1 + months
    last = last_day_of_month(number // 12, number % 12 + 1)
    is_last = day == last_day_of_month(day.year, day.month)
    return last if is_last or day.day > last.day else last.replace(day=day.day)
