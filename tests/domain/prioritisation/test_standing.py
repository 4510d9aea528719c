"""How firm a ranking stands: weights that turn neighbours round really do, and five points do what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings

from metrics.domain.priorities import PriorityRound, Rating, Seat, Voice
from metrics.domain.prioritisation.nutzwert import RoundResult, judge_round
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import (
    STEP,
    Neighbours,
    ScoreSpread,
    Shift,
    Standing,
    alone,
    front,
    standing,
)
from tests.domain.prioritisation.test_nutzwert import of_one, rated, rounds, seats, the_worked_example
from tests.plan import a_criterion, a_rating, a_round

CLOSE = 0.02
"""Four standard errors of a share of 10,000 draws."""
laws = settings(max_examples=30, deadline=None)


def of(
    round_: PriorityRound,
    ratings: Sequence[Rating],
    space: WeightSpace = WeightSpace.every,
    spread: ScoreSpread = ScoreSpread.stated,
    group_id: str | None = None,
) -> Standing:
    found = standing(
        round_, ratings, judge_round(round_, ratings, group_id), space=space, spread=spread, group_id=group_id
    )
    assert found is not None
    return found


def with_weights(round_: PriorityRound, shares: Mapping[str, float], ratings: Sequence[Rating]) -> RoundResult:
    """The round judged by other weights, entered in per cent; what is not named has none."""
    criteria = tuple(
        one.model_copy(update={"points": 100 * shares.get(one.code, 0.0), "counts": one.code in shares})
        for one in round_.criteria
    )
    changed = round_.model_dump() | {"criteria": [one.model_dump() for one in criteria], "weighting": "entered"}
    return judge_round(PriorityRound.model_validate(changed), ratings)


def with_one_weight(weights: Mapping[str, float], code: str, share: float) -> dict[str, float]:
    """The weights with one of them at a share and the others in proportion, worked out anew."""
    rest = sum(weight for other, weight in weights.items() if other != code)
    if not rest:
        return {code: 1.0}
    return {other: share if other == code else weight / rest * (1 - share) for other, weight in weights.items()}


# --- neighbours


def test_the_handbook_s_neighbours_turn_round_at_the_weights_that_are_worked_there() -> None:
    first, second = of(*the_worked_example()).neighbours
    assert (first.upper, first.lower, first.code) == ("M-A", "M-B", "E")
    assert (first.weight, first.needed) == pytest.approx((0.2, 5 / 17))  # the lead 2, 0, −3: 1.25 / 4.25
    assert first.change == pytest.approx(5 / 17 - 0.2)
    assert (second.upper, second.lower, second.code) == ("M-B", "M-C", "E")
    assert second.needed == pytest.approx(13 / 37)  # the lead 2, 1, −3: 1.625 / 4.625, nearer than W at 3/13
    assert second.change == pytest.approx(13 / 37 - 0.2)


def test_no_single_weight_turns_a_measure_round_that_is_behind_in_everything() -> None:
    round_ = a_round(a_criterion(code="W"), a_criterion(code="U"))
    (pair,) = of(round_, rated({"M-15": [{"W": 8, "U": 7}], "M-16": [{"W": 6, "U": 5}]})).neighbours
    assert pair == Neighbours("M-15", "M-16")
    assert (pair.code, pair.change) == (None, None)


def test_a_measure_alone_has_no_neighbour_and_none_has_no_standing() -> None:
    round_ = a_round(a_criterion(code="W"))
    ratings = [a_rating(1, "M-15", {"W": 7})]
    found = of(round_, ratings)
    assert (found.measure_ids, found.neighbours) == (("M-15",), ())
    assert found.among_first(1) == {"M-15": 1}
    assert standing(round_, [], judge_round(round_, [])) is None


@laws
@given(given_round=rounds())
def test_a_flip_really_flips_and_nothing_flips_before(given_round: tuple[PriorityRound, list[Rating]]) -> None:
    round_, ratings = given_round
    result = judge_round(round_, ratings)
    found = standing(round_, ratings, result)
    if found is None:
        return
    weights = {code: weight for code, weight in result.weights.items() if weight > 0}

    def lead_with(pair: Neighbours, code: str, share: float) -> float:
        return lead(with_weights(round_, with_one_weight(weights, code, share), ratings), pair)

    for pair in found.neighbours:
        ahead = lead(result, pair)
        if pair.code is None or pair.needed is None or pair.change is None:
            assert min(lead_with(pair, code, share) for code in weights for share in (0.0, 1.0)) > 0
        elif ahead <= 1e-9:
            assert pair.change == 0
        else:
            most_of_the_way = weights[pair.code] + 0.9 * pair.change
            assert lead_with(pair, pair.code, pair.needed) == pytest.approx(0, abs=1e-6)
            assert lead_with(pair, pair.code, most_of_the_way) == pytest.approx(ahead / 10, abs=1e-6)


def lead(result: RoundResult, pair: Neighbours) -> float:
    upper, lower = result.by_id[pair.upper].utility, result.by_id[pair.lower].utility
    assert upper is not None and lower is not None
    return upper - lower


# --- five points


def test_five_points_more_or_less_are_worked_out_for_every_criterion_that_counts() -> None:
    found = of(*the_worked_example())
    assert [(shift.code, shift.change) for shift in found.shifts] == [
        (code, change) for code in ("W", "U", "E") for change in (0.05, -0.05)
    ]
    (more,) = (shift for shift in found.shifts if (shift.code, shift.change) == ("W", STEP))
    assert more.weights == pytest.approx({"W": 0.55, "U": 0.27, "E": 0.18})  # 3 : 2 as before
    assert (more.order, more.moved) == (("M-A", "M-B", "M-C"), ())


def test_five_points_that_turn_two_measures_round_name_those_that_moved() -> None:
    round_ = a_round(
        a_criterion(code="W", points=52),
        a_criterion(code="U", points=48),
        weighting="entered",
        measure_ids=("M-1", "M-2", "M-3"),
    )
    said = {"M-1": [{"W": 9, "U": 9}], "M-2": [{"W": 8, "U": 4}], "M-3": [{"W": 4, "U": 8}]}
    less, more = (shift_of(of(round_, rated(said)), "W", change) for change in (-STEP, STEP))
    assert (less.order, less.moved) == (("M-1", "M-3", "M-2"), ("M-2", "M-3"))
    assert (more.order, more.moved) == (("M-1", "M-2", "M-3"), ())
    assert less.weights == pytest.approx({"W": 0.47, "U": 0.53})


def test_a_weight_ends_at_nothing_and_what_is_equal_keeps_its_order() -> None:
    round_ = a_round(a_criterion(code="W", points=97), a_criterion(code="U", points=3), weighting="entered")
    found = of(round_, rated({"M-15": [{"W": 5, "U": 9}], "M-16": [{"W": 5, "U": 1}]}))
    gone = shift_of(found, "U", -STEP)
    assert gone.weights == {"W": 1, "U": 0}
    assert (gone.order, gone.moved) == (("M-15", "M-16"), ())
    assert shift_of(found, "W", STEP).weights == {"W": 1, "U": 0}


def test_binary_digits_move_nobody() -> None:
    round_ = a_round(a_criterion(code="A"), a_criterion(code="B"), a_criterion(code="C"))
    said = {"M-15": [{"A": 5, "B": 0, "C": 3}], "M-16": [{"A": 5, "B": 1, "C": 2}]}
    less = shift_of(of(round_, rated(said)), "A", -STEP)  # 0 + 3 and 1 + 2 of the same weight differ in the last digit
    assert (less.order, less.moved) == (("M-15", "M-16"), ())


def test_one_criterion_keeps_all_the_weight() -> None:
    found = of(a_round(a_criterion(code="W")), rated({"M-15": [{"W": 5}], "M-16": [{"W": 9}]}))
    assert [shift.weights for shift in found.shifts] == [{"W": 1}, {"W": 1}]
    assert [shift.moved for shift in found.shifts] == [(), ()]


@laws
@given(given_round=rounds())
def test_shifted_weights_sum_to_one_and_give_the_order_that_is_told(
    given_round: tuple[PriorityRound, list[Rating]],
) -> None:
    round_, ratings = given_round
    found = standing(round_, ratings, judge_round(round_, ratings))
    if found is None:
        return
    assert len(found.shifts) == 2 * len(found.codes)
    for shift in found.shifts:
        assert sum(shift.weights.values()) == pytest.approx(1, abs=1e-12)
        assert min(shift.weights.values()) >= 0
        totals = with_weights(round_, shift.weights, ratings).by_id
        then = [totals[name].utility or 0.0 for name in shift.order]
        assert all(upper >= lower - 1e-8 for upper, lower in pairwise(then))
        assert {*shift.moved} == {
            name for before, name in zip(found.measure_ids, shift.order, strict=True) if name != before
        }


def shift_of(found: Standing, code: str, change: float) -> Shift:
    return next(shift for shift in found.shifts if (shift.code, shift.change) == (code, change))


# --- shares


def test_the_handbook_s_shares_come_out_as_they_are_told_there() -> None:
    every = of(*the_worked_example()).among_first(1)
    assert every == pytest.approx({"M-A": 0.39, "M-B": 0.15, "M-C": 0.45}, abs=CLOSE)
    ordered = of(*the_worked_example(), WeightSpace.ordered).among_first(1)
    assert ordered == pytest.approx({"M-A": 0.94, "M-B": 0.06, "M-C": 0.0}, abs=CLOSE)


def test_with_given_weights_and_sure_scores_the_ranking_is_certain_however_raters_disagree() -> None:
    round_ = a_round(a_criterion(code="W"))
    ratings = rated({"M-15": [{"W": 9}, {"W": 9}, {"W": 0}], "M-16": [{"W": 5}, {"W": 5}, {"W": 5}]})
    assert of(round_, ratings, WeightSpace.fixed).among_first(1) == {"M-15": 1, "M-16": 0}
    disagreeing = of(round_, ratings, WeightSpace.fixed, ScoreSpread.raters).among_first(1)
    assert disagreeing == pytest.approx({"M-15": 2 / 3, "M-16": 1 / 3}, abs=CLOSE)


def test_each_rater_has_the_same_chance_whatever_the_voice_and_who_does_not_know_has_none() -> None:
    round_ = a_round(a_criterion(code="W"), seats=seats(*["BG-AMT"] * 3, "BG-POL", "BG-POL"), voice=Voice.group)
    said = {"M-15": [{"W": 9}, {"W": 9}, {"W": 9}, {"W": 0}, {"W": None}], "M-16": [{"W": 4}] * 5}
    found = of(round_, rated(said), WeightSpace.fixed, ScoreSpread.raters)
    assert found.among_first(1)["M-15"] == pytest.approx(3 / 4, abs=CLOSE)  # by groups it would be 1/2, by seats 4/5


def test_where_much_speaks_against_a_measure_the_raters_scores_are_turned_round_too() -> None:
    round_ = a_round(a_criterion(code="W", direction="lower"))
    ratings = rated({"M-15": [{"W": (1, 2, 3)}, {"W": 9}], "M-16": [{"W": 6}, {"W": 6}]})
    stated, disagreeing = (of(round_, ratings, WeightSpace.fixed, spread).among_first(1) for spread in ScoreSpread)
    assert stated["M-15"] == 1  # medians 5 to 6 against, 4 to 5 in favour; the other one has 4
    assert disagreeing["M-15"] == pytest.approx(1 / 2, abs=CLOSE)


def test_a_range_is_as_uncertain_as_its_raters_say() -> None:
    round_ = a_round(a_criterion(code="W"))
    ratings = rated({"M-15": [{"W": (2, 8, 10)}], "M-16": [{"W": 4}]})
    found = of(round_, ratings, WeightSpace.fixed).among_first(1)
    assert found == pytest.approx({"M-15": 6 / 8, "M-16": 2 / 8}, abs=CLOSE)


def test_among_as_many_as_there_are_everybody_is_and_among_none_nobody() -> None:
    found = of(*the_worked_example())
    assert found.among_first(3) == pytest.approx({"M-A": 1, "M-B": 1, "M-C": 1})
    assert found.among_first(99) == found.among_first(3)
    assert found.among_first(0) == {"M-A": 0, "M-B": 0, "M-C": 0}


@pytest.mark.parametrize(("ranked", "first"), [(1, 1), (3, 1), (4, 2), (10, 5), (16, 5)])
def test_sentences_speak_of_the_first_half_of_a_short_list_and_of_five_of_a_long_one(ranked: int, first: int) -> None:
    assert front(of_one([5] * ranked)) == first
    assert front(of_one([*[5] * ranked, None, None])) == first  # what has no rank makes no list longer


def test_the_weights_that_favour_a_measure_are_told_and_none_where_it_is_never_first() -> None:
    round_ = a_round(a_criterion(code="W"), a_criterion(code="U"), measure_ids=("M-1", "M-2", "M-3"))
    said = {"M-1": [{"W": 9, "U": 1}], "M-2": [{"W": 1, "U": 9}], "M-3": [{"W": 1, "U": 1}]}
    found = of(round_, rated(said))
    assert found.favouring("M-1") == pytest.approx({"W": 3 / 4, "U": 1 / 4}, abs=CLOSE)  # W from 1/2 to 1
    assert found.favouring("M-2") == pytest.approx({"W": 1 / 4, "U": 3 / 4}, abs=CLOSE)
    assert found.favouring("M-3") is None


def test_what_does_not_count_and_what_has_no_rank_has_no_part_in_the_draws() -> None:
    round_ = a_round(
        a_criterion(code="W", points=100, knock_out=2),
        a_criterion(code="U", points=0),
        a_criterion(code="A", counts=False),
        weighting="swing",
        measure_ids=("M-1", "M-2", "M-3"),
    )
    said = {"M-1": [{"W": 1, "U": 9, "A": 9}], "M-2": [{"U": 9, "A": 9}], "M-3": [{"W": 3, "U": 9, "A": 9}]}
    found = of(round_, rated(said))
    assert (found.measure_ids, found.codes) == (("M-3",), ("W",))
    assert {shift.code for shift in found.shifts} == {"W"}


@pytest.mark.parametrize("spread", ScoreSpread)
def test_a_group_by_itself_stands_by_its_own_raters(spread: ScoreSpread) -> None:
    round_ = a_round(a_criterion(code="W"))
    ratings = rated({"M-15": [{"W": 9}, {"W": 8}, {"W": 1}], "M-16": [{"W": 5}, {"W": 5}, {"W": 5}]})
    shares = {
        group: of(round_, ratings, WeightSpace.fixed, spread, group).among_first(1)["M-15"]
        for group in ("BG-AMT", "BG-POL")
    }
    assert shares == {"BG-AMT": 1, "BG-POL": 0}


def test_each_group_is_judged_by_itself() -> None:
    round_ = a_round(a_criterion(code="W"), voice=Voice.group)
    ratings = rated({"M-15": [{"W": 9}, {"W": 5}, {"W": 1}], "M-16": [{"W": 6}, {"W": 6}, {"W": 6}]})
    found = alone(round_, ratings)
    assert {group: [one.measure_id for one in result.ranking] for group, result in found.items()} == {
        "BG-AMT": ["M-15", "M-16"],
        "BG-POL": ["M-16", "M-15"],
    }
    assert [result.by_id["M-15"].utility for result in found.values()] == [7, 1]
    assert found["BG-POL"] == judge_round(round_, ratings, "BG-POL")


@settings(max_examples=8, deadline=None)
@given(given_round=rounds())
def test_a_further_rater_who_knows_nothing_makes_a_ranking_no_firmer(
    given_round: tuple[PriorityRound, list[Rating]],
) -> None:
    round_, ratings = given_round
    number = len(round_.seats) + 1
    larger = round_.model_copy(update={"seats": (*round_.seats, Seat(number=number, group_id="BG-AMT"))})
    unsure = [
        a_rating(number, name, dict.fromkeys([criterion.code for criterion in round_.criteria]))
        for name in round_.measure_ids
    ]
    if not judge_round(round_, ratings).ranking:
        return
    found, more = (
        of(one, given_ratings, spread=ScoreSpread.raters)
        for one, given_ratings in ((round_, ratings), (larger, [*ratings, *unsure]))
    )
    assert more.acceptability.acceptability.tolist() == found.acceptability.acceptability.tolist()
    assert (more.neighbours, more.shifts) == (found.neighbours, found.shifts)
