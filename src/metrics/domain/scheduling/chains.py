"""Measures that wait for each other: the network their dates make, and where the order is broken.

Only finish–start dependencies count (`DependencyKind.after`). A measure that waits for nobody and for which nobody
waits is on no path: it would be "critical" for nothing but being long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import DependencyKind, Measure, MeasureState
from metrics.domain.scheduling.critical_path import Network, critical_path


@dataclass(frozen=True, slots=True)
class BrokenOrder:
    """`after_id` surely begins at least `days` before `before_id` ends; `days` is None if that one was given up."""

    before_id: str
    after_id: str
    days: int | None


def waits_for(measures: Mapping[str, Measure]) -> list[tuple[str, str]]:
    """(what comes first, what waits for it) among these measures, in the order given."""
    return [
        (one.measure_id, measure.id)
        for measure in measures.values()
        for one in measure.depends_on
        if one.dependency is DependencyKind.after and one.measure_id in measures
    ]


def days_of(measure: Measure) -> int | None:
    """Days from the first to the last day, both counted, that a measure may take by its dates; None without both."""
    if not measure.starts or not measure.ends:
        return None
    return (partial_date_bounds(measure.ends)[1] - partial_date_bounds(measure.starts)[0]).days + 1


def network_of(measures: Iterable[Measure]) -> Network:
    """The network, in days, of the measures that go on, have both dates and wait for another one or are waited for.

    Empty if there is none. Raises CircularDependency if they wait for each other.
    """
    open_ones = {one.id: one for one in measures if not one.ended and days_of(one) is not None}
    edges = waits_for(open_ones)
    tied = {identifier for edge in edges for identifier in edge}
    durations = {key: float(days_of(one) or 0) for key, one in open_ones.items() if key in tied}
    predecessors: dict[str, list[str]] = {}
    for before, after in edges:
        predecessors.setdefault(after, []).append(before)
    return critical_path(durations, predecessors)


def broken_order(measures: Iterable[Measure]) -> list[BrokenOrder]:
    """What surely begins before that has ended for which it waits, the most days first; ended measures wait no more."""
    by_id = {one.id: one for one in measures}
    found = [_broken(by_id[before], by_id[after]) for before, after in waits_for(by_id)]
    return sorted(
        (one for one in found if one), key=lambda one: (-(one.days or 0), one.days is None, one.after_id, one.before_id)
    )


def _broken(before: Measure, after: Measure) -> BrokenOrder | None:
    if after.ended:
        return None
    if before.state is MeasureState.discontinued:
        return BrokenOrder(before.id, after.id, None)
    if before.ended or not before.ends or not after.starts:
        return None
    days = (partial_date_bounds(before.ends)[0] - partial_date_bounds(after.starts)[1]).days + 1
    return BrokenOrder(before.id, after.id, days) if days > 0 else None
