"""What an invitation is, and how it stands."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from metrics.domain.invitations import InvitationState
from tests.plan import an_invitation

END = date(2026, 12, 22)


@pytest.mark.parametrize(
    ("today", "over", "state"),
    [
        (END, {}, InvitationState.open),
        (END, {"used_on": date(2026, 12, 1)}, InvitationState.accepted),
        (date(2026, 12, 23), {"used_on": date(2026, 12, 1)}, InvitationState.expired),
        (END, {"used_on": date(2026, 12, 1), "revoked": True}, InvitationState.revoked),
        (date(2026, 12, 23), {"revoked": True}, InvitationState.revoked),
    ],
)
def test_an_invitation_is_open_through_its_last_day_unless_it_was_withdrawn(
    today: date, over: dict[str, object], state: InvitationState
) -> None:
    invitation = an_invitation(**over)
    assert invitation.state(today) is state
    assert invitation.is_open(today) is (state in (InvitationState.open, InvitationState.accepted))


@pytest.mark.parametrize(
    "over",
    [
        {"measure_ids": ()},
        {"measure_ids": (), "round_id": "PR-1"},
        {"seat": 1},
        {"round_id": "PR-1"},
        {"address": "werk"},
        {"address": "a@b@c.example"},
        {"address": "werk@betrieb.example, chef@betrieb.example"},
        {"code_sha256": "ABCD-EFGH-JKLM"},
        {"seat": 0, "round_id": "PR-1"},
    ],
)
def test_what_invites_to_nothing_or_nobody_is_no_invitation(over: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        an_invitation(**over)


def test_a_seat_alone_is_enough() -> None:
    assert an_invitation(measure_ids=(), round_id="PR-1", seat=2).seat == 2
