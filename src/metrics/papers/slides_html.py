"""The slides of the offline presentation: one message each, and what shows it, out of a paper and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number
from metrics.papers import svg
from metrics.papers.drill_down import Opened, details, indicator_details, measures_to_open, opened_from
from metrics.papers.markup import Column, Markup, el, join, paragraphs, shortened, table
from metrics.papers.model import Decision, GoalPage, IndicatorLine, LabPage, Paper, Ranking, Resources
from metrics.papers.telling import actual_told, course_told, withheld_told
from metrics.papers.told import (
    consultations_table,
    counts_list,
    course_badge,
    decision_facts,
    follow_up_table,
    goal_message,
    head_line,
    load_table,
    measure_load_table,
    money_table,
    named,
    place_of,
    progress_table,
    ranking_message,
    ranking_table,
    rule_told,
    standing,
)

T = TypeVar("T")

WAYS_ON_A_SLIDE = 4
ROWS_ON_A_SLIDE = 6
LONGEST_TEXT = 420
"""Characters of a text that can be read from the last row."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A message and what shows it."""

    message: str
    body: Markup


def slides_of(paper: Paper) -> Iterator[Slide]:
    """The slides of a paper in their order."""
    language, opened = paper.language, opened_from(paper)
    opening = list(_before_the_goals(paper, language))
    goals = [list(_goal(goal, place, opened)) for place, goal in enumerate(paper.goals, 1)]
    yield from opening
    yield from _overview(paper, goals, len(opening), language)
    yield from (slide for slides in goals for slide in slides)
    yield from (_lab(lab, language) for lab in paper.labs)
    if paper.ranking and paper.ranking.rows:
        yield _ranked(paper.ranking, language)
    if paper.resources:
        yield _load(paper.resources, language)
    if paper.finances or paper.climate:
        yield _effects(paper, language)
    for decision in paper.decisions:
        yield _decision(decision, len(paper.decisions), paper, language)
    for part in _parts(paper.follow_ups, ROWS_ON_A_SLIDE):
        open_ones = [item for item in paper.follow_ups if item.overdue]
        message = translate("Aus früheren Sitzungen: {zahl} überfällig", language, zahl=len(open_ones))
        shown = follow_up_table(part, language, owners=opened.owners)
        yield Slide(message, el("div", shown, class_="table"))
    yield _basis(paper, language)


def _before_the_goals(paper: Paper, language: Language) -> Iterator[Slide]:
    yield _opening(paper, language)
    if paper.summary or paper.running_well or paper.stuck:
        yield _in_short(paper, language)
    if paper.changes:
        items = join(el("li", shortened(change, 160)) for change in paper.changes[:8])
        yield Slide(translate("Was sich geändert hat", language), el("ul", items, class_="lead"))


def _opening(paper: Paper, language: Language) -> Slide:
    body = [
        el("p", head_line(paper.head, language), class_="lead quiet"),
        el("p", standing(paper.indicators, language), class_="lead") if paper.indicators else None,
        counts_list(paper.indicators, language),
    ]
    if paper.head.consultations:
        way = consultations_table(paper.head, language)
        body.append(details(translate("Beratungsfolge", language), way))
    return Slide(paper.head.title, join(body))


def _in_short(paper: Paper, language: Language) -> Slide:
    boxes = [
        _box(translate("Was gut läuft", language), paper.running_well),
        _box(translate("Was klemmt", language), paper.stuck),
    ]
    told = el("div", _text(paper.summary, language), class_="lead") if paper.summary else None
    return Slide(translate("Kurz gesagt", language), join([told, el("div", *boxes, class_="pair")]))


def _overview(paper: Paper, goals: Sequence[Sequence[Slide]], before: int, language: Language) -> Iterator[Slide]:
    """Tables of the goals, each linked to the first of its slides; so many slides come `before` these tables."""
    parts = list(_parts(paper.goals, ROWS_ON_A_SLIDE))
    if not parts:
        yield Slide(translate("Noch keine Ziele", language), el("p", translate("Der Plan ist leer.", language)))
        return
    first = before + len(parts) + 1
    places = iter(first + sum(len(slides) for slides in goals[:place]) for place in range(len(goals)))
    columns = [
        Column(translate("Ziel", language)),
        Column(translate("Kurs", language)),
        Column(translate("Folgerung", language)),
    ]
    for part in parts:
        rows = [
            [
                el("a", shortened(goal.title, 80), href=f"#{next(places)}"),
                join([course_badge(goal.course, language), _course_before(goal, language)]),
                shortened(goal.consequence, 170) or "–",
            ]
            for goal in part
        ]
        caption = translate("Ziele und ihr Kurs", language)
        yield Slide(standing(paper.indicators, language), table(caption, columns, rows, shown=False))


def _course_before(goal: GoalPage, language: Language) -> Markup | None:
    """On a line of its own, so that the table fits a phone."""
    if not goal.course_before:
        return None
    told = translate("zuvor {course}", language, course=course_told(goal.course_before, language))
    return el("div", told, class_="quiet")


def _goal(goal: GoalPage, place: int, opened: Opened) -> Iterator[Slide]:
    """A goal's slides; its measures stand on the last of them, where what opens from its indicators finds them."""
    language = opened.language
    message = goal_message(goal, language)
    parts = list(_parts(goal.indicators, WAYS_ON_A_SLIDE))
    measures = f"measures{place}" if goal.measures else None
    for number_of_part, part in enumerate(parts, 1):
        ways = join(_way(line, opened, measures) for line in part)
        caption = translate("Indikatoren: {ziel}", language, ziel=goal.title)
        values = _values(language, progress_table(part, caption, language))
        last = number_of_part == len(parts)
        box = _box(translate("Folgerung", language), goal.consequence) if last and goal.consequence else None
        counted = f"{message} ({number_of_part}/{len(parts)})" if len(parts) > 1 else message
        yield Slide(counted, join([el("div", ways), box, values]))
    if goal.assessment or goal.measures or not parts:
        yield _goal_in_words(goal, measures, opened)


def _goal_in_words(goal: GoalPage, place: str | None, opened: Opened) -> Slide:
    language = opened.language
    told = goal.assessment or goal.generated or goal.text
    body = [el("div", _text(told, language)) if told else None]
    if goal.measures:
        first, others = goal.measures[:ROWS_ON_A_SLIDE], goal.measures[ROWS_ON_A_SLIDE:]
        caption = translate("Maßnahmen: {ziel}", language, ziel=goal.title)
        body.append(el("div", measures_to_open(first, caption, opened), class_="table", id=place))
        if others:
            more = translate("Weitere Maßnahmen: {zahl}", language, zahl=len(others))
            shown = el("div", measures_to_open(others, more, opened), id=f"{place}b")
            body.append(details(more, shown))
    return Slide(translate("{ziel}: Bewertung und Maßnahmen", language, ziel=goal.title), join(body))


def _way(line: IndicatorLine, opened: Opened, measures: str | None) -> Markup:
    language = opened.language
    drawn = svg.bullet(line, language)
    about = [place_of(line, language), shortened(line.reason, 90) if drawn and line.actual is None else ""]
    small = (el("small", text) for text in about if text)
    name = el("div", indicator_details(line, opened, measures), *small, class_="name")
    instead = el("p", shortened(line.reason or line.target_told or "–", 160), class_="reason")
    value = el("div", el("b", actual_told(line, language)), course_badge(line.course, language), class_="value")
    return el("div", name, el("div", drawn or instead), value, class_="way")


def _lab(lab: LabPage, language: Language) -> Slide:
    learned = join(el("li", shortened(item, 200)) for item in lab.learned[:6])
    body = [
        el("p", named(lab.state, lab.illustrative, language), class_="lead"),
        _box(translate("Was wir wissen wollten", language), lab.aim) if lab.aim else None,
        el("h3", translate("Was wir gelernt haben", language)) if lab.learned else None,
        el("ul", learned, class_="lead") if lab.learned else None,
        _box(translate("Wie es weitergeht", language), lab.outlook) if lab.outlook else None,
    ]
    return Slide(translate("Reallabor {titel}", language, titel=lab.title), join(body))


def _ranked(ranking: Ranking, language: Language) -> Slide:
    told = f"{ranking.method}. {ranking.raters}."
    first = sorted(ranking.rows, key=lambda row: row.rank)[:ROWS_ON_A_SLIDE]
    places = join(el("li", shortened(row.title, 80), value=row.rank) for row in first)
    about = el("p", named(shortened(told, LONGEST_TEXT), ranking.illustrative, language), class_="quiet")
    body = [
        el("div", svg.matrix(ranking.rows, language) or None, el("div", el("ol", places), about), class_="beside"),
        _values(language, ranking_table(ranking, language)),
    ]
    return Slide(ranking_message(ranking, language), join(body))


def _load(resources: Resources, language: Language) -> Slide:
    beside = [
        named("", True, language) if resources.illustrative else None,
        _values(language, load_table(resources, language)) if resources.quarters else None,
        details(translate("Je Maßnahme", language), measure_load_table(resources, language), class_="values")
        if resources.measures
        else None,
        details(translate("Mittel", language), money_table(resources, language), class_="values")
        if resources.money
        else None,
    ]
    drawn = svg.load(resources.quarters, language) or None
    return Slide(resources.sentence, join([drawn, el("div", *beside, class_="row")]))


def _effects(paper: Paper, language: Language) -> Slide:
    boxes = [
        _box(translate("Finanzielle Auswirkungen", language), paper.finances),
        _box(translate("Klimarelevanz", language), paper.climate),
    ]
    return Slide(translate("Was es kostet und für das Klima bedeutet", language), el("div", *boxes, class_="pair"))


def _decision(decision: Decision, of: int, paper: Paper, language: Language) -> Slide:
    about = next((line.title for line in paper.indicators if line.id == decision.indicator_id), "")
    facts = " · ".join(part for part in (decision_facts(decision, language), about) if part)
    boxes = [
        _box(translate("Bei Zustimmung", language), decision.if_yes),
        _box(translate("Bei Ablehnung", language), decision.if_no),
    ]
    body = [
        el("div", _text(decision.text, language), class_="lead"),
        el("p", facts, class_="quiet") if facts else None,
        el("div", *boxes, class_="pair") if decision.if_yes or decision.if_no else None,
    ]
    return Slide(
        translate("Zu entscheiden: Punkt {nummer} von {alle}", language, nummer=decision.number, alle=of), join(body)
    )


def _basis(paper: Paper, language: Language) -> Slide:
    basis = paper.basis
    signs = join(el("li", course_badge(course, language)) for course in (*Course, None))
    limits = join(el("li", limit) for limit in basis.thresholds)
    change = translate("Änderungsstand {nummer}", language, nummer=number(basis.change_number, language, 0))
    marked = translate("Beispielwerte sind erfunden und als solche gekennzeichnet.", language)
    body = [
        el("p", basis.rule_told),
        el("ul", limits) if basis.thresholds else None,
        el("ul", signs, class_="row"),
        el(
            "p", translate("Balken: Ist. Schwarzer Strich: Plan heute. Raute: Ziel. Rechts ist immer besser.", language)
        ),
        el("p", f"{rule_told(paper)}; {change}.", class_="quiet"),
        el("p", marked) if basis.illustrative_included else None,
        el("p", withheld_told(paper, language)) if paper.withheld else None,
    ]
    return Slide(translate("Worauf das beruht", language), join(body))


# --- pieces ---------------------------------------------------------------------------------------------------------


def _values(language: Language, shown: Markup) -> Markup:
    """The table beside a chart."""
    return details(translate("Werte als Tabelle", language), shown, class_="values")


def _box(title: str, text: str) -> Markup | None:
    return el("div", el("h3", title), el("p", shortened(text, LONGEST_TEXT)), class_="box") if text else None


def _text(text: str, language: Language) -> Markup:
    """A text as it can be read on a slide, with the whole of it to open where it was cut."""
    short = shortened(text, LONGEST_TEXT)
    whole = None if short == " ".join(text.split()) else details(translate("Ganzer Text", language), paragraphs(text))
    return join([el("p", short), whole])


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
