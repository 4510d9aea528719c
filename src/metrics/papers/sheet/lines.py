"""What every part of the sheet is made of: lines, paragraphs, cells, marks and tables, as the template reads them.

A cell is a text, or a dictionary with any of `text`, `strong`, `beside` (smaller, on the same line), `small` (a second,
smaller line), `mark`, `marks`, `spark`, `shade` (how dark its ground is, 0–1). All of it is data: the template
prints strings as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate
from metrics.locale.words import choice, course_meaning
from metrics.papers.style import SIGNS, Sign
from metrics.papers.telling import example_word

Cell = str | dict[str, Any]
Part = dict[str, Any]

LONGEST_ALT_TEXT = 500
"""Characters; PDF/A allows 32,767 bytes, a listener far fewer."""

_LONG_WORD = re.compile(r"\S{36,}")
_BREAK = "\u200b"
_PIECE = 18


def flat(text: str) -> str:
    """The text on one line; a word longer than a line of print may be broken."""
    return _LONG_WORD.sub(_with_breaks, " ".join(text.split()))


def titled(text: str, language: Language) -> str:
    """A title on one line; a heading is never empty."""
    return flat(text) or translate("ohne Titel", language)


def prose(text: str) -> list[list[str]]:
    """Paragraphs, each a list of lines."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    split = ([flat(line) for line in paragraph.split("\n")] for paragraph in paragraphs)
    return [[line for line in lines if line] for lines in split if any(lines)]


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut between words where it is longer."""
    one_line = " ".join(text.split())
    if len(one_line) <= longest:
        return flat(one_line)
    cut = one_line[: longest - 1]
    return flat(f"{(cut.rsplit(' ', 1)[0] if ' ' in cut else cut).rstrip(',;:')} …")


def sign_of(course: str | None) -> Sign:
    """The sign of a course's name; whatever is not one of the four is not assessable."""
    return SIGNS.get(course or "none", SIGNS["none"])


def mark(course: Course | None, language: Language) -> Part:
    """Sign, word and colours of a course."""
    sign = sign_of(course)
    return {
        "sign": sign.character,
        "word": course_meaning(course, language),
        "colour": sign.colour,
        "tint": sign.tint,
    }


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> Part:
    """A table with its header row; the first cell of a row is what the row is about."""
    return {"columns": list(columns), "rows": [list(row) for row in rows], "caption": caption}


def badge(illustrative: bool, language: Language, example_target: bool = False) -> str:
    """What an invented value wears, or one whose target alone is invented."""
    return example_word(example_target, language) if illustrative else ""


def joined(parts: Iterable[str], separator: str = " · ") -> str:
    """The parts that say something, in one line."""
    return separator.join(part for part in parts if part)


def alt_text(sentences: Sequence[str], rest: str) -> str:
    """As many sentences as a listener bears; `rest` tells where the others are."""
    whole = " ".join(sentences)
    if len(whole) <= LONGEST_ALT_TEXT:
        return whole
    taken = ""
    for sentence in sentences:
        if len(taken) + len(sentence) + len(rest) + 2 > LONGEST_ALT_TEXT:
            break
        taken += sentence + " "
    return (taken + rest)[:LONGEST_ALT_TEXT]


def in_words(told: str, language: Language, *choices: type[StrEnum]) -> str:
    """The word of a choice where `told` is the value of one, else the text itself."""
    for members in choices:
        if told in set(members):
            return choice(members(told), language)
    return flat(told)


def _with_breaks(word: re.Match[str]) -> str:
    text = word.group()
    return _BREAK.join(text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
