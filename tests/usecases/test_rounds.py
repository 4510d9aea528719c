"""A round is opened, led, closed and voted on again; what it decides is edited by nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from metrics.domain.base import Record
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.priorities import (
    CriteriaSet,
    PriorityDecision,
    PriorityRound,
    RoundState,
    Score,
    Voice,
    Weighting,
)
from metrics.domain.refusals import (
    CriterionWithoutAnchors,
    DeadlineInThePast,
    KeptElsewhere,
    MeasureNotInRound,
    NotAllowed,
    NothingToVoteOn,
    RecordAlreadyExists,
    RecordNotFound,
    Refusal,
    RoundNotClosed,
    RoundNotOpen,
    SomebodyElseWasFaster,
    StillReferenced,
    UnknownReference,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.rating import CODE_ALPHABET, code_digest, enter, rate
from metrics.usecases.rounds import (
    Call,
    Opened,
    add_seats,
    close_round,
    closed_round,
    drop_round,
    extend_round,
    open_round,
    remove_measure,
    renew_code,
    vote_again,
)
from tests.conftest import NOW
from tests.plan import a_criteria_set, a_criterion, a_goal, a_measure, a_rater_group, a_rating

TODAY = NOW.date()
DEADLINE = date(2026, 12, 15)
ME = Person("Amtsleitung", Role.administration)
CALL = Call(
    id="PR-1",
    title="Was gehen wir 2027 zuerst an?",
    deadline=DEADLINE,
    measure_ids=("M-15", "M-16", "M-17"),
    criteria_set_id="KS-1",
    seats={"BG-AMT": 2, "BG-POL": 1},
)
MODERATORS = frozenset({Role.leadership, Role.staff, Role.administration})
CODES_OF_CRITERIA = ("WIRKUNG", "DRINGLICH", "AUFWAND")


def with_a_plan(store: Store) -> Store:
    """Four measures, of which M-15 runs already, two groups and a set of criteria."""
    ideas = {"state": MeasureState.idea, "milestones": ()}
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add(
            [
                a_goal(),
                a_measure(),
                *(a_measure(id=name, title=f"Maßnahme {name}", **ideas) for name in ("M-16", "M-17", "M-18")),
                a_rater_group(),
                a_rater_group(id="BG-POL", title="Politik"),
                a_criteria_set(),
            ]
        )
    return store


def opened(store: Store, **over: Any) -> Opened:
    """The round PR-1, open, with the codes of its seats 1 and 2 (office) and 3 (politics)."""
    return open_round(store, replace(CALL, **over), by=ME, at=NOW, today=TODAY)


def scored(*values: float | None) -> dict[str, Score | None]:
    """Scores on WIRKUNG, DRINGLICH and AUFWAND, as many as are given."""
    return {code: Score(code=code, value=value) for code, value in zip(CODES_OF_CRITERIA, values, strict=False)}


def rated_by_all(store: Store, said: Mapping[str, tuple[float, ...]]) -> None:
    """Seats 1 to 3 say the same of each measure, as if each had typed it."""
    ratings = [
        a_rating(seat, measure_id, dict(zip(CODES_OF_CRITERIA, values, strict=True)))
        for seat in (1, 2, 3)
        for measure_id, values in said.items()
    ]
    with store.change(by="alle", at=NOW, action="rate") as writing:
        writing.add(ratings)


def stored_round(store: Store) -> PriorityRound:
    record = store.newest("priority_round", "PR-1").record
    assert isinstance(record, PriorityRound)
    return record


def version(store: Store) -> int:
    return store.newest("priority_round", "PR-1").version


def states(store: Store) -> dict[str, MeasureState]:
    return {measure.id: measure.state for measure in store.records(Measure)}


def close(store: Store) -> int:
    return close_round(store, "PR-1", version(store), by=ME, at=NOW)


def closed_and_rated(store: Store, **over: Any) -> Opened:
    """PR-1 closed: M-16 before M-17 before M-15."""
    found = opened(with_a_plan(store), **over)
    rated_by_all(store, {"M-15": (3, 3, 3), "M-16": (9, 9, 3), "M-17": (6, 6, 3)})
    close(store)
    return found


@pytest.fixture
def plan(store: Store) -> Store:
    return with_a_plan(store)


# --- opening


def test_an_opened_round_carries_its_own_copy_of_the_criteria_and_names_the_edition(plan: Store) -> None:
    another = a_criteria_set(a_criterion(title="Wirkung heute"), weighting=Weighting.equal)
    revise_record(plan, another, 1, by=ME, at=NOW, reason="Beschluss")
    found = opened(plan)
    assert (found.round.criteria_set_id, found.round.criteria_set_version, found.version) == ("KS-1", 2, 1)
    assert found.round.criteria == another.criteria
    later = a_criteria_set(a_criterion(title="Wirkung morgen"))
    revise_record(plan, later, 2, by=ME, at=NOW, reason="Beschluss")
    assert stored_round(plan) == found.round
    assert stored_round(plan).criteria == another.criteria != later.criteria


def test_each_seat_gets_a_code_of_its_own_and_only_checksums_are_stored(plan: Store) -> None:
    found = opened(plan)
    assert [(seat.number, seat.group_id) for seat in found.round.seats] == [
        (1, "BG-AMT"),
        (2, "BG-AMT"),
        (3, "BG-POL"),
    ]
    assert sorted(found.codes) == [1, 2, 3]
    assert len(set(found.codes.values())) == 3
    for number, code in found.codes.items():
        assert [len(part) for part in code.split("-")] == [4, 4, 4]
        assert set(code) <= {*CODE_ALPHABET, "-"}
        seat = found.round.seat(number)
        assert seat is not None and seat.code_sha256 == code_digest(code)
    kept = str([entry.record.model_dump() for entry in plan.versions("priority_round", "PR-1")]) + str(plan.history())
    assert [code for code in found.codes.values() if code in kept or code.replace("-", "") in kept] == []


def test_two_rounds_never_share_a_code(plan: Store) -> None:
    one, other = opened(plan), opened(plan, id="PR-2")
    assert set(one.codes.values()).isdisjoint(other.codes.values())


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"deadline": date(2026, 11, 23)}, DeadlineInThePast),
        ({"criteria_set_id": "KS-9"}, RecordNotFound),
        ({"measure_ids": ("M-15", "M-99")}, UnknownReference),
        ({"seats": {"BG-AMT": 1, "BG-99": 1}}, UnknownReference),
        ({"seats": {}}, ValidationError),
        ({"seats": {"BG-AMT": 401}}, ValidationError),
        ({"measure_ids": ()}, ValidationError),
        ({"title": " "}, ValidationError),
        ({"id": "PR 1"}, ValidationError),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_nothing_is_stored(
    plan: Store, over: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        opened(plan, **over)
    assert (plan.records(PriorityRound), plan.change_number()) == ([], 1)


def test_the_last_day_to_rate_may_be_today(plan: Store) -> None:
    assert opened(plan, deadline=TODAY).round.deadline == TODAY


def test_an_id_that_is_taken_opens_no_second_round(plan: Store) -> None:
    first = opened(plan)
    with pytest.raises(RecordAlreadyExists):
        opened(plan, title="Noch eine")
    assert stored_round(plan) == first.round


@pytest.mark.parametrize("missing", ["anchor_low", "anchor_middle", "anchor_high"])
def test_no_round_opens_before_every_criterion_says_what_its_numbers_mean(plan: Store, missing: str) -> None:
    vague = a_criterion(code="AUFWAND", title="Aufwand", counts=False, **{missing: None})
    revise_record(plan, a_criteria_set(a_criterion(), vague), 1, by=ME, at=NOW, reason="Versuch")
    with pytest.raises(CriterionWithoutAnchors) as refused:
        opened(plan)
    assert refused.value.data == {"code": "AUFWAND", "title": "Aufwand"}
    assert plan.records(PriorityRound) == []


def test_a_withdrawn_set_opens_no_round(plan: Store) -> None:
    withdraw_record(plan, "criteria_set", "KS-1", 1, by=ME, at=NOW, reason="überholt")
    with pytest.raises(RecordNotFound):
        opened(plan)


def test_a_round_keeps_whose_voice_counts_and_what_it_is_for(plan: Store) -> None:
    opened(plan, voice=Voice.group, purpose="Haushalt 2027")
    assert (stored_round(plan).voice, stored_round(plan).purpose) == (Voice.group, "Haushalt 2027")
    assert (stored_round(plan).state, stored_round(plan).vote) == (RoundState.open, 1)


# --- leading


def test_further_seats_are_numbered_on_and_the_former_codes_stay(plan: Store) -> None:
    first = opened(plan)
    more = add_seats(plan, "PR-1", 1, {"BG-POL": 2}, by=ME, at=NOW)
    assert (sorted(more.codes), more.version) == ([4, 5], 2)
    assert stored_round(plan) == more.round
    assert [seat.group_id for seat in stored_round(plan).seats] == ["BG-AMT", "BG-AMT", "BG-POL", "BG-POL", "BG-POL"]
    assert [enter(plan, code).seat.number for code in (*first.codes.values(), *more.codes.values())] == [1, 2, 3, 4, 5]


def test_a_seat_of_an_unknown_group_is_not_handed_out(plan: Store) -> None:
    opened(plan)
    with pytest.raises(UnknownReference):
        add_seats(plan, "PR-1", 1, {"BG-99": 1}, by=ME, at=NOW)
    assert (len(stored_round(plan).seats), version(plan)) == (3, 1)


def test_more_seats_than_a_round_may_have_are_not_handed_out(plan: Store) -> None:
    codes = opened(plan, seats={"BG-AMT": 399}).codes
    with pytest.raises(ValidationError):
        add_seats(plan, "PR-1", 1, {"BG-AMT": 2}, by=ME, at=NOW)
    assert (len(stored_round(plan).seats), version(plan)) == (399, 1)  # a round of 401 could be read no more
    assert enter(plan, codes[399]).seat.number == 399
    assert len(add_seats(plan, "PR-1", 1, {"BG-AMT": 1}, by=ME, at=NOW).round.seats) == 400


def test_a_deadline_moves_on_but_not_into_the_past(plan: Store) -> None:
    opened(plan)
    assert extend_round(plan, "PR-1", 1, date(2027, 1, 15), by=ME, at=NOW, today=TODAY) == 2
    assert stored_round(plan).deadline == date(2027, 1, 15)
    with pytest.raises(DeadlineInThePast):
        extend_round(plan, "PR-1", 2, date(2026, 11, 23), by=ME, at=NOW, today=TODAY)
    assert extend_round(plan, "PR-1", 2, TODAY, by=ME, at=NOW, today=TODAY) == 3


def test_a_measure_leaves_a_round_with_a_reason_and_only_once(plan: Store) -> None:
    opened(plan)
    assert remove_measure(plan, "PR-1", 1, "M-16", "zurückgezogen", by=ME, at=NOW) == 2
    assert stored_round(plan).measures == ("M-15", "M-17")
    assert [(gone.measure_id, gone.reason) for gone in stored_round(plan).removed] == [("M-16", "zurückgezogen")]
    assert plan.history()[0].change.reason == "zurückgezogen"
    for measure_id in ("M-16", "M-18"):
        with pytest.raises(MeasureNotInRound):
            remove_measure(plan, "PR-1", 2, measure_id, "noch einmal", by=ME, at=NOW)
    with pytest.raises(ValidationError):
        remove_measure(plan, "PR-1", 2, "M-17", " ", by=ME, at=NOW)
    assert version(plan) == 2


def test_a_measure_may_leave_a_round_that_is_closed_already(store: Store) -> None:
    closed_and_rated(store)
    remove_measure(store, "PR-1", version(store), "M-16", "doppelt", by=ME, at=NOW)
    assert (stored_round(store).state, stored_round(store).measures) == (RoundState.closed, ("M-15", "M-17"))


def test_a_measure_of_a_round_cannot_be_withdrawn_from_the_plan(plan: Store) -> None:
    opened(plan)
    with pytest.raises(StillReferenced):
        withdraw_record(plan, "measure", "M-16", 1, by=ME, at=NOW, reason="doppelt")


def test_a_round_that_nobody_rated_can_be_dropped_and_one_that_somebody_rated_stays(plan: Store) -> None:
    codes = opened(plan).codes
    rate(plan, codes[1], "M-15", scored(7), at=NOW, today=TODAY)
    with pytest.raises(StillReferenced):
        drop_round(plan, "PR-1", 1, "Versehen", by=ME, at=NOW)
    opened(plan, id="PR-2")
    drop_round(plan, "PR-2", 1, "Versehen", by=ME, at=NOW)
    assert [round_.id for round_ in plan.records(PriorityRound)] == ["PR-1"]


def test_what_was_dropped_is_led_no_further(plan: Store) -> None:
    opened(plan)
    drop_round(plan, "PR-1", 1, "Versehen", by=ME, at=NOW)
    with pytest.raises(RecordNotFound):
        close_round(plan, "PR-1", 2, by=ME, at=NOW)
    with pytest.raises(RecordNotFound):
        add_seats(plan, "PR-1", 2, {"BG-AMT": 1}, by=ME, at=NOW)


# --- closing and voting again


def test_closing_makes_assessed_measures_of_ideas_in_the_round_and_leaves_the_others(plan: Store) -> None:
    opened(plan)
    remove_measure(plan, "PR-1", 1, "M-17", "zurückgezogen", by=ME, at=NOW)
    assert close_round(plan, "PR-1", 2, by=ME, at=NOW) == 3
    assert stored_round(plan).state is RoundState.closed
    assert states(plan) == {
        "M-15": MeasureState.running,
        "M-16": MeasureState.assessed,
        "M-17": MeasureState.idea,
        "M-18": MeasureState.idea,
    }
    assert {(entry.kind, entry.id) for entry in plan.history(most=2)} == {
        ("priority_round", "PR-1"),
        ("measure", "M-16"),
    }


def test_of_two_who_close_at_once_one_succeeds_and_the_other_is_told(plan: Store) -> None:
    opened(plan)

    def try_to(moderator: str) -> str:
        try:
            closed = close_round(plan, "PR-1", 1, by=Person(moderator, Role.staff), at=NOW)
        except Refusal as refusal:
            return f"{refusal.code}: {refusal.data['state'].value}"
        return f"version {closed}"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to, ("Moderation 1", "Moderation 2"))) == ["round_not_open: closed", "version 2"]
    assert [entry.change.action for entry in plan.history(kind="priority_round")] == ["close_round", "open_round"]


def test_who_leads_a_round_from_an_old_page_is_told_and_changes_nothing(plan: Store) -> None:
    opened(plan)
    extend_round(plan, "PR-1", 1, date(2027, 1, 15), by=ME, at=NOW, today=TODAY)
    before = stored_round(plan)
    late: list[Callable[[], Any]] = [
        lambda: close_round(plan, "PR-1", 1, by=ME, at=NOW),
        lambda: add_seats(plan, "PR-1", 1, {"BG-AMT": 1}, by=ME, at=NOW),
        lambda: renew_code(plan, "PR-1", 1, 1, by=ME, at=NOW),
        lambda: remove_measure(plan, "PR-1", 1, "M-16", "doppelt", by=ME, at=NOW),
        lambda: extend_round(plan, "PR-1", 1, DEADLINE, by=ME, at=NOW, today=TODAY),
        lambda: drop_round(plan, "PR-1", 1, "Versehen", by=ME, at=NOW),
    ]
    for act in late:
        with pytest.raises(SomebodyElseWasFaster) as refused:
            act()
        assert (refused.value.data["expected"], refused.value.data["actual"]) == (1, 2)
    assert (stored_round(plan), version(plan)) == (before, 2)
    assert states(plan)["M-16"] is MeasureState.idea


def test_a_second_vote_opens_the_round_for_the_chosen_measures_with_the_same_codes(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again = vote_again(store, "PR-1", version(store), ["M-16"], date(2027, 1, 15), by=ME, at=NOW, today=TODAY)
    found = stored_round(store)
    assert (again, found.state, found.vote, found.to_rate) == (version(store), RoundState.open, 2, ("M-16",))
    assert (found.deadline, found.votes_to_see) == (date(2027, 1, 15), 1)
    assert [enter(store, code).seat.number for code in codes.values()] == [1, 2, 3]
    close(store)
    vote_again(store, "PR-1", version(store), ["M-15", "M-17"], DEADLINE, by=ME, at=NOW, today=TODAY)
    assert (stored_round(store).vote, stored_round(store).to_rate) == (3, ("M-15", "M-17"))


@pytest.mark.parametrize(
    ("measure_ids", "deadline", "refusal"),
    [
        ([], DEADLINE, NothingToVoteOn),
        (["M-16", "M-18"], DEADLINE, MeasureNotInRound),
        (["M-15"], DEADLINE, MeasureNotInRound),
        (["M-16"], date(2026, 11, 23), DeadlineInThePast),
    ],
)
def test_a_second_vote_needs_measures_of_the_round_and_time(
    store: Store, measure_ids: list[str], deadline: date, refusal: type[Refusal]
) -> None:
    closed_and_rated(store)
    remove_measure(store, "PR-1", version(store), "M-15", "läuft schon", by=ME, at=NOW)
    before = stored_round(store)
    with pytest.raises(refusal):
        vote_again(store, "PR-1", version(store), measure_ids, deadline, by=ME, at=NOW, today=TODAY)
    assert stored_round(store) == before


def test_an_open_round_is_not_voted_on_again_and_a_closed_one_is_led_no_further(plan: Store) -> None:
    opened(plan)
    with pytest.raises(RoundNotClosed) as not_closed:
        vote_again(plan, "PR-1", 1, ["M-16"], DEADLINE, by=ME, at=NOW, today=TODAY)
    assert not_closed.value.data == {"title": CALL.title, "state": RoundState.open}
    with pytest.raises(RoundNotClosed):
        closed_round(plan, "PR-1")
    close(plan)
    assert closed_round(plan, "PR-1") == stored_round(plan)
    over: list[Callable[[], Any]] = [
        lambda: close_round(plan, "PR-1", 2, by=ME, at=NOW),
        lambda: add_seats(plan, "PR-1", 2, {"BG-AMT": 1}, by=ME, at=NOW),
        lambda: renew_code(plan, "PR-1", 2, 1, by=ME, at=NOW),
        lambda: extend_round(plan, "PR-1", 2, date(2027, 1, 15), by=ME, at=NOW, today=TODAY),
    ]
    for act in over:
        with pytest.raises(RoundNotOpen) as not_open:
            act()
        assert not_open.value.data == {"title": CALL.title, "state": RoundState.closed}
    assert version(plan) == 2


# --- rights

LEADING: dict[str, Callable[[Store, Person], Any]] = {
    "open_round": lambda store, by: open_round(store, replace(CALL, id="PR-2"), by=by, at=NOW, today=TODAY),
    "add_seats": lambda store, by: add_seats(store, "PR-1", 1, {"BG-AMT": 1}, by=by, at=NOW),
    "renew_code": lambda store, by: renew_code(store, "PR-1", 1, 1, by=by, at=NOW),
    "extend_round": lambda store, by: extend_round(store, "PR-1", 1, date(2027, 1, 15), by=by, at=NOW, today=TODAY),
    "remove_measure": lambda store, by: remove_measure(store, "PR-1", 1, "M-16", "doppelt", by=by, at=NOW),
    "close_round": lambda store, by: close_round(store, "PR-1", 1, by=by, at=NOW),
    "vote_again": lambda store, by: vote_again(store, "PR-1", 1, ["M-16"], DEADLINE, by=by, at=NOW, today=TODAY),
    "drop_round": lambda store, by: drop_round(store, "PR-1", 1, "Versehen", by=by, at=NOW),
}


def test_a_round_is_led_by_nobody_else_than_those_who_may(plan: Store) -> None:
    opened(plan)
    before = plan.connection.rows("counts"), plan.change_number()
    for name, lead in LEADING.items():
        for role in set(Role) - MODERATORS:
            with pytest.raises(NotAllowed) as refused:
                lead(plan, Person("Jemand", role))
            told = {"right": "moderate_rounds", "role": role.value}
            assert (name, refused.value.data) == (name, told)
    assert (plan.connection.rows("counts"), plan.change_number()) == before


@pytest.mark.parametrize("role", sorted(MODERATORS))
def test_those_who_may_lead_a_round_lead_it_from_its_first_day_to_its_last(plan: Store, role: Role) -> None:
    moderator: dict[str, Any] = {"by": Person("Moderation", role), "at": NOW}
    open_round(plan, CALL, **moderator, today=TODAY)
    add_seats(plan, "PR-1", 1, {"BG-AMT": 1}, **moderator)
    renew_code(plan, "PR-1", 2, 1, **moderator)
    extend_round(plan, "PR-1", 3, date(2027, 1, 15), **moderator, today=TODAY)
    remove_measure(plan, "PR-1", 4, "M-17", "doppelt", **moderator)
    close_round(plan, "PR-1", 5, **moderator)
    vote_again(plan, "PR-1", 6, ["M-16"], DEADLINE, **moderator, today=TODAY)
    drop_round(plan, "PR-1", 7, "Versehen", **moderator)
    assert [
        (entry.change.action, entry.change.recorded_by, entry.change.reason)
        for entry in reversed(plan.history(kind="priority_round"))
    ] == [
        ("open_round", "Moderation", None),
        ("add_seats", "Moderation", None),
        ("renew_code", "Moderation", None),
        ("extend_round", "Moderation", None),
        ("remove_measure", "Moderation", "doppelt"),
        ("close_round", "Moderation", None),
        ("vote_again", "Moderation", None),
        ("withdraw_priority_round", "Moderation", "Versehen"),
    ]


# --- what nobody edits by hand


def a_decision(**over: Any) -> PriorityDecision:
    fields: dict[str, Any] = {
        "id": "PE-1",
        "round_id": "PR-1",
        "decided_on": TODAY,
        "decided_by": "Rat",
        "capacity_count": 1,
        "method": "von Hand",
        "as_of_change": 1,
        "inputs_sha256": "0" * 64,
        "measures": (),
    }
    return PriorityDecision(**fields | over)


def test_rounds_ratings_and_decisions_are_neither_added_nor_changed_nor_withdrawn_by_hand(store: Store) -> None:
    closed_and_rated(store)
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_decision()])
    before = store.change_number()
    there: dict[str, Record] = {
        kind: store.current(kind)[0].record for kind in ("priority_round", "rating", "priority_decision")
    }
    for kind, record in there.items():
        by_hand: list[Callable[[Person, Record, str], Any]] = [
            lambda by, one, _: add_record(store, one.model_copy(update={"id": "X-1"}), by=by, at=NOW),
            lambda by, one, _: revise_record(
                store, one.model_copy(update={"note": "anders"}), 1, by=by, at=NOW, reason="anders"
            ),
            lambda by, one, name: withdraw_record(store, name, one.id, 1, by=by, at=NOW, reason="weg damit"),
        ]
        for role in (Role.administration, Role.staff):
            for act in by_hand:
                with pytest.raises(KeptElsewhere) as refused:
                    act(Person("Jemand", role), record, kind)
                assert refused.value.data == {"kind": kind, "kept_on": "rounds"}
    assert store.change_number() == before


def test_criteria_and_groups_are_edited_by_hand_as_the_rest_of_the_plan_is(plan: Store) -> None:
    opened(plan)
    assert add_record(plan, a_rater_group(id="BG-NEU"), by=ME, at=NOW) == 1
    changed = a_criteria_set(a_criterion(), title="Neue Kriterien")
    assert revise_record(plan, changed, 1, by=ME, at=NOW, reason="Beschluss") == 2
    assert plan.records(CriteriaSet) == [changed]


def test_who_may_not_edit_the_plan_is_told_that_first(plan: Store) -> None:
    with pytest.raises(NotAllowed):
        add_record(plan, a_rating(), by=Person("Gremium", Role.committee), at=NOW)
