"""Resources: what the office has and what its measures ask for."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    Identifier,
    MeasureId,
    OptionalLine,
    OptionalText,
    PartialDate,
    Record,
    Reference,
    Share,
    Title,
)

Quarter = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}-Q[1-4]$")]
"""A quarter such as `2027-Q1`."""


class Staffing(Record):
    """Budgeted posts and staff as reported for a year; `extra_posts` are proposed ones."""

    kind: ClassVar[str] = "staffing"

    as_of: PartialDate
    posts: Annotated[float, Field(ge=0, le=10_000)] | None = None
    staff: Annotated[int, Field(ge=0, le=10_000)] | None = None
    extra_posts: Annotated[float, Field(ge=0, le=10_000)] | None = None
    fixed_term: OptionalLine = None
    purpose: OptionalText = None


class CapacityGroup(Record):
    """A group of posts and how much of their time is free for measures.

    `fte` full-time equivalents; `days_per_quarter` working days of one full-time post in a quarter; `absence_share`
    and `base_load_share` (Grundlast: daily business) as shares 0–1 of the time.
    """

    kind: ClassVar[str] = "capacity_group"

    title: Title
    fte: Annotated[float, Field(ge=0, le=10_000)]
    days_per_quarter: Annotated[float, Field(gt=0, le=92)] = 62.0
    absence_share: Share = 0.15
    base_load_share: Annotated[float, Field(gt=0, le=1)] = 0.6
    first_quarter: Quarter | None = None
    last_quarter: Quarter | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> CapacityGroup:
        if self.first_quarter and self.last_quarter and self.last_quarter < self.first_quarter:
            raise PydanticCustomError(
                "ends_before_start",
                "ends {ends} before it starts {starts}",
                {"starts": self.first_quarter, "ends": self.last_quarter},
            )
        return self

    def person_days(self, quarter: str) -> float:
        """Person-days that are free for measures in a quarter such as `2027-Q1`; 0 outside the group's time.

        fte × days × (1 − absence) × (1 − Grundlast), see docs/methods.md on capacity.
        """
        if (self.first_quarter and quarter < self.first_quarter) or (self.last_quarter and quarter > self.last_quarter):
            return 0.0
        return self.fte * self.days_per_quarter * (1 - self.absence_share) * (1 - self.base_load_share)


class ResourceDemand(Record):
    """What a measure asks of a group in a quarter: person-days and euros."""

    kind: ClassVar[str] = "resource_demand"

    measure_id: MeasureId
    quarter: Quarter
    group_id: Annotated[Identifier, Reference("capacity_group")]
    person_days: Annotated[float, Field(ge=0, le=100_000)]
    budget: Annotated[float, Field(ge=0, le=1e12)] = 0.0
