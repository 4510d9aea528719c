"""The complete list of what the ledger keeps, and what each record refers to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from metrics.domain.base import Record, Reference
from metrics.domain.committee import FollowUp, Sitting
from metrics.domain.context import (
    ChangeActivity,
    Event,
    Finding,
    Organisation,
    OrganisationRating,
    Remark,
    Source,
    Tool,
    ToolArea,
)
from metrics.domain.goals import Goal
from metrics.domain.indicators import Comparison, Indicator, Reading
from metrics.domain.living_labs import LabEvaluation, LivingLab
from metrics.domain.measures import Measure
from metrics.domain.plan import FieldOfAction, Perspective, Plan, PlanVersion, Principle, Vision
from metrics.domain.priorities import CriteriaSet, PriorityDecision, PriorityRound, RaterGroup, Rating
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, ResourceDemand, Staffing
from metrics.domain.scenarios import Scenario
from metrics.domain.targets import Target
from metrics.domain.upkeep import Contribution, Meeting, PeriodLock, StatusNote

RECORD_TYPES: tuple[type[Record], ...] = (
    Source,
    Plan,
    PlanVersion,
    Vision,
    Principle,
    Perspective,
    FieldOfAction,
    Goal,
    LivingLab,
    LabEvaluation,
    Measure,
    Indicator,
    Target,
    Reading,
    Comparison,
    Organisation,
    OrganisationRating,
    ChangeActivity,
    Finding,
    Event,
    ToolArea,
    Tool,
    Remark,
    Staffing,
    CapacityGroup,
    FundingPot,
    Scenario,
    ResourceDemand,
    MoneyLine,
    CriteriaSet,
    RaterGroup,
    PriorityRound,
    Rating,
    PriorityDecision,
    StatusNote,
    Contribution,
    Meeting,
    PeriodLock,
    Sitting,
    FollowUp,
)
"""In an order in which nothing refers to a later kind, except goals and labs that refer to their own kind."""

KINDS: dict[str, type[Record]] = {record_type.kind: record_type for record_type in RECORD_TYPES}


@cache
def reference_fields(model: type[BaseModel]) -> dict[str, str]:
    """Field name → kind it refers to, for the model's own fields (nested values are not included)."""
    found = {}
    for name, field in model.model_fields.items():
        kind = _referred_kind(field.annotation, tuple(field.metadata))
        if kind:
            found[name] = kind
    return found


def references(record: BaseModel) -> Iterator[tuple[str, str, str]]:
    """Every reference of a record as (field, kind, id), nested values included."""
    fields = reference_fields(type(record))
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in fields and value is not None:
            for identifier in value if isinstance(value, tuple) else (value,):
                yield name, fields[name], identifier
        for nested in value if isinstance(value, tuple) else (value,):
            if isinstance(nested, BaseModel):
                yield from ((f"{name}.{field}", kind, identifier) for field, kind, identifier in references(nested))


def _referred_kind(annotation: Any, metadata: tuple[Any, ...]) -> str | None:
    for mark in metadata:
        if isinstance(mark, Reference):
            return mark.kind
    nested_metadata = getattr(annotation, "__metadata__", ())
    if get_origin(annotation) is not None or nested_metadata:
        inner = (getattr(annotation, "__origin__", None),) if nested_metadata else get_args(annotation)
        for part in inner:
            kind = _referred_kind(part, tuple(nested_metadata))
            if kind:
                return kind
    return None
