"""Fifty people edit the same plan at once, on the real server, at the level of the framework's own messages."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from benchmarks.server import running_server
from benchmarks.writers import at_work
from metrics.domain.context import Event, Organisation
from metrics.store.ledger import Store
from metrics.usecases.founding import found_store
from tests.conftest import NOW

DEMO = Path(__file__).parents[1] / "data" / "demo" / "plan.json"
WRITERS, EDITS, RECORDS = 50, 20, 25


def test_fifty_writers_lose_nothing_double_nothing_and_see_every_conflict(tmp_path: Path) -> None:
    database = tmp_path / "plan.duckdb"
    store = found_store(database, DEMO, NOW)
    plan = [*store.records(Organisation), *store.records(Event)]
    records = [(one.kind, one.id) for one in plan][:RECORDS]
    store.close()

    with running_server(database) as server:
        addresses = [f"{kind}:{one}" for kind, one in records]
        people = asyncio.run(at_work(server.port, addresses, writers=WRITERS, edits=EDITS))

    assert [fault for person in people for fault in person.faults] == []
    told = Counter(entry for person in people for entry in person.stored)
    store = Store.open(database, NOW)
    found: Counter[tuple[str, str]] = Counter()
    for kind, one in records:
        versions = [entry.record for entry in store.versions(kind, one)]
        found.update((f"{kind}:{one}", str(version.note)) for version in versions[1:])
    changes = [entry for entry in store.history(most=5_000) if entry.change.action.startswith("revise_")]
    store.close()
    assert len(told) == WRITERS * EDITS
    assert found == told
    assert len(changes) == WRITERS * EDITS
    # Two share each record, so somebody must have been faster at times: a run without conflicts has tested nothing.
    assert sum(person.conflicts for person in people) > 0
