"""Scenarios side by side as plain data for machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from metrics.domain.portfolio.comparison import Outlook
from metrics.domain.refusals import Refusal
from metrics.domain.scenarios import Scenario
from metrics.locale.catalogue import Language
from metrics.locale.words import refusal_sentence
from metrics.usecases.scenarios import Comparison, Examined

Data = dict[str, Any]


def comparison_as_data(found: Comparison) -> Data:
    """The plan first, then each scenario: load, money, effect on goals, and what falls out or moves."""
    return _data(found, (_scenario(scenario) | _outlook(outlook) for scenario, outlook in found.pairs))


def examined_as_data(found: Examined, language: Language) -> Data:
    """As `comparison_as_data`; a scenario that cannot be carries `refused` with code and sentence instead."""
    return _data(
        found.comparison,
        (
            _scenario(one) | (_refused(told, language) if isinstance(told, Refusal) else _outlook(told))
            for one, told in found.pairs
        ),
    )


def _data(found: Comparison, scenarios: Iterable[Data]) -> Data:
    return {
        "periods": list(found.periods),
        "change_number": found.change_number,
        "values_from_round": found.round_id,
        "plan": _outlook(found.outlooks[0]),
        "scenarios": list(scenarios),
    }


def _refused(refusal: Refusal, language: Language) -> Data:
    return {"refused": {"code": refusal.code, "sentence": refusal_sentence(refusal, language)}}


def _scenario(scenario: Scenario) -> Data:
    told = scenario.model_dump(mode="json", exclude_none=True)
    kept = ("id", "title", "state", "changes", "reason", "decided_by", "decided_on")
    return {name: told[name] for name in kept if name in told}


def _outlook(found: Outlook) -> Data:
    peak = found.peak
    return {
        "peak": peak
        and {
            "group_id": peak.group_id,
            "period": peak.period,
            "demand": peak.demand,
            "capacity": peak.capacity,
            "share": peak.share,
        },
        "excess_days": found.excess_days,
        "overloads": found.overloads,
        "missing_fte": found.missing_fte,
        "shortfall": found.shortfall,
        "money": [asdict(one) | {"lacking": one.lacking} for one in found.money],
        "goal_effect": {
            "total": found.goal_effect.total,
            "by_goal": dict(found.goal_effect.by_goal),
            "without_value": list(found.goal_effect.without_value),
        },
        "consequences": [
            {
                "outcome": one.outcome.value,
                "kind": one.kind,
                "id": one.id,
                "measure_id": one.measure_id,
                "months": one.months,
                "person_days": one.person_days,
                "euros": one.euros,
                "fte": one.fte,
                "effect": one.change.effect.value,
            }
            for one in found.consequences
        ],
        "illustrative": found.illustrative,
    }
