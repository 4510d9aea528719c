"""A frozen paper on the wall: of a public sitting what the public may see, of any other the whole."""

from __future__ import annotations

from metrics.papers.html import offline_html
from metrics.papers.model import Paper
from metrics.papers.public import for_public
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.sittings import frozen_paper


def on_the_wall(paper: Paper) -> Paper:
    """What of a paper may be seen in the room: the public variant where everybody may sit in it."""
    return for_public(paper) if paper.head.public else paper


def presentation(store: Store, snapshot_id: str, *, by: Person) -> bytes:
    """The presentation of a snapshot, one HTML file; the same as in its package. Raises what `frozen_paper` raises."""
    return offline_html(on_the_wall(frozen_paper(store, snapshot_id, by=by)[1]))
