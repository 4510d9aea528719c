"""Arrows between bars in time: what must end before something else can begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.charts.theme import Palette, Spec, plain

ROW_GAP = 12
"""Pixels between two rows, where arrows run back."""


@dataclass(frozen=True, slots=True)
class GanttLink:
    """Finish–start: `after_id` can begin only when `before_id` has ended. `id`s of rows."""

    before_id: str
    after_id: str
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A row: pixels from the top of its first line, its bar's middle and its end; first and last day of the bar."""

    top: float
    bar: float
    end: float
    first: date | None
    last: date | None


def signs(name: str, days: Sequence[date], y: Sequence[float], hovers: Sequence[str], marker: Spec) -> Spec:
    """Markers that the legend explains, with hover texts or none."""
    hover: Spec = {"hovertext": list(hovers), "hoverinfo": "text"} if hovers else {"hoverinfo": "skip"}
    trace: Spec = {"type": "scatter", "mode": "markers", "name": plain(name, 60), "showlegend": True, "marker": marker}
    return {**trace, "x": list(days), "y": list(y), **hover}


def arrows(
    links: Sequence[GanttLink], boxes: Mapping[str, Box], span: Sequence[date], name: str, colours: Palette
) -> list[Spec]:
    """Elbows from the end of what comes first to the begin of what follows; on the critical path thick and solid.

    Links to a row that is not among the boxes or has no bar are left out; `name` explains the heads in the legend.
    """
    where = {key: box for key, box in boxes.items() if box.first and box.last}
    traces: list[Spec] = []
    heads: list[tuple[date, float]] = []
    for critical in (False, True):
        x: list[date | None] = []
        y: list[float | None] = []
        for link in links:
            if link.critical is critical and link.before_id in where and link.after_id in where:
                corners = _elbow(where[link.before_id], where[link.after_id], span)
                x += [*(day for day, _ in corners), None]
                y += [*(level for _, level in corners), None]
                heads.append(corners[-1])
        line = {"color": colours.text if critical else colours.path, "width": 2.5 if critical else 1.25}
        if x:
            common = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
            traces.append({**common, "x": x, "y": y, "line": line})
    if heads:
        marker = {"symbol": "triangle-right", "size": 9, "color": colours.text}
        heads_trace = signs(name, [day for day, _ in heads], [level for _, level in heads], [], marker)
        traces.append({**heads_trace, "legendrank": 1002})
    return traces


def _elbow(before: Box, after: Box, span: Sequence[date]) -> list[tuple[date, float]]:
    """The corners of an arrow; where the follower begins too early, it runs back between the two rows."""
    assert before.last and after.first
    stub = max((span[1] - span[0]) * 0.02, timedelta(days=1))
    tip = after.first - stub * 0.25
    if tip - before.last >= stub * 1.25:
        turn = before.last + stub * 0.5
        return [(before.last, before.bar), (turn, before.bar), (turn, after.bar), (tip, after.bar)]
    out, back = before.last + stub * 0.5, tip - stub
    level = before.end - ROW_GAP / 2 if after.bar > before.bar else before.top - ROW_GAP / 2
    return [
        (before.last, before.bar),
        (out, before.bar),
        (out, level),
        (back, level),
        (back, after.bar),
        (tip, after.bar),
    ]
