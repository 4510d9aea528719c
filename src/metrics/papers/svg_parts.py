"""What the charts of the web papers are made of: shapes, labels and the round numbers of a scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number
from metrics.papers.markup import Markup, el, join
from metrics.papers.style import ACCENT

Numbers = Callable[[float], float]
Dates = Callable[[date], float]
"""Where a number or a day stands in a drawing."""

INK, TRACK, PLANNED, GRID, WHITE = "#1d2730", "#E6EBF0", "#C3CED7", "#E1E7EC", "#FFFFFF"
LETTER = 13
"""Size of letters."""
LONGEST_ALTERNATIVE = 480
LEAST_DIFFERENCE = 1e-7
"""Values that differ by less, absolutely or in proportion, are one value to a reader, who sees six decimals."""


def drawing(width: float, height: float, alternative: str, parts: Iterable[Markup], kind: str) -> Markup:
    """A drawing with its alternative text; `kind` is its class beside "chart"."""
    return el(
        "svg",
        join(parts),
        class_=f"chart {kind}",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        role="img",
        aria_label=alternative,
    )


def box(x: float, y: float, width: float, height: float, fill: str, **more: object) -> Markup:
    """A rectangle; a negative length is none."""
    return el(
        "rect",
        x=coordinate(x),
        y=coordinate(y),
        width=coordinate(max(0.0, width)),
        height=coordinate(max(0.0, height)),
        fill=fill,
        **more,
    )


def between(start: float, end: float, y: float, height: float, fill: str) -> Markup:
    """A bar from one place to another, whichever is further left."""
    return box(min(start, end), y, abs(end - start), height, fill)


def stroke(
    x: float, y: float, to_x: float, to_y: float, colour: str, width: float, dashes: str | None = None
) -> Markup:
    """A line, dashed where `dashes` says how."""
    where = {"x1": coordinate(x), "y1": coordinate(y), "x2": coordinate(to_x), "y2": coordinate(to_y)}
    return el("line", **where, stroke=colour, stroke_width=width, stroke_dasharray=dashes)


def diamond(x: float, y: float, size: float) -> Markup:
    """The sign of a target."""
    half = coordinate(size)
    where = f"M{coordinate(x)} {coordinate(y - size)}l{half} {half}-{half} {half}-{half} -{half}z"
    return el("path", d=where, fill=WHITE, stroke=ACCENT, stroke_width=2)


def label(x: float, y: float, text: str, anchor: str, *, bold: bool = False, colour: str = INK) -> Markup:
    """A text whose `anchor` is its start, middle or end."""
    weight = 600 if bold else None
    return el(
        "text",
        text,
        x=coordinate(x),
        y=coordinate(y),
        fill=colour,
        font_size=LETTER,
        font_weight=weight,
        text_anchor=anchor,
    )


def ticks(values: Sequence[float], most: int = 5) -> list[float]:
    """Round numbers from below the smallest to above the largest value, at most about `most` steps; two at least."""
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    if high - low <= max(largest, 1) * LEAST_DIFFERENCE:
        room = largest * 0.1 if largest > LEAST_DIFFERENCE else 1
        low, high = low - room, high + room
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{place * step:.12g}") for place in range(first, last + 1)]


def tick_text(tick: float, scale: Sequence[float], language: Language) -> str:
    """A tick's number, in millions or thousands of millions where the scale reaches so far."""
    largest = max(abs(scale[0]), abs(scale[-1]))
    if largest >= 1e9:
        return translate("{zahl} Mrd.", language, zahl=number(tick / 1e9, language))
    if largest >= 1e6:
        return translate("{zahl} Mio.", language, zahl=number(tick / 1e6, language))
    return number(tick, language)


def coordinate(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
