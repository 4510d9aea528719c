"""One indicator judged against its targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.domain.indicators import Direction, Indicator
from metrics.domain.progress.freshness import due_on, judge_freshness, too_old
from metrics.domain.progress.outcome import (
    Attainment,
    CourseVerdict,
    Formula,
    Freshness,
    NotComputable,
    Obstacle,
    Point,
)
from metrics.domain.progress.rules import DEFAULT, RULES, Rule
from metrics.domain.progress.series import Series
from metrics.domain.targets import Target

SYMBOLS_SHOWN = 5
"""How many earlier symbols stand beside the present one."""


@dataclass(frozen=True, slots=True)
class TargetAssessment:
    """One target's verdict; `illustrative` if any input that decided is an invented one.

    `too_old`: what it rests on ends so early that it no longer counts in totals; a benchmark may end before the
    indicator's own readings do.
    """

    target: Target
    attainment: Attainment | NotComputable
    course: CourseVerdict | NotComputable
    illustrative: bool
    too_old: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorAssessment:
    """An indicator with its series, the age of its data and the verdict on each target in force, worst first.

    `too_old`: the last value is so late that it no longer counts in totals.
    """

    indicator: Indicator
    series: Series
    freshness: Freshness
    due: date | None
    too_old: bool
    targets: tuple[TargetAssessment, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The indicator's own points, oldest first."""
        return self.series.points

    @property
    def last(self) -> Point | None:
        """The newest point."""
        points = self.series.points
        return points[-1] if points else None

    @property
    def headline(self) -> TargetAssessment | None:
        """The target that decides how the indicator is shown: the worst one."""
        return self.targets[0] if self.targets else None

    @property
    def illustrative(self) -> bool:
        """Whether what is shown rests on an invented value."""
        last = self.last
        return self.indicator.illustrative or bool(last and last.illustrative)

    @property
    def course(self) -> CourseVerdict | NotComputable:
        """Course against the headline target."""
        return self.headline.course if self.headline else _without_target(self.indicator)

    @property
    def attainment(self) -> Attainment | NotComputable:
        """Attainment of the headline target."""
        return self.headline.attainment if self.headline else _without_target(self.indicator)


def assess_indicator(
    indicator: Indicator, targets: Sequence[Target], series: Series, today: date, rule: Rule = DEFAULT
) -> IndicatorAssessment:
    """Judge an indicator on a day by a rule; the series has no point after `today`."""
    verdicts = [_assess(indicator, target, series, today, rule) for target in targets if target.in_force(today)]
    verdicts.sort(key=_badness, reverse=True)
    last_end = series.points[-1].end if series.points else None
    return IndicatorAssessment(
        indicator,
        series,
        judge_freshness(indicator, last_end, today),
        due_on(indicator, last_end),
        too_old(indicator, last_end, today),
        tuple(verdicts),
    )


def course_by(rule: Rule, target: Target, series: Series) -> CourseVerdict | NotComputable:
    """What a rule says of the course towards a target."""
    question = target.demand.question(series)
    return question if isinstance(question, NotComputable) else rule.judge(question)


def courses_side_by_side(target: Target, series: Series) -> dict[str, CourseVerdict | NotComputable]:
    """What every rule says, by the rule's id."""
    return {rule.id: course_by(rule, target, series) for rule in RULES.values()}


def rules_disagree(courses: dict[str, CourseVerdict | NotComputable]) -> bool:
    """Whether one rule sees the target on course (sun, sun and cloud) and another one does not."""
    found = {course.course.severity > 1 for course in courses.values() if isinstance(course, CourseVerdict)}
    return len(found) > 1


def earlier_courses(
    target: Target, series: Series, rule: Rule = DEFAULT, most: int = SYMBOLS_SHOWN
) -> list[tuple[date, CourseVerdict | NotComputable]]:
    """The verdicts as they would have been when each earlier point was the newest, oldest first.

    Judged on today's edition of the data, so a symbol that was published at the time may have been another one.
    """
    ends = [point.end for point in series.points[-most - 1 : -1]]
    return [(end, course_by(rule, target, series.until(end))) for end in ends]


def _assess(indicator: Indicator, target: Target, series: Series, today: date, rule: Rule) -> TargetAssessment:
    course, attainment = course_by(rule, target, series), target.demand.attainment(series)
    of_readings = not isinstance(attainment, Attainment) or attainment.formula is not Formula.criteria
    used = series.points[-1:] if of_readings else ()
    used += course.window if isinstance(course, CourseVerdict) else ()
    illustrative = target.illustrative or indicator.illustrative or any(point.illustrative for point in used)
    end = used[-1].end if used else None
    if isinstance(attainment, Attainment):
        illustrative, end = illustrative or attainment.illustrative, attainment.end or end
    return TargetAssessment(target, attainment, course, illustrative, too_old(indicator, end, today))


def _badness(verdict: TargetAssessment) -> tuple[int, float]:
    severity = verdict.course.course.severity if isinstance(verdict.course, CourseVerdict) else -1
    share = verdict.attainment.share if isinstance(verdict.attainment, Attainment) else float("inf")
    return severity, -share


def _without_target(indicator: Indicator) -> NotComputable:
    neutral = indicator.direction is Direction.neutral
    return NotComputable(Obstacle.neutral_direction if neutral else Obstacle.no_target)
