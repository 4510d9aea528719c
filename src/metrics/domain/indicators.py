"""Indicators, their readings and the comparison series of other territories."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    GoalId,
    IndicatorId,
    Line,
    MeasureId,
    OptionalIndicatorId,
    OptionalLine,
    OptionalLivingLabId,
    OptionalText,
    OptionalTitle,
    Record,
    Share,
    Title,
)

POINTS_NEEDED, FEWEST_POINTS = 6, 4
"""Data points that the official rule of the course works with, and the fewest that it allows as an exception."""


class Direction(StrEnum):
    """Which way is better; a neutral indicator is watched and never judged."""

    higher = "higher"
    lower = "lower"  # type: ignore[assignment]  # hides str.lower, which a direction has no use for
    neutral = "neutral"

    @property
    def sign(self) -> int:
        """+1, −1 or 0."""
        return {"higher": 1, "lower": -1, "neutral": 0}[self.value]


class Basis(StrEnum):
    """What one value stands for; values of different basis never share a series."""

    reference_day = "reference_day"
    month = "month"
    annual_average = "annual_average"
    year = "year"
    school_year = "school_year"
    span = "span"


class Rhythm(StrEnum):
    """How often a new value is due."""

    monthly = "monthly"
    quarterly = "quarterly"
    half_yearly = "half_yearly"
    yearly = "yearly"
    every_two_years = "every_two_years"
    irregular = "irregular"

    @property
    def days(self) -> int | None:
        """Length of one period in days; None if no value is ever due."""
        return {"monthly": 31, "quarterly": 92, "half_yearly": 184, "yearly": 366, "every_two_years": 731}.get(
            self.value
        )


class Facet(StrEnum):
    """The three facets of the indicator set."""

    economic = "economic"
    ecological = "ecological"
    social = "social"


class IndicatorState(StrEnum):
    """aktiv / ruhend / ersetzt."""

    active = "active"
    dormant = "dormant"
    replaced = "replaced"


class ReadingState(StrEnum):
    """entwurf → geprüft → freigegeben; or returned with a reason."""

    draft = "draft"
    checked = "checked"
    released = "released"
    returned = "returned"


class ReleaseRule(StrEnum):
    """How many see a value before it counts: whoever enters it; another one; one who checks and one who releases."""

    direct = "direct"
    four_eyes = "four_eyes"
    checked_and_released = "checked_and_released"

    @property
    def first_state(self) -> ReadingState:
        """The state in which a value is entered."""
        return ReadingState.released if self is ReleaseRule.direct else ReadingState.draft


class PeriodKind(StrEnum):
    """Length of the period a reading stands for."""

    day = "day"
    month = "month"
    quarter = "quarter"
    half_year = "half_year"
    year = "year"
    school_year = "school_year"
    span = "span"


class Qualifier(StrEnum):
    """How the source words the number: exactly, "rund", "geschätzt", "mehr als", "weniger als"."""

    exact = "exact"
    approximate = "approximate"
    estimated = "estimated"
    more_than = "more_than"
    less_than = "less_than"


class Indicator(Record):
    """What is measured, and all that a number needs to be understood.

    `publication_lag` in days after the period's end; `natural_minimum` and `natural_maximum` in `unit`;
    `decimals` is how many decimals the office shows; `judge_across_breaks`: whether points before a break in the
    series may still be used for the course (decided per indicator); `points_needed`: six, or four or five where the
    office declares an exception, as the official rule allows.

    What the public may see: `counts_units`, the values count firms or persons, so that one or two could be recognised;
    `total_id` names the indicator that is the sum of this one and of the others that name it; `confidential`: in
    no public paper.
    """

    kind: ClassVar[str] = "indicator"

    title: Title
    title_en: OptionalTitle = None
    unit: Line
    direction: Direction
    territory: Line
    basis: Basis
    rhythm: Rhythm = Rhythm.yearly
    publication_lag: Annotated[int, Field(ge=0, le=3660)] = 90
    definition: OptionalText = None
    procedure: OptionalText = None
    data_holder: OptionalLine = None
    facet: Facet | None = None
    goal_ids: tuple[GoalId, ...] = ()
    measure_ids: tuple[MeasureId, ...] = ()
    living_lab_id: OptionalLivingLabId = None
    owner: OptionalLine = None
    deputy: OptionalLine = None
    state: IndicatorState = IndicatorState.active
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    natural_minimum: float | None = None
    natural_maximum: float | None = None
    judge_across_breaks: bool = False
    points_needed: Annotated[int, Field(ge=FEWEST_POINTS, le=POINTS_NEEDED)] = POINTS_NEEDED
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0
    release_rule: ReleaseRule = ReleaseRule.direct
    total_id: OptionalIndicatorId = None
    counts_units: bool = False
    confidential: bool = False


def _plausible_day(day: date) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise PydanticCustomError(
            "year_out_of_range",
            "year {year} is not between {earliest} and {latest}",
            {"year": day.year, "earliest": EARLIEST_YEAR, "latest": LATEST_YEAR},
        )
    return day


Day = Annotated[date, AfterValidator(_plausible_day)]


class Observation(Record):
    """A value for a period, as some source published it; `value` in the indicator's unit.

    `vintage` names the edition of the data and `published_on` dates it: a revised figure is a second observation of
    the same period with a newer vintage, and the old one stays.
    """

    indicator_id: IndicatorId
    period_start: Day
    period_end: Day
    period_kind: PeriodKind
    value: float
    qualifier: Qualifier = Qualifier.exact
    vintage: OptionalLine = None
    published_on: Day | None = None
    provisional: bool = False
    derivation: OptionalText = None
    document: OptionalLine = None

    @model_validator(mode="after")
    def _period_runs_forward(self) -> Observation:
        if self.period_end < self.period_start:
            raise PydanticCustomError("period_backwards", "the period ends before it starts")
        return self


class Reading(Observation):
    """An Istwert of an indicator; `break_before`: the method changed, so no line is drawn to the point before.

    `largest_share` 0–1: how much of the value its largest contributor stands for, where the office knows it.
    Only its newest version in state released counts; a later version that is not yet released waits beside it.
    """

    kind: ClassVar[str] = "reading"

    break_before: bool = False
    state: ReadingState = ReadingState.released
    largest_share: Share | None = None


class Comparison(Observation):
    """A value of the same indicator in another territory."""

    kind: ClassVar[str] = "comparison"

    territory: Line
