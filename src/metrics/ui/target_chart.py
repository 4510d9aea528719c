"""The target-path chart of one indicator: readings, target, forecast, other territories and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go

from metrics.charts import target_path
from metrics.charts.series import Event as ChartEvent
from metrics.charts.series import segments
from metrics.charts.theme import Row
from metrics.domain.base import partial_date_bounds
from metrics.domain.context import Event
from metrics.domain.demands import Band, ShareOfWhole, ValueByDate
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.forecast import Forecast
from metrics.domain.progress.outcome import Attainment, Point
from metrics.locale.formats import partial_date
from metrics.locale.words import course_word
from metrics.ui import plan
from metrics.ui.course_view import shown_forecast
from metrics.ui.indicator_view import chart_point, compared_with, vintages
from metrics.ui.judged import (
    bound_of,
    chart_words,
    course_of,
    last_text,
    name_of,
    period_text,
    target_text,
    value_text,
)
from metrics.ui.session import _, dark, language


@plan.remember("indicator", "target", "reading", "comparison", "event", "source")
def path_chart(
    indicator_id: str, target_id: str | None, events: bool, comparisons: bool, ahead: bool
) -> tuple[go.Figure, list[Row], str]:
    """Figure, table and text alternative; events, other territories and what lies ahead only if asked for."""
    found = plan.indicators_judged()[indicator_id]
    indicator = found.indicator
    newest, older = vintages(plan.readings(indicator_id))
    verdict = next((one for one in found.targets if one.target.id == target_id), None)
    expected = shown_forecast(found) if ahead else None
    payload = target_path.TargetPath(
        chart_words(),
        indicator.unit,
        name_of(indicator),
        segments(chart_point(indicator, reading) for reading in newest),
        tuple(chart_point(indicator, reading) for reading in older),
        target_line(indicator, verdict, found.points) if verdict else None,
        _comparison_series(indicator) if comparisons else (),
        _chart_events(newest) if events else (),
        forecast=_forecast_line(indicator, expected) if expected else None,
    )
    return target_path.draw(payload, dark(), language()), target_path.table(payload), _alt(found, verdict, payload)


def target_line(indicator: Indicator, verdict: TargetAssessment, points: Sequence[Point]) -> target_path.TargetLine:
    """A target as the chart draws it; what cannot be drawn in the indicator's unit is named only."""
    demand, found = verdict.target.demand, verdict.attainment
    words = target_text(indicator, demand)
    due = getattr(demand, "due", None)
    line = target_path.TargetLine(
        demand.demand,
        words,
        direction=indicator.direction.sign,
        illustrative=verdict.target.illustrative,
        hover=words,
        due=partial_date_bounds(due) if due else None,
    )
    if isinstance(demand, Band):
        return replace(line, corridor=(demand.lower, demand.upper))
    if isinstance(demand, ShareOfWhole):
        return replace(line, value=demand.whole * demand.percent / 100)
    if not isinstance(demand, ValueByDate):
        return replace(line, value=bound_of(verdict))
    when, value = partial_date(demand.due, language()), value_text(indicator, demand.value)
    baseline = found.baseline if isinstance(found, Attainment) else demand.baseline
    end = found.baseline_end if isinstance(found, Attainment) else None
    since = (end, end) if end else None
    drawn = next(((point.start, point.end) for point in points if point.end == end), since)
    return replace(
        line,
        label=_("Ziel {termin}: {wert}", termin=when, wert=value),
        value=demand.value,
        baseline=baseline,
        baseline_period=(partial_date_bounds(demand.baseline_period) if demand.baseline_period else drawn),
        interim=tuple(_interim(indicator, one.due, one.value) for one in demand.interim),
    )


def _interim(indicator: Indicator, due: str, value: float) -> target_path.InterimTarget:
    label = f"{partial_date(due, language())}: {value_text(indicator, value)}"
    return target_path.InterimTarget(value, partial_date_bounds(due), label, _("Zwischenziel {wert}", wert=label))


def _forecast_line(indicator: Indicator, found: Forecast) -> target_path.ForecastLine:
    decimals = indicator.decimals
    points = []
    for year in found.years:
        value, lower, upper = (value_text(indicator, round(one, decimals)) for one in year[2:])
        hover = _(
            "{zeit}: {wert} bei gleichbleibendem Trend, 80-%-Band {von} bis {bis}",
            zeit=period_text(year.start, year.end),
            wert=value,
            von=lower,
            bis=upper,
        )
        points.append(target_path.ForecastPoint(*year, hover))
    return target_path.ForecastLine(tuple(points), found.illustrative, decimals)


def _alt(found: IndicatorAssessment, verdict: TargetAssessment | None, payload: target_path.TargetPath) -> str:
    alt = f"{name_of(found.indicator)}, {found.indicator.territory}: {last_text(found)}"
    if verdict:
        alt += "; " + _("Ziel: {ziel}", ziel=target_text(found.indicator, verdict.target.demand))
        alt += "; " + _("Kurs: {kurs}", kurs=course_word(course_of(verdict.course), language()))
    if payload.forecast and payload.forecast.points:
        alt += "; " + payload.forecast.points[-1].hover
    return alt


def _comparison_series(indicator: Indicator) -> tuple[target_path.ComparisonSeries, ...]:
    return tuple(
        target_path.ComparisonSeries(territory, segments(chart_point(indicator, one) for one in records))
        for territory, records in compared_with(indicator.id).items()
    )


def _chart_events(readings: list[Reading]) -> tuple[ChartEvent, ...]:
    """Events within the time of the readings, with three years of room at the end."""
    if not readings:
        return ()
    first, last = readings[0].period_start, readings[-1].period_end
    found = []
    for event in plan.records(Event).values():
        start, _end = partial_date_bounds(event.happened_on)
        if first <= start <= date(min(last.year + 3, 9998), 12, 31):
            when = partial_date(event.happened_on, language())
            found.append(ChartEvent(start, event.title, f"{when}: {event.title}"))
    return tuple(sorted(found, key=lambda event: event.day))
