"""Four eyes: a value counts once somebody else has let it through, and what was let through is never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.document import plan_document
from metrics.domain.indicators import Indicator, Reading, ReadingState, ReleaseRule
from metrics.domain.refusals import (
    CheckerDoesNotRelease,
    NotAllowed,
    NothingChanged,
    NotYourDraft,
    OwnValueNotReleased,
    PeriodClosed,
    ReadingAlreadyRecorded,
    Refusal,
    SomebodyElseWasFaster,
    StepNeedsReason,
    StillReferenced,
    WrongReleaseStep,
)
from metrics.domain.release import in_force, same_content
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.assessing import assess_plan
from metrics.usecases.commanding import carry_out
from metrics.usecases.exchanging import export_plan, import_plan
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.recording import correct_reading, readings_of, record_reading
from metrics.usecases.releasing import check_reading, give_up_reading, release_reading, return_reading
from metrics.usecases.waiting import pending_readings
from tests.plan import a_goal, a_lock, a_reading, a_source, an_indicator

ANNA, BERND = Person("P-anna", Role.staff), Person("P-bernd", Role.staff)
CLARA, DORA = Person("P-clara", Role.data_steward), Person("P-dora", Role.data_steward)
PEOPLE = (ANNA, BERND, CLARA, DORA)
NOW, DAY = datetime(2026, 11, 24, 9, 30), date(2026, 11, 24)
ID = "R-NEU"


def planned(store: Store, rule: ReleaseRule = ReleaseRule.four_eyes) -> Store:
    """A plan with one indicator under a rule."""
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), an_indicator(release_rule=rule)])
    return store


def value(number: float = 8.0, **over: Any) -> Reading:
    """A value for 2024, handed in as if it were released."""
    return a_reading(2024, number, id=ID, **over)


def enter(store: Store, number: float = 8.0, by: Person = ANNA) -> int:
    return record_reading(store, value(number), by=by, at=NOW, today=DAY)


def correct(store: Store, number: float, by: Person = ANNA) -> int:
    version = store.newest("reading", ID).version
    return correct_reading(store, value(number), version, by=by, at=NOW, today=DAY, reason="Tippfehler")


def release(store: Store, by: Person = BERND) -> int:
    return release_reading(store, ID, store.newest("reading", ID).version, by=by, at=NOW)


def counting(store: Store) -> list[float]:
    """The values that count."""
    return [entry.record.value for entry in readings_of(store, "I-ALQ")]


def states(store: Store) -> list[tuple[str, bool]]:
    return [(entry.record.state.value, entry.withdrawn) for entry in store.versions("reading", ID)]  # type: ignore[attr-defined]


def test_a_value_waits_until_somebody_else_releases_it(store: Store) -> None:
    planned(store)
    before = assess_plan(store, DAY).indicators
    enter(store)
    assert counting(store) == []
    assert assess_plan(store, DAY).indicators == before
    assert [(one.entered_by, one.reading.value, one.released) for one in pending_readings(store)] == [
        ("P-anna", 8.0, None)
    ]
    with pytest.raises(OwnValueNotReleased):
        release(store, ANNA)
    assert release(store, BERND) == 2
    assert (counting(store), pending_readings(store)) == ([8.0], [])


def test_where_values_count_at_once_a_correction_does_too(store: Store) -> None:
    planned(store, ReleaseRule.direct)
    record_reading(store, value(state=ReadingState.draft), by=ANNA, at=NOW, today=DAY)
    assert counting(store) == [8.0]
    correct(store, 8.2)
    assert (counting(store), states(store)) == ([8.2], [("released", False), ("released", False)])


def test_a_correction_waits_beside_the_released_value(store: Store) -> None:
    planned(store)
    enter(store)
    release(store)
    correct(store, 8.4, BERND)
    assert counting(store) == [8.0]
    (found,) = pending_readings(store, "I-ALQ")
    assert found.released is not None
    assert (found.released.value, found.reading.value, found.entered_by) == (8.0, 8.4, "P-bernd")
    assert [record.value for record in store.records(Reading)] == [8.0]
    release(store, ANNA)
    assert counting(store) == [8.4]
    assert [entry.record.value for entry in store.versions("reading", ID)] == [8.0, 8.0, 8.4, 8.4]  # type: ignore[attr-defined]


def test_a_returned_value_is_handed_in_again_and_released(store: Store) -> None:
    planned(store)
    enter(store, 80.0)
    return_reading(store, ID, 1, by=BERND, at=NOW, reason="Komma vergessen?")
    (found,) = pending_readings(store)
    assert (found.returned_because, found.entered_by) == ("Komma vergessen?", "P-anna")
    with pytest.raises(WrongReleaseStep):
        release(store)
    correct(store, 8.0)
    (found,) = pending_readings(store)
    assert (found.reading.state, found.returned_because) == (ReadingState.draft, None)
    release(store)
    assert states(store) == [(one, False) for one in ("draft", "returned", "draft", "released")]


def test_a_returned_value_may_be_handed_in_as_it_was(store: Store) -> None:
    planned(store)
    enter(store)
    with pytest.raises(NothingChanged):
        correct(store, 8.0)
    return_reading(store, ID, 1, by=BERND, at=NOW, reason="Stimmt das?")
    correct(store, 8.0)
    release(store)
    with pytest.raises(NothingChanged):
        correct(store, 8.0)


def test_one_checks_and_another_releases_and_both_are_others_than_the_author(store: Store) -> None:
    planned(store, ReleaseRule.checked_and_released)
    enter(store, by=CLARA)
    with pytest.raises(WrongReleaseStep):
        release(store, DORA)
    with pytest.raises(OwnValueNotReleased):
        check_reading(store, ID, 1, by=CLARA, at=NOW)
    assert check_reading(store, ID, 1, by=DORA, at=NOW) == 2
    assert counting(store) == []
    with pytest.raises(OwnValueNotReleased):
        release(store, CLARA)
    with pytest.raises(CheckerDoesNotRelease):
        release(store, DORA)
    with pytest.raises(NotAllowed):
        release(store, BERND)
    release(store, Person("P-emil", Role.leadership))
    assert counting(store) == [8.0]


def test_with_four_eyes_nothing_is_checked_first(store: Store) -> None:
    planned(store)
    enter(store)
    with pytest.raises(WrongReleaseStep):
        check_reading(store, ID, 1, by=BERND, at=NOW)


def test_a_new_value_that_is_given_up_is_withdrawn_and_a_correction_goes_back_to_what_counts(store: Store) -> None:
    planned(store)
    enter(store)
    with pytest.raises(NotYourDraft):
        give_up_reading(store, ID, 1, by=BERND, at=NOW, reason="doppelt")
    give_up_reading(store, ID, 1, by=ANNA, at=NOW, reason="doppelt")
    assert states(store)[-1] == ("draft", True)
    assert pending_readings(store) == []
    correct(store, 8.1)
    release(store)
    correct(store, 9.9)
    give_up_reading(store, ID, 5, by=ANNA, at=NOW, reason="war doch richtig")
    assert (counting(store), pending_readings(store)) == ([8.1], [])
    assert store.newest("reading", ID).record == value(8.1)


@pytest.mark.parametrize("reason", ["", "  "])
def test_returning_giving_up_and_withdrawing_want_a_reason(store: Store, reason: str) -> None:
    planned(store)
    enter(store)
    acts: list[Callable[[], Any]] = [
        lambda: return_reading(store, ID, 1, by=BERND, at=NOW, reason=reason),
        lambda: give_up_reading(store, ID, 1, by=ANNA, at=NOW, reason=reason),
        lambda: withdraw_record(store, "reading", ID, 1, by=CLARA, at=NOW, reason=reason),
    ]
    for act in acts:
        with pytest.raises(StepNeedsReason):
            act()
    assert states(store) == [("draft", False)]


def test_a_value_that_others_release_is_withdrawn_by_those_who_may_release(store: Store) -> None:
    planned(store)
    enter(store)
    release(store)
    with pytest.raises(NotAllowed):
        withdraw_record(store, "reading", ID, 2, by=BERND, at=NOW, reason="falsches Amt")
    withdraw_record(store, "reading", ID, 2, by=CLARA, at=NOW, reason="falsches Amt")
    assert counting(store) == []
    correct(store, 8.3)
    assert counting(store) == []  # what was withdrawn does not come back with a draft
    release(store)
    assert counting(store) == [8.3]


def test_no_other_door_leads_past_the_four_eyes(store: Store) -> None:
    planned(store)
    add_record(store, value(), by=ANNA, at=NOW)
    revise_record(store, value(8.5), 1, by=ANNA, at=NOW, reason="neu")
    chief = Person("P-chef", Role.administration)
    import_plan(store, plan_document([value(8.6)]), by=chief, at=NOW, today=DAY, reason="Abgleich")
    assert counting(store) == []
    assert [(one.reading.value, one.entered_by) for one in pending_readings(store)] == [(8.6, "P-chef")]


def test_a_plan_file_carries_released_values_and_a_new_plan_takes_them_as_they_count(
    store: Store, tmp_path: Path
) -> None:
    planned(store)
    enter(store)
    release(store)
    correct(store, 9.0)
    chief = Person("P-chef", Role.administration)
    document = export_plan(store, by=chief)
    assert document.records.reading == (value(8.0),)  # type: ignore[attr-defined]
    assert carry_out(store, "export", {"by": "P-chef"}, NOW)["pending_readings"] == 1
    number = store.change_number()
    import_plan(store, document, by=chief, at=NOW, today=DAY)  # nothing new: the correction goes on waiting
    assert (store.change_number(), len(pending_readings(store))) == (number, 1)
    other = Store.open(tmp_path / "other.duckdb", NOW, create=True)
    import_plan(other, document, by=chief, at=NOW, today=DAY)
    assert counting(other) == [8.0]
    other.close()


def test_a_second_value_for_a_period_is_refused_while_the_first_still_waits(store: Store) -> None:
    planned(store)
    enter(store)
    with pytest.raises(ReadingAlreadyRecorded):
        record_reading(store, a_reading(2024, 9.0, id="R-ZWEIT"), by=BERND, at=NOW, today=DAY)


def test_the_same_draft_sent_twice_is_stored_once_even_after_its_release(store: Store) -> None:
    planned(store)
    assert (enter(store), enter(store)) == (1, 1)
    release(store)
    assert enter(store) == 2
    assert len(store.versions("reading", ID)) == 2


def test_another_rule_leaves_what_waits_waiting(store: Store) -> None:
    planned(store)
    enter(store)
    revise_record(store, an_indicator(), 1, by=BERND, at=NOW, reason="einfacher")
    assert (counting(store), len(pending_readings(store))) == ([], 1)
    with pytest.raises(OwnValueNotReleased):
        release(store, ANNA)
    release(store, BERND)
    assert counting(store) == [8.0]


def test_the_source_of_the_released_version_cannot_be_withdrawn_while_a_correction_names_another(store: Store) -> None:
    planned(store)
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_source(id="SRC-alt"), a_source(id="SRC-neu")])
    record_reading(store, value(source_id="SRC-alt"), by=ANNA, at=NOW, today=DAY)
    release(store)
    correct_reading(store, value(source_id="SRC-neu"), 2, by=ANNA, at=NOW, today=DAY, reason="andere Quelle")
    for source in ("SRC-alt", "SRC-neu"):
        with pytest.raises(StillReferenced):
            withdraw_record(store, "source", source, 1, by=BERND, at=NOW, reason="weg")
    assert store.connection.rows("broken_references") == []


def test_a_closed_period_stops_the_release_and_lets_the_value_be_returned(store: Store) -> None:
    planned(store)
    enter(store)
    with store.change(by="Amt", at=NOW, action="close_period") as writing:
        writing.add([a_lock()])
    with pytest.raises(PeriodClosed):
        release(store)
    return_reading(store, ID, 1, by=BERND, at=NOW, reason="zu spät")
    give_up_reading(store, ID, 2, by=ANNA, at=NOW, reason="zu spät")
    assert counting(store) == []


def test_who_was_second_is_told_so(store: Store) -> None:
    planned(store)
    enter(store)
    return_reading(store, ID, 1, by=CLARA, at=NOW, reason="Komma")
    with pytest.raises(SomebodyElseWasFaster):
        release_reading(store, ID, 1, by=BERND, at=NOW)


_ACTS = st.tuples(
    st.sampled_from(["correct", "check", "release", "return", "give_up", "withdraw"]),
    st.sampled_from(PEOPLE),
    st.sampled_from([8.0, 8.5, 9.0]),
)


def _act(store: Store, what: str, by: Person, number: float) -> None:
    version = store.newest("reading", ID).version
    told: dict[str, Any] = {"by": by, "at": NOW}
    if what == "correct":
        correct(store, number, by)
    elif what == "check":
        check_reading(store, ID, version, **told)
    elif what == "release":
        release_reading(store, ID, version, **told)
    elif what == "return":
        return_reading(store, ID, version, reason="Komma", **told)
    elif what == "give_up":
        give_up_reading(store, ID, version, reason="doppelt", **told)
    else:
        withdraw_record(store, "reading", ID, version, reason="falsch", **told)


@settings(max_examples=25)
@given(st.sampled_from([ReleaseRule.four_eyes, ReleaseRule.checked_and_released]), st.lists(_ACTS, max_size=14))
def test_what_counts_was_written_by_one_and_let_through_by_another_whatever_people_do(
    rule: ReleaseRule, acts: list[tuple[str, Person, float]]
) -> None:
    with TemporaryDirectory() as folder:
        store = planned(Store.open(Path(folder) / "plan.duckdb", NOW, create=True), rule)
        enter(store)
        kept, counted, allowed = store.versions("reading", ID), counting(store), set[float]()
        authors = {8.0: {"P-anna"}}
        for what, by, number in acts:
            try:
                _act(store, what, by, number)
            except Refusal:
                assert store.versions("reading", ID) == kept
                continue
            versions = store.versions("reading", ID)
            assert versions[: len(kept)] == kept and len(versions) == len(kept) + 1  # only ever added to
            newest = versions[-1].record
            assert isinstance(newest, Reading)
            if what == "correct":
                authors[number] = {by.name}  # whoever wrote the newest draft with this content
            elif what == "release":
                assert authors[newest.value] != {by.name}
                assert rule is ReleaseRule.four_eyes or kept[-1].record.state is ReadingState.checked  # type: ignore[attr-defined]
                allowed.add(newest.value)
            found = in_force(versions)  # type: ignore[arg-type]
            assert counting(store) == ([found.record.value] if found else [])
            assert set(counting(store)) <= allowed
            if what not in ("release", "withdraw"):
                assert counting(store) == counted
            if what == "give_up" and counted:
                assert same_content(newest, value(counted[0]))
            kept, counted = versions, counting(store)
        store.close()


def test_an_indicator_cannot_change_while_a_waiting_value_would_not_fit(store: Store) -> None:
    planned(store)
    enter(store, 8.0)
    indicator = store.newest("indicator", "I-ALQ").record
    assert isinstance(indicator, Indicator)
    with pytest.raises(Refusal):
        revise_record(store, indicator.model_copy(update={"natural_maximum": 5.0}), 1, by=BERND, at=NOW, reason="enger")
