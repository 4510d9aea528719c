"""Timeline: when measures run, with what is not known exactly drawn as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from metrics.charts.measure_bars import (
    GROUP_WORDS,
    STATE_GROUPS,
    Bar,
    MilestoneMark,
    TimelineRow,
    all_days,
    group_bars,
    imprecise_entry,
    pieces,
    state_group,
)
from metrics.charts.series import day_range, time_axis
from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    palette,
    plain,
    tell_hidden,
)

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

__all__ = [
    "COLUMNS",
    "GROUP_WORDS",
    "MOST_ROWS",
    "STATE_GROUPS",
    "WORDS",
    "MilestoneMark",
    "Timeline",
    "TimelineRow",
    "draw",
    "table",
]

MOST_ROWS = 40
_ROW_HEIGHT, _HEAD, _FOOT = 40, 64, 30

_CHARACTERS = 54
"""How many characters the width of a telephone holds."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows from top to bottom; the first `MOST_ROWS` are drawn. `today` is where the line stands."""

    words: Words
    rows: tuple[TimelineRow, ...]
    today: date


def draw(payload: Timeline, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a bar is the measure's id. Without a row a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[:MOST_ROWS]
    if not rows:
        return empty(words["empty"], dark, language)
    span = day_range(all_days(rows, payload.today), 0.06)
    bars = [bar for place, row in enumerate(rows) for bar in pieces(row, place, span, payload.today)]
    traces = [trace for group in GROUP_WORDS for trace in group_bars(group, bars, words, colours, 0.32)]
    if any(not bar.sure for bar in bars):
        traces.append(imprecise_entry(words, colours))
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
        state = row.state_text or words[state_group(row)]
        rows.append(_table_row(words, row.title, state, start, end, words["illustrative"] if row.illustrative else ""))
        for step in row.milestones:
            state = words["milestone_done" if step.done else "milestone"]
            rows.append(_table_row(words, row.title, state, (step.day, step.day), (step.day, step.day), step.title))
    return rows


def _table_row(
    words: Words, title: str, state: str, start: tuple[object, object], end: tuple[object, object], note: str
) -> Row:
    return {words[column]: value for column, value in zip(COLUMNS, (title, state, *start, *end, note), strict=True)}


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
    rows: Sequence[TimelineRow], bars: Sequence[Bar], span: Sequence[date], words: Words, colours: Palette
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
