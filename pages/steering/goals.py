"""Ziele: the vision, then goals, measures and indicators as a tree and as rings that drill down together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from metrics.domain.goals import Goal, GoalState
from metrics.domain.measures import Measure
from metrics.domain.plan import FieldOfAction, Perspective, Vision, VisionKind
from metrics.locale.formats import partial_date
from metrics.locale.words import choice, course_word
from metrics.ui import cards, goal_view, navigation, plan
from metrics.ui.goal_page import one_goal
from metrics.ui.goal_view import TOP, Wanted
from metrics.ui.judged import attainment_text, course_of, last_text, name_of
from metrics.ui.session import _, _n, language, with_examples
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

FOCUS_KEY, CLICKED_KEY, PER_PAGE = "ziele_fokus", "ziele_angeklickt", 20


def page() -> None:
    """The tree, or the goal that the address asks for."""
    cards.stand()
    asked, goals = navigation.asked_id(), plan.records(Goal)
    if asked in goals:
        one_goal(goals[asked])
        return
    if asked:
        cards.nothing_here(_("Ein Ziel mit der Kennung {id} gibt es nicht.", id=asked), icon=":material/search_off:")
    _visions()
    if not goals:
        cards.nothing_here(_("Der Plan hat noch kein Ziel."))
        navigation.link("plan_editing", _("Ziel anlegen"), icon=":material/edit:")
        return
    wanted = _wanted()
    shown = goal_view.visible(wanted)
    if not shown:
        cards.nothing_here(_("Kein Ziel passt zu dieser Auswahl."), icon=":material/filter_alt_off:")
        return
    focus = _focus(shown)
    tree, rings = st.columns(2, gap="medium")
    with tree, cards.card(_n("{number} Ziel im Baum", "{number} Ziele im Baum", len(shown))):
        _tree(focus, shown)
    with rings:
        _rings(wanted, focus, shown)


def _visions() -> None:
    visions = sorted(
        plan.records(Vision).values(), key=lambda vision: (vision.vision_kind != VisionKind.vision, vision.id)
    )
    if not visions:
        return
    with st.grid(2, min_column_width=340, gap="medium"):
        for vision in visions:
            with cards.card(vision.title, stretch=True):
                if vision.text:
                    st.markdown(literal(vision.text))
                said = [choice(vision.vision_kind, language())]
                if vision.adopted_on:
                    said.append(partial_date(vision.adopted_on, language()))
                said += [vision.adopted_by] if vision.adopted_by else []
                st.caption(literal(" · ".join(said)))
                cards.example_badge(vision.illustrative)


def _wanted() -> Wanted:
    perspectives, fields = plan.records(Perspective), plan.records(FieldOfAction)
    with st.grid(4, min_column_width=150):
        perspective = _choice(_("Perspektive"), "perspektive", perspectives, lambda one: name_of(perspectives[one]))
        field = _choice(_("Handlungsfeld"), "handlungsfeld", fields, lambda one: name_of(fields[one]))
        owner = _choice(_("Zuständig"), "zustaendig", goal_view.owners(), lambda one: one_line(one, 80))
        state = _choice(_("Stand"), "stand", GoalState, lambda one: choice(GoalState(one), language()))
    return Wanted(perspective, field, owner, state)


def _choice(label: str, key: str, options: Iterable[str], word: Callable[[str], str]) -> str:
    """A filter with "alle" first; the empty text asks for nothing."""
    chosen = st.selectbox(
        label,
        ["", *(str(option) for option in options)],
        format_func=lambda option: word(option) if option else _("alle"),
        key="ziele_" + key,
        persist_state="session",
    )
    return chosen or ""


def _focus(shown: frozenset[str]) -> str:
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


def _open_at(goal_id: str) -> None:
    st.session_state[FOCUS_KEY] = goal_id


def _tree(focus: str, shown: frozenset[str]) -> None:
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


def _branch(goal_id: str, above: tuple[str, ...], shown: frozenset[str], *, opened: bool = False) -> None:
    """A goal with what stands beneath it; its inside is made only once it is opened."""
    goal, total = plan.records(Goal)[goal_id], plan.goal_totals()[goal_id]
    way = (*above, goal_id)
    place = "_" + "_".join(way)
    words = [one_line(name_of(goal), 90), course_word(total.worst, language())]
    if isinstance(total.attainment, float):
        words[1:] = [
            _("{anteil} erreicht", anteil=attainment_text(total.attainment)),
            *words[1 : 1 + bool(total.worst)],
        ]
    icon = cards.COURSE_ICONS[total.worst]
    with st.expander(
        literal(" · ".join(words)), opened, key=f"ziele_ast{place}_{opened}", icon=icon, on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            navigation.link("goals", _("Ziel öffnen"), identifier=goal_id, icon=":material/arrow_forward:")
            if not opened:
                st.button(
                    _("Hier aufklappen"),
                    key="ziele_fokus" + place,
                    on_click=_open_at,
                    args=(goal_id,),
                    type="tertiary",
                    icon=":material/center_focus_strong:",
                )
            cards.example_badge(goal.illustrative)
        below = [one for one in goal_view.children().get(goal_id, ()) if one in shown and one not in way]
        for child in turned(below, PER_PAGE, key="ziele_unterziele" + place):
            _branch(child, way, shown)
        _leaves(goal_id, place)


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
            st.caption(literal(last_text(found)), width="content")
            if course_of(found.course):
                cards.course_badge(course_of(found.course))
            cards.example_badge(found.illustrative or bool(found.headline and found.headline.illustrative))


def _rings(wanted: Wanted, focus: str, shown: frozenset[str]) -> None:
    behind = goal_view.behind_of(shown)
    with cards.card(
        _n(
            "{hinter} von {number} Ziel hinter Kurs",
            "{hinter} von {number} Zielen hinter Kurs",
            len(shown),
            hinter=behind,
        )
    ):
        with st.container(horizontal=True, gap="medium"):
            kind = _switch(_("Form"), "form", {"sunburst": _("Ringe"), "icicle": _("Eiszapfen")})
            colour = _switch(_("Farbe"), "farbe", {"course": _("Kurs"), "attainment": _("Zielerreichung")})
        figure, table, alt = goal_view.rings(wanted, focus, kind, colour, with_examples())
        key = f"ziele_bild_{kind}_{colour}_{focus}"
        event = cards.chart(figure, alt=alt, table=table, key=key, file_name="ziele", selectable=True)
        if event.selection.points:
            _clicked(goal_view.goal_of_node(str(event.selection.points[0].get("id", ""))), focus)


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
