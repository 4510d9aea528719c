"""The head of every page: its title, the language, whether illustrative values count, and who is signed in."""

from __future__ import annotations

import streamlit as st

from metrics.locale.names import choice
from metrics.ui import gate
from metrics.ui.session import EXAMPLES_KEY, LANGUAGE_KEY, _, account, language, person
from metrics.ui.text import literal


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
            language_switch()
            _who()


def language_switch() -> None:
    """German or English."""
    st.radio(
        _("Sprache"),
        ["de", "en"],
        horizontal=True,
        key=LANGUAGE_KEY,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )


def _who() -> None:
    """Who is signed in and as what, with the ways out; in local mode that nobody is."""
    found = account()
    if found is None:
        st.caption(_("Lokaler Betrieb ohne Anmeldung"), width="content")
        return
    role = choice(person().role, language())
    with st.popover(role, icon=":material/account_circle:", key="wer", width="content"):
        st.markdown(_("Angemeldet als **{name}**", name=literal(found.name)))
        st.markdown(_("Rolle: {rolle}", rolle=role))
        if found.functions:
            st.markdown(_("Funktionen: {liste}", liste=literal(", ".join(found.functions))))
        if st.button(_("Abmelden"), key="abmelden", icon=":material/logout:", width="stretch"):
            gate.sign_out()
        if st.button(
            _("Überall abmelden"),
            key="ueberall_abmelden",
            icon=":material/devices:",
            width="stretch",
            help=_("Beendet Ihre Anmeldung auf allen Geräten und in allen Browsern."),
        ):
            gate.sign_out(everywhere=True)
