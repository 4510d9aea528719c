"""What a sitting came to: point by point what was decided and what is kept of it, and the way to keep it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from metrics.domain.committee import DecisionOutcome, FollowUpKind, Sitting
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.ui import cards, follow_up_view, navigation
from metrics.ui.follow_up_start import WITHOUT_POINT, Start, kept_for
from metrics.ui.session import _, language, today
from metrics.ui.text import literal, one_line

OUTCOME_ICONS: Mapping[DecisionOutcome, str] = {
    DecisionOutcome.adopted: ":material/check:",
    DecisionOutcome.amended: ":material/edit_note:",
    DecisionOutcome.rejected: ":material/close:",
    DecisionOutcome.postponed: ":material/event_repeat:",
}
MOST_CHARACTERS = 400


def draw(sitting: Sitting) -> None:
    """The card; before its day a sitting has come to nothing yet."""
    held = sitting.held_on <= today()
    with cards.card(_("Was die Sitzung ergab")):
        if not held:
            st.caption(_("Ab dem Sitzungstag, {tag}, halten Sie es hier fest.", tag=day(sitting.held_on, language())))
        elif not sitting.decisions:
            st.caption(_("Die Vorlage hatte keinen Beschlussvorschlag."))
        for point in range(1, len(sitting.decisions) + 1):
            _point(sitting, point, held=held)
        others = kept_for(sitting)
        if others:
            st.subheader(_("Weitere Beschlüsse, Aufträge und Fragen"), anchor=False)
            for one in others:
                follow_up_view.line(one)
        if held:
            with st.container(horizontal=True):
                for kind in WITHOUT_POINT:
                    _offer(Start(sitting, kind), _add_words(kind), follow_up_view.KIND_ICONS[kind])


def _point(sitting: Sitting, point: int, *, held: bool) -> None:
    """A point with what is kept of it; as long as that is nothing, the ways in which it may have come out."""
    kept = kept_for(sitting, point)
    if not kept and not held:
        return
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(_('Punkt {nummer}', nummer=point))}**")
        st.markdown(literal(one_line(sitting.decisions[point - 1].text, MOST_CHARACTERS)))
        for one in kept:
            follow_up_view.line(one)
        if not kept:
            with st.container(horizontal=True):
                for outcome in DecisionOutcome:
                    words = choice(outcome, language())
                    _offer(Start(sitting, outcome, point), words, OUTCOME_ICONS[outcome])


def _offer(start: Start, label: str, icon: str) -> None:
    navigation.link("follow_ups", label, identifier=start.identifier, icon=icon)


def _add_words(kind: FollowUpKind) -> str:
    return _("Prüfauftrag eintragen") if kind is FollowUpKind.review_order else _("Frage eintragen")
