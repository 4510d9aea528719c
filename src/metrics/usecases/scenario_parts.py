"""A part of a scenario's proposals: what has to go along with it, and how the ledger tells how much was taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.domain.history import Change
from metrics.domain.measures import Measure
from metrics.domain.portfolio.plan_inputs import PlanInputs
from metrics.domain.portfolio.proposals import Proposal, carried_out
from metrics.domain.refusals import DemandOutsideMeasure
from metrics.domain.resources import ResourceDemand
from metrics.domain.scenarios import Scenario
from metrics.usecases.checking import check_demand

CARRY_OUT = "carry_out_scenario"
"""What the ledger calls the change that carries a scenario out."""
_REASON = re.compile(
    r"(?P<id>\S+) „(?P<title>.*)“: (?P<taken>\d+) von (?P<offered>\d+) Änderungen übernommen"
    r"(?:, nicht: (?P<left>\S+(?:, \S+)*))?"
)


@dataclass(frozen=True, slots=True)
class PartTaken:
    """How many of a scenario's proposals were taken over, and the ids of the records that stayed as they were."""

    title: str
    taken: int
    offered: int
    left: tuple[str, ...]


def belonging_to(inputs: PlanInputs, wanted: Sequence[Proposal], offered: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Which other proposals have to be chosen too, so that no demand lies outside its measure; often none."""
    chosen = list(wanted)
    while True:
        torn = set(_torn(carried_out(inputs, chosen)))
        more = [one for one in offered if (one.kind, one.id) in torn and one not in chosen]
        if not more:
            return tuple(chosen[len(wanted) :])
        chosen += more


def _torn(inputs: PlanInputs) -> Iterator[tuple[str, str]]:
    """Kind and id of each demand that lies outside its measure, and of the measure."""
    measures = inputs.measures_by_id
    for demand in inputs.demands:
        if demand.measure_id in measures:
            try:
                check_demand(measures[demand.measure_id], demand)
            except DemandOutsideMeasure:
                yield Measure.kind, demand.measure_id
                yield ResourceDemand.kind, demand.id


def reason_of(scenario: Scenario, wanted: Sequence[Proposal], offered: Sequence[Proposal]) -> str:
    """The ledger's reason: the scenario's id first, for `carried_out_by` looks for it, then how much was taken over."""
    told = f"{scenario.id} „{scenario.title}“: {len(wanted)} von {len(offered)} Änderungen übernommen"
    left = ", ".join(one.id for one in offered if one not in wanted)
    return f"{told}, nicht: {left}" if left else told


def part_taken(change: Change) -> PartTaken | None:
    """What the ledger's reason says of a scenario that was carried out; None if it does not say how much."""
    found = _REASON.fullmatch(change.reason or "")
    if found is None:
        return None
    left = found["left"]
    return PartTaken(
        found["title"], int(found["taken"]), int(found["offered"]), tuple(left.split(", ")) if left else ()
    )
