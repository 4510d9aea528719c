"""Contributions: anybody who may comment writes one, the office owes an answer, and the writer may take it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from metrics.domain.base import Evidence
from metrics.domain.dialogue import ANSWER_DAYS
from metrics.domain.goals import Goal
from metrics.domain.history import Recorded
from metrics.domain.measures import Measure
from metrics.domain.refusals import (
    AnswerNeedsReason,
    AnswerNeedsText,
    AnswerNeedsVerdict,
    ContributionAnswered,
    ContributionFromTheFuture,
    ContributionNotYours,
    OutsideInvitation,
    RecordAlreadyExists,
    RecordNotFound,
)
from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, Role, require
from metrics.usecases.inviting import invited_to, refuse_when_over


def contribute(
    store: Store, contribution: Contribution, *, by: Person, at: datetime, today: date
) -> Recorded[Contribution]:
    """Store a new contribution, open and without an answer; the same one sent twice is stored once.

    It is answered within four weeks and by those in charge of the first measure or goal it names, unless it says
    otherwise. Who comes from the business side speaks for that side, today, on what they were invited to.

    Raises NotAllowed, OutsideInvitation, InvitationOver, InvitationUnknown, ContributionFromTheFuture,
    RecordAlreadyExists, UnknownReference.
    """
    require(by, Right.comment)
    if by.role is Role.business:
        _refuse_outside(store, contribution, by, today)
    if contribution.received_on > today:
        raise ContributionFromTheFuture(received_on=contribution.received_on, today=today)
    opened = _as_owed(store, contribution, by, today)
    if sent := _sent_before(store, opened, by):
        return sent
    try:
        with store.change(by=by.name, at=at, action="contribute") as writing:
            writing.add([opened])
    except RecordAlreadyExists:
        if sent := _sent_before(store, opened, by):  # sent twice at once, and the other one was faster
            return sent
        raise
    return Recorded(opened, 1, writing.change.number)


def contributions_to_see(store: Store, *, by: Person) -> list[Contribution]:
    """All contributions for those who read the plan; for those who may only comment, their own."""
    require(by, Right.comment)
    return store.records(Contribution) if by.may(Right.read_plan) else own_contributions(store, by)


def own_contributions(store: Store, person: Person) -> list[Contribution]:
    """What somebody wrote, as it stands."""
    return store.asked("contributions_by", Contribution, person=person.name)


def answer(
    store: Store,
    identifier: str,
    expected_version: int,
    verdict: ContributionState,
    text: str,
    *,
    by: Person,
    at: datetime,
    today: date,
    reason: str | None = None,
) -> int:
    """Answer a contribution and return its version. A further answer replaces the former one, with a reason.

    The day of the first answer stays: it tells whether the time limit was kept; the history tells of the others.

    Raises NotAllowed, AnswerNeedsVerdict, AnswerNeedsText, AnswerNeedsReason, RecordNotFound, SomebodyElseWasFaster.
    """
    require(by, Right.answer)
    if verdict is ContributionState.open:
        raise AnswerNeedsVerdict
    if not text.strip():
        raise AnswerNeedsText
    reason = (reason or "").strip() or None
    with store.change(by=by.name, at=at, action="answer_contribution", reason=reason) as writing:
        entry = _current(store, identifier)
        known = entry.record
        if entry.version == expected_version and known.state is not ContributionState.open and reason is None:
            raise AnswerNeedsReason  # whoever has not seen the other answer yet is told of it instead
        told = {"state": verdict, "answer": text, "answered_on": known.answered_on or today}
        return writing.revise(Contribution.model_validate(known.model_dump() | told), expected_version)


def withdraw_contribution(store: Store, identifier: str, expected_version: int, *, by: Person, at: datetime) -> int:
    """Take back one's own contribution while it has no answer; its versions stay in the history.

    Raises NotAllowed, RecordNotFound, ContributionNotYours, ContributionAnswered, SomebodyElseWasFaster.
    """
    require(by, Right.comment)
    with store.change(by=by.name, at=at, action="withdraw_contribution") as writing:
        known = _current(store, identifier).record
        if not _wrote(store, identifier, by):
            raise ContributionNotYours(title=known.title)
        if known.state is not ContributionState.open:
            raise ContributionAnswered(title=known.title)
        return writing.withdraw(known, expected_version)


def _as_owed(store: Store, contribution: Contribution, by: Person, today: date) -> Contribution:
    """Open, without an answer, with a time limit and somebody in charge."""
    outside = by.role is Role.business
    received = today if outside else contribution.received_on
    due = None if outside else contribution.answer_due
    stated = None if outside else contribution.owner
    owner, deputy = (stated, contribution.deputy) if stated else _in_charge(store, contribution)
    owed = {
        "origin": ContributionOrigin.business if outside else contribution.origin,
        "received_on": received,
        "answer_due": due or received + timedelta(days=ANSWER_DAYS),
        "owner": owner,
        "deputy": deputy,
        "state": ContributionState.open,
        "answer": None,
        "answered_on": None,
    }
    unsaid = {"source_id": None, "evidence": Evidence.own, "note": None} if outside else {}
    return Contribution.model_validate(contribution.model_dump() | owed | unsaid)


def _in_charge(store: Store, contribution: Contribution) -> tuple[str | None, str | None]:
    """Owner and deputy of the first measure that has an owner, else of the first such goal."""
    found = (record for record in _named(store, contribution) if record.owner)
    record = next(found, None)
    return (record.owner, record.deputy) if record else (None, None)


def _named(store: Store, contribution: Contribution) -> Iterator[Measure | Goal]:
    for kind, identifiers in ((Measure, contribution.measure_ids), (Goal, contribution.goal_ids)):
        for identifier in identifiers:
            versions = store.versions(kind.kind, identifier)
            record = versions[-1].record if versions and not versions[-1].withdrawn else None
            if isinstance(record, Measure | Goal):
                yield record


def _refuse_outside(store: Store, contribution: Contribution, by: Person, today: date) -> None:
    refuse_when_over(store, by, today)
    if not invited_to(store, by, today).covers(contribution.goal_ids, contribution.measure_ids):
        raise OutsideInvitation


def _sent_before(store: Store, opened: Contribution, by: Person) -> Recorded[Contribution] | None:
    """What the person has sent already, if it is the same."""
    earlier = store.versions(Contribution.kind, opened.id)
    if earlier and earlier[0].record == opened and _wrote(store, opened.id, by):
        return Recorded(opened, earlier[0].version, earlier[0].change_number)
    return None


def _wrote(store: Store, identifier: str, person: Person) -> bool:
    return identifier in {one.id for one in own_contributions(store, person)}


def _current(store: Store, identifier: str) -> Recorded[Contribution]:
    entry = store.newest(Contribution.kind, identifier)
    if entry.withdrawn or not isinstance(entry.record, Contribution):
        raise RecordNotFound(kind=Contribution.kind, id=identifier)
    return Recorded(entry.record, entry.version, entry.change_number)
