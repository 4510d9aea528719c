"""Einladung: somebody from outside comes in by a code, says what they think, and reads what became of it."""

from __future__ import annotations

import streamlit as st

from metrics.domain.refusals import InvitationUnknown, Refusal, TooManyTries
from metrics.locale.formats import day
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, code_entry, contribution_form, contribution_sheet, dialogue_view, navigation
from metrics.ui.inviting_view import INVITATION_PAGE
from metrics.ui.runtime import store
from metrics.ui.session import _, language, today
from metrics.ui.text import literal
from metrics.usecases.inviting import Accepted, accept

TYPED, PROBLEM = "einladung_zugang", "einladung_zugang_fehler"
NARROW = """<style>[data-testid="stMainBlockContainer"] { max-width: 60rem; }</style>"""
"""Lines of a length that reads well. Constant text, no data."""


def page() -> None:
    """Ask for the code, or show what the code in the address opens."""
    st.html(NARROW)
    code = st.query_params.get(navigation.CODE_KEY, "")
    found = _found(code) if code else None
    if isinstance(found, Accepted):
        _invited(found, code)
    else:
        _ask(refusal_sentence(found, language()) if found else st.session_state.pop(PROBLEM, ""))


def _found(code: str) -> Accepted | Refusal:
    try:
        return code_entry.enter_by(INVITATION_PAGE, code, lambda: accept(store(), code, today()))
    except (InvitationUnknown, TooManyTries) as refusal:
        return refusal


def _ask(problem: str) -> None:
    if navigation.may_open("overview"):  # somebody of the office has come by the menu, which is not shown here
        navigation.link("overview", _("Zurück zur Übersicht"), icon=":material/arrow_back:")
    st.title(_("Einladung"), anchor=False)
    st.markdown(_("Geben Sie den Zugang ein, der in Ihrer Einladung steht."))
    st.text_input(_("Zugang"), key=TYPED, placeholder="XXXX-XXXX-XXXX", autocomplete="off", width=360, on_change=_enter)
    if problem:
        st.error(literal(problem), icon=":material/error:")
    st.button(_("Öffnen"), key="einladung_oeffnen", type="primary", icon=":material/login:", on_click=_enter)


def _enter() -> None:
    """Take the code that was typed into the address: a reload finds it there."""
    typed = str(st.session_state.get(TYPED, "")).strip()
    if typed:
        st.query_params[navigation.CODE_KEY] = typed
    else:
        st.session_state[PROBLEM] = _("Bitte geben Sie den Zugang ein.")


def _invited(accepted: Accepted, code: str) -> None:
    invitation = accepted.invitation
    st.title(_("Ihre Meinung zum Zukunftsplan"), anchor=False)
    contribution_sheet.notice()
    offered = dialogue_view.titled(invitation.measure_ids, invitation.goal_ids)
    until = day(invitation.expires_on, language())
    if accepted.over:
        gone = day(invitation.delete_on, language())
        words = _("Diese Einladung galt bis {tag}. Bis {ende} können Sie hier noch nachlesen.", tag=until, ende=gone)
        st.info(words, icon=":material/schedule:")
    elif offered:
        st.markdown(_("Das Amt lädt Sie bis {tag} ein, sich zu äußern zu:", tag=until))
    st.markdown("\n".join(f"- {literal(title)}" for _kind, _id, title in offered))
    if invitation.message:
        st.markdown(literal(invitation.message))
    if invitation.round_id and not accepted.over:
        st.markdown(_("Außerdem bittet das Amt Sie um Ihre Bewertung; Ihr Zugang ist derselbe."))
        if st.button(_("Jetzt bewerten"), key="einladung_bewerten", icon=":material/star_rate:"):
            navigation.go("rating", code=code)
    if offered and not accepted.over:
        with cards.card(_("Ihr Beitrag")):
            contribution_form.for_guests(invitation.id, offered, accepted.person)
    if offered:
        contribution_sheet.own(accepted.person)
    st.caption(_("Ihre Beiträge stehen im Plan ohne Ihren Namen und ohne Ihre Adresse."))
