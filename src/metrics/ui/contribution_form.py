"""The form of a new contribution: for the office and its partners with all fields, from outside with title and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.upkeep import Contribution, ContributionOrigin
from metrics.locale.formats import day
from metrics.ui import forms, navigation
from metrics.ui.choosing import told_apart
from metrics.ui.form_fields import form_fields
from metrics.ui.form_values import date_as_typed
from metrics.ui.forms import Form
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, today
from metrics.ui.text import literal, one_line
from metrics.usecases.access import Person
from metrics.usecases.contributing import contribute

FORMS = "beitrag:"
SUBJECTS = {"measure": "measure_ids", "goal": "goal_ids"}
"""What a contribution may be about, and the field that names it."""
Titled = tuple[str, str, str]
"""(kind, id, title) of something that can be spoken to."""


def for_readers(kind: str, identifier: str, by: Person) -> None:
    """Everybody who reads the plan: about anything; `kind` and `identifier` stand in it already."""
    start: dict[str, Any] = {"origin": ContributionOrigin.office.value}
    if kind in SUBJECTS and identifier:
        start[SUBJECTS[kind]] = [identifier]
    form = _form(f"{FORMS}{kind}:{identifier}", start)
    _thanks(form, linked=True)
    widgets = _begin(form)
    fields = {asked.name: asked for asked in form_fields(Contribution)}
    for name in ("title", "text", "measure_ids", "goal_ids"):
        widgets.field(fields[name], name)
    with st.grid(3, min_column_width=190):
        for name in ("origin", "received_on", "answer_due"):
            with st.container():
                widgets.field(fields[name], name)
    st.caption(_("Ohne Angabe wird in vier Wochen geantwortet, von den Zuständigen der genannten Maßnahme."))
    _buttons(form, by)


def for_guests(name: str, offered: Sequence[Titled], by: Person) -> None:
    """Somebody from outside: about what they were invited to, and nothing else is offered or told."""
    start: dict[str, Any] = {"origin": ContributionOrigin.business.value}
    start |= {field: [one for of, one, _title in offered if of == kind] for kind, field in SUBJECTS.items()}
    form = _form(f"{FORMS}{name}", start)
    _thanks(form, linked=False)
    widgets = _begin(form)
    fields = {asked.name: asked for asked in form_fields(Contribution)}
    if len(offered) > 1:
        for kind, field in SUBJECTS.items():
            _subjects(form, field, {one: title for of, one, title in offered if of == kind})
            widgets.error(field)
    for name_of_field in ("title", "text"):
        widgets.field(fields[name_of_field], name_of_field)
    _buttons(form, by)


def _form(name: str, start: Mapping[str, Any]) -> Form:
    received = date_as_typed(today().isoformat(), language())
    return Form(name, Contribution.kind, None, {"received_on": received} | dict(start))


def _begin(form: Form) -> Any:
    errors = form.errors
    st.caption(_("Felder mit \\* sind Pflicht."))
    form.summary(errors)
    return form.widgets(errors)


def _subjects(form: Form, field: str, titles: Mapping[str, str]) -> None:
    if not titles:
        return
    words, key = told_apart(titles), form.key(field)
    kept = [one for one in st.session_state.get(key, []) if one in words]  # an invitation may have been withdrawn
    if kept != st.session_state.get(key):
        st.session_state[key] = kept
    hint = _("Auswählen oder Namen tippen")
    label = form.label(field)
    st.multiselect(
        label, list(words), format_func=words.__getitem__, key=key, placeholder=hint, persist_state="session"
    )


def _buttons(form: Form, by: Person) -> None:
    def save(record: Record, _version: int, _reason: str) -> int:
        assert isinstance(record, Contribution)
        return contribute(store(), record, by=by, at=now(), today=today()).version

    with st.container(horizontal=True):
        form.save_button(save, _("Beitrag absenden"))
        if form.touched:
            form.discard_button()


def _thanks(form: Form, *, linked: bool) -> None:
    saved = forms.saved_notice(form.name)
    if not saved:
        return
    record = store().newest(Contribution.kind, saved["id"]).record
    due = record.answer_due if isinstance(record, Contribution) else None
    told = {"titel": saved["title"], "tag": day(due, language())}
    words = _("Danke. „{titel}“ ist eingegangen; eine Antwort kommt bis {tag}.", **told)
    st.success(literal(words), icon=":material/check_circle:")
    if linked:
        navigation.link("dialogue", _("Ansehen: {titel}", titel=one_line(saved["title"], 90)), identifier=saved["id"])
