"""Examples worked by hand, situations in which something is missing, and laws of the Nutzwert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.priorities import (
    Criterion,
    CriterionDirection,
    MatrixAxis,
    PriorityRound,
    Rating,
    RemovedMeasure,
    RoundState,
    Score,
    Seat,
    Voice,
)
from metrics.domain.prioritisation.nutzwert import (
    LEAST_STEP,
    Ranked,
    RoundResult,
    in_favour,
    is_flat,
    judge_round,
    ratings_that_count,
)
from tests.plan import a_criterion, a_rating, a_round

laws = settings(max_examples=40, deadline=None)

SAID = {
    "M-A": [
        {"W": (7, 8, 9), "U": 6, "E": 4, "A": 8},
        {"W": 7, "U": 5, "E": 5, "A": 7},
        {"W": 9, "U": 6, "E": 3, "A": 8},
    ],
    "M-B": [{"W": 6, "U": 6, "E": 7, "A": 4}, {"W": 6, "U": 7, "E": 6, "A": 4}, {"W": 7, "U": 5, "E": 9, "A": 5}],
    "M-C": [{"W": 3, "U": 5, "E": 10, "A": 2}, {"W": 5, "U": 5, "E": 9, "A": 3}, {"W": 4, "U": 5, "E": 10, "A": 2}],
}
"""Three raters on three measures: Wirkung 50 %, Unternehmen 30 %, Einfluss 20 %; Aufwand does not count."""


def the_worked_example(**over: Any) -> tuple[PriorityRound, list[Rating]]:
    """The example of the handbook's chapter on priorities."""
    round_ = a_round(
        a_criterion(code="W", title="Wirkung", points=100, axis=MatrixAxis.impact),
        a_criterion(code="U", title="Mehrwert", points=60),
        a_criterion(code="E", title="Einfluss", points=40),
        a_criterion(
            code="A", title="Aufwand", counts=False, axis=MatrixAxis.effort, direction=CriterionDirection.lower
        ),
        **{"weighting": "swing", "measure_ids": ("M-A", "M-B", "M-C")} | over,
    )
    return round_, rated(SAID)


def rated(said: Mapping[str, Sequence[Mapping[str, Any]]], **over: Any) -> list[Rating]:
    """What seats 1, 2, … say of each measure."""
    return [
        a_rating(seat, measure_id, scores, **over)
        for measure_id, of_seats in said.items()
        for seat, scores in enumerate(of_seats, 1)
    ]


def on_one(*values: Any, **over: Any) -> RoundResult:
    """Two measures on one criterion: what seats 1, 2, … say of M-15 and, as (M-15, M-16), of both."""
    pairs = [value if isinstance(value, list) else [value] for value in values]
    said = {"M-15": [{"W": pair[0]} for pair in pairs], "M-16": [{"W": pair[1]} for pair in pairs if len(pair) > 1]}
    criterion = {"code": "W"} | over.pop("criterion", {})
    return judge_round(a_round(a_criterion(**criterion), **over), rated(said))


def seats(*groups: str) -> tuple[Seat, ...]:
    return tuple(Seat(number=number, group_id=group) for number, group in enumerate(groups, 1))


def of_one(utilities: Sequence[Any], **over: Any) -> RoundResult:
    """One rater, one criterion, one measure for each score: M-0, M-1, …"""
    names = [f"M-{place}" for place in range(len(utilities))]
    round_ = a_round(a_criterion(code="W", **over), measure_ids=tuple(names))
    return judge_round(round_, [a_rating(1, name, {"W": score}) for name, score in zip(names, utilities, strict=True)])


def places(result: RoundResult) -> list[tuple[str, tuple[int, int] | None]]:
    return [(found.measure_id, found.places) for found in result.measures]


# --- worked by hand


def test_the_handbook_s_example_comes_out_as_it_is_worked_there() -> None:
    found = judge_round(*the_worked_example())
    assert [one.utility for one in found.measures] == [6.6, 6.2, 5.5]  # with means it would be 6.5, 6.43, 5.43
    assert found.by_id["M-A"].contributions == pytest.approx({"W": 4.0, "U": 1.8, "E": 0.8})
    assert (found.by_id["M-A"].utility_low, found.by_id["M-A"].utility_high) == (6.1, 7.1)
    assert places(found) == [("M-A", (1, 2)), ("M-B", (1, 2)), ("M-C", (3, 3))]
    assert found.concordance is not None
    assert found.concordance.w == pytest.approx(7 / 9)
    assert (found.raters, found.complete, found.unrated) == (3, 3, ())
    assert [one.effort for one in found.measures] == [(8, 8, 8), (4, 4, 4), (2, 2, 2)]
    assert [one.impact for one in found.measures] == [(8, 7, 9), (6, 6, 6), (4, 4, 4)]


def test_without_the_one_range_the_example_s_measures_are_told_apart() -> None:
    round_, ratings = the_worked_example()
    alone = a_rating(1, "M-A", {"W": 8, "U": 6, "E": 4, "A": 8})
    found = judge_round(round_, [alone if rating.id == alone.id else rating for rating in ratings])
    assert [one.places for one in found.measures] == [(1, 1), (2, 2), (3, 3)]


def test_a_cell_is_the_median_and_no_mean() -> None:
    cell = on_one(2, 3, 10).by_id["M-15"].cells["W"]
    assert cell is not None
    assert cell.value == 3  # the mean would be 5
    assert (cell.lowest, cell.highest, cell.spread, cell.raters, cell.unsure) == (2, 10, 8, 3, 0)


def test_of_an_even_number_the_median_lies_between_the_two_in_the_middle() -> None:
    assert on_one(2, 10, 4, 6, seats=seats(*["BG-AMT"] * 4)).by_id["M-15"].utility == 5


def test_bounds_have_medians_of_their_own_and_a_score_without_a_range_is_its_own_bound() -> None:
    cell = on_one((5, 6, 10), 7, (1, 8, 9)).by_id["M-15"].cells["W"]
    assert cell is not None
    assert (cell.low, cell.value, cell.high) == (5, 7, 9)  # of 5, 7, 1 and of 10, 7, 9
    assert (cell.lowest, cell.highest) == (6, 8)  # the raters' scores, not what they held possible


def test_who_does_not_know_answers_and_gives_no_number() -> None:
    cell = on_one(4, None, 8).by_id["M-15"].cells["W"]
    assert cell is not None
    assert (cell.value, cell.raters, cell.unsure) == (6, 2, 1)  # a 0 would make it 4


@pytest.mark.parametrize(("voice", "value"), [(Voice.rater, 8), (Voice.group, 5)])
def test_a_large_group_outvotes_a_small_one_unless_each_has_one_voice(voice: Voice, value: float) -> None:
    found = on_one(8, 9, 8, 2, seats=seats("BG-AMT", "BG-AMT", "BG-AMT", "BG-POL"), voice=voice)
    assert found.by_id["M-15"].utility == value


def test_each_group_s_bounds_have_one_voice_as_its_scores_have() -> None:
    said = ((7, 8, 9), (7, 8, 9), (7, 8, 9), (0, 2, 3))
    by_group = on_one(*said, seats=seats("BG-AMT", "BG-AMT", "BG-AMT", "BG-POL"), voice=Voice.group).by_id["M-15"]
    assert (by_group.utility_low, by_group.utility, by_group.utility_high) == (3.5, 5, 6)


def test_a_group_that_only_does_not_know_has_no_voice() -> None:
    found = on_one(8, 9, 8, None, seats=seats("BG-AMT", "BG-AMT", "BG-AMT", "BG-POL"), voice=Voice.group)
    assert found.by_id["M-15"].utility == 8


@pytest.mark.parametrize("voice", Voice)
def test_a_group_by_itself_speaks_with_its_own_raters_alone(voice: Voice) -> None:
    round_ = a_round(a_criterion(code="W"), voice=voice)
    ratings = rated({"M-15": [{"W": 9}, {"W": 5}, {"W": 1}]})
    of_group = {group: judge_round(round_, ratings, group) for group in ("BG-AMT", "BG-POL", "BG-FREMD")}
    assert {group: found.by_id["M-15"].utility for group, found in of_group.items()} == {
        "BG-AMT": 7,
        "BG-POL": 1,
        "BG-FREMD": None,
    }
    assert [found.raters for found in of_group.values()] == [2, 1, 0]


def test_where_much_speaks_against_a_measure_the_score_is_turned_round_and_its_bounds_change_places() -> None:
    found = of_one([(1, 3, 4), 7], direction="lower")
    assert [(one.utility_low, one.utility, one.utility_high) for one in found.measures] == [(6, 7, 9), (3, 3, 3)]
    cell = found.by_id["M-0"].cells["W"]
    assert cell is not None
    assert (cell.low, cell.value, cell.high) == (1, 3, 4)  # as it was given
    assert in_favour(a_criterion(direction="lower"), cell) == (7, 6, 9)
    assert in_favour(a_criterion(direction="higher"), cell) == (3, 1, 4)


@pytest.mark.parametrize("effort", [0, 10, None])
def test_effort_that_does_not_count_changes_no_total(effort: float | None) -> None:
    round_, ratings = the_worked_example()
    other = [
        rating.model_copy(update={"scores": (*rating.scores[:3], Score(code="A", value=effort))}) for rating in ratings
    ]
    assert [one.utility for one in judge_round(round_, other).measures] == [6.6, 6.2, 5.5]
    assert "A" not in judge_round(round_, other).by_id["M-A"].contributions


def test_a_weight_of_zero_counts_for_nothing_and_its_score_is_not_missed() -> None:
    round_ = a_round(a_criterion(code="W", points=100), a_criterion(code="U", points=0), weighting="swing")
    found = judge_round(round_, rated({"M-15": [{"W": 7}], "M-16": [{"W": 6, "U": 10}]}))
    assert [(one.utility, one.missing) for one in found.measures] == [(7, ()), (6, ())]
    assert found.unrated == ()


# --- what is missing


def test_without_a_score_that_counts_there_is_no_nutzwert_and_the_other_weights_are_not_blown_up() -> None:
    round_ = a_round(a_criterion(code="W", points=60), a_criterion(code="U", points=40), weighting="entered")
    found = judge_round(round_, rated({"M-15": [{"W": 10}], "M-16": [{"W": 4, "U": 4}]}))
    lacking = found.by_id["M-15"]
    assert (lacking.utility, lacking.utility_low, lacking.utility_high) == (None, None, None)  # neither 10 nor 6
    assert (lacking.missing, lacking.ranked, lacking.places) == (("U",), False, None)
    assert lacking.contributions == {"W": 6}
    assert places(found) == [("M-16", (1, 1)), ("M-15", None)]
    assert (found.weights, found.unrated) == ({"W": 0.6, "U": 0.4}, ())


def test_an_answer_without_a_number_from_everybody_is_missing_too() -> None:
    found = on_one([None, 5], [None, 6])
    assert (found.by_id["M-15"].missing, found.by_id["M-15"].cells["W"]) == (("W",), None)
    assert (found.raters, found.complete) == (2, 0)


def test_a_criterion_that_nobody_scored_is_named_and_one_that_does_not_count_is_not() -> None:
    round_, ratings = the_worked_example()
    without = [
        rating.model_copy(update={"scores": tuple(score for score in rating.scores if score.code in ("W", "E"))})
        for rating in ratings
    ]
    found = judge_round(round_, without)
    assert (found.unrated, found.ranking) == (("U",), ())
    assert [one.missing for one in found.measures] == [("U",)] * 3


def test_nobody_rated() -> None:
    found = judge_round(the_worked_example()[0], [])
    assert (found.raters, found.complete, found.concordance, found.ranking) == (0, 0, None, ())
    assert found.unrated == ("W", "U", "E")
    assert [(one.measure_id, one.utility, one.impact, one.dissent_on) for one in found.measures] == [
        (name, None, None, None) for name in ("M-A", "M-B", "M-C")
    ]
    assert not is_flat(found)


def test_one_rater_alone_gives_a_ranking_and_no_agreement() -> None:
    round_, ratings = the_worked_example()
    found = judge_round(round_, [rating for rating in ratings if rating.seat == 2])
    assert [(one.measure_id, one.utility) for one in found.ranking] == [("M-B", 6.3), ("M-A", 6), ("M-C", 5.8)]
    assert (found.raters, found.complete, found.concordance) == (1, 1, None)


def test_where_everybody_gives_everything_the_same_all_share_the_first_band() -> None:
    said = dict.fromkeys(("M-A", "M-B", "M-C"), [{"W": 7, "U": 7, "E": 7}] * 3)
    found = judge_round(the_worked_example()[0], rated(said))
    assert is_flat(found)
    assert places(found) == [("M-A", (1, 3)), ("M-B", (1, 3)), ("M-C", (1, 3))]
    assert (found.complete, found.concordance) == (3, None)
    assert {one.dissent_on for one in found.measures} == {None}


def test_one_measure_alone_is_first_and_not_flat() -> None:
    found = of_one([7])
    assert (places(found), is_flat(found)) == ([("M-0", (1, 1))], False)


# --- K.-o.


@pytest.mark.parametrize(
    ("direction", "score", "out"),
    [("higher", 3.9, True), ("higher", 4, False), ("lower", 6.5, True), ("lower", 6, False), ("lower", 0, False)],
)
def test_a_score_in_favour_below_the_knock_out_takes_the_rank_and_leaves_the_nutzwert(
    direction: str, score: float, out: bool
) -> None:
    found = of_one([score, 0 if direction == "higher" else 10], direction=direction, knock_out=4).by_id["M-0"]
    assert (found.knocked_out, found.ranked, found.places) == (("W",) if out else (), not out, None if out else (1, 1))
    assert found.utility == pytest.approx(score if direction == "higher" else 10 - score)


def test_what_is_knocked_out_stands_behind_and_takes_no_rank_from_others() -> None:
    round_ = a_round(
        a_criterion(code="W", knock_out=5),
        a_criterion(code="RECHT", counts=False, knock_out=1),
        measure_ids=("M-1", "M-2", "M-3", "M-4"),
    )
    said = {"M-1": [{"W": 4}], "M-2": [{"W": 6, "RECHT": 1}], "M-3": [{"W": 9, "RECHT": 0}], "M-4": [{"W": 5}]}
    found = judge_round(round_, rated(said))
    assert places(found) == [("M-2", (1, 1)), ("M-4", (2, 2)), ("M-3", None), ("M-1", None)]
    assert found.by_id["M-3"].knocked_out == ("RECHT",)  # a criterion that does not count can rule out
    assert found.by_id["M-4"].knocked_out == ()  # and what nobody scored rules out nothing


def test_it_is_the_median_that_falls_below_the_knock_out_and_no_single_rater() -> None:
    assert on_one(0, 6, 7, criterion={"knock_out": 5}).by_id["M-15"].knocked_out == ()
    assert on_one(0, 4, 7, criterion={"knock_out": 5}).by_id["M-15"].knocked_out == ("W",)


# --- bands


@pytest.mark.parametrize(
    ("scores", "shared"),
    [
        ([7, 6.9], [(1, 2), (1, 2)]),
        ([7, 6.89], [(1, 1), (2, 2)]),
        ([7, 6.95, 6.9], [(1, 3), (1, 3), (1, 3)]),
        ([7, 6.9, 6.8], [(1, 2), (1, 2), (3, 3)]),  # 6.8 is near 6.9, which is in the band above: no chain
        ([7, 6.9, 6.8, 6.7], [(1, 2), (1, 2), (3, 4), (3, 4)]),
        ([(6, 7, 8), 6], [(1, 2), (1, 2)]),  # half of the range is 1
        ([(6, 7, 8), 5.99], [(1, 1), (2, 2)]),
        ([7, (5, 6, 7)], [(1, 2), (1, 2)]),  # whichever of the two is uncertain
        ([(6, 7, 8), (5.5, 6, 6.5)], [(1, 2), (1, 2)]),
        ([7, 6.6, (2, 6.5, 9)], [(1, 1), (2, 3), (2, 3)]),  # who is told apart ends the band
        ([(7, 7, 8), 6.5], [(1, 2), (1, 2)]),
        ([9, 9, 1], [(1, 2), (1, 2), (3, 3)]),
    ],
)
def test_totals_that_are_closer_than_their_uncertainty_share_their_ranks(
    scores: list[Any], shared: list[tuple[int, int]]
) -> None:
    assert pytest.approx(0.1) == LEAST_STEP
    assert [one.places for one in of_one(scores).measures] == shared


def test_measures_with_the_same_total_stand_in_the_order_of_the_round() -> None:
    assert [name for name, _ in places(of_one([5, 8, 5, 8]))] == ["M-1", "M-3", "M-0", "M-2"]


# --- votes, and measures that left


def test_a_second_vote_replaces_the_ratings_that_were_given_again_and_no_others() -> None:
    round_ = a_round(a_criterion(code="W"), vote=2, revote_ids=("M-15",))
    first = rated({"M-15": [{"W": 2}, {"W": 4}, {"W": 4}], "M-16": [{"W": 5}, {"W": 5}, {"W": 5}]})
    again = [a_rating(1, "M-15", {"W": 9}, vote=2), a_rating(2, "M-15", {"W": 8}, vote=2)]
    found = judge_round(round_, [*again, *first])
    assert found.by_id["M-15"].utility == 8  # of 9, 8 and the third one's former 4; not of 9 and 8, nor of all five
    assert found.by_id["M-16"].utility == 5
    cell = found.by_id["M-15"].cells["W"]
    assert cell is not None
    assert (cell.raters, cell.lowest) == (3, 4)


def test_a_criterion_that_is_not_scored_again_keeps_its_former_score() -> None:
    round_ = a_round(a_criterion(code="W"), a_criterion(code="U"), vote=3, revote_ids=("M-15",))
    votes = [
        a_rating(1, "M-15", {"W": 2, "U": 8}),
        a_rating(1, "M-15", {"W": 6}, vote=2),
        a_rating(1, "M-15", {"U": None}, vote=3),
    ]
    (stands,) = ratings_that_count(round_, reversed(votes))
    assert {code: score.value for code, score in stands.by_code.items()} == {"W": 6, "U": None}
    assert judge_round(round_, votes).by_id["M-15"].missing == ("U",)
    after_two = round_.model_copy(update={"vote": 2})
    assert judge_round(after_two, votes).by_id["M-15"].utility == 7  # of 6 and 8, not 6 alone


def test_a_vote_that_runs_changes_nothing_yet() -> None:
    first = rated({"M-15": [{"W": 2}, {"W": 4}, {"W": 4}]})
    again = [a_rating(seat, "M-15", {"W": 9}, vote=2) for seat in (1, 2, 3)]
    while_it_runs = a_round(a_criterion(code="W"), vote=2, revote_ids=("M-15",), state=RoundState.open)
    assert judge_round(while_it_runs, [*first, *again]).by_id["M-15"].utility == 4
    closed = while_it_runs.model_copy(update={"state": RoundState.closed})
    assert judge_round(closed, [*first, *again]).by_id["M-15"].utility == 9


def test_while_the_first_vote_runs_there_is_nothing_to_judge() -> None:
    round_, ratings = the_worked_example(state=RoundState.open)
    assert ratings_that_count(round_, ratings) == []
    assert judge_round(round_, ratings).raters == 0


def test_a_measure_that_left_counts_nowhere() -> None:
    gone = (RemovedMeasure(measure_id="M-15", reason="zurückgezogen"),)
    round_ = a_round(a_criterion(code="W"), removed=gone)
    ratings = [a_rating(1, "M-15", {"W": 9}), a_rating(2, "M-16", {"W": 5})]
    found = judge_round(round_, ratings)
    assert places(found) == [("M-16", (1, 1))]
    assert (found.raters, found.complete) == (1, 1)  # seat 2 rated all that is left, seat 1 nothing


def test_a_round_that_every_measure_left_ranks_nothing() -> None:
    gone = tuple(RemovedMeasure(measure_id=name, reason="zurückgezogen") for name in ("M-15", "M-16"))
    found = judge_round(a_round(a_criterion(code="W"), removed=gone), [a_rating(1, "M-15", {"W": 9})])
    assert (found.measures, found.ranking, found.concordance) == ((), (), None)


def test_ratings_of_another_round_are_none_of_this_one() -> None:
    ratings = [a_rating(1, "M-15", {"W": 9}, round_id="PR-2"), a_rating(2, "M-15", {"W": 3})]
    assert judge_round(a_round(a_criterion(code="W")), ratings).by_id["M-15"].utility == 3


def test_an_invented_rating_marks_the_measure_it_is_about() -> None:
    ratings = [a_rating(1, "M-15", {"W": 9}, evidence=Evidence.illustrative), a_rating(1, "M-16", {"W": 3})]
    found = judge_round(a_round(a_criterion(code="W")), ratings)
    assert {one.measure_id: one.illustrative for one in found.measures} == {"M-15": True, "M-16": False}


# --- agreement and dissent


@pytest.mark.parametrize(("raters", "w"), [(1, None), (2, None), (3, 1.0)])
def test_there_is_a_concordance_from_three_complete_raters_on(raters: int, w: float | None) -> None:
    found = on_one(*[[8, 3]] * raters)
    assert found.complete == raters
    assert (found.concordance and found.concordance.w) == w


def test_a_rater_who_left_something_out_has_no_part_in_the_concordance() -> None:
    four = seats(*["BG-AMT"] * 4)
    alike = [[8, 3], [7, 2], [9, 1]]
    found = on_one(*alike, [1, None], seats=four)
    assert (found.raters, found.complete) == (4, 3)
    assert found.concordance is not None
    assert (found.concordance.w, found.concordance.raters) == (1.0, 3)
    against = on_one(*alike, [1, 9], seats=four).concordance
    assert against is not None
    assert against.w == pytest.approx(0.25)  # (3 − 1)² / 4²


def test_the_concordance_is_that_of_each_rater_s_own_totals_in_favour() -> None:
    said = [[8, 3], [7, 2], [1, 9]]
    for direction in CriterionDirection:
        found = on_one(*said, criterion={"direction": direction}).concordance
        assert found is not None
        assert found.w == pytest.approx(1 / 9)


def test_a_complete_rater_needs_no_score_on_what_does_not_count() -> None:
    round_, ratings = the_worked_example()
    without = [rating.model_copy(update={"scores": rating.scores[:3]}) for rating in ratings]
    assert judge_round(round_, without).complete == 3


def test_dissent_is_the_largest_distance_of_two_scores_on_one_criterion() -> None:
    round_ = a_round(a_criterion(code="W"), a_criterion(code="U"))
    said = {"M-15": [{"W": 2, "U": 9}, {"W": 9, "U": 8}], "M-16": [{"W": 4, "U": (0, 4, 10)}, {"W": 4, "U": 4}]}
    found = judge_round(round_, rated(said))
    assert {one.measure_id: (one.dissent, one.dissent_on) for one in found.measures} == {
        "M-15": (7, "W"),
        "M-16": (0, None),  # a wide range is one rater's doubt, not two raters' dissent
    }


# --- coordinates


def test_an_axis_is_the_mean_of_its_criteria_by_their_weights() -> None:
    round_ = a_round(
        a_criterion(code="W", points=60, axis=MatrixAxis.impact),
        a_criterion(code="S", points=20, axis=MatrixAxis.impact, direction="lower"),
        a_criterion(code="U", points=20),
        weighting="entered",
    )
    found = judge_round(round_, rated({"M-15": [{"W": (7, 8, 10), "S": (3, 4, 6), "U": 0}]})).by_id["M-15"]
    assert found.impact == pytest.approx((7.5, 6.25, 9.25))  # (3 · 8 + 1 · 6) / 4; alike it would be 7
    assert found.effort is None


def test_criteria_of_an_axis_that_do_not_count_weigh_alike() -> None:
    round_ = a_round(
        a_criterion(code="W"),
        a_criterion(code="ZEIT", counts=False, axis=MatrixAxis.effort, direction="lower"),
        a_criterion(code="MACHBAR", counts=False, axis=MatrixAxis.effort, direction="higher"),
    )
    said = {"M-15": [{"W": 5, "ZEIT": (7, 8, 9), "MACHBAR": 6}], "M-16": [{"W": 5, "ZEIT": 8}]}
    found = judge_round(round_, rated(said))
    assert found.by_id["M-15"].effort == pytest.approx((6, 5.5, 6.5))  # much time is 8, hardly feasible is 4
    assert found.by_id["M-16"].effort is None


def test_without_a_criterion_for_impact_the_nutzwert_is_the_impact() -> None:
    found = of_one([(4, 7, 8), None])
    assert [one.impact for one in found.measures] == [(7, 4, 8), None]


def test_impact_is_known_where_the_nutzwert_is_not() -> None:
    round_ = a_round(a_criterion(code="W", axis=MatrixAxis.impact), a_criterion(code="U"))
    found = judge_round(round_, rated({"M-15": [{"W": 7}], "M-16": [{"U": 7}]}))
    assert {one.measure_id: (one.utility, one.impact) for one in found.measures} == {
        "M-15": (None, (7, 7, 7)),
        "M-16": (None, None),
    }


# --- laws

MEASURES = ("M-0", "M-1", "M-2", "M-3")


@st.composite
def rounds(draw: st.DrawFn, gaps: bool = True) -> tuple[PriorityRound, list[Rating]]:
    """A closed round with up to four criteria, measures and raters of two groups; most scores are whole numbers."""
    codes = "ABCD"[: draw(st.integers(1, 4))]
    criteria = [
        a_criterion(
            code=code,
            points=draw(st.sampled_from([100, 60, 33, 0])) if place else 100,
            counts=draw(st.booleans()) if place else True,
            direction=draw(st.sampled_from(CriterionDirection)),
            knock_out=draw(st.sampled_from([None, None, 3])),
            axis=draw(st.sampled_from([None, *MatrixAxis])),
        )
        for place, code in enumerate(codes)
    ]
    names = MEASURES[: draw(st.integers(1, 4))]
    groups = draw(st.lists(st.sampled_from(["BG-AMT", "BG-POL"]), min_size=1, max_size=4))
    round_ = a_round(
        *criteria,
        weighting=draw(st.sampled_from(["swing", "equal"])),
        measure_ids=names,
        seats=seats(*groups),
        voice=draw(st.sampled_from(Voice)),
    )
    ratings = [
        a_rating(seat, name, {code: draw(scores(gaps)) for code in codes})
        for seat in range(1, len(groups) + 1)
        for name in names
    ]
    return round_, ratings


def scores(gaps: bool) -> st.SearchStrategy[Any]:
    whole = st.integers(0, 10).map(float)
    ranges = st.lists(whole, min_size=3, max_size=3).map(sorted).map(tuple)
    return st.one_of(whole, whole, ranges, st.none()) if gaps else st.one_of(whole, ranges)


def renamed(round_: PriorityRound, ratings: list[Rating]) -> tuple[PriorityRound, list[Rating]]:
    """The same with other ids of measures and codes of criteria, which sort the other way round."""
    measure = {name: f"X-{9 - place}" for place, name in enumerate(MEASURES)}
    code = {name: f"K{9 - place}" for place, name in enumerate("ABCD")}
    criteria = tuple(one.model_copy(update={"code": code[one.code]}) for one in round_.criteria)
    names = tuple(measure[name] for name in round_.measure_ids)
    return round_.model_copy(update={"criteria": criteria, "measure_ids": names}), [
        rating.model_copy(
            update={
                "id": f"N-{rating.id}",
                "measure_id": measure[rating.measure_id],
                "scores": tuple(score.model_copy(update={"code": code[score.code]}) for score in rating.scores),
            }
        )
        for rating in ratings
    ]


def figures(result: RoundResult) -> list[Any]:
    """Everything that was found out, without the names."""
    return [
        (
            *(one.utility, one.utility_low, one.utility_high, one.places, one.impact, one.effort, one.dissent),
            *(list(one.contributions.values()), list(one.cells.values()), len(one.missing), len(one.knocked_out)),
        )
        for one in result.measures
    ]


@laws
@given(given_round=rounds())
def test_ids_of_measures_and_codes_of_criteria_change_nothing(given_round: tuple[PriorityRound, list[Rating]]) -> None:
    found, other = judge_round(*given_round), judge_round(*renamed(*given_round))
    assert figures(other) == figures(found)
    assert list(other.weights.values()) == list(found.weights.values())
    assert (other.concordance, other.complete, len(other.unrated)) == (
        found.concordance,
        found.complete,
        len(found.unrated),
    )


@laws
@given(given_round=rounds(), data=st.data())
def test_the_order_in_which_ratings_arrive_changes_nothing(
    given_round: tuple[PriorityRound, list[Rating]], data: st.DataObject
) -> None:
    round_, ratings = given_round
    assert judge_round(round_, data.draw(st.permutations(ratings))) == judge_round(round_, ratings)


@laws
@given(given_round=rounds(gaps=False), data=st.data())
def test_a_measure_that_is_worse_in_every_rating_never_comes_before_the_better_one(
    given_round: tuple[PriorityRound, list[Rating]], data: st.DataObject
) -> None:
    round_, ratings = given_round
    worse = [
        rating.model_copy(
            update={
                "id": f"S-{rating.id}",
                "measure_id": "M-S",
                "scores": tuple(
                    lowered(round_.criterion(score.code), score, data.draw(st.integers(0, 3)))
                    for score in rating.scores
                ),
            }
        )
        for rating in ratings
        if rating.measure_id == "M-0"
    ]
    with_both = round_.model_copy(update={"measure_ids": ("M-S", *round_.measure_ids)})
    found = judge_round(with_both, [*worse, *ratings]).by_id
    better, beaten = found["M-0"], found["M-S"]
    assert better.utility is not None and beaten.utility is not None
    assert beaten.utility <= better.utility
    if beaten.places is not None:
        assert better.places is not None  # what knocks out the better one knocks out the worse one
        assert better.places[0] <= beaten.places[0]


def lowered(criterion: Criterion, score: Score, by: int) -> Score:
    """The score and its range, less in favour by so much and no further than the scale goes."""
    step = -by if criterion.direction is CriterionDirection.higher else by
    moved = {
        name: None if end is None else min(max(end + step, 0.0), 10.0)
        for name, end in (("value", score.value), ("low", score.low), ("high", score.high))
    }
    return Score(code=score.code, **moved)


@laws
@given(given_round=rounds(), group=st.sampled_from(["BG-AMT", "BG-POL", "BG-NEU"]))
def test_a_further_rater_who_knows_nothing_changes_nothing(
    given_round: tuple[PriorityRound, list[Rating]], group: str
) -> None:
    round_, ratings = given_round
    number = len(round_.seats) + 1
    larger = round_.model_copy(update={"seats": (*round_.seats, Seat(number=number, group_id=group))})
    unsure = [
        a_rating(number, name, dict.fromkeys([criterion.code for criterion in round_.criteria]))
        for name in round_.measure_ids
    ]
    found, more = judge_round(round_, ratings), judge_round(larger, [*ratings, *unsure])
    assert [without_the_unsure(one) for one in more.measures] == [without_the_unsure(one) for one in found.measures]
    assert replace(more, measures=()) == replace(found, measures=())


def without_the_unsure(found: Ranked) -> Ranked:
    return replace(found, cells={code: cell and replace(cell, unsure=0) for code, cell in found.cells.items()})


@laws
@given(given_round=rounds())
def test_contributions_sum_to_the_nutzwert_and_it_lies_on_the_scale_between_its_bounds(
    given_round: tuple[PriorityRound, list[Rating]],
) -> None:
    for one in judge_round(*given_round).measures:
        if one.utility is None:
            assert one.missing
            continue
        assert one.utility_low is not None and one.utility_high is not None
        assert sum(one.contributions.values()) == pytest.approx(one.utility, abs=1e-8)
        assert 0 <= one.utility_low <= one.utility <= one.utility_high <= 10


@laws
@given(given_round=rounds())
def test_bands_share_out_every_rank_once_from_the_highest_total_down(
    given_round: tuple[PriorityRound, list[Rating]],
) -> None:
    ranking = judge_round(*given_round).ranking
    for place, one in enumerate(ranking, 1):
        assert one.places is not None
        first, last = one.places
        assert first <= place <= last <= len(ranking)
        assert [other.measure_id for other in ranking if other.places == one.places] == [
            other.measure_id for other in ranking[first - 1 : last]
        ]
    totals = [one.utility for one in ranking if one.utility is not None]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) == len(ranking)
