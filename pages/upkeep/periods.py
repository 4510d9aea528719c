"""Zeiträume abschließen: what is closed, what is missing before the next one, closing and reopening."""

from __future__ import annotations

import streamlit as st

from metrics.domain.upkeep import PeriodLock
from metrics.ui import cards, closing_cards, plan
from metrics.ui.session import _


def page() -> None:
    """The form for the next period, then the list of what was closed."""
    cards.stand()
    closing_cards.done_notice()
    with cards.card(_("Einen Zeitraum abschließen")):
        st.caption(
            _(
                "Werte, deren Zeitraum in einem abgeschlossenen endet, werden weder eingetragen noch geändert, auch "
                "nicht durch eine Datei. So bleibt stehen, was berichtet wurde."
            )
        )
        closing_cards.close_form()
    with cards.card(_("Abgeschlossene Zeiträume")):
        locks = list(plan.entries(PeriodLock).values())
        if not locks:
            cards.nothing_here(_("Noch ist kein Zeitraum abgeschlossen."))
        for entry in sorted(locks, key=lambda one: (one.record.last_day, one.record.id), reverse=True):
            closing_cards.lock_line(entry)
