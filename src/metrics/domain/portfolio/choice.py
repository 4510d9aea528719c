"""What an optimiser answers, and what it tells while it works."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PROVEN_GAP = 1e-4
"""Up to here (0.01 %) a choice is called proven best."""
LIMIT_SECONDS = 10.0


class Status(StrEnum):
    """How a search ended: proven best, good but not proven, nothing found in time, or nothing there to be found."""

    optimal = "optimal"
    feasible = "feasible"
    no_solution_found = "no_solution_found"
    infeasible = "infeasible"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is taken and starts when, what it adds up to (`value`), and what no choice can exceed (`bound`).

    Without starts `value` is 0; `bound` is infinite if nothing is known, and 0 if no choice keeps the rules.
    """

    status: Status
    starts: Mapping[str, int] = field(default_factory=dict)
    value: float = 0.0
    bound: float = math.inf

    @property
    def gap(self) -> float:
        """By which share of its value the choice can be bettered at most: (bound − value) ÷ value, ≥ 0."""
        return gap_between(self.value, self.bound)

    @property
    def is_proven(self) -> bool:
        """Whether it may be called the best there is."""
        return self.status is Status.optimal


@dataclass(frozen=True, slots=True)
class Progress:
    """After so many seconds: the value of the best choice so far (None: none yet), and what cannot be exceeded."""

    seconds: float
    value: float | None
    bound: float

    @property
    def gap(self) -> float:
        """As that of a choice; infinite as long as there is none."""
        return math.inf if self.value is None else gap_between(self.value, self.bound)


Report = Callable[[Progress], bool]
"""Is told how far it is and answers whether to go on; False ends the search with what there is."""


def gap_between(value: float, bound: float) -> float:
    """(bound − value) ÷ value; 0 if the bound is reached, infinite if the value is 0 and the bound is not."""
    if bound <= value:
        return 0.0
    return (bound - value) / abs(value) if value else math.inf


def judged(starts: Mapping[str, int], value: float, bound: float) -> Choice:
    """A choice that was found, called proven if the gap is small enough."""
    status = Status.optimal if gap_between(value, bound) <= PROVEN_GAP else Status.feasible
    return Choice(status, dict(starts), value, max(bound, value))
