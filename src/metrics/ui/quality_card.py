"""The points of a measure's monitoring quality: which are met, and where each of the others is mended."""

from __future__ import annotations

import streamlit as st

from metrics.domain.measures import Measure
from metrics.locale.words import choice
from metrics.ui import cards, navigation, ownership_view
from metrics.ui.session import _, language
from metrics.ui.text import literal
from metrics.usecases.overseeing import Followed


def show(measure: Measure) -> None:
    """The card of a measure's sheet; of a measure that is over nothing is asked any more."""
    if measure.ended:
        return
    found = ownership_view.followed(measure)
    with cards.card(_("Verfolgbarkeit: {punkte}", punkte=ownership_view.quality_words(found))):
        met = [point for point, fulfilled in found.quality.points if fulfilled]
        if met:
            words = ", ".join(choice(point, language()) for point in met)
            st.markdown(":material/check_circle: " + _("Erfüllt: {punkte}", punkte=literal(words)))
        missing_line(found)
        st.caption(_("Ein Punkt sagt, ob sich die Maßnahme verfolgen lässt, nicht wie gut sie läuft."))


def missing_line(found: Followed) -> None:
    """Every point that is not met, as the link to where it is mended."""
    if not found.quality.missing:
        st.caption(":material/task_alt: " + _("Alle Punkte sind erfüllt."))
        return
    st.caption(_("Es fehlt:"))
    with st.container(horizontal=True):
        for point in found.quality.missing:
            page, identifier = ownership_view.mending(found, point)
            navigation.link(page, choice(point, language()), identifier=identifier, icon=":material/add_task:")
