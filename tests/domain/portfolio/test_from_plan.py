"""The plan's records become a problem: who is placed where, what is taken, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.measures import DependencyKind, Measure, MeasureState, Responsibility
from metrics.domain.periods import row
from metrics.domain.portfolio.from_plan import LeftOut, PlanProblem, Unheld, horizon, plan_problem
from metrics.domain.portfolio.layer import PlanInputs
from metrics.domain.portfolio.moves import MoveKind
from metrics.domain.portfolio.relief import Relief, relieve
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, ResourceDemand

QUARTERS = row("2027-Q1", 8)
TEAM = CapacityGroup(id="KG", title="Team", fte=4, days_per_quarter=60, absence_share=0, base_load_share=0.5)
POT = FundingPot(id="FT", title="Topf", years=({"year": 2027, "amount": 1000}, {"year": 2028, "amount": 500}))


def measure(identifier: str = "M-1", **over: Any) -> Measure:
    fields = {"id": identifier, "title": identifier, "responsibility": Responsibility.office}
    return Measure(**{**fields, "state": MeasureState.planned, **over})


def demand(period: str = "2027-Q1", measure_id: str = "M-1", **over: Any) -> ResourceDemand:
    fields = {"id": f"RB-{measure_id}-{period}", "measure_id": measure_id, "group_id": "KG", "period": period}
    return ResourceDemand(**{**fields, "person_days": 12, **over})


def money(year: int, planned: float | None, measure_id: str = "M-1", **over: Any) -> MoneyLine:
    fields = {"id": f"GZ-{measure_id}-{year}", "measure_id": measure_id, "pot_id": "FT", "year": year}
    return MoneyLine(**{**fields, "planned": planned, "spent": 0, **over})


def found(
    *measures: Measure, demands: list[ResourceDemand], lines: list[MoneyLine] | None = None, **over: Any
) -> PlanProblem:
    inputs = PlanInputs(
        groups=(TEAM,), demands=tuple(demands), pots=(POT,), money_lines=tuple(lines or ()), measures=measures
    )
    return plan_problem(inputs, QUARTERS, over.pop("values", {}), **over)


def test_a_measure_stands_where_its_first_demand_is_and_takes_what_it_asks_for() -> None:
    spread = demand("2027-Q2", until="2027-Q4", person_days=30, profile=(1, 0, 2))
    plan = found(measure(), demands=[spread])
    one = plan.problem.candidates["M-1"]
    assert (one.planned, one.duration, dict(one.demand)) == (1, 3, {"KG": (10.0, 0.0, 20.0)})
    assert (one.earliest, one.latest) == (0, 5)
    assert plan.starts == {"M-1": 1}
    assert plan.problem.resources["KG"].capacity == (120.0,) * 8


def test_months_add_up_to_their_quarter() -> None:
    plan = found(measure(), demands=[demand("2027-02", person_days=6), demand("2027-03", person_days=4)])
    assert plan.problem.candidates["M-1"].demand == {"KG": (10.0,)}


def test_what_lies_before_the_first_period_is_spent() -> None:
    plan = found(measure(), demands=[demand("2026-Q4", until="2027-Q1", person_days=20)])
    assert plan.problem.candidates["M-1"].demand == {"KG": (10.0,)}


def test_a_partner_takes_nothing_of_the_groups_time() -> None:
    plan = found(measure(), demands=[demand(contributed_by="Hochschule")])
    assert plan.left_out == {"M-1": LeftOut.no_demand}


def test_a_years_money_is_spread_over_the_measures_periods_in_that_year() -> None:
    plan = found(
        measure(),
        demands=[demand("2027-Q3", until="2028-Q1", person_days=30)],
        lines=[money(2027, 400), money(2028, 100), money(2029, 70), money(2026, 70)],
    )
    assert plan.problem.candidates["M-1"].demand["pot:FT"] == (200.0, 200.0, 100.0)
    pot = plan.problem.resources["pot:FT"]
    assert (pot.capacity, pot.bucket_of) == ((1000.0, 500.0), (0, 0, 0, 0, 1, 1, 1, 1))


def test_a_pot_of_which_nobody_knows_what_it_holds_is_no_limit() -> None:
    unknown = FundingPot(id="FT", title="Topf")
    inputs = PlanInputs(
        groups=(TEAM,), demands=(demand(),), pots=(unknown,), money_lines=(money(2027, 5),), measures=(measure(),)
    )
    plan = plan_problem(inputs, QUARTERS, {})
    assert set(plan.problem.resources) == {"KG"}
    assert plan.problem.candidates["M-1"].demand == {"KG": (12.0,)}


def test_money_of_a_year_without_own_time_and_of_a_measure_that_is_over_is_told_as_held_against_no_pot() -> None:
    plan = found(
        measure(),
        measure("M-2", state=MeasureState.implemented),
        measure("M-3"),
        measure("M-4", state=MeasureState.deferred),
        demands=[demand("2027-Q3", until="2027-Q4"), demand(measure_id="M-2")],
        lines=[
            *(money(year, 100) for year in (2026, 2027, 2028, 2029)),
            money(2027, 30, "M-2"),
            money(2028, 20, "M-3"),
            money(2028, 10, "M-4"),
        ],
    )
    assert plan.money_aside == {"M-1": 100, "M-2": 30, "M-3": 20}
    assert sum(plan.problem.candidates["M-1"].demand["pot:FT"]) == 100


@given(st.integers(0, 7), st.integers(1, 8), st.dictionaries(st.integers(2025, 2031), st.integers(0, 900), max_size=7))
def test_all_planned_money_of_the_horizon_is_either_held_against_a_pot_or_told(
    start: int, length: int, years: dict[int, int]
) -> None:
    last = QUARTERS[min(7, start + length - 1)]
    plan = found(
        measure(),
        demands=[demand(QUARTERS[start], until=last, person_days=40)],
        lines=[money(year, float(amount)) for year, amount in years.items()],
    )
    held = sum(plan.problem.candidates["M-1"].demand.get("pot:FT", ()))
    inside = sum(amount for year, amount in years.items() if year in (2027, 2028))
    assert held + plan.money_aside.get("M-1", 0) == pytest.approx(inside)


def test_measures_at_work_are_named_because_a_choice_may_leave_them_out() -> None:
    plan = found(
        measure(state=MeasureState.running),
        measure("M-2", state=MeasureState.paused),
        measure("M-3"),
        measure("M-4", state=MeasureState.running),
        demands=[demand(), demand(measure_id="M-2"), demand(measure_id="M-3")],
    )
    assert plan.begun == {"M-1", "M-2"}


def test_a_measure_stands_where_its_demand_is_even_before_the_start_it_names() -> None:
    early = measure(earliest_start="2027-07")
    one = found(early, demands=[demand("2027-Q1")]).problem.candidates["M-1"]
    assert (one.planned, list(one.starts)) == (0, [2, 3, 4, 5, 6, 7])


def test_a_measure_whose_demand_ends_before_the_horizon_is_left_out_with_the_reason() -> None:
    plan = found(measure(state=MeasureState.running), demands=[demand("2026-Q3", until="2026-Q4")])
    assert (plan.starts, plan.left_out, plan.begun) == ({}, {"M-1": LeftOut.no_demand}, frozenset())


def test_a_group_without_demand_is_a_resource_that_nothing_is_asked_of() -> None:
    idle = CapacityGroup(id="KG-2", title="Leitung", fte=1, days_per_quarter=60, absence_share=0, base_load_share=0.5)
    inputs = PlanInputs(groups=(TEAM, idle), demands=(demand(),), pots=(), money_lines=(), measures=(measure(),))
    plan = plan_problem(inputs, QUARTERS, {})
    assert plan.problem.resources["KG-2"].capacity == (30.0,) * 8
    assert plan.problem.candidates["M-1"].demand == {"KG": (12.0,)}


@pytest.mark.parametrize("state", [MeasureState.running, MeasureState.paused])
def test_a_measure_that_has_begun_keeps_its_place(state: MeasureState) -> None:
    one = found(measure(state=state), demands=[demand("2027-Q2")]).problem.candidates["M-1"]
    assert list(one.starts) == [1]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (MeasureState.deferred, {"M-1": LeftOut.deferred}),
        (MeasureState.implemented, {}),
        (MeasureState.discontinued, {}),
    ],
)
def test_who_waits_or_is_over_is_not_placed(state: MeasureState, expected: dict[str, LeftOut]) -> None:
    plan = found(measure(state=state), demands=[demand()])
    assert (dict(plan.problem.candidates), plan.left_out) == ({}, expected)


def test_the_window_bounds_where_a_measure_may_start() -> None:
    bound = measure(earliest_start="2027-05", latest_end="2028-03")
    one = found(bound, demands=[demand("2027-Q2", until="2027-Q3")]).problem.candidates["M-1"]
    assert list(one.starts) == [1, 2, 3]


def test_a_measure_longer_than_its_window_is_left_out_with_the_reason() -> None:
    plan = found(measure(latest_end="2027-06"), demands=[demand("2027-Q1", until="2027-Q3")])
    assert plan.left_out == {"M-1": LeftOut.too_long}


def test_unrated_measures_count_as_the_median_and_say_so() -> None:
    demands = [demand(measure_id=name) for name in ("M-1", "M-2", "M-3", "M-4")]
    plan = found(*(measure(one.measure_id) for one in demands), demands=demands, values={"M-1": 2, "M-2": 6, "M-3": 9})
    assert plan.problem.candidates["M-4"].value == 6
    assert plan.estimated == {"M-4"}
    assert found(measure(), demands=[demand()]).problem.candidates["M-1"].value == 1


def test_dependencies_on_what_is_not_placed_are_told_unless_it_is_done() -> None:
    depends = [
        {"measure_id": "M-2", "dependency": "after"},
        {"measure_id": "M-3", "dependency": "requires"},
        {"measure_id": "M-4", "dependency": "excludes"},
        {"measure_id": "M-5", "dependency": "requires"},
        {"measure_id": "M-6", "dependency": "excludes"},
    ]
    plan = found(
        measure(depends_on=depends),
        measure("M-2", state=MeasureState.implemented),
        measure("M-3", state=MeasureState.idea),
        measure("M-4", state=MeasureState.deferred),
        measure("M-5"),
        measure("M-6"),
        demands=[demand(), demand(measure_id="M-5"), demand(measure_id="M-6")],
    )
    assert plan.unheld == (Unheld("M-1", "M-3", DependencyKind.requires),)
    assert (plan.problem.after, plan.problem.requires, plan.problem.excludes) == (
        (),
        (("M-1", "M-5"),),
        (("M-1", "M-6"),),
    )


def test_pins_and_the_limit_of_parallel_measures_are_handed_on() -> None:
    plan = found(measure(mandatory=True), demands=[demand()], pinned=frozenset({"M-1"}), at_once=3)
    one = plan.problem.candidates["M-1"]
    assert (one.pinned, one.mandatory, plan.problem.at_once) == (True, True, 3)


def test_the_horizon_reaches_a_year_beyond_the_last_demand_and_two_years_at_least() -> None:
    far = PlanInputs(groups=(), demands=(demand("2029-11"),), pots=(), money_lines=(), measures=())
    nothing = PlanInputs(groups=(), demands=(), pots=(), money_lines=(), measures=())
    assert horizon(far, "2027-Q1")[-1] == "2030-Q4"
    assert horizon(far, "2027-01")[-1] == "2030-11"
    assert horizon(nothing, "2027-Q1") == tuple(row("2027-Q1", 8))
    assert horizon(nothing, "2027-01") == tuple(row("2027-01", 24))
    assert len(horizon(far, "2010-01")) == 60


def test_who_waits_for_the_end_of_another_needs_it_so_no_way_out_drops_it() -> None:
    waits = measure(depends_on=[{"measure_id": "M-2", "dependency": "after"}], mandatory=True)
    demands = [demand("2027-Q2", person_days=1), demand(measure_id="M-2", person_days=121)]
    plan = found(waits, measure("M-2", latest_end="2027-03"), demands=demands)
    assert (plan.problem.after, plan.problem.requires) == ((("M-1", "M-2"),), (("M-1", "M-2"),))
    way = relieve(plan.problem, plan.starts)
    assert isinstance(way, Relief)
    assert [(move.candidate_id, move.kind) for move in way.moves] == [("M-2", MoveKind.slim)]
