"""What is noted of sign-ins, refused attempts and what was done with accounts; kept for a while, then erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

KEPT_DAYS = 90


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
    account_erased = "account_erased"
    account_exported = "account_exported"
    invitation_sent = "invitation_sent"
    invitation_refused = "invitation_refused"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One noted event: when (naive UTC), whose account if one is known, and a remark such as the right or the page."""

    noted_at: datetime
    account_id: str | None
    event: AuditEvent
    detail: str | None
    delete_on: date


def kept_until(noted_on: date) -> date:
    """The day on which an entry is erased."""
    return noted_on + timedelta(days=KEPT_DAYS)
