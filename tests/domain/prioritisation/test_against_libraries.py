"""The same numbers as libraries for the same tables. They are needed for these tests alone, never at run time.

pymcdm 1.4 (MIT) and AHPy 2.1 (MIT). Libraries differ in what they do by default, so each setting is named here.
"""

from __future__ import annotations

import numpy as np
import pytest
from ahpy import Compare
from numpy.typing import NDArray
from pymcdm.helpers import rrankdata
from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
from pymcdm.normalizations import vector_normalization

from metrics.domain.prioritisation.outranking import promethee2, topsis
from metrics.domain.prioritisation.robustness import WeightSpace, simulate
from metrics.domain.prioritisation.sums import weighted_sums
from metrics.domain.prioritisation.weighting import RANDOM_INDICES, pairwise_weights

Floats = NDArray[np.float64]
SEEDS = range(12)


def a_table(seed: int) -> tuple[Floats, Floats, Floats]:
    """Values between 1 and 10, weights that sum to one, directions +1 and −1 with at least one of each."""
    source = np.random.default_rng(seed)
    measures, criteria = source.integers(3, 15), source.integers(3, 9)
    directions = np.where(np.arange(criteria) % 3 == 1, -1, 1)
    return source.uniform(1, 10, (measures, criteria)), source.dirichlet(np.ones(criteria)), directions


def untouched(column: Floats, cost: bool) -> Floats:
    """No normalisation."""
    return -column if cost else column


@pytest.mark.parametrize("seed", SEEDS)
def test_topsis_is_that_of_pymcdm_once_it_is_told_to_divide_by_the_vector_s_length(seed: int):
    values, weights, directions = a_table(seed)
    # By default pymcdm uses min–max. Its vector normalisation turns costs round as 1 − r, which mirrors the column and
    # leaves all distances to the best and the worst as they are.
    theirs = TOPSIS(normalization_function=vector_normalization)(values, weights, directions)
    assert topsis(values, weights, directions) == pytest.approx(theirs, abs=1e-12)


def test_topsis_is_not_what_pymcdm_does_unless_it_is_told():
    table, weights, up = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], [1, 1, 1]
    assert TOPSIS()(table, weights, up) == pytest.approx([0.4853, 0.6484, 0.7768, 0.3630], abs=1e-4)
    assert topsis(table, weights, up) == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_promethee_is_that_of_pymcdm_for_the_usual_and_for_the_linear_criterion(seed: int):
    values, weights, directions = a_table(seed)
    least, full = np.full(len(weights), 0.5), np.linspace(1.5, 4, len(weights))
    usual = PROMETHEE_II("usual")(values, weights, directions)
    linear = PROMETHEE_II("vshape_2", p=full, q=least)(values, weights, directions)
    assert promethee2(values, weights, directions) == pytest.approx(usual, abs=1e-12)
    assert promethee2(values, weights, directions, least, full) == pytest.approx(linear, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_weighted_sums_and_shares_of_ranks_are_those_of_pymcdm_without_normalisation(seed: int):
    values, weights, _ = a_table(seed)
    model = WSM(normalization_function=untouched)
    theirs = model(values, weights, np.ones(len(weights)))
    assert weighted_sums(values, weights) == pytest.approx(theirs, abs=1e-12)
    fixed = simulate(values, values, tuple(weights), WeightSpace.fixed, draws=3).acceptability
    assert np.argmax(fixed, axis=1) + 1 == pytest.approx(rrankdata(theirs))
    drawn = np.random.default_rng(99).dirichlet(np.ones(len(weights)), 2_000)
    ranks = np.array([rrankdata(model(values, one, np.ones(len(one)))) for one in drawn])
    shares = (ranks[:, :, None] == np.arange(1, len(values) + 1)).mean(axis=0)
    assert simulate(values, values, tuple(weights)).acceptability == pytest.approx(shares, abs=5 * 0.5 / 2_000**0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_and_consistency_are_those_of_ahpy_for_each_of_its_random_indices(seed: int):
    source = np.random.default_rng(seed)
    count = int(source.integers(3, 8))
    matrix, given = np.eye(count), {}
    for one in range(count):
        for other in range(one + 1, count):
            times = float(source.choice([1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5]))
            matrix[one, other], matrix[other, one] = times, 1 / times
            given[f"{one}", f"{other}"] = times
    ours = pairwise_weights(matrix)
    for theirs_name, name in (("dd", "donegan_dodd"), ("saaty", "saaty_2005")):
        theirs = Compare("criteria", given, precision=6, random_index=theirs_name, tolerance=1e-12)
        weights = [theirs.target_weights[f"{one}"] for one in range(count)]
        assert ours.weights == pytest.approx(weights, abs=2e-5)
        assert ours.consistency_ratio(RANDOM_INDICES[name]) == pytest.approx(theirs.consistency_ratio, abs=2e-6)
