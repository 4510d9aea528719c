"""Target path: readings of one indicator, where they should go, where they are heading, and what happened meanwhile."""

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
    event_band,
    event_rows,
    line,
    markers,
    middle,
    point_rows,
    time_axis,
    upright,
    value_range,
)
from metrics.charts.theme import (
    LEGEND_LINE,
    Palette,
    Row,
    Spec,
    Words,
    empty,
    faint,
    finish,
    hover_text,
    in_unit,
    palette,
    plain,
    wrap,
)

BOUND_COLUMNS = ("bound_lower", "bound_upper")
WORDS = (
    "empty",
    "path",
    "superseded",
    "break",
    "target",
    "interim",
    "baseline",
    "forecast",
    "forecast_band",
    "event",
    *CERTAINTY_WORDS,
    *POINT_COLUMNS,
    *BOUND_COLUMNS,
)
"""`exact` names the readings in the legend; `path` the line from baseline to target; `break` a break in the series;
`forecast` and `forecast_band` the line and its band; `bound_lower` and `bound_upper` the columns of a band's or
corridor's bounds, which only a table with a band or a corridor has."""

MOST_EVENTS = 8
"""The newest of so many are drawn; the table has them all."""
_COMPARISON_LOOKS = (("dashdot", "square"), ("longdash", "triangle-up"), ("longdashdot", "x"), ("solid", "cross"))
_EVENT, _YEARS, _PLOT = 34, 34, 300
"""px: a line of the event band, the years above it, and the plot on a narrow screen."""
_FREE_LEGEND_LINES = 3
"""On a narrow screen every entry of the legend has lines of its own; beyond three they make the figure higher."""
_LABEL_WIDTH, _LABEL_HEIGHT = 0.55, 0.08
"""Shares of the plot that a target's label covers on a narrow screen."""
_BETWEEN = (0.2, 0.4, 0.6, 0.8)
"""Where a line between two points is looked at, so that no label covers it."""
_MOST_INTERIM_LABELS = 3


@dataclass(frozen=True, slots=True)
class InterimTarget:
    """A value due on the way; `label` tells it in words ("2026: 7,4 %"), `due` as the date was given."""

    value: float
    due: tuple[date, date]
    label: str = ""
    hover: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """What is asked for; where neither value, corridor nor direction is given, nothing is drawn.

    `value`, `baseline` and `corridor` (lower and upper bound) in the indicator's unit; `due` and `baseline_period` are
    first and last day of the date as it was given ("2030" is a whole year), without `due` it holds in every year;
    `direction` +1 or −1, drawn for the kind direction_only; `label` the target in words ("Ziel 2030: 60 %"); `interim`
    in order of time.
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
    interim: tuple[InterimTarget, ...] = ()
    corridor: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """What is expected for the period `start`–`end`, and the band around it."""

    start: date
    end: date
    value: float
    lower: float
    upper: float
    hover: str = ""

    @property
    def day(self) -> date:
        """Where it stands on the time axis, as a reading does."""
        return middle(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """The forecast in order of time; it begins after the last reading, to which the line is drawn.

    It is drawn as calculated and told with `decimals`.
    """

    points: tuple[ForecastPoint, ...]
    illustrative: bool = False
    decimals: int = 4


@dataclass(frozen=True, slots=True)
class ComparisonSeries:
    """The same indicator in another territory."""

    name: str
    segments: Segments


@dataclass(frozen=True, slots=True)
class TargetPath:
    """`segments`: newest vintage of every period; `superseded`: older vintages; `name` the indicator's title.

    `height` in px is that of the plain chart; events and a long legend add to it.
    """

    words: Words
    unit: str
    name: str
    segments: Segments
    superseded: tuple[Point, ...] = ()
    target: TargetLine | None = None
    comparisons: tuple[ComparisonSeries, ...] = ()
    events: tuple[Event, ...] = ()
    height: int = 420
    forecast: ForecastLine | None = None


def draw(payload: TargetPath, dark: bool, language: str) -> go.Figure:
    """The figure; without any value a sentence."""
    colours, words, target = palette(dark), payload.words, payload.target
    points = all_points(payload.segments)
    others = [point for series in payload.comparisons for point in all_points(series.segments)]
    if not points and not others:
        return empty(words["empty"], dark, language)
    events = sorted(payload.events, key=lambda event: event.day)[-MOST_EVENTS:]
    ahead = payload.forecast.points if payload.forecast else ()
    days, values = _extent([*points, *payload.superseded, *others], target, ahead)
    days += [day for event in events for day in (event.day, event.end) if day]
    span, scale = day_range(days), value_range(values)
    traces = _forecast(payload.forecast, points, words, colours) if payload.forecast else []
    traces += _comparisons(payload.comparisons, colours)
    if payload.superseded:
        traces.append(_superseded(payload.superseded, words, colours))
    shapes, notes = _breaks(points, words["break"], scale, colours)
    if target:
        room = _Room(span, scale, _drawn(payload, target))
        for place, more in zip((traces, shapes, notes), _target(target, points, room, words, colours), strict=True):
            place += more
    traces.append(line(payload.segments, line={"color": colours.line, "width": 2.5}, showlegend=False))
    traces += [{**trace, "legendrank": 1} for trace in markers(points, words, colours.line, colours)]
    named = [trace["name"] for trace in traces if trace.get("showlegend", True)]
    lines = sum(1 + name.count("<br>") for name in named)
    height = payload.height + LEGEND_LINE * max(0, lines - _FREE_LEGEND_LINES)
    band = _YEARS + _EVENT * len(events) if events else 0
    share = band / (band + _PLOT)
    layout: Spec = {
        "xaxis": time_axis(span),
        "yaxis": {
            "range": scale,
            "showgrid": True,
            "tickformat": VALUE_TICKS,
            "title": {"text": plain(payload.unit, 40)},
            "domain": [share, 1],
        },
        "shapes": [*_happened(events, share, colours), *shapes],
        "annotations": notes,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
    }
    if events:
        below = {"visible": False, "domain": [0, share]}
        layout["yaxis2"] = {**below, "range": [len(events) - 0.5, -0.5 - _YEARS / _EVENT]}
        traces += [{**trace, "yaxis": "y2"} for trace in event_band(events, span, colours)]
    return finish(traces, layout, dark, language, height=height + band)


def table(payload: TargetPath) -> list[Row]:
    """Readings, superseded readings, comparison values, baseline and targets, forecast, events."""
    words, target = payload.words, payload.target
    rows = point_rows(all_points(payload.segments), payload.name, words)
    rows += point_rows(payload.superseded, payload.name, words, words["superseded"])
    for series in payload.comparisons:
        rows += point_rows(all_points(series.segments), series.name, words)
    if target:
        rows += _target_rows(target, payload.name, words)
    if payload.forecast:
        rows += _forecast_rows(payload.forecast, payload.name, words)
    rows += event_rows(sorted(payload.events, key=lambda event: event.day), words)
    if payload.forecast or (target and target.corridor):
        bounds = [words[column] for column in BOUND_COLUMNS]
        rows = [{**row, **{bound: row.get(bound) for bound in bounds}} for row in rows]
    return in_unit(rows, payload.unit)


def _row(words: Words, *values: object) -> Row:
    """A row of the point columns and, if there are more values, of the bounds."""
    return {words[column]: value for column, value in zip((*POINT_COLUMNS, *BOUND_COLUMNS), values, strict=False)}


def _target_rows(target: TargetLine, name: str, words: Words) -> list[Row]:
    rows: list[Row] = []
    if target.baseline is not None and target.baseline_period:
        rows += point_rows([Point(*target.baseline_period, target.baseline)], name, words, words["baseline"])
    invented = [words["illustrative"]] if target.illustrative else []
    for step in target.interim:
        note = ", ".join([*([step.label] if step.label else []), *invented])
        rows.append(_row(words, words["interim"], *step.due, step.value, "", note))
    first, last = target.due or (None, None)
    note = ", ".join([target.label, *invented])
    if target.corridor:
        rows.append(_row(words, words["target"], first, last, None, "", note, *target.corridor))
    elif target.value is not None:
        rows.append(_row(words, words["target"], first, last, target.value, "", note))
    return rows


def _forecast_rows(forecast: ForecastLine, name: str, words: Words) -> list[Row]:
    said = [words["forecast"], words["forecast_band"], *([words["illustrative"]] if forecast.illustrative else [])]
    rows = []
    for point in forecast.points:
        value, *band = (round(one, forecast.decimals) for one in (point.value, point.lower, point.upper))
        rows.append(_row(words, name, point.start, point.end, value, "", ", ".join(said), *band))
    return rows


def _extent(
    points: Sequence[Point], target: TargetLine | None, ahead: Sequence[ForecastPoint]
) -> tuple[list[date], list[float]]:
    days, values = [point.day for point in points], [point.value for point in points]
    days += [point.day for point in ahead]
    values += [bound for point in ahead for bound in (point.lower, point.upper)]
    if target:
        asked = (target.value, target.baseline, *(target.corridor or ()), *(step.value for step in target.interim))
        values += [value for value in asked if value is not None]
        dates = (target.due, target.baseline_period, *(step.due for step in target.interim))
        days += [middle(*bounds) for bounds in dates if bounds]
        if target.kind == "direction_only":
            days.append(max(days) + timedelta(days=max(90, (max(days) - min(days)).days // 6)))
    return days, values


@dataclass(frozen=True, slots=True)
class _Room:
    """The plot's two ranges and what stands in it, to find a free place for a label."""

    span: Sequence[date]
    scale: Sequence[float]
    drawn: Sequence[tuple[date, float]]

    def is_freer_below(self, lower: float, upper: float, right: date) -> bool:
        """Whether a label that ends at `right` meets fewer values below `lower` than above `upper`."""
        height = (self.scale[1] - self.scale[0]) * _LABEL_HEIGHT
        left = right - (self.span[1] - self.span[0]) * _LABEL_WIDTH
        near = [value for day, value in self.drawn if left <= day <= right]
        below = sum(lower - height <= value <= lower for value in near)
        above = sum(upper <= value <= upper + height for value in near)
        return below < above and lower - height >= self.scale[0]


def _drawn(payload: TargetPath, target: TargetLine) -> list[tuple[date, float]]:
    """Places along every line of the plot, which a label should not cover."""
    runs = [*payload.segments, *(run for series in payload.comparisons for run in series.segments)]
    lines = [[(point.day, point.value) for point in run] for run in runs]
    lines += [[(point.day, point.value) for point in payload.forecast.points]] if payload.forecast else []
    places = [place for one in lines for place in one]
    for (day, value), (later, goal) in (pair for one in [*lines, _path(target)] for pair in pairwise(one)):
        places += [(day + (later - day) * share, value + (goal - value) * share) for share in _BETWEEN]
    return places


def _forecast(forecast: ForecastLine, points: Sequence[Point], words: Words, colours: Palette) -> list[Spec]:
    """The band behind everything else, then the dashed line; both begin at the last reading."""
    ahead, last = forecast.points, points[-1:]
    days = [*(point.day for point in last), *(point.day for point in ahead)]
    uppers = [*(point.value for point in last), *(point.upper for point in ahead)]
    lowers = [*(point.value for point in last), *(point.lower for point in ahead)]
    badge = f" · {plain(words['illustrative'], 30)}" if forecast.illustrative else ""
    band: Spec = {
        "type": "scatter",
        "mode": "lines",
        "name": wrap(words["forecast_band"], 30, 3) + badge,
        "x": [*days, *reversed(days)],
        "y": [*uppers, *reversed(lowers)],
        "fill": "toself",
        "fillcolor": faint(colours.line, 0.18),
        "line": {"width": 1, "color": faint(colours.line, 0.4)},
        "hoverinfo": "skip",
        "legendrank": 3,
    }
    course: Spec = {
        "type": "scatter",
        "mode": "lines",
        "name": wrap(words["forecast"], 30, 3) + badge,
        "x": days,
        "y": [*(point.value for point in last), *(point.value for point in ahead)],
        "line": {"color": colours.line, "width": 2, "dash": "dash"},
        "hovertext": ["" for _ in last] + [hover_text(point.hover) for point in ahead],
        "hoverinfo": "text",
        "legendrank": 2,
    }
    return [band, course]


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
            shapes.append({**upright(day, colours.path, "dot"), **_WITHIN_PLOT})
            at_top = earlier.value + later.value < scale[0] + scale[1]
            edge = {"yanchor": "top", "yshift": -4} if at_top else {"yanchor": "bottom", "yshift": 4}
            place = {"x": day, "y": 1 if at_top else 0, "yref": "y domain", "xanchor": "right"}
            notes.append({**place, **edge, "text": plain(word, 30), "textangle": -90, "bgcolor": colours.surface})
    return shapes, notes


_WITHIN_PLOT: Spec = {"yref": "y domain"}
"""Lines and areas of this height leave the event band free."""


def _target(
    target: TargetLine, points: Sequence[Point], room: _Room, words: Words, colours: Palette
) -> tuple[list[Spec], list[Spec], list[Spec]]:
    """Traces, shapes and notes of the target."""
    label = plain(target.label, 60) + (f" · {plain(words['illustrative'], 30)}" if target.illustrative else "")
    if target.kind == "direction_only":
        return [], [], _arrow(target.direction, label, points, room, colours)
    if target.corridor:
        lower, upper = target.corridor
    elif target.value is not None:
        lower = upper = target.value
    else:
        return [], [], []
    due = middle(*target.due) if target.due else None
    below = room.is_freer_below(lower, upper, due or room.span[1])
    note: Spec = {
        "y": lower if below else upper,
        "text": label,
        "font": {"color": colours.text},
        "bgcolor": colours.surface,
        "borderpad": 1,
        "xanchor": "right",
        "yanchor": "top" if below else "bottom",
        "yshift": -3 if below else 3,
    }
    shapes = _bounds(lower, upper, colours) if target.corridor or not due else []
    if not due:
        return [], shapes, [{**note, "x": 1, "xref": "paper"}]
    traces = [*_way(target, words, colours), _goal(due, (lower, upper), target, words, colours)]
    clear = 0 if target.corridor else -7 if below else 7
    return traces, shapes, [{**note, "x": due, "xshift": 10, "yshift": note["yshift"] + clear}]


def _bounds(lower: float, upper: float, colours: Palette) -> list[Spec]:
    """A threshold as a line over the whole width, a corridor as a light area between two of them."""
    across = {"xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    stroke = {"color": colours.text, "width": 1.5, "dash": "dash"}
    shapes: list[Spec] = [{**across, "type": "line", "y0": y, "y1": y, "line": stroke} for y in sorted({lower, upper})]
    if lower < upper:
        area = {"type": "rect", "y0": lower, "y1": upper, "line": {"width": 0}}
        shapes.append({**across, **area, "fillcolor": faint(colours.neutral, 0.14)})
    return shapes


def _path(target: TargetLine) -> list[tuple[date, float]]:
    """From the baseline, if its day is known, through the interim targets to the target."""
    start = [(target.baseline_period, target.baseline)]
    asked = [*start, *((step.due, step.value) for step in target.interim), (target.due, target.value)]
    return [(middle(*bounds), value) for bounds, value in asked if bounds and value is not None]


def _way(target: TargetLine, words: Words, colours: Palette) -> list[Spec]:
    """The path through the interim targets, which are diamonds; the legend tells the first of them."""
    path, steps = _path(target), [(middle(*step.due), step.value) for step in target.interim]
    traces: list[Spec] = []
    if len(path) > 1:
        look = {"mode": "lines", "line": {"color": colours.path, "width": 2, "dash": "dot"}, "hoverinfo": "skip"}
        x, y = [day for day, _ in path], [value for _, value in path]
        traces.append({"type": "scatter", "name": words["path"], "x": x, "y": y, **look})
    if not steps:
        return traces
    look = {"marker": {**_ring(colours), "symbol": "diamond-dot", "size": 13}, "hoverinfo": "text"}
    hover = [hover_text(step.hover or step.label) for step in target.interim]
    labels = [step.label for step in target.interim if step.label][:_MOST_INTERIM_LABELS]
    name = wrap(": ".join([words["interim"], *(["; ".join(labels)] if labels else [])]), 30, 3)
    x, y = [day for day, _ in steps], [value for _, value in steps]
    traces.append({"type": "scatter", "mode": "markers", "name": name, "x": x, "y": y, "hovertext": hover, **look})
    return traces


def _goal(due: date, bounds: tuple[float, float], target: TargetLine, words: Words, colours: Palette) -> Spec:
    """The target on its day: a ring, or a bar between the two bounds of a corridor."""
    ends = sorted(set(bounds))
    ring = {**_ring(colours), "symbol": "circle-dot", "size": 15}
    bar = {"symbol": "line-ew", "size": 15, "line": {"width": 3, "color": colours.text}}
    return {
        "type": "scatter",
        "mode": "lines+markers" if target.corridor else "markers",
        "name": words["target"],
        "x": [due] * len(ends),
        "y": ends,
        "line": {"width": 3, "color": colours.text},
        "marker": bar if target.corridor else ring,
        "hovertext": [hover_text(target.hover or target.label)] * len(ends),
        "hoverinfo": "text",
    }


def _ring(colours: Palette) -> Spec:
    return {"color": colours.surface, "line": {"width": 2.5, "color": colours.text}}


def _arrow(direction: int, label: str, points: Sequence[Point], room: _Room, colours: Palette) -> list[Spec]:
    """An arrow from the last value into the wanted direction, named at its head."""
    if not points or not direction:
        return []
    span, scale = room.span, room.scale
    start, reach = points[-1], (scale[1] - scale[0]) * 0.22 * direction
    head = min(max(start.value + reach, scale[0]), scale[1])
    tail = {"axref": "x", "ayref": "y", "ax": start.day, "ay": start.value}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": colours.path, "standoff": 0}
    day = start.day + (span[1] - start.day) * 0.75
    name = {"x": day, "y": head, "text": label, "xanchor": "right", "yanchor": "bottom" if direction > 0 else "top"}
    return [{"x": day, "y": head, "text": "", **tail, **look}, {**name, "xshift": 8, "font": {"color": colours.text}}]


def _happened(events: Sequence[Event], share: float, colours: Palette) -> list[Spec]:
    """A line from each event's place in the band up through the plot; what lasted is a light area."""
    area = {"type": "rect", "y0": 0, "y1": 1, **_WITHIN_PLOT, "line": {"width": 0}, "layer": "below"}
    fill = faint(colours.neutral, 0.14)
    shapes: list[Spec] = []
    for at, event in enumerate(events):
        own = share * (len(events) - 0.5 - at) / (len(events) + _YEARS / _EVENT)
        shapes.append({**upright(event.day, colours.border), "y0": own})
        if event.end:
            shapes.append({**area, "x0": event.day, "x1": event.end, "fillcolor": fill})
    return shapes
