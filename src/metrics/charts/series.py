"""Values over time as the charts share them: points, unbroken runs of points, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.charts.theme import Palette, Row, Spec, Words, hover_text, wrap

SPACER: Spec = {"size": 15, "opacity": 0}
"""An invisible marker keeps a text at a distance from its point."""
_CHARACTERS = 46
"""How many characters the width of a telephone holds beside the axis."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value for the period `start`–`end`, in the indicator's unit; `text` is it in words ("7,9 %").

    `qualifier`: exact, approximate, estimated, more_than or less_than. `hover` may run over several lines.
    """

    start: date
    end: date
    value: float
    text: str = ""
    hover: str = ""
    qualifier: str = "exact"
    provisional: bool = False
    illustrative: bool = False
    break_before: bool = False
    source: str = ""

    @property
    def day(self) -> date:
        """Where it stands on the time axis: the middle of its period, so that a year's value stands over the year."""
        return middle(self.start, self.end)


Segments = tuple[tuple[Point, ...], ...]
"""Runs of points that a line may join; between two runs there is a gap or a break."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or from `day` to `end`."""

    day: date
    title: str
    hover: str = ""
    end: date | None = None


def middle(start: date, end: date) -> date:
    """The day halfway through a period."""
    return start + (end - start) / 2


def segments(points: Iterable[Point], longest_gap_days: int | None = None) -> Segments:
    """Points in order of time, cut at breaks and where two periods lie more than `longest_gap_days` apart."""
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda point: (point.day, point.end)):
        far = bool(runs) and longest_gap_days is not None and (point.start - runs[-1][-1].end).days > longest_gap_days
        if not runs or point.break_before or far:
            runs.append([])
        runs[-1].append(point)
    return tuple(tuple(run) for run in runs)


def all_points(runs: Segments) -> list[Point]:
    """Every point of the runs, in their order."""
    return [point for run in runs for point in run]


def line(runs: Segments, **trace: object) -> Spec:
    """A line trace that is interrupted between the runs."""
    days: list[date | None] = []
    values: list[float | None] = []
    for run in runs:
        if days:
            days.append(None)
            values.append(None)
        days += [point.day for point in run]
        values += [point.value for point in run]
    return {"type": "scatter", "mode": "lines", "x": days, "y": values, "hoverinfo": "skip", **trace}


_SYMBOLS = {
    "exact": "circle",
    "approximate": "circle-open",
    "estimated": "cross-open",
    "more_than": "triangle-up-open",
    "less_than": "triangle-down-open",
    "provisional": "square-open",
    "illustrative": "diamond-open",
}
"""How certain a value is, told by the shape of its marker."""

CERTAINTY_WORDS = tuple(_SYMBOLS)


def certainty(point: Point) -> str:
    """What is to be said about the value first: an example, provisional, or how the source words it."""
    if point.illustrative:
        return "illustrative"
    if point.provisional:
        return "provisional"
    return point.qualifier if point.qualifier in _SYMBOLS else "exact"


def symbol(point: Point) -> str:
    """The marker's shape, which says how certain the value is."""
    return _SYMBOLS[certainty(point)]


def markers(
    points: Sequence[Point], words: Words, colour: str, colours: Palette, *, size: int = 8, legend: bool = True
) -> list[Spec]:
    """One marker trace per certainty that occurs; `words` needs `CERTAINTY_WORDS` if there is a legend."""
    traces = []
    for kind, shape in _SYMBOLS.items():
        chosen = [point for point in points if certainty(point) == kind]
        if chosen:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [point.day for point in chosen],
                    "y": [point.value for point in chosen],
                    "name": words[kind] if legend else "",
                    "showlegend": legend,
                    "marker": {
                        "symbol": shape,
                        "size": size + 1 if shape.endswith("open") else size,
                        "color": colour,
                        "line": {"width": 2 if shape.endswith("open") else 1, "color": colour},
                    },
                    "hovertext": [hover_text(point.hover or point.text) for point in chosen],
                    "hoverinfo": "text",
                }
            )
    return traces


def value_range(values: Iterable[float], share: float = 0.12) -> list[float]:
    """The values' range with room at both ends; never below 0 for values that never are. 0–1 without values."""
    known = list(values)
    if not known:
        return [0.0, 1.0]
    lowest, highest = min(known), max(known)
    room = (highest - lowest) * share or abs(highest) * share or 1.0
    floor = lowest - room
    return [max(0.0, floor) if lowest >= 0 else floor, highest + room]


def day_range(days: Iterable[date], share: float = 0.03) -> list[date]:
    """The range of at least one day with room at both ends."""
    known = list(days)
    room = max(timedelta(days=round((max(known) - min(known)).days * share)), timedelta(days=20))
    return [min(known) - room, max(known) + room]


def time_axis(span: Sequence[date]) -> Spec:
    """A time axis from `span[0]` to `span[1]` with years or, on a short one, months as numbers.

    Month names would depend on the locale of whatever renders the figure; the labels fit on a narrow screen.
    """
    return {
        "type": "date",
        "range": list(span),
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
        "ticklabelmode": "period",
        "tickangle": 0,
        "nticks": 9 if (span[1] - span[0]).days > 4 * 365 else 5,
        "tickformatstops": [
            {"dtickrange": [None, "M1"], "value": "%d.%m.%y"},
            {"dtickrange": ["M1", "M11"], "value": "%m/%Y"},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ],
    }


def month_ticks(span: Sequence[date], most: int = 6) -> list[tuple[date, str]]:
    """Begins of months, quarters, half-years or years with their texts, at most as many as a telephone has room for."""
    months = [date(at // 12, at % 12 + 1, 1) for at in range(_month(span[0]) + 1, _month(span[1]) + 1)]
    for step in (1, 3, 6, 12, 24, 60, 120):
        days = [day for day in months if _month(day) % step == 0]
        if len(days) <= most:
            break
    return [(day, f"{day:%m/%Y}" if step < 12 else str(day.year)) for day in days]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


VALUE_TICKS = ",.10~f"
"""Every digit that matters, with the separators of the language and never in k or M."""

POINT_COLUMNS = ("column_series", "column_from", "column_to", "column_value", "column_source", "column_note")


def point_rows(points: Iterable[Point], series: str, words: Words, note: str = "") -> list[Row]:
    """Table rows of the points; the note says what the marker's shape says."""
    return [
        {
            words["column_series"]: series,
            words["column_from"]: point.start,
            words["column_to"]: point.end,
            words["column_value"]: point.value,
            words["column_source"]: point.source,
            words["column_note"]: ", ".join(_notes(point, words, note)),
        }
        for point in points
    ]


def event_rows(events: Iterable[Event], words: Words) -> list[Row]:
    """Table rows of the events; `words` needs `event`."""
    return [
        {
            words[column]: value
            for column, value in zip(
                POINT_COLUMNS,
                (words["event"], event.day, event.end or event.day, None, "", event.title),
                strict=True,
            )
        }
        for event in events
    ]


def upright(day: date, colour: str, dash: str = "solid") -> Spec:
    """A line over the whole height of the plot, behind everything else."""
    stroke = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": stroke, "layer": "below"}


def event_band(events: Sequence[Event], span: Sequence[date], colours: Palette) -> list[Spec]:
    """Traces with one line per event (0, 1, …): its day or its time, and its title on the side where there is room."""
    if not events:
        return []
    later = [(event.day - span[0]) > (span[1] - span[0]) * 0.5 for event in events]
    traces: list[Spec] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [event.day, event.end],
            "y": [at, at],
            "line": {"color": colours.path, "width": 6},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for at, event in enumerate(events)
        if event.end
    ]
    silent: Spec = {"type": "scatter", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    rows = list(range(len(events)))
    signs: Spec = {
        "mode": "markers",
        "x": [event.day for event in events],
        "y": rows,
        "marker": {"symbol": "circle", "size": 9, "color": colours.path},
        "hovertext": [hover_text(event.hover or event.title) for event in events],
    }
    titles: Spec = {
        "mode": "markers+text",
        "marker": SPACER,
        "x": [event.day if side else event.end or event.day for event, side in zip(events, later, strict=True)],
        "y": rows,
        "text": [_title(event, span) for event in events],
        "textposition": ["middle left" if side else "middle right" for side in later],
        "textfont": {"size": 12, "color": colours.text},
    }
    return [*traces, {**silent, **signs, "hoverinfo": "text"}, {**silent, **titles}]


def _title(event: Event, span: Sequence[date]) -> str:
    """The title in lines that fit on the wider side of its day on a telephone."""
    place = (event.day - span[0]) / (span[1] - span[0])
    return wrap(event.title, min(max(int(max(place, 1 - place) * _CHARACTERS), 18), 40), 2)


def _notes(point: Point, words: Words, note: str) -> list[str]:
    notes = [note] if note else []
    if point.qualifier in _SYMBOLS and point.qualifier != "exact":
        notes.append(words[point.qualifier])
    notes += [words[key] for key in ("provisional", "illustrative") if getattr(point, key)]
    if point.break_before:
        notes.append(words["break"])
    return notes
