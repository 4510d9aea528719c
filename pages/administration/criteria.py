"""Kriterien: the sets by which measures are rated, and a dialogue for their weights."""

from __future__ import annotations

import streamlit as st

from metrics.domain.priorities import CriteriaSet
from metrics.locale.words import choice
from metrics.ui import cards, navigation, plan, round_view, weights_dialogue
from metrics.ui.choosing import told_apart
from metrics.ui.session import _, language
from metrics.ui.text import literal

CHOICE = "kriterien_wahl"


def page() -> None:
    """`?id=KS-1` shows a set; without an id the first."""
    cards.stand()
    sets = plan.entries(CriteriaSet)
    if not sets:
        cards.nothing_here(_("Noch kein Kriteriensatz. Ohne Kriterien lässt sich nichts bewerten."))
        navigation.link("plan_editing", _("Kriterien anlegen"), identifier="criteria_set", icon=":material/edit:")
        return
    asked = navigation.asked_id()
    entry = sets.get(asked or "") or next(iter(sets.values()))
    names = told_apart({name: found.record.title for name, found in sets.items()})
    st.session_state[CHOICE] = entry.record.id
    st.selectbox(
        _("Welcher Kriteriensatz?"),
        list(names),
        format_func=names.__getitem__,
        key=CHOICE,
        on_change=_chosen,
        width=420,
    )
    chosen = entry.record
    with cards.card(f"{chosen.title} · {choice(chosen.weighting, language())}"):
        cards.example_badge(chosen.illustrative)
        alt = _("Kriterien mit Gewicht, Richtung und Ankern")
        cards.values(round_view.criteria_rows(chosen), alt=alt, key="kriterien", file_name="kriterien")
        for sentence in round_view.doubts(chosen):
            st.warning(literal(sentence), icon=":material/help:")
        st.caption(
            _(
                "Kosten sind kein Kriterium, wenn später die Kapazität die Liste begrenzt: Sie zählten doppelt. "
                "Als Achse der Matrix dürfen sie stehen, ohne mitzuzählen."
            )
        )
        st.caption(_("Fassung {version}. Laufende und frühere Runden behalten ihre eigene.", version=entry.version))
        navigation.link(
            "plan_editing",
            _("Kriterien bearbeiten"),
            identifier=f"criteria_set:{chosen.id}",
            icon=":material/edit:",
        )
    weights_dialogue.draw(entry)


def _chosen() -> None:
    st.query_params[navigation.ID_KEY] = st.session_state[CHOICE]
