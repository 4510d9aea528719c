"""What leadership sees first, gathered: what moved, what is off course, waits, is decided next or overloaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

import plotly.graph_objects as go

from metrics.charts import sparkline
from metrics.charts.series import Point as ChartPoint
from metrics.charts.series import segments
from metrics.domain import load
from metrics.domain.goals import Goal, GoalLevel
from metrics.domain.indicators import Indicator
from metrics.domain.kinds import KINDS
from metrics.domain.measures import Measure
from metrics.domain.ownership import OWNED_TYPES, Owned, is_active
from metrics.domain.periods import quarter_of
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Point
from metrics.domain.progress.rollup import GoalTotal
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.locale.formats import number, percent, quarter
from metrics.locale.words import action_words, kind_name
from metrics.ui import plan
from metrics.ui.judged import (
    bound_of,
    chart_words,
    counted,
    course_name,
    course_of,
    is_off_course,
    name_of,
    newest_run,
    off_course,
    period_text,
    value_text,
)
from metrics.ui.people_names import shown
from metrics.ui.record_titles import record_title
from metrics.ui.runtime import store
from metrics.ui.session import OFFICE_TIME, _, _n, dark, language, now, person, today
from metrics.usecases.looking import decisions_ahead, due_readings, last_look, note_look

MOST_MOVED = 200
"""Records read for "what moved"; beyond it the page says "more than"."""


@dataclass(frozen=True, slots=True)
class Step:
    """Records that one act of writing touched: when, by whom, what was done, and what to open."""

    at: datetime
    by: str
    words: str
    titles: str
    kind: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """One record that was written, as the ledger names it."""

    at: datetime
    by: str
    action: str
    kind: str
    id: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class WorstLoad:
    """Where the office is most overloaded: a sentence, the share as text, quarter and group; invented or not."""

    words: str
    share: str
    below: str
    illustrative: bool


def look() -> int:
    """The change number that this person had seen before today; notes that they have seen the plan now.

    Held for the whole day, so that a second look on Monday still shows what Monday brought.
    """
    midnight = datetime.combine(today(), time(), OFFICE_TIME).astimezone(UTC).replace(tzinfo=None)
    seen = last_look(store(), person().name, midnight)
    note_look(store(), person().name, now())
    return seen


def written_since(change_number: int) -> list[Written]:
    """What was written after a change number, the newest first."""
    return [
        Written(one.recorded_at, shown(one.recorded_by), one.action, one.kind, one.id, one.withdrawn)
        for one in plan.moved(change_number, MOST_MOVED)
    ]


def written_last() -> list[Written]:
    """What was written last, whoever has seen it."""
    return [
        Written(
            entry.change.recorded_at,
            shown(entry.change.recorded_by),
            entry.change.action,
            entry.kind,
            entry.id,
            entry.withdrawn,
        )
        for entry in plan.history()[:MOST_MOVED]
    ]


def steps(written: list[Written], most: int = 5) -> list[Step]:
    """What was written, as acts, the newest first: many records written at once are one line."""
    acts = groupby(written, key=lambda one: (one.at, one.by, one.action))
    return [_step(list(records)) for _number, (_key, records) in zip(range(most), acts, strict=False)]


@plan.remember("indicator", "target", "reading", "comparison")
def behind(with_examples: bool) -> list[tuple[IndicatorAssessment, TargetAssessment]]:
    """Indicators off course with the verdict that says so, the worst first; invented values only if asked for."""
    if not with_examples:
        return [(one, verdict) for one, verdict in behind(True) if not verdict.illustrative]
    found = [(one, off_course(one)) for one in plan.indicators_judged().values()]
    kept = [(one, verdict) for one, verdict in found if verdict]
    return sorted(kept, key=lambda pair: (pair[1].illustrative, -_severity(pair[1]), pair[0].indicator.id))


@plan.remember("indicator", "target", "reading", "comparison")
def behind_long_ago() -> int:
    """How many indicators were off course when they were last measured, too long ago to count."""
    known = {found.indicator.id for found, _verdict in behind(True)}
    judged = (one for one in plan.indicators_judged().values() if one.indicator.id not in known)
    return sum(any(verdict.too_old and is_off_course(verdict) for verdict in one.targets) for one in judged)


@plan.remember("indicator", "target", "reading", "comparison")
def judged_and_behind(with_examples: bool) -> tuple[int, int]:
    """How many indicators have a course, and how many of them are off it; as asked with or without invented values."""
    verdicts = [counted(one, with_examples) for one in plan.indicators_judged().values()]
    courses = [course_of(verdict.course) for verdict in verdicts if verdict]
    judged = [course for course in courses if course]
    return len(judged), sum(course.severity >= 2 for course in judged)


@plan.remember("indicator", "target", "reading", "comparison")
def waiting() -> list[IndicatorAssessment]:
    """Indicators that wait for a value, the longest waiting first."""
    return due_readings(plan.indicators_judged().values())


@plan.remember(*(kind.kind for kind in OWNED_TYPES))
def ownerless() -> dict[str, int]:
    """How many active goals, measures, indicators and labs name no function in charge, by kind."""
    return {kind.kind: sum(_nobody(record) for record in plan.records(kind).values()) for kind in OWNED_TYPES}


@plan.remember("measure")
def decisions() -> list[Measure]:
    """Measures on which a body has still to decide, the earliest first."""
    return decisions_ahead(plan.records(Measure).values())


@plan.remember("capacity_group", "resource_demand", "measure")
def worst_load(with_examples: bool) -> WorstLoad | None:
    """The most overloaded quarter of a group from now on.

    None if the plan has no capacity or no demand from now on; the sentence says so if everything fits.
    """
    groups, demands = load.counted(
        plan.records(CapacityGroup).values(),
        plan.records(ResourceDemand).values(),
        plan.records(Measure).values(),
        include_illustrative=with_examples,
    )
    now = quarter_of(today())
    ahead = sorted({each for demand in demands for each in demand.quarters if each >= now})
    if not groups or not ahead:
        return None
    loads = load.judge_load(groups, demands, ahead).values()
    found = load.worst(loads)
    if found is None:
        words = _("In keinem Quartal wird mehr verlangt, als Zeit da ist.")
        return WorstLoad(
            words, "≤ " + percent(1.0, language()), _("in jedem Quartal"), any(one.illustrative for one in loads)
        )
    group = next(group for group in groups if group.id == found.group_id)
    share = percent(found.share, language()) if found.share is not None else _("keine Zeit frei")
    words = _(
        "{gruppe}, {quartal}: {bedarf} von {frei} Personentagen verplant ({anteil}).",
        gruppe=group.title,
        quartal=quarter(found.period, language()),
        bedarf=number(found.demand, language(), 0),
        frei=number(found.capacity, language(), 0),
        anteil=share,
    )
    below = f"{quarter(found.period, language())} · {group.title}"
    return WorstLoad(words, share, below, found.illustrative)


def strategic_goals() -> list[Goal]:
    """Strategic goals that are pursued, in the plan's order."""
    goals = [goal for goal in plan.records(Goal).values() if goal.level is GoalLevel.strategic and not goal.ended]
    return sorted(goals, key=lambda goal: (goal.position, goal.id))


def leading(total: GoalTotal) -> IndicatorAssessment | None:
    """The indicator that decides a goal's symbol, or without a symbol the one that tells most."""
    decides = plan.indicators_judged().get(total.worst_indicator_id or "")
    return decides or telling_most(total.indicator_ids)


@plan.remember("indicator", "target", "reading", "comparison")
def telling_most(indicator_ids: tuple[str, ...]) -> IndicatorAssessment | None:
    """Real before invented, then most points, then the newest value."""
    judged = plan.indicators_judged()
    known = [judged[identifier] for identifier in indicator_ids if judged[identifier].last]
    return max(known, key=_telling, default=None)


def spark(indicator_id: str, with_examples: bool) -> tuple[go.Figure, str]:
    """An indicator's spark line and its text alternative."""
    found = plan.indicators_judged()[indicator_id]
    verdict = counted(found, with_examples)
    course = course_name(course_of(verdict.course) if verdict else None)
    return _drawn(indicator_id, newest_run(found.points), bound_of(verdict), course)


@plan.remember("indicator")
def _drawn(indicator_id: str, points: tuple[Point, ...], bound: float | None, course: str) -> tuple[go.Figure, str]:
    """The spark line of these points, drawn again only when one of them changes, not with every reading of the plan."""
    indicator = plan.records(Indicator)[indicator_id]
    payload = sparkline.Sparkline(
        chart_words(), segments(_spark_point(indicator, point) for point in points), bound, course
    )
    first, last = points[0], points[-1]
    alt = _(
        "Verlauf {titel}: von {anfang} ({von}) auf {ende} ({bis})",
        titel=name_of(indicator),
        anfang=value_text(indicator, first.value, first.qualifier),
        von=period_text(first.start, first.end),
        ende=value_text(indicator, last.value, last.qualifier),
        bis=period_text(last.start, last.end),
    )
    return sparkline.draw(payload, dark(), language()), alt


def _step(records: list[Written]) -> Step:
    first = records[0]
    words = action_words(first.action, language())
    if len(records) > 1:
        kinds = Counter(record.kind for record in records).most_common(3)
        titles = ", ".join(f"{count} {kind_name(kind, language(), plural=count > 1)}" for kind, count in kinds)
        more = len({record.kind for record in records}) - len(kinds)
        if more:
            titles = _n("{arten} und eine weitere Art", "{arten} und {number} weitere Arten", more, arten=titles)
        titles += " …" if len(records) == MOST_MOVED else ""
        return Step(first.at, first.by, words, titles, None, None)
    record = store().versions(first.kind, first.id)[-1].record if first.kind in KINDS else None
    title = record_title(record) if record else first.id
    kind, identifier = (first.kind, first.id) if not first.withdrawn else (None, None)
    if first.kind in ("reading", "comparison", "target") and record:
        kind, identifier = "indicator", getattr(record, "indicator_id", first.id)
    return Step(first.at, first.by, words, title, kind, identifier)


def _severity(verdict: TargetAssessment) -> int:
    course = course_of(verdict.course)
    return course.severity if course else -1


def _nobody(record: Owned) -> bool:
    return is_active(record) and not record.owner


def _telling(found: IndicatorAssessment) -> tuple[bool, int, int, str]:
    last = found.last
    end = last.end.toordinal() if last else 0
    return not found.illustrative, len(found.points), end, found.indicator.id


def _spark_point(indicator: Indicator, point: Point) -> ChartPoint:
    words = value_text(indicator, point.value, point.qualifier)
    return ChartPoint(
        point.start,
        point.end,
        point.value,
        text=words,
        hover=f"{period_text(point.start, point.end)}: {words}",
        illustrative=point.illustrative,
        break_before=point.break_before,
    )
