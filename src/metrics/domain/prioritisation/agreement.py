"""How far raters agree: Kendall's coefficient of concordance, and the spread of what they gave.

Source: Kendall and Babington Smith (1939), The Problem of m Rankings, Annals of Mathematical Statistics 10(3), with
the correction for ties in Kendall (1970), Rank Correlation Methods, as described in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import ArrayLike

from metrics.domain.prioritisation.sums import Floats

FEWEST_RATERS, FEWEST_SUBJECTS = 3, 2


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W: 0 the rankings have nothing in common, 1 they are the same.

    `p` is the probability (0–1) of a chi-square at least as large if the raters ranked at random; an approximation
    that is rough below eight subjects. `raters` and `subjects` are those that were counted.
    """

    w: float
    chi_square: float
    degrees_of_freedom: int
    p: float
    raters: int
    subjects: int


def kendall_w(ratings: ArrayLike) -> Concordance | None:
    """W of ratings (subjects × raters) with the correction for ties; NaN where a rater gave no number.

    A rater without any number is left out, and so is a subject that not every other rater has rated. None for fewer
    than two subjects or three raters, and where every rater gives the same to all, so that W is undefined.
    """
    given = np.asarray(ratings, dtype=float)
    given = given[:, ~np.isnan(given).all(axis=0)]
    given = given[~np.isnan(given).any(axis=1)]
    subjects, raters = given.shape
    if raters < FEWEST_RATERS or subjects < FEWEST_SUBJECTS:
        return None
    from scipy.special import chdtrc  # here, because the program starts faster without it

    lower = (given[:, None, :] > given[None, :, :]).sum(axis=1)
    equal = (given[:, None, :] == given[None, :, :]).sum(axis=1)
    totals: Floats = (lower + (equal + 1) / 2).sum(axis=1)  # the mean rank of those that are rated the same
    ties = float((equal**2 - 1).sum())  # each of t equal ones adds t² − 1, together t³ − t
    possible = raters**2 * (subjects**3 - subjects) - raters * ties
    if possible == 0:
        return None
    w = min(12 * float(((totals - totals.mean()) ** 2).sum()) / possible, 1.0)
    chi_square, freedom = raters * (subjects - 1) * w, subjects - 1
    return Concordance(w, chi_square, freedom, float(chdtrc(freedom, chi_square)), raters, subjects)


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, lowest and highest of the numbers that raters gave; at least one."""
    return float(median(values)), min(values), max(values)
