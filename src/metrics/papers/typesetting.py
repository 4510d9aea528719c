"""Typst in a process of its own: it does not give back at once what it has set, and a server lives for months.

A process sets one paper after the other, because to begin one takes as long as a third of a paper. It ends once it has
set so much that it has grown, and when nobody has asked it for a while. An order goes in, pages come out, all between
us and ourselves.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Literal

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent / "fonts"
MOST_SECONDS = 600.0
"""What one order may take."""
IDLE_SECONDS = 120.0
"""How long a process waits for the next order."""
MOST_SET = 200_000
"""Bytes of words after which a process has grown by 100 MB, as measured, and is not kept."""


class TypesettingFailed(RuntimeError):
    """There are no pages; what was complained about is the message."""


@dataclass(frozen=True, slots=True)
class Order:
    """The words and files for the template, in UTF-8, and how its pages are wanted: as a PDF, or as PNG."""

    inputs: dict[str, bytes]
    format: Literal["pdf", "png"]
    options: dict[str, Any] = field(default_factory=dict)


def set_in_type(order: Order) -> list[bytes]:
    """The pages, or the one PDF, in which rows have headers. Raises TypesettingFailed."""
    typesetter = _kept.take() or _Typesetter()
    try:
        made = typesetter.set(order)
    except BaseException:
        typesetter.dismiss()
        raise
    _kept.keep(typesetter)
    return made


class _Typesetter:
    """A process that sets one order after the other."""

    def __init__(self) -> None:
        self._has_set = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "metrics.papers.typesetting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"MALLOC_ARENA_MAX": "1"},  # else each of its threads holds memory of its own
        )
        self._in, self._out = self._process.stdin, self._process.stdout

    @property
    def has_grown(self) -> bool:
        """Whether it holds so much that a new one should set the next paper."""
        return self._has_set > MOST_SET

    def set(self, order: Order) -> list[bytes]:
        """The pages of an order; afterwards a process that failed is of no use. Raises TypesettingFailed."""
        assert self._in and self._out
        overtime = Timer(MOST_SECONDS, self._process.kill)
        overtime.start()
        try:
            pickle.dump(order, self._in)
            self._in.flush()
            made: list[bytes] | str = pickle.load(self._out)  # noqa: S301 - written by our own process
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise TypesettingFailed("the process ended before there were pages") from error
        finally:
            overtime.cancel()
        if isinstance(made, str):
            raise TypesettingFailed(made)
        self._has_set += len(order.inputs["sheet"])
        return made

    def dismiss(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        self._process.communicate()


class _Kept:
    """The one process that waits for the next order, if there is one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: _Typesetter | None = None
        self._patience: Timer | None = None

    def take(self) -> _Typesetter | None:
        """The process that waits, which then is nobody else's."""
        with self._lock:
            taken, self._waiting = self._waiting, None
            if self._patience:
                self._patience.cancel()
            return taken

    def keep(self, typesetter: _Typesetter) -> None:
        """Let a process wait, unless it has grown or another one is waiting already."""
        with self._lock:
            if self._waiting is None and not typesetter.has_grown:
                self._waiting = typesetter
                self._patience = Timer(IDLE_SECONDS, self.dismiss)
                self._patience.daemon = True
                self._patience.start()
                return
        typesetter.dismiss()

    def dismiss(self) -> None:
        """Let nobody wait."""
        taken = self.take()
        if taken:
            taken.dismiss()


_kept = _Kept()
atexit.register(_kept.dismiss)


def main() -> None:
    """Read orders and write their pages, or what is wrong with one, until nobody is there any more."""
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
        except EOFError:
            return
        try:
            made: list[bytes] | str = set_here(order)
        except Exception as error:
            made = f"{type(error).__name__}: {error}"
        pickle.dump(made, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def set_here(order: Order) -> list[bytes]:
    """The same within this process, which never gives back the room that it takes."""
    import typst

    from metrics.papers.row_headers import with_row_headers

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    inputs = {name: text.decode() for name, text in order.inputs.items()}
    compiler = typst.Compiler(TEMPLATES / "paper.typ", root=TEMPLATES, font_paths=fonts, sys_inputs=inputs)
    made = compiler.compile(format=order.format, **order.options)
    del compiler, inputs
    pages = [made] if isinstance(made, bytes) else made or []
    return [with_row_headers(page) for page in pages] if order.format == "pdf" else pages


if __name__ == "__main__":
    main()
