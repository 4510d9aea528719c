"""What a group of posts can give to measures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.periods import months_of, quarter_of_month
from metrics.domain.resources import CapacityDeviation, CapacityGroup, Post, ResourceDemand
from tests import strategies
from tests.plan import a_capacity_group, a_funding_pot, a_resource_demand

shares = st.floats(0, 1)


def test_what_is_left_for_measures_is_time_less_absence_less_daily_business() -> None:
    group = a_capacity_group(fte=4, days_per_quarter=62, absence_share=0.15, base_load_share=0.6)
    assert group.person_days("2027-Q1") == pytest.approx(84.32)


@pytest.mark.parametrize(
    ("quarter", "expected"), [("2026-Q3", 0), ("2026-Q4", 10), ("2027-Q1", 10), ("2027-Q2", 10), ("2027-Q3", 0)]
)
def test_a_group_gives_days_from_its_first_to_its_last_quarter(quarter: str, expected: float) -> None:
    group = a_capacity_group(
        fte=1,
        days_per_quarter=20,
        absence_share=0,
        base_load_share=0.5,
        first_quarter="2026-Q4",
        last_quarter="2027-Q2",
    )
    assert group.person_days(quarter) == expected


def test_a_group_without_an_end_goes_on() -> None:
    assert a_capacity_group(first_quarter="2026-Q4").person_days("2099-Q4") > 0
    assert a_capacity_group(last_quarter="2026-Q4").person_days("1990-Q1") > 0


def test_a_group_that_is_all_absence_or_all_daily_business_has_nothing_to_give() -> None:
    assert a_capacity_group(absence_share=1).person_days("2027-Q1") == 0
    assert a_capacity_group(base_load_share=1).person_days("2027-Q1") == 0


@given(strategies.records("capacity_group"), strategies.quarters())
def test_a_group_never_gives_less_than_nothing_or_more_than_its_time(group: CapacityGroup, quarter: str) -> None:
    posts = group.fte + sum(post.fte for post in group.posts)
    assert 0 <= group.person_days(quarter) <= posts * group.days_per_quarter * (1 + 1e-9) + 1e-12


@given(strategies.records("capacity_group"), strategies.quarters())
def test_the_months_of_a_quarter_give_together_what_the_quarter_gives(group: CapacityGroup, quarter: str) -> None:
    together = sum(group.person_days(month) for month in months_of(quarter))
    assert together == pytest.approx(group.person_days(quarter), rel=1e-9, abs=1e-9)


def test_a_post_counts_from_the_day_it_is_entered_to_the_day_it_is_left() -> None:
    group = a_capacity_group(fte=0, posts=(Post(fte=0.5, enters="2027-01-17", leaves="2027-02-14"),))
    assert group.fte_in("2027-01") == pytest.approx(0.5 * 15 / 31)
    assert group.fte_in("2027-02") == pytest.approx(0.5 * 14 / 28)
    assert [group.fte_in(period) for period in ("2026-12", "2027-03", "2027-Q2")] == [0, 0, 0]
    assert group.fte_in("2027-Q1") == pytest.approx((0.5 * 15 / 31 + 0.25) / 3)


def test_a_post_without_dates_is_as_good_as_the_same_share_without_a_post() -> None:
    listed = a_capacity_group(fte=3, posts=(Post(fte=1),))
    assert listed.person_days("2027-Q1") == pytest.approx(a_capacity_group(fte=4).person_days("2027-Q1"))


def test_a_fixed_term_that_ends_takes_its_days_with_it() -> None:
    group = a_capacity_group(fte=3, posts=(Post(fte=1, leaves="2027-12-31", fixed_term=True),))
    assert group.person_days("2027-Q4") == pytest.approx(84.32)
    assert group.person_days("2028-Q1") == pytest.approx(84.32 * 3 / 4)


def test_a_month_that_differs_counts_more_than_its_quarter_and_only_in_what_it_names() -> None:
    group = a_capacity_group(
        fte=1,
        days_per_quarter=60,
        absence_share=0.1,
        base_load_share=0.5,
        deviations=(
            CapacityDeviation(period="2027-Q3", absence_share=0.4),
            CapacityDeviation(period="2027-08", base_load_share=0.75),
            CapacityDeviation(period="2027-09", absence_share=0.0),
        ),
    )
    assert [group.shares_in(f"2027-0{month}") for month in (6, 7, 8, 9)] == [
        (0.1, 0.5), (0.4, 0.5), (0.4, 0.75), (0.0, 0.5),
    ]  # fmt: skip
    assert group.person_days("2027-Q3") == pytest.approx(20 * (0.6 * 0.5 + 0.6 * 0.25 + 1.0 * 0.5))
    assert group.person_days("2027-Q2") == pytest.approx(60 * 0.9 * 0.5)


@given(strategies.records("resource_demand"))
def test_a_demand_is_spread_without_losing_or_gaining_a_day(demand: ResourceDemand) -> None:
    for spread in (demand.by_period(), demand.by_month()):
        assert sum(spread.values()) == pytest.approx(demand.person_days, rel=1e-9, abs=1e-6)
    assert set(demand.by_month()) == {month for period in demand.periods for month in months_of(period)}
    assert {quarter_of_month(month) for month in demand.by_month()} == set(demand.quarters)
    in_quarters = sum(demand.in_period(quarter) for quarter in demand.quarters)
    assert in_quarters == pytest.approx(demand.person_days, rel=1e-9, abs=1e-6)


def test_a_demand_by_month_is_asked_for_by_quarter_and_the_other_way_round() -> None:
    by_month = a_resource_demand(period="2027-02", until="2027-04", profile=(1, 2, 1))
    assert [by_month.in_period(period) for period in ("2027-01", "2027-03", "2027-Q1", "2027-Q2")] == [0, 20, 30, 10]
    assert a_resource_demand(person_days=30).in_period("2027-02") == pytest.approx(10)


def test_a_funding_is_over_once_its_last_possible_day_has_passed() -> None:
    assert not a_funding_pot(ends="2027-12").ended(date(2027, 12, 31))
    assert a_funding_pot(ends="2027-12").ended(date(2028, 1, 1))
    assert not a_funding_pot(ends=None).ended(date(2099, 1, 1))
    assert (a_funding_pot().amount(2027), a_funding_pot().amount(2028)) == (80_000, None)


@given(st.floats(0, 1000), shares, st.floats(0.01, 1), shares)
def test_more_absence_never_leaves_more_days(fte: float, absence: float, base_load: float, more: float) -> None:
    less, longer = sorted((absence, more))
    present = a_capacity_group(fte=fte, absence_share=less, base_load_share=base_load).person_days("2027-Q1")
    away = a_capacity_group(fte=fte, absence_share=longer, base_load_share=base_load).person_days("2027-Q1")
    assert away <= present


def test_a_pot_holds_what_it_names_nothing_beside_that_and_nobody_knows_what_without_a_name() -> None:
    pot = a_funding_pot(starts="2026-07", ends="2029", years=({"year": 2027, "amount": 5},))
    assert [pot.held(year) for year in (2025, 2026, 2027, 2029, 2030)] == [0, 0, 5, 0, 0]
    unnamed = a_funding_pot(starts="2026-07", ends="2029", years=())
    assert [unnamed.held(year) for year in (2025, 2026, 2029, 2030)] == [0, None, None, 0]


def test_a_post_has_its_share_of_the_groups_free_time() -> None:
    group = a_capacity_group(fte=4, days_per_quarter=60, absence_share=0.5, base_load_share=0.5)
    assert group.days_of_a_post("2027-Q1") == 15
    assert group.days_of_a_post("2027-02") == 5
    deviating = a_capacity_group(
        fte=4,
        days_per_quarter=60,
        absence_share=0,
        base_load_share=0.5,
        deviations=({"period": "2027-02", "base_load_share": 1},),
    )
    assert [deviating.days_of_a_post(period) for period in ("2027-Q1", "2027-02")] == [20, 0]
