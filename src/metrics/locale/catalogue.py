"""The gettext catalogues.

Two sorts of msgid live in them. UI texts are German sentences: they need no German entry, only an English one.
Vocabulary keys have dots (`field.goal.title`, `course.sun`) and stand in both catalogues.
"""

from __future__ import annotations

import os
import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
SOURCE_LANGUAGE: Language = "de"

_KEY = re.compile(r"[a-z_]+(\.\w+)+")


class KeyNotInCatalogue(LookupError):
    """A vocabulary key has no text: a field, choice or rule was added without its words."""


def translate(text: str, language: Language, /, **values: Any) -> str:
    """The text in that language, its `{name}` placeholders filled with `values` after translation.

    `text` is a German sentence or a vocabulary key. A sentence without translation stays German. A key without text
    raises KeyNotInCatalogue under pytest; a reader gets the key, which is better than no page.
    """
    found = lookup(text, language)
    if found is None:
        _complain_in_tests(text, language)
        found = text
    return found.format(**values) if values else found


def translate_plural(one: str, many: str, number: int, language: Language, /, **values: Any) -> str:
    """The text for this number; `{number}` stands for it, written in the language's way."""
    known = _translations(language).ngettext(one, many, number)
    return known.format(**{"number": format_decimal(number, locale=language)} | values)


def to_translate(text: str) -> str:
    """Mark a German text for the catalogue where it cannot be translated yet, as in a table made at import time."""
    return text


def lookup(text: str, language: Language) -> str | None:
    """The catalogue's entry for a text or key, placeholders unfilled; None if it has none."""
    if not text:
        return text  # gettext keeps its header under the empty msgid
    found = _translations(language).gettext(text)
    return found if found is not _MISSING else (text if language == SOURCE_LANGUAGE and not is_key(text) else None)


def is_key(text: str) -> bool:
    """Whether a msgid is a vocabulary key, and not a sentence."""
    return _KEY.fullmatch(text) is not None


_MISSING = "\0missing"


class _Missing(NullTranslations):
    """Tells a missing entry from one that reads like its msgid."""

    def gettext(self, message: str) -> str:
        return _MISSING


@cache
def _translations(language: Language) -> GNUTranslations:
    source = files("metrics.locale").joinpath(language, "LC_MESSAGES", "zukunftsplan.po")
    with source.open("rb") as readable:
        catalogue = read_po(readable, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    translations.add_fallback(_Missing())
    return translations


def _complain_in_tests(text: str, language: Language) -> None:
    if is_key(text) and "PYTEST_VERSION" in os.environ:
        raise KeyNotInCatalogue(f"{text} ({language})")
