"""Staff: the hours a full post has for measures, step by step, and how many posts a number of cases needs.

The office enters its own numbers. There is no default for the minutes a post works in a year: the KGSt revises them
regularly, and old ones (105,500 minutes in 1970, for a week of 42 hours) are wrong today.
"""

from __future__ import annotations

from dataclasses import dataclass

from metrics.domain.scheduling.why_not import WhyNot

WORKING_DAYS_PER_WEEK = 5


@dataclass(frozen=True, slots=True)
class FullPost:
    """One full post over some weeks (a quarter has about 12.4 without holidays).

    `weekly_hours` by contract; `absence_share` (leave, illness, training) and `base_load_share` (Grundlast: daily
    business) as shares 0–1, the first of all hours and the second of those that are left. Raises ValueError for an hour
    or week below 0 or a share outside 0–1.
    """

    weekly_hours: float
    working_weeks: float
    absence_share: float
    base_load_share: float

    def __post_init__(self) -> None:
        if not (self.weekly_hours >= 0 and self.working_weeks >= 0):
            raise ValueError("hours or weeks below 0")
        if not (0 <= self.absence_share <= 1 and 0 <= self.base_load_share <= 1):
            raise ValueError("a share is not between 0 and 1")

    @property
    def contract_hours(self) -> float:
        """Hours by contract: weekly hours × working weeks."""
        return self.weekly_hours * self.working_weeks

    @property
    def present_hours(self) -> float:
        """Hours at work: contract hours × (1 − absence)."""
        return self.contract_hours * (1 - self.absence_share)

    @property
    def free_hours(self) -> float:
        """Hours for measures: hours at work × (1 − Grundlast)."""
        return self.present_hours * (1 - self.base_load_share)

    @property
    def hours_per_day(self) -> float:
        """Hours of a person-day: weekly hours / 5."""
        return self.weekly_hours / WORKING_DAYS_PER_WEEK

    @property
    def free_days(self) -> float:
        """Person-days for measures: hours for measures / hours of a person-day; 0 for a post without hours."""
        return self.free_hours / self.hours_per_day if self.weekly_hours else 0.0


def posts_needed(
    cases: float, minutes_per_case: float, surcharge_minutes: float, minutes_per_post: float | None
) -> float | WhyNot:
    """Soll-Personal in full posts: (Fallzahl × mittlere Bearbeitungszeit + Zuschläge) / Normalarbeitszeit.

    KGSt formula; all of one year, times in minutes, `minutes_per_post` being the office's own Jahresarbeitsminuten.
    `working_time_unknown` without them. Raises ValueError for a number below 0.
    """
    if not (cases >= 0 and minutes_per_case >= 0 and surcharge_minutes >= 0):
        raise ValueError("a number is below 0")
    if minutes_per_post is None or not minutes_per_post > 0:
        return WhyNot.working_time_unknown
    return (cases * minutes_per_case + surcharge_minutes) / minutes_per_post
