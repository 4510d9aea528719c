"""Scenarios: what if the office had more posts, less money, a shock, or another form of organisation.

A scenario is a layer of changes over the plan; the plan itself is not touched (see `metrics.domain.portfolio.layer`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    Lines,
    MeasureId,
    OptionalLine,
    OptionalPartialDate,
    OptionalText,
    Record,
    Title,
    Value,
    refuse_backwards,
)
from metrics.domain.resources import CapacityGroupId, FundingPotId


class ScenarioState(StrEnum):
    """How far a scenario has come."""

    draft = "draft"
    examined = "examined"
    recommended = "recommended"
    comparison_case = "comparison_case"
    chosen = "chosen"
    rejected = "rejected"


OUTCOMES = (ScenarioState.chosen, ScenarioState.rejected)
"""The states that a decision gives; the others are set by whoever works at a scenario."""


class ScenarioEffect(StrEnum):
    """What a change does to the plan."""

    posts = "posts"
    base_load = "base_load"
    groups_merged = "groups_merged"
    funding_ends = "funding_ends"
    funding = "funding"
    measure_stopped = "measure_stopped"
    measure_postponed = "measure_postponed"
    rest_mode = "rest_mode"


NEEDED: Mapping[ScenarioEffect, tuple[str, ...]] = {
    ScenarioEffect.posts: ("group_id", "amount"),
    ScenarioEffect.base_load: ("amount",),
    ScenarioEffect.groups_merged: ("group_id", "into_group_id"),
    ScenarioEffect.funding_ends: ("pot_id", "starts"),
    ScenarioEffect.funding: ("pot_id", "amount"),
    ScenarioEffect.measure_stopped: ("measure_id",),
    ScenarioEffect.measure_postponed: ("measure_id", "quarters"),
    ScenarioEffect.rest_mode: ("starts",),
}
"""Fields without which a change says nothing."""

MORE: Mapping[ScenarioEffect, tuple[str, ...]] = {
    ScenarioEffect.posts: ("starts", "until"),
    ScenarioEffect.base_load: ("group_id", "starts", "until"),
    ScenarioEffect.groups_merged: ("starts",),
    ScenarioEffect.funding_ends: (),
    ScenarioEffect.funding: ("starts", "until"),
    ScenarioEffect.measure_stopped: ("starts", "until"),
    ScenarioEffect.measure_postponed: ("starts",),
    ScenarioEffect.rest_mode: ("until",),
}
"""Fields that a change may have beyond those; an effect without `until` is for good."""


class ScenarioChange(Value):
    """One change of a scenario, from the day `starts` to the day `until`; without them from the beginning, for good.

    `amount`: full-time equivalents more or less (`posts`), a share more or less of the Grundlast (`base_load`, 0.2 for
    a fifth more), euros a year more or less (`funding`). `base_load` without a group holds for all. In `rest_mode` only
    mandatory measures go on. `groups_merged`: the posts and demands of one group become those of another. What an
    effect does not use must be empty.
    """

    effect: ScenarioEffect
    measure_id: MeasureId | None = None
    group_id: CapacityGroupId | None = None
    into_group_id: CapacityGroupId | None = None
    pot_id: FundingPotId | None = None
    starts: OptionalPartialDate = None
    until: OptionalPartialDate = None
    amount: Annotated[float, Field(ge=-1e12, le=1e12)] | None = None
    quarters: Annotated[int, Field(ge=1, le=80)] | None = None

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> ScenarioChange:
        refuse_backwards(self.starts, self.until)
        for name in NEEDED[self.effect]:
            if getattr(self, name) is None:
                raise PydanticCustomError(
                    "scenario_change_lacks",
                    "{effect} needs {field}",
                    {"effect": self.effect.value, "kind": "scenario_change", "field": name},
                )
        return self

    @model_validator(mode="after")
    def _says_nothing_in_vain(self) -> ScenarioChange:
        used = ("effect", *NEEDED[self.effect], *MORE[self.effect])
        for name in type(self).model_fields:
            if name not in used and getattr(self, name) is not None:
                raise PydanticCustomError(
                    "scenario_change_does_not_use",
                    "{effect} does not use {field}",
                    {"effect": self.effect.value, "kind": "scenario_change", "field": name},
                )
        return self


class Scenario(Record):
    """A named what-if over the plan; a decision on it carries a reason, who decided, and when."""

    kind: ClassVar[str] = "scenario"

    title: Title
    state: ScenarioState = ScenarioState.draft
    description: OptionalText = None
    changes: tuple[ScenarioChange, ...] = ()
    discussion: Lines = ()
    reason: OptionalText = None
    decided_by: OptionalLine = None
    decided_on: date | None = None
