"""Changed copies of records, and the whole months of a span: what every part of a scenario needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, TypeVar

from metrics.domain.base import Record, Value, partial_date_bounds
from metrics.domain.periods import bounds, later, month_of

V = TypeVar("V", bound=Value)
R = TypeVar("R", bound=Record)

LONGEST_ID = 80
LAST_MONTH = "2099-12"
"""The last month that can be written as a period."""


def changed(value: V, **over: Any) -> V:
    """A copy with other fields, held to the rules of its model; the very same value if nothing differs.

    Raises pydantic's ValidationError. A plain `model_copy` would keep what the old value has computed of itself.
    """
    if all(getattr(value, name) == new for name, new in over.items()):
        return value
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return type(value)(**fields | over)


def replaced(records: tuple[R, ...], after: Mapping[str, R | None], new: Sequence[R] = ()) -> tuple[R, ...]:
    """The records in their order, some replaced or (None) left out, by id; new ones at the end."""
    kept = (after.get(record.id, record) for record in records)
    return (*(record for record in kept if record is not None), *new)


def with_fresh_ids(records: Iterable[R], taken: Iterable[str]) -> list[R]:
    """The records under ids that nobody has: their own, and a number behind it."""
    known, named = set(taken), []
    for record in records:
        endings = (f"-T{number}" for number in count(2))
        fresh = next(one for end in endings if (one := record.id[: LONGEST_ID - len(end)] + end) not in known)
        known.add(fresh)
        named.append(changed(record, id=fresh))
    return named


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Whole months from the first to the last, both included; None: from the beginning, or for good."""

    first: str | None = None
    last: str | None = None

    @staticmethod
    def of(starts: str | None, until: str | None) -> MonthSpan:
        """The months that lie wholly within two partial dates; one that is under way is let go as it is."""
        last = last_whole_month(partial_date_bounds(until)[1]) if until else None
        return MonthSpan(
            first_whole_month(partial_date_bounds(starts)[0]) if starts else None,
            min(last, LAST_MONTH) if last else None,
        )

    def holds(self, month: str) -> bool:
        """Whether a month lies within the span."""
        return not ((self.first and month < self.first) or (self.last and month > self.last))


def first_whole_month(day: date) -> str:
    """The first month that does not begin before a day."""
    return month_of(day) if day.day == 1 else later(month_of(day), 1)


def last_whole_month(day: date) -> str:
    """The last month that does not end after a day."""
    month = month_of(day)
    return month if bounds(month)[1] == day else later(month, -1)
