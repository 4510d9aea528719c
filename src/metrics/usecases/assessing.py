"""The judged plan: every indicator against its targets, every goal with its total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment, assess_indicator
from metrics.domain.progress.outcome import NotComputable, Point
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.targets import Target
from metrics.store.ledger import Store

WINDOW = 12
"""Newest points of each indicator that are kept for judging and for spark lines; the rule itself needs six."""
ASSESSED_KINDS = ("goal", "indicator", "target", "reading")


@dataclass(frozen=True, slots=True)
class PlanAssessment:
    """All judgements of a day. `totals` leave illustrative values out unless they were asked for."""

    today: date
    change_number: int
    include_illustrative: bool
    indicators: dict[str, IndicatorAssessment]
    totals: dict[str, GoalTotal]


def assess_indicators(store: Store, today: date) -> dict[str, IndicatorAssessment]:
    """Judge every indicator on a day, in order of id."""
    series: dict[str, list[Point]] = defaultdict(list)
    for row in store.connection.tuples("reading_window", {"today": today, "window": WINDOW}):
        series[row[0]].append(Point(*row[1:8]))
    targets: dict[str, list[Target]] = defaultdict(list)
    for entry in store.current("target"):
        assert isinstance(entry.record, Target)
        targets[entry.record.indicator_id].append(entry.record)
    found = {}
    for recorded in store.current("indicator"):
        indicator = recorded.record
        assert isinstance(indicator, Indicator)
        found[indicator.id] = assess_indicator(indicator, targets[indicator.id], series[indicator.id], today)
    return found


def assess_plan(store: Store, today: date, *, include_illustrative: bool = False) -> PlanAssessment:
    """Judge the whole plan on a day."""
    number = store.change_number(*ASSESSED_KINDS)
    indicators = assess_indicators(store, today)
    goals = [entry.record for entry in store.current("goal") if isinstance(entry.record, Goal)]
    totals = total_goals(goals, indicators.values(), include_illustrative=include_illustrative)
    return PlanAssessment(today, number, include_illustrative, indicators, totals)


def as_data(assessment: PlanAssessment) -> dict[str, Any]:
    """The judgement as plain data for machines: shares 0–1, dates ISO, reasons by their code."""
    return {
        "today": assessment.today.isoformat(),
        "change_number": assessment.change_number,
        "include_illustrative": assessment.include_illustrative,
        "indicators": [_indicator_data(found) for found in assessment.indicators.values()],
        "goals": [_outcome_data(total) for total in assessment.totals.values()],
    }


def _indicator_data(found: IndicatorAssessment) -> dict[str, Any]:
    last = found.last
    return {
        "indicator_id": found.indicator.id,
        "unit": found.indicator.unit,
        "territory": found.indicator.territory,
        "freshness": found.freshness.value,
        "due": found.due.isoformat() if found.due else None,
        "last": _outcome_data(last) if last else None,
        "attainment": _outcome_data(found.attainment),
        "course": _outcome_data(found.course),
        "targets": [_target_data(verdict) for verdict in found.targets],
    }


def _target_data(verdict: TargetAssessment) -> dict[str, Any]:
    return {
        "target_id": verdict.target.id,
        "demand": verdict.target.demand.model_dump(mode="json"),
        "illustrative": verdict.illustrative,
        "attainment": _outcome_data(verdict.attainment),
        "course": _outcome_data(verdict.course),
    }


def _outcome_data(outcome: Any) -> Any:
    """A dataclass as plain data; a NotComputable says so by its key."""
    if isinstance(outcome, NotComputable):
        return {"not_computable": outcome.reason.value, "have": outcome.have, "need": outcome.need}
    data = asdict(outcome)
    if "attainment" in data:
        data["attainment"] = _plain(outcome.attainment)
    return _plain(data)


def _plain(value: Any) -> Any:
    if isinstance(value, NotComputable):
        return _outcome_data(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
