"""Typst in a process of its own: it never gives back what it has set, and a server lives for months.

What is to be set comes in, the pages go out, all between us and ourselves.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent / "fonts"
MOST_SECONDS = 600.0


class TypesettingFailed(RuntimeError):
    """The process ended without pages; what it complained about is the message."""


@dataclass(frozen=True, slots=True)
class Order:
    """The words and files for the template, in UTF-8, and how its pages are wanted: as a PDF, or as PNG."""

    inputs: dict[str, bytes]
    format: Literal["pdf", "png"]
    options: dict[str, Any] = field(default_factory=dict)


def set_in_type(order: Order) -> list[bytes]:
    """The pages, or the one PDF, in which rows have headers."""
    command = [sys.executable, "-P", "-m", "metrics.papers.typesetting"]
    done = subprocess.run(  # noqa: S603 - our own interpreter, no word from outside
        command,
        input=pickle.dumps(order),
        capture_output=True,
        check=False,
        timeout=MOST_SECONDS,
        env=os.environ | {"MALLOC_ARENA_MAX": "1"},  # else each of its threads holds memory of its own
    )
    if done.returncode != 0:
        raise TypesettingFailed(done.stderr.decode(errors="replace"))
    found: list[bytes] = pickle.loads(done.stdout)  # noqa: S301 - written by our own process
    return found


def main() -> None:
    """Read an order, write the pages."""
    made = set_here(pickle.load(sys.stdin.buffer))  # noqa: S301 - written by the process that started this one
    pickle.dump(made, sys.stdout.buffer)


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
