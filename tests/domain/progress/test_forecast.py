"""The forecast: pace and band of published and hand-worked cases, its borders, and laws that hold for every series."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import stdtrit
from scipy.stats import theilslopes

from metrics.domain.demands import (
    AgainstBenchmark,
    Band,
    Counting,
    CumulativeShare,
    DirectionOnly,
    GapClosed,
    InterimTarget,
    KeepEveryYear,
    Relation,
    SpreadBelow,
    ValueByDate,
)
from metrics.domain.indicators import Direction
from metrics.domain.progress import forecast as module
from metrics.domain.progress.forecast import (
    COVERAGE_SEEN,
    NOMINAL_COVERAGE,
    ExpectedYear,
    Forecast,
    expected_year,
    forecast,
    sen_slope,
    yearly_noise,
)
from metrics.domain.progress.outcome import NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.series import Question, Series
from tests.plan import a_point, a_series, an_indicator

# R package trend, vignette section 2.1 (inst/doc/trend.pdf): River Rhine at Maxau, 1965-2009 (BfG)
MAXAU = [
    37.38356164, 31.28219178, 26.41917808, 28.82786885, 32.88219178, 37.57260274, 27.34246575, 29.8579235, 35.49315068,
    28.90410959, 25.69315068, 16.96994536, 28.90136986, 20.25205479, 19.26849315, 19.19125683, 24.3369863, 28.8109589,
    17.69589041, 19.63661202, 20.95616438, 29.10410959, 27.34520548, 27.60382514, 20.9890411, 26.96986301, 27.44383562,
    32.79234973, 27.56164384, 30.72876712, 33.14520548, 25.77868852, 25.28767123, 24.40821918, 28.38356164, 17.9726776,
    16.09589041, 17.26849315, 11.89041096, 13.7704918, 21.46896552, 23.09863014, 16.44413408, 15.77322404, 13.87362637,
]  # fmt: skip
STEPS = [1, 2, 4, 5, 7]
"""Changes 1, 2, 1, 2: mean 1.5, standard deviation 0.57735; the median of the ten slopes is 1.5."""

values = st.integers(-10_000, 10_000)


def years_ahead(points: tuple[Point, ...], **over: Any) -> Forecast:
    found = forecast(Series(points, **over))
    assert isinstance(found, Forecast), found
    return found


def obstacle(points: tuple[Point, ...], **over: Any) -> NotComputable:
    found = forecast(Series(points, **over))
    assert isinstance(found, NotComputable), found
    return found


def reached(demand: Any, points: tuple[Point, ...], **over: Any) -> ExpectedYear | NotComputable:
    question = demand.question(Series(points, **over))
    assert isinstance(question, Question), question
    found = forecast(question)
    assert isinstance(found, Forecast), found
    return expected_year(found, question)


@st.composite
def series(draw: st.DrawFn, most: int = 12) -> tuple[Point, ...]:
    """Yearly points between 1990 and 2030, with gaps; five of them lie at least four years apart."""
    years = draw(st.lists(st.integers(1990, 2030), min_size=5, max_size=most, unique=True))
    return a_series({year: draw(values) for year in years})


def with_values(points: tuple[Point, ...], change: Any) -> tuple[Point, ...]:
    return tuple(point._replace(value=change(point.value)) for point in points)


# --- pace


def test_the_pace_of_the_rhine_at_maxau_is_the_published_one() -> None:
    assert sen_slope(a_series(MAXAU, until=2009)) == pytest.approx(-0.2876139, abs=1e-6)


@given(series())
def test_the_pace_is_that_of_scipy(points: tuple[Point, ...]) -> None:
    slope = theilslopes([point.value for point in points], [point.end.year for point in points]).slope
    assert sen_slope(points) == pytest.approx(slope, abs=1e-9)


def test_one_outlier_does_not_change_the_pace() -> None:
    assert years_ahead(a_series([0, 1, 2, 3, 90, 5, 6, 7])).slope == 1


def test_the_line_runs_through_the_last_value_at_that_pace() -> None:
    found = years_ahead(a_series(STEPS, until=2023))
    assert found.slope == 1.5
    assert [(year.end.year, year.value) for year in found.years[:3]] == [(2024, 8.5), (2025, 10), (2026, 11.5)]


def test_the_last_eight_points_set_the_pace() -> None:
    found = years_ahead(a_series([50, 40, *range(8)]))
    assert (found.slope, [point.value for point in found.window]) == (1, list(range(8)))


# --- band


def test_the_band_is_the_one_worked_out_by_hand() -> None:
    # t(3) = 1.637744; sd of 1, 2, 1, 2 = sqrt(1/3); one year: sqrt(1 + 1/4), four years: sqrt(4 * (1 + 4/4))
    found = years_ahead(a_series(STEPS))
    assert yearly_noise(found.window) == pytest.approx(0.5773502692)
    one, four = found.years[0], found.years[3]
    assert (one.upper - one.value, one.value - one.lower) == pytest.approx((1.0571593, 1.0571593), abs=1e-6)
    assert (four.upper - four.value, four.value - four.lower) == pytest.approx((2.6744253, 2.6744253), abs=1e-6)


def test_points_at_other_distances_are_steps_of_the_same_walk() -> None:
    # changes 2, 4, 2, 6 over 1, 2, 1, 4 years: drift 14/8 = 1.75 a year; rests 0.25, 0.5, 0.25 and -1 each over the
    # root of its years: squares 0.0625 + 0.125 + 0.0625 + 0.25 = 0.5, divided by 3
    points = a_series({2010: 0, 2011: 2, 2013: 6, 2014: 8, 2018: 14})
    found = years_ahead(points)
    assert yearly_noise(points) == pytest.approx(sqrt(0.5 / 3))
    reach = 1.637744353696210 * sqrt(0.5 / 3) * sqrt(2 * (1 + 2 / 8))
    assert found.years[1].upper - found.years[1].value == pytest.approx(reach)


@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_the_band_takes_the_right_quantile_for_every_number_of_points(count: int) -> None:
    middle = (1 + NOMINAL_COVERAGE) / 2
    assert module._STUDENT[count - 2] == pytest.approx(float(stdtrit(count - 2, middle)), abs=1e-9)
    found = years_ahead(a_series([0, 3] * 4)[:count])
    unit = float(stdtrit(count - 2, middle)) * yearly_noise(found.window)
    assert found.years[0].upper - found.years[0].value == pytest.approx(unit * sqrt(1 + 1 / (count - 1)))


@pytest.mark.parametrize("ahead", [1, 3, 5])
def test_four_of_five_walks_stay_in_the_band_of_an_80_per_cent_band(ahead: int) -> None:
    walks = np.random.default_rng(1968).normal(0.4, 1, (2000, 7 + ahead)).cumsum(axis=1)
    inside = 0
    for walk in walks:
        year = years_ahead(a_series([0.0, *map(float, walk[:7])])).years[ahead - 1]
        inside += year.lower <= walk[6 + ahead] <= year.upper
    assert inside / len(walks) == pytest.approx(NOMINAL_COVERAGE, abs=0.03)


def test_the_forecast_knows_how_often_its_band_was_right() -> None:
    # docs/methods.md: 75, 73 and 71 % of 660 starting points one, three and five years ahead
    assert COVERAGE_SEEN == (0.70, 0.75)
    assert COVERAGE_SEEN[1] < NOMINAL_COVERAGE


def test_the_band_ends_at_the_natural_bounds() -> None:
    shares = a_series([60, 80, 70, 90, 95])
    free, held = years_ahead(shares), years_ahead(shares, minimum=0, maximum=100)
    assert free.years[1].upper > free.years[1].value > 100
    assert (held.years[1].value, held.years[1].upper) == (100, 100)
    assert held.years[0].lower == free.years[0].lower
    low = years_ahead(a_series([40, 20, 30, 10, 5]), minimum=0, maximum=100)
    assert {(year.lower, year.value) for year in low.years[2:]} == {(0, 0)}


def test_a_bound_that_the_last_value_has_passed_does_not_bend_the_line() -> None:
    found = years_ahead(a_series([100, 101, 102, 103, 104]), maximum=100)
    assert {year.value for year in found.years} == {104}
    assert {year.value for year in years_ahead(a_series([4, 3, 2, 1, -1]), minimum=0).years} == {-1}


# --- what it needs


def test_five_points_are_enough_and_four_are_not() -> None:
    assert len(years_ahead(a_series([1, 2, 3, 4, 5])).window) == 5
    assert obstacle(a_series([1, 2, 3, 4])) == NotComputable(Obstacle.too_few_points, have=4, need=5)
    assert obstacle(()) == NotComputable(Obstacle.no_reading)


def test_four_years_are_enough_and_a_day_less_is_not() -> None:
    ends = ["2019-06-30", "2020-06-30", "2021-06-30", "2022-03-15"]
    assert years_ahead(tuple(a_point(day, 1) for day in [*ends, "2023-06-30"]))
    assert obstacle(tuple(a_point(day, 1) for day in [*ends, "2023-06-29"])) == NotComputable(
        Obstacle.too_short_span, have=3, need=4
    )


def test_of_months_the_same_one_of_every_year_is_taken() -> None:
    months = {f"{year}-{month:02}": 10 * year + month for year in range(2018, 2024) for month in range(1, 13)}
    found = years_ahead(tuple(a_point(month, value) for month, value in months.items()))
    assert [(point.end.year, point.end.month) for point in found.window] == [(year, 12) for year in range(2018, 2024)]
    assert found.slope == 10
    assert (found.years[0].start, found.years[0].end) == (date(2024, 12, 1), date(2024, 12, 31))


def test_months_of_too_few_years_have_no_forecast() -> None:
    months = [f"{year}-{month:02}" for year in range(2020, 2024) for month in range(1, 13)]
    points = tuple(a_point(month, 1) for month in months)
    assert obstacle(points) == NotComputable(Obstacle.too_short_span, have=0, need=4)


def test_points_before_a_break_are_not_used() -> None:
    points = list(a_series(range(10), until=2023))
    points[4] = points[4]._replace(break_before=True)
    assert [point.value for point in years_ahead(tuple(points)).window] == [4, 5, 6, 7, 8, 9]
    assert years_ahead(tuple(points), across_breaks=True) == years_ahead(
        tuple(points)
    )  # judging may, looking ahead not
    points[6] = points[6]._replace(break_before=True)
    assert obstacle(tuple(points)) == NotComputable(Obstacle.break_in_series, have=4, need=5)


def test_two_values_of_one_period_have_no_forecast() -> None:
    points = (*a_series([1, 2, 3, 4, 5], until=2023), a_point(2023, 6))
    assert obstacle(points) == NotComputable(Obstacle.duplicate_period)


@pytest.mark.parametrize(("first", "horizon"), [(2019, 8), (2018, 10), (2016, 10)])
def test_a_forecast_reaches_ten_years_or_twice_as_far_as_it_looks_back(first: int, horizon: int) -> None:
    assert len(years_ahead(a_series(dict.fromkeys(range(first, 2024), 1.0))).years) == horizon


def test_a_leap_day_is_followed_by_the_ends_of_february() -> None:
    found = years_ahead(tuple(a_point(f"{year}-02", year) for year in range(2020, 2025)))
    assert [str(year.end) for year in found.years[:4]] == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_forecast_says_what_it_rests_on() -> None:
    points = a_series(STEPS, vintage="Stand Mai 2024")
    found = years_ahead(points)
    assert (found.method, found.version, found.scale) == ("theil_sen_anchored", "1", Scale.own)
    assert (found.window, found.vintages, found.illustrative) == (points, ("Stand Mai 2024",), False)


def test_one_invented_point_makes_the_forecast_an_invented_one() -> None:
    points = a_series(range(8))
    assert years_ahead((points[0]._replace(illustrative=True), *points[1:])).illustrative
    early = a_point(2000, 1, illustrative=True)
    assert not years_ahead((early, *points)).illustrative


def test_a_neutral_indicator_has_a_forecast_too() -> None:
    indicator = an_indicator(direction=Direction.neutral)
    assert isinstance(forecast(Series.of(indicator, a_series(STEPS))), Forecast)


def test_a_derived_series_is_forecast_in_its_own_scale() -> None:
    own, other = a_series([8, 8, 8, 8, 8]), a_series([4, 5, 6, 6.5, 7])
    series = Series(own, Direction.lower, {"NRW": other}, minimum=0, maximum=100)
    question = AgainstBenchmark(relation=Relation.below, territory="NRW").question(series)
    assert isinstance(question, Question)
    found = forecast(question)
    assert isinstance(found, Forecast)
    assert (found.scale, found.slope) == (Scale.difference, -0.75)
    assert found.years[1].value == -0.5
    assert expected_year(found, question) == ExpectedYear(2024, 2025, 2026, 2031)


@pytest.mark.parametrize(
    "demand",
    [
        Band(lower=50, upper=60),
        AgainstBenchmark(relation=Relation.equal, territory="NRW"),
        AgainstBenchmark(relation=Relation.parity, territory="NRW"),
        GapClosed(territory="NRW", share=1, due="2040"),
        SpreadBelow(value=1),
    ],
    ids=lambda demand: f"{demand.demand}-{getattr(demand, 'relation', '')}",
)
def test_a_distance_never_falls_below_nothing(demand: Any) -> None:
    others = {"NRW": a_series([50] * 5)}
    question = demand.question(Series(a_series([30, 35, 40, 44, 46]), others=others))
    found = forecast(question)
    assert isinstance(found, Forecast)
    assert found.years[-1][2:] == (0, 0, 0)
    assert isinstance(expected_year(found, question), ExpectedYear)


def test_a_sum_outgrows_the_bounds_of_the_values_that_it_is_made_of() -> None:
    series = Series(a_series([40, 60, 50, 70, 80], until=2023), minimum=0, maximum=100)
    question = CumulativeShare(value=500, due="2030").question(series)
    assert isinstance(question, Question)
    found = forecast(question)
    assert isinstance(found, Forecast)
    assert found.years[0].value > question.points[-1].value == 300
    total = CumulativeShare(value=90, due="2030", counting=Counting.running_total).question(series)
    assert isinstance(total, Question)
    assert total.maximum == 100


# --- the year in which a target is reached


def test_the_expected_year_is_an_interval_from_the_better_to_the_worse_side_of_the_band() -> None:
    # 7 in 2023 and 1.5 a year: upper side 9.56 in 2024; line 10 in 2025; lower side 9.33 in 2026 and 10.33 in 2027
    found = reached(ValueByDate(value=10, due="2030"), a_series(STEPS, until=2023))
    assert found == ExpectedYear(earliest=2025, likely=2025, latest=2027, horizon=2031)


def test_the_interval_stays_open_where_the_worse_side_does_not_reach_the_target() -> None:
    found = reached(ValueByDate(value=22, due="2030"), a_series([0, 9, 2, 11, 4, 13, 6, 15], until=2023))
    assert isinstance(found, ExpectedYear)
    assert (found.latest, found.horizon) == (None, 2033)
    assert found.earliest <= found.likely


@pytest.mark.parametrize(
    ("points", "target"), [([5, 4, 3, 2, 1], 10), ([3, 3, 3, 3, 3], 10), ([1, 2, 3, 4, 5], 14)], ids=str
)
def test_a_target_is_not_foreseeable_if_the_series_leads_away_stays_level_or_takes_too_long(
    points: list[float], target: float
) -> None:
    assert reached(KeepEveryYear(value=target), a_series(points)) == NotComputable(Obstacle.not_foreseeable)


def test_a_target_reached_in_the_last_year_of_the_horizon_is_foreseeable() -> None:
    found = reached(KeepEveryYear(value=13), a_series([1, 2, 3, 4, 5], until=2023))
    assert found == ExpectedYear(2031, 2031, 2031, 2031)


def test_a_target_met_on_paper_is_met_in_binary_arithmetic_too() -> None:
    points = a_series([0.2, 0.3, 0.4, 0.5, 0.6], until=2023)
    assert years_ahead(points).years[1].value < 0.8
    assert reached(KeepEveryYear(value=0.8), points) == ExpectedYear(2025, 2025, 2025, 2031)


def test_a_target_beyond_the_natural_bound_is_not_foreseeable_and_one_at_the_bound_is() -> None:
    points = a_series([60, 70, 80, 90, 95], until=2023)
    assert reached(KeepEveryYear(value=101), points, maximum=100) == NotComputable(Obstacle.not_foreseeable)
    assert isinstance(reached(KeepEveryYear(value=100), points, maximum=100), ExpectedYear)


def test_there_is_no_year_for_what_is_reached_already_or_for_a_direction_alone() -> None:
    points = a_series(STEPS)
    assert reached(KeepEveryYear(value=7), points) == NotComputable(Obstacle.already_reached)
    assert reached(DirectionOnly(), points) == NotComputable(Obstacle.no_value_to_reach)


# --- laws


@given(series())
def test_the_band_holds_the_line_and_widens_with_every_year(points: tuple[Point, ...]) -> None:
    years = years_ahead(points).years
    widths = [year.upper - year.lower for year in years]
    assert all(year.lower <= year.value <= year.upper for year in years)
    assert all(later >= earlier for earlier, later in pairwise(widths))


@given(series(), st.integers(-10_000, 0), st.integers(0, 10_000))
def test_nothing_lies_beyond_the_natural_bounds_and_the_band_still_holds_the_line(
    points: tuple[Point, ...], low: int, high: int
) -> None:
    assume(low <= points[-1].value <= high)
    for year in years_ahead(points, minimum=low, maximum=high).years:
        assert low <= year.lower <= year.value <= year.upper <= high


@given(series(), st.sampled_from([0.25, 2, 1000, 1024]))
def test_a_change_of_unit_changes_nothing_but_the_unit(points: tuple[Point, ...], factor: float) -> None:
    one, other = years_ahead(points), years_ahead(with_values(points, lambda value: value * factor))
    for year, same in zip(one.years, other.years, strict=True):
        assert [number * factor for number in year[2:]] == pytest.approx(same[2:], rel=1e-9, abs=1e-6)


@given(series())
def test_the_mirrored_series_has_the_mirrored_forecast(points: tuple[Point, ...]) -> None:
    one, other = years_ahead(points), years_ahead(with_values(points, lambda value: -value))
    for year, same in zip(one.years, other.years, strict=True):
        assert (-year.value, -year.upper, -year.lower) == pytest.approx(same[2:], rel=1e-9, abs=1e-6)


@given(series(), values)
def test_a_constant_added_to_the_series_is_added_to_the_forecast(points: tuple[Point, ...], more: int) -> None:
    one, other = years_ahead(points), years_ahead(with_values(points, lambda value: value + more))
    for year, same in zip(one.years, other.years, strict=True):
        assert [number + more for number in year[2:]] == pytest.approx(same[2:], rel=1e-9, abs=1e-6)


@given(series(), values)
def test_a_point_before_the_window_changes_nothing(points: tuple[Point, ...], value: int) -> None:
    assume(len(points) >= 8)
    assert years_ahead((a_point(1980, value), *points)) == years_ahead(points)


@given(series(), st.integers(0, 11))
def test_a_forecast_never_rests_on_a_point_before_a_break(points: tuple[Point, ...], place: int) -> None:
    assume(0 < place < len(points))
    broken = (*points[:place], points[place]._replace(break_before=True), *points[place + 1 :])
    found = forecast(Series(broken))
    if len(points) - place >= 5:
        assert isinstance(found, Forecast)
        assert found.years == years_ahead(points[place:]).years
    else:
        assert found == NotComputable(Obstacle.break_in_series, have=len(points) - place, need=5)


@given(series(), values, st.booleans())
def test_the_expected_year_mirrors_with_the_direction(points: tuple[Point, ...], target: int, rising: bool) -> None:
    direction, mirrored = (Direction.higher, Direction.lower) if rising else (Direction.lower, Direction.higher)
    one = reached(KeepEveryYear(value=target), points, direction=direction)
    other = reached(KeepEveryYear(value=-target), with_values(points, lambda value: -value), direction=mirrored)
    assert one == other


@given(series(), values)
def test_the_likely_year_lies_between_the_earliest_and_the_latest(points: tuple[Point, ...], target: int) -> None:
    found = reached(KeepEveryYear(value=target), points)
    if isinstance(found, ExpectedYear):
        assert points[-1].end.year < found.earliest <= found.likely <= (found.latest or found.horizon) <= found.horizon


@given(series(), values, st.integers(1, 10_000))
def test_a_target_further_away_is_never_expected_earlier(points: tuple[Point, ...], target: int, more: int) -> None:
    near, far = (reached(KeepEveryYear(value=value), points) for value in (target, target + more))
    if isinstance(far, ExpectedYear):
        assert near == NotComputable(Obstacle.already_reached) or (
            isinstance(near, ExpectedYear) and near.likely <= far.likely and near.earliest <= far.earliest
        )


def test_the_target_year_is_that_of_the_target_and_not_of_an_interim_one() -> None:
    points = a_series([8.5, 8.4, 8.1, 8.0, 7.8, 7.6], until=2025)
    for interim in (7.6, 7.4):
        demand = ValueByDate(value=7.0, due="2032", interim=(InterimTarget(due="2027", value=interim),))
        found = reached(demand, points, direction=Direction.lower)
        assert isinstance(found, ExpectedYear) and found.likely == 2028
    assert reached(demand, a_series([9, 8, 8, 7, 7, 7], until=2025), direction=Direction.lower) == NotComputable(
        Obstacle.already_reached
    )
