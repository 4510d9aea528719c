"""What the pages of cards share: which card is open, what was done last, and the erasure of one with what it leaves."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from metrics.domain.people import Card
from metrics.domain.refusals import Refusal
from metrics.locale.words import refusal_sentence
from metrics.ui import navigation, people_view
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person
from metrics.ui.text import literal
from metrics.usecases.personal import erase_person, preview_erasure

NEW = ""


class CardPage:
    """A page's place in the session; `name` begins its keys."""

    def __init__(self, name: str) -> None:
        self._choice, self._done, self._refused = f"{name}_wahl", f"{name}_getan", f"{name}_abgelehnt"

    def choose(self, label: str, new: str, known: Mapping[str, str]) -> str:
        """Ask which card to edit; returns the id that the address asks for, "" for a new one."""
        identifier = navigation.asked_id() or NEW
        names = {NEW: new} | dict(known)
        st.session_state[self._choice] = identifier if identifier in names else NEW
        st.selectbox(
            label, list(names), format_func=names.__getitem__, key=self._choice, on_change=self._chosen, width=520
        )
        return identifier

    def say_done(self) -> None:
        """What was done or refused last, beside the form."""
        if self._done in st.session_state:
            st.success(literal(st.session_state[self._done]), icon=":material/check_circle:")
        if self._refused in st.session_state:
            st.error(literal(st.session_state[self._refused]), icon=":material/error:")

    def forget(self) -> None:
        """No longer say it."""
        st.session_state.pop(self._done, None)
        st.session_state.pop(self._refused, None)

    def done(self, sentence: str) -> None:
        """Say it in the next run."""
        st.session_state[self._done] = sentence

    def refused(self, refusal: Refusal) -> None:
        """Say it in the next run."""
        st.session_state[self._refused] = refusal_sentence(refusal, language())

    def offer_erasure(self, title: str, card: Card) -> None:
        """Folded away: what an erasure takes and leaves, and the button once that was read."""
        key = f"loeschen_auf:{card.id}"
        with st.expander(title, icon=":material/delete_forever:", key=key, on_change="rerun") as fold:
            if not fold.open:
                return
            people_view.say_erasure(preview_erasure(store(), card.id, by=person(), at=now()))
            sure = st.checkbox(_("Ich habe gelesen, was gelöscht wird und was bleibt."), key=f"sicher:{card.id}")
            st.button(
                _("Endgültig löschen"),
                key=f"loeschen:{card.id}",
                icon=":material/delete_forever:",
                disabled=not sure,
                on_click=self._erase,
                args=(card.id,),
            )

    def _chosen(self) -> None:
        st.query_params[navigation.ID_KEY] = st.session_state[self._choice]
        self.forget()

    def _erase(self, identifier: str) -> None:
        self.forget()
        try:
            erased = erase_person(store(), identifier, by=person(), at=now())
        except Refusal as refusal:
            self.refused(refusal)
            return
        for key in [key for key in st.session_state if identifier in str(key)]:
            del st.session_state[key]
        self.done(people_view.erased_sentence(erased.rewritten, erased.backups))
        st.query_params[navigation.ID_KEY] = NEW
