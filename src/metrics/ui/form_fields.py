"""What a form asks for: the fields of a model with the shape of their widgets, read from the model and nothing else."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from metrics.domain.base import Multiline, PartialDate, Record, Reference
from metrics.domain.kinds import KINDS
from metrics.domain.periods import Period, Quarter

MAIN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "goal": ("title", "level", "parent_ids", "description", "perspective_id", "field_id", "state", "owner", "deputy"),
    "measure": (
        *("title", "goal_ids", "responsibility", "state", "owner", "deputy", "starts", "ends", "milestones"),
        "depends_on",
    ),
    "living_lab": (
        *("title", "goal_ids", "phase", "question", "owner", "deputy", "starts", "ends", "success_criteria"),
        "lessons",
    ),
    "indicator": (
        *("title", "unit", "direction", "territory", "basis", "rhythm", "goal_ids", "owner", "deputy"),
        "definition",
    ),
    "target": ("indicator_id", "demand", "valid_from", "valid_until", "decided_by"),
    "capacity_group": ("title", "fte", "posts", "days_per_quarter", "absence_share", "base_load_share"),
    "resource_demand": ("measure_id", "group_id", "period", "until", "person_days", "budget"),
    "funding_pot": ("title", "funder", "starts", "ends", "own_share", "years"),
    "money_line": ("measure_id", "pot_id", "year", "planned", "committed", "spent"),
    "scenario": ("title", "state", "description", "changes"),
    "criteria_set": ("title", "weighting", "criteria", "comparisons"),
    "finding": ("text", "finding_kind", "state", "goal_ids", "measure_ids"),
    "contribution": ("title", "text", "measure_ids", "goal_ids", "origin", "received_on", "owner", "answer_due"),
    "meeting": ("title", "meeting_kind", "held_on", "begins", "ends", "place", "agenda"),
    "sitting": (
        *("title", "committee", "held_on", "role", "paper_kind", "public", "agenda_item", "decisions", "summary"),
        "goal_texts",
    ),
    "follow_up": (
        "title",
        "sitting_id",
        "follow_up_kind",
        "text",
        "owner",
        "deputy",
        "due",
        "state",
        "result",
        "done_on",
    ),
    "change_activity": ("method", "form", "aims", "conduct", "results", "confidential", "state"),
}
"""What a form shows first; of kinds that are not named here, whatever has to be filled in. The rest is folded away."""


class Shape(StrEnum):
    """Which widget a field is asked with."""

    line = "line"
    text = "text"
    lines = "lines"
    numbers = "numbers"
    choice = "choice"
    flag = "flag"
    number = "number"
    whole = "whole"
    day = "day"
    partial_date = "partial_date"
    quarter = "quarter"
    period = "period"
    reference = "reference"
    references = "references"
    rows = "rows"
    variants = "variants"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    `optional`: it may stay empty; `default`: what a new record starts with; `choices`, `kind` and `models` say what
    choices, references, and rows or variants are made of.
    """

    name: str
    shape: Shape
    optional: bool
    default: object = None
    choices: type[StrEnum] | None = None
    kind: str = ""
    models: tuple[type[BaseModel], ...] = ()


class FieldWithoutWidget(LookupError):
    """A model has a form of field that no widget is known for."""


@cache
def form_fields(model: type[BaseModel]) -> tuple[FormField, ...]:
    """The fields of a model in the order of a form: its own first, then those that all records share; never the id."""
    shared = [name for name in Record.model_fields if name in model.model_fields]
    own = [name for name in model.model_fields if name not in shared]
    hints = get_type_hints(model, include_extras=True)
    names = [name for name in (*own, *shared) if name != "id" and get_origin(hints[name]) is not Literal]
    return tuple(_form_field(model, name, hints[name]) for name in names)


@cache
def form_field(model: type[BaseModel], name: str) -> FormField:
    """One field of a model that a form asks for by name, because the others are not for forms."""
    return _form_field(model, name, get_type_hints(model, include_extras=True)[name])


@cache
def grouped_fields(kind: str) -> tuple[tuple[FormField, ...], tuple[FormField, ...]]:
    """The fields that a form shows first, and those that it folds away."""
    fields = form_fields(KINDS[kind])
    needed = tuple(field.name for field in fields if KINDS[kind].model_fields[field.name].is_required())
    main = MAIN_FIELDS.get(kind, needed)
    first = sorted((field for field in fields if field.name in main), key=lambda field: main.index(field.name))
    return tuple(first), tuple(field for field in fields if field.name not in main)


@cache
def tag_of(model: type[BaseModel]) -> tuple[str, str]:
    """The field that tells the members of a union apart, and its value in this one: ("demand", "in_words")."""
    for name, hint in get_type_hints(model, include_extras=True).items():
        if get_origin(hint) is Literal:
            return name, get_args(hint)[0]
    raise FieldWithoutWidget(model.__name__)


def _form_field(model: type[BaseModel], name: str, hint: Any) -> FormField:
    types_, marks = _taken_apart(hint)
    plain = [part for part in types_ if part not in (tuple, type(None))]
    many, optional = tuple in types_, tuple in types_ or type(None) in types_
    info = model.model_fields[name]
    default = None if info.is_required() else info.default
    kind = next((mark.kind for mark in marks if isinstance(mark, Reference)), "")
    if kind:
        return FormField(name, Shape.references if many else Shape.reference, optional, default, kind=kind)
    models = tuple(part for part in plain if isinstance(part, type) and issubclass(part, BaseModel))
    if models:
        return FormField(name, Shape.rows if many else Shape.variants, optional, default, models=models)
    choices = next((part for part in plain if isinstance(part, type) and issubclass(part, StrEnum)), None)
    if choices:
        return FormField(name, Shape.choice, optional, default, choices=choices)
    return FormField(name, _shape(plain, marks, many, f"{model.__name__}.{name}"), optional, default)


def _shape(plain: list[Any], marks: list[Any], many: bool, where: str) -> Shape:
    if plain == [str]:
        return _shape_of_text(marks, many)
    if many and plain == [float]:
        return Shape.numbers
    shapes = {bool: Shape.flag, int: Shape.whole, float: Shape.number, date: Shape.day}
    if many or len(plain) != 1 or plain[0] not in shapes:
        raise FieldWithoutWidget(where)
    return shapes[plain[0]]


def _shape_of_text(marks: list[Any], many: bool) -> Shape:
    if many:
        return Shape.lines
    if any(isinstance(mark, Multiline) for mark in marks):
        return Shape.text
    if get_args(PartialDate)[-1] in marks:
        return Shape.partial_date
    if get_args(Period)[-1] in marks:
        return Shape.period
    return Shape.quarter if get_args(Quarter)[-1] in marks else Shape.line


def _taken_apart(hint: Any) -> tuple[list[Any], list[Any]]:
    """The types that a hint is made of (`tuple` stands for "several of these"), and all its marks."""
    origin = get_origin(hint)
    if origin is Annotated:
        types_, marks = _taken_apart(get_args(hint)[0])
        return types_, marks + list(get_args(hint)[1:])
    if origin in (Union, types.UnionType, tuple):
        parts = [_taken_apart(part) for part in get_args(hint) if part is not Ellipsis]
        found = [type_ for types_, _ in parts for type_ in types_]
        return ([tuple] if origin is tuple else []) + found, [mark for _, marks in parts for mark in marks]
    return [hint], []
