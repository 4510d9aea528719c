"""What argparse says by itself, in the language of the command line: its own English, or German."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext

GERMAN = {
    "usage: ": "Aufruf: ",
    "positional arguments": "Angaben",
    "options": "Optionen",
    "show this help message and exit": "diese Hilfe zeigen",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "hier fehlt ein Wert",
    "ignored explicit argument %r": "hier ist kein Wert möglich, gegeben ist %r",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r gibt es nicht, zur Wahl stehen %(choices)s",
    "the following arguments are required: %s": "es fehlt %s",
    "unrecognized arguments: %s": "unbekannt ist %s",
}


@contextmanager
def argparse_in(language: str) -> Iterator[None]:
    """Let argparse speak the language: it looks its words up under the name `_` of its module."""
    words = GERMAN if language == "de" else {}
    argparse.__dict__["_"] = lambda text: words.get(text, text)
    try:
        yield
    finally:
        argparse.__dict__["_"] = gettext
