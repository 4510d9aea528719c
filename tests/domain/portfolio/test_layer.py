"""A scenario as a layer over the plan."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.load import judge_load
from metrics.domain.measures import MeasureState, Milestone
from metrics.domain.portfolio.changed import changed
from metrics.domain.portfolio.layer import ConsequenceKind, PlanInputs, applied, layered
from metrics.domain.portfolio.moving import moved_date
from metrics.domain.refusals import ChangeNotPossible, ScenarioNamesUnknown
from metrics.domain.resources import CapacityDeviation, Post, PotYear
from metrics.domain.scenarios import ScenarioChange, ScenarioEffect
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

TOLERANCE = 1e-6


def after(plan: PlanInputs, *these: ScenarioChange) -> PlanInputs:
    return applied(plan, these, TODAY)


def capacity(plan: PlanInputs, *periods: str, group_id: str = "KG-P") -> list[float]:
    return [plan.groups_by_id[group_id].person_days(period) for period in periods]


def asked(plan: PlanInputs, measure_id: str = "M-1") -> dict[str, float]:
    """Person-days of a measure by month or quarter as its demands count them."""
    found: dict[str, float] = {}
    for demand in plan.demands:
        if demand.measure_id == measure_id:
            for period, days in demand.by_period().items():
                found[period] = found.get(period, 0) + days
    return found


def planned(plan: PlanInputs) -> dict[int, float | None]:
    return {one.year: one.planned for one in plan.money_lines}


class TestPosts:
    def test_one_post_more_from_a_quarter_on_adds_its_time_from_then_on(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.posts, amount=1, starts="2027-04", until="2027-09"))
        assert plan.groups[0].posts == (Post(fte=1, enters="2027-04", leaves="2027-09"),)
        assert capacity(plan, "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4") == pytest.approx([60, 90, 90, 60])

    def test_posts_without_dates_are_there_all_the_time(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.posts, amount=2))
        assert (plan.groups[0].fte, plan.groups[0].posts) == (4, ())

    def test_half_a_post_less_for_good_leaves_less_without_dates(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.posts, amount=-0.5))
        assert (plan.groups[0].fte, plan.groups[0].posts) == (1.5, ())

    def test_a_post_that_is_away_for_a_time_leaves_before_it_and_enters_after_it(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.posts, amount=-1, starts="2027-04", until="2027-09"))
        assert plan.groups[0].fte == 1
        assert plan.groups[0].posts == (Post(fte=1, leaves="2027-03-31"), Post(fte=1, enters="2027-10-01"))
        assert capacity(plan, "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4") == pytest.approx([60, 30, 30, 60])

    def test_where_posts_without_dates_do_not_suffice_the_others_go_part_by_part(self) -> None:
        fixed_term = Post(label="Förderprojekt", fte=2, enters="2027", leaves="2028", fixed_term=True)
        plan = a_plan(groups=(a_group(fte=1, posts=(fixed_term,)),))
        plan = after(plan, a_change(ScenarioEffect.posts, amount=-2, starts="2027-07"))
        assert plan.groups[0].fte == 0
        assert plan.groups[0].posts == (
            Post(fte=1, leaves="2027-06-30"),
            Post(label="Förderprojekt", fte=1, enters="2027", leaves="2028", fixed_term=True),
            Post(label="Förderprojekt", fte=1, enters="2027", leaves="2027-06-30", fixed_term=True),
        )

    def test_more_posts_than_there_are_leave_none_and_it_is_told_how_many_were_missing(self) -> None:
        layer = layered(a_plan(), [a_change(ScenarioEffect.posts, amount=-3, starts="2027")], TODAY)
        assert capacity(layer.inputs, "2026-Q4", "2027-Q1") == [60, 0]
        assert [(one.outcome, one.id, one.fte) for one in layer.consequences] == [
            (ConsequenceKind.fewer_posts_than_named, "KG-P", 1)
        ]

    @FEW
    @given(plans(), changes(ScenarioEffect.posts))
    def test_posts_change_the_time_of_their_days_by_what_is_there_and_no_other(
        self, plan: PlanInputs, change: ScenarioChange
    ) -> None:
        group = plan.groups_by_id[str(change.group_id)]
        new = after(plan, change).groups_by_id[group.id]
        for month in MONTHS:
            within = (not change.starts or month >= change.starts) and (not change.until or month <= change.until)
            wanted = group.fte_in(month) + (change.amount or 0) * within * group.exists_in(month)
            if any(post.share_of(month) not in (0, 1) for post in group.posts):
                assert max(0, wanted) - TOLERANCE <= new.fte_in(month) <= max(group.fte_in(month), wanted) + TOLERANCE
            else:
                assert new.fte_in(month) == pytest.approx(max(0, wanted))


class TestBaseLoad:
    def test_a_fifth_more_daily_business_leaves_40_per_cent_instead_of_50(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.base_load, amount=0.2))
        assert plan.groups[0].base_load_share == pytest.approx(0.6)
        assert capacity(plan, "2027-Q1") == pytest.approx([48])

    def test_for_a_time_it_stands_in_the_months(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.base_load, amount=0.2, starts="2027-03", until="2027-04"))
        assert plan.groups[0].base_load_share == 0.5
        assert [one.period for one in plan.groups[0].deviations] == ["2027-03", "2027-04"]
        assert capacity(plan, "2027-02", "2027-03", "2027-04", "2027-05") == pytest.approx([20, 16, 16, 20])

    def test_from_a_date_on_for_good_the_months_before_keep_the_old_share(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.base_load, amount=0.2, starts="2027-02"))
        assert plan.groups[0].base_load_share == pytest.approx(0.6)
        assert [one.period for one in plan.groups[0].deviations] == ["2026-11", "2026-12", "2027-01"]
        assert capacity(plan, "2027-01", "2027-02", "2035-01") == pytest.approx([20, 16, 16])

    def test_what_deviates_already_rises_as_well_and_keeps_its_absence(self) -> None:
        deviation = CapacityDeviation(period="2027-Q1", absence_share=0.5, base_load_share=0.25)
        plan = a_plan(groups=(a_group(deviations=(deviation,)),))
        plan = after(plan, a_change(ScenarioEffect.base_load, amount=1.0, starts="2027-02", until="2027-02"))
        assert plan.groups[0].shares_in("2027-01") == (0.5, 0.25)
        assert plan.groups[0].shares_in("2027-02") == (0.5, 0.5)

    def test_more_than_all_of_the_time_is_no_time_left_and_is_told(self) -> None:
        layer = layered(a_plan(), [a_change(ScenarioEffect.base_load, amount=1.5)], TODAY)
        assert capacity(layer.inputs, "2027-Q1") == [0]
        assert [(one.outcome, one.id) for one in layer.consequences] == [(ConsequenceKind.no_time_left, "KG-P")]

    def test_daily_business_never_falls_to_nothing(self) -> None:
        with pytest.raises(ChangeNotPossible) as refused:
            after(a_plan(), a_change(ScenarioEffect.base_load, amount=-1))
        assert refused.value.data == {"effect": ScenarioEffect.base_load, "kind": "capacity_group", "id": "KG-P"}

    def test_it_may_hold_for_one_group_alone(self) -> None:
        plan = a_plan(groups=(a_group(), a_group(id="KG-Q")))
        plan = after(plan, a_change(ScenarioEffect.base_load, group_id="KG-Q"))
        assert [one.base_load_share for one in plan.groups] == pytest.approx([0.5, 0.6])


class TestMerging:
    def test_full_time_equivalents_posts_and_demands_become_those_of_the_other(self) -> None:
        post = Post(fte=1, enters="2027-04")
        source = a_group(id="KG-Q", fte=1, base_load_share=0.8, absence_share=0.2, posts=(post,))
        plan = a_plan(groups=(a_group(), source), demands=(a_demand(), a_demand(id="RB-2", group_id="KG-Q")))
        plan = after(plan, a_change(ScenarioEffect.groups_merged))
        target, shell = plan.groups
        assert (target.fte, target.posts, shell.fte, shell.posts) == (3, (post,), 0, ())
        assert (target.absence_share, target.base_load_share) == pytest.approx((0.1, 0.65))
        assert [one.group_id for one in plan.demands] == ["KG-P", "KG-P"]

    def test_from_a_quarter_on_the_source_ends_before_it_and_its_demand_is_parted(self) -> None:
        source = a_group(id="KG-Q", fte=2, base_load_share=0.75)
        demand = a_demand(group_id="KG-Q", until="2027-Q2", person_days=40)
        plan = a_plan(groups=(a_group(), source), demands=(demand,))
        plan = after(plan, a_change(ScenarioEffect.groups_merged, starts="2027-04"))
        assert plan.groups_by_id["KG-Q"].last_quarter == "2027-Q1"
        assert capacity(plan, "2027-Q1", "2027-Q2") == pytest.approx([60, 90])
        assert [(one.id, one.group_id, one.period, one.person_days) for one in plan.demands] == [
            ("RB-1", "KG-Q", "2027-Q1", 20),
            ("RB-1-T2", "KG-P", "2027-Q2", 20),
        ]

    def test_a_group_that_has_ended_by_then_brings_nothing(self) -> None:
        source = a_group(id="KG-Q", last_quarter="2026-Q4")
        plan = a_plan(groups=(a_group(), source))
        assert after(plan, a_change(ScenarioEffect.groups_merged, starts="2027")) == plan

    def test_a_group_does_not_become_part_of_itself(self) -> None:
        with pytest.raises(ChangeNotPossible):
            after(a_plan(), a_change(ScenarioEffect.groups_merged, group_id="KG-P"))

    @FEW
    @given(plans(), st.sampled_from([None, "2026-08", "2027-01", "2028-03"]))
    def test_no_full_time_equivalent_and_no_day_of_work_is_lost_or_doubled(
        self, plan: PlanInputs, starts: str | None
    ) -> None:
        new = after(plan, a_change(ScenarioEffect.groups_merged, starts=starts))
        for quarter in QUARTERS:
            there = fsum(one.fte_in(quarter) for one in plan.groups)
            assert fsum(one.fte_in(quarter) for one in new.groups) == pytest.approx(there)
            work = fsum(one.in_period(quarter) for one in plan.demands)
            assert fsum(one.in_period(quarter) for one in new.demands) == pytest.approx(work)


class TestFunding:
    def test_a_pot_that_ends_keeps_its_years_before_and_what_was_planned_later_falls_out(self) -> None:
        lines = (a_money_line(), a_money_line(id="ML-2", year=2028, planned=5000))
        layer = layered(a_plan(money_lines=lines), [a_change(ScenarioEffect.funding_ends, starts="2028")], TODAY)
        pot = layer.inputs.pots[0]
        assert (pot.ends, pot.years) == ("2027", (PotYear(year=2027, amount=100_000),))
        assert [one.id for one in layer.inputs.money_lines] == ["ML-1"]
        assert [(one.outcome, one.id, one.measure_id, one.euros) for one in layer.consequences] == [
            (ConsequenceKind.money_lost, "ML-2", "M-1", 5000)
        ]

    @pytest.mark.parametrize(
        ("starts", "ends", "left"), [("2027-07", "2027-06", 50_000), ("2027-07-01", "2027-06-30", 50_000)]
    )
    def test_in_its_last_year_it_holds_the_part_of_its_months(self, starts: str, ends: str, left: float) -> None:
        pot = after(a_plan(), a_change(ScenarioEffect.funding_ends, starts=starts)).pots[0]
        assert (pot.ends, pot.years) == (ends, (PotYear(year=2027, amount=left),))

    def test_a_pot_that_ends_earlier_anyway_stays_as_it_is(self) -> None:
        plan = a_plan(pots=(a_pot(ends="2027", years=()),), money_lines=(a_money_line(year=2029),))
        assert after(plan, a_change(ScenarioEffect.funding_ends, starts="2028-07")) == plan

    def test_funding_does_not_end_before_it_starts(self) -> None:
        plan = a_plan(pots=(a_pot(starts="2028", years=()),))
        with pytest.raises(ChangeNotPossible) as refused:
            after(plan, a_change(ScenarioEffect.funding_ends, starts="2027-07"))
        assert refused.value.data == {"effect": ScenarioEffect.funding_ends, "kind": "funding_pot", "id": "FT-1"}

    def test_more_money_a_year_counts_by_the_months_of_the_span(self) -> None:
        change = a_change(ScenarioEffect.funding, amount=12_000, starts="2027-10", until="2028")
        years = after(a_plan(), change).pots[0].years
        assert [one.amount for one in years] == pytest.approx([103_000, 112_000, 100_000])

    def test_less_money_than_there_is_leaves_none(self) -> None:
        years = after(a_plan(), a_change(ScenarioEffect.funding, amount=-1e6)).pots[0].years
        assert [one.amount for one in years] == [0, 0, 0]


class TestStopping:
    def test_from_the_date_on_demand_and_money_fall_away_and_the_measure_ends(self) -> None:
        demand = a_demand(until="2027-Q4", person_days=40)
        plan = a_plan(demands=(demand,), measures=(a_measure(starts="2027", ends="2028-06"),))
        layer = layered(plan, [a_change(ScenarioEffect.measure_stopped, starts="2027-07")], TODAY)
        assert asked(layer.inputs) == {"2027-Q1": 10, "2027-Q2": 10}
        assert planned(layer.inputs) == {2027: 6000}
        assert (layer.inputs.measures[0].ends, layer.inputs.measures[0].state) == ("2027-06", MeasureState.planned)
        (found,) = layer.consequences
        assert (found.outcome, found.id, found.person_days, found.euros) == (ConsequenceKind.stopped, "M-1", 20, 6000)

    def test_a_planned_measure_that_is_stopped_without_a_date_never_comes(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.measure_stopped))
        assert (plan.demands, plan.money_lines) == ((), ())
        assert plan.measures[0].state is MeasureState.discontinued

    def test_of_a_measure_at_work_what_is_past_stays(self) -> None:
        demand = a_demand(period="2026-10", until="2027-01", person_days=40)
        plan = a_plan(demands=(demand,), measures=(a_measure(state=MeasureState.running, starts="2026"),))
        plan = after(plan, a_change(ScenarioEffect.measure_stopped))
        assert asked(plan) == {"2026-10": 10, "2026-11": 10}
        assert plan.measures[0].state is MeasureState.discontinued

    def test_a_quarters_demand_that_is_cut_within_it_goes_on_in_months(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.measure_stopped, starts="2027-03"))
        assert asked(plan) == pytest.approx({"2027-01": 10, "2027-02": 10})
        assert plan.demands[0].budget == pytest.approx(2000)

    def test_what_is_committed_or_spent_does_not_fall_away(self) -> None:
        line = a_money_line(planned=12_000, committed=5000, spent=1000)
        plan = after(a_plan(money_lines=(line,)), a_change(ScenarioEffect.measure_stopped))
        assert planned(plan) == {2027: 5000}

    def test_a_measure_that_has_ended_is_not_stopped(self) -> None:
        plan = a_plan(measures=(a_measure(state=MeasureState.implemented),))
        assert layered(plan, [a_change(ScenarioEffect.measure_stopped)], TODAY).inputs is plan

    def test_until_a_date_it_rests_and_goes_on_after_it(self) -> None:
        plan = after(a_plan(), a_change(ScenarioEffect.measure_stopped, starts="2027-01", until="2027-06"))
        assert asked(plan) == {"2027-Q3": 30}

    @FEW
    @given(plans(), changes(ScenarioEffect.measure_stopped))
    def test_stopping_never_raises_any_load(self, plan: PlanInputs, change: ScenarioChange) -> None:
        before = judge_load(plan.groups, plan.demands, MONTHS)
        new = after(plan, change)
        for key, load in judge_load(new.groups, new.demands, MONTHS).items():
            assert load.demand <= before[key].demand + TOLERANCE


class TestPostponing:
    def test_everything_of_a_planned_measure_comes_later(self) -> None:
        measure = a_measure(
            starts="2027",
            ends="2028-08-31",
            milestones=(
                Milestone(title="Konzept", due="2027-03", done_on="2026-11-02"),
                Milestone(title="Eröffnung", due="2028-06"),
            ),
        )
        plan = a_plan(measures=(measure,), demands=(a_demand(until="2027-Q2", profile=(2, 1)),))
        layer = layered(plan, [a_change(ScenarioEffect.measure_postponed, quarters=6)], TODAY)
        new = layer.inputs.measures[0]
        assert (new.starts, new.ends) == ("2028", "2030-02-28")
        assert [one.due for one in new.milestones] == ["2027-03", "2029-12"]
        assert asked(layer.inputs) == {"2028-Q3": 20, "2028-Q4": 10}
        assert planned(layer.inputs) == {2028: 6000, 2029: 6000}
        (found,) = layer.consequences
        assert (found.outcome, found.id, found.months, found.person_days) == (ConsequenceKind.moved, "M-1", 18, 30)

    def test_what_lies_before_the_date_stays(self) -> None:
        plan = a_plan(
            demands=(a_demand(period="2027-Q1", until="2027-Q2", person_days=40),),
            measures=(a_measure(starts="2027-01", ends="2027-06"),),
        )
        plan = after(plan, a_change(ScenarioEffect.measure_postponed, quarters=1, starts="2027-04"))
        assert asked(plan) == {"2027-Q1": 20, "2027-Q3": 20}
        assert (plan.measures[0].starts, plan.measures[0].ends) == ("2027-01", "2027-09")

    def test_of_a_measure_at_work_what_is_past_stays(self) -> None:
        plan = a_plan(
            demands=(a_demand(period="2026-Q3", until="2027-Q1", person_days=90),),
            measures=(a_measure(state=MeasureState.running, starts="2026-07", ends="2027-03"),),
        )
        plan = after(plan, a_change(ScenarioEffect.measure_postponed, quarters=1))
        assert asked(plan) == pytest.approx(
            dict.fromkeys(["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"], 10)
            | dict.fromkeys(["2027-03", "2027-04", "2027-05", "2027-06"], 10)
        )
        assert (plan.measures[0].starts, plan.measures[0].ends) == ("2026-07", "2027-06")

    def test_money_joins_the_planned_line_of_its_pot_and_year_but_no_invented_one(self) -> None:
        lines = (
            a_money_line(planned=1000),
            a_money_line(id="ML-2", year=2028, planned=10),
            a_money_line(id="ML-3", year=2028, planned=7, pot_id=None),
            a_money_line(id="ML-4", year=2027, planned=500, evidence=Evidence.illustrative),
        )
        plan = after(a_plan(money_lines=lines), a_change(ScenarioEffect.measure_postponed, quarters=4))
        assert [(one.id, one.year, one.planned, one.illustrative) for one in plan.money_lines] == [
            ("ML-2", 2028, 1000, False),
            ("ML-2-T2", 2029, 10, False),
            ("ML-3-T2", 2029, 7, False),
            ("ML-4-T2", 2028, 500, True),
        ]

    def test_a_measure_cannot_be_moved_beyond_the_calendar(self) -> None:
        plan = a_plan(demands=(a_demand(period="2095-Q1"),))
        with pytest.raises(ChangeNotPossible):
            after(plan, a_change(ScenarioEffect.measure_postponed, quarters=20))

    @FEW
    @given(plans(), changes(ScenarioEffect.measure_postponed))
    def test_work_is_never_done_earlier_and_never_lost(self, plan: PlanInputs, change: ScenarioChange) -> None:
        new = after(plan, change)
        for group in plan.groups:
            own = [[one.by_month() for one in inputs.demands if one.group_id == group.id] for inputs in (plan, new)]
            done = [0.0, 0.0]
            for month in MONTHS:
                done = [
                    total + fsum(one.get(month, 0) for one in demands) for total, demands in zip(done, own, strict=True)
                ]
                assert done[1] <= done[0] + TOLERANCE
            assert done[1] == pytest.approx(done[0])

    @FEW
    @given(plans(), changes(ScenarioEffect.measure_postponed))
    def test_evenly_spread_work_never_raises_the_load_of_its_old_periods(
        self, plan: PlanInputs, change: ScenarioChange
    ) -> None:
        even = replace(plan, demands=tuple(changed(one, profile=()) for one in plan.demands[:1]))
        old = {month for one in even.demands for month in one.by_month()}
        new = after(even, change)
        before = judge_load(even.groups, even.demands, sorted(old))
        for key, load in judge_load(new.groups, new.demands, sorted(old)).items():
            assert load.demand <= before[key].demand + TOLERANCE

    @FEW
    @given(plans(), changes(ScenarioEffect.measure_postponed, ScenarioEffect.groups_merged))
    def test_no_planned_euro_is_lost(self, plan: PlanInputs, change: ScenarioChange) -> None:
        before = fsum(one.planned or 0 for one in plan.money_lines)
        assert fsum(one.planned or 0 for one in after(plan, change).money_lines) == pytest.approx(before)


class TestRestMode:
    def test_what_lies_ahead_of_the_others_moves_by_the_length_of_the_rest(self) -> None:
        plan = a_plan(
            demands=(a_demand(until="2027-Q4", person_days=40), a_demand(id="RB-2", measure_id="M-2")),
            measures=(a_measure(starts="2027-01", ends="2027-12"), a_measure(id="M-2", mandatory=True)),
        )
        layer = layered(plan, [a_change(ScenarioEffect.rest_mode, starts="2027-04", until="2027-09")], TODAY)
        assert asked(layer.inputs) == {"2027-Q1": 10, "2027-Q4": 10, "2028-Q1": 10, "2028-Q2": 10}
        assert asked(layer.inputs, "M-2") == {"2027-Q1": 30}
        assert layer.inputs.measures[0].ends == "2028-06"
        assert [(one.outcome, one.id, one.months) for one in layer.consequences] == [(ConsequenceKind.paused, "M-1", 6)]

    def test_without_an_end_the_others_stop(self) -> None:
        layer = layered(a_plan(), [a_change(ScenarioEffect.rest_mode, starts="2027-02")], TODAY)
        assert asked(layer.inputs) == pytest.approx({"2027-01": 10})
        assert [(one.outcome, one.id) for one in layer.consequences] == [(ConsequenceKind.stopped, "M-1")]

    def test_a_measure_that_begins_after_the_rest_is_left_alone(self) -> None:
        plan = a_plan()
        assert after(plan, a_change(ScenarioEffect.rest_mode, starts="2026-12", until="2026-12")) == plan

    def test_an_idea_that_has_nothing_ahead_is_left_alone(self) -> None:
        plan = PlanInputs(measures=(a_measure(state=MeasureState.idea),))
        assert after(plan, a_change(ScenarioEffect.rest_mode)) == plan

    def test_a_measure_at_work_that_rests_from_now_on_is_paused(self) -> None:
        measure = a_measure(state=MeasureState.running, starts="2026", ends="2027")
        plan = after(a_plan(measures=(measure,)), a_change(ScenarioEffect.rest_mode, starts="2026-11", until="2027-03"))
        assert (plan.measures[0].state, plan.measures[0].ends) == (MeasureState.paused, "2028")
        assert asked(plan) == pytest.approx({"2027-05": 10, "2027-06": 10, "2027-07": 10})

    @FEW
    @given(plans(), changes(ScenarioEffect.rest_mode))
    def test_mandatory_measures_are_left_alone(self, plan: PlanInputs, change: ScenarioChange) -> None:
        layer = layered(plan, [change], TODAY)
        mandatory = {one.id for one in plan.measures if one.mandatory}
        for name in ("demands", "money_lines"):
            before, new = (
                [one for one in getattr(inputs, name) if one.measure_id in mandatory] for inputs in (plan, layer.inputs)
            )
            assert new == before
        assert [one for one in layer.inputs.measures if one.mandatory] == [
            one for one in plan.measures if one.mandatory
        ]
        assert not {one.measure_id for one in layer.consequences} & mandatory

    @FEW
    @given(plans(), changes(ScenarioEffect.rest_mode))
    def test_nobody_but_the_mandatory_works_in_the_months_of_a_rest(
        self, plan: PlanInputs, change: ScenarioChange
    ) -> None:
        new = after(plan, change)
        free = {one.id for one in plan.measures if not one.mandatory and not one.ended}
        first = max(str(change.starts), "2026-12")
        for demand in new.demands:
            months = [one for one in demand.by_month() if first <= one and (not change.until or one <= change.until)]
            if demand.measure_id in free:
                assert fsum(demand.by_month()[one] for one in months) == 0


class TestEverything:
    def test_ids_that_the_plan_does_not_have_are_refused_together(self) -> None:
        these = [
            a_change(ScenarioEffect.posts, group_id="KG-X"),
            a_change(ScenarioEffect.measure_stopped, measure_id="M-9"),
            a_change(ScenarioEffect.measure_stopped, measure_id="M-1"),
            a_change(ScenarioEffect.funding, pot_id="FT-9"),
            a_change(ScenarioEffect.groups_merged, group_id="KG-X", into_group_id="KG-P"),
        ]
        with pytest.raises(ScenarioNamesUnknown) as refused:
            after(a_plan(), *these)
        assert refused.value.data == {"unknown": "KG-X, M-9, FT-9"}

    @FEW
    @given(plans())
    def test_a_scenario_without_changes_is_the_plan(self, plan: PlanInputs) -> None:
        layer = layered(plan, (), TODAY)
        assert layer.inputs is plan
        assert layer.consequences == ()

    @FEW
    @given(plans(), st.lists(changes(), max_size=3))
    def test_the_plans_own_records_are_never_touched(self, plan: PlanInputs, these: list[ScenarioChange]) -> None:
        records = (*plan.groups, *plan.demands, *plan.pots, *plan.money_lines, *plan.measures)
        before = [one.model_dump_json() for one in records]
        after(plan, *these)
        assert [one.model_dump_json() for one in records] == before

    @FEW
    @given(plans(), st.lists(changes(), max_size=3))
    def test_what_comes_out_obeys_every_rule_and_no_id_stands_twice(
        self, plan: PlanInputs, these: list[ScenarioChange]
    ) -> None:
        new = after(plan, *these)
        for records in (new.groups, new.demands, new.pots, new.money_lines, new.measures):
            assert [type(one)(**one.model_dump()) for one in records] == list(records)
            assert len({one.id for one in records}) == len(records)

    @FEW
    @given(plans(), changes(ScenarioEffect.posts))
    def test_more_posts_never_raise_an_overload_and_fewer_never_lower_one(
        self, plan: PlanInputs, change: ScenarioChange
    ) -> None:
        new = after(plan, change)
        before = judge_load(plan.groups, plan.demands, QUARTERS)
        sign = 1 if (change.amount or 0) > 0 else -1
        for key, load in judge_load(new.groups, new.demands, QUARTERS).items():
            assert sign * load.excess <= sign * before[key].excess + TOLERANCE

    @FEW
    @given(plans(), changes(ScenarioEffect.base_load), st.sampled_from([0.2, 0.5, 3.0]))
    def test_more_daily_business_never_leaves_more_time(
        self, plan: PlanInputs, change: ScenarioChange, amount: float
    ) -> None:
        more = a_change(ScenarioEffect.base_load, **change.model_dump(exclude={"effect"}) | {"amount": amount})
        new = after(plan, more)
        span = [one for one in MONTHS if (one >= (change.starts or "")) and one <= (change.until or "9")]
        before = judge_load(plan.groups, plan.demands, MONTHS)
        for (group_id, month), load in judge_load(new.groups, new.demands, MONTHS).items():
            old = before[group_id, month]
            assert load.capacity <= old.capacity + TOLERANCE
            assert (load.share is None) or (old.share is not None and load.share >= old.share - TOLERANCE)
            if month not in span and month >= "2026-11":
                assert load.capacity == pytest.approx(old.capacity)


@pytest.mark.parametrize(
    ("text", "months", "at_end", "moved"),
    [
        ("2027", 3, False, "2027"),
        ("2027", 3, True, "2028"),
        ("2027", 12, False, "2028"),
        ("2027-11", 3, False, "2028-02"),
        ("2027-11-30", 3, True, "2028-02-29"),
        ("2027-08-31", 1, False, "2027-09-30"),
    ],
)
def test_a_moved_date_is_as_exact_as_it_was(text: str, months: int, at_end: bool, moved: str) -> None:
    assert moved_date(text, months, at_end=at_end) == moved
