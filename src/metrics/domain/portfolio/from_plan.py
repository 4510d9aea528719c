"""The plan's records as a problem: which measures are placed, what they take, and what is only assumed of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import STATES_BEFORE_START, DependencyKind, Measure, MeasureState
from metrics.domain.periods import between, bounds, is_quarter, month_of, quarter_of, row, year_of
from metrics.domain.portfolio.layer import PlanInputs
from metrics.domain.portfolio.problem import Candidate, Problem, Resource, ResourceKind
from metrics.domain.resources import MoneyLine, ResourceDemand

POT = "pot:"
"""Begins the id of a resource that is a funding pot; a group keeps its own id, which cannot hold a colon."""
MOST_AHEAD = 60
"""Periods from now that a problem reaches at most."""
WHEN_NOBODY_RATED = 1.0
"""Value of a measure where none has been rated: what is counted is measures."""


class LeftOut(StrEnum):
    """Why a measure that goes on, or may begin, is not placed: nothing can be said of its place."""

    no_demand = "no_demand"
    over = "over"
    too_long = "too_long"
    deferred = "deferred"


@dataclass(frozen=True, slots=True)
class Unheld:
    """A dependency of `measure_id` that is not held: the other measure is not placed, and has not been done either."""

    measure_id: str
    other_id: str
    dependency: DependencyKind


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A problem over `periods`, as the plan has it in `starts`.

    `estimated`: measures that were never rated and count as the median of the rated ones (or 1 each, if none was).
    `left_out`: measures that are not placed, with the reason. `unheld`: dependencies that lead nowhere. `money_aside`:
    euros by measure that are planned in the horizon's years and are held against no pot, because the measure takes no
    time in such a year, or is over. `begun`: placed measures that are at work already. `illustrative`: whether any
    input is an invented one.
    """

    problem: Problem
    periods: tuple[str, ...]
    starts: Mapping[str, int]
    estimated: frozenset[str]
    left_out: Mapping[str, LeftOut]
    unheld: tuple[Unheld, ...]
    money_aside: Mapping[str, float]
    begun: frozenset[str]
    illustrative: bool


def horizon(inputs: PlanInputs, first: str) -> tuple[str, ...]:
    """The periods from the first on: a year beyond the last demand, so that there is room to postpone; at least two."""
    year = 4 if is_quarter(first) else 12
    last = max([first, *(_last(demand, first) for demand in inputs.demands)])
    return tuple(row(first, min(MOST_AHEAD, max(2 * year, len(between(first, last)) + year))))


def plan_problem(
    inputs: PlanInputs,
    periods: Sequence[str],
    values: Mapping[str, float],
    *,
    pinned: frozenset[str] = frozenset(),
    at_once: int | None = None,
) -> PlanProblem:
    """The problem of a plan from now (the first period) on; `values` by measure id as they were rated.

    A measure's time and money before the first period are spent and are left out. A measure that runs already, or is
    pinned, keeps its place; the others may move within their window, or to the end of the horizon.
    """
    demands, money = _by_measure(inputs)
    left_out: dict[str, LeftOut] = {}
    typical = median(values.values()) if values else WHEN_NOBODY_RATED
    candidates: dict[str, Candidate] = {}
    for measure in inputs.measures:
        reason = _not_placed(measure)
        placed = None if reason else _placed(demands.get(measure.id, []), money.get(measure.id, []), periods)
        if placed is None:
            left_out[measure.id] = reason or LeftOut.no_demand
            continue
        first, taken = placed
        window = _window(measure, periods, first, len(next(iter(taken.values()))))
        if window is None:
            left_out[measure.id] = LeftOut.too_long
            continue
        candidates[measure.id] = Candidate(
            id=measure.id,
            value=values.get(measure.id, typical),
            demand=taken,
            duration=len(next(iter(taken.values()))),
            earliest=window[0],
            latest=window[1],
            planned=first,
            mandatory=measure.mandatory,
            pinned=measure.id in pinned,
        )
    after, requires, excludes, unheld = _dependencies(inputs.measures, candidates)
    problem = Problem(len(periods), _resources(inputs, periods), candidates, after, requires, excludes, at_once)
    starts = {identifier: candidate.planned for identifier, candidate in candidates.items()}
    return PlanProblem(
        problem,
        tuple(periods),
        {identifier: start for identifier, start in starts.items() if start is not None},
        frozenset(candidates) - values.keys(),
        {identifier: reason for identifier, reason in left_out.items() if reason is not LeftOut.over},
        unheld,
        _money_aside(inputs.measures, money, candidates, periods),
        frozenset(m.id for m in inputs.measures if m.id in candidates and m.state not in STATES_BEFORE_START),
        any(record.illustrative for record in (*inputs.groups, *inputs.demands, *inputs.pots)),
    )


def _not_placed(measure: Measure) -> LeftOut | None:
    if measure.ended:
        return LeftOut.over
    return LeftOut.deferred if measure.state is MeasureState.deferred else None


def _by_measure(inputs: PlanInputs) -> tuple[dict[str, list[ResourceDemand]], dict[str, list[MoneyLine]]]:
    known = {group.id for group in inputs.groups}
    demands: dict[str, list[ResourceDemand]] = defaultdict(list)
    for demand in inputs.demands:
        if demand.group_id in known and not demand.contributed_by:
            demands[demand.measure_id].append(demand)
    pots = {pot.id for pot in inputs.pots if pot.years}
    money: dict[str, list[MoneyLine]] = defaultdict(list)
    for line in inputs.money_lines:
        if line.pot_id in pots and line.planned:
            money[line.measure_id].append(line)
    return demands, money


def _placed(
    demands: Sequence[ResourceDemand], money: Sequence[MoneyLine], periods: Sequence[str]
) -> tuple[int, dict[str, tuple[float, ...]]] | None:
    """Where a measure stands in the horizon, and what it takes by period of its own; None if it takes no time there."""
    time: dict[str, list[float]] = {}
    for demand in demands:
        days = time.setdefault(demand.group_id, [0.0] * len(periods))
        for index, period in enumerate(periods):
            days[index] += demand.in_period(period)
    busy = [index for days in time.values() for index, amount in enumerate(days) if amount]
    if not busy:
        return None
    first, last = min(busy), max(busy)
    own = range(first, last + 1)
    taken = {group: tuple(days[index] for index in own) for group, days in time.items() if any(days)}
    taken |= _money_by_period(money, [periods[index] for index in own])
    return first, taken


def _money_by_period(money: Sequence[MoneyLine], own: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Euros by pot and period of the measure: a year's money in equal parts in those of its periods that lie in it."""
    found: dict[str, list[float]] = {}
    for line in money:
        inside = [index for index, period in enumerate(own) if year_of(period) == line.year]
        for index in inside:
            amounts = found.setdefault(f"{POT}{line.pot_id}", [0.0] * len(own))
            amounts[index] += (line.planned or 0.0) / len(inside)
    return {pot: tuple(amounts) for pot, amounts in found.items()}


def _money_aside(
    measures: Sequence[Measure],
    money: Mapping[str, Sequence[MoneyLine]],
    candidates: Mapping[str, Candidate],
    periods: Sequence[str],
) -> dict[str, float]:
    """Euros by measure in years of the horizon that none of its periods lies in; nothing of those that wait."""
    years, found = {year_of(period) for period in periods}, {}
    for measure in measures:
        if measure.state is MeasureState.deferred:
            continue
        own: set[int] = set()
        if candidate := candidates.get(measure.id):
            first = candidate.planned or 0
            own = {year_of(period) for period in periods[first : first + candidate.duration]}
        aside = sum(line.planned or 0.0 for line in money.get(measure.id, ()) if line.year in years - own)
        if aside:
            found[measure.id] = aside
    return found


def _window(measure: Measure, periods: Sequence[str], planned: int, duration: int) -> tuple[int, int] | None:
    """The first and last period in which a measure may start; None if its window is shorter than itself."""
    if measure.state not in STATES_BEFORE_START:
        return planned, planned
    earliest, last_end = 0, len(periods) - 1
    if measure.earliest_start:
        earliest = _index(periods, measure.earliest_start, 0)
    if measure.latest_end:
        last_end = min(last_end, _index(periods, measure.latest_end, 1))
    latest = last_end - duration + 1
    return (earliest, latest) if earliest <= latest else None


def _index(periods: Sequence[str], partial: str, bound: int) -> int:
    """The place of the period around a partial date's first (0) or last (1) day, held within the horizon."""
    day = partial_date_bounds(partial)[bound]
    return sum(bounds(period)[1] < day for period in periods)


def _resources(inputs: PlanInputs, periods: Sequence[str]) -> dict[str, Resource]:
    found = {
        group.id: Resource.by_period(group.id, tuple(group.person_days(period) for period in periods))
        for group in inputs.groups
    }
    years = sorted({year_of(period) for period in periods})
    bucket_of = tuple(years.index(year_of(period)) for period in periods)
    for pot in inputs.pots:
        if not pot.years:
            continue  # nobody knows what it holds: that is no limit, and not nothing
        capacity = tuple(pot.held(year) or 0.0 for year in years)
        found[f"{POT}{pot.id}"] = Resource(f"{POT}{pot.id}", ResourceKind.money, capacity, bucket_of)
    return found


def _dependencies(
    measures: Sequence[Measure], candidates: Mapping[str, Candidate]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], tuple[Unheld, ...]]:
    by_id = {measure.id: measure for measure in measures}
    pairs: dict[DependencyKind, list[tuple[str, str]]] = {kind: [] for kind in DependencyKind}
    unheld: list[Unheld] = []
    for measure_id, other_id, kind in _edges(measures):
        if measure_id not in candidates:
            continue
        if other_id in candidates:
            pairs[kind].append((measure_id, other_id))
        elif kind is not DependencyKind.excludes and not _done(by_id.get(other_id)):
            unheld.append(Unheld(measure_id, other_id, kind))
    pairs[DependencyKind.requires] += pairs[DependencyKind.after]  # who waits for another's end needs that it is done
    after, requires, excludes = (tuple(dict.fromkeys(pairs[kind])) for kind in DependencyKind)
    return after, requires, excludes, tuple(unheld)


def _edges(measures: Sequence[Measure]) -> Iterator[tuple[str, str, DependencyKind]]:
    for measure in measures:
        for one in measure.depends_on:
            yield measure.id, one.measure_id, one.dependency


def _done(measure: Measure | None) -> bool:
    return measure is not None and measure.state in (MeasureState.implemented, MeasureState.consolidated)


def _last(demand: ResourceDemand, first: str) -> str:
    """The last period of a demand, of the sort that the horizon counts in."""
    last_day = bounds(demand.until or demand.period)[1]
    return quarter_of(last_day) if is_quarter(first) else month_of(last_day)
