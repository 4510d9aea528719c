"""What a judgement can be: a number, a course symbol, or a reason why neither can be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Course(StrEnum):
    """The four weather symbols of the German sustainability strategy, from best to worst."""

    sun = "sun"
    sun_cloud = "sun_cloud"
    cloud = "cloud"
    thunderstorm = "thunderstorm"

    @property
    def severity(self) -> int:
        """0 for the best symbol, 3 for the worst."""
        return _SEVERITY[self]


_SEVERITY = {course: rank for rank, course in enumerate(Course)}


class Obstacle(StrEnum):
    """Why a judgement is not possible; the words for each stand in the catalogue."""

    no_reading = "no_reading"
    no_target = "no_target"
    target_not_in_force = "target_not_in_force"
    target_in_words = "target_in_words"
    neutral_direction = "neutral_direction"
    too_few_points = "too_few_points"
    break_in_series = "break_in_series"
    duplicate_period = "duplicate_period"
    no_baseline = "no_baseline"
    baseline_equals_target = "baseline_equals_target"
    baseline_beyond_target = "baseline_beyond_target"
    direction_has_no_share = "direction_has_no_share"
    low_coverage = "low_coverage"
    nothing_to_judge = "nothing_to_judge"


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A legal result: no number, but a reason. `have` and `need` count points or targets where the reason counts."""

    reason: Obstacle
    have: int | None = None
    need: int | None = None


class Point(NamedTuple):
    """One value of a series that may be judged: current version, newest vintage of its period.

    A named tuple, because a large plan has hundreds of thousands of them.
    """

    start: date
    end: date
    value: float
    break_before: bool = False
    illustrative: bool = False
    vintage: str | None = None
    qualifier: str = "exact"


@dataclass(frozen=True, slots=True)
class Attainment:
    """Zielerreichung: `share` is 0 at the baseline, 1 at the target; below 0 and above 1 are shown as they are.

    `baseline`, `target` and `value` in the indicator's unit; `baseline_end` is the end of the baseline's period,
    `baseline_stated` whether the target names its baseline (otherwise it is the first reading).
    """

    share: float
    value: float
    target: float
    baseline: float | None = None
    baseline_end: date | None = None
    baseline_stated: bool = False

    @property
    def capped(self) -> float:
        """The share held within 0–1, for bars and totals."""
        return min(1.0, max(0.0, self.share))


class CourseCase(StrEnum):
    """Which part of the rule decided."""

    dated_target = "dated_target"
    every_year = "every_year"
    direction_only = "direction_only"


@dataclass(frozen=True, slots=True)
class CourseVerdict:
    """Kurs: the symbol with everything that led to it.

    `mean_change` and `last_change` in unit per year; `projected` in the indicator's unit at the target date;
    `shortfall` as a share 0–1 of the way still to go (dated targets only).
    """

    course: Course
    rule: str
    rule_version: str
    case: CourseCase
    window: tuple[Point, ...]
    mean_change: float
    last_change: float
    reached: bool | None = None
    projected: float | None = None
    shortfall: float | None = None


class Freshness(StrEnum):
    """Age of the last value against its rhythm: within due, up to half a rhythm late, or older."""

    fresh = "fresh"
    overdue = "overdue"
    stale = "stale"
    not_due = "not_due"
    never = "never"
