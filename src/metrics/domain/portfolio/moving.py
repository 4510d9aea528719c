"""Measures that move in time or end before their time: their demands, money and dates, from a month on.

What lies before the month `cut` stays as it is (None: nothing does). Time is shifted by whole months; a quarter's
person-days lie evenly in its months, and a year's money in its twelve, see docs/methods.md on scenarios.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import fsum

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure, MeasureState, Milestone
from metrics.domain.periods import MONTHS_OF_QUARTER, bounds, is_quarter, later, months_of, row, year_of
from metrics.domain.portfolio.changed import changed
from metrics.domain.resources import MoneyLine, ResourceDemand

MONTHS_OF_YEAR = 12
LEAST_EUROS = 0.005
"""Less than half a cent is left over from counting, not planned."""


def split(demand: ResourceDemand, cut: str | None) -> tuple[ResourceDemand | None, ResourceDemand | None]:
    """What a demand asks for before a month, and from it on; None for nothing. Both parts carry the demand's id.

    A demand in quarters that is cut within one goes on in months.
    """
    months = [month for period in (demand.period, demand.until or demand.period) for month in months_of(period)]
    if cut is None or cut <= months[0]:
        return None, demand
    if cut > months[-1]:
        return demand, None
    if is_quarter(demand.period) and not any(months_of(period)[0] == cut for period in demand.periods):
        demand = _in_months(demand)
    periods = demand.periods
    before = [period for period in periods if months_of(period)[0] < cut]
    return _part(demand, before), _part(demand, periods[len(before) :])


def moved_demand(demand: ResourceDemand, months: int) -> ResourceDemand:
    """A demand so many months later; one in quarters goes on in months unless it moves by whole quarters."""
    if is_quarter(demand.period):
        if months % MONTHS_OF_QUARTER:
            demand = _in_months(demand)
        else:
            months //= MONTHS_OF_QUARTER
    until = later(demand.until, months) if demand.until else None
    return changed(demand, period=later(demand.period, months), until=until)


def _in_months(demand: ResourceDemand) -> ResourceDemand:
    profile = tuple(weight for weight in demand.profile for _month in range(MONTHS_OF_QUARTER))
    last = months_of(demand.until or demand.period)[-1]
    return changed(demand, period=months_of(demand.period)[0], until=last, profile=profile)


def _part(demand: ResourceDemand, periods: Sequence[str]) -> ResourceDemand | None:
    """The demand of some of its periods in a row; None if nothing is asked for in them."""
    weights = dict(zip(demand.periods, demand.profile or (1.0,) * len(demand.periods), strict=True))
    own = tuple(weights[period] for period in periods)
    share = fsum(own) / fsum(weights.values())
    if share == 0:
        return None
    return changed(
        demand,
        period=periods[0],
        until=periods[-1] if len(periods) > 1 else None,
        profile=own if demand.profile else (),
        person_days=demand.person_days * share,
        budget=demand.budget * share,
    )


def moved_money(
    lines: Iterable[MoneyLine], cut: str | None, months: int | None
) -> tuple[dict[str, MoneyLine | None], list[MoneyLine], float]:
    """What becomes of a measure's money that moves by so many months, or (None) falls away.

    Gives each line after it by its id (None: gone), new lines under the id of the line that they come from, and the
    euros that move. Only what is planned, and neither committed nor spent, can move. It joins a planned line of the
    same pot, year, evidence and source.
    """
    after: dict[str, MoneyLine | None] = {}
    arriving: dict[tuple[object, ...], float] = defaultdict(float)
    origin: dict[tuple[object, ...], MoneyLine] = {}
    places: dict[tuple[object, ...], str] = {}
    planned: dict[str, float] = {}
    lines = list(lines)
    for line in lines:
        after[line.id] = line
        if line.planned is None:
            continue
        planned[line.id] = line.planned
        places.setdefault(_place(line, line.year), line.id)
        for year, euros in _leaving(line, cut, months).items():
            planned[line.id] -= euros
            if year is not None:
                arriving[_place(line, year)] += euros
                origin.setdefault(_place(line, year), line)
    moved = fsum(line.planned - planned[line.id] for line in lines if line.planned is not None)
    new = []
    for place, euros in arriving.items():
        if place in places:
            planned[places[place]] += euros
        else:
            new.append(changed(origin[place], year=place[1], planned=euros, committed=None, spent=None))
    for line in lines:
        if line.id in planned and planned[line.id] != line.planned:
            after[line.id] = _with_planned(line, planned[line.id])
    return after, new, moved


def _place(line: MoneyLine, year: int) -> tuple[object, ...]:
    return line.pot_id, year, line.evidence, line.source_id


def _leaving(line: MoneyLine, cut: str | None, months: int | None) -> dict[int | None, float]:
    """The euros that leave a line's year, by the year that they go to; None: away."""
    free = max(0.0, (line.planned or 0.0) - max(line.committed or 0.0, line.spent or 0.0))
    own = [month for month in row(f"{line.year}-01", MONTHS_OF_YEAR) if cut is None or month >= cut]
    years = Counter(None if months is None else year_of(later(month, months)) for month in own)
    return {year: free * n / MONTHS_OF_YEAR for year, n in years.items() if year != line.year and free > 0}


def _with_planned(line: MoneyLine, euros: float) -> MoneyLine | None:
    if euros < LEAST_EUROS and not line.committed and not line.spent:
        return None
    return changed(line, planned=max(0.0, euros))


def moved_measure(measure: Measure, cut: str | None, months: int) -> Measure:
    """A measure whose start, end and open milestones lie so many months later, if they are not past at `cut`."""
    day = bounds(cut)[0] if cut else None
    starts, ends = measure.starts, measure.ends
    if starts and (day is None or partial_date_bounds(starts)[0] >= day):
        starts = moved_date(starts, months, at_end=False)
    if ends and (day is None or partial_date_bounds(ends)[1] >= day):
        ends = moved_date(ends, months, at_end=True)
    milestones = tuple(_moved_milestone(one, cut, months) for one in measure.milestones)
    return changed(measure, starts=starts, ends=ends, milestones=milestones)


def _moved_milestone(milestone: Milestone, cut: str | None, months: int) -> Milestone:
    if milestone.due is None or milestone.done_on:
        return milestone
    if cut and partial_date_bounds(milestone.due)[1] < bounds(cut)[0]:
        return milestone
    return changed(milestone, due=moved_date(milestone.due, months, at_end=True))


def moved_date(text: str, months: int, *, at_end: bool) -> str:
    """A partial date so many months later, as exact as it was.

    A year is moved as its first month, or (`at_end`) its last; a day that a month does not have is its last one.
    """
    if len(text) == len("2027"):
        return later(f"{text}-12" if at_end else f"{text}-01", months)[:4]
    month = later(text[:7], months)
    if len(text) == len("2027-01"):
        return month
    return f"{month}-{min(int(text[8:]), bounds(month)[1].day):02}"


def stopped_measure(measure: Measure, cut: str | None, now: str) -> Measure:
    """A measure that ends before the month `cut`; discontinued if that has come, or if it would begin only then."""
    day = bounds(cut)[0] if cut else None
    begins_later = day and measure.starts and partial_date_bounds(measure.starts)[0] >= day
    if cut is None or day is None or cut <= now or begins_later:
        return changed(measure, state=MeasureState.discontinued)
    if measure.ends and partial_date_bounds(measure.ends)[1] < day:
        return measure
    return changed(measure, ends=later(cut, -1))
