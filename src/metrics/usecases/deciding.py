"""End a round: what the capacity allows, where the office or a committee deviates and why, and what becomes of each
measure. From then on the round, its ratings and the decision stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from metrics.domain.measures import STATES_BEFORE_START, Measure, MeasureState
from metrics.domain.priorities import DecidedMeasure, Outcome, PriorityDecision, PriorityRound, RoundState
from metrics.domain.prioritisation.cut import CutLine, DemandUnknown, cut_by_days, cut_by_number
from metrics.domain.prioritisation.nutzwert import METHOD, Ranked, RoundResult
from metrics.domain.refusals import (
    DecidedInTheFuture,
    DemandMissing,
    DeviationNeedsReason,
    LineMissing,
    NothingRanked,
    OutcomeMissing,
)
from metrics.domain.resources import ResourceDemand
from metrics.locale.catalogue import Language, translate
from metrics.store.ledger import Store, Writing
from metrics.usecases.access import Person, Right, require
from metrics.usecases.ranking import RankedRound, fingerprint, person_days, rank_round
from metrics.usecases.rounds import closed_round

LEDGER_LANGUAGE: Language = "de"
"""The office's language: what the program writes into the plan itself."""
STATE_AFTER: Mapping[Outcome, MeasureState] = {
    Outcome.planned: MeasureState.planned,
    Outcome.prioritised: MeasureState.prioritised,
    Outcome.deferred: MeasureState.deferred,
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """How far the office can go, in person-days or in measures: one of the two."""

    days: float | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wanted for a measure, and why where it goes against the line."""

    outcome: Outcome
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who decided when, how far the capacity reaches, and what becomes of each measure of the round by its id."""

    decided_by: str
    decided_on: date
    capacity: Capacity
    verdicts: Mapping[str, Verdict]


def draw_line(store: Store, result: RoundResult, capacity: Capacity, round_title: str) -> CutLine:
    """The cut line of a ranking; raises LineMissing, NothingRanked, DemandMissing."""
    ranking = result.ranking
    given = [bound for bound in (capacity.days, capacity.number) if bound is not None and bound >= 0]
    if len(given) != 1 or (capacity.days is not None and capacity.number is not None):
        raise LineMissing
    if not ranking:
        raise NothingRanked(title=round_title)
    if capacity.number is not None:
        return cut_by_number(ranking, capacity.number)
    line = cut_by_days(ranking, person_days(store.records(ResourceDemand)), capacity.days or 0.0)
    if isinstance(line, DemandUnknown):
        first = line.measure_ids[0]
        raise DemandMissing(measure_id=first, title=_title(store, first), lacking=len(line.measure_ids))
    return line


def is_deviation(within: bool, outcome: Outcome) -> bool:
    """Whether an outcome goes against the line: taken below it, or put off above it."""
    return within == (outcome is Outcome.deferred)


def decide(
    store: Store,
    round_id: str,
    expected_version: int,
    resolution: Resolution,
    *,
    by: Person,
    at: datetime,
    today: date,
) -> PriorityDecision:
    """Freeze a closed round: store the decision, mark the round as decided, move its measures; all of it or nothing.

    Measures that are at work already, or over, stay in their state. Raises NotAllowed, RoundNotClosed,
    DecidedInTheFuture, LineMissing, NothingRanked, DemandMissing, OutcomeMissing, DeviationNeedsReason,
    SomebodyElseWasFaster, and pydantic's ValidationError where a field does not fit.
    """
    require(by, Right.decide_priorities)
    if resolution.decided_on > today:
        raise DecidedInTheFuture(decided_on=resolution.decided_on, today=today)
    closed_round(store, round_id)
    with store.change(by=by.name, at=at, action="decide_round", reason=resolution.decided_by) as writing:
        round_ = closed_round(store, round_id)
        found = rank_round(store, round_id, by=by)
        line = draw_line(store, found.result, resolution.capacity, round_.title)
        decision = _decision(store, found, line, resolution)
        writing.revise(round_.model_copy(update={"state": RoundState.decided}), expected_version)
        writing.add([decision])
        _move_measures(store, round_, decision, writing)
    return decision


def _decision(store: Store, found: RankedRound, line: CutLine, resolution: Resolution) -> PriorityDecision:
    firm = found.standing()
    first = firm.among_first(max(len(line.within), 1)) if firm else {}
    days = person_days(store.records(ResourceDemand))
    decided = [
        _decided(store, ranked, resolution, ranked.measure_id in line.within, first, days)
        for ranked in found.result.measures
    ]
    return PriorityDecision(
        id=f"PE-{fingerprint(found.round, found.ratings)[:12]}-{found.change_number}",
        round_id=found.round.id,
        evidence=found.round.evidence,
        decided_on=resolution.decided_on,
        decided_by=resolution.decided_by,
        capacity_days=resolution.capacity.days,
        capacity_count=resolution.capacity.number,
        method=METHOD,
        as_of_change=found.change_number,
        inputs_sha256=fingerprint(found.round, found.ratings),
        measures=tuple(decided),
    )


def _decided(
    store: Store,
    ranked: Ranked,
    resolution: Resolution,
    within: bool,
    first: Mapping[str, float],
    days: Mapping[str, float],
) -> DecidedMeasure:
    told = {"measure_id": ranked.measure_id, "title": _title(store, ranked.measure_id)}
    verdict = resolution.verdicts.get(ranked.measure_id)
    if verdict is None:
        raise OutcomeMissing(**told)
    reason = (verdict.reason or "").strip() or None
    if reason is None and is_deviation(within, verdict.outcome):
        raise DeviationNeedsReason(**told)
    return DecidedMeasure(
        measure_id=ranked.measure_id,
        place=ranked.places[0] if ranked.places else None,
        utility=ranked.utility,
        among_first=first.get(ranked.measure_id),
        person_days=days.get(ranked.measure_id),
        within=within,
        outcome=verdict.outcome,
        reason=reason,
    )


def _move_measures(store: Store, round_: PriorityRound, decision: PriorityDecision, writing: Writing) -> None:
    decided = {found.measure_id: found for found in decision.measures}
    for entry in store.current(Measure.kind):
        measure = entry.record
        if not isinstance(measure, Measure) or measure.id not in decided or measure.state not in STATES_BEFORE_START:
            continue
        found = decided[measure.id]
        state = STATE_AFTER[found.outcome]
        reason = found.reason or _reason(round_, found, decision)
        if (state, reason) != (measure.state, measure.state_reason):
            writing.revise(measure.model_copy(update={"state": state, "state_reason": reason}), entry.version)


def _reason(round_: PriorityRound, found: DecidedMeasure, decision: PriorityDecision) -> str:
    told = {"titel": round_.title, "gremium": decision.decided_by}
    if found.place is None:
        return translate("Ohne Rang in der Runde „{titel}“ ({gremium})", LEDGER_LANGUAGE, **told)
    told |= {"rang": str(found.place), "alle": str(len(decision.measures))}
    if found.within:
        return translate(
            "Rang {rang} von {alle} in der Runde „{titel}“, innerhalb der Kapazität ({gremium})",
            LEDGER_LANGUAGE,
            **told,
        )
    return translate(
        "Rang {rang} von {alle} in der Runde „{titel}“, jenseits der Kapazität ({gremium})", LEDGER_LANGUAGE, **told
    )


def _title(store: Store, measure_id: str) -> str:
    record = store.newest(Measure.kind, measure_id).record
    return str(getattr(record, "title", measure_id))
