"""The form for a status note: how a measure stands, in one choice and one text; what was typed is never lost."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.measures import Measure
from metrics.domain.upkeep import Standing, StatusNote
from metrics.locale.formats import day
from metrics.ui import forms, navigation, note_view
from metrics.ui.form_fields import form_fields
from metrics.ui.form_values import Typed
from metrics.ui.forms import Form
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.usecases.tasking import write_note

FORMS, LAST = "sachstand:", "sachstand_zuletzt"
STANDING = "standing"


class NoteForm(Form):
    """A new status note on a measure, as of today unless another day is typed."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        start = {"measure_id": measure.id, "as_of": day(today(), language()), STANDING: None}
        super().__init__(FORMS + measure.id, StatusNote.kind, None, start)

    @property
    def answers(self) -> Typed:
        """What was typed; no standing that nobody chose."""
        return self.typed | {STANDING: self.typed[STANDING] or ""}

    def draw(self) -> None:
        """The standing, the text, the next step, what is lacking, the day: in this order of the keyboard."""
        errors = self.errors
        st.caption(_("Felder mit \\* sind Pflicht."))
        self.summary(errors)
        widgets = self.widgets(errors)
        st.radio(
            self.label(STANDING) + " *",
            [standing.value for standing in Standing],
            index=None,
            format_func=lambda value: note_view.standing_words(Standing(value)),
            horizontal=True,
            key=self.key(STANDING),
            persist_state="session",
        )
        widgets.error(STANDING)
        asked = {field.name: field for field in form_fields(StatusNote)}
        for name in ("text", "next_step", "needs", "as_of"):
            widgets.field(asked[name], name)
        self.doubts()

    def buttons(self) -> None:
        """Store and go on to the next note that is due, or give up what was typed."""
        more = note_view.due_notes(besides=self.measure.id)
        with st.container(horizontal=True):
            self.save_button(self.save, _("Speichern und weiter") if more else _("Speichern"))
            if self.touched:
                self.discard_button()

    def save(self, record: Record, _version: int, _reason: str) -> int:
        """Store the note and open the next one that is due; returns its version."""
        assert isinstance(record, StatusNote)
        more = note_view.due_notes(besides=self.measure.id)
        version = write_note(store(), record, by=person(), at=now(), today=today())
        st.session_state[LAST] = self.name
        if more:
            st.query_params[navigation.ID_KEY] = more[0].subject_id
        return version


def leave_untouched(here: str) -> list[str]:
    """Forget the forms in which nothing was typed; the measures of those where something was, but for the one here."""
    waiting = []
    for form in forms.open_forms(FORMS):
        if form.name == here:
            continue
        if form.touched:
            waiting.append(form.name.removeprefix(FORMS))
        else:
            form.close()
    return waiting


def saved() -> dict[str, Any] | None:
    """What was stored last, with the measure it is about, until another note is stored."""
    name = str(st.session_state.get(LAST, ""))
    notice = forms.saved_notice(name)
    return notice | {"measure_id": name.removeprefix(FORMS)} if notice else None
