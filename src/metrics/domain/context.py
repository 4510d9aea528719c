"""What surrounds the goals: sources, organisations, change activities, findings, events, tools and scenarios."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from metrics.domain.base import (
    GoalId,
    Identifier,
    Lines,
    MeasureId,
    OptionalLine,
    OptionalLivingLabId,
    OptionalPartialDate,
    OptionalText,
    PartialDate,
    Record,
    Reference,
    Text,
    Title,
)


class Source(Record):
    """Where a statement or a number was seen."""

    kind: ClassVar[str] = "source"

    title: Title
    url: OptionalLine = None
    publisher: OptionalLine = None
    licence: OptionalLine = None
    retrieved_on: OptionalPartialDate = None


class OrganisationGroup(StrEnum):
    """Groups of actors around the office."""

    administration = "administration"
    network = "network"
    science = "science"
    intermediary = "intermediary"
    chamber = "chamber"
    association = "association"
    authority = "authority"
    politics = "politics"
    civil_society = "civil_society"
    business = "business"
    funder = "funder"


class Organisation(Record):
    """An organisation, never a person."""

    kind: ClassVar[str] = "organisation"

    title: Title
    sector: OrganisationGroup
    role: OptionalText = None


class Stance(StrEnum):
    """How an organisation stands to the plan."""

    supportive = "supportive"
    neutral = "neutral"
    critical_constructive = "critical_constructive"
    opposed = "opposed"


class OrganisationRating(Record):
    """Influence and interest of an organisation, each 1–5."""

    kind: ClassVar[str] = "organisation_rating"

    organisation_id: Annotated[Identifier, Reference("organisation")]
    influence: Annotated[int, Field(ge=1, le=5)]
    interest: Annotated[int, Field(ge=1, le=5)]
    stance: Stance | None = None


class ChangeForm(StrEnum):
    """Format of a change activity."""

    regular_meeting = "regular_meeting"
    observation = "observation"
    interview = "interview"
    guide = "guide"
    workshop = "workshop"


class ChangeState(StrEnum):
    """geplant → durchgeführt → ausgewertet."""

    planned = "planned"
    carried_out = "carried_out"
    evaluated = "evaluated"


class ChangeActivity(Record):
    """A row of the change table: Zielsetzung, Methodik, Durchführung, Ergebnisse; confidential ones stay inside."""

    kind: ClassVar[str] = "change_activity"

    aims: Lines
    method: Title
    form: ChangeForm
    conduct: OptionalText = None
    results: Lines = ()
    confidential: bool = False
    state: ChangeState = ChangeState.carried_out


class FindingKind(StrEnum):
    """Stärke, Schwäche, Chance, Risiko, Handlungsbedarf, Lernerkenntnis, and a hint that a finding exists elsewhere."""

    strength = "strength"
    weakness = "weakness"
    opportunity = "opportunity"
    risk = "risk"
    need = "need"
    lesson = "lesson"
    hint = "hint"


class FindingState(StrEnum):
    """offen → in Bearbeitung → umgesetzt / verworfen."""

    open = "open"
    in_progress = "in_progress"
    implemented = "implemented"
    rejected = "rejected"


class Finding(Record):
    """Something learned about the office or the location, linked to what it concerns."""

    kind: ClassVar[str] = "finding"

    text: Text
    finding_kind: FindingKind
    state: FindingState = FindingState.open
    goal_ids: tuple[GoalId, ...] = ()
    measure_ids: tuple[MeasureId, ...] = ()


class EventKind(StrEnum):
    """What sort of event it was."""

    milestone = "milestone"
    business_dialogue = "business_dialogue"
    political_dialogue = "political_dialogue"
    living_lab = "living_lab"
    organisation = "organisation"
    external = "external"


class Event(Record):
    """Something that happened on a day, in a month or in a year; in a living lab, if it belongs to one."""

    kind: ClassVar[str] = "event"

    title: Title
    event_kind: EventKind
    happened_on: PartialDate
    living_lab_id: OptionalLivingLabId = None


class ToolArea(Record):
    """An area of the Werkzeugkasten."""

    kind: ClassVar[str] = "tool_area"

    title: Title
    position: int = 0


class Tool(Record):
    """A tool of self-evaluation with the purpose it serves."""

    kind: ClassVar[str] = "tool"

    title: Title
    area_id: Annotated[Identifier, Reference("tool_area")]
    purpose: OptionalText = None


class RemarkTopic(StrEnum):
    """What a remark is about."""

    data_gap = "data_gap"
    reference = "reference"
    toolbox = "toolbox"
    dataset = "dataset"


class Remark(Record):
    """A sourced statement without another room: a gap in the data, another city's figure, a fact on the toolbox."""

    kind: ClassVar[str] = "remark"

    topic: RemarkTopic
    title: Title
    text: OptionalText = None
    values: Lines = ()
