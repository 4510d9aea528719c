"""A goal's total in words: why there is none, how much was judged, what was left out, which symbols there are."""

from __future__ import annotations

from metrics.domain.progress.outcome import NotComputable, Obstacle
from metrics.domain.progress.rollup import COVERAGE_NEEDED, GoalTotal
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.explanations import obstacle_sentence, telling_decimals
from metrics.locale.formats import percent
from metrics.locale.names import course_word


def total_obstacle(total: GoalTotal, language: Language) -> str | None:
    """Why a goal has no total; None if it has one."""
    if not isinstance(total.attainment, NotComputable):
        return None
    if total.attainment.reason is Obstacle.low_coverage:
        needed = percent(COVERAGE_NEEDED, language)
        return translate("Weniger als {anteil} des Gewichts sind bewertet.", language, anteil=needed)
    return obstacle_sentence(total.attainment, language)


def coverage_text(total: GoalTotal, language: Language) -> str:
    """How much was judged of what was asked: "2 von 3 Indikatoren mit Zielwert, 67 % des Gewichts bewertet"."""
    if not total.asked:
        return translate("kein Zielwert, der zählt", language)
    return translate_plural(
        "{bewertet} von {number} Indikator mit Zielwert, {anteil} des Gewichts bewertet",
        "{bewertet} von {number} Indikatoren mit Zielwert, {anteil} des Gewichts bewertet",
        total.asked,
        language,
        bewertet=total.judged,
        anteil=coverage_percent(total.coverage, language),
    )


def coverage_percent(coverage: float, language: Language) -> str:
    """Coverage in per cent; 59.7 % is never told as the 60 % that are needed, 99.8 % never as everything."""
    decimals = max(telling_decimals(100 * coverage, 100 * border, 0) for border in (0.0, COVERAGE_NEEDED, 1.0))
    return percent(coverage, language, decimals)


def left_out_text(total: GoalTotal, language: Language) -> str | None:
    """That targets on invented values were left out; None if none was."""
    if not total.left_out:
        return None
    return translate_plural(
        "{number} Indikator nur mit Beispielwerten bleibt außen vor",
        "{number} Indikatoren nur mit Beispielwerten bleiben außen vor",
        total.left_out,
        language,
    )


def too_old_text(total: GoalTotal, language: Language) -> str | None:
    """That values are too old to count; None if none is."""
    if not total.too_old:
        return None
    return translate_plural(
        "{number} Indikator zählt nicht mit: Der letzte Wert ist zu alt",
        "{number} Indikatoren zählen nicht mit: Der letzte Wert ist jeweils zu alt",
        total.too_old,
        language,
    )


def spread_text(total: GoalTotal, language: Language) -> str:
    """The spread of symbols beneath a goal, the worst first: "2 × Gewitter, 1 × Sonne, 3 ohne Kurs"."""
    spread = sorted(total.courses.items(), key=lambda item: -item[0].severity)
    told = [f"{count} × {course_word(course, language)}" for course, count in spread]
    without = total.asked - sum(total.courses.values())
    if not told:
        return translate_plural("{number} Indikator ohne Kurs", "{number} Indikatoren ohne Kurs", without, language)
    if without:
        told.append(translate("{zahl} ohne Kurs", language, zahl=without))
    return ", ".join(told)
