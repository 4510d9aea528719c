"""Scenarios of measures: one is stopped or postponed, or all but the mandatory ones rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import fsum

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import STATES_BEFORE_START, Measure, MeasureState
from metrics.domain.periods import MONTHS_OF_QUARTER, month_of, months_of, number
from metrics.domain.portfolio.changed import MonthSpan, changed, first_whole_month, replaced, with_fresh_ids
from metrics.domain.portfolio.moving import moved_demand, moved_measure, moved_money, split, stopped_measure
from metrics.domain.portfolio.plan_inputs import Consequence, ConsequenceKind, EffectResult, PlanInputs, held_to_rules
from metrics.domain.resources import ResourceDemand
from metrics.domain.scenarios import ScenarioChange


def measure_stopped(inputs: PlanInputs, change: ScenarioChange, today: date) -> EffectResult:
    """A measure ends with the month before a date; with an `until` it rests from one to the other instead."""
    measure = inputs.measures_by_id[str(change.measure_id)]
    if change.until:
        return _paused(inputs, change, measure, today)
    return _stopped(inputs, change, measure, today)


def measure_postponed(inputs: PlanInputs, change: ScenarioChange, today: date) -> EffectResult:
    """A measure, or what lies ahead of it from a date on, moves by whole quarters; what depends on it does not."""
    measure = inputs.measures_by_id[str(change.measure_id)]
    if measure.ended:
        return inputs, []
    cut, months = _cut(measure, change, today), (change.quarters or 0) * MONTHS_OF_QUARTER
    return _moved(inputs, measure, cut, months, Consequence(ConsequenceKind.moved, measure.kind, measure.id, change))


def rest_mode(inputs: PlanInputs, change: ScenarioChange, today: date) -> EffectResult:
    """All but the mandatory measures rest from one date to the other, or stop for good without an `until`."""
    found: list[Consequence] = []
    for measure in inputs.measures:
        if measure.mandatory or not _has_anything_ahead(inputs, measure):
            continue
        with held_to_rules(change, measure.kind, measure.id):
            inputs, more = (_paused if change.until else _stopped)(inputs, change, measure, today)
        found += more
    return inputs, found


def _stopped(inputs: PlanInputs, change: ScenarioChange, measure: Measure, today: date) -> EffectResult:
    """A measure ends: what it asks for from then on falls away."""
    if measure.ended:
        return inputs, []
    cut = _cut(measure, change, today)
    demands, days = with_later_parts(inputs.demands, lambda one: one.measure_id == measure.id, cut, lambda _one: None)
    own = [one for one in inputs.money_lines if one.measure_id == measure.id]
    lines, _none, euros = moved_money(own, cut, None)
    after = stopped_measure(measure, cut, first_whole_month(today))
    left = replace(
        inputs,
        demands=demands,
        money_lines=replaced(inputs.money_lines, lines),
        measures=replaced(inputs.measures, {measure.id: after}),
    )
    if left == inputs:
        return inputs, []
    found = Consequence(
        ConsequenceKind.stopped, measure.kind, measure.id, change, measure.id, person_days=days, euros=euros
    )
    return left, [found]


def _paused(inputs: PlanInputs, change: ScenarioChange, measure: Measure, today: date) -> EffectResult:
    """A measure rests from one month to another: what lies ahead moves by the length of the rest.

    A measure that begins only after it is left alone. One that is at work and rests from now on is marked as paused.
    """
    cut, last = _cut(measure, change, today), MonthSpan.of(None, change.until).last
    cut = cut or _begin(inputs, measure)
    begin = _begin(inputs, measure)
    if measure.ended or cut is None or last is None or cut > last or (begin and begin > last):
        return inputs, []
    months = number(last) - number(cut) + 1
    found = Consequence(ConsequenceKind.paused, measure.kind, measure.id, change)
    left, consequences = _moved(inputs, measure, cut, months, found)
    if left == inputs:
        return inputs, []
    if measure.state is MeasureState.running and cut == first_whole_month(today):
        after = changed(left.measures_by_id[measure.id], state=MeasureState.paused)
        left = replace(left, measures=replaced(left.measures, {measure.id: after}))
    return left, consequences


def _moved(inputs: PlanInputs, measure: Measure, cut: str | None, months: int, found: Consequence) -> EffectResult:
    demands, days = with_later_parts(
        inputs.demands, lambda one: one.measure_id == measure.id, cut, lambda one: moved_demand(one, months)
    )
    own = [one for one in inputs.money_lines if one.measure_id == measure.id]
    lines, arriving, euros = moved_money(own, cut, months)
    new = with_fresh_ids(arriving, (one.id for one in inputs.money_lines))
    inputs = replace(
        inputs,
        demands=demands,
        money_lines=replaced(inputs.money_lines, lines, new),
        measures=replaced(inputs.measures, {measure.id: moved_measure(measure, cut, months)}),
    )
    return inputs, [replace(found, measure_id=measure.id, months=months, person_days=days, euros=euros)]


def _cut(measure: Measure, change: ScenarioChange, today: date) -> str | None:
    """The month from which a change of a measure holds; of one at work what is past stays as it is."""
    wanted = MonthSpan.of(change.starts, None).first
    if measure.state in STATES_BEFORE_START:
        return wanted
    return max(wanted or "", first_whole_month(today))


def _begin(inputs: PlanInputs, measure: Measure) -> str | None:
    """The first month in which a measure takes time or has begun; None if nothing says so."""
    months = [months_of(one.period)[0] for one in inputs.demands if one.measure_id == measure.id]
    if measure.starts:
        months.append(month_of(partial_date_bounds(measure.starts)[0]))
    return min(months, default=None)


def _has_anything_ahead(inputs: PlanInputs, measure: Measure) -> bool:
    """Whether there is anything to rest; an idea without dates, demands and money has nothing."""
    if measure.state not in STATES_BEFORE_START or measure.starts or measure.ends:
        return True
    asked = [one.measure_id for one in inputs.demands] + [one.measure_id for one in inputs.money_lines]
    return measure.id in asked


def with_later_parts(
    demands: tuple[ResourceDemand, ...],
    concerned: Callable[[ResourceDemand], bool],
    cut: str | None,
    become: Callable[[ResourceDemand], ResourceDemand | None],
) -> tuple[tuple[ResourceDemand, ...], float]:
    """All demands, those concerned with what their part from a month on becomes, and that part's person-days."""
    after: dict[str, ResourceDemand | None] = {}
    new: list[ResourceDemand] = []
    days = []
    for demand in filter(concerned, demands):
        before, ahead = split(demand, cut)
        if ahead is None:
            after[demand.id] = before
            continue
        days.append(ahead.person_days)
        becomes = become(ahead)
        after[demand.id] = before or becomes
        if before and becomes:
            new.append(becomes)
    fresh = with_fresh_ids(new, (one.id for one in demands))
    return replaced(demands, after, fresh), fsum(days)
