"""Forms made from the models: opened, filled, checked, saved, and saved again when somebody else was faster.

What is typed stands in the session until it is stored or given up, over reruns, pages and languages. A form carries a
token: it becomes part of a new record's id and of all widget keys, so a double click stores once and a stored form
cannot come back to life.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator
from metrics.domain.kinds import KINDS
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.locale.words import kind_name, refusal_sentence, rule_sentence
from metrics.ui import draft_shelf, form_values, plan
from metrics.ui.draft_shelf import ShelvedDraft
from metrics.ui.form_doubts import doubts_told
from metrics.ui.form_fields import FormField, grouped_fields
from metrics.ui.form_values import Filled, Typed
from metrics.ui.form_widgets import PAUSE, FieldWidgets
from metrics.ui.record_titles import record_title
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person
from metrics.ui.text import literal
from metrics.usecases.planning import add_record, revise_record

REASON, REASON_BESIDE = "reason", "reason_of_change"
"""The path of why a record is changed; the second where the record has a reason of its own."""
_SAVED = ".saved"
_IN_THE_UNIT = {
    *("value", "lower", "upper", "tolerance", "whole", "base_value", "baseline"),
    *("natural_minimum", "natural_maximum", "target_value"),
}
"""Numbers that stand in the unit of their indicator, or in the one that the same form asks for."""
_IN_DRAFTS = ("kind", "id", "version", "language", "token", "opened")
"""What a draft keeps of a form's state, beside what is typed."""
_MOST_TOLD = 300
"""Characters of a title in the notice that it was stored."""

Save: TypeAlias = Callable[[Record, int, str], int]
"""Stores a record as the successor of a version (0: a new record) for a reason and returns its version, or refuses."""


def save_record(record: Record, version: int, reason: str) -> int:
    """Add or revise a record of the plan."""
    if version:
        return revise_record(store(), record, version, by=person(), at=now(), reason=reason)
    return add_record(store(), record, by=person(), at=now())


class Form:
    """One open form of a session. `entry` is the record it was opened with, None for a new one.

    `given_reason`: why the record is changed, where that is known; nobody is asked then.
    """

    def __init__(
        self,
        name: str,
        kind: str,
        entry: Recorded[Any] | None,
        start: Mapping[str, Any] | None = None,
        given_reason: str = "",
    ) -> None:
        self.name, self.kind, self.given_reason = name, kind, given_reason
        self._original: Record | None = entry.record if entry else None
        self._start = dict(start or {})
        known = st.session_state.get(name)
        moved = known is not None and entry is not None and known["version"] != entry.version
        if known is None or (moved and not self.touched):
            self._open(entry)
            draft = draft_shelf.find(name)
            if draft and (draft.content["kind"], draft.content["id"]) == (kind, self._state["id"]):
                self._take_up(draft)
        elif known["language"] != language():
            self._reword(known["language"])

    # --- what stands in it ---

    @property
    def version(self) -> int:
        """The version that was edited; 0 for a new record."""
        return int(self._state["version"])

    @property
    def token(self) -> str:
        """What tells this form from every other, before and after."""
        return str(self._state["token"])

    @property
    def why(self) -> str:
        """The path of the reason for the change; none of the record's own fields."""
        return REASON_BESIDE if REASON in KINDS[self.kind].model_fields else REASON

    @property
    def reason_told(self) -> str:
        """Why the record is changed, as it is known or was typed."""
        return self.given_reason or str(self.typed[self.why]).strip()

    @property
    def typed(self) -> Typed:
        """What stands in the widgets, by path."""
        return _typed(self.name)

    @property
    def touched(self) -> bool:
        """Whether anything was typed since it was opened."""
        return self.typed != self._state["opened"]

    @property
    def restored(self) -> datetime | None:
        """When it was kept (naive UTC), if it was typed before this session and taken up again."""
        found: datetime | None = self._state.get("restored")
        return found

    @property
    def identifier(self) -> str:
        """The record's id; for a new one made from its title and the form's token."""
        if self._state["id"]:
            return str(self._state["id"])
        typed = self.typed
        return form_values.slug(str(typed.get("title") or typed.get("text") or self.kind), self.token)

    def key(self, path: str) -> str:
        """The session key of a field's widget."""
        return f"{self.name}.{self.token}.{path}"

    def put(self, values: Mapping[str, Any]) -> None:
        """Set widgets, before they are drawn in this run."""
        for path, value in values.items():
            st.session_state[self.key(path)] = value
        self._state["paths"] = list(dict.fromkeys([*self._state["paths"], *values]))

    @property
    def answers(self) -> Typed:
        """What was typed, as the model's fields ask for it."""
        return self.typed

    def filled(self) -> Filled:
        """The record the form describes, or a sentence for each field that does not fit."""
        answers = self.answers
        found = form_values.filled(
            self.kind, answers, self.identifier, language(), self._original, lambda path: _unit_of(path, answers)
        )
        if self.version and not self.reason_told:
            found.errors[self.why] = f"{self.label(self.why)}: {rule_sentence('missing', {}, language())}"
        return found

    def label(self, path: str) -> str:
        """What the field of a path is called."""
        if path == self.why:
            return _("Grund der Änderung")
        return form_values.label_of(self.kind, path, self.typed, language())

    def place_of(self, refusal: Refusal) -> str:
        """The field at which a refusal is shown; "" where it concerns the whole form."""
        field = str(refusal.data.get("field") or refusal.field)
        return next((path for path in (field, field.partition(".")[0]) if path in self.typed), "")

    @property
    def errors(self) -> dict[str, str]:
        """Sentences by path: none before the first attempt to save, then as things stand now."""
        if not self._state["checked"]:
            return {}
        return {**self._state["refused"], **self.filled().errors}

    # --- what is shown ---

    def draw(self) -> None:
        """All fields: the main ones, then the rest folded away (open if an error stands there)."""
        errors = self.errors
        st.caption(_("Felder mit \\* sind Pflicht."))
        self.summary(errors)
        widgets = self.widgets(errors)
        main, rest = grouped_fields(self.kind)
        widgets.draw(main, self._add_row)
        inside = {field.name for field in rest}
        with st.expander(_("Weitere Angaben"), expanded=any(path.partition(".")[0] in inside for path in errors)):
            widgets.draw(rest, self._add_row)
        self.doubts()
        if self.version and not self.given_reason:
            self.reason(errors)

    def doubts(self) -> None:
        """What is doubtful about the record; noted, for nothing is stored before it was shown."""
        self._state["told"] = doubts_told(self.filled().record)
        for sentence in self._state["told"]:
            st.warning(literal(sentence), icon=":material/help:")
        if self._state["told"] and self._state["held_back"]:
            st.info(
                _("Noch nicht gespeichert. Ist alles so gemeint, speichern Sie noch einmal."), icon=":material/info:"
            )

    def widgets(self, errors: Mapping[str, str]) -> FieldWidgets:
        """The form's fields one by one, for a page that arranges them itself."""
        return FieldWidgets(self.kind, self.key, errors, self.typed)

    def summary(self, errors: Mapping[str, str]) -> None:
        """How many fields do not fit, which ones, and what was refused as a whole."""
        if errors:
            st.error(literal("\n\n".join(self._amiss(errors))), icon=":material/error:")

    def amiss(self) -> str:
        """What keeps the form from being saved, on one line; nothing before the first attempt, or where all fits."""
        return " ".join(self._amiss(self.errors))

    def _amiss(self, errors: Mapping[str, str]) -> list[str]:
        at_fields = [self.label(path) for path in errors if path]
        words = _n("{number} Angabe passt noch nicht", "{number} Angaben passen noch nicht", len(errors))
        named = [f"{words}: {', '.join(dict.fromkeys(at_fields))}"] if at_fields else []
        return [*named, *([errors[""]] if "" in errors else [])]

    def reason(self, errors: Mapping[str, str]) -> None:
        """Why the record is changed; stands in the history."""
        st.text_input(
            self.label(self.why) + " *",
            key=self.key(self.why),
            persist_state="session",
            live=PAUSE,
            placeholder=_("z. B. Beschluss des Ausschusses vom 24.11.2026"),
        )
        self.widgets(errors).error(self.why)

    def save_button(
        self, save: Save = save_record, label: str | None = None, then: Callable[[], None] | None = None
    ) -> None:
        """Check and store; a form that was stored is closed, whatever is clicked again. `then` follows on storing."""
        st.button(
            label or _("Speichern"),
            key=self.key("save_and_go_on" if then else "save"),
            type="secondary" if then else "primary",
            icon=":material/arrow_forward:" if then else ":material/save:",
            on_click=_submit,
            args=(self, self.token, save, then),
        )

    def discard_button(self) -> None:
        """Give up what was typed."""
        st.button(_("Verwerfen"), key=self.key("discard"), icon=":material/undo:", on_click=self.close)

    # --- what happens to it ---

    def close(self) -> None:
        """Forget the form and all that was typed in it."""
        _forget(self.name)

    def rebase(self, newest: Recorded[Record]) -> None:
        """Carry what was typed over to a newer version; it is stored only when it is saved."""
        theirs = self._shown(newest.record)
        mine = form_values.merged(self._state["opened"], theirs, self.typed)
        self._state.update({"version": newest.version, "opened": theirs, "refused": {}, "paths": []})
        self.put(mine)

    def refuse(self, path: str, sentence: str) -> None:
        """Show a refusal at a field until the next attempt."""
        self._state["refused"] = {path: sentence}
        self._state["checked"] = True

    def hold_back(self, record: Record) -> bool:
        """Whether the record is doubtful in a way that nobody was told yet."""
        self._state["held_back"] = not set(doubts_told(record)) <= set(self._state["told"])
        return bool(self._state["held_back"])

    @property
    def _state(self) -> dict[str, Any]:
        return st.session_state[self.name]

    def _shown(self, record: Record | None) -> Typed:
        """What the widgets show of a record, or of a new one."""
        start = self._start if record is None else {}
        return form_values.opened(KINDS[self.kind], record, language()) | start | {self.why: ""}

    def _open(self, entry: Recorded[Any] | None) -> None:
        self.close()
        typed = self._shown(entry.record if entry else None)
        st.session_state[self.name] = {
            "token": secrets.token_hex(3),
            "kind": self.kind,
            "id": entry.record.id if entry else "",
            "version": entry.version if entry else 0,
            "language": language(),
            "opened": typed,
            "paths": [],
            "checked": False,
            "refused": {},
            "told": [],
            "held_back": False,
        }
        self.put(typed)

    def _take_up(self, draft: ShelvedDraft) -> None:
        """Go on with what was typed before this session, on the version that it was typed on."""
        begins, content = self._state["opened"], draft.content
        state = {one: content[one] for one in ("token", "version", "language")}
        for path in begins:
            st.session_state.pop(self.key(path), None)
        self._state.update(state | {"opened": begins | content["opened"], "restored": draft.saved_at, "paths": []})
        self.put(begins | content["typed"])
        if content["language"] != language():
            self._reword(content["language"])
        draft_shelf.taken_up(draft)

    def _reword(self, before: Any) -> None:
        self.put(form_values.reworded(self.kind, self.typed, before, language()))
        self._state["opened"] = form_values.reworded(self.kind, self._state["opened"], before, language())
        self._state.update({"language": language(), "refused": {}})

    def _add_row(self, asked: FormField, path: str) -> None:
        self.put(form_values.with_more_rows(asked, path, self.typed, language()))


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that the session keeps open: of which record (no id: a new one), and whether anything was typed."""

    name: str
    kind: str
    record_id: str
    touched: bool

    def close(self) -> None:
        """Forget it."""
        _forget(self.name)


def open_forms(prefix: str) -> list[OpenForm]:
    """The open forms whose names begin so."""
    found = [
        (str(name), state)
        for name, state in st.session_state.items()
        if str(name).startswith(prefix) and _is_state(state)
    ]
    return [OpenForm(name, state["kind"], state["id"], _typed(name) != state["opened"]) for name, state in found]


def contents() -> dict[str, dict[str, Any]]:
    """What is typed in every open form that was touched, by its name, as a draft keeps it."""
    found = {}
    for form in open_forms(""):
        if form.touched:
            told = {one: st.session_state[form.name][one] for one in _IN_DRAFTS}
            found[form.name] = told | {"typed": _typed(form.name)}
    return found


def saved_notice(form_name: str) -> dict[str, Any] | None:
    """What a form of this name stored last (kind, id, title, version, new), until it is used again."""
    return st.session_state.get(form_name + _SAVED)


def forget_notice(form_name: str) -> None:
    """No longer say what was stored."""
    st.session_state.pop(form_name + _SAVED, None)


def hand_on_notice(form_name: str, to: str) -> None:
    """What a form stored is told by the form of another name: that of the record that is new."""
    st.session_state[to + _SAVED] = st.session_state.pop(form_name + _SAVED)


def _unit_of(path: str, typed: Typed) -> str:
    """The unit that the number at a path stands in; "" where it has none or the form does not know it."""
    name = path.rpartition(".")[2]
    if name == "percent":
        return "%"
    if name not in _IN_THE_UNIT:
        return ""
    indicator = plan.records(Indicator).get(typed.get("indicator_id", ""))
    return indicator.unit if indicator else str(typed.get("unit") or typed.get("target_unit") or "").strip()


def _typed(name: str) -> Typed:
    state = st.session_state[name]
    return {path: st.session_state[f"{name}.{state['token']}.{path}"] for path in state["paths"]}


def _is_state(value: Any) -> bool:
    return isinstance(value, dict) and {"token", "opened", "paths"} <= value.keys()


def _forget(name: str) -> None:
    state = st.session_state.pop(name, None)
    if state is not None:
        for key in [key for key in st.session_state if str(key).startswith(f"{name}.{state['token']}.")]:
            del st.session_state[key]
        draft_shelf.drop([name])


def _submit(form: Form, token: str, save: Save, then: Callable[[], None] | None = None) -> None:
    """Runs before the page: checks, stores, closes. A form that was closed meanwhile is not stored again."""
    state = st.session_state.get(form.name)
    if state is None or state["token"] != token:
        return
    forget_notice(form.name)
    state |= {"checked": True, "refused": {}}
    found = form.filled()
    if found.record is None or found.errors or form.hold_back(found.record):
        return
    try:
        version = save(found.record, form.version, form.reason_told)
    except SomebodyElseWasFaster:
        return
    except Refusal as refusal:
        form.refuse(form.place_of(refusal), refusal_sentence(refusal, language()))
        return
    told = {"kind": form.kind, "id": found.record.id, "version": version}
    told["title"] = record_title(found.record, _MOST_TOLD)
    new = form.version == 0
    form.close()
    st.session_state[form.name + _SAVED] = told | {"new": new, "kind_name": kind_name(form.kind, language())}
    if then:
        then()
