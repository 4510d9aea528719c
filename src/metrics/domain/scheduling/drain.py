"""Mittelabfluss: money planned, committed and spent, against the time that has passed.

Within a year money is planned to be spent evenly over the days in which the funding runs; the office's budget names
years, no days. `committed` (gebunden) is what contracts and notices bind, as it was entered, and should include what
has been paid already. Where more was paid on a line than is called committed, `bound` counts what was paid: that money
is gone, whatever was called committed. Missing is not zero: a line without its sum makes the total unknown, with the
reason. Only in a year that has not begun nothing can have been spent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from metrics.domain.scheduling.why_not import WhyNot, ratio


@dataclass(frozen=True, slots=True)
class Money:
    """Euros of a year, of one measure or pot or of many; None if nobody has said."""

    year: int
    planned: float | None = None
    committed: float | None = None
    spent: float | None = None


@dataclass(frozen=True, slots=True)
class Drain:
    """Money on a day, in euros: sums of the years; `planned_by_now` is what was to be spent until that day.

    `bound` is line by line what is committed, or what is spent where that is more; never shown as committed.
    `time_share` is the share 0–1 of the funding's days that have passed. `starts` and `ends` of the funding, inclusive.
    """

    planned: float | WhyNot
    committed: float | WhyNot
    bound: float | WhyNot
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
    def bound_share(self) -> float | WhyNot:
        """Share of the money that is committed or spent."""
        return _share(self.bound, self.planned)

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
        return _difference(self.planned, self.bound)

    @property
    def left_at_end(self) -> float | WhyNot:
        """Euros left when the funding ends if spending goes on at the pace so far; below 0 they will not do."""
        if isinstance(self.planned, WhyNot):
            return self.planned
        if isinstance(self.spent, WhyNot):
            return self.spent
        at_end = ratio(self.spent, self.time_share, WhyNot.no_time_passed)
        return at_end if isinstance(at_end, WhyNot) else self.planned - at_end


def drain(lines: Iterable[Money], today: date, starts: date | None = None, ends: date | None = None) -> Drain:
    """Money of all lines against time; without dates the funding runs from the first to the last year's end.

    Raises ValueError without a line, or if the funding ends before it starts.
    """
    lines = list(lines)
    if not lines:
        raise ValueError("no line")
    first = starts or date(min(line.year for line in lines), 1, 1)
    last = ends or date(max(line.year for line in lines), 12, 31)
    if last < first:
        raise ValueError("the funding ends before it starts")
    planned = _total([line.planned for line in lines], WhyNot.planned_unknown)
    by_now = _total([_planned_by_now(line, first, last, today) for line in lines], WhyNot.planned_unknown)
    committed = _total([line.committed for line in lines], WhyNot.committed_unknown)
    bound = _total([_bound(line) for line in lines], WhyNot.committed_unknown)
    spent = _total([_spent(line, today) for line in lines], WhyNot.spent_unknown)
    return Drain(planned, committed, bound, spent, by_now, passed_share(first, last, today), first, last)


def drain_by_year(
    lines: Iterable[Money], today: date, starts: date | None = None, ends: date | None = None
) -> dict[int, Drain]:
    """Each year's money against the part of the funding that lies in it, in order; raises ValueError as `drain`.

    Empty without a line.
    """
    by_year: dict[int, list[Money]] = defaultdict(list)
    for line in lines:
        by_year[line.year].append(line)
    if not by_year:
        return {}
    whole = drain(chain.from_iterable(by_year.values()), today, starts, ends)
    return {year: drain(by_year[year], today, *_part(year, whole.starts, whole.ends)) for year in sorted(by_year)}


def _part(year: int, first: date, last: date) -> tuple[date, date]:
    """The days of a year on which the funding runs; the whole year if it does not run at all in it."""
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return (begin, end) if begin <= end else (date(year, 1, 1), date(year, 12, 31))


def passed_share(first: date, last: date, today: date) -> float:
    """Share of the days that have passed by the end of today."""
    return min(1.0, max(0.0, ((today - first).days + 1) / ((last - first).days + 1)))


def _planned_by_now(line: Money, first: date, last: date, today: date) -> float | None:
    return None if line.planned is None else line.planned * passed_share(*_part(line.year, first, last), today)


def _spent(line: Money, today: date) -> float | None:
    return 0.0 if line.spent is None and line.year > today.year else line.spent


def _bound(line: Money) -> float | None:
    return None if line.committed is None else max(line.committed, line.spent or 0.0)


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
