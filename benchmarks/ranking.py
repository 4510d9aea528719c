"""What it costs to say how robust a ranking is, beside a library and beside array functions.

pymcdm 1.4 draws no weights and counts no ranks, so that part is done for it: it is handed 10,000 weights one after the
other, does the weighted sum (WSM, without normalisation and with its validation left out) and ranks it with its own
function. scipy ranks all sums in one call, but knows no tie of sums that differ by rounding alone. Both take exact
scores. Ours draws the weights itself, tells which of them put a measure first, and with raters draws one of their
intervals for each score as well.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM
from scipy.stats import rankdata

from benchmarks.figure import Figure
from benchmarks.judging import in_turn
from metrics.domain.prioritisation.robustness import DRAWS, WeightSpace, draw_weights, simulate
from metrics.domain.prioritisation.weighting import equal_weights

MEASURES, CRITERIA, RATERS = 100, 8, 20
WITHIN_CHANCE = 6 * (2 * 0.25 / DRAWS) ** 0.5  # six standard errors of the difference of two shares

Floats = NDArray[np.float64]


def ranking(_folder: Path) -> list[Figure]:
    """100 measures by 8 criteria in 10,000 draws: ours, a loop over pymcdm, and scipy's ranks for all draws at once."""
    source = np.random.default_rng(7)
    low = source.uniform(0, 9, (MEASURES, CRITERIA, RATERS))
    high, exact, weights = low + source.uniform(0, 1, low.shape), low[..., 0], equal_weights(CRITERIA)
    drawn = draw_weights(weights, WeightSpace.every, DRAWS, source)
    _refuse_difference(exact, drawn)
    ours, with_raters, by_library, by_arrays = in_turn(
        lambda: simulate(exact, exact, weights),
        lambda: simulate(low, high, weights),
        lambda: _by_pymcdm(exact, drawn),
        lambda: _by_scipy(exact, drawn),
    )
    name = f"{MEASURES} measures × {CRITERIA} criteria, {DRAWS:,} draws"
    return [
        Figure(f"{name}: exact scores", 1000 * ours, "ms", 1000),
        Figure(f"{name}: intervals of {RATERS} raters", 1000 * with_raters, "ms", 1000),
        Figure(f"{name}: exact, a loop over pymcdm's WSM", 1000 * by_library, "ms"),
        Figure(f"{name}: exact, scipy.stats.rankdata at once", 1000 * by_arrays, "ms"),
        Figure(f"{name}: pymcdm in a loop / ours", by_library / ours, "×", least=3),
        Figure(f"{name}: scipy at once / ours", by_arrays / ours, "×"),
    ]


def _by_pymcdm(scores: Floats, drawn: Floats) -> Floats:
    model, types = WSM(normalization_function=lambda column, cost: column), np.ones(scores.shape[1])
    return _shares(np.array([rrankdata(model(scores, weights, types, validation=False)) for weights in drawn]))


def _by_scipy(scores: Floats, drawn: Floats) -> Floats:
    return _shares(rankdata(-(drawn @ scores.T), axis=1))


def _shares(ranks: Floats) -> Floats:
    """How often each measure (row) has each rank (column), from the ranks (draws × measures)."""
    count = ranks.shape[1]
    places = np.arange(count) * count + ranks.astype(int) - 1
    return np.bincount(places.reshape(-1), minlength=count * count).reshape(count, count) / len(ranks)


def _refuse_difference(scores: Floats, drawn: Floats) -> None:
    """Raise RuntimeError unless both others give our shares, as far as other draws can."""
    ours = simulate(scores, scores, equal_weights(CRITERIA)).acceptability
    for shares in (_by_pymcdm(scores, drawn), _by_scipy(scores, drawn)):
        worst = float(np.abs(shares - ours).max())
        if worst > WITHIN_CHANCE:
            raise RuntimeError(f"a share of ranks differs by {worst:.3f}")
