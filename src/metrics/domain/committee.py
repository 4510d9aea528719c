"""What goes before a political committee, and what comes back from it: sittings and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    GoalId,
    Identifier,
    Lines,
    MeasureId,
    OptionalIndicatorId,
    OptionalLine,
    OptionalText,
    Record,
    Reference,
    Text,
    Title,
    Value,
    empty_to_none,
    first_doubled,
)
from metrics.domain.indicators import Day

SittingId = Annotated[Identifier, Reference("sitting")]
OptionalTargetId = Annotated[Annotated[Identifier, Reference("target")] | None, BeforeValidator(empty_to_none)]
MOST_DECISIONS = 30


class SittingRole(StrEnum):
    """Vorberatung, Entscheidung, Kenntnisnahme."""

    preliminary = "preliminary"
    decision = "decision"
    noting = "noting"


class PaperKind(StrEnum):
    """Beschlussvorlage, Mitteilungsvorlage, Informationsvorlage."""

    decision = "decision"
    report = "report"
    information = "information"


class ConsultationStep(Value):
    """A committee on the paper's way (Beratungsfolge) with what it did."""

    committee: Title
    held_on: Day
    role: SittingRole
    result: OptionalLine = None


class ProposedDecision(Value):
    """A point of the Beschlussvorschlag with what follows from yes and from no; `amount` in euros."""

    text: Text
    if_yes: OptionalText = None
    if_no: OptionalText = None
    amount: Annotated[float, Field(ge=0, le=1e12)] | None = None
    product: OptionalLine = None
    indicator_id: OptionalIndicatorId = None


class Influence(StrEnum):
    """Whether the cause of how a goal stands is within the city's own influence, partly or not."""

    own = "own"
    partly = "partly"
    outside = "outside"


class GoalText(Value):
    """What the office makes of a goal: where the cause lies, its assessment, and what follows (Folgerung)."""

    goal_id: GoalId
    influence: Annotated[Influence | None, BeforeValidator(empty_to_none)] = None
    assessment: OptionalText = None
    consequence: OptionalText = None


class Sitting(Record):
    """A sitting of a committee with the paper that is laid before it.

    `paper_url` is the paper's address in a council information system that speaks OParl.
    """

    kind: ClassVar[str] = "sitting"

    title: Title
    committee: Title
    held_on: Day
    role: SittingRole
    paper_kind: PaperKind
    public: bool = True
    agenda_item: OptionalLine = None
    paper_number: OptionalLine = None
    file_reference: OptionalLine = None
    lead: OptionalLine = None
    involved: Lines = ()
    consultations: tuple[ConsultationStep, ...] = ()
    decisions: Annotated[tuple[ProposedDecision, ...], Field(max_length=MOST_DECISIONS)] = ()
    summary: OptionalText = None
    facts: OptionalText = None
    finances: OptionalText = None
    climate: OptionalText = None
    goal_texts: tuple[GoalText, ...] = ()
    paper_url: OptionalLine = None

    @field_validator("goal_texts")
    @classmethod
    def _one_text_per_goal(cls, texts: tuple[GoalText, ...]) -> tuple[GoalText, ...]:
        doubled = first_doubled(text.goal_id for text in texts)
        if doubled:
            raise PydanticCustomError("goal_told_twice", "goal {goal} has two texts", {"goal": doubled})
        return texts

    @field_validator("paper_kind")
    @classmethod
    def _decides_something(cls, paper_kind: PaperKind, info: ValidationInfo) -> PaperKind:
        if info.data.get("role") is SittingRole.noting and paper_kind is PaperKind.decision:
            raise PydanticCustomError("decision_only_noted", "a paper to decide on is not only taken note of")
        return paper_kind


class FollowUpKind(StrEnum):
    """Beschluss, geänderter Beschluss, Prüfauftrag, Frage."""

    decision = "decision"
    changed_decision = "changed_decision"
    review_order = "review_order"
    question = "question"


class FollowUpState(StrEnum):
    """offen, in Arbeit, erledigt, entfallen."""

    open = "open"
    in_progress = "in_progress"
    done = "done"
    dropped = "dropped"


_SETTLED = frozenset({FollowUpState.done, FollowUpState.dropped})


class DecisionOutcome(StrEnum):
    """wie vorgeschlagen beschlossen, geändert beschlossen, abgelehnt, vertagt."""

    adopted = "adopted"
    amended = "amended"
    rejected = "rejected"
    postponed = "postponed"


KEPT_AS: Mapping[DecisionOutcome, tuple[FollowUpKind, FollowUpState]] = {
    DecisionOutcome.adopted: (FollowUpKind.decision, FollowUpState.open),
    DecisionOutcome.amended: (FollowUpKind.changed_decision, FollowUpState.open),
    DecisionOutcome.rejected: (FollowUpKind.decision, FollowUpState.dropped),
    DecisionOutcome.postponed: (FollowUpKind.decision, FollowUpState.open),
}
"""As what each outcome of a proposed decision is kept; nobody has to see to what was rejected."""


class FollowUp(Record):
    """Something that a sitting decided, ordered or asked, with who sees to it until when (Beschlusskontrolle).

    `point`: which point of the sitting's proposed decisions it answers, counted from 1; `target_id` is the target that
    the decision changes.
    """

    kind: ClassVar[str] = "follow_up"

    title: Title
    sitting_id: SittingId
    point: Annotated[int, Field(ge=1, le=MOST_DECISIONS)] | None = None
    follow_up_kind: FollowUpKind
    text: Text
    owner: OptionalLine = None
    deputy: OptionalLine = None
    due: Day | None = None
    state: FollowUpState = FollowUpState.open
    result: OptionalText = None
    done_on: Annotated[Day | None, Field(validate_default=True)] = None
    goal_ids: tuple[GoalId, ...] = ()
    measure_ids: tuple[MeasureId, ...] = ()
    target_id: OptionalTargetId = None
    confidential: bool = False

    @field_validator("done_on")
    @classmethod
    def _done_with_a_result(cls, done_on: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("state") in _SETTLED and not (done_on and info.data.get("result")):
            raise PydanticCustomError("result_missing", "what is settled has a result and its day")
        return done_on

    @property
    def settled(self) -> bool:
        """Whether nobody has to see to it any more."""
        return self.state in _SETTLED

    def overdue(self, today: date) -> bool:
        """Whether it is open past its day."""
        return not self.settled and self.due is not None and self.due < today
