"""What is typed into a grid of fields, kept in the session until it is stored or given up: what all grids share.

No callback stores or keeps anything (see docs/adr/0007-rounds.md): every run first looks at all fields that were ever
shown and notes what is new in them. A field that is to show something else gets another key, and keys never come back:
the framework would put the former text of a key over the new one.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

import streamlit as st
from pydantic import TypeAdapter

from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import Language
from metrics.locale.formats import number
from metrics.locale.reading_input import parse_number
from metrics.ui import draft_shelf
from metrics.ui.session import _, _n, language

SeenT = TypeVar("SeenT")
"""A cell as it was read from the store; compared by value."""
CellPlace: TypeAlias = tuple[str, str]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class CellField(Generic[SeenT]):
    """A field: the cell as it was read for it, the text it began with, the text in it now, and its number."""

    seen: SeenT
    begins: str
    typed: str
    turn: int

    @property
    def touched(self) -> bool:
        """Whether it says something else than it began with."""
        return self.typed.strip() != self.begins.strip()


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of the last attempt to save."""

    stored: bool
    sentence: str


class GridDraft(ABC, Generic[SeenT]):
    """One grid of this session. `name` begins the keys of all grids of a sort, `identifier` tells one from another."""

    name: ClassVar[str]
    _cells: ClassVar[TypeAdapter[Any]]
    """Reads and writes a cell as it was seen, for drafts that outlive the session."""

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier
        kept = states(self.name)
        if identifier not in kept:
            empty: dict[str, Any] = {"fields": {}, "language": language(), "notice": None, "reason": self._turn()}
            kept[identifier] = empty | self._beside()
            self._own: dict[str, Any] = kept[identifier]
            self._take_up()
        self._own = kept[identifier]
        if self._own["language"] != language():
            self._reword(self._own["language"])

    # --- what the sort of grid says ---

    @abstractmethod
    def present(self, place: CellPlace) -> SeenT:
        """A cell as it is stored now."""

    @abstractmethod
    def value_of(self, cell: SeenT) -> float | None:
        """The number in a cell; None while nothing is stored."""

    @abstractmethod
    def same(self, one: float | None, other: float | None) -> bool:
        """Whether two numbers count as the same."""

    @abstractmethod
    def unclear(self) -> bool:
        """Whether something has to be settled before anything can be stored."""

    @abstractmethod
    def _save(self, reason: str) -> Notice:
        """Store what is typed, all or nothing, and say what became of it."""

    def _beside(self) -> dict[str, Any]:
        """What the grid keeps beside its cells, as it begins; a draft keeps it as JSON."""
        return {}

    def unit_of(self, place: CellPlace) -> str:
        """The unit that a cell's number stands in; "" where its sign may not stand behind it."""
        return ""

    # --- what stands in it ---

    @property
    def notice(self) -> Notice | None:
        """What became of the last attempt to save."""
        found: Notice | None = self._own["notice"]
        return found

    @property
    def touched(self) -> bool:
        """Whether any field says something else than it began with."""
        return any(field.touched for field in self._fields.values())

    @property
    def reason_key(self) -> str:
        """The session key of the reason; another one after each save."""
        return self.key(f"grund.{self._own['reason']}")

    @property
    def restored(self) -> Any:
        """When it was kept (naive UTC), if it was typed before this session and taken up again."""
        return self._own.get("restored") if self.touched else None

    def key(self, name: str) -> str:
        """The session key of a control that belongs to the grid."""
        return f"{self.name}.{self.identifier}.{name}"

    def field_key(self, place: CellPlace) -> str:
        """The session key of a cell's field."""
        return self.key(".".join((*place, str(self._fields[place].turn))))

    def begins(self, place: CellPlace) -> str:
        """The text that a field begins with, when it comes to the screen."""
        return self._fields[place].typed

    def places(self) -> list[CellPlace]:
        """The cells that say something else than they began with, whether that can be read or not."""
        return [place for place, field in self._fields.items() if field.touched]

    def value(self, place: CellPlace) -> float | None:
        """The number that a field says; what cannot be read counts as what was stored."""
        field = self._fields[place]
        if not field.touched:
            return self.value_of(field.seen)
        try:
            return self._read(place)
        except Refusal:
            return self.value_of(field.seen)

    def seen(self, place: CellPlace) -> SeenT:
        """A cell as it was when its field began."""
        return self._fields[place].seen

    def changed(self) -> list[CellPlace]:
        """The cells whose number would be stored: readable, and not what it was."""
        return [place for place in self.places() if not self.same(self.value(place), self.value_of(self.seen(place)))]

    # --- what happens to it ---

    def attend(self) -> None:
        """Take in what was typed and clicked; the first thing that a page with a grid does.

        Later in the run a further key of a quick writer could cut it short, and the click would be gone.
        """
        self.take()
        if st.session_state.get(self.key("speichern")):
            self.save()
        elif st.session_state.get(self.key("verwerfen")):
            self.discard()

    def take(self) -> None:
        """Note what stands in every field that was shown."""
        in_session = st.session_state.to_dict()
        for place in list(self._fields):
            typed = in_session.get(self.field_key(place))
            if isinstance(typed, str):
                self.note(place, typed)

    def note(self, place: CellPlace, typed: str) -> None:
        """Note what stands in a field."""
        if self._fields[place].typed != typed:
            self._fields[place] = replace(self._fields[place], typed=typed)
            self._own["notice"] = None

    def follow(self, cells: Mapping[CellPlace, SeenT]) -> None:
        """Have a field for every cell that is shown, up to date as long as nothing is typed.

        As soon as something is, no field is replaced any more: somebody may be writing in it.
        """
        resting = not self.touched
        for place, cell in cells.items():
            field = self._fields.get(place)
            if field is None or (resting and not self.same(self.value_of(field.seen), self.value_of(cell))):
                self._set(place, cell)
            elif resting and field.seen != cell:
                self._fields[place] = replace(field, seen=cell)

    def fill(self, texts: Mapping[CellPlace, str]) -> None:
        """Put texts into fields as if they had been typed, in place of what stands there."""
        for place, text in texts.items():
            if place not in self._fields:
                self._set(place, self.present(place))
            elif self._fields[place].typed != text:
                st.session_state.pop(self.field_key(place), None)
            self._fields[place] = replace(self._fields[place], typed=text, turn=self._turn())
        self._own["notice"] = None

    def keep_mine(self, place: CellPlace) -> None:
        """Go on from what somebody else stored, with the own value."""
        self._fields[place] = replace(self._fields[place], seen=self.present(place))

    def take_theirs(self, place: CellPlace) -> None:
        """Give up the own value for what is stored."""
        self._set(place, self.present(place))

    def discard(self) -> None:
        """Give up all that was typed."""
        for place in self.places():
            self.take_theirs(place)
        self._own["notice"] = None

    def save(self) -> None:
        """Store all changed cells, or none and say why; what was typed stays in its fields either way."""
        if self.unclear():  # what is no conflict is brought up to date first
            self._own["notice"] = Notice(False, _("Noch nichts gespeichert: Bitte klären Sie erst, was oben steht."))
        elif not self.changed() and self.notice and self.notice.stored:
            return  # the framework has repeated the click of a run that was cut short
        elif not self.changed():
            self._own["notice"] = Notice(False, _("Es gibt nichts zu speichern: Keine Zelle ist geändert."))
        else:
            self._own["notice"] = self._save(str(st.session_state.get(self.reason_key) or "").strip())

    def content(self) -> dict[str, Any]:
        """What is typed, as a draft keeps it."""
        cells = [
            [*place, self._cells.dump_python(field.seen, mode="json"), field.begins, field.typed]
            for place, field in self._fields.items()
            if field.touched
        ]
        return {"language": self._own["language"], "cells": cells} | {name: self._own[name] for name in self._beside()}

    @property
    def _fields(self) -> dict[CellPlace, CellField[SeenT]]:
        found: dict[CellPlace, CellField[SeenT]] = self._own["fields"]
        return found

    def _read(self, place: CellPlace) -> float | None:
        """The number in a field, None where it is empty; raises what `parse_number` raises."""
        text = self._fields[place].typed
        return parse_number(text, language(), self.unit_of(place)) if text.strip() else None

    def _stored(self, count: int) -> Notice:
        """Go on from what has just been stored."""
        for place in self.places():
            field = self._fields[place]
            self._fields[place] = replace(field, seen=self.present(place), begins=field.typed)
        self._own["reason"] = self._turn()
        return Notice(True, _n("{number} Zelle gespeichert.", "{number} Zellen gespeichert.", count))

    def _set(self, place: CellPlace, cell: SeenT) -> None:
        """Show a cell's stored value in a new field."""
        if place in self._fields:
            st.session_state.pop(self.field_key(place), None)
        text = cell_text(self.value_of(cell), language())
        self._fields[place] = CellField(cell, text, text, self._turn())

    def _reword(self, before: Language) -> None:
        """After a change of language every number is written in the new one; what cannot be read stays as it is."""
        self.take()
        for place, field in list(self._fields.items()):
            st.session_state.pop(self.field_key(place), None)
            begins, typed = (_reworded(text, before, language()) for text in (field.begins, field.typed))
            self._fields[place] = CellField(field.seen, begins, typed, self._turn())
        self._own |= {"language": language(), "notice": None}

    def _take_up(self) -> None:
        """Go on with what was typed before this session, on what was seen then."""
        draft = draft_shelf.find(f"{self.name}:{self.identifier}")
        if draft is None:
            return
        for row, column, seen, begins, typed in draft.content["cells"]:
            cell = self._cells.validate_json(json.dumps(seen))
            self._fields[row, column] = CellField(cell, begins, typed, self._turn())
        told = {name: draft.content[name] for name in ("language", *self._beside())}
        self._own |= told | {"restored": draft.saved_at}
        draft_shelf.taken_up(draft)

    def _turn(self) -> int:
        key = self.name + "_zaehler"
        st.session_state[key] = int(st.session_state.get(key, 0)) + 1
        return int(st.session_state[key])


GRIDS: dict[str, type[GridDraft[Any]]] = {}
"""The sorts of grids, by the name that begins their keys."""


def states(name: str) -> dict[str, dict[str, Any]]:
    """What the session knows of the grids of a sort, by identifier."""
    found: dict[str, dict[str, Any]] = st.session_state.setdefault(name, {})
    return found


def contents() -> dict[str, dict[str, Any]]:
    """What is typed in every grid with unsaved cells, by its name, as a draft keeps it."""
    found = {}
    for name, sort in GRIDS.items():
        for identifier in list(st.session_state.get(name, {})):
            draft = sort(identifier)
            draft.take()
            if draft.touched:
                found[f"{name}:{identifier}"] = draft.content()
    return found


def cell_text(value: float | None, in_language: Language) -> str:
    """A number as it stands in a field; nothing where there is none."""
    return "" if value is None else number(value, in_language)


def _reworded(text: str, before: Language, after: Language) -> str:
    try:
        return cell_text(parse_number(text, before), after) if text.strip() else ""
    except Refusal:
        return text
