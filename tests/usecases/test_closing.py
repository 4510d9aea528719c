"""A closed period stands still: what is missing is told before, kept in the lock, and every way in is shut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from metrics.domain.document import plan_document
from metrics.domain.indicators import Basis, IndicatorState, PeriodKind, ReleaseRule, Rhythm
from metrics.domain.refusals import (
    KeptElsewhere,
    PeriodAlreadyClosed,
    PeriodClosed,
    PeriodNotClosed,
    PeriodNotOver,
    PlanFileBroken,
    StepNeedsReason,
)
from metrics.domain.upkeep import Gap, Lacking, LockState, PeriodLock
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.closing import Missing, close_period, missing_before, reopen_period
from metrics.usecases.exchanging import export_plan, import_plan
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.recording import correct_reading, readings_of, record_reading
from tests.plan import a_comparison, a_goal, a_lock, a_reading, an_indicator

NOW, DAY = datetime(2026, 11, 24, 9, 30), date(2026, 11, 24)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def plan(store: Store) -> Store:
    """Two values, of 2023 and 2024."""
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), an_indicator(), a_reading(2023), a_reading(2024)])
    return store


def close(store: Store, by: Person, **over: Any) -> int:
    return close_period(store, a_lock(**over), by=by, at=NOW, today=DAY, reason="Ausschuss")


def test_a_closed_period_refuses_every_way_in(plan: Store, me: Person) -> None:
    close(plan, me)
    told: dict[str, Any] = {"by": me, "at": NOW}
    moved = a_reading(2022, 8.0, id="R-I-ALQ-2024")
    ways: list[Callable[[], Any]] = [
        lambda: record_reading(plan, a_reading(2024, 8.3, id="R-2", vintage="Revision"), today=DAY, **told),
        lambda: record_reading(plan, a_comparison(period_start=YEAR[0], period_end=YEAR[1]), today=DAY, **told),
        lambda: correct_reading(plan, a_reading(2024, 9.0), 1, today=DAY, reason="neu", **told),
        lambda: correct_reading(plan, moved, 1, today=DAY, reason="falsches Jahr", **told),
        lambda: add_record(plan, a_reading(2024, 8.3, id="R-3", vintage="Revision"), **told),
        lambda: revise_record(plan, a_reading(2024, 9.0), 1, reason="neu", **told),
        lambda: withdraw_record(plan, "reading", "R-I-ALQ-2024", 1, reason="doppelt", **told),
    ]
    number = plan.change_number()
    for way in ways:
        with pytest.raises(PeriodClosed) as refused:
            way()
        assert refused.value.data["title"] == "Jahr 2024"
    assert plan.change_number() == number
    record_reading(plan, a_reading(2022), today=DAY, **told)  # the years beside it are open
    correct_reading(plan, a_reading(2023, 9.1), 1, today=DAY, reason="neu", **told)


def test_an_import_names_the_row_in_a_closed_period_and_lets_unchanged_ones_pass(plan: Store, me: Person) -> None:
    close(plan, me)
    told: dict[str, Any] = {"by": me, "at": NOW, "today": DAY, "reason": "Abgleich"}
    assert import_plan(plan, export_plan(plan, by=me), **told).changed == ()
    with pytest.raises(PlanFileBroken) as refused:
        import_plan(plan, plan_document([a_reading(2023, 9.1), a_reading(2024, 9.2)]), **told)
    (problem,) = refused.value.data["problems"]
    assert problem[1:3] == ("records.reading.1.period_end", "period_closed")
    assert [entry.record.value for entry in readings_of(plan, "I-ALQ")] == [8.1, 8.1]


def test_a_plan_file_brings_its_closed_periods_and_changes_none_that_are_here(
    plan: Store, me: Person, tmp_path: Any
) -> None:
    close(plan, me)
    document = export_plan(plan, by=me)
    other = Store.open(tmp_path / "other.duckdb", NOW, create=True)
    import_plan(other, document, by=me, at=NOW, today=DAY)
    with pytest.raises(PeriodClosed):
        correct_reading(other, a_reading(2024, 9.0), 1, by=me, at=NOW, today=DAY, reason="neu")
    other.close()
    reopened = plan_document([a_lock(state=LockState.reopened)])
    with pytest.raises(PlanFileBroken):
        import_plan(plan, reopened, by=me, at=NOW, today=DAY, reason="Versuch")


def test_a_reopened_period_takes_values_and_can_be_closed_again(plan: Store, me: Person) -> None:
    close(plan, me)
    with pytest.raises(PeriodAlreadyClosed):
        close(plan, me)
    with pytest.raises(StepNeedsReason):
        reopen_period(plan, "ZA-2024", 1, by=me, at=NOW, reason=" ")
    assert reopen_period(plan, "ZA-2024", 1, by=me, at=NOW, reason="Revision der Agentur") == 2
    with pytest.raises(PeriodNotClosed):
        reopen_period(plan, "ZA-2024", 2, by=me, at=NOW, reason="noch einmal")
    correct_reading(plan, a_reading(2024, 9.0), 1, by=me, at=NOW, today=DAY, reason="Revision")
    assert close(plan, me) == 3
    with pytest.raises(PeriodClosed):
        correct_reading(plan, a_reading(2024, 9.3), 2, by=me, at=NOW, today=DAY, reason="neu")


def test_a_period_is_closed_once_it_is_over(plan: Store, me: Person) -> None:
    with pytest.raises(PeriodNotOver):
        close(plan, me, id="ZA-2026", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    close(plan, me, id="ZA-HEUTE", first_day=date(2026, 1, 1), last_day=DAY)


def test_what_is_missing_is_kept_in_the_lock_and_wants_a_reason(plan: Store, me: Person) -> None:
    lock = a_lock(id="ZA-2025", title="Jahr 2025", first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))
    with pytest.raises(StepNeedsReason):
        close_period(plan, lock, by=me, at=NOW, today=DAY)
    close_period(plan, lock, by=me, at=NOW, today=DAY, reason="Die Agentur liefert erst im März.")
    stored = plan.newest("period_lock", "ZA-2025").record
    assert isinstance(stored, PeriodLock)
    assert stored.gaps == (Gap(indicator_id="I-ALQ", lacking=Lacking.no_value),)


def test_a_closed_period_is_written_on_its_own_page_only(plan: Store, me: Person) -> None:
    for act in (
        lambda: add_record(plan, a_lock(), by=me, at=NOW),
        lambda: revise_record(plan, a_lock(state=LockState.reopened), 1, by=me, at=NOW, reason="auf"),
        lambda: withdraw_record(plan, "period_lock", "ZA-2024", 1, by=me, at=NOW, reason="auf"),
    ):
        with pytest.raises(KeptElsewhere) as refused:
            act()
        assert refused.value.data == {"kind": "period_lock", "kept_on": "periods"}


def missing(store: Store, span: tuple[date, date] = YEAR, today: date = DAY) -> list[Missing]:
    return missing_before(store, *span, today)


def test_a_value_is_missing_once_it_is_due_and_only_of_active_indicators_with_a_rhythm(store: Store) -> None:
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), an_indicator(id="I-LEER", publication_lag=90)])
        writing.add([an_indicator(id="I-RUHT", state=IndicatorState.dormant)])
        writing.add([an_indicator(id="I-UNREGELMAESSIG", rhythm=Rhythm.irregular)])
        writing.add([an_indicator(id="I-HAT"), a_reading(2024, id="R-HAT", indicator_id="I-HAT")])
    assert missing(store, today=date(2025, 3, 30)) == []
    assert missing(store, today=date(2025, 3, 31)) == [Missing("I-LEER", Lacking.no_value, (YEAR[1],))]


def test_a_waiting_value_is_not_missing_but_not_released(store: Store, me: Person) -> None:
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), an_indicator(release_rule=ReleaseRule.four_eyes)])
    record_reading(store, a_reading(2024), by=me, at=NOW, today=DAY)
    assert missing(store) == [Missing("I-ALQ", Lacking.not_released, (YEAR[1],))]


def test_a_monthly_series_lacks_its_months(store: Store) -> None:
    def month(number: int, last: int) -> Any:
        days = {"period_start": date(2024, number, 1), "period_end": date(2024, number, last)}
        return a_reading(id=f"R-{number}", indicator_id="I-M", period_kind=PeriodKind.month, **days)

    monthly = an_indicator(id="I-M", basis=Basis.month, rhythm=Rhythm.monthly, publication_lag=0)
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), monthly, month(3, 31), month(4, 30), month(6, 30)])
    quarter = (date(2024, 4, 1), date(2024, 6, 30))
    assert missing(store, quarter) == [Missing("I-M", Lacking.no_value, (date(2024, 5, 31),))]
    after = (date(2024, 7, 1), date(2024, 8, 31))
    assert missing(store, after) == [Missing("I-M", Lacking.no_value, (date(2024, 7, 31), date(2024, 8, 31)))]
    assert missing(store, (date(2024, 1, 1), date(2024, 3, 31))) == []  # nothing is missing before the first value


def test_a_day_of_reference_stands_for_its_year(store: Store) -> None:
    def day(year: int, month: int, number: int) -> Any:
        at = date(year, month, number)
        return a_reading(id=f"R-{year}", indicator_id="I-T", period_start=at, period_end=at, period_kind=PeriodKind.day)

    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), an_indicator(id="I-T", basis=Basis.reference_day)])
        writing.add([day(2022, 6, 30), day(2023, 6, 28), day(2025, 6, 30)])
    assert missing(store) == [Missing("I-T", Lacking.no_value, (date(2024, 6, 30),))]
    assert missing(store, (date(2023, 1, 1), date(2023, 12, 31))) == []
