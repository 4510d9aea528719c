"""The command line in processes of its own, begun as copies of one that has everything imported already.

A command spends most of its second on imports; as a copy it is a process like any other, with its own folder,
surroundings, input and output, and costs what it does. Where there are no copies (Windows), it begins anew.

`python -m tests.command_line` is the one that is copied: a line of JSON for each command, an exit code for each line.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

PRELOADED = (
    "metrics.cli",
    "metrics.usecases.commanding",
    "metrics.usecases.founding",
    "metrics.usecases.packaging",
    "metrics.usecases.remote",
    "pandas",  # the store imports it when it first writes or reads many rows
)
ROOT = Path(__file__).parents[1]
LONGEST = 120
ONE_AT_A_TIME = threading.Lock()


def run(database: Path, *arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a database, in the database's folder, with `given` on its standard input."""
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(("ZUKUNFTSPLAN_", "PYTEST_"))
    }
    surroundings |= {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    surroundings |= {"ZUKUNFTSPLAN_DATABASE": str(database), "PYTHONUTF8": "1"} | environment
    if not hasattr(os, "fork"):
        return _anew(database.parent, arguments, given, surroundings)
    with tempfile.TemporaryDirectory() as folder, ONE_AT_A_TIME:
        streams = [Path(folder, name) for name in ("in", "out", "err")]
        for stream, text in zip(streams, (given, "", ""), strict=True):
            stream.write_text(text, encoding="utf-8", newline="")
        order = {"arguments": arguments, "folder": str(database.parent), "surroundings": surroundings}
        code = _copy(order | {"streams": [str(stream) for stream in streams]})
        said, complained = (stream.read_text(encoding="utf-8") for stream in streams[1:])
        return subprocess.CompletedProcess(arguments, code, said, complained)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a refusal: nothing on stdout, no traceback, exit code 1."""
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def _anew(
    folder: Path, arguments: tuple[str, ...], given: str, surroundings: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "metrics.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=surroundings,
        timeout=LONGEST,
        check=False,
    )


@cache
def _copied() -> subprocess.Popen[str]:
    """The process that is copied; it ends with the tests."""
    command = [sys.executable, "-m", __name__]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    atexit.register(process.kill)
    return process


def _copy(order: Mapping[str, Any]) -> int:
    """The exit code of one command; one that takes too long is ended with the process that is copied."""
    process = _copied()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    if not select.select([process.stdout], [], [], LONGEST)[0]:
        os.killpg(process.pid, signal.SIGKILL)
        _copied.cache_clear()
        raise subprocess.TimeoutExpired(list(order["arguments"]), LONGEST)
    return int(process.stdout.readline())


def _serve() -> None:
    for name in PRELOADED:
        import_module(name)
    for line in sys.stdin:
        copy = os.fork()
        if copy == 0:
            os._exit(_command(**json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)


def _command(arguments: list[str], folder: str, surroundings: dict[str, str], streams: list[str]) -> int:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    for number, stream in enumerate(streams):
        opened = os.open(stream, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own
        for number in range(3)
    )
    code = 1
    try:
        code = cast(int, import_module("metrics.cli").main(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    _serve()
