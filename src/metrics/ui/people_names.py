"""Who wrote something, as a page says it: the function of an account, never the name of a person."""

from __future__ import annotations

import re

from metrics.domain.people import Account
from metrics.ui.runtime import store
from metrics.ui.session import _

_PSEUDONYM = re.compile(r"P-[0-9a-f]{10}")
"""The ids that accounts are given; see `usecases.people.new_account_id`."""


def shown(recorded_by: str) -> str:
    """The functions of an account's id; "ehemaliger Zugang" if it is gone; any other text as it is."""
    account = store().register.find(Account, recorded_by)
    if account is not None:
        return ", ".join(account.functions) or _("Zugang {kennung}", kennung=recorded_by)
    return _("ehemaliger Zugang") if _PSEUDONYM.fullmatch(recorded_by) else recorded_by
