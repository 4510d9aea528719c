"""Somebody else saved the same record meanwhile: both versions side by side, and the choice. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.history import Recorded
from metrics.domain.kinds import KINDS
from metrics.locale.formats import MISSING, moment
from metrics.locale.words import choice, field_label, kind_name
from metrics.ui import drafts_list, plan
from metrics.ui.form_fields import FormField, Shape, form_fields, tag_of
from metrics.ui.form_values import opened
from metrics.ui.forms import Form, Save, save_record, saved_notice
from metrics.ui.people_names import shown
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language
from metrics.ui.text import literal, one_line

MOST_CHARACTERS = 300


def draw(form: Form, save: Save = save_record, label: str | None = None) -> bool:
    """The form with its buttons, after what has to be settled first; whether it may be saved as it stands.

    `save` stores it, by a button called `label`.
    """
    settled = settle(form)
    form.draw()
    with st.container(horizontal=True):
        if settled:
            form.save_button(save, label)
        if form.touched:
            form.discard_button()
        saved = saved_notice(form.name)
        told_at_the_end(settled, _("Gespeichert: {titel}", titel=saved["title"]) if saved else None, form.amiss())
    return settled


def told_at_the_end(settled: bool, saved: str | None, amiss: str = "") -> None:
    """What the page tells on top, once more beside the buttons: whoever saves a long form is at its end."""
    if not settled:
        held_up = _("Noch nicht gespeichert: Oben stehen beide Fassungen zur Wahl.")
        st.markdown(f":orange[:material/group: {literal(held_up)}]", width="content")
    elif amiss:
        told = _("Nicht gespeichert. {grund}", grund=one_line(amiss, MOST_CHARACTERS))
        st.markdown(f":orange[:material/error: {literal(told)}]", width="content")
    elif saved:
        st.markdown(f":green[:material/check_circle: {literal(saved)}]", width="content")


def settle(form: Form) -> bool:
    """Whether the form may be saved as it stands; otherwise show what happened and the two ways on."""
    _say_restored(form)
    if not form.version:
        return True
    newest = store().newest(form.kind, form.identifier)
    if newest.version == form.version:
        return True
    st.warning(literal(_what_happened(form, newest)), icon=":material/group:")
    found = differences(form.kind, opened(KINDS[form.kind], newest.record, language()), form.answers)
    if found:
        names = (_("Feld"), _("Neue Fassung"), _("Ihre Angaben"))
        rows = [dict(zip(names, row, strict=True)) for row in found]
        st.dataframe(rows, hide_index=True, alt=_("Unterschiede der beiden Fassungen"), key=form.key("differences"))
    with st.container(horizontal=True):
        if not newest.withdrawn:
            st.button(
                _("Meine Angaben auf die neue Fassung übernehmen"),
                key=form.key("rebase"),
                icon=":material/merge:",
                on_click=form.rebase,
                args=(newest,),
            )
        st.button(_("Neue Fassung laden"), key=form.key("reload"), icon=":material/refresh:", on_click=form.close)
    return False


def _say_restored(form: Form) -> None:
    """That the form goes on with what was typed before, and the way to begin anew."""
    if form.restored is None or not form.touched:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        drafts_list.say_restored(form.restored)
        st.button(
            _("Verwerfen"),
            key=form.key("discard_restored"),
            icon=":material/undo:",
            type="tertiary",
            on_click=form.close,
        )


def _what_happened(form: Form, newest: Recorded[Record]) -> str:
    change = plan.history(form.kind, form.identifier)[0].change
    told = {
        "meine": form.version,
        "neue": newest.version,
        "wer": shown(change.recorded_by),
        "wann": moment(change.recorded_at, language()),
    }
    if newest.withdrawn:
        return _(
            "Sie haben Fassung {meine} bearbeitet, inzwischen hat {wer} den Eintrag zurückgezogen ({wann}).", **told
        )
    return _(
        "Sie haben Fassung {meine} bearbeitet, inzwischen gibt es Fassung {neue} von {wer} ({wann}). "
        "Nichts davon ist verloren: Unten stehen beide Fassungen.",
        **told,
    )


def differences(kind: str, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The fields in which two filled forms differ: name, theirs, mine, each on one line. Mine need not be valid."""
    found = []
    for asked in form_fields(KINDS[kind]):
        one, other = _words(asked, theirs, asked.name), _words(asked, mine, asked.name)
        if one != other:
            label = field_label(kind, asked.name, language())
            found.append((label, one_line(one, MOST_CHARACTERS), one_line(other, MOST_CHARACTERS)))
    return found


def _words(asked: FormField, typed: Mapping[str, Any], path: str) -> str:
    value = typed[path]
    if asked.shape is Shape.rows:
        rows = (_joined(asked, typed, f"{path}.{index}.", 0) for index in range(int(value)))
        return " · ".join(row for row in rows if row) or MISSING
    if asked.shape is Shape.variants:
        index = next(index for index, model in enumerate(asked.models) if tag_of(model)[1] == value)
        return ": ".join(
            part for part in (kind_name(value, language()), _joined(asked, typed, path + ".", index)) if part
        )
    return _plain_words(asked, value) or MISSING


def _joined(asked: FormField, typed: Mapping[str, Any], prefix: str, model: int) -> str:
    """The filled fields of a row; a row that is as empty as a new one has no words."""
    fields = form_fields(asked.models[model])
    empty = opened(asked.models[model], None, language())
    if all(typed[prefix + field.name] == empty[field.name] for field in fields):
        return ""
    words = (_words(field, typed, prefix + field.name) for field in fields)
    return ", ".join(word for word in words if word != MISSING)


def _plain_words(asked: FormField, value: Any) -> str:
    match asked.shape:
        case Shape.flag:
            return _("ja") if value else _("nein")
        case Shape.choice if value and asked.choices:
            return choice(asked.choices(value), language())
        case Shape.reference if value:
            return title_of(asked.kind, value)
        case Shape.references:
            return ", ".join(title_of(asked.kind, identifier) for identifier in value)
        case Shape.lines:
            return "; ".join(value.split("\n"))
    return str(value)
