"""Totals up the goal tree: weighted mean of capped attainment, with coverage, worst child and the spread of symbols.

Source: docs/methods.md, aggregation (weighted arithmetic mean, at least 60 % of the weight present, no imputation,
total symbol = worst, as Destatis does for simultaneous targets).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from metrics.domain.goals import Goal
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, NotComputable, Obstacle

COVERAGE_NEEDED = 0.6
_DIGITS = 12
"""Coverage is compared at twelve decimals, so that three fifths on paper are enough in binary arithmetic too."""


@dataclass(frozen=True, slots=True)
class GoalTotal:
    """What the targets beneath a goal add up to.

    `attainment` share 0–1 or the reason why there is none; `judged` of `asked` targets could be judged, which is
    `coverage` (share 0–1) of their weight; `without_target` indicators carry no target; `left_out` targets rest on
    illustrative values and were not asked for; `courses` counts the symbols, `worst` is the total symbol.
    """

    goal_id: str
    attainment: float | NotComputable
    judged: int
    asked: int
    coverage: float
    without_target: int
    left_out: int
    courses: Mapping[Course, int] = field(default_factory=dict)
    worst: Course | None = None
    worst_indicator_id: str | None = None
    indicator_ids: tuple[str, ...] = ()


def total_goals(
    goals: Sequence[Goal], assessments: Iterable[IndicatorAssessment], *, include_illustrative: bool
) -> dict[str, GoalTotal]:
    """The total of every goal from the indicators of the goal itself and of all goals beneath it.

    An indicator counts once per goal however many paths lead to it; goals that refer to each other in a circle are
    refused when they are saved, and counted once here.
    """
    children: dict[str, list[str]] = {goal.id: [] for goal in goals}
    for goal in goals:
        for parent in goal.parent_ids:
            if parent in children:
                children[parent].append(goal.id)
    direct: dict[str, list[IndicatorAssessment]] = {goal.id: [] for goal in goals}
    for assessment in assessments:
        for goal_id in assessment.indicator.goal_ids:
            if goal_id in direct:
                direct[goal_id].append(assessment)
    return {goal.id: _total(goal.id, _beneath(goal.id, children, direct), include_illustrative) for goal in goals}


def _beneath(
    goal_id: str, children: Mapping[str, list[str]], direct: Mapping[str, list[IndicatorAssessment]]
) -> list[IndicatorAssessment]:
    found: dict[str, IndicatorAssessment] = {}
    seen, waiting = {goal_id}, [goal_id]
    while waiting:
        current = waiting.pop()
        found.update((assessment.indicator.id, assessment) for assessment in direct[current])
        fresh = [child for child in children[current] if child not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return [found[identifier] for identifier in sorted(found)]


def _total(goal_id: str, assessments: Sequence[IndicatorAssessment], include_illustrative: bool) -> GoalTotal:
    identifiers = tuple(assessment.indicator.id for assessment in assessments)
    asked, left_out, without_target = [], 0, 0
    for assessment in assessments:
        verdicts = [verdict for verdict in assessment.targets if include_illustrative or not verdict.illustrative]
        if verdicts:
            asked.append((assessment.indicator.weight, assessment.indicator.id, verdicts[0]))
        elif assessment.targets:
            left_out += 1
        else:
            without_target += 1
    shares = [
        (weight, verdict.attainment.capped)
        for weight, _, verdict in asked
        if isinstance(verdict.attainment, Attainment)
    ]
    weight_asked = sum(weight for weight, _, _ in asked)
    weight_judged = sum(weight for weight, _ in shares)
    coverage = round(weight_judged / weight_asked, _DIGITS) if weight_asked else 0.0
    symbols = [
        (verdict.course.course, identifier)
        for _, identifier, verdict in asked
        if isinstance(verdict.course, CourseVerdict)
    ]
    worst = max(symbols, key=lambda pair: pair[0].severity, default=None)
    attainment: float | NotComputable
    if not asked:
        attainment = NotComputable(Obstacle.nothing_to_judge)
    elif coverage < COVERAGE_NEEDED:
        attainment = NotComputable(Obstacle.low_coverage, have=len(shares), need=len(asked))
    else:
        attainment = sum(weight * share for weight, share in shares) / weight_judged
    return GoalTotal(
        goal_id,
        attainment,
        len(shares),
        len(asked),
        coverage,
        without_target,
        left_out,
        dict(Counter(course for course, _ in symbols)),
        worst[0] if worst else None,
        worst[1] if worst else None,
        identifiers,
    )
