"""Geometry and words of the charts: shares of a width, labels already written, and a sentence for who cannot see them.

In a bullet 0 is the start, 1 the target and right is better; what gets worse runs to the left of the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, number, quantity
from metrics.locale.words import course_meaning
from metrics.papers.model import IndicatorLine, PointLine, QuarterLoad, RankedMeasure
from metrics.papers.sheet.lines import Part, alt_text, flat, joined, mark, shortened
from metrics.papers.telling import absent_told

FURTHEST_LEFT, LEAST_LEFT, RIGHT_END = -0.5, -0.06, 1.15
MARGIN = 0.04
LONGEST_NAME = 90
MOST_QUARTERS = 16
MOST_WITHOUT_BAR = 3
MOST_POINTS_IN_MATRIX = 30
_TOO_NEAR_ACROSS, _TOO_NEAR_UP = 0.037, 0.07
"""Points of a matrix nearer than these shares of its width and height would hide each other."""


def bullets(lines: Sequence[IndicatorLine], most: int, language: Language) -> Part | None:
    """One bar per indicator on a common scale; of more than `most`, those furthest from their path.

    Some indicators without a share of the way show why; many of them are left to the table. None if no bar is left.
    """
    drawable = [line for line in lines if _has_bar(line)]
    few_without = len(lines) - len(drawable) <= MOST_WITHOUT_BAR
    shown = _worst(lines if few_without else drawable, most)
    if not drawable:
        return None
    shares = [share for line in shown for share in (line.share, line.expected_share) if share is not None]
    left = max(FURTHEST_LEFT, min([LEAST_LEFT, *(share - MARGIN for share in shares)]))
    sentences = [_counts_sentence(lines, language), *(bullet_sentence(line, language) for line in _by_severity(shown))]
    caption = translate("Balken: Ist · schwarzer Strich: Plan heute · Raute: Ziel. Rechts ist besser.", language)
    caption = joined([caption, _left_out(len(drawable), len(shown), len(lines), few_without, language)], " ")
    rest = translate("Alle weiteren Werte stehen in der Tabelle.", language)
    return {
        "left": left,
        "right": RIGHT_END,
        "caption": caption,
        "alt": alt_text(sentences, rest),
        "bars": [_bar(line, left, language) for line in shown],
    }


def _left_out(drawable: int, shown: int, indicators: int, few_without: bool, language: Language) -> str:
    if shown == indicators:
        return ""
    told = {"gezeigt": number(shown, language), "alle": number(indicators, language)}
    if few_without or shown < drawable:
        return translate("Gezeigt: {gezeigt} von {alle} Indikatoren, die mit dem größten Rückstand.", language, **told)
    return translate("Gezeigt: {gezeigt} von {alle} Indikatoren, alle mit berechenbarem Weg.", language, **told)


def bullet_sentence(line: IndicatorLine, language: Language) -> str:
    """One indicator as a sentence."""
    if line.actual is None:
        return translate(
            "{titel}: {fehlt}, {grund}.",
            language,
            titel=shortened(line.title, LONGEST_NAME),
            fehlt=absent_told(line, language),
            grund=shortened(line.reason or course_meaning(None, language), LONGEST_NAME).rstrip("."),
        )
    return translate(
        "{titel}: Ist {ist}, Plan heute {plan}, Ziel {ziel}; {lage}.",
        language,
        titel=shortened(line.title, LONGEST_NAME),
        ist=quantity(line.actual, line.unit, language, line.decimals),
        plan=number(line.expected, language, line.decimals),
        ziel=target_told(line, language),
        lage=course_meaning(line.course, language),
    )


def target_told(line: IndicatorLine, language: Language) -> str:
    """The target as a number, in words where it has no number, or "–"."""
    if line.target is None:
        return shortened(line.target_told, LONGEST_NAME) if line.target_told else MISSING
    return number(line.target, language, line.decimals)


def spark(line: IndicatorLine) -> Part | None:
    """The series as pieces of a line in a unit square; None with fewer than two values.

    A value that is missing or withheld interrupts the line.
    """
    known = [point.value for point in line.points if point.value is not None]
    if len(known) < 2:
        return None
    first, last = line.points[0].end, line.points[-1].end
    low, high = min(known), max(known)
    pieces: list[list[list[float]]] = [[]]
    for point in line.points:
        if point.value is None:
            pieces.append([])
        else:
            height = (point.value - low) / (high - low) if high > low else 0.5
            pieces[-1].append([_along(point, first, last), round(height, 4)])
    return {"pieces": [piece for piece in pieces if piece], "colour": mark(line.course, "de")["colour"]}


def columns(quarters: Sequence[QuarterLoad], language: Language) -> Part:
    """Work per quarter: what the capacity covers, what goes beyond it, and the capacity as a line."""
    shown = quarters[:MOST_QUARTERS]
    highest = max([0.1, *(max(one.demand, one.capacity) for one in shown)]) * 1.12
    step = _step(highest)
    over = [one for one in shown if one.missing > 0]
    sentences = [
        translate(
            "In {anzahl} von {alle} Quartalen ist mehr Arbeit geplant, als es Stellen gibt.",
            language,
            anzahl=number(len(over), language),
            alle=number(len(shown), language),
        ),
        *(_quarter_sentence(one, language) for one in shown),
    ]
    return {
        "ticks": [
            {"at": round(step * part / highest, 4), "label": number(step * part, language)}
            for part in range(int(highest / step) + 1)
        ],
        "columns": [_column(one, highest, language) for one in shown],
        "covered": translate("durch Stellen gedeckt", language),
        "beyond": translate("über der Kapazität einer Gruppe", language),
        "capacity": translate("Kapazität", language),
        "caption": translate(
            "Geplante Arbeit je Quartal in Vollzeitäquivalenten (VZÄ) und verfügbare Kapazität", language
        ),
        "alt": alt_text(sentences, translate("Alle weiteren Werte stehen in der Tabelle.", language)),
    }


def matrix(rows: Sequence[RankedMeasure], language: Language) -> Part | None:
    """Impact against effort, the numbers are ranks; None where no measure has both."""
    rated = [row for row in rows if row.effort is not None and row.impact is not None]
    if not rated:
        return None
    shown = rated[:MOST_POINTS_IN_MATRIX]
    scale = _scale([value for row in shown for value in (row.effort, row.impact) if value is not None])
    sentences = [
        translate("Matrix der Maßnahmen nach Wirkung und Aufwand.", language),
        *(_point_sentence(row, language) for row in shown),
    ]
    caption = translate("Die Zahl im Kreis ist der Rang. Was gleich bewertet ist, steht nebeneinander.", language)
    if len(shown) < len(rows):
        few = translate(
            "Gezeigt: {gezeigt} von {alle} Maßnahmen.",
            language,
            gezeigt=number(len(shown), language),
            alle=number(len(rows), language),
        )
        caption = f"{caption} {few}"
    return {
        "points": _points(shown, scale, language),
        "across": translate("Aufwand", language),
        "up": translate("Wirkung", language),
        "low": translate("gering", language),
        "high": translate("hoch", language),
        "corners": [
            translate("zuerst umsetzen", language),
            translate("vorbereiten", language),
            translate("nebenbei mitnehmen", language),
            translate("zurückstellen", language),
        ],
        "chosen": translate("ausgewählt", language),
        "other": translate("nicht ausgewählt", language),
        "undecided": all(row.chosen is None for row in shown),
        "caption": caption,
        "alt": alt_text(sentences, translate("Alle weiteren Werte stehen in der Tabelle.", language)),
    }


def _worst(lines: Sequence[IndicatorLine], most: int) -> list[IndicatorLine]:
    """At most so many, in the order of the paper."""
    if len(lines) <= most:
        return list(lines)
    taken = {line.id for line in _by_severity(lines)[:most]}
    return [line for line in lines if line.id in taken][:most]


def _by_severity(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """Worst first, within a course the one that lacks most; what cannot be judged comes last."""
    return sorted(lines, key=lambda line: (-line.course.severity if line.course else 1, line.share or 0.0))


def _has_bar(line: IndicatorLine) -> bool:
    return line.share is not None and line.actual is not None


def _bar(line: IndicatorLine, left: float, language: Language) -> Part:
    share = line.share if _has_bar(line) else None
    plan = None if share is None or line.expected_share is None else _clamped(line.expected_share, left)
    return {
        "name": shortened(line.title, LONGEST_NAME),
        "share": None if share is None else _clamped(share, left),
        "beyond": share is not None and not left <= share <= RIGHT_END,
        "plan": plan,
        "labels": {
            "start": _label(translate("Start", language), line.baseline, line, language),
            "plan": _label(translate("Plan", language), line.expected, line, language) if plan is not None else "",
            "target": _label(translate("Ziel", language), line.target, line, language),
        },
        "told": _actual_told(line, language),
        "without": _why_no_bar(line, language) if share is None else "",
        "mark": mark(line.course, language),
    }


def _actual_told(line: IndicatorLine, language: Language) -> str:
    if line.actual is None:
        return absent_told(line, language)
    return number(line.actual, language, line.decimals)


def _why_no_bar(line: IndicatorLine, language: Language) -> str:
    return shortened(line.reason or line.target_told or translate("kein Anteil am Weg berechenbar", language), 46)


def _label(word: str, value: float | None, line: IndicatorLine, language: Language) -> str:
    return "" if value is None else f"{word} {number(value, language, line.decimals)}"


def _clamped(share: float, left: float) -> float:
    return round(min(RIGHT_END, max(left, share)), 4)


def _along(point: PointLine, first: date, last: date) -> float:
    days = (last - first).days
    return round((point.end - first).days / days, 4) if days else 0.0


def _counts_sentence(lines: Sequence[IndicatorLine], language: Language) -> str:
    counts = ((course, sum(line.course is course for line in lines)) for course in (*Course, None))
    told = ", ".join(
        f"{number(count, language)} {course_meaning(course, language)}" for course, count in counts if count
    )
    return translate_plural(
        "Balkendiagramm zum Weg von {number} Indikator: {lagen}.",
        "Balkendiagramm zum Weg von {number} Indikatoren: {lagen}.",
        len(lines),
        language,
        lagen=told,
    )


def _column(quarter: QuarterLoad, highest: float, language: Language) -> Part:
    covered = quarter.demand - quarter.missing
    return {
        "label": flat(quarter.label),
        "told": number(quarter.demand, language, 1),
        "covered": round(covered / highest, 4),
        "beyond": round((quarter.demand - covered) / highest, 4),
        "capacity": round(quarter.capacity / highest, 4),
    }


def _quarter_sentence(quarter: QuarterLoad, language: Language) -> str:
    return translate(
        "{quartal}: Bedarf {bedarf}, Kapazität {kapazitaet} VZÄ.",
        language,
        quartal=flat(quarter.label),
        bedarf=number(quarter.demand, language, 1),
        kapazitaet=number(quarter.capacity, language, 1),
    )


def _step(highest: float) -> float:
    """A round distance that gives two to six lines."""
    step = 0.1
    for factor in (2, 2.5, 2) * 12:
        if highest / step <= 6:
            break
        step *= factor
    return step


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """Begin and end of both axes: ratings go to 1, 5, 10 or 100; where they begin with 1, the middle one is central."""
    highest = max(values)
    end = next((float(end) for end in (1, 5, 10, 100) if highest <= end), highest)
    return (0.5, end + 0.5) if min(values) >= 1 and end in (5, 10) else (min(0.0, *values), end)


def _points(rows: Sequence[RankedMeasure], scale: tuple[float, float], language: Language) -> list[Part]:
    placed: list[tuple[float, float]] = []
    points = []
    for row in rows:
        across, up = _on_axis(row.effort, scale), _on_axis(row.impact, scale)
        neighbours = sum(abs(across - x) < _TOO_NEAR_ACROSS and abs(up - y) < _TOO_NEAR_UP for x, y in placed)
        placed.append((across, up))
        points.append(
            {
                "across": round(across, 4),
                "up": round(up, 4),
                "neighbours": neighbours,
                "label": number(row.rank, language),
                "chosen": row.chosen is not False,
            }
        )
    return points


def _on_axis(value: float | None, scale: tuple[float, float]) -> float:
    begin, end = scale
    return ((value or 0.0) - begin) / (end - begin)


def _point_sentence(row: RankedMeasure, language: Language) -> str:
    return translate(
        "Rang {rang}, {titel}: Wirkung {wirkung}, Aufwand {aufwand}.",
        language,
        rang=number(row.rank, language),
        titel=shortened(row.title, LONGEST_NAME),
        wirkung=number(row.impact, language, 1),
        aufwand=number(row.effort, language, 1),
    )
