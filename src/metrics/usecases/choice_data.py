"""A choice of measures as plain data for machines."""

from __future__ import annotations

import math
from typing import Any

from metrics.domain.portfolio.conflict import Conflict
from metrics.domain.portfolio.from_plan import POT
from metrics.domain.portfolio.problem import Bucket
from metrics.domain.portfolio.reasons import Reasons, Rejection
from metrics.usecases.limits import Limits
from metrics.usecases.limits_data import assumptions_as_data, overload_as_data
from metrics.usecases.optimising import Answer

Data = dict[str, Any]


def choice_as_data(limits: Limits, answer: Answer) -> Data:
    """Who is taken when, how good that is, what is full, and what each measure left out would displace."""
    choice, plan = answer.choice, limits.plan
    return {
        "periods": list(plan.periods),
        "illustrative": plan.illustrative,
        "change_number": limits.change_number,
        **assumptions_as_data(limits),
        "solver": answer.solver.value,
        "status": choice.status.value,
        "value": choice.value,
        "bound": finite(choice.bound),
        "gap": finite(choice.gap),
        "starts": {identifier: plan.periods[start] for identifier, start in sorted(choice.starts.items())},
        "planned_starts": {identifier: plan.periods[start] for identifier, start in sorted(plan.starts.items())},
        **_reasons(limits, answer.reasons),
        "conflict": _conflict(limits, answer.conflict) if answer.conflict else None,
    }


def finite(number: float) -> float | None:
    """A number that JSON can hold; None for what is not known."""
    return number if math.isfinite(number) else None


def _reasons(limits: Limits, found: Reasons | None) -> Data:
    if found is None:
        return {"binding": [], "rejected": []}
    binding = [
        {
            **_bucket(limits, one.bucket),
            "capacity": one.capacity,
            "free": one.free,
            "wanted_by": dict(one.wanted_by),
        }
        for one in found.binding
    ]
    return {"binding": binding, "rejected": [_rejection(limits, one) for one in found.rejected]}


def _rejection(limits: Limits, found: Rejection) -> Data:
    periods = limits.plan.periods
    return {
        "measure_id": found.candidate,
        "obstacle": found.obstacle.value,
        "loss": found.loss,
        "drops": list(found.drops),
        "moves": {one: [periods[start], periods[to]] for one, (start, to) in (found.moves or {}).items()},
        "adds": list(found.adds),
        "is_least": found.is_least,
        "conflict": _conflict(limits, found.conflict) if found.conflict else None,
    }


def _conflict(limits: Limits, found: Conflict) -> Data:
    return {
        "kind": found.kind.value,
        "measures": list(found.measures),
        "overloads": [overload_as_data(limits, one) for one in found.overloads],
        "circle": list(found.circle),
        "after": [list(pair) for pair in found.after],
        "requires": [list(pair) for pair in found.requires],
        "excludes": [list(pair) for pair in found.excludes],
        "at_once": found.at_once,
        "is_smallest": found.is_smallest,
    }


def _bucket(limits: Limits, bucket: Bucket) -> Data:
    resource = limits.plan.problem.resources[bucket.resource_id]
    period = limits.plan.periods[resource.bucket_of.index(bucket.index)]
    return {
        "kind": resource.kind.value,
        "id": bucket.resource_id.removeprefix(POT),
        "period": period[:4] if bucket.resource_id.startswith(POT) else period,
    }
