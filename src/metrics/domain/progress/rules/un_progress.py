"""The rule of the United Nations' SDG Progress Chart.

Source: SDG Progress Chart 2023, technical note, as described in docs/methods.md: the value expected by the target's
date at the growth since the baseline, as a share of the way. Reached is reached whatever the trend, and so is a target
that is a natural bound (0 or 100 %) as soon as one per cent of the range is missing.

Figures: `baseline` and `expected` (value by the target's date) in the verdict's scale, `growth` (share per year),
`ratio` (share of the way that would be gone by then).
"""

from __future__ import annotations

from math import isfinite

from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rules.growth_ratio import yearly_growth
from metrics.domain.progress.rules.rule import (
    Rule,
    Stretch,
    at_the_border,
    case_since_baseline,
    difference,
    reached_already,
    since_baseline,
    target_ahead,
    verdict,
)
from metrics.domain.progress.series import Question, years_between

ON_TRACK, PROGRESS = 0.95, 0.10
FAST_GROWTH, SLOW_GROWTH = 0.02, 0.005
LEAST_YEARS = 2
NEAR_LIMIT = 1.0
"""Per cent of the range between the natural bounds that counts as there."""


def judge(question: Question) -> CourseVerdict | NotComputable:
    """The symbol from the value that is to be expected; needs two years of data, and values above zero."""
    found = since_baseline(question)
    figures = {"baseline": found.start} if isinstance(found, Stretch) else {}
    if question.reached or _at_limit(question):
        return reached_already(RULE, question, found, figures, "reached" if question.reached else "close_to_limit")
    if isinstance(found, NotComputable):
        return found
    if found.years < LEAST_YEARS:
        return NotComputable(Obstacle.too_short_span)
    growth = yearly_growth(found.start, found.last.value, found.years)
    if growth is None:
        return NotComputable(Obstacle.zero_or_change_of_sign)
    figures["growth"] = growth
    if question.value is None:
        course, category = _by_growth(at_the_border(question.sign * growth))
    elif question.due is None:
        return NotComputable(Obstacle.rule_needs_a_date)
    else:
        obstacle = target_ahead(question, found.start)
        if obstacle:
            return obstacle
        ahead = max(0.0, years_between(found.last.end, question.due))
        expected = _expected(found.last.value, growth, ahead)
        if expected is None:
            return NotComputable(Obstacle.too_short_span)
        figures["expected"] = expected
        way = difference(question.value, found.start)
        figures["ratio"] = at_the_border(difference(expected, found.start) / way)
        course, category = _by_ratio(figures["ratio"])
    case = case_since_baseline(question)
    return verdict(RULE, question, course, found.points, figures, case=case, category=category, since=found.since)


RULE = Rule("un_progress", "2023", judge)


def _expected(value: float, growth: float, years: float) -> float | None:
    """The value after so many years of growth; None if it grows beyond every number."""
    try:
        expected = value * float((1 + growth) ** years)
    except OverflowError:
        return None
    return expected if isfinite(expected) else None


def _at_limit(question: Question) -> bool:
    """Whether the target is the natural bound in the wanted direction, and no more than one per cent is missing."""
    low, high = question.minimum, question.maximum
    if low is None or high is None or low >= high:
        return False
    bound = high if question.sign > 0 else low
    missing = abs(difference(question.points[-1].value, bound))
    return question.value == bound and missing <= difference(high, low) * NEAR_LIMIT / 100


def _by_ratio(ratio: float) -> tuple[Course, str]:
    if ratio >= ON_TRACK:
        return Course.sun, "on_track"
    return (Course.cloud, "acceleration_needed") if ratio >= PROGRESS else (Course.thunderstorm, "stagnation")


def _by_growth(better: float) -> tuple[Course, str]:
    if better >= FAST_GROWTH:
        return Course.sun, "on_track"
    return (Course.cloud, "acceleration_needed") if better >= SLOW_GROWTH else (Course.thunderstorm, "stagnation")
