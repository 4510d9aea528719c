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


class Running:
    """A server that answers: its port, its process, how long it took to answer (seconds)."""

    def __init__(self, port: int, process: psutil.Process, seconds_to_answer: float) -> None:
        self.port = port
        self.process = process
        self.seconds_to_answer = seconds_to_answer

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
def running_server(database: Path, patience: float = 60.0) -> Iterator[Running]:
    """Serve the store at `database` for the length of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ZUKUNFTSPLAN_DATABASE": str(database), "ZUKUNFTSPLAN_TODAY": "2026-11-24"}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_served(port, begun + patience)
        yield Running(port, psutil.Process(process.pid), time.perf_counter() - begun)
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
