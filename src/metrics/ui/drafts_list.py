"""What a page says of drafts: that a form goes on with one, and which ones of its forms still wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from metrics.locale.formats import moment
from metrics.ui import draft_shelf, navigation
from metrics.ui.draft_shelf import ShelvedDraft
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal


def say_restored(kept_at: datetime) -> None:
    """That what stands here was typed before, and when (naive UTC)."""
    words = _("Wiederhergestellt: Ihre Eingaben vom {wann}.", wann=moment(kept_at, language()))
    st.caption(f":material/history: {literal(words)}")


def say_waiting(prefix: str, page: str, place: Callable[[ShelvedDraft], tuple[str, str]]) -> None:
    """The drafts of forms that begin so, each with a link to its form; `place` gives its title and the id of the link.

    Nothing while the form of a draft is open: that one says so itself.
    """
    found = draft_shelf.waiting(prefix)
    if not found:
        return
    title = _n("{number} offener Entwurf", "{number} offene Entwürfe", len(found))
    with st.expander(title, icon=":material/edit_note:"):
        st.caption(_("Hier haben Sie etwas getippt und nicht gespeichert. Nach 30 Tagen wird es entfernt."))
        for draft in found:
            words, identifier = place(draft)
            with st.container(horizontal=True, vertical_alignment="center"):
                navigation.link(page, words, identifier=identifier, icon=":material/edit_note:")
                st.caption(literal(_("vom {wann}", wann=moment(draft.saved_at, language()))))
                key = f"entwurf_verwerfen.{draft.form}"
                st.button(
                    _("Verwerfen"),
                    key=key,
                    icon=":material/undo:",
                    type="tertiary",
                    help=_("Entfernt diesen Entwurf."),
                    on_click=draft_shelf.give_up,
                    args=(draft,),
                )
