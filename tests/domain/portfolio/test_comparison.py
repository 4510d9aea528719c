"""Scenarios side by side with the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from metrics.domain.base import Evidence
from metrics.domain.load import judge_load
from metrics.domain.measures import MeasureState
from metrics.domain.portfolio.comparison import Outlook, compared, outlook
from metrics.domain.portfolio.layer import ConsequenceKind, PlanInputs
from metrics.domain.resources import PotYear
from metrics.domain.scenarios import Scenario, ScenarioChange, ScenarioEffect
from metrics.domain.scheduling.pots import PotBalance
from tests.domain.portfolio.small_office import (
    FEW,
    MONTHS,
    QUARTERS,
    TODAY,
    a_change,
    a_demand,
    a_group,
    a_measure,
    a_money_line,
    a_plan,
    a_pot,
    changes,
    plans,
)

VALUES = {"M-1": 4.0, "M-2": 1.5}


def seen(plan: PlanInputs, *these: ScenarioChange, values: dict[str, float] = VALUES) -> Outlook:
    return outlook(plan, these, QUARTERS, values, TODAY)


def crowded() -> PlanInputs:
    """75 of 60 person-days in the first quarter of 2027, 66 in the third."""
    return a_plan(
        demands=(
            a_demand(person_days=45),
            a_demand(id="RB-2", measure_id="M-2", person_days=30),
            a_demand(id="RB-3", measure_id="M-2", period="2027-Q3", person_days=66),
        ),
        measures=(a_measure(goal_ids=("Z-A",)), a_measure(id="M-2", goal_ids=("Z-A", "Z-B"))),
    )


class TestLoad:
    def test_the_peak_is_the_highest_load_and_the_excess_the_sum_of_all(self) -> None:
        found = seen(crowded())
        assert found.peak is not None
        assert (found.peak.group_id, found.peak.period) == ("KG-P", "2027-Q1")
        assert found.peak.share == pytest.approx(1.25)
        assert found.excess_days == pytest.approx(21)
        assert found.overloads == 2

    def test_missing_posts_are_those_of_the_period_that_lacks_most(self) -> None:
        assert seen(crowded()).missing_fte == pytest.approx(15 / 30)

    def test_so_many_posts_more_and_it_fits(self) -> None:
        found = seen(crowded(), a_change(ScenarioEffect.posts, amount=0.5))
        assert (found.excess_days, found.overloads, found.missing_fte) == (0, 0, 0)

    def test_no_post_helps_where_daily_business_takes_all_of_the_time(self) -> None:
        assert seen(crowded(), a_change(ScenarioEffect.base_load, amount=1.0)).missing_fte is None

    def test_a_demand_without_any_capacity_is_the_peak(self) -> None:
        plan = replace(crowded(), groups=(a_group(), a_group(id="KG-Q", fte=0)))
        plan = replace(plan, demands=(*plan.demands, a_demand(id="RB-4", group_id="KG-Q", person_days=1)))
        found = seen(plan)
        assert found.peak is not None
        assert (found.peak.group_id, found.peak.share) == ("KG-Q", None)

    def test_a_plan_without_demand_has_no_peak(self) -> None:
        found = seen(a_plan(demands=()))
        assert (found.peak, found.excess_days, found.overloads, found.missing_fte) == (None, 0, 0, 0)


class TestMoney:
    def test_what_is_planned_stands_against_what_the_pot_holds(self) -> None:
        lines = (
            a_money_line(planned=80_000),
            a_money_line(id="ML-2", measure_id="M-2", planned=30_000),
            a_money_line(id="ML-3", year=2030, planned=10),
            a_money_line(id="ML-4", planned=None, spent=5),
            a_money_line(id="ML-5", pot_id=None, planned=7),
        )
        found = seen(a_plan(money_lines=lines, pots=(a_pot(ends="2029"),)))
        assert found.money == (
            PotBalance("FT-1", 2027, 100_000, 110_000, 1),
            PotBalance("FT-1", 2028, 100_000, 0, 0),
            PotBalance("FT-1", 2029, 100_000, 0, 0),
            PotBalance("FT-1", 2030, 0.0, 10, 0),
        )
        assert [one.lacking for one in found.money] == [10_000, 0, 0, 10]
        assert found.shortfall == 10_010

    def test_a_year_of_which_the_pot_says_nothing_has_no_shortfall_that_could_be_told(self) -> None:
        (found,) = seen(a_plan(pots=(a_pot(years=()),))).money
        assert (found.held, found.lacking) == (None, None)

    def test_of_money_that_nobody_has_planned_nothing_is_surely_lacking(self) -> None:
        line = a_money_line(planned=None, committed=5)
        (found,) = seen(a_plan(money_lines=(line,), pots=(a_pot(years=(PotYear(year=2027, amount=1),)),))).money
        assert (found.planned, found.unknown, found.lacking) == (0, 1, 0)

    def test_postponing_beyond_the_end_of_funding_leaves_it_uncovered(self) -> None:
        plan = a_plan(pots=(a_pot(ends="2029"),))
        found = seen(plan, a_change(ScenarioEffect.measure_postponed, quarters=12))
        assert found.shortfall == pytest.approx(12_000)


class TestGoalEffect:
    def test_values_add_up_over_all_and_by_goal(self) -> None:
        effect = seen(crowded()).goal_effect
        assert (effect.total, effect.by_goal) == (5.5, {"Z-A": 5.5, "Z-B": 1.5})

    def test_what_is_stopped_adds_nothing_any_more(self) -> None:
        found = seen(crowded(), a_change(ScenarioEffect.measure_stopped, measure_id="M-2", starts="2027-07"))
        assert (found.goal_effect.total, found.goal_effect.by_goal) == (4, {"Z-A": 4})
        assert [one.id for one in found.with_outcome(ConsequenceKind.stopped)] == ["M-2"]

    def test_what_rests_or_moves_still_counts(self) -> None:
        found = seen(crowded(), a_change(ScenarioEffect.rest_mode, starts="2027", until="2027-03"))
        assert found.goal_effect.total == 5.5
        assert [(one.id, one.months) for one in found.with_outcome(ConsequenceKind.paused)] == [("M-1", 3), ("M-2", 3)]

    def test_who_has_no_value_is_named_and_not_counted_as_nothing(self) -> None:
        effect = seen(crowded(), values={"M-1": 4.0}).goal_effect
        assert (effect.total, effect.by_goal, effect.without_value) == (4, {"Z-A": 4, "Z-B": None}, ("M-2",))

    def test_without_any_value_there_is_no_effect_to_tell(self) -> None:
        assert seen(crowded(), values={}).goal_effect.total is None

    @pytest.mark.parametrize("state", [MeasureState.implemented, MeasureState.discontinued, MeasureState.deferred])
    def test_what_has_ended_or_is_put_off_does_not_go_on(self, state: MeasureState) -> None:
        effect = seen(a_plan(measures=(a_measure(state=state),))).goal_effect
        assert (effect.total, effect.without_value) == (None, ())


def test_one_invented_input_makes_the_figures_an_example() -> None:
    assert not seen(a_plan()).illustrative
    assert seen(a_plan(money_lines=(a_money_line(evidence=Evidence.illustrative),))).illustrative
    assert seen(a_plan(groups=(a_group(evidence=Evidence.illustrative),))).illustrative


def test_the_plan_stands_first_and_each_scenario_after_it() -> None:
    scenarios = [
        Scenario(id="SZ-0", title="Wie geplant"),
        Scenario(id="SZ-1", title="Eine Stelle mehr", changes=(a_change(ScenarioEffect.posts),)),
    ]
    found = compared(crowded(), scenarios, QUARTERS, VALUES, TODAY)
    assert [one.scenario_id for one in found] == [None, "SZ-0", "SZ-1"]
    assert replace(found[1], scenario_id=None) == found[0]
    assert [one.overloads for one in found] == [2, 2, 0]


@FEW
@given(plans())
def test_a_scenario_without_changes_has_the_plans_figures(plan: PlanInputs) -> None:
    unchanged = Scenario(id="SZ-0", title="Wie geplant")
    own, same = compared(plan, [unchanged], QUARTERS, VALUES, TODAY)
    assert replace(same, scenario_id=None) == own


@FEW
@given(plans(), changes(ScenarioEffect.measure_stopped, ScenarioEffect.rest_mode))
def test_stopping_or_resting_never_adds_to_the_effect(plan: PlanInputs, change: ScenarioChange) -> None:
    before, new = seen(plan).goal_effect.total, seen(plan, change).goal_effect.total
    assert (new or 0) <= (before or 0)


@FEW
@given(plans(), changes(ScenarioEffect.measure_stopped))
def test_stopping_never_adds_an_overload(plan: PlanInputs, change: ScenarioChange) -> None:
    before, new = seen(plan), seen(plan, change)
    assert new.overloads <= before.overloads
    assert new.excess_days <= before.excess_days + 1e-6


@FEW
@given(plans())
def test_a_load_adds_up_what_each_demand_asks_for_in_its_period(plan: PlanInputs) -> None:
    periods = QUARTERS[:14] + MONTHS[:42]
    for (group_id, period), load in judge_load(plan.groups, plan.demands, periods).items():
        own = [one for one in plan.demands if one.group_id == group_id and not one.contributed_by]
        assert load.demand == pytest.approx(sum(one.in_period(period) for one in own))
