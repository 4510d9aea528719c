"""Open the office's store, or found it with the demo plan where there is none yet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from metrics.exchange.plan_file import read_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.exchanging import import_plan

FOUNDER = Person("Zukunftsplan", Role.administration)
ANY_DAY = date.max
"""The demo plan comes with the program, and its readings are past: a machine whose clock is slow may show it too."""


def open_store(path: Path, at: datetime, *, create: bool = False) -> Store:
    """Open an existing store, or an empty new one if asked to; raises the refusals named `Database…`."""
    return Store.open(path, at, create=create)


def found_store(path: Path, demo_plan: Path, at: datetime) -> Store:
    """Create the store with the demo plan in it. `at` is naive UTC; a new store that cannot be filled is removed."""
    document = read_plan(demo_plan.read_text(encoding="utf-8"))
    is_new = not path.exists()
    store = Store.open(path, at, create=True)
    try:
        import_plan(store, document, by=FOUNDER, at=at, today=ANY_DAY, reason="Vorführplan")
    except BaseException:
        store.close()
        if is_new:
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".wal").unlink(missing_ok=True)
        raise
    return store
