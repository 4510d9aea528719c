"""Werkstatt: a round on the wall. While it is open, who has finished, in counts; once it is closed, the matrix."""

from __future__ import annotations

import streamlit as st

from metrics.domain.priorities import PriorityRound, RoundState
from metrics.ui import cards, navigation, plan, round_view, wall
from metrics.ui.live import live
from metrics.ui.session import _
from metrics.ui.text import literal

SECONDS = 2
"""How often the wall looks whether anything has changed."""
LARGE_TYPE = """<style>
html { font-size: clamp(16px, 1.35vw, 26px); }
[data-testid="stMainBlockContainer"] { max-width: 90rem; }
</style>"""
"""Every size of the page hangs on the root's, so the whole wall grows with the screen. Constant text, no data."""


def page() -> None:
    """`?id=PR-2026` shows a round; without an id the newest open one."""
    st.html(LARGE_TYPE)
    round_ = _asked()
    if round_ is None:
        st.title(_("Werkstatt"), anchor=False)
        cards.nothing_here(_("Noch keine Bewertungsrunde. Öffnen Sie eine, dann bewerten die Gruppen getrennt."))
        navigation.link("rounds", _("Runde öffnen"), icon=":material/play_arrow:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(literal(round_.title), anchor=False, width="content")
        st.space("stretch")
        if st.button(_("Beenden"), shortcut="Esc", type="tertiary", key="wand_ende"):
            navigation.go("rounds", identifier=round_.id)
    _live(round_.id)


def _asked() -> PriorityRound | None:
    asked = navigation.asked_id()
    rounds = plan.records(PriorityRound)
    if asked in rounds:
        return rounds[asked]
    found = round_view.newest_first()
    return next((one for one in found if one.state is RoundState.open), found[0] if found else None)


@live(SECONDS)
def _live(round_id: str) -> None:
    """The part that keeps itself up to date: a round that is closed elsewhere shows its matrix here by itself."""
    round_ = plan.records(PriorityRound).get(round_id)
    if round_ is None:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=round_id))
    elif round_.state is RoundState.open:
        wall.counts(round_)
    else:
        wall.result(round_view.ranked(round_.id))
