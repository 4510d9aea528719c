"""Who may do what. Every use case that writes asks here first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from metrics.domain.refusals import NotAllowed


class Role(StrEnum):
    """The roles of an office and of those it shows its plan to."""

    leadership = "leadership"
    staff = "staff"
    data_steward = "data_steward"
    research_partner = "research_partner"
    committee = "committee"
    administration = "administration"


class Right(StrEnum):
    """What a role may allow."""

    read_plan = "read_plan"
    read_confidential = "read_confidential"
    record_readings = "record_readings"
    edit_plan = "edit_plan"
    moderate_rounds = "moderate_rounds"
    decide_priorities = "decide_priorities"
    exchange_plan = "exchange_plan"
    operate = "operate"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.leadership: frozenset(Right) - {Right.operate},
    Role.staff: frozenset(
        {Right.read_plan, Right.read_confidential, Right.record_readings, Right.edit_plan, Right.moderate_rounds}
    ),
    Role.data_steward: frozenset({Right.read_plan, Right.record_readings, Right.exchange_plan}),
    Role.research_partner: frozenset({Right.read_plan}),
    Role.committee: frozenset({Right.read_plan}),
    Role.administration: frozenset(Right),
}
"""Rights that are not listed are refused."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: a name for the ledger (a role or pseudonym is enough) and the role that carries the rights."""

    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role carries the right."""
        return right in RIGHTS[self.role]


def require(person: Person, right: Right) -> None:
    """Raise NotAllowed unless the person's role carries the right."""
    if not person.may(right):
        raise NotAllowed(right=right.value, role=person.role.value)
