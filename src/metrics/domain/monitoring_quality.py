"""How well a measure can be followed: named points, each met or not. About measures, never about who is in charge.

The idea of points for monitoring quality is Kausal's; what counts here is a definition of our own (docs/methods.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from metrics.domain.base import partial_date_bounds
from metrics.domain.indicators import IndicatorState
from metrics.domain.measures import Measure
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.ownership import is_active, is_held, same_function
from metrics.domain.people import Account
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import Freshness
from metrics.domain.upkeep import StatusNote

_TOO_OLD = frozenset({Freshness.stale, Freshness.never})


class QualityPoint(StrEnum):
    """What makes a measure possible to follow."""

    contact = "contact"
    description = "description"
    milestone = "milestone"
    indicator_with_target = "indicator_with_target"
    fresh_data = "fresh_data"
    status_note = "status_note"


@dataclass(frozen=True, slots=True)
class MonitoringQuality:
    """The points of a measure in their order, each met or not; a point that cannot apply is not among them."""

    points: tuple[tuple[QualityPoint, bool], ...]

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(fulfilled for _, fulfilled in self.points)

    @property
    def possible(self) -> int:
        """How many points apply."""
        return len(self.points)

    @property
    def share(self) -> float:
        """Met points as a share 0–1 of those that apply."""
        return self.met / self.possible

    @property
    def missing(self) -> tuple[QualityPoint, ...]:
        """The points that are not met."""
        return tuple(point for point, fulfilled in self.points if not fulfilled)


def monitoring_quality(
    measure: Measure,
    indicators: Sequence[IndicatorAssessment],
    newest_note: StatusNote | None,
    accounts: Sequence[Account],
    today: date,
) -> MonitoringQuality:
    """The points of a measure on a day; `indicators` are those that measure it.

    A status note is asked for while the measure is active and has a rhythm.
    """
    with_target = [
        found for found in indicators if found.targets and found.indicator.state is not IndicatorState.replaced
    ]
    points = [
        (QualityPoint.contact, _has_contact(measure, accounts, today)),
        (QualityPoint.description, bool(measure.background and measure.activities)),
        (QualityPoint.milestone, _has_milestones(measure, today)),
        (QualityPoint.indicator_with_target, bool(with_target)),
        (QualityPoint.fresh_data, any(found.freshness not in _TOO_OLD for found in with_target)),
    ]
    rhythm = measure.status_rhythm.days
    if is_active(measure) and rhythm is not None:
        points.append((QualityPoint.status_note, _told_in_time(measure, newest_note, rhythm, today)))
    return MonitoringQuality(tuple(points))


def _has_contact(measure: Measure, accounts: Sequence[Account], today: date) -> bool:
    both = (measure.owner, measure.deputy)
    return not same_function(*both) and all(is_held(accounts, function, today) for function in both)


def _has_milestones(measure: Measure, today: date) -> bool:
    states = [judge_milestone(milestone, today) for milestone in measure.milestones]
    return MilestoneState.late not in states and any(state is not MilestoneState.undated for state in states)


def _told_in_time(measure: Measure, newest: StatusNote | None, rhythm: int, today: date) -> bool:
    """Within one rhythm of the last note; of a measure that was never told of, within one of its start."""
    since = newest.as_of if newest else partial_date_bounds(measure.starts)[0] if measure.starts else None
    return since is not None and today <= since + timedelta(days=rhythm)
