"""What contributions are owed: an answer within a time limit; and how well that is kept, by where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState

ANSWER_DAYS = 28
"""Days within which a contribution is owed an answer unless it names a day: four weeks, so that one turn of every
regular meeting falls into them. The office's own rule, no law."""
FEWEST = 5
"""Contributions below which no share is told: one more or less would turn it by more than twenty percentage points."""


def answer_due(contribution: Contribution) -> date:
    """The day by which it is owed an answer."""
    return contribution.answer_due or contribution.received_on + timedelta(days=ANSWER_DAYS)


def days_late(contribution: Contribution, today: date) -> int:
    """Days since the answer was due; negative while there is time, 0 once it is answered."""
    return (today - answer_due(contribution)).days if contribution.state is ContributionState.open else 0


def open_first(contributions: Iterable[Contribution], today: date) -> list[Contribution]:
    """The open ones first, the latest answer on top; then the answered ones, the newest answer on top."""

    def order(one: Contribution) -> tuple[bool, int, str]:
        answered = one.state is not ContributionState.open
        days = -(one.answered_on or one.received_on).toordinal() if answered else -days_late(one, today)
        return answered, days, one.id

    return sorted(contributions, key=order)


@dataclass(frozen=True, slots=True)
class Counterflow:
    """How the office deals with what comes from one side (Gegenstromprinzip).

    `due`: contributions that are answered or whose time is over; `in_time` of them were answered in time. `answered`
    ones were answered at all, `adopted` of them adopted.
    """

    origin: ContributionOrigin
    received: int
    due: int
    in_time: int
    answered: int
    adopted: int

    @property
    def share_in_time(self) -> float | None:
        """Share 0–1 of those due that were answered in time; None under five."""
        return self.in_time / self.due if self.due >= FEWEST else None

    @property
    def share_adopted(self) -> float | None:
        """Share 0–1 of the answered ones that were adopted; None under five."""
        return self.adopted / self.answered if self.answered >= FEWEST else None


def counterflow(contributions: Iterable[Contribution], today: date) -> list[Counterflow]:
    """The figures of every origin from which anything came, in the order of the origins."""
    known = list(contributions)
    by_origin = ([one for one in known if one.origin is origin] for origin in ContributionOrigin)
    return [_counted(own, today) for own in by_origin if own]


def _counted(own: list[Contribution], today: date) -> Counterflow:
    answered = [one for one in own if one.answered_on is not None and one.state is not ContributionState.open]
    in_time = [one for one in answered if one.answered_on is not None and one.answered_on <= answer_due(one)]
    overdue = [one for one in own if days_late(one, today) > 0]
    adopted = [one for one in answered if one.state is ContributionState.adopted]
    return Counterflow(own[0].origin, len(own), len(answered) + len(overdue), len(in_time), len(answered), len(adopted))
