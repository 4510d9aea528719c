"""Overloads are told in people: which period lacks most posts, and where."""

from __future__ import annotations

import pytest

from metrics.domain.portfolio.finding import shortages, worst_period
from metrics.domain.portfolio.problem import Bucket, Overload
from metrics.domain.resources import CapacityGroup

PERIODS = ("2027-Q1", "2027-Q2", "2027-Q3")


def group(identifier: str, **over: object) -> CapacityGroup:
    fields = {"id": identifier, "title": identifier, "fte": 2, "days_per_quarter": 60, "absence_share": 0}
    return CapacityGroup.model_validate({**fields, "base_load_share": 0.5, **over})


def over(group_id: str, index: int, excess: float, capacity: float = 60) -> Overload:
    return Overload(Bucket(group_id, index), capacity, capacity + excess, {"M-1": capacity + excess})


def test_a_post_more_brings_only_its_free_time() -> None:
    (found,) = shortages([group("A")], PERIODS, [over("A", 1, 15)])
    assert (found.period, found.days, found.fte) == ("2027-Q2", 15, 0.5)  # 60 days, half of them Grundlast
    assert found.demand_of == {"M-1": 75}


def test_where_nobody_is_a_post_more_would_still_bring_its_free_time() -> None:
    (found,) = shortages([group("A", last_quarter="2027-Q1")], PERIODS, [over("A", 1, 15, capacity=0)])
    assert found.fte == 0.5


def test_where_daily_business_takes_everything_no_post_would_help() -> None:
    (found,) = shortages([group("A", base_load_share=1)], PERIODS, [over("A", 1, 15, capacity=0)])
    assert found.fte is None


def test_money_is_no_shortage_of_people() -> None:
    assert shortages([group("A")], PERIODS, [over("pot:A", 0, 15)]) == ()


def test_the_worst_period_is_the_one_with_most_posts_lacking_over_all_groups() -> None:
    groups = [group("A"), group("B"), group("C", base_load_share=0.9)]
    found = worst_period(
        shortages(groups, PERIODS, [over("A", 0, 20), over("A", 2, 12), over("B", 2, 6), over("C", 1, 5)])
    )
    assert found is not None
    assert (found.period, found.fte, found.days) == ("2027-Q2", pytest.approx(5 / 6), 5)


def test_groups_stand_with_the_largest_shortage_first_and_the_earliest_of_equal_periods_counts() -> None:
    groups = [group("A"), group("B")]
    found = worst_period(
        shortages(groups, PERIODS, [over("A", 1, 6), over("B", 1, 12), over("A", 2, 12), over("B", 2, 6)])
    )
    assert found is not None
    assert (found.period, [one.group_id for one in found.groups]) == ("2027-Q2", ["B", "A"])
    assert found.fte == pytest.approx(0.6)


def test_where_posts_cannot_be_said_days_are_compared() -> None:
    gone = group("A", base_load_share=1)
    found = worst_period(shortages([gone, group("B")], PERIODS, [over("A", 1, 15, capacity=0), over("B", 0, 9)]))
    assert found is not None
    assert (found.period, found.fte, found.days) == ("2027-Q2", None, 15)


def test_a_plan_that_fits_has_no_worst_period() -> None:
    assert worst_period([]) is None
