"""The ledger's vocabulary: every change is a new version of a record, with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from metrics.domain.base import Record

RecordT = TypeVar("RecordT", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Change:
    """One act of writing: its number in the ledger, when (UTC, naive), by whom, what for and why."""

    number: int
    recorded_at: datetime
    recorded_by: str
    action: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Recorded(Generic[RecordT]):
    """A record as one version of the ledger holds it; `withdrawn` versions end a record without deleting it."""

    record: RecordT
    version: int
    change_number: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: which version of which record a change wrote."""

    change: Change
    kind: str
    id: str
    version: int
    withdrawn: bool
    title: str | None
