"""Typed and imported text is data: what a user wrote is shown as written, never as markup."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&@\"'/])")
_OBEYED_IN_LABELS = re.compile(r"[\\`*_\[\]<>#|~:$^&]")
_WHITE_SPACE = re.compile(r"\s+")


def literal(text: str, most: int | None = None) -> str:
    """The text with every character escaped that Markdown could take for a command; cut at `most` characters with …."""
    shown = text if most is None or len(text) <= most else text[: most - 1].rstrip() + "…"
    return _MARKDOWN.sub(r"\\\1", shown).replace("\n", "  \n")


def field_name(text: str) -> str:
    """The text without what Markdown could obey, for the label of a field: a screen reader would read escapes aloud."""
    return _OBEYED_IN_LABELS.sub("", text).strip()


def one_line(text: str, most: int) -> str:
    """The text on one line, cut at `most` characters with …; not escaped, for tables and charts."""
    flat = _WHITE_SPACE.sub(" ", text).strip()
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
