"""A page per goal and a short one per living lab."""

from __future__ import annotations

from metrics.domain.living_labs import LabPhase, LabResult
from metrics.domain.measures import MeasureState
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import euros, number, percent
from metrics.locale.words import course_meaning
from metrics.papers.model import GoalPage, IndicatorLine, LabPage, MeasureLine, Paper
from metrics.papers.modes import Mode
from metrics.papers.sheet.charts import bullets, spark, target_told
from metrics.papers.sheet.lines import (
    Cell,
    Part,
    badge,
    flat,
    in_words,
    joined,
    mark,
    prose,
    shortened,
    table,
    titled,
)
from metrics.papers.telling import absent_told

MOST_BULLETS_PER_GOAL = 10
MOST_GOALS_WITH_BULLETS = 10
"""Of a larger plan two goals share a page: the bars of those that lag most stand at a glance, all values in tables."""


def goals(paper: Paper, mode: Mode) -> list[Part]:
    """The pages of the goals."""
    drawn = len(paper.goals) <= MOST_GOALS_WITH_BULLETS
    return [_goal(goal, paper, mode, drawn) for goal in paper.goals]


def labs(paper: Paper) -> Part:
    """The living labs: what each asked, what was learned, how it goes on."""
    language = paper.language
    return {
        "title": translate("Reallabore", language),
        "without": "" if paper.labs else translate("Zu diesem Plan gehören noch keine Reallabore.", language),
        "labs": [_lab(lab, language) for lab in paper.labs],
    }


def _goal(goal: GoalPage, paper: Paper, mode: Mode, drawn: bool) -> Part:
    language, year = paper.language, paper.basis.as_of.year
    assessment = prose(goal.assessment)
    open_ = [shortened(title, 120) for title in goal.uncommented]
    asked = translate("Noch nicht erläutert: {was}.", language, was="; ".join(open_)) if open_ else ""
    return {
        "dense": not drawn,
        "title": translate("Ziel: {titel}", language, titel=titled(goal.title, language)),
        "mark": mark(goal.course, language),
        "meta": _meta(goal, language),
        "text": prose(goal.text),
        "indicators_title": translate("Indikatoren", language),
        "chart": bullets(goal.indicators, MOST_BULLETS_PER_GOAL, language) if drawn else None,
        "table": _indicators(goal.indicators, language) if goal.indicators else None,
        "no_indicators": _no_indicators(mode, language),
        "assessment_title": translate("Bewertung der Verwaltung", language),
        "generated": prose(goal.generated),
        "assessment": [
            *(assessment or [[translate("Die Verwaltung hat noch keine Bewertung geschrieben.", language)]]),
            *([[asked]] if asked else []),
        ],
        "consequence_title": translate("Folgerung", language),
        "consequence": prose(goal.consequence)
        or [[translate("Eine Folgerung ist noch nicht festgehalten.", language)]],
        "measures_title": translate("Maßnahmen", language),
        "measures": _measures(goal.measures, year, language) if goal.measures else None,
        "no_measures": translate("Zu diesem Ziel gehören noch keine Maßnahmen.", language),
    }


def _meta(goal: GoalPage, language: Language) -> str:
    owner = flat(goal.owner) if goal.owner else translate("nicht benannt", language)
    before = ""
    if goal.course_before is not None:
        before = translate("im letzten Bericht: {lage}", language, lage=course_meaning(goal.course_before, language))
    judged = ""
    if goal.coverage is not None and goal.coverage < 1:
        judged = translate("bewertbar: {anteil} des Gewichts", language, anteil=percent(goal.coverage, language))
    return joined([translate("Verantwortlich: {wer}", language, wer=owner), before, judged])


def _no_indicators(mode: Mode, language: Language) -> str:
    if mode is Mode.deviations:
        return translate("Kein Indikator dieses Ziels weicht ab.", language)
    return translate("Zu diesem Ziel gehören noch keine Indikatoren.", language)


def _indicators(lines: tuple[IndicatorLine, ...], language: Language) -> Part:
    return table(
        [
            translate("Indikator", language),
            translate("Start", language),
            translate("Plan heute", language),
            translate("Ist", language),
            translate("Ziel", language),
            translate("Verlauf", language),
            translate("Status", language),
        ],
        (_indicator_row(line, language) for line in lines),
    )


def _indicator_row(line: IndicatorLine, language: Language) -> list[Cell]:
    stale = translate("veraltet", language) if line.stale else ""
    example = badge(line.illustrative, language, line.example_target)
    actual = absent_told(line, language) if line.actual is None else number(line.actual, language, line.decimals)
    return [
        {
            "text": shortened(line.title, 200),
            "beside": joined([flat(line.unit), example]),
        },
        {"text": number(line.baseline, language, line.decimals), "small": flat(line.baseline_period or "")},
        number(line.expected, language, line.decimals),
        {"text": actual, "strong": True, "small": joined([flat(line.actual_period or ""), stale])},
        target_told(line, language),
        _series_cell(line, language),
        {"mark": mark(line.course, language), "small": shortened(line.reason, 160)},
    ]


def _series_cell(line: IndicatorLine, language: Language) -> Cell:
    known = [point for point in line.points if point.value is not None]
    drawn = spark(line)
    if drawn is None:
        return translate("kein Verlauf", language)
    first, last = known[0], known[-1]
    told = f"{first.end.year}–{last.end.year}" if first.end.year < last.end.year else str(last.end.year)
    return {"spark": drawn, "small": told}


def _measures(lines: tuple[MeasureLine, ...], year: int, language: Language) -> Part:
    return table(
        [
            translate("Maßnahme", language),
            translate("Stand", language),
            translate("Plan {jahr}", language, jahr=year),
            translate("Ist {jahr}", language, jahr=year),
            translate("Förderung", language),
        ],
        (_measure_row(line, language) for line in lines),
    )


def _measure_row(line: MeasureLine, language: Language) -> list[Cell]:
    about = joined([flat(line.owner or ""), flat(line.runs), badge(line.illustrative, language)])
    return [
        {"text": shortened(line.title, 200), "small": about},
        {"text": in_words(line.state, language, MeasureState), "small": shortened(line.status, 160)},
        euros(line.planned, language),
        euros(line.spent, language),
        percent(line.funded, language),
    ]


def _lab(lab: LabPage, language: Language) -> Part:
    return {
        "title": titled(lab.title, language),
        "meta": joined([in_words(lab.state, language, LabPhase, LabResult), badge(lab.illustrative, language)]),
        "aim_title": translate("Was es klären soll", language),
        "aim": prose(lab.aim) or [[translate("Dazu ist nichts angegeben.", language)]],
        "learned_title": translate("Was gelernt wurde", language),
        "learned": [flat(one) for one in lab.learned if one.strip()],
        "nothing_learned": translate("Noch ist nichts festgehalten.", language),
        "outlook_title": translate("Wie es weitergeht", language),
        "outlook": prose(lab.outlook) or [[translate("Noch nicht entschieden.", language)]],
    }
