"""What is noted of sign-ins, refused attempts and what was done with accounts; kept for a while, then erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AuditEvent(StrEnum):
    """What happened to whom."""

    signed_in = "signed_in"
    signed_out = "signed_out"
    signed_out_everywhere = "signed_out_everywhere"
    sign_in_refused = "sign_in_refused"
    sign_in_expired = "sign_in_expired"
    page_refused = "page_refused"
    use_case_refused = "use_case_refused"
    role_changed = "role_changed"
    account_created = "account_created"
    account_bound = "account_bound"
    account_erased = "account_erased"
    account_exported = "account_exported"
    invitation_sent = "invitation_sent"
    invitation_refused = "invitation_refused"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened. `account_id` is a pseudonym; None where nobody was known. `noted_at` is naive UTC.

    `detail` names a page, a right or a reason, never a person.
    """

    id: str
    noted_at: datetime
    account_id: str | None
    event: AuditEvent
    detail: str | None
    delete_on: date
