"""Which cells the grid of values shows: what is due, one indicator, several beside each other, or changed ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from metrics.domain.base import last_day_of_month
from metrics.domain.context import Source
from metrics.domain.goals import Goal
from metrics.domain.indicators import Basis, Indicator, PeriodKind, Reading, Rhythm
from metrics.exchange.pasted import Known, PastePeriod
from metrics.locale.formats import calendar_period
from metrics.locale.words import choice
from metrics.ui import plan, reading_view
from metrics.ui.bulk_draft import BulkDraft, place_of, span_of, span_words
from metrics.ui.choosing import choices, forget_unknown
from metrics.ui.grid_draft import CellPlace
from metrics.ui.indicator_view import vintages
from metrics.ui.judged import name_of
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language, today

DUE, ONE, SEVERAL, CHANGED = "faellig", "einer", "mehrere", "geaendert"
ROWS, COLUMNS, LONGEST = 12, 5, 24
"""Rows on a page of the grid, columns beside each other, periods of one indicator."""
_REGULAR = (PeriodKind.year, PeriodKind.school_year, PeriodKind.half_year, PeriodKind.quarter, PeriodKind.month)
_KIND_OF_BASIS = {
    Basis.month: PeriodKind.month,
    Basis.annual_average: PeriodKind.year,
    Basis.year: PeriodKind.year,
    Basis.school_year: PeriodKind.school_year,
}
_KIND_OF_RHYTHM = {
    Rhythm.monthly: PeriodKind.month,
    Rhythm.quarterly: PeriodKind.quarter,
    Rhythm.half_yearly: PeriodKind.half_year,
}
_MONTHS = {
    Rhythm.monthly: 1,
    Rhythm.quarterly: 3,
    Rhythm.half_yearly: 6,
    Rhythm.yearly: 12,
    Rhythm.every_two_years: 24,
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its heading, what is said below it, and its cells by column; None where the indicator has no such one."""

    title: str
    told: str
    cells: tuple[CellPlace | None, ...]


@dataclass(frozen=True, slots=True)
class ShownGrid:
    """Headings of the columns and the rows below them; a row's heading is a period where `by_period`."""

    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    by_period: bool = False

    @property
    def places(self) -> list[CellPlace]:
        """All cells, row by row."""
        return [place for row in self.rows for place in row.cells if place]


def choose(draft: BulkDraft) -> ShownGrid:
    """The view that is chosen, with its own choices."""
    names = {
        DUE: _("Fällige Werte"),
        ONE: _("Ein Indikator, viele Zeiträume"),
        SEVERAL: _("Mehrere Indikatoren nebeneinander"),
        CHANGED: _("Geänderte Zellen"),
    }
    chosen = st.radio(
        _("Was möchten Sie eingeben?"),
        list(names),
        format_func=names.__getitem__,
        horizontal=True,
        key=draft.key("ansicht"),
        persist_state="session",
    )
    return {DUE: _due, ONE: _one, SEVERAL: _several, CHANGED: _changed}[str(chosen)](draft)


def rows_and_columns(shown: ShownGrid) -> tuple[tuple[str, ...], tuple[PastePeriod, ...]]:
    """Indicators and periods of the grid, for a pasted table without headings; nothing where its cells differ."""
    rows = [{place[0] for place in row.cells if place} for row in shown.rows]
    columns = [
        {span_of(place) for row in shown.rows if (place := row.cells[index])} for index in range(len(shown.headings))
    ]
    alike = all(len(found) == 1 for found in rows) and all(len(found) == 1 for found in columns)
    if shown.by_period or not alike:
        return (), ()
    return tuple(one for found in rows for one in found), tuple(one for found in columns for one in found)


def known(rows: Sequence[str], columns: Sequence[PastePeriod]) -> Known:
    """What a pasted table may name, and the rows and columns of the grid for one without headings."""
    indicators = {each.id: (each.title, each.unit) for each in plan.records(Indicator).values()}
    return Known(indicators, {each.id: each.title for each in plan.records(Source).values()}, rows, columns)


def upcoming(indicator: Indicator) -> PastePeriod:
    """The period whose value is due next: after the last stored one, else the last that is over."""
    series, _older = vintages(plan.readings(indicator.id))
    if not series:
        return _last_over(_usual_kind(indicator), today())
    last = series[-1]
    if last.period_kind in _REGULAR:
        return PastePeriod(*calendar_period(last.period_kind, last.period_end + timedelta(days=1)), last.period_kind)
    if last.period_kind is PeriodKind.day:
        day = _later(last.period_end, _MONTHS.get(indicator.rhythm, 12))
        return PastePeriod(day, day, PeriodKind.day)
    start = last.period_end + timedelta(days=1)
    return PastePeriod(start, start + (last.period_end - last.period_start), PeriodKind.span)


def _due(draft: BulkDraft) -> ShownGrid:
    waiting = [found.indicator for found in reading_view.due()]
    goal = _goal(draft)
    rows = [indicator for indicator in waiting if goal is None or indicator.id in goal]
    spans = {indicator.id: upcoming(indicator) for indicator in rows}
    return ShownGrid(
        (_("Nächster Wert"),),
        tuple(
            GridRow(name_of(each), f"{span_words(spans[each.id])} · {each.unit}", (place_of(each.id, spans[each.id]),))
            for each in rows
        ),
    )


def _one(draft: BulkDraft) -> ShownGrid:
    key = draft.key("indikator")
    offered = choices(Indicator.kind, key, [str(st.session_state.get(key) or "")])
    if not offered:
        return ShownGrid((), ())
    chosen = str(st.selectbox(_("Welcher Indikator?"), list(offered), format_func=offered.__getitem__, key=key))
    indicator = plan.records(Indicator).get(chosen)
    if indicator is None:
        return ShownGrid((), ())
    spans = _history(indicator)
    rows = tuple(GridRow(span_words(span), indicator.unit, (place_of(chosen, span),)) for span in spans)
    return ShownGrid((_("Wert in {einheit}", einheit=indicator.unit),), rows, by_period=True)


def _several(draft: BulkDraft) -> ShownGrid:
    goal = _goal(draft)
    key = draft.key("indikatoren")
    offered = {each: title for each, title in titles(Indicator.kind).items() if goal is None or each in goal}
    forget_unknown(key, offered)
    chosen = st.multiselect(
        _("Indikatoren"),
        list(offered),
        format_func=offered.__getitem__,
        key=key,
        placeholder=_("Alle, oder Namen tippen"),
        persist_state="session",
    )
    indicators = [plan.records(Indicator)[each] for each in chosen or offered]
    kinds = [kind for kind in _REGULAR if any(_usual_kind(each) is kind for each in indicators)] or [PeriodKind.year]
    words = {kind: choice(kind, language()) for kind in kinds}
    label = _("Zeiträume")
    kind = st.radio(label, kinds, format_func=words.__getitem__, horizontal=True, key=draft.key("zeitraum." + kinds[0]))
    spans = _row_of(PeriodKind(kind), COLUMNS)
    fitting = [each for each in indicators if _usual_kind(each) is kind]
    return ShownGrid(
        tuple(span_words(span) for span in spans),
        tuple(GridRow(name_of(each), each.unit, tuple(place_of(each.id, span) for span in spans)) for each in fitting),
    )


def _changed(draft: BulkDraft) -> ShownGrid:
    indicators = plan.records(Indicator)
    places = [place for place in draft.places() if place[0] in indicators]
    return ShownGrid(
        (_("Wert"),),
        tuple(
            GridRow(
                name_of(indicators[place[0]]), f"{span_words(span_of(place))} · {indicators[place[0]].unit}", (place,)
            )
            for place in places
        ),
    )


def _goal(draft: BulkDraft) -> frozenset[str] | None:
    """The indicators beneath the goal that is chosen; None without one."""
    key = draft.key("ziel")
    offered = {"": _("alle Ziele")} | choices(Goal.kind, key, [str(st.session_state.get(key) or "")])
    label = _("Nur Indikatoren unter einem Ziel")
    chosen = st.selectbox(label, list(offered), format_func=offered.__getitem__, key=key, persist_state="session")
    found = plan.goal_totals().get(str(chosen))
    return frozenset(found.indicator_ids) if found else None


def _history(indicator: Indicator) -> list[PastePeriod]:
    """Periods of one indicator, the newest first: the next one, those with a value, and the gaps between them."""
    stored = [PastePeriod(each.period_start, each.period_end, each.period_kind) for each in _series(indicator)]
    kind = _usual_kind(indicator)
    found = {upcoming(indicator), *stored}
    if kind in _REGULAR:
        found |= set(_row_of(kind, LONGEST // 2))
    return sorted(found, key=lambda span: (span.end, span.start), reverse=True)


def _series(indicator: Indicator) -> Sequence[Reading]:
    return vintages(plan.readings(indicator.id))[0]


@plan.remember(Indicator.kind, Reading.kind)
def _kind_by_id(indicator_id: str) -> PeriodKind:
    indicator = plan.records(Indicator)[indicator_id]
    series = _series(indicator)
    if series:
        return series[-1].period_kind
    fixed = _KIND_OF_BASIS.get(indicator.basis)
    return fixed or _KIND_OF_RHYTHM.get(indicator.rhythm, PeriodKind.year)


def _usual_kind(indicator: Indicator) -> PeriodKind:
    """The kind of an indicator's periods: as its newest value has it, else as its basis and rhythm say."""
    return _kind_by_id(indicator.id)


def _last_over(kind: PeriodKind, day: date) -> PastePeriod:
    """The newest period of a kind that has ended on a day."""
    start, end = calendar_period(kind, day)
    if end > day:
        start, end = calendar_period(kind, start - timedelta(days=1))
    return PastePeriod(start, end, kind)


def _row_of(kind: PeriodKind, count: int) -> list[PastePeriod]:
    """That many periods of a kind, the newest that is over last."""
    spans = [_last_over(kind, today())]
    while len(spans) < count:
        spans.append(PastePeriod(*calendar_period(kind, spans[-1].start - timedelta(days=1)), kind))
    return spans[::-1]


def _later(day: date, months: int) -> date:
    """The same day that many months later; the last day of a month stays one."""
    index = day.year * 12 + day.month - 1 + months
    end = last_day_of_month(index // 12, index % 12 + 1)
    return end if day == last_day_of_month(day.year, day.month) else end.replace(day=min(day.day, end.day))
