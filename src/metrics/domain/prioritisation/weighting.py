"""Weights of criteria, shares 0–1 that sum to one: equal, from ranks, from points, from pairwise comparisons.

Sources, as described in docs/methods.md: rank-order centroid: Barron and Barrett (1996), Management Science 42(11);
swing points: von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research; pairwise comparisons
and their consistency: Saaty (1980), The Analytic Hierarchy Process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike


def equal_weights(count: int) -> tuple[float, ...]:
    """The same weight for each of `count` criteria."""
    return (1 / count,) * count


def rank_order_centroid(count: int) -> tuple[float, ...]:
    """The mean of all weights that keep the order of `count` criteria, the most important one first."""
    return tuple(fsum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1))


def weights_of_ranks(ranks: Sequence[int]) -> tuple[float, ...]:
    """Rank-order-centroid weights of criteria by their ranks, 1 = most important.

    Criteria of the same rank share the mean weight of the places they occupy, so 1, 2, 2 and 1, 3, 3 say the same.
    """
    centroid, weights = rank_order_centroid(len(ranks)), [0.0] * len(ranks)
    place, order = 0, sorted(range(len(ranks)), key=ranks.__getitem__)
    for _, tied in groupby(order, key=ranks.__getitem__):
        criteria = list(tied)
        shared = fsum(centroid[place : place + len(criteria)]) / len(criteria)
        for criterion in criteria:
            weights[criterion] = shared
        place += len(criteria)
    return tuple(weights)


def swing_weights(points: Sequence[float]) -> tuple[float, ...]:
    """Weights in the proportion of points (100 for the swing from worst to best that matters most); all 0: equal.

    Raises ValueError if a criterion has less than 0 points.
    """
    if any(given < 0 for given in points):
        raise ValueError("points below 0")
    total = fsum(points)
    return tuple(given / total for given in points) if total else equal_weights(len(points))


def shifted(weights: Sequence[float], position: int, change: float) -> tuple[float, ...]:
    """The weights with the one at `position` changed by a share, such as +0.05, and held within 0 and 1.

    The others keep their proportions and fill up to one; if all of them are 0, they share equally.
    """
    if len(weights) == 1:
        return (1.0,)
    new = min(max(weights[position] + change, 0.0), 1.0)
    rest = fsum(weight for place, weight in enumerate(weights) if place != position)
    share = (1 - new) / (len(weights) - 1)
    return tuple(
        new if place == position else weight / rest * (1 - new) if rest else share
        for place, weight in enumerate(weights)
    )


# --- pairwise comparisons


@dataclass(frozen=True, slots=True)
class RandomIndex:
    """The mean consistency index of random comparisons by the number of criteria, as one author found it."""

    id: str
    source: str
    values: Mapping[int, float]


def _index(id: str, source: str, *values: float) -> RandomIndex:
    return RandomIndex(id, source, MappingProxyType(dict(enumerate(values, start=3))))


_TABLES = (
    _index(
        "saaty_1980",
        "Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill",
        *(0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    ),
    _index(
        "saaty_2005",
        "Saaty (2005), Theory and Applications of the Analytic Network Process, RWS Publications, p. 31",
        *(0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    ),
    _index(
        "donegan_dodd",
        "Donegan and Dodd (1991), Mathematical and Computer Modelling 15(10), 135–137",
        *(0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055),
    ),
)
RANDOM_INDICES: Mapping[str, RandomIndex] = MappingProxyType({table.id: table for table in _TABLES})
"""Three tables are in use and give different ratios for the same comparisons: say which one was taken."""


@dataclass(frozen=True, slots=True)
class PairwiseWeights:
    """Weights from pairwise comparisons, the principal eigenvalue, and how far the comparisons contradict each other.

    `consistency_index` = (λmax − n) / (n − 1): 0 without a contradiction, and always for one or two criteria.
    """

    weights: tuple[float, ...]
    lambda_max: float
    consistency_index: float

    def consistency_ratio(self, index: RandomIndex) -> float | None:
        """The consistency index over that of random comparisons, up to 0.10 acceptable; None beyond the table."""
        if len(self.weights) <= 2:
            return 0.0
        random = index.values.get(len(self.weights))
        return None if random is None else self.consistency_index / random


def pairwise_weights(matrix: ArrayLike) -> PairwiseWeights:
    """The principal eigenvector of n × n comparisons: cell (i, j) says how many times as important i is as j.

    Raises ValueError if the matrix is not square, is empty, or holds a number that is not above 0.
    """
    compared = np.asarray(matrix, dtype=float)
    if compared.ndim != 2 or compared.shape[0] != compared.shape[1] or not compared.size:
        raise ValueError("comparisons are no square matrix")
    if not (np.isfinite(compared) & (compared > 0)).all():
        raise ValueError("a comparison is not above 0")
    count = len(compared)
    eigenvalues, eigenvectors = np.linalg.eig(compared)
    principal = int(np.argmax(eigenvalues.real))
    vector = np.abs(eigenvectors[:, principal].real)
    lambda_max = float(eigenvalues[principal].real)
    index = max((lambda_max - count) / (count - 1), 0.0) if count > 2 else 0.0
    return PairwiseWeights(tuple(float(weight) for weight in vector / vector.sum()), lambda_max, index)
