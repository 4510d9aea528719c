"""Who may do what. Every use case that takes a person asks here first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from metrics.domain.people import Role
from metrics.domain.refusals import NotAllowed

__all__ = ["REQUIRED", "RIGHTS", "Person", "Right", "Role", "require"]


class Right(StrEnum):
    """What a role may allow."""

    read_published = "read_published"
    read_plan = "read_plan"
    read_confidential = "read_confidential"
    comment = "comment"
    answer = "answer"
    record_readings = "record_readings"
    check_readings = "check_readings"
    release_readings = "release_readings"
    close_periods = "close_periods"
    edit_plan = "edit_plan"
    moderate_rounds = "moderate_rounds"
    decide_priorities = "decide_priorities"
    freeze_papers = "freeze_papers"
    exchange_plan = "exchange_plan"
    keep_contacts = "keep_contacts"
    invite = "invite"
    manage_people = "manage_people"
    operate = "operate"


_READING = frozenset({Right.read_published, Right.read_plan})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.leadership: frozenset(Right) - {Right.manage_people, Right.operate},
    Role.staff: _READING
    | {
        Right.read_confidential,
        Right.comment,
        Right.answer,
        Right.record_readings,
        Right.check_readings,
        Right.edit_plan,
        Right.moderate_rounds,
        Right.keep_contacts,
        Right.invite,
    },
    Role.data_steward: _READING
    | {
        Right.comment,
        Right.record_readings,
        Right.check_readings,
        Right.release_readings,
        Right.close_periods,
        Right.exchange_plan,
    },
    Role.research_partner: _READING | {Right.comment},
    Role.committee: frozenset({Right.read_published}),
    Role.business: frozenset({Right.comment}),
    Role.administration: frozenset(Right),
}
"""Rights that are not listed are refused."""

REQUIRED: Mapping[str, Right] = {
    "add_record": Right.edit_plan,
    "revise_record": Right.edit_plan,
    "withdraw_record": Right.edit_plan,
    "record_many": Right.record_readings,
    "record_reading": Right.record_readings,
    "correct_reading": Right.record_readings,
    "check_reading": Right.check_readings,
    "release_reading": Right.check_readings,
    "return_reading": Right.check_readings,
    "give_up_reading": Right.record_readings,
    "close_period": Right.close_periods,
    "reopen_period": Right.close_periods,
    "export_plan": Right.read_confidential,
    "import_plan": Right.exchange_plan,
    "back_up": Right.operate,
    "open_round": Right.moderate_rounds,
    "add_seats": Right.moderate_rounds,
    "renew_code": Right.moderate_rounds,
    "extend_round": Right.moderate_rounds,
    "remove_measure": Right.moderate_rounds,
    "close_round": Right.moderate_rounds,
    "vote_again": Right.moderate_rounds,
    "drop_round": Right.moderate_rounds,
    "ratings_to_see": Right.read_plan,
    "rank_round": Right.read_plan,
    "decide": Right.decide_priorities,
    "find_limits": Right.read_plan,
    "values_of_measures": Right.read_plan,
    "demand_grid": Right.read_plan,
    "save_demands": Right.edit_plan,
    "oversee": Right.read_plan,
    "follow": Right.read_plan,
    "charges_with_versions": Right.read_plan,
    "hand_over": Right.edit_plan,
    "handovers": Right.read_plan,
    "protocol": Right.read_plan,
    "move_functions": Right.manage_people,
    "compare_scenarios": Right.read_plan,
    "examine_scenarios": Right.read_plan,
    "proposals_of": Right.read_plan,
    "discuss": Right.edit_plan,
    "decide_scenario": Right.decide_priorities,
    "own_tasks": Right.read_plan,
    "write_note": Right.edit_plan,
    "carry_out_scenario": Right.edit_plan,
    "contribute": Right.comment,
    "contributions_to_see": Right.comment,
    "answer": Right.answer,
    "withdraw_contribution": Right.comment,
    "invite": Right.invite,
    "invitations": Right.invite,
    "revoke": Right.invite,
    "remind": Right.operate,
    "preview_reminders": Right.operate,
    "send_waiting": Right.operate,
    "send_again": Right.operate,
    "give_up": Right.operate,
    "send_trial": Right.operate,
    "outbox_view": Right.operate,
    "add_account": Right.manage_people,
    "change_account": Right.manage_people,
    "end_all_sign_ins": Right.manage_people,
    "noted_events": Right.manage_people,
    "export_person": Right.manage_people,
    "add_contact": Right.keep_contacts,
    "change_contact": Right.keep_contacts,
    "preview_erasure": Right.keep_contacts,
    "erase_person": Right.keep_contacts,
    "delete_expired": Right.operate,
    "plan_to_draft_from": Right.edit_plan,
    "draft_paper": Right.edit_plan,
    "build_plan_part": Right.read_plan,
    "freeze": Right.freeze_papers,
    "snapshots_to_see": Right.read_published,
    "newest_snapshot": Right.read_published,
    "frozen_paper": Right.read_published,
    "not_for_the_public": Right.read_published,
    "make_package": Right.read_published,
    "make_site": Right.read_published,
    "blocks_to_copy": Right.read_published,
    "presentation": Right.read_published,
    "apply_decision": Right.edit_plan,
    "read_council_paper": Right.edit_plan,
}
"""Every use case that acts for a person, with the right it asks for. The tests try each of them in every role, and the
handbook prints the table. Readings are planned with `record_readings` instead of `edit_plan`."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the name that the ledger keeps (a pseudonym), the role that carries the rights, the functions held.

    `report` is told of every refused attempt, so that it can be noted wherever it happened.
    """

    name: str
    role: Role
    functions: tuple[str, ...] = ()
    report: Callable[[Right], None] | None = field(default=None, compare=False, repr=False)

    def may(self, right: Right) -> bool:
        """Whether the role carries the right."""
        return right in RIGHTS[self.role]


def require(person: Person, right: Right) -> None:
    """Raise NotAllowed unless the person's role carries the right; the attempt is reported."""
    if not person.may(right):
        if person.report is not None:
            person.report(right)
        raise NotAllowed(right=right.value, role=person.role.value)
