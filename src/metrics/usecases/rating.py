"""Rate in a round: enter by a code, give one score after the other, see one's own, and others' once they are over.

The code is the right: whoever has it sits on its seat, and on no other. What is given is stored at once, criterion by
criterion, so a reload loses nothing and two windows of one rater do not get into each other's way.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from metrics.domain.priorities import PriorityRound, Rating, RoundState, Score, Seat
from metrics.domain.prioritisation.nutzwert import newest_scores
from metrics.domain.refusals import (
    AccessCodeUnknown,
    MeasureNotInRound,
    RatingsStillHidden,
    RatingTimeOver,
    RoundNotOpen,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_rating

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are mistaken for each other on paper."""
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Access:
    """A seat in a round that somebody has entered."""

    round: PriorityRound
    seat: Seat

    @property
    def person(self) -> str:
        """What the ledger calls the rater: round and seat, no name."""
        return seat_name(self.round.id, self.seat.number)


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How far a group has come: counts, no names."""

    group_id: str
    seats: int
    started: int
    finished: int


def seat_name(round_id: str, number: int) -> str:
    """The pseudonym of a seat."""
    return f"{round_id} · Platz {number}"


def new_code() -> str:
    """A code that nobody guesses: 12 signs in three groups, 60 random bits."""
    signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(signs[place : place + 4] for place in range(0, CODE_LENGTH, 4))


def code_digest(code: str) -> str:
    """SHA-256 of a code as it was meant: in whatever case, with whatever between its signs."""
    meant = "".join(sign for sign in code.upper() if sign in CODE_ALPHABET)
    return hashlib.sha256(meant.encode()).hexdigest()


def enter(store: Store, code: str) -> Access:
    """The seat that a code opens, in whatever state its round is; raises AccessCodeUnknown."""
    digest = code_digest(code)
    for round_ in store.records(PriorityRound):
        for seat in round_.seats:
            if seat.code_sha256 is not None and hmac.compare_digest(seat.code_sha256, digest):
                return Access(round_, seat)
    raise AccessCodeUnknown


def rate(
    store: Store, code: str, measure_id: str, scores: Mapping[str, Score | None], *, at: datetime, today: date
) -> Rating:
    """Store scores on one measure by the code of their criterion, None takes one back; returns the rating as it stands.

    Raises AccessCodeUnknown, RoundNotOpen, RatingTimeOver, MeasureNotInRound, RatingDoesNotFitRound.
    """
    access = enter(store, code)
    refuse_late(access.round, measure_id, today)
    known = own_ratings(store, access).get(measure_id)
    if known and all(known.by_code.get(of) == score for of, score in scores.items()):
        return known
    with store.change(by=access.person, at=at, action="rate") as writing:
        round_ = enter(store, code).round  # a round that is closed meanwhile takes nothing more
        refuse_late(round_, measure_id, today)
        identifier = _rating_id(round_, access.seat.number, measure_id)
        versions = store.versions(Rating.kind, identifier)
        before = versions[-1].record if versions else None
        known_scores = before.by_code if isinstance(before, Rating) else {}
        scores = _taken_back(store, access, measure_id, scores)
        rating = _with_scores(round_, access.seat.number, measure_id, {**known_scores, **scores})
        check_rating(round_, rating)
        if before is None:
            writing.add([rating])
        else:
            writing.revise(rating, versions[-1].version)
    return rating


def refuse_late(round_: PriorityRound, measure_id: str, today: date) -> None:
    """Raise RoundNotOpen, RatingTimeOver or MeasureNotInRound where nothing can be rated."""
    if round_.state is not RoundState.open:
        raise RoundNotOpen(title=round_.title, state=round_.state)
    if today > round_.deadline:
        raise RatingTimeOver(title=round_.title, deadline=round_.deadline)
    if measure_id not in round_.to_rate:
        raise MeasureNotInRound(measure_id=measure_id, title=round_.title)


def own_ratings(store: Store, access: Access) -> dict[str, Rating]:
    """What the seat has rated, by measure, with its newest score on each criterion."""
    asked = {"round_id": access.round.id, "votes": access.round.vote, "seat": access.seat.number}
    return {rating.measure_id: rating for rating in newest_scores(store.asked("ratings_of_round", Rating, **asked))}


def ratings_to_see(store: Store, round_: PriorityRound, *, by: Person) -> list[Rating]:
    """The ratings of the votes that are over; raises NotAllowed, RatingsStillHidden while the first one runs."""
    require(by, Right.read_plan)
    if round_.votes_to_see == 0:
        raise RatingsStillHidden(title=round_.title)
    asked = {"round_id": round_.id, "votes": round_.votes_to_see, "seat": None}
    return store.asked("ratings_of_round", Rating, **asked)


def hidden_ratings(store: Store) -> list[Rating]:
    """The ratings of votes that still run: no list, file or history shows them."""
    return [
        rating
        for round_ in store.records(PriorityRound)
        if round_.state is RoundState.open
        for rating in store.asked("ratings_of_round", Rating, round_id=round_.id, votes=round_.vote, seat=None)
        if rating.vote > round_.votes_to_see
    ]


def is_hidden(store: Store, rating: Rating) -> bool:
    """Whether nobody may see a rating yet, because its vote still runs."""
    round_ = store.newest(PriorityRound.kind, rating.round_id).record
    return isinstance(round_, PriorityRound) and rating.vote > round_.votes_to_see


def progress(store: Store, round_: PriorityRound) -> list[GroupProgress]:
    """How far each group of a round has come in the present vote."""
    asked = {
        "round_id": round_.id,
        "vote": round_.vote,
        "measures": list(round_.to_rate),
        "criteria": len(round_.criteria),
    }
    found = {row["seat"]: row for row in store.connection.rows("round_progress", asked)}
    return [_progress_of(round_, group_id, found.keys(), found) for group_id in round_.groups]


def _progress_of(
    round_: PriorityRound, group_id: str, begun: Iterable[int], found: Mapping[int, Mapping[str, int]]
) -> GroupProgress:
    seats = [seat.number for seat in round_.seats if seat.group_id == group_id]
    started = [number for number in seats if number in set(begun) and found[number]["answers"] > 0]
    finished = [number for number in started if found[number]["finished"] >= len(round_.to_rate)]
    return GroupProgress(group_id, len(seats), len(started), len(finished))


def _taken_back(
    store: Store, access: Access, measure_id: str, scores: Mapping[str, Score | None]
) -> dict[str, Score | None]:
    """In a further vote a score that is taken back becomes "weiß nicht": the former vote's would stand otherwise."""
    asked = {"round_id": access.round.id, "votes": access.round.vote - 1, "seat": access.seat.number}
    former = newest_scores(store.asked("ratings_of_round", Rating, **asked)) if access.round.vote > 1 else []
    given = {code for rating in former if rating.measure_id == measure_id for code in rating.by_code}
    return {code: Score(code=code) if score is None and code in given else score for code, score in scores.items()}


def _with_scores(round_: PriorityRound, seat: int, measure_id: str, scores: Mapping[str, Score | None]) -> Rating:
    merged = {code: score for code, score in scores.items() if score is not None}
    order = {criterion.code: place for place, criterion in enumerate(round_.criteria)}
    return Rating(
        id=_rating_id(round_, seat, measure_id),
        round_id=round_.id,
        measure_id=measure_id,
        seat=seat,
        vote=round_.vote,
        scores=tuple(merged[code] for code in sorted(merged, key=lambda code: order.get(code, len(order)))),
    )


def _rating_id(round_: PriorityRound, seat: int, measure_id: str) -> str:
    """The same for the same seat, measure and vote, whatever their ids are made of."""
    told = "\n".join((round_.id, str(seat), measure_id, str(round_.vote)))
    return "BW-" + hashlib.sha256(told.encode()).hexdigest()[:24]
