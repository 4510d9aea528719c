"""A frozen presentation within the app: a frame that fills the window and, once it is there, needs no server."""

from __future__ import annotations

import streamlit as st

from metrics.domain.committee import Sitting
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day
from metrics.locale.words import refusal_sentence
from metrics.store.snapshots import Snapshot
from metrics.ui import cards, navigation, plan
from metrics.ui.runtime import store
from metrics.ui.session import _, language, person
from metrics.ui.text import literal, one_line
from metrics.usecases.access import Right
from metrics.usecases.sittings import snapshots_to_see

FRAME, WAY_OUT = "vorfuehrung", "vorfuehrung_ende"
"""Keys that `pages/static/present.js` knows: the frame that gets the keyboard, and the button that leads out of it."""
MOST_OFFERED = 8
FILLS_THE_WINDOW = """<style>
.st-key-vorfuehrung iframe { position: fixed; inset: 0; width: 100vw; height: 100vh; height: 100dvh;
  z-index: 1000000; background: #0e1720; }
.st-key-vorfuehrung_ende:focus-within { position: fixed; top: 0.5rem; left: 0.5rem; z-index: 1000001; }
[data-testid="stDialog"], [data-testid="stStatusWidget"], [data-testid="stToastContainer"] { display: none !important; }
</style>"""
"""The frame lies over everything; that the server is gone is none of the room's business. Constant text, no data."""


def show(identifier: str) -> None:
    """The presentation of a snapshot, or that there is none that this person may see."""
    snapshot = next((one for one in snapshots_to_see(store(), by=person()) if one.id == identifier), None)
    if snapshot is None:
        _nothing(_("Diesen Stand gibt es nicht, oder er ist nicht für Sie bestimmt: {kennung}", kennung=identifier))
        return
    try:
        with st.spinner(_("Die Präsentation wird gezeichnet …")):
            made = _made(store().serial, snapshot.id, snapshot.sha256, person().may(Right.read_confidential))
    except Refusal as refusal:
        _nothing(refusal_sentence(refusal, language()))
        return
    st.html(FILLS_THE_WINDOW)
    title = _title(snapshot)
    st.title(literal(title), anchor=False)
    if st.button(_("Beenden"), key=WAY_OUT, type="tertiary"):
        navigation.go("sittings", identifier=snapshot.sitting_id)
    with st.container(key=FRAME):
        st.iframe(made, height=400, alt=title)


def offer() -> None:
    """The frozen presentations that the person may see, the newest of each sitting, the latest sittings first."""
    newest: dict[str, Snapshot] = {}
    for one in snapshots_to_see(store(), by=person()):
        newest.setdefault(one.sitting_id, one)
    if not newest:
        return
    with st.popover(_("Aus einer Sitzung"), icon=":material/ac_unit:", key="vorfuehrungen"):
        st.caption(_("Was eingefroren wurde, läuft im Browser weiter, auch wenn das Netz ausfällt."))
        for one in sorted(newest.values(), key=_held_on, reverse=True)[:MOST_OFFERED]:
            link(one, one_line(_title(one), 90))


def link(snapshot: Snapshot, label: str) -> None:
    """The link that presents a snapshot."""
    navigation.link("presentation", label, identifier=snapshot.id, icon=":material/slideshow:")


def _nothing(told: str) -> None:
    st.title(_("Präsentation"), anchor=False)
    cards.nothing_here(told)
    navigation.link("presentation", _("Zur Präsentation"), icon=":material/arrow_back:")


def _title(snapshot: Snapshot) -> str:
    sitting = plan.records(Sitting).get(snapshot.sitting_id)
    if sitting is None:
        return snapshot.id
    return f"{sitting.title} – {sitting.committee}, {day(sitting.held_on, language())}"


def _held_on(snapshot: Snapshot) -> str:
    sitting = plan.records(Sitting).get(snapshot.sitting_id)
    return sitting.held_on.isoformat() if sitting else ""


@st.cache_data(max_entries=16, show_spinner=False)
def _made(serial: int, snapshot_id: str, sha256: str, confidential: bool) -> str:
    """A snapshot never changes, so its presentation is made once for those who may see the same of it."""
    from metrics.usecases.presenting import presentation  # what draws papers takes longer to import than all pages do

    del serial, sha256, confidential
    return presentation(store(), snapshot_id, by=person()).decode()
