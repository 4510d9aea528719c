"""What is typed into the demand grid of a measure: the cells of its groups and periods, and their rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pydantic import TypeAdapter

from metrics.domain.demand_cells import DemandCell, Place, demand_cells, same_days
from metrics.domain.history import Recorded
from metrics.domain.measures import Measure
from metrics.domain.periods import is_quarter
from metrics.domain.refusals import DemandCellsChanged, DemandOutOfRange, ReasonMissing, Refusal
from metrics.domain.resources import ResourceDemand
from metrics.locale.formats import quarter_or_month
from metrics.locale.words import refusal_sentence
from metrics.ui import grid_draft, plan, resource_view
from metrics.ui.grid_draft import GridDraft, Notice, cell_text
from metrics.ui.people_names import shown
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person
from metrics.usecases.demanding import CellChange, check_cell, save_demands

STATE = "bedarfsraster"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was typed into and that somebody else has changed meanwhile."""

    change: CellChange
    theirs: DemandCell
    who: str


def attend() -> None:
    """Take in what was typed and clicked, of every measure; the first thing that a page with a grid does."""
    for measure_id in list(grid_draft.states(STATE)):
        Draft(measure_id).attend()


def unsaved(besides: str = "") -> list[str]:
    """The ids of measures with something typed that is not stored; a withdrawn measure takes no demand any more."""
    known = [measure_id for measure_id in grid_draft.states(STATE) if measure_id in plan.records(Measure)]
    return [measure_id for measure_id in known if measure_id != besides and Draft(measure_id).touched]


class Draft(GridDraft[DemandCell]):
    """The grid of one measure in this session."""

    name = STATE
    _cells: ClassVar[TypeAdapter[DemandCell]] = TypeAdapter(DemandCell)

    @property
    def measure_id(self) -> str:
        """Whose demand it is."""
        return self.identifier

    def value_of(self, cell: DemandCell) -> float | None:
        """The person-days of a cell."""
        return cell.person_days

    def same(self, one: float | None, other: float | None) -> bool:
        """Whether two cells say the same."""
        return same_days(one, other)

    @property
    def in_quarters(self) -> bool | None:
        """Whether what is typed stands in quarters, or in months; None while nothing is."""
        places = self.places()
        return is_quarter(places[0][1]) if places else None

    def changes(self) -> list[CellChange]:
        """The cells that would be stored: readable, and not what they were."""
        return [CellChange(*place, self.value(place), self.seen(place)) for place in self.changed()]

    def problems(self) -> dict[Place, str]:
        """Why cells cannot be stored, each a sentence that begins with the cell's name."""
        return {place: problem for place in self.places() if (problem := self._problem(place)) is not None}

    def counted(self, place: Place) -> float | None:
        """What a field adds to a sum, in person-days: nothing where it could not be stored."""
        refused = place in self.places() and self._problem(place) is not None
        return None if refused else self.value(place)

    def _problem(self, place: Place) -> str | None:
        measure = plan.records(Measure).get(self.measure_id)  # one that was withdrawn meanwhile is told when saving
        try:
            days = self._read(place)
            change = CellChange(*place, days, self.seen(place))
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

    def unclear(self) -> bool:
        """Whether a cell cannot be stored, or somebody else has changed it meanwhile."""
        return bool(self.conflicts()) or bool(self.problems())

    def _save(self, reason: str) -> Notice:
        changes = self.changes()
        try:
            save_demands(store(), self.measure_id, changes, by=person(), at=now(), reason=reason or None)
        except DemandCellsChanged:  # this very moment; the grid shows both values
            return Notice(False, _("Gerade hat jemand anderes gespeichert. Bitte prüfen Sie Ihre Zellen noch einmal."))
        except ReasonMissing:
            return Notice(False, _("Vorhandene Werte ändern sich. Bitte nennen Sie den Grund; er steht im Verlauf."))
        except Refusal as refusal:
            return Notice(False, refusal_sentence(refusal, language()))
        return self._stored(len(changes))


grid_draft.GRIDS[STATE] = Draft


@plan.remember(ResourceDemand.kind)
def demands_of(measure_id: str) -> tuple[Recorded[ResourceDemand], ...]:
    """The demands of a measure, with their versions."""
    return tuple(entry for entry in plan.entries(ResourceDemand).values() if entry.record.measure_id == measure_id)


def place_words(place: Place) -> str:
    """A cell as a sentence names it: group and period."""
    return f"{resource_view.group_name(place[0])}, {quarter_or_month(place[1], language())}"


def days_text(days: float | None) -> str:
    """Person-days as they stand in a field, and "leer" where nothing does."""
    return cell_text(days, language()) or _("leer")


def _last_author(present: DemandCell, seen: DemandCell) -> str:
    """Who wrote the newest of the versions behind a cell, or ended those that were."""
    ids: Iterable[str] = (identifier for identifier, _version in present.versions or seen.versions)
    found = [entry.change for identifier in ids for entry in plan.history(ResourceDemand.kind, identifier)[:1]]
    return shown(max(found, key=lambda change: change.number).recorded_by) if found else ""
