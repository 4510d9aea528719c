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
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import NotComputable, Obstacle
from metrics.domain.progress.rollup import part_of
from metrics.locale.formats import number
from metrics.locale.words import choice, course_word, field_label, obstacle_sentence
from metrics.ui import plan
from metrics.ui.judged import (
    OFF_COURSE,
    attainment_text,
    chart_words,
    course_name,
    coverage_text,
    last_text,
    name_of,
    target_text,
)
from metrics.ui.session import _, _n, dark, language, with_examples
from metrics.usecases.assessing import ASSESSED_KINDS

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


@plan.remember(*ASSESSED_KINDS)
def rings(wanted: Wanted, focus: str, kind: str, colour_by: str, examples: bool) -> tuple[go.Figure, list[Row], str]:
    """The tree of goals as rings or icicle, opened at `focus`, two levels deep from there.

    `examples` only tells two drawings apart.
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


def rings_finding(shown: frozenset[str]) -> str:
    """What the rings show, in words: how many of these goals are behind, of those that have a course at all."""
    worst = [plan.goal_totals()[identifier].worst for identifier in shown]
    known = sum(course is not None for course in worst)
    if not known:
        return _("Noch kein Ziel mit Kurs")
    return _n(
        "{hinter} von {number} Ziel mit Kurs ist hinter Kurs",
        "{hinter} von {number} Zielen mit Kurs sind hinter Kurs",
        known,
        hinter=sum(course in OFF_COURSE for course in worst),
    )


def goal_of_node(node_id: str) -> str:
    """The goal behind a node of the rings."""
    return node_id.partition(AGAIN)[0]


@plan.remember(*ASSESSED_KINDS)
def bars(identifiers: tuple[str, ...], examples: bool) -> tuple[go.Figure, list[Row], str]:
    """What these indicators bring into the total as bars, with table and alt text."""
    judged = plan.indicators_judged()
    rows = tuple(_bar(judged[identifier], examples) for identifier in identifiers)
    words = {**chart_words(), course_name(None): _("Kurs nicht bewertbar")}
    payload = attainment_bars.AttainmentBars(words, rows)
    alt = _n("Zielerreichung von {number} Indikator", "Zielerreichung von {number} Indikatoren", len(rows))
    alt += ": " + "; ".join(f"{row.name}: {row.text or row.reason}" for row in rows[:12])
    return attainment_bars.draw(payload, dark(), language()), attainment_bars.table(payload), alt


@plan.remember(*ASSESSED_KINDS)
def on_examples() -> frozenset[str]:
    """Goals whose totals rest on invented values as soon as these are asked for."""
    judged = plan.indicators_judged()
    invented = {found.indicator.id for found in judged.values() if any(one.illustrative for one in found.targets)}
    return frozenset(goal_id for goal_id, total in plan.goal_totals().items() if invented & set(total.indicator_ids))


def counts_examples(goal_id: str) -> bool:
    """Whether invented values are counted now and the goal's total rests on some."""
    return with_examples() and goal_id in on_examples()


def age_text(found: IndicatorAssessment) -> str:
    """The newest value with unit and period, and that it is too old to count."""
    old = bool(found.targets) and all(verdict.too_old for verdict in found.targets)
    return _old_text(found) if old else last_text(found)


def left_out(identifiers: Iterable[str]) -> list[IndicatorAssessment]:
    """The indicators whose targets all rest on invented values."""
    judged = (plan.indicators_judged()[identifier] for identifier in identifiers)
    return [found for found in judged if found.targets and all(verdict.illustrative for verdict in found.targets)]


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


def _old_text(found: IndicatorAssessment) -> str:
    return _("{wert} (zu alt, zählt nicht mit)", wert=last_text(found))


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


def _bar(found: IndicatorAssessment, examples: bool) -> attainment_bars.AttainmentRow:
    indicator, part = found.indicator, part_of(found, include_illustrative=examples)
    name, course = name_of(indicator), course_name(part.course if part else None)
    if part is None:
        return attainment_bars.AttainmentRow(indicator.id, name, None, reason=_("nur Beispielwerte"))
    invented = examples and any(verdict.illustrative for verdict in found.targets)
    if isinstance(part.share, NotComputable):
        old = part.share.reason is Obstacle.too_old
        reason = _old_text(found) if old else obstacle_sentence(part.share, language())
        return attainment_bars.AttainmentRow(
            indicator.id, name, None, course=course, reason=reason, illustrative=invented
        )
    aims = [_("Ziel: {ziel}", ziel=target_text(indicator, verdict.target.demand)) for verdict in found.targets]
    return attainment_bars.AttainmentRow(
        indicator.id,
        name,
        part.uncapped,
        attainment_text(part.uncapped or 0.0),
        course,
        illustrative=invented,
        hover="\n".join([name, last_text(found), *aims]),
    )
