"""Load: what the measures ask of a group in a quarter or month, against the time that it has free for measures.

Load = demand / capacity, both in person-days. Up to 85 % is calm, up to 100 % tight, beyond it over; a demand without
any capacity is over as well, though it has no share. The bounds are the project's own (docs/methods.md on capacity).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from metrics.domain.measures import Measure
from metrics.domain.periods import is_quarter, quarter_of_month
from metrics.domain.resources import CapacityGroup, ResourceDemand

TIGHT, FULL = 0.85, 1.0
"""Shares of the capacity up to which (inclusive) a quarter is calm, and tight."""
EVERYBODY = "*"
"""Stands in `Load.group_id` for all groups together; no record can have this id."""


class Band(StrEnum):
    """How full a group's time is."""

    calm = "calm"
    tight = "tight"
    over = "over"
    unused = "unused"


@dataclass(frozen=True, slots=True)
class Load:
    """A group's quarter or month: `capacity` and the demand by measure in person-days, the largest demand first.

    `illustrative` if the group or any demand is an invented one.
    """

    group_id: str
    period: str
    capacity: float
    demand_of: Mapping[str, float]
    illustrative: bool

    @property
    def demand(self) -> float:
        """Person-days asked for by all measures."""
        return sum(self.demand_of.values())

    @property
    def share(self) -> float | None:
        """Demand by capacity, 1 = 100 %; None without capacity."""
        return self.demand / self.capacity if self.capacity > 0 else None

    @property
    def without_time(self) -> bool:
        """Whether something is asked for where there is no capacity at all: too much, though it has no share."""
        return self.share is None and self.demand > 0

    @property
    def excess(self) -> float:
        """Person-days beyond the capacity, never below 0."""
        return max(0.0, self.demand - self.capacity)

    @property
    def band(self) -> Band:
        """The band that the load falls into; `unused` if there is neither capacity nor demand."""
        if self.share is None:
            return Band.over if self.without_time else Band.unused
        return Band.calm if self.share <= TIGHT else Band.tight if self.share <= FULL else Band.over


def counted(
    groups: Iterable[CapacityGroup],
    demands: Iterable[ResourceDemand],
    measures: Iterable[Measure],
    *,
    include_illustrative: bool,
) -> tuple[list[CapacityGroup], list[ResourceDemand]]:
    """What counts together: real inputs alone as soon as there is a real group, unless examples were asked for.

    Without a real group there is nothing to mix up, and everything is shown (and marked). What a measure asked for that
    is over or put off counts no more.
    """
    idle = {measure.id for measure in measures if not measure.asks_for_resources}
    groups, demands = list(groups), [demand for demand in demands if demand.measure_id not in idle]
    real = [group for group in groups if not group.illustrative]
    if include_illustrative or not real:
        return groups, demands
    known = {group.id for group in real}
    return real, [demand for demand in demands if not demand.illustrative and demand.group_id in known]


def judge_load(
    groups: Iterable[CapacityGroup], demands: Iterable[ResourceDemand], periods: Sequence[str]
) -> dict[tuple[str, str], Load]:
    """The load of each group in each quarter or month, by (group id, period).

    Demands of other groups are left out, and what partners contribute.
    """
    asked: dict[tuple[str, str], list[tuple[ResourceDemand, float]]] = defaultdict(list)
    wanted = frozenset(periods)
    for demand in demands:
        if not demand.contributed_by:
            for period, days in _days_in(demand, wanted):
                asked[demand.group_id, period].append((demand, days))
    return {
        (group.id, period): _load(group, period, asked.get((group.id, period), ()))
        for group in groups
        for period in periods
    }


def _days_in(demand: ResourceDemand, wanted: frozenset[str]) -> Iterator[tuple[str, float]]:
    """A demand's person-days in the wanted quarters and months that it touches; each demand is spread only once."""
    own = demand.by_period()
    if is_quarter(demand.period):
        other = demand.by_month()
    else:
        other = defaultdict(float)
        for month, days in own.items():
            other[quarter_of_month(month)] += days
    yield from ((period, days) for spread in (own, other) for period, days in spread.items() if period in wanted)


def all_groups(loads: Iterable[Load], period: str) -> Load:
    """All groups of a quarter as one, as if each could do the work of the others."""
    own = [load for load in loads if load.period == period]
    together: dict[str, float] = defaultdict(float)
    for load in own:
        for measure_id, days in load.demand_of.items():
            together[measure_id] += days
    return Load(
        EVERYBODY,
        period,
        sum(load.capacity for load in own),
        _largest_first(together),
        any(load.illustrative for load in own),
    )


def worst(loads: Iterable[Load]) -> Load | None:
    """The quarter of a group with most person-days over its capacity, the earliest of equals; None if all fits."""
    over = [load for load in loads if load.excess > 0]
    return min(over, key=lambda load: (-load.excess, load.period, load.group_id), default=None)


def _load(group: CapacityGroup, period: str, asked: Iterable[tuple[ResourceDemand, float]]) -> Load:
    by_measure: dict[str, float] = defaultdict(float)
    invented = group.illustrative
    for demand, days in asked:
        if days:
            by_measure[demand.measure_id] += days
            invented = invented or demand.illustrative
    return Load(group.id, period, group.person_days(period), _largest_first(by_measure), invented)


def _largest_first(by_measure: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(by_measure.items(), key=lambda item: (-item[1], item[0])))
