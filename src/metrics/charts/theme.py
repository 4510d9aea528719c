"""How every chart looks: two palettes, marks that do not depend on colour, safe texts, one finishing step.

A figure is built from plain dictionaries and validated once, in `finish`; that keeps a build at a few milliseconds
and the specification free of Plotly's template.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

Words = Mapping[str, str]
"""Translated labels by key; each chart names its keys in `WORDS`."""
Row = dict[str, object]
"""One line of a table alternative: column title → value (numbers and dates stay numbers and dates)."""
Spec = dict[str, Any]
"""A piece of a Plotly specification."""


class Share(float):
    """A share (1 = 100 %) in a row."""


class Quantity(float):
    """A number in a row that knows its unit."""

    unit: str

    def __new__(cls, value: float, unit: str) -> Quantity:
        """The number with the unit in which it is read."""
        made = super().__new__(cls, value)
        made.unit = unit
        return made


def as_share(value: float | None) -> Share | None:
    """A share for a row, if there is one."""
    return None if value is None else Share(value)


def in_unit(rows: Iterable[Row], unit: str) -> list[Row]:
    """The rows with this unit at all their numbers."""
    return [
        {name: Quantity(value, unit) if isinstance(value, int | float) else value for name, value in row.items()}
        for row in rows
    ]


FONT = "Inter, sans-serif"
LEGEND_LINE = 19
"""Pixels of one line of a legend."""
SMALL, NORMAL = 12, 13
"""Font sizes in px."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one appearance; texts reach 4.5:1 and marks 3:1 on `surface` and `raised`."""

    surface: str
    raised: str
    text: str
    muted: str
    line: str
    path: str
    neutral: str
    grid: str
    border: str
    track: str
    highlight: str
    on_course: str
    nearly: str
    at_risk: str
    off_course: str
    series: tuple[str, ...]
    """Told apart by symbol, dash or order as well, so six hues are enough."""
    steps: tuple[str, ...]
    """Attainment from low to high: below 25, 50, 75, 100 %, reached."""


LIGHT = Palette(
    surface="#FFFFFF",
    raised="#F3F6F8",
    text="#0E1720",
    muted="#43525F",
    line="#0F5C8C",
    path="#5B6B7A",
    neutral="#6B7885",
    grid="#E1E7EC",
    border="#CBD5DD",
    track="#E6EBF0",
    highlight="#E8F1F7",
    on_course="#1565A6",
    nearly="#237A71",
    at_risk="#BC7A00",
    off_course="#A0174F",
    series=("#0F5C8C", "#B35C00", "#237A71", "#A2466E", "#6B5FB0", "#7A7A2E"),
    steps=("#F3D9BE", "#DCE6EC", "#A9CBDF", "#5796BE", "#0B4A70"),
)
DARK = Palette(
    surface="#10181F",
    raised="#18232C",
    text="#EAF0F4",
    muted="#C9D3DB",
    line="#6FB3E0",
    path="#9FB0BE",
    neutral="#93A2AF",
    grid="#2A3844",
    border="#3B4D5A",
    track="#2A3843",
    highlight="#16293A",
    on_course="#5AA7E8",
    nearly="#5CC5B5",
    at_risk="#F0B04B",
    off_course="#E25588",
    series=("#6FB3E0", "#F0A04B", "#5CC5B5", "#E58DB3", "#A99CF0", "#C9C86A"),
    steps=("#6E4A26", "#34444F", "#2F5C7A", "#4A90B9", "#A9D4EE"),
)


def palette(dark: bool) -> Palette:
    """The palette of the appearance that is shown."""
    return DARK if dark else LIGHT


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that is told by its shape: Plotly symbol, the same shape as a character, and its colours."""

    symbol: str
    character: str
    light: str
    dark: str

    def colour(self, dark: bool) -> str:
        """Its colour in the appearance that is shown."""
        return self.dark if dark else self.light


COURSES: dict[str, Mark] = {
    "sun": Mark("circle", "●", LIGHT.on_course, DARK.on_course),
    "sun_cloud": Mark("square", "■", LIGHT.nearly, DARK.nearly),
    "cloud": Mark("triangle-up", "▲", LIGHT.at_risk, DARK.at_risk),
    "thunderstorm": Mark("diamond", "◆", LIGHT.off_course, DARK.off_course),
    "none": Mark("circle-open", "○", LIGHT.neutral, DARK.neutral),
}
"""The four weather symbols and "not assessable"."""

RESPONSIBILITIES: dict[str, Mark] = {
    "office": Mark("circle", "●", LIGHT.series[0], DARK.series[0]),
    "business": Mark("diamond", "◆", LIGHT.series[1], DARK.series[1]),
    "cooperation": Mark("square", "■", LIGHT.series[4], DARK.series[4]),
}


def course_mark(course: str) -> Mark:
    """The mark of a course; whatever is not one of the four is not assessable."""
    return COURSES.get(course, COURSES["none"])


# --- texts ----------------------------------------------------------------------------------------------------------

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_JOINERS = {"\u200d", "\ufe0f"}
"""Needed inside emoji; every other invisible formatting character is dropped."""


def plain(text: str, limit: int = 120) -> str:
    """The text as Plotly will print it: no markup, no control characters, at most `limit` characters.

    Plotly reads a subset of HTML (links included) in every label, so every word that a person typed comes through here.
    """
    return _shorten(_visible(text), limit).translate(_ESCAPES)


def wrap(text: str, width: int, lines: int = 2) -> str:
    """`plain` over several lines of about `width` characters; words are never broken, what is too long ends in "…"."""
    pieces = textwrap.wrap(_visible(text), width, break_long_words=False, break_on_hyphens=True) or [""]
    if len(pieces) > lines:
        pieces = [*pieces[: lines - 1], " ".join(pieces[lines - 1 : lines + 1]) + " …"]
        pieces[-1] = _shorten(pieces[-1], width)
    return "<br>".join(_shorten(piece, max(width * 3 // 2, 8)).translate(_ESCAPES) for piece in pieces)


def hover_text(text: str) -> str:
    """A prepared hover text: its lines stay lines, everything else is plain."""
    return "<br>".join(wrap(line, 52, 3) for line in text.split("\n")[:14])


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return re.sub(" +", " ", text).strip()
    characters = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
            characters.append(" ")
        elif category != "Cf" or character in _JOINERS:
            characters.append(character)
    return re.sub(" +", " ", "".join(characters)).strip()


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip(" ….,;:") + "…"


def number(value: float, language: str, decimals: int = 0) -> str:
    """A number with the marks of the language: 1.234,5 in German, 1,234.5 otherwise."""
    text = f"{value:,.{decimals}f}"
    if language.startswith("de"):
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−")


def percent(share: float, language: str) -> str:
    """A share (1 = 100 %) in whole per cent, with a space that does not break in German."""
    return number(share * 100, language) + ("\u00a0%" if language.startswith("de") else "%")


def mark_text(mark: Mark, dark: bool) -> str:
    """The mark's character in its colour, for labels."""
    return f'<span style="color:{mark.colour(dark)}">{mark.character}</span>'


# --- colours --------------------------------------------------------------------------------------------------------


def contrast(first: str, second: str) -> float:
    """Contrast ratio 1–21 of two colours `#RRGGBB` (WCAG 2.2, relative luminance)."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def faint(colour: str, share: float) -> str:
    """The colour `#RRGGBB` with this share of opacity, for areas behind the data."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def readable_on(background: str) -> str:
    """Dark or white text, whichever reads better on the background."""
    return max((LIGHT.text, "#FFFFFF"), key=lambda colour: contrast(colour, background))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


# --- figures --------------------------------------------------------------------------------------------------------


def finish(
    traces: Sequence[Spec],
    layout: Spec,
    dark: bool,
    language: str,
    *,
    height: int,
    selectable: bool = False,
) -> go.Figure:
    """The figure with fonts, axis colours, separators, margins and legend; `height` in px.

    Colours of axis texts are set one by one because a host's template would override the figure's font there.
    """
    colours = palette(dark)
    base: Spec = {
        "template": "none",
        "height": height,
        "autosize": True,
        "font": {"family": FONT, "size": NORMAL, "color": colours.text},
        "separators": ",." if language.startswith("de") else ".,",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "dragmode": False,  # a drag tool in hand would swallow clicks on points; the lasso waits in the tool bar
        "clickmode": "event+select" if selectable else "event",
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left",
            "bgcolor": colours.surface,
            "bordercolor": colours.border,
            "font": {"family": FONT, "size": NORMAL, "color": colours.text},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": SMALL, "color": colours.text},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }
    for name, value in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            base[name] = _axis(value, colours)
        elif name == "annotations":
            base[name] = [_annotation(annotation, colours) for annotation in value]
        elif isinstance(value, dict) and isinstance(base.get(name), dict):
            base[name] = {**base[name], **value}
        else:
            base[name] = value
    figure = go.Figure({"data": list(traces), "layout": base})
    figure.layout.template = None
    return figure


def _axis(axis: Spec, colours: Palette) -> Spec:
    if axis.get("visible") is False:
        return {"fixedrange": True, **axis}
    done = {
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "gridcolor": colours.grid,
        "linecolor": colours.border,
        "automargin": True,
        **axis,
        "tickfont": {"size": SMALL, "color": colours.muted, **axis.get("tickfont", {})},
    }
    if "title" in axis:
        done["title"] = {"font": {"size": SMALL, "color": colours.muted}, "standoff": 8, **axis["title"]}
    return done


def _annotation(annotation: Spec, colours: Palette) -> Spec:
    font = {"size": SMALL, "color": colours.muted, **annotation.get("font", {})}
    return {"showarrow": False, **annotation, "font": font}


def empty(sentence: str, dark: bool, language: str, height: int = 140) -> go.Figure:
    """A figure without data that says so."""
    note = {
        "text": wrap(sentence, 44, 4),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "font": {"size": NORMAL},
    }
    hidden = {"visible": False}
    return finish([], {"xaxis": hidden, "yaxis": hidden, "annotations": [note]}, dark, language, height=height)


def tell_hidden(layout: Spec, words: Words, hidden: int, *, below: int, margin: int) -> None:
    """Say below the figure that the table has further rows; `below` and `margin` in px."""
    told = {"text": plain(words["more"].format(count=hidden), 80), "xref": "paper", "yref": "paper", "x": 0, "y": 0}
    note = {**told, "xanchor": "left", "yanchor": "top", "yshift": -below}
    layout["annotations"] = [*layout.get("annotations", []), note]
    layout["margin"] = {**layout["margin"], "b": margin}


def legend_entry(name: str, **trace: Any) -> Spec:
    """A trace without data that only explains a sign in the legend; further arguments style it."""
    nothing = {"x": [None], "y": [None], "hoverinfo": "skip", "showlegend": True}
    return {"type": "scatter", "name": plain(name, 60), **nothing, **trace}


def legend_height(traces: Iterable[Spec]) -> int:
    """Pixels that the legend of these traces takes below the chart, a line for each line of their names."""
    return LEGEND_LINE * sum(1 + str(trace["name"]).count("<br>") for trace in traces if trace["showlegend"])


LEGEND_COLUMNS: Spec = {"entrywidth": 96, "entrywidthmode": "pixels", "traceorder": "normal"}
"""A legend in columns of which a card on a telephone (280 px inside) holds two: each takes 40 px for its sign."""


def in_two_columns(traces: Sequence[Spec]) -> tuple[list[Spec], int]:
    """The traces with names broken for `LEGEND_COLUMNS`, and the pixels that their legend takes on a telephone."""
    named = [trace for trace in traces if trace.get("showlegend")]
    names = {id(trace): "<br>".join(textwrap.wrap(trace["name"], 16, break_long_words=False)[:4]) for trace in named}
    in_order = sorted(named, key=lambda trace: int(trace.get("legendrank", 1000)))
    lines = [1 + names[id(trace)].count("<br>") for trace in in_order]
    broken = [{**trace, "name": names[id(trace)]} if id(trace) in names else trace for trace in traces]
    return broken, LEGEND_LINE * sum(max(lines[at : at + 2]) for at in range(0, len(lines), 2))


def course_legend(courses: Iterable[str], words: Words, dark: bool) -> list[Spec]:
    """Legend entries for the courses that occur, best first."""
    present = {course if course in COURSES else "none" for course in courses}
    return [
        legend_entry(
            words[course], mode="markers", marker={"symbol": mark.symbol, "color": mark.colour(dark), "size": 11}
        )
        for course, mark in COURSES.items()
        if course in present
    ]


# --- the plot's own controls ----------------------------------------------------------------------------------------

_GERMAN: Spec = {
    "dictionary": {
        "Autoscale": "Automatisch skalieren",
        "Box Select": "Rechteck-Auswahl",
        "Click to enter": "Zum Bearbeiten klicken",
        "Double-click on legend to isolate one trace": "Doppelklick in der Legende zeigt nur diese Reihe",
        "Double-click to zoom back out": "Doppelklick verkleinert wieder",
        "Download plot": "Diagramm herunterladen",
        "Download plot as a PNG": "Als PNG herunterladen",
        "Download plot as a png": "Als PNG herunterladen",
        "Download plot as a SVG": "Als SVG herunterladen",
        "Lasso Select": "Lasso-Auswahl",
        "Pan": "Verschieben",
        "Reset": "Zurücksetzen",
        "Reset axes": "Achsen zurücksetzen",
        "Reset view": "Ansicht zurücksetzen",
        "Snapshot succeeded": "Bild gespeichert",
        "Sorry, there was a problem downloading your snapshot!": "Das Bild konnte nicht gespeichert werden.",
        "Taking snapshot - this may take a few seconds": "Bild wird erzeugt, das kann einige Sekunden dauern",
        "Toggle Spike Lines": "Hilfslinien ein- oder ausblenden",
        "Zoom": "Vergrößern",
        "Zoom in": "Vergrößern",
        "Zoom out": "Verkleinern",
        "trace": "Reihe",
    },
    "format": {
        "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
        "months": [
            *("Januar", "Februar", "März", "April", "Mai", "Juni"),
            *("Juli", "August", "September", "Oktober", "November", "Dezember"),
        ],
        "shortMonths": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
        "date": "%d.%m.%Y",
        "decimal": ",",
        "thousands": ".",
        "year": "%Y",
        "month": "%b %Y",
        "dayMonth": "%-d. %b",
        "dayMonthYear": "%-d. %b %Y",
    },
}

_ALWAYS_REMOVED = ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d", "toggleSpikelines"]


def plotly_config(language: str, selectable: bool = False) -> Spec:
    """The `config` for the page: locale, German words of the mode bar, no logo, only buttons that do something."""
    config: Spec = {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "displayModeBar": True if selectable else "hover",
        "modeBarButtonsToRemove": [*_ALWAYS_REMOVED, *(() if selectable else ("select2d", "lasso2d"))],
        "toImageButtonOptions": {"format": "svg"},
    }
    if language.startswith("de"):
        config |= {"locale": "de", "locales": {"de": _GERMAN}}
    return config
