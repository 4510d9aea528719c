"""Coming in by a code: how many unknown ones are tried is counted for all sessions together.

Only codes that open nothing count, so that nobody who has a code gets in the way of others; once there were too many,
no code is looked at, right or wrong, until the span has slid on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from weakref import WeakKeyDictionary

from metrics.domain.rate_limit import Limit
from metrics.domain.refusals import AccessCodeUnknown, InvitationUnknown, TooManyTries
from metrics.store.ledger import Store

T = TypeVar("T")

TRIES = Limit(10, timedelta(minutes=1))
_counting = threading.Lock()
_unknown: WeakKeyDictionary[Store, list[datetime]] = WeakKeyDictionary()
"""When unknown codes were tried, by the store they were tried on; forgotten with the process."""


def try_code(store: Store, look: Callable[[], T], at: datetime) -> T:
    """What a code opens; raises TooManyTries without having looked, and whatever the look raises.

    One at a time: as many threads as there are cannot try more codes than the limit allows.
    """
    with _counting:
        tried = TRIES.recent(_unknown.get(store, []), at)
        free_at = TRIES.free_at(tried, at)
        if free_at is not None:
            raise TooManyTries(free_at=free_at)
        try:
            return look()
        except (AccessCodeUnknown, InvitationUnknown):
            _unknown[store] = [*tried, at]
            raise
