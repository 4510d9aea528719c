"""Read a round: its result, how firm it stands, what other methods would say, where the capacity ends."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrics.domain.priorities import PriorityRound, Rating
from metrics.domain.prioritisation.nutzwert import RoundResult, judge_round, ratings_that_count
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread, Standing, standing
from metrics.domain.refusals import RecordNotFound
from metrics.domain.resources import ResourceDemand
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.rating import ratings_to_see


@dataclass(frozen=True, slots=True)
class RankedRound:
    """A round with the ratings that may be seen, and its result."""

    round: PriorityRound
    ratings: tuple[Rating, ...]
    group_id: str | None
    result: RoundResult
    change_number: int

    @property
    def ratings_invented(self) -> bool:
        """Whether every rating is an illustrative one; the criteria of an illustrative round are so in any case."""
        return all(rating.illustrative for rating in self.ratings)

    def standing(
        self, space: WeightSpace = WeightSpace.every, spread: ScoreSpread = ScoreSpread.stated
    ) -> Standing | None:
        """How firm the ranking stands; 10,000 draws, so ask once. None without a ranked measure."""
        return standing(self.round, self.ratings, self.result, space=space, spread=spread, group_id=self.group_id)


def rank_round(store: Store, round_id: str, *, by: Person, group_id: str | None = None) -> RankedRound:
    """Judge a round that is closed; raises NotAllowed, RecordNotFound, RatingsStillHidden."""
    number = store.change_number()
    round_ = find_round(store, round_id)
    ratings = tuple(ratings_to_see(store, round_, by=by))
    if group_id is not None and group_id not in round_.groups:
        raise RecordNotFound(kind="rater_group", id=group_id)
    return RankedRound(round_, ratings, group_id, judge_round(round_, ratings, group_id), number)


def find_round(store: Store, round_id: str) -> PriorityRound:
    """The round of an id; raises RecordNotFound."""
    entry = store.newest(PriorityRound.kind, round_id)
    if entry.withdrawn or not isinstance(entry.record, PriorityRound):
        raise RecordNotFound(kind=PriorityRound.kind, id=round_id)
    return entry.record


def person_days(demands: Iterable[ResourceDemand]) -> dict[str, float]:
    """What each measure asks of the office in person-days, over all periods and groups; measures without are absent.

    What a partner contributes is known and takes none of the office's time.
    """
    found: dict[str, float] = defaultdict(float)
    for demand in demands:
        found[demand.measure_id] += 0.0 if demand.contributed_by else demand.person_days
    return dict(found)


def fingerprint(round_: PriorityRound, ratings: Sequence[Rating]) -> str:
    """SHA-256 of what a ranking follows from: criteria, weights, measures and the ratings that count."""
    counted = sorted(ratings_that_count(round_, ratings), key=lambda rating: (rating.seat, rating.measure_id))
    told: Mapping[str, object] = {
        "criteria": [criterion.model_dump(mode="json") for criterion in round_.criteria],
        "weights": round_.weights,
        "voice": round_.voice.value,
        "measures": round_.measures,
        "seats": [(seat.number, seat.group_id) for seat in round_.seats],
        "ratings": [
            (rating.seat, rating.measure_id, rating.vote, [score.model_dump(mode="json") for score in rating.scores])
            for rating in counted
        ],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
