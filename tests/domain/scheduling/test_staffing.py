"""The hours that a full post has for measures, and the posts that cases need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.scheduling.staffing import FullPost, posts_needed
from metrics.domain.scheduling.why_not import WhyNot
from tests.plan import a_capacity_group

SHARES = st.floats(0, 1)


def test_each_step_of_the_formula_can_be_shown() -> None:
    post = FullPost(weekly_hours=39, working_weeks=12.4, absence_share=0.15, base_load_share=0.6)
    steps = [post.contract_hours, post.present_hours, post.free_hours, post.hours_per_day, post.free_days]
    assert steps == pytest.approx([483.6, 411.06, 164.424, 7.8, 21.08])


@given(st.floats(1, 60), st.floats(0, 53), SHARES, SHARES)
def test_person_days_do_not_depend_on_how_long_a_day_is(
    hours: float, weeks: float, absence: float, base_load: float
) -> None:
    post = FullPost(hours, weeks, absence, base_load)
    assert post.free_days == pytest.approx(weeks * 5 * (1 - absence) * (1 - base_load))
    assert post.free_hours <= post.present_hours <= post.contract_hours


@given(st.floats(0, 60), st.floats(0, 53), SHARES, SHARES, SHARES)
def test_more_daily_business_never_leaves_more_for_measures(
    hours: float, weeks: float, absence: float, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    assert FullPost(hours, weeks, absence, more).free_days <= FullPost(hours, weeks, absence, less).free_days


@given(st.floats(1, 60), st.floats(1, 92), SHARES, st.floats(0.01, 1))
def test_the_steps_end_where_the_capacity_of_a_group_of_one_post_does(
    hours: float, days: float, absence: float, base_load: float
) -> None:
    group = a_capacity_group(
        fte=1, weekly_hours=hours, days_per_quarter=days, absence_share=absence, base_load_share=base_load
    )
    assert FullPost(hours, days / 5, absence, base_load).free_days == pytest.approx(group.person_days("2027-Q1"))


def test_a_post_without_hours_has_no_days() -> None:
    assert FullPost(0, 12, 0.15, 0.6).free_days == 0


@pytest.mark.parametrize(
    "numbers", [(-1, 12, 0, 0), (39, -1, 0, 0), (39, 12, 1.1, 0), (39, 12, 0, -0.1), (float("nan"), 12, 0, 0)]
)
def test_impossible_hours_and_shares_are_an_error(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="0"):
        FullPost(*numbers)


@pytest.mark.parametrize("minutes", [None, 0, -1])
def test_without_the_offices_own_minutes_nobody_knows_how_many_posts(minutes: float | None) -> None:
    assert posts_needed(1200, 90, 5000, minutes) is WhyNot.working_time_unknown


def test_a_number_of_cases_below_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="below 0"):
        posts_needed(-1, 90, 0, 96_000)
