"""Raters enter by a code and give one score after the other; nobody sees another's before the vote is over."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from metrics.domain.base import Record
from metrics.domain.document import PlanDocument, plan_document
from metrics.domain.priorities import CriterionDirection, Rating, RoundState, Score, Seat
from metrics.domain.refusals import (
    AccessCodeUnknown,
    MeasureNotInRound,
    NotAllowed,
    PlanFileBroken,
    RatingDoesNotFitRound,
    RatingsStillHidden,
    RatingTimeOver,
    Refusal,
    RoundNotOpen,
    UnknownReference,
)
from metrics.exchange.plan_file import read_plan, write_plan
from metrics.store.ledger import Store
from metrics.usecases import rating as rating_module
from metrics.usecases.access import RIGHTS, Role
from metrics.usecases.commanding import carry_out
from metrics.usecases.exchanging import export_plan, import_plan, preview_import
from metrics.usecases.ranking import rank_round
from metrics.usecases.rating import (
    Access,
    GroupProgress,
    code_digest,
    enter,
    hidden_ratings,
    is_hidden,
    own_ratings,
    progress,
    rate,
    ratings_to_see,
    seat_name,
)
from metrics.usecases.rounds import (
    Opened,
    add_seats,
    drop_round,
    extend_round,
    remove_measure,
    renew_code,
    vote_again,
)
from tests.conftest import NOW
from tests.plan import a_criteria_set, a_criterion, a_goal, a_measure, a_rater_group, a_rating, a_round
from tests.usecases.test_rounds import (
    CODES_OF_CRITERIA,
    DEADLINE,
    ME,
    TODAY,
    close,
    closed_and_rated,
    opened,
    scored,
    stored_round,
    version,
    with_a_plan,
)


@pytest.fixture
def plan(store: Store) -> Store:
    return with_a_plan(store)


@pytest.fixture
def running(plan: Store) -> Opened:
    """The round PR-1 in `plan`, open."""
    return opened(plan)


def give(store: Store, code: str, measure_id: str, *values: float | None, today: date = TODAY) -> Rating:
    return rate(store, code, measure_id, scored(*values), at=NOW, today=today)


def given_on(store: Store, measure_id: str) -> dict[tuple[int, int], dict[str, float | None]]:
    """What is stored of a measure: the scores by seat and vote."""
    return {
        (rating.seat, rating.vote): {score.code: score.value for score in rating.scores}
        for rating in store.records(Rating)
        if rating.measure_id == measure_id
    }


def again_on(store: Store, *measure_ids: str) -> None:
    vote_again(store, "PR-1", version(store), list(measure_ids), DEADLINE, by=ME, at=NOW, today=TODAY)


# --- entering


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.lower().replace('-', ' – ')}\t",
        lambda code: " ".join(code),
    ],
)
def test_a_code_opens_its_seat_however_it_is_typed(plan: Store, running: Opened, typed: Callable[[str], str]) -> None:
    for number, code in running.codes.items():
        assert enter(plan, typed(code)) == Access(running.round, running.round.seats[number - 1])


def test_a_code_that_nobody_has_opens_nothing(plan: Store, running: Opened) -> None:
    code = running.codes[1]
    other = "2" if code[0] != "2" else "3"
    for wrong in ("", " ", "0101", code[:-1], other + code[1:], code + "A", code_digest(code), "PR-1"):
        with pytest.raises(AccessCodeUnknown):
            enter(plan, wrong)
        with pytest.raises(AccessCodeUnknown):
            give(plan, wrong, "M-15", 7)
    assert plan.records(Rating) == []


def test_a_renewed_code_replaces_the_former_one_and_what_was_rated_stays(plan: Store, running: Opened) -> None:
    give(plan, running.codes[1], "M-15", 7)
    renewed = renew_code(plan, "PR-1", 1, 1, by=ME, at=NOW)
    assert list(renewed.codes) == [1]
    assert renewed.codes[1] != running.codes[1]
    with pytest.raises(AccessCodeUnknown):
        enter(plan, running.codes[1])
    with pytest.raises(AccessCodeUnknown):
        give(plan, running.codes[1], "M-15", 0)
    access = enter(plan, renewed.codes[1])
    assert access.seat.number == 1
    assert own_ratings(plan, access)["M-15"].by_code["WIRKUNG"].value == 7
    assert enter(plan, running.codes[2]).seat.number == 2


def test_a_seat_without_a_code_is_entered_by_nobody(plan: Store) -> None:
    with plan.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_round(state=RoundState.open)])
    for code in ("", "None", "1"):
        with pytest.raises(AccessCodeUnknown):
            enter(plan, code)


def test_a_code_still_opens_its_seat_when_the_round_is_closed_and_no_more_when_it_is_dropped(
    plan: Store, running: Opened
) -> None:
    close(plan)
    assert enter(plan, running.codes[3]).round.state is RoundState.closed
    drop_round(plan, "PR-1", version(plan), "Versehen", by=ME, at=NOW)
    with pytest.raises(AccessCodeUnknown):
        enter(plan, running.codes[3])


def test_the_ledger_knows_a_rater_by_the_seat_alone(plan: Store, running: Opened) -> None:
    access = enter(plan, running.codes[3])
    assert access.person == seat_name("PR-1", 3) == "PR-1 · Platz 3"
    give(plan, running.codes[3], "M-15", 7)
    change = plan.history(kind="rating")[0].change
    assert (change.recorded_by, change.action, change.reason) == ("PR-1 · Platz 3", "rate", None)


# --- rating


def test_scores_are_stored_one_by_one_in_the_order_of_the_criteria(plan: Store, running: Opened) -> None:
    for code, value in (("AUFWAND", 3.0), ("WIRKUNG", 7.5), ("DRINGLICH", None)):
        rate(plan, running.codes[1], "M-15", {code: Score(code=code, value=value)}, at=NOW, today=TODAY)
    (rating,) = plan.records(Rating)
    assert (rating.round_id, rating.measure_id, rating.seat, rating.vote) == ("PR-1", "M-15", 1, 1)
    assert [(score.code, score.value) for score in rating.scores] == [
        ("WIRKUNG", 7.5),
        ("DRINGLICH", None),
        ("AUFWAND", 3.0),
    ]
    assert plan.newest("rating", rating.id).version == 3


def test_a_score_is_changed_and_taken_back_and_every_step_is_kept(plan: Store, running: Opened) -> None:
    code = running.codes[1]
    give(plan, code, "M-15", 7, 5)
    give(plan, code, "M-15", 4)
    stands = rate(plan, code, "M-15", {"DRINGLICH": None}, at=NOW, today=TODAY)
    assert given_on(plan, "M-15") == {(1, 1): {"WIRKUNG": 4}}  # taken back is not answered "weiß nicht"
    assert plan.records(Rating) == [stands]
    assert [len(entry.record.scores) for entry in plan.versions("rating", stands.id)] == [2, 2, 1]  # type: ignore[attr-defined]


def test_a_range_and_a_doubt_are_stored_as_they_are_meant(plan: Store, running: Opened) -> None:
    scores = {"WIRKUNG": Score(code="WIRKUNG", value=7, low=6, high=9), "DRINGLICH": Score(code="DRINGLICH")}
    rate(plan, running.codes[1], "M-15", scores, at=NOW, today=TODAY)
    (rating,) = plan.records(Rating)
    assert rating.by_code == scores


def test_the_same_score_sent_twice_is_stored_once(plan: Store, running: Opened) -> None:
    first = give(plan, running.codes[1], "M-15", 7, None)
    before = plan.change_number()
    assert give(plan, running.codes[1], "M-15", 7, None) == first
    assert rate(plan, running.codes[1], "M-15", {"AUFWAND": None}, at=NOW, today=TODAY) == first
    assert plan.change_number() == before


def test_each_seat_has_a_rating_of_its_own_and_sees_no_other(plan: Store, running: Opened) -> None:
    for number, code in running.codes.items():
        give(plan, code, "M-15", number)
    give(plan, running.codes[2], "M-16", 9)
    assert given_on(plan, "M-15") == {(number, 1): {"WIRKUNG": float(number)} for number in (1, 2, 3)}
    own = own_ratings(plan, enter(plan, running.codes[2]))
    assert {name: rating.by_code["WIRKUNG"].value for name, rating in own.items()} == {"M-15": 2, "M-16": 9}
    assert {rating.seat for rating in own.values()} == {2}


def test_seats_of_two_rounds_do_not_get_mixed_up(plan: Store, running: Opened) -> None:
    other = opened(plan, id="PR-2")
    give(plan, running.codes[1], "M-15", 7)
    give(plan, other.codes[1], "M-15", 2)
    assert own_ratings(plan, enter(plan, running.codes[1]))["M-15"].by_code["WIRKUNG"].value == 7
    assert own_ratings(plan, enter(plan, other.codes[1]))["M-15"].by_code["WIRKUNG"].value == 2


@pytest.mark.parametrize(
    ("measure_id", "scores", "refusal"),
    [
        ("M-18", scored(7), MeasureNotInRound),
        ("M-99", scored(7), MeasureNotInRound),
        ("M-15", {"KOSTEN": Score(code="KOSTEN", value=7)}, RatingDoesNotFitRound),
        ("M-15", {"wirkung": Score(code="wirkung", value=7)}, RatingDoesNotFitRound),
        ("M-15", {"WIRKUNG": Score(code="AUFWAND", value=7), "AUFWAND": Score(code="AUFWAND")}, RatingDoesNotFitRound),
    ],
)
def test_what_the_round_does_not_ask_for_is_refused(
    plan: Store, running: Opened, measure_id: str, scores: dict[str, Score | None], refusal: type[Refusal]
) -> None:
    before = plan.change_number()
    with pytest.raises(refusal):
        rate(plan, running.codes[1], measure_id, scores, at=NOW, today=TODAY)
    assert (plan.records(Rating), plan.change_number()) == ([], before)


def test_the_last_day_counts_and_the_day_after_takes_nothing_until_the_round_is_extended(
    plan: Store, running: Opened
) -> None:
    give(plan, running.codes[1], "M-15", 7, today=DEADLINE)
    the_day_after = date(2026, 12, 16)
    with pytest.raises(RatingTimeOver) as refused:
        give(plan, running.codes[1], "M-15", 8, today=the_day_after)
    assert refused.value.data == {"title": running.round.title, "deadline": DEADLINE}
    assert given_on(plan, "M-15") == {(1, 1): {"WIRKUNG": 7}}
    extend_round(plan, "PR-1", 1, the_day_after, by=ME, at=NOW, today=the_day_after)
    give(plan, running.codes[1], "M-15", 8, today=the_day_after)
    assert given_on(plan, "M-15") == {(1, 1): {"WIRKUNG": 8}}


def test_of_two_ratings_the_one_after_the_closing_is_not_stored(plan: Store, running: Opened) -> None:
    give(plan, running.codes[1], "M-15", 7)
    close(plan)
    before = plan.change_number()
    for measure_id in ("M-15", "M-16"):
        with pytest.raises(RoundNotOpen) as refused:
            give(plan, running.codes[1], measure_id, 2)
        assert refused.value.data == {"title": running.round.title, "state": RoundState.closed}
    assert given_on(plan, "M-15") == {(1, 1): {"WIRKUNG": 7}}
    assert plan.change_number() == before


@pytest.mark.parametrize("meanwhile", ["close", "remove", "renew"])
def test_what_happens_to_a_round_between_the_look_and_the_writing_is_seen(
    plan: Store, running: Opened, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    acts: dict[str, tuple[Callable[[], Any], type[Refusal]]] = {
        "close": (lambda: close(plan), RoundNotOpen),
        "remove": (lambda: remove_measure(plan, "PR-1", 1, "M-15", "doppelt", by=ME, at=NOW), MeasureNotInRound),
        "renew": (lambda: renew_code(plan, "PR-1", 1, 1, by=ME, at=NOW), AccessCodeUnknown),
    }
    act, refusal = acts[meanwhile]

    def look(store: Store, access: Access) -> dict[str, Rating]:
        found = own_ratings(store, access)
        act()
        return found

    monkeypatch.setattr(rating_module, "own_ratings", look)
    with pytest.raises(refusal):
        give(plan, running.codes[1], "M-15", 7)
    assert plan.records(Rating) == []
    assert plan.history(kind="rating") == []


def test_a_measure_that_is_taken_out_meanwhile_takes_no_more_and_keeps_what_it_has(
    plan: Store, running: Opened
) -> None:
    for code in running.codes.values():
        give(plan, code, "M-16", 7, 7, 7)
        give(plan, code, "M-15", 5, 5, 5)
    remove_measure(plan, "PR-1", 1, "M-16", "zurückgezogen", by=ME, at=NOW)
    with pytest.raises(MeasureNotInRound) as refused:
        give(plan, running.codes[1], "M-16", 2)
    assert refused.value.data == {"measure_id": "M-16", "title": running.round.title}
    assert given_on(plan, "M-16")[1, 1] == {"WIRKUNG": 7, "DRINGLICH": 7, "AUFWAND": 7}
    close(plan)
    assert [found.measure_id for found in rank_round(plan, "PR-1", by=ME).result.measures] == ["M-15", "M-17"]


# --- at once


def test_three_raters_at_once_lose_nothing(plan: Store, running: Opened) -> None:
    def rate_all(number: int) -> None:
        for place, measure_id in enumerate(("M-15", "M-16", "M-17")):
            for code in CODES_OF_CRITERIA[:2]:
                score = Score(code=code, value=number + place)
                rate(plan, running.codes[number], measure_id, {code: score}, at=NOW, today=TODAY)

    before = plan.change_number()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(rate_all, (1, 2, 3)))
    assert plan.change_number() == before + 3 * 3 * 2
    for place, measure_id in enumerate(("M-15", "M-16", "M-17")):
        assert given_on(plan, measure_id) == {
            (number, 1): dict.fromkeys(CODES_OF_CRITERIA[:2], float(number + place)) for number in (1, 2, 3)
        }


def test_windows_of_one_rater_on_the_same_measure_keep_each_other_s_scores(plan: Store, running: Opened) -> None:
    def window(code: str) -> None:
        for value in (1.0, 2.0, 3.0):
            rate(plan, running.codes[1], "M-15", {code: Score(code=code, value=value)}, at=NOW, today=TODAY)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(window, CODES_OF_CRITERIA))
    assert given_on(plan, "M-15") == {(1, 1): dict.fromkeys(CODES_OF_CRITERIA, 3.0)}
    (rating,) = plan.records(Rating)
    assert plan.newest("rating", rating.id).version == 9


# --- a further vote


def test_a_second_vote_takes_the_chosen_measures_only_and_leaves_the_first_one_s_ratings_in_place(
    store: Store,
) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    give(store, codes[1], "M-16", 2, 2, 2)
    with pytest.raises(MeasureNotInRound):
        give(store, codes[1], "M-15", 2)
    everything = {"WIRKUNG": 9, "DRINGLICH": 9, "AUFWAND": 3}
    assert given_on(store, "M-16") == {
        (1, 1): everything,
        (2, 1): everything,
        (3, 1): everything,
        (1, 2): dict.fromkeys(CODES_OF_CRITERIA, 2),
    }
    own = own_ratings(store, enter(store, codes[1]))
    assert {name: (rating.vote, rating.by_code["WIRKUNG"].value) for name, rating in own.items()} == {
        "M-15": (1, 3),
        "M-16": (2, 2),
        "M-17": (1, 6),
    }


def test_in_a_second_vote_a_criterion_that_is_not_scored_again_keeps_its_former_score(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    for code in codes.values():
        assert give(store, code, "M-16", 3).vote == 2
    assert own_ratings(store, enter(store, codes[1]))["M-16"].by_code == {
        "WIRKUNG": Score(code="WIRKUNG", value=3),
        "DRINGLICH": Score(code="DRINGLICH", value=9),
        "AUFWAND": Score(code="AUFWAND", value=3),
    }
    close(store)
    assert rank_round(store, "PR-1", by=ME).result.by_id["M-16"].utility == 6  # of 3 and 9; it is not missing


def test_who_gives_the_former_scores_in_a_second_vote_stands_by_them(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    before = store.change_number()
    assert give(store, codes[1], "M-16", 9, 9, 3).vote == 1
    assert store.change_number() == before
    assert give(store, codes[1], "M-16", 2).vote == 2
    give(store, codes[1], "M-16", 9)  # and who comes back to them has changed his mind twice
    assert own_ratings(store, enter(store, codes[1]))["M-16"].by_code["WIRKUNG"].value == 9


def test_while_a_second_vote_runs_the_first_one_is_seen_and_then_both(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    for number in (1, 2):
        give(store, codes[number], "M-16", 0, 0, 0)
    assert {rating.vote for rating in ratings_to_see(store, stored_round(store), by=ME)} == {1}
    assert rank_round(store, "PR-1", by=ME).result.by_id["M-16"].utility == 9
    close(store)
    assert len(ratings_to_see(store, stored_round(store), by=ME)) == 9 + 2
    found = rank_round(store, "PR-1", by=ME).result.by_id
    assert (found["M-16"].utility, found["M-17"].utility) == (0, 6)  # of 0, 0 and the third one's former 9


# --- how far they have come


def test_progress_counts_by_group_who_has_begun_and_who_is_through(plan: Store, running: Opened) -> None:
    def counts() -> list[tuple[str, int, int, int]]:
        return [(one.group_id, one.seats, one.started, one.finished) for one in progress(plan, stored_round(plan))]

    assert counts() == [("BG-AMT", 2, 0, 0), ("BG-POL", 1, 0, 0)]
    give(plan, running.codes[1], "M-15", 7)
    for measure_id in ("M-15", "M-16"):
        give(plan, running.codes[3], measure_id, 7, None, 7)
    assert counts() == [("BG-AMT", 2, 1, 0), ("BG-POL", 1, 1, 0)]
    give(plan, running.codes[3], "M-17", 7, 7)
    assert counts() == [("BG-AMT", 2, 1, 0), ("BG-POL", 1, 1, 0)]
    give(plan, running.codes[3], "M-17", 7, 7, None)  # who does not know has answered
    assert counts() == [("BG-AMT", 2, 1, 0), ("BG-POL", 1, 1, 1)]
    rate(plan, running.codes[1], "M-15", {"WIRKUNG": None}, at=NOW, today=TODAY)
    assert counts() == [("BG-AMT", 2, 0, 0), ("BG-POL", 1, 1, 1)]  # who took all back has not begun


def test_a_measure_that_left_is_waited_for_by_nobody(plan: Store, running: Opened) -> None:
    for measure_id in ("M-15", "M-16"):
        give(plan, running.codes[3], measure_id, 7, 7, 7)
    remove_measure(plan, "PR-1", 1, "M-17", "doppelt", by=ME, at=NOW)
    assert progress(plan, stored_round(plan))[1] == GroupProgress("BG-POL", seats=1, started=1, finished=1)


def test_a_second_vote_begins_again_and_asks_for_its_measures_alone(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    assert [(one.started, one.finished) for one in progress(store, stored_round(store))] == [(0, 0), (0, 0)]
    give(store, codes[2], "M-16", 5, 5, 5)
    assert [(one.started, one.finished) for one in progress(store, stored_round(store))] == [(1, 1), (0, 0)]


def test_new_seats_are_counted(plan: Store, running: Opened) -> None:
    add_seats(plan, "PR-1", 1, {"BG-POL": 4}, by=ME, at=NOW)
    assert [(one.group_id, one.seats) for one in progress(plan, stored_round(plan))] == [("BG-AMT", 2), ("BG-POL", 5)]


# --- hidden until closed


def test_nobody_sees_a_rating_while_the_first_vote_runs_and_everybody_once_it_is_over(
    plan: Store, running: Opened
) -> None:
    rating = give(plan, running.codes[1], "M-15", 7)
    with pytest.raises(RatingsStillHidden) as refused:
        ratings_to_see(plan, stored_round(plan), by=ME)
    assert refused.value.data == {"title": running.round.title}
    with pytest.raises(RatingsStillHidden):
        rank_round(plan, "PR-1", by=ME)
    assert (hidden_ratings(plan), is_hidden(plan, rating)) == ([rating], True)
    close(plan)
    assert ratings_to_see(plan, stored_round(plan), by=ME) == [rating]
    assert (hidden_ratings(plan), is_hidden(plan, rating)) == ([], False)


def test_of_a_second_vote_only_its_own_ratings_are_hidden(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    new = give(store, codes[1], "M-16", 2)
    (former,) = (one for one in store.records(Rating) if (one.seat, one.measure_id, one.vote) == (1, "M-16", 1))
    assert hidden_ratings(store) == [new]
    assert (is_hidden(store, new), is_hidden(store, former)) == (True, False)


def test_who_may_not_read_the_plan_sees_no_rating(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_and_rated(store)
    monkeypatch.setitem(RIGHTS, ME.role, frozenset())
    with pytest.raises(NotAllowed) as refused:
        ratings_to_see(store, stored_round(store), by=ME)
    assert refused.value.data == {"right": "read_plan", "role": Role.administration.value}


def exported(store: Store) -> PlanDocument:
    return read_plan(write_plan(export_plan(store, by=ME)))


def test_an_export_leaves_out_what_nobody_may_see_and_the_command_says_how_much(plan: Store, running: Opened) -> None:
    for code in running.codes.values():
        give(plan, code, "M-15", 7.125)
    done = carry_out(plan, "export", {"by": "Nacht"}, NOW)
    assert done["hidden_ratings"] == 3
    assert "7.125" not in done["text"]
    assert read_plan(done["text"]).records.rating == ()
    assert [round_.id for round_ in read_plan(done["text"]).records.priority_round] == ["PR-1"]
    assert [code for code in running.codes.values() if code in done["text"]] == []
    close(plan)
    done = carry_out(plan, "export", {"by": "Nacht"}, NOW)
    assert (done["hidden_ratings"], len(re.findall(r"7\.125", done["text"]))) == (0, 3)


def test_an_export_during_a_second_vote_holds_the_first_one(store: Store) -> None:
    codes = closed_and_rated(store).codes
    again_on(store, "M-16")
    give(store, codes[1], "M-16", 2)
    found = exported(store).records.rating
    assert len(found) == 9
    assert {rating.vote for rating in found} == {1}


def test_the_file_of_an_open_round_comes_back_without_harm_to_what_is_hidden(plan: Store, running: Opened) -> None:
    rating = give(plan, running.codes[1], "M-15", 7)
    document = exported(plan)
    give(plan, running.codes[2], "M-15", 8)
    before = plan.change_number()
    done = import_plan(plan, document, by=ME, at=NOW, today=TODAY)
    assert (done.new, done.changed, plan.change_number()) == ((), (), before)
    assert given_on(plan, "M-15") == {(1, 1): {"WIRKUNG": 7}, (2, 1): {"WIRKUNG": 8}}
    assert plan.newest("rating", rating.id).version == 1


def a_changed_round(store: Store) -> Record:
    found = stored_round(store)
    turned = RoundState.closed if found.state is RoundState.open else RoundState.open
    return found.model_copy(update={"state": turned})


def a_changed_criterion(store: Store) -> Record:
    found = stored_round(store)
    turned = found.criteria[0].model_copy(update={"direction": CriterionDirection.lower})
    return found.model_copy(update={"criteria": (turned, *found.criteria[1:])})


def a_seat_with_a_known_code(store: Store) -> Record:
    found = stored_round(store)
    seat = Seat(number=4, group_id="BG-POL", code_sha256=code_digest("ABCD-EFGH-JKLM"))
    return found.model_copy(update={"seats": (*found.seats, seat)})


def another_s_rating(store: Store) -> Record:
    return a_rating(2, "M-16", {"WIRKUNG": 10})


def a_changed_rating(store: Store) -> Record:
    (rating,) = store.records(Rating)
    return rating.model_copy(update={"scores": (Score(code="WIRKUNG", value=0),)})


@pytest.mark.parametrize(
    "bring", [a_changed_round, a_changed_criterion, a_seat_with_a_known_code, another_s_rating, a_changed_rating]
)
@pytest.mark.parametrize("ended", [False, True])
def test_a_file_changes_nothing_of_a_round_that_is_here_and_adds_nothing_to_it(
    plan: Store, running: Opened, bring: Callable[[Store], Record], ended: bool
) -> None:
    give(plan, running.codes[1], "M-15", 7)
    if ended:
        close(plan)
    record = bring(plan)
    document = plan_document([record, a_goal(id="Z-NEU")])
    before = plan.change_number()
    with pytest.raises(PlanFileBroken) as refused:
        preview_import(plan, document, today=TODAY)
    ((_, path, code, data),) = refused.value.data["problems"]
    assert (path.split(".")[:2], code) == (["records", record.kind], "round_kept_as_it_is")
    assert (data["id"], data["referred_id"]) == (record.id, "PR-1")
    with pytest.raises(PlanFileBroken):
        import_plan(plan, document, by=ME, at=NOW, today=TODAY, reason="Versuch")
    assert plan.change_number() == before


def test_a_round_that_was_dropped_does_not_come_back_by_a_file(plan: Store, running: Opened) -> None:
    drop_round(plan, "PR-1", 1, "Versehen", by=ME, at=NOW)
    with pytest.raises(PlanFileBroken):
        import_plan(plan, plan_document([running.round]), by=ME, at=NOW, today=TODAY, reason="doch")


def a_whole_round(*ratings: Rating) -> PlanDocument:
    """A closed round with all it refers to, as another office may bring it."""
    return plan_document(
        [
            a_goal(),
            a_measure(),
            a_measure(id="M-16", title="Zweite"),
            a_rater_group(),
            a_rater_group(id="BG-POL", title="Politik"),
            a_criteria_set(a_criterion()),
            a_round(a_criterion()),
            *ratings,
        ]
    )


def test_a_file_brings_a_whole_round(store: Store) -> None:
    ratings = (a_rating(1, "M-15", {"WIRKUNG": 7}), a_rating(3, "M-16", {"WIRKUNG": (2, 3, 4)}))
    import_plan(store, a_whole_round(*ratings), by=ME, at=NOW, today=TODAY)
    found = rank_round(store, "PR-1", by=ME)
    assert [(one.measure_id, one.utility) for one in found.result.ranking] == [("M-15", 7), ("M-16", 3)]


@pytest.mark.parametrize(
    ("rating", "refusal"),
    [
        (a_rating(4, "M-15"), "rating_does_not_fit_round"),
        (a_rating(1, "M-15", vote=2), "rating_does_not_fit_round"),
        (a_rating(1, "M-15", {"KOSTEN": 7}), "rating_does_not_fit_round"),
        (
            a_rating().model_copy(update={"scores": (Score(code="WIRKUNG", value=7), Score(code="WIRKUNG", value=2))}),
            "rating_does_not_fit_round",
        ),
        (a_rating(1, "M-17"), "measure_not_in_round"),
    ],
)
def test_a_file_s_rating_belongs_to_its_round(store: Store, rating: Rating, refusal: str) -> None:
    with pytest.raises(PlanFileBroken) as refused:
        import_plan(store, a_whole_round(rating), by=ME, at=NOW, today=TODAY)
    assert [problem[2] for problem in refused.value.data["problems"]] == [refusal]
    assert store.change_number() == 0


def test_a_file_s_rating_without_its_round_is_refused(plan: Store) -> None:
    with pytest.raises(UnknownReference) as refused:
        import_plan(plan, plan_document([a_rating(round_id="PR-9")]), by=ME, at=NOW, today=TODAY)
    assert refused.value.data["referred_id"] == "PR-9"
