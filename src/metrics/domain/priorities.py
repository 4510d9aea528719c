"""Prioritisation: sets of criteria, rounds in which raters rate measures on their own, and what was decided.

Everything is rated on a common scale 0–10 whose ends and middle the criterion describes in words. A round carries its
own copy of the criteria, so that a later edition of the set changes nothing of what was rated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import (
    Identifier,
    Line,
    MeasureId,
    OptionalLine,
    OptionalText,
    Record,
    Reference,
    Title,
    Value,
    first_doubled,
)
from metrics.domain.prioritisation.weighting import (
    PairwiseWeights,
    equal_weights,
    pairwise_weights,
    swing_weights,
    weights_of_ranks,
)

SCALE_LOWEST, SCALE_MIDDLE, SCALE_HIGHEST = 0.0, 5.0, 10.0
"""The common scale; its middle is the declared cut of the matrix, so quadrants never jump."""
WHOLE = 100.0
"""Weights are entered in per cent, swings in points of which the most important one has a hundred."""
MOST_PAIRWISE = 7
"""More criteria cannot be compared in pairs consistently (Saaty)."""
_CENT = 0.01
"""How closely entered weights must sum to a hundred."""

OnScale = Annotated[float, Field(ge=SCALE_LOWEST, le=SCALE_HIGHEST)]
"""A score 0–10."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal digits."""
RoundId = Annotated[Identifier, Reference("priority_round")]
GroupId = Annotated[Identifier, Reference("rater_group")]


class CriterionDirection(StrEnum):
    """Whether a high score speaks for a measure or against it."""

    higher = "higher"
    lower = "lower"  # type: ignore[assignment]  # hides str.lower, which a direction has no use for


class MatrixAxis(StrEnum):
    """Which axis of the impact–effort matrix a criterion feeds."""

    impact = "impact"
    effort = "effort"


class Weighting(StrEnum):
    """How the weights of a set come about."""

    entered = "entered"
    swing = "swing"
    rank = "rank"
    equal = "equal"
    pairwise = "pairwise"


class RoundState(StrEnum):
    """offen → geschlossen → beschlossen; a second vote opens a closed round again for chosen measures."""

    open = "open"
    closed = "closed"
    decided = "decided"


class Voice(StrEnum):
    """Whose median counts: that of all raters, or that of the groups' medians, each group one voice."""

    rater = "rater"
    group = "group"


class Outcome(StrEnum):
    """What is decided about a measure."""

    planned = "planned"
    prioritised = "prioritised"
    deferred = "deferred"


class Criterion(Value):
    """What measures are rated on.

    `points` is what the set's weighting asks for: per cent, swing points 0–100, or the place 1, 2, …; `counts` False
    keeps a criterion out of the Nutzwert, such as an effort that only places a measure in the matrix. `knock_out`: a
    measure whose score in favour lies below is out, whatever else it offers.
    """

    code: Identifier
    title: Title
    question: OptionalLine = None
    direction: CriterionDirection = CriterionDirection.higher
    anchor_low: OptionalLine = None
    anchor_middle: OptionalLine = None
    anchor_high: OptionalLine = None
    counts: bool = True
    points: Annotated[float, Field(ge=0, le=WHOLE)] | None = None
    axis: MatrixAxis | None = None
    knock_out: OnScale | None = None

    @property
    def anchored(self) -> bool:
        """Whether 0, 5 and 10 are described in words."""
        return None not in (self.anchor_low, self.anchor_middle, self.anchor_high)

    def in_favour(self, score: float) -> float:
        """A score with 10 in favour of the measure, without the last binary digits that turning it round leaves."""
        return score if self.direction is CriterionDirection.higher else round(SCALE_HIGHEST - score, 9)


class PairComparison(Value):
    """How much more important the first criterion is than the second, 1/9 to 9 (Saaty's scale)."""

    first: Identifier
    second: Identifier
    ratio: Annotated[float, Field(ge=1 / 9, le=9)]


class WeightedCriteria(Record):
    """What a set of criteria and a round have in common: the criteria and how they are weighted."""

    weighting: Weighting = Weighting.equal
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    comparisons: tuple[PairComparison, ...] = ()

    @field_validator("criteria")
    @classmethod
    def _weights_are_complete(cls, criteria: tuple[Criterion, ...], info: ValidationInfo) -> tuple[Criterion, ...]:
        doubled = first_doubled(criterion.code for criterion in criteria)
        if doubled is not None:
            raise PydanticCustomError("duplicate_code", "code {code} occurs twice", {"code": doubled})
        counting = [criterion for criterion in criteria if criterion.counts]
        if not counting:
            raise PydanticCustomError("no_criterion_counts", "no criterion counts")
        if "weighting" in info.data:
            _check_points(counting, info.data["weighting"])
        return criteria

    @model_validator(mode="after")
    def _pairs_are_complete(self) -> WeightedCriteria:
        if self.weighting is not Weighting.pairwise:
            return self
        codes = [criterion.code for criterion in self.criteria if criterion.counts]
        given = [frozenset((pair.first, pair.second)) for pair in self.comparisons]
        for first, second in combinations(codes, 2):
            if given.count(frozenset((first, second))) != 1:
                raise PydanticCustomError(
                    "pair_not_compared_once",
                    "{first} and {second} are not compared once",
                    {"first": first, "second": second},
                )
        for pair in self.comparisons:
            if pair.first == pair.second or not {pair.first, pair.second} <= set(codes):
                raise PydanticCustomError(
                    "pair_of_unknown", "{first}, {second} are no pair", {"first": pair.first, "second": pair.second}
                )
        return self

    @property
    def weights(self) -> dict[str, float]:
        """Share 0–1 of every criterion by its code, in order; they sum to one, what does not count has none."""
        counting = [criterion for criterion in self.criteria if criterion.counts]
        shares = dict(zip((criterion.code for criterion in counting), self._shares(counting), strict=True))
        return {criterion.code: shares.get(criterion.code, 0.0) for criterion in self.criteria}

    @property
    def pairwise(self) -> PairwiseWeights | None:
        """Weights from comparisons in pairs with their consistency; None for another weighting."""
        if self.weighting is not Weighting.pairwise:
            return None
        codes = [criterion.code for criterion in self.criteria if criterion.counts]
        place = {code: index for index, code in enumerate(codes)}
        matrix = [[1.0] * len(codes) for _ in codes]
        for pair in self.comparisons:
            matrix[place[pair.first]][place[pair.second]] = pair.ratio
            matrix[place[pair.second]][place[pair.first]] = 1 / pair.ratio
        return pairwise_weights(matrix)

    def criterion(self, code: str) -> Criterion:
        """The criterion of a code; raises KeyError."""
        return {found.code: found for found in self.criteria}[code]

    def _shares(self, counting: list[Criterion]) -> tuple[float, ...]:
        points = [criterion.points or 0.0 for criterion in counting]
        pairwise = self.pairwise
        if pairwise is not None:
            return tuple(pairwise.weights)
        if self.weighting is Weighting.equal:
            return equal_weights(len(counting))
        if self.weighting is Weighting.rank:
            return weights_of_ranks([round(point) for point in points])
        return swing_weights(points)


class CriteriaSet(WeightedCriteria):
    """The criteria of an office with their weights; every edition is a version in the ledger."""

    kind: ClassVar[str] = "criteria_set"

    title: Title


class RaterGroup(Record):
    """A group whose members rate on their own."""

    kind: ClassVar[str] = "rater_group"

    title: Title


class Seat(Value):
    """A rater's place in a round: a number instead of a name, and the SHA-256 of the code that opens it.

    A seat without a code cannot be entered, such as one whose ratings came with a plan file.
    """

    number: Annotated[int, Field(ge=1, le=9999)]
    group_id: GroupId
    code_sha256: Digest | None = None


class RemovedMeasure(Value):
    """A measure that left a round while it was rated, and why."""

    measure_id: MeasureId
    reason: Line


class PriorityRound(WeightedCriteria):
    """A round: who rates which measures on which criteria until when.

    `vote` counts the votes; a second or later one is about `revote_ids` alone. `criteria_set_version` is the edition
    that was copied.
    """

    kind: ClassVar[str] = "priority_round"

    title: Title
    purpose: OptionalText = None
    state: RoundState = RoundState.open
    deadline: date
    measure_ids: Annotated[tuple[MeasureId, ...], Field(min_length=1)]
    removed: tuple[RemovedMeasure, ...] = ()
    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=400)]
    voice: Voice = Voice.rater
    vote: Annotated[int, Field(ge=1, le=99)] = 1
    revote_ids: tuple[MeasureId, ...] = ()
    criteria_set_id: Annotated[Identifier, Reference("criteria_set")]
    criteria_set_version: Annotated[int, Field(ge=1, le=9999)]

    @field_validator("measure_ids")
    @classmethod
    def _each_measure_once(cls, measure_ids: tuple[str, ...]) -> tuple[str, ...]:
        doubled = first_doubled(measure_ids)
        if doubled is not None:
            raise PydanticCustomError("measure_named_twice", "{id} occurs twice", {"id": doubled})
        return measure_ids

    @field_validator("seats")
    @classmethod
    def _each_seat_once(cls, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
        doubled = first_doubled(seat.number for seat in seats)
        if doubled is not None:
            raise PydanticCustomError("seat_named_twice", "seat {number} occurs twice", {"number": doubled})
        return seats

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that are still in the round, in their order."""
        gone = {removed.measure_id for removed in self.removed}
        return tuple(identifier for identifier in self.measure_ids if identifier not in gone)

    @property
    def to_rate(self) -> tuple[str, ...]:
        """The measures of the present vote."""
        again = set(self.revote_ids)
        return tuple(identifier for identifier in self.measures if self.vote == 1 or identifier in again)

    @property
    def votes_to_see(self) -> int:
        """How many votes are over: ratings of the one that runs stay hidden."""
        return self.vote - 1 if self.state is RoundState.open else self.vote

    @property
    def groups(self) -> tuple[str, ...]:
        """Ids of the groups that rate, in the order of their seats."""
        return tuple(dict.fromkeys(seat.group_id for seat in self.seats))

    def seat(self, number: int) -> Seat | None:
        """The seat of a number."""
        return next((seat for seat in self.seats if seat.number == number), None)


class Score(Value):
    """A score on one criterion with the range its rater holds possible; without a value: "weiß nicht"."""

    code: Identifier
    value: OnScale | None = None
    low: OnScale | None = None
    high: OnScale | None = None

    @model_validator(mode="after")
    def _range_holds_the_value(self) -> Score:
        bounds = (self.low, self.high)
        if self.value is None:
            fits = bounds == (None, None)
        else:
            fits = bounds == (None, None) or (None not in bounds and self.least <= self.value <= self.most)
        if not fits:
            raise PydanticCustomError("range_without_its_value", "the range does not hold the score")
        return self

    @property
    def least(self) -> float:
        """The lowest score held possible; only where there is a value."""
        return self._bound(self.low)

    @property
    def most(self) -> float:
        """The highest score held possible; only where there is a value."""
        return self._bound(self.high)

    def _bound(self, bound: float | None) -> float:
        found = self.value if bound is None else bound
        assert found is not None
        return found


class Rating(Record):
    """How the rater of one seat rates one measure in one vote."""

    kind: ClassVar[str] = "rating"

    round_id: RoundId
    measure_id: MeasureId
    seat: Annotated[int, Field(ge=1, le=9999)]
    vote: Annotated[int, Field(ge=1, le=99)] = 1
    scores: tuple[Score, ...]

    @property
    def by_code(self) -> Mapping[str, Score]:
        """The scores by the code of their criterion."""
        return {score.code: score for score in self.scores}


class DecidedMeasure(Value):
    """What was decided about a measure, with the figures it was decided by.

    `place`: its rank, None if it had none; `utility`: Nutzwert 0–10; `among_first`: share of weightings in which it is
    among as many first ones as lie within the line; `within`: whether it lies above the cut line.
    """

    measure_id: MeasureId
    place: Annotated[int, Field(ge=1, le=9999)] | None = None
    utility: OnScale | None = None
    among_first: Annotated[float, Field(ge=0, le=1)] | None = None
    person_days: Annotated[float, Field(ge=0, le=1e9)] | None = None
    within: bool
    outcome: Outcome
    reason: OptionalLine = None


class PriorityDecision(Record):
    """The end of a round: who decided what, on which day, by which method and from which inputs; never changed.

    `capacity_days` or `capacity_count` draws the line; `inputs_sha256` is the fingerprint of criteria, weights and
    ratings, `as_of_change` the ledger's last change before.
    """

    kind: ClassVar[str] = "priority_decision"

    round_id: RoundId
    decided_on: date
    decided_by: Line
    capacity_days: Annotated[float, Field(ge=0, le=1e6)] | None = None
    capacity_count: Annotated[int, Field(ge=0, le=9999)] | None = None
    method: Line
    as_of_change: Annotated[int, Field(ge=0, le=2_000_000_000)]
    inputs_sha256: Digest
    measures: tuple[DecidedMeasure, ...]


def _check_points(counting: list[Criterion], weighting: Weighting) -> None:
    """Refuse what the weighting cannot make weights of; nothing is set right in silence."""
    if weighting is Weighting.pairwise and len(counting) > MOST_PAIRWISE:
        raise PydanticCustomError("too_many_pairs", "more than {most} criteria", {"most": MOST_PAIRWISE})
    if weighting in (Weighting.equal, Weighting.pairwise):
        return
    without = next((criterion for criterion in counting if criterion.points is None), None)
    if without is not None:
        raise PydanticCustomError("points_missing", "criterion {code} has no points", {"code": without.code})
    points = [criterion.points or 0.0 for criterion in counting]
    if weighting is Weighting.entered and round(abs(sum(points) - WHOLE), 9) > _CENT:
        told = {"total": round(sum(points), 2), "lacking": round(WHOLE - sum(points), 2)}
        raise PydanticCustomError("weights_not_whole", "the weights sum to {total}", told)
    if weighting is Weighting.swing and max(points) != WHOLE:
        raise PydanticCustomError("no_swing_has_all_points", "the largest swing has {most}", {"most": max(points)})
    if weighting is Weighting.rank and any(point not in range(1, len(points) + 1) for point in points):
        raise PydanticCustomError("places_not_counted", "places are 1 to {most}", {"most": len(points)})
