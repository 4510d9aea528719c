"""A draft in one step."""

from __future__ import annotations

from datetime import date, datetime

from metrics.domain.committee import Sitting
from metrics.papers.model import Paper
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.sittings import draft_paper, plan_to_draft_from


def drafted(store: Store, sitting: Sitting, *, by: Person, at: datetime, today: date) -> Paper:
    """The paper of a sitting as it would be frozen now."""
    return draft_paper(store, sitting, plan_to_draft_from(store, by=by, at=at, today=today), by=by)
