"""The first page, which is the whole paper for those in a hurry, and the page that shows everything at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.committee import PaperKind
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, day, euros, number
from metrics.locale.words import choice, course_meaning
from metrics.papers.model import Consultation, Decision, GoalPage, IndicatorLine, Paper
from metrics.papers.modes import Mode
from metrics.papers.sheet.charts import bullets
from metrics.papers.sheet.lines import (
    Cell,
    Part,
    flat,
    joined,
    mark,
    prose,
    shortened,
    sign_of,
    table,
    titled,
)
from metrics.papers.style import SIGNS

MOST_BULLETS_AT_A_GLANCE = 16
MOST_DECISIONS_AT_A_GLANCE = 4
LONGEST_SENTENCE_AT_A_GLANCE = 220


def front(paper: Paper, whole: Paper, mode: Mode) -> Part:
    """The first page. `whole` is the paper before the mode made it smaller."""
    language, head = paper.language, paper.head
    counted = whole if mode is Mode.deviations else paper
    return {
        "city": flat(head.city),
        "office": flat(head.office),
        "title": titled(head.title, language),
        "facts": _facts(paper),
        "notice": _notice(paper, whole, mode),
        "consultations": table(
            [
                translate("Beratungsfolge", language),
                translate("Sitzung", language),
                translate("Zuständigkeit", language),
            ],
            (
                [flat(step.committee), day(step.held_on, language), choice(step.role, language)]
                for step in consultations(paper)
            ),
        ),
        "proposal": _proposal(paper, mode),
        "boxes": _effects(paper, mode),
        "summary": {
            "title": translate("Kurzfassung", language),
            "tiles": _tiles(counted.indicators, language),
            "text": prose(paper.summary) or [[translate("Eine Kurzfassung ist noch nicht geschrieben.", language)]],
        },
        "annexes": {
            "title": translate("Anlagen", language),
            "lines": [
                translate("Anlage 1: Methodik und Datenstand, ab Seite", language),
                translate("Anlage 2: alle Daten als Dateien in dieser PDF (plan.json, indikatoren.csv)", language),
            ],
        },
        "matter": {"title": translate("Sachdarstellung", language), "text": prose(paper.facts)}
        if paper.facts.strip()
        else None,
    }


def glance(paper: Paper, mode: Mode) -> Part:
    """All goals on one page: what changed, how each stands, and every indicator on one scale."""
    language = paper.language
    return {
        "title": translate("Auf einen Blick", language),
        "changes_title": translate("Seit dem letzten Bericht", language),
        "changes": [flat(change) for change in paper.changes if change.strip()],
        "no_changes": _no_changes(paper),
        "goals": table(
            [
                translate("Ziel", language),
                translate("Status", language),
                translate("Indikatoren", language),
                translate("Was der Ausschuss wissen sollte", language),
            ],
            (_goal_row(goal, language) for goal in paper.goals),
        )
        if paper.goals
        else None,
        "no_goals": _no_goals(mode, language),
        "legend": [mark(course, language) for course in (*Course, None)],
        "boxes": _boxes(paper, mode),
        "chart": bullets(paper.indicators, MOST_BULLETS_AT_A_GLANCE, language),
        "no_chart": _no_chart(paper, mode),
    }


def consultations(paper: Paper) -> Sequence[Consultation]:
    """The paper's way through the committees; at least the one before which it is laid."""
    head = paper.head
    return head.consultations or (Consultation(committee=head.committee, held_on=head.held_on, role=head.role),)


def decision_note(decision: Decision, paper: Paper) -> str:
    """Amount, product and indicator of a point to decide, as far as there are any."""
    language = paper.language
    titles = {line.id: line.title for line in paper.indicators}
    return joined(
        [
            translate("Betrag: {betrag}", language, betrag=euros(decision.amount, language))
            if decision.amount is not None
            else "",
            translate("Produkt: {produkt}", language, produkt=flat(decision.product)) if decision.product else "",
            translate(
                "Indikator: {titel}",
                language,
                titel=shortened(titles.get(decision.indicator_id, decision.indicator_id), 120),
            )
            if decision.indicator_id
            else "",
        ]
    )


def _facts(paper: Paper) -> list[list[str]]:
    language, head = paper.language, paper.head
    public = translate("öffentlich", language) if head.public else translate("nichtöffentlich", language)
    pairs = [
        (translate("Vorlagenart", language), choice(head.kind, language)),
        (translate("Drucksache", language), flat(head.paper_number)),
        (translate("Status", language), public),
        (translate("Gremium", language), flat(head.committee)),
        (translate("Sitzung am", language), day(head.held_on, language)),
        (translate("Tagesordnungspunkt", language), flat(head.agenda_item)),
        (translate("Aktenzeichen", language), flat(head.file_reference)),
        (translate("Federführung", language), flat(head.lead)),
        (translate("Beteiligt", language), shortened(", ".join(head.involved), 200)),
    ]
    return [[label, value] for label, value in pairs if value]


def _notice(paper: Paper, whole: Paper, mode: Mode) -> str:
    language = paper.language
    if mode is Mode.deviations:
        shown = {line.id for line in paper.indicators}
        unjudged = sum(line.course is None and line.id not in shown for line in whole.indicators)
        said = translate(
            "Diese Fassung zeigt nur Abweichungen: {gezeigt} von {alle} Indikatoren.",
            language,
            gezeigt=number(len(paper.indicators), language),
            alle=number(len(whole.indicators), language),
        )
        return (
            said
            + " "
            + translate_plural(
                "{number} ist nicht bewertbar; er steht mit allen anderen in Anlage 1.",
                "{number} sind nicht bewertbar; sie stehen mit allen anderen in Anlage 1.",
                unjudged,
                language,
            )
            if unjudged
            else said
        )
    if mode is Mode.one_goal:
        return translate(
            "Diese Fassung zeigt nur das Ziel „{titel}“. Ressourcen, Reallabore und Beschlusskontrolle stehen in der "
            "vollständigen Vorlage.",
            language,
            titel=shortened(paper.goals[0].title, 200),
        )
    return ""


def _proposal(paper: Paper, mode: Mode) -> Part:
    language = paper.language
    if mode is Mode.report or (paper.head.kind is not PaperKind.decision and not paper.decisions):
        return {
            "title": translate("Kenntnisnahme", language),
            "text": translate("Das Gremium nimmt den Bericht zur Kenntnis.", language),
            "points": [],
        }
    return {
        "title": translate("Beschlussvorschlag", language),
        "text": "" if paper.decisions else _nothing_proposed(mode, language),
        "points": [
            {"text": prose(decision.text), "number": decision.number, "note": decision_note(decision, paper)}
            for decision in paper.decisions
        ],
    }


def _effects(paper: Paper, mode: Mode) -> list[Part]:
    """What it costs and means for the climate; of one goal only what is said of it."""
    language = paper.language
    told = [
        (translate("Finanzielle Auswirkungen", language), paper.finances),
        (translate("Klimarelevanz", language), paper.climate),
    ]
    shown = [one for one in told if one[1].strip() or mode is not Mode.one_goal]
    return [{"title": title, "text": _said(text, language)} for title, text in shown]


def _nothing_proposed(mode: Mode, language: Language) -> str:
    if mode is Mode.one_goal:
        return translate("Zu diesem Ziel ist kein Beschluss vorgeschlagen.", language)
    return translate("Es ist noch kein Beschluss vorgeschlagen.", language)


def _said(text: str, language: Language) -> list[list[str]]:
    return prose(text) or [[translate("Dazu ist nichts angegeben.", language)]]


def _tiles(lines: Sequence[IndicatorLine], language: Language) -> list[Part]:
    return [
        mark(course, language) | {"number": number(sum(line.course is course for line in lines), language)}
        for course in (*Course, None)
    ]


def _goal_row(goal: GoalPage, language: Language) -> list[Cell]:
    before = ""
    if goal.course_before is not None and goal.course_before is not goal.course:
        before = translate("vorher: {lage}", language, lage=course_meaning(goal.course_before, language))
    sentence = goal.generated or goal.assessment or translate("Noch keine Bewertung.", language)
    return [
        {"text": shortened(goal.title, 160), "strong": True},
        {"mark": mark(goal.course, language), "small": before},
        {"marks": _sign_counts(goal, language)},
        shortened(sentence, LONGEST_SENTENCE_AT_A_GLANCE),
    ]


def _sign_counts(goal: GoalPage, language: Language) -> list[Part]:
    counts = {name: sum((line.course or "none") == name for line in goal.indicators) for name in SIGNS}
    return [
        {"text": f"{number(count, language)} {sign_of(name).character}", "colour": sign_of(name).colour}
        for name, count in counts.items()
        if count
    ] or [{"text": MISSING, "colour": sign_of(None).colour}]


def _no_goals(mode: Mode, language: Language) -> str:
    if mode is Mode.deviations:
        return translate("Kein Ziel und kein Indikator weicht ab.", language)
    return translate("Dieser Plan hat noch keine Ziele.", language)


def _no_changes(paper: Paper) -> str:
    if paper.basis.compared_with:
        when = day(paper.basis.compared_with, paper.language)
        return translate("Seit dem Bericht vom {tag} hat kein Ziel seinen Kurs geändert.", paper.language, tag=when)
    if any(goal.course_before for goal in paper.goals):
        return translate("Seit dem letzten Bericht hat sich nichts geändert.", paper.language)
    return translate("Es gibt keinen früheren Bericht zum Vergleich.", paper.language)


def _no_chart(paper: Paper, mode: Mode) -> str:
    if paper.indicators:
        return translate("Von keinem Indikator ist der Weg vom Start zum Ziel berechenbar.", paper.language)
    if paper.goals and mode is not Mode.deviations:
        return translate("Für diesen Plan gibt es noch keine Indikatoren.", paper.language)
    return ""


def _boxes(paper: Paper, mode: Mode) -> list[Part]:
    language = paper.language
    boxes = []
    if mode in (Mode.full, Mode.report):
        boxes.append((translate("Was gut läuft", language), "sun", _said(paper.running_well, language)))
    if mode is not Mode.one_goal:
        boxes.append((translate("Wo es klemmt", language), "thunderstorm", _said(paper.stuck, language)))
    if mode is not Mode.report:
        boxes.append((translate("Was zu entscheiden ist", language), "none", _to_decide(paper)))
    return [{"title": title, "colour": sign_of(name).colour, "text": text} for title, name, text in boxes]


def _to_decide(paper: Paper) -> list[list[str]]:
    language = paper.language
    shown = paper.decisions[:MOST_DECISIONS_AT_A_GLANCE]
    lines = [[f"{number(one.number, language)}. {shortened(one.text, 110)}"] for one in shown]
    more = len(paper.decisions) - len(shown)
    if more:
        lines.append(
            [translate_plural("… und {number} weiterer Punkt", "… und {number} weitere Punkte", more, language)]
        )
    return lines or [[translate("Nichts; es ist kein Beschluss vorgeschlagen.", language)]]
