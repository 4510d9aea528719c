"""Measures as bars on a time axis, as the timeline and the Gantt chart share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from metrics.charts.theme import Palette, Spec, Words, hover_text, legend_entry

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
_SHORTEST = timedelta(days=8)

Bounds = tuple[date, date]
"""First and last day that a date may mean."""


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
class Bar:
    """A piece of a bar at `place` of the upright axis: `sure`, or hatched because the date is imprecise or open."""

    row: TimelineRow
    place: float
    first: date
    last: date
    sure: bool
    opacity: float = 1.0


def state_group(row: TimelineRow) -> str:
    """The group that a measure's state belongs to."""
    return STATE_GROUPS.get(row.state, "planned")


def all_days(rows: Sequence[TimelineRow], today: date) -> Iterable[date]:
    """Every day that the axis must hold."""
    yield today
    for row in rows:
        yield from row.start or ()
        yield from row.end or ()
        yield from (step.day for step in row.milestones)


def pieces(row: TimelineRow, place: float, span: Sequence[date], today: date) -> list[Bar]:
    """What is certain as one bar, what is not as hatched ends."""
    if not row.start and not row.end:
        return []
    start = row.start or _open_start(row, span, today)
    end = row.end or _open_end(row, span, today)
    sure_from, sure_to = start[1], end[0]
    if sure_from >= sure_to:
        exact = start[0] == start[1] and end[0] == end[1]
        return [Bar(row, place, start[0], max(end[1], start[0] + _SHORTEST), exact)]
    pieces = [Bar(row, place, sure_from, sure_to, True)]
    if start[0] < sure_from:
        pieces.insert(0, Bar(row, place, start[0], sure_from, False))
    if end[1] > sure_to:
        pieces.append(Bar(row, place, sure_to, end[1], False))
    return pieces


def _open_end(row: TimelineRow, span: Sequence[date], today: date) -> Bounds:
    """A running measure certainly lasts until today, an ended one ended by today, a planned one ends some time."""
    assert row.start is not None
    group, begun = state_group(row), row.start[1]
    if group in ("done", "discontinued"):
        return begun, max(begun, today)
    return (begun if group == "planned" else max(begun, today)), span[1]


def _open_start(row: TimelineRow, span: Sequence[date], today: date) -> Bounds:
    """A planned measure starts between today and its end, an ended one before its end, any other before today."""
    assert row.end is not None
    group, ended = state_group(row), row.end[0]
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


def group_bars(group: str, bars: Sequence[Bar], words: Words, colours: Palette, width: float) -> list[Spec]:
    """The bars of one group: one trace for what is certain, which names the group, and one for what is not."""
    colour, shape = _looks(colours)[group]
    mine = [bar for bar in bars if state_group(bar.row) == group]
    traces = []
    nothing: list[Any] = [None]
    for sure in (True, False):
        chosen = [bar for bar in mine if bar.sure is sure]
        if not chosen and not (sure and mine):
            continue
        faded: Spec = {"opacity": [bar.opacity for bar in chosen]} if any(bar.opacity < 1 for bar in chosen) else {}
        hatch = {"shape": shape if sure else "/", "size": 6, "solidity": 0.3, "fillmode": "overlay"}
        edges = [0 if bar.opacity < 1 else 1 for bar in chosen] if faded else 1
        look = {"color": colour if sure else colours.surface, "line": {"width": edges, "color": colour}}
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [bar.place for bar in chosen] or nothing,
                "base": [bar.first for bar in chosen] or nothing,
                "x": [max((bar.last - bar.first).days, 1) * 86_400_000 for bar in chosen] or nothing,
                "width": width,
                "name": words[group],
                "showlegend": sure,
                "customdata": [bar.row.id for bar in chosen],
                "hovertext": [hover_text(bar.row.hover or f"{bar.row.title}\n{bar.row.state_text}") for bar in chosen],
                "hoverinfo": "text",
                "textposition": "none",
                "marker": {**look, **faded, "pattern": {**hatch, "fgcolor": colours.surface if sure else colour}},
            }
        )
    return traces


def imprecise_entry(words: Words, colours: Palette) -> Spec:
    """What the hatched ends mean, for the legend; `words` needs `imprecise`."""
    pattern = {"shape": "/", "fgcolor": colours.neutral, "bgcolor": colours.surface, "size": 6, "solidity": 0.3}
    swatch = {"color": colours.surface, "pattern": pattern, "line": {"width": 1, "color": colours.neutral}}
    return legend_entry(words["imprecise"], type="bar", marker=swatch)
