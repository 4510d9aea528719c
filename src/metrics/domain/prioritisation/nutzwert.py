"""What the ratings of a round say about its measures. A suggestion to talk about, never a decision.

Per criterion the median of the scores is taken: they are ordinal, so a mean would promise too much. Nutzwert
N = Σ w·e over the criteria that count, Σ w = 1, e on 0–10 in favour of the measure (Zangemeister 1976, Nutzwertanalyse
in der Systemtechnik). A measure that lacks a score on a criterion that counts has no Nutzwert: the other weights are
never blown up in silence. Two totals closer than the uncertainty of their scores share their rank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from statistics import median

from metrics.domain.priorities import (
    SCALE_HIGHEST,
    Criterion,
    MatrixAxis,
    PriorityRound,
    Rating,
    Score,
    Voice,
    WeightedCriteria,
)
from metrics.domain.prioritisation.agreement import Concordance, kendall_w

METHOD = "Nutzwert 1"
"""Name and version of what is calculated here; a decision keeps it."""
LEAST_STEP = 0.1
"""Totals on 0–10 that differ by no more are told apart by no committee; they share their rank."""
LEAST_RATERS = 3
"""Fewer raters have differences, but no concordance."""

Cells = Mapping[str, "Cell | None"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one measure on one criterion, as it was given: 0–10, not yet in favour.

    `value`, `low`, `high`: medians of scores and of the bounds their raters held possible; `lowest` and `highest`: the
    range over the raters; `raters` gave a number, `unsure` said "weiß nicht".
    """

    value: float
    low: float
    high: float
    lowest: float
    highest: float
    raters: int
    unsure: int

    @property
    def spread(self) -> float:
        """Distance of the highest from the lowest score."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a measure comes to.

    `utility` is its Nutzwert 0–10 with the bounds that its scores' uncertainty leaves, `contributions` weight × score
    by criterion; None where a counting criterion has no score (`missing`). `knocked_out` names the K.-o. criteria it
    fails. `places` is the first and last rank of its band, None if it is not ranked. `impact` and `effort` are the
    coordinates of the matrix with their bounds (value, low, high), 10 = much. `dissent` is the largest spread of the
    scores on one criterion and `dissent_on` that criterion.
    """

    measure_id: str
    cells: Cells
    utility: float | None
    utility_low: float | None
    utility_high: float | None
    contributions: Mapping[str, float]
    missing: tuple[str, ...]
    knocked_out: tuple[str, ...]
    impact: tuple[float, float, float] | None
    effort: tuple[float, float, float] | None
    dissent: float
    dissent_on: str | None
    illustrative: bool
    places: tuple[int, int] | None = None

    @property
    def ranked(self) -> bool:
        """Whether it takes part in the ranking."""
        return self.utility is not None and not self.knocked_out

    @property
    def half_width(self) -> float:
        """Half the range that the scores' uncertainty leaves to the Nutzwert."""
        if self.utility_low is None or self.utility_high is None:
            return 0.0
        return (self.utility_high - self.utility_low) / 2


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A round judged: all raters or one group, the ranked measures first.

    `unrated` names counting criteria that nobody scored on any measure. `complete` raters scored every measure on
    every counting criterion; `concordance` is theirs, None with fewer than three of them.
    """

    weights: Mapping[str, float]
    measures: tuple[Ranked, ...]
    unrated: tuple[str, ...]
    raters: int
    complete: int
    concordance: Concordance | None

    @property
    def ranking(self) -> tuple[Ranked, ...]:
        """The measures that take part in the ranking, the highest Nutzwert first."""
        return tuple(found for found in self.measures if found.ranked)

    @property
    def by_id(self) -> dict[str, Ranked]:
        """The measures by id."""
        return {found.measure_id: found for found in self.measures}


def ratings_that_count(round_: PriorityRound, ratings: Iterable[Rating]) -> list[Rating]:
    """The rating of each seat on each measure as it stands after the votes that are over.

    Ratings of measures that left the round do not count.
    """
    wanted = set(round_.measures)
    return newest_scores(
        rating
        for rating in ratings
        if rating.round_id == round_.id and rating.measure_id in wanted and rating.vote <= round_.votes_to_see
    )


def newest_scores(ratings: Iterable[Rating]) -> list[Rating]:
    """One rating for each seat and measure, with the newest score on each criterion.

    Whoever says nothing of a criterion in a later vote stands by what he said of it before.
    """
    found: dict[tuple[int, str], Rating] = {}
    for rating in sorted(ratings, key=lambda rating: rating.vote):
        before = found.get((rating.seat, rating.measure_id))
        if before is not None:
            scores = {**before.by_code, **rating.by_code}
            rating = rating.model_copy(update={"scores": tuple(scores.values())})
        found[rating.seat, rating.measure_id] = rating
    return list(found.values())


def judge_round(round_: PriorityRound, ratings: Iterable[Rating], group_id: str | None = None) -> RoundResult:
    """Judge a round by the ratings of the votes that are over; `group_id` lets one group of raters speak alone."""
    group_of = {seat.number: seat.group_id for seat in round_.seats}
    counted = [
        rating for rating in ratings_that_count(round_, ratings) if group_id in (None, group_of.get(rating.seat))
    ]
    by_measure: dict[str, list[Rating]] = defaultdict(list)
    for rating in counted:
        by_measure[rating.measure_id].append(rating)
    weights = round_.weights
    voices = group_of if round_.voice is Voice.group and group_id is None else None
    judged = [_rank(identifier, round_, weights, by_measure[identifier], voices) for identifier in round_.measures]
    order = sorted(range(len(judged)), key=lambda place: (not judged[place].ranked, -(judged[place].utility or 0.0)))
    measures = _with_places([judged[place] for place in order])
    tables = _tables(round_, weights, counted)
    whole = [totals for totals in tables.values() if None not in totals]
    return RoundResult(
        weights=weights,
        measures=measures,
        unrated=_unrated(weights, measures),
        raters=len({rating.seat for rating in counted if any(score.value is not None for score in rating.scores)}),
        complete=len(whole),
        concordance=kendall_w([list(row) for row in zip(*whole, strict=True)]) if len(whole) >= LEAST_RATERS else None,
    )


def in_favour(criterion: Criterion, cell: Cell) -> tuple[float, float, float]:
    """Value, low and high of a cell with 10 in favour of the measure."""
    low, high = sorted((criterion.in_favour(cell.low), criterion.in_favour(cell.high)))
    return criterion.in_favour(cell.value), low, high


def _rank(
    measure_id: str,
    criteria: WeightedCriteria,
    weights: Mapping[str, float],
    ratings: Sequence[Rating],
    voices: Mapping[int, str] | None,
) -> Ranked:
    cells = {criterion.code: _cell(criterion.code, ratings, voices) for criterion in criteria.criteria}
    favour = {
        criterion.code: in_favour(criterion, cell)
        for criterion in criteria.criteria
        if (cell := cells[criterion.code]) is not None
    }
    missing = tuple(code for code, weight in weights.items() if weight > 0 and code not in favour)
    totals = None if missing else [_total(weights, favour, bound) for bound in range(3)]
    spreads = {code: cell.spread for code, cell in cells.items() if cell is not None}
    widest = max(spreads, key=lambda code: spreads[code], default=None)
    value, low, high = totals or (None, None, None)
    placed = _coordinate(MatrixAxis.impact, criteria, weights, favour)
    return Ranked(
        measure_id=measure_id,
        cells=cells,
        utility=value,
        utility_low=low,
        utility_high=high,
        contributions={code: weights[code] * favour[code][0] for code in favour if weights[code] > 0},
        missing=missing,
        knocked_out=tuple(
            criterion.code
            for criterion in criteria.criteria
            if criterion.knock_out is not None
            and criterion.code in favour
            and favour[criterion.code][0] < criterion.knock_out
        ),
        impact=placed if _feeds(criteria, MatrixAxis.impact) else _as_impact(value, low, high),
        effort=_coordinate(MatrixAxis.effort, criteria, weights, favour),
        dissent=spreads[widest] if widest else 0.0,
        dissent_on=widest if widest and spreads[widest] > 0 else None,
        illustrative=any(rating.illustrative for rating in ratings),
    )


def _total(weights: Mapping[str, float], favour: Mapping[str, tuple[float, float, float]], bound: int) -> float:
    """The weighted sum, without the last binary digits: they would part what is equal, and lead beyond the scale."""
    return round(sum(weights[code] * bounds[bound] for code, bounds in favour.items()), 9)


def _cell(code: str, ratings: Sequence[Rating], voices: Mapping[int, str] | None) -> Cell | None:
    scored = [(rating.seat, score) for rating in ratings if (score := rating.by_code.get(code)) is not None]
    given = [(seat, score) for seat, score in scored if score.value is not None]
    if not given:
        return None
    values = [_value(score) for _, score in given]
    return Cell(
        value=_middle([(seat, _value(score)) for seat, score in given], voices),
        low=_middle([(seat, score.least) for seat, score in given], voices),
        high=_middle([(seat, score.most) for seat, score in given], voices),
        lowest=min(values),
        highest=max(values),
        raters=len(given),
        unsure=len(scored) - len(given),
    )


def _middle(given: Iterable[tuple[int, float]], voices: Mapping[int, str] | None) -> float:
    """The median of all, or of the groups' medians where each group has one voice."""
    if voices is None:
        return float(median(value for _, value in given))
    of_group: dict[str | None, list[float]] = defaultdict(list)
    for seat, value in given:
        of_group[voices.get(seat)].append(value)
    return float(median(median(values) for values in of_group.values()))


def _value(score: Score) -> float:
    assert score.value is not None
    return score.value


def _feeds(criteria: WeightedCriteria, axis: MatrixAxis) -> list[Criterion]:
    return [criterion for criterion in criteria.criteria if criterion.axis is axis]


def _as_impact(value: float | None, low: float | None, high: float | None) -> tuple[float, float, float] | None:
    """Where no criterion feeds the axis, a measure's impact is its Nutzwert."""
    if value is None or low is None or high is None:
        return None
    return value, low, high


def _coordinate(
    axis: MatrixAxis,
    criteria: WeightedCriteria,
    weights: Mapping[str, float],
    favour: Mapping[str, tuple[float, float, float]],
) -> tuple[float, float, float] | None:
    """The place on an axis: the criteria that feed it by their weights, alike where none of them counts.

    Much impact speaks for a measure, much effort against it, whichever way the criterion was worded. None unless every
    feeding criterion was scored.
    """
    feeding = _feeds(criteria, axis)
    if not feeding or any(criterion.code not in favour for criterion in feeding):
        return None
    total = sum(weights[criterion.code] for criterion in feeding)
    shares = [weights[found.code] / total if total > 0 else 1 / len(feeding) for found in feeding]
    value, low, high = (
        round(sum(share * favour[found.code][bound] for share, found in zip(shares, feeding, strict=True)), 9)
        for bound in range(3)
    )
    if axis is MatrixAxis.impact:
        return value, low, high
    return round(SCALE_HIGHEST - value, 9), round(SCALE_HIGHEST - high, 9), round(SCALE_HIGHEST - low, 9)


def _with_places(ordered: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The ranked measures with the first and last rank of their band, then the others as they are.

    A band begins with the highest total that is not in the one above; whatever is closer to it than the uncertainty of
    either belongs to it. Bands do not chain, or a long list would become one.
    """
    ranking = [found for found in ordered if found.ranked]
    placed: list[Ranked] = []
    while len(placed) < len(ranking):
        start = len(placed)
        band = list(takewhile(partial(_tied, ranking[start]), ranking[start:]))
        placed += [replace(found, places=(start + 1, start + len(band))) for found in band]
    return (*placed, *(found for found in ordered if not found.ranked))


def _tied(first: Ranked, other: Ranked) -> bool:
    assert first.utility is not None and other.utility is not None
    nearness = max(LEAST_STEP, first.half_width, other.half_width)
    return first.utility - other.utility <= nearness + 1e-9


def _unrated(weights: Mapping[str, float], measures: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(
        code for code, weight in weights.items() if weight > 0 and all(found.cells[code] is None for found in measures)
    )


def _tables(
    round_: PriorityRound, weights: Mapping[str, float], ratings: Sequence[Rating]
) -> dict[int, list[float | None]]:
    """Each rater's own Nutzwert of every measure, in the round's order; None where a counting score is missing."""
    of_rater: dict[int, dict[str, Rating]] = defaultdict(dict)
    for rating in ratings:
        of_rater[rating.seat][rating.measure_id] = rating
    return {
        seat: [_own_total(round_, weights, own.get(identifier)) for identifier in round_.measures]
        for seat, own in sorted(of_rater.items())
    }


def _own_total(criteria: WeightedCriteria, weights: Mapping[str, float], rating: Rating | None) -> float | None:
    total = 0.0
    for criterion in criteria.criteria:
        if weights[criterion.code] == 0:
            continue
        score = rating.by_code.get(criterion.code) if rating else None
        if score is None or score.value is None:
            return None
        total += weights[criterion.code] * criterion.in_favour(score.value)
    return round(total, 9)


def is_flat(result: RoundResult) -> bool:
    """Whether all ranked measures share one band: the ratings tell nothing apart."""
    ranking = result.ranking
    return len(ranking) > 1 and ranking[0].places == (1, len(ranking))
