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
COLUMNS = (
    "column_measure",
    "column_impact",
    "column_effort",
    "column_budget",
    "column_responsibility",
    "column_quadrant",
    "column_note",
)
WORDS = ("empty", "impact", "effort", "illustrative", "no_budget", *RESPONSIBILITIES, *QUADRANT_WORDS, *COLUMNS)
"""`quadrant_quick`: much impact, little effort; `_big`: much of both; `_aside`: little of both; `_drop`: the rest."""

_MOST_LABELS = 20
_LARGEST, _SMALLEST = 46, 11
"""Diameter of a bubble in px."""
_CLEAR = 0.03
"""How far below the cut a shifted point stays."""
_STEP = 0.17
"""Distance of tied points from each other on the scale of the axes."""


@dataclass(frozen=True, slots=True)
class MeasurePoint:
    """`impact` and `effort` on the declared scale; `budget` in euros sets the area; `label` is short and drawn."""

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


@dataclass(frozen=True, slots=True)
class ImpactEffort:
    """Quadrants are cut at the fixed `cut` (a value on the cut belongs to the higher class), so they never jump."""

    words: Words
    points: tuple[MeasurePoint, ...]
    cut: float = 3.0
    lowest: float = 1.0
    highest: float = 5.0
    selectable: bool = True
    height: int = 560


def draw(payload: ImpactEffort, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` is the measure's id. Without a point a sentence."""
    colours, words, points = palette(dark), payload.words, payload.points
    if not points:
        return empty(words["empty"], dark, language)
    places = _fanned_out(points, payload.cut)
    room = (payload.highest - payload.lowest) * 0.13
    low, high = payload.lowest - room, payload.highest + room
    traces = [
        _bubbles(key, mark, points, places, words, colours, dark)
        for key, mark in RESPONSIBILITIES.items()
        if any(_responsibility(point) == key for point in points)
    ]
    traces += _explanations(points, words, colours, dark)
    shapes, annotations = _quadrants(payload.cut, low, high, words, colours)
    if len(points) <= _MOST_LABELS:
        annotations += _labels(points, places, colours)
    axis = {"range": [low, high], "dtick": 1, "showgrid": True, "tickformat": ".10~f"}
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
            words["column_measure"]: point.title,
            words["column_impact"]: point.impact,
            words["column_effort"]: point.effort,
            words["column_budget"]: point.budget,
            words["column_responsibility"]: words[_responsibility(point)],
            words["column_quadrant"]: words[quadrant(point, payload.cut)],
            words["column_note"]: words["illustrative"] if point.illustrative else "",
        }
        for point in payload.points
    ]


def quadrant(point: MeasurePoint, cut: float) -> str:
    """The word of the point's quadrant; a value on the cut counts as high."""
    much, hard = point.impact >= cut, point.effort >= cut
    return QUADRANT_WORDS[(1 if hard else 0) if much else (3 if hard else 2)]


def _responsibility(point: MeasurePoint) -> str:
    return point.responsibility if point.responsibility in RESPONSIBILITIES else "office"


def _fanned_out(points: Sequence[MeasurePoint], cut: float) -> list[tuple[float, float]]:
    """(effort, impact) to draw at: ties lie on rings around their true place, by id, and never cross the cut."""
    tied: dict[tuple[float, float], list[int]] = defaultdict(list)
    for index in sorted(range(len(points)), key=lambda index: points[index].id):
        tied[round(points[index].effort, 2), round(points[index].impact, 2)].append(index)
    places = [(point.effort, point.impact) for point in points]
    for (effort, impact), group in tied.items():
        if len(group) == 1:
            continue
        for turn, index in enumerate(group):
            radius = _STEP * math.sqrt(turn + 0.6)
            angle = turn * math.pi * (3 - math.sqrt(5))
            x, y = effort + radius * math.cos(angle), impact + radius * math.sin(angle)
            places[index] = (_same_side(x, effort, cut), _same_side(y, impact, cut))
    return places


def _same_side(shifted: float, true: float, cut: float) -> float:
    """The shifted value, mirrored at the cut if it had crossed it."""
    if true >= cut:
        return cut + abs(shifted - cut)
    border = cut - _CLEAR
    return border - abs(shifted - border) if shifted > border else shifted


def _bubbles(
    key: str,
    mark: Mark,
    points: Sequence[MeasurePoint],
    places: Sequence[tuple[float, float]],
    words: Words,
    colours: Palette,
    dark: bool,
) -> Spec:
    chosen = [index for index, point in enumerate(points) if _responsibility(point) == key]
    largest = max((point.budget or 0 for point in points), default=0) or 1
    colour = mark.colour(dark)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words[key],
        "x": [round(places[index][0], 3) for index in chosen],
        "y": [round(places[index][1], 3) for index in chosen],
        "customdata": [points[index].id for index in chosen],
        "hovertext": [_hover(points[index]) for index in chosen],
        "hoverinfo": "text",
        "marker": {
            "symbol": [mark.symbol + _suffix(points[index]) for index in chosen],
            "size": [_diameter(points[index].budget, largest) for index in chosen],
            "color": colour,
            "opacity": 0.82,
            "line": {"width": 2, "color": [_outline(points[index], colour, colours) for index in chosen]},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.3}},
        "showlegend": False,
    }


def _hover(point: MeasurePoint) -> str:
    return hover_text(point.hover or f"{point.title}\n{point.budget_text}")


def _suffix(point: MeasurePoint) -> str:
    return ("-open" if point.budget is None else "") + ("-dot" if point.illustrative else "")


def _outline(point: MeasurePoint, colour: str, colours: Palette) -> str:
    return colour if point.budget is None else colours.surface


def _diameter(budget: float | None, largest: float) -> float:
    if budget is None:
        return _SMALLEST
    return round(max(_SMALLEST, _LARGEST * math.sqrt(budget / largest)), 1)


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
    return shapes, notes


def _labels(points: Sequence[MeasurePoint], places: Sequence[tuple[float, float]], colours: Palette) -> list[Spec]:
    """Each label at the side of its bubble where it covers least; sizes as on a narrow screen."""
    largest = max((point.budget or 0 for point in points), default=0) or 1
    taken: list[_Box] = []
    centres = []
    for point, (effort, impact) in zip(points, places, strict=True):
        half = _diameter(point.budget, largest) / 2
        centre = (effort * _PX_X, -impact * _PX_Y)
        centres.append((centre, half))
        taken.append((centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half))
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
_PX_X, _PX_Y = 60.0, 75.0
"""px per point of the scale on a narrow screen."""


def _label_options(centre: tuple[float, float], half: float, width: float) -> list[tuple[_Box, float, float, str]]:
    x, y, high = centre[0], centre[1], 7.0
    away = half + 3
    return [
        ((x + away, y - high, x + away + width, y + high), away, 0, "left"),
        ((x - away - width, y - high, x - away, y + high), -away, 0, "right"),
        ((x - width / 2, y - away - 2 * high, x + width / 2, y - away), 0, away + high, "center"),
        ((x - width / 2, y + away, x + width / 2, y + away + 2 * high), 0, -away - high, "center"),
    ]


def _overlap(first: _Box, second: _Box) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0.0) * max(height, 0.0)
