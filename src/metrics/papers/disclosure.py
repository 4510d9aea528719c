"""Which values must not be told because a single firm or person could be recognised, or worked out by subtraction.

A cell is one indicator's value of one period. It is withheld of itself where it counts one or two units, where one
contributor stands for nearly all of it, or where its indicator is confidential. Then others are withheld with it, until
no total and its parts leave exactly one unknown: what is unknown in such a tree of sums has always a second unknown to
make up for it, so no value follows from those that are shown.

ASSUMPTION: sums over time (the quarters of a year of the same indicator) are not looked at; series have one rhythm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from metrics.locale.catalogue import Language
from metrics.papers.model import IndicatorLine
from metrics.papers.periods import period_of

SMALLEST_COUNT = 3
"""A count below this, and above nothing, lets single units be recognised."""
DOMINANT_SHARE = 0.85
"""Where one contributor stands for more than this, the value tells the contributor's."""


class Cell(NamedTuple):
    """One indicator's value of one period, named as readers see it ("2024", "3. Quartal 2026")."""

    indicator_id: str
    period: str


Figures = dict[Cell, float | None]
"""What is known of each cell; None: it is withheld already, and nobody here knows it."""


def withheld_cells(lines: Sequence[IndicatorLine], language: Language) -> frozenset[Cell]:
    """Every cell of these indicators that the public may not see, those of confidential indicators included."""
    figures: Figures = {}
    hidden: set[Cell] = set()
    for line in lines:
        own = figures_of(line, language)
        figures |= own
        hidden |= set(own) if line.confidential else _telling_too_much(line, own, language)
    families = _families(lines)
    while more := _unprotected(families, figures, hidden):
        hidden |= more
    return frozenset(hidden)


def figures_of(line: IndicatorLine, language: Language) -> Figures:
    """The cells of an indicator: its series, and its first and last value as they are told."""
    figures: Figures = {}
    for point in line.points:
        if point.value is not None or point.withheld:
            figures[Cell(line.id, period_of(point, language))] = point.value
    for told in (line.baseline, line.actual):
        if told is not None:
            for cell in told_cells(line, told, language):
                figures.setdefault(cell, told)
    return figures


def told_cells(line: IndicatorLine, value: float, language: Language) -> frozenset[Cell]:
    """The cells that `line.baseline` or `line.actual`, whichever is `value`, may stand for.

    That of its own period; in a series that does not know this period, those that hold this value as it is rounded;
    else a new one.
    """
    known = ((line.baseline, line.baseline_period), (line.actual, line.actual_period))
    told = {period for held, period in known if held == value and period}
    periods = {period_of(point, language): point.value for point in line.points}
    near = 10.0**-line.decimals
    alike = {period for period, held in periods.items() if held is not None and abs(held - value) < near}
    found = told & set(periods) or alike
    return frozenset(Cell(line.id, period) for period in found or told or {""})


def _telling_too_much(line: IndicatorLine, own: Figures, language: Language) -> set[Cell]:
    """The cells of an indicator that are withheld of themselves."""
    points = {
        Cell(line.id, period_of(point, language))
        for point in line.points
        if point.withheld or (point.largest_share or 0) > DOMINANT_SHARE or _is_small(line, point.value)
    }
    return {cell for cell, value in own.items() if cell in points or value is None or _is_small(line, value)}


def _is_small(line: IndicatorLine, value: float | None) -> bool:
    return line.counts_units and value is not None and 0 < value < SMALLEST_COUNT


def _families(lines: Sequence[IndicatorLine]) -> dict[str, list[str]]:
    """The parts of each total that is among the indicators, by its id."""
    known = {line.id for line in lines}
    families: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.part_of in known and line.part_of not in (None, line.id):
            families[str(line.part_of)].append(line.id)
    return families


def _unprotected(families: Mapping[str, Sequence[str]], figures: Figures, hidden: set[Cell]) -> set[Cell]:
    """Cells to withhold next; empty once all are safe."""
    periods = sorted({cell.period for cell in hidden})
    found = {
        cell
        for total, parts in families.items()
        for period in periods
        for cell in _next_of_family(Cell(total, period), [Cell(part, period) for part in parts], figures, hidden)
    }
    return found - hidden


def _next_of_family(total: Cell, parts: Iterable[Cell], figures: Figures, hidden: set[Cell]) -> list[Cell]:
    present = sorted(
        (part for part in parts if part in figures), key=lambda part: (abs(figures[part] or 0), part.indicator_id)
    )
    if total not in figures or not present:
        return []
    secret = [part for part in present if part in hidden]
    shown = [part for part in present if part not in hidden]
    if total in hidden:
        return [] if secret else _first_that_matters(shown, figures) or shown[:1]
    if not secret or (len(secret) > 1 and sum(abs(_or_many(figures[part])) for part in secret) >= SMALLEST_COUNT):
        return []
    return _first_that_matters(shown, figures) or [total]


def _first_that_matters(cells: Sequence[Cell], figures: Figures) -> list[Cell]:
    """The smallest that is not nothing: a part of nothing hides nobody."""
    return [cell for cell in cells if figures[cell]][:1]


def _or_many(value: float | None) -> float:
    return SMALLEST_COUNT if value is None else value
