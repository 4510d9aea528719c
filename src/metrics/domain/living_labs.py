"""Living labs (Reallabore): experiments of the city's economy, their Steckbrief, criteria and lessons."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from metrics.domain.base import (
    GoalId,
    Lines,
    LivingLabId,
    OptionalLine,
    OptionalLivingLabId,
    OptionalPartialDate,
    OptionalText,
    OptionalTitle,
    Record,
    Title,
    Value,
    refuse_backwards,
)


class LabPhase(StrEnum):
    """Co-Design → Co-Produktion → Co-Evaluation → Verstetigung or end; `continued` by a successor, or `unknown`."""

    co_design = "co_design"
    co_production = "co_production"
    co_evaluation = "co_evaluation"
    consolidation = "consolidation"
    continued = "continued"
    ended = "ended"
    unknown = "unknown"


class LabResult(StrEnum):
    """What became of the lab."""

    consolidated = "consolidated"
    transferred = "transferred"
    not_consolidated = "not_consolidated"


class LabPart(Value):
    """One part of a lab with the rows of the published Steckbrief."""

    title: Title
    activities: Lines = ()
    coordination: OptionalLine = None
    funding: Lines = ()
    actors: Lines = ()
    target_groups: Lines = ()
    added_value: OptionalText = None
    results: Lines = ()


class LivingLab(Record):
    """A living lab; `success_criteria` are fixed before it starts."""

    kind: ClassVar[str] = "living_lab"

    title: Title
    title_en: OptionalTitle = None
    project_phase: Annotated[int, Field(ge=1, le=9)] | None = None
    goal_ids: tuple[GoalId, ...] = ()
    phase: LabPhase = LabPhase.co_design
    result: LabResult | None = None
    decided_on: OptionalPartialDate = None
    starts: OptionalPartialDate = None
    ends: OptionalPartialDate = None
    owner: OptionalLine = None
    deputy: OptionalLine = None
    predecessor_id: OptionalLivingLabId = None
    background: OptionalText = None
    question: OptionalText = None
    hypothesis: OptionalText = None
    focus: OptionalText = None
    sub_goals: Lines = ()
    success_criteria: Lines = ()
    partners: Lines = ()
    parts: tuple[LabPart, ...] = ()
    lessons: Lines = ()
    outlook: OptionalText = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> LivingLab:
        refuse_backwards(self.starts, self.ends)
        return self


class LabEvaluation(Record):
    """A session in which one or more labs were evaluated."""

    kind: ClassVar[str] = "lab_evaluation"

    living_lab_ids: tuple[LivingLabId, ...]
    form: Title
    held_on: OptionalPartialDate = None
    result: OptionalText = None
    recommendation: OptionalText = None
