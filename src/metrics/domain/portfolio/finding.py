"""What a plan's overloads come to: the period in which the office lacks most people, and in which groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrics.domain.portfolio.problem import Overload
from metrics.domain.resources import CapacityGroup


@dataclass(frozen=True, slots=True)
class Shortage:
    """A group that lacks time in a period: person-days, and full-time posts (None where no post would help).

    Posts are counted with the group's own absence and Grundlast: a post more brings only its free time.
    """

    group_id: str
    period: str
    days: float
    fte: float | None
    demand_of: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WorstPeriod:
    """The period in which most full-time posts are lacking; `groups` the largest shortage first."""

    period: str
    groups: tuple[Shortage, ...]

    @property
    def fte(self) -> float | None:
        """Full-time posts lacking in all groups together; None if that of a group cannot be said."""
        known = [one.fte for one in self.groups if one.fte is not None]
        return sum(known) if len(known) == len(self.groups) else None

    @property
    def days(self) -> float:
        """Person-days lacking in all groups together."""
        return sum(one.days for one in self.groups)


def shortages(
    groups: Iterable[CapacityGroup], periods: Sequence[str], overloads: Iterable[Overload]
) -> tuple[Shortage, ...]:
    """The overloads of groups in terms of people, in their order; those of funding pots are left out."""
    by_id = {group.id: group for group in groups}
    return tuple(
        _shortage(by_id[one.bucket.resource_id], periods[one.bucket.index], one)
        for one in overloads
        if one.bucket.resource_id in by_id
    )


def worst_period(found: Iterable[Shortage]) -> WorstPeriod | None:
    """The period with most posts lacking (by days where posts cannot be said), the earliest of equals."""
    by_period: dict[str, list[Shortage]] = defaultdict(list)
    for one in found:
        by_period[one.period].append(one)
    worst = [
        WorstPeriod(period, tuple(sorted(own, key=lambda one: (-one.days, one.group_id))))
        for period, own in by_period.items()
    ]
    return min(worst, key=lambda one: (-(one.fte if one.fte is not None else one.days), one.period), default=None)


def _shortage(group: CapacityGroup, period: str, overload: Overload) -> Shortage:
    free = group.days_of_a_post(period)
    fte = overload.excess / free if free else None
    return Shortage(group.id, period, overload.excess, fte, dict(overload.demand_of))
