"""Gantt chart: measures in time with milestones, slippage, dependencies and the critical path.

An optimiser's result is drawn by the same payload: the chosen times as `start` and `end`, the plan's own times as what
was promised, the quarters as `ticks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import plotly.graph_objects as go

from metrics.charts.dependency_arrows import ROW_GAP, Box, GanttLink, arrows, signs
from metrics.charts.measure_bars import (
    GROUP_WORDS,
    Bar,
    MilestoneMark,
    TimelineRow,
    all_days,
    group_bars,
    imprecise_entry,
    pieces,
    state_group,
)
from metrics.charts.series import day_range, month_ticks, time_axis
from metrics.charts.theme import (
    LEGEND_COLUMNS,
    Palette,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    in_two_columns,
    legend_entry,
    palette,
    plain,
    tell_hidden,
    wrap,
)

COLUMNS = (
    "column_measure",
    "column_state",
    "column_start_from",
    "column_start_to",
    "column_end_from",
    "column_end_to",
    "column_promised",
    "column_slip",
    "column_critical",
    "column_after",
    "column_note",
)
WORDS = (
    "empty",
    "today",
    "milestone",
    "milestone_done",
    "milestone_late",
    "imprecise",
    "open_end",
    "promised",
    "critical",
    "critical_path",
    "dependency",
    "no_dates",
    "illustrative",
    "more",
    *GROUP_WORDS,
    *COLUMNS,
)
"""`promised` names the thin bar below ("zuerst zugesagt" or, for an optimiser, "bisher geplant"); `critical` stands at
a measure, `critical_path` explains its outline; `dependency` explains the arrows ("erst danach möglich").
`column_slip` holds whole days, `column_after` the measures that must end before."""

__all__ = [
    "COLUMNS",
    "MOST_ROWS",
    "WORDS",
    "Gantt",
    "GanttLink",
    "GanttMilestone",
    "GanttRow",
    "draw",
    "slipped_days",
    "table",
]

MOST_ROWS = 40
_HEAD, _FOOT = 30, 34
_LINE, _BAR, _GHOST = 17, 14, 4
"""Pixels of a line of text, of a bar and of what was promised."""
_CHARACTERS = 50
"""How many characters the width of a telephone holds."""
_MOST_TICKS = 8
_FADING = (0.9, 0.6, 0.35, 0.15)
"""How an open end loses itself."""


@dataclass(frozen=True, slots=True)
class GanttMilestone(MilestoneMark):
    """A dated step; `late` if its day has passed without it."""

    late: bool = False


@dataclass(frozen=True, slots=True)
class GanttRow(TimelineRow):
    """A measure; `promised_start` and `promised_end` are the days first promised, None where nothing was.

    `slip` says in words what `slipped_days` counts ("92 Tage später als zugesagt").
    """

    promised_start: date | None = None
    promised_end: date | None = None
    slip: str = ""
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Gantt:
    """Rows from top to bottom; the first `MOST_ROWS` are drawn. `ticks` replace the axis' own days (day, text)."""

    words: Words
    rows: tuple[GanttRow, ...]
    today: date
    links: tuple[GanttLink, ...] = ()
    ticks: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place(Box):
    """Where a row is drawn, and what is written above and below its bar."""

    row: GanttRow
    name: str
    below: str
    leftwards: bool


def slipped_days(row: GanttRow) -> int | None:
    """Days by which the end lies after the one first promised, negative if before; None without either."""
    return (row.end[1] - row.promised_end).days if row.end and row.promised_end else None


def draw(payload: Gantt, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a bar is the measure's id. Without a row a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[:MOST_ROWS]
    if not rows:
        return empty(words["empty"], dark, language)
    span = _span(rows, payload.today)
    places = _stacked(rows, span, payload)
    bars = [bar for place in places for bar in _faded(pieces(place.row, place.bar, span, payload.today), place.row)]
    traces = [
        *arrows(payload.links, {place.row.id: place for place in places}, span, words["dependency"], colours),
        *_ghosts(places, words, colours),
    ]
    traces += [trace for group in GROUP_WORDS for trace in group_bars(group, bars, words, colours, _BAR)]
    if any(not bar.sure for bar in bars):
        traces.append(imprecise_entry(words, colours))
    traces += [*_open_ends(places, span, words, colours), *_milestones(places, words, colours)]
    if any(row.critical for row in rows):
        outline = {"symbol": "square-open", "size": 12, "color": colours.text, "line": {"width": 2.5}}
        traces.append(legend_entry(words["critical_path"], mode="markers", marker=outline))
    traces, legend = in_two_columns(traces)
    height = round(_HEAD + _FOOT + places[-1].end + legend)
    axis = time_axis(span)
    ticks = payload.ticks[:: -(-len(payload.ticks) // _MOST_TICKS)] if payload.ticks else month_ticks(span)
    axis |= {"tickvals": [day for day, _ in ticks], "ticktext": [wrap(text, 4, 2) for _, text in ticks]}
    layout: Spec = {
        "barmode": "overlay",
        "xaxis": {**axis, "ticklabelmode": "instant", "showgrid": True},
        "yaxis": {"visible": False, "range": [places[-1].end, -4]},
        "shapes": [_today_line(payload.today, colours), *_outlines(places, colours)],
        "annotations": [_today_label(payload.today, words, colours), *_texts(places, span, colours)],
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 24 / height, **LEGEND_COLUMNS, "maxheight": legend + 40},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=26, margin=46)
    return finish(traces, layout, dark, language, height=height + (20 if hidden else 0))


def table(payload: Gantt) -> list[Row]:
    """One row per measure with the bounds of its dates, slippage and predecessors, then one per milestone."""
    words = payload.words
    titles = {row.id: row.title for row in payload.rows}
    rows: list[Row] = []
    for row in payload.rows:
        start, end = row.start or (None, None), row.end or (None, None)
        state = row.state_text or words[state_group(row)]
        after = [titles.get(link.before_id, link.before_id) for link in payload.links if link.after_id == row.id]
        critical = words["critical"] if row.critical else ""
        note = words["illustrative"] if row.illustrative else ""
        told = (*start, *end, row.promised_end, slipped_days(row), critical, "; ".join(after), note)
        rows.append(_table_row(words, (row.title, state, *told)))
        for step in row.milestones:
            told = (*(step.day,) * 4, None, None, "", "", step.title)
            rows.append(_table_row(words, (row.title, words[_step_kind(step)], *told)))
    return rows


def _table_row(words: Words, values: Sequence[object]) -> Row:
    return {words[column]: value for column, value in zip(COLUMNS, values, strict=True)}


def _span(rows: Sequence[GanttRow], today: date) -> list[date]:
    """The axis from its first to its last day, with room for open ends to fade away."""
    promised = [day for row in rows for day in (row.promised_start, row.promised_end) if day]
    first, last = day_range([*all_days(rows, today), *promised], 0.06)
    return [first, last + (last - first) * 0.08 if any(_open(row) for row in rows) else last]


# --- places ---------------------------------------------------------------------------------------------------------


def _stacked(rows: Sequence[GanttRow], span: Sequence[date], payload: Gantt) -> list[_Place]:
    """The rows below each other, each as high as its texts need."""
    places: list[_Place] = []
    top = 0.0
    for row in rows:
        own = pieces(row, 0, span, payload.today)
        first = max(min(bar.first for bar in own), span[0]) if own else None
        last = min(max(bar.last for bar in own), span[1]) if own else None
        before, after = _share(last or span[0], span), 1 - _share(first or span[0], span)
        leftwards = before > after and len(row.title) > after * _CHARACTERS
        name = wrap(row.title, max(int((before if leftwards else after) * _CHARACTERS), 22), 3)
        below = _below(row, bool(own), payload.words)
        bar = top + _LINE * (1 + name.count("<br>")) + (3 + _BAR / 2 if own else 0)
        end = (
            bar + (_BAR / 2 + 3 if own else 0) + (_GHOST + 3 if _moved(row) else 0) + (_LINE if below else 0) + ROW_GAP
        )
        places.append(_Place(top, bar, end, first, last, row, name, below, leftwards))
        top = end
    return places


def _moved(row: GanttRow) -> bool:
    """Whether anything was promised that is not so any more."""
    begun = row.promised_start is not None and row.start is not None and row.promised_start != row.start[0]
    return row.promised_end is not None and (begun or slipped_days(row) != 0)


def _share(day: date, span: Sequence[date]) -> float:
    return (day - span[0]) / (span[1] - span[0])


def _below(row: GanttRow, drawn: bool, words: Words) -> str:
    """What is to be said about a row, under its bar."""
    said = [f"<b>{plain(words['critical'], 24)}</b>"] if row.critical else []
    said += [] if drawn else [plain(words["no_dates"], 40)]
    said += [plain(row.slip, 44)] if row.slip else []
    said += [f"<i>{plain(words['illustrative'], 24)}</i>"] if row.illustrative else []
    return " · ".join(said)


def _texts(places: Sequence[_Place], span: Sequence[date], colours: Palette) -> list[Spec]:
    """Name above and remarks below each bar, on the side with more room, upon a ground that hides the arrows."""
    notes = []
    for place in places:
        side = "right" if place.leftwards else "left"
        day = (place.last if place.leftwards else place.first) or span[0]
        common = {"x": day, "xanchor": side, "align": side, "borderpad": 0, "bgcolor": colours.surface}
        notes.append({**common, "y": place.top, "yanchor": "top", "text": place.name, "font": {"color": colours.text}})
        if place.below:
            notes.append({**common, "y": place.end - ROW_GAP, "yanchor": "bottom", "text": place.below})
    return notes


# --- marks ----------------------------------------------------------------------------------------------------------


def _open(row: GanttRow) -> bool:
    """Whether it goes on without an end that is known."""
    return row.start is not None and row.end is None and state_group(row) not in ("done", "discontinued")


def _faded(bars: list[Bar], row: GanttRow) -> list[Bar]:
    """The bars, with the last one fading away if the end is open."""
    if not bars or not _open(row):
        return bars
    last = bars[-1]
    step = (last.last - last.first) / len(_FADING)
    parts = [
        replace(last, first=last.first + step * at, last=last.first + step * (at + 1), opacity=opacity)
        for at, opacity in enumerate(_FADING)
    ]
    return [*bars[:-1], *parts]


def _open_ends(places: Sequence[_Place], span: Sequence[date], words: Words, colours: Palette) -> list[Spec]:
    chosen = [place for place in places if _open(place.row)]
    if not chosen:
        return []
    marker = {"symbol": "triangle-right-open", "size": 11, "color": colours.text, "line": {"width": 2}}
    days = [span[1] - (span[1] - span[0]) * 0.015] * len(chosen)
    return [signs(words["open_end"], days, [place.bar for place in chosen], [], marker)]


def _step_kind(step: MilestoneMark) -> str:
    late = isinstance(step, GanttMilestone) and step.late
    return "milestone_done" if step.done else "milestone_late" if late else "milestone"


def _milestones(places: Sequence[_Place], words: Words, colours: Palette) -> list[Spec]:
    """Done as a filled diamond, late as a triangle, ahead as a hollow diamond."""
    edge = {"width": 1.5, "color": colours.surface}
    looks: dict[str, Spec] = {
        "milestone_done": {
            "symbol": "diamond",
            "color": colours.text,
            "line": edge,
        },
        "milestone_late": {
            "symbol": "triangle-up",
            "color": colours.off_course,
            "line": edge,
        },
        "milestone": {"symbol": "diamond", "color": colours.surface, "line": {"width": 2, "color": colours.text}},
    }
    steps = [(place, step) for place in places for step in place.row.milestones]
    traces = []
    for kind, look in looks.items():
        chosen = [(place, step) for place, step in steps if _step_kind(step) == kind]
        if chosen:
            days, y = [step.day for _, step in chosen], [place.bar for place, _ in chosen]
            hovers = [hover_text(f"{step.title}\n{words[kind]}") for _, step in chosen]
            traces.append(signs(words[kind], days, y, hovers, {**look, "size": 13}))
    return traces


def _ghosts(places: Sequence[_Place], words: Words, colours: Palette) -> list[Spec]:
    """What was first promised and has moved: a thin bar below the bar, closed by a stroke at its end."""
    x: list[date | None] = []
    y: list[float | None] = []
    ends: list[tuple[date, float]] = []
    for place in places:
        begun = place.row.promised_start or (place.row.start[0] if place.row.start else None)
        if place.row.promised_end and _moved(place.row):
            level = place.bar + _BAR / 2 + 4 + _GHOST / 2
            x += [min(begun or place.row.promised_end, place.row.promised_end), place.row.promised_end, None]
            y += [level, level, None]
            ends.append((place.row.promised_end, level))
    if not ends:
        return []
    line: Spec = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "showlegend": False}
    marker = {"symbol": "line-ns-open", "size": 10, "color": colours.path, "line": {"width": 2.5}}
    told = signs(words["promised"], [day for day, _ in ends], [level for _, level in ends], [], marker)
    return [{**line, "line": {"color": colours.path, "width": _GHOST}}, {**told, "legendrank": 1001}]


def _outlines(places: Sequence[_Place], colours: Palette) -> list[Spec]:
    """A thick outline around what lies on the critical path."""
    half = _BAR / 2 + 1
    return [
        {
            "type": "rect",
            "x0": place.first,
            "x1": place.last,
            "y0": place.bar - half,
            "y1": place.bar + half,
            "line": {"width": 2.5, "color": colours.text},
        }
        for place in places
        if place.row.critical and place.first
    ]


def _today_line(today: date, colours: Palette) -> Spec:
    stroke = {"color": colours.text, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": today, "x1": today, "y0": 0, "y1": 1, "yref": "paper", "line": stroke}


def _today_label(today: date, words: Words, colours: Palette) -> Spec:
    place: Spec = {"x": today, "y": 1, "yref": "paper", "yanchor": "bottom"}
    return {**place, "text": plain(words["today"], 30), "font": {"color": colours.text}}
