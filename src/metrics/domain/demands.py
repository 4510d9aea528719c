"""The kinds of target: what an indicator may be asked to reach, each kind judging itself.

A kind says how far it is reached (`attainment`) and brings itself into the one form that every rule of the course
understands (`question`): a series, a bound or a direction, and the day by which. Both may be NotComputable, with the
reason. Shares are 0–1 unless a field says per cent. Formulas: docs/methods.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    Line,
    OptionalLine,
    OptionalPartialDate,
    PartialDate,
    Share,
    Text,
    Title,
    Value,
    partial_date_bounds,
)
from metrics.domain.progress.attainment import bound_kept, share_of_target, way_travelled
from metrics.domain.progress.outcome import Attainment, Formula, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import Question, Series, Waypoint, ask, changed, minus, years_between

PositiveFloat = Annotated[float, Field(gt=0)]
WHOLE = 100.0
"""Per cent."""


class _Demand(Value, ABC):
    """What every kind of target can say of itself."""

    @abstractmethod
    def attainment(self, series: Series) -> Attainment | NotComputable:
        """How far the last point has met the demand, or why that cannot be said."""

    @abstractmethod
    def question(self, series: Series) -> Question | NotComputable:
        """What the course rules are asked, or why they cannot be."""

    @property
    def needs_whole_series(self) -> bool:
        """Whether the newest points are not enough: a base year, a sum or an average reaches further back."""
        return False

    @property
    def needs_comparison(self) -> bool:
        """Whether other territories' series decide."""
        return False


class InterimTarget(Value):
    """A value on the way, due before the target itself."""

    due: PartialDate
    value: float


class ValueByDate(_Demand):
    """A value to be reached by a date, with interim targets if there are any; values in the indicator's unit."""

    demand: Literal["value_by_date"] = "value_by_date"
    value: float
    due: PartialDate
    baseline: float | None = None
    baseline_period: OptionalPartialDate = None
    interim: tuple[InterimTarget, ...] = ()

    @model_validator(mode="after")
    def _interim_targets_come_in_order(self) -> ValueByDate:
        for earlier, later in pairwise([*(one.due for one in self.interim), self.due]):
            if _last_day(later) <= _last_day(earlier):
                raise PydanticCustomError(
                    "interim_order", "{later} does not come after {earlier}", {"earlier": earlier, "later": later}
                )
        return self

    @property
    def due_year(self) -> int:
        """Year of the target."""
        return _last_day(self.due).year

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The share of the way from the baseline to the target; the first reading if no baseline is stated."""
        start = _start(series, self.baseline, self.baseline_period, series.points)
        if isinstance(start, NotComputable):
            return start
        stated = self.baseline is not None
        return way_travelled(series.points[-1], start, self.value, series.direction.sign, stated=stated)

    def question(self, series: Series) -> Question | NotComputable:
        """The nearest date that has not passed decides, as the official rule says of several dated targets."""
        steps = [Waypoint(_last_day(one.due), one.value) for one in self.interim]
        steps.append(Waypoint(_last_day(self.due), self.value))
        last = series.points[-1].end if series.points else date.min
        nearest = next((step for step in steps if step.day.year >= last.year), steps[-1])
        start = _start(series, self.baseline, self.baseline_period, series.points)
        path = (start, *steps) if isinstance(start, Waypoint) and start.day < steps[0].day else ()
        return ask(series, series.points, series.direction.sign, nearest.value, nearest.day, path)


class KeepEveryYear(_Demand):
    """A threshold to be kept in every year; `tolerance` (same unit) grades a miss, without it a miss counts 0."""

    demand: Literal["keep_every_year"] = "keep_every_year"
    value: float
    tolerance: PositiveFloat | None = None

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Whether the threshold is kept."""
        return _kept(self.question(series), self.tolerance)

    def question(self, series: Series) -> Question | NotComputable:
        """The indicator's own series against the threshold, every year."""
        return ask(series, series.points, series.direction.sign, self.value)


class DirectionOnly(_Demand):
    """No value, only the indicator's direction."""

    demand: Literal["direction_only"] = "direction_only"

    def attainment(self, series: Series) -> NotComputable:
        """A direction has no share."""
        return NotComputable(Obstacle.direction_has_no_share if series.points else Obstacle.no_reading)

    def question(self, series: Series) -> Question | NotComputable:
        """The indicator's own series and which way is better."""
        return ask(series, series.points, series.direction.sign)


class Band(_Demand):
    """A corridor to be held, or to be reached by a date; judged by the distance to it, 0 inside.

    `lower`, `upper` and `tolerance` in the indicator's unit; the tolerance grades a miss.
    """

    demand: Literal["band"] = "band"
    lower: float
    upper: float
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

    @model_validator(mode="after")
    def _lower_lies_below_upper(self) -> Band:
        if self.lower >= self.upper:
            raise PydanticCustomError(
                "band_upside_down", "{lower} is not below {upper}", {"lower": self.lower, "upper": self.upper}
            )
        return self

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """1 inside; outside 1 − distance / tolerance, at least 0."""
        return _kept(self.question(series), self.tolerance)

    def question(self, series: Series) -> Question | NotComputable:
        """The distance to the corridor, which is to be 0."""
        distances = tuple(
            changed(point, max(self.lower - point.value, point.value - self.upper, 0.0)) for point in series.points
        )
        return ask(series, distances, -1, 0.0, _day_or_none(self.due), scale=Scale.difference)


class Relation(StrEnum):
    """How an indicator is to stand to another territory's series."""

    above = "above"
    below = "below"
    equal = "equal"
    parity = "parity"


class AgainstBenchmark(_Demand):
    """Not below, not above or level with another territory, in the same period and on the same basis.

    `above` and `below` speak of the difference in the indicator's unit, `equal` of its size, `parity` of how far the
    ratio is from 1, in per cent. `tolerance` in the same scale: what still counts as equal, or grades a miss.
    """

    demand: Literal["against_benchmark"] = "against_benchmark"
    relation: Relation
    territory: Line
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

    @property
    def needs_comparison(self) -> bool:
        """The other territory decides."""
        return True

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Whether the relation holds in the last shared period."""
        graded = self.relation in (Relation.above, Relation.below)
        return _kept(self.question(series), self.tolerance if graded else None)

    def question(self, series: Series) -> Question | NotComputable:
        """The difference to the other territory, whose bound is 0, or its size, whose bound is the tolerance."""
        found = _compared(series, self.territory)
        if isinstance(found, NotComputable):
            return found
        due = _day_or_none(self.due)
        if self.relation in (Relation.above, Relation.below):
            sign = 1 if self.relation is Relation.above else -1
            return ask(series, found, sign, 0.0, due, scale=Scale.difference)
        if self.relation is Relation.equal:
            sizes = tuple(point._replace(value=abs(point.value)) for point in found)
            return ask(series, sizes, -1, self.tolerance or 0.0, due, scale=Scale.difference)
        own = {(point.start, point.end): point.value for point in series.points}
        ratios = []
        for point in found:
            other = own[point.start, point.end] - point.value
            if other <= 0:
                return NotComputable(Obstacle.base_not_positive)
            ratios.append(point._replace(value=abs(WHOLE * point.value / other)))
        return ask(series, tuple(ratios), -1, self.tolerance or 0.0, due, scale=Scale.percent)


class GapClosed(_Demand):
    """A share of the gap to another territory is to be closed by a date; `baseline_period` names the gap at the start.

    Without a baseline period the first shared period counts.
    """

    demand: Literal["gap_closed"] = "gap_closed"
    territory: Line
    share: Annotated[float, Field(gt=0, le=1)]
    due: PartialDate
    baseline_period: OptionalPartialDate = None

    @property
    def needs_whole_series(self) -> bool:
        """The gap at the start lies further back."""
        return True

    @property
    def needs_comparison(self) -> bool:
        """The other territory decides."""
        return True

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The closed share of the gap over the share that is to be closed."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        assert asked.value is not None
        stated = self.baseline_period is not None
        return way_travelled(asked.points[-1], asked.path[0], asked.value, -1, stated=stated, scale=asked.scale)

    def question(self, series: Series) -> Question | NotComputable:
        """The gap for the worse, which is to shrink; a lead counts as no gap."""
        found = _compared(series, self.territory)
        if isinstance(found, NotComputable):
            return found
        sign = series.direction.sign
        if not sign:
            return NotComputable(Obstacle.neutral_direction)
        gaps = tuple(point._replace(value=max(0.0, -sign * point.value)) for point in found)
        start = _point_of(gaps, self.baseline_period) if self.baseline_period else gaps[0]
        if start is None:
            return NotComputable(Obstacle.no_base_value)
        if start.value == 0:
            return NotComputable(Obstacle.gap_already_closed)
        if not series.across_breaks and any(point.break_before for point in gaps if point.end > start.end):
            return NotComputable(Obstacle.break_in_series)
        left = (1 - self.share) * start.value
        path = (Waypoint(start.end, start.value), Waypoint(_last_day(self.due), left))
        return ask(series, gaps, -1, left, _last_day(self.due), path, Scale.difference)


class SpreadBelow(_Demand):
    """The spread (largest less smallest) of the own value and other territories' is to stay at or below `value`.

    Without `territories` every comparison series counts; only periods that all of them have are used.
    """

    demand: Literal["spread_below"] = "spread_below"
    value: Annotated[float, Field(ge=0)]
    territories: tuple[Line, ...] = ()
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

    @property
    def needs_comparison(self) -> bool:
        """The other territories decide."""
        return True

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Whether the spread of the last shared period is small enough."""
        return _kept(self.question(series), self.tolerance)

    def question(self, series: Series) -> Question | NotComputable:
        """The spread of each shared period."""
        names = self.territories or tuple(series.others)
        if not series.points:
            return NotComputable(Obstacle.no_reading)
        if not names or any(not series.others.get(name) for name in names):
            return NotComputable(Obstacle.no_comparison)
        others = [{(one.start, one.end): one for one in series.others[name]} for name in names]
        spreads = []
        for point in series.points:
            beside = [other[point.start, point.end] for other in others if (point.start, point.end) in other]
            if len(beside) == len(others):
                values = [point.value, *(one.value for one in beside)]
                spreads.append(changed(point, max(values) - min(values), *beside))
        if not spreads:
            return NotComputable(Obstacle.no_shared_period)
        return ask(series, tuple(spreads), -1, self.value, _day_or_none(self.due), scale=Scale.difference)


class ShareOfWhole(_Demand):
    """A share or coverage of a whole, `percent` of `whole` (in the indicator's unit), every year or by a date."""

    demand: Literal["share_of_whole"] = "share_of_whole"
    whole: PositiveFloat
    percent: Annotated[float, Field(gt=0, le=100)]
    due: OptionalPartialDate = None

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The reached share over the share that is asked for."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        return share_of_target(asked.points[-1], self.percent, Scale.percent)

    def question(self, series: Series) -> Question | NotComputable:
        """The values in per cent of the whole."""
        shares = tuple(point._replace(value=WHOLE * point.value / self.whole) for point in series.points)
        return ask(series, shares, 1, self.percent, _day_or_none(self.due), scale=Scale.percent)


class Counting(StrEnum):
    """Whether a reading stands for its period alone or for everything up to then."""

    per_period = "per_period"
    running_total = "running_total"


class CumulativeShare(_Demand):
    """A sum to be reached by a date, as EU funds report it: cumulative value / target, without a baseline."""

    demand: Literal["cumulative_share"] = "cumulative_share"
    value: PositiveFloat
    due: PartialDate
    starts: OptionalPartialDate = None
    counting: Counting = Counting.per_period

    @property
    def needs_whole_series(self) -> bool:
        """The sum begins at the start."""
        return self.counting is Counting.per_period

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The sum over the target."""
        asked = self.question(series)
        return asked if isinstance(asked, NotComputable) else share_of_target(asked.points[-1], self.value)

    def question(self, series: Series) -> Question | NotComputable:
        """The running sum; a missing period is not zero, so a gap ends the calculation."""
        first = partial_date_bounds(self.starts)[0] if self.starts else date.min
        counted = [point for point in series.points if point.start >= first]
        if self.counting is Counting.per_period:
            if any(later.start.toordinal() != earlier.end.toordinal() + 1 for earlier, later in pairwise(counted)):
                return NotComputable(Obstacle.gap_in_series)
            sums, total, before = [], 0.0, ()
            for point in counted:
                total += point.value
                sums.append(changed(point, total, *before))
                before = (sums[-1],)  # type: ignore[assignment]
            counted = sums
        return ask(series, tuple(counted), 1, self.value, _last_day(self.due))


class RelativeToBaseYear(_Demand):
    """A value in per cent of a base year's value ("65 % of 1990"), by a date.

    The base value is stated or is the reading of the base period; it must be above zero.
    """

    demand: Literal["relative_to_base_year"] = "relative_to_base_year"
    percent: PositiveFloat
    base_period: PartialDate
    base_value: PositiveFloat | None = None
    due: PartialDate

    @property
    def needs_whole_series(self) -> bool:
        """The base year lies further back."""
        return True

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The share of the way from 100 % to the asked percentage."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        start = Waypoint(_last_day(self.base_period), WHOLE)
        return way_travelled(asked.points[-1], start, self.percent, asked.sign, stated=True, scale=Scale.percent)

    def question(self, series: Series) -> Question | NotComputable:
        """The values in per cent of the base value."""
        if not series.points:
            return NotComputable(Obstacle.no_reading)
        base = self.base_value
        if base is None:
            found = _point_of(series.points, self.base_period)
            if found is None:
                return NotComputable(Obstacle.no_base_value)
            base = found.value
            later = (point for point in series.points if point.end > found.end)
            if not series.across_breaks and any(point.break_before for point in later):
                return NotComputable(Obstacle.break_in_series)
        if base <= 0:
            return NotComputable(Obstacle.base_not_positive)
        indexed = tuple(point._replace(value=WHOLE * point.value / base) for point in series.points)
        path = (Waypoint(_last_day(self.base_period), WHOLE), Waypoint(_last_day(self.due), self.percent))
        return ask(series, indexed, series.direction.sign, self.percent, _last_day(self.due), path, Scale.percent)


class AverageOverYears(_Demand):
    """The mean of `years` yearly values in a row is to meet `value`, every year or by a date."""

    demand: Literal["average_over_years"] = "average_over_years"
    value: float
    years: Annotated[int, Field(ge=2, le=30)]
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

    @property
    def needs_whole_series(self) -> bool:
        """Six averages reach further back than the newest points."""
        return True

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Whether the last mean meets the value."""
        return _kept(self.question(series), self.tolerance)

    def question(self, series: Series) -> Question | NotComputable:
        """The moving mean; a mean over a gap is none, and the last one must exist."""
        usable = series.usable
        if len(usable) < self.years:
            reason = Obstacle.too_few_points if usable else Obstacle.no_reading
            return NotComputable(reason, have=len(usable) or None, need=self.years if usable else None)
        means = []
        for index in range(self.years, len(usable) + 1):
            run = usable[index - self.years : index]
            if round(years_between(run[0].end, run[-1].end), 6) == self.years - 1:
                mean = sum(point.value for point in run) / self.years
                means.append(changed(run[-1], mean, *run[:-1]))
        if not means or means[-1].end != usable[-1].end:
            return NotComputable(Obstacle.gap_in_series)
        means = [means[0]._replace(break_before=False), *means[1:]]
        return ask(series, tuple(means), series.direction.sign, self.value, _day_or_none(self.due))


class YesNo(_Demand):
    """Something is to be there by a date; the readings are 0 (no) or 1 (yes)."""

    demand: Literal["yes_no"] = "yes_no"
    due: OptionalPartialDate = None

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """0 or 1."""
        return _stage_reached(series, (0.0, 1.0))

    def question(self, series: Series) -> NotComputable:
        """Nothing is read into the time between no and yes."""
        return NotComputable(Obstacle.no_interpolation if series.points else Obstacle.no_reading)


class Stage(Value):
    """A stage or milestone with the criterion by which one sees that it is reached, and the share it stands for."""

    title: Title
    criterion: Line
    share: Share


class Stages(_Demand):
    """Stages or milestones in their order; a reading is the number of the stage that is reached, 0 for none yet."""

    demand: Literal["stages"] = "stages"
    stages: Annotated[tuple[Stage, ...], Field(min_length=2, max_length=20)]
    due: OptionalPartialDate = None

    @model_validator(mode="after")
    def _shares_rise_to_one(self) -> Stages:
        shares = [stage.share for stage in self.stages]
        if shares[-1] != 1 or any(later <= earlier for earlier, later in pairwise(shares)):
            raise PydanticCustomError("stage_shares", "the shares must rise from stage to stage and end at 1")
        return self

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The share that the reached stage stands for."""
        return _stage_reached(series, (0.0, *(stage.share for stage in self.stages)))

    def question(self, series: Series) -> NotComputable:
        """Nothing is read into the time between two stages."""
        return NotComputable(Obstacle.no_interpolation if series.points else Obstacle.no_reading)


class Criterion(Value):
    """One sign by which a state in words is recognised; without `met` it has not been looked at yet."""

    title: Title
    met: bool | None = None
    proof: OptionalLine = None
    assessed_on: OptionalPartialDate = None

    @model_validator(mode="after")
    def _what_is_met_is_proven(self) -> Criterion:
        if self.met and not self.proof:
            raise PydanticCustomError("proof_missing", "a criterion that is met names its proof")
        return self


class InWords(_Demand):
    """A state in words, such as "not below the NRW average", with the criteria by which one recognises it.

    Without criteria it is shown and never calculated.
    """

    demand: Literal["in_words"] = "in_words"
    text: Text
    benchmark: OptionalLine = None
    due: OptionalPartialDate = None
    criteria: tuple[Criterion, ...] = ()

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Criteria met / criteria, once each of them has been looked at."""
        if not self.criteria:
            return NotComputable(Obstacle.target_in_words)
        looked_at = [one for one in self.criteria if one.met is not None]
        if len(looked_at) < len(self.criteria):
            return NotComputable(Obstacle.criteria_open, have=len(looked_at), need=len(self.criteria))
        met, all_of_them = float(sum(bool(one.met) for one in looked_at)), float(len(self.criteria))
        return Attainment(met / all_of_them, met, all_of_them, Formula.criteria)

    def question(self, series: Series) -> NotComputable:
        """Words have no pace."""
        return NotComputable(Obstacle.target_in_words)


def _last_day(text: str) -> date:
    return partial_date_bounds(text)[1]


def _day_or_none(text: str | None) -> date | None:
    return _last_day(text) if text else None


def _kept(asked: Question | NotComputable, tolerance: float | None) -> Attainment | NotComputable:
    if isinstance(asked, NotComputable):
        return asked
    assert asked.value is not None
    return bound_kept(asked.points[-1], asked.value, asked.sign, tolerance, asked.scale)


def _start(
    series: Series, baseline: float | None, period: str | None, points: tuple[Point, ...]
) -> Waypoint | float | NotComputable:
    """Where the way begins: the stated baseline, with its day if it has one, or the first reading."""
    if not points:
        return NotComputable(Obstacle.no_reading)
    if not series.direction.sign:
        return NotComputable(Obstacle.neutral_direction)
    if baseline is not None:
        return Waypoint(_last_day(period), baseline) if period else baseline
    if len(points) < 2:
        return NotComputable(Obstacle.no_baseline)
    if any(point.break_before for point in points[1:]):
        return NotComputable(Obstacle.break_in_series)
    return Waypoint(points[0].end, points[0].value)


def _point_of(points: tuple[Point, ...], period: str) -> Point | None:
    first, last = partial_date_bounds(period)
    return next((point for point in points if (point.start, point.end) == (first, last)), None) or next(
        (point for point in reversed(points) if first <= point.start and point.end <= last), None
    )


def _compared(series: Series, territory: str) -> tuple[Point, ...] | NotComputable:
    """The indicator less the other territory in every period that both have."""
    if not series.points:
        return NotComputable(Obstacle.no_reading)
    other = series.others.get(territory)
    if not other:
        return NotComputable(Obstacle.no_comparison)
    return minus(series.points, other) or NotComputable(Obstacle.no_shared_period)


def _stage_reached(series: Series, shares: tuple[float, ...]) -> Attainment | NotComputable:
    if not series.points:
        return NotComputable(Obstacle.no_reading)
    reached = series.points[-1].value
    if reached not in range(len(shares)):
        return NotComputable(Obstacle.not_a_stage)
    last = len(shares) - 1
    return Attainment(shares[int(reached)], reached, float(last), Formula.stage, end=series.points[-1].end)


Demand = Annotated[
    ValueByDate
    | KeepEveryYear
    | DirectionOnly
    | Band
    | AgainstBenchmark
    | GapClosed
    | SpreadBelow
    | ShareOfWhole
    | CumulativeShare
    | RelativeToBaseYear
    | AverageOverYears
    | YesNo
    | Stages
    | InWords,
    Field(discriminator="demand"),
]
"""The tagged union: a new kind is one more class here, its words in the catalogue, and its tests."""
