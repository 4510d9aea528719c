"""Slides for the meeting: one message on each, told by its title; charts that can be edited; notes for who speaks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Slides

from metrics.domain.committee import SittingRole
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, day, euros, number
from metrics.locale.words import course_meaning
from metrics.papers.model import Decision, FollowUp, GoalPage, IndicatorLine, Paper, Ranking, Resources
from metrics.papers.ooxml import one_line, same_bytes, xml_text
from metrics.papers.slide_charts import (
    attainment_bars,
    behind_told,
    course_line,
    impact_and_effort,
    load_columns,
    overload_told,
)
from metrics.papers.slide_master import (
    accent_is_readable,
    content_layout,
    slides_on,
    table_style,
    title_layout,
    title_size,
)
from metrics.papers.slide_parts import (
    Frame,
    add_footer,
    add_table,
    add_text,
    add_tile,
    content_frame,
    describe,
    fitting_size,
    place_of,
    set_language,
    write,
)
from metrics.papers.style import ACCENT, Sign
from metrics.papers.telling import (
    LANGUAGE_TAGS,
    basis_told,
    course_told,
    courses_counted,
    in_unit,
    lag,
    marks,
    or_missing,
    pot_told,
    sign_of,
    withheld_told,
    worst_first,
)

T = TypeVar("T")

MOST_BARS = 12
MOST_RANKED = 8
MOST_PLACED = 30
_ROWS_OF_GOALS, _ROWS_OF_DECISIONS, _ROWS_OF_FOLLOW_UPS, _ROWS_OF_LABS = 7, 4, 7, 4
_MOST_IN_TITLE, _MOST_IN_CELL, _MOST_IN_NOTES = 110, 170, 4_000
_GOOD = (Course.sun, Course.sun_cloud)


def slides_pptx(paper: Paper, master: bytes | None = None) -> bytes:
    """The paper as a presentation (.pptx) on the given master (.pptx or .potx), or on a plain one.

    Raises MasterNotReadable before anything is made, if it cannot be built on.
    """
    deck = _Deck(slides_on(master), paper, paper.language)
    _front(deck)
    _in_short(deck)
    _goals(deck)
    _attainment(deck)
    _worst(deck)
    _priorities(deck, paper.ranking)
    _resources(deck, paper.resources)
    _labs(deck)
    _follow_ups(deck)
    _decisions(deck)
    return _finished(deck)


@dataclass(frozen=True, slots=True)
class _Deck:
    slides: Slides
    paper: Paper
    language: Language

    def add(self, message: str, notes: Sequence[str]) -> tuple[Any, Frame]:
        """A slide with its message as the title, with notes; and the room that is left on it."""
        slide = self.slides.slides.add_slide(content_layout(self.slides))
        return slide, self.complete(slide, message, notes)

    def complete(self, slide: Any, message: str, notes: Sequence[str]) -> Frame:
        """Title, footer and notes of a slide; empty placeholders go. Returns the room that is left."""
        self._title(slide, message)
        for shape in list(slide.placeholders):
            kept = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)
            if shape.placeholder_format.type not in kept:
                shape._element.getparent().remove(shape._element)
        width, height = int(self.slides.slide_width or 0), int(self.slides.slide_height or 0)
        room = content_frame(slide, width, height)
        office = one_line(self.paper.head.office, 70)
        basis = basis_told(self.paper, self.language)
        add_footer(slide, [f"{office} · {basis}", basis], width, height)
        said = one_line(message) if len(message) > _MOST_IN_TITLE else ""
        told = xml_text("\n".join(text for text in (said, *notes) if text))[:_MOST_IN_NOTES]
        notes_frame = slide.notes_slide.notes_text_frame
        if notes_frame is not None:  # a master for notes may have no room for a text
            notes_frame.text = told
        return room

    @property
    def accent(self) -> str:
        """Our accent colour; empty for that of the master, where white can be read on it."""
        return "" if accent_is_readable(self.slides) else ACCENT

    def table(
        self,
        slide: Any,
        room: Frame,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        signs: Sequence[Sign | None] = (),
    ) -> Any:
        """A table in the style that suits the master."""
        return add_table(slide, room, header, rows, widths, signs, table_style(self.slides))

    def _title(self, slide: Any, message: str) -> None:
        title = slide.shapes.title
        text = one_line(message, _MOST_IN_TITLE)
        usual = title_size(slide.slide_layout)
        room = place_of(title, Frame(0, 0, int(self.slides.slide_width or 0), int(self.slides.slide_height or 0) // 7))
        size = fitting_size([text], room, usual, min(usual, 18))
        write(title.text_frame, [text], size=None if size == usual else size)
        title.text_frame.paragraphs[0].space_after = None


# --- the slides -------------------------------------------------------------------------------------------------------


def _front(deck: _Deck) -> None:
    head, language = deck.paper.head, deck.language
    slide = deck.slides.slides.add_slide(title_layout(deck.slides))
    lines = [
        head.city,
        head.committee,
        translate("Sitzung am {day}", language, day=day(head.held_on, language)),
    ]
    if head.agenda_item:
        lines.append(translate("Tagesordnungspunkt {item}", language, item=head.agenda_item))
    if head.paper_number:
        lines.append(translate("Drucksache {paper_number}", language, paper_number=head.paper_number))
    told = [one_line(lines[0], 120), one_line(lines[1], 160), one_line(" · ".join(lines[2:]), 160)]
    notes = [
        translate("Begrüßung. Drucksache und Tagesordnungspunkt nennen.", language),
        withheld_told(deck.paper, language),
        *(consultation_told(deck.paper, language)),
    ]
    room = deck.complete(slide, head.title, notes)
    subtitle = next((p for p in slide.placeholders if p.placeholder_format.type is PP_PLACEHOLDER.SUBTITLE), None)
    if subtitle is None:
        add_text(slide, room, told)
    else:
        place = place_of(subtitle, room)
        write(subtitle.text_frame, told, size=fitting_size(told, place, 20, 12))


def consultation_told(paper: Paper, language: Language) -> list[str]:
    """The committees on the paper's way, one sentence each."""
    return [
        translate(
            "Beratungsfolge: {committee}, {day}", language, committee=step.committee, day=day(step.held_on, language)
        )
        for step in paper.head.consultations
    ]


def _in_short(deck: _Deck) -> None:
    paper, language = deck.paper, deck.language
    lines = paper.indicators
    if not lines:
        slide, room = deck.add(
            translate("Im Bericht steht noch kein Indikator mit einem Ziel", language), [paper.summary]
        )
        add_text(slide, room, _paragraphs(paper.summary) or [_nothing_yet(language)])
        return
    counts = courses_counted(line.course for line in lines)
    good = sum(counts[course] for course in _GOOD)
    message = translate_plural(
        "{number} von {all} Indikatoren ist auf Kurs oder leicht dahinter",
        "{number} von {all} Indikatoren sind auf Kurs oder leicht dahinter",
        good,
        language,
        all=number(len(lines), language, 0),
    )
    rule = translate("Bewertet nach: {rule}", language, rule=paper.basis.rule_told)
    slide, room = deck.add(message, [paper.summary, rule, *paper.basis.thresholds])
    upper, lower = room.rows(0.36)
    for tile, (course, count) in zip(upper.columns(*[0.2] * 5, gap=150_000), counts.items(), strict=True):
        add_tile(slide, tile, sign_of(course), number(count, language, 0), course_meaning(course, language))
    told = _paragraphs(paper.summary) or [text for text in (paper.running_well, paper.stuck) if text]
    add_text(slide, lower, told or [rule], largest=24)


def _goals(deck: _Deck) -> None:
    goals, language = deck.paper.goals, deck.language
    needy = sum(goal.course in (Course.cloud, Course.thunderstorm) for goal in goals)
    unknown = sum(goal.course is None for goal in goals)
    if needy:
        message = translate_plural(
            "{number} von {all} Zielen braucht Aufmerksamkeit",
            "{number} von {all} Zielen brauchen Aufmerksamkeit",
            needy,
            language,
            all=len(goals),
        )
    elif unknown:
        message = translate_plural(
            "{number} von {all} Zielen ist noch nicht bewertbar",
            "{number} von {all} Zielen sind noch nicht bewertbar",
            unknown,
            language,
            all=len(goals),
        )
    else:
        message = translate("Alle Ziele sind auf Kurs oder leicht dahinter", language)
    header = [
        translate("Strategisches Ziel", language),
        translate("Status", language),
        translate("Indikatoren", language),
        translate("Folgerung", language),
    ]
    for part, title in _parts(goals, _ROWS_OF_GOALS, message):
        notes = [f"{goal.title}: {goal.assessment or goal.generated}" for goal in part]
        slide, room = deck.add(title, notes)
        rows = [_goal_row(goal, language) for goal in part]
        table = deck.table(slide, room, header, rows, (0.29, 0.2, 0.15, 0.36), [sign_of(goal.course) for goal in part])
        told = "; ".join(f"{goal.title}: {course_told(goal.course, language)}" for goal in part)
        describe(table, translate("Status der strategischen Ziele", language), told)


def _goal_row(goal: GoalPage, language: Language) -> list[str]:
    counts = courses_counted(line.course for line in goal.indicators)
    signs = "  ".join(f"{count} {sign_of(course).character}" for course, count in counts.items() if count)
    status = course_told(goal.course, language)
    if goal.course_before is not None and goal.course_before is not goal.course:
        status += "\n" + translate("zuvor {course}", language, course=course_told(goal.course_before, language))
    what_follows = goal.consequence or goal.assessment or goal.generated
    return [one_line(goal.title, 120), status, signs or MISSING, or_missing(one_line(what_follows, _MOST_IN_CELL))]


def _attainment(deck: _Deck) -> None:
    language = deck.language
    shown = worst_first(line for line in deck.paper.indicators if line.share is not None)
    if not shown:
        return
    lines = shown[:MOST_BARS]
    behind = [line for line in shown if lag(line) > 0]
    if behind:
        furthest = max(behind, key=lag)
        message = translate("Am weitesten zurück: {title}", language, title=one_line(furthest.title, 80))
    else:
        message = translate("Kein bewerteter Indikator liegt hinter seinem Plan", language)
    notes = [
        translate(
            "0 % ist der Ausgangswert, 100 % der Zielwert; links von 0 % ist es schlechter als zu Beginn.", language
        ),
        translate("Das Diagramm kann bearbeitet werden: rechte Maustaste, Daten bearbeiten.", language),
    ]
    slide, room = deck.add(message, notes)
    total = len(deck.paper.indicators)
    upper, lower = room.rows(0.93, gap=60_000)
    attainment_bars(slide, upper, lines, language)
    caption = translate("0 % = Ausgangswert, 100 % = Zielwert.", language)
    if len(lines) < total:
        counted = {"shown": len(lines), "all": number(total, language, 0)}
        caption += " " + (
            translate(
                "Gezeigt sind die {shown} mit dem größten Rückstand von {all} Indikatoren; alle stehen im Datenblatt.",
                language,
                **counted,
            )
            if len(lines) < len(shown)
            else translate(
                "Gezeigt sind {shown} von {all} Indikatoren, die mit berechenbarem Weg; alle stehen im Datenblatt.",
                language,
                **counted,
            )
        )
    add_text(slide, lower, [caption], largest=12, smallest=10)


def _worst(deck: _Deck) -> None:
    language = deck.language
    for line in worst_first(deck.paper.indicators):
        values = [point for point in line.points if point.value is not None and not point.withheld]
        if line.actual is not None and len(values) > 1 and (line.course is not None or line.share is not None):
            break
    else:
        return
    goal = next(goal for goal in deck.paper.goals if line.id in [held.id for held in goal.indicators])
    source = translate(
        "Quelle: {source}; {quality}", language, source=or_missing(line.source), quality=or_missing(line.quality)
    )
    slide, room = deck.add(behind_told(line, language), [line.title, goal.assessment, source])
    left, right = room.columns(0.66, 0.34)
    course_line(slide, left, line, deck.paper.basis.as_of, language)
    told = [
        course_told(line.course, language),
        *_facts(line, language),
        translate("Zum Ziel „{goal}“: {text}", language, goal=one_line(goal.title, 80), text=goal.assessment)
        if goal.assessment
        else "",
        translate("Folgerung: {text}", language, text=goal.consequence) if goal.consequence else "",
        source,
    ]
    add_text(slide, right, [text for text in told if text], largest=18)


def _facts(line: IndicatorLine, language: Language) -> list[str]:
    beside = marks(language, line.illustrative, line.confidential, line.stale, line.example_target)
    told = translate(
        "Start {start} ({period}), Ziel {target}",
        language,
        start=in_unit(line, line.baseline, language),
        period=or_missing(line.baseline_period),
        target=line.target_told or in_unit(line, line.target, language),
    )
    return [told + beside]


def _priorities(deck: _Deck, ranking: Ranking | None) -> None:
    if ranking is None or not ranking.rows:
        return
    language = deck.language
    rows = sorted(ranking.rows, key=lambda row: row.rank)
    message = translate("Zuerst: {titles}", language, titles=_as_many_as_fit([row.title for row in rows[:3]]))
    method = translate(
        "Verfahren: {method}. Bewertet haben: {raters}.", language, method=ranking.method, raters=ranking.raters
    )
    example = marks(language, ranking.illustrative).strip()
    notes = [ranking.title, method, ranking.decided, *(f"{row.rank}. {row.title}" for row in rows[:40])]
    slide, room = deck.add(message, notes)
    with_both = [row for row in rows if row.effort is not None and row.impact is not None]
    placed = with_both[:MOST_PLACED]
    told = [
        translate(
            "{rank}. {title} ({utility} Punkte)",
            language,
            rank=row.rank,
            title=one_line(row.title, 70),
            utility=number(row.utility, language, 1),
        )
        for row in rows[:MOST_RANKED]
    ]
    if len(rows) > MOST_RANKED:
        told.append(translate("und {number} weitere", language, number=len(rows) - MOST_RANKED))
    told.append(" ".join(text for text in (method, example) if text))
    if not placed:
        add_text(slide, room, told)
        return
    left, right = room.columns(0.62, 0.38)
    upper, lower = left.rows(0.93, gap=60_000)
    impact_and_effort(slide, upper, placed, language, deck.accent)
    caption = translate("Zahlen = Rang. Maßnahmen mit gleicher Bewertung stehen nebeneinander.", language)
    if len(placed) < len(rows):
        caption += " " + translate("Gezeigt: {shown} von {all}.", language, shown=len(placed), all=len(rows))
    add_text(slide, lower, [caption], largest=12, smallest=10)
    add_text(slide, right, told, largest=16)


def _as_many_as_fit(titles: Sequence[str]) -> str:
    told = one_line(titles[0], 90)
    for title in titles[1:]:
        longer = f"{told}, {one_line(title)}"
        if len(longer) > 90:
            break
        told = longer
    return told


def _resources(deck: _Deck, resources: Resources | None) -> None:
    if resources is None or not resources.quarters:
        return
    language = deck.language
    money = [
        translate(
            "{title} {year}: geplant {planned}, ausgegeben {spent}",
            language,
            title=pot_told(pot, language),
            year=pot.year,
            planned=euros(pot.planned, language),
            spent=euros(pot.spent, language),
        )
        for pot in resources.money
    ]
    slide, room = deck.add(overload_told(resources.quarters, language), [resources.sentence, *money[:20]])
    left, right = room.columns(0.64, 0.36)
    load_columns(slide, left, resources.quarters, language, deck.accent)
    example = marks(language, resources.illustrative).strip()
    costly = [
        f"{decision.number}. {one_line(decision.text, 130)} ({euros(decision.amount, language)})"
        for decision in deck.paper.decisions
        if decision.amount is not None
    ]
    told = [resources.sentence, example]
    told += [translate("Zu entscheiden:", language), *costly] if costly else []
    add_text(slide, right, [text for text in told if text], largest=18)


def _labs(deck: _Deck) -> None:
    labs, language = deck.paper.labs, deck.language
    learned = sum(len(lab.learned) for lab in labs)
    message = translate_plural(
        "Die Reallabore haben eine Erkenntnis gebracht",
        "Die Reallabore haben {number} Erkenntnisse gebracht",
        learned,
        language,
    )
    header = [
        translate("Reallabor", language),
        translate("Stand", language),
        translate("Was gelernt wurde", language),
        translate("Wie es weitergeht", language),
    ]
    for part, title in _parts(labs, _ROWS_OF_LABS, message):
        slide, room = deck.add(title, [f"{lab.title}: {lab.aim} {' '.join(lab.learned)}" for lab in part])
        rows = [
            [
                one_line(lab.title, 120) + marks(language, lab.illustrative),
                one_line(lab.state, 40),
                or_missing(one_line(" ".join(lab.learned), _MOST_IN_CELL)),
                or_missing(one_line(lab.outlook, _MOST_IN_CELL)),
            ]
            for lab in part
        ]
        table = deck.table(slide, room, header, rows, (0.24, 0.15, 0.36, 0.25))
        describe(table, translate("Reallabore", language), "; ".join(f"{lab.title}: {lab.state}" for lab in part))


def _follow_ups(deck: _Deck) -> None:
    items, language = deck.paper.follow_ups, deck.language
    overdue = sum(item.overdue for item in items)
    if overdue:
        message = translate_plural(
            "{number} von {all} Aufträgen des Ausschusses ist überfällig",
            "{number} von {all} Aufträgen des Ausschusses sind überfällig",
            overdue,
            language,
            all=len(items),
        )
    else:
        message = translate("Kein Auftrag des Ausschusses ist überfällig", language)
    header = [
        translate("Auftrag", language),
        translate("Stand", language),
        translate("Zuständig", language),
        translate("Frist", language),
        translate("Ergebnis", language),
    ]
    for part, title in _parts(sorted(items, key=lambda item: not item.overdue), _ROWS_OF_FOLLOW_UPS, message):
        slide, room = deck.add(title, [f"{item.from_sitting}: {item.text} {item.result}" for item in part])
        signs = [sign_of(Course.thunderstorm) if item.overdue else None for item in part]
        rows = [_follow_up_row(item, language) for item in part]
        table = deck.table(slide, room, header, rows, (0.32, 0.16, 0.2, 0.12, 0.2), signs)
        told = "; ".join(f"{item.text}: {item.state}" for item in part)
        describe(table, translate("Was aus früheren Sitzungen geworden ist", language), told)


def _follow_up_row(item: FollowUp, language: Language) -> list[str]:
    state = item.state
    if item.overdue:
        state = f"{sign_of(Course.thunderstorm).character} {state}, {translate('überfällig', language)}"
    return [
        one_line(f"{item.kind}: {item.text}", _MOST_IN_CELL) + marks(language, confidential=item.confidential),
        one_line(state, 60),
        or_missing(one_line(item.owner or "", 60)),
        day(item.due, language),
        or_missing(one_line(item.result, 110)),
    ]


def _decisions(deck: _Deck) -> None:
    decisions, language = deck.paper.decisions, deck.language
    message = {
        SittingRole.decision: translate_plural(
            "Ein Punkt ist zu beschließen", "{number} Punkte sind zu beschließen", len(decisions), language
        ),
        SittingRole.preliminary: translate_plural(
            "Ein Punkt ist zur Beschlussfassung zu empfehlen",
            "{number} Punkte sind zur Beschlussfassung zu empfehlen",
            len(decisions),
            language,
        ),
        SittingRole.noting: translate_plural(
            "Ein Punkt ist zur Kenntnis zu nehmen",
            "{number} Punkte sind zur Kenntnis zu nehmen",
            len(decisions),
            language,
        ),
    }[deck.paper.head.role]
    header = [
        translate("Beschlusspunkt", language),
        translate("Zustimmung: Folge", language),
        translate("Ablehnung: Folge", language),
        translate("Betrag", language),
    ]
    for part, title in _parts(decisions, _ROWS_OF_DECISIONS, message):
        slide, room = deck.add(title, [f"{decision.number}. {decision.text}" for decision in part])
        rows = [_decision_row(decision, language) for decision in part]
        table = deck.table(slide, room, header, rows, (0.38, 0.25, 0.25, 0.12))
        told = "; ".join(f"{decision.number}. {decision.text}" for decision in part)
        describe(table, translate("Zu treffende Entscheidungen", language), told)


def _decision_row(decision: Decision, language: Language) -> list[str]:
    return [
        one_line(f"{decision.number}. {decision.text}", 240),
        or_missing(one_line(decision.if_yes, _MOST_IN_CELL)),
        or_missing(one_line(decision.if_no, _MOST_IN_CELL)),
        euros(decision.amount, language),
    ]


# --- what they share --------------------------------------------------------------------------------------------------


def _parts(items: Sequence[T], most: int, message: str) -> list[tuple[Sequence[T], str]]:
    """The items in parts of about equal size, each with its title; none where there are no items."""
    if not items:
        return []
    count = -(-len(items) // most)
    size = -(-len(items) // count)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    return [(part, message if len(parts) == 1 else f"{message} ({k}/{len(parts)})") for k, part in enumerate(parts, 1)]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _nothing_yet(language: Language) -> str:
    return translate("Sobald Ziele, Indikatoren und Istwerte eingetragen sind, stehen sie hier.", language)


def _footers_last(slide: Any) -> None:
    """Whoever is read the slide aloud hears its message and content first."""
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            slide.shapes._spTree.append(shape._element)


def _finished(deck: _Deck) -> bytes:
    """The file, with language and properties, the same bytes for the same paper."""
    tag, head = LANGUAGE_TAGS[deck.language], deck.paper.head
    for slide in deck.slides.slides:
        _footers_last(slide)
        set_language(slide._element, tag)
        set_language(slide.notes_slide._element, tag)
        for shape in slide.shapes:
            if shape.has_chart:
                set_language(shape.chart._chartSpace, tag)
    frozen = datetime.combine(deck.paper.basis.frozen_at, time())
    about = deck.slides.core_properties
    about.title, about.author = one_line(head.title, 250), one_line(head.office, 250)
    about.subject, about.language = one_line(head.committee, 250), tag
    about.keywords = about.comments = about.category = ""
    about.last_modified_by, about.revision = about.author, 1
    about.created = about.modified = frozen
    made = io.BytesIO()
    deck.slides.save(made)
    return same_bytes(made.getvalue(), deck.paper.basis.frozen_at)
