"""The walk through the plan that a committee sees: one message for each slide, nothing internal."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from metrics.charts.theme import Row
from metrics.domain.goals import Goal
from metrics.domain.living_labs import LivingLab
from metrics.domain.plan import Plan, Vision
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.rollup import GoalTotal
from metrics.locale.formats import partial_date
from metrics.locale.words import choice, target_course_reason
from metrics.ui import cards, overview_view, plan, target_chart
from metrics.ui.judged import attainment_text, counted, coverage_text, last_text, left_out_text, name_of, total_reason
from metrics.ui.runtime import store
from metrics.ui.session import _, language, person, with_examples
from metrics.ui.text import literal
from metrics.usecases.disclosing import not_for_the_public

MOST_LINES, MOST_FIGURES = 4, 2
WALL_TYPE = 18
"""Size of type in charts, in px."""


@dataclass(frozen=True, slots=True)
class Slide:
    """What a slide shows: the kind and id of its record; the opening has none."""

    kind: str
    id: str = ""


@plan.remember("plan", "vision", "goal", "living_lab")
def all_slides() -> tuple[Slide, ...]:
    """Opening, visions, strategic goals, living labs that are known to have run."""
    visions = [Slide("vision", vision.id) for vision in plan.records(Vision).values()]
    goals = [Slide("goal", goal.id) for goal in overview_view.strategic_goals()]
    labs = [Slide("living_lab", lab.id) for lab in plan.records(LivingLab).values() if lab.lessons or lab.parts]
    return (Slide("opening"), *visions, *goals, *labs)


def show(slide: Slide) -> None:
    """Draw a slide."""
    {"opening": _opening, "vision": _vision, "goal": _goal, "living_lab": _living_lab}[slide.kind](slide.id)


def _opening(_identifier: str) -> None:
    found = next(iter(plan.records(Plan).values()), None)
    st.title(literal(name_of(found)) if found else _("Zukunftsplan"), anchor=False)
    if found and found.subtitle:
        st.header(literal(found.subtitle), anchor=False)
    goals, labs = overview_view.strategic_goals(), plan.records(LivingLab)
    if not goals:
        st.markdown(
            _("Noch steht kein Ziel im Plan. Ziele entstehen unter „Plan bearbeiten“, ganze Pläne unter „Daten“.")
        )
        return
    st.markdown(
        _("{ziele} strategische Ziele, {labore} Reallabore.", ziele=len(goals), labore=len(labs)),
    )
    for goal in goals:
        st.markdown("- " + literal(name_of(goal)))


def _vision(identifier: str) -> None:
    vision = plan.records(Vision)[identifier]
    st.caption(choice(vision.vision_kind, language()))
    st.title(literal(vision.title), anchor=False)
    if vision.text:
        st.header(literal(vision.text), anchor=False)
    if vision.adopted_on:
        when = partial_date(vision.adopted_on, language())
        words = _("beschlossen am {tag}", tag=when)
        st.caption(literal(words + (f", {vision.adopted_by}" if vision.adopted_by else "")))
    cards.example_badge(vision.illustrative)


def _goal(identifier: str) -> None:
    goal, total = plan.records(Goal)[identifier], plan.goal_totals()[identifier]
    st.caption(choice(goal.level, language()))
    st.title(literal(name_of(goal)), anchor=False)
    message, picture = st.columns([2, 3], gap="large")
    with message:
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.course_badge(total.worst)
            cards.example_badge(goal.illustrative or _rests_on_examples(total.indicator_ids))
        share = _("Zielerreichung {anteil}", anteil=attainment_text(total.attainment))
        st.header(literal(total_reason(total) or share), anchor=False)
        told = [coverage_text(total) if total.asked else None, left_out_text(total)]
        st.markdown(literal(" · ".join(words for words in told if words)))
    with picture:
        _leading_indicator(total)


def _rests_on_examples(indicator_ids: tuple[str, ...]) -> bool:
    """Whether a verdict that counts beneath a goal rests on an invented value."""
    judged = plan.indicators_judged()
    verdicts = (counted(judged[identifier], with_examples()) for identifier in indicator_ids)
    return any(verdict.illustrative for verdict in verdicts if verdict)


def _leading_indicator(total: GoalTotal) -> None:
    found = overview_view.leading(total)
    if found is None or found.indicator.id in _secret():
        shown = (identifier for identifier in total.indicator_ids if identifier not in _secret())
        found = overview_view.telling_most(tuple(shown))
    if found is None:
        st.markdown(_("Unter diesem Ziel gibt es noch keinen Istwert."))
        return
    verdict = counted(found, with_examples())
    _picture(found, verdict.target.id if verdict else None)
    if verdict:
        st.caption(literal(target_course_reason(found.indicator, verdict, language())))


def _living_lab(identifier: str) -> None:
    lab = plan.records(LivingLab)[identifier]
    figures = _figures_of(identifier)
    st.caption(_("Reallabor"))
    st.title(literal(name_of(lab)), anchor=False)
    story, picture = st.columns([1, 1], gap="large") if figures else (st.container(), st.container())
    with story:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(choice(lab.phase, language()), icon=":material/science:", color="gray")
            if lab.result:
                st.badge(choice(lab.result, language()), icon=":material/flag:", color="gray")
            cards.example_badge(lab.illustrative)
        if lab.hypothesis or lab.question or lab.background:
            st.header(literal(lab.hypothesis or lab.question or lab.background or ""), anchor=False)
        _lines(_("Erfolgskriterium"), lab.success_criteria)
        _lines(_("Was wir gelernt haben"), lab.lessons)
        for part in lab.parts[:2]:
            _lines(part.title, part.results or part.activities)
    with picture:
        for found in figures:
            _picture(found, None)


def _lines(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        st.markdown(f"**{literal(title)}**")
        st.markdown("\n".join("- " + literal(line) for line in lines[:MOST_LINES]))


def _figures_of(lab_id: str) -> list[IndicatorAssessment]:
    judged = plan.indicators_judged().values()
    found = [one for one in judged if one.indicator.living_lab_id == lab_id and one.last]
    return [one for one in found if one.indicator.id not in _secret()][:MOST_FIGURES]


@plan.remember("indicator", "reading")
def _secret() -> frozenset[str]:
    """The indicators that a public room must not see."""
    return not_for_the_public(store(), plan.indicators_judged().values(), by=person(), language=language())


def _picture(found: IndicatorAssessment, target_id: str | None) -> None:
    figure, table, alt = _for_the_wall(found.indicator.id, target_id)
    st.header(literal(f"{name_of(found.indicator)}: {last_text(found)}"), anchor=False)
    decided = next((one for one in found.targets if one.target.id == target_id), None)
    cards.example_badge(found.illustrative or bool(decided and decided.illustrative))
    key = "folie_" + found.indicator.id
    cards.chart(figure, alt=alt, table=table, key=key, file_name=found.indicator.id)


@plan.remember("indicator", "target", "reading", "comparison")
def _for_the_wall(indicator_id: str, target_id: str | None) -> tuple[go.Figure, list[Row], str]:
    """The indicator's chart in type that is read from the last row; the shared figure stays as it is."""
    figure, table, alt = target_chart.path_chart(indicator_id, target_id, False, False, False)
    large = go.Figure(figure)
    large.update_layout(font_size=WALL_TYPE, legend_font_size=WALL_TYPE)
    large.update_xaxes(tickfont_size=WALL_TYPE)
    large.update_yaxes(tickfont_size=WALL_TYPE, title_font_size=WALL_TYPE)
    large.update_annotations(font_size=WALL_TYPE)
    return large, table, alt
