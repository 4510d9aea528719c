"""The kinds of target: what an indicator may be asked to reach, each kind judging itself.

A kind says how far it is reached (`attainment`) and brings itself into the one form that every rule of the course
understands (`question`): a series, a bound or a direction, and the day by which. Both may be NotComputable, with the
reason. Shares are 0–1 unless a field says per cent. Formulas: docs/methods.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Annotated, Literal, get_args

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
    refuse_backwards,
)
from metrics.domain.progress.attainment import bound_kept, share_of_target, way_travelled
from metrics.domain.progress.outcome import Attainment, Formula, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import (
    NEVER_NEGATIVE,
    UNBOUNDED,
    Question,
    Series,
    Waypoint,
    ask,
    broken_off,
    changed,
    minus,
    nothing_to_read,
    on_paper,
    side_by_side,
    years_between,
)

PositiveFloat = Annotated[float, Field(gt=0)]
WHOLE = 100.0
"""Per cent."""
ONE_YEAR = 1.0


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
    """A value to be reached by a date, with interim targets if there are any; values in the indicator's unit.

    A baseline period without a baseline means the reading of that period.
    """

    demand: Literal["value_by_date"] = "value_by_date"
    value: float
    due: PartialDate
    baseline: float | None = None
    baseline_period: OptionalPartialDate = None
    interim: tuple[InterimTarget, ...] = ()

    @model_validator(mode="after")
    def _dates_come_in_order(self) -> ValueByDate:
        _refuse_no_way(self.baseline_period, self.interim[0].due if self.interim else self.due)
        for earlier, later in pairwise([*(one.due for one in self.interim), self.due]):
            if _last_day(later) <= _last_day(earlier):
                raise PydanticCustomError(
                    "interim_order", "{later} does not come after {earlier}", {"earlier": earlier, "later": later}
                )
        return self

    @property
    def needs_whole_series(self) -> bool:
        """The baseline's reading may lie further back."""
        return self.baseline is None and self.baseline_period is not None

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The share of the way from the baseline to the target; the first reading if no baseline is stated."""
        start = _start(series, self.baseline, self.baseline_period)
        if isinstance(start, NotComputable):
            return start
        stated = self.baseline is not None or self.baseline_period is not None
        return way_travelled(series.points[-1], start, self.value, series.direction.sign, stated=stated)

    def question(self, series: Series) -> Question | NotComputable:
        """The nearest date that has not passed decides, as the official rule says of several dated targets."""
        steps = [Waypoint(_last_day(one.due), one.value) for one in self.interim]
        steps.append(Waypoint(_last_day(self.due), self.value))
        last = series.points[-1].end if series.points else date.min
        nearest = next((step for step in steps if step.day.year >= last.year), steps[-1])
        start = _start(series, self.baseline, self.baseline_period)
        ahead = tuple(step for step in steps if step.day > start.day) if isinstance(start, Waypoint) else ()
        path = (start, *ahead) if isinstance(start, Waypoint) and ahead else ()
        asked = ask(series, series.points, series.direction.sign, nearest.value, nearest.day, path)
        if isinstance(asked, NotComputable):
            return asked
        return replace(asked, final=self.value, undated_baseline=isinstance(start, float))


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
        due = _day_or_none(self.due)
        return ask(series, distances, -1, 0.0, due, scale=Scale.difference, bounds=NEVER_NEGATIVE)


class _Compared(_Demand):
    """What other territories decide."""

    @property
    def needs_whole_series(self) -> bool:
        """Their newest values, or the gap at the start, may lie further back."""
        return True

    @property
    def needs_comparison(self) -> bool:
        """They decide."""
        return True


class Relation(StrEnum):
    """How an indicator is to stand to another territory's series."""

    above = "above"
    below = "below"
    equal = "equal"
    parity = "parity"


class AgainstBenchmark(_Compared):
    """Not below, not above or level with another territory, in the same period and on the same basis.

    `above` and `below` speak of the difference in the indicator's unit, `equal` of its size, `parity` of how far the
    ratio is from 1, in per cent. `tolerance` in the same scale: what still counts as equal, or grades a miss.
    """

    demand: Literal["against_benchmark"] = "against_benchmark"
    relation: Relation
    territory: Line
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

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
            most = self.tolerance or 0.0
            return ask(series, sizes, -1, most, due, scale=Scale.difference, bounds=NEVER_NEGATIVE)
        other = {(point.start, point.end): point.value for point in series.others[self.territory]}
        ratios = []
        for point in found:
            base = other[point.start, point.end]
            if base <= 0:
                return NotComputable(Obstacle.base_not_positive)
            ratios.append(point._replace(value=_per_cent(abs(point.value), base)))
        most = self.tolerance or 0.0
        return ask(series, tuple(ratios), -1, most, due, scale=Scale.percent, bounds=NEVER_NEGATIVE)


class GapClosed(_Compared):
    """A share of the gap to another territory is to be closed by a date; `baseline_period` names the gap at the start.

    Without a baseline period the first shared period counts.
    """

    demand: Literal["gap_closed"] = "gap_closed"
    territory: Line
    share: Annotated[float, Field(gt=0, le=1)]
    due: PartialDate
    baseline_period: OptionalPartialDate = None

    @model_validator(mode="after")
    def _starts_before_it_is_due(self) -> GapClosed:
        _refuse_no_way(self.baseline_period, self.due)
        return self

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The closed share of the gap over the share that is to be closed."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        assert asked.value is not None
        stated = self.baseline_period is not None
        if not stated and len(asked.points) < 2:
            return NotComputable(Obstacle.no_baseline)
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
            return NotComputable(Obstacle.no_shared_base)
        if start.value == 0:
            return NotComputable(Obstacle.gap_already_closed)
        if not series.across_breaks and any(point.break_before for point in gaps if point.end > start.end):
            return NotComputable(Obstacle.break_in_series)
        left = float((1 - on_paper(self.share)) * on_paper(start.value))
        path = (Waypoint(start.end, start.value, start.illustrative), Waypoint(_last_day(self.due), left))
        return ask(series, gaps, -1, left, _last_day(self.due), path, Scale.difference, NEVER_NEGATIVE)


class SpreadBelow(_Compared):
    """The spread (largest less smallest) of the own value and other territories' is to stay at or below `value`.

    Without `territories` every comparison series counts; only periods that all of them have are used.
    """

    demand: Literal["spread_below"] = "spread_below"
    value: Annotated[float, Field(ge=0)]
    territories: tuple[Line, ...] = ()
    tolerance: PositiveFloat | None = None
    due: OptionalPartialDate = None

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
        others = [series.others[name] for name in names]
        found = side_by_side(series.points, others, lambda values: max(values) - min(values))
        spreads = _still_telling(series, found)
        if isinstance(spreads, NotComputable):
            return spreads
        due = _day_or_none(self.due)
        return ask(series, spreads, -1, self.value, due, scale=Scale.difference, bounds=NEVER_NEGATIVE)


class ShareOfWhole(_Demand):
    """A share or coverage of a whole, `percent` of `whole` (in the indicator's unit), every year or by a date.

    Where less is better it is a limit, which is kept or not.
    """

    demand: Literal["share_of_whole"] = "share_of_whole"
    whole: PositiveFloat
    percent: Annotated[float, Field(gt=0, le=100)]
    due: OptionalPartialDate = None

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The reached share over the share that is asked for."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        if asked.sign < 0:
            return _kept(asked, None)
        return share_of_target(asked.points[-1], self.percent, Scale.percent)

    def question(self, series: Series) -> Question | NotComputable:
        """The values in per cent of the whole."""
        shares = tuple(point._replace(value=_per_cent(point.value, self.whole)) for point in series.points)
        return ask(series, shares, series.direction.sign, self.percent, _day_or_none(self.due), scale=Scale.percent)


class Counting(StrEnum):
    """Whether a reading stands for its period alone or for everything up to then."""

    per_period = "per_period"
    running_total = "running_total"


class CumulativeShare(_Demand):
    """A sum to be reached by a date, as EU funds report it: cumulative value / target, without a baseline.

    Where less is better it is a budget, which is kept or not. With a start the sum must begin there.
    """

    demand: Literal["cumulative_share"] = "cumulative_share"
    value: PositiveFloat
    due: PartialDate
    starts: OptionalPartialDate = None
    counting: Counting = Counting.per_period

    @model_validator(mode="after")
    def _starts_before_it_is_due(self) -> CumulativeShare:
        refuse_backwards(self.starts, self.due)
        return self

    @property
    def needs_whole_series(self) -> bool:
        """The sum begins at the start."""
        return self.counting is Counting.per_period

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """The sum over the target."""
        asked = self.question(series)
        if isinstance(asked, NotComputable):
            return asked
        if asked.sign < 0:  # a budget that is overspent stays so
            return bound_kept(asked.points[-1], self.value, asked.sign, None, asked.scale)
        return share_of_target(asked.points[-1], self.value)

    def question(self, series: Series) -> Question | NotComputable:
        """The running sum; a missing period is not zero, so a gap ends the calculation, and so does a break."""
        first, latest = partial_date_bounds(self.starts) if self.starts else (date.min, date.max)
        counted = tuple(point for point in series.points if point.start >= first)
        if self.counting is Counting.per_period and counted:
            follows = all(
                later.start.toordinal() == earlier.end.toordinal() + 1 for earlier, later in pairwise(counted)
            )
            if not follows or counted[0].start > latest:
                return NotComputable(Obstacle.gap_in_series)
            if not series.across_breaks and any(point.break_before for point in counted[1:]):
                return NotComputable(Obstacle.break_in_series)
            counted = _running_sums(counted)
        # a sum outgrows the bounds of the values that it is made of
        bounds = UNBOUNDED if self.counting is Counting.per_period else None
        return ask(series, counted, series.direction.sign, self.value, _last_day(self.due), bounds=bounds)


class RelativeToBaseYear(_Demand):
    """A value in per cent of a base year's value ("65 % of 1990"), by a date.

    The base value is stated or is the reading of the base period; it must be above zero.
    """

    demand: Literal["relative_to_base_year"] = "relative_to_base_year"
    percent: PositiveFloat
    base_period: PartialDate
    base_value: PositiveFloat | None = None
    due: PartialDate

    @model_validator(mode="after")
    def _base_lies_before_due(self) -> RelativeToBaseYear:
        _refuse_no_way(self.base_period, self.due)
        return self

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
        read: tuple[Point, ...] = ()
        if base is None:
            found = _point_of(series.points, self.base_period)
            if found is None:
                return NotComputable(Obstacle.no_base_value)
            base, read = found.value, (found,)
            later = (point for point in series.points if point.end > found.end)
            if not series.across_breaks and any(point.break_before for point in later):
                return NotComputable(Obstacle.break_in_series)
        if base <= 0:
            return NotComputable(Obstacle.base_not_positive)
        indexed = tuple(changed(point, _per_cent(point.value, base), *read) for point in series.points)
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
        obstacle = nothing_to_read(series.points)
        if obstacle:
            return obstacle
        usable, lost = series.usable, len(series.points) - len(series.usable)
        if len(usable) < self.years:
            reason = Obstacle.break_in_series if len(usable) + lost >= self.years else Obstacle.too_few_points
            return NotComputable(reason, have=len(usable), need=self.years)
        runs = (usable[index : index + self.years] for index in range(len(usable) - self.years + 1))
        means = tuple(changed(run[-1], _mean(run), *run[:-1]) for run in runs if _yearly(run))
        if not means or means[-1].end != usable[-1].end:
            return NotComputable(Obstacle.gap_in_series)
        asked = ask(series, means, series.direction.sign, self.value, _day_or_none(self.due))
        return asked if isinstance(asked, NotComputable) else replace(asked, lost=lost)


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


class CriterionState(StrEnum):
    """Whether a criterion is met; open until somebody has looked."""

    open = "open"
    met = "met"
    not_met = "not_met"


class StateCriterion(Value):
    """One sign by which a state in words is recognised."""

    title: Title
    state: CriterionState = CriterionState.open
    proof: OptionalLine = None
    assessed_on: OptionalPartialDate = None

    @model_validator(mode="after")
    def _what_is_met_is_proven(self) -> StateCriterion:
        if self.state is CriterionState.met and not self.proof:
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
    criteria: tuple[StateCriterion, ...] = ()

    def attainment(self, series: Series) -> Attainment | NotComputable:
        """Criteria met / criteria, once each of them has been looked at."""
        if not self.criteria:
            return NotComputable(Obstacle.target_in_words)
        states = [one.state for one in self.criteria]
        if CriterionState.open in states:
            looked_at = len(states) - states.count(CriterionState.open)
            return NotComputable(Obstacle.criteria_open, have=looked_at, need=len(states))
        met = float(states.count(CriterionState.met))
        return Attainment(met / len(states), met, float(len(states)), Formula.criteria)

    def question(self, series: Series) -> NotComputable:
        """Words have no pace."""
        return NotComputable(Obstacle.target_in_words)


def _refuse_no_way(start: str | None, due: str) -> None:
    if start and _last_day(due) <= _last_day(start):
        told = {"start": start, "due": due}
        raise PydanticCustomError("baseline_not_before_due", "{due} does not come after the baseline of {start}", told)


def _last_day(text: str) -> date:
    return partial_date_bounds(text)[1]


def _day_or_none(text: str | None) -> date | None:
    return _last_day(text) if text else None


def _kept(asked: Question | NotComputable, tolerance: float | None) -> Attainment | NotComputable:
    if isinstance(asked, NotComputable):
        return asked
    assert asked.value is not None
    return bound_kept(asked.points[-1], asked.value, asked.sign, tolerance, asked.scale, asked.due)


def _start(series: Series, baseline: float | None, period: str | None) -> Waypoint | float | NotComputable:
    """Where the way begins: the stated baseline, with its day if it has one, or the reading of its period or the first.

    No way leads from a reading across a break, unless the indicator may be judged across breaks.
    """
    points = series.points
    obstacle = nothing_to_read(points)
    if obstacle:
        return obstacle
    if not series.direction.sign:
        return NotComputable(Obstacle.neutral_direction)
    if baseline is not None:
        return Waypoint(_last_day(period), baseline) if period else baseline
    if period is None and len(points) < 2:
        return NotComputable(Obstacle.no_baseline)
    first = _point_of(points, period) if period else points[0]
    if first is None:
        return NotComputable(Obstacle.no_base_value)
    if period is None and points[1].end == first.end:
        return NotComputable(Obstacle.duplicate_period)
    if not series.across_breaks and any(point.break_before for point in points if point.end > first.end):
        return NotComputable(Obstacle.break_in_series)
    return Waypoint(first.end, first.value, first.illustrative)


def _point_of(points: tuple[Point, ...], period: str) -> Point | None:
    """The reading of exactly this period, or the only one within it; of twelve months none stands for the year."""
    first, last = partial_date_bounds(period)
    within = [point for point in points if first <= point.start and point.end <= last]
    exact = [point for point in within if (point.start, point.end) == (first, last)]
    found = exact or within
    return found[0] if len(found) == 1 else None


def _per_cent(value: float, base: float) -> float:
    return float(100 * on_paper(value) / on_paper(base))


def _running_sums(points: tuple[Point, ...]) -> tuple[Point, ...]:
    totals = accumulate(on_paper(point.value) for point in points)
    sums: list[Point] = []
    for point, total in zip(points, totals, strict=True):
        sums.append(changed(point, float(total), *sums[-1:]))
    return tuple(sums)


def _mean(points: tuple[Point, ...]) -> float:
    return float(sum(on_paper(point.value) for point in points) / len(points))


def _yearly(points: tuple[Point, ...]) -> bool:
    return all(round(years_between(one.end, other.end), 6) == ONE_YEAR for one, other in pairwise(points))


def _compared(series: Series, territory: str) -> tuple[Point, ...] | NotComputable:
    """The indicator less the other territory in every period that both have."""
    if not series.points:
        return NotComputable(Obstacle.no_reading)
    other = series.others.get(territory)
    if not other:
        return NotComputable(Obstacle.no_comparison)
    return _still_telling(series, minus(series.points, other))


def _still_telling(series: Series, shared: tuple[Point, ...]) -> tuple[Point, ...] | NotComputable:
    """The shared periods, unless there are none, or none since the own series broke."""
    if not shared:
        return NotComputable(Obstacle.no_shared_period)
    return NotComputable(Obstacle.break_in_series) if broken_off(series, shared) else shared


def _stage_reached(series: Series, shares: tuple[float, ...]) -> Attainment | NotComputable:
    obstacle = nothing_to_read(series.points)
    if obstacle:
        return obstacle
    newest = series.points[-1]
    if newest.value not in range(len(shares)):
        return NotComputable(Obstacle.not_a_stage)
    share, last = shares[int(newest.value)], float(len(shares) - 1)
    return Attainment(share, newest.value, last, Formula.stage, end=newest.end, illustrative=newest.illustrative)


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
DEMANDS: dict[str, type[_Demand]] = {
    model.model_fields["demand"].default: model for model in get_args(get_args(Demand)[0])
}
"""The kinds of target by their tag."""
