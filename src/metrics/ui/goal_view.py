"""The tree of goals as the page shows it: who stands under whom, what fits a filter, rings and bars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts import attainment_bars, goal_rings
from metrics.charts.theme import Row
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.measures import Measure
from metrics.domain.plan import FieldOfAction, Perspective
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, NotComputable
from metrics.locale.formats import number
from metrics.locale.words import choice, course_word, field_label, obstacle_sentence
from metrics.ui import plan
from metrics.ui.judged import (
    OFF_COURSE,
    attainment_text,
    chart_words,
    counted,
    course_name,
    course_of,
    coverage_text,
    last_text,
    name_of,
    target_text,
)
from metrics.ui.session import _, _n, dark, language

TOP = ""
"""Stands for the place above all goals."""
AGAIN = "@"
"""Joins a goal and the parent under which it stands a second time; no id can hold it."""


LEVELS = 2
"""Levels of goals that the rings show beneath the one they are opened at; more would be too small to read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the tree is asked for; an empty field asks for nothing."""

    perspective_id: str = ""
    field_id: str = ""
    owner: str = ""
    state: str = ""


@plan.remember("goal")
def children() -> dict[str, tuple[str, ...]]:
    """Ids of the goals under each goal in the plan's order; those without a parent in the plan stand under TOP."""
    goals = plan.records(Goal)
    under: dict[str, list[str]] = defaultdict(list)
    for goal in sorted(goals.values(), key=lambda goal: (goal.position, goal.id)):
        for parent in [parent for parent in goal.parent_ids if parent in goals] or [TOP]:
            under[parent].append(goal.id)
    return {parent: tuple(found) for parent, found in under.items()}


@plan.remember("measure")
def measures_of() -> dict[str, tuple[str, ...]]:
    """Ids of the measures that serve each goal."""
    return _by_goal(plan.records(Measure).values())


@plan.remember("indicator")
def indicators_of() -> dict[str, tuple[str, ...]]:
    """Ids of the indicators that measure each goal itself."""
    return _by_goal(plan.records(Indicator).values())


@plan.remember("goal")
def visible(wanted: Wanted) -> frozenset[str]:
    """Goals that fit, with all goals above them, so that each can be reached from the top."""
    goals = plan.records(Goal)
    waiting = [goal.id for goal in goals.values() if _fits(goal, wanted)]
    found: set[str] = set()
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [parent for parent in goals[current].parent_ids if parent in goals]
    return frozenset(found)


def way_to(goal_id: str) -> tuple[str, ...]:
    """The goals from the top down to a goal (first parent of each), the goal itself last."""
    goals, way = plan.records(Goal), [goal_id]
    while True:
        parents = [parent for parent in goals[way[0]].parent_ids if parent in goals and parent not in way]
        if not parents:
            return tuple(way)
        way.insert(0, parents[0])


@plan.remember("goal")
def ways() -> dict[str, str]:
    """Every goal with its way from the top in words, in the order of the ways."""
    goals = plan.records(Goal)
    named = {identifier: " › ".join(name_of(goals[one]) for one in way_to(identifier)) for identifier in goals}
    return dict(sorted(named.items(), key=lambda item: (item[1], item[0])))


@plan.remember("goal")
def owners() -> tuple[str, ...]:
    """Everyone who answers for a goal."""
    return tuple(sorted({goal.owner for goal in plan.records(Goal).values() if goal.owner}))


@plan.remember("goal", "indicator", "target", "reading")
def rings(
    wanted: Wanted, focus: str, kind: str, colour_by: str, with_examples: bool
) -> tuple[go.Figure, list[Row], str]:
    """The tree of goals as rings or icicle, opened at `focus`, two levels deep from there.

    `with_examples` only tells two drawings apart.
    """
    goals, totals, shown = plan.records(Goal), plan.goal_totals(), visible(wanted)
    nodes: list[goal_rings.GoalNode] = []
    placed: set[str] = set()
    way = way_to(focus) if focus else ()
    waiting = [(goal_id, TOP, 1 - len(way)) for goal_id in children().get(TOP, ())]
    while waiting:
        goal_id, parent, level = waiting.pop(0)
        own = goal_id if goal_id not in placed else goal_id + AGAIN + parent
        if goal_id not in shown or own in placed or level > LEVELS:
            continue
        placed.add(own)
        goal, total = goals[goal_id], totals[goal_id]
        text = attainment_text(total.attainment)
        course = course_word(total.worst, language())
        hover = f"{name_of(goal)}\n{_('Zielerreichung')}: {text}\n{_('Kurs')}: {course}\n{coverage_text(total)}"
        share = None if isinstance(total.attainment, NotComputable) else total.attainment
        nodes.append(
            goal_rings.GoalNode(own, parent, name_of(goal), share, course_name(total.worst), goal.weight, text, hover)
        )
        if AGAIN not in own:
            waiting += [(child, own, level + 1) for child in children().get(goal_id, ())]
    payload = goal_rings.GoalRings(chart_words(), tuple(nodes), kind, colour_by, focus)
    tops = [node for node in nodes if node.parent == (focus if focus in placed else TOP)]
    alt = _n("Zielbaum mit {number} Ziel", "Zielbaum mit {number} Zielen", len(nodes))
    alt += ": " + "; ".join(f"{node.label}: {node.text}" for node in tops[:12])
    return goal_rings.draw(payload, dark(), language()), goal_rings.table(payload), alt


def behind_of(shown: frozenset[str]) -> int:
    """How many of these goals have a course that is off."""
    totals = plan.goal_totals()
    return sum(totals[identifier].worst in OFF_COURSE for identifier in shown)


def goal_of_node(node_id: str) -> str:
    """The goal behind a node of the rings."""
    return node_id.partition(AGAIN)[0]


@plan.remember("goal", "indicator", "target", "reading")
def bars(identifiers: tuple[str, ...], with_examples: bool) -> tuple[go.Figure, list[Row], str]:
    """Attainment of these indicators as bars, with table and alt text; the invented count only if asked for."""
    judged = plan.indicators_judged()
    rows = tuple(_bar(judged[identifier], counted(judged[identifier], with_examples)) for identifier in identifiers)
    payload = attainment_bars.AttainmentBars(chart_words(), rows)
    alt = _n("Zielerreichung von {number} Indikator", "Zielerreichung von {number} Indikatoren", len(rows))
    alt += ": " + "; ".join(f"{row.name}: {row.text or row.reason}" for row in rows[:12])
    return attainment_bars.draw(payload, dark(), language()), attainment_bars.table(payload), alt


def left_out(identifiers: Iterable[str]) -> list[IndicatorAssessment]:
    """The indicators whose targets all rest on invented values."""
    judged = (plan.indicators_judged()[identifier] for identifier in identifiers)
    return [found for found in judged if found.targets and counted(found, with_examples=False) is None]


def facts(goal: Goal) -> list[tuple[str, str]]:
    """The goal's Steckbrief as (label, text); what is not stated is left out."""
    perspective = plan.records(Perspective).get(goal.perspective_id or "")
    field = plan.records(FieldOfAction).get(goal.field_id or "")
    target = f"{number(goal.target_value, language())} {goal.target_unit or ''}".strip() if goal.target_value else None
    stated = {
        "level": choice(goal.level, language()),
        "state": choice(goal.state, language()),
        "state_reason": goal.state_reason,
        "owner": goal.owner or _("noch niemand"),
        "deputy": goal.deputy,
        "perspective_id": name_of(perspective) if perspective else None,
        "field_id": name_of(field) if field else None,
        "target_year": str(goal.target_year) if goal.target_year else None,
        "target_shape": choice(goal.target_shape, language()) if goal.target_shape else None,
        "target_value": target,
        "benchmark": goal.benchmark,
        "weight": number(goal.weight, language()),
        "stars": "★" * goal.stars if goal.stars else None,
        "origin": choice(goal.origin, language()) if goal.origin else None,
        "guiding_principle": goal.guiding_principle,
        "note": goal.note,
    }
    return [(field_label("goal", field, language()), text) for field, text in stated.items() if text]


def _by_goal(records: Iterable[Measure | Indicator]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for goal_id in record.goal_ids:
            found[goal_id].append(record.id)
    return {goal_id: tuple(identifiers) for goal_id, identifiers in found.items()}


def _fits(goal: Goal, wanted: Wanted) -> bool:
    return (
        wanted.perspective_id in ("", goal.perspective_id)
        and wanted.field_id in ("", goal.field_id)
        and wanted.owner in ("", goal.owner)
        and wanted.state in ("", goal.state)
    )


def _bar(found: IndicatorAssessment, verdict: TargetAssessment | None) -> attainment_bars.AttainmentRow:
    indicator = found.indicator
    if verdict is None:
        reason = _("nur Beispielwerte") if found.targets else obstacle_sentence(found.attainment, language())  # type: ignore[arg-type]
        return attainment_bars.AttainmentRow(indicator.id, name_of(indicator), None, reason=reason)
    outcome = verdict.attainment
    share = outcome.share if isinstance(outcome, Attainment) else None
    reason = "" if isinstance(outcome, Attainment) else obstacle_sentence(outcome, language())
    aim = _("Ziel: {ziel}", ziel=target_text(indicator, verdict.target.demand))
    return attainment_bars.AttainmentRow(
        indicator.id,
        name_of(indicator),
        share,
        attainment_text(outcome) if share is not None else "",
        course_name(course_of(verdict.course)),
        reason=reason,
        illustrative=verdict.illustrative,
        hover=f"{name_of(indicator)}\n{last_text(found)}\n{aim}",
    )
