"""One indicator judged against its targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.domain.base import partial_date_bounds
from metrics.domain.indicators import Direction, Indicator
from metrics.domain.progress.attainment import judge_attainment
from metrics.domain.progress.freshness import due_on, judge_freshness
from metrics.domain.progress.outcome import Attainment, CourseVerdict, Freshness, NotComputable, Obstacle, Point
from metrics.domain.progress.weather import judge_course
from metrics.domain.targets import Target


@dataclass(frozen=True, slots=True)
class TargetAssessment:
    """One target's verdict; `illustrative` if any input that decided is an invented one."""

    target: Target
    attainment: Attainment | NotComputable
    course: CourseVerdict | NotComputable
    illustrative: bool


@dataclass(frozen=True, slots=True)
class IndicatorAssessment:
    """An indicator with its last point, the age of its data and the verdict on each target in force, worst first."""

    indicator: Indicator
    points: tuple[Point, ...]
    freshness: Freshness
    due: date | None
    targets: tuple[TargetAssessment, ...]

    @property
    def last(self) -> Point | None:
        """The newest point."""
        return self.points[-1] if self.points else None

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
    indicator: Indicator, targets: Sequence[Target], points: Sequence[Point], today: date
) -> IndicatorAssessment:
    """Judge an indicator on a day; `points` oldest first, one per period, none after `today`."""
    series = tuple(points)
    verdicts = [_assess(indicator, target, series) for target in targets if in_force(target, today)]
    verdicts.sort(key=_badness, reverse=True)
    last_end = series[-1].end if series else None
    return IndicatorAssessment(
        indicator, series, judge_freshness(indicator, last_end, today), due_on(indicator, last_end), tuple(verdicts)
    )


def in_force(target: Target, today: date) -> bool:
    """Whether the target's validity covers the day."""
    begun = target.valid_from is None or partial_date_bounds(target.valid_from)[0] <= today
    return begun and (target.valid_until is None or today <= partial_date_bounds(target.valid_until)[1])


def _assess(indicator: Indicator, target: Target, series: tuple[Point, ...]) -> TargetAssessment:
    course = judge_course(target.demand, indicator.direction, series, across_breaks=indicator.judge_across_breaks)
    attainment = judge_attainment(target.demand, indicator.direction, series)
    used = series[-1:] + (course.window if isinstance(course, CourseVerdict) else ())
    if isinstance(attainment, Attainment) and attainment.baseline is not None and not attainment.baseline_stated:
        used += series[:1]
    illustrative = target.illustrative or indicator.illustrative or any(point.illustrative for point in used)
    return TargetAssessment(target, attainment, course, illustrative)


def _badness(verdict: TargetAssessment) -> tuple[int, float]:
    severity = verdict.course.course.severity if isinstance(verdict.course, CourseVerdict) else -1
    share = verdict.attainment.share if isinstance(verdict.attainment, Attainment) else float("inf")
    return severity, -share


def _without_target(indicator: Indicator) -> NotComputable:
    neutral = indicator.direction is Direction.neutral
    return NotComputable(Obstacle.neutral_direction if neutral else Obstacle.no_target)
