"""The drafts of whoever is here, as this session knows them: found when it began, taken up by the forms they belong to.

A form that was opened in this session never takes up a draft again: another tab may have kept one of the same form
meanwhile, and neither tab gets what stands on the screen of the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from metrics.domain.refusals import NotSignedIn
from metrics.store.drafts import drafts_of, drop_drafts, keep_drafts
from metrics.ui.runtime import store
from metrics.ui.session import now, person, today

STATE = "entwuerfe"


@dataclass(frozen=True, slots=True)
class ShelvedDraft:
    """What was typed into a form before this session, and when it was kept (naive UTC)."""

    form: str
    content: dict[str, Any]
    saved_at: datetime


def look() -> None:
    """Find what the person had typed before this session began; asks the store once.

    A session whose sign-in ran out keeps what it has typed for whoever was here.
    """
    try:
        who = person().name
    except NotSignedIn:
        return
    known = st.session_state.get(STATE)
    if known is None or known["person"] != who:
        found = [
            ShelvedDraft(one.form, json.loads(one.content), one.saved_at) for one in drafts_of(store(), who, today())
        ]
        st.session_state[STATE] = {"person": who, "waiting": {one.form: one for one in found}, "kept": {}}


def waiting(prefix: str = "") -> list[ShelvedDraft]:
    """Drafts whose forms begin so and were not opened in this session yet."""
    found: Mapping[str, ShelvedDraft] = st.session_state.get(STATE, {}).get("waiting", {})
    return [draft for form, draft in found.items() if form.startswith(prefix)]


def find(form: str) -> ShelvedDraft | None:
    """The draft that waits for a form."""
    found: ShelvedDraft | None = st.session_state.get(STATE, {}).get("waiting", {}).get(form)
    return found


def taken_up(draft: ShelvedDraft) -> None:
    """The form shows it now."""
    known = st.session_state[STATE]
    known["kept"][draft.form] = _Keeping(_fingerprint(_written(draft.content)), draft.saved_at)
    known["waiting"].pop(draft.form, None)


def keep(contents: Mapping[str, dict[str, Any]]) -> None:
    """Keep what has changed since it was kept last; a form that is not among them any more has no draft."""
    known = st.session_state.get(STATE)
    if known is None:
        return
    kept: dict[str, _Keeping] = known["kept"]
    texts = {form: _written(content) for form, content in contents.items()}
    changed = {
        form: text for form, text in texts.items() if form not in kept or kept[form].fingerprint != _fingerprint(text)
    }
    if changed:
        at = now()
        keep_drafts(store(), known["person"], changed, at, today())
        kept |= {form: _Keeping(_fingerprint(text), at) for form, text in changed.items()}
        for form in changed:  # opened before there was time to look
            known["waiting"].pop(form, None)
    drop([form for form in kept if form not in texts])


def drop(forms: Iterable[str]) -> None:
    """Forget the drafts of forms that were stored or given up, unless another tab has kept one of the same name."""
    known = st.session_state.get(STATE)
    gone = [form for form in forms if known is not None and form in known["kept"]]
    if known is not None and gone:
        drop_drafts(store(), known["person"], [(form, known["kept"][form].saved_at) for form in gone])
        for form in gone:
            known["kept"].pop(form, None)


def give_up(draft: ShelvedDraft) -> None:
    """Forget a draft that no form has taken up."""
    known = st.session_state[STATE]
    drop_drafts(store(), known["person"], [(draft.form, draft.saved_at)])
    known["waiting"].pop(draft.form, None)


@dataclass(frozen=True, slots=True)
class _Keeping:
    """What this session has kept of a form: a fingerprint of the text, and when."""

    fingerprint: str
    saved_at: datetime


def _written(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
