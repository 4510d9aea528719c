"""Resources: what the office has in time and money, and what its measures ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from math import fsum
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    Identifier,
    Lines,
    MeasureId,
    OptionalLine,
    OptionalPartialDate,
    OptionalText,
    PartialDate,
    Record,
    Reference,
    Share,
    Title,
    Value,
    Year,
    first_doubled,
    partial_date_bounds,
    refuse_backwards,
)
from metrics.domain.periods import (
    MONTHS_OF_QUARTER,
    Period,
    Quarter,
    between,
    bounds,
    is_quarter,
    months_of,
    quarter_of_month,
)

CapacityGroupId = Annotated[Identifier, Reference("capacity_group")]
FundingPotId = Annotated[Identifier, Reference("funding_pot")]
Euros = Annotated[float, Field(ge=0, le=1e12)]
"""Euros, never negative."""
BaseLoad = Annotated[float, Field(gt=0, le=1)]
"""Grundlast as share 0–1 of the time, never 0: every office has daily business."""


class Staffing(Record):
    """Budgeted posts and staff as reported for a year; `extra_posts` are proposed ones."""

    kind: ClassVar[str] = "staffing"

    as_of: PartialDate
    posts: Annotated[float, Field(ge=0, le=10_000)] | None = None
    staff: Annotated[int, Field(ge=0, le=10_000)] | None = None
    extra_posts: Annotated[float, Field(ge=0, le=10_000)] | None = None
    fixed_term: OptionalLine = None
    purpose: OptionalText = None


class Post(Value):
    """A post with dates of its own: part-time, entry, exit, or the end of a fixed term.

    `fte` full-time equivalents, 0.5 for half a post. `label` is a function or a pseudonym; a name only where the office
    and its staff council want it. Without `enters` or `leaves` the post is there before, or goes on.
    """

    label: OptionalLine = None
    fte: Annotated[float, Field(gt=0, le=1000)]
    enters: OptionalPartialDate = None
    leaves: OptionalPartialDate = None
    fixed_term: bool = False

    @model_validator(mode="after")
    def _leaves_after_entry(self) -> Post:
        refuse_backwards(self.enters, self.leaves)
        return self

    def share_of(self, month: str) -> float:
        """The share 0–1 of a month's days on which the post is filled."""
        first, last = bounds(month)
        begin = max(first, partial_date_bounds(self.enters)[0]) if self.enters else first
        end = min(last, partial_date_bounds(self.leaves)[1]) if self.leaves else last
        return max(0, (end - begin).days + 1) / ((last - first).days + 1)


class CapacityDeviation(Value):
    """A quarter or month in which absence or Grundlast is not as usual; a month counts more than its quarter."""

    period: Period
    absence_share: Share | None = None
    base_load_share: BaseLoad | None = None


class CapacityGroup(Record):
    """A role or group of posts, and how much of its time is free for measures.

    `fte` full-time equivalents of the posts without dates of their own; `posts` come on top. `weekly_hours` of a full
    post; `days_per_quarter` its working days in a quarter; `absence_share` and `base_load_share` (Grundlast: daily
    business) as shares 0–1 of the time; `deviations` for single quarters or months.
    """

    kind: ClassVar[str] = "capacity_group"

    title: Title
    fte: Annotated[float, Field(ge=0, le=10_000)]
    posts: tuple[Post, ...] = ()
    weekly_hours: Annotated[float, Field(gt=0, le=60)] = 39.0
    days_per_quarter: Annotated[float, Field(gt=0, le=92)] = 62.0
    absence_share: Share = 0.15
    base_load_share: BaseLoad = 0.6
    deviations: tuple[CapacityDeviation, ...] = ()
    first_quarter: Quarter | None = None
    last_quarter: Quarter | None = None

    @field_validator("deviations")
    @classmethod
    def _each_period_once(cls, deviations: tuple[CapacityDeviation, ...]) -> tuple[CapacityDeviation, ...]:
        doubled = first_doubled(one.period for one in deviations)
        if doubled is not None:
            raise PydanticCustomError("period_twice", "period {period} occurs twice", {"period": doubled})
        return deviations

    @model_validator(mode="after")
    def _ends_after_start(self) -> CapacityGroup:
        if self.first_quarter and self.last_quarter and self.last_quarter < self.first_quarter:
            raise PydanticCustomError(
                "ends_before_start",
                "ends {ends} before it starts {starts}",
                {"starts": self.first_quarter, "ends": self.last_quarter},
            )
        return self

    @cached_property
    def _deviation_in(self) -> dict[str, CapacityDeviation]:
        return {one.period: one for one in self.deviations}

    def exists_in(self, period: str) -> bool:
        """Whether a quarter or month lies within the group's time."""
        quarter = quarter_of_month(months_of(period)[0])
        return not (
            (self.first_quarter and quarter < self.first_quarter) or (self.last_quarter and quarter > self.last_quarter)
        )

    def fte_in(self, period: str) -> float:
        """Full-time equivalents in a quarter or month, entries and exits by the day; 0 outside the group's time."""
        if not self.exists_in(period):
            return 0.0
        months = months_of(period)
        return self.fte + fsum(post.fte * post.share_of(month) for post in self.posts for month in months) / len(months)

    def shares_in(self, month: str) -> tuple[float, float]:
        """Absence and Grundlast of a month as shares 0–1: its own, else those of its quarter, else the usual ones."""
        found: list[float] = []
        for name in ("absence_share", "base_load_share"):
            own = (self._deviation_in.get(period) for period in (month, quarter_of_month(month)))
            given = (getattr(one, name) for one in own if one is not None)
            found.append(next((share for share in given if share is not None), getattr(self, name)))
        return found[0], found[1]

    def person_days(self, period: str) -> float:
        """Person-days that are free for measures in a quarter or month; 0 outside the group's time.

        fte × days × (1 − absence) × (1 − Grundlast), month by month, see docs/methods.md on capacity.
        """
        months = months_of(period)
        if not self.posts and not self.deviations:
            days = self.days_per_quarter * len(months) / MONTHS_OF_QUARTER
            return self.fte_in(period) * days * (1 - self.absence_share) * (1 - self.base_load_share)
        return fsum(self._days_in(month) for month in months)

    def days_of_a_post(self, period: str) -> float:
        """Person-days that one more full post would have free for measures in a quarter or month, whoever is there."""
        return fsum(self._days_of_a_post(month) for month in months_of(period))

    def _days_of_a_post(self, month: str) -> float:
        absence, base_load = self.shares_in(month)
        return self.days_per_quarter / MONTHS_OF_QUARTER * (1 - absence) * (1 - base_load)

    def _days_in(self, month: str) -> float:
        return self.fte_in(month) * self._days_of_a_post(month)


class ResourceDemand(Record):
    """What a measure asks of a group: person-days and euros, in one period or spread from `period` to `until`.

    `person_days` and `budget` are those of the whole span. `profile`: relative weights, one for each period of the
    span; without it every period has the same part. `contributed_by`: a partner does this work, so it takes nothing of
    the group's time.
    """

    kind: ClassVar[str] = "resource_demand"

    measure_id: MeasureId
    period: Period
    until: Period | None = None
    group_id: CapacityGroupId
    person_days: Annotated[float, Field(ge=0, le=100_000)]
    profile: tuple[Annotated[float, Field(ge=0, le=1e6)], ...] = ()
    contributed_by: OptionalLine = None
    budget: Euros = 0.0

    @model_validator(mode="before")
    @classmethod
    def _quarter_of_before(cls, fields: object) -> object:
        """Plan files of before months were periods too say `quarter` where `period` stands now."""
        if isinstance(fields, dict) and "quarter" in fields and "period" not in fields:
            return {("period" if name == "quarter" else name): value for name, value in fields.items()}
        return fields

    @field_validator("until")
    @classmethod
    def _until_fits(cls, until: str | None, info: ValidationInfo) -> str | None:
        first = info.data.get("period")
        if until is None or first is None:
            return until
        if is_quarter(until) != is_quarter(first):
            raise PydanticCustomError(
                "periods_of_two_sorts", "{starts} and {ends} are not of one sort", {"starts": first, "ends": until}
            )
        if until < first:
            raise PydanticCustomError(
                "ends_before_start", "ends {ends} before it starts {starts}", {"starts": first, "ends": until}
            )
        return until

    @field_validator("profile")
    @classmethod
    def _profile_fits(cls, profile: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        first, last = info.data.get("period"), info.data.get("until")
        if not profile or first is None:
            return profile
        count = len(between(first, last or first))
        if len(profile) != count or not sum(profile) > 0:
            raise PydanticCustomError(
                "profile_does_not_fit",
                "{weights} weights for {periods} periods",
                {"weights": len(profile), "periods": count},
            )
        return profile

    @property
    def periods(self) -> list[str]:
        """The quarters or months of the span."""
        return between(self.period, self.until or self.period)

    @property
    def quarters(self) -> list[str]:
        """The quarters that the span touches."""
        first, last = months_of(self.period)[0], months_of(self.until or self.period)[-1]
        return between(quarter_of_month(first), quarter_of_month(last))

    def by_period(self) -> dict[str, float]:
        """Person-days by quarter or month, as the record counts them."""
        return dict(self._spread(self.person_days))

    def by_month(self) -> dict[str, float]:
        """Person-days by month; a quarter's days are the same in each of its months."""
        return {
            month: days / len(months_of(period))
            for period, days in self._spread(self.person_days)
            for month in months_of(period)
        }

    def in_period(self, period: str) -> float:
        """Person-days in a quarter or month."""
        if is_quarter(period) == is_quarter(self.period):
            return self.by_period().get(period, 0.0)
        months = self.by_month()
        return fsum(months.get(month, 0.0) for month in months_of(period))

    def _spread(self, amount: float) -> Iterator[tuple[str, float]]:
        periods = self.periods
        weights = self.profile or (1.0,) * len(periods)
        whole = sum(weights)
        for period, weight in zip(periods, weights, strict=True):
            yield period, amount * weight / whole


class PotYear(Value):
    """What a pot holds for a year, in euros."""

    year: Year
    amount: Euros


class FundingPot(Record):
    """Money that measures may draw on: a budget line or a funding programme.

    `own_share` 0–1 is what the city has to add of its own; `years` what the pot holds by year; `conditions` of the
    funder.
    """

    kind: ClassVar[str] = "funding_pot"

    title: Title
    funder: OptionalLine = None
    starts: OptionalPartialDate = None
    ends: OptionalPartialDate = None
    own_share: Share | None = None
    years: tuple[PotYear, ...] = ()
    conditions: Lines = ()

    @field_validator("ends")
    @classmethod
    def _ends_after_start(cls, ends: str | None, info: ValidationInfo) -> str | None:
        refuse_backwards(info.data.get("starts"), ends)
        return ends

    @field_validator("years")
    @classmethod
    def _years_fit(cls, years: tuple[PotYear, ...], info: ValidationInfo) -> tuple[PotYear, ...]:
        doubled = first_doubled(one.year for one in years)
        if doubled is not None:
            raise PydanticCustomError("year_twice", "year {year} occurs twice", {"year": doubled})
        starts, ends = info.data.get("starts"), info.data.get("ends")
        for one in years:
            before = starts and one.year < partial_date_bounds(starts)[0].year
            if before or (ends and one.year > partial_date_bounds(ends)[1].year):
                raise PydanticCustomError("year_outside_funding", "{year} lies outside the funding", {"year": one.year})
        return years

    def amount(self, year: int) -> float | None:
        """Euros of a year; None if the pot says nothing about it."""
        return next((one.amount for one in self.years if one.year == year), None)

    def held(self, year: int) -> float | None:
        """Euros that the pot has for a year: nothing outside its funding, or of a year that it leaves out.

        None if it names no year at all: what nobody knows is no limit, and not nothing.
        """
        begins_later = self.starts is not None and year < partial_date_bounds(self.starts)[0].year
        if begins_later or (self.ends is not None and year > partial_date_bounds(self.ends)[1].year):
            return 0.0
        return (self.amount(year) or 0.0) if self.years else None

    def ended(self, day: date) -> bool:
        """Whether the funding is surely over on a day."""
        return self.ends is not None and partial_date_bounds(self.ends)[1] < day


class MoneyLine(Record):
    """A measure's money in a year and from a pot, in euros: planned, committed, spent; None is unknown, not 0."""

    kind: ClassVar[str] = "money_line"

    measure_id: MeasureId
    pot_id: FundingPotId | None = None
    year: Year
    planned: Euros | None = None
    committed: Euros | None = None
    spent: Euros | None = None

    @model_validator(mode="after")
    def _says_something(self) -> MoneyLine:
        if self.planned is None and self.committed is None and self.spent is None:
            raise PydanticCustomError("money_without_amount", "planned, committed or spent is needed")
        return self
