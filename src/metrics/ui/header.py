"""The head of every page: its title, the language, and whether illustrative values count."""

from __future__ import annotations

import streamlit as st

from metrics.ui.runtime import store
from metrics.ui.session import EXAMPLES_KEY, LANGUAGE_KEY, _, now, person
from metrics.usecases.looking import last_look, note_look

LAST_LOOK_KEY = "letzter_blick"


def header(title: str) -> None:
    """Title on the left, switches on the right."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(title, anchor=False, width="content")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", width="content"):
            st.toggle(
                _("Beispielwerte einrechnen"),
                key=EXAMPLES_KEY,
                bind="query-params",
                persist_state="session",
                help=_("Erfundene Werte der Vorführung tragen ein Zeichen und zählen nur mit, wenn Sie es wollen."),
            )
            st.radio(
                _("Sprache"),
                ["de", "en"],
                horizontal=True,
                key=LANGUAGE_KEY,
                bind="query-params",
                persist_state="session",
                label_visibility="collapsed",
            )


def note_look_once() -> None:
    """Remember once per session that this person has looked, after noting what they had seen before."""
    if LAST_LOOK_KEY not in st.session_state:
        st.session_state[LAST_LOOK_KEY] = last_look(store(), person().name)
        note_look(store(), person().name, now())


def seen_before() -> int:
    """The change number up to which this person had seen the plan when the session began."""
    return int(st.session_state.get(LAST_LOOK_KEY, 0))
