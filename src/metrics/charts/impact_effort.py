"""Impact–effort matrix: which measures give much for little."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    RESPONSIBILITIES,
    Mark,
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
)

QUADRANT_WORDS = ("quadrant_quick", "quadrant_big", "quadrant_aside", "quadrant_drop")
RANGE_COLUMNS = ("column_impact_range", "column_effort_range")
COLUMNS = (
    "column_measure",
    "column_impact",
    RANGE_COLUMNS[0],
    "column_effort",
    RANGE_COLUMNS[1],
    "column_budget",
    "column_responsibility",
    "column_quadrant",
    "column_note",
)
WORDS = ("empty", "impact", "effort", "illustrative", "no_budget", *RESPONSIBILITIES, *QUADRANT_WORDS, *COLUMNS)
"""`quadrant_quick`: much impact, little effort; `_big`: much of both; `_aside`: little of both; `_drop`: the rest.

`RANGE_COLUMNS` are needed only where the ranges are shown (`whiskers`).
"""

_MOST_LABELS = 20
_LARGEST, _SMALLEST = 46, 11
"""Diameter of a bubble in px, as long as there are few."""
_SMALL_LARGEST, _SMALL_SMALLEST = 18, 6
"""Diameter among very many, so that they do not cover each other."""
_FEW = 40
"""Up to so many bubbles have their full size."""
_ROOM = 0.13
"""Room around the scale, as a share of its length."""
_CLEAR = 0.0075
"""How far below the cut a shifted point stays, as a share of the scale."""
_STEP = 0.0425
"""Distance of tied points from each other, as a share of the scale."""
_FAN, _FULL_FAN = 0.11, 0.045
"""How far from its true place a tied point is drawn at most, among few points and among many: below half a score."""
_WHISKER, _FAINT_WHISKER = 0.8, 0.15
"""Opacity of a whisker among few and among very many."""
_HOVER_LINES = 2
"""Lines of a hover text beside many points; each is one line there, which keeps the figure small."""


@dataclass(frozen=True, slots=True)
class MeasurePoint:
    """`impact` and `effort` on the declared scale; `budget` in euros sets the area; `label` is short and drawn.

    `_low` and `_high` bound what the value may be as well, None where it is exact. `_range` is the range in words of
    the reader's language ("5,5–7"); without it whole bounds are written as they are.
    """

    id: str
    label: str
    title: str
    impact: float
    effort: float
    budget: float | None = None
    budget_text: str = ""
    responsibility: str = "office"
    illustrative: bool = False
    hover: str = ""
    impact_low: float | None = None
    impact_high: float | None = None
    effort_low: float | None = None
    effort_high: float | None = None
    impact_range: str = ""
    effort_range: str = ""


@dataclass(frozen=True, slots=True)
class ImpactEffort:
    """Quadrants are cut at the fixed `cut` (a value on the cut belongs to the higher class), so they never jump.

    `whiskers` shows the range of every value, as a thin line in the figure and as a column in the table.
    """

    words: Words
    points: tuple[MeasurePoint, ...]
    cut: float = 5.0
    lowest: float = 0.0
    highest: float = 10.0
    selectable: bool = True
    height: int = 560
    whiskers: bool = False

    @property
    def span(self) -> float:
        """Length of the scale."""
        return self.highest - self.lowest


def draw(payload: ImpactEffort, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` is the measure's id. Without a point a sentence."""
    colours, words, points = palette(dark), payload.words, payload.points
    if not points:
        return empty(words["empty"], dark, language)
    places = _fanned_out(payload)
    low, high = payload.lowest - _ROOM * payload.span, payload.highest + _ROOM * payload.span
    traces = _whiskers(payload, places, dark) if payload.whiskers else []
    traces += [
        _bubbles(key, mark, points, places, words, colours, dark)
        for key, mark in RESPONSIBILITIES.items()
        if any(_responsibility(point) == key for point in points)
    ]
    traces += _explanations(points, words, colours, dark)
    shapes, annotations = _quadrants(payload.cut, low, high, words, colours)
    if len(points) <= _MOST_LABELS:
        annotations += _labels(payload, places, colours)
    ticks = [payload.lowest + step for step in range(int(payload.span) + 1)]
    axis = {"range": [low, high], "tickvals": ticks, "showgrid": True, "tickformat": ".10~f"}
    layout: Spec = {
        "xaxis": {**axis, "title": {"text": plain(words["effort"], 60)}},
        "yaxis": {**axis, "title": {"text": plain(words["impact"], 60)}},
        "shapes": shapes,
        "annotations": annotations,
    }
    return finish(traces, layout, dark, language, height=payload.height, selectable=payload.selectable)


def table(payload: ImpactEffort) -> list[Row]:
    """One row per measure with its true values, in the order given."""
    words = payload.words
    return [
        {
            words[key]: value
            for key, value in _values(point, payload).items()
            if payload.whiskers or key not in RANGE_COLUMNS
        }
        for point in payload.points
    ]


def _values(point: MeasurePoint, payload: ImpactEffort) -> Row:
    return {
        "column_measure": point.title,
        "column_impact": point.impact,
        "column_impact_range": point.impact_range or _range(point.impact_low, point.impact, point.impact_high),
        "column_effort": point.effort,
        "column_effort_range": point.effort_range or _range(point.effort_low, point.effort, point.effort_high),
        "column_budget": point.budget,
        "column_responsibility": payload.words[_responsibility(point)],
        "column_quadrant": payload.words[quadrant(point, payload.cut)],
        "column_note": payload.words["illustrative"] if point.illustrative else "",
    }


def _range(low: float | None, value: float, high: float | None) -> str:
    """ "5–7", or nothing if the value is exact."""
    bounds = [f"{round(value if bound is None else bound, 2):g}" for bound in (low, high)]
    return "" if bounds[0] == bounds[1] else "–".join(bounds)


def quadrant(point: MeasurePoint, cut: float) -> str:
    """The word of the point's quadrant; a value on the cut counts as high."""
    much, hard = point.impact >= cut, point.effort >= cut
    return QUADRANT_WORDS[(1 if hard else 0) if much else (3 if hard else 2)]


def _responsibility(point: MeasurePoint) -> str:
    return point.responsibility if point.responsibility in RESPONSIBILITIES else "office"


def _fanned_out(payload: ImpactEffort) -> list[tuple[float, float]]:
    """(effort, impact) to draw at: ties lie on a spiral around their true place, by id, and never cross the cut.

    However many they are, they stay near their place and inside the plot: the more, the closer together.
    """
    points, cut = payload.points, payload.cut
    tied: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index in sorted(range(len(points)), key=lambda index: points[index].id):
        point = points[index]
        tied[round(point.effort, 2), round(point.impact, 2), quadrant(point, cut)].append(index)
    places = [(point.effort, point.impact) for point in points]
    furthest = (_FAN if len(points) <= _MOST_LABELS else _FULL_FAN) * payload.span
    for group in tied.values():
        if len(group) == 1:
            continue
        first = points[group[0]]
        spread = _spiral(first, len(group), _STEP * payload.span, payload)
        reach = max(math.hypot(x, y) for x, y in spread)
        if reach > furthest:  # a smaller step never needs more turns, so the second try stays within
            spread = _spiral(first, len(group), _STEP * payload.span * furthest / reach, payload)
        for index, (x, y) in zip(group, spread, strict=True):
            places[index] = (first.effort + x, first.impact + y)
    return places


def _spiral(centre: MeasurePoint, count: int, step: float, payload: ImpactEffort) -> list[tuple[float, float]]:
    """The first places of a sunflower's spiral, as distances from the centre, that lie in the centre's quadrant."""
    clear = _CLEAR * payload.span
    found: list[tuple[float, float]] = []
    turn = 0
    while len(found) < count:
        radius, angle = step * math.sqrt(turn + 0.6), turn * math.pi * (3 - math.sqrt(5))
        x, y = radius * math.cos(angle), radius * math.sin(angle)
        if _same_side(centre.effort, x, payload.cut, clear) and _same_side(centre.impact, y, payload.cut, clear):
            found.append((x, y))
        turn += 1
    return found


def _same_side(true: float, shift: float, cut: float, clear: float) -> bool:
    """Whether the shifted value stays on its side of the cut, and visibly so."""
    return true + shift >= cut if true >= cut else true + shift <= max(true, cut - clear)


def _whiskers(payload: ImpactEffort, places: Sequence[tuple[float, float]], dark: bool) -> list[Spec]:
    """A line over the range of each value through its bubble, one trace per colour, all of them behind the bubbles."""
    traces: list[Spec] = []
    for key, mark in RESPONSIBILITIES.items():
        x: list[float | None] = []
        y: list[float | None] = []
        for point, (effort, impact) in zip(payload.points, places, strict=True):
            if _responsibility(point) != key:
                continue
            across, upright = (point.effort_low, point.effort_high), (point.impact_low, point.impact_high)
            if across != (None, None):
                x += [*_ends(across, effort), None]
                y += [round(impact, 3), round(impact, 3), None]
            if upright != (None, None):
                x += [round(effort, 3), round(effort, 3), None]
                y += [*_ends(upright, impact), None]
        if x:
            line = {"color": mark.colour(dark), "width": 1.5 if len(payload.points) <= _FEW else 1}
            opacity = round(max(_WHISKER * min(1.0, math.sqrt(_FEW / len(payload.points))), _FAINT_WHISKER), 2)
            trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "opacity": opacity}
            traces.append({**trace, "connectgaps": False, "hoverinfo": "skip", "showlegend": False})
    return traces


def _ends(bounds: tuple[float | None, float | None], drawn: float) -> tuple[float, float]:
    """The true bounds; a bubble that was moved beyond one of them stays on its line."""
    low, high = (drawn if bound is None else bound for bound in bounds)
    return round(min(low, drawn), 3), round(max(high, drawn), 3)


def _bubbles(
    key: str,
    mark: Mark,
    points: Sequence[MeasurePoint],
    places: Sequence[tuple[float, float]],
    words: Words,
    colours: Palette,
    dark: bool,
) -> Spec:
    diameters = _diameters(points)
    chosen = [index for index, point in enumerate(points) if _responsibility(point) == key]
    chosen.sort(key=lambda index: (-diameters[index], points[index].id))  # the small ones lie on top
    many = len(points) > _FEW
    outlines = [_outline(points[index], mark.colour(dark), colours) for index in chosen]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words[key],
        "x": [round(places[index][0], 3) for index in chosen],
        "y": [round(places[index][1], 3) for index in chosen],
        "customdata": [points[index].id for index in chosen],
        "hovertext": [_hover(points[index], many) for index in chosen],
        "hoverinfo": "text",
        "marker": {
            "symbol": [mark.symbol + _suffix(points[index]) for index in chosen],
            "size": [diameters[index] for index in chosen],
            "color": mark.colour(dark),
            "opacity": 0.82,
            "line": {"width": 1 if many else 2, "color": outlines},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.3}},
        "showlegend": False,
    }


def _hover(point: MeasurePoint, many: bool) -> str:
    text = point.hover or f"{point.title}\n{point.budget_text}"
    if not many:
        return hover_text(text)
    return "<br>".join(plain(line, 80) for line in text.split("\n")[:_HOVER_LINES])


def _suffix(point: MeasurePoint) -> str:
    return ("-open" if point.budget is None else "") + ("-dot" if point.illustrative else "")


def _outline(point: MeasurePoint, colour: str, colours: Palette) -> str:
    return colour if point.budget is None else colours.surface


def _diameters(points: Sequence[MeasurePoint]) -> list[float]:
    """In px: the area is the budget, the largest budget has the largest bubble, and none is too small to be hit."""
    dearest = max((point.budget or 0 for point in points), default=0) or 1
    shrunk = min(1.0, math.sqrt(_FEW / len(points)))
    largest, smallest = max(_LARGEST * shrunk, _SMALL_LARGEST), max(_SMALLEST * shrunk, _SMALL_SMALLEST)
    return [
        round(smallest if point.budget is None else max(smallest, largest * math.sqrt(point.budget / dearest)), 1)
        for point in points
    ]


def _explanations(points: Sequence[MeasurePoint], words: Words, colours: Palette, dark: bool) -> list[Spec]:
    present = {_responsibility(point) for point in points}
    entries = [
        legend_entry(words[key], mode="markers", marker={"symbol": mark.symbol, "size": 12, "color": mark.colour(dark)})
        for key, mark in RESPONSIBILITIES.items()
        if key in present
    ]
    stroke = {"width": 2, "color": colours.neutral}
    if any(point.illustrative for point in points):
        marker = {"symbol": "circle-open-dot", "size": 11, "color": colours.neutral, "line": stroke}
        entries.append(legend_entry(words["illustrative"], mode="markers", marker=marker))
    if any(point.budget is None for point in points):
        marker = {"symbol": "circle-open", "size": 11, "color": colours.neutral, "line": stroke}
        entries.append(legend_entry(words["no_budget"], mode="markers", marker=marker))
    return entries


def _quadrants(cut: float, low: float, high: float, words: Words, colours: Palette) -> tuple[list[Spec], list[Spec]]:
    fields = (
        ("quadrant_quick", low, cut, cut, high, "left", "top"),
        ("quadrant_big", cut, high, cut, high, "right", "top"),
        ("quadrant_aside", low, cut, low, cut, "left", "bottom"),
        ("quadrant_drop", cut, high, low, cut, "right", "bottom"),
    )
    shapes, notes = [], []
    for key, x0, x1, y0, y1, side, edge in fields:
        fill = colours.highlight if key == "quadrant_quick" else "rgba(0,0,0,0)"
        box = {"type": "rect", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below", "fillcolor": fill}
        shapes.append({**box, "line": {"width": 1, "color": colours.neutral}})
        place = {"x": x0 if side == "left" else x1, "y": y1 if edge == "top" else y0, "xanchor": side, "yanchor": edge}
        font = {"size": 13, "color": colours.text}
        notes.append({**place, "text": f"<b>{plain(words[key], 26)}</b>", "font": font})
    line = {"type": "line", "layer": "between", "line": {"width": 1, "color": colours.neutral}}  # above the grid's own
    shapes += [
        {**line, "x0": cut, "x1": cut, "y0": low, "y1": high},
        {**line, "x0": low, "x1": high, "y0": cut, "y1": cut},
    ]
    return shapes, notes


def _labels(payload: ImpactEffort, places: Sequence[tuple[float, float]], colours: Palette) -> list[Spec]:
    """Each label at the side of its bubble where it covers least; sizes as on a narrow screen."""
    points = payload.points
    across, upright = (side / (payload.span * (1 + 2 * _ROOM)) for side in _NARROW)
    taken = _frame(payload)
    centres = []
    for point, diameter, (effort, impact) in zip(points, _diameters(points), places, strict=True):
        half = diameter / 2 * (_DIAMOND if RESPONSIBILITIES[_responsibility(point)].symbol == "diamond" else 1)
        x, y = (effort - payload.lowest) * across, (payload.highest - impact) * upright
        centres.append(((x, y), half))
        taken.append((x - half, y - half, x + half, y + half))
        if payload.whiskers:
            left, right = _ends((point.effort_low, point.effort_high), effort)
            bottom, top = _ends((point.impact_low, point.impact_high), impact)
            taken.append(((left - payload.lowest) * across, y - 1, (right - payload.lowest) * across, y + 1))
            taken.append((x - 1, (payload.highest - top) * upright, x + 1, (payload.highest - bottom) * upright))
    notes = []
    for point, place, (centre, half) in zip(points, places, centres, strict=True):
        text = plain(point.label, 14)
        options = _label_options(centre, half, 6.4 * len(point.label[:14]) + 4)
        box, x_shift, y_shift, anchor = min(
            options, key=lambda option: sum(_overlap(option[0], other) for other in taken)
        )
        taken.append(box)
        where = {"x": place[0], "y": place[1], "xshift": x_shift, "yshift": y_shift, "xanchor": anchor}
        notes.append({**where, "text": text, "font": {"size": 11, "color": colours.text}, "captureevents": False})
    return notes


_Box = tuple[float, float, float, float]
_NARROW = (302.0, 378.0)
"""Width and height of the plot in px on a narrow screen."""
_DIAMOND = 1.3
"""A diamond reaches further than a circle of the same size."""


def _frame(payload: ImpactEffort) -> list[_Box]:
    """Where no label belongs: beyond the plot, and on the names of the quadrants."""
    left, top = (-side * _ROOM / (1 + 2 * _ROOM) for side in _NARROW)
    right, bottom, far = left + _NARROW[0], top + _NARROW[1], 1e3
    quick, big, aside, drop = (7.5 * min(len(payload.words[key]), 26) for key in QUADRANT_WORDS)
    return [
        (left - far, top - far, left, bottom + far),
        (right, top - far, right + far, bottom + far),
        (left, top, left + quick, top + 18),
        (right - big, top, right, top + 18),
        (left, bottom - 18, left + aside, bottom),
        (right - drop, bottom - 18, right, bottom),
    ]


def _label_options(centre: tuple[float, float], half: float, width: float) -> list[tuple[_Box, float, float, str]]:
    x, y, high = centre[0], centre[1], 7.0
    away, aslant = half + 3, 0.7 * half + 2
    options: list[tuple[_Box, float, float, str]] = [
        ((x + away, y - high, x + away + width, y + high), away, 0, "left"),
        ((x - away - width, y - high, x - away, y + high), -away, 0, "right"),
        ((x - width / 2, y - away - 2 * high, x + width / 2, y - away), 0, away + high, "center"),
        ((x - width / 2, y + away, x + width / 2, y + away + 2 * high), 0, -away - high, "center"),
    ]
    for top, shift in ((y - aslant - 2 * high, aslant + high), (y + aslant, -aslant - high)):
        options.append(((x + aslant, top, x + aslant + width, top + 2 * high), aslant, shift, "left"))
        options.append(((x - aslant - width, top, x - aslant, top + 2 * high), -aslant, shift, "right"))
    return options


def _overlap(first: _Box, second: _Box) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0.0) * max(height, 0.0)
