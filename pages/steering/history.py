"""History: who changed what, when and why, and what each version altered. Nothing is ever overwritten."""

from __future__ import annotations

import streamlit as st

from metrics.domain.history import Entry
from metrics.domain.kinds import KINDS
from metrics.locale.words import kind_name
from metrics.ui import cards, history_view, navigation, plan
from metrics.ui.history_view import Written
from metrics.ui.record_titles import title_of
from metrics.ui.record_values import ITEM_BREAK
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal, one_line

KIND_KEY, ID_KEY, PLACE_KEY = "verlauf_art", "verlauf_kennung", "verlauf_stelle"
EVERYTHING = ""
MOST_COMPARED = 10
"""Records of one change whose differences are listed."""
MOST_CHARACTERS = 600
"""Of a value in a comparison."""


def page() -> None:
    """The changes of the plan, of a kind, or of one record."""
    cards.stand()
    kind, identifier = history_view.asked(navigation.asked_id())
    if identifier and kind:
        _say_whose(kind, identifier)
    else:
        kind, identifier = _ask(kind)
    place = _place(kind, identifier)
    entries = plan.history(kind, identifier, place[-1] if place else None)
    shown, following = history_view.page_of(entries)
    if not shown:
        cards.nothing_here(_("Dazu gibt es keine Änderung."), icon=":material/history:")
    for written in shown:
        _change(written, alone=identifier is not None)
    _turn(place, following)


def _say_whose(kind: str, identifier: str) -> None:
    told = {"art": kind_name(kind, language()), "titel": title_of(kind, identifier), "kennung": identifier}
    st.header(literal(_("{art}: {titel} ({kennung})", **told)), anchor=False)
    with st.container(horizontal=True):
        navigation.link("history", _("Alle Änderungen"), icon=":material/arrow_back:")
        if kind in navigation.PAGE_OF_KIND:
            navigation.link_to(kind, identifier, _("Ansehen: {titel}", titel=title_of(kind, identifier)))


def _ask(asked_kind: str | None) -> tuple[str | None, str | None]:
    names = {EVERYTHING: _("alles")} | {kind: kind_name(kind, language(), plural=True) for kind in KINDS}
    first = list(names).index(asked_kind or EVERYTHING)
    with st.container(horizontal=True):
        kind = st.selectbox(_("Art"), list(names), first, names.__getitem__, key=KIND_KEY, width=280)
        identifier = st.text_input(_("Kennung"), key=ID_KEY, placeholder=_("z. B. M-11"), width=220)
    return kind or None, (identifier or "").strip() or None


def _place(kind: str | None, identifier: str | None) -> list[int]:
    """Where every page turned so far began; another question starts again at the newest change."""
    state = st.session_state.get(PLACE_KEY)
    question = [kind, identifier]
    if state is None or state["question"] != question:
        state = st.session_state[PLACE_KEY] = {"question": question, "place": []}
    return list(state["place"])


def _turn(place: list[int], following: int | None) -> None:
    with st.container(horizontal=True):
        if place:
            st.button(_("Neuere"), key="verlauf_neuere", icon=":material/arrow_back:", on_click=_go, args=(place[:-1],))
        if following:
            older = [*place, following]
            st.button(_("Ältere"), key="verlauf_aeltere", icon=":material/arrow_forward:", on_click=_go, args=(older,))


def _go(place: list[int]) -> None:
    st.session_state[PLACE_KEY] = {**st.session_state[PLACE_KEY], "place": place}


def _change(written: Written, *, alone: bool) -> None:
    number = written.change.number
    with st.container(border=True, key=f"verlauf_{number}", gap="xsmall"):
        st.markdown(f"**{literal(history_view.change_words(written))}**")
        st.caption(literal(history_view.change_line(written.change)))
        if written.change.reason:
            st.markdown(_("Grund: {grund}", grund=literal(history_view.reason_words(written.change))))
        if any(entry.withdrawn for entry in written.entries):
            withdrawn = sum(entry.withdrawn for entry in written.entries)
            label = _n("{number} Eintrag zurückgezogen", "{number} Einträge zurückgezogen", withdrawn)
            st.badge(label, icon=":material/delete:", color="red")
        if alone:
            for entry in written.entries:
                _difference(entry)
            return
        count = len(written.entries)
        label = _n("{number} Eintrag: was sich änderte", "{number} Einträge: was sich änderte", count)
        with st.expander(label, key=f"verlauf_{number}_auf", on_change="rerun") as fold:
            if fold.open:
                _entries(written)


def _entries(written: Written) -> None:
    number = written.change.number
    if len(written.entries) > 1:
        rows = history_view.entry_rows(written.entries)
        st.dataframe(rows, hide_index=True, alt=_("Einträge dieser Änderung"), key=f"verlauf_{number}_eintraege")
    if written.cut:
        st.caption(
            _("Zu dieser Änderung gehören mehr Einträge, als hier stehen. Wählen Sie oben eine Art oder eine Kennung.")
        )
    for entry in written.entries[:MOST_COMPARED]:
        _difference(entry)
    rest = len(written.entries) - MOST_COMPARED
    if rest > 0:
        st.caption(_n("{number} weiterer ohne Vergleich; wählen Sie oben seine Kennung.",
                      "{number} weitere ohne Vergleich; wählen Sie oben eine Kennung.", rest))  # fmt: skip


def _difference(entry: Entry) -> None:
    """The fields that a version altered, before and after."""
    told = {
        "art": kind_name(entry.kind, language()),
        "titel": history_view.entry_title(entry),
        "version": entry.version,
    }
    heading = _("{art} „{titel}“, Fassung {version}", **told)
    st.caption(literal(heading + (f" – {_('zurückgezogen')}" if entry.withdrawn else "")))
    found = history_view.differences(entry)
    if not found:
        st.caption(_("Kein Feld hat sich geändert."))
        return
    names = (_("Feld"), _("Vorher"), _("Nachher"))
    rows = [dict(zip(names, (_cell(text) for text in row), strict=True)) for row in found]
    st.table(rows, border="horizontal", hide_index=True, alt=heading)


def _cell(text: str) -> str:
    return literal(one_line(text.replace("\n", ITEM_BREAK), MOST_CHARACTERS))
