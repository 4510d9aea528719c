"""Termine: what is coming, with an agenda that grows out of what is overdue, unanswered or to be decided."""

from __future__ import annotations

import streamlit as st

from metrics.domain.upkeep import Meeting
from metrics.ui import cards, meeting_view, plan
from metrics.ui.record_page import RecordPage, lines, may_edit
from metrics.ui.session import _

PAGE = RecordPage("meetings", Meeting, meeting_view.FORMS)
PER_PAGE = 12


def page() -> None:
    """The coming meetings; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    opened = PAGE.opened(back=_("Alle Termine"), to_it=_("Zum Termin"), icon=":material/event:")
    if opened is None:
        _list()
    elif may_edit():
        meeting_view.edit(opened.entry)
    elif opened.entry:
        meeting_view.read(opened.entry.record)


def _list() -> None:
    ahead, over = meeting_view.coming(list(plan.records(Meeting).values()))
    PAGE.offer_new(_("Neuer Termin"))
    with cards.card(_("Kommende Termine")):
        if not ahead:
            st.caption(_("Kein Termin ist eingetragen."))
        lines(ahead, meeting_view.line, PER_PAGE, "termine")
    if over:
        with st.expander(_("Frühere Termine"), icon=":material/history:"):
            lines(over, meeting_view.line, PER_PAGE, "termine_frueher")
