"""What keeps the plan alive: status notes, contributions that want an answer, meetings, periods that are closed."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    GoalId,
    IndicatorId,
    Lines,
    MeasureId,
    OptionalLine,
    OptionalText,
    Record,
    Text,
    Title,
    Value,
    empty_to_none,
)
from metrics.domain.indicators import Day

_TIME_OF_DAY = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def _time_of_day(text: str) -> str:
    if not _TIME_OF_DAY.fullmatch(text):
        raise PydanticCustomError("time_of_day", "expected HH:MM")
    return text


TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
"""`HH:MM`, the office's time."""
OptionalTimeOfDay = Annotated[TimeOfDay | None, BeforeValidator(empty_to_none)]


class Standing(StrEnum):
    """How a measure stands in the words of whoever is in charge of it."""

    going_well = "going_well"
    slow = "slow"
    stuck = "stuck"
    paused = "paused"


class StatusNote(Record):
    """How a measure stands on a day: told, not computed."""

    kind: ClassVar[str] = "status_note"

    measure_id: MeasureId
    as_of: Day
    standing: Standing
    text: Text
    next_step: OptionalLine = None
    needs: OptionalLine = None


class ContributionOrigin(StrEnum):
    """From where a contribution comes."""

    office = "office"
    business = "business"
    politics = "politics"
    science = "science"
    public = "public"


class ContributionState(StrEnum):
    """offen → übernommen / nicht übernommen, each with an answer."""

    open = "open"
    adopted = "adopted"
    not_adopted = "not_adopted"


class Contribution(Record):
    """A comment or proposal on goals or measures that is owed an answer (Dialogbeitrag)."""

    kind: ClassVar[str] = "contribution"

    title: Title
    text: Text
    origin: ContributionOrigin
    goal_ids: tuple[GoalId, ...] = ()
    measure_ids: tuple[MeasureId, ...] = ()
    received_on: Day
    answer_due: Day | None = None
    owner: OptionalLine = None
    deputy: OptionalLine = None
    state: ContributionState = ContributionState.open
    answer: OptionalText = None
    answered_on: Day | None = None

    @model_validator(mode="after")
    def _answered_with_an_answer(self) -> Contribution:
        if self.state is not ContributionState.open and not (self.answer and self.answered_on):
            raise PydanticCustomError("answer_missing", "a contribution is closed with an answer and its day")
        return self


class MeetingKind(StrEnum):
    """Jour fixe, Workshop, Gremium, anderes."""

    jour_fixe = "jour_fixe"
    workshop = "workshop"
    committee = "committee"
    other = "other"


class Meeting(Record):
    """A meeting on a day."""

    kind: ClassVar[str] = "meeting"

    title: Title
    meeting_kind: MeetingKind
    held_on: Day
    begins: OptionalTimeOfDay = None
    ends: OptionalTimeOfDay = None
    place: OptionalLine = None
    agenda: Lines = ()


class LockKind(StrEnum):
    """What a period is closed for."""

    quarter = "quarter"
    year = "year"
    committee = "committee"


class LockState(StrEnum):
    """geschlossen, wieder geöffnet."""

    closed = "closed"
    reopened = "reopened"


class Lacking(StrEnum):
    """Why a period was not complete when it was closed."""

    no_value = "no_value"
    not_released = "not_released"


class Gap(Value):
    """An indicator that lacked something."""

    indicator_id: IndicatorId
    lacking: Lacking


class PeriodLock(Record):
    """A closed period: values whose period ends within it are neither entered nor changed; only `usecases` close it."""

    kind: ClassVar[str] = "period_lock"

    title: Title
    lock_kind: LockKind
    first_day: Day
    last_day: Day
    state: LockState = LockState.closed
    gaps: tuple[Gap, ...] = ()

    @model_validator(mode="after")
    def _runs_forward(self) -> PeriodLock:
        if self.last_day < self.first_day:
            raise PydanticCustomError("period_backwards", "the period ends before it starts")
        return self

    def holds(self, day: date) -> bool:
        """Whether values of a period that ends on the day are closed."""
        return self.state is LockState.closed and self.first_day <= day <= self.last_day
