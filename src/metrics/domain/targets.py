"""Targets: a demand on an indicator with the time it is in force."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import model_validator

from metrics.domain.base import (
    IndicatorId,
    OptionalLine,
    OptionalPartialDate,
    Record,
    partial_date_bounds,
    refuse_backwards,
)
from metrics.domain.demands import Demand


class Target(Record):
    """A demand on one indicator with the time it is in force; superseded targets are kept."""

    kind: ClassVar[str] = "target"

    indicator_id: IndicatorId
    demand: Demand
    valid_from: OptionalPartialDate = None
    valid_until: OptionalPartialDate = None
    decided_by: OptionalLine = None

    @model_validator(mode="after")
    def _validity_runs_forward(self) -> Target:
        refuse_backwards(self.valid_from, self.valid_until)
        return self

    def in_force(self, day: date) -> bool:
        """Whether the target's validity covers the day."""
        begun = self.valid_from is None or partial_date_bounds(self.valid_from)[0] <= day
        return begun and (self.valid_until is None or day <= partial_date_bounds(self.valid_until)[1])
