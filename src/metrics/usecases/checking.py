"""The rules that a record cannot know by itself; a form and a plan file are held to the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from metrics.domain.base import Record, partial_date_bounds
from metrics.domain.goals import Goal
from metrics.domain.indicators import Basis, Comparison, Indicator, Observation, PeriodKind
from metrics.domain.measures import DependencyKind, Measure
from metrics.domain.ownership import Orphaned, would_lack
from metrics.domain.periods import bounds
from metrics.domain.plausibility import same_name, territories_named
from metrics.domain.priorities import PriorityRound, Rating
from metrics.domain.refusals import (
    CircularDependency,
    DemandOutsideMeasure,
    DemandWouldLieOutside,
    DeputyIsOwner,
    DeputyMissing,
    GoalsInACircle,
    GroupWithoutTime,
    IndicatorPartOfItself,
    MeasureExcludesWhatItNeeds,
    MeasureLongerThanWindow,
    MeasureNeedsItself,
    MeasureNotInRound,
    OwnerMissing,
    OwnTerritoryCompared,
    PeriodDoesNotFitBasis,
    PeriodNotOfItsKind,
    PublishedBeforePeriod,
    PublishedInTheFuture,
    RatingDoesNotFitRound,
    ReadingAlreadyRecorded,
    ReadingEndsOnSameDay,
    ReadingInTheFuture,
    Refusal,
    ScenarioNeedsDecision,
    StoredRecordWouldNotFit,
    ValueOutsideNaturalBounds,
    WeightNeedsReason,
)
from metrics.domain.resources import CapacityGroup, Post, ResourceDemand
from metrics.domain.scenarios import OUTCOMES, Scenario
from metrics.domain.scheduling.critical_path import find_cycle
from metrics.domain.targets import Target
from metrics.locale.formats import calendar_period

MOST_OF_TITLE = 40
"""Characters of a title that a sentence about several measures quotes."""
FITTING_PERIODS: dict[Basis, frozenset[PeriodKind]] = {
    Basis.reference_day: frozenset(PeriodKind) - {PeriodKind.span},
    Basis.month: frozenset({PeriodKind.month}),
    Basis.annual_average: frozenset({PeriodKind.year}),
    Basis.year: frozenset({PeriodKind.year}),
    Basis.school_year: frozenset({PeriodKind.school_year}),
    Basis.span: frozenset(PeriodKind),
}
"""Which periods a reading may name, by what the indicator's values stand for: month and year never share a series.

A source often names only the month or the year of a reference day.
"""


def check_observation(indicator: Indicator, found: Observation, today: date) -> None:
    """Refuse what cannot be a measured value on a day, or not one of this indicator.

    A period that still runs has no value yet, not even a provisional one: a running total is a value up to the day on
    which it was counted. Raises ReadingInTheFuture, PublishedInTheFuture, PublishedBeforePeriod, and what `check_fit`
    raises.
    """
    if found.period_end > today:
        raise ReadingInTheFuture(period_end=found.period_end, today=today)
    if found.published_on and found.published_on > today:
        raise PublishedInTheFuture(published_on=found.published_on, today=today)
    if found.published_on and found.published_on < found.period_start:
        raise PublishedBeforePeriod(published_on=found.published_on, starts_on=found.period_start)
    check_fit(indicator, found)


def check_fit(indicator: Indicator, found: Observation) -> None:
    """Refuse a value that does not belong to its indicator: a period of another length, an impossible value.

    Raises PeriodDoesNotFitBasis, PeriodNotOfItsKind, ValueOutsideNaturalBounds, OwnTerritoryCompared.
    """
    kind, days = found.period_kind, (found.period_start, found.period_end)
    if kind not in FITTING_PERIODS[indicator.basis]:
        raise PeriodDoesNotFitBasis(period_kind=kind, basis=indicator.basis)
    if kind is not PeriodKind.span and days != calendar_period(kind, found.period_start):
        raise PeriodNotOfItsKind(period_kind=kind, starts_on=found.period_start, ends_on=found.period_end)
    low, high = indicator.natural_minimum, indicator.natural_maximum
    if (low is not None and found.value < low) or (high is not None and found.value > high):
        raise ValueOutsideNaturalBounds(value=found.value, minimum=low, maximum=high, unit=indicator.unit)
    if isinstance(found, Comparison):
        _refuse_own(indicator, [found.territory], "territory")


def check_alone(indicator: Indicator, found: Observation, others: Iterable[Observation]) -> None:
    """Refuse a second value where one alone may stand: which of the two counts would be a guess.

    Two readings of one period need different vintages or days of publication, and no two periods of a series end on one
    day. Comparison values of several sources may stand side by side. Raises ReadingAlreadyRecorded,
    ReadingEndsOnSameDay.
    """
    for other in others:
        if other.id == found.id or other.period_end != found.period_end or _whose(other) != _whose(found):
            continue
        told = {
            "indicator_id": other.indicator_id,
            "reading_id": other.id,
            "period_start": other.period_start,
            "period_end": other.period_end,
            "period_kind": other.period_kind,
            "value": other.value,
            "unit": indicator.unit,
        }
        if other.period_start != found.period_start:
            raise ReadingEndsOnSameDay(**told)
        dated = other.published_on and found.published_on and other.published_on != found.published_on
        if other.vintage == found.vintage and not dated:
            raise ReadingAlreadyRecorded(**told)


def check_target(indicator: Indicator, target: Target) -> None:
    """Raise OwnTerritoryCompared where a target holds the indicator against itself."""
    field = "demand.territories" if hasattr(target.demand, "territories") else "demand.territory"
    _refuse_own(indicator, territories_named(target.demand), field)


def check_owned(record: Record, before: Record | None) -> None:
    """Refuse a record that becomes active without owner and deputy, or loses one that it had.

    `before`: the record as it stood, None if there was none or it was withdrawn. Raises OwnerMissing, DeputyMissing,
    DeputyIsOwner.
    """
    lacking = would_lack(record, before)
    told = {"kind": record.kind, "title": getattr(record, "title", record.id)}
    if Orphaned.no_owner in lacking:
        raise OwnerMissing(**told)
    if Orphaned.no_deputy in lacking:
        raise DeputyMissing(**told)
    if Orphaned.deputy_is_owner in lacking:
        raise DeputyIsOwner(**told, function=getattr(record, "deputy", None))


def binds_otherwise(indicator: Indicator, before: Indicator) -> bool:
    """Whether what an indicator asks of its values and targets has changed."""
    return _what_binds(indicator) != _what_binds(before)


def check_stored(indicator: Indicator, stored: Iterable[Observation | Target]) -> None:
    """Raise StoredRecordWouldNotFit where a changed indicator would leave a stored value or target in the wrong."""
    for one in stored:
        try:
            if isinstance(one, Target):
                check_target(indicator, one)
            else:
                check_fit(indicator, one)
        except Refusal as refusal:
            told = {"kind": indicator.kind, "id": indicator.id, "field": _field_of(refusal)}
            raise StoredRecordWouldNotFit(referred_kind=one.kind, referred_id=one.id, **told) from refusal


def check_weight(record: Record, before: Record, reason: str | None) -> None:
    """Raise WeightNeedsReason if a weight would change without a word why."""
    weight, earlier = getattr(record, "weight", None), getattr(before, "weight", None)
    if weight != earlier and not (reason or "").strip():
        raise WeightNeedsReason(weight_before=earlier, weight=weight)


def check_rating(round_: PriorityRound, rating: Rating) -> None:
    """Raise MeasureNotInRound or RatingDoesNotFitRound where a rating is none of its round."""
    if rating.measure_id not in round_.measure_ids:
        raise MeasureNotInRound(measure_id=rating.measure_id, title=round_.title)
    codes = [score.code for score in rating.scores]
    known = {criterion.code for criterion in round_.criteria}
    if (
        round_.seat(rating.seat) is None
        or rating.vote > round_.vote
        or not known.issuperset(codes)
        or len(set(codes)) < len(codes)
    ):
        raise RatingDoesNotFitRound(id=rating.id, referred_id=round_.id)


def check_no_circle(goals: Mapping[str, Goal], changed: Goal) -> None:
    """Raise GoalsInACircle if the changed goal would be its own ancestor."""
    parents = {identifier: goal.parent_ids for identifier, goal in goals.items()} | {changed.id: changed.parent_ids}
    if path := _way_back(parents, changed.id):
        raise GoalsInACircle(path=path)


def check_total(indicators: Mapping[str, Indicator], changed: Indicator) -> None:
    """Raise IndicatorPartOfItself if the changed indicator would be a part of a sum that is a part of it."""
    totals = {one.id: (one.total_id,) for one in (*indicators.values(), changed) if one.total_id}
    if path := _way_back(totals, changed.id):
        raise IndicatorPartOfItself(path=path)


def _way_back(above: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The ids on a way up from one that leads to it again, it first and last; empty where there is none."""
    trails = [[start]]
    while trails:
        trail = trails.pop()
        for one in above.get(trail[-1], ()):
            if one == start:
                return [*trail, one]
            if one not in trail:
                trails.append([*trail, one])
    return []


def check_measure(measures: Mapping[str, Measure], changed: Measure) -> None:
    """Refuse a measure that cannot be done as it is stated, alone or with those that it depends on.

    Only `after` makes a circle: that two measures require each other means that both are done. Raises
    MeasureLongerThanWindow, MeasureNeedsItself, MeasureExcludesWhatItNeeds, CircularDependency.
    """
    _check_window(changed)
    together = {**measures, changed.id: changed}
    for dependency in changed.depends_on:
        if dependency.measure_id == changed.id:
            raise MeasureNeedsItself(title=changed.title)
        other = together.get(dependency.measure_id)
        needed = other and (other.id in _needs(changed) or changed.id in _needs(other))
        if other and needed and _rules_out(changed, other):
            raise MeasureExcludesWhatItNeeds(first=_named(changed), second=_named(other))
    cycle = find_cycle(_waiting(together, changed))
    if cycle and changed.id in cycle:
        named = [_named(together[identifier]) for identifier in cycle]
        raise CircularDependency(cycle=named, field="depends_on")


def check_demand(measure: Measure, demand: ResourceDemand) -> None:
    """Raise DemandOutsideMeasure if a demand surely begins before its measure, or goes on after it."""
    outside = _outside(measure, demand)
    if outside:
        field, period = outside
        told = {"title": measure.title, "starts": measure.starts, "ends": measure.ends}
        raise DemandOutsideMeasure(when=period, field=field, **told)


def check_demands(measure: Measure, before: Measure, demands: Iterable[ResourceDemand]) -> None:
    """Raise DemandWouldLieOutside if a measure that moves would leave a stored demand of its own behind."""
    if (measure.starts, measure.ends) == (before.starts, before.ends):
        return
    for demand in demands:
        outside = _outside(measure, demand)
        if outside:
            too_early = measure.starts is not None and bounds(outside[1])[1] < partial_date_bounds(measure.starts)[0]
            raise DemandWouldLieOutside(when=outside[1], id=demand.id, field="starts" if too_early else "ends")


def check_group(group: CapacityGroup, since: date | None = None) -> None:
    """Raise GroupWithoutTime if no measure could ever get a day of a group's time, or none from a day on."""
    if not group.fte and not any(_ever_there(post, group, since) for post in group.posts):
        raise GroupWithoutTime(field="posts" if group.posts else "fte")
    for field in ("absence_share", "base_load_share"):
        if getattr(group, field) >= 1:
            raise GroupWithoutTime(field=field)


def check_scenario(scenario: Scenario, before: Scenario | None) -> None:
    """Raise ScenarioNeedsDecision where editing alone would choose or reject, or alter what was decided on."""
    if scenario.state in OUTCOMES and (before is None or _decided(scenario) != _decided(before)):
        raise ScenarioNeedsDecision(field="state")


def _ever_there(post: Post, group: CapacityGroup, since: date | None) -> bool:
    """Whether a post is filled on any day of its group's time, from a day on."""
    begins = [partial_date_bounds(post.enters)[0]] if post.enters else []
    begins += [bounds(group.first_quarter)[0]] if group.first_quarter else []
    begins += [since] if since else []
    ends = [partial_date_bounds(post.leaves)[1]] if post.leaves else []
    ends += [bounds(group.last_quarter)[1]] if group.last_quarter else []
    return not begins or not ends or max(begins) <= min(ends)


def _check_window(measure: Measure) -> None:
    if not (measure.starts and measure.ends and measure.earliest_start and measure.latest_end):
        return
    planned = (partial_date_bounds(measure.ends)[0] - partial_date_bounds(measure.starts)[1]).days + 1
    window = (partial_date_bounds(measure.latest_end)[1] - partial_date_bounds(measure.earliest_start)[0]).days + 1
    if planned > window:
        told = {"earliest_start": measure.earliest_start, "latest_end": measure.latest_end}
        raise MeasureLongerThanWindow(planned=planned, window=window, **told)


def _waiting(measures: Mapping[str, Measure], first: Measure) -> list[tuple[str, str]]:
    """Who waits for whom to end, from one measure on: (measure, measure before it)."""
    found: list[tuple[str, str]] = []
    seen, ahead = {first.id}, [first]
    while ahead:
        measure = ahead.pop()
        for before in _related(measure, DependencyKind.after):
            found.append((measure.id, before))
            if before in measures and before not in seen:
                seen.add(before)
                ahead.append(measures[before])
    return found


def _decided(scenario: Scenario) -> tuple[object, ...]:
    return scenario.state, scenario.changes, scenario.reason, scenario.decided_by, scenario.decided_on


def _needs(measure: Measure) -> set[str]:
    return set(_related(measure, DependencyKind.after, DependencyKind.requires))


def _rules_out(one: Measure, other: Measure) -> bool:
    """Whether one of two measures excludes the other, which holds both ways."""
    return any(
        excluded.id in _related(excluding, DependencyKind.excludes)
        for excluding, excluded in ((one, other), (other, one))
    )


def _related(measure: Measure, *kinds: DependencyKind) -> Iterator[str]:
    return (one.measure_id for one in measure.depends_on if one.dependency in kinds)


def _named(measure: Measure) -> str:
    """A measure's id and title, cut where the sentence would get too long."""
    title = measure.title
    return f"{measure.id} {title if len(title) <= MOST_OF_TITLE else title[: MOST_OF_TITLE - 1] + '…'}"


def _outside(measure: Measure, demand: ResourceDemand) -> tuple[str, str] | None:
    """The field of a demand that surely lies outside its measure's time, and the period that stands in it."""
    last = demand.until or demand.period
    if measure.starts and bounds(demand.period)[1] < partial_date_bounds(measure.starts)[0]:
        return "period", demand.period
    if measure.ends and bounds(last)[0] > partial_date_bounds(measure.ends)[1]:
        return ("until" if demand.until else "period"), last
    return None


def _refuse_own(indicator: Indicator, territories: Iterable[str], field: str) -> None:
    for territory in territories:
        if same_name(territory, indicator.territory):
            raise OwnTerritoryCompared(territory=territory, field=field)


def _whose(found: Observation) -> tuple[str, ...]:
    """Whose series a value belongs to."""
    if isinstance(found, Comparison):
        return (found.kind, found.indicator_id, found.territory, found.source_id or "")
    return (found.kind, found.indicator_id)


def _what_binds(indicator: Indicator) -> tuple[object, ...]:
    return indicator.basis, indicator.territory, indicator.natural_minimum, indicator.natural_maximum


def _field_of(refusal: Refusal) -> str:
    """The field of the indicator that a value does not fit."""
    if isinstance(refusal, ValueOutsideNaturalBounds):
        low = refusal.data["minimum"]
        return "natural_minimum" if low is not None and refusal.data["value"] < low else "natural_maximum"
    return "territory" if isinstance(refusal, OwnTerritoryCompared) else "basis"
