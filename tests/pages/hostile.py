"""Titles that try to be more than text, and where a page would have let them."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from metrics.usecases.access import Person, Role

OFFICE = Person("Amt", Role.administration)
HOSTILE = "<img src=x onerror=alert(1)> **fett** [Klick](javascript:alert(1)) :red[rot]"
"""Markup, Markdown, a link that runs a script and a colour directive."""
HOSTILE_LONG = ("Wort-ohne-Ende" * 20 + " **fett**")[:300]
_COMMANDS = re.compile(r"(?<!\\)(\*\*fett|<img|\[Klick\]|:red\[)")
_MARKUP = (
    "markdown",
    "caption",
    "heading",
    "header",
    "subheader",
    "title",
    "page_link",
    "button",
    "expandable",
    "alert",
)


def unescaped(page: AppTest) -> list[str]:
    """Pieces of Markdown on the page in which a hostile title would be obeyed."""
    found = []
    for element in page:
        proto = getattr(element, "proto", None)
        if getattr(element, "type", "") not in _MARKUP:
            continue
        for name in ("body", "label"):
            text = getattr(proto, name, None)
            if isinstance(text, str) and _COMMANDS.search(text):
                found.append(text)
    return found
