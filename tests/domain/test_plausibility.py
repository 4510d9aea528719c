"""A value far outside its series asks for a second look."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.domain.demands import Demand, GapClosed, InterimTarget, Stage, Stages, ValueByDate, YesNo
from metrics.domain.indicators import Direction, Observation
from metrics.domain.plausibility import UnusualChange, doubts_about, unusual_change
from tests.plan import a_comparison, a_reading, a_target, an_indicator

STAGES = Stages(
    stages=(Stage(title="Entwurf", criterion="liegt vor", share=0.5), Stage(title="Beschluss", criterion="x", share=1))
)


def codes(demand: Demand, *values: Observation, unit: str = "%", direction: Direction = Direction.lower) -> list[str]:
    """The doubts about a target, by their codes."""
    indicator = an_indicator(unit=unit, direction=direction)
    return [doubt.code for doubt in doubts_about(a_target(demand), indicator, values, date(2026, 11, 24))]


@pytest.mark.parametrize("demand", [YesNo(), STAGES])
def test_a_measured_quantity_has_no_stages(demand: Demand) -> None:
    for unit in ("%", "Mrd. EUR", "Index", "€ je Einwohner", "km²"):
        assert codes(demand, unit=unit) == ["unit_of_no_stage"]
    for unit in ("Anzahl", "Stufe", "ja/nein", "Rang"):
        assert codes(demand, unit=unit) == []


def test_the_newest_reading_tells_whether_readings_are_stages() -> None:
    assert codes(YesNo(), a_reading(2023, 2.0), a_reading(2024, 1.0), unit="Stufe") == []
    assert codes(YesNo(), a_reading(2024, 2.0), a_reading(2023, 1.0), unit="Stufe") == ["reading_of_no_stage"]
    assert codes(STAGES, a_reading(2024, 2.0), unit="Stufe") == []
    assert codes(STAGES, a_reading(2024, 0.5), unit="Stufe") == ["reading_of_no_stage"]
    assert codes(STAGES, a_comparison(2024, 7.5), unit="Stufe") == []


@pytest.mark.parametrize(
    ("direction", "beyond", "fitting"), [(Direction.lower, 6.9, 7.2), (Direction.higher, 7.2, 6.9)]
)
def test_an_interim_target_asks_for_no_more_than_the_target(
    direction: Direction, beyond: float, fitting: float
) -> None:
    for value, found in ((beyond, ["interim_beyond_target"]), (fitting, []), (7.0, [])):
        demand = ValueByDate(value=7.0, due="2028", interim=(InterimTarget(due="2027", value=value),))
        assert codes(demand, direction=direction) == found


def test_a_stated_baseline_without_its_period_is_told() -> None:
    assert codes(ValueByDate(value=7.0, due="2028", baseline=8.0)) == ["baseline_without_period"]
    assert codes(ValueByDate(value=7.0, due="2028", baseline=8.0, baseline_period="2021")) == []
    assert codes(ValueByDate(value=7.0, due="2028")) == []


def test_a_gap_begins_where_the_other_territory_has_a_value() -> None:
    demand = GapClosed(territory="NRW", share=0.5, due="2030", baseline_period="2019")
    assert codes(demand, a_comparison(2019)) == []
    assert codes(demand, a_comparison(2020), a_comparison(2019, id="V-D", territory="Deutschland")) == [
        "gap_without_start"
    ]
    assert codes(demand.model_copy(update={"baseline_period": None}), a_comparison(2020)) == []
    assert codes(demand, a_comparison(2019, territory="Deutschland")) == ["territory_without_values"]


def test_three_times_the_largest_change_is_still_usual_and_anything_beyond_is_not() -> None:
    series = [8.0, 9.0, 8.5]
    assert unusual_change(series, 11.5) is None
    assert unusual_change(series, 5.5) is None
    assert unusual_change(series, 12.0) == UnusualChange(change=3.5, largest_so_far=1.0)
    assert unusual_change(series, 5.0) == UnusualChange(change=-3.5, largest_so_far=1.0)


def test_a_misplaced_comma_is_noticed() -> None:
    assert unusual_change([7.9, 8.1, 8.0], 79.0) is not None


def test_two_values_say_nothing_about_what_is_usual() -> None:
    assert unusual_change([8.0, 9.0], 100.0) is None
    assert unusual_change([], 100.0) is None


def test_a_series_that_never_moved_makes_every_move_worth_a_look() -> None:
    assert unusual_change([100.0, 100.0, 100.0], 100.0) is None
    assert unusual_change([100.0, 100.0, 100.0], 99.0) == UnusualChange(change=-1.0, largest_so_far=0.0)
