"""Eisenhower's view: what is urgent by its dates, what is important by its Nutzwert. Computed, no opinion."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure
from metrics.domain.priorities import SCALE_MIDDLE

DEFAULT_WEEKS = 8
"""A date within so many weeks makes a measure urgent."""


class Urgency(StrEnum):
    """The four fields: important or not, urgent or not."""

    now = "now"
    schedule = "schedule"
    delegate = "delegate"
    drop = "drop"


def next_date(measure: Measure) -> date | None:
    """The earliest day on which something is due: a decision, an open milestone, the end; None without a date.

    The last day that a partial date may mean; a date that has passed is due all the same.
    """
    dates = [measure.decision_due, measure.ends, *(step.due for step in measure.milestones if step.done_on is None)]
    return min((partial_date_bounds(text)[1] for text in dates if text), default=None)


def urgency(measure: Measure, utility: float, today: date, weeks: int = DEFAULT_WEEKS) -> Urgency:
    """The field of a measure: important from a Nutzwert of 5 on, urgent if something is due within some weeks."""
    due = next_date(measure)
    urgent = due is not None and due <= today + timedelta(weeks=weeks)
    if utility >= SCALE_MIDDLE:
        return Urgency.now if urgent else Urgency.schedule
    return Urgency.delegate if urgent else Urgency.drop
