"""Remind, and kill the own process at a step; step 0 only counts.

`python -m tests.usecases.remind_and_die DATABASE PORT STEP`
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.reminding import remind
from tests.reminders import AT, MONDAY, count_steps, settings_for


def main() -> None:
    """One run."""
    path, port, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    steps = count_steps(pytest.MonkeyPatch(), lambda: os.kill(os.getpid(), signal.SIGKILL))
    store = Store.open(path, AT)
    steps.done, steps.crash_at = 0, number
    remind(store, settings_for(port), by=Person("Zeitplan", Role.administration), at=AT, today=MONDAY)
    done = steps.done
    store.close()
    print(done)


if __name__ == "__main__":
    main()
