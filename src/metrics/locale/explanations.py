"""Judgements in one plain sentence that contains the numbers it rests on."""

from __future__ import annotations

from datetime import date

from metrics.domain.base import last_day_of_month
from metrics.domain.indicators import Basis, Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import (
    Attainment,
    Course,
    CourseCase,
    CourseVerdict,
    Formula,
    NotComputable,
    Scale,
)
from metrics.domain.progress.rules import DEFAULT
from metrics.domain.progress.rules.destatis_weather import LARGE_SHORTFALL, SMALL_SHORTFALL
from metrics.domain.progress.series import years_between
from metrics.domain.targets import Target
from metrics.locale.catalogue import Language, lookup, translate
from metrics.locale.demands import amount, bound_phrase, change, demand_aim, demand_phrase, demand_subject
from metrics.locale.formats import MOST_DECIMALS, difference, number, partial_date, percent
from metrics.locale.names import course_word


def obstacle_sentence(outcome: NotComputable, language: Language) -> str:
    """Why there is no number, with the counts where the reason counts."""
    key = f"obstacle.{outcome.reason.value}"
    if outcome.have is not None and lookup(key + ".counted", language):
        return translate(key + ".counted", language, have=outcome.have, need=outcome.need)
    return translate(key, language)


def course_reason(assessment: IndicatorAssessment, language: Language) -> str:
    """Why an indicator's headline target has its symbol, or why there is none."""
    if assessment.headline is None:
        return _no_course(assessment.course, language)
    return target_course_reason(assessment.indicator, assessment.headline, language)


def target_course_reason(indicator: Indicator, verdict: TargetAssessment, language: Language) -> str:
    """Why one target has its symbol, or why there is none."""
    return rule_reason(indicator, verdict.target, verdict.course, language)


def rule_reason(indicator: Indicator, target: Target, course: CourseVerdict | NotComputable, language: Language) -> str:
    """Why a rule gives one target its symbol, or why it gives none."""
    if isinstance(course, NotComputable):
        return _no_course(course, language)
    words = _course_words(indicator, target, course, language)
    return translate(_reason_key(course, language), language, **words)


def course_disclaimer(language: Language) -> str:
    """What a symbol is not; stands wherever symbols are shown."""
    return translate("reason.disclaimer", language)


def rule_name(rule: str, language: Language) -> str:
    """What a rule of the course is called."""
    return translate(f"course_rule.{rule}", language)


def attainment_sentence(assessment: IndicatorAssessment, language: Language) -> str:
    """How much of the headline target is reached and from which numbers, or why there is no share."""
    headline, found = assessment.headline, assessment.attainment
    if headline is None or isinstance(found, NotComputable):
        assert isinstance(found, NotComputable)
        return translate("reason.no_attainment", language, obstacle=obstacle_sentence(found, language))
    return target_attainment_sentence(assessment.indicator, headline, found, language)


def target_attainment_sentence(
    indicator: Indicator, verdict: TargetAssessment, found: Attainment, language: Language
) -> str:
    """How much of one target is reached and from which numbers."""
    demand, scale = verdict.target.demand, found.scale
    decimals = telling_decimals(found.value, found.target, indicator.decimals)
    words = {
        "share": share_text(found.share, language),
        "value": amount(found.value, scale, indicator, language, decimals),
        "bound": amount(found.target, scale, indicator, language, decimals),
        "target": demand_aim(indicator, demand, language, decimals),
        "subject": demand_subject(indicator, demand, language),
        "miss": change(found.target - found.value, scale, indicator, language, decimals),
        "baseline": amount(found.baseline or 0.0, scale, indicator, language, decimals),
        "year": f" ({as_of(found.baseline_end, indicator, language)})" if found.baseline_end else "",
        "as_of": as_of(found.end, indicator, language) if found.end else "",
        "done": number(found.value, language, 0),
        "all": number(found.target, language, 0),
    }
    if found.formula is Formula.way:
        return translate(f"reason.way.{'stated' if found.baseline_stated else 'first'}", language, **words)
    if found.formula is Formula.kept:
        derived = "" if scale is Scale.own else ".derived"
        state = "kept" if found.kept else "not_yet" if found.not_yet else "missed"
        return translate(f"reason.threshold.{state}{derived}", language, **words)
    return translate(f"reason.{found.formula.value}", language, **words)


def share_text(share: float, language: Language) -> str:
    """An attained share in per cent: 99.6 % stays 99.6 %, since 100 % would say that the target is reached."""
    return _telling_percent(share, (0, 1), language)


def telling_decimals(one: float, other: float, decimals: int) -> int:
    """Enough decimals that two different values do not read the same: 7.04 beside 7.0 needs two; at most six."""
    while decimals < MOST_DECIMALS and one != other and number(one, "en", decimals) == number(other, "en", decimals):
        decimals += 1
    return decimals


def _no_course(outcome: CourseVerdict | NotComputable, language: Language) -> str:
    assert isinstance(outcome, NotComputable)
    return translate("reason.no_course", language, obstacle=obstacle_sentence(outcome, language))


def _reason_key(verdict: CourseVerdict, language: Language) -> str:
    """The sentence for a case.

    In the official rule a dated target says what comes of the pace, unless the pace leads away from it. The other
    rules have a sentence for a category ("achieved") or for the number that decides.
    """
    if verdict.rule != DEFAULT.id:
        decides = next(
            name for name in (verdict.category, "shortfall", "ratio", "growth") if _has(verdict, name, language)
        )
        figure = verdict.figures.get(decides, 1.0)
        how = (
            ".ahead" if decides == "shortfall" and figure <= 0 else ".away" if decides == "ratio" and figure < 0 else ""
        )
        return f"reason.{verdict.rule}.{decides}{how}"
    case = verdict.case.value
    if verdict.case is CourseCase.direction_only:
        return f"reason.{case}"
    if verdict.case is CourseCase.dated_target and verdict.course is not Course.thunderstorm:
        return f"reason.{case}.{'gap' if verdict.figures['shortfall'] > 0 else 'no_gap'}"
    derived = "" if verdict.scale is Scale.own else ".derived"
    return f"reason.{case}.{verdict.course.value}{derived}"


def _has(verdict: CourseVerdict, name: str, language: Language) -> bool:
    return bool(lookup(f"reason.{verdict.rule}.{name}", language)) and name in (*verdict.figures, verdict.category)


def _course_words(indicator: Indicator, target: Target, verdict: CourseVerdict, language: Language) -> dict[str, str]:
    last, decimals = verdict.window[-1], indicator.decimals
    if verdict.bound is not None:
        decimals = telling_decimals(verdict.figures.get("projected", last.value), verdict.bound, decimals)
        decimals = telling_decimals(verdict.figures.get("expected", last.value), last.value, decimals)
    due = when(verdict.due, language) if verdict.due else ""
    bound = _bound(indicator, target, verdict, decimals, language)
    return {
        "course": course_word(verdict.course, language),
        "subject": demand_subject(indicator, target.demand, language),
        "wanted": translate(f"reason.wanted.{'higher' if verdict.sign > 0 else 'lower'}", language),
        "value": amount(last.value, verdict.scale, indicator, language, decimals),
        "as_of": as_of(last.end, indicator, language),
        "since": as_of(verdict.since, indicator, language) if verdict.since else "",
        "due": due,
        "bound": bound,
        "target": translate("reason.target_by", language, bound=bound, due=due) if due else bound,
        **_figure_words(indicator, verdict, decimals, language),
    }


def _bound(indicator: Indicator, target: Target, verdict: CourseVerdict, decimals: int, language: Language) -> str:
    """What the rule held the value against: of several interim targets the nearest, so not always the demand's own."""
    if verdict.bound is None or verdict.bound == getattr(target.demand, "value", verdict.bound):
        return demand_phrase(indicator, target.demand, language, decimals)
    value = amount(verdict.bound, verdict.scale, indicator, language, decimals)
    return translate("reason.interim", language, bound=bound_phrase(value, verdict.sign, language))


def _figure_words(indicator: Indicator, verdict: CourseVerdict, decimals: int, language: Language) -> dict[str, str]:
    """Every number of the calculation in words, by its name."""
    words = {
        name: figure_text(name, figure, verdict, indicator, language, decimals)
        for name, figure in verdict.figures.items()
    }
    for name, clause in _CLAUSES.items():
        if name in verdict.figures:
            finer = _decimals_to_recompute(verdict, decimals) if name == "mean_change" else indicator.decimals
            words[clause] = _moved(clause, verdict.figures[name], verdict.scale, indicator, language, finer)
    if "behind" in verdict.figures:
        words["behind"] = change(verdict.figures["behind"], verdict.scale, indicator, language, decimals)
    return words


def figure_text(
    name: str, figure: float, verdict: CourseVerdict, indicator: Indicator, language: Language, decimals: int
) -> str:
    """One number of a calculation with its unit: a share in per cent, a change with its sign, a value."""
    if name in _SHARES:
        borders = (0, SMALL_SHORTFALL, LARGE_SHORTFALL) if name == "shortfall" else (0,)
        return _telling_percent(figure, borders, language, _SHARES[name])
    if name == "score":
        return number(figure, language, 1)
    if name in _CHANGES:
        unit = "%" if verdict.scale is Scale.percent else indicator.unit
        return difference(figure, unit, language, telling_decimals(figure, 0.0, decimals), signed=True)
    return amount(figure, verdict.scale, indicator, language, decimals)


_CLAUSES = {"mean_change": "trend", "last_change": "last_step"}
_CHANGES = frozenset({"mean_change", "last_change", "behind"})
_SHARES = {"shortfall": 0, "ratio": 0, "growth": 1, "growth_needed": 1, "limit_factor": 0}
"""Figures that are shares, with the fewest decimals they are told with in per cent."""


def when(day: date, language: Language) -> str:
    """The end of a year as the year, of a month as the month, any other day as it is."""
    text = day.isoformat()
    whole_month = day == last_day_of_month(day.year, day.month)
    return partial_date(text[:4] if whole_month and day.month == 12 else text[:7] if whole_month else text, language)


def _decimals_to_recompute(verdict: CourseVerdict, decimals: int) -> int:
    """Enough decimals of the pace that whoever multiplies it by the years left meets the projected value."""
    projected, last = verdict.figures.get("projected"), verdict.window[-1]
    if projected is None or verdict.due is None:
        return decimals
    pace, years = verdict.figures["mean_change"], years_between(last.end, verdict.due)
    wanted, finer = number(projected, "en", decimals), decimals
    while finer < MOST_DECIMALS and number(last.value + round(pace, finer) * years, "en", decimals) != wanted:
        finer += 1
    return finer


def as_of(end: date, indicator: Indicator, language: Language) -> str:
    """The end of a period of an indicator's values: of monthly ones always the month."""
    month = indicator.basis is Basis.month and end == last_day_of_month(end.year, end.month)
    return partial_date(end.isoformat()[:7], language) if month else when(end, language)


def _moved(clause: str, moved: float, scale: Scale, indicator: Indicator, language: Language, decimals: int) -> str:
    """A clause such as "fiel zuletzt im Mittel um 0,3 %-Punkte je Jahr"; a change is never rounded to nothing."""
    way = "flat" if moved == 0 else "rose" if moved > 0 else "fell"
    decimals = telling_decimals(abs(moved), 0.0, decimals)
    words = change(moved, scale, indicator, language, decimals)
    return translate(f"reason.{clause}.{way}", language, change=words)


def _telling_percent(share: float, borders: tuple[float, ...], language: Language, decimals: int = 0) -> str:
    """A share in per cent, with more decimals where it would read like a border that it does not stand on."""
    return percent(share, language, max(telling_decimals(100 * share, 100 * one, decimals) for one in borders))
