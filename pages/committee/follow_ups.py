"""Beschlusskontrolle: what committees decided, ordered and asked, who sees to it until when, and what became of it."""

from __future__ import annotations

import streamlit as st

from metrics.domain.committee import FollowUp
from metrics.ui import cards, follow_up_view, forms, navigation, plan
from metrics.ui.session import _, person
from metrics.ui.text import literal
from metrics.ui.turning import turned
from metrics.usecases.access import Right

NEW, PER_PAGE = "neu", 20


def page() -> None:
    """What is open, the most overdue first, then what is settled; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    asked = navigation.asked_id() or ""
    entry = plan.entries(FollowUp).get(asked)
    may_edit = person().may(Right.edit_plan)
    if entry or (asked == NEW and may_edit):
        navigation.link("follow_ups", _("Alle Beschlüsse"), icon=":material/arrow_back:")
        _saved(asked)
        follow_up_view.draw(entry, may_edit=may_edit)
        return
    if asked and asked != NEW:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
    _list(may_edit)


def _list(may_edit: bool) -> None:
    waiting, settled = follow_up_view.ordered()
    if may_edit:
        navigation.link(
            "follow_ups", _("Beschluss, Auftrag oder Frage eintragen"), identifier=NEW, icon=":material/add:"
        )
    with cards.card(_("Offen")):
        if not waiting:
            st.caption(_("Nichts ist offen."))
        for one in turned(waiting, PER_PAGE, key="beschluesse"):
            follow_up_view.line(one)
    if settled:
        with st.expander(_("Erledigt"), icon=":material/task_alt:"):
            for one in turned(settled, PER_PAGE, key="beschluesse_erledigt"):
                follow_up_view.line(one)


def _saved(asked: str) -> None:
    saved = forms.saved_notice(follow_up_view.FORMS + ("" if asked == NEW else asked))
    if saved:
        st.success(literal(_("Gespeichert: {titel}", titel=saved["title"])), icon=":material/check_circle:")
        if saved["new"]:
            navigation.link("follow_ups", _("Zum Eintrag"), identifier=saved["id"], icon=":material/gavel:")
