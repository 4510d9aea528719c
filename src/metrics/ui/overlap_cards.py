"""Overlaps on the page: what several measures touch, the measures behind it, and the pairs with most in common."""

from __future__ import annotations

import streamlit as st

from metrics.ui import cards, navigation, overlap_view, turning
from metrics.ui.choosing import told_apart
from metrics.ui.session import _, _n, with_examples
from metrics.ui.text import literal

GROUP_KEY = "schnittstellen_was"
LINES = 20
"""Measures of a page of the list."""


def draw() -> None:
    """What is touched by several beside the measures that do; beneath it the pairs."""
    examples = with_examples()
    overlaps = overlap_view.found(examples)
    if not overlaps.groups:
        cards.nothing_here(overlap_view.groups_sentence(examples) + ".")
    else:
        left, right = st.columns([3, 2])
        with left:
            _groups()
        with right:
            _members()
        _pairs()
    left_out = overlap_view.left_out(examples)
    if left_out:
        words = _n("{number} Beispielwert zählt nicht mit.", "{number} Beispielwerte zählen nicht mit.", left_out)
        st.caption(words + " " + _("Das ändert der Schalter „Beispielwerte einrechnen“."))


def _groups() -> None:
    examples = with_examples()
    with cards.card(overlap_view.groups_sentence(examples), stretch=True):
        alt = _("Was mehrere Maßnahmen berühren")
        rows = overlap_view.group_rows(examples)
        cards.values(rows, alt=alt, key="schnittstellen_gruppen", file_name="schnittstellen")
        st.caption(
            _("Nur Maßnahmen, die weitergehen. Partner und Zielgruppen gelten als gleich, wenn sie gleich heißen.")
        )


def _members() -> None:
    examples = with_examples()
    with cards.card(_("Wer dasselbe berührt"), stretch=True):
        choices = told_apart({str(place): words for place, words in overlap_view.group_choices(examples).items()})
        place = st.selectbox(_("Was?"), list(choices), 0, choices.__getitem__, key=GROUP_KEY)
        lines = overlap_view.member_lines(examples, int(place))
        for measure_id, words in turning.turned(lines, LINES, key=f"schnittstellen_{place}"):
            navigation.link_to("measure", measure_id, words)


def _pairs() -> None:
    examples = with_examples()
    rows = overlap_view.pair_rows(examples)
    with cards.card(_("Mögliche Synergie oder Doppelarbeit")):
        st.markdown(f"**{literal(overlap_view.pairs_sentence(examples))}**")
        if rows:
            alt = _("Paare von Maßnahmen, die etwas gemeinsam haben")
            cards.values(rows, alt=alt, key="schnittstellen_paare", file_name="paare")
        more = overlap_view.pairs_left_out_sentence(examples)
        st.caption((literal(more) + " " if more else "") + _("Ob es hilft oder stört, entscheidet, wer beide kennt."))
