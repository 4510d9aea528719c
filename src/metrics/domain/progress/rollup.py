"""Totals up the goal tree: weighted mean of capped attainment, with coverage, worst child and the spread of symbols.

Source: docs/methods.md, aggregation (weighted arithmetic mean, at least 60 % of the weight present, no imputation,
total symbol = worst, as Destatis does for simultaneous targets).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator, IndicatorState
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, NotComputable, Obstacle

COVERAGE_NEEDED = 0.6
GEOMETRIC_FLOOR = 0.01
"""A geometric mean knows no zero: shares count as at least one per cent in it."""
_DIGITS = 12
"""Coverage is compared at twelve decimals, so that three fifths on paper are enough in binary arithmetic too."""


@dataclass(frozen=True, slots=True)
class Child:
    """What one part brings into a total: a goal's or an indicator's weight, its share 0–1 or why it has none.

    `coverage` is the share of its own weight that could be judged; `course` its symbol, the worst beneath it;
    `uncapped` an indicator's share as it is, below 0 and above 1 too.
    """

    kind: str
    id: str
    weight: float
    share: float | NotComputable
    coverage: float
    course: Course | None = None
    uncapped: float | None = None


@dataclass(frozen=True, slots=True)
class GoalTotal:
    """What the targets beneath a goal add up to.

    `attainment` share 0–1 or the reason why there is none, and `geometric` the same as a geometric mean, to see how
    much a strong child makes up for a weak one; `judged` of `asked` indicators with a target could be judged, which is
    `coverage` (share 0–1) of the weight; `too_old` of them are asked but not judged, because their data are;
    `without_target` indicators carry no target; `left_out` ones rest on illustrative values and were not asked for;
    `courses` counts the symbols, `worst` is the total symbol; `children` are the parts, the least attained first.
    """

    goal_id: str
    attainment: float | NotComputable
    judged: int
    asked: int
    coverage: float
    without_target: int
    left_out: int
    too_old: int = 0
    courses: Mapping[Course, int] = field(default_factory=dict)
    worst: Course | None = None
    worst_indicator_id: str | None = None
    indicator_ids: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    geometric: float | None = None

    @property
    def weakest(self) -> Child | None:
        """The child that has attained least, if any could be judged."""
        first = self.children[0] if self.children else None
        return first if first and not isinstance(first.share, NotComputable) else None


@dataclass(frozen=True, slots=True)
class _Counted:
    """An indicator as totals see it: what it brings into one, and whether it is asked for anything that counts."""

    part: Child
    asked: bool
    left_out: bool
    too_old: bool


def part_of(assessment: IndicatorAssessment, *, include_illustrative: bool) -> Child | None:
    """What an indicator brings into the total of a goal that it measures; None if no target of it is asked."""
    counted = _counted(assessment, include_illustrative)
    return counted.part if counted.asked else None


def total_goals(
    goals: Sequence[Goal], assessments: Iterable[IndicatorAssessment], *, include_illustrative: bool
) -> dict[str, GoalTotal]:
    """The total of every goal from its own indicators and from the goals directly beneath it, each by its weight.

    The counts (indicators asked, judged, symbols) are those of all goals beneath, each indicator once, however many
    paths lead to it. What was given up does not count: deferred and abandoned goals with all beneath them, seen from
    above, and replaced indicators. Goals that refer to each other in a circle are refused when they are saved; here the
    circle is cut where it closes, first at the goal whose id comes first.
    """
    known = {goal.id: goal for goal in goals}
    children: dict[str, list[str]] = {identifier: [] for identifier in sorted(known)}
    for goal_id in children:
        for parent in set(known[goal_id].parent_ids):
            if parent in children and known[goal_id].counts_above:
                children[parent].append(goal_id)
    direct: dict[str, list[_Counted]] = {goal.id: [] for goal in goals}
    for assessment in sorted(assessments, key=lambda one: one.indicator.id):
        if assessment.indicator.state is IndicatorState.replaced:
            continue
        counted = _counted(assessment, include_illustrative)
        for goal_id in set(assessment.indicator.goal_ids):
            if goal_id in direct:
                direct[goal_id].append(counted)
    totals: dict[str, GoalTotal] = {}
    for goal_id in _leaves_first(children):
        parts = [one.part for one in direct[goal_id] if one.asked]
        beneath = [totals[child] for child in children[goal_id] if child in totals]
        parts += [
            Child("goal", one.goal_id, known[one.goal_id].weight, one.attainment, one.coverage, one.worst)
            for one in beneath
            if one.asked
        ]
        totals[goal_id] = _total(goal_id, parts, _beneath(goal_id, children, direct))
    return {goal.id: totals[goal.id] for goal in goals}


def _counted(assessment: IndicatorAssessment, include_illustrative: bool) -> _Counted:
    verdicts = [verdict for verdict in assessment.targets if include_illustrative or not verdict.illustrative]
    fresh = [verdict for verdict in verdicts if not verdict.too_old]
    old = bool(verdicts) and not fresh
    share = NotComputable(Obstacle.too_old) if old else _least_share(fresh)
    worst = fresh[0].course if fresh else None  # verdicts come worst first, and those without a course last
    course = worst.course if isinstance(worst, CourseVerdict) else None
    part = _part(assessment.indicator, share, course)
    return _Counted(part, asked=bool(verdicts), left_out=bool(assessment.targets) and not verdicts, too_old=old)


def _least_share(verdicts: Sequence[TargetAssessment]) -> float | NotComputable:
    """Of several targets at once the one that is attained least, as with the symbols."""
    shares = [verdict.attainment.share for verdict in verdicts if isinstance(verdict.attainment, Attainment)]
    if shares:
        return min(shares)
    return next(
        (verdict.attainment for verdict in verdicts if isinstance(verdict.attainment, NotComputable)),
        NotComputable(Obstacle.no_target),
    )


def _part(indicator: Indicator, share: float | NotComputable, course: Course | None) -> Child:
    if isinstance(share, NotComputable):
        return Child("indicator", indicator.id, indicator.weight, share, 0.0, course)
    capped = min(1.0, max(0.0, share))
    return Child("indicator", indicator.id, indicator.weight, capped, 1.0, course, uncapped=share)


def _leaves_first(children: Mapping[str, list[str]]) -> list[str]:
    """Goals in an order in which all beneath a goal come before it."""
    done: dict[str, None] = {}
    for root in children:
        waiting, entered = [root], set[str]()
        while waiting:
            current = waiting[-1]
            if current in done:
                waiting.pop()
            elif current in entered:
                done[waiting.pop()] = None
            else:
                entered.add(current)
                waiting += [child for child in children[current] if child not in done and child not in entered]
    return list(done)


def _beneath(goal_id: str, children: Mapping[str, list[str]], direct: Mapping[str, list[_Counted]]) -> list[_Counted]:
    found: dict[str, _Counted] = {}
    seen, waiting = {goal_id}, [goal_id]
    while waiting:
        current = waiting.pop()
        found.update((one.part.id, one) for one in direct[current])
        fresh = [child for child in children[current] if child not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return [found[identifier] for identifier in sorted(found)]


def _total(goal_id: str, parts: Sequence[Child], beneath: Sequence[_Counted]) -> GoalTotal:
    asked = [one.part for one in beneath if one.asked]
    judged = [part for part in asked if not isinstance(part.share, NotComputable)]
    shares = [(part.weight, part.share) for part in parts if not isinstance(part.share, NotComputable)]
    weight_asked = sum(part.weight for part in parts)
    weight_judged = sum(weight for weight, _ in shares)
    covered = sum(part.weight * part.coverage for part in parts if not isinstance(part.share, NotComputable))
    coverage = round(covered / weight_asked, _DIGITS) if weight_asked else 0.0
    attainment: float | NotComputable
    geometric = None
    if not asked:
        attainment = NotComputable(Obstacle.nothing_to_judge)
    elif coverage < COVERAGE_NEEDED:
        attainment = NotComputable(Obstacle.low_coverage, have=len(judged), need=len(asked))
    else:
        attainment = sum(weight * share for weight, share in shares) / weight_judged
        logs = sum(weight * log(max(share, GEOMETRIC_FLOOR)) for weight, share in shares)
        geometric = min(attainment, exp(logs / weight_judged))
    worst = max((part for part in asked if part.course), key=_severity, default=None)
    return GoalTotal(
        goal_id,
        attainment,
        len(judged),
        len(asked),
        coverage,
        sum(not one.asked and not one.left_out for one in beneath),
        sum(one.left_out for one in beneath),
        sum(one.too_old for one in beneath),
        dict(Counter(part.course for part in asked if part.course)),
        worst.course if worst else None,
        worst.id if worst else None,
        tuple(one.part.id for one in beneath),
        tuple(sorted(parts, key=_attained)),
        geometric,
    )


def _severity(part: Child) -> int:
    return part.course.severity if part.course else -1


def _attained(child: Child) -> tuple[bool, float]:
    missing = isinstance(child.share, NotComputable)
    return missing, 0.0 if isinstance(child.share, NotComputable) else child.share
