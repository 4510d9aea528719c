"""Bewertungsrunden: open a round, hand out seats, see how far the groups are, close it, vote again."""

from __future__ import annotations

import streamlit as st

from metrics.domain.priorities import PriorityRound, RoundState
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.ui import (
    cards,
    inviting_view,
    navigation,
    plan,
    round_codes,
    round_desk,
    round_errors,
    round_opening,
    round_view,
)
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, language, today
from metrics.ui.text import literal

CHOICE, NEW = "runde_wahl", ""


def page() -> None:
    """`?id=PR-2026` leads a round; without an id a new one is opened."""
    cards.stand()
    identifier = navigation.asked_id() or NEW
    _choose(identifier)
    round_desk.notices()
    entry = plan.entries(PriorityRound).get(identifier)
    if entry is None:
        if identifier:
            cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=identifier))
        round_opening.draw()
        round_errors.settled()
        return
    round_ = entry.record
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(literal(round_.title), anchor=False)
        st.badge(choice(round_.state, language()), icon=round_view.STATE_ICONS[round_.state], color="blue")
        cards.example_badge(round_.illustrative)
    told = {"tag": day(round_.deadline, language()), "anzahl": len(round_.measures), "nummer": round_.vote}
    st.caption(_("Frist {tag} · {anzahl} Maßnahmen · Abstimmung Nr. {nummer}", **told))
    if round_.state is RoundState.open and today() > round_.deadline:
        st.warning(_("Die Frist ist abgelaufen; niemand kann mehr bewerten."), icon=":material/schedule:")
    if round_.state is RoundState.open and round_.vote > 1:
        named = ", ".join(title_of("measure", one) for one in round_.to_rate)
        st.markdown(literal(_("Erneut abgestimmt wird über: {titel}", titel=named)))
    round_codes.show(round_)
    inviting_view.letter()
    if round_.state is RoundState.open:
        round_desk.how_far(round_)
        left, right = st.columns(2)
        with left:
            round_desk.close(entry)
            round_desk.drop(entry)
        with right:
            round_desk.seats(entry)
    else:
        navigation.link("priorities", _("Zum Ergebnis"), identifier=round_.id, icon=":material/grid_view:")
        navigation.link("workshop", _("An die Wand"), identifier=round_.id, icon=":material/present_to_all:")
        if round_.state is RoundState.closed:
            round_desk.again(entry)
    if round_.state is not RoundState.decided:
        round_desk.take_out(entry)
    round_errors.settled()
    inviting_view.settled()


def _choose(identifier: str) -> None:
    known = {NEW: _("Neue Runde")} | round_view.round_names()
    st.session_state[CHOICE] = identifier if identifier in known else NEW
    st.selectbox(
        _("Welche Runde?"), list(known), format_func=known.__getitem__, key=CHOICE, on_change=_chosen, width=520
    )


def _chosen() -> None:
    st.query_params[navigation.ID_KEY] = st.session_state[CHOICE]
