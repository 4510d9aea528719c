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
    """A strategic plan of the office; `most_at_once`: so many measures it wants to carry at the same time.

    A value that is further from its plan than `comment_share` of what is planned, or a measure that costs more than
    planned by over `comment_amount` euros, has to be commented on in a committee paper; None: the office sees to it.
    """

    kind: ClassVar[str] = "plan"

    title: Title
    subtitle: OptionalLine = None
    character: OptionalText = None
    owner: OptionalLine = None
    territory: OptionalLine = None
    most_at_once: Annotated[int, Field(ge=1, le=1000)] | None = None
    comment_share: Annotated[float, Field(gt=0, le=1)] | None = None
    comment_amount: Annotated[float, Field(ge=0, le=1e12)] | None = None

    def asks_about(self, actual: float | None, planned: float | None) -> bool:
        """Whether a value is so far from what was planned for its day that it has to be commented on.

        Not where either is unknown, nor where nothing was planned: there is no share of nothing.
        """
        if self.comment_share is None or actual is None or not planned:
            return False
        return abs(actual - planned) > self.comment_share * abs(planned)

    def asks_about_money(self, spent: float | None, planned: float | None) -> bool:
        """Whether so much more was spent than planned that it has to be commented on, both in euros."""
        if self.comment_amount is None or spent is None or planned is None:
            return False
        return spent - planned > self.comment_amount


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
