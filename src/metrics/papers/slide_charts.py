"""The native charts of the slides: how far each indicator is, the worst one's course, what comes first, what it takes.

All can be edited in the office program; none tells anything by colour alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pptx.chart.data import XySeriesData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import day, number, percent
from metrics.papers.model import IndicatorLine, QuarterLoad, RankedMeasure
from metrics.papers.ooxml import one_line
from metrics.papers.slide_parts import (
    CategoryData,
    Frame,
    PointData,
    add_chart,
    colour,
    last_series_as_line,
    pale_grid,
    positive_axis_ids,
)
from metrics.papers.style import GREY, SIGNS
from metrics.papers.telling import actual_told, course_told, in_unit, marks, sign_of

_PLAN = "#b4c0c9"
_PERCENT = '0" %"'
_OFFSET = 0.28
"""By how much a point stands beside another of the same score, in points of the scale of 6."""


# --- attainment -------------------------------------------------------------------------------------------------------


def attainment_bars(slide: Any, frame: Frame, lines: Sequence[IndicatorLine], language: Language) -> Any:
    """How much of the way each indicator has gone, in per cent, and where it should be today."""
    data = CategoryData(number_format=_PERCENT)
    upwards = list(reversed(lines))
    data.categories = [_bar_name(line, language) for line in upwards]
    data.add_series(translate("Plan heute", language), [_hundredth(line.expected_share) for line in upwards])
    data.add_series(
        translate("Ist (Farbe und Zeichen: Status)", language), [_hundredth(line.share) for line in upwards]
    )
    title = translate("Zielerreichung in Prozent des Weges vom Start zum Ziel", language)
    told = "; ".join(
        translate(
            "{title}: {course}, Ist {share}, Plan {plan}",
            language,
            title=one_line(line.title, 60),
            course=course_told(line.course, language),
            share=percent(line.share, language),
            plan=percent(line.expected_share, language),
        )
        for line in lines
    )
    chart = add_chart(slide, frame, XL_CHART_TYPE.BAR_CLUSTERED, data, title, told, 13 if len(lines) <= 8 else 12)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 0
    plan, actual = plot.series
    _fill(plan, _PLAN)
    _fill(actual, SIGNS["none"].colour)
    for index, line in enumerate(upwards):
        _fill(actual.points[index], sign_of(line.course).colour)
    labels = actual.data_labels
    labels.show_value, labels.font.size = True, Pt(13)
    labels.number_format, labels.number_format_is_linked = _PERCENT, False
    shares = [share for line in lines for share in (line.share, line.expected_share) if share is not None]
    axis = chart.value_axis
    axis.minimum_scale = max(-100, 25 * math.floor(min([0.0, *shares]) * 4 - 1e-9)) if min([0.0, *shares]) < 0 else 0
    axis.maximum_scale = min(150, max(100, 25 * math.ceil(max([1.0, *shares]) * 4 - 1e-9)))
    axis.major_unit = 25
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _PERCENT, False
    pale_grid(axis)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = colour(GREY)
    chart.category_axis.has_major_gridlines = False
    positive_axis_ids(chart)
    return chart


def _bar_name(line: IndicatorLine, language: Language) -> str:
    beside = marks(language, line.illustrative, line.confidential, line.stale, line.example_target)
    return f"{sign_of(line.course).character} {one_line(line.title, 56)}{beside}"


def _hundredth(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


# --- course of one indicator ------------------------------------------------------------------------------------------


def course_line(slide: Any, frame: Frame, line: IndicatorLine, as_of: date, language: Language) -> Any:
    """The values of one indicator over time, and the way that lies between its plan of today and its target.

    A value that is missing or withheld interrupts the line: what follows is a series of its own.
    """
    actual = {point.end: None if point.withheld else point.value for point in line.points}
    runs = _without_gaps(actual)
    path = {as_of: line.expected, **({} if line.due is None or line.due <= as_of else {line.due: line.target})}
    days = sorted({*actual, *path})
    decimals = "0" if line.decimals == 0 else "0." + "0" * line.decimals
    data = CategoryData(number_format=f"#,##{decimals}")
    data.categories = days
    unit = f" ({one_line(line.unit, 30)})" if line.unit else ""
    name = translate("Ist", language) + unit
    for number_of, run in enumerate(runs):
        told_name = translate("{series}, nach einer Lücke", language, series=name) if number_of else name
        data.add_series(told_name, [run.get(when) for when in days])
    data.add_series(translate("Plan heute bis Ziel", language), [path.get(when) for when in days])
    known = [(when, value) for when, value in sorted(actual.items()) if value is not None]
    told = translate(
        "{title}: von {first} ({first_day}) auf {last} ({last_day}); Plan heute {plan}, Ziel {target}.",
        language,
        title=one_line(line.title, 120),
        first=in_unit(line, known[0][1] if known else None, language),
        first_day=day(known[0][0] if known else None, language),
        last=in_unit(line, known[-1][1] if known else None, language),
        last_day=day(known[-1][0] if known else None, language),
        plan=in_unit(line, line.expected, language),
        target=in_unit(line, line.target, language),
    )
    title = translate("Verlauf: {title}", language, title=one_line(line.title, 90))
    chart = add_chart(slide, frame, XL_CHART_TYPE.LINE_MARKERS, data, title, told)
    *values, plan = chart.plots[0].series
    sign = sign_of(line.course)
    for series in values:
        _line(series, sign.colour, 3)
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
        _fill(series.marker, sign.colour)
    _drop_from_legend(chart, range(1, len(values)))
    # the days of the readings and those of the plan lie between each other without interrupting a line
    chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")
    _line(plan, GREY, 2)
    plan.format.line.dash_style = MSO_LINE.DASH
    plan.marker.style, plan.marker.size = XL_MARKER_STYLE.DIAMOND, 9
    _fill(plan.marker, GREY)
    ends = [(values[0], min(runs[0])), (values[-1], max(runs[-1]))] if runs else []
    ends += [(plan, when) for when, value in path.items() if value is not None]
    for series, when in dict.fromkeys(ends):
        label = series.points[days.index(when)].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        shown = path[when] if series is plan else actual[when]
        label.text_frame.text = number(shown, language, line.decimals)
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    pale_grid(chart.value_axis)
    drawn = [value for value in (*actual.values(), *path.values()) if value is not None]
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = _room_for(drawn)
    chart.value_axis.tick_labels.number_format = f"#,##{decimals}"
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.tick_labels.number_format = "yyyy"
    chart.category_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    _yearly_ticks(chart, days)
    positive_axis_ids(chart)
    return chart


def _without_gaps(values: Mapping[date, float | None]) -> list[dict[date, float]]:
    """The known values in runs that no missing value interrupts, each by day in the order of time."""
    runs: list[dict[date, float]] = [{}]
    for when in sorted(values):
        value = values[when]
        if value is not None:
            runs[-1][when] = value
        elif runs[-1]:
            runs.append({})
    return [run for run in runs if run]


def _drop_from_legend(chart: Any, series: Iterable[int]) -> None:
    """Leave series of these numbers out of the legend: they continue another one."""
    position = chart.legend._element.find(qn("c:legendPos"))
    for index in reversed(list(series)):
        entry = OxmlElement("c:legendEntry")
        for tag, value in (("c:idx", str(index)), ("c:delete", "1")):
            part = OxmlElement(tag)
            part.set("val", value)
            entry.append(part)
        position.addnext(entry)


def _room_for(values: Sequence[float]) -> tuple[float, float, float]:
    """Lowest, highest and step of an axis on which the values fill the height; not below 0 if no value is."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(span / 4))
    step = next(factor * size for factor in (1, 2, 5, 10) if factor * size >= span / 4)
    bottom, top = math.floor((low - step / 2) / step) * step, math.ceil((high + step / 2) / step) * step
    return round(max(bottom, 0.0) if low >= 0 else bottom, 9), round(top, 9), round(step, 9)


def _yearly_ticks(chart: Any, days: Sequence[date]) -> None:
    """A tick for each year of a date axis, or each second, fifth … where there are many."""
    axis = chart._chartSpace.chart.plotArea.find(qn("c:dateAx"))
    years = days[-1].year - days[0].year + 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if years / step <= 12)
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis.findall(qn(name)):
            axis.remove(old)
    before = axis.find(qn("c:lblOffset"))
    for name, value in (("c:baseTimeUnit", "days"), ("c:majorUnit", str(step)), ("c:majorTimeUnit", "years")):
        unit = OxmlElement(name)
        unit.set("val", value)
        before.addnext(unit)
        before = unit


# --- impact and effort ------------------------------------------------------------------------------------------------


def impact_and_effort(slide: Any, frame: Frame, rows: Sequence[RankedMeasure], language: Language, accent: str) -> Any:
    """What the measures bring and what they take; each point carries its rank.

    Points of one score stand beside each other. `rows` are those with both figures. `accent`: a colour, or empty for
    the master's.
    """
    series = [
        (translate("ausgewählt", language), XL_MARKER_STYLE.CIRCLE, accent, [r for r in rows if r.chosen is True]),
        (
            translate("nicht ausgewählt", language),
            XL_MARKER_STYLE.DIAMOND,
            "#a0174f",
            [r for r in rows if r.chosen is False],
        ),
        (translate("noch offen", language), XL_MARKER_STYLE.SQUARE, GREY, [r for r in rows if r.chosen is None]),
    ]
    # LibreOffice drops points of a first series that is shorter than a later one
    series = sorted((entry for entry in series if entry[3]), key=lambda entry: -len(entry[3]))
    end, unit = _scale([figure for row in rows for figure in (row.effort or 0.0, row.impact or 0.0)])
    places = _beside_each_other(rows, end)
    data = PointData(number_format="0.0")
    for name, _, _, members in series:
        added: XySeriesData = data.add_series(name)
        for row in members:
            added.add_data_point(*places[row.rank, row.measure_id])
    told = "; ".join(
        translate(
            "Rang {rank} {title}: Wirkung {impact}, Aufwand {effort}",
            language,
            rank=row.rank,
            title=one_line(row.title, 50),
            impact=number(row.impact, language, 1),
            effort=number(row.effort, language, 1),
        )
        for row in rows
    )
    title = translate("Wirkung und Aufwand der Maßnahmen", language)
    chart = add_chart(slide, frame, XL_CHART_TYPE.XY_SCATTER, data, title, told)
    for drawn, (_, marker, fill, members) in zip(chart.plots[0].series, series, strict=True):
        drawn.format.line.fill.background()
        drawn.marker.style, drawn.marker.size = marker, 14
        _fill(drawn.marker, fill)
        drawn.marker.format.line.color.rgb = colour("#ffffff")
        for index, row in enumerate(members):
            label = drawn.points[index].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            label.text_frame.text = str(row.rank)
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    for axis, name in (
        (chart.category_axis, translate("Aufwand (Punkte)", language)),
        (chart.value_axis, translate("Wirkung (Punkte)", language)),
    ):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, end, unit
        axis.has_title = True
        axis.axis_title.text_frame.text = name
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
        pale_grid(axis)
    positive_axis_ids(chart)
    return chart


def _scale(figures: Sequence[float]) -> tuple[int, int]:
    """End and unit of an axis that begins at 0: 6 for scores up to 5, a whole number above."""
    end = max(6, math.floor(max(figures, default=0)) + 1)
    size = 10 ** max(0, math.floor(math.log10(end / 12)))
    unit = next(factor * size for factor in (1, 2, 5, 10) if factor * size >= end / 12)
    return math.ceil(end / unit) * unit, unit


def _beside_each_other(rows: Sequence[RankedMeasure], end: int) -> dict[tuple[int, str], tuple[float, float]]:
    """Effort and impact of each row by rank and id; each further point of one score stands a little to the right.

    At most eight steps, then they begin again a little higher, so that no point leaves the room of its score.
    """
    step = _OFFSET * end / 6
    seen: Counter[tuple[float, float]] = Counter()
    places = {}
    for row in rows:
        score = (round(row.effort or 0.0, 2), round(row.impact or 0.0, 2))
        lane, turn = seen[score] % 3, seen[score] // 3
        seen[score] += 1
        places[row.rank, row.measure_id] = (round(score[0] + lane * step, 3), round(score[1] - turn % 4 * step, 3))
    return places


# --- resources --------------------------------------------------------------------------------------------------------


def load_columns(slide: Any, frame: Frame, quarters: Sequence[QuarterLoad], language: Language, accent: str) -> Any:
    """Planned work by quarter, what of it lies above the capacity, and the capacity as a line; `accent` as above."""
    data = CategoryData(number_format="0.00")
    data.categories = [one_line(quarter.label, 30) for quarter in quarters]
    within = [round(quarter.demand - quarter.missing, 2) or None for quarter in quarters]
    above = [round(quarter.missing, 2) or None for quarter in quarters]
    data.add_series(translate("Bedarf innerhalb der Kapazität", language), within)
    data.add_series(translate("Bedarf über der Kapazität", language), above)
    data.add_series(translate("Kapazität", language), [quarter.capacity for quarter in quarters])
    told = "; ".join(
        translate(
            "{quarter}: Bedarf {demand}, Kapazität {capacity} VZÄ",
            language,
            quarter=one_line(quarter.label, 30),
            demand=number(quarter.demand, language, 2),
            capacity=number(quarter.capacity, language, 2),
        )
        for quarter in quarters
    )
    title = translate("Personalbedarf und Kapazität in Vollzeitäquivalenten", language)
    chart = add_chart(slide, frame, XL_CHART_TYPE.COLUMN_STACKED, data, title, told)
    last_series_as_line(chart)
    columns, line = chart.plots
    columns.gap_width, columns.overlap = 60, 100
    for series, fill in zip(columns.series, (accent, SIGNS["thunderstorm"].colour), strict=True):
        _fill(series, fill)
        labels = series.data_labels
        labels.show_value, labels.font.size = True, Pt(13)
        labels.font.color.rgb = colour("#ffffff")
        labels.number_format, labels.number_format_is_linked = "0.00", False
    _line(line.series[0], "#222222", 3)
    line.series[0].marker.style = XL_MARKER_STYLE.DASH
    line.series[0].marker.size = 12
    chart.value_axis.minimum_scale = 0
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = translate("Vollzeitäquivalente (VZÄ)", language)
    chart.value_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "0.0", False
    pale_grid(chart.value_axis)
    positive_axis_ids(chart)
    return chart


def overload_told(quarters: Sequence[QuarterLoad], language: Language) -> str:
    """In how many quarters more is planned than the groups can do, as a sentence without a full stop."""
    above = sum(quarter.missing > 0 for quarter in quarters)
    if not above:
        return translate("Die Kapazität reicht in allen geplanten Quartalen", language)
    return translate_plural(
        "Der Personalbedarf liegt in {number} von {all} Quartalen über der Kapazität",
        "Der Personalbedarf liegt in {number} von {all} Quartalen über der Kapazität",
        above,
        language,
        all=len(quarters),
    )


def behind_told(line: IndicatorLine, language: Language) -> str:
    """ "Vakanzzeit: 141 statt 108 Tage – schlechter als zu Beginn"."""
    short = one_line(line.title, 60)
    if line.expected is None:
        return translate("{title}: {actual}", language, title=short, actual=actual_told(line, language))
    actual, plan = number(line.actual, language, line.decimals), in_unit(line, line.expected, language)
    if line.share is not None and line.share < 0:
        return translate(
            "{title}: {actual} statt {plan} – schlechter als zu Beginn", language, title=short, actual=actual, plan=plan
        )
    return translate("{title}: {actual} statt {plan}", language, title=short, actual=actual, plan=plan)


def _fill(holder: Any, fill: str) -> None:
    holder.format.fill.solid()
    if fill:
        holder.format.fill.fore_color.rgb = colour(fill)
    else:
        holder.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _line(series: Any, stroke: str, width: float) -> None:
    series.format.line.color.rgb = colour(stroke)
    series.format.line.width = Pt(width)
    series.smooth = False
