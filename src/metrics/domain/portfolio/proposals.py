"""A chosen scenario as proposed changes to the plan's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from metrics.domain.base import Record
from metrics.domain.measures import Measure
from metrics.domain.portfolio.changed import replaced
from metrics.domain.portfolio.layer import PlanInputs, applied
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, ResourceDemand
from metrics.domain.scenarios import ScenarioChange

FIELD_OF = MappingProxyType(
    {
        Measure.kind: "measures",
        CapacityGroup.kind: "groups",
        FundingPot.kind: "pots",
        ResourceDemand.kind: "demands",
        MoneyLine.kind: "money_lines",
    }
)
"""Where `PlanInputs` has the records of a kind; nothing refers to a later kind."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field and its values before and after; None on the side on which there is no record, or no value."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record as it is and as it should be: `before` None: to be created, `after` None: to be withdrawn."""

    kind: str
    id: str
    before: Record | None
    after: Record | None
    differences: tuple[FieldDifference, ...]


def proposals(inputs: PlanInputs, changes: Iterable[ScenarioChange], today: date) -> tuple[Proposal, ...]:
    """What would have to change in the plan for a scenario to come true; raises what `layered` raises.

    In an order in which it can be stored: what is changed and created by kind, then what is withdrawn, the kinds that
    refer to others first. Only demands and money are ever withdrawn, and nothing refers to them.
    """
    return between(inputs, applied(inputs, changes, today))


def between(before: PlanInputs, after: PlanInputs) -> tuple[Proposal, ...]:
    """The proposals that lead from one state of the plan's records to another."""
    stored: list[Proposal] = []
    withdrawn: list[Proposal] = []
    for kind, name in FIELD_OF.items():
        old = {one.id: one for one in getattr(before, name)}
        new = {one.id: one for one in getattr(after, name)}
        stored += [_proposal(kind, old.get(one.id), one) for one in new.values() if old.get(one.id) != one]
        withdrawn += [_proposal(kind, one, None) for one in old.values() if one.id not in new]
    return (*stored, *reversed(withdrawn))


def carried_out(inputs: PlanInputs, proposed: Iterable[Proposal]) -> PlanInputs:
    """The plan's records with proposals carried out."""
    proposed = tuple(proposed)
    for kind, name in FIELD_OF.items():
        own = [one for one in proposed if one.kind == kind]
        after = {one.id: one.after for one in own if one.before is not None}
        new = [one.after for one in own if one.before is None and one.after is not None]
        inputs = replace(inputs, **{name: replaced(getattr(inputs, name), after, new)})
    return inputs


def _proposal(kind: str, before: Record | None, after: Record | None) -> Proposal:
    known = after if after is not None else before
    assert known is not None
    differences = tuple(
        FieldDifference(name, getattr(before, name, None), getattr(after, name, None))
        for name in type(known).model_fields
        if name != "id" and getattr(before, name, None) != getattr(after, name, None)
    )
    return Proposal(kind, known.id, before, after, differences)
