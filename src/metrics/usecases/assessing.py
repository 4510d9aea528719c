"""The judged plan: every indicator against its targets, every goal with its total."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.forecast import LEAST_YEARS, MOST_POINTS
from metrics.domain.progress.outcome import Point
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.progress.rules import DEFAULT, Rule
from metrics.domain.progress.series import Series
from metrics.domain.targets import Target
from metrics.store.ledger import Store

WINDOW = 13
"""Newest points of each indicator that are kept: six to judge by, at the present and at five earlier points, and one
more that shows whether the series goes on before them."""
JUDGED_KINDS = ("indicator", "target", "reading", "comparison")
ASSESSED_KINDS = ("goal", *JUDGED_KINDS)


@dataclass(frozen=True, slots=True)
class Judged:
    """Every indicator judged on a day by a rule, by id, at a change number."""

    today: date
    rule: Rule
    change_number: int
    indicators: dict[str, IndicatorAssessment]


@dataclass(frozen=True, slots=True)
class PlanAssessment:
    """All judgements of a day. `totals` leave illustrative values out unless they were asked for."""

    judged: Judged
    include_illustrative: bool
    goals: dict[str, Goal]
    totals: dict[str, GoalTotal]

    @property
    def indicators(self) -> dict[str, IndicatorAssessment]:
        """Every indicator judged, by id."""
        return self.judged.indicators


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Judging makes hundreds of thousands of things and throws hardly one away.

    Searching them for garbage over and over takes a quarter of the time; one search afterwards is enough.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_collector_at_rest()
def judge_indicators(
    store: Store,
    indicators: Iterable[Indicator],
    targets: Iterable[Target],
    today: date,
    rule: Rule = DEFAULT,
    earlier: Judged | None = None,
    as_of: int | None = None,
) -> Judged:
    """Judge the store's current indicators and targets on a day.

    With an earlier judgement of the same day and rule only those indicators are judged anew of which something was
    written since. `as_of` is the change number from before indicators and targets were read: what somebody writes
    while they are read and judged is then judged anew the next time.
    """
    number = store.change_number(*JUDGED_KINDS) if as_of is None else as_of
    by_id = {indicator.id: indicator for indicator in indicators}
    targets_of: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        targets_of[target.indicator_id].append(target)
    known: Mapping[str, IndicatorAssessment] = {}
    only: list[str] | None = None
    if earlier and (earlier.today, earlier.rule) == (today, rule):
        touched = {row[0] for row in store.connection.tuples("indicators_touched", {"since": earlier.change_number})}
        known = {identifier: found for identifier, found in earlier.indicators.items() if identifier not in touched}
        only = sorted(by_id.keys() - known.keys())
    points, others = _gather(store, today, targets_of, only)
    judged = {}
    for identifier, indicator in by_id.items():
        found = known.get(identifier)
        if found is None:
            series = Series.of(indicator, points.get(identifier, ()), others.get(identifier))
            found = assess_indicator(indicator, targets_of.get(identifier, ()), series, today, rule)
        judged[identifier] = found
    return Judged(today, rule, number, judged)


@_collector_at_rest()
def assess_plan(
    store: Store, today: date, *, include_illustrative: bool = False, rule: Rule = DEFAULT
) -> PlanAssessment:
    """Judge the whole plan on a day."""
    number = store.change_number(*JUDGED_KINDS)
    judged = judge_indicators(store, store.records(Indicator), store.records(Target), today, rule, as_of=number)
    goals = store.records(Goal)
    totals = total_goals(goals, judged.indicators.values(), include_illustrative=include_illustrative)
    return PlanAssessment(judged, include_illustrative, {goal.id: goal for goal in goals}, totals)


def _gather(
    store: Store, today: date, targets_of: Mapping[str, Sequence[Target]], only: list[str] | None
) -> tuple[dict[str, list[Point]], dict[str, dict[str, tuple[Point, ...]]]]:
    """The points that decide, oldest first, by indicator; those of other territories where a demand asks for them."""
    wanted = targets_of.keys() if only is None else targets_of.keys() & set(only)
    whole = [one for one in wanted if any(target.demand.needs_whole_series for target in targets_of[one])]
    compared = [one for one in wanted if any(target.demand.needs_comparison for target in targets_of[one])]
    points: dict[str, list[Point]] = defaultdict(list)
    if only is None or only:
        short = {"few": MOST_POINTS, "years": LEAST_YEARS}
        asked = {"today": today, "window": WINDOW, **short, "only": only, "whole": whole}
        for row in store.connection.tuples("reading_window", asked):
            points[row[0]].append(Point._make(row[1:]))
    others: dict[str, dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    if compared:
        for row in store.connection.tuples("comparison_series", {"today": today, "only": compared}):
            others[row[0]][row[1]].append(Point._make(row[2:]))
    return points, {
        identifier: {territory: tuple(found) for territory, found in series.items()}
        for identifier, series in others.items()
    }
