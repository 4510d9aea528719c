"""What a group of posts can give to measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.resources import CapacityGroup
from tests import strategies
from tests.plan import a_capacity_group

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
    assert 0 <= group.person_days(quarter) <= group.fte * group.days_per_quarter


@given(st.floats(0, 1000), shares, st.floats(0.01, 1), shares)
def test_more_absence_never_leaves_more_days(fte: float, absence: float, base_load: float, more: float) -> None:
    less, longer = sorted((absence, more))
    present = a_capacity_group(fte=fte, absence_share=less, base_load_share=base_load).person_days("2027-Q1")
    away = a_capacity_group(fte=fte, absence_share=longer, base_load_share=base_load).person_days("2027-Q1")
    assert away <= present
