"""One page, several views: the chosen one stands in the address by its name, in every language the same."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from metrics.ui.session import _


def chosen_view(titles: Mapping[str, str], key: str, *, first: str | None = None) -> str:
    """The view that the address asks for, or that is chosen here; `first` before anything was chosen."""
    names, asked = list(titles), st.query_params.get(key, "")
    index = names.index(asked) if asked in titles else names.index(first) if first else 0
    chosen = st.radio(  # segments would miss the contrast that the law asks for in the dark
        _("Ansicht"),
        names,
        index,
        titles.__getitem__,
        horizontal=True,
        key=f"{key}_wahl",
        label_visibility="collapsed",
    )
    if chosen != names[0] or asked:
        st.query_params[key] = chosen
    return str(chosen)
