"""A whole plan in and out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from metrics.domain.base import Record
from metrics.domain.document import PlanDocument, plan_document
from metrics.domain.goals import Goal
from metrics.domain.history import Recorded
from metrics.domain.indicators import Comparison, Indicator, Observation, Reading, ReadingState, ReleaseRule
from metrics.domain.kinds import KINDS
from metrics.domain.measures import Measure
from metrics.domain.ownership import doubts_about_owners
from metrics.domain.plausibility import Doubt, doubts_about
from metrics.domain.priorities import PriorityDecision, PriorityRound, Rating
from metrics.domain.refusals import (
    LockKeptAsItIs,
    PlanFileBroken,
    RatingDoesNotFitRound,
    ReasonMissing,
    Refusal,
    RoundKeptAsItIs,
)
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.domain.targets import Target
from metrics.domain.upkeep import PeriodLock
from metrics.exchange.plan_file import MOST_PROBLEMS, NO_LINE, Problem
from metrics.store.ledger import Store
from metrics.store.rows import RecordT
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import (
    binds_otherwise,
    check_alone,
    check_demand,
    check_demands,
    check_group,
    check_measure,
    check_no_circle,
    check_observation,
    check_rating,
    check_stored,
    check_target,
    check_total,
)
from metrics.usecases.closing import refuse_within
from metrics.usecases.planning import says_the_same
from metrics.usecases.rating import hidden_ratings
from metrics.usecases.waiting import pending_readings


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: records to add, records to revise with the version they replace, and how many stay.

    `doubts`: why targets that arrive may not be judged as they were meant, and what active records lack an owner.
    """

    new: tuple[Record, ...]
    changed: tuple[tuple[Record, int], ...]
    unchanged: int
    doubts: tuple[tuple[Record, Doubt], ...] = ()


def export_plan(store: Store, *, by: Person) -> PlanDocument:
    """The plan as it counts: released values, and no ratings that nobody may see yet."""
    require(by, Right.read_confidential)
    hidden = {rating.id for rating in hidden_ratings(store)}
    records = (entry.record for kind in KINDS for entry in store.current(kind))
    return plan_document(record for record in records if not (isinstance(record, Rating) and record.id in hidden))


def preview_import(store: Store, document: PlanDocument, *, today: date) -> ImportPreview:
    """Compare a document with the plan; records that the document does not name stay as they are.

    Raises PlanFileBroken where records do not go together, or name values that cannot be known on the day of the
    import.
    """
    new, changed, unchanged = [], [], 0
    rules = (
        {one.id: one.release_rule for one in store.records(Indicator)}
        if getattr(document.records, Reading.kind)
        else {}
    )
    hidden = {rating.id for rating in hidden_ratings(store)} if getattr(document.records, Rating.kind) else set()
    for kind in KINDS:
        arriving = list(getattr(document.records, kind))
        known = {entry.record.id: entry for entry in store.all_newest(kind)} if arriving else {}
        standing = {one.id: one for one in store.records(Reading)} if arriving and kind == Reading.kind else {}
        for given in arriving:
            record, entry = _as_it_arrives(given, rules), known.get(given.id)
            if entry is None:
                new.append(record)
            elif _is_here(record, entry, standing.get(record.id)):
                unchanged += 1
            elif entry.record != record or entry.withdrawn or (kind == Rating.kind and record.id in hidden):
                changed.append((record, entry.version))
            else:
                unchanged += 1
    arrival = _Arrival(store, document, [*new, *(record for record, _ in changed)], today)
    problems = list(arrival.problems())
    if problems:
        raise PlanFileBroken(problems=problems[:MOST_PROBLEMS])
    return ImportPreview(tuple(new), tuple(changed), unchanged, tuple(arrival.doubts()))


def _as_it_arrives(record: Record, rules: Mapping[str, ReleaseRule]) -> Record:
    """A value of an indicator that is here already is entered as its rule says; a whole plan arrives as it counts."""
    if isinstance(record, Reading) and record.indicator_id in rules:
        return record.model_copy(update={"state": rules[record.indicator_id].first_state})
    return record


def _is_here(record: Record, entry: Recorded[Record], standing: Reading | None) -> bool:
    """Whether a value says what the released one says, or the one that waits beside it."""
    if not isinstance(record, Reading) or not isinstance(entry.record, Reading) or entry.withdrawn:
        return False
    waits = entry.record.state is not ReadingState.returned and says_the_same(record, entry.record)
    return waits or (standing is not None and says_the_same(record, standing))


def import_plan(
    store: Store, document: PlanDocument, *, by: Person, at: datetime, today: date, reason: str | None = None
) -> ImportPreview:
    """Store a document as one change: all of it or nothing. Returns what was done.

    `today` is the day of the import: no reading may end after it. Raises NotAllowed, PlanFileBroken, ReasonMissing,
    UnknownReference, GoalsInACircle, IndicatorPartOfItself, SomebodyElseWasFaster.
    """
    require(by, Right.exchange_plan)
    seen, preview = store.change_number(), preview_import(store, document, today=today)
    if preview.changed and not (reason or "").strip():
        raise ReasonMissing(changed=len(preview.changed))
    if preview.new or preview.changed:
        with store.change(by=by.name, at=at, action="import_plan", reason=reason) as writing:
            _check_circles(store, document)
            if store.change_number() != seen:  # somebody wrote meanwhile; from here on nobody does
                preview_import(store, document, today=today)
            writing.write_all(preview.new, preview.changed)
    return preview


class _Arrival:
    """What a document would write, and the plan as it would be then."""

    def __init__(self, store: Store, document: PlanDocument, written: list[Record], today: date) -> None:
        self._store, self._document, self._written, self._today = store, document, written, today
        self._ids = {(record.kind, record.id) for record in written}
        self._indicators = self._to_be(Indicator)
        self._beside: dict[tuple[str, str, date], list[Observation]] = defaultdict(list)
        for record_type in {type(record) for record in written if isinstance(record, Observation)}:
            for value in self._to_be(record_type).values():
                self._beside[value.kind, value.indicator_id, value.period_end].append(value)
        for value in self._waiting if self._beside else ():
            self._beside[value.kind, value.indicator_id, value.period_end].append(value)

    @cached_property
    def _stored(self) -> dict[str, list[Observation | Target]]:
        """What indicators that would bind otherwise are held against; a large plan is read once for all of them."""
        store, found = self._store, defaultdict[str, list[Observation | Target]](list)
        stored: list[Observation | Target] = [*store.records(Target), *store.records(Reading), *self._waiting]
        for one in (*stored, *store.records(Comparison)):
            if (one.kind, one.id) not in self._ids:
                found[one.indicator_id].append(one)
        return found

    @cached_property
    def _waiting(self) -> list[Reading]:
        """Values that wait for their release, but for those that the document replaces."""
        found = (one.reading for one in pending_readings(self._store))
        return [one for one in found if (one.kind, one.id) not in self._ids]

    @cached_property
    def _locks(self) -> list[PeriodLock]:
        """The closed periods that are here; those that a document brings close nothing to its own values."""
        return self._store.records(PeriodLock)

    @cached_property
    def _standing(self) -> dict[tuple[str, str], Observation]:
        """The values that count today, where any of them may be closed."""
        if not self._locks:
            return {}
        kinds: tuple[type[Observation], ...] = (Reading, Comparison)
        return {(one.kind, one.id): one for kind in kinds for one in self._store.records(kind)}

    def problems(self) -> Iterator[Problem]:
        """The first rule that each record breaks, with the place in the document."""
        numbers = {
            (kind, record.id): number
            for kind in KINDS
            for number, record in enumerate(getattr(self._document.records, kind))
        }
        before = {indicator.id: indicator for indicator in self._store.records(Indicator)}
        for record in self._written:
            try:
                self._check(record, before)
            except Refusal as refusal:
                field = refusal.data.get("field") or refusal.field
                path = f"records.{record.kind}.{numbers[record.kind, record.id]}.{field}"
                yield Problem(NO_LINE, path, refusal.code, refusal.data)

    def doubts(self) -> Iterator[tuple[Record, Doubt]]:
        """Why targets may not be judged as they were meant; then which active records lack an owner or a deputy."""
        targets = [record for record in self._written if isinstance(record, Target)]
        values: dict[str, list[Observation]] = defaultdict(list)
        for record_type in (Reading, Comparison) if targets else ():
            for value in self._to_be(record_type).values():
                values[value.indicator_id].append(value)
        for target in targets:
            indicator = self._indicators.get(target.indicator_id)
            if indicator:
                for doubt in doubts_about(target, indicator, values[indicator.id], self._today):
                    yield target, doubt
        for record in self._written:
            for doubt in doubts_about_owners(record):
                yield record, doubt

    def _check(self, record: Record, before: dict[str, Indicator]) -> None:
        if isinstance(record, Indicator) and record.id in before and binds_otherwise(record, before[record.id]):
            check_stored(record, self._stored[record.id])
        if isinstance(record, PriorityRound | Rating | PriorityDecision):
            self._check_round(record)
        if isinstance(record, Measure | ResourceDemand | CapacityGroup):
            self._check_resources(record)
        if isinstance(record, PeriodLock) and record.id in self._locks_here:
            raise LockKeptAsItIs(id=record.id)
        if isinstance(record, Observation):
            refuse_within(self._locks, record, self._standing.get((record.kind, record.id)))
        indicator = self._indicators.get(getattr(record, "indicator_id", ""))
        if indicator is None:  # where a reference leads nowhere, the store says so
            return
        if isinstance(record, Target):
            check_target(indicator, record)
        elif isinstance(record, Observation):
            check_observation(indicator, record, self._today)
            check_alone(indicator, record, self._beside[record.kind, record.indicator_id, record.period_end])

    @cached_property
    def _locks_here(self) -> set[str]:
        return {entry.record.id for entry in self._store.all_newest(PeriodLock.kind)}

    def _check_resources(self, record: Measure | ResourceDemand | CapacityGroup) -> None:
        """Measures with those they depend on, demands within the time of their measure, groups with time at all."""
        if isinstance(record, CapacityGroup):
            check_group(record)
        elif isinstance(record, Measure):
            check_measure(self._measures, record)
            before = self._measures_before.get(record.id)
            if before is not None:
                check_demands(record, before, self._demands_staying[record.id])
        elif record.measure_id in self._measures:  # where a reference leads nowhere, the store says so
            check_demand(self._measures[record.measure_id], record)

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return self._to_be(Measure)

    @cached_property
    def _measures_before(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self._store.records(Measure)}

    @cached_property
    def _demands_staying(self) -> dict[str, list[ResourceDemand]]:
        """The demands by measure that the document leaves as they are."""
        found: dict[str, list[ResourceDemand]] = defaultdict(list)
        for demand in self._store.records(ResourceDemand):
            if (demand.kind, demand.id) not in self._ids:
                found[demand.measure_id].append(demand)
        return found

    def _check_round(self, record: PriorityRound | Rating | PriorityDecision) -> None:
        """A file may bring a whole round; one that is here already stays as it is."""
        round_id = record.id if isinstance(record, PriorityRound) else record.round_id
        if round_id in self._rounds_here:
            raise RoundKeptAsItIs(id=record.id, referred_id=round_id)
        arriving = self._rounds_arriving.get(round_id)
        if isinstance(record, Rating) and arriving is not None:
            check_rating(arriving, record)
            if self._times_rated[record.round_id, record.seat, record.measure_id, record.vote] > 1:
                raise RatingDoesNotFitRound(id=record.id, referred_id=round_id)

    @cached_property
    def _times_rated(self) -> Counter[tuple[str, int, str, int]]:
        """How often a seat rates a measure in a vote: which of two would count would be a guess."""
        ratings = (record for record in self._written if isinstance(record, Rating))
        return Counter((one.round_id, one.seat, one.measure_id, one.vote) for one in ratings)

    @cached_property
    def _rounds_here(self) -> set[str]:
        return {entry.record.id for entry in self._store.all_newest(PriorityRound.kind)}

    @cached_property
    def _rounds_arriving(self) -> dict[str, PriorityRound]:
        return {record.id: record for record in self._written if isinstance(record, PriorityRound)}

    def _to_be(self, record_type: type[RecordT]) -> dict[str, RecordT]:
        """The records of a type by id, as they would be: what arrives takes the place of what is stored."""
        stored = {record.id: record for record in self._store.records(record_type)}
        return stored | {record.id: record for record in getattr(self._document.records, record_type.kind)}


def _check_circles(store: Store, document: PlanDocument) -> None:
    """No goal is its own ancestor, no indicator a part of its parts, once the document is in the plan."""
    goals = {goal.id: goal for goal in (*store.records(Goal), *getattr(document.records, Goal.kind))}
    for goal in getattr(document.records, Goal.kind):
        check_no_circle(goals, goal)
    totals = [one for one in getattr(document.records, Indicator.kind) if one.total_id]
    if totals:
        indicators = {one.id: one for one in (*store.records(Indicator), *getattr(document.records, Indicator.kind))}
        for indicator in totals:
            check_total(indicators, indicator)


def kinds_in(preview: ImportPreview) -> dict[str, tuple[int, int]]:
    """For each kind that the import touches: how many records are new and how many change."""
    counts: dict[str, tuple[int, int]] = {}
    for record in preview.new:
        new, changed = counts.get(record.kind, (0, 0))
        counts[record.kind] = (new + 1, changed)
    for record, _ in preview.changed:
        new, changed = counts.get(record.kind, (0, 0))
        counts[record.kind] = (new, changed + 1)
    return counts
