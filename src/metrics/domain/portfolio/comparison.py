"""What scenarios mean, side by side with the plan: load, money, effect on goals, and what falls out or moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from metrics.domain.load import Load, judge_load
from metrics.domain.measures import Measure
from metrics.domain.portfolio.layer import Consequence, ConsequenceKind, Layer, PlanInputs, layered
from metrics.domain.resources import CapacityGroup
from metrics.domain.scenarios import Scenario, ScenarioChange
from metrics.domain.scheduling.pots import PotBalance, pot_balances

LEAST_EXCESS = 1e-6
"""Person-days up to which a load is full and not over: less is left over from counting with fractions."""


@dataclass(frozen=True, slots=True)
class GoalEffect:
    """Sum of the values of measures that go on; None where none of them has a value.

    `by_goal`: a measure of two goals counts in each, so the goals add up to more than `total`. `without_value`:
    measures that go on and have no value; they are in no sum.
    """

    total: float | None
    by_goal: Mapping[str, float | None]
    without_value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The plan (`scenario_id` None) or a scenario in figures.

    `peak`: the group's period with the highest load, the earliest of equals; None without any demand. A demand without
    any capacity is the highest. `excess_days`: all person-days over the capacity; `overloads`: in how many periods of
    groups. `missing_fte`: full-time equivalents that would be needed on top in the period that lacks most, all groups
    together; None if a group has no time at all for measures, so that no post would help.
    """

    scenario_id: str | None
    peak: Load | None
    excess_days: float
    overloads: int
    missing_fte: float | None
    money: tuple[PotBalance, ...]
    goal_effect: GoalEffect
    consequences: tuple[Consequence, ...]
    illustrative: bool

    @property
    def shortfall(self) -> float:
        """Euros that are planned and not there, of all pots and years of which both are known."""
        return fsum(one.lacking or 0.0 for one in self.money)

    def with_outcome(self, outcome: ConsequenceKind) -> tuple[Consequence, ...]:
        """What falls out, moves, rests …, with the change that is why."""
        return tuple(one for one in self.consequences if one.outcome is outcome)


def compared(
    inputs: PlanInputs,
    scenarios: Iterable[Scenario],
    periods: Sequence[str],
    values: Mapping[str, float],
    today: date,
) -> tuple[Outlook, ...]:
    """The plan, and each scenario after it, over the same periods; `values` of measures by id, see `outlook`.

    Raises what `layered` raises.
    """
    plan = outlook(inputs, (), periods, values, today)
    return (plan, *(outlook(inputs, one.changes, periods, values, today, one.id) for one in scenarios))


def outlook(
    inputs: PlanInputs,
    changes: Iterable[ScenarioChange],
    periods: Sequence[str],
    values: Mapping[str, float],
    today: date,
    scenario_id: str | None = None,
) -> Outlook:
    """The figures of the plan under a scenario's changes.

    `values` are what measures add (effect on goals × priority); who is not among them has no value yet, which is not 0.
    """
    layer = layered(inputs, changes, today)
    loads = list(judge_load(layer.inputs.groups, layer.inputs.demands, periods).values())
    over = [load for load in loads if load.excess > LEAST_EXCESS]
    return Outlook(
        scenario_id,
        min((load for load in loads if load.demand > 0), key=_highest_first, default=None),
        fsum(load.excess for load in over),
        len(over),
        missing_fte(layer.inputs.groups_by_id, over),
        tuple(pot_balances(layer.inputs.pots, layer.inputs.money_lines)),
        goal_effect(_that_go_on(layer), values),
        layer.consequences,
        any(load.illustrative for load in loads)
        or any(one.illustrative for one in (*layer.inputs.pots, *layer.inputs.money_lines)),
    )


def _highest_first(load: Load) -> tuple[float, str, str]:
    return -load.share if load.share is not None else float("-inf"), load.period, load.group_id


def missing_fte(groups: Mapping[str, CapacityGroup], over: Iterable[Load]) -> float | None:
    """Full-time equivalents that would carry what is too much, in the period that lacks most.

    Excess ÷ the days that one post of the group has free for measures; None if that is nothing.
    """
    by_period: dict[str, float] = defaultdict(float)
    for load in over:
        days = groups[load.group_id].days_of_a_post(load.period)
        if days <= 0:
            return None
        by_period[load.period] += load.excess / days
    return max(by_period.values(), default=0.0)


def _that_go_on(layer: Layer) -> list[Measure]:
    stopped = {one.id for one in layer.consequences if one.outcome is ConsequenceKind.stopped}
    return [measure for measure in layer.inputs.measures if measure.asks_for_resources and measure.id not in stopped]


def goal_effect(measures: Iterable[Measure], values: Mapping[str, float]) -> GoalEffect:
    """The effect of measures on the goals, all together and by goal."""
    measures = list(measures)
    by_goal: dict[str, list[float]] = {goal_id: [] for measure in measures for goal_id in measure.goal_ids}
    for measure in measures:
        for goal_id in dict.fromkeys(measure.goal_ids):
            if measure.id in values:
                by_goal[goal_id].append(values[measure.id])
    total = [values[measure.id] for measure in measures if measure.id in values]
    return GoalEffect(
        fsum(total) if total else None,
        {goal_id: fsum(found) if found else None for goal_id, found in sorted(by_goal.items())},
        tuple(measure.id for measure in measures if measure.id not in values),
    )
