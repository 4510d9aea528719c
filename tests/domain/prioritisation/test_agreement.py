"""Kendall's concordance and the spread of ratings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, friedmanchisquare

from metrics.domain.prioritisation.agreement import kendall_w, spread

unhurried = settings(deadline=None)
STEPS = st.integers(0, 10)
TABLES = st.tuples(st.integers(2, 8), st.integers(3, 6)).flatmap(
    lambda shape: st.lists(st.lists(STEPS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


@unhurried
@given(TABLES)
def test_concordance_lies_between_nothing_and_everything(ratings: list[list[int]]):
    found = kendall_w(ratings)
    if found is None:
        assert all(len(set(of_one_rater)) == 1 for of_one_rater in zip(*ratings, strict=True))
    else:
        assert 0 <= found.w <= 1 and 0 <= found.p <= 1
        assert found.degrees_of_freedom == len(ratings) - 1


@unhurried
@given(st.lists(STEPS, min_size=2, max_size=9).filter(lambda steps: len(set(steps)) > 1), st.integers(3, 6))
def test_raters_who_rank_alike_agree_wholly_whatever_numbers_they_use(steps: list[int], raters: int):
    found = kendall_w([[step * (rater + 1) + rater for rater in range(raters)] for step in steps])
    assert found is not None
    assert found.w == pytest.approx(1, abs=1e-12)
    assert found.chi_square == pytest.approx(raters * (len(steps) - 1), abs=1e-9)


def test_raters_whose_ranks_even_out_have_nothing_in_common():
    found = kendall_w([[1, 2, 3], [2, 3, 1], [3, 1, 2]])
    assert found is not None
    assert (found.w, found.chi_square, found.p) == (0, 0, 1)


@unhurried
@given(TABLES.filter(lambda table: len(table) >= 3))
def test_the_chi_square_is_the_one_of_friedman(ratings: list[list[int]]):
    found = kendall_w(ratings)
    if found is not None:
        theirs = friedmanchisquare(*ratings)
        assert found.chi_square == pytest.approx(theirs.statistic, abs=1e-9)
        assert found.p == pytest.approx(theirs.pvalue, abs=1e-9)


def test_the_probability_is_the_tail_of_the_chi_square_distribution():
    found = kendall_w([[1, 1, 2], [2, 3, 1], [3, 2, 3], [4, 4, 4]])
    assert found is not None and 0.5 < found.w < 1
    assert found.p == pytest.approx(chi2.sf(found.chi_square, 3), abs=1e-12)


def test_ties_that_are_not_corrected_for_would_hide_an_agreement():
    found = kendall_w([[1, 1, 1], [1, 1, 1], [2, 2, 2]])
    assert found is not None and found.w == pytest.approx(1, abs=1e-12)  # uncorrected: 0.75


@pytest.mark.parametrize(
    "ratings",
    [[[1, 2], [2, 1], [3, 3]], [[1, 2, 3]], [[4, 2, 3], [4, 2, 3]]],
    ids=["two raters", "one subject", "all tied"],
)
def test_too_few_raters_or_subjects_or_nothing_but_ties_have_no_concordance(ratings: list[list[int]]):
    assert kendall_w(ratings) is None


@unhurried
@given(TABLES, st.integers(0, 5))
def test_a_rater_who_knows_nothing_changes_nothing(ratings: list[list[int]], place: int):
    table = np.array(ratings, dtype=float)
    assert kendall_w(np.insert(table, min(place, table.shape[1]), np.nan, axis=1)) == kendall_w(table)


def test_a_subject_that_one_rater_does_not_know_is_left_out():
    ratings = [[1, 2, 1], [2, 1, 2], [3, 3, 3], [4, np.nan, 0]]
    found = kendall_w(ratings)
    assert found == kendall_w(ratings[:3])
    assert found is not None and (found.subjects, found.raters) == (3, 3)


def test_a_spread_is_the_middle_and_both_ends():
    assert spread([7, 1, 4]) == (4, 1, 7)
    assert spread([2, 8]) == (5, 2, 8)
    assert spread([6]) == (6, 6, 6)
