"""Story: what happened in a living lab, indicators above the events on one time axis."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.series import (
    CERTAINTY_WORDS,
    POINT_COLUMNS,
    SPACER,
    VALUE_TICKS,
    Event,
    Segments,
    all_points,
    day_range,
    event_band,
    event_rows,
    line,
    markers,
    point_rows,
    time_axis,
    upright,
    value_range,
)
from metrics.charts.theme import Palette, Row, Spec, Words, empty, finish, in_unit, palette, plain

WORDS = ("empty", "event", "break", *CERTAINTY_WORDS, *POINT_COLUMNS)
"""`event` stands in the series column of an event's table row."""

MOST_PANELS, MOST_EVENTS = 3, 12
_PANEL, _TITLE, _EVENT, _HEAD, _FOOT = 150, 34, 40, 36, 34
"""px: a panel, its title, a line of the event band, the legend, the time axis."""


@dataclass(frozen=True, slots=True)
class StoryPanel:
    """One indicator of the lab."""

    title: str
    unit: str
    segments: Segments


@dataclass(frozen=True, slots=True)
class Story:
    """One to three panels over the events in order of time."""

    words: Words
    panels: tuple[StoryPanel, ...]
    events: tuple[Event, ...] = ()


def draw(payload: Story, dark: bool, language: str) -> go.Figure:
    """The figure; without a value or an event a sentence."""
    colours, words = palette(dark), payload.words
    panels = [panel for panel in payload.panels[:MOST_PANELS] if all_points(panel.segments)]
    events = sorted(payload.events, key=lambda event: event.day)[:MOST_EVENTS]
    days = [point.day for panel in panels for point in all_points(panel.segments)]
    days += [day for event in events for day in (event.day, event.end) if day]
    if not days:
        return empty(words["empty"], dark, language)
    span = day_range(days, 0.06)
    band = _EVENT * len(events)
    plot = len(panels) * (_PANEL + _TITLE) + band
    layout: Spec = {
        "annotations": [],
        "shapes": [upright(event.day, colours.border) for event in events],
        "margin": {"l": 44, "r": 12, "t": _HEAD, "b": _FOOT, "autoexpand": False},
        "legend": {"y": 1 + 2 / plot},
        "xaxis": {**time_axis(span), "anchor": "free", "position": 0},
    }
    traces: list[Spec] = []
    named: set[str] = set()
    for index, panel in enumerate(panels):
        top = 1 - index * (_PANEL + _TITLE) / plot
        name = str(index + 2)
        _add_panel(panel, name, top, plot, layout, colours)
        traces.append(
            {**line(panel.segments, line={"color": colours.line, "width": 2.5}, showlegend=False), "yaxis": "y" + name}
        )
        for trace in [*markers(all_points(panel.segments), words, colours.line, colours), _values(panel, colours)]:
            shown = bool(trace.get("name")) and trace["name"] not in named
            named.add(trace.get("name", ""))
            traces.append({**trace, "yaxis": "y" + name, "showlegend": shown})
    traces += event_band(events, span, colours)
    layout["yaxis"] = {"visible": False, "domain": [0, band / plot], "range": [len(events) - 0.5, -0.5]}
    return finish(traces, layout, dark, language, height=_HEAD + plot + _FOOT)


def table(payload: Story) -> list[Row]:
    """Every value of every panel, then the events."""
    words = payload.words
    rows: list[Row] = []
    for panel in payload.panels:
        rows += in_unit(point_rows(all_points(panel.segments), panel.title, words), panel.unit)
    return rows + event_rows(payload.events, words)


def _add_panel(panel: StoryPanel, name: str, top: float, plot: int, layout: Spec, colours: Palette) -> None:
    layout["yaxis" + name] = {
        "domain": [top - (_PANEL + _TITLE) / plot + 12 / plot, top - _TITLE / plot],
        "range": [0, value_range(point.value for point in all_points(panel.segments))[1] * 1.12],
        "showgrid": True,
        "tickformat": VALUE_TICKS,
        "nticks": 4,
        "automargin": False,
    }
    text = f"<b>{plain(panel.title, 46)}</b> · {plain(panel.unit, 20)}"
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left", "yanchor": "top", "yshift": -8}
    place |= {"bgcolor": colours.surface}
    layout["annotations"].append({**place, "text": text, "font": {"size": 13, "color": colours.text}})


def _values(panel: StoryPanel, colours: Palette) -> Spec:
    points = all_points(panel.segments)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "marker": SPACER,
        "x": [point.day for point in points],
        "y": [point.value for point in points],
        "text": [plain(point.text, 16) for point in points],
        "textposition": "top center",
        "textfont": {"size": 12, "color": colours.text},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
