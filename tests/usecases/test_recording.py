"""Readings are recorded once, corrected by a new version, and refused where they cannot be right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from metrics.domain.indicators import Basis, PeriodKind, Qualifier
from metrics.domain.refusals import (
    NothingChanged,
    OwnTerritoryCompared,
    PeriodDoesNotFitBasis,
    PeriodNotOfItsKind,
    PublishedBeforePeriod,
    PublishedInTheFuture,
    ReadingAlreadyRecorded,
    ReadingEndsOnSameDay,
    ReadingInTheFuture,
    RecordAlreadyExists,
    RecordNotFound,
    Refusal,
    SomebodyElseWasFaster,
    ValueOutsideNaturalBounds,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.planning import add_record, withdraw_record
from metrics.usecases.recording import comparisons_of, correct_reading, readings_of, record_reading
from tests.plan import a_comparison, a_goal, a_reading, a_source, an_indicator


@pytest.fixture
def plan(store: Store, now: datetime) -> Store:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal(), an_indicator()])
    return store


def test_the_same_reading_sent_twice_is_stored_once(plan: Store, me: Person, now: datetime, today: date) -> None:
    for _ in range(2):
        assert record_reading(plan, a_reading(), by=me, at=now, today=today) == 1
    assert plan.change_number() == 2


def test_the_same_sent_by_many_keys_at_once_is_stored_once_and_nobody_is_refused(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    """A key pressed again while the first is at work: the framework begins a second run beside the first."""

    def record(_: int) -> int:
        return record_reading(plan, a_reading(2024, 8.1), by=me, at=now, today=today, new_source=a_source(id="SRC-NEU"))

    def correct(_: int) -> int:
        return correct_reading(plan, a_reading(2024, 8.3), 1, by=me, at=now, today=today, reason="Zahlendreher")

    def add(_: int) -> int:
        return add_record(plan, a_goal(id="Z-NEU"), by=me, at=now)

    for step, number, version in ((record, 2, 1), (correct, 3, 2), (add, 4, 1)):
        with ThreadPoolExecutor(12) as pool:
            assert set(pool.map(step, range(12))) == {version}
        assert plan.change_number() == number


def test_the_same_correction_by_somebody_else_is_still_theirs(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    record_reading(plan, a_reading(2024, 8.1), by=me, at=now, today=today)
    colleague = Person("Kollegin", me.role)
    correct_reading(plan, a_reading(2024, 8.3), 1, by=colleague, at=now, today=today, reason="Zahlendreher")
    with pytest.raises(SomebodyElseWasFaster):
        correct_reading(plan, a_reading(2024, 8.3), 1, by=me, at=now, today=today, reason="ebenso")


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
        ({"published_on": date(2026, 11, 25)}, PublishedInTheFuture),
        ({"published_on": date(2023, 12, 31)}, PublishedBeforePeriod),
        ({"period_end": date(2024, 6, 30)}, PeriodNotOfItsKind),
        ({"period_start": date(2023, 8, 1), "period_end": date(2024, 7, 31)}, PeriodNotOfItsKind),
        (
            {"period_end": date(2024, 6, 30), "period_kind": PeriodKind.half_year},
            PeriodDoesNotFitBasis,
        ),
        (
            {
                "period_start": date(2023, 8, 1),
                "period_end": date(2024, 7, 31),
                "period_kind": PeriodKind.school_year,
            },
            PeriodDoesNotFitBasis,
        ),
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


def test_a_revised_reading_without_a_vintage_needs_its_day_of_publication(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    record_reading(plan, a_reading(2024, 8.1, published_on=date(2025, 3, 1)), by=me, at=now, today=today)
    for published_on in (None, date(2025, 3, 1)):
        with pytest.raises(ReadingAlreadyRecorded):
            undated = a_reading(2024, 8.2, id="R-2", published_on=published_on)
            record_reading(plan, undated, by=me, at=now, today=today)
    revised = a_reading(2024, 8.2, id="R-2", published_on=date(2026, 3, 1))
    assert record_reading(plan, revised, by=me, at=now, today=today) == 1


def test_two_periods_that_end_on_one_day_make_no_series(store: Store, me: Person, now: datetime, today: date) -> None:
    with store.change(by="Amt", at=now, action="add") as writing:
        writing.add([a_goal(), an_indicator(basis=Basis.reference_day)])
    record_reading(store, a_reading(2024, 8.1, vintage="2024"), by=me, at=now, today=today)
    day = {"period_start": date(2024, 12, 31), "period_kind": PeriodKind.day}
    with pytest.raises(ReadingEndsOnSameDay) as refused:
        record_reading(store, a_reading(2024, 8.2, id="R-2", vintage="2025", **day), by=me, at=now, today=today)
    assert refused.value.data["reading_id"] == "R-I-ALQ-2024"


@pytest.mark.parametrize("running", [{}, {"provisional": True}, {"qualifier": Qualifier.estimated}])
def test_a_period_that_still_runs_has_no_reading_not_even_a_provisional_one(
    plan: Store, me: Person, now: datetime, today: date, running: dict[str, object]
) -> None:
    with pytest.raises(ReadingInTheFuture):
        record_reading(plan, a_reading(today.year, **running), by=me, at=now, today=today)
    last_day = date(today.year, 12, 31)
    assert record_reading(plan, a_reading(today.year, **running), by=me, at=now, today=last_day) == 1


@pytest.mark.parametrize("territory", ["Stadt Bottrop", " stadt  bottrop"])
def test_the_own_territory_is_no_comparison(
    plan: Store, me: Person, now: datetime, today: date, territory: str
) -> None:
    with pytest.raises(OwnTerritoryCompared):
        record_reading(plan, a_comparison(territory=territory), by=me, at=now, today=today)
    assert comparisons_of(plan, "I-ALQ") == []


def test_of_many_who_correct_readings_to_one_period_at_once_one_wins(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    for year in range(2010, 2018):
        record_reading(plan, a_reading(year), by=me, at=now, today=today)

    def move(year: int) -> str:
        moved = a_reading(2024, id=f"R-I-ALQ-{year}")
        try:
            correct_reading(plan, moved, 1, by=me, at=now, today=today, reason="falsches Jahr")
        except ReadingAlreadyRecorded as refusal:
            return refusal.code
        return "stored"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(move, range(2010, 2018)))
    assert sorted(outcomes) == ["reading_already_recorded"] * 7 + ["stored"]


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
        with plan.change(by="Amt", at=now, action="add") as writing:
            writing.add([a_source(id=f"SRC-{number}")])
        found = a_comparison(2024, 7.5 + number, id=f"V-{number}", source_id=f"SRC-{number}")
        record_reading(plan, found, by=me, at=now, today=today)
    assert [entry.record.value for entry in comparisons_of(plan, "I-ALQ")] == [7.5, 8.5]
    with pytest.raises(ReadingAlreadyRecorded):
        again = a_comparison(2024, 7.0, id="V-3", source_id="SRC-1")
        record_reading(plan, again, by=me, at=now, today=today)
    elsewhere = a_comparison(2024, 7.0, id="V-3", source_id="SRC-1", territory="Oberhausen")
    record_reading(plan, elsewhere, by=me, at=now, today=today)
