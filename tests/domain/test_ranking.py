"""Scores, Nutzwert and the coordinates of the matrix."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.priorities import CriterionDirection, MatrixAxis, Score
from metrics.domain.ranking import counted_ratings, rank_measures
from tests.plan import a_criterion, a_rating

IMPACT = a_criterion(id="KR-1", weight=0.6, axis=MatrixAxis.impact)
EFFORT = a_criterion(id="KR-4", weight=0.3, axis=MatrixAxis.effort, direction=CriterionDirection.lower)
URGENCY = a_criterion(id="KR-5", weight=0.1)
CRITERIA = (IMPACT, EFFORT, URGENCY)


def rated(measure: str, group: str, **scores: float):
    given_scores = tuple(Score(criterion_id=name.replace("_", "-"), score=score) for name, score in scores.items())
    return a_rating(id=f"BW-{measure}-{group}", measure_id=measure, group_id=group, scores=given_scores)


def test_the_nutzwert_is_the_weighted_sum_with_effort_turned_round():
    found = rank_measures(CRITERIA, [rated("M-1", "BG-AMT", KR_1=4, KR_4=2, KR_5=5)])["M-1"]
    assert found.utility == pytest.approx(0.6 * 4 + 0.3 * (6 - 2) + 0.1 * 5)
    assert (found.impact, found.effort) == (4, 2)


def test_the_middle_group_decides_and_an_outlier_does_not():
    ratings = [rated("M-1", f"BG-{group}", KR_1=score) for group, score in enumerate((1, 4, 5))]
    found = rank_measures(CRITERIA, ratings)["M-1"]
    assert found.impact == 4
    assert (found.groups, found.spread) == (3, 4)


def test_one_group_speaks_alone_if_asked():
    ratings = [rated("M-1", "BG-AMT", KR_1=2), rated("M-1", "BG-POL", KR_1=5), rated("M-2", "BG-POL", KR_1=3)]
    found = rank_measures(CRITERIA, ratings, group_id="BG-AMT")
    assert {measure: ranked.impact for measure, ranked in found.items()} == {"M-1": 2}


def test_what_nobody_rated_is_named_and_not_counted_as_zero():
    found = rank_measures(CRITERIA, [rated("M-1", "BG-AMT", KR_1=5)])["M-1"]
    assert found.missing == ("KR-4", "KR-5")
    assert found.utility == 5
    assert found.effort is None


def test_scores_on_a_withdrawn_criterion_are_left_out():
    found = rank_measures([IMPACT], [rated("M-1", "BG-AMT", KR_1=2, KR_9=5)])["M-1"]
    assert dict(found.scores) == {"KR-1": 2}


def test_a_rating_without_a_score_has_no_place_and_no_nutzwert():
    found = rank_measures(CRITERIA, [rated("M-1", "BG-AMT")])["M-1"]
    assert (found.utility, found.impact, found.effort) == (None, None, None)


def test_an_effort_criterion_worded_the_other_way_still_means_much_effort_at_five():
    easy = a_criterion(id="KR-6", axis=MatrixAxis.effort, direction=CriterionDirection.higher)
    assert rank_measures([easy], [rated("M-1", "BG-AMT", KR_6=5)])["M-1"].effort == 1


def test_two_criteria_share_an_axis_by_their_weights():
    second = a_criterion(id="KR-7", weight=0.2, axis=MatrixAxis.impact)
    found = rank_measures([IMPACT, second], [rated("M-1", "BG-AMT", KR_1=5, KR_7=1)])["M-1"]
    assert found.impact == pytest.approx((0.6 * 5 + 0.2 * 1) / 0.8)


def test_the_order_is_by_nutzwert_then_by_id():
    ratings = [rated(measure, "BG-AMT", KR_1=score) for measure, score in (("M-3", 2), ("M-2", 4), ("M-1", 4))]
    assert list(rank_measures(CRITERIA, ratings)) == ["M-1", "M-2", "M-3"]


def test_one_invented_rating_makes_the_result_an_example():
    invented = rated("M-1", "BG-POL", KR_1=3).model_copy(update={"evidence": Evidence.illustrative})
    found = rank_measures(CRITERIA, [rated("M-1", "BG-AMT", KR_1=4), invented, rated("M-2", "BG-AMT", KR_1=4)])
    assert found["M-1"].illustrative
    assert not found["M-2"].illustrative


def test_criteria_that_all_weigh_nothing_count_alike():
    free = [a_criterion(id="KR-1", weight=0), a_criterion(id="KR-2", weight=0)]
    assert rank_measures(free, [rated("M-1", "BG-AMT", KR_1=2, KR_2=4)])["M-1"].utility == 3


@given(st.lists(st.floats(1, 5), min_size=3, max_size=3))
def test_every_result_stays_on_the_scale(scores):
    found = rank_measures(CRITERIA, [rated("M-1", "BG-AMT", KR_1=scores[0], KR_4=scores[1], KR_5=scores[2])])["M-1"]
    for value in (found.utility, found.impact, found.effort):
        assert 1 - 1e-9 <= value <= 5 + 1e-9


def test_real_ratings_stand_alone_unless_examples_were_asked_for():
    real = rated("M-1", "BG-AMT", KR_1=4)
    invented = rated("M-2", "BG-AMT", KR_1=3).model_copy(update={"evidence": Evidence.illustrative})
    assert counted_ratings([real, invented], include_illustrative=False) == [real]
    assert counted_ratings([real, invented], include_illustrative=True) == [real, invented]
    assert counted_ratings([invented], include_illustrative=False) == [invented]
