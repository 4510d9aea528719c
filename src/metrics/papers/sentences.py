"""The sentences that a paper's own numbers give: of the whole paper, and anew of the smaller one for the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import euros, quantity
from metrics.locale.words import course_word
from metrics.papers.model import Decision, GoalPage, IndicatorLine, Resources
from metrics.papers.telling import courses_counted

SHOWN_STEPS = 5
"""The worst changes, and the best, that the sentences name."""
OFF_COURSE = (Course.cloud, Course.thunderstorm)


def deviates(line: IndicatorLine) -> bool:
    """Whether its course is one of the two bad ones, or its value is so far from its plan that it needs a comment."""
    return line.course in OFF_COURSE or line.to_comment


def summary_of(goals: Sequence[GoalPage], resources: Resources | None, language: Language) -> str:
    """The short version."""
    lines = list({line.id: line for goal in goals for line in goal.indicators}.values())
    if not lines:
        return translate("Für die Ziele des Plans gibt es noch keinen Indikator.", language)
    return counted(lines, language) + (f" {resources.sentence}" if resources else "")


def counted(lines: Sequence[IndicatorLine], language: Language) -> str:
    """How many indicators stand how."""
    counts = courses_counted(line.course for line in lines)
    return translate_plural(
        "Von {number} Indikator ist {gut} auf Kurs, {fast} leicht hinter Kurs, {schlecht} hinter Kurs oder ohne "
        "Bewegung zum Ziel; {ohne} ist nicht bewertbar.",
        "Von {number} Indikatoren sind {gut} auf Kurs, {fast} leicht hinter Kurs, {schlecht} hinter Kurs oder ohne "
        "Bewegung zum Ziel; {ohne} sind nicht bewertbar.",
        len(lines),
        language,
        gut=counts[Course.sun],
        fast=counts[Course.sun_cloud],
        schlecht=counts[Course.cloud] + counts[Course.thunderstorm],
        ohne=counts[None],
    )


def finances_of(decisions: Sequence[Decision], language: Language) -> str:
    """What the proposed decisions cost, a line for each that costs something."""
    return "\n".join(
        translate("Beschlusspunkt {nummer}: {betrag}", language, nummer=one.number, betrag=euros(one.amount, language))
        + (f" ({translate('Produkt {nummer}', language, nummer=one.product)})" if one.product else "")
        for one in decisions
        if one.amount is not None
    )


def running_well_of(goals: Sequence[GoalPage], language: Language) -> str:
    """The indicators on course by name."""
    return _named(goals, lambda line: line.course is Course.sun, language)


def stuck_of(goals: Sequence[GoalPage], language: Language) -> str:
    """The indicators that deviate by name, the worst of each goal first."""
    return _named(goals, deviates, language)


def changes_of(goals: Sequence[GoalPage], language: Language) -> Iterator[str]:
    """What the goals' courses have done since the paper before."""
    for goal in goals:
        if goal.course_before is None or goal.course is None or goal.course is goal.course_before:
            continue
        told = {
            "ziel": goal.title,
            "vorher": course_word(goal.course_before, language),
            "jetzt": course_word(goal.course, language),
        }
        if goal.course.severity < goal.course_before.severity:
            yield translate("{ziel} hat sich verbessert: {vorher} → {jetzt}", language, **told)
        else:
            yield translate("{ziel} hat sich verschlechtert: {vorher} → {jetzt}", language, **told)


def _named(goals: Sequence[GoalPage], wanted: Callable[[IndicatorLine], bool], language: Language) -> str:
    lines = {line.id: line for goal in goals for line in goal.indicators if wanted(line)}
    shown = list(lines.values())[:SHOWN_STEPS]
    told = [_told_line(line, language) for line in shown]
    rest = len(lines) - len(shown)
    if rest:
        told.append(translate_plural("und {number} weiterer", "und {number} weitere", rest, language))
    return "; ".join(told)


def _told_line(line: IndicatorLine, language: Language) -> str:
    if line.actual is None:
        return line.title
    value = quantity(line.actual, line.unit, language, line.decimals)
    if line.expected is not None:
        asked = quantity(line.expected, line.unit, language, line.decimals)
        return translate("{titel}: {wert} statt {soll}", language, titel=line.title, wert=value, soll=asked)
    return f"{line.title}: {value}"
