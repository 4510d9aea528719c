"""Rank heat map: how probable each rank is for each measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    Palette,
    Row,
    Share,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    legend_entry,
    palette,
    percent,
    plain,
    readable_on,
    tell_hidden,
    wrap,
)

COLUMNS = ("column_measure", "column_note")
WORDS = ("empty", "rank", "rank_number", "later", "probability", "likeliest", "illustrative", "more", *COLUMNS)
"""`rank` names the axis, `rank_number` one rank ("Rang {rank}"), `later` all ranks beyond the last column.

`probability` says what the numbers are ("Wahrscheinlichkeit in %"), `likeliest` what the outlined cell is; `more` says
that the table has further rows ("{count} weitere").
"""

MOST_RANKS = 20
"""So many ranks have a column of their own."""
LEAST = 0.005
"""What is less probable stays empty: it would read "0"."""
_LIMITS = (0.1, 0.25, 0.5)
"""Probabilities at which the next darker step begins."""
_ROW_HEIGHT, _HEAD, _FOOT = 50, 96, 12
_LONG = 12
"""Beyond so many rows the ranks stand below the last row too."""
_NAME, _BADGED_NAME = 50, 32
"""Characters of a name; with the badge of an example it is shorter, so that both fit on a telephone."""
_TOP, _BOTTOM = -0.12, 0.42
"""A row's cells reach from here to there around its place; above them stands its name."""
_GAP, _LATER = 0.4, 2.0
"""Distance and width of the last column, in columns: its head is a word."""


@dataclass(frozen=True, slots=True)
class RankRow:
    """`probabilities` (0–1) of rank 1, 2, …; what is missing to 1 belongs to later ranks. `hover` is a sentence."""

    id: str
    label: str
    probabilities: tuple[float, ...]
    hover: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class RankHeatmap:
    """Rows from top to bottom, of which the first `most` are drawn."""

    words: Words
    rows: tuple[RankRow, ...]
    most: int = 40


def draw(payload: RankHeatmap, dark: bool, language: str) -> go.Figure:
    """The figure. Without a row or a rank a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[: payload.most]
    ranks = _ranks(payload.rows)
    if not rows or not ranks:
        return empty(words["empty"], dark, language)
    later = _reaches_later(payload.rows, ranks)
    edges = _edges(ranks, later)
    cells = [_cells(row, ranks, later) for row in rows]
    traces = [
        _colours(rows, cells, edges, payload, colours, language),
        _numbers(cells, edges, colours),
        _names(rows, words, edges, colours),
        *_explanations(words, colours),
    ]
    heads = [str(rank) for rank in range(1, ranks + 1)] + ([plain(words["later"], 12)] if later else [])
    if len(rows) > _LONG:
        traces.append(_feet(heads, edges, len(rows), colours))
    height = _HEAD + _FOOT + _ROW_HEIGHT * len(rows) + (18 if len(rows) > _LONG else 0)
    layout: Spec = {
        "xaxis": {
            "range": [0.5, edges[-1][1]],
            "side": "top",
            "tickvals": [(left + right) / 2 for left, right in edges],
            "ticktext": heads,
            "tickangle": 0,
            "tickfont": {"size": 11},
            "title": {"text": plain(words["rank"], 40), "standoff": 4},
        },
        "yaxis": {"visible": False, "range": [len(rows) - (0.2 if len(rows) > _LONG else 0.5), -0.55]},
        "shapes": _likeliest(cells, edges, colours),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 46 / (_ROW_HEIGHT * len(rows))},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=8, margin=32)
    return finish(traces, layout, dark, language, height=height + (24 if hidden else 0))


def table(payload: RankHeatmap) -> list[Row]:
    """One row per measure, all of them, with the probability of every rank that has a column and of later ones."""
    words, ranks = payload.words, _ranks(payload.rows)
    later = _reaches_later(payload.rows, ranks)
    return [
        {
            words["column_measure"]: row.label,
            **{words["rank_number"].format(rank=rank): Share(_probability(row, rank)) for rank in range(1, ranks + 1)},
            **({words["later"]: Share(_rest(row, ranks))} if later else {}),
            words["column_note"]: words["illustrative"] if row.illustrative else "",
        }
        for row in payload.rows
    ]


def _ranks(rows: Sequence[RankRow]) -> int:
    """How many ranks have a column of their own."""
    return min(max((len(row.probabilities) for row in rows), default=0), MOST_RANKS)


def _probability(row: RankRow, rank: int) -> float:
    return row.probabilities[rank - 1] if rank <= len(row.probabilities) else 0.0


def _rest(row: RankRow, ranks: int) -> float:
    """Probability of all ranks without a column."""
    return max(round(1 - sum(row.probabilities[:ranks]), 9), 0.0)


def _reaches_later(rows: Sequence[RankRow], ranks: int) -> bool:
    """Whether any measure may get a rank without a column."""
    return any(_rest(row, ranks) >= LEAST for row in rows)


def _whole(probability: float) -> int:
    """In whole per cent; a half is rounded up, so that what is shown is never 0."""
    return math.floor(probability * 100 + 0.5)


def _cells(row: RankRow, ranks: int, later: bool) -> list[float]:
    return [_probability(row, rank) for rank in range(1, ranks + 1)] + ([_rest(row, ranks)] if later else [])


def _edges(ranks: int, later: bool) -> list[tuple[float, float]]:
    """Left and right edge of every column; the last one stands apart."""
    edges = [(rank - 0.5, rank + 0.5) for rank in range(1, ranks + 1)]
    return [*edges, (ranks + 0.5 + _GAP, ranks + 0.5 + _GAP + _LATER)] if later else edges


def _step(probability: float) -> int:
    return sum(probability >= limit for limit in _LIMITS)


def _colours(
    rows: Sequence[RankRow],
    cells: Sequence[Sequence[float]],
    edges: Sequence[tuple[float, float]],
    payload: RankHeatmap,
    colours: Palette,
    language: str,
) -> Spec:
    """The cells in four steps, under an empty stripe for the name of each row."""
    words, last = payload.words, len(edges) - 1
    bounds = sorted({edge for pair in edges for edge in pair})
    apart = len(bounds) > len(edges) + 1
    steps: list[list[object]] = []
    hovers: list[list[object]] = []
    for row, probabilities in zip(rows, cells, strict=True):
        line: list[object] = [_step(value) if value >= LEAST else None for value in probabilities]
        texts: list[object] = []
        for at, value in enumerate(probabilities):
            named = words["later"] if apart and at == last else words["rank_number"].format(rank=at + 1)
            told = f"{row.label}\n{named}: {percent(_whole(value) / 100, language)}\n{row.hover}".strip()
            texts.append(hover_text(told) if value >= LEAST else "")
        steps += [_parted(line, None, apart), [None] * (len(bounds) - 1)]
        hovers += [_parted(texts, "", apart), [""] * (len(bounds) - 1)]
    fills = _fills(colours)
    return {
        "type": "heatmap",
        "x": bounds,
        "y": [-0.5, *(edge for at in range(len(rows)) for edge in (at + _TOP, at + _BOTTOM))],
        "z": [[None] * (len(bounds) - 1), *steps[:-1]],
        "hovertext": [[""] * (len(bounds) - 1), *hovers[:-1]],
        "hoverinfo": "text",
        "hoverongaps": False,
        "zmin": -0.5,
        "zmax": len(fills) - 0.5,
        "colorscale": [[(step + end) / len(fills), fill] for step, fill in enumerate(fills) for end in (0, 1)],
        "showscale": False,
        "xgap": 1,
        "ygap": 0,
    }


def _parted(line: list[object], blank: object, apart: bool) -> list[object]:
    """With an empty cell before the last column, if that stands apart."""
    return [*line[:-1], blank, line[-1]] if apart else line


def _fills(colours: Palette) -> tuple[str, ...]:
    return colours.steps[1:]


def _numbers(cells: Sequence[Sequence[float]], edges: Sequence[tuple[float, float]], colours: Palette) -> Spec:
    """Whole per cent in every cell, dark or white as the cell demands."""
    fills = _fills(colours)
    x, y, shown, inks = [], [], [], []
    for at, probabilities in enumerate(cells):
        for (left, right), value in zip(edges, probabilities, strict=True):
            if value >= LEAST:
                x.append(round((left + right) / 2, 3))
                y.append(round(at + (_TOP + _BOTTOM) / 2, 3))
                shown.append(str(_whole(value)))
                inks.append(readable_on(fills[_step(value)]))
    return {
        **_TEXT,
        "x": x,
        "y": y,
        "text": shown,
        "textposition": "middle center",
        "textfont": {"size": 11, "color": inks},
    }


def _likeliest(cells: Sequence[Sequence[float]], edges: Sequence[tuple[float, float]], colours: Palette) -> list[Spec]:
    """The most probable cell of each row, outlined; the better rank where two are alike."""
    shapes = []
    for at, probabilities in enumerate(cells):
        best = max(range(len(probabilities)), key=lambda index: round(probabilities[index], 9))
        box = {"x0": edges[best][0], "x1": edges[best][1], "y0": at + _TOP, "y1": at + _BOTTOM}
        if probabilities[best] >= LEAST:
            shapes.append({"type": "rect", **box, "line": {"width": 2, "color": colours.text}})
    return shapes


def _names(rows: Sequence[RankRow], words: Words, edges: Sequence[tuple[float, float]], colours: Palette) -> Spec:
    """Name above the cells: full names fit on a telephone too."""
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [
        plain(row.label, _BADGED_NAME if row.illustrative else _NAME) + (badge if row.illustrative else "")
        for row in rows
    ]
    font = {"size": 13, "color": colours.text}
    y = [round(at + _TOP - 0.04, 3) for at in range(len(rows))]
    return {
        **_TEXT,
        "x": [edges[0][0]] * len(rows),
        "y": y,
        "text": names,
        "textposition": "top right",
        "textfont": font,
    }


def _feet(heads: Sequence[str], edges: Sequence[tuple[float, float]], count: int, colours: Palette) -> Spec:
    """The ranks once more below the last row, for those who have scrolled down."""
    x = [round((left + right) / 2, 3) for left, right in edges]
    font = {"size": 11, "color": colours.muted}
    y = [count - 1 + _BOTTOM + 0.06] * len(edges)
    return {**_TEXT, "x": x, "y": y, "text": list(heads), "textposition": "bottom center", "textfont": font}


_TEXT: Spec = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _explanations(words: Words, colours: Palette) -> list[Spec]:
    fill = {"symbol": "square", "size": 13, "color": _fills(colours)[2]}
    edge = {"symbol": "square-open", "size": 12, "color": colours.text, "line": {"width": 2, "color": colours.text}}
    return [
        {**legend_entry("", mode="markers", marker=marker), "name": wrap(words[key], 40, 2)}
        for key, marker in (("probability", fill), ("likeliest", edge))
    ]
