"""The whole plan against the office: what is too much and when, and the fewest measures whose change mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from metrics.domain.load import counted
from metrics.domain.measures import Measure
from metrics.domain.periods import month_of, quarter_of
from metrics.domain.plan import Plan
from metrics.domain.portfolio.finding import Shortage, WorstPeriod, shortages, worst_period
from metrics.domain.portfolio.from_plan import PlanProblem, horizon, plan_problem
from metrics.domain.portfolio.layer import PlanInputs
from metrics.domain.portfolio.limits import (
    BrokenDependency,
    Parallel,
    broken_dependencies,
    demand_matrix,
    most_at_once,
    overloads,
)
from metrics.domain.portfolio.moves import Alternative, Move, MoveKind, alternatives
from metrics.domain.portfolio.no_relief import NoRelief
from metrics.domain.portfolio.problem import Bucket, Overload
from metrics.domain.portfolio.relief import SECONDS, Relief, relieve
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.domain.refusals import RecordNotFound
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, ResourceDemand
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.ranking import rank_round

LIMIT_KINDS = (
    "plan",
    "measure",
    "capacity_group",
    "resource_demand",
    "funding_pot",
    "money_line",
    "priority_round",
    "rating",
)
"""What the limits follow from."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A plan with everything that is too much in it, from the present period on.

    `round_id`: the round whose Nutzwert is a measure's value; None if nobody has rated yet. `worst`: the period in
    which most people are lacking; None if time suffices. `unheard`: own demands that do not count because their group
    is an example.
    """

    inputs: PlanInputs
    plan: PlanProblem
    overloads: tuple[Overload, ...]
    shortages: tuple[Shortage, ...]
    worst: WorstPeriod | None
    parallel: Parallel
    round_id: str | None
    change_number: int
    unheard: int = 0

    @property
    def broken(self) -> tuple[BrokenDependency, ...]:
        """The dependencies between measures that the plan does not keep."""
        return broken_dependencies(self.plan.problem, self.plan.starts)

    @property
    def fits(self) -> bool:
        """Whether nothing has to be changed: no limit is broken and no dependency."""
        return not (self.overloads or self.parallel.broken or self.broken)

    def alternatives(self, bucket: Bucket) -> tuple[Alternative, ...]:
        """The single moves that mend one overload, the cheapest first."""
        return alternatives(self.plan.problem, self.plan.starts, bucket)

    def goals_left_alone(self, move: Move) -> tuple[str, ...]:
        """Goals that no other placed measure serves once this one is dropped."""
        if move.kind is not MoveKind.drop:
            return ()
        by_id = {measure.id: measure for measure in self.inputs.measures}
        others = {
            goal
            for identifier in self.plan.starts
            if identifier != move.candidate_id
            for goal in by_id[identifier].goal_ids
        }
        return tuple(goal for goal in by_id[move.candidate_id].goal_ids if goal not in others)


def plan_inputs(store: Store, *, include_illustrative: bool) -> PlanInputs:
    """The plan's records that count together; invented ones only where asked for, or where there is nothing else."""
    groups, demands = counted(
        store.records(CapacityGroup),
        store.records(ResourceDemand),
        store.records(Measure),
        include_illustrative=include_illustrative,
    )
    everything = include_illustrative or any(group.illustrative for group in groups)
    pots = [pot for pot in store.records(FundingPot) if everything or not pot.illustrative]
    money = [line for line in store.records(MoneyLine) if everything or not line.illustrative]
    return PlanInputs(
        groups=tuple(groups),
        demands=tuple(demands),
        pots=tuple(pots),
        money_lines=tuple(money),
        measures=tuple(store.records(Measure)),
    )


def values_of_measures(store: Store, *, by: Person) -> tuple[dict[str, float], str | None]:
    """The Nutzwert (0–10) of each measure in the newest round that is not open, and that round's id."""
    rounds = [one for one in store.records(PriorityRound) if one.state is not RoundState.open]
    for round_ in sorted(rounds, key=lambda one: (one.deadline, one.id), reverse=True):
        found = rank_round(store, round_.id, by=by).result
        values = {one.measure_id: one.utility for one in found.measures if one.utility is not None}
        if values:
            return values, round_.id
    return {}, None


def find_limits(
    store: Store,
    *,
    by: Person,
    today: date,
    include_illustrative: bool = False,
    monthly: bool = False,
    pinned: frozenset[str] = frozenset(),
) -> Limits:
    """Hold the plan against the office from the quarter (or month) around `today` on.

    Raises NotAllowed, and RecordNotFound where a pinned measure is not in the plan.
    """
    require(by, Right.read_plan)
    number = store.change_number()
    inputs = plan_inputs(store, include_illustrative=include_illustrative)
    values, round_id = values_of_measures(store, by=by)
    plan = problem_of(inputs, values, most_parallel(store), today=today, monthly=monthly, pinned=pinned)
    found = judge_limits(inputs, plan, round_id, number)
    return replace(found, unheard=_unheard(store, inputs))


def _unheard(store: Store, inputs: PlanInputs) -> int:
    """How many own demands, of measures that ask for resources, are for a group that does not count."""
    measures, counted_groups = inputs.measures_by_id, inputs.groups_by_id
    return sum(
        not one.illustrative and one.group_id not in counted_groups and measures[one.measure_id].asks_for_resources
        for one in store.records(ResourceDemand)
    )


def problem_of(
    inputs: PlanInputs,
    values: Mapping[str, float],
    at_once: int | None,
    *,
    today: date,
    monthly: bool = False,
    pinned: frozenset[str] = frozenset(),
) -> PlanProblem:
    """The plan as a problem from the period around `today` on; raises RecordNotFound for an unknown pinned measure."""
    unknown = pinned - {measure.id for measure in inputs.measures}
    if unknown:
        raise RecordNotFound(kind=Measure.kind, id=min(unknown))
    first = month_of(today) if monthly else quarter_of(today)
    return plan_problem(inputs, horizon(inputs, first), values, pinned=pinned, at_once=at_once)


def judge_limits(inputs: PlanInputs, plan: PlanProblem, round_id: str | None, change_number: int) -> Limits:
    """What is too much in a plan, as it has its measures."""
    over = overloads(plan.problem, plan.starts)
    lacking = shortages(inputs.groups, plan.periods, over)
    parallel = most_at_once(plan.problem, plan.starts)
    return Limits(inputs, plan, over, lacking, worst_period(lacking), parallel, round_id, change_number)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Person-days that groups have free from one period to another, beside the measures that were left out of it."""

    days: float
    first: str
    last: str


def free_time(limits: Limits, beside: frozenset[str]) -> FreeTime | None:
    """What is free for some measures as long as they ask for time; None without a group, or if none of them asks.

    Capacity less the demand of all other measures, period by period and group by group: what one group has too much of
    another cannot use, so a group that is over counts as 0.
    """
    plan, groups = limits.plan, {group.id for group in limits.inputs.groups}
    asking = [plan.problem.candidates[one] for one in beside & plan.starts.keys()]
    if not groups or not asking:
        return None
    last = max(plan.starts[one.id] + one.duration for one in asking)
    others = {identifier: start for identifier, start in plan.starts.items() if identifier not in beside}
    matrix = demand_matrix(plan.problem, others)
    days = 0.0
    for row_, resource in enumerate(plan.problem.resources.values()):
        if resource.id in groups:
            days += sum(max(0.0, resource.capacity[index] - float(matrix[row_, index])) for index in range(last))
    return FreeTime(days, plan.periods[0], plan.periods[last - 1])


def find_relief(limits: Limits, seconds: float = SECONDS) -> Relief | NoRelief:
    """The fewest measures to postpone, slim or drop so that everything fits."""
    return relieve(limits.plan.problem, limits.plan.starts, seconds=seconds)


def most_parallel(store: Store) -> int | None:
    """How many measures the office wants to carry at once; None if it has set no limit."""
    limits = [plan.most_at_once for plan in store.records(Plan) if plan.most_at_once is not None]
    return min(limits, default=None)
