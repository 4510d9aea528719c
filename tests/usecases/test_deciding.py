"""A closed round is decided once: all of it or nothing, with a reason for every deviation, and then stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from metrics.domain.base import Evidence
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.priorities import Outcome, PriorityDecision, RoundState
from metrics.domain.prioritisation.nutzwert import METHOD
from metrics.domain.refusals import (
    DecidedInTheFuture,
    DemandMissing,
    DeviationNeedsReason,
    LineMissing,
    NotAllowed,
    NothingRanked,
    OutcomeMissing,
    RecordNotFound,
    Refusal,
    RoundNotClosed,
    RoundNotOpen,
    SomebodyElseWasFaster,
    StillReferenced,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.deciding import Capacity, Resolution, Verdict, decide, draw_line, is_deviation
from metrics.usecases.planning import add_record
from metrics.usecases.ranking import fingerprint, rank_round
from metrics.usecases.rating import rate
from metrics.usecases.rounds import (
    add_seats,
    close_round,
    drop_round,
    extend_round,
    remove_measure,
    renew_code,
    vote_again,
)
from tests.conftest import NOW
from tests.plan import a_capacity_group, a_resource_demand
from tests.usecases.test_rounds import (
    CALL,
    DEADLINE,
    ME,
    TODAY,
    closed_and_rated,
    opened,
    scored,
    stored_round,
    version,
    with_a_plan,
)

ONE = Capacity(number=1)
TAKEN, PUT_OFF = Verdict(Outcome.planned), Verdict(Outcome.deferred)
AS_THE_LINE_SAYS = {"M-16": TAKEN, "M-17": PUT_OFF, "M-15": PUT_OFF}


@pytest.fixture
def closed(store: Store) -> Store:
    """PR-1 closed: M-16 (9) before M-17 (6) before M-15 (3), which runs already."""
    closed_and_rated(store)
    return store


def resolution(**over: Any) -> Resolution:
    fields: dict[str, Any] = {
        "decided_by": "Rat der Stadt",
        "decided_on": TODAY,
        "capacity": ONE,
        "verdicts": AS_THE_LINE_SAYS,
    }
    return Resolution(**fields | over)


def decided(store: Store, **over: Any) -> PriorityDecision:
    return decide(store, "PR-1", version(store), resolution(**over), by=ME, at=NOW, today=TODAY)


def measures(store: Store) -> dict[str, tuple[MeasureState, str | None, int]]:
    """State, reason and version of the measures."""
    found = {}
    for entry in store.current("measure"):
        assert isinstance(entry.record, Measure)
        found[entry.record.id] = (entry.record.state, entry.record.state_reason, entry.version)
    return found


def with_demands(store: Store, **days: float) -> None:
    """`M16=40`: what M-16 takes, half of it in each of two quarters."""
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_capacity_group()])
        writing.add(
            [
                a_resource_demand(
                    id=f"RB-{name}-{quarter}",
                    measure_id=f"{name[0]}-{name[1:]}",
                    period=f"2027-Q{quarter}",
                    person_days=given / 2,
                )
                for name, given in days.items()
                for quarter in (1, 2)
            ]
        )


def everything(store: Store) -> tuple[object, ...]:
    return store.change_number(), stored_round(store), measures(store), store.records(PriorityDecision)


# --- what is kept


def test_a_decision_keeps_what_was_decided_with_the_figures_it_was_decided_by(closed: Store) -> None:
    with_demands(closed, M16=40, M17=0)
    before, found = closed.change_number(), rank_round(closed, "PR-1", by=ME)
    decision = decided(closed)
    assert closed.records(PriorityDecision) == [decision]
    assert (decision.round_id, decision.decided_by, decision.decided_on) == ("PR-1", "Rat der Stadt", TODAY)
    assert (decision.capacity_days, decision.capacity_count) == (None, 1)
    assert (decision.method, decision.as_of_change) == (METHOD, before)
    assert decision.inputs_sha256 == fingerprint(found.round, found.ratings)
    assert [
        (one.measure_id, one.place, one.utility, one.among_first, one.person_days, one.within, one.outcome, one.reason)
        for one in decision.measures
    ] == [
        ("M-16", 1, 9, 1, 40, True, Outcome.planned, None),
        ("M-17", 2, 6, 0, 0, False, Outcome.deferred, None),
        ("M-15", 3, 3, 0, None, False, Outcome.deferred, None),  # nobody knows what it takes, which is not 0
    ]
    assert stored_round(closed).state is RoundState.decided
    entry = closed.history()[0]
    assert (entry.change.action, entry.change.reason) == ("decide_round", "Rat der Stadt")
    assert {found.change.number for found in closed.history(most=4)} == {before + 1}


def test_how_often_a_measure_is_among_the_first_is_asked_for_as_many_as_lie_within(closed: Store) -> None:
    verdicts = AS_THE_LINE_SAYS | {"M-17": TAKEN}
    decision = decided(closed, capacity=Capacity(number=2), verdicts=verdicts)
    assert [one.among_first for one in decision.measures] == [1, 1, 0]


def test_with_room_for_none_it_is_asked_how_often_a_measure_is_first(closed: Store) -> None:
    decision = decided(closed, capacity=Capacity(number=0), verdicts=AS_THE_LINE_SAYS | {"M-16": PUT_OFF})
    assert [(one.within, one.among_first) for one in decision.measures] == [(False, 1), (False, 0), (False, 0)]


def test_the_fingerprint_of_a_decided_round_is_found_again(closed: Store) -> None:
    decision = decided(closed)
    again = rank_round(closed, "PR-1", by=ME)
    assert again.round.state is RoundState.decided
    assert fingerprint(again.round, again.ratings) == decision.inputs_sha256
    assert [one.utility for one in again.result.measures] == [one.utility for one in decision.measures]


def test_what_an_invented_round_decides_is_marked_as_invented(closed: Store) -> None:
    invented = stored_round(closed).model_copy(update={"evidence": Evidence.illustrative})
    with closed.change(by="Amt", at=NOW, action="mark") as writing:
        writing.revise(invented, version(closed))
    assert decided(closed).evidence is Evidence.illustrative


# --- the line


def test_by_days_the_line_lies_where_all_demands_of_the_measures_fit(closed: Store) -> None:
    with_demands(closed, M16=40, M17=60, M15=1)
    for capacity, within in ((39.5, ()), (40, ("M-16",)), (99.5, ("M-16",)), (100, ("M-16", "M-17"))):
        result = rank_round(closed, "PR-1", by=ME).result
        assert draw_line(closed, result, Capacity(days=capacity), CALL.title).within == within
    decision = decided(closed, capacity=Capacity(days=50))
    assert (decision.capacity_days, decision.capacity_count) == (50, None)
    assert [(one.within, one.person_days) for one in decision.measures] == [(True, 40), (False, 60), (False, 1)]


def test_a_demand_that_nobody_knows_above_the_line_stops_the_decision(closed: Store) -> None:
    with_demands(closed, M16=40)
    before = everything(closed)
    with pytest.raises(DemandMissing) as refused:
        decided(closed, capacity=Capacity(days=50))
    assert refused.value.data == {"measure_id": "M-17", "title": "Maßnahme M-17", "lacking": 2}
    assert everything(closed) == before


@pytest.mark.parametrize("capacity", [Capacity(), Capacity(days=10, number=1)])
def test_a_line_is_drawn_by_days_or_by_number_and_by_one_alone(closed: Store, capacity: Capacity) -> None:
    with pytest.raises(LineMissing):
        decided(closed, capacity=capacity)
    assert closed.records(PriorityDecision) == []


def test_a_round_that_ranks_nothing_is_not_decided(store: Store) -> None:
    opened(with_a_plan(store))
    close_round(store, "PR-1", 1, by=ME, at=NOW)
    before = everything(store)
    with pytest.raises(NothingRanked) as refused:
        decided(store)
    assert refused.value.data == {"title": CALL.title}
    assert everything(store) == before


# --- deviations


@pytest.mark.parametrize(
    ("within", "outcome", "deviates"),
    [
        (True, Outcome.planned, False),
        (True, Outcome.prioritised, False),
        (True, Outcome.deferred, True),
        (False, Outcome.planned, True),
        (False, Outcome.prioritised, True),
        (False, Outcome.deferred, False),
    ],
)
def test_taken_below_the_line_or_put_off_above_it_is_a_deviation(
    within: bool, outcome: Outcome, deviates: bool
) -> None:
    assert is_deviation(within, outcome) is deviates


@pytest.mark.parametrize(
    ("measure_id", "outcome", "reason"),
    [("M-16", Outcome.deferred, None), ("M-17", Outcome.planned, ""), ("M-17", Outcome.prioritised, "  ")],
)
def test_a_deviation_without_a_reason_is_refused_and_nothing_is_stored(
    closed: Store, measure_id: str, outcome: Outcome, reason: str | None
) -> None:
    before = everything(closed)
    with pytest.raises(DeviationNeedsReason) as refused:
        decided(closed, verdicts=AS_THE_LINE_SAYS | {measure_id: Verdict(outcome, reason)})
    assert refused.value.data == {"measure_id": measure_id, "title": f"Maßnahme {measure_id}"}
    assert everything(closed) == before


def test_a_deviation_with_a_reason_is_kept_with_it(closed: Store) -> None:
    verdicts = {
        "M-16": Verdict(Outcome.deferred, " Fördermittel fehlen "),
        "M-17": Verdict(Outcome.prioritised, "Partner steht bereit"),
        "M-15": PUT_OFF,
    }
    decision = decided(closed, verdicts=verdicts)
    assert [(one.within, one.outcome, one.reason) for one in decision.measures] == [
        (True, Outcome.deferred, "Fördermittel fehlen"),
        (False, Outcome.prioritised, "Partner steht bereit"),
        (False, Outcome.deferred, None),
    ]
    assert measures(closed)["M-16"][:2] == (MeasureState.deferred, "Fördermittel fehlen")
    assert measures(closed)["M-17"][:2] == (MeasureState.prioritised, "Partner steht bereit")


def test_what_has_no_rank_lies_below_the_line_and_is_taken_only_with_a_reason(store: Store) -> None:
    codes = opened(with_a_plan(store)).codes
    rate(store, codes[1], "M-16", scored(5, 5), at=NOW, today=TODAY)
    close_round(store, "PR-1", 1, by=ME, at=NOW)
    verdicts = AS_THE_LINE_SAYS | {"M-17": TAKEN}
    with pytest.raises(DeviationNeedsReason):
        decided(store, capacity=Capacity(number=3), verdicts=verdicts)
    decision = decided(
        store, capacity=Capacity(number=3), verdicts=verdicts | {"M-17": Verdict(Outcome.planned, "Rat")}
    )
    assert [(one.measure_id, one.place, one.utility, one.among_first, one.within) for one in decision.measures] == [
        ("M-16", 1, 5, 1, True),
        ("M-15", None, None, None, False),
        ("M-17", None, None, None, False),
    ]


# --- everything or nothing


def test_without_a_verdict_on_every_measure_nothing_is_decided(closed: Store) -> None:
    before = everything(closed)
    for missing in AS_THE_LINE_SAYS:
        verdicts = {name: verdict for name, verdict in AS_THE_LINE_SAYS.items() if name != missing}
        with pytest.raises(OutcomeMissing) as refused:
            decided(closed, verdicts=verdicts)
        assert refused.value.data["measure_id"] == missing
        assert everything(closed) == before


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"decided_on": date(2026, 11, 25)}, DecidedInTheFuture),
        ({"decided_by": "  "}, ValidationError),
        ({"decided_by": "Rat\nder Stadt"}, ValidationError),
        ({"verdicts": AS_THE_LINE_SAYS | {"M-17": Verdict(Outcome.planned, "x" * 501)}}, ValidationError),
    ],
)
def test_a_resolution_that_cannot_be_leaves_everything_as_it_was(
    closed: Store, over: dict[str, Any], refusal: type[Exception]
) -> None:
    before = everything(closed)
    with pytest.raises(refusal):
        decided(closed, **over)
    assert everything(closed) == before


def test_a_resolution_may_be_of_an_earlier_day(closed: Store) -> None:
    assert decided(closed, decided_on=date(2026, 11, 23)).decided_on == date(2026, 11, 23)


def test_a_measure_that_left_the_round_is_not_decided_on(closed: Store) -> None:
    remove_measure(closed, "PR-1", version(closed), "M-17", "doppelt", by=ME, at=NOW)
    before = measures(closed)["M-17"]
    decision = decided(closed, verdicts={"M-16": TAKEN, "M-15": PUT_OFF})
    assert [one.measure_id for one in decision.measures] == ["M-16", "M-15"]
    assert measures(closed)["M-17"] == before


def test_who_decides_from_an_old_page_is_told_and_nothing_is_decided(closed: Store) -> None:
    old = version(closed)
    remove_measure(closed, "PR-1", old, "M-17", "doppelt", by=ME, at=NOW)
    before = everything(closed)
    with pytest.raises(SomebodyElseWasFaster):
        decide(closed, "PR-1", old, resolution(), by=ME, at=NOW, today=TODAY)
    assert everything(closed) == before


def test_of_two_who_decide_at_once_one_decision_stands(closed: Store) -> None:
    expected = version(closed)

    def try_to(name: str) -> str:
        try:
            decide(closed, "PR-1", expected, resolution(decided_by=name), by=ME, at=NOW, today=TODAY)
        except Refusal as refusal:
            return refusal.code
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to, ("Rat", "Ausschuss"))) == ["decided", "round_not_closed"]
    assert len(closed.records(PriorityDecision)) == 1


# --- what becomes of the measures


def test_measures_that_have_not_begun_move_with_a_reason_and_running_ones_stay(closed: Store) -> None:
    before = measures(closed)
    decided(closed)
    found = measures(closed)
    assert found["M-16"][:2] == (
        MeasureState.planned,
        f"Rang 1 von 3 in der Runde „{CALL.title}“, innerhalb der Kapazität (Rat der Stadt)",
    )
    assert found["M-17"][:2] == (
        MeasureState.deferred,
        f"Rang 2 von 3 in der Runde „{CALL.title}“, jenseits der Kapazität (Rat der Stadt)",
    )
    assert before["M-15"][0] is MeasureState.running
    assert (found["M-15"], found["M-18"]) == (before["M-15"], before["M-18"])


BEFORE_THE_START = ("idea", "assessed", "prioritised", "planned", "deferred")
AT_WORK_OR_OVER = ("running", "paused", "implemented", "consolidated", "discontinued")


@pytest.mark.parametrize(
    "given", [BEFORE_THE_START[:3], BEFORE_THE_START[3:], AT_WORK_OR_OVER[:3], AT_WORK_OR_OVER[3:]]
)
def test_only_the_states_before_the_start_are_moved(closed: Store, given: tuple[str, ...]) -> None:
    with closed.change(by="Amt", at=NOW, action="revise") as writing:
        for entry, state in zip(closed.current("measure"), given, strict=False):
            writing.revise(entry.record.model_copy(update={"state": MeasureState(state)}), entry.version)
    taken = {name: Verdict(Outcome.prioritised) for name in AS_THE_LINE_SAYS}
    decided(closed, capacity=Capacity(number=3), verdicts=taken)
    then = ["prioritised" if state in BEFORE_THE_START else state for state in given]
    assert [state.value for state, _, _ in measures(closed).values()][: len(given)] == then


def test_a_measure_without_a_rank_is_told_so(store: Store) -> None:
    codes = opened(with_a_plan(store)).codes
    rate(store, codes[1], "M-16", scored(5, 5), at=NOW, today=TODAY)
    close_round(store, "PR-1", 1, by=ME, at=NOW)
    decided(store)
    assert measures(store)["M-17"][1] == f"Ohne Rang in der Runde „{CALL.title}“ (Rat der Stadt)"


# --- afterwards, and who may


def test_a_decided_round_takes_nothing_more(store: Store) -> None:
    codes = closed_and_rated(store).codes
    decided(store)
    before, last = everything(store), version(store)
    acts: list[tuple[Callable[[], Any], type[Refusal]]] = [
        (lambda: rate(store, codes[1], "M-16", scored(0), at=NOW, today=TODAY), RoundNotOpen),
        (lambda: close_round(store, "PR-1", last, by=ME, at=NOW), RoundNotOpen),
        (lambda: add_seats(store, "PR-1", last, {"BG-AMT": 1}, by=ME, at=NOW), RoundNotOpen),
        (lambda: renew_code(store, "PR-1", last, 1, by=ME, at=NOW), RoundNotOpen),
        (lambda: extend_round(store, "PR-1", last, DEADLINE, by=ME, at=NOW, today=TODAY), RoundNotOpen),
        (lambda: remove_measure(store, "PR-1", last, "M-17", "doppelt", by=ME, at=NOW), RoundNotClosed),
        (lambda: vote_again(store, "PR-1", last, ["M-16"], DEADLINE, by=ME, at=NOW, today=TODAY), RoundNotClosed),
        (lambda: decide(store, "PR-1", last, resolution(), by=ME, at=NOW, today=TODAY), RoundNotClosed),
        (lambda: drop_round(store, "PR-1", last, "Versehen", by=ME, at=NOW), StillReferenced),
    ]
    for act, refusal in acts:
        with pytest.raises(refusal):
            act()
    assert everything(store) == before


def test_what_changes_in_the_plan_later_changes_nothing_of_the_decision(closed: Store) -> None:
    decision = decided(closed)
    with_demands(closed, M16=999)
    add_record(closed, a_capacity_group(id="KG-NEU"), by=ME, at=NOW)
    assert closed.records(PriorityDecision) == [decision]
    again = rank_round(closed, "PR-1", by=ME)
    assert fingerprint(again.round, again.ratings) == decision.inputs_sha256


def test_an_open_round_is_not_decided_and_neither_is_one_that_is_voted_on_again(store: Store) -> None:
    opened(with_a_plan(store))
    with pytest.raises(RoundNotClosed) as refused:
        decided(store)
    assert refused.value.data == {"title": CALL.title, "state": RoundState.open}
    with pytest.raises(RecordNotFound):
        decide(store, "PR-9", 1, resolution(), by=ME, at=NOW, today=TODAY)


def test_while_a_second_vote_runs_nothing_is_decided(closed: Store) -> None:
    vote_again(closed, "PR-1", version(closed), ["M-16"], DEADLINE, by=ME, at=NOW, today=TODAY)
    before = everything(closed)
    with pytest.raises(RoundNotClosed):
        decided(closed)
    assert everything(closed) == before


def test_only_leadership_and_administration_decide(closed: Store) -> None:
    before = everything(closed)
    for role in set(Role) - {Role.leadership, Role.administration}:
        with pytest.raises(NotAllowed) as refused:
            by = Person("Jemand", role)
            decide(closed, "PR-1", version(closed), resolution(), by=by, at=NOW, today=TODAY)
        assert refused.value.data == {"right": "decide_priorities", "role": role.value}
    assert everything(closed) == before
    leader = Person("Amtsleitung", Role.leadership)
    decide(closed, "PR-1", version(closed), resolution(), by=leader, at=NOW, today=TODAY)
    assert stored_round(closed).state is RoundState.decided
