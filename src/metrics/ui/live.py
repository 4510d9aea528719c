"""Parts of a page that renew themselves: the frame does not run for them, so they ask at the gate on their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from metrics.ui import gate

P = ParamSpec("P")


def live(seconds: float) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Draw a part of the page anew every so many seconds, as long as whoever looks may see it."""

    def decorate(draw: Callable[P, None]) -> Callable[P, None]:
        @wraps(draw)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            if not gate.still_open():
                st.rerun()
            draw(*args, **kwargs)

        drawn: Callable[P, None] = st.fragment(run_every=seconds)(guarded)
        return drawn

    return decorate
