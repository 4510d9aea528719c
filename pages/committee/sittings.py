"""Sitzungen und Vorlagen: drafted beside a preview of the real paper, frozen, handed on as a package."""

from __future__ import annotations

import streamlit as st

from metrics.domain.committee import Sitting
from metrics.ui import cards, forms, navigation, plan, sitting_view
from metrics.ui.session import _, person
from metrics.ui.text import literal
from metrics.ui.turning import turned
from metrics.usecases.access import Right

NEW, PER_PAGE = "neu", 12


def page() -> None:
    """The sittings; `?id=` one of them, `?id=neu` a new one."""
    cards.stand()
    asked = navigation.asked_id() or ""
    entry = plan.entries(Sitting).get(asked)
    may_edit = person().may(Right.edit_plan)
    if entry or (asked == NEW and may_edit):
        navigation.link("sittings", _("Alle Sitzungen"), icon=":material/arrow_back:")
        _saved(asked)
        sitting_view.draw(entry, may_edit=may_edit)
        return
    if asked and asked != NEW:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
    _list(may_edit)


def _list(may_edit: bool) -> None:
    ahead, over = sitting_view.coming()
    if may_edit:
        navigation.link("sittings", _("Neue Sitzung"), identifier=NEW, icon=":material/add:")
    with cards.card(_("Kommende Sitzungen")):
        if not ahead:
            st.caption(_("Keine Sitzung ist eingetragen."))
        for sitting in turned(ahead, PER_PAGE, key="sitzungen"):
            sitting_view.line(sitting)
    if over:
        with st.expander(_("Frühere Sitzungen"), icon=":material/history:"):
            for sitting in turned(over, PER_PAGE, key="sitzungen_frueher"):
                sitting_view.line(sitting)


def _saved(asked: str) -> None:
    saved = forms.saved_notice(sitting_view.FORMS + ("" if asked == NEW else asked))
    if saved:
        st.success(literal(_("Gespeichert: {titel}", titel=saved["title"])), icon=":material/check_circle:")
        if saved["new"]:
            navigation.link("sittings", _("Zur Vorlage"), identifier=saved["id"], icon=":material/description:")
