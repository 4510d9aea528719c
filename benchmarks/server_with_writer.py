"""The real server with a writer in the same process: each line of standard input is the number of a reading to store.

As if somebody had sent the form for a value: the same use case on the same open store, from another thread.
"""

from __future__ import annotations

import sys
import threading

from streamlit.web import cli

from benchmarks.generate import MOMENT, OFFICE, TODAY, new_reading
from benchmarks.server import STORED
from metrics.ui.runtime import store
from metrics.usecases.recording import record_reading


def _write() -> None:
    for line in sys.stdin:
        record_reading(store(), new_reading(int(line)), by=OFFICE, at=MOMENT, today=TODAY)
        print(f"{STORED}{int(line)}", flush=True)


if __name__ == "__main__":
    threading.Thread(target=_write, daemon=True).start()
    cli.main()
