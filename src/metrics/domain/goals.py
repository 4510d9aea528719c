"""Goals: strategic goals, operative goals and Leitziele, which may have several parents."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from metrics.domain.base import (
    GoalId,
    OptionalFieldId,
    OptionalLine,
    OptionalPerspectiveId,
    OptionalPlanVersionId,
    OptionalText,
    OptionalTitle,
    Record,
    Title,
    Year,
)


class GoalLevel(StrEnum):
    """Strategic goals carry operative goals; a Leitziel is a target state that the business alliance agreed on."""

    strategic = "strategic"
    operative = "operative"
    guiding = "guiding"


class GoalState(StrEnum):
    """vorgeschlagen → abgestimmt → beschlossen → aktiv → erreicht / verfehlt / zurückgestellt / aufgegeben."""

    proposed = "proposed"
    coordinated = "coordinated"
    adopted = "adopted"
    active = "active"
    reached = "reached"
    missed = "missed"
    deferred = "deferred"
    abandoned = "abandoned"


class GoalOrigin(StrEnum):
    """Gegenstromprinzip: set from above or grown from below."""

    top_down = "top_down"
    bottom_up = "bottom_up"


class TargetShape(StrEnum):
    """How a goal words its target state; indicators beneath it carry the targets that are calculated."""

    absolute = "absolute"
    benchmark_above = "benchmark_above"
    benchmark_equal = "benchmark_equal"
    parity = "parity"
    gap_zero = "gap_zero"
    milestone = "milestone"
    qualitative = "qualitative"


ENDED_GOAL_STATES = frozenset({GoalState.reached, GoalState.missed, GoalState.deferred, GoalState.abandoned})


class Goal(Record):
    """A goal of the plan.

    `weight` is relative to its siblings (no unit, > 0); `target_value` is in `target_unit`; `stars` is the class of
    the original Leitziele (1–3), whose meaning the published text does not give.
    """

    kind: ClassVar[str] = "goal"

    title: Title
    title_en: OptionalTitle = None
    level: GoalLevel
    parent_ids: tuple[GoalId, ...] = ()
    description: OptionalText = None
    perspective_id: OptionalPerspectiveId = None
    field_id: OptionalFieldId = None
    state: GoalState = GoalState.proposed
    state_reason: OptionalText = None
    owner: OptionalLine = None
    deputy: OptionalLine = None
    target_year: Year | None = None
    target_shape: TargetShape | None = None
    target_value: float | None = None
    target_unit: OptionalLine = None
    benchmark: OptionalLine = None
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0
    stars: Annotated[int, Field(ge=1, le=3)] | None = None
    origin: GoalOrigin | None = None
    guiding_principle: OptionalLine = None
    introduced_in_id: OptionalPlanVersionId = None
    position: int = 0

    @property
    def ended(self) -> bool:
        """Whether the goal is no longer pursued."""
        return self.state in ENDED_GOAL_STATES

    @property
    def counts_above(self) -> bool:
        """Whether the goals above count it: not once it is deferred or abandoned; a missed one still tells."""
        return self.state not in (GoalState.deferred, GoalState.abandoned)
