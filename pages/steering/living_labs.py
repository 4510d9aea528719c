"""Living labs: all of them at a glance, and each with its Steckbrief, its values and its story."""

from __future__ import annotations

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.living_labs import LivingLab
from metrics.ui import cards, lab_sheet, lab_view, navigation, plan
from metrics.ui.judged import name_of
from metrics.ui.session import _, _n
from metrics.ui.text import literal

SHOWN = 24
"""Labs on one page of the overview."""


def page() -> None:
    """The labs of the plan, or the one that the address asks for."""
    cards.stand()
    labs = plan.records(LivingLab)
    asked = navigation.asked_id()
    if asked and asked in labs:
        lab_sheet.show(labs[asked])
        return
    if asked:
        cards.nothing_here(_("Ein Reallabor mit der Kennung „{kennung}“ gibt es nicht (mehr).", kennung=asked))
    if not labs:
        cards.nothing_here(_("Der Plan hat noch kein Reallabor. Legen Sie das erste unter „Plan bearbeiten“ an."))
        navigation.link("plan_editing", _("Reallabor anlegen"), identifier="living_lab", icon=":material/edit:")
        return
    text = st.text_input(
        _("Suche"), key="labore_suche", icon=":material/search:", placeholder=_("Titel, Partner"), width=360
    )
    _overview(lab_view.found_labs(text or ""))


def _overview(found: tuple[LivingLab, ...]) -> None:
    st.markdown(_n("**{number} Reallabor**", "**{number} Reallabore**", len(found)))
    pages = max(1, -(-len(found) // SHOWN))
    chosen = st.pagination(pages, key=f"labore_seite_{pages}") if pages > 1 else 1
    with st.grid(3, min_column_width=320):
        for lab in found[(chosen - 1) * SHOWN : chosen * SHOWN]:
            with cards.card(name_of(lab), key=f"labor_{lab.id}", stretch=True):
                lab_sheet.badges(lab)
                goals = plan.records(Goal)
                names = ", ".join(name_of(goals[key]) for key in lab.goal_ids if key in goals)
                st.caption(_("Ziele: {ziele}", ziele=literal(names)) if names else _("Ohne Ziel"))
                navigation.link_to("living_lab", lab.id, _("Ansehen: {kennung}", kennung=lab.id))
