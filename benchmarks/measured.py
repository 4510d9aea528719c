"""`python -m benchmarks.measured COMMAND …`: run a command and tell its cost as JSON.

A small process of its own, because the kernel counts the memory of whoever starts a process as that process's own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PAGE = resource.getpagesize()
WATCHED_EVERY = 0.02


def cost(command: list[str]) -> dict[str, float]:
    """What a command costs: `seconds` on the clock, `cpu` seconds, megabytes of its `largest` process and `together`.

    Processor time counts with that of every process that was waited for. Raises RuntimeError where it fails.
    """
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.measured", *command], capture_output=True, check=False, text=True
    )
    if told.returncode:
        raise RuntimeError(told.stderr)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def _together(process: int) -> int:
    """Resident pages of a process and all below it, in bytes."""
    total = 0
    with suppress(OSError, ValueError, IndexError):
        total = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        for task in Path(f"/proc/{process}/task").iterdir():
            total += sum(_together(int(child)) for child in (task / "children").read_text().split())
    return total


def main(command: list[str]) -> int:
    """Run it, print the cost on the last line."""
    begun, most = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(WATCHED_EVERY):
            most = max(most, _together(process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    code = process.wait()
    seconds = time.perf_counter() - begun
    ended.set()
    watching.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told: dict[str, Any] = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime}
    print(json.dumps(told | {"largest": used.ru_maxrss / 1024, "together": most / 1e6}))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
