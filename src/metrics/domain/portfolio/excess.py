"""How far measures that all have to be taken exceed some buckets at the least."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics.domain.portfolio.formulation import formulate
from metrics.domain.portfolio.problem import Bucket, Overload, Problem, Resource, Starts
from metrics.domain.portfolio.windows import demand_by_bucket, most

_SECONDS = 2.0


def least_excess(problem: Problem, buckets: tuple[Bucket, ...]) -> tuple[Overload, ...]:
    """The overloads of these buckets where Σ excess ÷ capacity is least; all other rules are kept.

    A bucket without capacity counts its excess in its own unit. Empty if the other rules cannot be kept either, or
    nothing was found in time.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    wide = _widened(problem, buckets)
    form = formulate(wide)
    if form is None or not form.columns:
        return ()
    place = {bucket: index for index, bucket in enumerate(buckets)}
    capacity = {bucket: problem.resources[bucket.resource_id].capacity[bucket.index] for bucket in buckets}
    coefficients, lower, upper = form.matrix()
    scales = [row.upper for row in form.rows]
    spare = np.zeros((len(form.rows), len(buckets)))
    for number, row in enumerate(form.rows):
        if row.bucket in place:
            spare[number, place[row.bucket]] = -(capacity[row.bucket] or 1.0) / scales[number]
            upper[number] = capacity[row.bucket] / scales[number]
    whole = hstack([coefficients, csr_array(spare)], format="csr")
    cost = np.concatenate([np.zeros(len(form.columns)), np.ones(len(buckets))])
    integrality = np.concatenate([np.ones(len(form.columns)), np.zeros(len(buckets))])
    found = milp(
        cost,
        constraints=[LinearConstraint(whole, lower, upper)],
        bounds=Bounds(0, np.concatenate([np.ones(len(form.columns)), np.full(len(buckets), np.inf)])),
        integrality=integrality,
        options={"time_limit": _SECONDS},
    )
    if found.x is None:
        return ()
    starts = form.starts(found.x[: len(form.columns)])
    overloads = (_overload(problem, bucket, starts) for bucket in buckets)
    return tuple(one for one in overloads if one.demand > most(one.capacity))


def _widened(problem: Problem, buckets: tuple[Bucket, ...]) -> Problem:
    """The problem with so much in these buckets that all demand fits, as a finite number."""
    demand = {
        resource: sum(sum(candidate.demand.get(resource, ())) for candidate in problem.candidates.values()) + 1
        for resource in problem.resources
    }

    def wide(resource: Resource) -> Resource:
        chosen = {bucket.index for bucket in buckets if bucket.resource_id == resource.id}
        capacity = tuple(
            amount + demand[resource.id] if index in chosen else amount
            for index, amount in enumerate(resource.capacity)
        )
        return replace(resource, capacity=capacity)

    return replace(problem, resources={name: wide(resource) for name, resource in problem.resources.items()})


def _overload(problem: Problem, bucket: Bucket, starts: Starts) -> Overload:
    resource = problem.resources[bucket.resource_id]
    asked = {
        name: demand_by_bucket(problem.candidates[name], resource, start).get(bucket.index, 0.0)
        for name, start in starts.items()
    }
    ordered = {name: amount for name, amount in sorted(asked.items(), key=lambda one: (-one[1], one[0])) if amount}
    return Overload(bucket, resource.capacity[bucket.index], sum(ordered.values()), ordered)
