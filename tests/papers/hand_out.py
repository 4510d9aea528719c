"""`python -m tests.papers.hand_out STORE MASTER`: all that is handed out of a stored snapshot, as SHA-256 and name.

The process has the seed, the time zone, the folder and the day that whoever starts it gives it; it tells the day.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from metrics.papers.licences import Licence
from metrics.papers.model import Paper
from metrics.papers.modes import TEMPLATE, Mode
from metrics.store.ledger import Store
from metrics.store.snapshots import Snapshot, checksum
from metrics.usecases.access import Person, Role
from metrics.usecases.packaging import blocks_to_copy, make_package, make_site, zipped
from metrics.usecases.sittings import frozen_paper

TAKEN = datetime(2026, 11, 24, 9, 30)
OFFICE = Person("Amt", Role.administration)


def handed_out(store: Store, snapshot_id: str, goal_id: str, master: bytes) -> Iterator[tuple[str, bytes]]:
    """Each file of each package, each archive, each page of the site, each text block."""
    for mode in Mode:
        for public in (False, True):
            told = f"{mode.value} {'public' if public else 'whole'}"
            asked = {"by": OFFICE, "mode": mode, "goal_id": goal_id, "public": public}
            package = make_package(store, snapshot_id, **asked)  # type: ignore[arg-type]
            yield from ((f"{told} {name}", content) for name, content in package.files.items())
            yield f"{told} zip", zipped(package)
            for register, text in blocks_to_copy(store, snapshot_id, **asked).items():  # type: ignore[arg-type]
                yield f"{told} {register}", text.encode()
    package = make_package(store, snapshot_id, by=OFFICE, master=master)
    yield from ((f"on a master {name}", content) for name, content in package.files.items() if name.endswith(".pptx"))
    for licence in Licence:
        site = make_site(store, snapshot_id, by=OFFICE, licence=licence)
        yield from ((f"site {licence.name} {name}", content) for name, content in site.files.items())
        yield f"site {licence.name} zip", zipped(site)


def kept_in(store: Store, paper: Paper) -> Snapshot:
    """A snapshot with this paper, as freezing keeps it."""
    content = paper.model_dump_json()
    change = paper.basis.change_number
    snapshot = Snapshot("", "SI-1", 1, TAKEN, OFFICE.name, change, TEMPLATE, checksum(content))
    return store.snapshots.add(snapshot, content)


def main(database: Path, master: Path) -> None:
    """Tell what comes out of the only snapshot of a store."""
    with closing(Store.open(database, datetime.now(UTC).replace(tzinfo=None))) as store:
        (snapshot,) = store.snapshots.all()
        goal_id = frozen_paper(store, snapshot.id, by=OFFICE)[1].goals[0].id
        for name, made in handed_out(store, snapshot.id, goal_id, master.read_bytes()):
            print(hashlib.sha256(made).hexdigest(), name)
        print(date.today().isoformat(), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
