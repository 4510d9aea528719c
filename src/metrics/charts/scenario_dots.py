"""Scenario dots: the plan and up to five scenarios side by side, each indicator on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    LEGEND_COLUMNS,
    Palette,
    Quantity,
    Row,
    Spec,
    Words,
    empty,
    finish,
    hover_text,
    in_two_columns,
    legend_entry,
    number,
    palette,
    plain,
)

VERDICTS = ("better", "worse", "same")
COLUMNS = ("column_indicator", "column_note")
WORDS = ("empty", "plan", *VERDICTS, "no_comparison", "illustrative", *COLUMNS)
"""`plan` names the state that is compared with; `no_comparison` stands where a scenario has no value."""

MOST_SCENARIOS = 5
LETTERS = "ABCDE"
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "star")
_CHARACTERS = ("●", "■", "◆", "▲", "★")
_SIGNS = {"better": "✓", "worse": "✗", "same": "="}
_HEAD, _FOOT = 10, 10
_LINE, _PITCH, _GAP = 18, 23, 16
"""Pixels of an indicator's name, from line to line and between two indicators."""
_LEFT, _RIGHT, _TEXT_AT = 0.15, 0.46, 0.51
"""Where the scale begins and ends and the numbers begin, as shares of the width."""


@dataclass(frozen=True, slots=True)
class ScenarioHead:
    """A scenario; its letter is its place."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ScenarioIndicator:
    """`plan` and `values` (one per scenario, None if not computable) in `unit`, read with `decimals`.

    `higher_is_better` None: the difference is neither good nor bad, and no verdict is given. `hovers` one per scenario.
    """

    id: str
    label: str
    unit: str
    plan: float | None
    values: tuple[float | None, ...]
    higher_is_better: bool | None = None
    decimals: int = 0
    hovers: tuple[str, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class ScenarioDots:
    """Indicators from top to bottom; the first `MOST_SCENARIOS` scenarios are drawn."""

    words: Words
    scenarios: tuple[ScenarioHead, ...]
    rows: tuple[ScenarioIndicator, ...]


@dataclass(frozen=True, slots=True)
class _Dot:
    """A value on its line: pixels from the top, place on the scale (None without value), and what is written."""

    y: float
    x: float | None
    text: str
    hover: str


@dataclass(frozen=True, slots=True)
class _Block:
    """An indicator's lines: the plan first, then a line per scenario."""

    row: ScenarioIndicator
    top: float
    plan: _Dot
    dots: tuple[_Dot, ...]


def verdict(row: ScenarioIndicator, value: float | None) -> str:
    """One of `VERDICTS` against the plan, as the numbers are read; empty where there is nothing to judge."""
    if value is None or row.plan is None:
        return ""
    difference = round(value, row.decimals) - round(row.plan, row.decimals)
    if difference == 0:
        return "same"
    if row.higher_is_better is None:
        return ""
    return "better" if (difference > 0) is row.higher_is_better else "worse"


def draw(payload: ScenarioDots, dark: bool, language: str) -> go.Figure:
    """The figure. Without an indicator or a scenario a sentence."""
    colours, words, heads = palette(dark), payload.words, payload.scenarios[:MOST_SCENARIOS]
    if not payload.rows or not heads:
        return empty(words["empty"], dark, language)
    blocks = _stacked(payload, heads, colours, language)
    traces = [_connectors(blocks, colours), _plan_lines(blocks, colours), _plan_dots(blocks, words, colours)]
    for index, head in enumerate(heads):
        marker = {"symbol": _SYMBOLS[index], "size": 12, "color": colours.series[index]}
        entry = legend_entry("", mode="markers", marker=marker)
        traces += [_dots(index, blocks, marker), {**entry, "name": f"{LETTERS[index]} · {plain(head.name, 52)}"}]
    traces, legend = in_two_columns(traces)
    traces += _texts(blocks, len(heads), words, colours)
    end = blocks[-1].dots[-1].y + _PITCH / 2
    height = round(_HEAD + _FOOT + end + legend)
    layout: Spec = {
        "xaxis": {"visible": False, "range": [0, 1]},
        "yaxis": {"visible": False, "range": [end, 0]},
        "shapes": _separators(blocks, colours),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 4 / height, **LEGEND_COLUMNS, "maxheight": legend + 40},
    }
    return finish(traces, layout, dark, language, height=height)


def table(payload: ScenarioDots) -> list[Row]:
    """One row per indicator with the plan and every scenario, all of them, in the indicator's unit."""
    words = payload.words
    titles = _titles(payload.scenarios)
    rows: list[Row] = []
    for row in payload.rows:
        values = {words["plan"]: row.plan, **dict(zip(titles, row.values, strict=True))}
        note = words["illustrative"] if row.illustrative else ""
        told: Row = {name: None if value is None else Quantity(value, row.unit) for name, value in values.items()}
        rows.append({words["column_indicator"]: row.label, **told, words["column_note"]: note})
    return rows


def _titles(heads: Sequence[ScenarioHead]) -> list[str]:
    """A column's title for each scenario; where two are called the same, with the id."""
    named = [head.name for head in heads]
    return [head.name if named.count(head.name) == 1 else f"{head.name} ({head.id})" for head in heads]


def _stacked(payload: ScenarioDots, heads: Sequence[ScenarioHead], colours: Palette, language: str) -> list[_Block]:
    blocks: list[_Block] = []
    top = 0.0
    for row in payload.rows:
        values = row.values[: len(heads)]
        known = [value for value in (row.plan, *values) if value is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        first = top + _LINE + _PITCH / 2
        plan_text = _number(row, row.plan, payload.words, language)
        hover = hover_text(f"{row.label}\n{payload.words['plan']}: {_number(row, row.plan, payload.words, language)}")
        plan = _Dot(first, _at(row.plan, low, high), plan_text, hover)
        dots = tuple(
            _Dot(
                first + _PITCH * (at + 1),
                _at(value, low, high),
                _told(row, value, payload.words, colours, language),
                _hover(row, at, heads[at], payload.words, language),
            )
            for at, value in enumerate(values)
        )
        blocks.append(_Block(row, top, plan, dots))
        top = first + _PITCH * (len(values) + 0.5) + _GAP
    return blocks


def _at(value: float | None, low: float, high: float) -> float | None:
    """The place of a value on a scale that holds 0."""
    if value is None:
        return None
    return _LEFT + (_RIGHT - _LEFT) * ((value - low) / (high - low) if high > low else 0.0)


def _number(row: ScenarioIndicator, value: float | None, words: Words, language: str) -> str:
    if value is None:
        return f"– {plain(words['no_comparison'], 24)}"
    unit = f"\u00a0{plain(row.unit)}" if _short(row.unit) else ""
    return number(value, language, row.decimals) + unit


def _short(unit: str) -> bool:
    """Whether a unit stands at every number; a longer one stands once beside the indicator's name."""
    return 0 < len(unit) <= 3


def _told(row: ScenarioIndicator, value: float | None, words: Words, colours: Palette, language: str) -> str:
    """The number and, where there is one, the verdict by sign and word."""
    found = verdict(row, value)
    text = _number(row, value, words, language)
    if not found:
        return text
    colour = {"better": colours.on_course, "worse": colours.off_course, "same": colours.muted}[found]
    return f'{text} · <span style="color:{colour}">{_SIGNS[found]}</span> {plain(words[found], 16)}'


def _hover(row: ScenarioIndicator, at: int, head: ScenarioHead, words: Words, language: str) -> str:
    more = row.hovers[at] if at < len(row.hovers) else ""
    told = _number(row, row.values[at], words, language)
    return hover_text(f"{row.label}\n{LETTERS[at]} · {head.name}: {told}\n{more}".strip())


def _connectors(blocks: Sequence[_Block], colours: Palette) -> Spec:
    """A line from the plan's value to each scenario's."""
    x: list[float | None] = []
    y: list[float | None] = []
    for block in blocks:
        for dot in block.dots:
            if dot.x is not None and block.plan.x is not None:
                x += [block.plan.x, dot.x, None]
                y += [dot.y, dot.y, None]
    return {**_SILENT, "mode": "lines", "x": x, "y": y, "line": {"width": 2.5, "color": colours.neutral}}


def _plan_lines(blocks: Sequence[_Block], colours: Palette) -> Spec:
    """The plan's value through all lines of its indicator."""
    x: list[float | None] = []
    y: list[float | None] = []
    for block in blocks:
        if block.plan.x is not None:
            x += [block.plan.x, block.plan.x, None]
            y += [block.plan.y, block.dots[-1].y + _PITCH * 0.4, None]
    return {**_SILENT, "mode": "lines", "x": x, "y": y, "line": {"width": 1.5, "dash": "dot", "color": colours.text}}


def _plan_dots(blocks: Sequence[_Block], words: Words, colours: Palette) -> Spec:
    chosen = [block.plan for block in blocks if block.plan.x is not None]
    marker = {"symbol": "circle", "size": 11, "color": colours.surface, "line": {"width": 2.5, "color": colours.text}}
    return {**_marks(chosen, marker), "name": plain(words["plan"], 40), "showlegend": True}


def _dots(index: int, blocks: Sequence[_Block], marker: Spec) -> Spec:
    return _marks([block.dots[index] for block in blocks if block.dots[index].x is not None], marker)


def _marks(dots: Sequence[_Dot], marker: Spec) -> Spec:
    """Markers with a hover; with none, a trace without points."""
    hovers = [dot.hover for dot in dots]
    place: Spec = {"x": [dot.x for dot in dots], "y": [dot.y for dot in dots]}
    return {**_SILENT, "mode": "markers", "marker": marker, **place, "hovertext": hovers, "hoverinfo": "text"}


_SILENT: Spec = {"type": "scatter", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _texts(blocks: Sequence[_Block], count: int, words: Words, colours: Palette) -> list[Spec]:
    """Names of the indicators, keys of the lines at the left and numbers at the right."""
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [_name(block.row) + (badge if block.row.illustrative else "") for block in blocks]
    signs = zip(LETTERS[:count], _CHARACTERS, colours.series, strict=False)
    letters = [f'<span style="color:{colour}">{sign}</span> <b>{letter}</b>' for letter, sign, colour in signs]
    keys = [f"<b>{plain(words['plan'], 6)}</b>", *letters]
    lines = [line for block in blocks for line in (block.plan, *block.dots)]
    y = [line.y for line in lines]
    font = {"size": 12, "color": colours.text}
    common: Spec = {**_SILENT, "mode": "text", "textposition": "middle right", "textfont": font}
    heads: Spec = {"textposition": "top right", "textfont": {"size": 13, "color": colours.text}}
    return [
        {**common, **heads, "x": [0] * len(blocks), "y": [block.top + _LINE for block in blocks], "text": names},
        {**common, "x": [0] * len(lines), "y": y, "text": keys * len(blocks)},
        {**common, "x": [_TEXT_AT] * len(lines), "y": y, "text": [line.text for line in lines]},
    ]


def _name(row: ScenarioIndicator) -> str:
    unit = "" if _short(row.unit) or not row.unit else f" ({plain(row.unit, 16)})"
    room = 48 - (min(len(row.unit), 16) + 3 if unit else 0) - (14 if row.illustrative else 0)
    return f"<b>{plain(row.label, room)}</b>{unit}"


def _separators(blocks: Sequence[_Block], colours: Palette) -> list[Spec]:
    """A thin line between two indicators, and where each scale begins."""
    stroke = {"color": colours.border, "width": 1}
    return [
        {"type": "line", "x0": 0, "x1": 1, "y0": level, "y1": level, "line": stroke}
        for level in (block.top - _GAP / 2 for block in blocks[1:])
    ]
