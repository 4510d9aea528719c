"""Mittelabfluss: money planned, committed and spent, against the time that has passed.

Within a year money is planned to be spent evenly over the days in which the funding runs; the office's budget names
years, no days. `committed` (gebunden) is what contracts and notices bind, and includes what has been paid already; if
more was paid in a year than is called bound, what was paid counts. Missing is not zero: a year without its sum makes
the total unknown, with the reason. Only in a year that has not begun nothing can have been spent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain.scheduling.why_not import WhyNot, ratio


@dataclass(frozen=True, slots=True)
class Money:
    """Euros of a year; None if nobody has said."""

    planned: float | None = None
    committed: float | None = None
    spent: float | None = None


@dataclass(frozen=True, slots=True)
class Drain:
    """Money on a day, in euros: sums of the years; `planned_by_now` is what was to be spent until that day.

    `time_share` is the share 0–1 of the funding's days that have passed. `starts` and `ends` of the funding, inclusive.
    """

    planned: float | WhyNot
    committed: float | WhyNot
    spent: float | WhyNot
    planned_by_now: float | WhyNot
    time_share: float
    starts: date
    ends: date

    @property
    def planned_share(self) -> float | WhyNot:
        """Share of the money that was to be spent by now."""
        return _share(self.planned_by_now, self.planned)

    @property
    def spent_share(self) -> float | WhyNot:
        """Share of the money that is spent; above 1 if more was spent than planned."""
        return _share(self.spent, self.planned)

    @property
    def committed_share(self) -> float | WhyNot:
        """Share of the money that is bound or spent."""
        return _share(self.committed, self.planned)

    @property
    def lag(self) -> float | WhyNot:
        """Euros by which spending is behind the plan; below 0 ahead."""
        return _difference(self.planned_by_now, self.spent)

    @property
    def left(self) -> float | WhyNot:
        """Euros that are not spent yet; below 0 if more was spent than planned."""
        return _difference(self.planned, self.spent)

    @property
    def uncommitted(self) -> float | WhyNot:
        """Euros that nothing binds yet: they lapse when the funding ends, unless something does."""
        return _difference(self.planned, self.committed)

    @property
    def left_at_end(self) -> float | WhyNot:
        """Euros left when the funding ends if spending goes on at the pace so far; below 0 they will not do."""
        if isinstance(self.planned, WhyNot):
            return self.planned
        if isinstance(self.spent, WhyNot):
            return self.spent
        at_end = ratio(self.spent, self.time_share, WhyNot.no_time_passed)
        return at_end if isinstance(at_end, WhyNot) else self.planned - at_end


def drain(years: Mapping[int, Money], today: date, starts: date | None = None, ends: date | None = None) -> Drain:
    """Money of all years against time; without dates the funding runs from the first to the last year's end.

    Raises ValueError without a year, or if the funding ends before it starts.
    """
    if not years:
        raise ValueError("no year")
    first, last = starts or date(min(years), 1, 1), ends or date(max(years), 12, 31)
    if last < first:
        raise ValueError("the funding ends before it starts")
    planned = _total([money.planned for money in years.values()], WhyNot.planned_unknown)
    by_now: float | WhyNot = (
        planned
        if isinstance(planned, WhyNot)
        else sum((money.planned or 0) * _passed_of_year(year, first, last, today) for year, money in years.items())
    )
    spent = _total([_spent(year, money, today) for year, money in years.items()], WhyNot.spent_unknown)
    committed = _total([_committed(money) for money in years.values()], WhyNot.committed_unknown)
    return Drain(planned, committed, spent, by_now, _passed(first, last, today), first, last)


def drain_by_year(
    years: Mapping[int, Money], today: date, starts: date | None = None, ends: date | None = None
) -> dict[int, Drain]:
    """Each year's money against the part of the funding that lies in it, in order; raises ValueError as `drain`."""
    if not years:
        return {}
    whole = drain(years, today, starts, ends)
    return {year: drain({year: years[year]}, today, *_part(year, whole.starts, whole.ends)) for year in sorted(years)}


def _part(year: int, first: date, last: date) -> tuple[date, date]:
    """The days of a year on which the funding runs; the whole year if it does not run at all in it."""
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return (begin, end) if begin <= end else (date(year, 1, 1), date(year, 12, 31))


def _passed_of_year(year: int, first: date, last: date, today: date) -> float:
    return _passed(*_part(year, first, last), today)


def _passed(first: date, last: date, today: date) -> float:
    """Share of the days that have passed by the end of today."""
    return min(1.0, max(0.0, ((today - first).days + 1) / ((last - first).days + 1)))


def _spent(year: int, money: Money, today: date) -> float | None:
    return 0.0 if money.spent is None and year > today.year else money.spent


def _committed(money: Money) -> float | None:
    return None if money.committed is None else max(money.committed, money.spent or 0.0)


def _total(sums: list[float | None], unknown: WhyNot) -> float | WhyNot:
    known = [given for given in sums if given is not None]
    return sum(known) if len(known) == len(sums) else unknown


def _share(part: float | WhyNot, whole: float | WhyNot) -> float | WhyNot:
    if isinstance(whole, WhyNot):
        return whole
    return part if isinstance(part, WhyNot) else ratio(part, whole, WhyNot.nothing_planned)


def _difference(one: float | WhyNot, other: float | WhyNot) -> float | WhyNot:
    if isinstance(one, WhyNot):
        return one
    return other if isinstance(other, WhyNot) else one - other
