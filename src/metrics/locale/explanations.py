"""Judgements in one plain sentence that contains the numbers it rests on."""

from __future__ import annotations

from metrics.domain.indicators import Direction, Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseCase, CourseVerdict, NotComputable
from metrics.domain.progress.weather import LARGE_SHORTFALL, SMALL_SHORTFALL
from metrics.domain.targets import KeepEveryYear, ValueByDate
from metrics.locale.catalogue import Language, lookup, translate
from metrics.locale.formats import MOST_DECIMALS, difference, number, partial_date, percent, quantity
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
    course = verdict.course
    if isinstance(course, NotComputable):
        return _no_course(course, language)
    words = {"course": course_word(course.course, language)} | _trend_words(indicator, course, language)
    demand = verdict.target.demand
    if isinstance(demand, ValueByDate | KeepEveryYear):
        words |= _target_words(indicator, demand, course, language)
    return translate(_reason_key(course), language, **words)


def course_disclaimer(language: Language) -> str:
    """What a symbol is not; stands wherever symbols are shown."""
    return translate("reason.disclaimer", language)


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
    """How much of one target is reached: from the baseline, or against the threshold."""
    decimals = telling_decimals(found.value, found.target, indicator.decimals)
    words = {
        "share": _telling_percent(found.share, (0, 1), language),
        "value": quantity(found.value, indicator.unit, language, decimals),
        "target": _target_phrase(indicator, verdict.target.demand, decimals, language),
    }
    if found.baseline is not None:
        words["baseline"] = quantity(found.baseline, indicator.unit, language, decimals)
        words["year"] = f" ({found.baseline_end.year})" if found.baseline_end else ""
        return translate(f"reason.way.{'stated' if found.baseline_stated else 'first'}", language, **words)
    miss = abs(found.value - found.target)
    words["miss"] = difference(miss, indicator.unit, language, decimals)
    kept = indicator.direction.sign * (found.value - found.target) >= 0
    return translate(f"reason.threshold.{'kept' if kept else 'missed'}", language, **words)


def telling_decimals(one: float, other: float, decimals: int) -> int:
    """Enough decimals that two different values do not read the same: 7.04 beside 7.0 needs two; at most six."""
    while decimals < MOST_DECIMALS and one != other and number(one, "en", decimals) == number(other, "en", decimals):
        decimals += 1
    return decimals


def _no_course(outcome: CourseVerdict | NotComputable, language: Language) -> str:
    assert isinstance(outcome, NotComputable)
    return translate("reason.no_course", language, obstacle=obstacle_sentence(outcome, language))


def _reason_key(verdict: CourseVerdict) -> str:
    """The sentence for a case: a dated target says what comes of the pace, unless the pace leads away from it."""
    case = verdict.case.value
    if verdict.case is CourseCase.direction_only:
        return f"reason.{case}"
    if verdict.case is CourseCase.dated_target and verdict.course is not Course.thunderstorm:
        return f"reason.{case}.{'gap' if (verdict.shortfall or 0) > 0 else 'no_gap'}"
    return f"reason.{case}.{verdict.course.value}"


def _trend_words(indicator: Indicator, verdict: CourseVerdict, language: Language) -> dict[str, str]:
    wanted = "higher" if indicator.direction is Direction.higher else "lower"
    return {
        "trend": _moved("trend", verdict.mean_change, indicator, language),
        "last_step": _moved("last_step", verdict.last_change, indicator, language),
        "wanted": translate(f"reason.wanted.{wanted}", language),
    }


def _moved(clause: str, change: float, indicator: Indicator, language: Language) -> str:
    """A clause such as "fiel zuletzt im Mittel um 0,3 %-Punkte je Jahr"; a change is never rounded to nothing."""
    way = "flat" if change == 0 else "rose" if change > 0 else "fell"
    decimals = telling_decimals(abs(change), 0.0, indicator.decimals)
    amount = difference(abs(change), indicator.unit, language, decimals)
    return translate(f"reason.{clause}.{way}", language, change=amount)


def _target_words(
    indicator: Indicator, demand: ValueByDate | KeepEveryYear, verdict: CourseVerdict, language: Language
) -> dict[str, str]:
    compared = verdict.projected if verdict.projected is not None else verdict.window[-1].value
    decimals = telling_decimals(compared, demand.value, indicator.decimals)
    words = {
        "target": _target_phrase(indicator, demand, decimals, language),
        "value": quantity(verdict.window[-1].value, indicator.unit, language, decimals),
    }
    if verdict.projected is not None and isinstance(demand, ValueByDate):
        words["due"] = partial_date(demand.due, language)
        words["projected"] = quantity(verdict.projected, indicator.unit, language, decimals)
        words["bound"] = _bound(indicator, demand.value, decimals, language)
        words["shortfall"] = _telling_percent(verdict.shortfall or 0.0, (0, SMALL_SHORTFALL, LARGE_SHORTFALL), language)
    return words


def _target_phrase(indicator: Indicator, demand: object, decimals: int, language: Language) -> str:
    """The demand as in "höchstens 7,0 % bis 2028"; a threshold has no date."""
    assert isinstance(demand, ValueByDate | KeepEveryYear)
    phrase = _bound(indicator, demand.value, decimals, language)
    if isinstance(demand, KeepEveryYear):
        return phrase
    return translate("reason.target_by", language, bound=phrase, due=partial_date(demand.due, language))


def _bound(indicator: Indicator, target: float, decimals: int, language: Language) -> str:
    side = "at_most" if indicator.direction is Direction.lower else "at_least"
    return translate(f"reason.{side}", language, value=quantity(target, indicator.unit, language, decimals))


def _telling_percent(share: float, borders: tuple[float, ...], language: Language) -> str:
    """A share in whole per cent, with decimals where it would read like a border that it does not stand on."""
    return percent(share, language, max(telling_decimals(100 * share, 100 * border, 0) for border in borders))
