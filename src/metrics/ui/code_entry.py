"""Coming in by a code from a page that needs no sign-in: tried once, counted once, remembered in this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from metrics.domain.refusals import AccessCodeUnknown, InvitationUnknown
from metrics.ui.runtime import store
from metrics.ui.session import now
from metrics.usecases.entering import try_code
from metrics.usecases.rating import code_digest

T = TypeVar("T")

TRIED = "zugang_probiert"
MOST_KEPT = 50


def enter_by(page: str, code: str, look: Callable[[], T]) -> T:
    """What a code opens on a page; raises TooManyTries, AccessCodeUnknown, InvitationUnknown.

    A code that this session has tried there is no new try, whatever came of it: each rerun of a page looks again, and
    somebody who is inside must not be put out because others guess.
    """
    known: list[str] = st.session_state.setdefault(TRIED, [])
    mark = f"{page}:{code_digest(code)}"
    if mark in known:
        return look()
    try:
        found = try_code(store(), look, now())
    except (AccessCodeUnknown, InvitationUnknown):
        _remember(mark)
        raise
    _remember(mark)
    return found


def _remember(mark: str) -> None:
    st.session_state[TRIED] = [*st.session_state[TRIED], mark][-MOST_KEPT:]
