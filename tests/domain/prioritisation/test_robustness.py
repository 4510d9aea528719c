"""Shares of ranks under uncertain weights and scores: known answers, laws, and weights that turn an order round."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from metrics.domain.prioritisation.robustness import (
    NEAR,
    Acceptability,
    Flip,
    WeightSpace,
    draw_weights,
    flip_point,
    flips,
    simulate,
)
from metrics.domain.prioritisation.sums import weighted_sums
from metrics.domain.prioritisation.weighting import (
    equal_weights,
    shifted,
    swing_weights,
    weights_of_ranks,
)

Floats = NDArray[np.float64]
FEW = 200  # draws where a law must hold in each of them
MANY = 40_000  # draws where a share is held against its exact value
CLOSE = 4 * 0.5 / MANY**0.5  # four standard errors of a share
NAN = np.nan

laws = settings(max_examples=60, deadline=None)
SPACES = st.sampled_from(WeightSpace)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Floats, Floats, tuple[float, ...]]:
    """Bounds (n × k × raters) with gaps and many equal numbers, and weights of which some are 0 or equal."""
    measures, criteria, raters = (draw(st.integers(1, most)) for most in (5, 4, 3))
    cells = measures * criteria * raters
    lows = draw(st.lists(st.integers(0, 3), min_size=cells, max_size=cells))
    widths = draw(st.lists(st.sampled_from([0, 0, 1, 4]), min_size=cells, max_size=cells))
    gaps = draw(st.lists(st.sampled_from([False, False, True]), min_size=cells, max_size=cells))
    low = np.where(gaps, NAN, lows).reshape(measures, criteria, raters)
    high = low + np.reshape(widths, low.shape)
    points = draw(st.lists(st.sampled_from([0, 1, 1, 2, 5]), min_size=criteria, max_size=criteria))
    return low, high, swing_weights(points)


def same(one: Acceptability, other: Acceptability) -> None:
    np.testing.assert_array_equal(one.acceptability, other.acceptability)
    np.testing.assert_array_equal(one.central_weights, other.central_weights)


def exact(
    table: object, weights: tuple[float, ...], space: WeightSpace = WeightSpace.every, **more: int
) -> Acceptability:
    return simulate(table, table, weights, space, **more)


# --- known answers


def test_a_measure_with_one_uncertain_score_wins_as_often_as_it_lies_above_the_other():
    found = simulate([[0], [2.5]], [[10], [2.5]], [1.0], draws=MANY)
    assert found.acceptability == pytest.approx(np.array([[0.75, 0.25], [0.25, 0.75]]), abs=CLOSE)


def test_each_rater_speaks_in_the_same_share_of_the_draws():
    low = [[[1, 4, 9]], [[5, 5, NAN]]]
    found = simulate(low, low, [1.0], draws=MANY)
    assert found.acceptability[0, 0] == pytest.approx(1 / 3, abs=CLOSE)


def test_a_rater_s_interval_is_his_own_and_not_mixed_with_another_s():
    # 0–1 or 5–9, each as likely, against 0.25, 3 and 6
    low, high = [[[0, 5]], [[6, 6]], [[3, NAN]], [[0.25, NAN]]], [[[1, 9]], [[6, 6]], [[3, NAN]], [[0.25, NAN]]]
    found = simulate(low, high, [1.0], draws=MANY)
    assert found.acceptability[0] == pytest.approx([3 / 8, 1 / 8, 3 / 8, 1 / 8], abs=CLOSE)


def test_what_nobody_rated_may_be_anything_from_0_to_10():
    found = simulate([[NAN], [4]], [[NAN], [4]], [1.0], draws=MANY)
    assert found.acceptability[0, 0] == pytest.approx(0.6, abs=CLOSE)
    assert simulate(np.full((1, 1, 0), NAN), np.full((1, 1, 0), NAN), [1.0]).acceptability.tolist() == [[1]]


def test_half_an_interval_is_no_answer():
    half = simulate([[[NAN, 3, 1]], [[4, 2, 5]]], [[[9, 3, NAN]], [[4, 2, 5]]], [1.0])
    none = [[[NAN, 3, NAN]], [[4, 2, 5]]]
    same(half, simulate(none, none, [1.0]))


def test_measures_of_the_same_sum_share_their_ranks():
    found = exact([[5, 5], [7, 3], [0, 0]], (0.5, 0.5), WeightSpace.fixed, draws=10)
    assert found.acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.central_weights[:2].tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_a_measure_that_is_never_first_has_no_central_weights():
    found = exact([[5, 5], [4, 4]], (0.5, 0.5))
    assert found.acceptability.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.central_weights).tolist() == [[False, False], [True, True]]


def test_a_rank_or_a_better_one_adds_up():
    found = exact([[1, 0], [0, 1], [0.6, 0.6]], (0.5, 0.5))
    assert found.within(0).tolist() == [0, 0, 0]
    assert found.within(1).tolist() == found.acceptability[:, 0].tolist()
    assert found.within(2) == pytest.approx(found.acceptability[:, 0] + found.acceptability[:, 1], abs=1e-12)
    assert found.within(3) == pytest.approx([1, 1, 1], abs=1e-12)
    assert found.within(9).tolist() == found.within(3).tolist()


def test_the_answer_says_what_it_rests_on():
    found = simulate([[1]], [[1]], [1.0], WeightSpace.near, draws=7, seed=3)
    assert (found.draws, found.seed, found.space) == (7, 3, WeightSpace.near)


def test_the_confidence_of_a_measure_is_its_share_of_first_ranks_at_its_central_weights():
    low, high = np.array([[2.0, 6], [5, 3]]), np.array([[6.0, 8], [7, 5]])
    central = simulate(low, high, [0.5, 0.5], draws=MANY).central_weights[0]
    found = simulate(low, high, tuple(central), WeightSpace.fixed, draws=MANY)
    # With weight w on the first criterion the lead is w·(A1 − B1) + (1 − w)·(A2 − B2), simulated here another way
    ours = np.random.default_rng(5).uniform(low, high, (MANY, 2, 2)) @ central
    assert found.acceptability[0, 0] == pytest.approx((ours[:, 0] > ours[:, 1]).mean(), abs=2 * CLOSE)
    assert 0.5 < found.acceptability[0, 0] < 1


@pytest.mark.parametrize("space", WeightSpace)
def test_nothing_to_rank_and_nothing_that_counts_are_answered(space: WeightSpace):
    assert exact(np.empty((0, 2)), (0.5, 0.5), space).acceptability.shape == (0, 0)
    nothing_counts = exact([[1, 2], [3, 4]], (0, 0), space)
    assert nothing_counts.acceptability.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert nothing_counts.central_weights.tolist() == [[0, 0], [0, 0]]
    assert exact([[4.0]], (1.0,), space).central_weights.tolist() == [[1]]


@pytest.mark.parametrize(
    ("low", "high", "weights", "draws"),
    [
        ([[2]], [[1]], [1.0], 10),
        ([[1]], [[1]], [-1.0], 10),
        ([[1]], [[1]], [NAN], 10),
        ([[1]], [[1]], [0.5, 0.5], 10),
        ([1], [1], [1.0], 10),
        ([[1]], [[1]], [1.0], 0),
    ],
)
def test_input_without_a_meaning_is_refused(low: list, high: list, weights: list[float], draws: int):
    with pytest.raises(ValueError, match=r"scores are not|lower bound"):
        simulate(low, high, weights, draws=draws)


# --- the spaces of weights


def drawn(given_weights: tuple[float, ...], space: WeightSpace) -> Floats:
    return draw_weights(given_weights, space, MANY, np.random.default_rng(11))


@pytest.mark.parametrize("criteria", [2, 3, 6])
def test_every_weight_is_as_likely_as_any_other(criteria: int):
    found = drawn(equal_weights(criteria), WeightSpace.every)
    for border in (0.1, 0.3, 0.5):
        share = (1 - border) ** (criteria - 1)  # of the simplex lies above
        assert (found > border).mean(axis=0) == pytest.approx(np.full(criteria, share), abs=CLOSE)


@pytest.mark.parametrize("ranks", [(1, 2), (2, 3, 1), (1, 2, 2, 4), (1, 1, 1), (3, 1, 3, 1, 5)])
def test_weights_that_keep_the_order_have_the_rank_order_centroid_as_their_mean(ranks: tuple[int, ...]):
    weights = weights_of_ranks(ranks)
    found = drawn(weights, WeightSpace.ordered)
    assert found.mean(axis=0) == pytest.approx(weights, abs=CLOSE)
    for one in range(len(ranks)):
        for other in range(len(ranks)):
            above = (found[:, one] > found[:, other]).mean()
            if ranks[one] < ranks[other]:
                assert above == 1
            elif one != other and ranks[one] == ranks[other]:
                assert above == pytest.approx(0.5, abs=CLOSE)


@pytest.mark.parametrize(
    "weights", [(0.5, 0.5), (0.05, 0.95), (0.6, 0.3, 0.1), (0.25, 0.25, 0.3, 0.2), (0.1,) * 10, (0.93, *[0.01] * 7)]
)
def test_near_weights_are_all_those_within_ten_points_of_the_given_ones(weights: tuple[float, ...]):
    found = drawn(weights, WeightSpace.near)
    assert found.shape == (MANY, len(weights))
    assert (np.abs(found - weights) <= NEAR + 1e-12).all()
    assert (found >= 0).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(MANY), abs=1e-12)
    # The same another way: all but one weight anywhere in their bounds, kept if the last one is within its own
    source, least = np.random.default_rng(12), np.maximum(np.array(weights) - NEAR, 0)
    free = int(np.argmax(weights))
    tried = source.uniform(least, np.array(weights) + NEAR, (20 * MANY, len(weights)))
    tried[:, free] = 0
    tried[:, free] = 1 - tried.sum(axis=1)
    kept = tried[(tried[:, free] >= least[free]) & (tried[:, free] <= weights[free] + NEAR)]
    near = 5 * 0.1 / min(len(kept), MANY) ** 0.5
    assert found.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=near)
    assert found.std(axis=0) == pytest.approx(kept.std(axis=0), abs=near)


def test_fixed_weights_are_the_given_ones_in_each_draw():
    assert (drawn((0.7, 0.2, 0.1), WeightSpace.fixed) == (0.7, 0.2, 0.1)).all()


def test_the_narrower_the_weights_the_surer_the_leader():
    table = [[8, 4, 3], [2, 7, 6], [3, 4, 9]]
    first = (exact(table, (0.5, 0.3, 0.2), space).acceptability[0, 0] for space in WeightSpace)
    every, ordered, near, fixed = first
    assert every < 0.5 < ordered < near == fixed == 1


def test_a_criterion_of_weight_0_is_out_of_it_in_every_space():
    table = np.array([[9, 1, 7], [1, 8, 1]])
    for space in WeightSpace:
        without = exact(table[:, :2], (0.7, 0.3), space)
        found = exact(table[:, [2, 0, 1]], (0, 0.7, 0.3), space)
        np.testing.assert_array_equal(found.acceptability, without.acceptability)
        np.testing.assert_array_equal(found.central_weights[:, 1:], without.central_weights)
        never_first = found.acceptability[:, 0] == 0
        np.testing.assert_array_equal(found.central_weights[:, 0], np.where(never_first, NAN, 0))


def test_where_every_weight_is_thought_possible_the_given_ones_do_not_matter():
    table = [[9, 2, 7], [3, 8, 1], [5, 5, 5]]
    same(exact(table, (0.7, 0.2, 0.1)), exact(table, (0.1, 0.1, 0.8)))


# --- laws


@laws
@given(tables(), SPACES)
def test_shares_sum_to_one_for_each_measure_and_for_each_rank(table: tuple, space: WeightSpace):
    low, high, weights = table
    found = simulate(low, high, weights, space, FEW)
    everything = np.ones(len(low))
    assert found.acceptability.sum(axis=0) == pytest.approx(everything, abs=1e-12)
    assert found.acceptability.sum(axis=1) == pytest.approx(everything, abs=1e-12)
    assert (found.acceptability >= 0).all()
    central = found.central_weights[found.acceptability[:, 0] > 0]
    assert central.sum(axis=1) == pytest.approx(np.ones(len(central)), abs=1e-12)
    assert (np.isnan(found.central_weights).all(axis=1) == (found.acceptability[:, 0] == 0)).all()


@laws
@given(tables(), SPACES, st.integers(0, 3))
def test_the_same_seed_gives_the_same_answer(table: tuple, space: WeightSpace, seed: int):
    low, high, weights = table
    same(simulate(low, high, weights, space, FEW, seed), simulate(low, high, weights, space, FEW, seed))


def test_another_seed_draws_other_weights():
    table = [[9, 2], [3, 8]]
    one, other = (exact(table, (0.5, 0.5), draws=FEW, seed=seed).central_weights for seed in (1, 2))
    assert (one != other).all()


@laws
@given(tables(), SPACES, st.randoms(use_true_random=False))
def test_the_order_of_measures_criteria_and_raters_changes_nothing(table: tuple, space: WeightSpace, chance):
    low, high, weights = table
    rows, columns, raters = (chance.sample(range(size), size) for size in low.shape)
    found = simulate(low, high, weights, space, FEW)
    turned = simulate(
        low[np.ix_(rows, columns, raters)],
        high[np.ix_(rows, columns, raters)],
        [weights[column] for column in columns],
        space,
        FEW,
    )
    np.testing.assert_array_equal(turned.acceptability, found.acceptability[rows])
    np.testing.assert_array_equal(turned.central_weights, found.central_weights[np.ix_(rows, columns)])


def test_measures_that_only_a_name_tells_apart_have_the_same_shares():
    specialists = exact(np.eye(3), equal_weights(3), draws=FEW)
    assert len(set(specialists.acceptability.reshape(-1).tolist())) == 1
    own, other = specialists.central_weights[0, :2]
    assert own > other
    assert specialists.central_weights.tolist() == [[own, other, other], [other, own, other], [other, other, own]]
    unknown = np.full((3, 2), NAN)
    twins = simulate(np.vstack([unknown, [[5, 5]]]), np.vstack([unknown, [[5, 5]]]), (0.7, 0.3), WeightSpace.near, FEW)
    assert twins.acceptability[0].tolist() == twins.acceptability[1].tolist() == twins.acceptability[2].tolist()
    assert twins.central_weights[0].tolist() == twins.central_weights[1].tolist() == twins.central_weights[2].tolist()


@laws
@given(st.permutations(range(4)), st.permutations(range(4)), SPACES)
def test_a_table_full_of_symmetries_may_come_in_any_order(rows: list[int], columns: list[int], space: WeightSpace):
    circle = np.array([[5, 1, 0, 0], [0, 5, 1, 0], [0, 0, 5, 1], [1, 0, 0, 5]])
    found = exact(circle, equal_weights(4), space, draws=FEW)
    turned = exact(circle[np.ix_(rows, columns)], equal_weights(4), space, draws=FEW)
    np.testing.assert_array_equal(turned.acceptability, found.acceptability[rows])
    np.testing.assert_array_equal(turned.central_weights, found.central_weights[np.ix_(rows, columns)])


def test_nothing_less_than_zero_is_still_zero():
    same(exact([[-0.0, 2], [0.0, 2], [1, 1]], (0.5, 0.5)), exact([[0.0, 2], [0.0, 2], [1, 1]], (0.5, 0.5)))


@laws
@given(tables(), SPACES, st.integers(0, 3))
def test_a_rater_who_knows_nothing_changes_nothing(table: tuple, space: WeightSpace, place: int):
    low, high, weights = table
    silent = [np.insert(bound, min(place, low.shape[2]), NAN, axis=2) for bound in (low, high)]
    same(simulate(*silent, weights, space, FEW), simulate(low, high, weights, space, FEW))


@laws
@given(tables(), SPACES)
def test_raters_who_say_the_same_are_as_one(table: tuple, space: WeightSpace):
    low = table[0][..., :1]
    twice = np.repeat(low, 2, axis=2)
    same(simulate(twice, twice, table[2], space, FEW), simulate(low[..., 0], low[..., 0], table[2], space, FEW))


@laws
@given(tables(), SPACES)
def test_what_is_at_most_as_good_in_every_score_never_ranks_higher(table: tuple, space: WeightSpace):
    low, high, weights = table
    better = np.where(np.isnan(high), NAN, np.nanmax(high, axis=(0, 2), keepdims=True, initial=0))[:1]
    worse = np.where(np.isnan(low), NAN, np.nanmin(low, axis=(0, 2), keepdims=True, initial=10))[:1]
    rated = ~np.isnan(low[0]).all(axis=1)  # where nobody gave a number, nothing is known to be better
    weights = tuple(weight if known else 0.0 for weight, known in zip(weights, rated, strict=True))
    found = simulate(np.vstack([low, better, worse]), np.vstack([high, better, worse]), weights, space, FEW)
    for rank in range(1, len(low) + 3):
        within = found.within(rank)
        assert within[-2] >= within[-1] - 1e-12


@laws
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=5),
    st.lists(st.sampled_from([0, 1, 1, 3]), min_size=3, max_size=3),
    SPACES,
)
def test_with_exact_scores_the_better_in_every_cell_has_no_worse_rank(table: list, points: list, space: WeightSpace):
    found = exact(table, swing_weights(points), space, draws=FEW)
    for one, scores in enumerate(table):
        for other, others in enumerate(table):
            if all(score >= theirs for score, theirs in zip(scores, others, strict=True)):
                for rank in range(1, len(table) + 1):
                    assert found.within(rank)[one] >= found.within(rank)[other] - 1e-12


# --- which weight turns the order round


def test_the_nearest_weight_that_turns_the_order_round_is_found():
    # lead 0.5·4 − 0.3·2 − 0.2·1 = 1.2; gone at 0.32 − the others growing to 0.408 and 0.272 − for the first criterion
    upper, lower, weights = (9, 3, 4), (5, 5, 5), (0.5, 0.3, 0.2)
    found = flip_point(upper, lower, weights)
    lead_of_others = (-2 * 0.3 - 1 * 0.2) / 0.5
    assert found == Flip(0, 0.5, pytest.approx(-lead_of_others / (4 - lead_of_others), abs=1e-12))
    assert found.change == pytest.approx(found.needed - 0.5, abs=1e-15)


def test_no_weight_turns_round_what_is_better_in_everything():
    assert flip_point((5, 6), (4, 5), (0.5, 0.5)) is None
    assert flips((5, 6), (4, 5), (0.5, 0.5)) == ()
    assert flip_point((5,), (4,), (1.0,)) is None


def test_nothing_has_to_change_where_the_lower_one_is_as_good_already():
    assert flip_point((5, 6), (6, 5), (0.5, 0.5)) == Flip(0, 0.5, 0.5)
    assert flip_point((1, 1), (6, 5), (0.5, 0.5)) == Flip(0, 0.5, 0.5)


def test_a_lead_that_is_gone_at_the_very_end_of_a_weight_counts_as_gone():
    found = flips((4, 0, 1), (1, 5, 0), (0.5, 0.3, 0.2))  # leads 3, −5 and 1; without the third nothing is left of 0.2
    assert found[-1] == Flip(2, 0.2, 0.0)
    assert found[0] == Flip(1, 0.3, pytest.approx(1.7 / (1.7 + 0.7 * 5), abs=1e-12))


def test_an_uncounted_criterion_can_turn_the_order_round():
    assert flip_point((6, 0), (5, 3), (1.0, 0.0)) in (Flip(0, 1.0, 0.75), Flip(1, 0.0, 0.25))


SCORES = st.lists(st.integers(0, 10), min_size=3, max_size=3)


@settings(deadline=None)
@given(SCORES, SCORES, st.lists(st.integers(0, 9), min_size=3, max_size=3).map(swing_weights))
def test_the_order_turns_exactly_at_the_weight_that_is_told(upper: list, lower: list, weights: tuple[float, ...]):
    def lead(position: int, change: float) -> float:
        after = shifted(weights, position, change)
        assert fsum(after) == pytest.approx(1, abs=1e-12)
        return float(weighted_sums([upper], after)[0] - weighted_sums([lower], after)[0])

    found = flips(upper, lower, weights)
    assert flip_point(upper, lower, weights) == (found[0] if found else None)
    assert [abs(flip.change) for flip in found] == sorted(abs(flip.change) for flip in found)
    if lead(0, 0) <= 1e-9:
        assert [(flip.position, flip.change) for flip in found] == [(0, 0), (1, 0), (2, 0)]
        return
    for flip in found:
        assert flip.weight == weights[flip.position] and 0 <= flip.needed <= 1
        assert lead(flip.position, flip.change) == pytest.approx(0, abs=1e-9)
        assert lead(flip.position, 0.999 * flip.change) > -1e-9
        assert lead(flip.position, 1.001 * flip.change) < 1e-9
        assert lead(flip.position, 0.5 * flip.change) > 0
    for position in {0, 1, 2} - {flip.position for flip in found}:
        assert all(lead(position, step / 20) > 0 for step in range(-20, 21))
