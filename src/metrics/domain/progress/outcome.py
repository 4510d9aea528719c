"""What a judgement can be: a number, a course symbol, or a reason why neither can be given."""

from __future__ import annotations

from collections.abc import Mapping
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
    target_in_words = "target_in_words"
    neutral_direction = "neutral_direction"
    too_few_points = "too_few_points"
    break_in_series = "break_in_series"
    duplicate_period = "duplicate_period"
    no_baseline = "no_baseline"
    no_dated_baseline = "no_dated_baseline"
    baseline_equals_target = "baseline_equals_target"
    baseline_beyond_target = "baseline_beyond_target"
    direction_has_no_share = "direction_has_no_share"
    no_comparison = "no_comparison"
    no_shared_period = "no_shared_period"
    gap_in_series = "gap_in_series"
    no_base_value = "no_base_value"
    no_shared_base = "no_shared_base"
    base_not_positive = "base_not_positive"
    gap_already_closed = "gap_already_closed"
    no_interpolation = "no_interpolation"
    not_a_stage = "not_a_stage"
    criteria_open = "criteria_open"
    zero_or_change_of_sign = "zero_or_change_of_sign"
    rule_needs_a_date = "rule_needs_a_date"
    no_value_to_reach = "no_value_to_reach"
    no_time_since_baseline = "no_time_since_baseline"
    too_short_span = "too_short_span"
    already_reached = "already_reached"
    not_foreseeable = "not_foreseeable"
    too_old = "too_old"
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
    provisional: bool = False


class Scale(StrEnum):
    """What the numbers of a judgement stand in: the indicator's unit, a difference of two such values, or per cent."""

    own = "own"
    difference = "difference"
    percent = "percent"


class Formula(StrEnum):
    """How a Zielerreichung is worked out."""

    way = "way"  # (value − baseline) / (target − baseline)
    kept = "kept"  # 1 if kept, else 1 − miss / tolerance, at least 0; 0 without a tolerance
    share_of_target = "share_of_target"  # value / target, without a baseline
    stage = "stage"  # the share that the reached stage stands for
    criteria = "criteria"  # criteria met / criteria


@dataclass(frozen=True, slots=True)
class Attainment:
    """Zielerreichung: `share` is 0 at the baseline, 1 at the target; below 0 and above 1 are shown as they are.

    `baseline`, `target` and `value` in `scale`; `baseline_end` is the end of the baseline's period, `baseline_stated`
    whether the target names its baseline (otherwise it is the first reading); `kept` whether a bound is kept, and
    `due` the day from which it must be (None: always); `illustrative` whether a value that went into it is invented.
    """

    share: float
    value: float
    target: float
    formula: Formula
    scale: Scale = Scale.own
    baseline: float | None = None
    baseline_end: date | None = None
    baseline_stated: bool = False
    kept: bool | None = None
    due: date | None = None
    end: date | None = None
    illustrative: bool = False

    @property
    def capped(self) -> float:
        """The share held within 0–1, for bars and totals."""
        return min(1.0, max(0.0, self.share))

    @property
    def not_yet(self) -> bool:
        """Whether a bound is not kept, but its day has not come."""
        return self.kept is False and bool(self.due and self.end and self.end < self.due)


class CourseCase(StrEnum):
    """What a rule was asked: a value by a date, a bound in every year, or a direction alone."""

    dated_target = "dated_target"
    every_year = "every_year"
    direction_only = "direction_only"


@dataclass(frozen=True, slots=True)
class CourseVerdict:
    """Kurs: the symbol with everything that led to it.

    `category` is the rule's own word where it has one (the symbol's name otherwise); `window` the points used;
    `figures` the numbers of the calculation by name (the rule's file gives their units); `reached` whether the demand
    is met at the last point; `sign` which way is better; `bound` what the last point was held against (None: a
    direction alone) and `due` by which day (None: every year), in `scale`; `since` the day of the baseline, if any.
    """

    course: Course
    rule: str
    rule_version: str
    case: CourseCase
    window: tuple[Point, ...]
    figures: Mapping[str, float]
    category: str = ""
    reached: bool | None = None
    sign: int = 1
    bound: float | None = None
    due: date | None = None
    scale: Scale = Scale.own
    since: date | None = None

    @property
    def vintages(self) -> tuple[str, ...]:
        """The editions of the data that were used."""
        return tuple(sorted({point.vintage for point in self.window if point.vintage}))


class Freshness(StrEnum):
    """Age of the last value: within the time a new one is due in, up to half of that time late, or older."""

    fresh = "fresh"
    overdue = "overdue"
    stale = "stale"
    not_due = "not_due"
    never = "never"
