"""What a snapshot's card offers beside the package: text blocks to copy, and the public site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from metrics.papers.licences import Licence, licence_name
from metrics.papers.modes import Mode
from metrics.store.snapshots import Snapshot
from metrics.ui.runtime import store
from metrics.ui.session import _, person
from metrics.ui.text import literal
from metrics.usecases.access import Right

COPY_BUTTONS = """<style>
  [data-testid="stCode"] > div:has([data-testid="stElementToolbarButton"]) {
    opacity: 1; visibility: visible; pointer-events: auto;
  }
  [data-testid="stCode"] pre { padding-right: 3.5rem; }
</style>"""
"""Else the framework shows the button that copies only to a pointer above the text: not to keys, not to a finger."""


def text_blocks(snapshot: Snapshot, mode: Mode, goal_id: str | None, public: bool) -> None:
    """Each register of a council information system with its text, and a button that copies it."""
    label, key = _("Textbausteine kopieren"), f"bausteine.{snapshot.id}"
    with st.expander(label, key=key, icon=":material/content_copy:", on_change="rerun") as fold:
        if not fold.open:
            return
        st.caption(
            _(
                "Für die Register des Ratsinformationssystems, mit demselben Wortlaut wie in der Word-Datei des "
                "Pakets. Die Schaltfläche zum Kopieren steht rechts oben in jedem Text."
            )
        )
        st.html(COPY_BUTTONS)
        confidential = person().may(Right.read_confidential)
        blocks = _blocks(store().serial, snapshot.id, snapshot.sha256, mode, goal_id, public, confidential)
        for register, text in blocks.items():
            st.markdown(f"**{literal(register)}**")
            st.code(text, language=None, wrap_lines=True)


@st.cache_data(max_entries=16, show_spinner=False)
def _blocks(
    serial: int, snapshot_id: str, sha256: str, mode: Mode, goal_id: str | None, public: bool, confidential: bool
) -> dict[str, str]:
    """A snapshot never changes, so its texts are made once for those who may see the same of it."""
    from metrics.usecases.packaging import blocks_to_copy  # what draws papers takes longer to import than all pages do

    del serial, sha256, confidential
    return blocks_to_copy(store(), snapshot_id, by=person(), mode=mode, goal_id=goal_id, public=public)


def public_site(snapshot: Snapshot) -> None:
    """The pages for a web server, under a licence that is chosen here."""
    with st.expander(_("Öffentliche Webseiten"), icon=":material/public:"):
        st.caption(
            _(
                "Seiten ohne Skript und Cookie, die jeder Webserver und jeder Ordner zeigt, mit offenen Daten und "
                "ihrer Beschreibung nach DCAT-AP.de. Darin steht nur die öffentliche Fassung."
            )
        )
        names = {one: licence_name(one) for one in Licence}
        label, key = _("Lizenz der Daten"), f"lizenz.{snapshot.id}"
        licence = st.selectbox(label, list(names), format_func=names.__getitem__, key=key)
        who, where = person(), store()

        def made() -> bytes:
            from metrics.usecases.packaging import make_site, zipped

            return zipped(make_site(where, snapshot.id, by=who, licence=licence))

        label, name = _("Öffentliche Webseiten herunterladen"), f"{snapshot.id}-webseiten"
        offer_zip(label, made, name, key=f"webseiten.{snapshot.id}")


def offer_zip(
    label: str, make: Callable[[], bytes], name: str, *, key: str, type_: Literal["primary", "secondary"] = "secondary"
) -> None:
    """A button that gives a ZIP, which is made when it is clicked."""
    st.download_button(
        label,
        data=make,
        file_name=f"{name}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type=type_,
        on_click="ignore",
        key=key,
    )
