"""What stands in a form's widgets, from a record and back: plain texts, choices and ids by the path of their field.

Paths are those of `broken_rules`: `title`, `milestones.0.due`, `demand.value`. Under the path of rows stands
how many there are, under the path of a union which of its kinds was chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from metrics.domain.base import Record
from metrics.domain.kinds import KINDS
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import quarter, quarter_or_month
from metrics.locale.reading_input import (
    parse_number,
    parse_numbers,
    parse_partial_date,
    parse_quarter,
    parse_quarter_or_month,
    parse_share,
)
from metrics.locale.refused import BrokenRule
from metrics.locale.words import broken_rules, field_label, refusal_sentence, rule_sentence
from metrics.ui.form_fields import FormField, Shape, form_fields, tag_of

Typed = dict[str, Any]
"""Path → str, bool, int or list of str, as the session keeps it."""

_FIELDS_OF_RULES = (
    "ends",
    "valid_until",
    "last_quarter",
    "leaves",
    "until",
    "planned",
    "period_end",
    "upper",
    "stages",
    "proof",
    "due",
)
"""Where a rule about several fields is shown: at the end of the span it speaks of, or at the one to be mended."""
_GERMAN_MARKS = str.maketrans(",.", ".,")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(slots=True)
class Filled:
    """What a form came to: the record, or a sentence for each field that does not fit ("" for the whole form)."""

    record: Record | None
    errors: dict[str, str] = field(default_factory=dict)


def opened(model: type[BaseModel], record: BaseModel | None, language: Language, prefix: str = "") -> Typed:
    """What the widgets show of a record, or of an empty form."""
    typed: Typed = {}
    for asked in form_fields(model):
        value = getattr(record, asked.name) if record is not None else asked.default
        typed |= _opened(asked, value, language, prefix + asked.name)
    return typed


def filled(
    kind: str,
    typed: Mapping[str, Any],
    identifier: str,
    language: Language,
    original: Record | None = None,
    unit_of: Callable[[str], str] = lambda _path: "",
) -> Filled:
    """The record that a form describes. A number nobody touched stays exactly what it was in `original`.

    `unit_of` names the unit that the number at a path stands in, "" if none is known.
    """
    reading = _Reading(kind, typed, language, unit_of)
    values = reading.values(KINDS[kind], original)
    errors: dict[str, str] = {}
    record = None
    try:
        record = KINDS[kind].model_validate(values | {"id": identifier})
    except ValidationError as error:
        for broken in broken_rules(error, kind, language):
            if reading.errors and not broken.path:
                continue  # what could not be read is missing here; a rule of the whole record would only repeat that
            place = reading.place(broken)
            errors[place] = f"{errors[place]} {broken.rule}" if place in errors else reading.told(place, broken.rule)
    errors |= reading.errors
    for rows in reading.rows:
        if any(path.startswith(rows + ".") for path in errors):
            errors.pop(rows, None)  # a row that does not fit was not counted: "too few" would only repeat it
    return Filled(None if errors else record, errors)


def named(kind: str, path: str, typed: Mapping[str, Any]) -> str:
    """The path by which a field's own name is found: with the kind that was chosen of several that have the field."""
    top, _, rest = path.partition(".")
    asked = _field_at(KINDS[kind], top, typed) if rest else None
    return f"{top}.{typed[top]}.{rest}" if asked and asked.shape is Shape.variants else path


def label_of(kind: str, path: str, typed: Mapping[str, Any], language: Language) -> str:
    """What a field is called, with its row if it stands in one: "Fällig am (Zwischenziele, Zeile 2)"."""
    label = field_label(kind, named(kind, path, typed), language)
    rows, _, row = path.rpartition(".")[0].rpartition(".")
    if not row.isdigit():
        return label
    told = {"field": label, "rows": label_of(kind, rows, typed, language), "row": int(row) + 1}
    return translate("label.in_row", language, **told)


def reworded(kind: str, typed: Mapping[str, Any], before: Language, now: Language) -> Typed:
    """The same values as they are typed in another language; what cannot be read stays as it was typed."""
    return {path: _reworded(_field_at(KINDS[kind], path, typed), value, before, now) for path, value in typed.items()}


def with_more_rows(asked: FormField, path: str, typed: Mapping[str, Any], language: Language) -> Typed:
    """One more empty row."""
    count = int(typed[path])
    return {path: count + 1} | opened(asked.models[0], None, language, f"{path}.{count}.")


def merged(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Typed:
    """My changes on top of theirs: of each field, rows and variants as a whole, mine if I touched it, else theirs."""
    touched = {_top(path) for path in base.keys() | mine.keys() if base.get(path) != mine.get(path)}
    return {path: value for path, value in theirs.items() if _top(path) not in touched} | {
        path: value for path, value in mine.items() if _top(path) in touched
    }


def slug(text: str, token: str) -> str:
    """A readable id: "Grüne Energie", "3f9a1c" → "gruene-energie-3f9a1c"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")
    return f"{words}-{token}" if words else token


def number_as_typed(value: float, language: Language) -> str:
    """Every digit of a number, the way it is typed: 1234.5 → "1.234,5"."""
    text = f"{Decimal(repr(float(value))):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(_GERMAN_MARKS) if language == "de" else text


def share_as_typed(share: float, language: Language) -> str:
    """A share 0–1 in per cent: 0.285 → "28,5 %"; as it is where per cent would not give back its last digit."""
    text = number_as_typed(float(Decimal(repr(float(share))) * 100), language) + " %"
    with suppress(Refusal):  # more digits than a form takes
        if parse_share(text, language) == share:
            return text
    return number_as_typed(share, language)


def date_as_typed(text: str, language: Language) -> str:
    """`2024-11` → "11.2024" in German; ISO in English, where day and month are easily mixed up."""
    return ".".join(reversed(text.split("-"))) if language == "de" else text


def _opened(asked: FormField, value: Any, language: Language, path: str) -> Typed:
    if asked.shape is Shape.rows:
        typed: Typed = {path: len(value or ()) + 1}
        for index, row in enumerate((*(value or ()), None)):
            typed |= opened(asked.models[0], row, language, f"{path}.{index}.")
        return typed
    if asked.shape is Shape.variants:
        chosen: type[BaseModel] = asked.models[0] if value is None else type(value)
        typed = {path: tag_of(chosen)[1]}
        for model in asked.models:
            typed |= opened(model, None, language, path + ".")
        return typed | opened(chosen, value, language, path + ".")
    return {path: _shown(asked, value, language)}


def _shown(asked: FormField, value: Any, language: Language) -> Any:
    match asked.shape:
        case Shape.flag:
            return bool(value)
        case Shape.references:
            return list(value or ())
        case Shape.lines:
            return "\n".join(value or ())
        case Shape.numbers:
            return "; ".join(number_as_typed(one, language) for one in value or ())
        case _ if value is None:
            return ""
        case Shape.number:
            return share_as_typed(value, language) if _is_share(asked) else number_as_typed(value, language)
        case Shape.day:
            return date_as_typed(value.isoformat(), language)
        case Shape.partial_date:
            return date_as_typed(value, language)
        case Shape.quarter:
            return quarter(value, language)
        case Shape.period:
            return _period_as_typed(value, language)
    return str(value)


def _period_as_typed(text: str, language: Language) -> str:
    """A quarter in words, a month as a date is typed."""
    return quarter_or_month(text, language) if "Q" in text else date_as_typed(text, language)


class _Reading:
    """Widgets read into raw values: errors by path, and where the rows that were left out moved the others."""

    def __init__(self, kind: str, typed: Mapping[str, Any], language: Language, unit_of: Callable[[str], str]) -> None:
        self.kind, self.typed, self.language, self.unit_of = kind, typed, language, unit_of
        self.errors: dict[str, str] = {}
        self.rows: dict[str, list[int]] = {}

    def values(self, model: type[BaseModel], original: Any, prefix: str = "") -> dict[str, Any]:
        """Raw values for the model; what cannot be read is left out and noted."""
        found = {}
        for asked in form_fields(model):
            path = prefix + asked.name
            value = self._value(asked, path, getattr(original, asked.name, None))
            if path not in self.errors:
                found[asked.name] = value
        return found

    def place(self, broken: BrokenRule) -> str:
        """The widget at which a broken rule is to be mended."""
        path = self._mended_at(broken)
        for rows, kept in self.rows.items():
            match = re.match(rf"{re.escape(rows)}\.(\d+)", path)
            if match:
                path = f"{rows}.{kept[int(match[1])]}{path[match.end() :]}"
        while path and path not in self.typed:
            path = path.rpartition(".")[0]
        return path

    def told(self, path: str, sentence: str) -> str:
        """The sentence behind the name of its field."""
        return f"{label_of(self.kind, path, self.typed, self.language)}: {sentence}" if path else sentence

    def _mended_at(self, broken: BrokenRule) -> str:
        """Where the rule of a whole record, row or variant is shown; the path of any other rule as it is."""
        path = broken.path
        model: type[BaseModel] | None = KINDS[self.kind]
        if path:
            asked = _field_at(KINDS[self.kind], path, self.typed)
            model = None if asked is None else _model_at(asked, path, self.typed)
        names = [field.name for field in form_fields(model)] if model else []
        name = (
            _named_in(broken, names)
            or _late_row(broken)
            or next((name for name in _FIELDS_OF_RULES if name in names), "")
        )
        return f"{path}.{name}".strip(".") if model and name else path

    def _value(self, asked: FormField, path: str, original: Any) -> Any:
        if asked.shape is Shape.rows:
            return self._row_values(asked, path, original or ())
        if asked.shape is Shape.variants:
            model = next(model for model in asked.models if tag_of(model)[1] == self.typed[path])
            name, tag = tag_of(model)
            same = original if isinstance(original, model) else None
            return {name: tag} | self.values(model, same, path + ".")
        typed = self.typed[path]
        if isinstance(typed, str) and not typed.strip():
            return self._blank(asked, path)
        return self._read(asked, typed, path, original)

    def _row_values(self, asked: FormField, path: str, original: Sequence[Any]) -> list[dict[str, Any]]:
        empty = opened(asked.models[0], None, self.language)
        kept = [
            index
            for index in range(int(self.typed[path]))
            if any(self.typed[f"{path}.{index}.{name}"] != value for name, value in empty.items())
        ]
        self.rows[path] = kept
        rows = {index: original[index] if index < len(original) else None for index in kept}
        return [self.values(asked.models[0], row, f"{path}.{index}.") for index, row in rows.items()]

    def _blank(self, asked: FormField, path: str) -> Any:
        if asked.shape in (Shape.lines, Shape.numbers):
            return []
        if not asked.optional:
            self._refuse(path, rule_sentence("missing", {}, self.language))
        return None

    def _read(self, asked: FormField, typed: Any, path: str, original: Any) -> Any:
        if asked.shape is Shape.lines:
            return [line for line in typed.split("\n") if line.strip()]
        if asked.shape not in _READERS:
            return typed
        if original is not None and typed == _shown(asked, original, self.language):
            return original
        try:
            if asked.shape is Shape.number and not _is_share(asked):
                return parse_number(typed, self.language, self.unit_of(path))
            return _reader(asked)(typed, self.language)
        except Refusal as refusal:
            self._refuse(path, refusal_sentence(refusal, self.language))
            return None

    def _refuse(self, path: str, sentence: str) -> None:
        self.errors[path] = self.told(path, sentence)


def _named_in(broken: BrokenRule, names: Sequence[str]) -> str:
    """The field that a rule itself names as the one to be filled; "" if it names none."""
    field_named = str(broken.context.get("field", ""))
    return field_named if field_named in names else ""


def _late_row(broken: BrokenRule) -> str:
    """The interim target whose date a rule about two dates finds too early; "" if it is no interim target's."""
    late = broken.context.get("later", broken.context.get("due"))
    rows = broken.given.get("interim", ()) if late and isinstance(broken.given, Mapping) else ()
    return next((f"interim.{row}.due" for row in reversed(range(len(rows))) if rows[row].get("due") == late), "")


def _whole(text: str, language: Language) -> float | int:
    value = parse_number(text, language)
    return int(value) if value.is_integer() else value


_READERS: Mapping[Shape, Callable[[str, Language], Any]] = {
    Shape.number: parse_number,
    Shape.whole: _whole,
    Shape.day: parse_partial_date,
    Shape.partial_date: parse_partial_date,
    Shape.quarter: parse_quarter,
    Shape.period: parse_quarter_or_month,
    Shape.numbers: parse_numbers,
}


def _is_share(asked: FormField) -> bool:
    """Whether a number is a share 0–1, as its name says."""
    return asked.shape is Shape.number and asked.name.rpartition("_")[2] == "share"


def _reader(asked: FormField) -> Callable[[str, Language], Any]:
    return parse_share if _is_share(asked) else _READERS[asked.shape]


def _reworded(asked: FormField | None, value: Any, before: Language, now: Language) -> Any:
    if asked is None or asked.shape not in _READERS or not isinstance(value, str):
        return value
    try:
        read = _reader(asked)(value, before)
        return _shown(asked, date.fromisoformat(read) if asked.shape is Shape.day else read, now)
    except (Refusal, ValueError):
        return value


def _field_at(model: type[BaseModel], path: str, typed: Mapping[str, Any]) -> FormField | None:
    name, _, rest = path.partition(".")
    asked = next((asked for asked in form_fields(model) if asked.name == name), None)
    if asked is None or not rest:
        return asked
    inner = rest.partition(".")[2] if asked.shape is Shape.rows else rest
    if not inner:  # a row as a whole
        return asked
    found = (_field_at(part, inner, typed) for part in asked.models)
    return next((field for field in found if field is not None), None)


def _model_at(asked: FormField, path: str, typed: Mapping[str, Any]) -> type[BaseModel] | None:
    """The model that stands at a path as a whole: a row, or the variant that was chosen; None for a plain field."""
    if asked.shape is Shape.variants:
        return next((model for model in asked.models if tag_of(model)[1] == typed[path]), None)
    return asked.models[0] if asked.shape is Shape.rows and path not in typed else None


def _top(path: str) -> str:
    return path.partition(".")[0]
