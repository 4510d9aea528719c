"""The Destatis rule for weather symbols, the default.

Source: "Status der Indikatoren – Methodik", dns-indikatoren.de/status (Statistisches Bundesamt), as described in
docs/methods.md. The mean change is taken over the last six data *points* and divided by the years between them.

Figures: `mean_change` and `last_change` (per year), `projected` (value on the day by which, at the same pace), all in
the verdict's scale; `shortfall` (share 0–1 of the way that would be missing then).
"""

from __future__ import annotations

from metrics.domain.indicators import POINTS_NEEDED
from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable
from metrics.domain.progress.rules.rule import Rule, at_the_border, difference, verdict
from metrics.domain.progress.series import Question, years_between

SMALL_SHORTFALL, LARGE_SHORTFALL = 0.05, 0.20


def judge(question: Question) -> CourseVerdict | NotComputable:
    """The symbol from the last six points, or from four or five where the indicator is a decided exception."""
    window = question.window(question.points_needed, POINTS_NEEDED)
    if isinstance(window, NotComputable):
        return window
    before, last = window[-2:]
    mean = difference(last.value, window[0].value) / years_between(window[0].end, last.end)
    step = difference(last.value, before.value) / years_between(before.end, last.end)
    figures = {"mean_change": mean, "last_change": step}
    case, better = question.case, question.sign * mean
    if case is CourseCase.direction_only:
        course = _direction_only(better, question.sign * step)
    elif case is CourseCase.every_year:
        course = _every_year(better, reached=bool(question.reached))
    else:
        assert question.value is not None and question.due is not None
        way = mean * years_between(last.end, question.due)
        figures["projected"] = last.value + way
        figures["shortfall"] = at_the_border(1 - way / difference(question.value, last.value))
        course = _dated(figures["shortfall"], better)
    return verdict(RULE, question, course, window, figures)


RULE = Rule("destatis_weather", "2024-10", judge)


def _dated(shortfall: float, better: float) -> Course:
    if shortfall < SMALL_SHORTFALL:
        return Course.sun
    if shortfall <= LARGE_SHORTFALL:
        return Course.sun_cloud
    return Course.cloud if better > 0 else Course.thunderstorm


def _every_year(better: float, *, reached: bool) -> Course:
    if reached:
        return Course.sun if better >= 0 else Course.sun_cloud
    return Course.cloud if better > 0 else Course.thunderstorm


def _direction_only(better: float, better_at_last: float) -> Course:
    if better > 0:
        return Course.sun if better_at_last > 0 else Course.sun_cloud
    return Course.cloud if better_at_last > 0 else Course.thunderstorm
