"""Judged indicators and goals in words: what lists, cards and charts say about a value, a target and a course."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from metrics.domain.base import Record, partial_date_bounds
from metrics.domain.demands import Demand, KeepEveryYear, ValueByDate
from metrics.domain.indicators import Indicator, Observation, Qualifier
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, Freshness, NotComputable, Point
from metrics.domain.progress.rollup import GoalTotal
from metrics.locale import totals
from metrics.locale.formats import MISSING, calendar_span, quantity
from metrics.locale.words import choice, course_word, demand_text, record_title, share_text
from metrics.ui.session import _, language
from metrics.ui.text import literal
from metrics.usecases.assessing import WINDOW

OFF_COURSE = frozenset({Course.cloud, Course.thunderstorm})


def name_of(record: Record) -> str:
    """A record's title in the session's language, where it has one in English."""
    return record_title(record, language())


def period_text(start: date, end: date) -> str:
    """A period as it is read."""
    return calendar_span(start, end, language())


def value_text(indicator: Indicator, value: float, qualifier: str = Qualifier.exact) -> str:
    """A value with its unit, worded as its source does: "rund 89,0 %"; never with fewer decimals than it has."""
    words = quantity(value, indicator.unit, language(), max(indicator.decimals, _decimals_of(value)))
    return words if qualifier == Qualifier.exact else f"{choice(Qualifier(qualifier), language())} {words}"


def _decimals_of(value: float) -> int:
    """How many decimals a value was given with, at most four."""
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def observed_text(indicator: Indicator, observed: Observation) -> str:
    """An observation's value with its unit."""
    return value_text(indicator, observed.value, observed.qualifier)


def last_value(found: IndicatorAssessment) -> str:
    """The newest value with its unit; "–" without one."""
    return value_text(found.indicator, found.last.value, found.last.qualifier) if found.last else MISSING


def greyed(found: IndicatorAssessment) -> str:
    """The newest value as it stands in a page's text: grey if it is stale or too old, which a badge says in words."""
    value = literal(last_value(found))
    return f":gray[{value}]" if found.freshness is Freshness.stale or found.too_old else value


def last_period(found: IndicatorAssessment) -> str:
    """The period of the newest value, or that there is none."""
    return period_text(found.last.start, found.last.end) if found.last else _("noch kein Istwert")


def last_text(found: IndicatorAssessment) -> str:
    """The newest value with unit and period in one line."""
    return f"{last_value(found)} · {last_period(found)}" if found.last else last_period(found)


def target_text(indicator: Indicator, demand: Demand) -> str:
    """What is asked for: "höchstens 7,0 % bis 2028", a direction, or the demand's own words."""
    return demand_text(indicator, demand, language())


def bound_of(verdict: TargetAssessment | None) -> float | None:
    """The one value in the indicator's unit that a target asks for, if it asks for one."""
    demand = verdict.target.demand if verdict else None
    return demand.value if isinstance(demand, ValueByDate | KeepEveryYear) else None


def course_of(outcome: CourseVerdict | NotComputable) -> Course | None:
    """The symbol of a verdict, if there is one."""
    return outcome.course if isinstance(outcome, CourseVerdict) else None


def course_name(course: Course | None) -> str:
    """The key under which charts know a course."""
    return course.value if course else "none"


def counted(found: IndicatorAssessment, with_examples: bool) -> TargetAssessment | None:
    """The worst verdict that counts: none on too old values, and on invented ones only if these were asked for."""
    fresh = (verdict for verdict in found.targets if not verdict.too_old)
    return next((verdict for verdict in fresh if with_examples or not verdict.illustrative), None)


def overdue(verdict: TargetAssessment, today: date) -> bool:
    """Whether a target's date has passed and the last value has not reached it."""
    due, found = getattr(verdict.target.demand, "due", None), verdict.attainment
    if not due or not isinstance(found, Attainment):
        return False
    return partial_date_bounds(due)[1] < today and found.share < 1


def is_off_course(verdict: TargetAssessment) -> bool:
    """Whether a verdict says cloud or thunderstorm."""
    return course_of(verdict.course) in OFF_COURSE


def off_course(found: IndicatorAssessment) -> TargetAssessment | None:
    """The verdict that shows an indicator behind or without movement: a real one before one on invented values."""
    fresh = (verdict for verdict in found.targets if not verdict.too_old)
    behind = [verdict for verdict in fresh if is_off_course(verdict)]
    return min(behind, key=lambda verdict: verdict.illustrative, default=None)


def attainment_text(outcome: Attainment | NotComputable | float) -> str:
    """A share in per cent, or that there is none."""
    if isinstance(outcome, NotComputable):
        return _("nicht bewertbar")
    return share_text(outcome.share if isinstance(outcome, Attainment) else outcome, language())


def total_reason(total: GoalTotal) -> str | None:
    """Why a goal has no total; None if it has one."""
    reason = total_obstacle(total)
    return _("Nicht bewertbar: {grund}", grund=reason) if reason else None


def total_obstacle(total: GoalTotal) -> str | None:
    """The same beneath the words "nicht bewertbar"."""
    return totals.total_obstacle(total, language())


def coverage_text(total: GoalTotal) -> str:
    """How much was judged of what was asked."""
    return totals.coverage_text(total, language())


def coverage_percent(coverage: float) -> str:
    """Coverage in per cent, never rounded to a border."""
    return totals.coverage_percent(coverage, language())


def left_out_text(total: GoalTotal) -> str | None:
    """That targets on invented values were left out; None if none was."""
    return totals.left_out_text(total, language())


def too_old_text(total: GoalTotal) -> str | None:
    """That values are too old to count; None if none is."""
    return totals.too_old_text(total, language())


def spread_text(total: GoalTotal) -> str:
    """The spread of symbols beneath a goal, the worst first."""
    return totals.spread_text(total, language())


def newest_run(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The newest points; the first of a long series, which is kept for judging, stands too far from the others."""
    return points[-WINDOW:]


def chart_words() -> Mapping[str, str]:
    """Every label that the charts of goals and indicators ask for."""
    return {
        "empty": _("Noch keine Werte"),
        "no_value": _("noch kein Istwert"),
        "path": _("Weg zum Ziel"),
        "interim": _("Zwischenziel"),
        "forecast": _("Prognose bei gleichbleibendem Trend"),
        "forecast_band": _("80-%-Band (im Rückvergleich 70–75 % Treffer)"),
        "superseded": _("älterer Datenstand"),
        "break": _("Bruch in der Reihe"),
        "target": _("Zielwert"),
        "baseline": _("Ausgangswert"),
        "event": _("Ereignis"),
        "exact": _("Istwert"),
        "approximate": _("ungefährer Wert"),
        "estimated": _("geschätzter Wert"),
        "more_than": _("mehr als"),
        "less_than": _("weniger als"),
        "provisional": _("vorläufig"),
        "illustrative": _("Beispielwert"),
        "expected": _("erwartet"),
        "more": _("{count} weitere in der Tabelle", count="{count}"),
        "all_goals": _("Alle Ziele"),
        "below_25": _("unter 25 %"),
        "below_50": _("unter 50 %"),
        "below_75": _("unter 75 %"),
        "below_100": _("unter 100 %"),
        "reached": _("erreicht"),
        "not_computable": _("nicht bewertbar"),
        "column_series": _("Reihe"),
        "column_from": _("von"),
        "column_to": _("bis"),
        "column_value": _("Wert"),
        "bound_lower": _("Untergrenze"),
        "bound_upper": _("Obergrenze"),
        "column_source": _("Quelle"),
        "column_note": _("Anmerkung"),
        "column_course": _("Kurs"),
        "column_goal": _("Ziel"),
        "column_parent": _("Oberziel"),
        "column_attainment": _("Zielerreichung"),
        "column_weight": _("Gewicht"),
        "column_name": _("Indikator"),
        "column_expected": _("erwartet"),
        **{course_name(course): course_word(course, language()) for course in (*Course, None)},
    }
