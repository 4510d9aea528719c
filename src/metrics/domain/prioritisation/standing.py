"""How firm a ranking stands: how often a measure comes how far to the front, and what would turn two neighbours round.

The draws are those of `robustness.simulate`: weights as the reader wants them to vary, scores within the uncertainty
their raters stated, or with the raters' disagreement as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from metrics.domain.priorities import PriorityRound, Rating
from metrics.domain.prioritisation.nutzwert import Ranked, RoundResult, in_favour, judge_round, ratings_that_count
from metrics.domain.prioritisation.robustness import Acceptability, Flip, WeightSpace, flip_point, simulate
from metrics.domain.prioritisation.weighting import shifted

STEP = 0.05
"""Five points of weight: what is shown of every criterion without being asked for."""


class ScoreSpread(StrEnum):
    """What of the scores is uncertain: the ranges that raters stated, or also that they disagree."""

    stated = "stated"
    raters = "raters"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two measures that follow each other, and the single weight whose change turns them round soonest.

    `code` is its criterion, `weight` and `needed` shares 0–1; all None where no single weight turns them.
    """

    upper: str
    lower: str
    code: str | None = None
    weight: float | None = None
    needed: float | None = None

    @property
    def change(self) -> float | None:
        """How much the weight has to change, −1 … 1."""
        return None if self.weight is None or self.needed is None else self.needed - self.weight


@dataclass(frozen=True, slots=True)
class Shift:
    """What five points more or less of one criterion's weight do: `order` of the measures then."""

    code: str
    change: float
    weights: Mapping[str, float]
    order: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The robustness of a ranking; rows of `acceptability` and of its weights stand for `measure_ids`."""

    measure_ids: tuple[str, ...]
    codes: tuple[str, ...]
    acceptability: Acceptability
    neighbours: tuple[Neighbours, ...]
    shifts: tuple[Shift, ...]

    def among_first(self, count: int) -> dict[str, float]:
        """Share of the draws in which each measure is among the first so many."""
        shares = self.acceptability.within(count)
        return {identifier: float(share) for identifier, share in zip(self.measure_ids, shares, strict=True)}

    def favouring(self, measure_id: str) -> dict[str, float] | None:
        """The mean of the weights under which a measure is first; None if it never is."""
        row = self.acceptability.central_weights[self.measure_ids.index(measure_id)]
        return None if np.isnan(row).any() else dict(zip(self.codes, map(float, row), strict=True))


def front(result: RoundResult) -> int:
    """How many first ones sentences speak of: five, or half of a short list."""
    return max(1, min(5, len(result.ranking) // 2))


def standing(
    round_: PriorityRound,
    ratings: Sequence[Rating],
    result: RoundResult,
    *,
    space: WeightSpace = WeightSpace.every,
    spread: ScoreSpread = ScoreSpread.stated,
    group_id: str | None = None,
) -> Standing | None:
    """How firm the ranking of a result stands; None without a ranked measure."""
    ranking = result.ranking
    if not ranking:
        return None
    codes = tuple(code for code, weight in result.weights.items() if weight > 0)
    weights = [result.weights[code] for code in codes]
    if spread is ScoreSpread.raters:
        low, high = _by_rater(round_, ratings, ranking, codes, group_id)
    else:
        low, high = _stated(round_, ranking, codes)
    return Standing(
        measure_ids=tuple(found.measure_id for found in ranking),
        codes=codes,
        acceptability=simulate(low, high, weights, space),
        neighbours=tuple(_neighbours(upper, lower, codes, result.weights) for upper, lower in pairwise(ranking)),
        shifts=tuple(shift for code in codes for shift in _shifts(code, codes, ranking, result.weights)),
    )


def _stated(round_: PriorityRound, ranking: Sequence[Ranked], codes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Bounds in favour, (measures × criteria)."""
    bounds = np.array([[_favour(round_, found, code) for code in codes] for found in ranking])
    return bounds[..., 1], bounds[..., 2]


def _favour(round_: PriorityRound, found: Ranked, code: str) -> tuple[float, float, float]:
    cell = found.cells[code]
    assert cell is not None  # a ranked measure has every score that counts
    return in_favour(round_.criterion(code), cell)


def _by_rater(
    round_: PriorityRound,
    ratings: Sequence[Rating],
    ranking: Sequence[Ranked],
    codes: Sequence[str],
    group_id: str | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Each rater's bounds in favour, (measures × criteria × raters), NaN where he gave no number."""
    group_of = {seat.number: seat.group_id for seat in round_.seats}
    seats = [number for number, group in group_of.items() if group_id in (None, group)]
    row = {found.measure_id: place for place, found in enumerate(ranking)}
    bounds = np.full((2, len(ranking), len(codes), len(seats)), np.nan)
    for rating in ratings_that_count(round_, ratings):
        if rating.measure_id not in row or rating.seat not in seats:
            continue
        for place, code in enumerate(codes):
            score = rating.by_code.get(code)
            if score is not None and score.value is not None:
                ends = sorted(round_.criterion(code).in_favour(end) for end in (score.least, score.most))
                bounds[:, row[rating.measure_id], place, seats.index(rating.seat)] = ends
    return bounds[0], bounds[1]


def _neighbours(upper: Ranked, lower: Ranked, codes: Sequence[str], weights: Mapping[str, float]) -> Neighbours:
    flip: Flip | None = flip_point(
        _row(upper, codes, weights), _row(lower, codes, weights), [weights[c] for c in codes]
    )
    if flip is None:
        return Neighbours(upper.measure_id, lower.measure_id)
    return Neighbours(upper.measure_id, lower.measure_id, codes[flip.position], flip.weight, flip.needed)


def _row(found: Ranked, codes: Sequence[str], weights: Mapping[str, float]) -> list[float]:
    """The scores in favour of a measure, from what they contribute."""
    return [found.contributions[code] / weights[code] for code in codes]


def _shifts(code: str, codes: Sequence[str], ranking: Sequence[Ranked], weights: Mapping[str, float]) -> list[Shift]:
    now = [found.measure_id for found in ranking]
    rows = {found.measure_id: _row(found, codes, weights) for found in ranking}
    found = []
    for change in (STEP, -STEP):
        then = shifted([weights[other] for other in codes], codes.index(code), change)
        totals = {name: sum(map(float.__mul__, then, row)) for name, row in rows.items()}
        order = sorted(now, key=lambda name: -round(totals[name], 9))
        moved = tuple(name for name in now if order.index(name) != now.index(name))
        found.append(Shift(code, change, dict(zip(codes, then, strict=True)), tuple(order), moved))
    return found


def alone(round_: PriorityRound, ratings: Sequence[Rating]) -> dict[str, RoundResult]:
    """The result of each group by itself."""
    return {group_id: judge_round(round_, ratings, group_id) for group_id in round_.groups}
