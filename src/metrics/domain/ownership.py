"""Who is in charge: what needs an owner and a deputy, where one is lacking, and how a function is handed over.

Owners and deputies are functions ("Statistikstelle"), never persons. What is asked here is asked of records: nobody
and no function is rated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from metrics.domain.base import Record
from metrics.domain.committee import FollowUp
from metrics.domain.goals import Goal, GoalState
from metrics.domain.indicators import Indicator, IndicatorState
from metrics.domain.living_labs import LabPhase, LivingLab
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.people import Account, holds, responsible
from metrics.domain.plausibility import Doubt
from metrics.domain.upkeep import Contribution, ContributionState

Owned: TypeAlias = Goal | Measure | Indicator | LivingLab
"""What needs an owner and a deputy while it is active."""
OWNED_TYPES: tuple[type[Owned], ...] = (Goal, Measure, Indicator, LivingLab)
Charge: TypeAlias = Owned | Contribution | FollowUp
"""What a function can be in charge of."""
CHARGE_TYPES: tuple[type[Charge], ...] = (*OWNED_TYPES, Contribution, FollowUp)

ACTIVE_GOAL_STATES = frozenset({GoalState.active})
ACTIVE_MEASURE_STATES = frozenset({MeasureState.running, MeasureState.paused})
"""A paused measure is what is forgotten first, so somebody keeps it in view."""
ACTIVE_INDICATOR_STATES = frozenset({IndicatorState.active})
LAB_PHASES_OVER = frozenset({LabPhase.ended, LabPhase.continued})
"""A lab that is continued lives on in its successor, which has an owner of its own."""
SOON = timedelta(days=60)
"""So long before somebody leaves it is told what nobody else would hold."""


class Orphaned(StrEnum):
    """Why nobody, or nobody else, sees to a record; the worst first."""

    no_owner = "no_owner"
    owner_unheld = "owner_unheld"
    everybody_away = "everybody_away"
    no_deputy = "no_deputy"
    deputy_is_owner = "deputy_is_owner"
    deputy_unheld = "deputy_unheld"


def is_active(record: Record) -> bool:
    """Whether a record needs an owner and a deputy now."""
    if isinstance(record, Goal):
        return record.state in ACTIVE_GOAL_STATES
    if isinstance(record, Measure):
        return record.state in ACTIVE_MEASURE_STATES
    if isinstance(record, Indicator):
        return record.state in ACTIVE_INDICATOR_STATES
    return isinstance(record, LivingLab) and record.phase not in LAB_PHASES_OVER


def is_over(record: Record) -> bool:
    """Whether nobody works on a record any more, so that it stays with whoever had it."""
    if isinstance(record, Goal | Measure):
        return record.ended
    if isinstance(record, Indicator):
        return record.state is IndicatorState.replaced
    if isinstance(record, LivingLab):
        return record.phase in LAB_PHASES_OVER
    if isinstance(record, FollowUp):
        return record.settled
    return isinstance(record, Contribution) and record.state is not ContributionState.open


def lacks(record: Owned) -> tuple[Orphaned, ...]:
    """What a record lacks by itself, whoever holds which function: an owner, a deputy, a deputy who is another."""
    found = [] if record.owner else [Orphaned.no_owner]
    if not record.deputy:
        found.append(Orphaned.no_deputy)
    elif same_function(record.owner, record.deputy):
        found.append(Orphaned.deputy_is_owner)
    return tuple(found)


def would_lack(record: Record, before: Record | None) -> tuple[Orphaned, ...]:
    """What a change must not leave lacking: all that a record lacks which becomes active, else what it lacks anew.

    `before`: the record as it stood, None if there was none or it was withdrawn. A record that has been active without
    an owner all along may be edited otherwise: who mends a typing error need not know whom to name.
    """
    if not isinstance(record, Goal | Measure | Indicator | LivingLab) or not is_active(record):
        return ()
    found = lacks(record)
    if type(before) is not type(record) or not isinstance(before, Goal | Measure | Indicator | LivingLab):
        return found
    if not is_active(before):
        return found
    had = {_field(one) for one in lacks(before)}
    return tuple(one for one in found if _field(one) not in had)


def doubts_about_owners(record: Record) -> tuple[Doubt, ...]:
    """What an active record that arrives in a plan file lacks: told and not refused, for real plans lack it."""
    if not isinstance(record, Goal | Measure | Indicator | LivingLab) or not is_active(record):
        return ()
    found = lacks(record)
    if not found:
        return ()
    if Orphaned.no_owner in found:
        return (Doubt("no_owner_and_deputy") if len(found) > 1 else Doubt("no_owner"),)
    return (Doubt("no_deputy") if Orphaned.no_deputy in found else Doubt("deputy_is_owner"),)


def orphaned(record: Owned, accounts: Sequence[Account], today: date) -> tuple[Orphaned, ...]:
    """Why nobody, or nobody else, sees to an active record today, the worst first; empty if all is well.

    Without accounts only the record's own fields can lack something.
    """
    found = list(lacks(record))
    if accounts and record.owner:
        if not _held(accounts, record.owner, today):
            found.append(Orphaned.owner_unheld)
        elif responsible(accounts, record.owner, record.deputy, today).orphaned:
            found.append(Orphaned.everybody_away)
    if accounts and record.deputy and not _held(accounts, record.deputy, today):
        found.append(Orphaned.deputy_unheld)
    return tuple(sorted(found, key=list(Orphaned).index))


def rhythm_days(record: Owned) -> int | None:
    """Days in which something should move: a measure's and indicator's own rhythm, a goal's year, a lab's half-year.

    None where nothing is ever due.
    """
    if isinstance(record, Measure):
        return record.status_rhythm.days
    if isinstance(record, Indicator):
        return record.rhythm.days
    return 366 if isinstance(record, Goal) else 184


def asleep(record: Owned, last_moved: date, today: date) -> int | None:
    """Days since anything moved, if that is longer than twice the rhythm; else None."""
    days, rhythm = (today - last_moved).days, rhythm_days(record)
    return days if rhythm is not None and days > 2 * rhythm else None


def is_held(accounts: Sequence[Account], function: str | None, today: date) -> bool:
    """Whether a function is named and somebody who works here holds it; without accounts being named is enough."""
    return function is not None and (not accounts or _held(accounts, function, today))


# --- handing over -----------------------------------------------------------------------------------------------------


def same_function(one: str | None, other: str | None) -> bool:
    """Whether two fields name the same function; capitals and spaces apart."""
    return one is not None and holds((one,), other)


def charges_of(function: str, records: Iterable[Charge]) -> list[Charge]:
    """The records that name a function as owner or deputy, as owner first; what is over stands last."""
    named = [one for one in records if same_function(one.owner, function) or same_function(one.deputy, function)]
    return sorted(named, key=lambda one: (is_over(one), not same_function(one.owner, function)))


def handed_over(record: Charge, function: str, new_function: str, new_deputy: str | None = None) -> Charge:
    """The record with a new function in every place where the old one stood.

    `new_deputy` takes the deputy's place beside the new owner; a record of which the function was the deputy only
    keeps its owner.
    """
    changed: dict[str, str | None] = {}
    if same_function(record.owner, function):
        changed["owner"] = new_function
        if new_deputy:
            changed["deputy"] = new_deputy
    if "deputy" not in changed and same_function(record.deputy, function):
        changed["deputy"] = new_function
    return record.model_copy(update=changed)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A function that nobody else would hold once an account has left; `records`: how many name it while active."""

    account_id: str
    left_on: date
    function: str
    records: int


def leaving(accounts: Sequence[Account], records: Iterable[Charge], today: date) -> list[Leaving]:
    """The functions that nobody else holds of everybody who has left or leaves within 60 days; soonest first."""
    going = [one for one in accounts if one.left_on and one.left_on <= today + SOON]
    staying = [one for one in accounts if one not in going and not one.blocked]
    at_work = [one for one in records if not is_over(one)]
    found = [
        Leaving(one.id, one.left_on, function, len(charges_of(function, at_work)))
        for one in going
        for function in one.functions
        if one.left_on and not any(holds(other.functions, function) for other in staying)
    ]
    return sorted(found, key=lambda one: (one.left_on, one.account_id, one.function))


def _held(accounts: Iterable[Account], function: str, today: date) -> bool:
    return any(one.active(today) and holds(one.functions, function) for one in accounts)


def _field(lack: Orphaned) -> str:
    return "owner" if lack is Orphaned.no_owner else "deputy"
