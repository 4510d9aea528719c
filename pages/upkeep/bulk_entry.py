"""Enter many values at once: typed into a grid or pasted from a spreadsheet, stored all together or not at all."""

from __future__ import annotations

import streamlit as st

from metrics.domain.indicators import Indicator
from metrics.ui import bulk_grid, cards, navigation, plan
from metrics.ui.bulk_draft import the_draft
from metrics.ui.session import _


def page() -> None:
    """One grid for the whole plan; what is typed in one view is still there in the others."""
    draft = the_draft()
    bulk_grid.attend(draft)
    cards.stand()
    if not plan.records(Indicator):
        cards.nothing_here(_("Der Plan hat noch keinen Indikator. Legen Sie zuerst einen an."))
        navigation.link("plan_editing", _("Indikator anlegen"), identifier="indicator", icon=":material/add:")
        return
    st.caption(
        _(
            "Zahlen wie 1.234,5; mit der Tabulatortaste zum nächsten Feld. Gespeichert wird erst mit dem Knopf unten, "
            "alles zusammen oder nichts."
        )
    )
    bulk_grid.draw(draft)
