"""What the page of methods shows beside its words: tables of borders, and examples from the plan's own data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, geometric_mean

from metrics.charts.theme import Row
from metrics.domain.demands import DEMANDS
from metrics.domain.indicators import Indicator, Rhythm
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment, course_by
from metrics.domain.progress.freshness import STALE_AFTER, TOO_OLD_AFTER
from metrics.domain.progress.outcome import Attainment, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rules import RULES
from metrics.locale.formats import number, percent
from metrics.locale.words import choice, course_word, kind_name, obstacle_sentence, rule_name
from metrics.ui import navigation, plan
from metrics.ui.goal_parts import MEAN_SHOWN
from metrics.ui.methods_texts import RuleText, demand_text
from metrics.ui.session import _, language

_NEEDS_A_WAY = (
    Obstacle.duplicate_period,
    Obstacle.no_time_since_baseline,
    Obstacle.baseline_equals_target,
    Obstacle.baseline_beyond_target,
)
_NEEDS_GROWTH = (
    Obstacle.zero_or_change_of_sign,
    Obstacle.too_short_span,
    Obstacle.too_few_points,
    Obstacle.break_in_series,
    Obstacle.rule_needs_a_date,
)
CANNOT_JUDGE: dict[str, tuple[Obstacle, ...]] = {
    "destatis_weather": (Obstacle.too_few_points, Obstacle.break_in_series, Obstacle.duplicate_period),
    "target_path": (Obstacle.rule_needs_a_date, Obstacle.no_dated_baseline, *_NEEDS_A_WAY),
    "growth_ratio": (*_NEEDS_GROWTH, *_NEEDS_A_WAY),
    "un_progress": (*_NEEDS_GROWTH, *_NEEDS_A_WAY),
}
"""Why a rule may have no answer to a question that can be asked."""
DECIDES = {
    "destatis_weather": "shortfall",
    "target_path": "shortfall",
    "growth_ratio": "ratio",
    "un_progress": "ratio",
}
"""The figure by which a rule judges a target with a date: an example that has it shows the whole calculation."""


@dataclass(frozen=True, slots=True)
class Example:
    """A target of the plan on which a method is shown; `invented_target`: the readings are real, the target is not."""

    found: IndicatorAssessment
    verdict: TargetAssessment
    outcome: CourseVerdict | Attainment
    invented_target: bool


def link(rule: str | None = None) -> None:
    """The way to this page from where a symbol is shown, with that rule unfolded."""
    navigation.link("methods", _("Wie gerechnet wird"), identifier=rule, icon=":material/calculate:")


def rule_heading(rule: str) -> str:
    """A rule's name with its version."""
    return _("{rule}, Fassung {version}", rule=rule_name(rule, language()), version=RULES[rule].version)


def border_rows(text: RuleText) -> list[Row]:
    """The borders of a rule."""
    return [
        {_("Fall"): choice(case, language()), _("Zeichen"): course_word(course, language()), _("Bedingung"): condition}
        for case, course, condition in text.borders
    ]


def cannot_judge(rule: str) -> list[str]:
    """Why a rule may have no answer, in sentences."""
    return [obstacle_sentence(NotComputable(reason), language()) for reason in CANNOT_JUDGE[rule]]


@plan.remember("indicator", "target", "reading", "comparison")
def course_example(rule: str) -> Example | None:
    """The first target with real readings that a rule can judge; a real target and a whole calculation come first."""
    best: Example | None = None
    rank = (True, True)
    for found, verdict in _on_real_readings():
        course = course_by(RULES[rule], verdict.target, found.series)
        if isinstance(course, NotComputable) or any(point.illustrative for point in course.window):
            continue
        offered = (verdict.illustrative, DECIDES[rule] not in course.figures)
        if best is None or offered < rank:
            best, rank = Example(found, verdict, course, verdict.illustrative), offered
        if not any(rank):
            break
    return best


@plan.remember("indicator", "target", "reading", "comparison")
def attainment_example() -> Example | None:
    """The first target with real readings whose Zielerreichung can be worked out; a real target comes first."""
    offers = (
        Example(found, verdict, verdict.attainment, verdict.illustrative)
        for found, verdict in _on_real_readings()
        if isinstance(verdict.attainment, Attainment)
    )
    return min(offers, key=lambda one: one.invented_target, default=None)


def demand_rows() -> list[Row]:
    """Every kind of target, explained."""
    explained = _("Was verlangt ist und wie die Zielerreichung entsteht")
    return [{_("Art des Zielwerts"): kind_name(kind, language()), explained: demand_text(kind)} for kind in DEMANDS]


def age_rows() -> list[Row]:
    """After how many days a value is overdue, stale and too old, for each rhythm at the usual publication lag."""
    lag = usual_lag()
    return [
        {
            _("Rhythmus"): choice(rhythm, language()),
            _("überfällig nach"): _days(rhythm.days + lag),
            _("veraltet nach"): _days(STALE_AFTER * (rhythm.days + lag)),
            _("zählt nicht mehr nach"): _days(TOO_OLD_AFTER * (rhythm.days + lag)),
        }
        for rhythm in Rhythm
        if rhythm.days is not None
    ]


def usual_lag() -> int:
    """The publication lag in days of an indicator that states none."""
    return int(Indicator.model_fields["publication_lag"].default)


def mean_rows() -> list[Row]:
    """Why a second mean is shown: the same mean, reached in two ways."""
    return [
        {
            _("Anteile der Teile"): ", ".join(percent(share, language()) for share in shares),
            _("Mittelwert (zählt)"): percent(fmean(shares), language()),
            _("geometrisches Mittel"): percent(geometric_mean(shares), language()),
            _("schwächster Teil"): percent(min(shares), language()),
        }
        for shares in MEAN_SHOWN
    ]


def _on_real_readings() -> Iterator[tuple[IndicatorAssessment, TargetAssessment]]:
    """Every target in force on an indicator whose newest reading is real, in the order of the ids."""
    for found in plan.indicators_judged().values():
        if found.last and not found.illustrative:
            yield from ((found, verdict) for verdict in found.targets)


def _days(days: float) -> str:
    return _("{days} Tagen", days=number(days, language(), 0))
