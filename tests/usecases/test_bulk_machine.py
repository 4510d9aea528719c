"""Typing, saving, others' writes, repeated and lost messages in any order: nothing is lost, doubled or overwritten.

The rules play the pages: a draft per person with the version that each cell was read at, kept and taken up again as a
session does. The model is a plain table of what must be stored.
"""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from metrics.domain.indicators import PeriodKind, Reading
from metrics.domain.refusals import BulkRefused
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.bulk_recording import BulkEntry, record_many
from metrics.usecases.planning import add_record
from tests.plan import an_indicator

AT, TODAY = datetime(2026, 11, 24, 9, 0), date(2026, 11, 24)
PEOPLE = (Person("Amt", Role.administration), Person("Frau B.", Role.administration))
CELLS = [(indicator, year) for indicator in ("I-A", "I-B") for year in (2023, 2024)]
cells, people = st.sampled_from(CELLS), st.sampled_from(PEOPLE)
numbers = st.integers(0, 4).map(float)


class Grids(RuleBasedStateMachine):
    """Two people with a grid each on the same cells."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self._folder.name) / "plan.duckdb", AT, create=True)
        for indicator in ("I-A", "I-B"):
            add_record(self.store, an_indicator(id=indicator, goal_ids=()), by=PEOPLE[0], at=AT)
        self.expected: dict[tuple[str, int], float] = {}
        self.writes = 0
        self.tokens = itertools.count(1)
        self.drafts: dict[str, dict[tuple[str, int], BulkEntry]] = {each.name: {} for each in PEOPLE}
        self.sent: dict[str, list[list[BulkEntry]]] = {each.name: [] for each in PEOPLE}
        self.token = {each.name: next(self.tokens) for each in PEOPLE}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def present(self, cell: tuple[str, int]) -> tuple[str, int, float | None]:
        for one in self.store.current("reading"):
            record = one.record
            assert isinstance(record, Reading)
            if (record.indicator_id, record.period_start.year) == cell:
                return record.id, one.version, record.value
        return "", 0, None

    @initialize(cell=cells, value=numbers)
    def one_is_stored(self, cell: tuple[str, int], value: float) -> None:
        self.types(PEOPLE[1], cell, value)
        self.saves(PEOPLE[1])

    @rule(who=people, cell=cells, value=numbers)
    def types(self, who: Person, cell: tuple[str, int], value: float) -> None:
        """A first key notes what is there; further ones change the number alone."""
        draft = self.drafts[who.name]
        if cell in draft:
            draft[cell] = replace(draft[cell], value=value)
            return
        identifier, version, _value = self.present(cell)
        own = f"R-{cell[0]}-{cell[1]}-{who.name[:1]}{self.token[who.name]}"
        first, last = date(cell[1], 1, 1), date(cell[1], 12, 31)
        draft[cell] = BulkEntry(identifier or own, cell[0], first, last, PeriodKind.year, value, version)

    @rule(who=people)
    def saves(self, who: Person) -> None:
        """The button; what is stored counts as read, what somebody else wrote first is told cell by cell."""
        draft = self.drafts[who.name]
        entries = list(draft.values())
        stale = {cell for cell, entry in draft.items() if self._is_stale(cell, entry)}
        self.sent[who.name].append(entries)
        try:
            told = record_many(self.store, entries, by=who, at=AT, today=TODAY, reason="Probe")
        except BulkRefused as refused:
            cells_told = {list(draft)[one.entry] for one in refused.data["refused"]}
            assert cells_told == stale
            return
        assert not stale  # nobody is overwritten without being asked
        changed = {cell: entry.value for cell, entry in draft.items() if self.expected.get(cell) != entry.value}
        assert told.new + told.corrected == len(changed)
        self.writes += len(changed)
        self.expected |= changed
        self.drafts[who.name] = {}
        self.token[who.name] = next(self.tokens)

    @rule(who=people, which=st.integers(0, 3))
    def a_message_comes_once_more(self, who: Person, which: int) -> None:
        """A second click, or a message sent again after the line was cut: of what was stored nothing changes."""
        if which >= len(self.sent[who.name]):
            return
        entries = self.sent[who.name][-1 - which]
        if any(self._is_stale(self._cell(one), one) for one in entries):
            number = self.store.change_number()
            try:
                record_many(self.store, entries, by=who, at=AT, today=TODAY, reason="Probe")
            except BulkRefused:
                assert self.store.change_number() == number
                return
            raise AssertionError("somebody was overwritten")
        told = record_many(self.store, entries, by=who, at=AT, today=TODAY, reason="Probe")
        fresh = {self._cell(one): one.value for one in entries if self.expected.get(self._cell(one)) != one.value}
        assert told.new + told.corrected == len(fresh)
        self.writes += len(fresh)
        self.expected |= fresh

    @rule(who=people, cell=cells, mine=st.booleans())
    def settles(self, who: Person, cell: tuple[str, int], mine: bool) -> None:
        """Of two values the own one is kept on top of the other, or given up."""
        entry = self.drafts[who.name].get(cell)
        if entry is None or not self._is_stale(cell, entry):
            return
        identifier, version, _value = self.present(cell)
        if mine:
            self.drafts[who.name][cell] = replace(entry, reading_id=identifier, version=version)
        else:
            del self.drafts[who.name][cell]

    @rule(who=people)
    def discards(self, who: Person) -> None:
        self.drafts[who.name] = {}

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        found = [one.record for one in self.store.current("reading")]
        stored = {(one.indicator_id, one.period_start.year): one.value for one in found if isinstance(one, Reading)}
        assert stored == self.expected
        assert len(found) == len(stored)  # nothing is there twice
        assert sum(one.version for one in self.store.current("reading")) == self.writes  # and nothing is lost

    def _cell(self, entry: BulkEntry) -> tuple[str, int]:
        return entry.indicator_id, entry.period_start.year

    def _is_stale(self, cell: tuple[str, int], entry: BulkEntry) -> bool:
        """Whether the cell was written since the entry read it, and not just so by this very entry."""
        identifier, version, value = self.present(cell)
        if identifier == entry.reading_id:
            return version != entry.version and value != entry.value
        return bool(identifier)  # somebody else's new reading stands there


TestGrids = Grids.TestCase
TestGrids.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
