"""What the pages show about measures: which are found, their rows and cards, the timeline, all that belongs to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import plotly.graph_objects as go

from metrics.charts import timeline
from metrics.domain.base import partial_date_bounds
from metrics.domain.context import Event, Finding
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.resources import ResourceDemand
from metrics.locale.formats import MISSING, partial_date
from metrics.locale.words import choice
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.record_values import span_words
from metrics.ui.session import _, dark, language, today

STATE_ICONS: Mapping[MeasureState, str] = {
    MeasureState.idea: ":material/lightbulb:",
    MeasureState.assessed: ":material/rule:",
    MeasureState.prioritised: ":material/low_priority:",
    MeasureState.planned: ":material/event:",
    MeasureState.deferred: ":material/hourglass_disabled:",
    MeasureState.running: ":material/play_arrow:",
    MeasureState.paused: ":material/pause:",
    MeasureState.implemented: ":material/check:",
    MeasureState.consolidated: ":material/verified:",
    MeasureState.discontinued: ":material/cancel:",
}
STATE_COLOURS: Mapping[MeasureState, Any] = {
    MeasureState.running: "blue",
    MeasureState.paused: "orange",
    MeasureState.implemented: "green",
    MeasureState.consolidated: "green",
    MeasureState.discontinued: "red",
}
"""Everything before the start is grey."""
MILESTONE_ICONS: Mapping[MilestoneState, str] = {
    MilestoneState.done: ":material/check_circle:",
    MilestoneState.late: ":material/error:",
    MilestoneState.ahead: ":material/radio_button_unchecked:",
    MilestoneState.undated: ":material/help:",
}
NOBODY = "–"
"""The choice "without an owner" in the filter; no owner can be called so by accident, names are words."""


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """What to look for; an empty part asks for nothing. `goal` includes all goals beneath it."""

    text: str = ""
    states: tuple[str, ...] = ()
    goal: str | None = None
    responsibilities: tuple[str, ...] = ()
    owner: str | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.text.strip() or self.states or self.goal or self.responsibilities or self.owner)


@plan.remember("measure", "goal")
def found_measures(wanted: MeasureFilter) -> tuple[Measure, ...]:
    """The measures that fit, in order of id."""
    words = wanted.text.casefold().split()
    goals = _with_descendants(wanted.goal) if wanted.goal else frozenset()
    return tuple(measure for measure in plan.records(Measure).values() if _fits(measure, wanted, words, goals))


def _fits(measure: Measure, wanted: MeasureFilter, words: Iterable[str], goals: frozenset[str]) -> bool:
    text = f"{measure.id} {measure.title} {measure.title_en or ''} {' '.join(measure.partners)}".casefold()
    return (
        all(word in text for word in words)
        and (not wanted.states or measure.state in wanted.states)
        and (not goals or not goals.isdisjoint(measure.goal_ids))
        and (not wanted.responsibilities or measure.responsibility in wanted.responsibilities)
        and (not wanted.owner or (measure.owner or NOBODY) == wanted.owner)
    )


def _with_descendants(goal_id: str) -> frozenset[str]:
    children: dict[str, list[str]] = defaultdict(list)
    for goal in plan.records(Goal).values():
        for parent in goal.parent_ids:
            children[parent].append(goal.id)
    found, waiting = set(), [goal_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += children[current]
    return frozenset(found)


@plan.remember("measure")
def owners() -> tuple[str, ...]:
    """Everybody who owns a measure, and "–" if some have no owner."""
    return tuple(sorted({measure.owner or NOBODY for measure in plan.records(Measure).values()}))


def facts_line(measure: Measure) -> str:
    """Id, responsibility, owner and period on one line."""
    parts = [measure.id, choice(measure.responsibility, language())]
    parts.append(_("Zuständig: {name}", name=measure.owner) if measure.owner else _("ohne Zuständige"))
    when = span_words(measure.starts, measure.ends)
    parts.append(when if when != MISSING else _("ohne Termin"))
    return " · ".join(parts)


def by_state(measures: Iterable[Measure]) -> dict[MeasureState, list[Measure]]:
    """The measures of each state that has any, in the order in which a measure passes through them."""
    found: dict[MeasureState, list[Measure]] = {state: [] for state in MeasureState}
    for measure in measures:
        found[measure.state].append(measure)
    return {state: own for state, own in found.items() if own}


# --- timeline ---------------------------------------------------------------------------------------------------------


def dated(measures: Iterable[Measure]) -> tuple[list[Measure], list[Measure]]:
    """The measures with a date, the earliest first, and those without any."""
    days = [(_first_day(measure), measure) for measure in measures]
    known = [(day, measure) for day, measure in days if day]
    known.sort(key=lambda pair: (pair[0], pair[1].id))
    return [measure for _day, measure in known], [measure for day, measure in days if day is None]


def _first_day(measure: Measure) -> date | None:
    steps = (milestone.done_on or milestone.due for milestone in measure.milestones)
    days = [partial_date_bounds(text)[0] for text in (measure.starts, measure.ends, *steps) if text]
    return min(days, default=None)


@plan.remember("measure")
def timeline_chart(ids: tuple[str, ...]) -> tuple[go.Figure, list[dict[str, object]]]:
    """The timeline of these measures and its table."""
    measures = plan.records(Measure)
    rows = tuple(_timeline_row(measures[identifier]) for identifier in ids)
    payload = timeline.Timeline(words=_timeline_words(), rows=rows, today=today())
    return timeline.draw(payload, dark(), language()), timeline.table(payload)


def _timeline_row(measure: Measure) -> timeline.TimelineRow:
    steps = [(milestone, milestone.done_on or milestone.due) for milestone in measure.milestones]
    marks = tuple(
        timeline.MilestoneMark(partial_date_bounds(when)[1], milestone.title, bool(milestone.done_on))
        for milestone, when in steps
        if when
    )
    state = choice(measure.state, language())
    return timeline.TimelineRow(
        id=measure.id,
        title=name_of(measure),
        state=measure.state.value,
        start=partial_date_bounds(measure.starts) if measure.starts else None,
        end=partial_date_bounds(measure.ends) if measure.ends else None,
        milestones=marks,
        state_text=state,
        illustrative=measure.illustrative,
        hover=f"{name_of(measure)}\n{state} · {span_words(measure.starts, measure.ends)}",
    )


def _timeline_words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Maßnahme mit einem Termin."),
        "today": _("Heute"),
        "milestone": _("Meilenstein"),
        "milestone_done": _("Meilenstein erreicht"),
        "imprecise": _("Zeitpunkt ungenau oder offen"),
        "no_dates": _("nur Meilensteine"),
        "illustrative": _("Beispielwert"),
        "more": _("{count} weitere stehen in der Tabelle.", count="{count}"),
        "planned": _("geplant"),
        "running": _("laufend"),
        "paused": _("pausiert"),
        "done": _("umgesetzt"),
        "discontinued": _("eingestellt"),
        "column_measure": _("Maßnahme"),
        "column_state": _("Stand"),
        "column_start_from": _("Beginn ab"),
        "column_start_to": _("Beginn bis"),
        "column_end_from": _("Ende ab"),
        "column_end_to": _("Ende bis"),
        "column_note": _("Hinweis"),
    }


# --- all that belongs to one measure ----------------------------------------------------------------------------------


@plan.remember("resource_demand")
def demands_by_measure() -> dict[str, list[ResourceDemand]]:
    """The demands of every measure that has any, by period and group."""
    found: dict[str, list[ResourceDemand]] = defaultdict(list)
    for demand in sorted(plan.records(ResourceDemand).values(), key=lambda demand: (demand.period, demand.group_id)):
        found[demand.measure_id].append(demand)
    return dict(found)


@plan.remember("indicator")
def indicators_by_measure() -> dict[str, list[str]]:
    """Ids of the indicators that name a measure."""
    found: dict[str, list[str]] = defaultdict(list)
    for indicator in plan.records(Indicator).values():
        for measure_id in indicator.measure_ids:
            found[measure_id].append(indicator.id)
    return dict(found)


@plan.remember("finding")
def findings_by_measure() -> dict[str, list[Finding]]:
    """The findings that name a measure."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in plan.records(Finding).values():
        for measure_id in finding.measure_ids:
            found[measure_id].append(finding)
    return dict(found)


@plan.remember("event")
def lab_events(lab_id: str) -> tuple[Event, ...]:
    """The events of a living lab, the earliest first."""
    found = [event for event in plan.records(Event).values() if event.living_lab_id == lab_id]
    return tuple(sorted(found, key=lambda event: (partial_date_bounds(event.happened_on), event.id)))


def events_of(measure: Measure) -> tuple[Event, ...]:
    """The events of the living lab that a measure belongs to."""
    return lab_events(measure.living_lab_id) if measure.living_lab_id else ()


def milestone_rows(measure: Measure) -> list[tuple[MilestoneState, str, str]]:
    """(state, title, when) of every milestone, the earliest first, those without a date last."""
    found = []
    for milestone in measure.milestones:
        when = milestone.done_on or milestone.due
        order = partial_date_bounds(when) if when else (date.max, date.max)
        state = judge_milestone(milestone, today())
        found.append((order, state, milestone.title, _milestone_time(state, milestone.due, milestone.done_on)))
    return [(state, name, words) for _order, state, name, words in sorted(found, key=lambda row: row[0])]


def _milestone_time(state: MilestoneState, due: str | None, done_on: str | None) -> str:
    shown = partial(partial_date, language=language())
    match state:
        case MilestoneState.done:
            if due:
                return _("erreicht {tag}, geplant {termin}", tag=shown(done_on), termin=shown(due))
            return _("erreicht {tag}", tag=shown(done_on))
        case MilestoneState.late:
            return _("überfällig seit {tag}", tag=shown(due))
        case MilestoneState.ahead:
            return _("fällig {tag}", tag=shown(due))
    return _("ohne Termin")
