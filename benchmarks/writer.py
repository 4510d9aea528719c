"""A writer that is meant to be killed: stores events and says so only after each is stored."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.generate import MOMENT
from metrics.domain.context import Event, EventKind
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record


def write_until_killed(path: Path, turn: str) -> None:
    """Add one event after the other; each line printed is the id of one that is stored."""
    store = Store.open(path, MOMENT)
    print("ready", flush=True)
    for number in range(100_000):
        event = Event(id=f"E-{turn}-{number}", title="Messung", event_kind=EventKind.milestone, happened_on="2026-11")
        add_record(store, event, by=Person("Messung", Role.administration), at=MOMENT)
        print(event.id, flush=True)


if __name__ == "__main__":
    write_until_killed(Path(sys.argv[1]), sys.argv[2])
