"""A small office to play scenarios through: builders with the trade's data, and random small plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from metrics.domain.measures import Measure, MeasureState, Milestone, Responsibility
from metrics.domain.periods import later, months_of, row
from metrics.domain.portfolio.layer import PlanInputs
from metrics.domain.resources import (
    CapacityDeviation,
    CapacityGroup,
    FundingPot,
    MoneyLine,
    Post,
    PotYear,
    ResourceDemand,
)
from metrics.domain.scenarios import ScenarioChange, ScenarioEffect

FEW = settings(max_examples=40)
"""A whole plan has so much in it that a law is tried on fewer of them."""
TODAY = date(2026, 11, 29)
QUARTERS = row("2026-Q1", 24)
MONTHS = [month for quarter in QUARTERS for month in months_of(quarter)]


def a_group(**over: Any) -> CapacityGroup:
    """Two posts without absence, half of whose time is daily business: 60 person-days a quarter."""
    fields = {"id": "KG-P", "title": "Projekte", "fte": 2, "days_per_quarter": 60, "absence_share": 0}
    return CapacityGroup(**fields | {"base_load_share": 0.5} | over)


def a_demand(**over: Any) -> ResourceDemand:
    """30 person-days and 3,000 euros in the first quarter of 2027."""
    fields = {"id": "RB-1", "measure_id": "M-1", "group_id": "KG-P", "period": "2027-Q1", "person_days": 30}
    return ResourceDemand(**fields | {"budget": 3000} | over)


def a_measure(**over: Any) -> Measure:
    """A planned measure."""
    fields: dict[str, Any] = {
        "id": "M-1",
        "title": "Leerstandsmanagement",
        "responsibility": Responsibility.office,
        "state": MeasureState.planned,
    }
    return Measure(**fields | over)


def a_pot(**over: Any) -> FundingPot:
    """100,000 euros a year from 2027 to 2029."""
    years = tuple(PotYear(year=year, amount=100_000) for year in (2027, 2028, 2029))
    return FundingPot(**{"id": "FT-1", "title": "Städtebauförderung", "years": years} | over)


def a_money_line(**over: Any) -> MoneyLine:
    """12,000 euros in 2027."""
    return MoneyLine(**{"id": "ML-1", "measure_id": "M-1", "pot_id": "FT-1", "year": 2027, "planned": 12_000} | over)


def a_plan(**over: Any) -> PlanInputs:
    """One group, one measure with a demand and money, one pot."""
    fields: dict[str, Any] = {
        "groups": (a_group(),),
        "demands": (a_demand(),),
        "pots": (a_pot(),),
        "money_lines": (a_money_line(),),
        "measures": (a_measure(),),
    }
    return PlanInputs(**fields | over)


def a_change(effect: ScenarioEffect, **over: Any) -> ScenarioChange:
    """A change of the small office: its group, pot or measure, unless a test wants another."""
    defaults: dict[ScenarioEffect, dict[str, Any]] = {
        ScenarioEffect.posts: {"group_id": "KG-P", "amount": 1},
        ScenarioEffect.base_load: {"amount": 0.2},
        ScenarioEffect.groups_merged: {"group_id": "KG-Q", "into_group_id": "KG-P"},
        ScenarioEffect.funding_ends: {"pot_id": "FT-1", "starts": "2028"},
        ScenarioEffect.funding: {"pot_id": "FT-1", "amount": 20_000},
        ScenarioEffect.measure_stopped: {"measure_id": "M-1"},
        ScenarioEffect.measure_postponed: {"measure_id": "M-1", "quarters": 2},
        ScenarioEffect.rest_mode: {"starts": "2027-04"},
    }
    return ScenarioChange(**{"effect": effect} | defaults[effect] | over)


GROUP_IDS = ("KG-P", "KG-Q")
MEASURE_IDS = ("M-1", "M-2", "M-3")
POT_IDS = ("FT-1", "FT-2")
_amounts = st.sampled_from([0.0, 0.5, 1.0, 2.5, 10.0, 40.0])
_shares = st.sampled_from([0.0, 0.1, 0.25])
_loads = st.sampled_from([0.3, 0.5, 0.7, 0.9])


@st.composite
def _spans(draw: st.DrawFn, longest: int = 18) -> tuple[str, str]:
    first = draw(st.integers(0, 30))
    return MONTHS[first], MONTHS[first + draw(st.integers(0, longest))]


@st.composite
def dates_in_plan(draw: st.DrawFn) -> str:
    """A year, month or day of the years that small plans are about."""
    month = draw(st.sampled_from(MONTHS[:48]))
    return draw(st.sampled_from([month[:4], month, f"{month}-17"]))


@st.composite
def _posts(draw: st.DrawFn) -> Post:
    first, last = draw(_spans())
    enters, leaves = draw(st.sampled_from([(first, last), (first, None), (None, last), (f"{first}-10", f"{last}-20")]))
    return Post(fte=draw(st.sampled_from([0.5, 1.0, 2.0])), enters=enters, leaves=leaves)


@st.composite
def _groups(draw: st.DrawFn, identifier: str) -> CapacityGroup:
    deviating = draw(st.lists(st.sampled_from(QUARTERS[:8] + MONTHS[:12]), unique=True, max_size=3))
    first, last = draw(st.sampled_from([(None, None), ("2026-Q3", None), (None, "2028-Q2"), ("2026-Q4", "2029-Q1")]))
    return a_group(
        id=identifier,
        title=identifier,
        fte=draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])),
        posts=tuple(draw(st.lists(_posts(), max_size=3))),
        absence_share=draw(_shares),
        base_load_share=draw(_loads),
        deviations=tuple(
            CapacityDeviation(
                period=period,
                absence_share=draw(st.none() | _shares),
                base_load_share=draw(st.none() | _loads),
            )
            for period in deviating
        ),
        first_quarter=first,
        last_quarter=last,
    )


@st.composite
def _demands(draw: st.DrawFn, identifier: str) -> ResourceDemand:
    in_quarters = draw(st.booleans())
    first = draw(st.sampled_from((QUARTERS if in_quarters else MONTHS)[:12]))
    count = draw(st.integers(1, 5))
    profile = draw(st.just(()) | st.lists(_amounts, min_size=count, max_size=count).map(tuple))
    return a_demand(
        id=identifier,
        measure_id=draw(st.sampled_from(MEASURE_IDS)),
        group_id=draw(st.sampled_from(GROUP_IDS)),
        period=first,
        until=later(first, count - 1),
        profile=profile if sum(profile) else (),
        person_days=draw(_amounts),
        contributed_by=draw(st.sampled_from([None, None, None, "Hochschule"])),
    )


@st.composite
def _measures(draw: st.DrawFn, identifier: str) -> Measure:
    starts, ends = draw(_spans())
    cut = draw(st.sampled_from([4, 7]))
    due = draw(st.lists(dates_in_plan(), max_size=2))
    return a_measure(
        id=identifier,
        title=identifier,
        state=draw(st.sampled_from(MeasureState)),
        goal_ids=tuple(draw(st.lists(st.sampled_from(["Z-A", "Z-B"]), unique=True))),
        starts=draw(st.sampled_from([None, starts[:cut]])),
        ends=draw(st.sampled_from([None, ends[:cut]])),
        mandatory=draw(st.booleans()),
        milestones=tuple(
            Milestone(title=f"Schritt {number}", due=one, done_on=draw(st.sampled_from([None, "2026-05"])))
            for number, one in enumerate(due)
        ),
    )


@st.composite
def _money_lines(draw: st.DrawFn, identifier: str) -> MoneyLine:
    planned = draw(st.sampled_from([None, 0.0, 1000.0, 12_345.67]))
    return a_money_line(
        id=identifier,
        measure_id=draw(st.sampled_from(MEASURE_IDS)),
        pot_id=draw(st.sampled_from([*POT_IDS, None])),
        year=draw(st.integers(2026, 2029)),
        planned=planned,
        committed=draw(st.sampled_from([None, 300.0])),
        spent=draw(st.sampled_from([0.0, 200.0] if planned is None else [None, 0.0, 200.0])),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanInputs:
    """Two groups, three measures, two pots, and up to six demands and four money lines."""
    years = st.lists(st.integers(2026, 2029), unique=True, max_size=3)
    return PlanInputs(
        groups=tuple(draw(_groups(one)) for one in GROUP_IDS),
        demands=tuple(draw(_demands(f"RB-{number}")) for number in range(draw(st.integers(0, 6)))),
        pots=tuple(
            a_pot(id=one, title=one, years=tuple(PotYear(year=year, amount=5000) for year in draw(years)))
            for one in POT_IDS
        ),
        money_lines=tuple(draw(_money_lines(f"ML-{number}")) for number in range(draw(st.integers(0, 4)))),
        measures=tuple(draw(_measures(one)) for one in MEASURE_IDS),
    )


@st.composite
def changes(draw: st.DrawFn, *effects: ScenarioEffect) -> ScenarioChange:
    """A change that a small plan can take, of the given effects or of any."""
    effect = draw(st.sampled_from(effects or tuple(ScenarioEffect)))
    starts, until = draw(st.none() | dates_in_plan()), None
    if effect in (ScenarioEffect.posts, ScenarioEffect.base_load, ScenarioEffect.funding, ScenarioEffect.rest_mode):
        first, last = draw(_spans())
        starts, until = draw(st.sampled_from([(None, None), (first, None), (None, last), (first, last)]))
    group_id, into = draw(st.permutations(GROUP_IDS))
    amounts = {
        ScenarioEffect.posts: st.sampled_from([-3.0, -1.0, -0.5, 0.5, 2.0]),
        ScenarioEffect.base_load: st.sampled_from([-0.3, 0.2, 0.5, 2.0]),
        ScenarioEffect.funding: st.sampled_from([-9000.0, -100.0, 2500.0]),
    }
    over: dict[str, Any] = {"starts": starts, "until": until}
    if effect in amounts:
        over["amount"] = draw(amounts[effect])
    if effect in (ScenarioEffect.funding_ends, ScenarioEffect.rest_mode):
        over["starts"] = starts or "2027-04"
        over["until"] = until if until and until >= over["starts"] else None
    if effect in (ScenarioEffect.posts, ScenarioEffect.base_load, ScenarioEffect.groups_merged):
        over["group_id"] = group_id
    if effect is ScenarioEffect.groups_merged:
        over["into_group_id"] = into
    if effect in (ScenarioEffect.measure_stopped, ScenarioEffect.measure_postponed):
        over["measure_id"] = draw(st.sampled_from(MEASURE_IDS))
    if effect is ScenarioEffect.measure_postponed:
        over["quarters"] = draw(st.integers(1, 6))
    if effect in (ScenarioEffect.funding_ends, ScenarioEffect.funding):
        over["pot_id"] = draw(st.sampled_from(POT_IDS))
    return a_change(effect, **over)
