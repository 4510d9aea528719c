"""A writer that is meant to be killed: stores events and says so only after each is stored."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.generate import MOMENT
from metrics.domain.context import Event, EventKind
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record


def write_until_killed(path: Path, turn: str, told: int) -> None:
    """Add one event after the other; each line written to the file descriptor `told` is the id of a stored one."""
    store = Store.open(path, MOMENT)
    os.write(told, b"ready\n")
    for number in range(100_000):
        event = Event(id=f"E-{turn}-{number}", title="Messung", event_kind=EventKind.milestone, happened_on="2026-11")
        add_record(store, event, by=Person("Messung", Role.administration), at=MOMENT)
        os.write(told, f"{event.id}\n".encode())
