"""What came back from committees: lines in a list, the form of one, and the change of a target that was decided."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.committee import FollowUp, FollowUpKind, FollowUpState, Sitting
from metrics.domain.history import Recorded
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.ui import cards, decided_target, follow_up_start, form_conflict, forms, navigation, plan, withdrawal
from metrics.ui.forms import Form
from metrics.ui.record_page import NEW
from metrics.ui.session import _, language, today
from metrics.ui.text import literal, one_line

FORMS = "beschluss:"
KIND_ICONS = {
    FollowUpKind.decision: ":material/gavel:",
    FollowUpKind.changed_decision: ":material/edit_note:",
    FollowUpKind.review_order: ":material/search:",
    FollowUpKind.question: ":material/help:",
}
STATE_COLOURS: dict[FollowUpState, Literal["orange", "blue", "green", "gray"]] = {
    FollowUpState.open: "orange",
    FollowUpState.in_progress: "blue",
    FollowUpState.done: "green",
    FollowUpState.dropped: "gray",
}


def ordered() -> tuple[list[FollowUp], list[FollowUp]]:
    """What is open, the earliest day first, and what is settled, the last one first."""
    known = list(plan.records(FollowUp).values())
    waiting = sorted((one for one in known if not one.settled), key=lambda one: (one.due or date.max, one.id))
    settled = sorted((one for one in known if one.settled), key=lambda one: (one.done_on or date.min, one.id))
    return waiting, settled[::-1]


def line(one: FollowUp) -> None:
    """An item in a list."""
    with st.container(gap="xxsmall"):
        navigation.link("follow_ups", one_line(one.title, 110), identifier=one.id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(choice(one.follow_up_kind, language()), icon=KIND_ICONS[one.follow_up_kind], color="gray")
            st.badge(choice(one.state, language()), color=STATE_COLOURS[one.state])
            if one.overdue(today()):
                st.badge(_("überfällig"), icon=":material/schedule:", color="red")
            if not one.settled and not one.owner:
                st.badge(_("niemand zuständig"), icon=":material/person_off:", color="orange")
            if not one.settled and one.due is None:
                st.badge(_("ohne Frist"), icon=":material/event_busy:", color="orange")
            st.caption(literal(_facts(one)), width="content")
            if one.result:
                st.caption(literal(one_line(one.result, 110)), width="content")
            cards.example_badge(one.illustrative)


def draw(entry: Recorded[FollowUp] | None, *, may_edit: bool) -> None:
    """One item: its form and the target that it changes, or what it says to those who may not change it."""
    if not may_edit:
        if entry:
            _to_sitting(entry.record.sitting_id)
            _read(entry.record)
        return
    if entry is None:
        _new()
        return
    _to_sitting(entry.record.sitting_id)
    form = Form(FORMS + entry.record.id, FollowUp.kind, entry)
    with cards.card(entry.record.title):
        settled = form_conflict.draw(form)
    decided_target.draw(entry.record)
    if settled:
        withdrawal.offer(form, entry, _withdrawn)
        target = f"{FollowUp.kind}:{entry.record.id}"
        navigation.link("history", _("Alle Änderungen"), identifier=target, icon=":material/history:")


def _new() -> None:
    """An empty form, or one that begins with what a sitting came to; each point is kept once."""
    asked = navigation.asked_id() or ""
    start = follow_up_start.asked_for(asked)
    if start:
        _to_sitting(start.sitting.id)
    kept = follow_up_start.kept_for(start.sitting, start.point) if start and start.point else []
    name = FORMS + ("" if asked == NEW else asked)
    typed = any(form.touched for form in forms.open_forms(name) if form.name == name)
    if start and kept and not typed:
        with cards.card(_("Punkt {nummer}", nummer=start.point)):
            for one in kept:
                line(one)
        return
    begins = follow_up_start.values(start) if start else None
    with cards.card(_("Neuer Beschluss, Auftrag oder neue Frage")):
        form_conflict.draw(Form(name, FollowUp.kind, None, begins))


def _to_sitting(sitting_id: str) -> None:
    sitting = plan.records(Sitting).get(sitting_id)
    if sitting:
        label = _("Zur Sitzung: {titel}", titel=one_line(sitting.title, 90))
        navigation.link("sittings", label, identifier=sitting.id, icon=":material/groups:")


def _read(one: FollowUp) -> None:
    with cards.card(one.title):
        st.caption(literal(_facts(one)))
        st.markdown(literal(one.text))
        if one.result:
            st.markdown(literal(one.result))


def _facts(one: FollowUp) -> str:
    sitting = plan.records(Sitting).get(one.sitting_id)
    told = [f"{sitting.committee}, {day(sitting.held_on, language())}" if sitting else "", one.owner or ""]
    told.append(_("bis {tag}", tag=day(one.due, language())) if one.due else "")
    return " · ".join(filter(None, told))


def _withdrawn(_record: Record) -> None:
    st.query_params.pop(navigation.ID_KEY, None)
