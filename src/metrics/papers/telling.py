"""How papers tell an indicator, an amount, a remark: the same words in every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, day, quantity
from metrics.locale.words import course_meaning
from metrics.papers.model import IndicatorLine, Paper, PotLine
from metrics.papers.style import SIGNS, Sign, course_key

LANGUAGE_TAGS: dict[Language, str] = {"de": "de-DE", "en": "en-GB"}
"""What a file says about the language of its text."""
ALL_COURSES: tuple[Course | None, ...] = (*Course, None)


def sign_of(course: Course | None) -> Sign:
    """The sign of a course."""
    return SIGNS[course_key(course)]


def course_told(course: Course | None, language: Language) -> str:
    """Sign and plain words: "● auf Kurs", "○ nicht bewertbar"."""
    return f"{sign_of(course).character} {course_meaning(course, language)}"


def in_unit(line: IndicatorLine, value: float | None, language: Language) -> str:
    """A value of an indicator as it is read: "8,5 %", "141 Tage", "–" where there is none."""
    return quantity(value, line.unit, language, line.decimals)


def absent_told(line: IndicatorLine, language: Language) -> str:
    """What stands where an indicator has no last value to tell: that it is withheld, or that there is none."""
    if any(point.withheld for point in line.points):
        return translate("nicht öffentlich", language)
    return translate("kein Wert", language)


def actual_told(line: IndicatorLine, language: Language) -> str:
    """The last value with its unit, or why there is none to tell."""
    return absent_told(line, language) if line.actual is None else in_unit(line, line.actual, language)


def pot_told(line: PotLine, language: Language) -> str:
    """Whose money it is: "Ziel: Fachkräfte", "Topf: Haushalt"."""
    told = translate("Topf: {titel}", language, titel=line.title)
    return told if line.goal_id is None else translate("Ziel: {titel}", language, titel=line.title)


def example_word(example_target: bool, language: Language) -> str:
    """The mark of what is invented: the whole, or the target alone."""
    return translate("Zielwert: Beispiel", language) if example_target else translate("Beispielwert", language)


def marks(
    language: Language,
    illustrative: bool = False,
    confidential: bool = False,
    stale: bool = False,
    example_target: bool = False,
) -> str:
    """What must be said beside a title: " (Beispielwert, vertraulich)", or nothing."""
    said = [
        word
        for applies, word in (
            (illustrative, example_word(example_target, language)),
            (confidential, translate("vertraulich", language)),
            (stale, translate("veraltet", language)),
        )
        if applies
    ]
    return f" ({', '.join(said)})" if said else ""


def indicator_title(line: IndicatorLine, language: Language) -> str:
    """An indicator's title with what must be said beside it."""
    return line.title + marks(language, line.illustrative, line.confidential, line.stale, line.example_target)


def courses_counted(courses: Iterable[Course | None]) -> dict[Course | None, int]:
    """How many of each course there are, from best to worst, those without a course last; zeros included."""
    counted = Counter(courses)
    return {course: counted[course] for course in ALL_COURSES}


def lag(line: IndicatorLine) -> float:
    """How far an indicator is behind its path, as a share of the way; minus infinity where nobody knows."""
    if line.share is None:
        return float("-inf")
    return (1.0 if line.expected_share is None else line.expected_share) - line.share


def worst_first(lines: Iterable[IndicatorLine]) -> list[IndicatorLine]:
    """The worst course first, then the largest lag; indicators without a course last, in their order."""
    return sorted(lines, key=lambda line: (-line.course.severity if line.course else 1, -lag(line)))


def basis_told(paper: Paper, language: Language) -> str:
    """Which data a paper rests on, in one line: day, change number, and whether examples are in it."""
    told = translate(
        "Stand der Daten {day}, Änderung {number}",
        language,
        day=day(paper.basis.as_of, language),
        number=paper.basis.change_number,
    )
    parts = [told]
    if paper.basis.illustrative_included:
        parts.append(translate("enthält Beispielwerte", language))
    if not paper.head.public:
        parts.append(translate("nichtöffentlich", language))
    return " · ".join(parts)


def withheld_told(paper: Paper, language: Language) -> str:
    """How many items the public variant leaves out; nothing where none is."""
    if not paper.withheld:
        return ""
    return translate_plural(
        "{number} Angabe ist nicht öffentlich und fehlt in dieser Fassung.",
        "{number} Angaben sind nicht öffentlich und fehlen in dieser Fassung.",
        paper.withheld,
        language,
    )


def or_missing(text: str | None) -> str:
    """The text, or the sign of what is missing."""
    return text or MISSING
