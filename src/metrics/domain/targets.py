"""Targets: what an indicator is asked to reach, as one tagged union of demands.

A new kind of target is one more class here; it says how it is reached and what the course rules need of it.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from metrics.domain.base import (
    IndicatorId,
    OptionalLine,
    OptionalPartialDate,
    PartialDate,
    Record,
    Text,
    Value,
    partial_date_bounds,
    refuse_backwards,
)


class ValueByDate(Value):
    """A value to be reached by a date; `value` and `baseline` in the indicator's unit."""

    demand: Literal["value_by_date"] = "value_by_date"
    value: float
    due: PartialDate
    baseline: float | None = None
    baseline_period: OptionalPartialDate = None

    @property
    def due_year(self) -> int:
        """Year of the target."""
        return partial_date_bounds(self.due)[1].year


class KeepEveryYear(Value):
    """A threshold to be kept in every year; `tolerance` (same unit) grades a miss, without it a miss counts 0."""

    demand: Literal["keep_every_year"] = "keep_every_year"
    value: float
    tolerance: Annotated[float, Field(gt=0)] | None = None


class DirectionOnly(Value):
    """No value, only the indicator's direction."""

    demand: Literal["direction_only"] = "direction_only"


class InWords(Value):
    """A demand that stands in words, such as "not below the NRW average"; it is shown, and never calculated."""

    demand: Literal["in_words"] = "in_words"
    text: Text
    benchmark: OptionalLine = None
    due: OptionalPartialDate = None


Demand = Annotated[ValueByDate | KeepEveryYear | DirectionOnly | InWords, Field(discriminator="demand")]


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
