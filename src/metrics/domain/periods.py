"""Quarters and months: how they are written, counted and cut.

A period is `2027-Q1` or `2027-03`; both sort by time among themselves.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from metrics.domain.base import last_day_of_month

MONTHS_OF_QUARTER = 3
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")

Quarter = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}-Q[1-4]$")]
"""A quarter such as `2027-Q1`."""
Month = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month such as `2027-03`."""
Period = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}-(Q[1-4]|0[1-9]|1[0-2])$")]
"""A quarter or a month."""


def is_quarter(period: str) -> bool:
    """Whether a period is a quarter, and not a month."""
    return _QUARTER.fullmatch(period) is not None


def months_of(period: str) -> tuple[str, ...]:
    """The months of a period: three of a quarter, a month itself."""
    match = _QUARTER.fullmatch(period)
    if match is None:
        return (period,)
    first = (int(match[2]) - 1) * MONTHS_OF_QUARTER + 1
    return tuple(f"{match[1]}-{month:02}" for month in range(first, first + MONTHS_OF_QUARTER))


def quarter_of_month(month: str) -> str:
    """The quarter that a month lies in."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // MONTHS_OF_QUARTER}"


def month_of(day: date) -> str:
    """The month around a day."""
    return f"{day.year}-{day.month:02}"


def quarter_of(day: date) -> str:
    """The quarter around a day, such as `2027-Q1`."""
    return quarter_of_month(month_of(day))


def year_of(period: str) -> int:
    """The year that a period lies in."""
    return int(period[:4])


def bounds(period: str) -> tuple[date, date]:
    """First and last day of a period."""
    months = months_of(period)
    last = months[-1]
    return date(int(period[:4]), int(months[0][5:]), 1), last_day_of_month(int(last[:4]), int(last[5:]))


def number(period: str) -> int:
    """A period as a whole number that grows by one from each to the next of its sort."""
    match = _QUARTER.fullmatch(period)
    return int(match[1]) * 4 + int(match[2]) - 1 if match else int(period[:4]) * 12 + int(period[5:]) - 1


def later(period: str, by: int) -> str:
    """The period that many quarters or months later; earlier if `by` is negative."""
    index = number(period) + by
    if is_quarter(period):
        return f"{index // 4:04}-Q{index % 4 + 1}"
    return f"{index // 12:04}-{index % 12 + 1:02}"


def row(first: str, count: int) -> list[str]:
    """That many periods in a row."""
    return [later(first, step) for step in range(count)]


def between(first: str, last: str) -> list[str]:
    """All periods from the first to the last of the same sort, both included; empty if the last is before the first."""
    return row(first, max(0, number(last) - number(first) + 1))
