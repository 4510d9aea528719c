"""Criteria and their weights, scores and their ranges, and what a round says of itself."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from metrics.domain.priorities import (
    CriteriaSet,
    Criterion,
    PairComparison,
    RemovedMeasure,
    RoundState,
    Score,
    Seat,
)
from tests import strategies
from tests.domain.test_base import refusal_of
from tests.plan import a_criteria_set, a_criterion, a_rating, a_round

THREE = ("A", "B", "C")


def criteria(*points: float | None) -> list[Criterion]:
    """Criteria A, B, C … with what the weighting asks for."""
    return [a_criterion(code=code, points=given) for code, given in zip("ABCDEFGHI", points, strict=False)]


def weighted(weighting: str, *points: float | None, **over: Any) -> CriteriaSet:
    return a_criteria_set(*criteria(*points), weighting=weighting, **over)


def pairs(**ratios: float) -> tuple[PairComparison, ...]:
    """`AB=2`: A is twice as important as B."""
    return tuple(PairComparison(first=name[0], second=name[1], ratio=ratio) for name, ratio in ratios.items())


# --- weights


@pytest.mark.parametrize(
    ("weighting", "points", "shares"),
    [
        ("equal", (None, None, None), (1 / 3, 1 / 3, 1 / 3)),
        ("equal", (50, 30, 20), (1 / 3, 1 / 3, 1 / 3)),  # what another weighting left behind is not read
        ("entered", (50, 30, 20), (0.5, 0.3, 0.2)),
        ("entered", (100, 0, 0), (1, 0, 0)),
        ("swing", (100, 60, 40), (0.5, 0.3, 0.2)),
        ("swing", (50, 100, 100), (0.2, 0.4, 0.4)),
        ("rank", (1, 2, 3), (11 / 18, 5 / 18, 2 / 18)),  # not 3/6, 2/6, 1/6, which are sums of ranks
        ("rank", (3, 1, 2), (2 / 18, 11 / 18, 5 / 18)),
        ("rank", (1, 2, 2), (22 / 36, 7 / 36, 7 / 36)),
        ("rank", (1, 3, 3), (22 / 36, 7 / 36, 7 / 36)),
    ],
)
def test_each_weighting_makes_its_own_weights_of_the_points(
    weighting: str, points: tuple[float | None, ...], shares: tuple[float, ...]
) -> None:
    assert weighted(weighting, *points).weights == pytest.approx(dict(zip(THREE, shares, strict=True)), abs=1e-12)


def test_comparisons_in_pairs_that_agree_give_back_their_ratios() -> None:
    found = weighted("pairwise", None, None, None, comparisons=pairs(AB=2, AC=4, BC=2))
    assert found.weights == pytest.approx({"A": 4 / 7, "B": 2 / 7, "C": 1 / 7})
    assert found.pairwise is not None
    assert found.pairwise.consistency_index == pytest.approx(0, abs=1e-9)


def test_a_pair_may_be_named_the_other_way_round_with_the_inverse_ratio() -> None:
    one = weighted("pairwise", None, None, comparisons=pairs(AB=4))
    other = weighted("pairwise", None, None, comparisons=pairs(BA=1 / 4))
    assert one.weights == pytest.approx({"A": 0.8, "B": 0.2})
    assert other.weights == pytest.approx(one.weights)
    assert weighted("pairwise", None, None, comparisons=pairs(BA=4)).weights == pytest.approx({"A": 0.2, "B": 0.8})


def test_comparisons_that_contradict_each_other_are_weighted_and_the_contradiction_is_told() -> None:
    in_a_circle = weighted("pairwise", None, None, None, comparisons=pairs(AB=3, BC=3, CA=3)).pairwise
    assert in_a_circle is not None
    assert in_a_circle.weights == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert in_a_circle.consistency_index == pytest.approx(2 / 3)  # λ = 1 + 3 + 1/3, (λ − 3) / 2


def test_there_is_no_consistency_where_nothing_was_compared() -> None:
    assert weighted("swing", 100, 60, comparisons=pairs(AB=2)).pairwise is None


def test_what_does_not_count_has_no_weight_and_needs_no_points_but_keeps_its_place() -> None:
    found = a_criteria_set(
        a_criterion(code="A", points=100),
        a_criterion(code="AUFWAND", counts=False),
        a_criterion(code="C", points=100),
        weighting="swing",
    )
    assert list(found.weights.items()) == [("A", 0.5), ("AUFWAND", 0.0), ("C", 0.5)]


def test_points_of_what_does_not_count_are_in_no_sum() -> None:
    chosen = [*criteria(60, 40), a_criterion(code="AUFWAND", counts=False, points=100)]
    assert a_criteria_set(*chosen, weighting="entered").weights == {"A": 0.6, "B": 0.4, "AUFWAND": 0.0}


def test_entered_weights_may_miss_a_hundred_by_what_rounding_leaves() -> None:
    found = weighted("entered", 33.334, 33.334, 33.334)
    assert sum(found.weights.values()) == pytest.approx(1, abs=1e-12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(found=strategies.records("criteria_set"))
def test_weights_are_shares_that_sum_to_one_however_they_come_about(found: CriteriaSet) -> None:
    assert sum(found.weights.values()) == pytest.approx(1, abs=1e-9)
    assert all(0 <= share <= 1 + 1e-12 for share in found.weights.values())
    assert [code for code, share in found.weights.items() if share > 0 and not found.criterion(code).counts] == []


@pytest.mark.parametrize(
    ("weighting", "points", "error"),
    [
        ("entered", (50, 30, None), "points_missing"),
        ("entered", (50, 30, 19.9), "weights_not_whole"),
        ("entered", (50, 30, 20.1), "weights_not_whole"),
        ("entered", (0.5, 0.3, 0.2), "weights_not_whole"),
        ("swing", (100, 60, None), "points_missing"),
        ("swing", (99, 60, 40), "no_swing_has_all_points"),
        ("swing", (0, 0, 0), "no_swing_has_all_points"),
        ("rank", (1, 2, None), "points_missing"),
        ("rank", (0, 1, 2), "places_not_counted"),
        ("rank", (1, 2, 4), "places_not_counted"),
        ("rank", (1, 1.5, 2), "places_not_counted"),
        ("pairwise", (None,) * 8, "too_many_pairs"),
    ],
)
def test_points_that_make_no_weights_are_refused_by_name(
    weighting: str, points: tuple[float | None, ...], error: str
) -> None:
    def build(**over: Any) -> CriteriaSet:
        return weighted(over["weighting"], *points)

    assert refusal_of(build, weighting=weighting) == (error, ("criteria",))


def test_what_is_lacking_to_a_hundred_is_told() -> None:
    with pytest.raises(ValidationError) as caught:
        weighted("entered", 50, 30, 15.5)
    assert caught.value.errors()[0]["ctx"] == {"total": 95.5, "lacking": 4.5}


@pytest.mark.parametrize("points", [-0.1, 100.1])
def test_points_lie_between_zero_and_a_hundred(points: float) -> None:
    kind, place = refusal_of(a_criterion, points=points)
    assert (kind, place) == ("greater_than_equal" if points < 0 else "less_than_equal", ("points",))


def test_a_code_twice_and_a_set_in_which_nothing_counts_are_refused() -> None:
    twice = (a_criterion(code="A"), a_criterion(code="B"), a_criterion(code="A", counts=False))
    assert refusal_of(a_criteria_set, criteria=twice) == ("duplicate_code", ("criteria",))
    nothing = (a_criterion(code="A", counts=False), a_criterion(code="B", counts=False))
    assert refusal_of(a_criteria_set, criteria=nothing) == ("no_criterion_counts", ("criteria",))


@pytest.mark.parametrize(
    ("compared", "error"),
    [
        (pairs(AB=2, AC=4), "pair_not_compared_once"),
        ((), "pair_not_compared_once"),
        (pairs(AB=2, BA=0.5, AC=4, BC=2), "pair_not_compared_once"),
        (pairs(AB=2, AC=4, BC=2) * 2, "pair_not_compared_once"),
        (pairs(AB=2, AC=4, BC=2, AA=1), "pair_of_unknown"),
        (pairs(AB=2, AC=4, BC=2, AZ=3), "pair_of_unknown"),
        (pairs(AB=2, AC=4, BC=2, AD=3), "pair_of_unknown"),  # D does not count
    ],
)
def test_every_pair_that_counts_is_compared_once_and_no_other_one(
    compared: tuple[PairComparison, ...], error: str
) -> None:
    chosen = (*criteria(None, None, None), a_criterion(code="D", counts=False))
    assert refusal_of(a_criteria_set, criteria=chosen, weighting="pairwise", comparisons=compared) == (error, ())
    assert a_criteria_set(*chosen, weighting="pairwise", comparisons=pairs(AB=2, AC=4, BC=2)).weights["D"] == 0


def test_seven_criteria_can_be_compared_in_pairs() -> None:
    codes = "ABCDEFG"
    compared = tuple(PairComparison(first=one, second=two, ratio=1) for one, two in combinations(codes, 2))
    found = weighted("pairwise", *[None] * 7, comparisons=compared)
    assert found.weights == pytest.approx(dict.fromkeys(codes, 1 / 7))


@pytest.mark.parametrize("ratio", [9.1, 1 / 9.1, 0])
def test_a_ratio_stays_on_the_scale_from_a_ninth_to_nine(ratio: float) -> None:
    with pytest.raises(ValidationError):
        pairs(AB=ratio)
    assert [pair.ratio for pair in pairs(AB=9, AC=1 / 9)] == [9, 1 / 9]


# --- criteria


@pytest.mark.parametrize("missing", ["anchor_low", "anchor_middle", "anchor_high"])
def test_a_criterion_is_anchored_once_all_three_anchors_are_there(missing: str) -> None:
    assert a_criterion().anchored
    assert not a_criterion(**{missing: "  "}).anchored


def test_ten_in_favour_is_ten_of_what_is_good_and_none_of_what_is_bad() -> None:
    assert [a_criterion(direction="higher").in_favour(score) for score in (0, 3, 10)] == [0, 3, 10]
    assert [a_criterion(direction="lower").in_favour(score) for score in (0, 3, 10)] == [10, 7, 0]


@pytest.mark.parametrize("knock_out", [-0.1, 10.1])
def test_a_knock_out_lies_on_the_scale(knock_out: float) -> None:
    assert refusal_of(a_criterion, knock_out=knock_out)[1] == ("knock_out",)


def test_a_criterion_is_found_by_its_code_and_an_unknown_one_is_no_criterion() -> None:
    assert a_criteria_set().criterion("AUFWAND").title == "Aufwand"
    with pytest.raises(KeyError):
        a_criteria_set().criterion("aufwand")


def test_a_round_is_held_to_the_same_weights_as_a_set() -> None:
    twice = (a_criterion(code="A"), a_criterion(code="A"))
    assert refusal_of(a_round, criteria=twice) == ("duplicate_code", ("criteria",))
    assert a_round(*criteria(100, 60, 40), weighting="swing").weights == {"A": 0.5, "B": 0.3, "C": 0.2}


def test_a_round_names_each_measure_and_each_seat_once() -> None:
    assert refusal_of(a_round, measure_ids=("M-15", "M-16", "M-15")) == ("measure_named_twice", ("measure_ids",))
    seats = (Seat(number=1, group_id="BG-AMT"), Seat(number=1, group_id="BG-POL"))
    assert refusal_of(a_round, seats=seats) == ("seat_named_twice", ("seats",))


# --- scores


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(7, None, None), (7, 6, 8), (7, 7, 7), (0, 0, 10), (10, 0, 10), (None, None, None)],
)
def test_a_score_stands_alone_or_within_its_range(value: float | None, low: float | None, high: float | None) -> None:
    found = Score(code="A", value=value, low=low, high=high)
    assert (found.value, found.low, found.high) == (value, low, high)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (7, 6, None),
        (7, None, 8),
        (7, 8, 9),
        (7, 5, 6),
        (7, 8, 6),
        (None, 6, 8),
        (None, 6, None),
        (None, None, 8),
    ],
)
def test_a_range_that_does_not_hold_its_score_is_refused(
    value: float | None, low: float | None, high: float | None
) -> None:
    assert refusal_of(Score, code="A", value=value, low=low, high=high) == ("range_without_its_value", ())


@pytest.mark.parametrize("over", [{"value": 10.1}, {"value": -0.1}, {"value": 9, "low": 8, "high": 11}])
def test_a_score_and_its_range_stay_on_the_scale(over: dict[str, float]) -> None:
    kind, _ = refusal_of(Score, code="A", **over)
    assert kind in {"less_than_equal", "greater_than_equal"}


def test_a_score_without_a_range_is_its_own_bound() -> None:
    alone, ranged = Score(code="A", value=7), Score(code="A", value=7, low=0, high=8)
    assert (alone.least, alone.most) == (7, 7)
    assert (ranged.least, ranged.most) == (0, 8)  # a lower bound of 0 is one


def test_a_rating_gives_its_scores_by_code() -> None:
    found = a_rating(scores={"A": 7, "B": None, "C": (1, 2, 3)}).by_code
    assert (found["A"].value, found["B"].value, found["C"].low, found["C"].high) == (7, None, 1, 3)


# --- rounds


def test_a_measure_that_left_stays_written_down_and_is_rated_no_more() -> None:
    gone = (RemovedMeasure(measure_id="M-15", reason="zurückgezogen"),)
    found = a_round(measure_ids=("M-16", "M-15", "M-14"), removed=gone)
    assert found.measure_ids == ("M-16", "M-15", "M-14")
    assert (found.measures, found.to_rate) == (("M-16", "M-14"), ("M-16", "M-14"))


def test_a_second_vote_is_about_the_chosen_measures_in_the_order_of_the_round() -> None:
    found = a_round(measure_ids=("M-16", "M-15", "M-14"), vote=2, revote_ids=("M-14", "M-16"))
    assert found.to_rate == ("M-16", "M-14")
    assert found.measures == ("M-16", "M-15", "M-14")
    left = found.model_copy(update={"removed": (RemovedMeasure(measure_id="M-16", reason="zurückgezogen"),)})
    assert left.to_rate == ("M-14",)


def test_the_first_vote_is_about_everything_whatever_is_chosen() -> None:
    assert a_round(vote=1, revote_ids=("M-16",)).to_rate == ("M-15", "M-16")


@pytest.mark.parametrize(
    ("state", "vote", "seen"),
    [
        (RoundState.open, 1, 0),
        (RoundState.open, 2, 1),
        (RoundState.closed, 1, 1),
        (RoundState.closed, 2, 2),
        (RoundState.decided, 2, 2),
    ],
)
def test_the_vote_that_runs_is_not_seen(state: RoundState, vote: int, seen: int) -> None:
    assert a_round(state=state, vote=vote).votes_to_see == seen


def test_groups_stand_in_the_order_of_their_seats_each_once() -> None:
    groups = ("BG-POL", "BG-AMT", "BG-POL")
    found = a_round(seats=tuple(Seat(number=place, group_id=group) for place, group in enumerate(groups, 1)))
    assert found.groups == ("BG-POL", "BG-AMT")


def test_a_seat_is_found_by_its_number_and_not_by_its_place() -> None:
    found = a_round(seats=(Seat(number=7, group_id="BG-AMT"), Seat(number=1, group_id="BG-POL")))
    assert found.seat(1) == Seat(number=1, group_id="BG-POL")
    assert found.seat(2) is None


@pytest.mark.parametrize(
    ("over", "place"),
    [
        ({"measure_ids": ()}, ("measure_ids",)),
        ({"seats": ()}, ("seats",)),
        ({"seats": tuple(Seat(number=number, group_id="BG-AMT") for number in range(1, 402))}, ("seats",)),
        ({"vote": 0}, ("vote",)),
        ({"vote": 100}, ("vote",)),
        ({"criteria": ()}, ("criteria",)),
        ({"criteria_set_version": 0}, ("criteria_set_version",)),
    ],
)
def test_a_round_needs_measures_seats_criteria_and_a_vote(over: dict[str, Any], place: tuple[str, ...]) -> None:
    assert refusal_of(a_round, **over)[1] == place


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64])
def test_a_seat_keeps_a_checksum_and_nothing_that_looks_like_a_code(digest: str) -> None:
    assert refusal_of(Seat, number=1, group_id="BG-AMT", code_sha256=digest)[0] == "string_pattern_mismatch"
    assert Seat(number=1, group_id="BG-AMT", code_sha256="0f" * 32).code_sha256 == "0f" * 32


@pytest.mark.parametrize("number", [0, 10_000])
def test_seats_are_numbered_from_one(number: int) -> None:
    assert refusal_of(Seat, number=number, group_id="BG-AMT")[1] == ("number",)
