"""PERT: a duration as three estimates, and how likely a path ends in time (Malcolm, Roseboom, Clark and Fazar 1959).

It promises too much: it looks at the mean critical path alone, although every other path that joins it may be the last
to arrive ("merge bias"). The true probability is at most the one given here as soon as paths run side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long something takes: at best, most likely and at worst, in one unit; raises ValueError out of order."""

    optimistic: float
    likely: float
    pessimistic: float

    def __post_init__(self) -> None:
        if not 0 <= self.optimistic <= self.likely <= self.pessimistic:
            raise ValueError("estimates are not in order")

    @property
    def mean(self) -> float:
        """(o + 4 m + p) / 6."""
        return (self.optimistic + 4 * self.likely + self.pessimistic) / 6

    @property
    def variance(self) -> float:
        """((p − o) / 6)², in the unit squared."""
        return ((self.pessimistic - self.optimistic) / 6) ** 2


def likely_in_time(path: Iterable[Estimate], deadline: float) -> float:
    """Probability 0–1 that the tasks of one path end by the deadline, their sum being taken as normal."""
    tasks = list(path)
    mean, variance = sum(task.mean for task in tasks), sum(task.variance for task in tasks)
    if variance == 0:
        return float(mean <= deadline)
    return NormalDist(mean, variance**0.5).cdf(deadline)
