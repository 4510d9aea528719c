"""What a meeting should speak of: values that are overdue, contributions without an answer, decisions that are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from metrics.domain.base import partial_date_bounds
from metrics.domain.dialogue import answer_due
from metrics.domain.measures import Measure
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import Freshness
from metrics.domain.upkeep import Contribution, ContributionState

AHEAD_DAYS = 28
"""Days after the meeting within which a decision has to be talked over now."""


class AgendaReason(StrEnum):
    """Why something is to be talked over."""

    reading = "reading"
    contribution = "contribution"
    decision = "decision"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to talk over: `kind` and `id` of the record it is about; `due` in the plan's own precision or None."""

    reason: AgendaReason
    kind: str
    id: str
    due: date | None


def suggested_agenda(
    assessments: Iterable[IndicatorAssessment],
    contributions: Iterable[Contribution],
    measures: Iterable[Measure],
    held_on: date,
) -> list[AgendaItem]:
    """What to talk over on a day: first what was due longest within each reason, readings, contributions, decisions.

    A contribution stands on it if its answer is due by the day, a decision if it is due within four weeks after it.
    """
    late = (Freshness.never, Freshness.stale, Freshness.overdue)
    readings = [
        AgendaItem(AgendaReason.reading, "indicator", found.indicator.id, found.due)
        for found in assessments
        if found.freshness in late
    ]
    answers = [
        AgendaItem(AgendaReason.contribution, "contribution", one.id, answer_due(one))
        for one in contributions
        if one.state is ContributionState.open and answer_due(one) <= held_on
    ]
    decisions = [
        AgendaItem(AgendaReason.decision, "measure", one.id, partial_date_bounds(one.decision_due)[1])
        for one in measures
        if one.decision_due and not one.ended and _near(one.decision_due, held_on)
    ]
    return [
        item
        for group in (readings, answers, decisions)
        for item in sorted(group, key=lambda item: (item.due or date.min, item.id))
    ]


def _near(decision_due: str, held_on: date) -> bool:
    return partial_date_bounds(decision_due)[0] <= held_on + timedelta(days=AHEAD_DAYS)
