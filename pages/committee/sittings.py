"""Sitzungen und Vorlagen: drafted beside a preview of the real paper, frozen, handed on as a package."""

from __future__ import annotations

import streamlit as st

from metrics.domain.committee import Sitting
from metrics.ui import cards, sitting_view
from metrics.ui.record_page import RecordPage, lines, may_edit
from metrics.ui.session import _

PAGE = RecordPage("sittings", Sitting, sitting_view.FORMS)
PER_PAGE = 12


def page() -> None:
    """The sittings; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    opened = PAGE.opened(back=_("Alle Sitzungen"), to_it=_("Zur Vorlage"), icon=":material/description:")
    if opened is None:
        _list()
    else:
        sitting_view.draw(opened.entry, may_edit=may_edit())


def _list() -> None:
    ahead, over = sitting_view.coming()
    PAGE.offer_new(_("Neue Sitzung"))
    with cards.card(_("Kommende Sitzungen")):
        if not ahead:
            st.caption(_("Keine Sitzung ist eingetragen."))
        lines(ahead, sitting_view.line, PER_PAGE, "sitzungen")
    if over:
        with st.expander(_("Frühere Sitzungen"), icon=":material/history:"):
            lines(over, sitting_view.line, PER_PAGE, "sitzungen_frueher")
