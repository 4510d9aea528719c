"""What was first promised: the first dates of each measure and its milestones, against the dates they have now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain.base import Evidence
from metrics.domain.measures import Measure
from metrics.domain.scheduling.slippage import Slippage, slippage
from metrics.domain.scheduling.why_not import WhyNot
from metrics.store.ledger import Store


@dataclass(frozen=True, slots=True)
class Promise:
    """The first dates of a measure, as partial dates; `due` of its milestones by their title."""

    starts: str | None
    ends: str | None
    due: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MeasureSlippage:
    """How far a measure's end, and each of its milestones by title, have moved since they were first promised."""

    promise: Promise
    end: Slippage | WhyNot
    milestones: Mapping[str, Slippage | WhyNot]


NO_PROMISE = Promise(None, None, {})


def first_promises(store: Store) -> dict[str, Promise]:
    """The first date that each measure of the ledger was given, by id; read at once for all.

    Dates of invented versions are no promise of a real measure, nor the other way round: what counts is the first
    version of the sort that the newest one is.
    """
    versions: dict[str, list[Mapping[str, str | None]]] = {}
    for row in store.connection.rows("measure_promises", {}):
        versions.setdefault(row["id"], []).append(row)
    return {identifier: _promise(own) for identifier, own in versions.items()}


def slipped(measure: Measure, promise: Promise, today: date) -> MeasureSlippage:
    """A measure's slippage on a day; a milestone that was renamed counts as a new one.

    Milestones that have their title in common cannot be told apart and are left out. The end of an ended measure is
    not judged: the plan keeps no day on which it really ended.
    """
    end = WhyNot.no_date if measure.ended else slippage(promise.ends, measure.ends, None, today)
    count = Counter(step.title for step in measure.milestones)
    steps = {
        step.title: slippage(promise.due.get(step.title), step.due, step.done_on, today)
        for step in measure.milestones
        if count[step.title] == 1
    }
    return MeasureSlippage(promise, end, steps)


def _promise(versions: list[Mapping[str, str | None]]) -> Promise:
    illustrative = versions[-1]["evidence"] == Evidence.illustrative
    own = [one for one in versions if (one["evidence"] == Evidence.illustrative) is illustrative]
    due: dict[str, str] = {}
    for one in own:
        for step in json.loads(one["milestones"] or "[]"):
            if step.get("due"):
                due.setdefault(step["title"], step["due"])
    return Promise(_first(own, "starts"), _first(own, "ends"), due)


def _first(versions: list[Mapping[str, str | None]], field: str) -> str | None:
    return next((one[field] for one in versions if one[field]), None)
