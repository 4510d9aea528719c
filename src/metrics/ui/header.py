"""The head of every page: its title, the language, and whether illustrative values count."""

from __future__ import annotations

import streamlit as st

from metrics.ui.session import EXAMPLES_KEY, LANGUAGE_KEY, _


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
