"""Progress curve: planned and earned value over time, with the earned schedule's gap as a bracket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from metrics.charts.series import day_range, month_ticks, time_axis, upright
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
    legend_height,
    palette,
    percent,
    plain,
)

COLUMNS = ("column_series", "column_day", "column_share", "column_note")
WORDS = ("empty", "value_planned", "value_earned", "share_axis", "today", "gap", "illustrative", *COLUMNS)
"""`value_planned` and `value_earned` name the two lines ("geplanter Fortschritt", "erreichter Fortschritt"); `gap` the
bracket ("Abstand zum Plan"); `share_axis` says what the shares are of ("Gewicht der Meilensteine")."""

BEHIND, AHEAD, ON_TIME = "behind", "ahead", "on_time"
_SIGNS = {BEHIND: "◆", AHEAD: "●", ON_TIME: "■"}
_LEGEND_GAP = 24
_BRACKET = -0.09
"""Where the gap is drawn: below the curves, which it would else cross."""
_CLOSE = 0.09
"""Shares that lie closer would be written over each other."""


@dataclass(frozen=True, slots=True)
class ValueStep:
    """From `day` on the share (0–1, cumulative) is `share`; `title` says by which milestone."""

    day: date
    share: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleGap:
    """Earned schedule: on `planned_day` the plan had what is earned today; `text` as in "3 Wochen zurück".

    Lipke (2003), Schedule is Different: ES is the time at which the planned value equals today's earned value, and the
    gap is today minus that time.
    """

    planned_day: date
    text: str


@dataclass(frozen=True, slots=True)
class ProgressCurve:
    """Steps in order of time; `earned` only up to `today`. Without `gap` (not computable) there is no bracket."""

    words: Words
    planned: tuple[ValueStep, ...]
    earned: tuple[ValueStep, ...]
    today: date
    gap: ScheduleGap | None = None
    illustrative: bool = False
    height: int = 400


def direction(gap: ScheduleGap, today: date) -> str:
    """Behind, ahead or on time, by the days alone."""
    return BEHIND if gap.planned_day < today else AHEAD if gap.planned_day > today else ON_TIME


def draw(payload: ProgressCurve, dark: bool, language: str) -> go.Figure:
    """The figure. Without planned steps a sentence."""
    colours, words = palette(dark), payload.words
    if not payload.planned:
        return empty(words["empty"], dark, language)
    steps = [*payload.planned, *payload.earned]
    gap_days = [payload.gap.planned_day] if payload.gap else []
    span = day_range([payload.today, *(step.day for step in steps), *gap_days], 0.05)
    planned = _line(payload.planned, payload.today, "value_planned", payload, language)
    earned = _line(payload.earned, payload.today, "value_earned", payload, language)
    traces = [_planned(planned, colours), _earned(earned, colours)] if payload.earned else [_planned(planned, colours)]
    bracket, notes = _bracket(payload, span, colours)
    ticks = month_ticks(span, 5)
    if payload.gap:
        sample = {"color": colours.text, "width": 2}
        traces.append(legend_entry(words["gap"], mode="lines", line=sample))
    legend = legend_height(traces)
    notes += _ends(payload, colours, language)
    height = payload.height + legend
    shares = [0.0, 0.25, 0.5, 0.75, 1.0]
    layout: Spec = {
        "xaxis": {
            **time_axis(span),
            "tickvals": [day for day, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "ticklabelmode": "instant",
        },
        "yaxis": {
            "range": [-0.26 if payload.gap else -0.04, 1.08],
            "tickvals": shares,
            "ticktext": [percent(share, language) for share in shares],
            "showgrid": True,
            "title": {"text": _title(payload)},
        },
        "shapes": [upright(payload.today, colours.text, "dot"), *bracket],
        "annotations": [*notes, _today(payload, colours)],
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "legend": {"y": 1 + _LEGEND_GAP / payload.height, "traceorder": "normal", "maxheight": legend + 40},
    }
    return finish(traces, layout, dark, language, height=height)


def table(payload: ProgressCurve) -> list[Row]:
    """One row per step of either line, then the gap."""
    words = payload.words
    rows: list[Row] = []
    for key, steps in (("value_planned", payload.planned), ("value_earned", payload.earned)):
        rows += [_row(words, words[key], step.day, Share(step.share), _note(step.title, payload)) for step in steps]
    if payload.gap:
        rows.append(_row(words, words["gap"], payload.gap.planned_day, None, _note(payload.gap.text, payload)))
    return rows


def _row(words: Words, *values: object) -> Row:
    return {words[column]: value for column, value in zip(COLUMNS, values, strict=True)}


def _note(text: str, payload: ProgressCurve) -> str:
    return ", ".join(part for part in (text, payload.words["illustrative"] if payload.illustrative else "") if part)


def _line(steps: Sequence[ValueStep], until: date, key: str, payload: ProgressCurve, language: str) -> Spec:
    """A line in steps with a marker at every change; it starts at nothing and lasts until the given day."""
    hovers = [
        hover_text(f"{step.title}\n{payload.words[key]}: {percent(step.share, language)}".strip()) for step in steps
    ]
    if not steps:
        return {}
    last = steps[-1]
    lasts = until > last.day
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(payload.words[key], 60),
        "showlegend": True,
        "x": [step.day for step in steps] + ([until] if lasts else []),
        "y": [step.share for step in steps] + ([last.share] if lasts else []),
        "hovertext": hovers + ([hovers[-1]] if lasts else []),
        "hoverinfo": "text",
    }


def _planned(line: Spec, colours: Palette) -> Spec:
    marker = {"symbol": "diamond", "size": 9, "color": colours.surface, "line": {"width": 1.5, "color": colours.path}}
    stroke = {"shape": "hv", "dash": "dash", "width": 2, "color": colours.path}
    return {**line, "line": stroke, "marker": marker}


def _earned(line: Spec, colours: Palette) -> Spec:
    marker = {"symbol": "circle", "size": 8, "color": colours.on_course, "line": {"width": 0}}
    return {**line, "line": {"shape": "hv", "width": 3.5, "color": colours.on_course}, "marker": marker}


def _now(steps: Sequence[ValueStep], today: date) -> float:
    """The share that holds today."""
    return max((step.share for step in steps if step.day <= today), default=0.0)


def _bracket(payload: ProgressCurve, span: Sequence[date], colours: Palette) -> tuple[list[Spec], list[Spec]]:
    """A dimension line below the curves, from the day the plan had today's earned value to today, and its text."""
    if not payload.gap:
        return [], []
    gap, today, share = payload.gap, payload.today, _now(payload.earned, payload.today)
    way = direction(gap, today)
    lower, upper = sorted((gap.planned_day, today))
    stroke = {"color": colours.text, "width": 2}
    across: Spec = {"type": "line", "x0": lower, "x1": upper, "y0": _BRACKET, "y1": _BRACKET, "line": stroke}
    ends = [
        {"type": "line", "x0": day, "x1": day, "y0": _BRACKET - 0.03, "y1": _BRACKET + 0.03, "line": stroke}
        for day in (lower, upper)
    ]
    thin = {"color": colours.muted, "width": 1, "dash": "dot"}
    down = {"type": "line", "x0": gap.planned_day, "x1": gap.planned_day, "y0": _BRACKET, "y1": share, "line": thin}
    colour = {BEHIND: colours.off_course, AHEAD: colours.on_course, ON_TIME: colours.nearly}[way]
    late = (upper - span[0]) / (span[1] - span[0]) > 0.5
    note = {
        "x": upper if late else lower,
        "xanchor": "right" if late else "left",
        "y": _BRACKET - 0.04,
        "yanchor": "top",
        "text": f'<span style="color:{colour}">{_SIGNS[way]}</span> <b>{plain(gap.text, 34)}</b>',
        "bgcolor": colours.surface,
        "font": {"size": 13, "color": colours.text},
    }
    return [across, *ends, down], [note]


def _ends(payload: ProgressCurve, colours: Palette, language: str) -> list[Spec]:
    """Today's two shares beside the line of today, each with the sign of its line; apart where they are close."""
    shares = [("◇", _now(payload.planned, payload.today), colours.muted)]
    if payload.earned:
        shares.append(("●", _now(payload.earned, payload.today), colours.on_course))
    shares.sort(key=lambda entry: entry[1])
    common: Spec = {"x": payload.today, "xanchor": "left", "xshift": 7, "bgcolor": colours.surface, "borderpad": 1}
    close = len(shares) == 2 and shares[1][1] - shares[0][1] < _CLOSE
    return [
        {
            **common,
            "y": share,
            "yshift": (10 if at else -10) if close else 0,
            "text": f"{sign} <b>{percent(share, language)}</b>",
            "font": {"color": colour},
        }
        for at, (sign, share, colour) in enumerate(shares)
    ]


def _today(payload: ProgressCurve, colours: Palette) -> Spec:
    place: Spec = {"x": payload.today, "y": 1, "yref": "paper", "yanchor": "bottom"}
    return {**place, "text": plain(payload.words["today"], 30), "font": {"color": colours.text}}


def _title(payload: ProgressCurve) -> str:
    """What the shares are of, with the badge of an example."""
    badge = f" · <i>{plain(payload.words['illustrative'], 24)}</i>" if payload.illustrative else ""
    return plain(payload.words["share_axis"], 40) + badge
