"""Money bars: planned, committed and spent, by category or by year, with where funding ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    tell_hidden,
    wrap,
)

KINDS = ("planned", "committed", "spent")
COLUMNS = ("column_category", "column_planned", "column_committed", "column_spent", "column_ends", "column_note")
WORDS = (
    "empty",
    "money_planned",
    "money_committed",
    "money_spent",
    "no_amount",
    "above_plan",
    "funding_ends",
    "illustrative",
    "more",
    *COLUMNS,
)
"""`no_amount` stands where nothing is known ("keine Angabe"), which is not 0; `above_plan` explains the sign at an
amount above what was planned; `funding_ends` explains the line or sign at an end of funding."""

MOST_ROWS = 40
_HEAD, _FOOT = 12, 8
_LINE, _BAR, _PITCH, _GAP = 17, 13, 17, 14
"""Pixels of a line of text, of a bar, from bar to bar and between two rows."""
_NAME, _BADGED_NAME = 46, 32
"""Characters of a line of a name that a telephone holds; with the badge of an example it is shorter."""
_ROOM = 1.55
"""The axis reaches so far beyond the longest bar that its label fits on a telephone."""
ABOVE = "▲"


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A category or year with euros; None where not known, which is not 0.

    `ends` says in words that and when funding ends ("Förderung Zirkel endet 31.12.2027"), empty where none does; `note`
    what is odd about the amounts, told in the table and while pointing.
    """

    id: str
    label: str
    planned: float | None = None
    committed: float | None = None
    spent: float | None = None
    ends: str = ""
    illustrative: bool = False
    hover: str = ""
    note: str = ""

    def amount(self, kind: str) -> float | None:
        """The euros of one of `KINDS`."""
        return {"planned": self.planned, "committed": self.committed, "spent": self.spent}[kind]


@dataclass(frozen=True, slots=True)
class MoneyBars:
    """Rows from top to bottom, of which the first `MOST_ROWS` are drawn.

    `by_year`: the rows follow each other in time, so that an end of funding is a line after its row.
    """

    words: Words
    rows: tuple[MoneyRow, ...]
    by_year: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row is drawn, in pixels: top of its name, middle of each bar, end of the row."""

    row: MoneyRow
    name: str
    top: float
    bars: dict[str, float]
    end: float


def draw(payload: MoneyBars, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` of a bar is the row's id. Without a row a sentence."""
    colours, words, rows = palette(dark), payload.words, payload.rows[:MOST_ROWS]
    if not rows:
        return empty(words["empty"], dark, language)
    places = _stacked(rows)
    traces = [trace for kind in KINDS for trace in _bars(kind, places, words, colours, language)]
    if any(above_plan(row, kind) for row in rows for kind in KINDS):
        traces.append(_sign(words["above_plan"], "triangle-up", colours.off_course))
    if any(row.ends for row in rows):
        traces.append(_sign(words["funding_ends"], "line-ew-open", colours.at_risk))
    traces, legend = in_two_columns(traces)
    traces += _names(places, words, colours)
    height = round(_HEAD + _FOOT + places[-1].end + legend)
    largest = max((row.amount(kind) or 0 for row in rows for kind in KINDS), default=0) or 1
    layout: Spec = {
        "barmode": "overlay",
        "xaxis": {"visible": False, "range": [0, largest * _ROOM]},
        "yaxis": {"visible": False, "range": [places[-1].end, 0]},
        "shapes": _ends(places, colours) if payload.by_year else [],
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"y": 1 + 6 / height, **LEGEND_COLUMNS, "maxheight": legend + 40},
    }
    hidden = len(payload.rows) - len(rows)
    if hidden:
        tell_hidden(layout, words, hidden, below=4, margin=26)
    return finish(traces, layout, dark, language, height=height + (20 if hidden else 0))


def table(payload: MoneyBars) -> list[Row]:
    """One row per category or year, all of them; None where an amount is not known."""
    words = payload.words
    return [
        {
            words["column_category"]: row.label,
            **{words[f"column_{kind}"]: _in_euros(row.amount(kind)) for kind in KINDS},
            words["column_ends"]: row.ends,
            words["column_note"]: " · ".join(
                filter(None, [row.note, words["illustrative"] if row.illustrative else ""])
            ),
        }
        for row in payload.rows
    ]


def above_plan(row: MoneyRow, kind: str) -> bool:
    """Whether more is committed or spent than was planned; never where the plan is not known."""
    amount = row.amount(kind)
    return kind != "planned" and amount is not None and row.planned is not None and amount > row.planned


def _in_euros(amount: float | None) -> Quantity | None:
    return None if amount is None else Quantity(amount, "€")


def _euros(amount: float, language: str) -> str:
    return f"{number(amount, language)} €" if language.startswith("de") else f"€{number(amount, language)}"


def _stacked(rows: Sequence[MoneyRow]) -> list[_Place]:
    places: list[_Place] = []
    top = 0.0
    for row in rows:
        name = wrap(row.label, _BADGED_NAME if row.illustrative else _NAME, 2)
        first = top + _LINE * (1 + name.count("<br>")) + 4 + _BAR / 2
        bars = {kind: first + _PITCH * at for at, kind in enumerate(KINDS)}
        end = bars["spent"] + _BAR / 2 + (_LINE + 2 if row.ends else 0) + _GAP
        places.append(_Place(row, name, top, bars, end))
        top = end
    return places


def _look(kind: str, colours: Palette) -> Spec:
    """Planned is hollow, committed hatched, spent filled: from a mere intention to what is gone."""
    if kind == "planned":
        return {"color": colours.surface, "line": {"width": 1.5, "color": colours.neutral}}
    if kind == "spent":
        return {"color": colours.on_course, "line": {"width": 1.5, "color": colours.on_course}}
    pattern = {"shape": "/", "size": 6, "solidity": 0.35, "fillmode": "overlay", "fgcolor": colours.on_course}
    return {"color": colours.surface, "line": {"width": 1.5, "color": colours.on_course}, "pattern": pattern}


def _bars(kind: str, places: Sequence[_Place], words: Words, colours: Palette, language: str) -> list[Spec]:
    """The bars of one kind with the amount at their end; where nothing is known words stand instead of a bar."""
    name = plain(words[f"money_{kind}"], 60)
    known = [(place, amount) for place in places if (amount := place.row.amount(kind)) is not None]
    unknown = [place for place in places if place.row.amount(kind) is None]
    nothing: list[Any] = [None]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "showlegend": True,
        "y": [place.bars[kind] for place, _ in known] or nothing,
        "x": [amount for _, amount in known] or nothing,
        "width": _BAR,
        "customdata": [place.row.id for place, _ in known],
        "hovertext": [_hover(place.row, kind, words, language) for place, _ in known],
        "hoverinfo": "text",
        "text": [_label(place.row, kind, colours, language) for place, _ in known],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
        "textfont": {"size": 12, "color": colours.text},
        "marker": _look(kind, colours),
    }
    if not unknown:
        return [bars]
    missing = {
        **_TEXT,
        "x": [0] * len(unknown),
        "y": [place.bars[kind] for place in unknown],
        "text": [f"– <i>{plain(words['no_amount'], 24)} ({plain(name, 16)})</i>"] * len(unknown),
        "textposition": "middle right",
        "textfont": {"size": 12, "color": colours.muted},
    }
    return [bars, missing]


def _label(row: MoneyRow, kind: str, colours: Palette, language: str) -> str:
    sign = f'<span style="color:{colours.off_course}">{ABOVE}</span> ' if above_plan(row, kind) else ""
    return sign + _euros(row.amount(kind) or 0, language)


def _hover(row: MoneyRow, kind: str, words: Words, language: str) -> str:
    above = f" ({words['above_plan']})" if above_plan(row, kind) else ""
    amount = _euros(row.amount(kind) or 0, language)
    lines = [row.label, f"{words[f'money_{kind}']}: {amount}{above}", row.ends, row.note, row.hover]
    return hover_text("\n".join(filter(None, lines)))


def _names(places: Sequence[_Place], words: Words, colours: Palette) -> list[Spec]:
    """Each name above its bars, and below them that funding ends."""
    badge = f" · <i>{plain(words['illustrative'], 24)}</i>"
    names = [f"<b>{place.name}</b>" + (badge if place.row.illustrative else "") for place in places]
    font = {"size": 13, "color": colours.text}
    y = [place.bars["planned"] - _BAR / 2 - 2 for place in places]
    traces: list[Spec] = [
        {**_TEXT, "x": [0] * len(places), "y": y, "text": names, "textposition": "top right", "textfont": font}
    ]
    ending = [place for place in places if place.row.ends]
    if ending:
        sign = f'<span style="color:{colours.at_risk}"><b>▬</b></span> '
        traces.append(
            {
                **_TEXT,
                "x": [0] * len(ending),
                "y": [place.end - _GAP for place in ending],
                "text": [sign + plain(place.row.ends, 52) for place in ending],
                "textposition": "top right",
                "textfont": {"size": 12, "color": colours.text},
            }
        )
    return traces


_TEXT: Spec = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _ends(places: Sequence[_Place], colours: Palette) -> list[Spec]:
    """A line after every row with which funding ends."""
    stroke = {"color": colours.at_risk, "width": 2, "dash": "dash"}
    return [
        {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": level, "y1": level, "line": stroke}
        for level in (place.end - _GAP / 2 for place in places if place.row.ends)
    ]


def _sign(name: str, symbol: str, colour: str) -> Spec:
    marker = {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2.5, "color": colour}}
    return legend_entry("", mode="markers", marker=marker) | {"name": wrap(name, 40, 2)}
