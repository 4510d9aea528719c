"""TOPSIS and PROMETHEE II, for those who want to compare with the weighted sum.

Sources, as described in docs/methods.md: Hwang and Yoon (1981), Multiple Attribute Decision Making; Brans, Vincke and
Mareschal (1986), How to select and how to rank projects, European Journal of Operational Research 24(2).

`values` are (n measures × k criteria) in any units; `weights` k shares 0–1 that sum to one; `directions` k times +1
(more is better) or −1 (less is better).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from metrics.domain.prioritisation.sums import Floats

NEITHER = 0.5
"""The closeness of measures that are all the same: the best and the worst one coincide."""


def topsis(values: ArrayLike, weights: ArrayLike, directions: ArrayLike) -> Floats:
    """How close each measure is to the best values of the table, 0–1, each column divided by its length √Σx².

    Other normalisations give other winners. A column of zeros tells nothing and counts for nothing; if all measures
    are the same in everything that counts, each has 0.5.
    """
    table = np.asarray(values, dtype=float) * np.asarray(directions, dtype=float)
    lengths = np.sqrt((table**2).sum(axis=0))
    weighted = np.asarray(weights, dtype=float) * table / np.where(lengths > 0, lengths, 1)
    to_best = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    whole = to_best + to_worst
    return np.divide(to_worst, whole, out=np.full(len(table), NEITHER), where=whole > 0)


def promethee2(
    values: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike,
    indifference: ArrayLike = 0.0,
    preference: ArrayLike = 0.0,
) -> Floats:
    """Net flows −1 … 1 that sum to zero: how much a measure is preferred to the others less how much they are to it.

    A difference up to `indifference` counts nothing, from `preference` on it counts fully, linear between; with both
    0 every difference counts fully (the usual criterion). One number for all criteria or one for each, in the units of
    the criterion. A single measure has 0. Raises ValueError if a preference lies below its indifference.
    """
    table = np.asarray(values, dtype=float) * np.asarray(directions, dtype=float)
    least, full = np.asarray(indifference, dtype=float), np.asarray(preference, dtype=float)
    if (full < least).any():
        raise ValueError("preference below indifference")
    if len(table) < 2:
        return np.zeros(len(table))
    ahead = table[:, None, :] - table[None, :, :]
    width = full - least
    risen = (ahead - least).clip(0, width) / np.where(width > 0, width, 1)
    degrees = np.where(width > 0, risen, ahead > least)
    preferred = degrees @ np.asarray(weights, dtype=float)
    net: Floats = (preferred.sum(axis=1) - preferred.sum(axis=0)) / (len(table) - 1)
    return net
