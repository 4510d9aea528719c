"""An indicator beside another territory: neither blamed nor praised for what the whole economy does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.domain.progress.outcome import CourseVerdict, NotComputable, Obstacle, Point, Scale
from metrics.domain.progress.rules import DEFAULT, Rule
from metrics.domain.progress.series import Question, Series, ask, broken_off, minus


@dataclass(frozen=True, slots=True)
class Beside:
    """How an indicator moved against another territory, in every period that both have.

    `gaps` are own value less the other one, in the indicator's unit, oldest first; `course` is what a rule says of
    their direction alone, or why it says nothing.
    """

    territory: str
    gaps: tuple[Point, ...]
    course: CourseVerdict | NotComputable


def beside(series: Series, territory: str, points: Sequence[Point], rule: Rule = DEFAULT) -> Beside:
    """Hold a series against another territory's points of the same periods, which come oldest first."""
    gaps = minus(series.points, points)
    question: Question | NotComputable
    if not gaps:
        question = NotComputable(Obstacle.no_shared_period)
    elif broken_off(series, gaps):
        question = NotComputable(Obstacle.break_in_series)
    else:
        question = ask(series, gaps, series.direction.sign, scale=Scale.difference)
    return Beside(territory, gaps, rule.judge(question) if isinstance(question, Question) else question)
