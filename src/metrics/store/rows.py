"""Between a record and its row: lists and nested values travel as JSON text, everything else as itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from metrics.domain.base import Record

RecordT = TypeVar("RecordT", bound=Record)
ModelT = TypeVar("ModelT", bound=BaseModel)
_PLAIN = (str, int, float, bool, date)


@cache
def nested_fields(record_type: type[BaseModel]) -> frozenset[str]:
    """Names of the fields that are kept as JSON text."""
    return frozenset(name for name, field in record_type.model_fields.items() if not _is_plain(field.annotation))


def to_row(record: BaseModel) -> dict[str, Any]:
    """The record's own columns."""
    row = record.model_dump(mode="python")
    readable = record.model_dump(mode="json")
    for name, value in row.items():
        if name in nested_fields(type(record)):
            row[name] = json.dumps(readable[name], ensure_ascii=False)
        elif not isinstance(value, date):
            row[name] = readable[name]
    return row


def from_row(record_type: type[ModelT], row: Mapping[str, Any]) -> ModelT:
    """The record of a row; columns of the ledger itself are passed over.

    A backup of an older schema lacks columns that a later migration fills with the field's default.
    """
    nested = nested_fields(record_type)
    present = (name for name in record_type.model_fields if name in row)
    return record_type.model_validate(
        {name: json.loads(row[name]) if name in nested else row[name] for name in present}
    )


def _is_plain(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, _PLAIN)
    if getattr(annotation, "__origin__", None) is tuple:
        return False
    parts = [part for part in get_args(annotation) if part is not type(None) and not _is_mark(part)]
    return len(parts) == 1 and _is_plain(parts[0])


def _is_mark(part: Any) -> bool:
    """Whether an argument of Annotated is a remark on the type, not a type."""
    return not isinstance(part, type) and not get_args(part) and not hasattr(part, "__origin__")
