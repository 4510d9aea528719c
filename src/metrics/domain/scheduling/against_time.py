"""Progress against time (Fortschritt gegen Zeit): by how much a measure's milestones are ahead or behind, in weeks.

Earned schedule (see `metrics.domain.scheduling.earned`) for milestones. They are earned all at once, so between two of
them nothing was planned to happen: whoever has earned as much as the plan has by now is on time, and is not called
behind until the next milestone is overdue. A month or a year as a date is due once it is over and may be meant from
its first day on, so only days that are sure are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Milestone
from metrics.domain.scheduling.earned import EarningRule, share_by_rule
from metrics.domain.scheduling.why_not import WhyNot

DAYS_PER_WEEK = 7
_TOLERANCE = 1e-9
"""Share of the whole below which two sums of weights are the same."""

Curve = tuple[tuple[date, float], ...]
"""Steps: from that day on (inclusive) the share 0–1 holds."""


@dataclass(frozen=True, slots=True)
class _Step:
    due: tuple[date, date]
    done: tuple[date, date] | None
    share: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Milestones on a day: `days` ahead of the plan, below 0 behind it; 0 if it is on time or cannot be told apart.

    `planned` and `earned` as shares 0–1 of all weights; `overdue` of the `counted` milestones are due and not done;
    `undated` ones have no date and count in nothing. Once all are done, the day of the last one is judged for good.
    """

    days: int
    planned: float
    earned: float
    overdue: int
    counted: int
    undated: int
    finished: bool

    @property
    def weeks(self) -> float:
        """Weeks ahead, below 0 behind."""
        return self.days / DAYS_PER_WEEK


def progress_in_weeks(milestones: Iterable[Milestone], today: date) -> Progress | WhyNot:
    """How far milestones are ahead or behind on a day; `no_milestone` without any, `no_date` if none has a date."""
    milestones = list(milestones)
    steps = _steps(milestones, today)
    if not steps:
        return WhyNot.no_date if milestones else WhyNot.no_milestone
    finished = all(step.done for step in steps)
    days = _days_at_end(steps) if finished else _days(steps, today)
    return Progress(
        days,
        planned=sum(step.share for step in steps if step.due[1] < today),
        earned=sum(step.share for step in steps if step.done),
        overdue=sum(step.due[1] < today and not step.done for step in steps),
        counted=len(steps),
        undated=len(milestones) - len(steps),
        finished=finished,
    )


def planned_curve(milestones: Iterable[Milestone]) -> Curve:
    """The planned value by day; a month or a year counts on its last day. Empty without a date."""
    return _curve((step.due[1], step.share) for step in _steps(milestones, date.max))


def earned_curve(milestones: Iterable[Milestone], today: date) -> Curve:
    """The earned value by day up to a day, of the dated milestones alone; a month or a year counts on its last day."""
    return _curve((min(step.done[1], today), step.share) for step in _steps(milestones, today) if step.done)


def earned_share(milestones: Iterable[Milestone], today: date, rule: EarningRule) -> float | WhyNot:
    """Share 0–1 of a measure's budget that is earned by a day; `no_milestone` if there is no dated one."""
    return share_by_rule([(step.share, step.done is not None) for step in _steps(milestones, today)], rule)


def planned_share(milestones: Iterable[Milestone], today: date, rule: EarningRule) -> float | WhyNot:
    """Share 0–1 of a measure's budget that was to be earned before a day; `no_milestone` if there is no dated one."""
    return share_by_rule([(step.share, step.due[1] < today) for step in _steps(milestones, today)], rule)


def _steps(milestones: Iterable[Milestone], today: date) -> list[_Step]:
    """Milestones with a date; one that is done later than today is not done yet."""
    dated = [(step, step.due) for step in milestones if step.due]
    total = sum(step.weight for step, _ in dated)
    found = []
    for step, due in dated:
        done = partial_date_bounds(step.done_on) if step.done_on else None
        found.append(_Step(partial_date_bounds(due), done if done and done[0] <= today else None, step.weight / total))
    return found


def _days(steps: Sequence[_Step], today: date) -> int:
    """Days from today to the nearest day on which the plan has what is earned now; below 0 if that day has passed."""
    earned = sum(step.share for step in steps if step.done)
    lacking = _day_reaching(((step.due[1], step.share) for step in steps), earned + 2 * _TOLERANCE)
    if lacking is not None and lacking < today:
        return (lacking - today).days
    reached = _day_reaching(((step.due[0], step.share) for step in steps), earned) if earned else None
    return (reached - today).days if reached is not None and reached > today else 0


def _days_at_end(steps: Sequence[_Step]) -> int:
    """Sure days between the last milestone's being due and the day on which the last one was done."""
    due_first, due_last = (max(step.due[side] for step in steps) for side in (0, 1))
    done_first, done_last = (max(step.done[side] for step in steps if step.done) for side in (0, 1))
    return min(0, (due_last - done_first).days) + max(0, (due_first - done_last).days)


def _day_reaching(shares: Iterable[tuple[date, float]], wanted: float) -> date | None:
    """The first day by which the shares sum up to as much; None if they never do."""
    return next((day for day, share in _curve(shares) if share >= wanted - _TOLERANCE), None)


def _curve(shares: Iterable[tuple[date, float]]) -> Curve:
    total, by_day = 0.0, {}
    for day, share in sorted(shares):
        total += share
        by_day[day] = min(total, 1.0)
    return tuple(by_day.items())
