"""TOPSIS and PROMETHEE II at their borders, and the laws they keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from metrics.domain.prioritisation.outranking import promethee2, topsis

unhurried = settings(deadline=None)
TABLES = some.arrays(float, some.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(0, 10))


def some_weights(criteria: int) -> np.ndarray:
    sizes = np.arange(1.0, criteria + 1)
    return sizes / sizes.sum()


def test_the_best_in_everything_is_wholly_close_and_the_worst_not_at_all():
    assert topsis([[9, 1], [5, 5], [1, 9]], [0.5, 0.5], [1, -1]) == pytest.approx([1, 0.5, 0], abs=1e-12)


def test_a_column_of_zeros_counts_for_nothing():
    with_zeros = topsis([[3, 0, 1], [1, 0, 2]], [0.25, 0.5, 0.25], [1, 1, 1])
    assert with_zeros == pytest.approx(topsis([[3, 1], [1, 2]], [0.5, 0.5], [1, 1]), abs=1e-12)


@pytest.mark.parametrize("table", [[[4, 2], [4, 2], [4, 2]], [[0, 0], [0, 0]], [[7, 1]]])
def test_measures_that_are_all_the_same_are_neither_close_nor_far(table: list[list[int]]):
    assert topsis(table, [0.5, 0.5], [1, 1]).tolist() == [0.5] * len(table)


@unhurried
@given(TABLES)
def test_closeness_is_a_share_and_the_same_for_the_same_measures(table: np.ndarray):
    found = topsis(np.vstack([table, table[:1]]), some_weights(table.shape[1]), np.ones(table.shape[1]))
    assert ((found >= 0) & (found <= 1)).all()
    assert found[-1] == found[0]


@unhurried
@given(TABLES, st.sampled_from([-1, 1]))
def test_a_unit_of_a_criterion_does_not_matter_to_closeness(table: np.ndarray, direction: int):
    weights, directions = some_weights(table.shape[1]), np.full(table.shape[1], direction)
    units = 10.0 ** np.arange(table.shape[1])
    assert topsis(table * units, weights, directions) == pytest.approx(topsis(table, weights, directions), abs=1e-9)


# --- PROMETHEE II


@unhurried
@given(TABLES, st.floats(0, 3), st.floats(0, 3))
def test_net_flows_sum_to_zero_and_lie_between_minus_one_and_one(table: np.ndarray, least: float, more: float):
    found = promethee2(table, some_weights(table.shape[1]), np.ones(table.shape[1]), least, least + more)
    assert found.sum() == pytest.approx(0, abs=1e-9)
    assert (np.abs(found) <= 1 + 1e-12).all()


@unhurried
@given(TABLES)
def test_less_of_what_should_be_low_is_more_of_what_should_be_high(table: np.ndarray):
    weights, up = some_weights(table.shape[1]), np.ones(table.shape[1])
    assert promethee2(-table, weights, -up).tolist() == promethee2(table, weights, up).tolist()
    assert topsis(-table, weights, -up).tolist() == topsis(table, weights, up).tolist()


@pytest.mark.parametrize(
    ("difference", "least", "full", "degree"),
    [
        (0.001, 0, 0, 1),
        (0, 0, 0, 0),
        (1, 1, 3, 0),
        (2, 1, 3, 0.5),
        (3, 1, 3, 1),
        (4, 1, 3, 1),
        (1, 0, 2, 0.5),
        (2, 2, 2, 0),
        (2.001, 2, 2, 1),
    ],
)
def test_a_difference_counts_between_indifference_and_full_preference(
    difference: float, least: float, full: float, degree: float
):
    assert promethee2([[difference], [0]], [1], [1], least, full) == pytest.approx([degree, -degree], abs=1e-12)


def test_each_criterion_may_have_its_own_thresholds():
    # first criterion: usual; second: 2 is half of what counts fully
    found = promethee2([[1, 0], [0, 2]], [0.5, 0.5], [1, 1], [0, 0], [0, 4])
    assert found == pytest.approx([0.5 - 0.25, 0.25 - 0.5], abs=1e-12)


def test_a_single_measure_has_no_flow_and_a_preference_below_indifference_is_refused():
    assert promethee2([[3, 4]], [0.5, 0.5], [1, 1]).tolist() == [0]
    with pytest.raises(ValueError, match="below indifference"):
        promethee2([[3], [4]], [1], [1], 2, 1)
