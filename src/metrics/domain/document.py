"""A whole plan as one document: the format in which any office can bring its plan and take it away again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import create_model, model_validator
from pydantic_core import PydanticCustomError

from metrics.domain.base import Record, Value, first_doubled
from metrics.domain.kinds import KINDS


class _RecordsByKind(Value):
    @model_validator(mode="after")
    def _ids_are_unique(self) -> _RecordsByKind:
        for kind in type(self).model_fields:
            doubled = first_doubled(record.id for record in getattr(self, kind))
            if doubled is not None:
                raise PydanticCustomError(
                    "duplicate_id", "id {id} occurs twice in {kind}", {"id": doubled, "kind": kind}
                )
        return self


_fields: dict[str, Any] = {kind: (tuple[record_type, ...], ()) for kind, record_type in KINDS.items()}  # type: ignore[valid-type]
PlanRecords = create_model("PlanRecords", __base__=_RecordsByKind, **_fields)
PlanRecords.__doc__ = "The plan's records, one list for each kind; an absent list is empty."


class PlanDocument(Value):
    """A plan file: its format, and all records in their current version."""

    format: Literal["zukunftsplan"] = "zukunftsplan"
    format_version: Literal[1] = 1
    records: PlanRecords

    def all_records(self) -> Iterator[Record]:
        """Every record, kinds in the order of the registry."""
        for kind in KINDS:
            yield from getattr(self.records, kind)


def plan_document(records: Iterable[Record]) -> PlanDocument:
    """A document of these records, sorted by id within their kind, so that equal plans are equal files."""
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        by_kind[record.kind].append(record)
    lists = {kind: tuple(sorted(found, key=lambda record: record.id)) for kind, found in by_kind.items()}
    return PlanDocument(records=PlanRecords(**lists))
