"""Demand columns: person-days asked for per quarter, stacked by measure, against the capacity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.load_heatmap import MOST_WIDE, named_columns
from metrics.charts.series import VALUE_TICKS
from metrics.charts.theme import (
    Palette,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    number,
    palette,
    plain,
    wrap,
)

WORDS = (
    "empty",
    "rest",
    "capacity",
    "overload",
    "unit",
    "illustrative",
    "column_measure",
    "column_note",
)
"""`rest` names the measures after the top ones; `unit` the axis ("Personentage")."""


@dataclass(frozen=True, slots=True)
class MeasureDemand:
    """`person_days` per quarter, as long as `quarters`."""

    id: str
    title: str
    person_days: tuple[float, ...]
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class DemandColumns:
    """`capacity` in person-days per quarter, None where it is not known; the `top` largest measures are named."""

    words: Words
    quarters: tuple[str, ...]
    measures: tuple[MeasureDemand, ...]
    capacity: tuple[float | None, ...]
    top: int = 6
    height: int = 440


def draw(payload: DemandColumns, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a column's part is the measure's id. Without demand and capacity a sentence."""
    colours, words, quarters = palette(dark), payload.words, payload.quarters
    totals = [sum(measure.person_days[at] for measure in payload.measures) for at in range(len(quarters))]
    if not quarters or not (any(totals) or any(payload.capacity)):
        return empty(words["empty"], dark, language)
    traces, below = [], [0.0] * len(quarters)
    for name, identifier, days, colour in _layers(payload, colours):
        traces.append(_layer(name, identifier, days, below, colour, payload, colours, language))
        below = [base + more for base, more in zip(below, days, strict=True)]
    over, notes = _overload(totals, payload, colours, language)
    traces += [*over, _capacity(payload, colours, language)]
    ceiling = max([*totals, *(capacity or 0 for capacity in payload.capacity)]) * 1.18
    layout: Spec = {
        "barmode": "overlay",
        "bargap": 0.35,
        "xaxis": {
            "range": [-0.5, len(quarters) - 0.5],
            "tickvals": named_columns(len(quarters)),
            "ticktext": [wrap(quarters[at], 4, 2) for at in named_columns(len(quarters))],
            "tickangle": 0,
            "showline": True,
        },
        "yaxis": {
            "range": [0, ceiling],
            "showgrid": True,
            "tickformat": VALUE_TICKS,
            "title": {"text": plain(words["unit"], 40)},
        },
        "annotations": notes,
        "legend": {"traceorder": "normal"},
    }
    return finish(traces, layout, dark, language, height=payload.height)


def table(payload: DemandColumns) -> list[Row]:
    """One row per measure (all of them), then the capacity; one column per quarter."""
    words = payload.words
    rows: list[Row] = [
        {
            words["column_measure"]: measure.title,
            **dict(zip(payload.quarters, measure.person_days, strict=True)),
            words["column_note"]: words["illustrative"] if measure.illustrative else "",
        }
        for measure in payload.measures
    ]
    capacity = dict(zip(payload.quarters, payload.capacity, strict=True))
    return [*rows, {words["column_measure"]: words["capacity"], **capacity, words["column_note"]: ""}]


def _layers(payload: DemandColumns, colours: Palette) -> list[tuple[str, str, list[float], str]]:
    """(name, id, person-days, colour) from bottom to top: the largest measures, then all others as one."""
    largest = sorted(payload.measures, key=lambda measure: (-sum(measure.person_days), measure.id))
    named, others = largest[: payload.top], largest[payload.top :]
    layers = []
    for index, measure in enumerate(named):
        badge = f" · {plain(payload.words['illustrative'], 24)}" if measure.illustrative else ""
        colour = colours.series[index % len(colours.series)]
        layers.append((plain(measure.title, 34) + badge, measure.id, list(measure.person_days), colour))
    if others:
        days = [sum(measure.person_days[at] for measure in others) for at in range(len(payload.quarters))]
        layers.append((plain(payload.words["rest"], 34), "", days, colours.neutral))
    return layers


def _layer(
    name: str,
    identifier: str,
    days: Sequence[float],
    below: Sequence[float],
    colour: str,
    payload: DemandColumns,
    colours: Palette,
    language: str,
) -> Spec:
    unit = plain(payload.words["unit"], 40)
    hovers = [
        f"{name}<br>{plain(quarter, 20)}: {number(value, language, 1)} {unit}"
        for quarter, value in zip(payload.quarters, days, strict=True)
    ]
    return {
        "type": "bar",
        "name": name,
        "x": list(range(len(payload.quarters))),
        "y": list(days),
        "base": list(below),
        "customdata": [identifier] * len(payload.quarters),
        "hovertext": hovers,
        "hoverinfo": "text",
        "textposition": "none",
        "marker": {"color": colour, "line": {"width": 1, "color": colours.surface}},
    }


def _overload(
    totals: Sequence[float], payload: DemandColumns, colours: Palette, language: str
) -> tuple[list[Spec], list[Spec]]:
    """The part above the capacity hatched, with what is too much written on top."""
    unit = payload.words["unit"]
    over = [
        (at, capacity, total - capacity)
        for at, (total, capacity) in enumerate(zip(totals, payload.capacity, strict=True))
        if capacity is not None and total > capacity
    ]
    if not over:
        return [], []
    trace = {
        "type": "bar",
        "name": plain(payload.words["overload"], 40),
        "x": [at for at, _, _ in over],
        "y": [excess for _, _, excess in over],
        "base": [capacity for _, capacity, _ in over],
        "hovertext": [
            hover_text(f"{payload.words['overload']}\n{payload.quarters[at]}: {number(excess, language, 1)} {unit}")
            for at, _, excess in over
        ],
        "hoverinfo": "text",
        "textposition": "none",
        "marker": {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 2, "color": colours.off_course},
            "pattern": {
                "shape": "/",
                "fgcolor": colours.surface,
                "bgcolor": "rgba(0,0,0,0)",
                "size": 7,
                "solidity": 0.35,
            },
        },
    }
    notes = [
        {
            "x": at,
            "y": capacity + excess,
            "yanchor": "bottom",
            "text": f'<span style="color:{colours.off_course}">▲</span>'
            + (f" <b>+{number(excess, language)}</b>" if len(totals) <= MOST_WIDE else ""),
            "font": {"color": colours.text},
        }
        for at, capacity, excess in over
    ]
    return [trace], notes


def _capacity(payload: DemandColumns, colours: Palette, language: str) -> Spec:
    x: list[float] = []
    y: list[float | None] = []
    hovers: list[str] = []
    for at, capacity in enumerate(payload.capacity):
        x += [at - 0.5, at, at + 0.5]
        y += [capacity] * 3
        text = "–" if capacity is None else f"{number(capacity, language, 1)} {payload.words['unit']}"
        hovers += [hover_text(f"{payload.words['capacity']}\n{payload.quarters[at]}: {text}")] * 3
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(payload.words["capacity"], 40),
        "x": x,
        "y": y,
        "line": {"color": colours.text, "width": 2.5},
        "hovertext": hovers,
        "hoverinfo": "text",
    }
