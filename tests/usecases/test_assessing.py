"""Judging what a store holds: what is kept of a long series is enough for every judgement and for the forecast."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.domain.base import last_day_of_month
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.progress.forecast import Forecast, forecast
from metrics.domain.progress.outcome import NotComputable, Point
from metrics.domain.progress.series import Series
from metrics.domain.targets import Target
from metrics.store.ledger import Store
from metrics.usecases.assessing import Judged, assess_plan, judge_indicators
from tests.conftest import NOW
from tests.plan import a_reading, a_target, an_indicator

TODAY = date(2026, 11, 24)


def monthly(months: int, every: int = 1) -> list[Reading]:
    """Rising values with a season, the last one in October 2026; `every` third month for quarters."""
    numbers = [2026 * 12 + 9 - every * back for back in range(months)][::-1]
    readings = []
    for number in numbers:
        year, month = number // 12, number % 12 + 1
        span = {
            "period_kind": "month",
            "period_start": date(year, month, 1),
            "period_end": last_day_of_month(year, month),
        }
        readings.append(a_reading(value=50 + number % 7 + number / 24, id=f"R-{number}", **span))
    return readings


def stored(store: Store, indicator: Indicator, readings: list[Reading]) -> None:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        writing.add([indicator])
        writing.add(readings)


@pytest.mark.parametrize(("every", "months"), [(1, 120), (1, 61), (3, 40), (6, 20)])
def test_the_forecast_of_a_long_series_within_the_year_is_that_of_all_its_points(
    store: Store, every: int, months: int
) -> None:
    readings = monthly(months, every)
    indicator = an_indicator(goal_ids=(), basis="month", rhythm="monthly")
    stored(store, indicator, readings)
    whole = Series.of(indicator, [Point(one.period_start, one.period_end, one.value) for one in readings])
    found = assess_plan(store, TODAY).indicators[indicator.id].series
    assert forecast(found) == forecast(whole)
    assert isinstance(forecast(found), Forecast)


def test_months_of_four_years_are_too_few_of_one_season(store: Store) -> None:
    indicator = an_indicator(goal_ids=(), basis="month", rhythm="monthly")
    stored(store, indicator, monthly(48))
    assert isinstance(forecast(assess_plan(store, TODAY).indicators[indicator.id].series), NotComputable)


def test_an_indicator_that_was_not_judged_before_is_judged_with_its_readings(store: Store) -> None:
    indicator = an_indicator(goal_ids=())
    stored(store, indicator, [a_reading(2024, 8.1)])
    nothing = Judged(TODAY, judge_indicators(store, [], [], TODAY).rule, store.change_number(), {})
    targets: list[Target] = [a_target()]
    found = judge_indicators(store, [indicator], targets, TODAY, earlier=nothing)
    assert [point.value for point in found.indicators[indicator.id].points] == [8.1]
    assert found.indicators == judge_indicators(store, [indicator], targets, TODAY).indicators
