"""What stands beside a course: the other rules, the earlier symbols, what lies ahead, other territories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.charts.theme import Row
from metrics.domain.indicators import Comparison, Indicator
from metrics.domain.progress.assessment import (
    IndicatorAssessment,
    TargetAssessment,
    courses_side_by_side,
    earlier_courses,
    rules_disagree,
)
from metrics.domain.progress.context import Beside, beside
from metrics.domain.progress.forecast import ExpectedYear, Forecast, expected_year, forecast
from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Obstacle, Point
from metrics.domain.progress.rules import RULES
from metrics.locale.explanations import telling_decimals
from metrics.locale.formats import difference, quantity
from metrics.locale.words import course_word, obstacle_sentence, rule_name, rule_reason
from metrics.ui import plan
from metrics.ui.indicator_view import compared_with
from metrics.ui.judged import course_of, period_text
from metrics.ui.session import _, language, today


@dataclass(frozen=True, slots=True)
class EarlierCourse:
    """The symbol as it would have been with the reading of a period as the newest."""

    period: str
    course: Course | None


@dataclass(frozen=True, slots=True)
class ByRule:
    """What one rule says of a target: its name with its version, the course, and the sentence that explains it."""

    name: str
    course: CourseVerdict | NotComputable
    reason: str


@plan.remember("indicator", "target", "reading", "comparison")
def by_rule(indicator_id: str, target_id: str) -> list[ByRule]:
    """What every rule says of a target, the default one first."""
    found, verdict = _found(indicator_id, target_id)
    return [
        ByRule(
            _("{regel} (Fassung {fassung})", regel=rule_name(name, language()), fassung=RULES[name].version),
            course,
            rule_reason(found.indicator, verdict.target, course, language()),
        )
        for name, course in courses_side_by_side(verdict.target, found.series).items()
    ]


def disagree(judged: Sequence[ByRule]) -> bool:
    """Whether one rule sees the target on course and another one does not."""
    return rules_disagree({one.name: one.course for one in judged})


@plan.remember("indicator", "target", "reading", "comparison")
def earlier(indicator_id: str, target_id: str) -> list[EarlierCourse]:
    """The symbols of the five readings before the newest, oldest first."""
    found, verdict = _found(indicator_id, target_id)
    starts = {point.end: point.start for point in found.points}
    return [
        EarlierCourse(period_text(starts[end], end), course_of(course))
        for end, course in earlier_courses(verdict.target, found.series)
    ]


@plan.remember("indicator", "target", "reading", "comparison")
def outlook(indicator_id: str, target_id: str) -> str:
    """When the target is expected to be reached at an unchanged pace: a span of years, or why there is none."""
    found, verdict = _found(indicator_id, target_id)
    question = verdict.target.demand.question(found.series)
    expected = question if isinstance(question, NotComputable) else forecast(question)
    if isinstance(question, NotComputable) or isinstance(expected, NotComputable):
        assert isinstance(expected, NotComputable)
        return _("Zieljahr nicht absehbar: {grund}", grund=obstacle_sentence(expected, language()))
    year = expected_year(expected, question)
    if isinstance(year, ExpectedYear):
        return _expected_words(year)
    reason = obstacle_sentence(year, language())
    if year.reason in (Obstacle.already_reached, Obstacle.no_value_to_reach):
        return reason
    return _("Zieljahr nicht absehbar: {grund}", grund=reason)


def _expected_words(year: ExpectedYear) -> str:
    if year.latest is None:
        return _(
            "Zieljahr voraussichtlich {frueh} bis nach {horizont}, bei gleichbleibendem Trend {wahrscheinlich}.",
            frueh=year.earliest,
            horizont=year.horizon,
            wahrscheinlich=year.likely,
        )
    if year.earliest == year.latest:
        return _("Zieljahr voraussichtlich {jahr}, bei gleichbleibendem Trend.", jahr=year.likely)
    return _(
        "Zieljahr voraussichtlich {frueh} bis {spaet}, bei gleichbleibendem Trend {wahrscheinlich}.",
        frueh=year.earliest,
        spaet=year.latest,
        wahrscheinlich=year.likely,
    )


@plan.remember("indicator", "reading", "target")
def no_forecast(indicator_id: str) -> str | None:
    """Why there is no forecast to be shown; None if there is one."""
    found = forecast(plan.indicators_judged()[indicator_id].series)
    if isinstance(found, NotComputable):
        return obstacle_sentence(found, language())
    if _is_over(found):
        return _("Sie reichte nur bis {jahr} und ist damit vorbei.", jahr=found.years[-1].end.year)
    return None


def shown_forecast(judged: IndicatorAssessment) -> Forecast | None:
    """The forecast of an indicator's own series, unless it lies in the past as a whole because the readings are old."""
    found = forecast(judged.series)
    return found if isinstance(found, Forecast) and not _is_over(found) else None


def _is_over(found: Forecast) -> bool:
    return found.years[-1].end <= today()


@plan.remember("indicator", "target", "reading", "comparison")
def beside_others(indicator_id: str) -> list[Beside]:
    """The indicator against every territory that has values of it, in order of their names."""
    found = plan.indicators_judged()[indicator_id]
    return [
        beside(found.series, territory, tuple(_point(record) for record in records))
        for territory, records in compared_with(indicator_id).items()
    ]


def beside_sentence(indicator: Indicator, one: Beside) -> str:
    """How far apart the two stood last and how that compares with the period before, with the numbers."""
    if not one.gaps:
        return _("{raum}: kein Zeitraum, für den beide einen Wert haben.", raum=one.territory)
    last = one.gaps[-1]
    words = _(
        "{raum}, {zeit}: {abstand}",
        raum=one.territory,
        zeit=period_text(last.start, last.end),
        abstand=_gap(indicator, last.value),
    )
    if len(one.gaps) < 2:
        return words
    before = one.gaps[-2]
    return words + _(
        "; {zeit} waren es {abstand}",
        zeit=period_text(before.start, before.end),
        abstand=_gap(indicator, before.value),
    )


def beside_rows(indicator: Indicator, found: list[Beside], series: tuple[Point, ...]) -> list[Row]:
    """Own value, other value and difference of every shared period."""
    own = {(point.start, point.end): point.value for point in series}
    rows: list[Row] = []
    for one in found:
        for gap in one.gaps:
            value = own[gap.start, gap.end]
            rows.append(
                {
                    _("Zeitraum"): period_text(gap.start, gap.end),
                    _("Vergleichsraum"): one.territory,
                    indicator.territory: quantity(value, indicator.unit, language(), indicator.decimals),
                    _("Wert dort"): quantity(value - gap.value, indicator.unit, language(), indicator.decimals),
                    _("Unterschied"): _gap(indicator, gap.value),
                }
            )
    return rows


def course_beside(one: Beside) -> str:
    """Why the course against another territory has its symbol, or why there is none."""
    if isinstance(one.course, CourseVerdict):
        return course_word(one.course.course, language())
    return _("nicht bewertbar ({grund})", grund=obstacle_sentence(one.course, language()).rstrip("."))


def _gap(indicator: Indicator, value: float) -> str:
    decimals = telling_decimals(value, 0.0, indicator.decimals)
    return difference(value, indicator.unit, language(), decimals, signed=True)


def _point(record: Comparison) -> Point:
    return Point(
        record.period_start,
        record.period_end,
        record.value,
        illustrative=record.illustrative,
        vintage=record.vintage,
        qualifier=record.qualifier.value,
        provisional=record.provisional,
    )


def _found(indicator_id: str, target_id: str) -> tuple[IndicatorAssessment, TargetAssessment]:
    found = plan.indicators_judged()[indicator_id]
    return found, next(one for one in found.targets if one.target.id == target_id)
