"""Which version of a value counts: the newest released one, while drafts and returned versions wait beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from metrics.domain.history import Recorded
from metrics.domain.indicators import Reading, ReadingState


@dataclass(frozen=True, slots=True)
class Pending:
    """A value that waits: its newest version, the one that counts meanwhile, who entered it and who acted last.

    `entered_by` wrote the newest draft, `step_by` the newest version; names are the ledger's, moments are UTC (naive).
    """

    entry: Recorded[Reading]
    released: Reading | None
    entered_by: str
    entered_at: datetime
    entered_because: str | None
    step_by: str
    step_at: datetime
    step_because: str | None

    @property
    def reading(self) -> Reading:
        """What stands in the newest version."""
        return self.entry.record

    @property
    def returned_because(self) -> str | None:
        """Why it was returned; None unless it is."""
        return self.step_because if self.reading.state is ReadingState.returned else None


def in_force(versions: Iterable[Recorded[Reading]]) -> Recorded[Reading] | None:
    """The version that counts, of all of one value's, oldest first; None if none was released or it was withdrawn.

    What was withdrawn counts again only once a later version is released.
    """
    settled = [each for each in versions if each.withdrawn or each.record.state is ReadingState.released]
    return settled[-1] if settled and not settled[-1].withdrawn else None


def same_content(one: Reading, other: Reading) -> bool:
    """Whether two versions say the same, whatever their states."""
    return one.model_copy(update={"state": other.state}) == other
