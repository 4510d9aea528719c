"""Measures: what is done for the goals, by whom and by when."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator, model_validator

from metrics.domain.base import (
    GoalId,
    Lines,
    MeasureId,
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
from metrics.domain.indicators import Rhythm


class Responsibility(StrEnum):
    """Verantwortungsbereich: task of the office, of the firms, or only possible together."""

    office = "office"
    business = "business"
    cooperation = "cooperation"


class MeasureState(StrEnum):
    """idee → bewertet → priorisiert → geplant → laufend → pausiert → umgesetzt → verstetigt / eingestellt.

    A measure that is not taken up for now is zurückgestellt; a later round may take it up again.
    """

    idea = "idea"
    assessed = "assessed"
    prioritised = "prioritised"
    planned = "planned"
    deferred = "deferred"
    running = "running"
    paused = "paused"
    implemented = "implemented"
    consolidated = "consolidated"
    discontinued = "discontinued"


STATES_BEFORE_START = frozenset(
    {MeasureState.idea, MeasureState.assessed, MeasureState.prioritised, MeasureState.planned, MeasureState.deferred}
)
"""What a decision on priorities may move: whoever is at work already goes on."""
ENDED_MEASURE_STATES = frozenset({MeasureState.implemented, MeasureState.consolidated, MeasureState.discontinued})


class DependencyKind(StrEnum):
    """What a measure needs of another: its end before the own start, that it is done too, or that it is not."""

    after = "after"
    requires = "requires"
    excludes = "excludes"


class Dependency(Value):
    """What a measure needs of another one."""

    dependency: DependencyKind = DependencyKind.after
    measure_id: MeasureId


class Milestone(Value):
    """A dated step of a measure; `weight` is relative to the measure's other milestones."""

    title: Title
    due: OptionalPartialDate = None
    done_on: OptionalPartialDate = None
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0


class Measure(Record):
    """A measure with its Steckbrief; `budget` in euros; `decision_due` is when a body decides on it.

    `earliest_start` and `latest_end` bound it where a plan is rearranged; a `mandatory` one is never left out.
    `status_rhythm` is how often a status note is due while it runs. A `confidential` one is in no public paper.
    """

    kind: ClassVar[str] = "measure"

    title: Title
    title_en: OptionalTitle = None
    goal_ids: tuple[GoalId, ...] = ()
    living_lab_id: OptionalLivingLabId = None
    responsibility: Responsibility
    state: MeasureState = MeasureState.idea
    state_reason: OptionalText = None
    owner: OptionalLine = None
    deputy: OptionalLine = None
    coordination: OptionalLine = None
    partners: Lines = ()
    starts: OptionalPartialDate = None
    ends: OptionalPartialDate = None
    decision_due: OptionalPartialDate = None
    funding: Lines = ()
    budget: Annotated[float, Field(ge=0, le=1e12)] | None = None
    background: OptionalText = None
    activities: Lines = ()
    target_groups: Lines = ()
    added_value: OptionalText = None
    results: Lines = ()
    outlook: OptionalText = None
    milestones: tuple[Milestone, ...] = ()
    earliest_start: OptionalPartialDate = None
    latest_end: OptionalPartialDate = None
    mandatory: bool = False
    depends_on: tuple[Dependency, ...] = ()
    status_rhythm: Rhythm = Rhythm.quarterly
    confidential: bool = False

    @field_validator("latest_end")
    @classmethod
    def _window_is_open(cls, latest_end: str | None, info: ValidationInfo) -> str | None:
        refuse_backwards(info.data.get("earliest_start"), latest_end)
        return latest_end

    @model_validator(mode="after")
    def _ends_after_start(self) -> Measure:
        refuse_backwards(self.starts, self.ends)
        return self

    @property
    def ended(self) -> bool:
        """Whether nobody works on the measure any more."""
        return self.state in ENDED_MEASURE_STATES

    @property
    def asks_for_resources(self) -> bool:
        """Whether its demands count: not those of a measure that is over or put off."""
        return not self.ended and self.state is not MeasureState.deferred
