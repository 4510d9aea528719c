"""Ranking: what the groups' scores say about the measures. A suggestion to talk about, never a decision.

Per criterion the median over the rater groups is taken: scores are ordinal, so a mean would promise too much.
Nutzwert = Σ weight · score / Σ weight over the criteria that were rated, scores 1–5 with 5 in favour of the measure
(Zangemeister 1976, Nutzwertanalyse in der Systemtechnik, on the office's scale).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from metrics.domain.priorities import (
    SCALE_HIGHEST,
    SCALE_LOWEST,
    Criterion,
    CriterionDirection,
    MatrixAxis,
    Rating,
)

CUT = 3.0
"""The declared middle of the scale that parts the quadrants; a value on it counts as high."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the ratings of a measure come to.

    `scores`: median per criterion as it was given, 1–5; `utility` the Nutzwert 1–5; `impact` and `effort` the
    coordinates of the matrix, 1–5 with 5 = much; each None where no criterion for it was rated. `missing` names the
    criteria nobody rated; `spread` is the largest distance of two groups on one criterion; `illustrative` if any
    rating is an invented one.
    """

    measure_id: str
    scores: Mapping[str, float]
    utility: float | None
    impact: float | None
    effort: float | None
    missing: tuple[str, ...]
    groups: int
    spread: float
    illustrative: bool


def rank_measures(
    criteria: Iterable[Criterion], ratings: Iterable[Rating], group_id: str | None = None
) -> dict[str, Ranked]:
    """Every rated measure by id, the highest Nutzwert first; `group_id` lets one group of raters speak alone."""
    known = {criterion.id: criterion for criterion in criteria}
    of_measure: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        if group_id in (None, rating.group_id):
            of_measure[rating.measure_id].append(rating)
    ranked = [_rank(measure_id, known, own) for measure_id, own in of_measure.items()]
    ranked.sort(key=lambda found: (-(found.utility or 0.0), found.measure_id))
    return {found.measure_id: found for found in ranked}


def counted_ratings(ratings: Iterable[Rating], *, include_illustrative: bool) -> list[Rating]:
    """Real ratings alone as soon as there is one, unless examples were asked for; examples alone are shown, marked."""
    ratings = list(ratings)
    real = [rating for rating in ratings if not rating.illustrative]
    return ratings if include_illustrative or not real else real


def utility(criteria: Mapping[str, Criterion], scores: Mapping[str, float]) -> float | None:
    """The weighted sum of the scores in favour of a measure, by the weights of what was rated; None without any."""
    rated = [(criteria[criterion_id], score) for criterion_id, score in scores.items()]
    return _weighted([(criterion.weight, _in_favour(criterion, score)) for criterion, score in rated])


def _rank(measure_id: str, criteria: Mapping[str, Criterion], ratings: Iterable[Rating]) -> Ranked:
    ratings = list(ratings)
    given: dict[str, list[float]] = defaultdict(list)
    for rating in ratings:
        for score in rating.scores:
            if score.criterion_id in criteria:
                given[score.criterion_id].append(score.score)
    scores = {criterion_id: float(median(given[criterion_id])) for criterion_id in criteria if criterion_id in given}
    return Ranked(
        measure_id=measure_id,
        scores=scores,
        utility=utility(criteria, scores),
        impact=_coordinate(MatrixAxis.impact, criteria, scores),
        effort=_coordinate(MatrixAxis.effort, criteria, scores),
        missing=tuple(criterion_id for criterion_id in criteria if criterion_id not in scores),
        groups=len({rating.group_id for rating in ratings}),
        spread=max((max(values) - min(values) for values in given.values()), default=0.0),
        illustrative=any(rating.illustrative for rating in ratings),
    )


def _coordinate(axis: MatrixAxis, criteria: Mapping[str, Criterion], scores: Mapping[str, float]) -> float | None:
    """The place on an axis: the criteria that feed it, by their weights.

    Much impact speaks for a measure, much effort against it, whichever way the criterion was worded.
    """
    feeding = [(criteria[criterion_id], score) for criterion_id, score in scores.items()]
    found = [
        (criterion.weight, _in_favour(criterion, score) if axis is MatrixAxis.impact else _against(criterion, score))
        for criterion, score in feeding
        if criterion.axis is axis
    ]
    return _weighted(found)


def _in_favour(criterion: Criterion, score: float) -> float:
    """The score with 5 in favour of the measure."""
    return score if criterion.direction is CriterionDirection.higher else _turned(score)


def _against(criterion: Criterion, score: float) -> float:
    """The score with 5 against the measure."""
    return _turned(_in_favour(criterion, score))


def _turned(score: float) -> float:
    return SCALE_LOWEST + SCALE_HIGHEST - score


def _weighted(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Mean by weight; by equal weights if all are 0; None without a pair."""
    pairs = list(pairs)
    if not pairs:
        return None
    total = sum(weight for weight, _ in pairs)
    if total == 0:
        return sum(value for _, value in pairs) / len(pairs)
    return sum(weight * value for weight, value in pairs) / total
