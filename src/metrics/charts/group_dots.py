"""Group dots: how far the groups of raters are apart over each measure."""

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
    tell_hidden,
    wrap,
)

COLUMNS = ("column_measure", "column_overall", "column_spread", "column_note")
WORDS = ("empty", "total", "overall", "no_value", "illustrative", "more", *COLUMNS)
"""`total` names the axis ("Nutzwert (0–10)"), `overall` the value of all groups together; `no_value` stands where no
group has rated; `column_spread` is highest minus lowest; `more` says that the table has further rows."""

LOWEST, HIGHEST = 0.0, 10.0
_HEAD, _FOOT = 22, 50
_NAMED, _LINED, _END = 22, 34, 14
"""px in a row: down to the foot of the name, down to its highest marker, and from its lowest to the next row."""
_STROKE = 26
"""Length of the stroke for all groups together, in px."""
_LANE = 12
"""px between two markers that lie above each other."""
_LONG = 12
"""Beyond so many rows the scale stands above the first row too."""
_NAME, _BADGED_NAME = 50, 32
"""Characters of a name; with the badge of an example it is shorter, so that both fit on a telephone."""
_BESIDE = 0.3
"""Markers that are nearer to each other than this many points would cover each other on a telephone."""
_MARKS = (("circle", 11), ("square", 10), ("diamond", 12), ("triangle-up", 13), ("triangle-down", 13), ("cross", 12))
"""Symbols, with sizes that look alike."""


@dataclass(frozen=True, slots=True)
class RaterGroup:
    """A group of raters by its key."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """`values`: Nutzwert (0–10) by group's key, None or no entry where the group has not rated."""

    id: str
    label: str
    values: Mapping[str, float | None]
    overall: float | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class GroupDots:
    """Rows from top to bottom, of which the first `most` are drawn; up to six groups differ by their shape alone."""

    words: Words
    groups: tuple[RaterGroup, ...]
    rows: tuple[DotRow, ...]
    most: int = 40


def draw(payload: GroupDots, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a marker is the measure's id. Without a row or a group a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[: payload.most]
    if not rows or not payload.groups:
        return empty(words["empty"], dark, language)
    lanes = [_lanes(row, payload.groups) for row in rows]
    places = _stacked(lanes)
    strokes = _overall(rows, lanes, places, words, colours, language)
    traces = [_spans(rows, payload.groups, places, colours), *strokes[:1]]
    for index, group in enumerate(payload.groups):
        traces.append(_dots(index, group, rows, lanes, places, colours, language))
        entry = legend_entry("", mode="markers", marker=_marker(index, colours))
        traces.append({**entry, "name": wrap(group.title, 40, 2)})
    traces += [*strokes[1:], *_texts(rows, payload.groups, places, words, colours)]
    legend = legend_height(traces)
    long = len(rows) > _LONG
    height = round(_HEAD + _FOOT + places[-1].end + legend + (20 if long else 0))
    ticks = [LOWEST + step for step in range(int(HIGHEST - LOWEST) + 1)]
    if long:
        traces.append(_scale(ticks, colours, language))
    layout: Spec = {
        "xaxis": {
            "range": [LOWEST - 0.25, HIGHEST + 0.25],
            "tickvals": ticks,
            "showgrid": True,
            "title": {"text": plain(words["total"], 60)},
        },
        "yaxis": {"visible": False, "range": [places[-1].end, -20 if long else 0]},
        "shapes": _middle(colours),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 6 / height, "traceorder": "normal", "maxheight": legend + 50},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=46, margin=70)
    return finish(traces, layout, dark, language, height=height + (24 if hidden else 0))


def table(payload: GroupDots) -> list[Row]:
    """One row per measure, all of them: every group's value, the value of all together and their spread."""
    words, titles = payload.words, _titles(payload.groups)
    rows: list[Row] = []
    for row in payload.rows:
        known = _known(row, payload.groups)
        rows.append(
            {
                words["column_measure"]: row.label,
                **{title: row.values.get(key) for key, title in titles.items()},
                words["column_overall"]: row.overall,
                words["column_spread"]: round(max(known.values()) - min(known.values()), 9) if known else None,
                words["column_note"]: words["illustrative"] if row.illustrative else "",
            }
        )
    return rows


def _titles(groups: Sequence[RaterGroup]) -> dict[str, str]:
    """A column's title for each group's key; where two groups are called the same, with the key."""
    named = [group.title for group in groups]
    return {
        group.key: group.title if named.count(group.title) == 1 else f"{group.title} ({group.key})" for group in groups
    }


def _known(row: DotRow, groups: Sequence[RaterGroup]) -> dict[str, float]:
    """The values of the groups that have rated, in the order of the groups."""
    values = ((group.key, row.values.get(group.key)) for group in groups)
    return {key: value for key, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row's name and line stand and where it ends, in px from the top."""

    name: float
    line: float
    end: float


def _stacked(lanes: Sequence[Mapping[str, int]]) -> list[_Place]:
    """The rows below each other, each as high as its markers need."""
    places: list[_Place] = []
    for row in lanes:
        top = places[-1].end if places else 0
        above, below = -min(row.values(), default=0) * _LANE, max(row.values(), default=0) * _LANE
        line = top + _LINED + above
        places.append(_Place(top + _NAMED, line, line + below + _END))
    return places


def _lanes(row: DotRow, groups: Sequence[RaterGroup]) -> dict[str, int]:
    """The lane of each group's marker: on the line (0) if it is free there, else above (−1), below (1), …"""
    order = [lane for step in range(len(groups) + 1) for lane in ((-step, step) if step else (0,))]
    ends: dict[int, float] = {}
    lanes: dict[str, int] = {}
    for key, value in sorted(_known(row, groups).items(), key=lambda item: item[1]):
        lane = next(lane for lane in order if lane not in ends or value - ends[lane] >= _BESIDE)
        lanes[key], ends[lane] = lane, value
    return lanes


def _marker(index: int, colours: Palette) -> Spec:
    """Shape and colour of a group; beyond six groups the shapes come round again, hollow."""
    again = index // len(_MARKS) % 2 == 1
    symbol, size = _MARKS[index % len(_MARKS)]
    colour = colours.series[index % len(colours.series)]
    return {
        "symbol": symbol + ("-open" if again else ""),
        "size": size,
        "color": colour,
        "line": {"width": 2 if again else 1, "color": colour if again else colours.surface},
    }


def _dots(
    index: int,
    group: RaterGroup,
    rows: Sequence[DotRow],
    lanes: Sequence[Mapping[str, int]],
    places: Sequence[_Place],
    colours: Palette,
    language: str,
) -> Spec:
    rated = [(at, row, value) for at, row in enumerate(rows) if (value := row.values.get(group.key)) is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(value, 3) for _, _, value in rated],
        "y": [places[at].line + lanes[at][group.key] * _LANE for at, _, _ in rated],
        "customdata": [row.id for _, row, _ in rated],
        "hovertext": [
            hover_text(f"{row.label}\n{group.title}: {number(value, language, 1)}") for _, row, value in rated
        ],
        "hoverinfo": "text",
        "marker": _marker(index, colours),
        "showlegend": False,
    }


def _spans(rows: Sequence[DotRow], groups: Sequence[RaterGroup], places: Sequence[_Place], colours: Palette) -> Spec:
    """A thin line from the lowest to the highest group of each row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, row in enumerate(rows):
        if known := _known(row, groups):
            x += [round(min(known.values()), 3), round(max(known.values()), 3), None]
            y += [places[at].line, places[at].line, None]
    line = {"color": colours.neutral, "width": 2}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, **_SILENT}


def _overall(
    rows: Sequence[DotRow],
    lanes: Sequence[Mapping[str, int]],
    places: Sequence[_Place],
    words: Words,
    colours: Palette,
    language: str,
) -> list[Spec]:
    """An upright stroke at the value of all groups together, behind the markers, and its entry in the legend.

    It is longer where markers lie upon it, so that they do not hide it.
    """
    x: list[float | None] = []
    y: list[float | None] = []
    hovers: list[str] = []
    for at, row in enumerate(rows):
        if row.overall is None:
            continue
        hiding = [lane for key, lane in lanes[at].items() if _near(row.values.get(key), row.overall)]
        above, below = min(hiding, default=0) * _LANE, max(hiding, default=0) * _LANE
        line, value = places[at].line, round(row.overall, 3)
        x += [value, value, value, None]
        y += [line + above - _STROKE / 2, line, line + below + _STROKE / 2, None]
        hovers += [hover_text(f"{row.label}\n{words['overall']}: {number(row.overall, language, 1)}")] * 3 + [""]
    if not x:
        return []
    stroke = {"width": 3, "color": colours.text}
    trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hovertext": hovers, "hoverinfo": "text"}
    marker = {"symbol": "line-ns", "size": 13, "line": stroke}
    return [
        {**trace, "line": stroke, "showlegend": False},
        legend_entry(words["overall"], mode="markers", marker=marker),
    ]


def _near(value: float | None, other: float) -> bool:
    return value is not None and abs(value - other) < _BESIDE


def _texts(
    rows: Sequence[DotRow], groups: Sequence[RaterGroup], places: Sequence[_Place], words: Words, colours: Palette
) -> list[Spec]:
    """Name above the markers: full names fit on a telephone too. Where nobody has rated, it says so."""
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [
        plain(row.label, _BADGED_NAME if row.illustrative else _NAME) + (badge if row.illustrative else "")
        for row in rows
    ]
    text: Spec = {"type": "scatter", "mode": "text", **_SILENT}
    font = {"size": 13, "color": colours.text}
    left = LOWEST - 0.25
    y = [place.name for place in places]
    traces = [{**text, "x": [left] * len(rows), "y": y, "text": names, "textposition": "top right", "textfont": font}]
    unrated = [places[at].line for at, row in enumerate(rows) if not _known(row, groups) and row.overall is None]
    if unrated:
        muted = {"size": 12, "color": colours.muted}
        told = [plain(words["no_value"], 60)] * len(unrated)
        x = [left] * len(unrated)
        traces.append({**text, "x": x, "y": unrated, "text": told, "textposition": "middle right", "textfont": muted})
    return traces


def _scale(ticks: Sequence[float], colours: Palette, language: str) -> Spec:
    """The scale once more above the first row."""
    shown = [number(tick, language) for tick in ticks]
    font = {"size": 12, "color": colours.muted}
    y = [-10] * len(ticks)
    text = {"type": "scatter", "mode": "text", **_SILENT, "textposition": "middle center", "textfont": font}
    return {**text, "x": list(ticks), "y": y, "text": shown}


_SILENT: Spec = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _middle(colours: Palette) -> list[Spec]:
    """The middle of the scale, a little stronger than the grid."""
    middle = (LOWEST + HIGHEST) / 2
    place = {"x0": middle, "x1": middle, "yref": "paper", "y0": 0, "y1": 1, "layer": "between"}
    return [{"type": "line", **place, "line": {"width": 1, "color": colours.neutral}}]
