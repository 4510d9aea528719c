"""What load, money and limits are counted from, and what a scenario means for single records of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from metrics.domain.measures import Measure
from metrics.domain.refusals import ChangeNotPossible
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, ResourceDemand
from metrics.domain.scenarios import ScenarioChange


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """What load, money and limits are counted from."""

    groups: tuple[CapacityGroup, ...] = ()
    demands: tuple[ResourceDemand, ...] = ()
    pots: tuple[FundingPot, ...] = ()
    money_lines: tuple[MoneyLine, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def groups_by_id(self) -> dict[str, CapacityGroup]:
        """Capacity groups by id."""
        return {one.id: one for one in self.groups}

    @property
    def pots_by_id(self) -> dict[str, FundingPot]:
        """Funding pots by id."""
        return {one.id: one for one in self.pots}

    @property
    def measures_by_id(self) -> dict[str, Measure]:
        """Measures by id."""
        return {one.id: one for one in self.measures}


class ConsequenceKind(StrEnum):
    """What becomes of something in a scenario."""

    stopped = "stopped"
    moved = "moved"
    paused = "paused"
    money_lost = "money_lost"
    merged = "merged"
    no_time_left = "no_time_left"
    fewer_posts_than_named = "fewer_posts_than_named"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change means for a record, and the change that is why.

    `kind` and `id` name a measure (`stopped`, `moved`, `paused`), the money line that goes with its pot (`money_lost`,
    its measure in `measure_id`) or a capacity group (the others). `months`: how far it moves. `person_days` and `euros`
    are those that move or fall away. `fte`: full-time equivalents that were to go and never were there.
    """

    outcome: ConsequenceKind
    kind: str
    id: str
    change: ScenarioChange
    measure_id: str | None = None
    months: int = 0
    person_days: float = 0.0
    euros: float = 0.0
    fte: float = 0.0


EffectResult = tuple[PlanInputs, list[Consequence]]
"""What a change leaves, and what it means for single records."""


@contextmanager
def held_to_rules(change: ScenarioChange, kind: str, identifier: str) -> Iterator[None]:
    """Raise ChangeNotPossible, naming the record, where a change would break a rule of what it changes."""
    try:
        yield
    except (ValidationError, PydanticCustomError) as error:
        raise ChangeNotPossible(effect=change.effect, kind=kind, id=identifier) from error
