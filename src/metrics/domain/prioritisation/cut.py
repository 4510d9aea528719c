"""The cut line: how far down a ranking the capacity reaches. Everything below waits, or is taken with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.domain.prioritisation.nutzwert import Ranked


@dataclass(frozen=True, slots=True)
class CutLine:
    """Where the line lies: `within` are the measures above it, in order.

    `used` is what they take of `capacity`, in person-days or in measures; `splits_band` says that the line parts
    measures that the ratings do not tell apart.
    """

    within: tuple[str, ...]
    used: float
    capacity: float
    splits_band: bool


@dataclass(frozen=True, slots=True)
class DemandUnknown:
    """The line by person-days cannot be drawn: of these measures, highest first, nobody knows what they take."""

    measure_ids: tuple[str, ...]


def cut_by_number(ranking: Sequence[Ranked], number: int) -> CutLine:
    """The line below as many measures as the office can carry at once."""
    within = ranking[:number]
    return CutLine(_ids(within), float(len(within)), float(number), _splits(ranking, len(within)))


def cut_by_days(ranking: Sequence[Ranked], days: Mapping[str, float], capacity: float) -> CutLine | DemandUnknown:
    """The line above the first measure that does not fit into the person-days that are left.

    What comes after it waits too, even where it would fit: to take it is a deviation and has a reason. DemandUnknown
    if a measure whose demand is not known lies above the line.
    """
    used, count = 0.0, 0
    for found in ranking:
        if found.measure_id not in days:
            unknown = tuple(other.measure_id for other in ranking if other.measure_id not in days)
            return DemandUnknown(unknown)
        wanted = round(used + days[found.measure_id], 6)  # binary digits must not leave out what fits exactly
        if wanted > capacity:
            break
        used = wanted
        count += 1
    return CutLine(_ids(ranking[:count]), used, capacity, _splits(ranking, count))


def _ids(ranking: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(found.measure_id for found in ranking)


def _splits(ranking: Sequence[Ranked], count: int) -> bool:
    return 0 < count < len(ranking) and ranking[count - 1].places == ranking[count].places
