"""Hand over what a function is in charge of: all of it or parts, with one reason, in one change of the ledger.

Where the function stays and the person goes, nothing changes in the plan: the account's functions move to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from metrics.domain.history import Change
from metrics.domain.ownership import CHARGE_TYPES, Charge, charges_of, handed_over, same_function
from metrics.domain.people import Account, holds
from metrics.domain.refusals import (
    FunctionsNotMoved,
    HandedToItself,
    HandoverNeedsReason,
    NothingToHandOver,
    OwnersChangedMeanwhile,
    RecordNotFound,
)
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.checking import check_owned

MOST_HANDOVERS = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A record that a function is in charge of, in the version that was seen."""

    record: Charge
    version: int


@dataclass(frozen=True, slots=True)
class Handed:
    """A line of a handover's protocol."""

    kind: str
    id: str
    version: int
    title: str
    owner_before: str | None
    owner_after: str | None
    deputy_before: str | None
    deputy_after: str | None


def charges_with_versions(store: Store, function: str, *, by: Person) -> list[Held]:
    """What a function is in charge of, as owner first, then as deputy; what is over stands last. Raises NotAllowed."""
    require(by, Right.read_plan)
    entries = [entry for kind in CHARGE_TYPES for entry in store.current(kind.kind)]
    versions = {(entry.record.kind, entry.record.id): entry.version for entry in entries}
    found = charges_of(function, [cast(Charge, entry.record) for entry in entries])
    return [Held(one, versions[one.kind, one.id]) for one in found]


def hand_over(
    store: Store,
    seen: Mapping[tuple[str, str], int],
    function: str,
    new_function: str,
    new_deputy: str | None = None,
    *,
    by: Person,
    at: datetime,
    reason: str | None,
) -> int:
    """Put a new function in every place of a function in the chosen records, and return the number of the change.

    `seen`: (kind, id) to the version that was looked at; all of them or none. `new_deputy` takes the deputy's place
    where the function was the owner. Raises NotAllowed, HandoverNeedsReason, HandedToItself, NothingToHandOver,
    OwnersChangedMeanwhile, and what `check_owned` raises.
    """
    require(by, Right.edit_plan)
    if not (reason or "").strip():
        raise HandoverNeedsReason(function=function)
    if same_function(function, new_function):
        raise HandedToItself(function=function)
    with store.change(by=by.name, at=at, action="hand_over", reason=reason) as writing:
        changed: list[tuple[Charge, int]] = []
        for (kind, identifier), version in sorted(seen.items()):
            before = _as_seen(store, kind, identifier, version)
            after = handed_over(before, function, new_function, new_deputy)
            check_owned(after, before)
            if after != before:
                changed.append((after, version))
        if not changed:
            raise NothingToHandOver(function=function)
        writing.write_all([], changed)
        return writing.change.number


def move_functions(store: Store, from_account: str, to_account: str, *, by: Person) -> tuple[str, ...]:
    """Move every function of an account to another one, and return those that moved. The plan stays as it is.

    Raises NotAllowed, RecordNotFound, FunctionsNotMoved, SomebodyElseWasFaster.
    """
    require(by, Right.manage_people)
    giving, taking = _account(store, from_account), _account(store, to_account)
    if giving.id == taking.id or not giving.functions:
        raise FunctionsNotMoved(title=giving.name)
    new = tuple(one for one in giving.functions if not holds(taking.functions, one))
    store.register.put_all(
        [
            (taking.model_copy(update={"functions": (*taking.functions, *new)}), taking.version),
            (giving.model_copy(update={"functions": ()}), giving.version),
        ]
    )
    return giving.functions


def handovers(store: Store, most: int = MOST_HANDOVERS, *, by: Person) -> list[tuple[Change, int]]:
    """The handovers there were, newest first, with how many records each wrote. Raises NotAllowed."""
    require(by, Right.read_plan)
    rows = store.connection.rows("handovers", {"most": most})
    return [(_change(row), int(row["records"])) for row in rows]


def protocol(store: Store, change_number: int, *, by: Person) -> list[Handed]:
    """What a handover changed, line by line; empty if the change was none. Raises NotAllowed."""
    require(by, Right.read_plan)
    return [Handed(**row) for row in store.connection.rows("owners_of_change", {"change_no": change_number})]


def _as_seen(store: Store, kind: str, identifier: str, version: int) -> Charge:
    versions = store.versions(kind, identifier)
    if not versions:
        raise RecordNotFound(kind=kind, id=identifier)
    newest = versions[-1]
    record = cast(Charge, newest.record)
    if newest.version != version or newest.withdrawn:
        looked_at = next((cast(Charge, one.record) for one in versions if one.version == version), record)
        told = {"title": record.title, "expected": version, "actual": newest.version}
        told |= {"seen": _both(looked_at), "found": "–" if newest.withdrawn else _both(record)}
        raise OwnersChangedMeanwhile(kind=kind, id=identifier, **told)
    return record


def _both(record: Charge) -> str:
    return f"{record.owner or '–'} / {record.deputy or '–'}"


def _account(store: Store, identifier: str) -> Account:
    found = store.register.find(Account, identifier)
    if found is None:
        raise RecordNotFound(kind=Account.kind, id=identifier)
    return found


def _change(row: Mapping[str, Any]) -> Change:
    return Change(row["change_no"], row["recorded_at"], row["recorded_by"], row["action"], row["reason"])
