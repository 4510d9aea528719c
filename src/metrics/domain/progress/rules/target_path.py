"""Pace against the target path: what is reached so far beside what the path asks for by now.

The path runs straight from the baseline through the interim targets to the target (docs/methods.md, product formulas).
The borders are those of the Destatis rule, so that the two can be compared.

Figures: `baseline`, `expected` (the path on the last point's day), `behind` (value − expected), in the verdict's scale;
`shortfall` (share of the way asked for by now that is missing).
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from metrics.domain.progress.outcome import Course, CourseCase, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rules.destatis_weather import LARGE_SHORTFALL, SMALL_SHORTFALL
from metrics.domain.progress.rules.rule import Rule, at_the_border, difference, since_baseline, target_ahead, verdict
from metrics.domain.progress.series import Question, Waypoint, years_between


def judge(question: Question) -> CourseVerdict | NotComputable:
    """The symbol for the last point against the path; needs a dated target and a baseline with its day."""
    if question.value is None or question.due is None:
        return NotComputable(Obstacle.rule_needs_a_date)
    if not question.path:
        return NotComputable(Obstacle.no_dated_baseline)
    found = since_baseline(question)
    if isinstance(found, NotComputable):
        return found
    value, asked = found.last.value, way_asked(question.path, found.last.end)
    if question.sign * asked <= 0:
        return target_ahead(question, found.start) or NotComputable(Obstacle.no_time_since_baseline)
    shortfall = at_the_border(1 - difference(value, found.start) / asked)
    expected = found.start + asked
    figures = {"baseline": found.start, "expected": expected, "behind": value - expected, "shortfall": shortfall}
    if shortfall < SMALL_SHORTFALL:
        course = Course.sun
    elif shortfall <= LARGE_SHORTFALL:
        course = Course.sun_cloud
    else:
        course = Course.cloud if shortfall < 1 else Course.thunderstorm
    return verdict(RULE, question, course, found.points, figures, case=CourseCase.dated_target, since=found.since)


RULE = Rule("target_path", "1", judge)


def way_asked(path: tuple[Waypoint, ...], day: date) -> float:
    """How far from the baseline the path asks to be on a day: straight between its points, level before and after."""
    way = 0.0
    for earlier, later in pairwise(path):
        if day > earlier.day:
            gone = day >= later.day  # a way that is due on the day of its baseline is asked for at once
            share = 1.0 if gone else years_between(earlier.day, day) / years_between(earlier.day, later.day)
            way += difference(later.value, earlier.value) * share
    return way
