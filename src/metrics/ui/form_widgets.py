"""One widget for one field of a form. Limits are those of the model; a widget only helps to meet them.

No number widgets: they silently take 1.234,5 for 1.2345. Numbers and dates are typed as text and read strictly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

import streamlit as st

from metrics.domain.ownership import CHARGE_TYPES
from metrics.domain.people import holds
from metrics.locale.words import choice, field_help, field_label, kind_help, kind_name
from metrics.ui import ownership_view
from metrics.ui.choosing import choices
from metrics.ui.form_fields import FormField, Shape, form_fields, tag_of
from metrics.ui.form_values import named, opened
from metrics.ui.session import _, language
from metrics.ui.text import literal

PAUSE = "1s"
"""A line is sent after so long without a key: what stands in it is kept even if it is never left."""
_WIDE = {Shape.text, Shape.lines, Shape.references, Shape.rows, Shape.variants}
_LONG_LINES = {"title", "method", "title_en", "form"}
FUNCTION_FIELDS = frozenset({"owner", "deputy"})
_NAMING_FUNCTIONS = frozenset(kind.kind for kind in CHARGE_TYPES)
_MOST_SUGGESTED = 4
_HEIGHTS = {Shape.text: 130, Shape.lines: 110}


class FieldWidgets:
    """Draws the fields of one form.

    `kind` and what was `typed` name them, `key` makes a path its session key, errors stand below.
    """

    def __init__(
        self, kind: str, key: Callable[[str], str], errors: Mapping[str, str], typed: Mapping[str, Any]
    ) -> None:
        self._kind, self._key, self._errors, self._typed = kind, key, errors, typed

    def draw(self, fields: tuple[FormField, ...], add_row: Callable[[FormField, str], None], prefix: str = "") -> None:
        """All fields in their order; short ones stand in pairs where there is room."""
        waiting: list[FormField] = []
        for asked in fields:
            if _is_wide(asked):
                self._pair(waiting, prefix)
                waiting = []
                self._wide(asked, prefix + asked.name, add_row)
            else:
                waiting.append(asked)
                if len(waiting) == 2:
                    self._pair(waiting, prefix)
                    waiting = []
        self._pair(waiting, prefix)

    def field(self, asked: FormField, path: str) -> Any:
        """One field with its error; returns what stands in it.

        Leaving a field reruns the page: a change that waits in the browser would be lost on the way to another page.
        """
        label = self._label(path) + ("" if _may_be_empty(asked) else " *")
        told: dict[str, Any] = {
            "key": self._key(path),
            "help": field_help(self._kind, named(self._kind, path, self._typed), language()),
            "persist_state": "session",
        }
        value = _WIDGETS[asked.shape](asked, label, told)
        if asked.name in FUNCTION_FIELDS and asked.shape is Shape.line and self._kind in _NAMING_FUNCTIONS:
            _suggest_functions(value)
        self.error(path)
        return value

    def error(self, path: str) -> None:
        """The rule that a field breaks, as icon, colour and words."""
        if path in self._errors:
            st.markdown(f":red[:material/error: {literal(self._errors[path])}]")

    def _label(self, path: str) -> str:
        return field_label(self._kind, named(self._kind, path, self._typed), language())

    def _pair(self, fields: list[FormField], prefix: str) -> None:
        if fields:
            for column, asked in zip(st.columns(2), fields, strict=False):
                with column:
                    self.field(asked, prefix + asked.name)

    def _wide(self, asked: FormField, path: str, add_row: Callable[[FormField, str], None]) -> None:
        if asked.shape is Shape.rows:
            self._rows(asked, path, add_row)
        elif asked.shape is Shape.variants:
            self._variants(asked, path, add_row)
        else:
            self.field(asked, path)

    def _rows(self, asked: FormField, path: str, add_row: Callable[[FormField, str], None]) -> None:
        st.markdown(f"**{literal(self._label(path))}**")
        self.error(path)
        fields = form_fields(asked.models[0])
        for index in range(int(st.session_state[self._key(path)])):
            with st.container(border=True):
                self.draw(fields, add_row, f"{path}.{index}.")
                st.button(
                    _("Zeile {nummer} leeren", nummer=index + 1),
                    key=self._key(f"{path}.{index}.clear"),
                    icon=":material/backspace:",
                    type="tertiary",
                    help=_("Leere Zeilen werden nicht gespeichert."),
                    on_click=self._clear_row,
                    args=(asked, f"{path}.{index}."),
                )
        st.button(
            _("Weitere Zeile"),
            key=self._key(path) + ".more",
            icon=":material/add:",
            on_click=partial(add_row, asked, path),
        )

    def _clear_row(self, asked: FormField, prefix: str) -> None:
        for path, value in opened(asked.models[0], None, language(), prefix).items():
            st.session_state[self._key(path)] = value

    def _variants(self, asked: FormField, path: str, add_row: Callable[[FormField, str], None]) -> None:
        models = {tag_of(model)[1]: model for model in asked.models}
        chosen = st.selectbox(
            self._label(path) + " *",
            list(models),
            format_func={tag: kind_name(tag, language()) for tag in models}.__getitem__,
            key=self._key(path),
            persist_state="session",
        )
        explained = kind_help(chosen, language())
        if explained:
            st.caption(literal(explained))
        self.error(path)
        self.draw(form_fields(models[chosen]), add_row, path + ".")


def _suggest_functions(typed: str) -> None:
    """Which functions there are already, as long as none of them was typed: one function, one name."""
    known = ownership_view.known_functions()
    if not known or holds(known, typed):
        return
    alike = get_close_matches(typed, known, n=_MOST_SUGGESTED, cutoff=0.5) if typed else known[:_MOST_SUGGESTED]
    if alike:
        st.caption(literal(_("Bekannte Funktionen: {funktionen}", funktionen=", ".join(alike))))


def _is_wide(asked: FormField) -> bool:
    return asked.shape in _WIDE or asked.name in _LONG_LINES


def _may_be_empty(asked: FormField) -> bool:
    return asked.optional or asked.default is not None or asked.shape is Shape.flag


def _line(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    hints = {
        Shape.number: _("z. B. 1.234,5"),
        Shape.whole: _("ganze Zahl"),
        Shape.day: _("TT.MM.JJJJ"),
        Shape.partial_date: _("JJJJ, MM.JJJJ oder TT.MM.JJJJ"),
        Shape.quarter: _("z. B. 1. Quartal 2027"),
        Shape.period: _("z. B. 1. Quartal 2027 oder 03/2027"),
        Shape.numbers: _("z. B. 10; 20; 10"),
    }
    return st.text_input(label, placeholder=hints.get(asked.shape, ""), autocomplete="off", live=PAUSE, **told)


def _area(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    hint = _("eine Angabe je Zeile") if asked.shape is Shape.lines else ""
    return st.text_area(label, placeholder=hint, height=_HEIGHTS[asked.shape], **told)


def _choice(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    assert asked.choices is not None
    free = {"": _NONE} if asked.optional or asked.default is None else {}
    words = free | {member.value: choice(member, language()) for member in asked.choices}
    return st.selectbox(label, list(words), format_func=words.__getitem__, **told)


def _reference(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    known = {"": _NONE} | choices(asked.kind, told["key"], [st.session_state.get(told["key"], "")])
    return st.selectbox(label, list(known), format_func=known.__getitem__, **told)


def _references(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    known = choices(asked.kind, told["key"], st.session_state.get(told["key"], ()))
    hint = _("Auswählen oder Namen tippen")
    return st.multiselect(label, list(known), format_func=known.__getitem__, placeholder=hint, **told)


def _flag(asked: FormField, label: str, told: dict[str, Any]) -> Any:
    return st.checkbox(label, **told)


_NONE = "–"
_WIDGETS: Mapping[Shape, Callable[[FormField, str, dict[str, Any]], Any]] = {
    Shape.line: _line,
    Shape.number: _line,
    Shape.whole: _line,
    Shape.day: _line,
    Shape.partial_date: _line,
    Shape.quarter: _line,
    Shape.period: _line,
    Shape.numbers: _line,
    Shape.text: _area,
    Shape.lines: _area,
    Shape.choice: _choice,
    Shape.flag: _flag,
    Shape.reference: _reference,
    Shape.references: _references,
}
