"""Präsentation: a calm walk through goals and labs for a committee, driven by the keyboard, one message per slide.

With the id of a snapshot what was frozen for a sitting is presented instead, in the browser alone.
"""

from __future__ import annotations

import streamlit as st

from metrics.ui import cards, navigation, presented, slides
from metrics.ui.session import _

SLIDE_KEY = "folie"
LARGE_TYPE = """<style>
html { font-size: clamp(16px, 1.35vw, 26px); }
[data-testid="stMainBlockContainer"] { max-width: 68rem; }
</style>"""
"""Every size of the page hangs on the root's, so the whole slide grows with the screen. Constant text, no data."""


def page() -> None:
    """`?id=SI-1.1` presents what was frozen; without an id the slide of the plan that the address asks for."""
    frozen = navigation.asked_id()
    if frozen:
        presented.show(frozen)
        return
    st.html(LARGE_TYPE)
    found = slides.all_slides()
    number = _asked(len(found))
    _controls(number, len(found))
    cards.stand()  # above the slide: on a small wall its foot may be out of sight
    slides.show(found[number - 1])


def _asked(count: int) -> int:
    asked = st.query_params.get(SLIDE_KEY, "1")
    return min(max(int(asked), 1), count) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _controls(number: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        back, on = _("Zurück"), _("Weiter")
        st.button(back, shortcut="Left", disabled=number == 1, on_click=_turn, args=(number - 1,), key="folie_zurueck")
        st.button(
            on, shortcut="Right", disabled=number == count, on_click=_turn, args=(number + 1,), key="folie_weiter"
        )
        st.caption(_("Folie {nummer} von {anzahl}", nummer=number, anzahl=count))
        st.space("stretch")
        presented.offer()
        if st.button(_("Beenden"), shortcut="Esc", type="tertiary", key="folie_ende"):
            # The committee sees no other page of the plan: it ends where the menu is, and the way out.
            navigation.go("overview" if navigation.may_open("overview") else "my_account")


def _turn(number: int) -> None:
    st.query_params[SLIDE_KEY] = str(number)
