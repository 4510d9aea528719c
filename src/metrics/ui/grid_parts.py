"""What every grid of fields shows around its cells: two values for one cell, the reason, and the ways on."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from metrics.ui.grid_draft import CellPlace, GridDraft
from metrics.ui.session import _
from metrics.ui.text import literal


class TwoValues(NamedTuple):
    """A cell that two people changed, in words: its name, what it was, the own value, the other one, and by whom."""

    cell: str
    before: str
    mine: str
    theirs: str
    who: str


def say_conflict(draft: GridDraft[Any], place: CellPlace, told: TwoValues) -> None:
    """Both values of a cell, and the choice between them."""
    with st.container(border=True):
        words = _(
            "{zelle}: Sie haben {vorher} geändert in {meins}; inzwischen steht dort {anderes} (von {wer}). "
            "Beides ist noch da, bitte wählen Sie.",
            zelle=told.cell,
            vorher=told.before,
            meins=told.mine,
            anderes=told.theirs,
            wer=told.who,
        )
        st.warning(literal(words), icon=":material/group:")
        name = ".".join(place)
        with st.container(horizontal=True):
            label = _("Meinen Wert behalten: {wert}", wert=told.mine)
            if st.button(label, key=draft.key(f"meins.{name}"), icon=":material/merge:"):
                draft.keep_mine(place)
                st.rerun()
            label = _("Den anderen Wert nehmen: {wert}", wert=told.theirs)
            if st.button(label, key=draft.key(f"anderes.{name}"), icon=":material/refresh:"):
                draft.take_theirs(place)
                st.rerun()


def reason_field(draft: GridDraft[Any]) -> None:
    """Why stored values change; another field after each save."""
    st.text_input(
        _("Grund der Änderung (nötig, wenn sich vorhandene Werte ändern)"),
        key=draft.reason_key,
        persist_state="session",
        placeholder=_("z. B. Beschluss des Ausschusses vom 24.11.2026"),
    )


def ways_on(draft: GridDraft[Any], save: str) -> None:
    """What became of the last attempt to save, and the two buttons."""
    with st.container():
        if draft.notice:
            show = st.success if draft.notice.stored else st.error
            icon = ":material/check_circle:" if draft.notice.stored else ":material/error:"
            show(literal(draft.notice.sentence), icon=icon)
    with st.container(horizontal=True):
        st.button(save, key=draft.key("speichern"), type="primary", icon=":material/save:")
        st.button(_("Verwerfen"), key=draft.key("verwerfen"), icon=":material/undo:")
