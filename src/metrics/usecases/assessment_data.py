"""A judged plan as plain data for machines: shares 0–1, dates ISO, reasons by their code and as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from metrics.domain.progress.assessment import (
    IndicatorAssessment,
    TargetAssessment,
    courses_side_by_side,
    earlier_courses,
    rules_disagree,
)
from metrics.domain.progress.forecast import expected_year, forecast
from metrics.domain.progress.outcome import Attainment, CourseVerdict, NotComputable, Point
from metrics.domain.progress.rollup import GoalTotal
from metrics.domain.progress.rules import Rule
from metrics.locale.catalogue import Language
from metrics.locale.words import obstacle_sentence, rule_reason, target_attainment_sentence
from metrics.usecases.assessing import PlanAssessment

Data = dict[str, Any]


def as_data(assessment: PlanAssessment, language: Language = "de") -> Data:
    """Everything that was judged, with what it was judged by."""
    judged = assessment.judged
    return {
        "today": judged.today.isoformat(),
        "rule": judged.rule.id,
        "rule_version": judged.rule.version,
        "change_number": judged.change_number,
        "include_illustrative": assessment.include_illustrative,
        "indicators": [_indicator(found, judged.rule, language) for found in judged.indicators.values()],
        "goals": [_goal(total, language) for total in assessment.totals.values()],
    }


def _indicator(found: IndicatorAssessment, rule: Rule, language: Language) -> Data:
    indicator = found.indicator
    return {
        "indicator_id": indicator.id,
        "title": indicator.title,
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "territory": indicator.territory,
        "basis": indicator.basis.value,
        "weight": indicator.weight,
        "freshness": found.freshness.value,
        "due": found.due.isoformat() if found.due else None,
        "too_old": found.too_old,
        "last": _plain(found.last, language),
        "forecast": _plain(forecast(found.series), language),
        "attainment": _plain(found.attainment, language),
        "course": _plain(found.course, language),
        "targets": [_target(found, verdict, rule, language) for verdict in found.targets],
    }


def _target(found: IndicatorAssessment, verdict: TargetAssessment, rule: Rule, language: Language) -> Data:
    target, indicator = verdict.target, found.indicator
    courses = courses_side_by_side(target, found.series)
    return {
        "target_id": target.id,
        "demand": target.demand.model_dump(mode="json"),
        "valid_from": target.valid_from,
        "valid_until": target.valid_until,
        "illustrative": verdict.illustrative,
        "attainment": _plain(verdict.attainment, language) | _told(_attainment_told(found, verdict, language)),
        "course": _plain(verdict.course, language) | _told(rule_reason(indicator, target, verdict.course, language)),
        "earlier_courses": [
            {"as_of": end.isoformat(), **_plain(course, language)}
            for end, course in earlier_courses(target, found.series, rule)
        ],
        "rules": {
            name: _plain(course, language) | _told(rule_reason(indicator, target, course, language))
            for name, course in courses.items()
        },
        "rules_disagree": rules_disagree(courses),
        "forecast": _target_forecast(found, verdict, language),
    }


def _attainment_told(found: IndicatorAssessment, verdict: TargetAssessment, language: Language) -> str:
    if isinstance(verdict.attainment, Attainment):
        return target_attainment_sentence(found.indicator, verdict, verdict.attainment, language)
    return obstacle_sentence(verdict.attainment, language)


def _target_forecast(found: IndicatorAssessment, verdict: TargetAssessment, language: Language) -> Data:
    """The forecast of what the target speaks of, and when it is expected to be reached."""
    question = verdict.target.demand.question(found.series)
    expected = question if isinstance(question, NotComputable) else forecast(question)
    if isinstance(question, NotComputable) or isinstance(expected, NotComputable):
        return dict(_plain(expected, language))
    reached = expected_year(expected, question)
    return {**_plain(expected, language), "expected_year": _plain(reached, language)}


def _goal(total: GoalTotal, language: Language) -> Data:
    return {**_plain(total, language), "weakest": total.weakest.id if total.weakest else None}


def _told(sentence: str) -> Data:
    return {"explanation": sentence}


def _plain(value: Any, language: Language) -> Any:
    """Dataclasses by their fields; a NotComputable says so by its key, its counts and its sentence."""
    if isinstance(value, NotComputable):
        reason = {"not_computable": value.reason.value, "have": value.have, "need": value.need}
        return reason | _told(obstacle_sentence(value, language))
    if hasattr(value, "__dataclass_fields__"):
        found = {field.name: _plain(getattr(value, field.name), language) for field in fields(value)}
        return found | ({"vintages": list(value.vintages)} if isinstance(value, CourseVerdict) else {})
    if isinstance(value, Point) or hasattr(value, "_asdict"):
        return _plain(value._asdict(), language)
    if isinstance(value, Mapping):
        return {str(key): _plain(item, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, language) for item in value]
    return value.isoformat() if isinstance(value, date) else value
