"""A goal's total on the screen: both statements side by side, and how the total comes about."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.domain.goals import Goal
from metrics.domain.progress.outcome import NotComputable
from metrics.domain.progress.rollup import COVERAGE_NEEDED, GoalTotal
from metrics.locale.formats import MISSING, day, percent
from metrics.locale.words import course_disclaimer, course_meaning
from metrics.ui import cards, goal_parts, goal_view, navigation, plan
from metrics.ui.judged import (
    attainment_text,
    coverage_text,
    left_out_text,
    name_of,
    spread_text,
    too_old_text,
    total_obstacle,
    total_reason,
)
from metrics.ui.session import _, _n, language, today
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

PER_PAGE = 20


def statements(total: GoalTotal, *, large: bool = False) -> DeltaGenerator:
    """Zielerreichung and Kurs side by side, never mixed; then what does not count; returns the place of Kurs."""
    with st.grid(2, min_column_width=130, gap="small"):
        with st.container(gap="xxsmall"):
            _attainment(total, large)
        course = st.container(gap="xxsmall")
        with course:
            st.caption(_("Kurs"))
            cards.course_badge(total.worst)
            if total.asked:
                st.caption(literal(spread_text(total)))
    said = [words for words in (too_old_text(total), left_out_text(total)) if words]
    if said:
        st.caption(literal(". ".join(said) + "."))
    return course


def _attainment(total: GoalTotal, large: bool) -> None:
    if large:
        value = MISSING if total_reason(total) else attainment_text(total.attainment)
        st.metric(_("Zielerreichung"), value)
    else:
        st.caption(_("Zielerreichung"))
        st.markdown(f"**{literal(attainment_text(total.attainment))}**")
    reason = total_reason(total) if large else total_obstacle(total)
    said = (reason, coverage_text(total) if total.asked else None)
    st.caption(literal("\n".join(words for words in said if words)))


def standing(total: GoalTotal) -> None:
    """The card with both statements of one goal and what decides them."""
    with cards.card(_("Stand des Ziels am {tag}", tag=day(today(), language())), stretch=True):
        cards.example_badge(goal_view.counts_examples(total.goal_id))
        with statements(total, large=True):
            _what_decides_the_course(total)
        if total.without_target:
            count = total.without_target
            st.caption(_n("{number} Indikator ohne Zielwert", "{number} Indikatoren ohne Zielwert", count))
        if total.left_out:
            left_out = [name_of(found.indicator) for found in goal_view.left_out(total.indicator_ids)]
            words = _("Nur mit Beispielwerten: {namen}", namen=one_line("; ".join(left_out), 300))
            st.caption(literal(words))
        st.caption(literal(course_disclaimer(language())))


def _what_decides_the_course(total: GoalTotal) -> None:
    if total.worst and total.worst_indicator_id:
        st.caption(literal(course_meaning(total.worst, language())))
        st.caption(_("Den Kurs bestimmt der Indikator, der am schlechtesten steht:"))
        worst = plan.indicators_judged()[total.worst_indicator_id].indicator
        navigation.link("indicators", one_line(name_of(worst), 80), identifier=worst.id)


def composition(goal: Goal, total: GoalTotal) -> None:
    """The card with the parts of a total, its rule, the geometric mean and the history of the weights."""
    with cards.card(_("So entsteht die Zielerreichung")):
        st.markdown(literal(_rule()))
        if total.weakest and not isinstance(total.weakest.share, NotComputable):
            weakest = total.weakest
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                words = _("Am wenigsten erreicht: {anteil}", anteil=attainment_text(weakest.share))
                st.markdown(f"**{literal(words)}**", width="content")
                page = navigation.PAGE_OF_KIND[weakest.kind]
                navigation.link(page, one_line(goal_parts.part_name(weakest), 80), identifier=weakest.id)
        parts = turned(total.children, PER_PAGE, key="ziel_teile")
        if parts:
            alt = _("Teile der Zielerreichung von „{ziel}“", ziel=name_of(goal))
            st.table(goal_parts.part_rows(total, parts), border="horizontal", hide_index=True, alt=alt)
        else:
            st.caption(_("Kein Teil hat einen Zielwert, der zählt."))
        missing = goal_parts.not_counted(goal, total)
        if missing:
            words = _(
                "Nicht gezählt, weil ohne Zielwert, der zählt, oder nicht mehr verfolgt: {namen}",
                namen=one_line("; ".join(missing), 300),
            )
            st.caption(literal(words))
        if parts:
            _sensitivity(total)
            _weights(goal, total)


def _rule() -> str:
    needed = percent(COVERAGE_NEEDED, language())
    return _(
        "Gewichtetes Mittel der direkten Teile, jeder auf 0 bis 100 % begrenzt. Ist weniger als {anteil} des Gewichts "
        "bewertet, gibt es keine Gesamtzahl; ein Unterziel ohne Gesamtzahl zählt als nicht bewertet. "
        "Der Kurs ist das schlechteste Symbol darunter, nie ein Mittel.",
        anteil=needed,
    )


def _sensitivity(total: GoalTotal) -> None:
    with st.expander(_("Empfindlichkeit: geometrisches Mittel"), key="ziel_empfindlichkeit", on_change="rerun") as fold:
        if fold.open:
            st.markdown(f"**{literal(goal_parts.sensitivity_words(total))}**")
            st.markdown(literal(goal_parts.sensitivity_meaning()))
            st.caption(_("Anteile unter 1 % zählen hier als 1 %, weil das geometrische Mittel keine Null kennt."))


def _weights(goal: Goal, total: GoalTotal) -> None:
    with st.expander(_("Wer die Gewichte festgelegt hat"), key="ziel_gewichte", on_change="rerun") as fold:
        if fold.open:
            parts = turned(total.children, PER_PAGE, key="ziel_gewichte_seite")
            alt = _("Herkunft der Gewichte unter „{ziel}“", ziel=name_of(goal))
            st.table(goal_parts.weight_rows(parts), border="horizontal", hide_index=True, alt=alt)
            st.caption(_("Ein Gewicht wird nur mit Begründung geändert; jede Änderung steht im Verlauf."))
