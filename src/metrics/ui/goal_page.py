"""The page of one goal: Steckbrief, total with all that is behind it, indicators, measures, sources, history."""

from __future__ import annotations

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.rollup import GoalTotal
from metrics.locale.words import choice, course_word
from metrics.ui import cards, dialogue_view, goal_total, goal_view, history_view, navigation, plan
from metrics.ui.judged import attainment_text, course_of, name_of
from metrics.ui.session import _, _n, language, with_examples
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

PER_PAGE, MOST_CHANGES = 20, 10


def one_goal(goal: Goal) -> None:
    """Everything about one goal on one screen."""
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link("goals", _("Alle Ziele"), icon=":material/arrow_back:")
        navigation.link("plan_editing", _("Ziel bearbeiten"), identifier="goal:" + goal.id, icon=":material/edit:")
    total = plan.goal_totals()[goal.id]
    with st.grid(2, min_column_width=340, gap="medium"):
        _headline(goal)
        goal_total.standing(total)
    goal_total.composition(goal, total)
    _bars(goal, total)
    with st.grid(2, min_column_width=340, gap="medium"):
        _relatives(goal)
        _measures(goal)
    _indicators(total)
    dialogue_view.short_list(goal.kind, goal.id)
    _history(goal)


def _headline(goal: Goal) -> None:
    with cards.card(name_of(goal), stretch=True):
        cards.example_badge(goal.illustrative)
        if goal.description:
            st.markdown(literal(goal.description))
        with st.grid(2, min_column_width=150):
            for label, text in goal_view.facts(goal):
                st.markdown(f"**{literal(label)}**  \n{literal(text)}")
        cards.source_line(goal)


def _bars(goal: Goal, total: GoalTotal) -> None:
    told = {"bewertet": total.judged, "alle": total.asked}
    stand = _("{bewertet} von {alle} bewertet", **told) if total.asked else _("kein Zielwert, der zählt")
    with cards.card(_("Zielerreichung der Indikatoren: {stand}", stand=stand)):
        if not total.indicator_ids:
            cards.nothing_here(_("Unter diesem Ziel gibt es noch keinen Indikator."))
            return
        judged = plan.indicators_judged()
        asked = tuple(identifier for identifier in total.indicator_ids if judged[identifier].targets)
        if not asked:
            st.caption(_("Keiner der Indikatoren hat einen Zielwert."))
            return
        figure, table, alt = goal_view.bars(asked, with_examples())
        cards.chart(figure, alt=alt, table=table, key="ziel_balken", file_name=goal.id + "-zielerreichung")


def _relatives(goal: Goal) -> None:
    goals, totals = plan.records(Goal), plan.goal_totals()
    with cards.card(_("Im Zielbaum"), stretch=True):
        parents = [parent for parent in goal.parent_ids if parent in goals]
        st.subheader(_("Übergeordnete Ziele"), anchor=False)
        for parent in parents:
            navigation.link("goals", one_line(name_of(goals[parent]), 80), identifier=parent)
        if not parents:
            st.caption(_("Das Ziel steht ganz oben."))
        below = goal_view.children().get(goal.id, ())
        st.subheader(_("Untergeordnete Ziele"), anchor=False)
        for child in turned(below, PER_PAGE, key="ziel_unterziele"):
            with st.container(gap="xxsmall"):
                navigation.link("goals", one_line(name_of(goals[child]), 80), identifier=child)
                reached = _("Zielerreichung: {stand}", stand=attainment_text(totals[child].attainment))
                course = _("Kurs: {kurs}", kurs=course_word(totals[child].worst, language()))
                st.caption(literal(f"{reached} · {course}"))
        if not below:
            st.caption(_("Unter diesem Ziel steht kein weiteres."))


def _measures(goal: Goal) -> None:
    measures, own = plan.records(Measure), goal_view.measures_of().get(goal.id, ())
    with cards.card(_n("{number} Maßnahme", "{number} Maßnahmen", len(own)), stretch=True):
        if not own:
            st.caption(_("Dem Ziel ist keine Maßnahme zugeordnet."))
        for identifier in turned(own, PER_PAGE, key="ziel_massnahmen"):
            measure = measures[identifier]
            with st.container(gap="xxsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    navigation.link("measures", one_line(name_of(measure), 80), identifier=identifier)
                    cards.example_badge(measure.illustrative)
                said = (choice(measure.state, language()), measure.owner or _("ohne Zuständige"))
                st.caption(literal(" · ".join(said)))


def _indicators(total: GoalTotal) -> None:
    judged = plan.indicators_judged()
    count = len(total.indicator_ids)
    with cards.card(_n("{number} Indikator hier und darunter", "{number} Indikatoren hier und darunter", count)):
        shown = turned(total.indicator_ids, PER_PAGE, key="ziel_indikatoren")
        with st.grid(2, min_column_width=340, gap="small"):
            for identifier in shown:
                _indicator(judged[identifier])


def _indicator(found: IndicatorAssessment) -> None:
    with st.container(gap="xxsmall"):
        navigation.link("indicators", one_line(name_of(found.indicator), 80), identifier=found.indicator.id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            cards.course_badge(course_of(found.course))
            st.caption(literal(goal_view.age_text(found)), width="content")
            cards.example_badge(found.illustrative or bool(found.headline and found.headline.illustrative))


def _history(goal: Goal) -> None:
    with cards.card(_("Letzte Änderungen am Ziel selbst")):
        for line in history_view.latest_lines([("goal", goal.id)], MOST_CHANGES):
            st.caption(literal(line))
        navigation.link("history", _("Zum Verlauf"), icon=":material/history:")
