"""What a rule of the course is, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain.indicators import POINTS_NEEDED
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle, Point
from metrics.domain.progress.series import Question, Waypoint, on_paper, years_between

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule under its id and version. A change to what it computes is a new version."""

    id: str
    version: str
    judge: Callable[[Question], CourseVerdict | NotComputable]


def at_the_border(number: float) -> float:
    """A figure at twelve decimals, so that a border met on paper is met in binary arithmetic too."""
    return round(number, _DIGITS)


def difference(one: float, two: float) -> float:
    """one − two as on paper: 8.3 − 8.1 is 0.2, where binary arithmetic has 0.2000000000000011 and misses a border."""
    return float(on_paper(one) - on_paper(two))


def verdict(
    rule: Rule,
    question: Question,
    course: Course,
    window: tuple[Point, ...],
    figures: Mapping[str, float],
    *,
    case: CourseCase | None = None,
    category: str | None = None,
    since: date | None = None,
) -> CourseVerdict:
    """A rule's answer to a question; the category is the rule's own word, if it has one besides the symbol."""
    return CourseVerdict(
        course,
        rule.id,
        rule.version,
        case or question.case,
        window,
        figures,
        category or course.value,
        question.reached,
        question.sign,
        question.value,
        question.due,
        question.scale,
        since,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where a rule looks to the last point: `start` on the day `since`, `years` long, and the points it uses."""

    start: float
    since: date
    last: Point
    years: float
    points: tuple[Point, ...]


def since_baseline(question: Question) -> Stretch | NotComputable:
    """The stretch from the baseline, or from the oldest of the six newest points, to the last point.

    Not computable with fewer than two points, if no time has passed since the baseline, or if nobody knows how much.
    """
    if question.undated_baseline:
        return NotComputable(Obstacle.no_dated_baseline)
    window = question.window(1 if question.path else 2, POINTS_NEEDED)
    if isinstance(window, NotComputable):
        return window
    last = window[-1]
    base = question.path[0] if question.path else Waypoint(window[0].end, window[0].value)
    if base.day >= last.end:
        return NotComputable(Obstacle.no_time_since_baseline)
    used = (last,) if question.path else (window[0], last)
    return Stretch(base.value, base.day, last, years_between(base.day, last.end), used)


def reached_already(
    rule: Rule, question: Question, found: Stretch | NotComputable, figures: Mapping[str, float], category: str
) -> CourseVerdict | NotComputable:
    """The verdict on a target that is reached: where a rule asks for this first, no pace is needed."""
    newest, since = question.window(1, POINTS_NEEDED), None
    if isinstance(newest, NotComputable):
        return newest
    used = newest[-1:]
    if isinstance(found, Stretch):
        used, since = found.points, found.since
    case = case_since_baseline(question)
    return verdict(rule, question, Course.sun, used, figures, case=case, category=category, since=since)


def case_since_baseline(question: Question) -> CourseCase:
    """What is asked of a rule that looks since the baseline: a target with a date stays one once its day has come."""
    return CourseCase.dated_target if question.due else question.case


def target_ahead(question: Question, start: float) -> NotComputable | None:
    """Why no way leads from the start to the target; None if one does."""
    assert question.value is not None
    if start == question.value:
        return NotComputable(Obstacle.baseline_equals_target)
    if question.sign * (question.value - start) < 0:
        return NotComputable(Obstacle.baseline_beyond_target)
    return None
