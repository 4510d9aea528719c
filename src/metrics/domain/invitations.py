"""Invitations: somebody outside the office is asked by e-mail what they think, and comes in by a code alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import GoalId, Identifier, Line, MeasureId, OptionalText
from metrics.domain.cards import Card, MailAddress
from metrics.domain.priorities import Digest
from metrics.domain.rate_limit import Limit

VALID_DAYS = 28
"""Days that an invitation stands open unless it is said otherwise: as long as an answer may take."""
LONGEST_DAYS = 180
"""Days that an invitation may stand open at the most: an address is not kept for as long as one likes."""
KEPT_DAYS = 30
"""Days after its end for which an invitation can still be read; then it is erased with the address."""
PER_INVITER = Limit(20, timedelta(hours=1))
PER_ADDRESS = Limit(3, timedelta(days=1))


class InvitationState(StrEnum):
    """offen, angenommen, abgelaufen, zurückgezogen."""

    open = "open"
    accepted = "accepted"
    expired = "expired"
    revoked = "revoked"


class Invitation(Card):
    """Somebody is asked to comment on goals and measures, or to rate on a seat of a round, until a day.

    Who has the code is the invited; of it only the SHA-256 is kept. `invited_by` is the inviter's pseudonym.
    """

    kind: ClassVar[str] = "invitation"

    address: MailAddress
    goal_ids: tuple[GoalId, ...] = ()
    measure_ids: tuple[MeasureId, ...] = ()
    round_id: Identifier | None = None
    seat: Annotated[int | None, Field(ge=1)] = None
    message: OptionalText = None
    code_sha256: Digest
    invited_by: Line
    invited_at: datetime
    expires_on: date
    used_on: date | None = None
    revoked: bool = False
    delete_on: date

    @model_validator(mode="after")
    def _invites_to_something(self) -> Invitation:
        if (self.round_id is None) != (self.seat is None) or not (self.goal_ids or self.measure_ids or self.round_id):
            raise PydanticCustomError("invitation_empty", "an invitation names what it is about")
        return self

    def state(self, today: date) -> InvitationState:
        """How it stands on a day."""
        if self.revoked:
            return InvitationState.revoked
        if today > self.expires_on:
            return InvitationState.expired
        return InvitationState.accepted if self.used_on else InvitationState.open

    def is_open(self, today: date) -> bool:
        """Whether the invited may still say something."""
        return self.state(today) in (InvitationState.open, InvitationState.accepted)
