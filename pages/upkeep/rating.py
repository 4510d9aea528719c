"""Bewerten: a rater enters by a code and rates alone; others' scores stay hidden until the round is closed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from metrics.domain.priorities import RaterGroup, RoundState
from metrics.domain.refusals import AccessCodeUnknown, TooManyTries
from metrics.locale.formats import day
from metrics.locale.words import refusal_sentence
from metrics.ui import code_entry, navigation, plan, rating_form, round_view
from metrics.ui.runtime import store
from metrics.ui.session import _, language, today
from metrics.ui.text import literal
from metrics.usecases.rating import Access, enter

CODE = "code"
TYPED, PROBLEM = "bewerten_zugang", "bewerten_zugang_fehler"
NARROW = """<style>[data-testid="stMainBlockContainer"] { max-width: 60rem; }</style>"""
"""Lines of a length that reads well. Constant text, no data."""


def page() -> None:
    """Ask for the code, or show the round that the code in the address opens."""
    st.html(NARROW)
    code = st.query_params.get(CODE, "")
    try:
        look = partial(enter, store(), code)
        access = code_entry.enter_by(round_view.RATING_PAGE, code, look) if code else None
    except (AccessCodeUnknown, TooManyTries) as refusal:
        _ask(refusal_sentence(refusal, language()))
        return
    if access is None:
        _ask(st.session_state.pop(PROBLEM, ""))
    else:
        _round(access, code)


def _ask(problem: str) -> None:
    st.title(_("Bewerten"), anchor=False)
    st.markdown(_("Geben Sie den Zugang ein, den Sie von der Moderation bekommen haben. Ihr Name wird nicht gefragt."))
    st.text_input(_("Zugang"), key=TYPED, placeholder="XXXX-XXXX-XXXX", autocomplete="off", width=360, on_change=_enter)
    if problem:
        st.error(literal(problem), icon=":material/error:")
    st.button(_("Beginnen"), key="bewerten_beginnen", type="primary", icon=":material/login:", on_click=_enter)
    if navigation.may_open("overview"):
        navigation.link("overview", _("Zur Übersicht"), icon=":material/dashboard:")


def _enter() -> None:
    """Take the code that was typed into the address: a reload finds it there."""
    typed = str(st.session_state.get(TYPED, "")).strip()
    if typed:
        st.query_params[CODE] = typed
    else:
        st.session_state[PROBLEM] = _("Bitte geben Sie den Zugang ein.")


def _round(access: Access, code: str) -> None:
    round_ = access.round
    rating_form.take(access, code)
    st.title(literal(round_.title), anchor=False)
    group = plan.records(RaterGroup).get(access.seat.group_id)
    told = {"gruppe": group.title if group else access.seat.group_id, "platz": access.seat.number}
    st.markdown(literal(_("Sie bewerten für: {gruppe} (Platz {platz})", **told)))
    if round_.purpose:
        st.markdown(literal(round_.purpose))
    if round_.state is not RoundState.open:
        st.info(
            _("Die Runde ist geschlossen. Danke! Das Ergebnis steht unter „Priorisierung“."), icon=":material/lock:"
        )
        _say_what_was_lost(access)
        if navigation.may_open("priorities"):
            navigation.link("priorities", _("Zum Ergebnis"), identifier=round_.id, icon=":material/grid_view:")
        return
    if today() > round_.deadline:
        words = _("Die Frist ist am {tag} abgelaufen.", tag=day(round_.deadline, language()))
        st.warning(words + " " + _("Die Moderation kann sie verlängern."), icon=":material/schedule:")
        _say_what_was_lost(access)
        return
    if round_.vote > 1:
        st.info(
            _("Erneute Abstimmung: Nur diese Maßnahmen stehen noch einmal an. Was Sie nicht ändern, gilt weiter."),
            icon=":material/replay:",
        )
    rating_form.draw(access, code)
    if st.button(_("Platz verlassen"), key="bewerten_verlassen", type="tertiary", icon=":material/logout:"):
        navigation.go("rating")  # a link would leave before the fields have been looked at


def _say_what_was_lost(access: Access) -> None:
    if rating_form.unsaved(access):
        st.warning(
            _("Was Sie zuletzt eingegeben haben, kam nach dem Ende der Runde und wurde nicht mehr angenommen."),
            icon=":material/warning:",
        )
