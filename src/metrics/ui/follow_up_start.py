"""What a new decision, order or question of a sitting begins with: its address says it, its form is filled with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metrics.domain.committee import (
    KEPT_AS,
    DecisionOutcome,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    ProposedDecision,
    Sitting,
)
from metrics.domain.indicators import Indicator
from metrics.ui import plan
from metrics.ui.form_values import date_as_typed
from metrics.ui.record_page import NEW
from metrics.ui.session import _, language, today
from metrics.ui.text import one_line

WITHOUT_POINT = (FollowUpKind.review_order, FollowUpKind.question)
"""What a sitting may add of its own."""
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Start:
    """A sitting, and either how one of its points came out or what else it ordered or asked."""

    sitting: Sitting
    said: DecisionOutcome | FollowUpKind
    point: int | None = None

    @property
    def decision(self) -> ProposedDecision | None:
        """The point as it was proposed."""
        return self.sitting.decisions[self.point - 1] if self.point else None

    @property
    def identifier(self) -> str:
        """The id by which an address asks for it."""
        point = [str(self.point)] if self.point else []
        return ":".join([NEW, self.said.value, self.sitting.id, *point])


def asked_for(identifier: str) -> Start | None:
    """What an address such as `neu:adopted:SI-1:2` or `neu:question:SI-1` asks for; None for a new one without more."""
    parts = identifier.split(":")
    sitting = plan.records(Sitting).get(parts[2]) if len(parts) in (3, 4) else None
    if sitting is None:
        return None
    if len(parts) == 3:
        return next((Start(sitting, kind) for kind in WITHOUT_POINT if kind.value == parts[1]), None)
    point = next((number for number in range(1, len(sitting.decisions) + 1) if str(number) == parts[3]), None)
    said = next((one for one in DecisionOutcome if one.value == parts[1]), None)
    return Start(sitting, said, point) if said and point else None


def kept_for(sitting: Sitting, point: int | None = None) -> list[FollowUp]:
    """What is kept of a sitting: of one of its points, or (without one) of none that the sitting still has."""
    points = range(1, len(sitting.decisions) + 1)
    own = [one for one in plan.records(FollowUp).values() if one.sitting_id == sitting.id]
    return [one for one in own if (one.point == point if point else one.point not in points)]


def values(start: Start) -> Mapping[str, Any]:
    """What stands in the form at first, by path; nothing is stored by that."""
    found: dict[str, Any] = {"sitting_id": start.sitting.id}
    if isinstance(start.said, FollowUpKind):
        return found | {"follow_up_kind": start.said.value}
    kind, state = KEPT_AS[start.said]
    found |= {"follow_up_kind": kind.value, "state": state.value, "point": str(start.point)}
    if start.decision:
        found |= {"title": one_line(start.decision.text, _LONGEST_TITLE), "text": start.decision.text}
        indicator = plan.records(Indicator).get(start.decision.indicator_id or "")
        found["goal_ids"] = list(indicator.goal_ids) if indicator else []
    if start.said is DecisionOutcome.postponed:
        found["result"] = _("Vertagt.")
    if state is FollowUpState.dropped:
        settled_on = min(start.sitting.held_on, today())
        found |= {"result": _("Abgelehnt."), "done_on": date_as_typed(settled_on.isoformat(), language())}
    return found
