"""Which days the office works: Monday to Friday without North Rhine-Westphalia's public holidays."""

from __future__ import annotations

from datetime import date
from functools import cache

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the office works on a day."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays  # takes long to import, and only reminders need it

    return frozenset(holidays.country_holidays("DE", subdiv="NW", years=year))
