"""Small multiples: up to twelve indicators side by side, each on its own scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from metrics.charts.series import (
    POINT_COLUMNS,
    Point,
    Segments,
    all_points,
    day_range,
    line,
    point_rows,
    symbol,
    value_range,
)
from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    course_legend,
    course_mark,
    empty,
    finish,
    in_unit,
    mark_text,
    palette,
    plain,
    wrap,
)

COURSE_WORDS = ("sun", "sun_cloud", "cloud", "thunderstorm", "none")
CERTAINTY = ("approximate", "estimated", "more_than", "less_than", "provisional", "illustrative", "break")
WORDS = ("empty", "no_value", "target", *COURSE_WORDS, *CERTAINTY, *POINT_COLUMNS, "column_course")

MOST_PANELS = 12
_ROW_HEIGHT, _HEAD, _FOOT, _LEGEND = 200, 62, 26, 34
"""px: one row of panels, of it the title and the time axis; the legend above all."""
_GUTTER = 0.05
"""Space between two columns as a share of the width."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator; `last_text` is its last value with unit and period ("7,9 % · 2023")."""

    id: str
    title: str
    segments: Segments
    last_text: str
    course: str = "none"
    target_value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The first `MOST_PANELS` panels are drawn, in `columns` (1–4) columns.

    A figure does not know its width: where it may be narrow, use one payload per panel with `columns=1` and
    `legend=False`, and let the page place them.
    """

    words: Words
    panels: tuple[Panel, ...]
    columns: int = 3
    legend: bool = True


def draw(payload: SmallMultiples, dark: bool, language: str) -> go.Figure:
    """The figure; without a panel a sentence."""
    panels = payload.panels[:MOST_PANELS]
    if not panels:
        return empty(payload.words["empty"], dark, language)
    columns = min(max(payload.columns, 1), 4)
    rows = -(-len(panels) // columns)
    above = _LEGEND if payload.legend else 4
    height = above + rows * _ROW_HEIGHT
    drawn = rows * _ROW_HEIGHT
    traces: list[Spec] = []
    if payload.legend:
        traces += course_legend((panel.course for panel in panels), payload.words, dark)
    layout: Spec = {
        "margin": {"l": 4, "r": 4, "t": above, "b": 0, "autoexpand": False},
        "legend": {"y": 1, "yanchor": "bottom", "yref": "paper"},
        "annotations": [],
        "shapes": [],
    }
    for index, panel in enumerate(panels):
        row, column = divmod(index, columns)
        width = (1 - (columns - 1) * _GUTTER) / columns
        left, right = column * (width + _GUTTER), column * (width + _GUTTER) + width
        top = 1 - row * _ROW_HEIGHT / drawn
        frame = (left, right, top - (_ROW_HEIGHT - _FOOT) / drawn, top - _HEAD / drawn)
        _add_panel(panel, index, frame, (top, columns), traces, layout, payload.words, palette(dark), dark)
    return finish(traces, layout, dark, language, height=height)


def table(payload: SmallMultiples) -> list[Row]:
    """Every value of every panel."""
    words = payload.words
    rows: list[Row] = []
    for panel in payload.panels:
        course = words[panel.course if panel.course in COURSE_WORDS else "none"]
        values = point_rows(all_points(panel.segments), panel.title, words)
        own: list[Row] = [{**row, words["column_course"]: course} for row in values]
        if panel.target_value is not None:
            target = (panel.title, None, None, panel.target_value, "", words["target"], course)
            columns = (*POINT_COLUMNS, "column_course")
            own.append({words[column]: value for column, value in zip(columns, target, strict=True)})
        rows += in_unit(own, panel.unit)
    return rows


def _add_panel(
    panel: Panel,
    index: int,
    frame: tuple[float, float, float, float],
    head: tuple[float, int],
    traces: list[Spec],
    layout: Spec,
    words: Words,
    colours: Palette,
    dark: bool,
) -> None:
    left, right, bottom, top = frame
    name = str(index + 1) if index else ""
    points = all_points(panel.segments)
    values = [point.value for point in points] + ([] if panel.target_value is None else [panel.target_value])
    layout["xaxis" + name] = {
        "domain": [left, right],
        "anchor": "y" + name,
        "type": "date",
        **({"range": day_range(point.day for point in points)} if points else {"showticklabels": False}),
        "showline": True,
        "tickvals": _first_and_last(points),
        "tickformat": "%Y",
        "tickfont": {"size": 11},
        "automargin": False,
        "tickangle": 0,
    }
    layout["yaxis" + name] = {
        "domain": [bottom, top],
        "anchor": "x" + name,
        "range": value_range(values),
        "showticklabels": False,
        "automargin": False,
    }
    axes = {"xaxis": "x" + name, "yaxis": "y" + name}
    mark = course_mark(panel.course)
    last = f"{mark_text(mark, dark)} <b>{plain(panel.last_text if points else words['no_value'], 40)}</b>"
    title = wrap(panel.title, 40 if head[1] < 4 else 30, 2)
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": left,
        "y": head[0],
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
    }
    layout["annotations"].append({**place, "text": f"{title}<br>{last}", "font": {"color": colours.text, "size": 13}})
    if panel.target_value is not None:
        stroke = {"color": colours.text, "width": 1, "dash": "dash"}
        y = {"y0": panel.target_value, "y1": panel.target_value, "yref": "y" + name}
        layout["shapes"].append({"type": "line", "xref": f"x{name} domain", "x0": 0, "x1": 1, **y, "line": stroke})
    if points:
        traces.append({**_run(panel.segments, colours), **axes})


def _run(runs: Segments, colours: Palette) -> Spec:
    """Line and markers of one panel as one trace, only the first line of a hover text: twelve panels stay small."""
    symbols: list[str] = []
    hovers: list[str] = []
    for run in runs:
        gap = [""] if symbols else []
        symbols += [*(["circle"] if gap else []), *(symbol(point) for point in run)]
        hovers += [*gap, *(plain((point.hover or point.text).split("\n")[0], 60) for point in run)]
    marker = {"symbol": symbols if len(set(symbols)) > 1 else symbols[0], "size": 6, "color": colours.line}
    look = {"line": {"color": colours.line, "width": 2}, "marker": marker, "showlegend": False}
    return line(runs, mode="lines+markers", hovertext=hovers, **{**look, "hoverinfo": "text"})


def _first_and_last(points: list[Point]) -> list[date]:
    days = [point.day for point in points]
    return [days[0], days[-1]] if days and days[0].year != days[-1].year else days[-1:]
