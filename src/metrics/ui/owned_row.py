"""One active record in a list: title, what is told of it, the way to its page and straight to its form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from metrics.domain.ownership import Owned
from metrics.ui import cards, navigation, ownership_view
from metrics.ui.judged import name_of
from metrics.ui.session import _
from metrics.ui.text import literal


@contextmanager
def row(record: Owned) -> Iterator[None]:
    """What is drawn inside stands beside the title."""
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(name_of(record), 160)}**", width="content")
            navigation.link_to(record.kind, record.id, record.id)
            cards.example_badge(record.illustrative)
            yield
            label = _("Bearbeiten: {kennung}", kennung=record.id)
            navigation.link("plan_editing", label, identifier=f"{record.kind}:{record.id}", icon=":material/edit:")
        st.caption(literal(ownership_view.owners_line(record)))
