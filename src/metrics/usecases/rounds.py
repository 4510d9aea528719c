"""Lead a round: open it, hand out seats, extend it, take a measure out, close it, let some measures be voted on again.

Whoever leads a round sees how far the groups have come, and no score before it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from metrics.domain.history import Recorded
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.priorities import (
    CriteriaSet,
    PriorityRound,
    RemovedMeasure,
    RoundState,
    Seat,
    Voice,
)
from metrics.domain.refusals import (
    CriterionWithoutAnchors,
    DeadlineInThePast,
    MeasureNotInRound,
    NothingToVoteOn,
    RecordNotFound,
    RoundNotClosed,
    RoundNotOpen,
)
from metrics.store.ledger import Store, Writing
from metrics.usecases.access import Person, Right, require
from metrics.usecases.rating import code_digest, new_code


@dataclass(frozen=True, slots=True)
class Call:
    """What a round is about, before it is opened: `seats` counts the raters of each group by its id."""

    id: str
    title: str
    deadline: date
    measure_ids: tuple[str, ...]
    criteria_set_id: str
    seats: Mapping[str, int]
    purpose: str | None = None
    voice: Voice = Voice.rater


@dataclass(frozen=True, slots=True)
class Opened:
    """A round with the codes of its new seats by their number: shown once, and kept nowhere."""

    round: PriorityRound
    version: int
    codes: Mapping[int, str]


def open_round(store: Store, call: Call, *, by: Person, at: datetime, today: date) -> Opened:
    """Open a round on the newest edition of a set of criteria.

    Raises NotAllowed, DeadlineInThePast, CriterionWithoutAnchors, RecordNotFound, RecordAlreadyExists,
    UnknownReference, and pydantic's ValidationError where a field does not fit.
    """
    require(by, Right.moderate_rounds)
    _refuse_past(call.deadline, today)
    chosen = _criteria(store, call.criteria_set_id)
    criteria = chosen.record
    for criterion in criteria.criteria:
        if not criterion.anchored:
            raise CriterionWithoutAnchors(code=criterion.code, title=criterion.title)
    seats, codes = _new_seats([group for group, count in call.seats.items() for _ in range(count)], first=1)
    round_ = PriorityRound(
        id=call.id,
        title=call.title,
        purpose=call.purpose,
        deadline=call.deadline,
        measure_ids=call.measure_ids,
        seats=seats,
        voice=call.voice,
        weighting=criteria.weighting,
        criteria=criteria.criteria,
        comparisons=criteria.comparisons,
        evidence=criteria.evidence,
        criteria_set_id=criteria.id,
        criteria_set_version=chosen.version,
    )
    with store.change(by=by.name, at=at, action="open_round") as writing:
        writing.add([round_])
    return Opened(round_, 1, codes)


def add_seats(
    store: Store, round_id: str, expected_version: int, seats: Mapping[str, int], *, by: Person, at: datetime
) -> Opened:
    """Hand out further seats; raises NotAllowed, RoundNotOpen, SomebodyElseWasFaster."""
    round_ = _open_round(store, round_id, by)
    first = max(seat.number for seat in round_.seats) + 1
    new, codes = _new_seats([group for group, count in seats.items() for _ in range(count)], first=first)
    changed = _with(round_, seats=round_.seats + new)
    return Opened(changed, _revise(store, changed, expected_version, action="add_seats", by=by, at=at), codes)


def renew_code(store: Store, round_id: str, expected_version: int, number: int, *, by: Person, at: datetime) -> Opened:
    """Give a seat another code, the former one no longer opens it; what was rated on it stays."""
    round_ = _open_round(store, round_id, by)
    if round_.seat(number) is None:
        raise RecordNotFound(kind=PriorityRound.kind, id=f"{round_id} · {number}")
    code = new_code()
    renewed = tuple(
        seat.model_copy(update={"code_sha256": code_digest(code)}) if seat.number == number else seat
        for seat in round_.seats
    )
    changed = _with(round_, seats=renewed)
    version = _revise(store, changed, expected_version, action="renew_code", by=by, at=at)
    return Opened(changed, version, {number: code})


def extend_round(
    store: Store, round_id: str, expected_version: int, deadline: date, *, by: Person, at: datetime, today: date
) -> int:
    """Move the deadline of an open round; raises NotAllowed, RoundNotOpen, DeadlineInThePast, SomebodyElseWasFaster."""
    round_ = _open_round(store, round_id, by)
    _refuse_past(deadline, today)
    changed = _with(round_, deadline=deadline)
    return _revise(store, changed, expected_version, action="extend_round", by=by, at=at)


def remove_measure(
    store: Store, round_id: str, expected_version: int, measure_id: str, reason: str, *, by: Person, at: datetime
) -> int:
    """Take a measure out of a round that is not decided; what was rated of it stays and counts no longer.

    Raises NotAllowed, RoundNotClosed if it is decided, MeasureNotInRound, SomebodyElseWasFaster.
    """
    require(by, Right.moderate_rounds)
    round_ = _round(store, round_id)
    if round_.state is RoundState.decided:
        raise RoundNotClosed(title=round_.title, state=round_.state)
    if measure_id not in round_.measures:
        raise MeasureNotInRound(measure_id=measure_id, title=round_.title)
    removed = (*round_.removed, RemovedMeasure(measure_id=measure_id, reason=reason))
    changed = _with(round_, removed=removed)
    return _revise(store, changed, expected_version, action="remove_measure", by=by, at=at, reason=reason)


def close_round(store: Store, round_id: str, expected_version: int, *, by: Person, at: datetime) -> int:
    """Close a round: from now on its ratings are seen and no more are taken; ideas become assessed measures.

    Of two who close at once one is told that it is closed. Raises NotAllowed, RoundNotOpen, SomebodyElseWasFaster.
    """
    require(by, Right.moderate_rounds)
    with store.change(by=by.name, at=at, action="close_round") as writing:
        round_ = _round(store, round_id)
        if round_.state is not RoundState.open:
            raise RoundNotOpen(title=round_.title, state=round_.state)
        _assess_ideas(store, round_, writing)
        return writing.revise(_with(round_, state=RoundState.closed), expected_version)


def vote_again(
    store: Store,
    round_id: str,
    expected_version: int,
    measure_ids: Sequence[str],
    deadline: date,
    *,
    by: Person,
    at: datetime,
    today: date,
) -> int:
    """Open a closed round for a further vote on some measures; who says nothing stands by the former vote.

    Raises NotAllowed, RoundNotClosed, NothingToVoteOn, MeasureNotInRound, DeadlineInThePast, SomebodyElseWasFaster.
    """
    require(by, Right.moderate_rounds)
    _refuse_past(deadline, today)
    round_ = closed_round(store, round_id)
    if not measure_ids:
        raise NothingToVoteOn(title=round_.title)
    for measure_id in measure_ids:
        if measure_id not in round_.measures:
            raise MeasureNotInRound(measure_id=measure_id, title=round_.title)
    again = _with(round_, state=RoundState.open, vote=round_.vote + 1, revote_ids=tuple(measure_ids), deadline=deadline)
    return _revise(store, again, expected_version, action="vote_again", by=by, at=at)


def drop_round(store: Store, round_id: str, expected_version: int, reason: str, *, by: Person, at: datetime) -> None:
    """Withdraw a round that was opened by mistake; raises StillReferenced once somebody has rated in it."""
    require(by, Right.moderate_rounds)
    with store.change(by=by.name, at=at, action="withdraw_priority_round", reason=reason) as writing:
        writing.withdraw(_round(store, round_id), expected_version)


def closed_round(store: Store, round_id: str) -> PriorityRound:
    """A round that is closed and not decided; raises RoundNotClosed."""
    round_ = _round(store, round_id)
    if round_.state is not RoundState.closed:
        raise RoundNotClosed(title=round_.title, state=round_.state)
    return round_


def _round(store: Store, round_id: str) -> PriorityRound:
    entry = store.newest(PriorityRound.kind, round_id)
    if entry.withdrawn or not isinstance(entry.record, PriorityRound):
        raise RecordNotFound(kind=PriorityRound.kind, id=round_id)
    return entry.record


def _with(round_: PriorityRound, **over: Any) -> PriorityRound:
    """The round with other fields, checked as a whole."""
    return PriorityRound(**{name: getattr(round_, name) for name in PriorityRound.model_fields} | over)


def _open_round(store: Store, round_id: str, by: Person) -> PriorityRound:
    require(by, Right.moderate_rounds)
    round_ = _round(store, round_id)
    if round_.state is not RoundState.open:
        raise RoundNotOpen(title=round_.title, state=round_.state)
    return round_


def _criteria(store: Store, identifier: str) -> Recorded[CriteriaSet]:
    entry = store.newest(CriteriaSet.kind, identifier)
    if entry.withdrawn or not isinstance(entry.record, CriteriaSet):
        raise RecordNotFound(kind=CriteriaSet.kind, id=identifier)
    return Recorded(entry.record, entry.version, entry.change_number)


def _refuse_past(deadline: date, today: date) -> None:
    if deadline < today:
        raise DeadlineInThePast(deadline=deadline, today=today)


def _assess_ideas(store: Store, round_: PriorityRound, writing: Writing) -> None:
    rated = set(round_.measures)
    for entry in store.current(Measure.kind):
        measure = entry.record
        if isinstance(measure, Measure) and measure.id in rated and measure.state is MeasureState.idea:
            writing.revise(measure.model_copy(update={"state": MeasureState.assessed}), entry.version)


def _new_seats(groups: Sequence[str], *, first: int) -> tuple[tuple[Seat, ...], dict[int, str]]:
    codes = {number: new_code() for number, _ in enumerate(groups, first)}
    seats = [
        Seat(number=number, group_id=group, code_sha256=code_digest(codes[number]))
        for number, group in enumerate(groups, first)
    ]
    return tuple(seats), codes


def _revise(
    store: Store,
    round_: PriorityRound,
    expected_version: int,
    *,
    action: str,
    by: Person,
    at: datetime,
    reason: str | None = None,
) -> int:
    with store.change(by=by.name, at=at, action=action, reason=reason) as writing:
        return writing.revise(round_, expected_version)
