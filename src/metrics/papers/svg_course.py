"""The course of an indicator drawn large, for its drill-down: values over time, baseline, target path and target."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number, quantity
from metrics.papers.markup import Markup, el, shortened
from metrics.papers.model import IndicatorLine, PointLine
from metrics.papers.periods import period_of
from metrics.papers.style import ACCENT, GREY
from metrics.papers.svg_parts import (
    GRID,
    INK,
    LETTER,
    LONGEST_ALTERNATIVE,
    WHITE,
    Dates,
    Numbers,
    coordinate,
    diamond,
    drawing,
    stroke,
    tick_text,
    ticks,
)

Mark = Callable[[float, float], Markup]
"""Draws a mark of the key from a place on."""

WIDTH, HEIGHT = 500.0, 300.0
LEFT, TOP, RIGHT, BOTTOM = 62.0, 50.0, 484.0, 266.0
"""The plot's edges."""
LETTERS_APART = 9.0
"""Room for a letter, rather too much than too little."""


def course_chart(line: IndicatorLine, as_of: date, language: Language) -> Markup:
    """The series with its target path; gaps stay gaps, the provisional is hollow, the withheld a cross on the axis.

    Empty where there is neither a value nor a path. `data-places` tells the script where each point of the series is.
    """
    values = [point.value for point in line.points if point.value is not None]
    levels = [point.value for point in line.path]
    levels += [level for level in (line.target, line.baseline) if level is not None]
    if not values and not line.path:
        return Markup("")
    scale = ticks([*values, *levels])
    across, up = _places(line, as_of, scale)
    parts = [*_grid(scale, up, language), *_days(line.points, across, language)]
    parts += _path(line, across, up) if line.path else _level(line, up)
    parts += _values(line, across, up)
    parts += _key(line, language)
    drawn = drawing(WIDTH, HEIGHT, course_alternative(line, language), parts, "course")
    places = " ".join(_pointed_at(line.points, across, up))
    return el("div", drawn, class_="probe", data_places=places, data_top=TOP, data_bottom=BOTTOM)


def course_alternative(line: IndicatorLine, language: Language) -> str:
    """First and last value, baseline and target."""
    known = [point for point in line.points if point.value is not None]
    ends = [known[0], known[-1]] if len(known) > 1 else known
    told = [
        f"{period_of(point, language)} {quantity(point.value, line.unit, language, line.decimals)}" for point in ends
    ]
    named = ((translate("Start", language), line.baseline), (translate("Ziel", language), line.target))
    told += [f"{name} {number(value, language, line.decimals)}" for name, value in named if value is not None]
    start = translate("Verlauf: {titel}", language, titel=line.title)
    return shortened(f"{start}: {', '.join(told)}", LONGEST_ALTERNATIVE)


def _places(line: IndicatorLine, as_of: date, scale: Sequence[float]) -> tuple[Dates, Numbers]:
    """Where a day and a number stand. The day of the paper is shown where a path leads past it."""
    days = [point.end for point in line.points] + [point.day for point in line.path]
    days += [as_of] if line.path and min(days) <= as_of <= max(days) else []
    first, span = min(days), (max(days) - min(days)).days

    def across(when: date) -> float:
        inner_left, inner_right = LEFT + 14, RIGHT - 14
        return inner_left + (inner_right - inner_left) * ((when - first).days / span if span else 0.5)

    def up(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - scale[0]) / (scale[-1] - scale[0])

    return across, up


def _grid(scale: Sequence[float], up: Numbers, language: Language) -> Iterator[Markup]:
    lines = "".join(f"M{coordinate(LEFT)} {coordinate(up(tick))}H{coordinate(RIGHT)}" for tick in scale)
    yield el("path", d=lines, stroke=GRID)
    texts = (_text(LEFT - 8, up(tick) + 4, tick_text(tick, scale, language)) for tick in scale)
    yield el("g", *texts, text_anchor="end")


def _days(points: Sequence[PointLine], across: Dates, language: Language) -> Iterator[Markup]:
    """As many periods as have room, the newest in any case."""
    told = [(across(point.end), period_of(point, language)) for point in points]
    texts, taken = [], math.inf
    for at, text in reversed(told):
        half = len(text) * LETTERS_APART / 2
        middle = min(max(at, half), WIDTH - half)
        if middle + half < taken:
            texts.append(_text(middle, BOTTOM + 22, text))
            taken = middle - half
    yield el("g", *texts, text_anchor="middle")
    feet = "".join(f"M{coordinate(at)} {coordinate(BOTTOM)}v5" for at, _ in told)
    yield el("path", d=feet, stroke=GREY)


def _path(line: IndicatorLine, across: Dates, up: Numbers) -> Iterator[Markup]:
    where = " ".join(f"{coordinate(across(one.day))},{coordinate(up(one.value))}" for one in line.path)
    yield el("polyline", points=where, fill="none", stroke=INK, stroke_width=2, stroke_dasharray="7 5")
    start, target = line.path[0], line.path[-1]
    yield stroke(across(start.day), up(start.value) - 9, across(start.day), up(start.value) + 9, INK, 2.5)
    yield diamond(across(target.day), up(target.value), 8)


def _level(line: IndicatorLine, up: Numbers) -> Iterator[Markup]:
    """A target without a path is a level, and so is a baseline."""
    if line.baseline is not None:
        yield stroke(LEFT, up(line.baseline), RIGHT, up(line.baseline), GREY, 1.5, "2 4")
    if line.target is not None:
        yield stroke(LEFT, up(line.target), RIGHT, up(line.target), INK, 2, "7 5")
        yield diamond(RIGHT, up(line.target), 8)


def _values(line: IndicatorLine, across: Dates, up: Numbers) -> Iterator[Markup]:
    run: list[str] = []
    for point in line.points:
        if point.value is None:
            yield from _run(run)
            run = []
        else:
            run.append(f"{coordinate(across(point.end))},{coordinate(up(point.value))}")
    yield from _run(run)
    told = [point for point in line.points if point.value is not None]
    yield _dots(told, across, up, ACCENT, 12)
    hollow = [point for point in told if point.provisional]
    if hollow:
        yield _dots(hollow, across, up, WHITE, 7)
    for point in line.points:
        if point.withheld:
            yield _cross(across(point.end), BOTTOM)


def _dots(points: Sequence[PointLine], across: Dates, up: Numbers, colour: str, size: float) -> Markup:
    """Points in one stroke: ends of no length, rounded."""
    where = "".join(f"M{coordinate(across(one.end))} {coordinate(up(one.value or 0))}h0" for one in points)
    return el("path", d=where, stroke=colour, stroke_width=size, stroke_linecap="round")


def _run(places: Sequence[str]) -> Iterator[Markup]:
    if len(places) > 1:
        yield el("polyline", points=" ".join(places), fill="none", stroke=ACCENT, stroke_width=3)


def _cross(x: float, y: float) -> Markup:
    where = f"M{coordinate(x - 5)} {coordinate(y - 5)}l10 10m0 -10l-10 10"
    return el("path", d=where, stroke=GREY, stroke_width=2.5)


def _text(x: float, y: float, text: str) -> Markup:
    """A label; its size and colour stand in the style."""
    return el("text", text, x=coordinate(x), y=coordinate(y))


def _pointed_at(points: Sequence[PointLine], across: Dates, up: Numbers) -> Iterator[str]:
    """Where each point is: across and up, or across alone where there is no value."""
    for point in points:
        x = coordinate(across(point.end))
        yield x if point.value is None else f"{x},{coordinate(up(point.value))}"


def _key(line: IndicatorLine, language: Language) -> Iterator[Markup]:
    """What the marks mean, above the plot, in a second line if need be; only what is drawn."""
    x, y = LEFT, 14.0
    for told, mark in _marks(line, language):
        room = 26 + len(told) * LETTER * 0.52
        if x + room > WIDTH:
            x, y = LEFT, y + 20
        yield mark(x, y)
        yield _text(x + 26, y + 4, told)
        x += room + 20


def _marks(line: IndicatorLine, language: Language) -> Iterator[tuple[str, Mark]]:
    def dot(fill: str) -> Mark:
        return lambda x, y: el(
            "circle", cx=coordinate(x + 10), cy=coordinate(y), r=5, fill=fill, stroke=ACCENT, stroke_width=2.5
        )

    if any(point.value is not None and not point.provisional for point in line.points):
        yield translate("Wert", language), dot(ACCENT)
    if any(point.value is not None and point.provisional for point in line.points):
        yield translate("vorläufig", language), dot(WHITE)
    if line.path:
        yield translate("Zielpfad", language), lambda x, y: stroke(x, y, x + 20, y, INK, 2, "7 5")
    elif line.baseline is not None:
        yield translate("Start", language), lambda x, y: stroke(x, y, x + 20, y, GREY, 1.5, "2 4")
    if line.target is not None:
        yield translate("Ziel", language), lambda x, y: diamond(x + 10, y, 7)
    if any(point.withheld for point in line.points):
        yield translate("nicht öffentlich", language), lambda x, y: _cross(x + 10, y)
