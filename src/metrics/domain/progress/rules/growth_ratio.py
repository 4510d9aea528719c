"""The growth that was achieved beside the growth that is needed, as Eurostat and Statistics Canada do it.

Source: Open SDG "Progress measure" (Statistics Canada, inspired by Eurostat), as described in docs/methods.md: the
compound annual growth rate since the baseline over the rate that would have led from the baseline to the target.
A target that is reached is achieved, whatever the growth. Without a target the growth itself is judged; near a natural
limit its borders shrink.

Figures: `baseline` (in the verdict's scale), `growth` and `growth_needed` (share per year), `ratio` (growth / growth
needed), `limit_factor` (no unit), `score` (−5 … 5).
"""

from __future__ import annotations

from itertools import pairwise

from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rules.rule import (
    Rule,
    Stretch,
    at_the_border,
    case_since_baseline,
    reached_already,
    since_baseline,
    target_ahead,
    verdict,
)
from metrics.domain.progress.series import Question, years_between

ON_TRACK, MODERATE = 0.95, 0.60
FAST_GROWTH, SLOW_GROWTH = 0.015, 0.005
LIMIT_EXPONENT = 4.44
LEAST_YEARS = 1
_SCORES = ((-0.6, -5.0), (0.0, -2.5), (0.6, 0.0), (0.95, 2.5), (1.3, 5.0))


def judge(question: Question) -> CourseVerdict | NotComputable:
    """The symbol from the growth since the baseline; needs a year, and only values above zero have a growth rate."""
    found = since_baseline(question)
    figures, growth = {}, None
    if isinstance(found, Stretch):
        figures["baseline"] = found.start
        growth = yearly_growth(found.start, found.last.value, found.years) if found.years >= LEAST_YEARS else None
    if growth is not None:
        figures["growth"] = growth
    if question.reached:
        figures["score"] = _SCORES[-1][1]
        return reached_already(RULE, question, found, figures, "achieved")
    if isinstance(found, NotComputable):
        return found
    if question.due and question.due <= found.last.end:
        course, category = Course.thunderstorm, "not_achieved"
    elif growth is None:
        short = found.years < LEAST_YEARS
        return NotComputable(Obstacle.too_short_span if short else Obstacle.zero_or_change_of_sign)
    elif question.value is None:
        course, category = _by_growth(question, figures)
    elif question.due is None:
        return NotComputable(Obstacle.rule_needs_a_date)
    else:
        needed = yearly_growth(found.start, question.value, years_between(found.since, question.due))
        obstacle = target_ahead(question, found.start)
        if obstacle or not needed:
            nothing = Obstacle.zero_or_change_of_sign if needed is None else Obstacle.baseline_equals_target
            return obstacle or NotComputable(nothing)
        ratio = at_the_border(growth / needed)
        figures |= {"growth_needed": needed, "ratio": ratio, "score": score(ratio)}
        course, category = _by_ratio(ratio)
    case = case_since_baseline(question)
    return verdict(RULE, question, course, found.points, figures, case=case, category=category, since=found.since)


RULE = Rule("growth_ratio", "2023", judge)


def yearly_growth(start: float, end: float, years: float) -> float | None:
    """Compound annual growth as a share; None where it is undefined, unless both values are above zero."""
    return float((end / start) ** (1 / years) - 1) if start > 0 and end > 0 else None


def limit_factor(base: float, limit: float) -> float:
    """How much growth may still be asked for near a natural limit: 1 − (baseline / limit)^4.44 below an upper one.

    Above a lower limit the baseline counts as far below it as it lies above; from twice the limit on it is free.
    """
    near = base if base <= limit else max(0.0, 2 * limit - base)
    return 1.0 - float((near / limit) ** LIMIT_EXPONENT)


def score(ratio: float) -> float:
    """The ratio on the scale −5 … 5, straight between −60 %, 0, 60 %, 95 % and 130 %."""
    if ratio <= _SCORES[0][0]:
        return _SCORES[0][1]
    for (left, low), (right, high) in pairwise(_SCORES):
        if ratio <= right:
            return low + (high - low) * (ratio - left) / (right - left)
    return _SCORES[-1][1]


def _by_ratio(ratio: float) -> tuple[Course, str]:
    if ratio >= ON_TRACK:
        return Course.sun, "on_track"
    if ratio >= MODERATE:
        return Course.sun_cloud, "acceleration_needed"
    return (Course.cloud, "limited_progress") if ratio >= 0 else (Course.thunderstorm, "deterioration")


def _by_growth(question: Question, figures: dict[str, float]) -> tuple[Course, str]:
    base, limit = figures["baseline"], question.maximum if question.sign > 0 else question.minimum
    factor = limit_factor(base, limit) if limit and limit > 0 and question.sign * (limit - base) >= 0 else 1.0
    figures["limit_factor"] = factor
    better = at_the_border(question.sign * figures["growth"])
    if better >= FAST_GROWTH * factor:
        return Course.sun, "on_track"
    if better >= SLOW_GROWTH * factor:
        return Course.sun_cloud, "acceleration_needed"
    return (Course.cloud, "limited_progress") if better >= 0 else (Course.thunderstorm, "deterioration")
