"""Being written."""

from __future__ import annotations

import streamlit as st

from metrics.ui import cards


def page() -> None:
    """Placeholder until the page's author commits it."""
    cards.stand()
    st.caption("…")
