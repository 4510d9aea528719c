"""What is typed into the demand grid of a measure, kept in the session until it is stored or given up.

No callback stores or keeps anything (see docs/adr/0007-rounds.md): every run first looks at all fields that were ever
shown and notes what is new in them. A field that is to show something else gets another key, and keys never come back:
the framework would put the former text of a key over the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from metrics.domain.demand_cells import DemandCell, Place, demand_cells, same_days
from metrics.domain.history import Recorded
from metrics.domain.measures import Measure
from metrics.domain.periods import is_quarter
from metrics.domain.refusals import DemandCellsChanged, DemandOutOfRange, ReasonMissing, Refusal
from metrics.domain.resources import ResourceDemand
from metrics.locale.catalogue import Language
from metrics.locale.formats import number, quarter_or_month
from metrics.locale.reading_input import parse_number
from metrics.locale.words import refusal_sentence
from metrics.ui import plan, resource_view
from metrics.ui.people_names import shown
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person
from metrics.usecases.demanding import CellChange, check_cell, save_demands

STATE = "bedarfsraster"
TURNS = STATE + "_zaehler"


@dataclass(frozen=True, slots=True)
class CellField:
    """A field: the cell as it was read for it, the text it began with, the text in it now, and its number."""

    seen: DemandCell
    begins: str
    typed: str
    turn: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was typed into and that somebody else has changed meanwhile."""

    change: CellChange
    theirs: DemandCell
    who: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of the last attempt to save."""

    stored: bool
    sentence: str


def attend() -> None:
    """Take in what was typed and clicked, of every measure; the first thing that a page with a grid does.

    Later in the run a further key of a quick writer could cut it short, and the click on the button would be gone.
    """
    for measure_id in list(_state()):
        draft = Draft(measure_id)
        draft.take()
        if st.session_state.get(draft.key("speichern")):
            draft.save()
        elif st.session_state.get(draft.key("verwerfen")):
            draft.discard()


def unsaved(besides: str = "") -> list[str]:
    """The ids of measures with something typed that is not stored; a withdrawn measure takes no demand any more."""
    known = [measure_id for measure_id in _state() if measure_id in plan.records(Measure)]
    return [measure_id for measure_id in known if measure_id != besides and Draft(measure_id).touched]


class Draft:
    """The grid of one measure in this session."""

    def __init__(self, measure_id: str) -> None:
        self.measure_id = measure_id
        empty: dict[str, Any] = {"fields": {}, "language": language(), "notice": None, "reason": _turn()}
        self._own: dict[str, Any] = _state().setdefault(measure_id, empty)
        if self._own["language"] != language():
            self._reword(self._own["language"])

    # --- what stands in it ---

    @property
    def notice(self) -> Notice | None:
        """What became of the last attempt to save."""
        found: Notice | None = self._own["notice"]
        return found

    @property
    def touched(self) -> bool:
        """Whether any field says something else than it began with."""
        return any(_is_touched(field) for field in self._fields.values())

    def key(self, name: str) -> str:
        """The session key of a control that belongs to the grid."""
        return f"{STATE}.{self.measure_id}.{name}"

    @property
    def reason_key(self) -> str:
        """The session key of the reason; another one after each save."""
        return self.key(f"grund.{self._own['reason']}")

    def field_key(self, place: Place) -> str:
        """The session key of a cell's field."""
        return self.key(".".join((*place, str(self._fields[place].turn))))

    def begins(self, place: Place) -> str:
        """The text that a field begins with, when it comes to the screen."""
        return self._fields[place].typed

    def places(self) -> list[Place]:
        """The cells that say something else than they began with, whether that can be read or not."""
        return [place for place, field in self._fields.items() if _is_touched(field)]

    def days(self, place: Place) -> float | None:
        """What a field says in person-days; what cannot be read counts as what was stored."""
        field = self._fields[place]
        if not _is_touched(field):
            return field.seen.person_days
        try:
            return _read(field.typed, language())
        except Refusal:
            return field.seen.person_days

    @property
    def in_quarters(self) -> bool | None:
        """Whether what is typed stands in quarters, or in months; None while nothing is."""
        places = self.places()
        return is_quarter(places[0][1]) if places else None

    def changes(self) -> list[CellChange]:
        """The cells that would be stored: readable, and not what they were."""
        found = [CellChange(*place, self.days(place), self._fields[place].seen) for place in self.places()]
        return [change for change in found if not same_days(change.person_days, change.seen.person_days)]

    def problems(self) -> dict[Place, str]:
        """Why cells cannot be stored, each a sentence that begins with the cell's name."""
        return {place: problem for place in self.places() if (problem := self._problem(place)) is not None}

    def counted(self, place: Place) -> float | None:
        """What a field adds to a sum, in person-days: nothing where it could not be stored."""
        refused = _is_touched(self._fields[place]) and self._problem(place) is not None
        return None if refused else self.days(place)

    def _problem(self, place: Place) -> str | None:
        measure = plan.records(Measure).get(self.measure_id)  # one that was withdrawn meanwhile is told when saving
        try:
            days = _read(self._fields[place].typed, language())
            change = CellChange(*place, days, self._fields[place].seen)
            if measure and not same_days(days, change.seen.person_days):
                check_cell(measure, change, resource_view.group_name(place[0]))
        except Refusal as refusal:
            sentence = refusal_sentence(refusal, language())
            return sentence if isinstance(refusal, DemandOutOfRange) else f"{place_words(place)}: {sentence}"
        return None

    def conflicts(self) -> list[Conflict]:
        """Cells that were typed into and say something else by now; a change of what lies beside is no conflict."""
        found = []
        for change in self.changes():
            present = self.present(change.place)
            if present.versions == change.seen.versions or same_days(present.person_days, change.person_days):
                continue
            if same_days(present.person_days, change.seen.person_days):
                self.keep_mine(change.place)
            else:
                found.append(Conflict(change, present, _last_author(present, change.seen)))
        return found

    def present(self, place: Place) -> DemandCell:
        """A cell as it is stored now."""
        return demand_cells(demands_of(self.measure_id), self.measure_id, [place[0]], [place[1]])[place]

    # --- what happens to it ---

    def take(self) -> None:
        """Note what stands in every field that was shown."""
        in_session = st.session_state.to_dict()
        for place, field in list(self._fields.items()):
            typed = in_session.get(self.field_key(place))
            if isinstance(typed, str) and typed != field.typed:
                self.note(place, typed)

    def note(self, place: Place, typed: str) -> None:
        """Note what stands in a field."""
        if self._fields[place].typed != typed:
            self._fields[place] = replace(self._fields[place], typed=typed)
            self._own["notice"] = None

    def follow(self, cells: Mapping[Place, DemandCell]) -> None:
        """Have a field for every cell that is shown, up to date as long as nothing is typed.

        As soon as something is, no field is replaced any more: somebody may be writing in it.
        """
        resting = not self.touched
        for place, cell in cells.items():
            field = self._fields.get(place)
            if field is None or (resting and not same_days(field.seen.person_days, cell.person_days)):
                self._set(place, cell)
            elif resting and field.seen != cell:
                self._fields[place] = replace(field, seen=cell)

    def keep_mine(self, place: Place) -> None:
        """Go on from what somebody else stored, with the own value."""
        self._fields[place] = replace(self._fields[place], seen=self.present(place))

    def take_theirs(self, place: Place) -> None:
        """Give up the own value for what is stored."""
        self._set(place, self.present(place))

    def discard(self) -> None:
        """Give up all that was typed."""
        for place in self.places():
            self.take_theirs(place)
        self._own["notice"] = None

    def save(self) -> None:
        """Store all changed cells, or none and say why; what was typed stays in its fields either way."""
        unclear = bool(self.conflicts()) or bool(self.problems())  # what is no conflict is brought up to date first
        changes, reason = self.changes(), str(st.session_state.get(self.reason_key) or "").strip()
        if unclear:
            self._own["notice"] = Notice(False, _("Noch nichts gespeichert: Bitte klären Sie erst, was oben steht."))
        elif not changes and self.notice and self.notice.stored:
            return  # the framework has repeated the click of a run that was cut short
        elif not changes:
            self._own["notice"] = Notice(False, _("Es gibt nichts zu speichern: Keine Zelle ist geändert."))
        else:
            self._own["notice"] = self._store(changes, reason)

    def _store(self, changes: list[CellChange], reason: str) -> Notice:
        try:
            save_demands(store(), self.measure_id, changes, by=person(), at=now(), reason=reason or None)
        except DemandCellsChanged:  # this very moment; the grid shows both values
            return Notice(False, _("Gerade hat jemand anderes gespeichert. Bitte prüfen Sie Ihre Zellen noch einmal."))
        except ReasonMissing:
            return Notice(False, _("Vorhandene Werte ändern sich. Bitte nennen Sie den Grund; er steht im Verlauf."))
        except Refusal as refusal:
            return Notice(False, refusal_sentence(refusal, language()))
        for place in self.places():
            field = self._fields[place]
            self._fields[place] = replace(field, seen=self.present(place), begins=field.typed)
        self._own["reason"] = _turn()
        return Notice(True, _n("{number} Zelle gespeichert.", "{number} Zellen gespeichert.", len(changes)))

    @property
    def _fields(self) -> dict[Place, CellField]:
        found: dict[Place, CellField] = self._own["fields"]
        return found

    def _set(self, place: Place, cell: DemandCell) -> None:
        """Show a cell's stored value in a new field."""
        if place in self._fields:
            st.session_state.pop(self.field_key(place), None)
        text = _text(cell.person_days, language())
        self._fields[place] = CellField(cell, text, text, _turn())

    def _reword(self, before: Language) -> None:
        """After a change of language every number is written in the new one; what cannot be read stays as it is."""
        self.take()
        for place, field in list(self._fields.items()):
            st.session_state.pop(self.field_key(place), None)
            begins, typed = (_reworded(text, before, language()) for text in (field.begins, field.typed))
            self._fields[place] = CellField(field.seen, begins, typed, _turn())
        self._own |= {"language": language(), "notice": None}


@plan.remember(ResourceDemand.kind)
def demands_of(measure_id: str) -> tuple[Recorded[ResourceDemand], ...]:
    """The demands of a measure, with their versions."""
    return tuple(entry for entry in plan.entries(ResourceDemand).values() if entry.record.measure_id == measure_id)


def place_words(place: Place) -> str:
    """A cell as a sentence names it: group and period."""
    return f"{resource_view.group_name(place[0])}, {quarter_or_month(place[1], language())}"


def days_text(days: float | None) -> str:
    """Person-days as they stand in a field, and "leer" where nothing does."""
    return _text(days, language()) or _("leer")


def _state() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = st.session_state.setdefault(STATE, {})
    return found


def _turn() -> int:
    st.session_state[TURNS] = int(st.session_state.get(TURNS, 0)) + 1
    return int(st.session_state[TURNS])


def _is_touched(field: CellField) -> bool:
    return field.typed.strip() != field.begins.strip()


def _read(text: str, in_language: Language) -> float | None:
    return parse_number(text, in_language) if text.strip() else None


def _text(days: float | None, in_language: Language) -> str:
    return "" if days is None else number(days, in_language)


def _reworded(text: str, before: Language, after: Language) -> str:
    try:
        return _text(_read(text, before), after)
    except Refusal:
        return text


def _last_author(present: DemandCell, seen: DemandCell) -> str:
    """Who wrote the newest of the versions behind a cell, or ended those that were."""
    ids: Iterable[str] = (identifier for identifier, _version in present.versions or seen.versions)
    found = [entry.change for identifier in ids for entry in plan.history(ResourceDemand.kind, identifier)[:1]]
    return shown(max(found, key=lambda change: change.number).recorded_by) if found else ""
