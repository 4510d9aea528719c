"""What a slide opens: the large course of an indicator, a measure in full, a long table.

Each is a `details` element, so that it reads without script; the script lifts its content into the one dialog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import MISSING, day, euros, number, percent
from metrics.papers.markup import Child, Column, Markup, el, shortened, table
from metrics.papers.model import IndicatorLine, MeasureLine, Paper, RankedMeasure
from metrics.papers.svg_course import course_chart
from metrics.papers.telling import actual_told
from metrics.papers.told import course_badge, figure, named, series_table

LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Opened:
    """What all drill-downs of a paper need: its language, its day, the places of its measures, whether owners are told.

    In a public room nobody is named, not even where a name was typed in place of a function.
    """

    language: Language
    as_of: date
    ranks: dict[str, RankedMeasure]
    owners: bool


def opened_from(paper: Paper) -> Opened:
    """What the drill-downs of a paper need."""
    rows = paper.ranking.rows if paper.ranking else ()
    ranks = {row.measure_id: row for row in rows}
    return Opened(paper.language, paper.basis.as_of, ranks, owners=not paper.head.public)


def details(title: Child, body: Markup, *, class_: str = "", beside: str | None = None) -> Markup:
    """Something to open; `beside` is the id of what the script shows below it."""
    return el("details", el("summary", title), body, class_=f"more {class_}".strip(), data_beside=beside)


# --- an indicator ---------------------------------------------------------------------------------------------------


def indicator_details(line: IndicatorLine, opened: Opened, measures: str | None) -> Markup:
    """An indicator's name that opens its course, its values, and where they come from."""
    language = opened.language
    why = [course_badge(line.course, language), el("p", line.reason) if line.reason else None]
    chart = course_chart(line, opened.as_of, language)
    about = el("div", el("div", *why, class_="why"), _facts(_of_indicator(line, language)))
    readout = el("p", "", class_="readout", aria_hidden="true") if chart and line.points else None
    shown = el("div", readout, chart or None, _values(line, language) if line.points else None)
    title = named(shortened(line.title, LONGEST_TITLE), line.illustrative, language, line.example_target)
    return details(title, el("div", shown, about, class_="course-of"), class_="indicator", beside=measures)


def _values(line: IndicatorLine, language: Language) -> Markup:
    return el("div", series_table(line, language), class_="points")


def _of_indicator(line: IndicatorLine, language: Language) -> Iterator[tuple[str, str]]:
    yield translate("Ist", language), _with(actual_told(line, language), line.actual_period)
    if line.target is not None or line.target_told:
        by = day(line.due, language) if line.due else None
        yield translate("Ziel", language), line.target_told or _with(figure(line.target, line, language), by)
    if line.expected is not None:
        yield translate("Plan heute", language), figure(line.expected, line, language)
    if line.baseline is not None:
        yield translate("Start", language), _with(figure(line.baseline, line, language), line.baseline_period)
    if line.share is not None:
        yield translate("Zielerreichung", language), percent(line.share, language)
    yield translate("Einheit", language), line.unit or MISSING
    yield translate("Gebiet", language), line.territory or MISSING
    yield translate("Quelle", language), line.source or MISSING
    if line.vintage:
        yield translate("Datenstand", language), line.vintage
    stale = translate("veraltet", language) if line.stale else None
    if len(line.title) > LONGEST_TITLE:
        yield translate("Indikator", language), line.title
    yield translate("Güte", language), " · ".join(part for part in (line.quality, stale) if part) or MISSING


def _with(value: str, period: str | None) -> str:
    return f"{value} ({period})" if period else value


def _facts(facts: Iterable[tuple[str, str]]) -> Markup:
    return el("dl", *(el("div", el("dt", name), el("dd", told)) for name, told in facts), class_="facts")


# --- measures -------------------------------------------------------------------------------------------------------


def measures_to_open(measures: Sequence[MeasureLine], caption: str, opened: Opened) -> Markup:
    """Measures with state and money; what more is known of one opens from its name."""
    language = opened.language
    columns = [
        Column(translate("Maßnahme", language)),
        Column(translate("Stand", language)),
        Column(translate("Laufzeit", language)),
        Column(translate("Plan", language), True),
        Column(translate("Ist", language), True),
    ]
    rows = [
        [
            _measure(measure, opened),
            measure.state or MISSING,
            measure.runs or MISSING,
            euros(measure.planned, language),
            euros(measure.spent, language),
        ]
        for measure in measures
    ]
    return table(caption, columns, rows)


def _measure(measure: MeasureLine, opened: Opened) -> Markup:
    title = named(shortened(measure.title, LONGEST_TITLE), measure.illustrative, opened.language)
    more = list(_more_of_measure(measure, opened))
    if not more:
        return title
    always = [
        (translate("Stand", opened.language), measure.state or MISSING),
        (translate("Laufzeit", opened.language), measure.runs or MISSING),
        (translate("Plan", opened.language), euros(measure.planned, opened.language)),
        (translate("Ist", opened.language), euros(measure.spent, opened.language)),
    ]
    return details(title, _facts([*always, *more]))


def _more_of_measure(measure: MeasureLine, opened: Opened) -> Iterator[tuple[str, str]]:
    """What the table has no room for."""
    language, rank = opened.language, opened.ranks.get(measure.id)
    if measure.status:
        yield translate("Sachstand", language), measure.status
    if measure.owner and opened.owners:
        yield translate("Verantwortlich", language), measure.owner
    if measure.funded is not None:
        yield translate("Förderung", language), percent(measure.funded, language)
    if rank is not None:
        told = translate(
            "Rang {rang}, {punkte} Punkte", language, rang=rank.rank, punkte=number(rank.utility, language, 1)
        )
        yield translate("Priorisierung", language), told
    if len(measure.title) > LONGEST_TITLE:
        yield translate("Maßnahme", language), measure.title
