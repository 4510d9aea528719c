"""Timeline: when measures run, with what is not known exactly drawn as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from metrics.charts.series import day_range, time_axis
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
    tell_hidden,
)

STATE_GROUPS: dict[str, str] = {
    "idea": "planned",
    "assessed": "planned",
    "prioritised": "planned",
    "planned": "planned",
    "running": "running",
    "paused": "paused",
    "implemented": "done",
    "consolidated": "done",
    "discontinued": "discontinued",
}
"""State of a measure → the group that the timeline tells apart."""

GROUP_WORDS = ("planned", "running", "paused", "done", "discontinued")
COLUMNS = (
    "column_measure",
    "column_state",
    "column_start_from",
    "column_start_to",
    "column_end_from",
    "column_end_to",
    "column_note",
)
WORDS = (
    "empty",
    "today",
    "milestone",
    "milestone_done",
    "imprecise",
    "no_dates",
    "illustrative",
    "more",
    *GROUP_WORDS,
    *COLUMNS,
)
"""`imprecise` explains the hatched ends; `no_dates` stands in place of a bar; `more` as in "{count} weitere"."""

MOST_ROWS = 40
_ROW_HEIGHT, _HEAD, _FOOT = 40, 64, 30
_SHORTEST = timedelta(days=8)

_CHARACTERS = 54
"""How many characters the width of a telephone holds."""

Bounds = tuple[date, date]


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    """A dated step of a measure."""

    day: date
    title: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """`start` and `end`: first and last day the date may mean ("2025" is a whole year), None if open.

    `state` is one of `STATE_GROUPS`; `state_text` the same in words.
    """

    id: str
    title: str
    state: str
    start: Bounds | None
    end: Bounds | None
    milestones: tuple[MilestoneMark, ...] = ()
    state_text: str = ""
    illustrative: bool = False
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows from top to bottom; the first `MOST_ROWS` are drawn. `today` is where the line stands."""

    words: Words
    rows: tuple[TimelineRow, ...]
    today: date


@dataclass(frozen=True, slots=True)
class _Bar:
    """A piece of a bar: `sure`, or hatched because the date is imprecise or open."""

    row: TimelineRow
    place: int
    first: date
    last: date
    sure: bool


def draw(payload: Timeline, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a bar is the measure's id. Without a row a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[:MOST_ROWS]
    if not rows:
        return empty(words["empty"], dark, language)
    span = day_range(_days(rows, payload.today), 0.06)
    bars = [bar for place, row in enumerate(rows) for bar in _pieces(row, place, span, payload.today)]
    traces = [trace for group in GROUP_WORDS for trace in _group_bars(group, bars, words, colours)]
    if any(not bar.sure for bar in bars):
        pattern = {"shape": "/", "fgcolor": colours.neutral, "bgcolor": colours.surface, "size": 6, "solidity": 0.3}
        swatch = {"color": colours.surface, "pattern": pattern, "line": {"width": 1, "color": colours.neutral}}
        traces.append(legend_entry(words["imprecise"], type="bar", marker=swatch))
    traces += [*_milestones(rows, words, colours), *_names(rows, bars, span, words, colours)]
    height = _HEAD + _FOOT + _ROW_HEIGHT * len(rows)
    stroke = {"color": colours.text, "width": 1.5, "dash": "dot"}
    today: Spec = {"x0": payload.today, "x1": payload.today, "y0": 0, "y1": 1, "yref": "paper", "line": stroke}
    label: Spec = {"x": payload.today, "y": 1, "yref": "paper", "yanchor": "bottom", "text": plain(words["today"], 30)}
    layout: Spec = {
        "barmode": "overlay",
        "xaxis": {**time_axis(span), "showgrid": True},
        "yaxis": {"visible": False, "range": [len(rows) - 0.4, -0.7]},
        "shapes": [{"type": "line", **today}],
        "annotations": [{**label, "font": {"color": colours.text}}],
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 26 / height},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=26, margin=46)
    return finish(traces, layout, dark, language, height=height)


def table(payload: Timeline) -> list[Row]:
    """One row per measure with the bounds of its dates, then one per milestone."""
    words = payload.words
    rows: list[Row] = []
    for row in payload.rows:
        start, end = row.start or (None, None), row.end or (None, None)
        state = row.state_text or words[_group(row)]
        rows.append(_table_row(words, row.title, state, start, end, words["illustrative"] if row.illustrative else ""))
        for step in row.milestones:
            state = words["milestone_done" if step.done else "milestone"]
            rows.append(_table_row(words, row.title, state, (step.day, step.day), (step.day, step.day), step.title))
    return rows


def _table_row(
    words: Words, title: str, state: str, start: tuple[object, object], end: tuple[object, object], note: str
) -> Row:
    return {words[column]: value for column, value in zip(COLUMNS, (title, state, *start, *end, note), strict=True)}


def _group(row: TimelineRow) -> str:
    return STATE_GROUPS.get(row.state, "planned")


def _days(rows: Sequence[TimelineRow], today: date) -> Iterable[date]:
    yield today
    for row in rows:
        yield from row.start or ()
        yield from row.end or ()
        yield from (step.day for step in row.milestones)


def _pieces(row: TimelineRow, place: int, span: Sequence[date], today: date) -> list[_Bar]:
    """What is certain as one bar, what is not as hatched ends."""
    if not row.start and not row.end:
        return []
    start = row.start or _open_start(row, span, today)
    end = row.end or _open_end(row, span, today)
    sure_from, sure_to = start[1], end[0]
    if sure_from >= sure_to:
        exact = start[0] == start[1] and end[0] == end[1]
        return [_Bar(row, place, start[0], max(end[1], start[0] + _SHORTEST), exact)]
    pieces = [_Bar(row, place, sure_from, sure_to, True)]
    if start[0] < sure_from:
        pieces.insert(0, _Bar(row, place, start[0], sure_from, False))
    if end[1] > sure_to:
        pieces.append(_Bar(row, place, sure_to, end[1], False))
    return pieces


def _open_end(row: TimelineRow, span: Sequence[date], today: date) -> Bounds:
    """A running measure certainly lasts until today, an ended one ended by today, a planned one ends some time."""
    assert row.start is not None
    group, begun = _group(row), row.start[1]
    if group in ("done", "discontinued"):
        return begun, max(begun, today)
    return (begun if group == "planned" else max(begun, today)), span[1]


def _open_start(row: TimelineRow, span: Sequence[date], today: date) -> Bounds:
    """A planned measure starts between today and its end, an ended one before its end, any other before today."""
    assert row.end is not None
    group, ended = _group(row), row.end[0]
    if group == "planned":
        return min(today, ended), ended
    return span[0], ended if group in ("done", "discontinued") else min(today, ended)


def _looks(colours: Palette) -> dict[str, tuple[str, str]]:
    """Group → (colour, pattern)."""
    return {
        "planned": (colours.neutral, ""),
        "running": (colours.on_course, ""),
        "paused": (colours.at_risk, "."),
        "done": (colours.nearly, "-"),
        "discontinued": (colours.off_course, "x"),
    }


def _group_bars(group: str, bars: Sequence[_Bar], words: Words, colours: Palette) -> list[Spec]:
    colour, shape = _looks(colours)[group]
    mine = [bar for bar in bars if _group(bar.row) == group]
    traces = []
    nothing: list[Any] = [None]
    for sure in (True, False):
        chosen = [bar for bar in mine if bar.sure is sure]
        if not chosen and not (sure and mine):
            continue
        hatch = {"shape": shape if sure else "/", "size": 6, "solidity": 0.3, "fillmode": "overlay"}
        look = {"color": colour if sure else colours.surface, "line": {"width": 1, "color": colour}}
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [bar.place for bar in chosen] or nothing,
                "base": [bar.first for bar in chosen] or nothing,
                "x": [max((bar.last - bar.first).days, 1) * 86_400_000 for bar in chosen] or nothing,
                "width": 0.32,
                "name": words[group],
                "showlegend": sure,
                "customdata": [bar.row.id for bar in chosen],
                "hovertext": [hover_text(bar.row.hover or f"{bar.row.title}\n{bar.row.state_text}") for bar in chosen],
                "hoverinfo": "text",
                "textposition": "none",
                "marker": {**look, "pattern": {**hatch, "fgcolor": colours.surface if sure else colour}},
            }
        )
    return traces


def _milestones(rows: Sequence[TimelineRow], words: Words, colours: Palette) -> list[Spec]:
    steps = [(place, step) for place, row in enumerate(rows) for step in row.milestones]
    traces = []
    for done, key in ((False, "milestone"), (True, "milestone_done")):
        chosen = [(place, step) for place, step in steps if step.done is done]
        if chosen:
            marker = {
                "symbol": "diamond",
                "size": 11,
                "color": colours.text if done else colours.surface,
                "line": {"width": 2, "color": colours.text},
            }
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": words[key],
                    "x": [step.day for _, step in chosen],
                    "y": [place for place, _ in chosen],
                    "marker": marker,
                    "hovertext": [hover_text(f"{step.title}\n{words[key]}") for _, step in chosen],
                    "hoverinfo": "text",
                }
            )
    return traces


def _names(
    rows: Sequence[TimelineRow], bars: Sequence[_Bar], span: Sequence[date], words: Words, colours: Palette
) -> list[Spec]:
    """Each name above its own bar, on the side where there is room."""
    x, positions, texts = [], [], []
    for place, row in enumerate(rows):
        own = [bar for bar in bars if bar.place == place]
        first = max(min((bar.first for bar in own), default=span[0]), span[0])
        last = min(max((bar.last for bar in own), default=span[0]), span[1])
        before, after = (last - span[0]) / (span[1] - span[0]), (span[1] - first) / (span[1] - span[0])
        leftwards = before > after
        x.append(last if leftwards else first)
        positions.append("top left" if leftwards else "top right")
        badge = f" · <i>{plain(words['illustrative'], 24)}</i>" if row.illustrative else ""
        missing = "" if own else f" · {plain(words['no_dates'], 40)}"
        room = int(max(before, after) * _CHARACTERS) - (14 if badge else 0) - (len(missing) if missing else 0)
        texts.append(plain(row.title, max(room, 24)) + missing + badge)
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": x,
            "y": [place - 0.17 for place in range(len(rows))],
            "text": texts,
            "textposition": positions,
            "textfont": {"size": 12, "color": colours.text},
            "hoverinfo": "skip",
            "showlegend": False,
            "cliponaxis": False,
        }
    ]
