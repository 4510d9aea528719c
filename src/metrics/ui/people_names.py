"""Who wrote something, as a page says it: the function of an account, never the name of a person."""

from __future__ import annotations

import re
from functools import lru_cache

from metrics.domain.people import Account
from metrics.ui.runtime import store
from metrics.ui.session import _

_PSEUDONYM = re.compile(r"P-[0-9a-f]{10}")
"""The ids that accounts are given; see `usecases.people.new_account_id`."""


def shown(recorded_by: str) -> str:
    """The functions of an account's id; "ehemaliger Zugang" if it is gone; any other text as it is."""
    functions = _functions(store().serial, store().register.number).get(recorded_by)
    if functions:
        return ", ".join(functions)
    if functions is not None:
        return _("Zugang {kennung}", kennung=recorded_by)
    return _("ehemaliger Zugang") if _PSEUDONYM.fullmatch(recorded_by) else recorded_by


@lru_cache(maxsize=4)
def _functions(_serial: int, _number: int) -> dict[str, tuple[str, ...]]:
    """The functions of every account, read anew once an account has changed."""
    return {one.id: one.functions for one in store().register.all(Account)}
