"""Typed text as the papers' fonts can print it; whatever they lack is replaced, and the replacement is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from metrics.papers.model import Paper

FONTS = Path(__file__).parent / "fonts"
BOX = "□"
LONGEST_NAME = 30

_NEVER = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_SOFT_HYPHEN = "\u00ad"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
"""Invisible by themselves: they only shape the characters beside them. Skin tones go with them."""
_REGIONAL = "REGIONAL INDICATOR SYMBOL LETTER "


@dataclass(frozen=True, slots=True)
class Replacement:
    """Characters that could not be printed (one, or a run of a script that the fonts lack), and their name."""

    character: str
    name: str


def printable(text: str) -> tuple[str, tuple[Replacement, ...]]:
    """The text with what the fonts lack replaced, and each replacement once, in the order of the text.

    Line breaks are kept (as "\\n"), other spaces become blanks. A sign or emoji becomes its Unicode name in brackets,
    a run of letters of a script that the fonts lack the script's name, a control or private-use character "□".
    """
    plain = unicodedata.normalize("NFC", _JOINERS.sub("", _LINE_ENDS.sub("\n", text)))
    if not _unprintable().search(plain):
        return plain, ()
    found: dict[Replacement, None] = {}
    pieces = []
    for run in _runs(plain):
        piece, replacement = _printed(run)
        pieces.append(piece)
        if replacement:
            found[replacement] = None
    return "".join(pieces), tuple(found)


def printable_paper(paper: Paper) -> tuple[Paper, tuple[Replacement, ...]]:
    """The paper with every string made printable, and all replacements, each once."""
    found: dict[Replacement, None] = {}
    return Paper.model_validate(_printable_value(paper.model_dump(), found)), tuple(found)


@cache
def shown_characters() -> frozenset[str]:
    """What every shipped style of the font can show, without control and private-use characters."""
    characters = map(chr, set.intersection(*(_codes_in(file) for file in sorted(FONTS.glob("*.ttf")))))
    return frozenset(one for one in characters if one == _SOFT_HYPHEN or unicodedata.category(one) not in _NEVER)


def _codes_in(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())


@cache
def _unprintable() -> re.Pattern[str]:
    return re.compile("[^\n" + "".join(map(re.escape, sorted(shown_characters()))) + "]")


def _runs(text: str) -> Iterator[str]:
    """Single characters, or words of letters that the fonts lack, with the blanks between them."""
    waiting, blanks = "", ""
    for character in text:
        if _is_foreign_letter(character):
            waiting, blanks = waiting + blanks + character if waiting else character, ""
        elif waiting and character == " ":
            blanks += character
        else:
            yield from chain(filter(None, (waiting, blanks)), (character,))
            waiting, blanks = "", ""
    yield from filter(None, (waiting, blanks))


def _is_foreign_letter(character: str) -> bool:
    if character in shown_characters() or _decomposed(character):
        return False
    return unicodedata.category(character)[0] in "LM" or unicodedata.name(character, "").startswith(_REGIONAL)


def _printed(run: str) -> tuple[str, Replacement | None]:
    shown = shown_characters()
    if all(character in shown or character == "\n" for character in run):
        return run, None
    category = unicodedata.category(run[0])
    if run == "\t" or category == "Zs":
        return " ", None
    if len(run) == 1 and (parts := _decomposed(run)):
        return parts, None
    name = unicodedata.name(run[0], f"U+{ord(run[0]):04X}")
    if category in _NEVER:
        return BOX, Replacement(run, name)
    if name.startswith(_REGIONAL):
        return f"[{''.join(unicodedata.name(one, ' ')[-1] for one in run)}]", Replacement(run, name)
    if category[0] in "LM":
        name = name.split()[0]
    return f"[{_short(name.lower())}]", Replacement(run, name)


def _decomposed(character: str) -> str:
    """Base and marks where the fonts have these, but not the whole; else empty."""
    parts = unicodedata.normalize("NFD", character)
    return parts if parts != character and all(one in shown_characters() for one in parts) else ""


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0]


def _printable_value(value: Any, found: dict[Replacement, None]) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        text, replacements = printable(value)
        found.update(dict.fromkeys(replacements))
        return text
    if isinstance(value, dict):
        return {key: _printable_value(inner, found) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_printable_value(inner, found) for inner in value)
    return value
