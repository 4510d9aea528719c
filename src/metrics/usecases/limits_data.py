"""Load and limits as plain data for machines: person-days, euros, full-time posts; shares 0–1."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from metrics.domain.load import Load, judge_load
from metrics.domain.portfolio.finding import WorstPeriod
from metrics.domain.portfolio.from_plan import POT
from metrics.domain.portfolio.moves import Move
from metrics.domain.portfolio.no_relief import NoRelief
from metrics.domain.portfolio.problem import Overload
from metrics.domain.portfolio.relief import Relief
from metrics.usecases.limits import Limits

Data = dict[str, Any]


def loads_of(limits: Limits) -> list[Load]:
    """The load of every group in every period."""
    found = judge_load(limits.inputs.groups, limits.inputs.demands, limits.plan.periods)
    return list(found.values())


def load_as_data(limits: Limits) -> Data:
    """The load of each group by period, and how it comes about."""
    return _stand(limits) | {"loads": [_load(one) for one in loads_of(limits)]}


def limits_as_data(limits: Limits, relief: Relief | NoRelief) -> Data:
    """What is too much, and the fewest measures whose change mends it."""
    plan = limits.plan
    return _stand(limits) | {
        "worst": _worst(limits.worst) if limits.worst else None,
        "shortages": [asdict(one) for one in limits.shortages],
        "overloads": [overload_as_data(limits, one) for one in limits.overloads],
        "at_once": {
            "limit": plan.problem.at_once,
            "most": limits.parallel.most,
            "beyond": [plan.periods[index] for index in limits.parallel.broken],
        },
        "broken_dependencies": [asdict(one) for one in limits.broken],
        **assumptions_as_data(limits),
        "relief": _relief(limits, relief),
    }


def assumptions_as_data(limits: Limits) -> Data:
    """What has to be known before one believes the limits: who counts how, who is left out, what is not held."""
    plan = limits.plan
    return {
        "values_from_round": limits.round_id,
        "estimated": sorted(plan.estimated),
        "left_out": {identifier: reason.value for identifier, reason in sorted(plan.left_out.items())},
        "unheard": limits.unheard,
        "unheld": [asdict(one) for one in plan.unheld],
        "money_aside": dict(sorted(plan.money_aside.items())),
        "begun": sorted(plan.begun),
    }


def overload_as_data(limits: Limits, found: Overload) -> Data:
    """A bucket that is asked for too much."""
    resource = limits.plan.problem.resources[found.bucket.resource_id]
    period = limits.plan.periods[resource.bucket_of.index(found.bucket.index)]
    is_pot = found.bucket.resource_id.startswith(POT)
    return {
        "kind": resource.kind.value,
        "id": found.bucket.resource_id.removeprefix(POT),
        "period": period[:4] if is_pot else period,
        "capacity": found.capacity,
        "demand": found.demand,
        "excess": found.excess,
        "demand_of": dict(found.demand_of),
    }


def move_as_data(limits: Limits, move: Move) -> Data:
    """What becomes of a measure, and what that costs."""
    return {
        "measure_id": move.candidate_id,
        "move": move.kind.value,
        "start": None if move.start is None else limits.plan.periods[move.start],
        "share": move.share,
        "loss": move.loss,
        "delay": move.delay,
        "goals_left_alone": list(limits.goals_left_alone(move)),
    }


def _stand(limits: Limits) -> Data:
    return {
        "periods": list(limits.plan.periods),
        "illustrative": limits.plan.illustrative,
        "change_number": limits.change_number,
    }


def _worst(found: WorstPeriod) -> Data:
    groups = [asdict(one) for one in found.groups]
    return {"period": found.period, "fte": found.fte, "days": found.days, "groups": groups}


def _load(found: Load) -> Data:
    return {
        "group_id": found.group_id,
        "period": found.period,
        "capacity": found.capacity,
        "demand": found.demand,
        "share": found.share,
        "band": found.band.value,
        "demand_of": dict(found.demand_of),
        "illustrative": found.illustrative,
    }


def _relief(limits: Limits, found: Relief | NoRelief) -> Data:
    if isinstance(found, NoRelief):
        return {
            "possible": False,
            "reason": found.reason.value,
            "kept": list(found.kept),
            "overloads": [overload_as_data(limits, one) for one in found.overloads],
            "dependencies": [asdict(one) for one in found.dependencies],
            "too_many_at_once": [limits.plan.periods[index] for index in found.periods],
        }
    return {
        "possible": True,
        "moves": [move_as_data(limits, move) for move in found.moves],
        "at_least": found.bound,
        "gap": found.gap,
        "proof": found.proof.value,
        "loss": found.loss,
        "delay": found.delay,
    }
