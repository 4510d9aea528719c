"""The tree of goals on the screen: each goal with both statements, the rest folded away; beside it the rings."""

from __future__ import annotations

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.locale.words import choice, kind_name
from metrics.ui import cards, goal_total, goal_view, navigation, plan
from metrics.ui.goal_view import TOP, Wanted
from metrics.ui.judged import course_of, name_of
from metrics.ui.session import _, language, with_examples
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

FOCUS_KEY, CLICKED_KEY, PER_PAGE = "ziele_fokus", "ziele_angeklickt", 20


def focus_of(shown: frozenset[str]) -> str:
    """The goal that tree and rings are opened at: chosen here, by a button of the tree or by a click."""
    if CLICKED_KEY in st.session_state:
        st.session_state[FOCUS_KEY] = st.session_state.pop(CLICKED_KEY)
    if st.session_state.get(FOCUS_KEY, TOP) not in shown:
        st.session_state[FOCUS_KEY] = TOP
    ways = goal_view.ways()
    chosen = st.selectbox(
        _("Aufgeklappt bei"),
        [TOP, *(identifier for identifier in ways if identifier in shown)],
        format_func=lambda one: ways[one] if one else _("Alle Ziele"),
        key=FOCUS_KEY,
        persist_state="session",
    )
    return chosen or TOP


def tree(focus: str, shown: frozenset[str]) -> None:
    """The goals at the top, or the one that is opened with the way to it."""
    goals = plan.records(Goal)
    if focus:
        with st.container(horizontal=True, gap="xsmall"):
            st.button(_("Alle Ziele"), key="ziele_weg_", on_click=_open_at, args=(TOP,), type="tertiary")
            for goal_id in goal_view.way_to(focus)[:-1]:
                label = "› " + literal(one_line(name_of(goals[goal_id]), 40))
                st.button(label, key="ziele_weg_" + goal_id, on_click=_open_at, args=(goal_id,), type="tertiary")
        _branch(focus, (), shown, opened=True)
        return
    top = [one for one in goal_view.children().get(TOP, ()) if one in shown]
    for goal_id in turned(top, PER_PAGE, key="ziele_oben"):
        _branch(goal_id, (), shown)


def rings(wanted: Wanted, focus: str, shown: frozenset[str]) -> None:
    """The same goals as rings or icicle, coloured by one of the two statements."""
    with cards.card(goal_view.rings_finding(shown)):
        with st.container(horizontal=True, gap="medium"):
            kind = _switch(_("Form"), "form", {"sunburst": _("Ringe"), "icicle": _("Eiszapfen")})
            colour = _switch(_("Farbe"), "farbe", {"course": _("Kurs"), "attainment": _("Zielerreichung")})
        figure, table, alt = goal_view.rings(wanted, focus, kind, colour, with_examples())
        key = f"ziele_bild_{kind}_{colour}_{focus}"
        event = cards.chart(figure, alt=alt, table=table, key=key, file_name="ziele", selectable=True)
        if event.selection.points:
            _clicked(goal_view.goal_of_node(str(event.selection.points[0].get("id", ""))), focus)


def _open_at(goal_id: str) -> None:
    st.session_state[FOCUS_KEY] = goal_id


def _branch(goal_id: str, above: tuple[str, ...], shown: frozenset[str], *, opened: bool = False) -> None:
    """A goal with what stands beneath it; its inside is made only once it is opened."""
    goal = plan.records(Goal)[goal_id]
    way = (*above, goal_id)
    place = "_" + "_".join(way)
    below = [one for one in goal_view.children().get(goal_id, ()) if one in shown and one not in way]
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            navigation.link("goals", one_line(name_of(goal), 90), identifier=goal_id)
            cards.example_badge(goal.illustrative or goal_view.counts_examples(goal_id))
        goal_total.statements(plan.goal_totals()[goal_id])
        words = _beneath(goal_id, len(below))
        if not words:
            return
        with st.expander(literal(words), opened, key=f"ziele_ast{place}_{opened}", on_change="rerun") as fold:
            if not fold.open:
                return
            if not opened and below:
                st.button(
                    _("Nur dieses Ziel zeigen"),
                    key="ziele_fokus" + place,
                    on_click=_open_at,
                    args=(goal_id,),
                    type="tertiary",
                    icon=":material/center_focus_strong:",
                )
            for child in turned(below, PER_PAGE, key="ziele_unterziele" + place):
                _branch(child, way, shown)
            _leaves(goal_id, place)


def _beneath(goal_id: str, goals: int) -> str:
    """What stands directly beneath a goal, counted: "Darunter: 4 Ziele, 1 Maßnahme"."""
    measures = len(goal_view.measures_of().get(goal_id, ()))
    indicators = len(goal_view.indicators_of().get(goal_id, ()))
    counts = {"goal": goals, "measure": measures, "indicator": indicators}
    told = [f"{count} {kind_name(kind, language(), plural=count > 1)}" for kind, count in counts.items() if count]
    return _("Darunter: {anzahlen}", anzahlen=", ".join(told)) if told else ""


def _leaves(goal_id: str, place: str) -> None:
    """The measures and indicators of a goal itself."""
    measures, judged = plan.records(Measure), plan.indicators_judged()
    for identifier in turned(goal_view.measures_of().get(goal_id, ()), PER_PAGE, key="ziele_massnahmen" + place):
        measure = measures[identifier]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            navigation.link("measures", one_line(name_of(measure), 70), identifier=identifier)
            st.caption(literal(choice(measure.state, language())), width="content")
            cards.example_badge(measure.illustrative)
    for identifier in turned(goal_view.indicators_of().get(goal_id, ()), PER_PAGE, key="ziele_indikatoren" + place):
        found = judged[identifier]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            navigation.link("indicators", one_line(name_of(found.indicator), 70), identifier=identifier)
            st.caption(literal(goal_view.age_text(found)), width="content")
            if course_of(found.course):
                cards.course_badge(course_of(found.course))
            cards.example_badge(found.illustrative or bool(found.headline and found.headline.illustrative))


def _clicked(goal_id: str, focus: str) -> None:
    """Open tree and rings at a goal that was clicked; a click on the one that is open, or on the centre, goes up."""
    goals = plan.records(Goal)
    if goal_id == focus and focus:
        way = goal_view.way_to(focus)
        goal_id = way[-2] if len(way) > 1 else TOP
    st.session_state[CLICKED_KEY] = goal_id if goal_id in goals else TOP
    st.rerun()


def _switch(label: str, key: str, words: dict[str, str]) -> str:
    chosen = st.radio(
        label,
        list(words),
        horizontal=True,
        format_func=words.__getitem__,
        key="ziele_" + key,
        persist_state="session",
    )
    return str(chosen)
