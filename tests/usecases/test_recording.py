"""Readings are recorded once, corrected by a new version, and refused where they cannot be right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from metrics.domain.indicators import PeriodKind
from metrics.domain.refusals import (
    NothingChanged,
    PeriodDoesNotFitBasis,
    ReadingAlreadyRecorded,
    ReadingInTheFuture,
    RecordAlreadyExists,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
    ValueOutsideNaturalBounds,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.planning import withdraw_record
from metrics.usecases.recording import comparisons_of, correct_reading, readings_of, record_reading
from tests.plan import a_comparison, a_goal, a_reading, an_indicator


@pytest.fixture
def plan(store: Store, now: datetime) -> Store:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal(), an_indicator()])
    return store


def test_the_same_reading_sent_twice_is_stored_once(plan: Store, me: Person, now: datetime, today: date) -> None:
    for _ in range(2):
        assert record_reading(plan, a_reading(), by=me, at=now, today=today) == 1
    assert plan.change_number() == 2


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    record_reading(plan, a_reading(2024, 8.1), by=me, at=now, today=today)
    corrected = a_reading(2024, 8.3)
    assert correct_reading(plan, corrected, 1, by=me, at=now, today=today, reason="Zahlendreher") == 2
    assert [entry.record.value for entry in plan.versions("reading", corrected.id)] == [8.1, 8.3]  # type: ignore[attr-defined]
    assert [entry.record.value for entry in readings_of(plan, "I-ALQ")] == [8.3]
    with pytest.raises(SomebodyElseWasFaster):
        correct_reading(plan, a_reading(2024, 9.9), 1, by=me, at=now, today=today, reason="zu spät")
    with pytest.raises(NothingChanged):
        correct_reading(plan, corrected, 2, by=me, at=now, today=today, reason="nichts")


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"period_end": date(2026, 12, 31), "period_start": date(2026, 1, 1)}, ReadingInTheFuture),
        ({"period_kind": PeriodKind.month}, PeriodDoesNotFitBasis),
        ({"value": 100.1}, ValueOutsideNaturalBounds),
        ({"value": -0.1}, ValueOutsideNaturalBounds),
        ({"indicator_id": "I-UNBEKANNT"}, RecordNotFound),
    ],
)
def test_what_cannot_be_right_is_refused_when_recorded_and_when_corrected(
    plan: Store, me: Person, now: datetime, today: date, over: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        record_reading(plan, a_reading(**{"year": 2024} | over), by=me, at=now, today=today)
    record_reading(plan, a_reading(), by=me, at=now, today=today)
    with pytest.raises(refusal):
        correct_reading(plan, a_reading(**{"year": 2024} | over), 1, by=me, at=now, today=today, reason="falsch")
    assert [entry.record for entry in readings_of(plan, "I-ALQ")] == [a_reading()]


def test_a_second_reading_for_a_period_needs_another_vintage(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    record_reading(plan, a_reading(2024, 8.1), by=me, at=now, today=today)
    with pytest.raises(ReadingAlreadyRecorded) as refused:
        record_reading(plan, a_reading(2024, 8.2, id="R-2"), by=me, at=now, today=today)
    assert (refused.value.data["reading_id"], refused.value.data["value"]) == ("R-I-ALQ-2024", 8.1)
    record_reading(plan, a_reading(2024, 8.2, id="R-2", vintage="Revision 2025"), by=me, at=now, today=today)
    with pytest.raises(ReadingAlreadyRecorded):
        correct_reading(plan, a_reading(2024, 8.2, id="R-2"), 1, by=me, at=now, today=today, reason="ohne Stand")


def test_of_many_who_record_the_same_period_at_once_one_wins(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    def record(number: int) -> str:
        try:
            record_reading(plan, a_reading(2024, float(number), id=f"R-{number}"), by=me, at=now, today=today)
        except ReadingAlreadyRecorded as refusal:
            return refusal.code
        return "stored"

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(record, range(12)))
    assert sorted(outcomes) == ["reading_already_recorded"] * 11 + ["stored"]
    assert len(readings_of(plan, "I-ALQ")) == 1


def test_a_withdrawn_reading_is_not_taken_for_a_stored_one(plan: Store, me: Person, now: datetime, today: date) -> None:
    record_reading(plan, a_reading(), by=me, at=now, today=today)
    withdraw_record(plan, "reading", a_reading().id, 1, by=me, at=now, reason="falsches Amt")
    with pytest.raises(RecordAlreadyExists):
        record_reading(plan, a_reading(), by=me, at=now, today=today)
    record_reading(plan, a_reading(id="R-NEU"), by=me, at=now, today=today)
    assert [entry.record.id for entry in readings_of(plan, "I-ALQ")] == ["R-NEU"]


def test_comparison_values_of_several_sources_stand_side_by_side(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    for number in range(2):
        record_reading(plan, a_comparison(2024, 7.5 + number, id=f"V-{number}"), by=me, at=now, today=today)
    assert [entry.record.value for entry in comparisons_of(plan, "I-ALQ")] == [7.5, 8.5]
