"""One indicator, and many of them, as their pages show them: filters, charts, sources per point, inputs of verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import plotly.graph_objects as go

from metrics.charts import small_multiples
from metrics.charts.series import Point as ChartPoint
from metrics.charts.series import segments
from metrics.charts.theme import Row
from metrics.domain.history import Recorded
from metrics.domain.indicators import Comparison, Indicator, Observation, Reading
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Formula
from metrics.domain.targets import Target
from metrics.locale.formats import number, period
from metrics.locale.words import choice, field_label
from metrics.ui import plan
from metrics.ui.judged import (
    attainment_text,
    bound_of,
    chart_words,
    course_name,
    course_of,
    last_text,
    name_of,
    newest_run,
    observed_text,
    period_text,
    target_text,
    value_text,
)
from metrics.ui.session import _, _n, dark, language

ObservationT = TypeVar("ObservationT", bound=Observation)
LATEST_VALUES = 10
"""Values whose last change is looked up: more than that are never listed."""
NOT_ASSESSABLE = "none"
"""The choice "nicht bewertbar" beside the four courses."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; an empty field asks for nothing. `course` is a course's value or "none"."""

    words: str = ""
    facet: str = ""
    goal_id: str = ""
    course: str = ""
    freshness: str = ""
    owner: str = ""


@plan.remember("indicator", "target", "reading", "comparison", "goal")
def matching(wanted: Wanted) -> tuple[str, ...]:
    """Ids of the indicators that fit, in order of their titles; a goal asks for all indicators beneath it."""
    beneath = set(plan.goal_totals()[wanted.goal_id].indicator_ids) if wanted.goal_id in plan.goal_totals() else set()
    found = [one for one in plan.indicators_judged().values() if _fits(one, wanted, beneath)]
    return tuple(one.indicator.id for one in sorted(found, key=lambda one: (name_of(one.indicator), one.indicator.id)))


@plan.remember("indicator")
def owners() -> tuple[str, ...]:
    """Everyone who answers for an indicator."""
    return tuple(sorted({one.owner for one in plan.records(Indicator).values() if one.owner}))


@plan.remember("indicator", "target", "reading", "comparison")
def many_charts(identifiers: tuple[str, ...], columns: int) -> tuple[go.Figure, list[Row], str]:
    """Small multiples of these indicators: figure, table, text alternative."""
    judged = plan.indicators_judged()
    panels = tuple(_panel(judged[identifier]) for identifier in identifiers)
    payload = small_multiples.SmallMultiples(chart_words(), panels, columns)
    alt = _n("Verlauf von {number} Indikator", "Verlauf von {number} Indikatoren", len(panels))
    alt += ": " + "; ".join(f"{panel.title}: {panel.last_text}" for panel in panels)
    return small_multiples.draw(payload, dark(), language()), small_multiples.table(payload), alt


def compared_with(indicator_id: str) -> dict[str, list[Comparison]]:
    """Other territories' values in their newest vintage, oldest period first, by territory."""
    found: dict[str, list[Recorded[Comparison]]] = {}
    for entry in plan.comparisons(indicator_id):
        found.setdefault(entry.record.territory, []).append(entry)
    return {territory: vintages(entries)[0] for territory, entries in sorted(found.items())}


def vintages(readings: Iterable[Recorded[ObservationT]]) -> tuple[list[ObservationT], list[ObservationT]]:
    """The newest vintage of every period, oldest period first, and the vintages it replaced.

    Newest as in judging: by the day it was published, then by the vintage's name, then by the ledger.
    """
    newest: dict[tuple[date, date], Recorded[ObservationT]] = {}
    older: list[ObservationT] = []
    for entry in readings:
        span = entry.record.period_start, entry.record.period_end
        rival = newest.get(span)
        if rival is None or _edition(entry) > _edition(rival):
            newest[span] = entry
            older += [rival.record] if rival else []
        else:
            older.append(entry.record)
    return [entry.record for entry in newest.values()], older


def point_rows(
    indicator: Indicator, observations: Iterable[Reading | Comparison], older: Iterable[Reading] = ()
) -> list[Row]:
    """Every observation with all that its source says about it, in words; columns that all leave empty are dropped."""
    replaced = {reading.id for reading in older}
    rows = [_point_row(indicator, one, one.id in replaced) for one in observations]
    filled = {column for row in rows for column, text in row.items() if text}
    return [{column: text for column, text in row.items() if column in filled} for row in rows]


def facts(indicator: Indicator) -> tuple[list[tuple[str, str]], list[str]]:
    """What a number needs to be understood as (label, text), and the labels of what is not stated."""
    lag = _("{tage} Tage nach dem Zeitraum", tage=number(indicator.publication_lag, language(), 0))
    stated: dict[str, str | None] = {
        "definition": indicator.definition,
        "procedure": indicator.procedure,
        "data_holder": indicator.data_holder,
        "unit": indicator.unit,
        "direction": choice(indicator.direction, language()),
        "territory": indicator.territory,
        "basis": choice(indicator.basis, language()),
        "rhythm": choice(indicator.rhythm, language()),
        "publication_lag": lag,
        "facet": choice(indicator.facet, language()) if indicator.facet else None,
        "state": choice(indicator.state, language()),
        "owner": indicator.owner,
        "deputy": indicator.deputy,
        "note": indicator.note,
    }
    labels = {field: field_label("indicator", field, language()) for field in stated}
    known = [(labels[field], text) for field, text in stated.items() if text]
    return known, [labels[field] for field, text in stated.items() if not text]


def written_of(found: IndicatorAssessment) -> list[tuple[str, str]]:
    """An indicator with its targets and what was measured last, as (kind, id): what its latest changes are about."""
    identifier = found.indicator.id
    observed = [*plan.readings(identifier), *plan.comparisons(identifier)]
    newest = sorted(observed, key=lambda entry: entry.change_number)[-LATEST_VALUES:]
    targets = [target for target in plan.records(Target).values() if target.indicator_id == identifier]
    records = [found.indicator, *targets, *(entry.record for entry in newest)]
    return [(record.kind, record.id) for record in records]


def target_labels(found: IndicatorAssessment) -> dict[str, str]:
    """The targets in force as choices, by id; those that read the same are told apart by their id."""
    words = {one.target.id: target_label(found.indicator, one.target) for one in found.targets}
    often = Counter(words.values())
    return {identifier: f"{label} ({identifier})" if often[label] > 1 else label for identifier, label in words.items()}


def target_label(indicator: Indicator, target: Target) -> str:
    """A target in words, with its mark if it is invented."""
    words = target_text(indicator, target.demand)
    return words + (f" · {_('Beispielwert')}" if target.illustrative else "")


def _fits(found: IndicatorAssessment, wanted: Wanted, beneath: set[str]) -> bool:
    indicator = found.indicator
    said = f"{indicator.title} {indicator.title_en or ''} {indicator.id} {indicator.data_holder or ''}".casefold()
    course = course_name(course_of(found.course))
    return (
        all(word in said for word in wanted.words.casefold().split())
        and wanted.facet in ("", indicator.facet)
        and wanted.course in ("", course)
        and wanted.freshness in ("", found.freshness)
        and wanted.owner in ("", indicator.owner)
        and (not wanted.goal_id or indicator.id in beneath)
    )


def _panel(found: IndicatorAssessment) -> small_multiples.Panel:
    indicator, verdict = found.indicator, found.headline
    points = segments(
        ChartPoint(
            point.start,
            point.end,
            point.value,
            value_text(indicator, point.value, point.qualifier),
            f"{period_text(point.start, point.end)}: {value_text(indicator, point.value, point.qualifier)}",
            qualifier=point.qualifier,
            provisional=point.provisional,
            illustrative=point.illustrative,
            break_before=point.break_before,
        )
        for point in newest_run(found.points)
    )
    course = course_name(course_of(found.course))
    invented = found.illustrative or bool(verdict and verdict.illustrative)
    last = last_text(found) + (" · " + _("Beispielwert") if invented else "")
    return small_multiples.Panel(
        indicator.id, name_of(indicator), points, last, course, bound_of(verdict), indicator.unit
    )


def _edition(entry: Recorded[ObservationT]) -> tuple[date, str, int]:
    return entry.record.published_on or date.min, entry.record.vintage or "", entry.change_number


def chart_point(indicator: Indicator, observed: Observation) -> ChartPoint:
    """An observation as charts draw it, with period, value, vintage and source to hover."""
    source = plan.source_of(observed)
    when = period(observed.period_start, observed.period_end, observed.period_kind, language())
    lines = [f"{when}: {observed_text(indicator, observed)}"]
    lines += [_("Datenstand: {stand}", stand=observed.vintage)] if observed.vintage else []
    lines += [_("Quelle: {titel}", titel=source.title)] if source else []
    return ChartPoint(
        observed.period_start,
        observed.period_end,
        observed.value,
        observed_text(indicator, observed),
        "\n".join(lines),
        observed.qualifier.value,
        observed.provisional,
        observed.illustrative,
        getattr(observed, "break_before", False),
        source.title if source else "",
    )


def _point_row(indicator: Indicator, one: Reading | Comparison, replaced: bool) -> Row:
    source = plan.source_of(one)
    territory = one.territory if isinstance(one, Comparison) else indicator.territory
    marks = [_("durch neueren Datenstand ersetzt")] if replaced else []
    marks += [_("vorläufig")] if one.provisional else []
    marks += [_("Bruch in der Reihe davor")] if getattr(one, "break_before", False) else []
    return {
        _("Zeitraum"): period(one.period_start, one.period_end, one.period_kind, language()),
        _("Wert"): observed_text(indicator, one),
        _("Raum"): territory,
        _("Datenstand"): one.vintage or "",
        _("Beleg"): choice(one.evidence, language()),
        _("Rechenweg"): one.derivation or "",
        _("Anmerkung"): "; ".join([*marks, *([one.note] if one.note else [])]),
        _("Quelle"): source.title if source else "",
        _("Fundstelle"): one.document or "",
        _("Adresse"): source.url if source and (source.url or "").startswith(("https://", "http://")) else "",
    }


def headline(found: IndicatorAssessment, verdict: TargetAssessment | None) -> str:
    """The finding in words, as the title of the chart."""
    if not found.last:
        return _("Noch kein Istwert")
    words, attained = last_text(found), verdict.attainment if verdict else None
    if not isinstance(attained, Attainment):
        return words
    if attained.formula is Formula.way:
        return words + " · " + _("{anteil} des Wegs zum Ziel", anteil=attainment_text(attained))
    if attained.formula is Formula.kept:
        return words + " · " + _kept_words(attained)
    return words + " · " + _("Zielerreichung {anteil}", anteil=attainment_text(attained))


def _kept_words(attained: Attainment) -> str:
    if attained.kept:
        return _("Ziel eingehalten")
    return _("Ziel noch nicht erreicht") if attained.not_yet else _("Ziel verfehlt")
