"""The charts of the web papers as inline SVG: no script, no style attribute, readable without colour.

Each function takes lines of the model and returns a drawing with its alternative text, or nothing where nothing can be
drawn. Lengths are in units of the drawing's own view box.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number, quantity
from metrics.locale.words import course_meaning
from metrics.papers.markup import Markup, el, shortened
from metrics.papers.model import IndicatorLine, PointLine, QuarterLoad, RankedMeasure
from metrics.papers.periods import period_of
from metrics.papers.style import ACCENT, GREY, SIGNS, course_key
from metrics.papers.svg_parts import (
    GRID,
    INK,
    LONGEST_ALTERNATIVE,
    PLANNED,
    TRACK,
    WHITE,
    Dates,
    Numbers,
    between,
    box,
    coordinate,
    diamond,
    drawing,
    label,
    stroke,
    tick_text,
    ticks,
)

MOST_MARKS = 30
"""Places of a ranking that a matrix can show without hiding one another."""

_SHAPES: dict[str, tuple[str, dict[str, object]]] = {
    "sun": ("circle", {"cx": 8, "cy": 8, "r": 6}),
    "sun_cloud": ("rect", {"x": 2.5, "y": 2.5, "width": 11, "height": 11}),
    "cloud": ("path", {"d": "M8 2 15 14H1Z"}),
    "thunderstorm": ("path", {"d": "M8 1 15 8 8 15 1 8Z"}),
}


def sign(course: str) -> Markup:
    """A course's sign for beside its word, so it has no words of its own."""
    colour = SIGNS[course].colour
    if course in _SHAPES:
        name, where = _SHAPES[course]
        shape = el(name, **where, fill=colour)
    else:
        shape = el("circle", cx=8, cy=8, r=5, fill="none", stroke=colour, stroke_width=2)
    return el(
        "svg", shape, class_="sign", viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", focusable="false"
    )


# --- bullet: from the start to the target ---------------------------------------------------------------------------

_START, _WAY = 110.0, 210.0
_LEFT, _RIGHT = 8.0, 392.0


def bullet(line: IndicatorLine, language: Language) -> Markup:
    """Start to target as 0 to 100 %, further right is always better: bar for the value, tick for today's plan, diamond.

    A value worse than the start runs to the left of it. Empty where there is neither a share nor a way to a target.
    """
    if line.share is None and (line.target is None or line.expected_share is None):
        return Markup("")
    parts = [box(_START, 24, _WAY, 14, TRACK)]
    if line.expected_share is not None:
        parts.append(between(_START, _along(line.expected_share), 24, 14, PLANNED))
    if line.share is not None:
        parts += _bar(line, line.share)
    parts.append(stroke(_START, 20, _START, 42, GREY, 1.2))
    if line.expected_share is not None:
        at = _along(line.expected_share)
        parts.append(box(at - 1.3, 18, 2.6, 26, INK))
        parts.append(label(at, 13, _told(translate("Plan", language), line.expected, line, language), "middle"))
    parts.append(diamond(_START + _WAY, 31, 8))
    if line.baseline is not None:
        parts.append(label(_START, 58, _told(translate("Start", language), line.baseline, line, language), "middle"))
    parts.append(label(_START + _WAY, 58, _told(translate("Ziel", language), line.target, line, language), "middle"))
    return drawing(400, 64, bullet_alternative(line, language), parts, "bullet")


def bullet_alternative(line: IndicatorLine, language: Language) -> str:
    """What the bullet of an indicator shows."""
    named = (
        (translate("Start", language), line.baseline),
        (translate("Plan heute", language), line.expected),
        (translate("Ist", language), line.actual),
        (translate("Ziel", language), line.target),
    )
    told = ", ".join(
        f"{name} {quantity(value, line.unit, language, line.decimals)}" for name, value in named if value is not None
    )
    return shortened(f"{line.title}: {told}; {course_meaning(line.course, language)}", LONGEST_ALTERNATIVE)


def _bar(line: IndicatorLine, share: float) -> list[Markup]:
    colour = SIGNS[course_key(line.course)].colour
    reached = _START + _WAY * share
    end = _along(share)
    bar = between(_START, end, 27, 8, colour)
    if abs(end - reached) < 0.5:
        return [bar]
    tip = 7 if reached > end else -7
    return [bar, el("path", d=f"M{coordinate(end)} 23 {coordinate(end + tip)} 31 {coordinate(end)} 39Z", fill=colour)]


def _along(share: float) -> float:
    """Where a share stands; what lies far outside is held at the edge."""
    return min(_RIGHT - 10, max(_LEFT + 10, _START + _WAY * share))


def _told(name: str, value: float | None, line: IndicatorLine, language: Language) -> str:
    return name if value is None else f"{name} {number(value, language, line.decimals)}"


# --- series: points over time with the target -----------------------------------------------------------------------

_WIDTH, _HEIGHT = 470.0, 236.0
_AREA = (62.0, 22.0, 388.0, 200.0)
"""Left, top, right and bottom of the plot."""


def series(line: IndicatorLine, language: Language) -> Markup:
    """The values over time with the target; gaps stay gaps. Empty without a value."""
    values = [point.value for point in line.points if point.value is not None]
    if not values:
        return Markup("")
    scale = ticks([*values, *([line.target] if line.target is not None else [])])
    days = [point.end for point in line.points]
    first, last = min(days), max([*days, *([line.due] if line.due and line.target is not None else [])])
    left, top, right, bottom = _AREA

    def across(when: date) -> float:
        span = (last - first).days
        return left + (right - left) * ((when - first).days / span if span else 0.5)

    def up(value: float) -> float:
        return bottom - (bottom - top) * (value - scale[0]) / (scale[-1] - scale[0])

    parts = []
    for tick in scale:
        parts.append(stroke(left, up(tick), right, up(tick), GRID, 1))
        parts.append(label(left - 8, up(tick) + 4, tick_text(tick, scale, language), "end"))
    parts += _dates(line.points, across, language)
    if line.target is not None:
        parts.append(stroke(left, up(line.target), right, up(line.target), ACCENT, 1.5, "6 4"))
        at = across(line.due) if line.due and first <= line.due else right
        parts.append(diamond(at, up(line.target), 7))
        parts.append(
            label(
                right + 12,
                up(line.target) + 4,
                _told(translate("Ziel", language), line.target, line, language),
                "start",
            )
        )
    parts += _curve(line, across, up, language)
    return drawing(_WIDTH, _HEIGHT, series_alternative(line, language), parts, "series")


def series_alternative(line: IndicatorLine, language: Language) -> str:
    """First and last value of the series, and the target."""
    known = [point for point in line.points if point.value is not None]
    ends = [known[0], known[-1]] if len(known) > 1 else known
    told = ", ".join(
        f"{period_of(point, language)} {quantity(point.value, line.unit, language, line.decimals)}" for point in ends
    )
    target = "" if line.target is None else f"; {_told(translate('Ziel', language), line.target, line, language)}"
    start = translate("Verlauf: {titel}", language, titel=line.title)
    return shortened(f"{start}: {told}{target}", LONGEST_ALTERNATIVE)


def _curve(line: IndicatorLine, across: Dates, up: Numbers, language: Language) -> list[Markup]:
    bottom = _AREA[3]
    parts: list[Markup] = []
    run: list[tuple[float, float]] = []
    marks: list[Markup] = []
    last = next(point for point in reversed(line.points) if point.value is not None)
    for point in line.points:
        if point.value is None:
            parts += _run(run)
            run = []
            if point.withheld:
                marks.append(_cross(across(point.end), bottom))
            continue
        at = across(point.end), up(point.value)
        run.append(at)
        fill = WHITE if point.provisional else ACCENT
        marks.append(
            el("circle", cx=coordinate(at[0]), cy=coordinate(at[1]), r=4.5, fill=fill, stroke=ACCENT, stroke_width=2)
        )
        if point is last:
            told = quantity(point.value, line.unit, language, line.decimals)
            marks.append(_beside(at[0], max(14.0, at[1] - 11), told))
    return [*parts, *_run(run), *marks]


def _beside(x: float, y: float, text: str) -> Markup:
    """A label above a point that stays within the drawing."""
    left, _, right, _ = _AREA
    if x < left + 60:
        return label(x - 4, y, text, "start", bold=True)
    if x > right - 60:
        return label(x + 4, y, text, "end", bold=True)
    return label(x, y, text, "middle", bold=True)


def _run(points: Sequence[tuple[float, float]]) -> list[Markup]:
    if len(points) < 2:
        return []
    where = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points)
    return [el("polyline", points=where, fill="none", stroke=ACCENT, stroke_width=2.5, stroke_linejoin="round")]


def _cross(x: float, y: float) -> Markup:
    return el(
        "path", d=f"M{coordinate(x - 4)} {coordinate(y - 4)}l8 8m0 -8l-8 8", fill="none", stroke=GREY, stroke_width=2
    )


def _dates(points: Sequence[PointLine], across: Dates, language: Language) -> list[Markup]:
    baseline = _AREA[3] + 20
    told = [(across(point.end), period_of(point, language)) for point in points]
    if all(len(text) == 4 for _, text in told):
        step = math.ceil(len(told) / 9)
        return [label(x, baseline, text, "middle") for x, text in told[:: -step or None]]
    if len(told) == 1:
        return [label(told[0][0], baseline, told[0][1], "middle")]
    return [label(_AREA[0], baseline, told[0][1], "start"), label(told[-1][0], baseline, told[-1][1], "end")]


# --- load: work against staff ---------------------------------------------------------------------------------------


def load(quarters: Sequence[QuarterLoad], language: Language) -> Markup:
    """Columns of the planned work, what exceeds the staff set on top of it, and the staff as a line. Empty for none."""
    if not quarters:
        return Markup("")
    left, top, right, bottom = 48.0, 58.0, 476.0, 250.0
    scale = ticks([0.0, *(quarter.demand for quarter in quarters), *(quarter.capacity for quarter in quarters)])
    room = (right - left) / len(quarters)
    width = min(96.0, room * 0.6)

    def up(value: float) -> float:
        return bottom - (bottom - top) * value / scale[-1]

    over = SIGNS["thunderstorm"].colour
    parts = []
    for tick in scale:
        parts.append(stroke(left, up(tick), right, up(tick), GRID, 1))
        parts.append(label(left - 8, up(tick) + 4, tick_text(tick, scale, language), "end"))
    for place, quarter in enumerate(quarters):
        middle = left + room * (place + 0.5)
        covered = quarter.demand - quarter.missing
        parts.append(box(middle - width / 2, up(covered), width, bottom - up(covered), ACCENT))
        if quarter.missing > 0:
            parts.append(box(middle - width / 2, up(quarter.demand), width, up(covered) - up(quarter.demand) - 2, over))
        parts.append(
            stroke(
                middle - room / 2 + 4,
                up(quarter.capacity),
                middle + room / 2 - 4,
                up(quarter.capacity),
                INK,
                2.5,
                "7 4",
            )
        )
        if room >= 34:
            parts.append(
                label(
                    middle,
                    up(max(quarter.demand, quarter.capacity)) - 7,
                    number(quarter.demand, language, 2),
                    "middle",
                    bold=True,
                )
            )
    parts += _quarter_names(quarters, left, room, bottom)
    parts += _load_legend(language, over)
    return drawing(480, 292, load_alternative(quarters, language), parts, "load")


def load_alternative(quarters: Sequence[QuarterLoad], language: Language) -> str:
    """Which quarters plan more than there is."""
    short = [quarter.label for quarter in quarters if quarter.missing > 0]
    if not short:
        return translate("Arbeit und Personal je Quartal: Das Personal reicht in allen Quartalen.", language)
    told = translate(
        "Arbeit und Personal je Quartal: Zu viel geplant ist im {quartale}.", language, quartale=", ".join(short)
    )
    return shortened(told, LONGEST_ALTERNATIVE)


def _quarter_names(quarters: Sequence[QuarterLoad], left: float, room: float, bottom: float) -> list[Markup]:
    step = math.ceil(74 / room)
    parts = []
    for place, quarter in enumerate(quarters):
        if place % step:
            continue
        first, _, rest = shortened(quarter.label, 24).rpartition(" ")
        middle = left + room * (place + 0.5)
        parts += [label(middle, bottom + 18, first or rest, "middle")]
        parts += [label(middle, bottom + 33, rest, "middle")] if first else []
    return parts


def _load_legend(language: Language, over: str) -> list[Markup]:
    return [
        box(48, 6, 12, 12, ACCENT),
        label(66, 16, translate("mit dem Personal zu schaffen", language), "start"),
        box(310, 6, 12, 12, over),
        label(328, 16, translate("darüber hinaus", language), "start"),
        stroke(42, 32, 64, 32, INK, 2.5, "7 4"),
        label(72, 36, translate("Personal (VZÄ)", language), "start"),
    ]


# --- matrix: impact against effort ----------------------------------------------------------------------------------


def matrix(rows: Sequence[RankedMeasure], language: Language) -> Markup:
    """Impact against effort; each place by its rank, filled where it was chosen. Tied places stand side by side.

    Empty where no measure has both; of many, the first 30 are drawn.
    """
    placed = placed_in_matrix(rows)
    if not placed:
        return Markup("")
    left, top, right, bottom = 48.0, 30.0, 476.0, 310.0
    efforts = ticks([row.effort for row in placed if row.effort is not None], 4)
    impacts = ticks([row.impact for row in placed if row.impact is not None], 4)

    def across(value: float) -> float:
        return left + 24 + (right - left - 48) * (value - efforts[0]) / (efforts[-1] - efforts[0])

    def up(value: float) -> float:
        return bottom - 18 - (bottom - top - 36) * (value - impacts[0]) / (impacts[-1] - impacts[0])

    parts = [
        box(left, top, right - left, bottom - top, WHITE),
        box(left, top, (right - left) / 2, (bottom - top) / 2, "#E8F1F7"),
    ]
    for tick in efforts:
        parts += [stroke(across(tick), top, across(tick), bottom, GRID, 1)]
        parts += [label(across(tick), bottom + 18, tick_text(tick, efforts, language), "middle")]
    for tick in impacts:
        parts += [stroke(left, up(tick), right, up(tick), GRID, 1)]
        parts += [label(left - 8, up(tick) + 4, tick_text(tick, impacts, language), "end")]
    parts.append(label(left + 8, top + 16, translate("viel Wirkung, wenig Aufwand", language), "start", colour=ACCENT))
    parts.append(label(right, bottom + 38, translate("Aufwand →", language), "end"))
    parts.append(label(left - 44, top - 12, translate("↑ Wirkung", language), "start"))
    parts += _marks(placed, across, up, right)
    return drawing(480, 356, matrix_alternative(placed, language), parts, "matrix")


def placed_in_matrix(rows: Iterable[RankedMeasure]) -> list[RankedMeasure]:
    """The measures that a matrix shows, by rank."""
    both = [row for row in rows if row.impact is not None and row.effort is not None]
    return sorted(both, key=lambda row: row.rank)[:MOST_MARKS]


def matrix_alternative(rows: Sequence[RankedMeasure], language: Language) -> str:
    """The first places by name."""
    first = ", ".join(f"{row.rank}. {row.title}" for row in rows[:3])
    return shortened(
        translate("Wirkung und Aufwand der Maßnahmen; vorn: {titel}", language, titel=first), LONGEST_ALTERNATIVE
    )


def _marks(rows: Sequence[RankedMeasure], across: Numbers, up: Numbers, right: float) -> list[Markup]:
    seen: Counter[tuple[float, float]] = Counter()
    parts = []
    for row in rows:
        if row.effort is None or row.impact is None:
            continue
        place = (row.effort, row.impact)
        x = min(across(row.effort) + 30 * seen[place], right - 15)
        seen[place] += 1
        y = up(row.impact)
        fill, ink = (ACCENT, WHITE) if row.chosen else (WHITE, ACCENT)
        parts.append(box(x - 14, y - 12, 28, 24, fill, rx=12, stroke=ACCENT, stroke_width=2))
        parts.append(label(x, y + 5, str(row.rank), "middle", bold=True, colour=ink))
    return parts
