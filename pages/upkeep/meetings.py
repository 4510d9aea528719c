"""Termine: what is coming, with an agenda that grows out of what is overdue, unanswered or to be decided."""

from __future__ import annotations

import streamlit as st

from metrics.domain.upkeep import Meeting
from metrics.ui import cards, forms, meeting_view, navigation, plan
from metrics.ui.session import _, person
from metrics.ui.text import literal
from metrics.ui.turning import turned
from metrics.usecases.access import Right

NEW, PER_PAGE = "neu", 12


def page() -> None:
    """The coming meetings; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    asked = navigation.asked_id() or ""
    entry = plan.entries(Meeting).get(asked)
    may_edit = person().may(Right.edit_plan)
    if entry or (asked == NEW and may_edit):
        navigation.link("meetings", _("Alle Termine"), icon=":material/arrow_back:")
        _saved(asked)
        if may_edit:
            meeting_view.edit(entry)
        elif entry:
            meeting_view.read(entry.record)
        return
    if asked and asked != NEW:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
    _list(may_edit)


def _list(may_edit: bool) -> None:
    ahead, over = meeting_view.coming(list(plan.records(Meeting).values()))
    if may_edit:
        navigation.link("meetings", _("Neuer Termin"), identifier=NEW, icon=":material/add:")
    with cards.card(_("Kommende Termine")):
        if not ahead:
            st.caption(_("Kein Termin ist eingetragen."))
        for meeting in turned(ahead, PER_PAGE, key="termine"):
            meeting_view.line(meeting)
    if over:
        with st.expander(_("Frühere Termine"), icon=":material/history:"):
            for meeting in turned(over, PER_PAGE, key="termine_frueher"):
                meeting_view.line(meeting)


def _saved(asked: str) -> None:
    saved = forms.saved_notice(meeting_view.FORMS + ("" if asked == NEW else asked))
    if saved:
        st.success(literal(_("Gespeichert: {titel}", titel=saved["title"])), icon=":material/check_circle:")
        if saved["new"]:
            navigation.link("meetings", _("Zum Termin"), identifier=saved["id"], icon=":material/event:")
