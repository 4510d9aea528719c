"""Sparkline: the run of an indicator in a card, without axes."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.series import Segments, all_points, day_range, line, value_range
from metrics.charts.theme import Row, Spec, Words, course_mark, empty, finish, hover_text, palette

WORDS = ("empty", "column_from", "column_to", "column_value")


@dataclass(frozen=True, slots=True)
class Sparkline:
    """`target_value` in the unit of the values; the last point carries the course's mark; `height` 56–64 px."""

    words: Words
    segments: Segments
    target_value: float | None = None
    course: str = "none"
    height: int = 60


def draw(payload: Sparkline, dark: bool, language: str) -> go.Figure:
    """The figure; without a value a sentence."""
    points, colours = all_points(payload.segments), palette(dark)
    if not points:
        return empty(payload.words["empty"], dark, language, payload.height)
    mark, last = course_mark(payload.course), points[-1]
    traces: list[Spec] = [
        line(payload.segments, line={"color": colours.line, "width": 2}),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [point.day for point in points],
            "y": [point.value for point in points],
            "marker": {"size": 4, "color": colours.line},
            "hovertext": [hover_text(point.hover or point.text) for point in points],
            "hoverinfo": "text",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [last.day],
            "y": [last.value],
            "marker": {
                "symbol": mark.symbol,
                "size": 11,
                "color": mark.colour(dark),
                "line": {"width": 2, "color": mark.colour(dark)},
            },
            "hovertext": [hover_text(last.hover or last.text)],
            "hoverinfo": "text",
        },
    ]
    values = [point.value for point in points] + ([] if payload.target_value is None else [payload.target_value])
    layout: Spec = {
        "xaxis": {"visible": False, "type": "date", "range": day_range((point.day for point in points), 0.06)},
        "yaxis": {"visible": False, "range": value_range(values, 0.25)},
        "margin": {"l": 0, "r": 0, "t": 2, "b": 2},
        "showlegend": False,
    }
    if payload.target_value is not None:
        stroke = {"color": colours.path, "width": 1, "dash": "dash"}
        y = {"y0": payload.target_value, "y1": payload.target_value}
        layout["shapes"] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, **y, "line": stroke}]
    return finish(traces, layout, dark, language, height=payload.height)


def table(payload: Sparkline) -> list[Row]:
    """One row per value."""
    words = payload.words
    return [
        {words["column_from"]: point.start, words["column_to"]: point.end, words["column_value"]: point.value}
        for point in all_points(payload.segments)
    ]
