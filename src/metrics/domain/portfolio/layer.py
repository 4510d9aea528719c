"""A scenario as a layer over the plan: changed copies of what the plan keeps; the plan itself is never touched.

Changes act one after the other, each on what those before it have left. What has happened stays: of a measure at work
nothing moves or falls away before the first month that begins on or after today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure
from metrics.domain.periods import later, month_of, months_of, quarter_of_month
from metrics.domain.portfolio.changed import MonthSpan, changed, first_whole_month, replaced
from metrics.domain.portfolio.funding_changes import ended_pot, with_funding
from metrics.domain.portfolio.measure_changes import measure_postponed, measure_stopped, rest_mode, with_later_parts
from metrics.domain.portfolio.plan_inputs import Consequence, ConsequenceKind, EffectResult, PlanInputs, held_to_rules
from metrics.domain.portfolio.staffing_changes import merged, with_base_load, with_posts
from metrics.domain.refusals import ChangeNotPossible, ScenarioNamesUnknown
from metrics.domain.resources import CapacityGroup, FundingPot
from metrics.domain.scenarios import ScenarioChange, ScenarioEffect

__all__ = ["Consequence", "ConsequenceKind", "Layer", "PlanInputs", "applied", "layered"]


@dataclass(frozen=True, slots=True)
class Layer:
    """The plan as a scenario leaves it, and what the scenario means for single records, in the order of its changes."""

    inputs: PlanInputs
    consequences: tuple[Consequence, ...] = ()


def applied(inputs: PlanInputs, changes: Iterable[ScenarioChange], today: date) -> PlanInputs:
    """The plan's records as a scenario leaves them; see `layered`."""
    return layered(inputs, changes, today).inputs


def layered(inputs: PlanInputs, changes: Iterable[ScenarioChange], today: date) -> Layer:
    """The plan under a scenario's changes.

    Raises ScenarioNamesUnknown if a change names what the plan does not have, and ChangeNotPossible if a record could
    not be as a change wants it (a funding that ends before it starts, a Grundlast of 0, a year after 2099).
    """
    changes = tuple(changes)
    _refuse_unknown(inputs, changes)
    consequences: list[Consequence] = []
    for change in changes:
        kind, identifier = _named(change)
        with held_to_rules(change, kind, identifier):
            inputs, found = _EFFECTS[change.effect](inputs, change, today)
        consequences += found
    return Layer(inputs, tuple(consequences))


def _references(change: ScenarioChange) -> tuple[tuple[str, str], ...]:
    """Every record that a change names, as (kind, id); the one that it is about first."""
    found = (
        (Measure.kind, change.measure_id),
        (FundingPot.kind, change.pot_id),
        (CapacityGroup.kind, change.group_id),
        (CapacityGroup.kind, change.into_group_id),
    )
    return tuple((kind, identifier) for kind, identifier in found if identifier)


def _named(change: ScenarioChange) -> tuple[str, str]:
    return next(iter(_references(change)), ("", ""))


def _refuse_unknown(inputs: PlanInputs, changes: Iterable[ScenarioChange]) -> None:
    known: set[tuple[str, str]] = {
        (type(one).kind, one.id) for records in (inputs.groups, inputs.pots, inputs.measures) for one in records
    }
    named = dict.fromkeys(reference for change in changes for reference in _references(change))
    unknown = [identifier for kind, identifier in named if (kind, identifier) not in known]
    if unknown:
        raise ScenarioNamesUnknown(unknown=", ".join(unknown))


def _posts(inputs: PlanInputs, change: ScenarioChange, _today: date) -> EffectResult:
    group = inputs.groups_by_id[str(change.group_id)]
    after, lacking = with_posts(group, change.amount or 0.0, change.starts, change.until)
    found = (
        [Consequence(ConsequenceKind.fewer_posts_than_named, group.kind, group.id, change, fte=lacking)]
        if lacking
        else []
    )
    return replace(inputs, groups=replaced(inputs.groups, {group.id: after})), found


def _base_load(inputs: PlanInputs, change: ScenarioChange, today: date) -> EffectResult:
    span, since = MonthSpan.of(change.starts, change.until), _first_month(inputs, today)
    after, found = {}, []
    for group in inputs.groups:
        if change.group_id in (None, group.id):
            with held_to_rules(change, group.kind, group.id):
                after[group.id], full = with_base_load(group, change.amount or 0.0, span, since)
            if full:
                found.append(Consequence(ConsequenceKind.no_time_left, group.kind, group.id, change))
    return replace(inputs, groups=replaced(inputs.groups, after)), found


def _groups_merged(inputs: PlanInputs, change: ScenarioChange, today: date) -> EffectResult:
    source, target = (inputs.groups_by_id[str(one)] for one in (change.group_id, change.into_group_id))
    if source.id == target.id:
        raise ChangeNotPossible(effect=change.effect, kind=source.kind, id=source.id)
    first = _first_whole_quarter(change.starts)
    gone, after = merged(source, target, first, _first_month(inputs, today))
    cut = months_of(first)[0] if first else None
    inputs = replace(inputs, groups=replaced(inputs.groups, {source.id: gone, target.id: after}))
    demands, days = with_later_parts(
        inputs.demands, lambda one: one.group_id == source.id, cut, lambda one: changed(one, group_id=target.id)
    )
    found = Consequence(ConsequenceKind.merged, source.kind, source.id, change, person_days=days)
    return replace(inputs, demands=demands), [found]


def _first_whole_quarter(starts: str | None) -> str | None:
    if starts is None:
        return None
    month = first_whole_month(partial_date_bounds(starts)[0])
    quarter = quarter_of_month(month)
    return quarter if months_of(quarter)[0] == month else later(quarter, 1)


def _funding_ends(inputs: PlanInputs, change: ScenarioChange, _today: date) -> EffectResult:
    pot = inputs.pots_by_id[str(change.pot_id)]
    after = ended_pot(pot, str(change.starts))
    if after is pot or after.ends is None:
        return inputs, []
    last = partial_date_bounds(after.ends)[1].year
    lost = [one for one in inputs.money_lines if one.pot_id == pot.id and one.year > last]
    found = [
        Consequence(ConsequenceKind.money_lost, one.kind, one.id, change, one.measure_id, euros=one.planned or 0.0)
        for one in lost
    ]
    lines = replaced(inputs.money_lines, dict.fromkeys(one.id for one in lost))
    return replace(inputs, pots=replaced(inputs.pots, {pot.id: after}), money_lines=lines), found


def _funding(inputs: PlanInputs, change: ScenarioChange, _today: date) -> EffectResult:
    pot = inputs.pots_by_id[str(change.pot_id)]
    after = with_funding(pot, change.amount or 0.0, MonthSpan.of(change.starts, change.until))
    return replace(inputs, pots=replaced(inputs.pots, {pot.id: after})), []


_EFFECTS: Mapping[ScenarioEffect, Callable[[PlanInputs, ScenarioChange, date], EffectResult]] = MappingProxyType(
    {
        ScenarioEffect.posts: _posts,
        ScenarioEffect.base_load: _base_load,
        ScenarioEffect.groups_merged: _groups_merged,
        ScenarioEffect.funding_ends: _funding_ends,
        ScenarioEffect.funding: _funding,
        ScenarioEffect.measure_stopped: measure_stopped,
        ScenarioEffect.measure_postponed: measure_postponed,
        ScenarioEffect.rest_mode: rest_mode,
    }
)


def _first_month(inputs: PlanInputs, today: date) -> str:
    """The first month that load is counted for: today's, or that of an earlier demand."""
    return min([month_of(today), *(months_of(one.period)[0] for one in inputs.demands)])
