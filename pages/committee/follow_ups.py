"""Beschlusskontrolle: what committees decided, ordered and asked, who sees to it until when, and what became of it."""

from __future__ import annotations

import streamlit as st

from metrics.domain.committee import FollowUp
from metrics.ui import cards, follow_up_view
from metrics.ui.record_page import RecordPage, lines, may_edit
from metrics.ui.session import _

PAGE = RecordPage("follow_ups", FollowUp, follow_up_view.FORMS)
PER_PAGE = 20


def page() -> None:
    """What is open, the earliest day first, then what is settled; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    opened = PAGE.opened(back=_("Alle Beschlüsse"), to_it=_("Zum Eintrag"), icon=":material/gavel:")
    if opened is None:
        _list()
    else:
        follow_up_view.draw(opened.entry, may_edit=may_edit())


def _list() -> None:
    waiting, settled = follow_up_view.ordered()
    PAGE.offer_new(_("Beschluss, Auftrag oder Frage eintragen"))
    with cards.card(_("Offen")):
        if not waiting:
            st.caption(_("Nichts ist offen."))
        lines(waiting, follow_up_view.line, PER_PAGE, "beschluesse")
    if settled:
        with st.expander(_("Erledigt"), icon=":material/task_alt:"):
            lines(settled, follow_up_view.line, PER_PAGE, "beschluesse_erledigt")
