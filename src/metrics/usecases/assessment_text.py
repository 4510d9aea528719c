"""A judged plan as text to read and to print: what it was judged by, then every indicator and every goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from metrics.domain.base import Record
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, NotComputable
from metrics.domain.progress.rollup import GoalTotal
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import MISSING, day
from metrics.locale.totals import coverage_text, left_out_text, spread_text, too_old_text, total_obstacle
from metrics.locale.words import (
    course_disclaimer,
    course_meaning,
    course_word,
    demand_text,
    obstacle_sentence,
    record_title,
    rule_name,
    share_text,
    target_attainment_sentence,
    target_course_reason,
)
from metrics.usecases.assessing import PlanAssessment

Names = Mapping[tuple[str, str], str]
"""(kind, id) → id and title."""


def as_text(assessment: PlanAssessment, change_number: int, language: Language = "de") -> str:
    """The judgements in sentences. `change_number` is that of the plan's last change, of whatever kind."""
    records: list[Record] = [*assessment.goals.values(), *(found.indicator for found in assessment.indicators.values())]
    names = {(record.kind, record.id): f"{record.id} {record_title(record, language)}" for record in records}
    indicators = [line for found in assessment.indicators.values() for line in _indicator(found, names, language)]
    totals = [line for total in assessment.totals.values() for line in _goal(total, names, language)]
    parts = [
        _head(assessment, change_number, language),
        [translate("Indikatoren", language), "", *indicators],
        [translate("Ziele", language), "", *totals],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(assessment: PlanAssessment, change_number: int, language: Language) -> list[str]:
    """What somebody needs to know to get the same print-out again."""
    judged = assessment.judged
    rule = translate(
        "line.rule.version",
        language,
        rule=rule_name(judged.rule.id, language),
        id=judged.rule.id,
        version=judged.rule.version,
    )
    return [
        translate("Stichtag: {day}", language, day=day(judged.today, language)),
        translate("Regel: {rule}", language, rule=rule),
        translate("Stand des Plans: Änderung {number}", language, number=change_number),
        translate("Beispielwerte zählen in Gesamtzahlen mit.", language)
        if assessment.include_illustrative
        else translate("Beispielwerte zählen in Gesamtzahlen nicht mit.", language),
        course_disclaimer(language),
    ]


def _indicator(found: IndicatorAssessment, names: Names, language: Language) -> Iterator[str]:
    name = names["indicator", found.indicator.id]
    if isinstance(found.attainment, NotComputable) and not found.targets:
        yield _not_judged(name, obstacle_sentence(found.attainment, language), language)
        return
    course = found.course.course if isinstance(found.course, CourseVerdict) else None
    yield _judged(name, course, found.attainment, language)
    for verdict in found.targets:
        yield from _target(found, verdict, language)


def _target(found: IndicatorAssessment, verdict: TargetAssessment, language: Language) -> Iterator[str]:
    demand = demand_text(found.indicator, verdict.target.demand, language)
    told = translate("Zielwert {id}: {demand}", language, id=verdict.target.id, demand=demand)
    yield "  " + told + (translate(" (beruht auf Beispielwerten)", language) if verdict.illustrative else "")
    yield "    " + target_course_reason(found.indicator, verdict, language)
    if isinstance(verdict.attainment, NotComputable):
        yield "    " + _no_attainment(obstacle_sentence(verdict.attainment, language), language)
    else:
        yield "    " + target_attainment_sentence(found.indicator, verdict, verdict.attainment, language)


def _goal(total: GoalTotal, names: Names, language: Language) -> Iterator[str]:
    name, obstacle = names["goal", total.goal_id], total_obstacle(total, language)
    if obstacle and not total.asked:
        yield _not_judged(name, obstacle, language)
    else:
        yield _judged(name, total.worst, total.attainment, language)
        if obstacle:
            yield "  " + _no_attainment(obstacle, language)
        yield "  " + coverage_text(total, language)
        yield "  " + _symbols(total, names, language)
    yield from ("  " + told for told in (too_old_text(total, language), left_out_text(total, language)) if told)
    if total.weakest:
        least, share = names[total.weakest.kind, total.weakest.id], _share(total.weakest.share, language)
        yield "  " + translate("Am wenigsten erreicht: {name}, {share}", language, name=least, share=share)


def _symbols(total: GoalTotal, names: Names, language: Language) -> str:
    """Which symbols stand beneath a goal, and at which indicator the worst."""
    spread = spread_text(total, language)
    if total.worst_indicator_id is None:
        return spread
    worst = names["indicator", total.worst_indicator_id]
    return translate("{spread}; am schlechtesten: {name}", language, spread=spread, name=worst)


def _judged(
    name: str, course: Course | None, attainment: Attainment | NotComputable | float, language: Language
) -> str:
    return translate(
        "{name}: Kurs {course}, Zielerreichung {share}",
        language,
        name=name,
        course=course_word(course, language),
        share=_share(attainment, language),
    )


def _share(outcome: Attainment | NotComputable | float, language: Language) -> str:
    if isinstance(outcome, NotComputable):
        return MISSING
    return share_text(outcome.share if isinstance(outcome, Attainment) else outcome, language)


def _not_judged(name: str, obstacle: str, language: Language) -> str:
    return f"{name}: {course_meaning(None, language)}. {obstacle}"


def _no_attainment(obstacle: str, language: Language) -> str:
    return translate("reason.no_attainment", language, obstacle=obstacle)
