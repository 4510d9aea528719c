"""Slippage: by how many days an end or a milestone is later than it was first promised.

A source that names a year or a month promises any day in it. So a slip is an interval of days, and only what is sure
of it is called a slip: from `2026` to `2027-03` it is between 60 and 454 days, so 60 are sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.domain.base import partial_date_bounds
from metrics.domain.scheduling.why_not import WhyNot


@dataclass(frozen=True, slots=True)
class Slip:
    """From `least` to `most` days later; below 0 earlier."""

    least: int
    most: int

    @property
    def sure(self) -> int:
        """Days that it surely is later, or earlier (below 0); 0 if it may be neither."""
        return max(0, self.least) + min(0, self.most)


@dataclass(frozen=True, slots=True)
class Slippage:
    """How an end or a milestone moved: `postponed` from the first promise to the present one (None: there is none).

    `total` is from the first promise to the day it was done; while it is open, to the present promise, or to today if
    that has passed. `overdue`: open although the present promise has passed.
    """

    postponed: Slip | None
    total: Slip
    done: bool
    overdue: bool


def slippage(first: str | None, now: str | None, done_on: str | None, today: date) -> Slippage | WhyNot:
    """Slippage between partial dates: promised first, promised now, done.

    `never_promised` if there is no first promise, `no_date` if something open has no present one. Raises
    PydanticCustomError for text that is no partial date. What is done after today is not done yet.
    """
    if not first:
        return WhyNot.never_promised
    postponed = slip(first, now) if now else None
    done = partial_date_bounds(done_on) if done_on else None
    if done_on and done and done[0] <= today:
        end = min(done[1], today)
        return Slippage(postponed, _between(partial_date_bounds(first), (done[0], end)), done=True, overdue=False)
    if not now or postponed is None:
        return WhyNot.no_date
    last = partial_date_bounds(now)[1]
    overdue = last < today
    passed = (today - partial_date_bounds(first)[1]).days  # what is open will not be done before today
    total = Slip(max(postponed.least, passed), max(postponed.most, passed)) if passed > 0 else postponed
    return Slippage(postponed, total, done=False, overdue=overdue)


def slip(promised: str, actual: str) -> Slip:
    """Days from one partial date to another; none if the same was said again."""
    if promised == actual:
        return Slip(0, 0)
    return _between(partial_date_bounds(promised), partial_date_bounds(actual))


def _between(promised: tuple[date, date], actual: tuple[date, date]) -> Slip:
    return Slip((actual[0] - promised[1]).days, (actual[1] - promised[0]).days)
