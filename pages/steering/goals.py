"""Ziele: the vision, then goals, measures and indicators as a tree and as rings that drill down together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from metrics.domain.goals import Goal, GoalState
from metrics.domain.plan import FieldOfAction, Perspective, Vision, VisionKind
from metrics.locale.formats import partial_date
from metrics.locale.words import choice
from metrics.ui import cards, goal_tree, goal_view, navigation, plan
from metrics.ui.goal_page import one_goal
from metrics.ui.goal_view import Wanted
from metrics.ui.judged import name_of
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal, one_line


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
    focus = goal_tree.focus_of(shown)
    left, right = st.columns(2, gap="medium")
    with left, cards.card(_n("{number} Ziel im Baum", "{number} Ziele im Baum", len(shown))):
        goal_tree.tree(focus, shown)
    with right:
        goal_tree.rings(wanted, focus, shown)


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
