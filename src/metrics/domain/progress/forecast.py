"""What comes next if the pace stays as it is: the last value, the pace of the last eight points, and a band.

The pace is the Theil-Sen slope, the median of the changes per year between any two points (Sen 1968), laid through the
last value. The band is that of a random walk with drift (Hyndman and Athanasopoulos, Forecasting: Principles and
Practice, 3rd ed., 5.5): ± t(n−2) · s · √(h · (1 + h / span)), h and span in years. For points a year apart, span is
n − 1 and s the standard deviation of the yearly changes, as in docs/methods.md. Points at other distances follow from
the same walk in continuous time, where a change over d years has the mean d · drift and the variance d · s².

It asks for five points over four years. If the last eight points cover less, those of the same part of the year as the
last one are taken (every December), so that a season is no trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from math import hypot, sqrt
from statistics import median
from typing import NamedTuple

from metrics.domain.base import last_day_of_month
from metrics.domain.progress.outcome import NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.rules.rule import at_the_border
from metrics.domain.progress.series import Question, Series, since_break, years_between

METHOD, VERSION = "theil_sen_anchored", "1"
FEWEST_POINTS, MOST_POINTS = 5, 8
LEAST_YEARS = 4
MOST_YEARS_AHEAD, SPANS_AHEAD = 10, 2
NOMINAL_COVERAGE = 0.80
COVERAGE_SEEN = (0.70, 0.75)
"""Share of later values inside the band, one to five years ahead: 73 German yearly series, 660 starting points."""

_STUDENT = {3: 1.637744353696210, 4: 1.533206274058942, 5: 1.475884048825, 6: 1.439755747265}
"""90 % quantiles of Student's t, which bound the middle 80 %, by degrees of freedom: five to eight points less two."""


class ForecastYear(NamedTuple):
    """What is expected for a period some whole years after the last one, and the band around it."""

    start: date
    end: date
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast at an unchanged pace, in `scale`: `slope` per year, `window` the points it rests on, oldest first.

    `years` begins one year after the last point. `illustrative` if any point of the window is an invented one.
    """

    slope: float
    window: tuple[Point, ...]
    years: tuple[ForecastYear, ...]
    scale: Scale
    illustrative: bool
    method: str = METHOD
    version: str = VERSION

    @property
    def vintages(self) -> tuple[str, ...]:
        """The editions of the data that were used."""
        return tuple(sorted({point.vintage for point in self.window if point.vintage}))


@dataclass(frozen=True, slots=True)
class ExpectedYear:
    """When a value is reached: the year of the line, and those of the better and the worse side of the band.

    `latest` is None if the worse side does not reach it by `horizon`, the last year of the forecast.
    """

    earliest: int
    likely: int
    latest: int | None
    horizon: int


def forecast(asked: Question | Series) -> Forecast | NotComputable:
    """The forecast of the series that a demand speaks of, or of an indicator's own; never across a break."""
    question = _own(asked) if isinstance(asked, Series) else asked
    window = _window(question)
    if isinstance(window, NotComputable):
        return window
    first, last = window[0], window[-1]
    span, slope = years_between(first.end, last.end), sen_slope(window)
    unit = _STUDENT[len(window) - 2] * yearly_noise(window)
    low, high = _bounds(question, last.value)
    years = []
    for ahead in range(1, int(min(MOST_YEARS_AHEAD, SPANS_AHEAD * span)) + 1):
        value, reach = last.value + slope * ahead, unit * sqrt(ahead * (1 + ahead / span))
        held = (min(max(one, low), high) for one in (value, value - reach, value + reach))
        years.append(ForecastYear(_later(last.start, ahead), _later(last.end, ahead), *held))
    return Forecast(slope, window, tuple(years), question.scale, any(point.illustrative for point in window))


def expected_year(found: Forecast, question: Question) -> ExpectedYear | NotComputable:
    """In which year the target, not an interim one, is reached at an unchanged pace, or why that is not foreseeable."""
    if question.value is None:
        return NotComputable(Obstacle.no_value_to_reach)
    if question.final is not None:
        question = replace(question, value=question.final)
    if question.reached:
        return NotComputable(Obstacle.already_reached)
    likely = _first_year(found, question, [year.value for year in found.years])
    if likely is None:
        return NotComputable(Obstacle.not_foreseeable)
    sides = ([year.lower for year in found.years], [year.upper for year in found.years])
    worse, better = sides if question.sign > 0 else sides[::-1]
    earliest = _first_year(found, question, better)
    assert earliest is not None
    return ExpectedYear(earliest, likely, _first_year(found, question, worse), found.years[-1].end.year)


def sen_slope(points: Sequence[Point]) -> float:
    """The median change per year between any two points."""
    pairs = combinations(points, 2)
    return median((later.value - earlier.value) / years_between(earlier.end, later.end) for earlier, later in pairs)


def yearly_noise(points: Sequence[Point]) -> float:
    """Standard deviation of the changes around their mean, for one year; needs three points."""
    drift = (points[-1].value - points[0].value) / years_between(points[0].end, points[-1].end)
    rests = []
    for earlier, later in pairwise(points):
        years = years_between(earlier.end, later.end)
        rests.append((later.value - earlier.value - drift * years) / sqrt(years))
    return hypot(*rests) / sqrt(len(rests) - 1)


def _own(series: Series) -> Question:
    """An indicator's own series as a question without a demand, so that a neutral indicator has a forecast too."""
    lost = len(series.points) - len(series.usable)
    return Question(series.usable, series.direction.sign, lost=lost, minimum=series.minimum, maximum=series.maximum)


def _window(whole: Question) -> tuple[Point, ...] | NotComputable:
    if not whole.points:
        return NotComputable(Obstacle.no_reading)
    points = since_break(whole.points)  # an office may judge across a break, but nobody looks ahead across one
    question = replace(whole, points=points, lost=whole.lost + len(whole.points) - len(points))
    newest = question.window(FEWEST_POINTS, MOST_POINTS)
    if isinstance(newest, NotComputable) or _span(newest) >= LEAST_YEARS:
        return newest
    end = newest[-1].end
    season = tuple(point for point in question.points if round(years_between(point.end, end), 6).is_integer())
    yearly = replace(question, points=season).window(FEWEST_POINTS, MOST_POINTS)
    if isinstance(yearly, NotComputable):
        return NotComputable(Obstacle.too_short_span, have=int(_span(newest)), need=LEAST_YEARS)
    return yearly


def _span(points: Sequence[Point]) -> float:
    return years_between(points[0].end, points[-1].end)


def _bounds(question: Question, last: float) -> tuple[float, float]:
    """The natural bounds; one that the last value has already passed is none."""
    low = -float("inf") if question.minimum is None else min(question.minimum, last)
    high = float("inf") if question.maximum is None else max(question.maximum, last)
    return low, high


def _later(day: date, years: int) -> date:
    """The same day some years on; the end of a month stays one."""
    if day == last_day_of_month(day.year, day.month):
        return last_day_of_month(day.year + years, day.month)
    return day.replace(year=day.year + years)


def _first_year(found: Forecast, question: Question, values: Sequence[float]) -> int | None:
    """The first year whose value has gone the whole way from the last point to what is asked for."""
    assert question.value is not None
    start = question.points[-1].value
    way = question.value - start
    shares = (at_the_border((value - start) / way) for value in values)
    return next((year.end.year for year, share in zip(found.years, shares, strict=True) if share >= 1), None)
