"""Meine Aufgaben: one list of all that the person who looks has to see to, what hurts most first."""

from __future__ import annotations

import streamlit as st

from metrics.domain.tasks import TaskKind
from metrics.ui import cards, navigation, task_view
from metrics.ui.session import _, _n
from metrics.ui.task_view import ICONS, Row
from metrics.ui.text import literal
from metrics.ui.turning import turned

ROWS = 20
KIND_KEY, WHOSE_KEY = "aufgaben_art", "aufgaben_wessen"
OWN, OFFICE = "meine", "amt"


def page() -> None:
    """The list with its filters; each row leads to the form."""
    cards.stand()
    away = task_view.away()
    if away:
        st.info(literal(away), icon=":material/beach_access:")
    kinds, whole_office = _ask()
    found = task_view.rows(kinds, whole_office=whole_office)
    if not whole_office and task_view.sees_office():
        everything = task_view.rows((), whole_office=True)
        told = {"alle": len(everything), "spaet": task_view.overdue(everything)}
        st.caption(_("Im ganzen Amt: {alle} Aufgaben, {spaet} überfällig.", **told))
    if found:
        st.markdown(_how_many(found))
        for row in turned(found, ROWS, key="aufgaben_liste"):
            _show(row)
    elif kinds:
        cards.nothing_here(_("Keine Aufgabe ist von dieser Art."), icon=":material/search_off:")
    else:
        cards.nothing_here(_("Nichts zu tun: Zurzeit wartet nichts auf Sie."), icon=":material/task_alt:")
    with st.expander(_("Wie die Liste geordnet ist"), icon=":material/help:"):
        st.markdown("\n".join(f"- {text}" for text in task_view.order_texts()))


def _ask() -> tuple[list[TaskKind], bool]:
    """Which kinds of task, and whose."""
    whose = OWN
    if task_view.sees_office():
        names = {OWN: _("Nur meine"), OFFICE: _("Ganzes Amt")}
        whose = st.radio(
            _("Wessen Aufgaben?"),
            list(names),
            format_func=names.__getitem__,
            horizontal=True,
            key=WHOSE_KEY,
            persist_state="session",
        )
    kinds = st.multiselect(
        _("Art der Aufgabe"),
        list(TaskKind),
        format_func=task_view.kind_words,
        key=KIND_KEY,
        persist_state="session",
        placeholder=_("alle"),
        width=520,
    )
    return list(kinds), whose == OFFICE


def _how_many(found: list[Row]) -> str:
    late = task_view.overdue(found)
    words = _n("**{number} Aufgabe**", "**{number} Aufgaben**", len(found))
    return (
        words
        + ", "
        + (_n("davon {number} überfällig", "davon {number} überfällig", late) if late else _("keine überfällig"))
    )


def _show(row: Row) -> None:
    with st.container(border=True, gap="xxsmall"):
        navigation.link(row.task.page, row.label, identifier=row.task.identifier, icon=ICONS[row.task.kind])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            icon = ":material/error:" if row.late else ":material/schedule:"
            st.badge(row.lateness, icon=icon, color="red" if row.late else "gray")
            cards.example_badge(row.task.illustrative)
            st.caption(literal(row.why), width="content")
