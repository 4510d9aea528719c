"""A round on the demo plan as the pages' tests need it: opened, and filled in by a seat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from metrics.domain.priorities import Score
from metrics.store.ledger import Store
from metrics.usecases.rating import rate
from metrics.usecases.rounds import Call, Opened, open_round
from tests.pages.conftest import TODAY
from tests.pages.hostile import OFFICE

AT, NOW = datetime(2026, 11, 24, 9, 0), date.fromisoformat(TODAY)
DEMO = "PR-2026"
CODES = ("KR-1", "KR-2", "KR-3", "KR-5", "KR-4")


def opened(store: Store, *measure_ids: str, **over: Any) -> Opened:
    """An open round on the demo's criteria: two of the office, one from politics."""
    fields: dict[str, Any] = {
        "id": "PR-X",
        "title": "Was gehen wir 2027 zuerst an?",
        "deadline": date(2026, 12, 15),
        "measure_ids": measure_ids or ("M-15", "M-16"),
        "criteria_set_id": "KS-1",
        "seats": {"BG-AMT": 2, "BG-POL": 1},
    }
    return open_round(store, Call(**fields | over), by=OFFICE, at=AT, today=NOW)


def fill(store: Store, code: str, value: float, *measure_ids: str) -> None:
    """A seat gives the same score everywhere."""
    for measure_id in measure_ids or ("M-15", "M-16"):
        rate(store, code, measure_id, {one: Score(code=one, value=value) for one in CODES}, at=AT, today=NOW)
