"""What is shown to those who are not let in: where to sign in, or why not. Nothing of the plan."""

from __future__ import annotations

import streamlit as st

from metrics.domain.refusals import Refusal
from metrics.domain.sign_in import Closed
from metrics.locale.words import refusal_sentence
from metrics.ui import drafts, gate
from metrics.ui.header import language_switch
from metrics.ui.session import _, language

NARROW = """<style>[data-testid="stMainBlockContainer"] { max-width: 44rem; }</style>"""
"""Constant text, no data."""
NO_ACCESS = (Closed.no_role, Closed.blocked, Closed.left, Closed.unreadable)
"""Signing in once more does not help."""


def sign_in(why: Closed | None) -> None:
    """One button to sign in; before it, why an earlier sign-in counts no more."""
    drafts.keep()
    st.html(NARROW)
    if why in NO_ACCESS:
        _no_access(why)
        return
    st.title("Zukunftsplan", anchor=False)
    st.markdown(_("Hier arbeitet das Amt an seiner Strategie. Bitte melden Sie sich mit Ihrem Dienstkonto an."))
    if why is not None:
        st.info(_ended(why), icon=":material/lock_clock:")
    if st.button(_("Anmelden"), key="anmelden", type="primary", icon=":material/login:"):
        st.login()
    language_switch()


def closed(refusal: Refusal) -> None:
    """The server is not set up to serve anybody: one sentence for whoever looks after it."""
    st.html(NARROW)
    st.title("Zukunftsplan", anchor=False)
    st.error(refusal_sentence(refusal, language()), icon=":material/error:")
    st.markdown(_("Bitte wenden Sie sich an die Betreuung des Programms."))


def _no_access(why: Closed) -> None:
    st.title(_("Kein Zugang"), anchor=False)
    st.warning(_refused(why), icon=":material/block:")
    if st.button(_("Mit einem anderen Konto anmelden"), key="anderes_konto", icon=":material/switch_account:"):
        gate.sign_out()
    language_switch()


def _refused(why: Closed) -> str:
    if why is Closed.blocked:
        return _("Ihr Zugang ist gesperrt. Wenden Sie sich bitte an die Verwaltung des Zukunftsplans.")
    if why is Closed.left:
        return _("Ihr Zugang ist abgelaufen. Wenden Sie sich bitte an die Verwaltung des Zukunftsplans.")
    if why is Closed.unreadable:
        return _("Der Anmeldedienst sagt nicht, wer sich wann angemeldet hat. Bitte wenden Sie sich an die Betreuung.")
    return _("Sie sind angemeldet, aber ohne Rolle. Die Verwaltung des Zukunftsplans kann Ihnen eine Rolle geben.")


def _ended(why: Closed) -> str:
    if why is Closed.idle:
        return _("Hier hat länger niemand gearbeitet. Bitte melden Sie sich noch einmal an.")
    if why is Closed.too_old:
        return _("Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich noch einmal an.")
    return _("Diese Anmeldung wurde beendet. Bitte melden Sie sich noch einmal an.")
