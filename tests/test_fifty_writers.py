"""Fifty people edit the same plan at once, on the real server, at the level of the framework's own messages."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.server import running_server
from benchmarks.writers import at_work, differences
from metrics.domain.context import Event, Organisation
from metrics.store.ledger import Store
from metrics.usecases.founding import found_store
from tests.conftest import NOW

DEMO = Path(__file__).parents[1] / "data" / "demo" / "plan.json"
WRITERS, EDITS, RECORDS = 50, 4, 25
"""A round of 200 edits; `python -m benchmarks writers` counts the same over 1,000 and times the saving."""


def test_fifty_writers_lose_nothing_double_nothing_and_see_every_conflict(tmp_path: Path) -> None:
    database = tmp_path / "plan.duckdb"
    store = found_store(database, DEMO, NOW)
    records = [f"{one.kind}:{one.id}" for one in (*store.records(Organisation), *store.records(Event))][:RECORDS]
    store.close()

    with running_server(database) as server:
        people = asyncio.run(at_work(server.port, records, writers=WRITERS, edits=EDITS))

    assert [fault for person in people for fault in person.faults] == []
    assert [len(person.stored) for person in people] == [EDITS] * WRITERS
    assert differences(database, people, NOW) == Counter()
    with closing(Store.open(database, NOW)) as store:
        changes = [entry for entry in store.history(most=5_000) if entry.change.action.startswith("revise_")]
    assert len(changes) == WRITERS * EDITS
    # Two share each record, so somebody must have been faster at times: a run without conflicts has tested nothing.
    assert sum(person.conflicts for person in people) > 0
