"""The plan itself: its versions, vision, principles, perspectives and fields of action."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from metrics.domain.base import (
    Identifier,
    OptionalLine,
    OptionalPartialDate,
    OptionalText,
    OptionalTitle,
    PartialDate,
    Record,
    Reference,
    Title,
)


class PlanState(StrEnum):
    """entwurf → in Abstimmung → beschlossen → abgelöst."""

    draft = "draft"
    in_coordination = "in_coordination"
    adopted = "adopted"
    superseded = "superseded"


class VisionKind(StrEnum):
    """A vision says where the city wants to be; a Leitbild how its actors work together."""

    vision = "vision"
    guiding_principle = "guiding_principle"


class Plan(Record):
    """A strategic plan of the office; `most_at_once`: so many measures it wants to carry at the same time."""

    kind: ClassVar[str] = "plan"

    title: Title
    subtitle: OptionalLine = None
    character: OptionalText = None
    owner: OptionalLine = None
    territory: OptionalLine = None
    most_at_once: Annotated[int, Field(ge=1, le=1000)] | None = None


class PlanVersion(Record):
    """A stage the plan text went through."""

    kind: ClassVar[str] = "plan_version"

    plan_id: Annotated[Identifier, Reference("plan")]
    title: Title
    as_of: PartialDate
    state: PlanState = PlanState.draft
    committee: OptionalLine = None
    change_reason: OptionalText = None


class Vision(Record):
    """A sentence above all goals."""

    kind: ClassVar[str] = "vision"

    title: Title
    text: OptionalText = None
    vision_kind: VisionKind = VisionKind.vision
    adopted_on: OptionalPartialDate = None
    adopted_by: OptionalLine = None


class Principle(Record):
    """A principle of the organisation."""

    kind: ClassVar[str] = "principle"

    title: Title
    text: OptionalText = None


class Perspective(Record):
    """A perspective of the Balanced Scorecard; which ones there are is the office's choice."""

    kind: ClassVar[str] = "perspective"

    title: Title
    title_en: OptionalTitle = None
    position: int = 0


class FieldOfAction(Record):
    """A Handlungsfeld that gathers goals."""

    kind: ClassVar[str] = "field_of_action"

    title: Title
    title_en: OptionalTitle = None
    position: int = 0
