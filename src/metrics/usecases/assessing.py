"""The judged plan: every indicator against its targets, every goal with its total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment, assess_indicator
from metrics.domain.progress.outcome import NotComputable, Point
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.targets import Target
from metrics.store.ledger import Store

WINDOW = 8
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


def gather_series(store: Store, today: date) -> dict[str, list[Point]]:
    """The points that decide, oldest first, of every indicator that has any; none later than `today`."""
    series: dict[str, list[Point]] = defaultdict(list)
    for row in store.connection.tuples("reading_window", {"today": today, "window": WINDOW}):
        series[row[0]].append(Point._make(row[1:8]))
    return series


def assess_indicators(
    indicators: Iterable[Indicator], targets: Iterable[Target], series: Mapping[str, Sequence[Point]], today: date
) -> dict[str, IndicatorAssessment]:
    """Judge indicators on a day, by id in the order given."""
    targets_of: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        targets_of[target.indicator_id].append(target)
    return {
        indicator.id: assess_indicator(indicator, targets_of[indicator.id], series.get(indicator.id, ()), today)
        for indicator in indicators
    }


def assess_plan(store: Store, today: date, *, include_illustrative: bool = False) -> PlanAssessment:
    """Judge the whole plan on a day."""
    number = store.change_number(*ASSESSED_KINDS)
    series = gather_series(store, today)
    indicators = assess_indicators(store.records(Indicator), store.records(Target), series, today)
    goals = store.records(Goal)
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
        "title": found.indicator.title,
        "unit": found.indicator.unit,
        "territory": found.indicator.territory,
        "freshness": found.freshness.value,
        "due": found.due.isoformat() if found.due else None,
        "last": _plain(last),
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
    return {field.name: _plain(getattr(outcome, field.name)) for field in fields(outcome)}


def _plain(value: Any) -> Any:
    if isinstance(value, NotComputable):
        return _outcome_data(value)
    if isinstance(value, Point):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
