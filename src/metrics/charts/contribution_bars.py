"""Contribution bars: what each criterion adds to a measure's Nutzwert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    legend_entry,
    legend_height,
    number,
    palette,
    plain,
    readable_on,
    tell_hidden,
    wrap,
)

COLUMNS = ("column_rank", "column_measure", "column_total", "column_note")
WORDS = ("empty", "total", "illustrative", "more", *COLUMNS)
"""`total` names the axis ("Nutzwert (0–10)"); `more` says that the table has further rows ("{count} weitere")."""

HIGHEST = 10.0
"""The scale of the Nutzwert ends here."""
_ROW_HEIGHT, _HEAD, _FOOT = 46, 34, 46
_NUMBERS = 1.25
"""Room to the right of the scale, in points, for the total at the end of the longest bar."""
_NAME, _BADGED_NAME = 50, 32
"""Characters of a name; with the badge of an example it is shorter, so that both fit on a telephone."""
_WIDE = 0.55
"""Points from which on a segment has room for its criterion's letter on a telephone."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PATTERNS = ("", "/", ".", "\\", "-", "x", "|", "+")


@dataclass(frozen=True, slots=True)
class ContributionCriterion:
    """`weight` is the weight in words ("30 %")."""

    id: str
    title: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """`contributions`: weight × score by criterion's id, in points; without an entry the criterion was not rated.

    `band` is the rank in words ("1–2"): between rows of different bands a line is drawn.
    """

    id: str
    label: str
    contributions: Mapping[str, float]
    total: float
    total_text: str
    band: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class ContributionBars:
    """Rows from top to bottom, of which the first `most` are drawn; segments in the order of the criteria."""

    words: Words
    criteria: tuple[ContributionCriterion, ...]
    rows: tuple[ContributionRow, ...]
    most: int = 40


def draw(payload: ContributionBars, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a segment is the measure's id. Without a row or a criterion a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[: payload.most]
    if not rows or not payload.criteria:
        return empty(words["empty"], dark, language)
    traces: list[Spec] = []
    before = [0.0] * len(rows)
    for index, criterion in enumerate(payload.criteria):
        parts = [max(row.contributions.get(criterion.id, 0.0), 0.0) for row in rows]
        traces += _segments(index, criterion, rows, before, parts, words, colours, language)
        before = [base + part for base, part in zip(before, parts, strict=True)]
    traces += [_names(rows, words, colours), _totals(rows, before, colours)]
    legend = legend_height(traces)
    height = _HEAD + _FOOT + _ROW_HEIGHT * len(rows) + legend
    longest = max(HIGHEST, *before)
    axis: Spec = {
        "range": [0, longest + _NUMBERS],
        "tickvals": [0, 2.5, 5, 7.5, 10],
        "showgrid": True,
        "tickformat": ".10~f",
    }
    layout: Spec = {
        "barmode": "stack",
        "xaxis": {**axis, "title": {"text": plain(words["total"], 60)}},
        "yaxis": {"visible": False, "range": [len(rows) - 0.45, -0.62]},
        "shapes": _separators(rows, colours),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 6 / height, "traceorder": "normal", "maxheight": legend + _ROW_HEIGHT},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=46, margin=70)
    return finish(traces, layout, dark, language, height=height + (24 if hidden else 0))


def table(payload: ContributionBars) -> list[Row]:
    """One row per measure, all of them, with every contribution; None where a criterion was not rated."""
    words, titles = payload.words, _titles(payload.criteria)
    return [
        {
            words["column_rank"]: row.band,
            words["column_measure"]: row.label,
            **{title: row.contributions.get(identifier) for identifier, title in titles.items()},
            words["column_total"]: row.total,
            words["column_note"]: words["illustrative"] if row.illustrative else "",
        }
        for row in payload.rows
    ]


def _titles(criteria: Sequence[ContributionCriterion]) -> dict[str, str]:
    """A column's title for each criterion's id; where two criteria are called the same, with the id."""
    named = [criterion.title for criterion in criteria]
    return {
        criterion.id: criterion.title if named.count(criterion.title) == 1 else f"{criterion.title} ({criterion.id})"
        for criterion in criteria
    }


def _letter(index: int) -> str:
    return _LETTERS[index % len(_LETTERS)]


def _fill(index: int, colours: Palette) -> tuple[str, Spec]:
    """Colour and pattern of a criterion; the patterns differ even where the colours come round again."""
    colour = colours.series[index % len(colours.series)]
    pattern = {
        "shape": _PATTERNS[index % len(_PATTERNS)],
        "fillmode": "overlay",
        "fgcolor": colours.surface,
        "fgopacity": 0.4,
        "size": 8,
        "solidity": 0.12,
    }
    return colour, pattern


def _segments(
    index: int,
    criterion: ContributionCriterion,
    rows: Sequence[ContributionRow],
    before: Sequence[float],
    parts: Sequence[float],
    words: Words,
    colours: Palette,
    language: str,
) -> list[Spec]:
    """A criterion's segments, and its entry in the legend with letter, title and weight."""
    colour, pattern = _fill(index, colours)
    named = criterion.title + (f" ({criterion.weight})" if criterion.weight else "")
    shown = [at for at, part in enumerate(parts) if part > 0]
    marker = {"color": colour, "line": {"width": 1, "color": colours.surface}, "pattern": pattern}
    text = {"color": readable_on(colour), "size": 11}
    segments = {
        "type": "bar",
        "orientation": "h",
        "y": [at + 0.14 for at in shown],
        "x": [round(parts[at], 4) for at in shown],
        "base": [round(before[at], 4) for at in shown],
        "width": 0.4,
        "customdata": [rows[at].id for at in shown],
        "hovertext": [
            hover_text(
                f"{rows[at].label}\n{named}: {number(parts[at], language, 2)}\n{words['total']}: {rows[at].total_text}"
            )
            for at in shown
        ],
        "hoverinfo": "text",
        "text": [f"<b>{_letter(index)}</b>" if parts[at] >= _WIDE else "" for at in shown],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": text,
        "marker": marker,
        "showlegend": False,
    }
    entry = {"type": "bar", "marker": marker, "x": [None], "y": [None]}
    return [segments, {**legend_entry("", **entry), "name": f"<b>{_letter(index)}</b> {wrap(named, 40, 2)}"}]


def _names(rows: Sequence[ContributionRow], words: Words, colours: Palette) -> Spec:
    """Name above the bar: full names fit on a telephone too."""
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [
        plain(row.label, _BADGED_NAME if row.illustrative else _NAME) + (badge if row.illustrative else "")
        for row in rows
    ]
    font = {"size": 13, "color": colours.text}
    y = [at - 0.07 for at in range(len(rows))]
    return {**_TEXT, "x": [0] * len(rows), "y": y, "text": names, "textposition": "top right", "textfont": font}


def _totals(rows: Sequence[ContributionRow], ends: Sequence[float], colours: Palette) -> Spec:
    shown = [f"\u00a0<b>{plain(row.total_text, 12)}</b>" for row in rows]
    font = {"size": 13, "color": colours.text}
    y = [at + 0.14 for at in range(len(rows))]
    return {**_TEXT, "x": list(ends), "y": y, "text": shown, "textposition": "middle right", "textfont": font}


_TEXT: Spec = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _separators(rows: Sequence[ContributionRow], colours: Palette) -> list[Spec]:
    """A line over the whole width wherever another rank begins."""
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": {"width": 1, "color": colours.border}}
    return [
        {**line, "y0": at - 0.54, "y1": at - 0.54} for at in range(1, len(rows)) if rows[at].band != rows[at - 1].band
    ]
