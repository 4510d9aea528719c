"""Three estimates of a duration, and what PERT makes of a path."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.scheduling.pert import Estimate, likely_in_time

ESTIMATES = st.lists(st.floats(0, 100), min_size=3, max_size=3).map(lambda given: Estimate(*sorted(given)))


@given(ESTIMATES)
def test_the_mean_lies_between_the_best_and_the_worst_case(estimate: Estimate) -> None:
    assert estimate.optimistic - 1e-9 <= estimate.mean <= estimate.pessimistic + 1e-9


@given(st.lists(ESTIMATES, max_size=5), st.floats(0, 500), st.floats(0, 500))
def test_a_later_deadline_is_never_less_likely_to_be_kept(path: list[Estimate], one: float, other: float) -> None:
    sooner, later = sorted((one, other))
    assert 0 <= likely_in_time(path, sooner) <= likely_in_time(path, later) <= 1


def test_the_mean_itself_is_kept_every_second_time_and_what_is_certain_always_or_never() -> None:
    assert likely_in_time([Estimate(1, 2, 3), Estimate(2, 4, 6)], 6) == pytest.approx(0.5)
    assert [likely_in_time([Estimate(4, 4, 4)], deadline) for deadline in (3.9, 4)] == [0, 1]


def test_paths_side_by_side_end_later_than_one_of_them_promises() -> None:
    """The merge bias: PERT says 50 %, but both of two equal paths are in time in a quarter of all cases."""
    path = [Estimate(1, 4, 7)]
    draw = random.Random(7)
    both = [max(draw.gauss(path[0].mean, 1), draw.gauss(path[0].mean, 1)) <= 4 for _ in range(4000)]
    assert likely_in_time(path, 4) == 0.5
    assert sum(both) / len(both) == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("estimates", [(2, 1, 3), (1, 4, 3), (-1, 0, 1)])
def test_estimates_out_of_order_are_an_error(estimates: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="order"):
        Estimate(*estimates)
