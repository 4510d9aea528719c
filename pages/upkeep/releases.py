"""Freigaben: values that wait for another pair of eyes, each with what counts today and the steps that are open."""

from __future__ import annotations

import streamlit as st

from metrics.ui import cards, navigation, plan, release_cards
from metrics.ui.session import _, _n

ROWS = 20


def page() -> None:
    """The values that wait, the longest waiting first."""
    cards.stand()
    release_cards.done_notice()
    waiting = [one for one in plan.pending() if not one.returned_because]
    if not waiting:
        cards.nothing_here(
            _(
                "Zurzeit wartet kein Wert auf Freigabe. Ob ein Indikator eine Freigabe braucht, steht im Plan am "
                "Indikator unter „Freigabe“."
            ),
            icon=":material/task_alt:",
        )
        navigation.link("readings", _("Einen Wert eintragen"), icon=":material/edit_note:")
        return
    st.markdown(_n("{number} Wert wartet.", "{number} Werte warten.", len(waiting)))
    pages = -(-len(waiting) // ROWS)
    chosen = st.pagination(pages, key="freigaben_seite") if pages > 1 else 1
    for found in waiting[(chosen - 1) * ROWS : chosen * ROWS]:
        release_cards.draw(found)
