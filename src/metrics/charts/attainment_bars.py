"""Attainment bars: how far each indicator or goal is on its way from baseline to target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    COURSES,
    Palette,
    Row,
    Spec,
    Words,
    as_share,
    course_legend,
    course_mark,
    empty,
    finish,
    hover_text,
    legend_entry,
    mark_text,
    palette,
    percent,
    plain,
    tell_hidden,
)

COURSE_WORDS = ("sun", "sun_cloud", "cloud", "thunderstorm", "none")
COLUMNS = ("column_name", "column_attainment", "column_expected", "column_course", "column_note")
WORDS = ("empty", "expected", "illustrative", "more", *COURSE_WORDS, *COLUMNS)
"""`expected` names the mark of the expected path; `more` says that the table has further rows ("{count} weitere")."""

MOST_ROWS = 60
_ROW_HEIGHT, _HEAD, _FOOT = 48, 52, 30
_LEAST, _MOST = -0.1, 1.1
"""Bars end here; the number beside them is never cut."""
_NUMBERS = 0.2
"""Room to the right of the bars, as a share of the way from baseline to target, for the numbers."""
_HEADS = 0.12
"""Room for the heads of bars that were cut, beyond their ends."""
_NAME, _BADGED_NAME = 44, 30
"""Characters of a name; with the badge of an example it is shorter, so that both fit on a telephone."""


@dataclass(frozen=True, slots=True)
class AttainmentRow:
    """`attainment` and `expected` are shares (0 baseline, 1 target; below 0 and above 1 are possible).

    `text` is the attainment in words; `reason` stands in its place if it is not computable.
    """

    id: str
    name: str
    attainment: float | None
    text: str = ""
    course: str = "none"
    expected: float | None = None
    expected_text: str = ""
    reason: str = ""
    illustrative: bool = False
    hover: str = ""


@dataclass(frozen=True, slots=True)
class AttainmentBars:
    """Rows from top to bottom; the first `MOST_ROWS` are drawn."""

    words: Words
    rows: tuple[AttainmentRow, ...]


def draw(payload: AttainmentBars, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of the bars is the row's id. Without a row a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[:MOST_ROWS]
    if not rows:
        return empty(words["empty"], dark, language)
    lowest = _LEAST - 0.02 if any((row.attainment or 0) < 0 for row in rows) else 0.0
    highest = _MOST + _HEADS if any((row.attainment or 0) > 1 for row in rows) else 1.0
    places = list(range(len(rows), 0, -1))
    traces = [
        *_tracks(rows, places, colours),
        _limits(rows, places, colours),
        *_bars(rows, places, colours, dark),
        *_ends(rows, places, dark),
    ]
    traces += [*_expected(rows, places, words, colours), *_texts(rows, places, lowest, highest, words, colours, dark)]
    traces += course_legend((row.course for row in rows), words, dark)
    height = _HEAD + _FOOT + _ROW_HEIGHT * len(rows)
    layout: Spec = {
        "barmode": "overlay",
        "xaxis": {
            "range": [lowest, highest + _NUMBERS],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": [percent(share, language) for share in (0, 0.25, 0.5, 0.75, 1)],
        },
        "yaxis": {"visible": False, "range": [0.45, len(rows) + 0.75]},
        "margin": {"l": 14, "r": 22, "t": 8, "b": 8},
        "legend": {"y": 1 + 6 / height},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=24, margin=44)
    return finish(traces, layout, dark, language, height=height)


def table(payload: AttainmentBars) -> list[Row]:
    """One row each, shares as they are (not capped)."""
    words = payload.words
    return [
        {
            words["column_name"]: row.name,
            words["column_attainment"]: as_share(row.attainment),
            words["column_expected"]: as_share(row.expected),
            words["column_course"]: words[row.course if row.course in COURSES else "none"],
            words["column_note"]: ", ".join(_notes(row, words)),
        }
        for row in payload.rows
    ]


def _notes(row: AttainmentRow, words: Words) -> list[str]:
    notes = [row.reason] if row.attainment is None and row.reason else []
    return [*notes, words["illustrative"]] if row.illustrative else notes


def _bar(places: Sequence[float], lengths: Sequence[float], **trace: object) -> Spec:
    return {"type": "bar", "orientation": "h", "y": list(places), "x": list(lengths), "showlegend": False, **trace}


def _tracks(rows: Sequence[AttainmentRow], places: Sequence[int], colours: Palette) -> list[Spec]:
    known = [place for row, place in zip(rows, places, strict=True) if row.attainment is not None]
    return [_bar(known, [1.0] * len(known), width=0.34, marker={"color": colours.track}, hoverinfo="skip")]


def _limits(rows: Sequence[AttainmentRow], places: Sequence[int], colours: Palette) -> Spec:
    """Baseline (0) and target (100 %) as strokes at each bar, so that they cross no name."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, place in zip(rows, places, strict=True):
        for share in (0, 1) if row.attainment is not None else ():
            x += [share, share, None]
            y += [place - 0.24, place + 0.2, None]
    stroke = {"color": colours.path, "width": 1.5}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": stroke, **_SILENT}


def _bars(rows: Sequence[AttainmentRow], places: Sequence[int], colours: Palette, dark: bool) -> list[Spec]:
    known = [
        (row, place, row.attainment) for row, place in zip(rows, places, strict=True) if row.attainment is not None
    ]
    return [
        _bar(
            [place for _, place, _ in known],
            [min(max(share, _LEAST), _MOST) for _, _, share in known],
            width=0.2,
            marker={"color": [course_mark(row.course).colour(dark) for row, _, _ in known]},
            customdata=[row.id for row, _, _ in known],
            hovertext=[hover_text(row.hover or f"{row.name}\n{row.text}\n{row.expected_text}") for row, _, _ in known],
            hoverinfo="text",
        )
    ]


def _ends(rows: Sequence[AttainmentRow], places: Sequence[int], dark: bool) -> list[Spec]:
    """Arrow heads where a bar was cut."""
    cut = [
        (row, place)
        for row, place in zip(rows, places, strict=True)
        if row.attainment is not None and not _LEAST <= row.attainment <= _MOST
    ]
    if not cut:
        return []
    over = [(row.attainment or 0) > 1 for row, _ in cut]
    marker = {
        "symbol": ["triangle-right" if high else "triangle-left" for high in over],
        "size": 15,
        "color": [course_mark(row.course).colour(dark) for row, _ in cut],
    }
    x, y = [_MOST if high else _LEAST for high in over], [place for _, place in cut]
    return [{"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, **_SILENT}]


_SILENT: Spec = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _expected(rows: Sequence[AttainmentRow], places: Sequence[int], words: Words, colours: Palette) -> list[Spec]:
    due = [
        (row, place, min(max(row.expected, 0.0), 1.0))
        for row, place in zip(rows, places, strict=True)
        if row.expected is not None and row.attainment is not None
    ]
    if not due:
        return []
    marker = {"symbol": "line-ns", "size": 12, "line": {"width": 3, "color": colours.text}}
    hover = [hover_text(row.expected_text or words["expected"]) for row, _, _ in due]
    x, y = [share for _, _, share in due], [place for _, place, _ in due]
    trace = {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, "showlegend": False}
    return [
        {**trace, "hovertext": hover, "hoverinfo": "text"},
        legend_entry(words["expected"], mode="markers", marker=marker),
    ]


def _texts(
    rows: Sequence[AttainmentRow],
    places: Sequence[int],
    lowest: float,
    highest: float,
    words: Words,
    colours: Palette,
    dark: bool,
) -> list[Spec]:
    """Name above the bar, value to its right: full names fit on a telephone too, and neither covers the other."""
    above = [place + 0.2 for place in places]
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [
        plain(row.name, _BADGED_NAME if row.illustrative else _NAME) + (badge if row.illustrative else "")
        for row in rows
    ]
    known = [row.attainment is not None for row in rows]
    values = [f"{mark_text(course_mark(row.course), dark)} <b>{plain(row.text, 24)}</b>" for row in rows]
    reasons = [(plain(row.reason, 90), place) for row, place, has in zip(rows, places, known, strict=True) if not has]
    font = {"size": 13, "color": colours.text}
    text = {"type": "scatter", "mode": "text", **_SILENT, "textfont": font}
    left, right = [lowest] * len(rows), [highest + _NUMBERS] * len(rows)
    beside = [place if has else high for place, high, has in zip(places, above, known, strict=True)]
    shown = [value if has else mark_text(course_mark("none"), dark) for value, has in zip(values, known, strict=True)]
    traces: list[Spec] = [
        {**text, "x": left, "y": above, "text": names, "textposition": "top right"},
        {**text, "x": right, "y": beside, "text": shown, "textposition": "middle left"},
    ]
    if reasons:
        muted = {"size": 12, "color": colours.muted}
        x, y = [lowest] * len(reasons), [place for _, place in reasons]
        shown = [reason for reason, _ in reasons]
        traces.append({**text, "x": x, "y": y, "text": shown, "textposition": "middle right", "textfont": muted})
    return traces
