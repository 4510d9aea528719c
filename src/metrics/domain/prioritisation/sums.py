"""The weighted sum of scores (Zangemeister 1976, Nutzwertanalyse in der Systemtechnik)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def weighted_sums(values: ArrayLike, weights: ArrayLike) -> Floats:
    """Σ weight · value for each of n measures; `values` (n × k) in favour of the measure, `weights` k shares 0–1."""
    return np.asarray(values, dtype=float) @ np.asarray(weights, dtype=float)
