"""The form of a card: typed into fields, checked as a whole, stored; when somebody was faster, both versions are shown.

What is typed stands in the session until it is stored or given up. A token is part of every key, so that a form that
was stored does not come back to life.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError

from metrics.domain.people import Account, Card, Contact
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.locale.formats import MISSING
from metrics.locale.words import field_help, field_label, refusal_sentence, rule_sentence, validation_sentences
from metrics.ui.day_input import day_of
from metrics.ui.form_conflict import told_at_the_end
from metrics.ui.form_fields import FormField, Shape, form_field
from metrics.ui.form_values import date_as_typed
from metrics.ui.session import _, language
from metrics.ui.text import literal, one_line

Options = Mapping[str, Mapping[str, str]]
"""For a field that is chosen from a list: value → word; the value "" stands for none."""
Save = Callable[[dict[str, Any], int], str]
"""Stores raw values as the successor of a version (0: new) and returns the sentence that says so, or refuses."""
_SAVED = ".saved"


class CardForm:
    """One open form. `card` is what it was opened with, None for a new one; `fields` are shown in this order."""

    def __init__(
        self,
        name: str,
        model: type[Account] | type[Contact],
        card: Card | None,
        fields: Sequence[str],
        *,
        options: Options | None = None,
        start: Mapping[str, Any] | None = None,
    ) -> None:
        self.name, self.model, self.card = name, model, card
        self.fields = [form_field(model, field) for field in fields]
        self.options = options or {}
        self._start = start or {}
        state = st.session_state.get(name)
        if state is None or (card and state["version"] != card.version and not self.touched):
            self._open()

    @property
    def version(self) -> int:
        """The version that was edited; 0 for a new card."""
        return int(self._state["version"])

    @property
    def touched(self) -> bool:
        """Whether anything was typed since it was opened."""
        return self._typed() != self._state["opened"]

    def key(self, field: str) -> str:
        """The session key of a field or button."""
        return f"{self.name}.{self._state['token']}.{field}"

    def put(self, field: str, value: Any) -> None:
        """Set a field before it is drawn in this run."""
        st.session_state[self.key(field)] = value

    def draw(self, save: Save, beside: Mapping[str, Callable[[], None]] | None = None) -> None:
        """Notices, fields in two columns and the buttons; `beside` draws something below a field."""
        settled = self._settle()
        errors: dict[str, str] = self._state["errors"]
        if errors:
            whole = [sentence for path, sentence in errors.items() if path not in {field.name for field in self.fields}]
            words = [_("Noch nicht gespeichert. Bitte prüfen Sie die Angaben."), *whole]
            st.error(literal("\n\n".join(words)), icon=":material/error:")
        st.caption(_("Felder mit \\* sind Pflicht."))
        for first in range(0, len(self.fields), 2):  # row by row: so it is read, and so the tabulator goes
            for column, asked in zip(st.columns(2), self.fields[first : first + 2], strict=False):
                with column:
                    self._field(asked)
                    if asked.name in errors:
                        st.markdown(f":red[:material/error: {literal(errors[asked.name])}]")
                    if beside and asked.name in beside:
                        beside[asked.name]()
        with st.container(horizontal=True):
            if settled:
                st.button(
                    _("Speichern"),
                    key=self.key("save"),
                    type="primary",
                    icon=":material/save:",
                    on_click=self._submit,
                    args=(self._state["token"], save),
                )
            if self.touched:
                st.button(_("Verwerfen"), key=self.key("discard"), icon=":material/undo:", on_click=self.close)
            told_at_the_end(settled, st.session_state.get(self.name + _SAVED))

    def close(self) -> None:
        """Forget the form and all that was typed in it."""
        state = st.session_state.pop(self.name, None)
        if state is not None:
            for key in [key for key in st.session_state if str(key).startswith(f"{self.name}.{state['token']}.")]:
                del st.session_state[key]

    @property
    def _state(self) -> dict[str, Any]:
        return st.session_state[self.name]

    def _open(self) -> None:
        self.close()
        opened = {field.name: self._opened(field, self.card) for field in self.fields}
        st.session_state[self.name] = {
            "token": secrets.token_hex(3),
            "version": self.card.version if self.card else 0,
            "opened": opened,
            "errors": {},
        }
        for field, value in opened.items():
            self.put(field, value)

    def _opened(self, asked: FormField, card: Card | None) -> Any:
        value = getattr(card, asked.name) if card else self._start.get(asked.name, asked.default)
        if asked.shape is Shape.flag:
            return bool(value)
        if asked.shape is Shape.lines:
            return list(value or ()) if asked.name in self.options else "\n".join(value or ())
        if isinstance(value, date):
            return date_as_typed(value.isoformat(), language())
        return "" if value is None else str(value)

    def _typed(self) -> dict[str, Any]:
        opened = self._state["opened"]
        return {field.name: st.session_state.get(self.key(field.name), opened[field.name]) for field in self.fields}

    def _field(self, asked: FormField) -> None:
        kind, key = self.model.kind, self.key(asked.name)
        label = field_label(kind, asked.name, language())
        if self.model.model_fields[asked.name].is_required():
            label += " *"
        shared: dict[str, Any] = {
            "key": key,
            "help": field_help(kind, asked.name, language()),
            "persist_state": "session",
        }
        words = self.options.get(asked.name)
        if words is not None and asked.shape is Shape.lines:
            known = {**words, **{one: one for one in st.session_state[key] if one not in words}}
            st.multiselect(label, list(known), format_func=known.__getitem__, **shared)
        elif words is not None:
            known = dict(words)
            known.setdefault(str(st.session_state[key]), str(st.session_state[key]))
            st.selectbox(label, list(known), format_func=known.__getitem__, **shared)
        elif asked.shape is Shape.flag:
            st.checkbox(label, **shared)
        elif asked.shape in (Shape.lines, Shape.text):
            hint = _("eine je Zeile") if asked.shape is Shape.lines else None
            st.text_area(label, placeholder=hint, height=110, **shared)
        else:
            hint = _("TT.MM.JJJJ") if asked.shape is Shape.day else None
            st.text_input(label, placeholder=hint, autocomplete="off", **shared)

    # --- storing ---

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Raw values for the model, and a sentence for each field that cannot be read."""
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for asked in self.fields:
            typed = self._typed()[asked.name]
            label = field_label(self.model.kind, asked.name, language())
            empty = isinstance(typed, str) and not typed.strip()
            if asked.shape is Shape.lines and isinstance(typed, str):
                values[asked.name] = tuple(dict.fromkeys(line.strip() for line in typed.split("\n") if line.strip()))
            elif empty and self.model.model_fields[asked.name].is_required():
                errors[asked.name] = f"{label}: {rule_sentence('missing', {}, language())}"
            elif empty:
                values[asked.name] = None
            elif asked.shape is Shape.day:
                values[asked.name], problem = day_of(typed)
                if problem:
                    errors[asked.name] = f"{label}: {problem}"
            else:
                values[asked.name] = tuple(typed) if isinstance(typed, list) else typed
        return values, errors

    def _submit(self, token: str, save: Save) -> None:
        state = st.session_state.get(self.name)
        if state is None or state["token"] != token:
            return
        forget_notice(self.name)
        values, state["errors"] = self._read()
        if state["errors"]:
            return
        try:
            sentence = save(values, self.version)
        except SomebodyElseWasFaster:
            return  # the next run shows both versions
        except Refusal as refusal:
            state["errors"] = {str(refusal.data.get("field") or refusal.field): refusal_sentence(refusal, language())}
        except ValidationError as error:
            found = validation_sentences(error, self.model.kind, language())
            state["errors"] = {path.partition(".")[0] or "absent_until": told for path, told in found.items()}
        else:
            self.close()
            st.session_state[self.name + _SAVED] = sentence

    # --- somebody was faster ---

    def _settle(self) -> bool:
        """Whether the form may be stored as it stands; otherwise show both versions and the two ways on."""
        card = self.card
        if card is None or card.version == self.version:
            return True
        told = {"meine": self.version, "neue": card.version}
        words = _(
            "Sie haben Fassung {meine} bearbeitet, inzwischen hat jemand anderes Fassung {neue} gespeichert. "
            "Nichts davon ist verloren: Unten stehen beide Fassungen.",
            **told,
        )
        st.warning(literal(words), icon=":material/group:")
        typed = self._typed()
        theirs = {field.name: self._opened(field, card) for field in self.fields}
        rows = [
            {
                _("Feld"): field_label(self.model.kind, name, language()),
                _("Neue Fassung"): self._words(name, theirs[name]),
                _("Ihre Angaben"): self._words(name, typed[name]),
            }
            for name in theirs
            if theirs[name] != typed[name]
        ]
        if rows:
            st.dataframe(rows, hide_index=True, alt=_("Unterschiede der beiden Fassungen"), key=self.key("differences"))
        with st.container(horizontal=True):
            st.button(
                _("Meine Angaben auf die neue Fassung übernehmen"),
                key=self.key("rebase"),
                icon=":material/merge:",
                on_click=self._rebase,
                args=(card.version, theirs),
            )
            st.button(_("Neue Fassung laden"), key=self.key("reload"), icon=":material/refresh:", on_click=self.close)
        return False

    def _rebase(self, version: int, theirs: Mapping[str, Any]) -> None:
        """What was typed is carried over to the newer version; fields that were not touched become theirs."""
        opened, typed = self._state["opened"], self._typed()
        for name, value in theirs.items():
            if typed[name] == opened[name]:
                self.put(name, value)
        self._state.update(version=version, opened=dict(theirs), errors={})

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("ja") if value else _("nein")
        words = self.options.get(name, {})
        shown = ", ".join(words.get(one, one) for one in value) if isinstance(value, list) else words.get(value, value)
        return one_line(shown, 300) or MISSING


def notice(name: str) -> None:
    """Say what the form of this name stored last."""
    sentence = st.session_state.get(name + _SAVED)
    if sentence:
        st.success(literal(sentence), icon=":material/check_circle:")


def forget_notice(name: str) -> None:
    """No longer say it."""
    st.session_state.pop(name + _SAVED, None)
