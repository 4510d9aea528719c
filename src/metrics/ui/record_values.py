"""The values of a record's fields in words; data, never markup. What is not known is "–"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from metrics.domain.base import Record
from metrics.locale.catalogue import translate
from metrics.locale.formats import MISSING, day, number, partial_date, quarter, quarter_or_month
from metrics.locale.names import NESTED_KINDS
from metrics.locale.words import choice, field_label, kind_name
from metrics.ui.form_fields import FormField, Shape, form_fields
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, language

ITEM_BREAK = "; "
"""Between the values of a list on one line; within a value stand commas and middle dots."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field of a record that differs, in words: its values on each side, none where it is empty."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_list: bool

    @property
    def gone(self) -> tuple[str, ...]:
        """The values that are no longer there; one that was there twice counts twice."""
        return tuple((Counter(self.before) - Counter(self.after)).elements())

    @property
    def come(self) -> tuple[str, ...]:
        """The values that were not there."""
        return tuple((Counter(self.after) - Counter(self.before)).elements())


def value_words(asked: FormField, value: Any) -> str:
    """What a field holds, several values on a line each."""
    return "\n".join(_values(asked, value)) or MISSING


def changed_fields(before: Record | None, after: Record) -> list[tuple[str, str, str]]:
    """(label, former value, new value) of the fields that differ; several values on a line each."""
    return [
        (one.label, "\n".join(one.before) or MISSING, "\n".join(one.after) or MISSING)
        for one in field_changes(before, after)
    ]


def field_changes(before: Record | None, after: Record) -> list[ChangedField]:
    """The fields that differ; against nothing, those that are filled."""
    found = []
    for asked in form_fields(type(after)):
        old, new = getattr(before, asked.name, None), getattr(after, asked.name)
        if old != new and not (before is None and new == ()):
            label = field_label(after.kind, asked.name, language())
            is_list = isinstance(old, tuple) or isinstance(new, tuple)
            found.append(ChangedField(label, _values(asked, old), _values(asked, new), is_list))
    return found


def _values(asked: FormField, value: Any) -> tuple[str, ...]:
    if value is None or value in ("", ()):
        return ()
    return tuple(_one(asked, part) for part in (value if isinstance(value, tuple) else (value,)))


def span_words(starts: str | None, ends: str | None) -> str:
    """ "Okt. 2018 – 31.12.2021", "seit 2020", "bis 2027"; "–" if neither is known."""
    first, last = partial_date(starts, language()), partial_date(ends, language())
    if starts and ends:
        return first if first == last else f"{first} – {last}"
    if starts:
        return _("seit {beginn}", beginn=first)
    return _("bis {ende}", ende=last) if ends else MISSING


def _one(asked: FormField, value: Any) -> str:
    if isinstance(value, BaseModel):
        return _nested(value)
    if isinstance(value, StrEnum):
        return choice(value, language())
    match asked.shape:
        case Shape.flag:
            return translate(f"choice.bool.{str(value).lower()}", language())
        case Shape.number | Shape.numbers:
            return number(value, language())
        case Shape.whole:
            return str(value) if asked.name.endswith("year") else number(value, language())
        case Shape.day:
            return day(value, language())
        case Shape.partial_date:
            return partial_date(value, language())
        case Shape.quarter:
            return quarter(value, language())
        case Shape.period:
            return quarter_or_month(value, language())
        case Shape.reference | Shape.references:
            title = title_of(asked.kind, value)
            return title if title == value else f"{title} ({value})"
    return str(value)


def _nested(value: BaseModel) -> str:
    """A nested value on one line: its fields that are filled, by name except for a title."""
    kind = next(kind for kind, model in NESTED_KINDS.items() if isinstance(value, model))
    parts = []
    for asked in form_fields(type(value)):
        found = getattr(value, asked.name)
        if found not in (None, (), ""):
            words = value_words(asked, found).replace("\n", ", ")
            parts.append(words if asked.name == "title" else f"{field_label(kind, asked.name, language())}: {words}")
    return " · ".join(parts) or kind_name(kind, language())
