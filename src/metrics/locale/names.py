"""What records, fields and choices are called, looked up in the vocabulary of the catalogues."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from metrics.domain.base import Record
from metrics.domain.committee import ConsultationStep, GoalText, ProposedDecision
from metrics.domain.demands import DEMANDS, InterimTarget, Stage, StateCriterion
from metrics.domain.kinds import KINDS
from metrics.domain.living_labs import LabPart
from metrics.domain.measures import Dependency, Milestone
from metrics.domain.people import CARDS
from metrics.domain.priorities import Criterion, DecidedMeasure, PairComparison, RemovedMeasure, Score, Seat
from metrics.domain.progress.outcome import Course, Freshness, Obstacle
from metrics.domain.resources import CapacityDeviation, Post, PotYear
from metrics.domain.scenarios import ScenarioChange
from metrics.domain.upkeep import Gap
from metrics.locale.catalogue import Language, lookup, translate

NESTED_KINDS: dict[str, type[BaseModel]] = {
    "milestone": Milestone,
    "dependency": Dependency,
    "post": Post,
    "capacity_deviation": CapacityDeviation,
    "pot_year": PotYear,
    "scenario_change": ScenarioChange,
    "lab_part": LabPart,
    "criterion": Criterion,
    "pair_comparison": PairComparison,
    "seat": Seat,
    "removed_measure": RemovedMeasure,
    "score": Score,
    "decided_measure": DecidedMeasure,
    "interim_target": InterimTarget,
    "stage": Stage,
    "state_criterion": StateCriterion,
    "gap": Gap,
    "consultation_step": ConsultationStep,
    "proposed_decision": ProposedDecision,
    "goal_text": GoalText,
    **DEMANDS,
}
"""Values inside records that have fields, and so names, of their own."""
MODELS: dict[str, type[BaseModel]] = {**KINDS, **NESTED_KINDS, **CARDS}

_KIND_OF_MODEL = {model: kind for kind, model in MODELS.items()}
_SHARED = "record"
_NAMESPACES: dict[type[StrEnum], str] = {Course: "course", Freshness: "freshness", Obstacle: "obstacle"}
_ACTIONS_ON_KINDS = ("add", "revise", "withdraw")


def kind_name(kind: str, language: Language, plural: bool = False) -> str:
    """Ziel / Ziele, goal / goals; nested values such as `milestone` have names too."""
    return translate(f"kind.{kind}.plural" if plural else f"kind.{kind}", language)


def record_title(record: Record, language: Language) -> str:
    """A record's title, in English where it has one."""
    english = getattr(record, "title_en", None)
    return str(english if english and language == "en" else getattr(record, "title", record.id))


def kind_help(kind: str, language: Language) -> str | None:
    """A sentence that tells one kind of nested value from its siblings, where its name alone does not."""
    return lookup(f"help.kind.{kind}", language)


def field_label(kind: str, field: str, language: Language) -> str:
    """A field's short name; `field` may be a path such as `milestones.0.due`, whose last field is named.

    A field without a name of its own in this kind has the name that all records share (`field.record.owner`).
    """
    owner, name = owner_of(kind, field)
    return lookup(f"field.{owner}.{name}", language) or translate(f"field.{_SHARED}.{name}", language)


def field_help(kind: str, field: str, language: Language) -> str | None:
    """A sentence that explains a field, where its name alone does not."""
    owner, name = owner_of(kind, field)
    return lookup(f"help.{owner}.{name}", language) or lookup(f"help.{_SHARED}.{name}", language)


def choice(member: StrEnum, language: Language) -> str:
    """What a member of a list of choices is called."""
    return translate(choice_key(member), language)


def choice_key(member: StrEnum) -> str:
    """The vocabulary key of a member."""
    return f"{_NAMESPACES.get(type(member), f'choice.{type(member).__name__}')}.{member.name}"


def course_word(course: Course | None, language: Language) -> str:
    """The official name: Sonne, leicht bewölkt, Wolke, Gewitter; "nicht bewertbar" without a course."""
    return translate("course.none", language) if course is None else choice(course, language)


def course_meaning(course: Course | None, language: Language) -> str:
    """What the symbol says in plain words: "auf Kurs", "leicht hinter Kurs", …"""
    return translate(f"course.{course.value if course else 'none'}.meaning", language)


def freshness_word(freshness: Freshness, language: Language) -> str:
    """aktuell, überfällig, veraltet, …"""
    return choice(freshness, language)


def action_words(action: str, language: Language) -> str:
    """What a change in the history did: "Ziel angelegt" for `add_goal`; an action without words shows its code."""
    verb, _, kind = action.partition("_")
    if verb in _ACTIONS_ON_KINDS and kind in KINDS:
        return translate(f"action.{verb}", language, kind=kind_name(kind, language))
    return lookup(f"action.{action}", language) or action


@cache
def owner_of(kind: str, path: str) -> tuple[str, str]:
    """The kind whose own field a path ends at, and that field: ("measure", "milestones.0.due") → ("milestone", "due").

    Positions in lists and the tags of a union take no part; of a kind that is called as its own field, the name stands
    twice where the tag is meant. A path that leaves the models ends at its last name.
    """
    last = owner, name = kind, ""
    parts = path.split(".")
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        inner = _inner_kinds(owner, name)
        if len(inner) > 1 and part in inner and (part not in MODELS[part].model_fields or part == following):
            owner, name = part, ""
        elif not part.isdigit():
            owner = next((kind for kind in inner if part in MODELS[kind].model_fields), owner)
            last = owner, name = owner, part
    return last


def field_of(kind: str, path: str) -> FieldInfo | None:
    """The field that a path ends at; None if there is none."""
    owner, name = owner_of(kind, path)
    return MODELS[owner].model_fields.get(name) if owner in MODELS else None


def nested_models(field: FieldInfo) -> list[type[BaseModel]]:
    """The models that a field's values may be, in their order."""
    return [part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]


def _inner_kinds(owner: str, name: str) -> list[str]:
    field = MODELS[owner].model_fields.get(name) if owner in MODELS else None
    return [_KIND_OF_MODEL[model] for model in nested_models(field) if model in _KIND_OF_MODEL] if field else []


def choices_of(field: FieldInfo | None) -> type[StrEnum] | None:
    """The list of choices a field offers, if it does."""
    found = [] if field is None else [part for part in _parts(field.annotation) if _is_choice(part)]
    return found[0] if found else None


def _is_choice(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, StrEnum)


def _parts(annotation: Any) -> list[Any]:
    """The types an annotation is made of: unions, tuples and Annotated taken apart."""
    inner = get_args(annotation)
    return [found for part in inner for found in _parts(part)] if inner else [annotation]
