"""The codes of new seats: shown once to whoever leads the round, kept nowhere but in this session."""

from __future__ import annotations

import streamlit as st

from metrics.domain.priorities import PriorityRound
from metrics.exchange.tables import csv_table
from metrics.ui import cards, round_view
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, language
from metrics.usecases.rounds import Opened

CODES = "runde_zugaenge"


def show(round_: PriorityRound) -> None:
    """The codes that were just given out; shown once, kept nowhere."""
    kept = st.session_state.get(CODES)
    if not kept or kept["round"] != round_.id:
        return
    rows = [
        {
            _("Platz"): number_,
            _("Gruppe"): title_of("rater_group", group),
            _("Zugang"): code,
            _("Adresse"): round_view.rating_address(code),
        }
        for number_, group, code in kept["rows"]
    ]
    with cards.card(_("Zugänge, nur jetzt sichtbar")):
        st.caption(
            _("Geben Sie jedem einen Zugang. Das Programm behält nur eine Prüfsumme; ein verlorener wird erneuert.")
        )
        alt, chosen = _("Zugänge je Platz und Gruppe"), language()
        st.dataframe(rows, hide_index=True, alt=alt, key="runde_zugaenge_tabelle")
        st.download_button(
            _("Als CSV herunterladen"),
            data=lambda: csv_table(rows, chosen),
            file_name="zugaenge.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="runde_zugaenge_csv",
        )
        st.button(_("Ausblenden"), key="runde_zugaenge_weg", icon=":material/visibility_off:", on_click=_hide)


def keep(opened: Opened) -> None:
    """Keep new codes for this session's page."""
    rows = [
        (seat.number, seat.group_id, opened.codes[seat.number])
        for seat in opened.round.seats
        if seat.number in opened.codes
    ]
    kept = st.session_state.get(CODES)
    before = kept["rows"] if kept and kept["round"] == opened.round.id else []
    former = [row for row in before if row[0] not in opened.codes]
    st.session_state[CODES] = {"round": opened.round.id, "rows": [*former, *rows]}


def _hide() -> None:
    st.session_state.pop(CODES, None)
