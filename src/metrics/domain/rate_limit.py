"""How often something may be done: at most so many times within a span that slides along with time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within `within`: the span reaches back from each moment and does not hold its own start."""

    most: int
    within: timedelta

    def recent(self, moments: Iterable[datetime], now: datetime) -> list[datetime]:
        """The moments that still count, the oldest first; one after now counts too: a clock set back frees nobody."""
        return sorted(moment for moment in moments if now - moment < self.within)

    def free_at(self, moments: Iterable[datetime], now: datetime) -> datetime | None:
        """When one more is allowed; None if now."""
        counting = self.recent(moments, now)
        return counting[-self.most] + self.within if len(counting) >= self.most else None
