"""What the pages show about living labs: which are found, their story in values and words, what belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from metrics.charts import story
from metrics.charts.series import Event as ChartEvent
from metrics.charts.series import Point as ChartPoint
from metrics.charts.series import segments
from metrics.domain.base import partial_date_bounds
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.living_labs import LabEvaluation, LabPhase, LivingLab
from metrics.domain.measures import Measure
from metrics.locale.formats import number, partial_date, period
from metrics.locale.words import choice, field_label
from metrics.ui import plan
from metrics.ui.indicator_view import vintages
from metrics.ui.judged import chart_words, name_of, observed_text
from metrics.ui.measure_view import lab_events
from metrics.ui.record_values import span_words
from metrics.ui.session import _, dark, language

PHASE_ICONS: Mapping[LabPhase, str] = {
    LabPhase.co_design: ":material/draw:",
    LabPhase.co_production: ":material/handyman:",
    LabPhase.co_evaluation: ":material/fact_check:",
    LabPhase.consolidation: ":material/verified:",
    LabPhase.continued: ":material/redo:",
    LabPhase.ended: ":material/flag_circle:",
    LabPhase.unknown: ":material/help:",
}
PHASE_COLOURS: Mapping[LabPhase, Any] = {LabPhase.consolidation: "green", LabPhase.co_production: "blue"}
PHASES_THAT_ARE_OVER = frozenset({LabPhase.continued, LabPhase.ended})
KINDS = ("living_lab", "indicator", "reading", "measure", "event", "lab_evaluation", "source")
ARROW = " → "


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a lab's story, with its lines."""

    name: str
    lines: tuple[str, ...]


@plan.remember("living_lab")
def found_labs(text: str) -> tuple[LivingLab, ...]:
    """The labs whose id, title or partners contain all words, the newest project phase first."""
    words = text.casefold().split()
    labs = [
        lab
        for lab in plan.records(LivingLab).values()
        if all(
            word in f"{lab.id} {lab.title} {lab.title_en or ''} {' '.join(lab.partners)}".casefold() for word in words
        )
    ]
    return tuple(sorted(labs, key=lambda lab: (-(lab.project_phase or 0), lab.id)))


@plan.remember("indicator")
def indicators_by_lab() -> dict[str, list[Indicator]]:
    """The indicators of every lab that has any."""
    found: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in plan.records(Indicator).values():
        if indicator.living_lab_id:
            found[indicator.living_lab_id].append(indicator)
    return dict(found)


@plan.remember("measure")
def measures_by_lab() -> dict[str, list[Measure]]:
    """The measures of every lab that has any."""
    found: dict[str, list[Measure]] = defaultdict(list)
    for measure in plan.records(Measure).values():
        if measure.living_lab_id:
            found[measure.living_lab_id].append(measure)
    return dict(found)


def evaluations_of(lab: LivingLab) -> list[LabEvaluation]:
    """The sessions in which a lab was evaluated, those without a date last."""
    found = [each for each in plan.records(LabEvaluation).values() if lab.id in each.living_lab_ids]
    return sorted(found, key=lambda each: (each.held_on or "9999", each.id))


def successors_of(lab: LivingLab) -> list[LivingLab]:
    """The labs that continue this one."""
    return [other for other in plan.records(LivingLab).values() if other.predecessor_id == lab.id]


# --- the story --------------------------------------------------------------------------------------------------------


@plan.remember(*KINDS)
def story_chart(lab_id: str) -> tuple[go.Figure, list[dict[str, object]], str] | None:
    """The lab's indicators over the events of its time, the table, and the finding; None without a value."""
    lab = plan.records(LivingLab)[lab_id]
    series = [(indicator, readings) for indicator, readings in _series(lab) if readings][: story.MOST_PANELS]
    if not series:
        return None
    panels = tuple(
        story.StoryPanel(name_of(indicator), indicator.unit, segments(_point(indicator, each) for each in readings))
        for indicator, readings in series
    )
    payload = story.Story(words=chart_words(), panels=panels, events=_events(lab))
    parts = [f"{name_of(indicator)} {_way(indicator, readings, ends_only=True)}" for indicator, readings in series]
    parts += [choice(lab.result, language())] if lab.result else []
    return story.draw(payload, dark(), language()), story.table(payload), "; ".join(parts)


@plan.remember(*KINDS)
def story_steps(lab_id: str) -> tuple[Step, ...]:
    """Idea, trial, growth, end and lesson, as far as the records tell of them; steps without a line are left out."""
    lab = plan.records(LivingLab)[lab_id]
    over = lab.phase in PHASES_THAT_ARE_OVER
    steps = (
        Step(_("Idee"), _idea(lab)),
        Step(_("Erprobung"), _trial(lab)),
        Step(_("Wachstum") if _all_grew(lab) else _("Entwicklung"), _growth(lab)),
        Step(_("Ende") if over else _("Stand heute"), _end(lab)),
        Step(_("Lehre"), tuple(lab.lessons)),
    )
    return tuple(step for step in steps if step.lines)


def _idea(lab: LivingLab) -> tuple[str, ...]:
    lines = [_("Beschlossen: {tag}", tag=partial_date(lab.decided_on, language()))] if lab.decided_on else []
    named = [(name, getattr(lab, name)) for name in ("question", "hypothesis")]
    lines += [f"{field_label('living_lab', name, language())}: {text}" for name, text in named if text]
    return tuple(
        lines + [_("Vorab festgelegtes Kriterium: {kriterium}", kriterium=text) for text in lab.success_criteria]
    )


def _trial(lab: LivingLab) -> tuple[str, ...]:
    lines = [_("Zeit des Reallabors: {zeit}", zeit=span_words(lab.starts, lab.ends))] if lab.starts or lab.ends else []
    lines += [f"{partial_date(event.happened_on, language())}: {event.title}" for event in lab_events(lab.id)]
    dated = [each for each in measures_by_lab().get(lab.id, []) if each.starts or each.ends]
    lines += [f"{name_of(measure)}: {span_words(measure.starts, measure.ends)}" for measure in dated]
    first = [(indicator, readings[0]) for indicator, readings in _series(lab) if readings]
    lines += [f"{_when(each)}: {name_of(indicator)} {observed_text(indicator, each)}" for indicator, each in first]
    return tuple(lines)


def _growth(lab: LivingLab) -> tuple[str, ...]:
    return tuple(
        f"{name_of(indicator)}: {_way(indicator, readings)} ({_when(readings[0])} – {_when(readings[-1])})"
        for indicator, readings in _series(lab)
        if len(readings) > 1
    )


def _end(lab: LivingLab) -> tuple[str, ...]:
    lines = [_("Phase: {phase}", phase=choice(lab.phase, language()))]
    lines += [_("Ergebnis: {ergebnis}", ergebnis=choice(lab.result, language()))] if lab.result else []
    for each in evaluations_of(lab):
        when = f" ({partial_date(each.held_on, language())})" if each.held_on else ""
        told = [each.result, _("Empfehlung: {rat}", rat=each.recommendation) if each.recommendation else None]
        words = "; ".join(text for text in told if text)
        lines.append(f"{each.form}{when}: {words}" if words else f"{each.form}{when}")
    return tuple(lines + [_("Fortgeführt als {titel}", titel=_lab_name(each)) for each in successors_of(lab)])


def _lab_name(lab: LivingLab) -> str:
    return f"{name_of(lab)} ({lab.id})"


def _all_grew(lab: LivingLab) -> bool:
    series = [readings for _indicator, readings in _series(lab) if len(readings) > 1]
    return bool(series) and all(readings[-1].value > readings[0].value for readings in series)


def _series(lab: LivingLab) -> list[tuple[Indicator, list[Reading]]]:
    """The lab's indicators with their readings, one per period, oldest first."""
    return [(indicator, vintages(plan.readings(indicator.id))[0]) for indicator in indicators_by_lab().get(lab.id, [])]


def _way(indicator: Indicator, readings: list[Reading], *, ends_only: bool = False) -> str:
    """ "250 → rund 350 → rund 750 Personen": the unit is said once, at the end."""
    shown = [readings[0], readings[-1]] if ends_only and len(readings) > 1 else readings
    words = [_bare(indicator, each) for each in shown[:-1]]
    return ARROW.join([*words, observed_text(indicator, shown[-1])])


def _bare(indicator: Indicator, reading: Reading) -> str:
    value = number(reading.value, language(), indicator.decimals)
    return value if reading.qualifier == "exact" else f"{choice(reading.qualifier, language())} {value}"


def _when(reading: Reading) -> str:
    return period(reading.period_start, reading.period_end, reading.period_kind, language())


def _point(indicator: Indicator, reading: Reading) -> ChartPoint:
    source = plan.source_of(reading)
    lines = [f"{_when(reading)}: {observed_text(indicator, reading)}", reading.note or ""]
    lines += [_("Quelle: {titel}", titel=source.title)] if source else []
    return ChartPoint(
        reading.period_start,
        reading.period_end,
        reading.value,
        _bare(indicator, reading),
        "\n".join(line for line in lines if line),
        qualifier=reading.qualifier.value,
        provisional=reading.provisional,
        illustrative=reading.illustrative,
        break_before=reading.break_before,
        source=source.title if source else "",
    )


def _events(lab: LivingLab) -> tuple[ChartEvent, ...]:
    """The decision, the start of the lab's measures, and its events."""
    found = []
    if lab.decided_on:
        found.append(ChartEvent(partial_date_bounds(lab.decided_on)[0], _("Reallabor beschlossen")))
    for measure in measures_by_lab().get(lab.id, []):
        if measure.starts:
            name = f"{name_of(measure)}: {span_words(measure.starts, measure.ends)}"
            found.append(ChartEvent(partial_date_bounds(measure.starts)[0], name))
    for event in lab_events(lab.id):
        name = f"{partial_date(event.happened_on, language())}: {event.title}"
        found.append(ChartEvent(partial_date_bounds(event.happened_on)[0], event.title, name))
    return tuple(found)
