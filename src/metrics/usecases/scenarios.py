"""Scenarios: compared with the plan, talked over, decided with a reason, and carried out as proposed changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from metrics.domain.history import Change
from metrics.domain.periods import quarter_of
from metrics.domain.portfolio.comparison import Outlook, compared, outlook
from metrics.domain.portfolio.from_plan import horizon
from metrics.domain.portfolio.plan_inputs import PlanInputs
from metrics.domain.portfolio.proposals import Proposal, carried_out, proposals
from metrics.domain.refusals import (
    AlreadyCarriedOut,
    ChangeNotPossible,
    ChangesBelongTogether,
    DecidedInTheFuture,
    NothingToCarryOut,
    RecordNotFound,
    Refusal,
    ScenarioNamesUnknown,
    ScenarioNeedsDecision,
    ScenarioNotChosen,
    SomebodyElseWasFaster,
)
from metrics.domain.scenarios import OUTCOMES, Scenario, ScenarioState
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_demand, check_measure, check_owned
from metrics.usecases.limits import plan_inputs, values_of_measures
from metrics.usecases.scenario_parts import CARRY_OUT, belonging_to, reason_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan and the scenarios over the same quarters; `outlooks` begin with the plan."""

    inputs: PlanInputs
    scenarios: tuple[Scenario, ...]
    outlooks: tuple[Outlook, ...]
    periods: tuple[str, ...]
    round_id: str | None
    change_number: int

    @property
    def pairs(self) -> tuple[tuple[Scenario, Outlook], ...]:
        """Each scenario with what it comes to."""
        return tuple(zip(self.scenarios, self.outlooks[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided on a scenario: chosen or rejected, why, by whom and when."""

    state: ScenarioState
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Examined:
    """Every scenario that changes something: compared, or by id why it cannot be, or the change that carried it out.

    `pairs`: what is compared or refused, in order of id.
    """

    comparison: Comparison
    refused: Mapping[str, Refusal]
    carried_out: Mapping[str, Change]
    pairs: tuple[tuple[Scenario, Outlook | Refusal], ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all scenarios of a comparison are held against."""

    inputs: PlanInputs
    values: Mapping[str, float]
    periods: tuple[str, ...]
    round_id: str | None
    change_number: int

    def compared(self, scenarios: Sequence[Scenario], outlooks: Sequence[Outlook]) -> Comparison:
        return Comparison(
            self.inputs, tuple(scenarios), tuple(outlooks), self.periods, self.round_id, self.change_number
        )


def compare_scenarios(
    store: Store, ids: Sequence[str], *, by: Person, today: date, include_illustrative: bool = False
) -> Comparison:
    """Hold the scenarios of these ids against the plan; `examine_scenarios` does it for all.

    Raises NotAllowed, RecordNotFound, and what a layer refuses (ScenarioNamesUnknown, ChangeNotPossible).
    """
    require(by, Right.read_plan)
    ground = _ground(store, by, today, include_illustrative)
    scenarios = tuple(find_scenario(store, one) for one in ids)
    return ground.compared(scenarios, compared(ground.inputs, scenarios, ground.periods, ground.values, today))


def examine_scenarios(store: Store, *, by: Person, today: date, include_illustrative: bool = False) -> Examined:
    """Hold every scenario that changes something against the plan; one that cannot be is no hindrance to the others.

    A scenario that was carried out is part of the plan; held against it, it would count twice. Raises NotAllowed.
    """
    require(by, Right.read_plan)
    ground = _ground(store, by, today, include_illustrative)
    plan = outlook(ground.inputs, (), ground.periods, ground.values, today)
    compared_ones: list[tuple[Scenario, Outlook]] = []
    pairs: list[tuple[Scenario, Outlook | Refusal]] = []
    refused: dict[str, Refusal] = {}
    done: dict[str, Change] = {}
    for one in store.records(Scenario):
        change = carried_out_by(store, one.id)
        if change is not None:
            done[one.id] = change
        elif one.changes:
            try:
                found = outlook(ground.inputs, one.changes, ground.periods, ground.values, today, one.id)
            except (ScenarioNamesUnknown, ChangeNotPossible) as refusal:
                refused[one.id] = refusal
                pairs.append((one, refusal))
            else:
                compared_ones.append((one, found))
                pairs.append((one, found))
    outlooks = [plan, *(found for _one, found in compared_ones)]
    comparison = ground.compared([one for one, _found in compared_ones], outlooks)
    return Examined(comparison, refused, done, tuple(pairs))


def _ground(store: Store, by: Person, today: date, include_illustrative: bool) -> _Ground:
    number = store.change_number()
    inputs = plan_inputs(store, include_illustrative=include_illustrative)
    values, round_id = values_of_measures(store, by=by)
    return _Ground(inputs, values, horizon(inputs, quarter_of(today)), round_id, number)


def find_scenario(store: Store, scenario_id: str) -> Scenario:
    """The scenario of an id; raises RecordNotFound."""
    entry = store.newest(Scenario.kind, scenario_id)
    if entry.withdrawn or not isinstance(entry.record, Scenario):
        raise RecordNotFound(kind=Scenario.kind, id=scenario_id)
    return entry.record


def discuss(store: Store, scenario_id: str, expected_version: int, said: str, *, by: Person, at: datetime) -> int:
    """Add what was said about a scenario; raises NotAllowed, SomebodyElseWasFaster, pydantic's ValidationError."""
    require(by, Right.edit_plan)
    scenario = find_scenario(store, scenario_id)
    changed = Scenario.model_validate(scenario.model_dump() | {"discussion": (*scenario.discussion, said)})
    with store.change(by=by.name, at=at, action="revise_scenario", reason=None) as writing:
        return writing.revise(changed, expected_version)


def decide_scenario(
    store: Store,
    scenario_id: str,
    expected_version: int,
    verdict: Verdict,
    *,
    by: Person,
    at: datetime,
    today: date,
) -> int:
    """Choose or reject a scenario, with a reason; the plan stays as it is.

    Raises NotAllowed, ScenarioNeedsDecision (neither chosen nor rejected, no reason, nobody who decided),
    DecidedInTheFuture, AlreadyCarriedOut, SomebodyElseWasFaster.
    """
    require(by, Right.decide_priorities)
    if verdict.state not in OUTCOMES:
        raise ScenarioNeedsDecision(field="state")
    for field in ("reason", "decided_by"):
        if not getattr(verdict, field).strip():
            raise ScenarioNeedsDecision(field=field)
    if verdict.decided_on > today:
        raise DecidedInTheFuture(decided_on=verdict.decided_on, today=today)
    scenario = find_scenario(store, scenario_id)
    told = {name: getattr(verdict, name) for name in ("state", "reason", "decided_by", "decided_on")}
    decided = Scenario.model_validate(scenario.model_dump() | told)
    with store.change(by=by.name, at=at, action="decide_scenario", reason=verdict.reason) as writing:
        _refuse_second_time(store, scenario)
        return writing.revise(decided, expected_version)


def proposals_of(store: Store, scenario_id: str, *, by: Person, today: date) -> tuple[Proposal, ...]:
    """What would have to change in the plan's records for a scenario to come true.

    Examples count here only if the scenario itself is one. Raises NotAllowed, RecordNotFound, and what a layer refuses.
    """
    require(by, Right.read_plan)
    scenario = find_scenario(store, scenario_id)
    inputs = plan_inputs(store, include_illustrative=scenario.illustrative)
    return proposals(inputs, scenario.changes, today)


def carried_out_by(store: Store, scenario_id: str) -> Change | None:
    """The change that carried a scenario out; None if that has not been done."""
    rows = store.connection.rows("carried_out", {"id": scenario_id})
    if not rows:
        return None
    row = rows[0]
    return Change(row["change_no"], row["recorded_at"], row["recorded_by"], row["action"], row["reason"])


def carry_out_scenario(
    store: Store,
    scenario_id: str,
    chosen: Mapping[tuple[str, str], int],
    *,
    by: Person,
    at: datetime,
    today: date,
) -> int:
    """Store proposed changes of a chosen scenario, all of them or none, and return how many.

    `chosen`: (kind, id) of the proposals to the version that was seen; 0 for a record that is new. It is done once,
    for a second time would add posts or money again. Raises NotAllowed, ScenarioNotChosen, AlreadyCarriedOut,
    NothingToCarryOut, ChangesBelongTogether, SomebodyElseWasFaster, and what `check_measure`, `check_demand` and
    `check_owned` raise.
    """
    require(by, Right.edit_plan)
    version, scenario = store.newest(Scenario.kind, scenario_id).version, find_scenario(store, scenario_id)
    if scenario.state is not ScenarioState.chosen:
        raise ScenarioNotChosen(title=scenario.title)
    _refuse_second_time(store, scenario)
    offered = proposals_of(store, scenario_id, by=by, today=today)
    wanted = [one for one in offered if (one.kind, one.id) in chosen]
    if not wanted:
        raise NothingToCarryOut(title=scenario.title)
    inputs = plan_inputs(store, include_illustrative=scenario.illustrative)
    others = belonging_to(inputs, wanted, offered)
    if others:
        raise ChangesBelongTogether(together=[(one.kind, one.id) for one in others])
    _check(carried_out(inputs, wanted))
    for one in wanted:
        if one.after:
            check_owned(one.after, one.before)
    reason = reason_of(scenario, wanted, offered)
    with store.change(by=by.name, at=at, action=CARRY_OUT, reason=reason) as writing:
        _refuse_if_changed(store, scenario, version)
        seen = {(one.kind, one.id): chosen[one.kind, one.id] for one in wanted}
        writing.write_all(
            [one.after for one in wanted if one.after and not one.before],
            [(one.after, seen[one.kind, one.id]) for one in wanted if one.after and one.before],
        )
        for one in wanted:
            if one.before and not one.after:
                writing.withdraw(one.before, seen[one.kind, one.id])
    return len(wanted)


def _refuse_second_time(store: Store, scenario: Scenario) -> None:
    done = carried_out_by(store, scenario.id)
    if done is not None:
        raise AlreadyCarriedOut(title=scenario.title, number=done.number)


def _refuse_if_changed(store: Store, seen: Scenario, version: int) -> None:
    """Nobody else writes while this is asked."""
    _refuse_second_time(store, seen)
    actual = store.newest(Scenario.kind, seen.id).version
    if actual != version:
        raise SomebodyElseWasFaster(kind=Scenario.kind, id=seen.id, expected=version, actual=actual)


def _check(inputs: PlanInputs) -> None:
    """Refuse a part of the proposals that would leave the plan in the wrong: a demand outside its measure, a circle."""
    measures = inputs.measures_by_id
    for measure in inputs.measures:
        check_measure(measures, measure)
    for demand in inputs.demands:
        if demand.measure_id in measures:
            check_demand(measures[demand.measure_id], demand)
