"""Weights from ranks, points and comparisons in pairs, and one weight shifted at the cost of the others."""

from __future__ import annotations

from itertools import pairwise
from math import fsum

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.domain.prioritisation.weighting import (
    RANDOM_INDICES,
    equal_weights,
    pairwise_weights,
    rank_order_centroid,
    shifted,
    swing_weights,
    weights_of_ranks,
)

unhurried = settings(deadline=None)
POINTS = st.lists(st.floats(0, 100), min_size=1, max_size=9)
SHARES = POINTS.map(swing_weights)


def test_equal_weights_share_one_alike():
    assert equal_weights(4) == (0.25, 0.25, 0.25, 0.25)


def test_two_ranks_weigh_three_quarters_and_one_quarter():
    assert rank_order_centroid(2) == (0.75, 0.25)
    assert weights_of_ranks([2, 1]) == (0.25, 0.75)


@unhurried
@given(st.integers(1, 30))
def test_weights_of_ranks_fall_from_rank_to_rank_and_sum_to_one(count: int):
    weights = rank_order_centroid(count)
    assert all(higher > lower for higher, lower in pairwise([*weights, 0]))
    assert fsum(weights) == pytest.approx(1, abs=1e-12)


def test_criteria_of_the_same_rank_share_the_places_they_occupy():
    first, second, third = rank_order_centroid(3)
    shared = pytest.approx((second + third) / 2, abs=1e-15)
    assert weights_of_ranks([2, 1, 2]) == (shared, first, shared)
    assert weights_of_ranks([1, 1, 1]) == pytest.approx(equal_weights(3), abs=1e-15)


@unhurried
@given(st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_weights_depend_on_the_order_of_the_ranks_and_not_on_gaps_between_them(ranks: list[int]):
    weights = weights_of_ranks(ranks)
    assert fsum(weights) == pytest.approx(1, abs=1e-12)
    assert weights == weights_of_ranks([10 * rank + 3 for rank in ranks])
    for one, other in pairwise(range(len(ranks))):
        assert (weights[one] > weights[other]) == (ranks[one] < ranks[other])


def test_points_become_shares_in_the_same_proportion():
    assert swing_weights([100, 50, 50, 0]) == (0.5, 0.25, 0.25, 0.0)


def test_no_points_at_all_weigh_alike_and_points_below_zero_are_refused():
    assert swing_weights([0, 0]) == (0.5, 0.5)
    with pytest.raises(ValueError, match="below 0"):
        swing_weights([100, -1])


# --- one weight shifted


def test_a_weight_rises_at_the_cost_of_the_others_in_their_proportions():
    assert shifted((0.5, 0.3, 0.2), 0, 0.1) == pytest.approx((0.6, 0.24, 0.16), abs=1e-15)
    assert shifted((0.5, 0.3, 0.2), 2, -0.1) == pytest.approx((0.5625, 0.3375, 0.1), abs=1e-15)


def test_a_weight_ends_at_nothing_or_at_everything():
    assert shifted((0.5, 0.3, 0.2), 1, -0.4) == pytest.approx((5 / 7, 0, 2 / 7), abs=1e-15)
    assert shifted((0.5, 0.3, 0.2), 1, 0.9) == (0, 1, 0)


def test_others_without_any_weight_share_what_is_left():
    assert shifted((0, 1, 0), 1, -0.5) == (0.25, 0.5, 0.25)


def test_a_single_weight_stays_everything():
    assert shifted((1.0,), 0, -0.3) == (1.0,)


@unhurried
@given(SHARES, st.integers(0, 8), st.floats(-1.5, 1.5))
def test_a_shifted_weight_leaves_shares_that_sum_to_one(weights: tuple[float, ...], place: int, change: float):
    assume(place < len(weights))
    found = shifted(weights, place, change)
    assert fsum(found) == pytest.approx(1, abs=1e-12)
    assert all(0 <= weight <= 1 + 1e-12 for weight in found)
    if len(weights) > 1:
        assert found[place] == min(max(weights[place] + change, 0), 1)


# --- comparisons in pairs


@unhurried
@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9))
def test_comparisons_without_a_contradiction_give_back_the_weights_behind_them(sizes: list[float]):
    behind = np.array(sizes)
    found = pairwise_weights(behind[:, None] / behind[None, :])
    assert found.weights == pytest.approx(behind / behind.sum(), abs=1e-9)
    assert found.lambda_max == pytest.approx(len(sizes), abs=1e-9)
    assert found.consistency_index == pytest.approx(0, abs=1e-9)


def test_a_circle_of_preferences_is_far_from_consistent():
    circle = [[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]]
    found = pairwise_weights(circle)
    ratio = found.consistency_ratio(RANDOM_INDICES["saaty_1980"])
    assert found.weights == pytest.approx(equal_weights(3), abs=1e-9)
    assert found.consistency_index == pytest.approx((1 + 5 + 1 / 5 - 3) / 2, abs=1e-9)
    assert ratio == pytest.approx(found.consistency_index / 0.58, abs=1e-12) and ratio > 0.10


def test_two_criteria_cannot_contradict_each_other():
    found = pairwise_weights([[1, 4], [1 / 4, 1]])
    assert found.weights == pytest.approx((0.8, 0.2), abs=1e-12)
    assert [found.consistency_ratio(index) for index in RANDOM_INDICES.values()] == [0, 0, 0]


def test_a_table_that_ends_too_early_gives_no_ratio():
    found = pairwise_weights(np.ones((11, 11)))
    assert found.consistency_ratio(RANDOM_INDICES["saaty_1980"]) is None
    assert found.consistency_ratio(RANDOM_INDICES["saaty_2005"]) == pytest.approx(0, abs=1e-9)


def test_the_three_tables_of_random_indices_begin_at_three_criteria_and_rise():
    assert {name: index.values[3] for name, index in RANDOM_INDICES.items()} == {
        "saaty_1980": 0.58,
        "saaty_2005": 0.52,
        "donegan_dodd": 0.4914,
    }
    for name, index in RANDOM_INDICES.items():
        assert index.id == name and index.source
        assert sorted(index.values) == list(range(3, 3 + len(index.values)))
        assert all(lower < higher for lower, higher in pairwise(index.values.values()))


@pytest.mark.parametrize(
    "matrix", [[[1, 2]], [1, 2], [[]], [[1, 0], [1, 1]], [[1, -2], [-0.5, 1]], [[1, np.nan], [1, 1]]]
)
def test_a_matrix_that_holds_no_comparisons_is_refused(matrix: list):
    with pytest.raises(ValueError, match=r"comparison"):
        pairwise_weights(matrix)
