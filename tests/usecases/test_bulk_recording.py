"""Many values at once: all or nothing, stored once, nobody overwritten, every refusal with its cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.domain.indicators import PeriodKind, Qualifier, Reading, ReadingState, ReleaseRule
from metrics.domain.refusals import BulkRefused, NotAllowed, ReasonMissing, UnknownReference
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.bulk_recording import BulkEntry, BulkStored, record_many
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.plan import a_source, an_indicator

OFFICE = Person("Amt", Role.data_steward)
COLLEAGUE = Person("Frau B.", Role.data_steward)
EDITOR = Person("Leitung", Role.administration)
AT, TODAY = datetime(2026, 11, 24, 9, 0), date(2026, 11, 24)


def entry(year: int, value: float, version: int = 0, indicator: str = "I-ALQ", **over: object) -> BulkEntry:
    told = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period_kind": PeriodKind.year}
    return BulkEntry(f"R-{indicator}-{year}", indicator, value=value, version=version, **told | over)  # type: ignore[arg-type]


def save(store: Store, *entries: BulkEntry, by: Person = OFFICE, reason: str | None = None) -> BulkStored:
    return record_many(store, entries, by=by, at=AT, today=TODAY, reason=reason)


def stored(store: Store) -> dict[str, tuple[float, int]]:
    return {one.record.id: (one.record.value, one.version) for one in store.current("reading")}  # type: ignore[attr-defined]


@pytest.fixture
def plan(store: Store) -> Store:
    told = {"natural_maximum": None, "release_rule": ReleaseRule.four_eyes, "goal_ids": ()}
    workers = an_indicator(id="I-SVB", title="Beschäftigte", **told)
    for record in (a_source(), an_indicator(goal_ids=()), workers):
        add_record(store, record, by=EDITOR, at=AT)
    return store


def test_all_values_are_one_change_and_each_enters_in_the_state_of_its_rule(plan: Store) -> None:
    before = plan.change_number()
    told = save(plan, entry(2024, 7.5), entry(2025, 7.9), entry(2025, 31876, indicator="I-SVB"))
    assert told == BulkStored(new=3)
    assert plan.change_number() == before + 1
    states = {one: plan.newest("reading", one).record.state for one in ("R-I-ALQ-2025", "R-I-SVB-2025")}
    assert states == {"R-I-ALQ-2025": ReadingState.released, "R-I-SVB-2025": ReadingState.draft}


def test_the_same_entries_sent_twice_are_stored_once(plan: Store) -> None:
    entries = (entry(2024, 7.5), entry(2025, 7.9, source_id="SRC-agentur", note="vorläufig"))
    save(plan, *entries)
    number = plan.change_number()
    assert save(plan, *entries) == BulkStored()
    assert (plan.change_number(), stored(plan)) == (number, {"R-I-ALQ-2024": (7.5, 1), "R-I-ALQ-2025": (7.9, 1)})
    corrected = (entry(2024, 7.6, 1), entry(2025, 8.0, 1))
    assert save(plan, *corrected, reason="Revision") == BulkStored(corrected=2)
    assert save(plan, *corrected, reason="Revision") == BulkStored()
    assert stored(plan) == {"R-I-ALQ-2024": (7.6, 2), "R-I-ALQ-2025": (8.0, 2)}


def test_a_correction_keeps_whatever_else_the_reading_says_and_needs_a_reason(plan: Store) -> None:
    told = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31), "period_kind": PeriodKind.year}
    first = Reading(
        id="R-ALT", indicator_id="I-ALQ", value=7.5, qualifier=Qualifier.approximate, note="Anlage 3", **told
    )
    add_record(plan, first, by=OFFICE, at=AT)
    change = BulkEntry("R-ALT", "I-ALQ", value=7.6, version=1, **told)
    with pytest.raises(ReasonMissing):
        save(plan, change, reason=" ")
    save(plan, change, reason="Revision")
    assert plan.newest("reading", "R-ALT").record == first.model_copy(update={"value": 7.6})


def test_a_cell_that_somebody_else_changed_stops_the_whole_and_overwrites_nobody(plan: Store) -> None:
    save(plan, entry(2024, 7.5), entry(2025, 7.9))
    theirs = plan.newest("reading", "R-I-ALQ-2025").record.model_copy(update={"value": 8.1})
    revise_record(plan, theirs, 1, by=COLLEAGUE, at=AT, reason="Nachmeldung")
    number = plan.change_number()
    with pytest.raises(BulkRefused) as refused:
        save(plan, entry(2024, 7.6, 1), entry(2025, 8.0, 1), reason="Revision")
    assert [(one.entry, one.refusal.code) for one in refused.value.data["refused"]] == [(1, "somebody_else_was_faster")]
    assert (plan.change_number(), stored(plan)["R-I-ALQ-2024"]) == (number, (7.5, 1))


def test_a_value_withdrawn_meanwhile_is_not_written_on(plan: Store) -> None:
    save(plan, entry(2024, 7.5))
    withdraw_record(plan, "reading", "R-I-ALQ-2024", 1, by=COLLEAGUE, at=AT, reason="doppelt")
    with pytest.raises(BulkRefused):
        save(plan, entry(2024, 7.6, 1), reason="Revision")
    with pytest.raises(BulkRefused):
        save(plan, entry(2024, 7.5, 1), reason="Revision")
    assert stored(plan) == {}


def test_every_cell_that_does_not_fit_is_told_and_none_is_stored(plan: Store) -> None:
    month = {"period_start": date(2026, 1, 1), "period_end": date(2026, 1, 31), "period_kind": PeriodKind.month}
    save(plan, entry(2023, 7.0))
    number = plan.change_number()
    with pytest.raises(BulkRefused) as refused:
        save(
            plan,
            entry(2024, 7.5),
            entry(2025, 101.0),
            entry(2026, 7.9),
            entry(2022, 7.9, **month),
            replace(entry(2023, 7.1), reading_id="R-ANDERS"),
            replace(entry(2024, 7.4), reading_id="R-DOPPELT"),
            entry(2024, 7.4, indicator="I-FEHLT"),
        )
    assert [(one.entry, one.refusal.code) for one in refused.value.data["refused"]] == [
        (1, "value_outside_natural_bounds"),
        (2, "reading_in_the_future"),
        (3, "period_does_not_fit_basis"),
        (4, "reading_already_recorded"),
        (5, "reading_already_recorded"),
        (6, "record_not_found"),
    ]
    assert (plan.change_number(), stored(plan)) == (number, {"R-I-ALQ-2023": (7.0, 1)})


def test_an_unknown_source_stores_nothing(plan: Store) -> None:
    with pytest.raises(UnknownReference):
        save(plan, entry(2024, 7.5), entry(2025, 7.9, source_id="SRC-FEHLT"))
    assert stored(plan) == {}


def test_who_may_not_record_is_refused_before_anything_is_looked_at(plan: Store) -> None:
    with pytest.raises(NotAllowed):
        save(plan, entry(2024, 7.5), by=Person("Gast", Role.research_partner))
