"""Story: what happened in a living lab, indicators above the events on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from metrics.charts.series import (
    CERTAINTY_WORDS,
    POINT_COLUMNS,
    VALUE_TICKS,
    Event,
    Segments,
    all_points,
    day_range,
    line,
    markers,
    point_rows,
    time_axis,
    value_range,
)
from metrics.charts.theme import Palette, Row, Spec, Words, empty, finish, hover_text, palette, plain, wrap

WORDS = ("empty", "event", "break", *CERTAINTY_WORDS, *POINT_COLUMNS)
"""`event` stands in the series column of an event's table row."""

MOST_PANELS, MOST_EVENTS = 3, 12
_CHARACTERS = 46
"""How many characters the width of a telephone holds beside the axis."""
_SPACER: Spec = {"size": 15, "opacity": 0}
"""An invisible marker keeps a text at a distance from its point."""
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
        "shapes": [_upright(event.day, colours) for event in events],
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
    traces += _band(events, span, colours)
    layout["yaxis"] = {"visible": False, "domain": [0, band / plot], "range": [len(events) - 0.5, -0.5]}
    return finish(traces, layout, dark, language, height=_HEAD + plot + _FOOT)


def table(payload: Story) -> list[Row]:
    """Every value of every panel, then the events."""
    words = payload.words
    rows = [row for panel in payload.panels for row in point_rows(all_points(panel.segments), panel.title, words)]
    for event in payload.events:
        values = (words["event"], event.day, event.end or event.day, None, "", event.title)
        rows.append({words[column]: value for column, value in zip(POINT_COLUMNS, values, strict=True)})
    return rows


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
        "marker": _SPACER,
        "x": [point.day for point in points],
        "y": [point.value for point in points],
        "text": [plain(point.text, 16) for point in points],
        "textposition": "top center",
        "textfont": {"size": 12, "color": colours.text},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _upright(day: date, colours: Palette) -> Spec:
    stroke = {"color": colours.border, "width": 1}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": stroke, "layer": "below"}


def _band(events: Sequence[Event], span: Sequence[date], colours: Palette) -> list[Spec]:
    """One line per event: its day or its time, and its title on the side where there is room."""
    if not events:
        return []
    later = [(event.day - span[0]) > (span[1] - span[0]) * 0.5 for event in events]
    traces: list[Spec] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [event.day, event.end],
            "y": [at, at],
            "line": {"color": colours.path, "width": 6},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for at, event in enumerate(events)
        if event.end
    ]
    silent: Spec = {"type": "scatter", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    rows = list(range(len(events)))
    signs: Spec = {
        "mode": "markers",
        "x": [event.day for event in events],
        "y": rows,
        "marker": {"symbol": "circle", "size": 9, "color": colours.path},
        "hovertext": [hover_text(event.hover or event.title) for event in events],
    }
    titles: Spec = {
        "mode": "markers+text",
        "marker": _SPACER,
        "x": [event.day if side else event.end or event.day for event, side in zip(events, later, strict=True)],
        "y": rows,
        "text": [_title(event, span) for event in events],
        "textposition": ["middle left" if side else "middle right" for side in later],
        "textfont": {"size": 12, "color": colours.text},
    }
    return [*traces, {**silent, **signs, "hoverinfo": "text"}, {**silent, **titles}]


def _title(event: Event, span: Sequence[date]) -> str:
    """The title in lines that fit on the wider side of its day on a telephone."""
    place = (event.day - span[0]) / (span[1] - span[0])
    return wrap(event.title, min(max(int(max(place, 1 - place) * _CHARACTERS), 18), 40), 2)
