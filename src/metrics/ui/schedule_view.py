"""What the schedule says: which measures when, what has slipped, what waits for what, and which must not slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from metrics.charts import gantt
from metrics.domain.base import partial_date_bounds
from metrics.domain.goals import Goal
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.refusals import CircularDependency
from metrics.domain.scheduling.chains import BrokenOrder, broken_order, network_of, waits_for
from metrics.domain.scheduling.critical_path import Network
from metrics.domain.scheduling.slippage import Slippage
from metrics.locale.formats import number
from metrics.locale.words import choice
from metrics.ui import measure_view, plan
from metrics.ui.judged import name_of
from metrics.ui.record_values import span_words
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, dark, language, today
from metrics.ui.text import one_line
from metrics.usecases.promising import NO_PROMISE, MeasureSlippage, first_promises, slipped

NAMED = 4
"""Measures that a sentence names."""
MOST_IN_PATH = 8
"""Measures of a path that a sentence names."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which measures are asked for; an empty part asks for nothing."""

    goal: str | None = None
    lab: str | None = None
    state: str | None = None


@plan.remember("measure")
def counted_measures(examples: bool) -> tuple[Measure, ...]:
    """The measures that go on; real ones are not mixed with examples unless asked for, or if there is nothing real."""
    going_on = [one for one in plan.records(Measure).values() if not one.ended]
    dated = measure_view.dated(going_on)[0]
    real = [one for one in going_on if not one.illustrative]
    mixed = examples or all(one.illustrative for one in dated)
    return tuple(going_on if mixed else real)


@plan.remember("measure")
def left_out(examples: bool) -> int:
    """How many example measures that go on do not count."""
    return sum(not one.ended for one in plan.records(Measure).values()) - len(counted_measures(examples))


@plan.remember("measure", "goal")
def shown(rows: Rows, examples: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the measures asked for: those with a date, the earliest first, and those without any."""
    wanted = measure_view.MeasureFilter(states=(rows.state,) if rows.state else (), goal=rows.goal)
    asked = {one.id for one in measure_view.found_measures(wanted)} if wanted.asks else None
    found = [
        one
        for one in counted_measures(examples)
        if (asked is None or one.id in asked) and (not rows.lab or one.living_lab_id == rows.lab)
    ]
    dated, undated = measure_view.dated(found)
    return tuple(one.id for one in dated), tuple(one.id for one in undated)


@plan.remember("measure", "goal")
def goal_choices(examples: bool) -> dict[str, str]:
    """Goals that a measure serves that goes on, by title."""
    used = {goal for one in counted_measures(examples) for goal in one.goal_ids}
    return _named({key: goal for key, goal in plan.records(Goal).items() if key in used})


@plan.remember("measure", "living_lab")
def lab_choices(examples: bool) -> dict[str, str]:
    """Living labs that a measure belongs to that goes on, by title."""
    used = {one.living_lab_id for one in counted_measures(examples)}
    return _named({key: lab for key, lab in plan.records(LivingLab).items() if key in used})


@plan.remember("measure")
def state_choices(examples: bool) -> dict[str, str]:
    """States of the measures that go on, in the order in which a measure passes through them."""
    used = {one.state for one in counted_measures(examples)}
    return {state.value: choice(state, language()) for state in MeasureState if state in used}


def _named(records: Mapping[str, Goal | LivingLab]) -> dict[str, str]:
    titles = sorted((one_line(name_of(one), 80), key) for key, one in records.items())
    return {key: title for title, key in titles}


@plan.remember("measure")
def slippages(examples: bool) -> dict[str, MeasureSlippage]:
    """How far every measure that goes on has slipped, by id."""
    promises = first_promises(store())
    return {one.id: slipped(one, promises.get(one.id, NO_PROMISE), today()) for one in counted_measures(examples)}


@plan.remember("measure")
def network(examples: bool) -> Network | CircularDependency:
    """The measures that wait for each other; where they wait in a circle, the refusal that names it."""
    try:
        return network_of(counted_measures(examples))
    except CircularDependency as refusal:
        return refusal


@plan.remember("measure")
def broken(examples: bool) -> tuple[BrokenOrder, ...]:
    """Measures that begin too early; ended measures are looked at too, for others may wait for them."""
    going_on = {one.id for one in counted_measures(examples)}
    return tuple(one for one in broken_order(plan.records(Measure).values()) if one.after_id in going_on)


# --- chart ------------------------------------------------------------------------------------------------------------


@plan.remember("measure")
def chart(ids: tuple[str, ...], examples: bool) -> tuple[go.Figure, list[dict[str, object]]]:
    """The Gantt chart of these measures and its table."""
    measures, found = plan.records(Measure), network(examples)
    critical = set(found.critical) if isinstance(found, Network) else set()
    slips = slippages(examples)
    rows = tuple(_row(measures[key], slips[key], key in critical) for key in ids)
    together = {key: measures[key] for key in ids}
    links = tuple(
        gantt.GanttLink(before, after, critical=before in critical and after in critical)
        for before, after in waits_for(together)
    )
    payload = gantt.Gantt(words=gantt_words(), rows=rows, today=today(), links=links)
    return gantt.draw(payload, dark(), language()), gantt.table(payload)


def _row(measure: Measure, found: MeasureSlippage, critical: bool) -> gantt.GanttRow:
    end = partial_date_bounds(measure.ends) if measure.ends else None
    state = choice(measure.state, language())
    words = slip_words(found)
    told = f"{name_of(measure)}\n{state} · {span_words(measure.starts, measure.ends)}"
    return gantt.GanttRow(
        id=measure.id,
        title=one_line(name_of(measure), 120),
        state=measure.state.value,
        start=partial_date_bounds(measure.starts) if measure.starts else None,
        end=end,
        milestones=_milestones(measure),
        state_text=state,
        illustrative=measure.illustrative,
        hover=f"{told}\n{words}".strip(),
        promised_end=_promised(measure, found),
        slip=words,
        critical=critical,
    )


def _promised(measure: Measure, found: MeasureSlippage) -> date | None:
    """The last day first promised; none where two dates of different precision may mean the same."""
    first, now = found.promise.ends, measure.ends
    if first is None or now is None:
        return None
    sure = isinstance(found.end, Slippage) and found.end.postponed is not None and found.end.postponed.sure
    return partial_date_bounds(first)[1] if first == now or sure else None


def _milestones(measure: Measure) -> tuple[gantt.GanttMilestone, ...]:
    steps = [(step, step.done_on or step.due, judge_milestone(step, today())) for step in measure.milestones]
    return tuple(
        gantt.GanttMilestone(
            partial_date_bounds(when)[1], step.title, state is MilestoneState.done, late=state is MilestoneState.late
        )
        for step, when, state in steps
        if when
    )


def slip_words(found: MeasureSlippage) -> str:
    """What is sure of a measure's slippage, in words; nothing where all is as it was promised."""
    end, said = found.end, list[str]()
    days = end.postponed.sure if isinstance(end, Slippage) and end.postponed else 0
    if days > 0:
        said.append(_n("{number} Tag später als zugesagt", "{number} Tage später als zugesagt", days))
    if days < 0:
        said.append(_n("{number} Tag früher als zugesagt", "{number} Tage früher als zugesagt", -days))
    if isinstance(end, Slippage) and end.overdue:
        said.append(_("Ende überschritten"))
    known = (one.postponed for one in found.milestones.values() if isinstance(one, Slippage))
    moved = sum(one is not None and one.sure > 0 for one in known)
    if moved:
        said.append(_n("{number} Meilenstein verschoben", "{number} Meilensteine verschoben", moved))
    return ", ".join(said)


def gantt_words() -> dict[str, str]:
    """The words of a chart that shows measures against what was promised."""
    return measure_view.timeline_words() | {
        "milestone_late": _("Meilenstein überfällig"),
        "open_end": _("Ende offen"),
        "promised": _("zuerst zugesagt"),
        "critical": _("kritisch"),
        "critical_path": _("auf dem kritischen Weg"),
        "dependency": _("erst danach möglich"),
        "column_promised": _("Zuerst zugesagtes Ende"),
        "column_slip": _("Tage später als zugesagt"),
        "column_critical": _("Kritischer Weg"),
        "column_after": _("Erst möglich nach"),
    }


# --- sentences --------------------------------------------------------------------------------------------------------


def finding(ids: Iterable[str], examples: bool) -> str:
    """The chart's title: how many ends have moved, or that none has."""
    slips = [slippages(examples)[key].end for key in ids]
    known = [one for one in slips if isinstance(one, Slippage) and one.postponed is not None]
    late = [one for one in known if one.postponed and one.postponed.sure > 0]
    if not known:
        return _("Was wann läuft")
    if not late:
        return _n(
            "Die Maßnahme mit Endtermin endet nicht später als zuerst zugesagt",
            "Keine der {number} Maßnahmen mit Endtermin endet später als zuerst zugesagt",
            len(known),
        )
    return _n(
        "{number} von {alle} Maßnahmen endet später als zuerst zugesagt",
        "{number} von {alle} Maßnahmen enden später als zuerst zugesagt",
        len(late),
        alle=len(known),
    )


def path_sentence(examples: bool) -> str:
    """The critical path in words, or why there is none."""
    found = network(examples)
    if isinstance(found, CircularDependency):
        ring = " → ".join(title(key) for key in found.data["cycle"])
        return _("Diese Maßnahmen warten aufeinander, deshalb gibt es keinen kritischen Weg: {kette}", kette=ring)
    if not found.critical_paths:
        return _("Keine Maßnahme mit Terminen wartet auf eine andere; einen kritischen Weg gibt es deshalb nicht.")
    path = found.critical_paths[0]
    shown_path = [title(key) for key in path[:MOST_IN_PATH]] + (["…"] if len(path) > MOST_IN_PATH else [])
    told = {"kette": " → ".join(shown_path), "tage": number(found.length, language(), 0)}
    words = _(
        "Kritischer Weg: {kette}, zusammen {tage} Tage. Verzögert sich eine davon, endet das Ganze später.", **told
    )
    others = len(found.critical_paths) - 1
    if found.more_paths:
        return words + " " + _("Mehr als {zahl} weitere Wege sind gleich lang.", zahl=others)
    if others:
        more = _n("{number} weiterer Weg ist gleich lang.", "{number} weitere Wege sind gleich lang.", others)
        return words + " " + more
    return words


def broken_lines(examples: bool) -> list[str]:
    """Every broken order in words."""
    return [_broken_line(one) for one in broken(examples)]


def _broken_line(one: BrokenOrder) -> str:
    told = {"danach": title(one.after_id), "davor": title(one.before_id)}
    if one.days is None:
        return _("„{danach}“ wartet auf „{davor}“, die eingestellt ist", **told)
    return _n(
        "„{danach}“ beginnt {number} Tag, bevor „{davor}“ endet",
        "„{danach}“ beginnt {number} Tage, bevor „{davor}“ endet",
        one.days,
        **told,
    )


def undated_sentence(ids: tuple[str, ...]) -> str:
    """Which measures are missing from the chart, as they have no date."""
    named = [title(key) for key in ids[:NAMED]]
    rest = len(ids) - len(named)
    told = ", ".join([*named, *([_("{zahl} weitere", zahl=rest)] if rest else [])])
    return _n(
        "{number} Maßnahme geht weiter, hat aber keinen Termin und fehlt im Bild: {titel}",
        "{number} Maßnahmen gehen weiter, haben aber keinen Termin und fehlen im Bild: {titel}",
        len(ids),
        titel=told,
    )


def overdue_sentence(ids: Iterable[str], examples: bool) -> str:
    """Which measures have passed their present end; nothing if none has."""
    found = {key: slippages(examples)[key].end for key in ids}
    late = [title(key) for key, end in found.items() if isinstance(end, Slippage) and end.overdue]
    if not late:
        return ""
    named = ", ".join([*late[:NAMED], *([_("{zahl} weitere", zahl=len(late) - NAMED)] if len(late) > NAMED else [])])
    return _n(
        "{number} Maßnahme hat ihr Ende überschritten und läuft noch: {titel}",
        "{number} Maßnahmen haben ihr Ende überschritten und laufen noch: {titel}",
        len(late),
        titel=named,
    )


def title(measure_id: str, most: int = 60) -> str:
    """A measure's title on one line."""
    measure = plan.records(Measure).get(measure_id)
    return one_line(name_of(measure), most) if measure else measure_id
