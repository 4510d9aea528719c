"""What is typed or pasted into the grid of values: cells of indicator and period, their doubts and their rules."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import streamlit as st
from pydantic import TypeAdapter

from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, PeriodKind, Reading
from metrics.domain.plausibility import UnusualChange, unusual_change
from metrics.domain.refusals import BulkRefused, ReasonMissing, Refusal, SomebodyElseWasFaster
from metrics.exchange.pasted import PastedValue, PastePeriod
from metrics.locale.formats import period
from metrics.locale.words import refusal_sentence
from metrics.ui import grid_draft, plan
from metrics.ui.grid_draft import CellPlace, GridDraft, Notice, cell_text
from metrics.ui.indicator_view import vintages
from metrics.ui.judged import name_of
from metrics.ui.people_names import shown
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.usecases.bulk_recording import BulkEntry, record_many
from metrics.usecases.checking import check_observation

STATE, ONE = "sammeleingabe", "werte"
"""The sort of grid, and the one grid of it that a session has: all views show cells of the same draft."""
MOST_TOLD = 5
"""Refused cells that are told one by one after an attempt to save."""
_BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class SeenReading:
    """The stored reading of a cell, in its newest vintage: id "" and version 0 where there is none."""

    reading_id: str = ""
    version: int = 0
    value: float | None = None


NOTHING = SeenReading()


@dataclass(frozen=True, slots=True)
class ValueConflict:
    """A cell that was typed into and that somebody else has changed meanwhile."""

    place: CellPlace
    mine: float | None
    seen: SeenReading
    theirs: SeenReading
    who: str


class BulkDraft(GridDraft[SeenReading]):
    """The grid of values in this session."""

    name = STATE
    _cells: ClassVar[TypeAdapter[SeenReading]] = TypeAdapter(SeenReading)

    def _beside(self) -> dict[str, Any]:
        """A token that new readings' ids are made from, and source and note of pasted cells."""
        return {"token": secrets.token_hex(4), "extras": {}}

    @property
    def source_key(self) -> str:
        """The session key of the source of new values."""
        return self.key("quelle")

    def value_of(self, cell: SeenReading) -> float | None:
        """The stored value."""
        return cell.value

    def same(self, one: float | None, other: float | None) -> bool:
        """Whether two values are the same."""
        return one == other

    def unit_of(self, place: CellPlace) -> str:
        """The indicator's unit."""
        indicator = plan.records(Indicator).get(place[0])
        return indicator.unit if indicator else ""

    def present(self, place: CellPlace) -> SeenReading:
        """The reading that is stored for a cell now."""
        return seen_of(place[0]).get(place[1], NOTHING)

    # --- what stands in it ---

    def entries(self) -> list[BulkEntry]:
        """The cells that would be stored, in their order."""
        source = str(st.session_state.get(self.source_key) or "") or None
        return [
            self._entry(place, value, source) for place in self.changed() if (value := self.value(place)) is not None
        ]

    def problems(self) -> dict[CellPlace, str]:
        """Why cells cannot be stored, each a sentence that begins with the cell's name."""
        return {place: problem for place in self.places() if (problem := self._problem(place)) is not None}

    def doubts(self) -> dict[CellPlace, UnusualChange]:
        """Cells whose value lies far outside its series as it is stored."""
        found = {}
        for place in self.changed():
            value = self.value(place)
            doubt = unusual_change(_run_before(place), value) if value is not None else None
            if doubt:
                found[place] = doubt
        return found

    def conflicts(self) -> list[ValueConflict]:
        """Cells that were typed into and say something else by now; what says the same is brought up to date."""
        found = []
        for place in self.changed():
            present, seen, mine = self.present(place), self.seen(place), self.value(place)
            if (present.reading_id, present.version) == (seen.reading_id, seen.version):
                continue
            if present.value == mine:
                self.take_theirs(place)
            elif present.value == seen.value:
                self.keep_mine(place)
            else:
                who = _last_author(present.reading_id or seen.reading_id)
                found.append(ValueConflict(place, mine, seen, present, who))
        return found

    def unclear(self) -> bool:
        """Whether a cell cannot be stored, or somebody else has changed it meanwhile."""
        return bool(self.conflicts()) or bool(self.problems())

    # --- what happens to it ---

    def paste(self, values: Iterable[PastedValue]) -> None:
        """Fill cells with what was pasted; stored is nothing of it."""
        texts: dict[CellPlace, str] = {}
        for one in values:
            place = place_of(one.indicator_id, one.period)
            stored = self.present(place).value
            texts[place] = cell_text(stored, language()) if stored == one.value else one.text
            if one.source_id or one.note:
                self._own["extras"][_BETWEEN.join(place)] = [one.source_id, one.note]
        self.fill(texts)

    def tell_doubts(self) -> None:
        """Note that the doubts stand on the screen: nothing doubtful is stored before."""
        self._own["told"] = self._doubtful()

    def discard(self) -> None:
        """Give up all that was typed and pasted."""
        super().discard()
        self._own["extras"] = {}

    def _save(self, reason: str) -> Notice:
        if not set(self._doubtful()) <= set(self._own.get("told", ())):
            words = _(
                "Noch nichts gespeichert: Bitte prüfen Sie, was zweifelhaft ist. Ist alles so gemeint, speichern Sie "
                "noch einmal."
            )
            return Notice(False, words)
        entries = self.entries()
        try:
            record_many(store(), entries, by=person(), at=now(), today=today(), reason=reason or None)
        except ReasonMissing:
            return Notice(False, _("Vorhandene Werte ändern sich. Bitte nennen Sie den Grund; er steht im Verlauf."))
        except BulkRefused as refusal:
            return Notice(False, self._refused(entries, refusal))
        except Refusal as refusal:
            return Notice(False, refusal_sentence(refusal, language()))
        notice = self._stored(len(entries))
        self._own |= self._beside()
        return notice

    def _refused(self, entries: list[BulkEntry], refusal: BulkRefused) -> str:
        """Which cells were refused and why, the first of them one by one."""
        told = [refusal_sentence(refusal, language())]
        for number, one in refusal.data["refused"][:MOST_TOLD]:
            entry = entries[number]
            span = PastePeriod(entry.period_start, entry.period_end, entry.period_kind)
            words = place_words(place_of(entry.indicator_id, span))
            if isinstance(one, SomebodyElseWasFaster):  # this very moment; the grid shows both values
                told.append(f"{words}: " + _("Gerade hat jemand anderes gespeichert."))
            else:
                told.append(f"{words}: {refusal_sentence(one, language())}")
        return "\n".join(told)

    def _problem(self, place: CellPlace) -> str | None:
        """Judged once for each text: a pasted table has thousands of cells."""
        judged = self._own.setdefault("judged", {})
        key = (self._fields[place].typed, self.seen(place), language(), today(), store().change_number(Indicator.kind))
        if judged.get(place, (None, None))[0] != key:
            judged[place] = (key, self._judge(place))
        found: str | None = judged[place][1]
        return found

    def _judge(self, place: CellPlace) -> str | None:
        indicator = plan.records(Indicator).get(place[0])
        if indicator is None:
            return _("{zelle}: Diesen Indikator gibt es nicht mehr.", zelle=place_words(place))
        try:
            value = self._read(place)
            if value is None:
                words = _("Ein gespeicherter Wert wird hier nicht gelöscht. Bitte schreiben Sie ihn wieder hinein.")
                return f"{place_words(place)}: {words}"
            entry = self._entry(place, value, None)
            names = ("indicator_id", "period_start", "period_end", "period_kind", "value")
            reading = Reading(id=entry.reading_id, **{name: getattr(entry, name) for name in names})
            check_observation(indicator, reading, today())
        except Refusal as refusal:
            return f"{place_words(place)}: {refusal_sentence(refusal, language())}"
        return None

    def _entry(self, place: CellPlace, value: float, source: str | None) -> BulkEntry:
        seen, span = self.seen(place), span_of(place)
        named, note = self._own["extras"].get(_BETWEEN.join(place), (None, None))
        new = not seen.version
        identifier = seen.reading_id or _new_id(place, span.start, self._own["token"])
        return BulkEntry(identifier, place[0], *span, value, seen.version, named or (source if new else None), note)

    def _doubtful(self) -> list[str]:
        return [f"{_BETWEEN.join(place)}={self._fields[place].typed}" for place in self.doubts()]


grid_draft.GRIDS[STATE] = BulkDraft


def the_draft() -> BulkDraft:
    """The session's grid of values."""
    return BulkDraft(ONE)


@plan.remember(Reading.kind)
def seen_of(indicator_id: str) -> dict[str, SeenReading]:
    """The stored readings of an indicator, newest vintage of each period, by period; one that waits for its release
    stands in the place of the released one, because it is what a further value would follow."""
    entries = {entry.record.id: entry for entry in plan.readings(indicator_id)}
    waiting = [found.entry for found in plan.pending() if found.reading.indicator_id == indicator_id]
    entries |= {entry.record.id: entry for entry in waiting}
    series, _older = vintages(entries.values())
    return {
        place_of(indicator_id, _span(each))[1]: SeenReading(each.id, entries[each.id].version, each.value)
        for each in series
    }


def place_of(indicator_id: str, span: PastePeriod) -> CellPlace:
    """The cell of an indicator and a period."""
    return indicator_id, _BETWEEN.join((span.start.isoformat(), span.end.isoformat(), span.kind.value))


def span_of(place: CellPlace) -> PastePeriod:
    """The period of a cell."""
    start, end, kind = place[1].split(_BETWEEN)
    return PastePeriod(date.fromisoformat(start), date.fromisoformat(end), PeriodKind(kind))


def span_words(span: PastePeriod) -> str:
    """A period as it is read."""
    return period(*span, language())


def place_words(place: CellPlace) -> str:
    """A cell as a sentence names it: indicator and period."""
    indicator = plan.records(Indicator).get(place[0])
    return f"{name_of(indicator) if indicator else place[0]}, {span_words(span_of(place))}"


def _span(reading: Reading) -> PastePeriod:
    return PastePeriod(reading.period_start, reading.period_end, reading.period_kind)


def _new_id(place: CellPlace, start: date, token: str) -> str:
    told = hashlib.sha256(_BETWEEN.join(place).encode()).hexdigest()[:6]
    return f"R-{place[0][:40]}-{start.isoformat()}-{token}{told}"


def _run_before(place: CellPlace) -> list[float]:
    """The stored values before a cell's period since the last break, oldest first."""
    entries: list[Recorded[Reading]] = plan.readings(place[0])
    start, run = span_of(place).start, list[float]()
    for each in vintages(entries)[0]:
        if each.period_end < start:
            run = [each.value] if each.break_before else [*run, each.value]
    return run


def _last_author(reading_id: str) -> str:
    found = plan.history(Reading.kind, reading_id)[:1] if reading_id else []
    return shown(found[0].change.recorded_by) if found else ""
