"""Asking a rule: one demand, one series, one answer."""

from __future__ import annotations

from typing import Any

from metrics.domain.demands import Demand
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import course_by
from metrics.domain.progress.outcome import CourseVerdict, NotComputable, Point
from metrics.domain.progress.rules import Rule
from metrics.domain.progress.series import Series
from tests.plan import a_target

HIGHER, LOWER = Direction.higher, Direction.lower


def judged(
    rule: Rule, demand: Demand, points: tuple[Point, ...], direction: Direction = HIGHER, **decided: Any
) -> CourseVerdict | NotComputable:
    """What a rule answers; `decided` for the indicator: `across_breaks`, `points_needed`, natural bounds, others."""
    return course_by(rule, a_target(demand), Series(points, direction, **decided))


def verdict(
    rule: Rule, demand: Demand, points: tuple[Point, ...], direction: Direction = HIGHER, **decided: Any
) -> CourseVerdict:
    """The same where it must be a verdict."""
    answer = judged(rule, demand, points, direction, **decided)
    assert isinstance(answer, CourseVerdict), answer
    return answer
