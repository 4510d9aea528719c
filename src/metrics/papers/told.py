"""How the web papers say what the model holds: courses, values, counts, and one message for each slide and section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, day, euros, number, percent, quantity
from metrics.locale.words import choice, course_meaning
from metrics.papers.markup import Column, Markup, el, join, table
from metrics.papers.model import (
    Decision,
    FollowUp,
    GoalPage,
    Head,
    IndicatorLine,
    MeasureLine,
    Paper,
    Ranking,
    Resources,
)
from metrics.papers.periods import period_of
from metrics.papers.style import course_key
from metrics.papers.svg import sign
from metrics.papers.telling import actual_told, courses_counted, example_word, pot_told


def counts_list(lines: Sequence[IndicatorLine], language: Language) -> Markup | None:
    """The counts of each course as a list; nothing where there is nothing to count."""
    if not lines:
        return None
    items = (
        el("li", el("b", number(count, language, 0)), course_badge(course, language))
        for course, count in courses_counted(line.course for line in lines).items()
    )
    return el("ul", *items, class_="counts")


def place_of(line: IndicatorLine, language: Language) -> str:
    """Territory, period of the last value and how it came about, as far as they are known."""
    period = line.actual_period if line.actual is not None else None
    stale = translate("veraltet", language) if line.stale else None
    return " · ".join(part for part in (line.territory, period, line.quality, stale) if part)


def course_badge(course: Course | None, language: Language) -> Markup:
    """Sign and word of a course."""
    return el("span", sign(course_key(course)), el("span", course_meaning(course, language)), class_="badge")


def figure(value: float | None, line: IndicatorLine, language: Language) -> str:
    """A number as precise as the indicator tells it; "–" for none."""
    return number(value, language, line.decimals)


def standing(lines: Sequence[IndicatorLine], language: Language) -> str:
    """ "2 von 5 Indikatoren sind auf Kurs"."""
    on_course = courses_counted(line.course for line in lines)[Course.sun]
    if not lines:
        return translate("Noch keine Indikatoren", language)
    return translate_plural(
        "{number} von {alle} Indikatoren ist auf Kurs",
        "{number} von {alle} Indikatoren sind auf Kurs",
        on_course,
        language,
        alle=number(len(lines), language, 0),
    )


def goal_message(goal: GoalPage, language: Language) -> str:
    """A goal with its standing in one line."""
    return translate("{ziel}: {stand}", language, ziel=goal.title, stand=standing(goal.indicators, language))


def ranking_message(ranking: Ranking, language: Language) -> str:
    """The first three places."""
    first = [row.title for row in sorted(ranking.rows, key=lambda row: row.rank)[:3]]
    return translate("Zuerst: {titel}", language, titel=", ".join(first)) if first else ranking.title


def state_of_data(paper: Paper) -> str:
    """The day of the data and the day on which they were frozen: the same in every part of the paper."""
    language = paper.language
    return translate(
        "Stand der Daten {stand}, festgehalten am {tag}",
        language,
        stand=day(paper.basis.as_of, language),
        tag=day(paper.basis.frozen_at, language),
    )


def rule_told(paper: Paper) -> str:
    """The rule of the courses by its name, with its version."""
    basis = paper.basis
    told = {"regel": basis.rule_told, "fassung": basis.rule_version}
    return translate("Regel {regel}, Fassung {fassung}", paper.language, **told)


def named(title: str, illustrative: bool, language: Language, example_target: bool = False) -> Markup:
    """A title, marked where it is invented, or where its target alone is."""
    mark = el("span", example_word(example_target, language), class_="example") if illustrative else None
    return join([title, " " if illustrative else None, mark])


def head_line(head: Head, language: Language) -> str:
    """Kind of paper, number, committee, day, role, and whether it is public."""
    paper_number = translate("Drucksache {nummer}", language, nummer=head.paper_number) if head.paper_number else None
    sitting = (head.committee, day(head.held_on, language), choice(head.role, language))
    told = (choice(head.kind, language), paper_number, *sitting, publicity(head, language))
    return " · ".join(part for part in told if part)


def publicity(head: Head, language: Language) -> str:
    """Whether everybody may see it, in the committees' words."""
    return translate("öffentlich", language) if head.public else translate("nichtöffentlich", language)


# --- tables: what stands beside each chart --------------------------------------------------------------------------


def progress_table(lines: Iterable[IndicatorLine], caption: str, language: Language) -> Markup:
    """Start, plan, actual value, target, attainment and course of indicators."""
    columns = [
        Column(translate("Indikator", language)),
        Column(translate("Einheit", language)),
        Column(translate("Start", language), True),
        Column(translate("Plan heute", language), True),
        Column(translate("Ist", language), True),
        Column(translate("Ziel", language), True),
        Column(translate("Zielerreichung", language), True),
        Column(translate("Kurs", language)),
    ]
    rows = [
        [
            named(line.title, line.illustrative, language, line.example_target),
            line.unit or MISSING,
            figure(line.baseline, line, language),
            figure(line.expected, line, language),
            figure(line.actual, line, language) if line.actual is not None else actual_told(line, language),
            figure(line.target, line, language) if line.target is not None else line.target_told or MISSING,
            percent(line.share, language),
            join(
                [course_badge(line.course, language), el("div", line.reason, class_="reason") if line.reason else None]
            ),
        ]
        for line in lines
    ]
    return table(caption, columns, rows, shown=False)


def series_table(line: IndicatorLine, language: Language) -> Markup:
    """The series of an indicator, newest first."""
    columns = [
        Column(translate("Zeitraum", language)),
        Column(translate("Wert", language), True),
        Column(translate("Hinweis", language)),
    ]
    rows = []
    for point in reversed(line.points):
        notes = [translate("vorläufig", language)] if point.provisional else []
        notes += [translate("nicht öffentlich", language)] if point.withheld else []
        notes += [translate("kein Wert", language)] if point.value is None and not point.withheld else []
        told = quantity(point.value, line.unit, language, line.decimals)
        rows.append([period_of(point, language), told, ", ".join(notes)])
    return table(translate("Werte: {titel}", language, titel=line.title), columns, rows, shown=False)


def measures_table(measures: Iterable[MeasureLine], caption: str, year: int, language: Language) -> Markup:
    """Measures with state, and money of a year."""
    columns = [
        Column(translate("Maßnahme", language)),
        Column(translate("Stand", language)),
        Column(translate("Verantwortlich", language)),
        Column(translate("Laufzeit", language)),
        Column(translate("Plan {jahr}", language, jahr=year), True),
        Column(translate("Ist {jahr}", language, jahr=year), True),
        Column(translate("Förderung", language), True),
    ]
    rows = [
        [
            named(measure.title, measure.illustrative, language),
            ", ".join(part for part in (measure.state, measure.status) if part) or MISSING,
            measure.owner or MISSING,
            measure.runs or MISSING,
            euros(measure.planned, language),
            euros(measure.spent, language),
            percent(measure.funded, language),
        ]
        for measure in measures
    ]
    return table(caption, columns, rows)


def ranking_table(ranking: Ranking, language: Language) -> Markup:
    """All places with points, impact, effort and how sure the place is."""
    columns = [
        Column(translate("Maßnahme", language)),
        Column(translate("Rang", language), True),
        Column(translate("Nutzwert", language), True),
        Column(translate("Wirkung", language), True),
        Column(translate("Aufwand", language), True),
        Column(translate("Rang von bis", language), True),
        Column(translate("Ausgewählt", language)),
    ]
    yes_no = {True: translate("ja", language), False: translate("nein", language), None: MISSING}
    rows = [
        [
            row.title,
            str(row.rank),
            number(row.utility, language, 1),
            number(row.impact, language),
            number(row.effort, language),
            MISSING if row.best_rank is None else f"{row.best_rank}–{row.worst_rank or MISSING}",
            yes_no[row.chosen],
        ]
        for row in sorted(ranking.rows, key=lambda row: row.rank)
    ]
    return table(ranking.title, columns, rows, shown=False)


def load_table(resources: Resources, language: Language) -> Markup:
    """Work and staff for each quarter, in full-time equivalents."""
    columns = [
        Column(translate("Quartal", language)),
        Column(translate("Bedarf in VZÄ", language), True),
        Column(translate("Kapazität in VZÄ", language), True),
        Column(translate("Es fehlen", language), True),
    ]
    rows = [
        [
            quarter.label,
            number(quarter.demand, language, 2),
            number(quarter.capacity, language, 2),
            number(quarter.missing, language, 2),
        ]
        for quarter in resources.quarters
    ]
    return table(translate("Arbeit und Personal je Quartal", language), columns, rows, shown=False)


def measure_load_table(resources: Resources, language: Language) -> Markup:
    """What each measure asks for in each quarter, in full-time equivalents."""
    quarters = [Column(quarter.label, True) for quarter in resources.quarters]
    rows = [
        [named(one.title, one.illustrative, language), *(number(demand or None, language, 2) for demand in one.demand)]
        for one in resources.measures
    ]
    told = translate("Arbeit je Maßnahme und Quartal in Vollzeitkräften", language)
    return table(told, [Column(translate("Maßnahme", language)), *quarters], rows, shown=False)


def money_table(resources: Resources, language: Language) -> Markup:
    """Money by pot and year."""
    columns = [
        Column(translate("Topf oder Ziel", language)),
        Column(translate("Jahr", language), True),
        Column(translate("Plan", language), True),
        Column(translate("Ist", language), True),
    ]
    rows = [
        [pot_told(pot, language), str(pot.year), euros(pot.planned, language), euros(pot.spent, language)]
        for pot in resources.money
    ]
    return table(translate("Mittel", language), columns, rows)


def follow_up_table(follow_ups: Iterable[FollowUp], language: Language, *, owners: bool = True) -> Markup:
    """What earlier sittings decided or asked, and what has become of it; `owners`: whether it says who sees to it."""
    columns = [
        Column(translate("Auftrag", language)),
        Column(translate("Art", language)),
        Column(translate("Aus", language)),
        *([Column(translate("Verantwortlich", language))] if owners else []),
        Column(translate("Frist", language)),
        Column(translate("Stand", language)),
        Column(translate("Ergebnis", language)),
    ]
    rows = [
        [
            item.text,
            item.kind,
            item.from_sitting,
            *([item.owner or MISSING] if owners else []),
            day(item.due, language),
            f"{item.state} – {translate('überfällig', language)}" if item.overdue else item.state,
            item.result or MISSING,
        ]
        for item in follow_ups
    ]
    return table(translate("Beschlusskontrolle", language), columns, rows, shown=False)


def consultations_table(head: Head, language: Language) -> Markup:
    """The paper's way through the committees."""
    columns = [
        Column(translate("Gremium", language)),
        Column(translate("Sitzung", language)),
        Column(translate("Rolle", language)),
        Column(translate("Ergebnis", language)),
    ]
    rows = [
        [step.committee, day(step.held_on, language), choice(step.role, language), step.result or MISSING]
        for step in head.consultations
    ]
    return table(translate("Beratungsfolge", language), columns, rows)


def decision_facts(decision: Decision, language: Language) -> str:
    """Money and product of a decision in one line; empty where neither is given."""
    amount = None if decision.amount is None else euros(decision.amount, language)
    product = translate("Produkt {nummer}", language, nummer=decision.product) if decision.product else None
    return " · ".join(part for part in (amount, product) if part)
