"""Target path: readings of one indicator, where they should go, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go

from metrics.charts.series import (
    CERTAINTY_WORDS,
    POINT_COLUMNS,
    VALUE_TICKS,
    Event,
    Point,
    Segments,
    all_points,
    day_range,
    line,
    markers,
    middle,
    point_rows,
    time_axis,
    value_range,
)
from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    legend_entry,
    palette,
    plain,
    wrap,
)

WORDS = (
    "empty",
    "path",
    "superseded",
    "break",
    "target",
    "baseline",
    "event",
    *CERTAINTY_WORDS,
    *POINT_COLUMNS,
)
"""`exact` names the readings in the legend; `path` the line from baseline to target; `break` a break in the series."""

_COMPARISON_LOOKS = (("dash", "square"), ("dot", "triangle-up"), ("dashdot", "x"), ("longdash", "cross"))
_MOST_EVENTS_NAMED = 8
_LEVEL, _SMALLEST_PLOT = 20, 290
"""px: a level of event labels, and the height of the plot above which they take no more than their share."""
_MOST_LEVELS = 4
"""Labels of more events than this in one place cover each other; their hover texts and the table have them all."""
_LABEL_SHARE = 0.07
"""Width of a numbered event label as a share of the time axis on a narrow screen (18 of about 280 px)."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """What is asked for. `kind`: value_by_date, keep_every_year, direction_only or in_words (nothing is drawn).

    `value` and `baseline` in the indicator's unit; `due` and `baseline_period` are first and last day of the date as
    it was given ("2030" is a whole year); `direction` +1 or −1; `label` the target in words ("Ziel 2030: 60 %").
    """

    kind: str
    label: str
    value: float | None = None
    due: tuple[date, date] | None = None
    baseline: float | None = None
    baseline_period: tuple[date, date] | None = None
    direction: int = 0
    illustrative: bool = False
    hover: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonSeries:
    """The same indicator in another territory."""

    name: str
    segments: Segments


@dataclass(frozen=True, slots=True)
class TargetPath:
    """`segments`: newest vintage of every period; `superseded`: older vintages; `name` the indicator's title."""

    words: Words
    unit: str
    name: str
    segments: Segments
    superseded: tuple[Point, ...] = ()
    target: TargetLine | None = None
    comparisons: tuple[ComparisonSeries, ...] = ()
    events: tuple[Event, ...] = ()
    height: int = 420


def draw(payload: TargetPath, dark: bool, language: str) -> go.Figure:
    """The figure; without any value a sentence."""
    colours, words = palette(dark), payload.words
    points = all_points(payload.segments)
    others = [point for series in payload.comparisons for point in all_points(series.segments)]
    if not points and not others:
        return empty(words["empty"], dark, language)
    days, values = _extent([*points, *payload.superseded, *others], payload.target)
    days += [event.day for event in payload.events]
    span, scale = day_range(days), value_range(values)
    traces: list[Spec] = _comparisons(payload.comparisons, colours)
    if payload.superseded:
        traces.append(_superseded(payload.superseded, words, colours))
    shapes, annotations = _breaks(points, words["break"], scale, colours)
    if payload.target:
        target_traces, target_shapes, target_notes = _target(payload.target, points, span, scale, words, colours)
        traces += target_traces
        shapes += target_shapes
        annotations += target_notes
    traces.append(line(payload.segments, line={"color": colours.line, "width": 2.5}, showlegend=False))
    traces += markers(points, words, colours.line, colours)
    event_traces, event_shapes, event_notes, levels = _events(payload.events, span, words, colours)
    layout: Spec = {
        "xaxis": time_axis(span),
        "yaxis": {
            "range": scale,
            "showgrid": True,
            "tickformat": VALUE_TICKS,
            "title": {"text": plain(payload.unit, 40)},
            "domain": [0, 1 - levels * _LEVEL / _SMALLEST_PLOT],
        },
        "shapes": shapes + event_shapes,
        "annotations": annotations + event_notes,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
    }
    height = payload.height + _LEVEL * len(event_traces)
    return finish(traces + event_traces, layout, dark, language, height=height)


def table(payload: TargetPath) -> list[Row]:
    """Readings, superseded readings, comparison values, then baseline and target."""
    words = payload.words
    rows = point_rows(all_points(payload.segments), payload.name, words)
    rows += point_rows(payload.superseded, payload.name, words, words["superseded"])
    for series in payload.comparisons:
        rows += point_rows(all_points(series.segments), series.name, words)
    target = payload.target
    if target and target.baseline is not None and target.baseline_period:
        start, end = target.baseline_period
        rows += point_rows([Point(start, end, target.baseline)], payload.name, words, words["baseline"])
    if target and target.value is not None:
        first, last = target.due or (None, None)
        note = ", ".join([target.label, *([words["illustrative"]] if target.illustrative else [])])
        values = (words["target"], first, last, target.value, "", note)
        rows.append({words[column]: value for column, value in zip(POINT_COLUMNS, values, strict=True)})
    return rows


def _extent(points: Sequence[Point], target: TargetLine | None) -> tuple[list[date], list[float]]:
    days, values = [point.day for point in points], [point.value for point in points]
    if target:
        values += [value for value in (target.value, target.baseline) if value is not None]
        days += [middle(*bounds) for bounds in (target.due, target.baseline_period) if bounds]
        if target.kind == "direction_only":
            days.append(max(days) + timedelta(days=max(90, (max(days) - min(days)).days // 6)))
    return days, values


def _comparisons(comparisons: Sequence[ComparisonSeries], colours: Palette) -> list[Spec]:
    traces = []
    for index, series in enumerate(comparisons):
        dash, symbol = _COMPARISON_LOOKS[index % len(_COMPARISON_LOOKS)]
        colour = colours.series[1 + index % (len(colours.series) - 1)]
        look = {
            "mode": "lines+markers",
            "name": plain(series.name, 40),
            "line": {"color": colour, "width": 1.5, "dash": dash},
            "marker": {"symbol": symbol, "size": 7, "color": colour},
            "hoverinfo": "text",
        }
        trace = line(series.segments, **look)
        hovers: list[str] = []
        for run in series.segments:
            hovers += [*([""] if hovers else []), *(hover_text(point.hover or point.text) for point in run)]
        traces.append({**trace, "hovertext": hovers})
    return traces


def _superseded(points: Sequence[Point], words: Words, colours: Palette) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words["superseded"],
        "x": [point.day for point in points],
        "y": [point.value for point in points],
        "marker": {"symbol": "x-thin", "size": 6, "line": {"width": 1.5, "color": colours.neutral}},
        "hovertext": [hover_text(point.hover or point.text) for point in points],
        "hoverinfo": "text",
    }


def _breaks(
    points: Sequence[Point], word: str, scale: Sequence[float], colours: Palette
) -> tuple[list[Spec], list[Spec]]:
    """A dotted line at each break, its word at the end of the line where the series is not."""
    shapes, notes = [], []
    for earlier, later in pairwise(points):
        if later.break_before:
            day = middle(earlier.day, later.day)
            shapes.append(_upright(day, colours.path, "dot"))
            at_top = earlier.value + later.value < scale[0] + scale[1]
            place = {"x": day, "y": scale[1] if at_top else 0, "yref": "y" if at_top else "paper", "xanchor": "right"}
            edge = {"yanchor": "top", "yshift": -4} if at_top else {"yanchor": "bottom", "yshift": 4}
            notes.append({**place, **edge, "text": plain(word, 30), "textangle": -90})
    return shapes, notes


def _upright(day: date, colour: str, dash: str) -> Spec:
    stroke = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": stroke, "layer": "below"}


def _target(
    target: TargetLine, points: Sequence[Point], span: list[date], scale: list[float], words: Words, colours: Palette
) -> tuple[list[Spec], list[Spec], list[Spec]]:
    label = plain(target.label, 60) + (f" · {plain(words['illustrative'], 30)}" if target.illustrative else "")
    if target.kind == "direction_only":
        return [], [], _arrow(target.direction, label, points, span, scale, colours)
    if target.value is None or target.kind not in ("value_by_date", "keep_every_year"):
        return [], [], []
    low_enough = target.value - scale[0] > (scale[1] - scale[0]) * 0.15
    below = low_enough and bool(points) and points[-1].value > target.value
    note: Spec = {
        "y": target.value,
        "text": label,
        "font": {"color": colours.text},
        "xanchor": "right",
        "yanchor": "top" if below else "bottom",
        "yshift": -9 if below else 9,
    }
    if target.kind == "keep_every_year" or not target.due:
        stroke = {"color": colours.text, "width": 1.5, "dash": "dash"}
        across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target.value, "y1": target.value}
        return [], [{**across, "line": stroke}], [{**note, "x": 1, "xref": "paper", "yshift": -3 if below else 3}]
    due = middle(*target.due)
    traces = []
    if target.baseline is not None and target.baseline_period:
        path = {"x": [middle(*target.baseline_period), due], "y": [target.baseline, target.value], "mode": "lines"}
        stroke = {"color": colours.path, "width": 2, "dash": "dash"}
        traces.append({"type": "scatter", "name": words["path"], "line": stroke, "hoverinfo": "skip", **path})
    goal = {"type": "scatter", "mode": "markers", "x": [due], "y": [target.value], "name": words["target"]}
    ring = {"symbol": "circle-dot", "size": 15, "color": colours.surface, "line": {"width": 2.5, "color": colours.text}}
    hover = [hover_text(target.hover or target.label)]
    traces.append({**goal, "marker": ring, "hovertext": hover, "hoverinfo": "text"})
    return traces, [], [{**note, "x": due, "xshift": 8, "bgcolor": colours.surface}]


def _arrow(
    direction: int, label: str, points: Sequence[Point], span: list[date], scale: list[float], colours: Palette
) -> list[Spec]:
    """An arrow from the last value into the wanted direction, named at its head."""
    if not points or not direction:
        return []
    start, reach = points[-1], (scale[1] - scale[0]) * 0.22 * direction
    head = min(max(start.value + reach, scale[0]), scale[1])
    tail = {"axref": "x", "ayref": "y", "ax": start.day, "ay": start.value}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": colours.path, "standoff": 0}
    day = start.day + (span[1] - start.day) * 0.75
    name = {"x": day, "y": head, "text": label, "xanchor": "right", "yanchor": "bottom" if direction > 0 else "top"}
    return [{"x": day, "y": head, "text": "", **tail, **look}, {**name, "xshift": 8, "font": {"color": colours.text}}]


def _events(
    events: Sequence[Event], span: list[date], words: Words, colours: Palette
) -> tuple[list[Spec], list[Spec], list[Spec], int]:
    """Numbered lines; labels too close for a narrow screen go one level lower. Levels used come last."""
    traces, shapes, notes = [], [], []
    last_on_level: list[date] = []
    needed = (span[1] - span[0]) * _LABEL_SHARE
    for count, event in enumerate(sorted(events, key=lambda event: event.day), start=1):
        level = next((at for at, day in enumerate(last_on_level) if event.day - day >= needed), len(last_on_level))
        level = min(level, _MOST_LEVELS - 1)
        last_on_level[level : level + 1] = [event.day]
        shapes.append(_upright(event.day, colours.neutral, "solid"))
        hover = hover_text(event.hover or event.title)
        box = {"bgcolor": colours.raised, "bordercolor": colours.neutral, "borderwidth": 1, "borderpad": 2}
        place = {"x": event.day, "y": 1, "yref": "paper", "yanchor": "top", "yshift": -level * _LEVEL}
        notes.append(
            {**place, **box, "text": str(count), "hovertext": hover, "font": {"color": colours.text, "size": 11}}
        )
        if count <= _MOST_EVENTS_NAMED:
            entry = legend_entry("", mode="lines", line={"color": colours.neutral, "width": 1})
            traces.append({**entry, "name": f"{count} · {wrap(event.title, 38, 2)}"})
    if len(events) > _MOST_EVENTS_NAMED:
        traces.append(legend_entry(words["event"], mode="lines", line={"color": colours.neutral, "width": 1}))
    return traces, shapes, notes, len(last_on_level)
