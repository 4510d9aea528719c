"""Load per group and quarter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.load import (
    Band,
    Load,
    all_groups,
    counted,
    judge_load,
    worst,
)
from metrics.domain.measures import MeasureState
from tests.plan import a_capacity_group, a_measure, a_resource_demand

INVENTED = Evidence.illustrative


def days(measure: str, person_days: float, **over):
    return a_resource_demand(**{"id": f"RB-{measure}", "measure_id": measure, "person_days": person_days} | over)


def test_four_posts_have_84_person_days_a_quarter_and_are_full_with_three_measures():
    demands = [days("M-12", 45), days("M-13", 20), days("M-16", 35), days("M-08", 99, period="2027-Q2", id="other")]
    load = judge_load([a_capacity_group()], demands, ["2027-Q1"])["KG-PROJEKTE", "2027-Q1"]
    assert load.capacity == pytest.approx(4 * 62 * 0.85 * 0.4)
    assert load.demand == 100
    assert load.share == pytest.approx(100 / 84.32)
    assert load.excess == pytest.approx(15.68)
    assert list(load.demand_of) == ["M-12", "M-16", "M-13"]


@pytest.mark.parametrize(
    ("demand", "capacity", "band"),
    [
        (85, 100, Band.calm),
        (85.001, 100, Band.tight),
        (100, 100, Band.tight),
        (100.001, 100, Band.over),
        (0, 100, Band.calm),
        (1, 0, Band.over),
        (0, 0, Band.unused),
    ],
)
def test_the_bands_end_at_85_and_100_per_cent_inclusive(demand, capacity, band):
    assert Load("KG", "2027-Q1", capacity, {"M-1": demand}, illustrative=False).band is band


def test_a_demand_on_a_group_outside_its_time_has_no_share_but_is_all_excess():
    group = a_capacity_group(last_quarter="2026-Q4")
    load = judge_load([group], [days("M-12", 45)], ["2027-Q1"])["KG-PROJEKTE", "2027-Q1"]
    assert (load.share, load.excess, load.band) == (None, 45, Band.over)


def test_a_quarter_without_demand_is_empty_and_not_missing():
    load = judge_load([a_capacity_group()], [], ["2027-Q1"])["KG-PROJEKTE", "2027-Q1"]
    assert (load.share, load.demand) == (0, 0)


def test_two_demands_of_a_measure_on_the_same_group_add_up():
    twice = [days("M-12", 10), days("M-12", 5, id="RB-second")]
    assert judge_load([a_capacity_group()], twice, ["2027-Q1"])["KG-PROJEKTE", "2027-Q1"].demand_of == {"M-12": 15}


def test_one_invented_demand_makes_the_load_an_example():
    real = judge_load([a_capacity_group()], [days("M-12", 10)], ["2027-Q1"])
    mixed = judge_load([a_capacity_group()], [days("M-12", 10), days("M-13", 1, evidence=INVENTED)], ["2027-Q1"])
    assert not real["KG-PROJEKTE", "2027-Q1"].illustrative
    assert mixed["KG-PROJEKTE", "2027-Q1"].illustrative


def test_the_worst_quarter_is_the_one_with_most_days_too_many_and_the_earliest_of_equals():
    small = a_capacity_group(id="KG-A", fte=0.5)
    large = a_capacity_group(id="KG-B", fte=10)
    demands = [
        days("M-1", 20, group_id="KG-A"),
        days("M-2", 230, group_id="KG-B"),
        days("M-3", 230, group_id="KG-B", period="2027-Q2"),
    ]
    found = worst(judge_load([small, large], demands, ["2027-Q1", "2027-Q2"]).values())
    assert (found.group_id, found.period) == ("KG-B", "2027-Q1")


def test_there_is_no_worst_quarter_where_everything_fits():
    assert worst(judge_load([a_capacity_group()], [days("M-1", 84)], ["2027-Q1"]).values()) is None


def test_all_groups_together_add_capacity_and_demand():
    groups = [a_capacity_group(id="KG-A", fte=1), a_capacity_group(id="KG-B", fte=3)]
    demands = [days("M-1", 10, group_id="KG-A"), days("M-2", 40, group_id="KG-B")]
    demands.append(days("M-1", 5, group_id="KG-B", id="RB-b"))
    whole = all_groups(judge_load(groups, demands, ["2027-Q1", "2027-Q2"]).values(), "2027-Q1")
    assert whole.capacity == pytest.approx(84.32)
    assert dict(whole.demand_of) == {"M-2": 40, "M-1": 15}


def test_examples_are_shown_as_long_as_there_is_nothing_real():
    groups, demands = [a_capacity_group(evidence=INVENTED)], [days("M-1", 10, evidence=INVENTED)]
    assert counted(groups, demands, [], include_illustrative=False) == (groups, demands)


def test_real_groups_stand_alone_unless_examples_were_asked_for():
    real, invented = a_capacity_group(id="KG-A"), a_capacity_group(id="KG-B", evidence=INVENTED)
    own, example = days("M-1", 10, group_id="KG-A"), days("M-2", 5, group_id="KG-A", evidence=INVENTED)
    lost = days("M-3", 5, group_id="KG-B")
    assert counted([real, invented], [own, example, lost], [], include_illustrative=False) == ([real], [own])
    both = counted([real, invented], [own, example, lost], [], include_illustrative=True)
    assert both == ([real, invented], [own, example, lost])


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_excess_and_capacity_never_lose_a_day(demand, capacity):
    load = Load("KG", "2027-Q1", capacity, {"M-1": demand}, illustrative=False)
    assert load.excess == max(0.0, demand - capacity)
    assert (load.excess > 0) <= (load.band is Band.over)


def test_a_spread_demand_weighs_on_each_of_its_quarters_and_on_their_months():
    spread = days("M-12", 90, period="2027-Q1", until="2027-Q3", profile=(1, 0, 2))
    found = judge_load([a_capacity_group()], [spread], ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2027-03"])
    asked = {period: load.demand for (_, period), load in found.items()}
    assert asked == pytest.approx({"2027-Q1": 30, "2027-Q2": 0, "2027-Q3": 60, "2027-Q4": 0, "2027-03": 10})


def test_a_demand_that_a_partner_meets_takes_none_of_the_groups_time():
    own, given = days("M-12", 10), days("M-13", 30, contributed_by="Hochschule Ruhr West")
    load = judge_load([a_capacity_group()], [own, given], ["2027-Q1"])["KG-PROJEKTE", "2027-Q1"]
    assert load.demand_of == {"M-12": 10}


def test_an_invented_demand_of_another_quarter_does_not_make_this_one_an_example():
    far = days("M-13", 5, period="2028-Q1", evidence=INVENTED)
    found = judge_load([a_capacity_group()], [days("M-12", 10), far], ["2027-Q1", "2028-Q1"])
    assert [load.illustrative for load in found.values()] == [False, True]


def test_a_measure_that_is_over_or_put_off_asks_for_nothing() -> None:
    states = [MeasureState.running, MeasureState.idea, MeasureState.deferred, MeasureState.implemented]
    measures = [a_measure(id=f"M-{state}", state=state) for state in states]
    demands = [days(measure.id, 10) for measure in measures]
    found = counted([a_capacity_group()], demands, measures, include_illustrative=False)[1]
    assert [demand.measure_id for demand in found] == ["M-running", "M-idea"]
