"""How robust an order of measures is when weights and scores are uncertain, and which weight would turn it round.

Source: Lahdelma and Salminen (2001), SMAA-2: Stochastic multicriteria acceptability analysis for group decision
making, Operations Research 49(3), as described in docs/methods.md. In many draws of weights and scores the measures
are ranked by their weighted sum; what is told is how often each of them has each rank. The standard error of a share
is at most 0.5 / √draws, 0.005 for 10,000.

Scores are 0–10 in favour of the measure, weights shares 0–1. The same table, weights and seed give the same answer,
whatever the order of measures, criteria and raters, and measures that only a name tells apart have the same shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from metrics.domain.prioritisation.canonical import canonical_order
from metrics.domain.prioritisation.sums import Floats, Integers, weighted_sums
from metrics.domain.prioritisation.weighting import shifted

SCORE_LOWEST, SCORE_HIGHEST = 0.0, 10.0
DRAWS, SEED = 10_000, 2001
NEAR = 0.10
"""How far a weight may lie from the given one, as a share of all weights."""
TIE = 1e-9
"""Sums, and given weights, that differ by no more than this are the same."""

_NUMBERS_AT_A_TIME = 50_000  # they stay in the processor's cache; ten times as many take twice the time


class WeightSpace(StrEnum):
    """Which weights are thought possible, all of them alike; a criterion of weight 0 keeps it in each."""

    every = "every"
    """All weights that sum to one."""
    ordered = "ordered"
    """Those that keep the order of the given ones; criteria of the same given weight may come in any order."""
    near = "near"
    """Those that differ from each given one by no more than NEAR."""
    fixed = "fixed"
    """The given ones alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How often each of n measures has each rank, and which of k weights put it first.

    `acceptability` (n × n): share 0–1 of the draws in which the measure of the row has the rank of the column, first
    rank first; rows and columns sum to one, measures with the same sum share their ranks. `central_weights` (n × k):
    the mean weights of the draws in which the measure is first; NaN where it never is.
    """

    acceptability: Floats
    central_weights: Floats
    draws: int
    seed: int
    space: WeightSpace

    def within(self, rank: int) -> Floats:
        """For each measure the share of draws in which it has this rank or a better one."""
        return np.minimum(self.acceptability[:, : max(rank, 0)].sum(axis=1), 1.0)


def simulate(
    low: ArrayLike,
    high: ArrayLike,
    weights: Sequence[float],
    space: WeightSpace = WeightSpace.every,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Acceptability:
    """Rank measures by scores that lie between `low` and `high`, (n × k) or (n × k × raters), by k given weights.

    Each draw takes for each cell one of the raters who gave both bounds, then a score between them, all alike; where
    nobody gave them (NaN), any score from 0 to 10. Criteria of weight 0 do not count; if none counts, all measures are
    the same. Raises ValueError for shapes that do not fit, a lower bound above its upper one, a weight below 0, or no
    draw.
    """
    bounds = np.array([low, high], dtype=float)
    if bounds.ndim == 3:
        bounds = bounds[..., None]
    given = np.asarray(weights, dtype=float)
    if bounds.ndim != 4 or bounds.shape[2:3] != given.shape:
        raise ValueError("scores are not measures × criteria, or × criteria × raters")
    if (bounds[0] > bounds[1]).any() or not (given >= 0).all() or draws < 1:
        raise ValueError("a lower bound above its upper one, a weight below 0, or no draw")
    count, counted = bounds.shape[1], np.flatnonzero(given)
    central = np.zeros((count, len(given)))
    if not count or not counted.size:
        return Acceptability(np.full((count, count), 1 / max(count, 1)), central, draws, seed, space)
    bounds, given = _as_given(bounds[:, :, counted]), given[counted] / fsum(given)

    content = np.unique(np.moveaxis(bounds, 0, -1).reshape(count * len(given), -1), axis=0, return_inverse=True)[1]
    order = canonical_order(content.reshape(count, -1), _labels(given, space))
    lows, highs = bounds[:, order.rows[:, None], order.columns]
    for_weights, for_scores = (np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(2))
    drawn = draw_weights(given[order.columns], space, draws, for_weights)
    shares, sums_of_weights = _count_ranks(_Scores(lows, highs), drawn, for_scores)

    ranked = np.column_stack([_mean_of_groups(order.row_groups, shares[:, rank]) for rank in range(count)])
    sums_of_weights = _mean_of_groups(order.cell_groups.reshape(-1), sums_of_weights.reshape(-1)).reshape(count, -1)
    acceptability = np.empty_like(ranked)
    acceptability[order.rows] = ranked / draws
    first = ranked[:, :1]
    central[np.ix_(order.rows, counted[order.columns])] = sums_of_weights / np.where(first > 0, first, 1)
    central[order.rows[first[:, 0] == 0]] = np.nan
    return Acceptability(acceptability, central, draws, seed, space)


def draw_weights(given: ArrayLike, space: WeightSpace, draws: int, source: np.random.Generator) -> Floats:
    """Weights (draws × k) from a space around `given` ones, which are all above 0 and sum to one."""
    given = np.asarray(given, dtype=float)
    if space is WeightSpace.fixed:
        return np.tile(given, (draws, 1))
    if space is WeightSpace.near:
        return _near(given, draws, source)
    drawn = _from_simplex(len(given), draws, source)
    if space is WeightSpace.ordered:
        # The largest share goes to the first level; within a level the criteria keep the order in which they were drawn
        places = np.argsort(2.0 * _levels(given) - drawn, axis=1)
        np.put_along_axis(drawn, places, -np.sort(-drawn, axis=1), axis=1)
    return drawn


# --- which weight turns the order round


@dataclass(frozen=True, slots=True)
class Flip:
    """The weight (share 0–1) of the criterion at a position, and the one from which two measures change places."""

    position: int
    weight: float
    needed: float

    @property
    def change(self) -> float:
        """How much the weight has to change, −1 … 1."""
        return self.needed - self.weight


def flip_point(upper: Sequence[float], lower: Sequence[float], weights: Sequence[float]) -> Flip | None:
    """The smallest change of one weight from which the lower measure is at least as good, or None if none does it."""
    return next(iter(flips(upper, lower, weights)), None)


def flips(upper: Sequence[float], lower: Sequence[float], weights: Sequence[float]) -> tuple[Flip, ...]:
    """For each criterion that can do it, the weight from which the lower measure is at least as good as the upper one.

    `upper` and `lower` are the measures' k scores, `weights` sum to one. One weight changes and the others keep their
    proportions, as in `shifted`. Smallest change first; no change where the lower one is at least as good already.
    """
    lead = np.asarray(upper, dtype=float) - np.asarray(lower, dtype=float)
    found = []
    for position, weight in enumerate(weights):
        needed = _turning_weight(lead, weights, position)
        if needed is not None:
            found.append(Flip(position, weight, needed))
    return tuple(sorted(found, key=lambda flip: abs(flip.change)))


def _turning_weight(lead: Floats, weights: Sequence[float], position: int) -> float | None:
    """The weight at which nothing is left of the lead, which is a straight line from weight 0 to weight 1."""
    if weighted_sums(lead, weights) <= TIE:
        return weights[position]
    at_zero, at_one = (float(weighted_sums(lead, shifted(weights, position, change))) for change in (-1.0, 1.0))
    if min(at_zero, at_one) > TIE:
        return None
    return min(max(at_zero / (at_zero - at_one), 0.0), 1.0)


# --- the draws


def _as_given(bounds: Floats) -> Floats:
    """Bounds (2 × n × k × raters) with each cell's raters in ascending order and NaN behind, as few as will do."""
    bounds = np.where(np.isnan(bounds).any(axis=0), np.nan, bounds)
    if not bounds.shape[-1]:
        bounds = np.full((*bounds.shape[:-1], 1), np.nan)
    nobody = np.isnan(bounds[0]).all(axis=-1)
    bounds[0, nobody, :1], bounds[1, nobody, :1] = SCORE_LOWEST, SCORE_HIGHEST
    bounds = np.take_along_axis(bounds, np.lexsort((bounds[1], bounds[0]))[None], axis=-1)
    alike = (np.isnan(bounds) | (bounds == bounds[..., :1])).all(axis=(0, -1))
    bounds[:, alike, 1:] = np.nan
    most = int((~np.isnan(bounds[0])).sum(axis=-1).max())
    return np.where(np.isnan(bounds), np.inf, bounds)[..., :most]


def _labels(given: Floats, space: WeightSpace) -> Integers:
    """What tells criteria apart before any score: as much of their weights as the space looks at."""
    if space is WeightSpace.every:
        return np.zeros(len(given), dtype=np.int64)
    if space is WeightSpace.ordered:
        return _levels(given)
    return np.unique(given, return_inverse=True)[1]


def _levels(given: Floats) -> Integers:
    """0 for the highest weight, 1 for the next one."""
    places = np.argsort(-given)
    levels = np.empty(len(given), dtype=np.int64)
    levels[places] = np.cumsum(np.diff(given[places], prepend=given[places[0]]) < -TIE)
    return levels


def _from_simplex(count: int, draws: int, source: np.random.Generator) -> Floats:
    drawn = source.standard_exponential((draws, count))
    return drawn / drawn.sum(axis=1, keepdims=True)


def _near(given: Floats, draws: int, source: np.random.Generator) -> Floats:
    """The part of the simplex above all lower bounds is a simplex itself; what lies above an upper bound is dropped.

    At least one in thirteen remains, least where all weights are 0.1.
    """
    least, most = np.maximum(given - NEAR, 0), given + NEAR
    kept: list[Floats] = []
    while sum(map(len, kept)) < draws:
        proposed = least + (1 - fsum(least)) * _from_simplex(len(given), draws, source)
        kept.append(proposed[(proposed <= most).all(axis=1)])
    return np.concatenate(kept)[:draws]


class _Scores:
    """A table (n × k) of scores from which draws are taken: one score in a cell, or the intervals of its raters."""

    def __init__(self, lows: Floats, highs: Floats) -> None:
        """Take bounds (n × k × raters), in each cell those that were given first and infinite ones behind."""
        given = np.isfinite(lows)
        raters = given.sum(axis=-1)
        self.shape = raters.shape
        self.settled = lows[..., 0]
        self.open = np.flatnonzero((raters > 1) | (highs > lows)[..., 0])
        self.raters = raters.reshape(-1)[self.open]
        self.begin = self.open * lows.shape[-1]
        self.lows = np.where(given, lows, 0).reshape(-1)
        self.widths = np.subtract(highs, lows, out=np.zeros_like(lows), where=given).reshape(-1)

    @property
    def numbers(self) -> int:
        """How many numbers one draw takes."""
        return self.settled.size if self.open.size else len(self.settled)

    def sums(self, weights: Floats, source: np.random.Generator) -> Floats:
        """The weighted sums (draws × n) of a score drawn for each cell, by weights (draws × k)."""
        if not self.open.size:
            return weights @ self.settled.T
        # One random number for a cell: its whole part takes a rater, the rest a place between his bounds
        place = source.random((len(weights), self.open.size)) * self.raters
        chosen = place.astype(np.int64)
        place -= chosen
        chosen += self.begin
        scores = np.tile(self.settled.reshape(-1), (len(weights), 1))
        scores[:, self.open] = self.lows[chosen] + place * self.widths[chosen]
        sums: Floats = np.einsum("dnk,dk->dn", scores.reshape(-1, *self.shape), weights)
        return sums


def _count_ranks(scores: _Scores, drawn: Floats, source: np.random.Generator) -> tuple[Floats, Floats]:
    """How often (n × n) each measure has each rank, and the sums of the weights (n × k) that put it first."""
    count, criteria = scores.shape
    by_size: dict[int, Integers] = {}
    sums_of_weights = np.zeros(scores.shape)
    at_a_time = max(_NUMBERS_AT_A_TIME // scores.numbers, count // 10, 1)  # each time costs n × n steps of its own
    for start in range(0, len(drawn), at_a_time):
        weights = drawn[start : start + at_a_time]
        measures, first, size = _ranks(scores.sums(weights, source))
        for tied in np.unique(size):
            chosen = size == tied
            counts = np.bincount(measures[chosen] * count + first[chosen], minlength=count * count)
            by_size[int(tied)] = by_size.get(int(tied), 0) + counts.reshape(count, count)
        draw, place = np.nonzero(first == 0)
        winners, share = measures[draw, place], 1 / size[draw, place]
        for criterion in range(criteria):
            sums_of_weights[:, criterion] += np.bincount(winners, share * weights[draw, criterion], count)
    return _shared_ranks(count, by_size), sums_of_weights


def _shared_ranks(count: int, by_size: dict[int, Integers]) -> Floats:
    """Ranks (n × n) from how often a measure stood in a tie of some size that begins at a rank.

    They stay whole numbers to the last, so that a rank that never occurred is exactly 0.
    """
    ranks = np.zeros((count, count))
    for size, begun in sorted(by_size.items()):
        lasting = begun.cumsum(axis=1)
        lasting[:, size:] -= begun.cumsum(axis=1)[:, :-size]
        ranks += lasting / size
    return ranks


def _ranks(sums: Floats) -> tuple[Integers, Integers, Integers]:
    """For each draw (row) the measures from the highest sum down, the first rank of their tie, from 0, and its size."""
    measures = np.argsort(-sums, axis=1)
    falling = np.take_along_axis(sums, measures, axis=1)
    opens = np.ones(sums.shape, dtype=bool)
    opens[:, 1:] = falling[:, :-1] - falling[:, 1:] > TIE
    ties = np.cumsum(opens.reshape(-1)) - 1
    starts = np.flatnonzero(opens)
    first, sizes = starts % sums.shape[1], np.diff(starts, append=sums.size)
    return measures, first[ties].reshape(sums.shape), sizes[ties].reshape(sums.shape)


def _mean_of_groups(groups: Integers, values: Floats) -> Floats:
    """Each value replaced by the mean of its group."""
    group = np.unique(groups, return_inverse=True)[1]
    return (np.bincount(group, values) / np.bincount(group))[group]
