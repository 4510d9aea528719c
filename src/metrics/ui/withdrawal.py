"""Withdraw a record: with a reason, and only while nothing refers to it; its versions stay in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.history import Recorded
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster, StillReferenced
from metrics.locale.words import refusal_sentence
from metrics.ui import navigation
from metrics.ui.forms import Form
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person
from metrics.ui.text import literal
from metrics.usecases.planning import withdraw_record


def offer(form: Form, entry: Recorded[Any], done: Callable[[Record], None]) -> None:
    """Ask for the reason; `done` is told which record was withdrawn."""
    with st.expander(_("Zurückziehen"), icon=":material/delete:"):
        st.caption(_("Der Eintrag gilt dann nicht mehr. Seine Fassungen bleiben im Verlauf."))
        st.text_input(_("Grund des Zurückziehens") + " *", key=form.key("withdrawal"), persist_state="session")
        st.button(
            _("Zurückziehen"),
            key=form.key("withdraw"),
            icon=":material/delete:",
            on_click=_withdraw,
            args=(form, entry, done),
        )
        refused: dict[str, Any] | None = st.session_state.get(form.key("refused"))
        if refused:
            st.error(literal(refused["sentence"]), icon=":material/error:")
            _link_to_referrer(*refused["by"])


def _link_to_referrer(kind: str, identifier: str) -> None:
    if kind in ("reading", "comparison"):
        # One of very many: it is named by its id, which needs no look at all the others.
        if kind == "reading":
            navigation.link("readings", identifier, identifier=f"reading:{identifier}", icon=":material/edit:")
    elif kind == "period_lock":
        navigation.link("periods", title_of(kind, identifier), icon=":material/lock:")
    elif kind:
        label = title_of(kind, identifier)
        navigation.link("plan_editing", label, identifier=f"{kind}:{identifier}", icon=":material/edit:")


def _withdraw(form: Form, entry: Recorded[Any], done: Callable[[Record], None]) -> None:
    reason = str(st.session_state.get(form.key("withdrawal"), "")).strip()
    if not reason:
        _keep(form, _("Bitte nennen Sie einen Grund; er steht im Verlauf."))
        return
    record = entry.record
    try:
        withdraw_record(store(), record.kind, record.id, form.version, by=person(), at=now(), reason=reason)
    except SomebodyElseWasFaster:
        return  # the form shows both versions
    except Refusal as refusal:
        by = (refusal.data["by_kind"], refusal.data["by_id"]) if isinstance(refusal, StillReferenced) else ("", "")
        _keep(form, refusal_sentence(refusal, language()), by)
    else:
        form.close()
        done(record)


def _keep(form: Form, sentence: str, by: tuple[str, str] = ("", "")) -> None:
    st.session_state[form.key("refused")] = {"sentence": sentence, "by": by}
