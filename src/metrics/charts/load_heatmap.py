"""Load heat map: how full each group's time is in each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import plotly.graph_objects as go

from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    as_share,
    empty,
    finish,
    hover_text,
    legend_entry,
    palette,
    percent,
    plain,
    readable_on,
    wrap,
)

BAND_WORDS = ("calm", "tight", "over", "no_value")
WORDS = ("empty", *BAND_WORDS, "no_time", "column_group")
"""`calm`, `tight`, `over` name the bands with their limits ("bis 85 %"); `no_value` the cells without capacity and
demand; `no_time` stands where there is a demand and no capacity ("keine Zeit")."""

_SIGNS = {"calm": "", "tight": "●", "over": "▲", "no_value": ""}
_ROW_HEIGHT, _HEAD, _FOOT = 66, 44, 44
_CELL = 8
"""Characters of a line that a cell holds on a telephone."""
MOST_WIDE = 8
"""Columns of which a telephone holds the per cent sign; more are written smaller, and every third is named."""


@dataclass(frozen=True, slots=True)
class LoadRow:
    """`shares`: demand by capacity per quarter (1 = 100 %), as long as `quarters`.

    `inf` where there is a demand and no capacity, None where there is neither, or no data.
    """

    id: str
    name: str
    shares: tuple[float | None, ...]
    hovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadHeatmap:
    """Calm up to and including `tight`, then tight up to and including `full` (shares), beyond it over."""

    words: Words
    quarters: tuple[str, ...]
    rows: tuple[LoadRow, ...]
    tight: float = 0.85
    full: float = 1.0


def draw(payload: LoadHeatmap, dark: bool, language: str) -> go.Figure:
    """The figure; without a row or a quarter a sentence."""
    colours, words = palette(dark), payload.words
    if not payload.rows or not payload.quarters:
        return empty(words["empty"], dark, language)
    bands = [[band(share, payload.tight, payload.full) for share in row.shares] for row in payload.rows]
    fills = _fills(colours)
    traces: list[Spec] = []
    for key in BAND_WORDS:
        if any(key in row for row in bands):
            traces.append(_cells(key, payload, bands, fills[key], language))
            edge = {"width": 1, "color": colours.neutral}
            marker = {"symbol": "square", "size": 13, "color": fills[key], "line": edge}
            name = f"{_SIGNS[key]} {words[key]}"
            if key == "over" and any(inf in row.shares for row in payload.rows):
                name += f", {words['no_time']}"
            traces.append(legend_entry(name, mode="markers", marker=marker))
    count = len(payload.rows)
    height = _HEAD + _FOOT + _ROW_HEIGHT * count
    traces.append(_names(payload.rows, colours))
    layout: Spec = {
        "xaxis": {
            "range": [-0.5, len(payload.quarters) - 0.5],
            "tickvals": named_columns(len(payload.quarters)),
            "ticktext": [wrap(payload.quarters[at], 4, 2) for at in named_columns(len(payload.quarters))],
            "tickangle": 0,
        },
        "yaxis": {"visible": False, "range": [count - 0.5, -0.5]},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 4 / height},
    }
    return finish(traces, layout, dark, language, height=height)


def table(payload: LoadHeatmap) -> list[Row]:
    """One row per group, one column per quarter with the share, or that there is a demand and no time."""
    words = payload.words
    return [
        {
            words["column_group"]: row.name,
            **{
                each: words["no_time"] if share == inf else as_share(share)
                for each, share in zip(payload.quarters, row.shares, strict=True)
            },
        }
        for row in payload.rows
    ]


def named_columns(count: int) -> list[int]:
    """Which of the columns have their name below them: all, or every third where there are many."""
    return list(range(0, count, 1 if count <= MOST_WIDE else 3))


def band(share: float | None, tight: float, full: float) -> str:
    """Which of the bands a share belongs to."""
    if share is None:
        return "no_value"
    return "calm" if share <= tight else "tight" if share <= full else "over"


def _fills(colours: Palette) -> dict[str, str]:
    return {"calm": colours.steps[1], "tight": colours.at_risk, "over": colours.off_course, "no_value": colours.raised}


def _cells(key: str, payload: LoadHeatmap, bands: Sequence[Sequence[str]], fill: str, language: str) -> Spec:
    """The cells of one band below their group's name; one trace each, so that text and fill always fit."""
    across = range(len(payload.quarters))
    values = [[1 if own == key else None for own in row] for row in bands]
    texts = [
        [
            _text(share, payload, language) if own == key else ""
            for own, share in zip(own_bands, row.shares, strict=True)
        ]
        for own_bands, row in zip(bands, payload.rows, strict=True)
    ]
    hovers = [[_hover(row, at, payload, language) for at in across] for row in payload.rows]
    edges = [edge for at in range(len(payload.rows)) for edge in (at - 0.5, at - 0.14)]
    return {
        "type": "heatmap",
        "x": list(across),
        "y": [*edges, len(payload.rows) - 0.5],
        "z": _striped(values, None),
        "text": _striped(texts, ""),
        "texttemplate": "%{text}",
        "textfont": {"size": 11 if len(payload.quarters) <= MOST_WIDE else 9, "color": readable_on(fill)},
        "hovertext": _striped(hovers, ""),
        "hoverinfo": "text",
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
    }


def _striped(rows: Sequence[Sequence[object]], blank: object) -> list[list[object]]:
    """Each row of cells under an empty stripe, which holds the group's name."""
    return [line for row in rows for line in ([blank] * len(row), list(row))]


def _text(share: float | None, payload: LoadHeatmap, language: str) -> str:
    sign = _SIGNS[band(share, payload.tight, payload.full)]
    said = _percent(share, payload, language)
    if share == inf:
        return sign if len(payload.quarters) > MOST_WIDE else wrap(f"{sign} {said}", _CELL, 2)
    if len(payload.quarters) > MOST_WIDE:
        said = said.rstrip("%").rstrip()
    return f"{sign}<br>{plain(said)}" if sign else said


def _percent(share: float | None, payload: LoadHeatmap, language: str) -> str:
    """Whole per cent, with ">" where rounding alone would name a lower band (1.001 is over, 100 % is not)."""
    if share is None:
        return "–"
    if share == inf:
        return payload.words["no_time"]
    rounded_down = band(round(share, 2), payload.tight, payload.full) != band(share, payload.tight, payload.full)
    return (">" if rounded_down else "") + percent(share, language)


def _hover(row: LoadRow, at: int, payload: LoadHeatmap, language: str) -> str:
    if at < len(row.hovers) and row.hovers[at]:
        return hover_text(row.hovers[at])
    return hover_text(f"{row.name}\n{payload.quarters[at]}: {_percent(row.shares[at], payload, language)}")


def _names(rows: Sequence[LoadRow], colours: Palette) -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [-0.5] * len(rows),
        "y": [at - 0.17 for at in range(len(rows))],
        "text": [f"<b>{plain(row.name, 48)}</b>" for row in rows],
        "textposition": "top right",
        "textfont": {"size": 13, "color": colours.text},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
