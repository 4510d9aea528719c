"""Which measures, and when: the question that limits, relief and optimiser answer, free of records and dates.

Time is cut into periods 0 … n−1 (quarters or months, see `metrics.domain.periods`). A resource gives so much in each of
its buckets; a bucket is one period for a group's person-days, and a whole year for a funding pot's euros.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ResourceKind(StrEnum):
    """What a resource is made of: person-days of a group, or euros of a funding pot."""

    time = "time"
    money = "money"


@dataclass(frozen=True, slots=True)
class Resource:
    """`capacity` by bucket; `bucket_of` says for each period of the horizon into which bucket its demand falls.

    Person-days for `time`, euros for `money`. A bucket without capacity (0) takes no demand at all.
    """

    id: str
    kind: ResourceKind
    capacity: tuple[float, ...]
    bucket_of: tuple[int, ...]

    @staticmethod
    def by_period(identifier: str, capacity: tuple[float, ...]) -> Resource:
        """Person-days that are given anew in each period."""
        return Resource(identifier, ResourceKind.time, capacity, tuple(range(len(capacity))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure that may be taken up.

    `value` is what it adds (effect on goals × priority, ≥ 0). `demand` by resource id: so much in each period of its
    own duration, all of the same length ≥ 1. It may start in the periods `earliest` to `latest`, both included;
    `planned` is where the plan has it (None: not in the plan). `mandatory`: has to be taken.
    `pinned`: stays as planned.
    """

    id: str
    value: float
    demand: Mapping[str, tuple[float, ...]]
    duration: int
    earliest: int
    latest: int
    planned: int | None = None
    mandatory: bool = False
    pinned: bool = False

    @property
    def starts(self) -> range:
        """The periods in which it may start; only the planned one if it is pinned."""
        if self.pinned and self.planned is not None:
            return range(self.planned, self.planned + 1)
        return range(self.earliest, self.latest + 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Candidates by id, resources by id, and what binds candidates to each other.

    Pairs of ids: `after` (the first starts only once the second has ended; both taken), `requires` (the first only if
    the second is taken too), `excludes` (never both). `at_once`: at most so many in any one period; None: no limit.
    """

    periods: int
    resources: Mapping[str, Resource]
    candidates: Mapping[str, Candidate]
    after: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    at_once: int | None = None


Starts = Mapping[str, int]
"""The period in which each chosen candidate starts; who is missing is not taken."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A resource and one of its buckets."""

    resource_id: str
    index: int


@dataclass(frozen=True, slots=True)
class Overload:
    """A bucket that is asked for more than it gives; `demand_of` by candidate, the largest first."""

    bucket: Bucket
    capacity: float
    demand: float
    demand_of: Mapping[str, float] = field(default_factory=dict)

    @property
    def excess(self) -> float:
        """Beyond the capacity, above 0."""
        return self.demand - self.capacity
