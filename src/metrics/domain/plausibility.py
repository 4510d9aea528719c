"""Whether a new value fits its series, and a target its indicator. A doubt is a hint to look again, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from metrics.domain.base import partial_date_bounds
from metrics.domain.demands import (
    AverageOverYears,
    Demand,
    GapClosed,
    InWords,
    KeepEveryYear,
    Stages,
    ValueByDate,
    YesNo,
)
from metrics.domain.indicators import Comparison, Indicator, Observation, Reading
from metrics.domain.targets import Target

FAR = 3.0
"""A change is doubtful beyond three times the largest one there ever was."""
FEWEST_VALUES = 3
"""Two changes at least: one alone says nothing about what is usual."""
_MEASURED_IN = re.compile(r"[%‰€²³]|\b(?:EUR|Euro|Index|je|pro)\b")
"""Units of what is measured; the number of a stage has none of them."""


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


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful about a target, by a name for which the catalogue has the sentence, and the data of it."""

    code: str
    data: dict[str, Any] = field(default_factory=dict)


def doubts_about(target: Target, indicator: Indicator, values: Collection[Observation], today: date) -> list[Doubt]:
    """Why a target may not be judged as it was meant; `values` are the indicator's readings and comparison values."""
    demand, sign = target.demand, indicator.direction.sign
    readings = [value for value in values if isinstance(value, Reading)]
    others = [value for value in values if isinstance(value, Comparison)]
    territories = {value.territory for value in others}
    found = []
    if not sign and not isinstance(demand, InWords):
        found.append(Doubt("neutral_direction"))
    due = getattr(demand, "due", None)
    if due and partial_date_bounds(due)[1] < today:
        found.append(Doubt("due_in_the_past", {"due": due}))
    missing = [name for name in territories_named(demand) if name not in territories]
    if demand.needs_comparison and not territories:
        found.append(Doubt("no_comparison_values"))
    elif missing:
        found.append(Doubt("territory_without_values", {"missing": missing, "known": sorted(territories)}))
    if isinstance(demand, ValueByDate):
        found += _doubts_about_the_way(demand, indicator)
    if isinstance(demand, YesNo | Stages):
        found += _doubts_about_stages(demand, indicator, readings)
    if isinstance(demand, GapClosed) and not missing and not _has_gap(demand, others):
        found.append(Doubt("gap_without_start", {"territory": demand.territory, "starts": demand.baseline_period}))
    if isinstance(demand, ValueByDate | KeepEveryYear | AverageOverYears) and _impossible(demand.value, indicator):
        found.append(Doubt("impossible_value", {"value": demand.value}))
    return found


def _doubts_about_the_way(demand: ValueByDate, indicator: Indicator) -> Iterator[Doubt]:
    """Doubts about where a way begins and leads."""
    sign = indicator.direction.sign
    if demand.baseline is not None:
        if demand.baseline == demand.value:
            yield Doubt("baseline_equals_target")
        elif sign * (demand.value - demand.baseline) < 0:
            yield Doubt("baseline_beyond_target", {"direction": indicator.direction})
        if not demand.baseline_period:
            yield Doubt("baseline_without_period")
    beyond = next((one for one in demand.interim if sign * (one.value - demand.value) > 0), None)
    if beyond:
        yield Doubt("interim_beyond_target", {"due": beyond.due, "value": beyond.value, "final": demand.value})


def _doubts_about_stages(demand: YesNo | Stages, indicator: Indicator, readings: list[Reading]) -> Iterator[Doubt]:
    """Doubts about an indicator whose readings are to be the numbers of stages."""
    last = len(demand.stages) if isinstance(demand, Stages) else 1
    if _MEASURED_IN.search(indicator.unit):
        yield Doubt("unit_of_no_stage", {"unit": indicator.unit, "last": last})
    newest = max(readings, key=lambda reading: reading.period_end, default=None)
    if newest and newest.value not in range(last + 1):
        yield Doubt("reading_of_no_stage", {"value": newest.value, "last": last})


def _has_gap(demand: GapClosed, others: list[Comparison]) -> bool:
    """Whether the other territory has a value of the period in which the gap begins."""
    first, last = partial_date_bounds(demand.baseline_period) if demand.baseline_period else (date.min, date.max)
    return any(
        one.territory == demand.territory and first <= one.period_start and one.period_end <= last for one in others
    )


def territories_named(demand: Demand) -> tuple[str, ...]:
    """The other territories against which a demand holds the indicator."""
    one = getattr(demand, "territory", None)
    return (one,) if one else getattr(demand, "territories", ())


def same_name(one: str, other: str) -> bool:
    """Whether two names are read as the same: capitals and spaces apart."""
    return one.casefold().split() == other.casefold().split()


def _impossible(value: float, indicator: Indicator) -> bool:
    low, high = indicator.natural_minimum, indicator.natural_maximum
    return (low is not None and value < low) or (high is not None and value > high)
