"""The real server for a measurement: started on a free loopback port, stopped and measured as a process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
STORED = "stored "


class Running:
    """A server that answers: its port, its process, how long it took to answer (seconds)."""

    def __init__(self, port: int, started: subprocess.Popen[str], seconds_to_answer: float) -> None:
        self.port = port
        self.process = psutil.Process(started.pid)
        self.seconds_to_answer = seconds_to_answer
        self._started = started

    def record(self, number: int) -> None:
        """Have a server that was started with a writer store a new reading; returns once it is stored."""
        assert self._started.stdin and self._started.stdout
        print(number, file=self._started.stdin, flush=True)
        while (line := self._started.stdout.readline()) != f"{STORED}{number}\n":
            if not line:
                raise RuntimeError("the server is gone")

    @property
    def megabytes(self) -> float:
        """Resident memory in megabytes."""
        return self.process.memory_info().rss / 2**20

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        times = self.process.cpu_times()
        return times.user + times.system


@contextmanager
def running_server(database: Path, patience: float = 60.0, *, with_writer: bool = False) -> Iterator[Running]:
    """Serve the store at `database` for the length of the block; a writer beside it stores readings when told to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ZUKUNFTSPLAN_DATABASE": str(database), "ZUKUNFTSPLAN_TODAY": "2026-11-24"}
    program = "benchmarks.server_with_writer" if with_writer else "streamlit"
    command = [sys.executable, "-m", program, "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE if with_writer else None,
        stdout=subprocess.PIPE if with_writer else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_served(port, begun + patience)
        yield Running(port, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_served(port: int, deadline: float) -> None:
    while time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"no page on port {port}")
