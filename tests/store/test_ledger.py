"""The ledger: versions, change numbers, references."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from metrics.domain.base import Record
from metrics.domain.refusals import (
    RecordAlreadyExists,
    RecordNotFound,
    SomebodyElseWasFaster,
    StillReferenced,
    UnknownReference,
)
from metrics.store.ledger import Store, Writing
from metrics.usecases.keeping import verify
from tests.conftest import NOW
from tests.plan import (
    a_criteria_set,
    a_goal,
    a_measure,
    a_rater_group,
    a_rating,
    a_reading,
    a_round,
    an_indicator,
)
from tests.strategies import any_record

_numbers = itertools.count()


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("shared") / "plan.duckdb", NOW, create=True)
    yield opened
    opened.close()


def add(store: Store, *records: Record) -> None:
    with store.change(by="Amt", at=NOW, action="add", reason="Test") as writing:
        writing.add(records)


@given(record=any_record())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_comes_out_of_the_store_is_what_went_in(shared_store: Store, record: Record) -> None:
    record = record.model_copy(update={"id": f"N-{next(_numbers)}"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writing, "_check_references", lambda *_: None)  # what it refers to is no matter here
        add(shared_store, record)
    found = shared_store.newest(record.kind, record.id)
    assert (found.record, found.version, found.withdrawn) == (record, 1, False)


def test_one_long_remark_among_thousands_of_empty_ones_is_kept(store: Store) -> None:
    """An engine that guesses a column's type from a sample would not have seen it."""
    add(store, an_indicator(goal_ids=()))
    readings = [a_reading(2024, float(number), id=f"R-{number}", vintage=f"v{number}") for number in range(5000)]
    readings[4321] = a_reading(2024, 0.5, id="R-4321", note="Nachgemeldet", vintage="0815", document="S. 3")
    add(store, *readings)
    assert store.newest("reading", "R-4321").record == readings[4321]
    assert [entry.record for entry in store.current("reading")] == sorted(readings, key=lambda reading: reading.id)


def test_twenty_people_who_edit_one_goal_lose_nothing(store: Store) -> None:
    add(store, a_goal())
    refused: Counter[bool] = Counter()

    def edit(person: int) -> None:
        for edit_number in range(5):
            while True:
                newest = store.newest("goal", "Z-R")
                changed = newest.record.model_copy(
                    update={"note": f"{newest.record.note or ''}|{person}.{edit_number}"}
                )
                try:
                    with store.change(by=f"Person {person}", at=NOW, action="revise") as writing:
                        writing.revise(changed, newest.version)
                    break
                except SomebodyElseWasFaster as refusal:
                    refused[refusal.data["actual"] > refusal.data["expected"]] += 1

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(edit, range(20)))
    versions = store.versions("goal", "Z-R")
    assert [entry.version for entry in versions] == list(range(1, 102))
    notes = str(versions[-1].record.note).split("|")[1:]
    assert sorted(notes) == sorted(f"{person}.{edit}" for person in range(20) for edit in range(5))
    assert set(refused) == {True}, "there were conflicts, and each named the newer version"


def test_change_numbers_rise_without_gaps_whatever_fails_in_between(store: Store) -> None:
    def write(number: int) -> None:
        with store.change(by="Amt", at=NOW, action="add") as writing:
            writing.add([a_goal(id=f"Z-{number}")])
            if number % 3 == 0:
                raise KeyboardInterrupt

    for number in range(30):
        if number % 3 == 0:
            with pytest.raises(KeyboardInterrupt):
                write(number)
        else:
            write(number)
    numbers = [row["change_no"] for row in store.connection.rows("changes", {"since": None, "most": 100})]
    assert numbers == list(range(20, 0, -1))
    assert store.change_number() == store.change_number("goal", "reading") == 20
    assert store.change_number("reading") == 0


def test_a_lost_note_of_the_last_number_does_not_stop_the_next_change(store: Store) -> None:
    """As after an interruption between COMMIT and what follows it."""
    add(store, a_goal())
    store._change_number = 0
    add(store, a_goal(id="Z-S"))
    assert store.change_number() == 2


def test_a_reopened_store_goes_on_counting(store: Store) -> None:
    add(store, a_goal())
    add(store, an_indicator())
    store.close()
    store = Store.open(store.path, NOW)
    assert (store.change_number(), store.change_number("goal"), store.change_number("indicator")) == (2, 1, 2)
    store.close()


def test_a_change_is_all_or_nothing_across_kinds(store: Store) -> None:
    with pytest.raises(UnknownReference) as refused:
        add(store, a_goal(), a_measure(goal_ids=("Z-R", "Z-MISSING")))
    assert refused.value.data == {
        "kind": "measure",
        "id": "M-15",
        "field": "goal_ids",
        "referred_kind": "goal",
        "referred_id": "Z-MISSING",
    }
    assert store.connection.rows("counts") == []
    assert store.change_number() == 0


def test_a_nested_reference_is_checked_too(store: Store) -> None:
    add(store, a_goal(), a_measure(), a_rater_group())
    with pytest.raises(UnknownReference) as refused:
        add(store, a_criteria_set(), a_measure(id="M-16"), a_round())
    assert (refused.value.data["field"], refused.value.data["referred_id"]) == ("seats.group_id", "BG-POL")
    add(store, a_criteria_set(), a_measure(id="M-16"), a_rater_group(id="BG-POL"), a_round(), a_rating())
    assert verify(store) == []


def test_records_may_refer_to_each_other_within_one_change(store: Store) -> None:
    add(store, a_goal(id="Z-KIND", parent_ids=("Z-R",)), a_goal())
    assert verify(store) == []


def test_an_id_is_given_once(store: Store) -> None:
    add(store, a_goal())
    with pytest.raises(RecordAlreadyExists):
        add(store, a_goal(title="Ein anderes"))
    with pytest.raises(RecordAlreadyExists):
        add(store, a_goal(id="Z-S"), a_goal(id="Z-S"))
    assert [entry.record.title for entry in store.current("goal")] == ["Resilienter Standort"]


def test_what_does_not_exist_cannot_be_revised(store: Store) -> None:
    with pytest.raises(RecordNotFound), store.change(by="Amt", at=NOW, action="revise") as writing:
        writing.revise(a_goal(), 1)
    with pytest.raises(RecordNotFound):
        store.newest("goal", "Z-R")


def test_a_withdrawn_record_stays_in_history_and_nothing_new_may_refer_to_it(store: Store) -> None:
    add(store, a_goal())
    with store.change(by="Amt", at=NOW, action="withdraw_goal", reason="doppelt") as writing:
        assert writing.withdraw(a_goal(), 1) == 2
    assert store.current("goal") == ()
    assert store.newest("goal", "Z-R").withdrawn
    assert [(entry.version, entry.withdrawn) for entry in store.history(kind="goal")] == [(2, True), (1, False)]
    with pytest.raises(UnknownReference):
        add(store, a_measure())


def test_what_is_referred_to_cannot_be_withdrawn_even_in_the_same_change(store: Store) -> None:
    add(store, a_goal())

    def refer_and_withdraw() -> None:
        with store.change(by="Amt", at=NOW, action="withdraw") as writing:
            writing.add([a_measure()])
            writing.withdraw(a_goal(), 1)

    with pytest.raises(StillReferenced) as refused:
        refer_and_withdraw()
    assert refused.value.data["by_id"] == "M-15"
    assert store.current("measure") == ()


def test_withdrawing_and_referring_at_once_never_leave_a_reference_into_nowhere(store: Store) -> None:
    for attempt in range(15):
        goal, measure = a_goal(id=f"Z-{attempt}"), a_measure(id=f"M-{attempt}", goal_ids=(f"Z-{attempt}",))
        add(store, goal)
        start = threading.Barrier(2)
        refused: list[str] = []

        def withdraw(goal: Record = goal, start: threading.Barrier = start, refused: list[str] = refused) -> None:
            start.wait()
            try:
                with store.change(by="A", at=NOW, action="withdraw") as writing:
                    writing.withdraw(goal, 1)
            except StillReferenced as refusal:
                refused.append(refusal.code)

        def refer(measure: Record = measure, start: threading.Barrier = start, refused: list[str] = refused) -> None:
            start.wait()
            try:
                add(store, measure)
            except UnknownReference as refusal:
                refused.append(refusal.code)

        with ThreadPoolExecutor(2) as pool:
            for future in (pool.submit(withdraw), pool.submit(refer)):
                future.result()
        assert len(refused) == 1
    assert verify(store) == []


def test_the_history_can_be_paged_and_asked_for_one_record(store: Store) -> None:
    for number in range(5):
        add(store, a_goal(id=f"Z-{number}"))
    with store.change(by="Frau Muster", at=NOW, action="revise_goal", reason="Beschluss") as writing:
        writing.revise(a_goal(id="Z-0", title="Neu"), 1)
    newest = store.history(most=2)
    assert [(entry.change.number, entry.id, entry.version) for entry in newest] == [(6, "Z-0", 2), (5, "Z-4", 1)]
    assert (newest[0].change.recorded_by, newest[0].change.reason, newest[0].title) == (
        "Frau Muster",
        "Beschluss",
        "Neu",
    )
    assert [entry.change.number for entry in store.history(before=3)] == [2, 1]
    assert [entry.change.number for entry in store.history(kind="goal", identifier="Z-0")] == [6, 1]


def test_titles_that_look_like_html_formulas_or_sql_stay_data(store: Store) -> None:
    titles = ["<script>alert(1)</script>", '=HYPERLINK("x")', "'; DROP TABLE goal; --", "👩🏽‍🔧", "${window}", "مرحبا"]
    add(store, *(a_goal(id=f"Z-{number}", title=title) for number, title in enumerate(titles)))
    assert [entry.record.title for entry in store.current("goal")] == titles
    assert [entry.title for entry in reversed(store.history())] == list(reversed(titles))


def test_a_path_with_quotes_and_blanks_is_only_a_path(tmp_path: Path) -> None:
    path = tmp_path / "Amt's; DROP TABLE x" / "Plan für Bottrop.duckdb"
    opened = Store.open(path, NOW, create=True)
    add(opened, a_goal())
    opened.connection.backup(opened.connection.backup_folder / "it's.duckdb")
    opened.close()
    assert path.exists()
