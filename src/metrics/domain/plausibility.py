"""Whether a new value fits the series it is added to. A doubt is a hint to look again, never a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FAR = 3.0
"""A change is doubtful beyond three times the largest one there ever was."""
FEWEST_VALUES = 3
"""Two changes at least: one alone says nothing about what is usual."""


@dataclass(frozen=True, slots=True)
class UnusualChange:
    """A value lies further from its neighbour than the series ever moved: both changes in the indicator's unit."""

    change: float
    largest_so_far: float


def unusual_change(earlier: Sequence[float], value: float) -> UnusualChange | None:
    """The doubt about a value that follows `earlier` values, oldest first; None if it lies within what was usual.

    `earlier` are the values since the last break of the series.
    """
    if len(earlier) < FEWEST_VALUES:
        return None
    largest = max(abs(later - former) for former, later in pairwise(earlier))
    change = value - earlier[-1]
    return UnusualChange(change, largest) if abs(change) > FAR * largest else None
