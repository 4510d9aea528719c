"""Nothing the program knows is without a name: fields, choices, refusals, obstacles and rules, in both languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from metrics.domain.demands import DEMANDS
from metrics.domain.document import PlanDocument
from metrics.domain.kinds import KINDS
from metrics.domain.progress.outcome import Course, Freshness, NotComputable, Obstacle
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import LANGUAGES, Language, lookup
from metrics.locale.collect import catalogue_path, placeholders, read_catalogue, untranslated
from metrics.locale.names import (
    MODELS,
    action_words,
    choice,
    choice_key,
    course_meaning,
    course_word,
    field_help,
    field_label,
    freshness_word,
    kind_name,
    nested_models,
)
from metrics.locale.words import obstacle_sentence

ROOT = Path(__file__).parents[2]
DERIVED_WORDS = {
    "period": {"period_start", "period_end"},
    "quantity": {"value", "unit"},
    "bounds": {"minimum", "maximum"},
    "count": {"problems"},
}
"""Words of a sentence that are made from several of a refusal's data."""


def every_module() -> None:
    """Import every ring that has refusals and choices, so that all are known; the screen has neither."""
    for ring in ("domain", "locale", "store", "exchange", "charts", "usecases"):
        for module in pkgutil.walk_packages([str(ROOT / "src/metrics" / ring)], f"metrics.{ring}."):
            importlib.import_module(module.name)


def subclasses(base: type) -> Iterator[type]:
    for found in base.__subclasses__():
        yield found
        yield from subclasses(found)


every_module()
REFUSALS = [Refusal, *(found for found in subclasses(Refusal) if found.__module__.startswith("metrics."))]
CHOICES = [found for found in subclasses(StrEnum) if found.__module__.startswith("metrics.")]
FIELDS = [(kind, name) for kind, model in MODELS.items() for name in model.model_fields]
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def custom_error_types() -> set[str]:
    """The first argument of every PydanticCustomError in the code, and the rules that reading a plan file adds."""
    found: set[str] = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PydanticCustomError":
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno}: the error type is no constant"
                found.add(node.args[0].value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                found |= {node.args[2].value} if isinstance(node.args[2], ast.Constant) else set()
    return found


def doubts() -> set[str]:
    """The first argument of every Doubt in the code."""
    called = (
        node.args[0]
        for file in (ROOT / "src/metrics/domain").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Doubt"
    )
    return {argument.value for argument in called if isinstance(argument, ast.Constant)}


ERRORS_OF_SCHEMA: dict[str, tuple[str, ...]] = {
    "str": ("string_type", "string_unicode"),
    "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float", "finite_number"),
    "float": ("float_type", "float_parsing", "finite_number"),
    "bool": ("bool_type", "bool_parsing"),
    "date": ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    "enum": ("enum",),
    "literal": ("literal_error",),
    "tuple": ("tuple_type",),
    "tagged-union": ("union_tag_invalid", "union_tag_not_found"),
    "model": ("model_type", "model_attributes_type", "frozen_instance", "frozen_field", "recursion_loop"),
    "model-fields": ("missing", "extra_forbidden", "invalid_key"),
    "model-field": (),
    "nullable": (),
    "default": (),
    "function-before": (),
    "function-after": ("too_short", "too_long", "string_pattern_mismatch"),
    "definitions": (),
    "definition-ref": (),
    "function-plain": (),
}
"""What pydantic may raise for each part that our models are built of; another part fails until it stands here."""

ERRORS_OF_CONSTRAINT = {
    "min_length": "string_too_short",
    "max_length": "string_too_long",
    "pattern": "string_pattern_mismatch",
    "gt": "greater_than",
    "ge": "greater_than_equal",
    "lt": "less_than",
    "le": "less_than_equal",
}


def error_types_of(schema: object) -> Iterator[str]:
    """Every error type that a core schema may raise."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield from ERRORS_OF_SCHEMA[schema["type"]]
        yield from (error for constraint, error in ERRORS_OF_CONSTRAINT.items() if constraint in schema)
        for name, part in schema.items():
            if name not in ("function", "serialization", "metadata", "ref", "expected", "members", "default"):
                yield from error_types_of(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from error_types_of(part)


def builtin_error_types() -> set[str]:
    models: list[type[BaseModel]] = [PlanDocument, *KINDS.values()]
    found = {error for model in models for error in error_types_of(model.__pydantic_core_schema__)}
    return found | {"json_invalid", "json_type"}


@BOTH
@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_has_a_singular_and_a_plural(kind: str, language: Language) -> None:
    assert kind_name(kind, language).strip()
    assert kind_name(kind, language, plural=True).strip()


@BOTH
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_has_a_name(kind: str, field: str, language: Language) -> None:
    label = field_label(kind, field, language)
    assert 0 < len(label) <= 45
    assert not label.endswith((".", ":"))
    assert field_help(kind, field, language) != ""


def test_every_nested_value_is_among_the_named_models() -> None:
    for model in [*MODELS.values()]:
        for field in model.model_fields.values():
            assert set(nested_models(field)) <= set(MODELS.values())


@BOTH
@pytest.mark.parametrize("member", [member for enum in CHOICES if enum is not Obstacle for member in enum], ids=repr)
def test_every_choice_has_a_name(member: StrEnum, language: Language) -> None:
    assert choice(member, language).strip()


@BOTH
@pytest.mark.parametrize("enum", [enum for enum in CHOICES if enum is not Obstacle])
def test_no_two_choices_of_a_list_share_a_name(enum: type[StrEnum], language: Language) -> None:
    assert len({choice(member, language) for member in enum}) == len(enum)


@BOTH
@pytest.mark.parametrize("course", [*Course, None])
def test_every_course_has_its_official_name_and_a_plain_meaning(course: Course | None, language: Language) -> None:
    assert course_word(course, language)
    assert course_meaning(course, language)


def test_courses_keep_the_official_names() -> None:
    assert [course_word(course, "de") for course in Course] == ["Sonne", "leicht bewölkt", "Wolke", "Gewitter"]
    assert course_word(None, "de") == "nicht bewertbar"


@BOTH
@pytest.mark.parametrize("freshness", Freshness)
def test_every_freshness_has_a_word(freshness: Freshness, language: Language) -> None:
    assert freshness_word(freshness, language)


@BOTH
@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_sentence_with_and_without_counts(obstacle: Obstacle, language: Language) -> None:
    assert obstacle_sentence(NotComputable(obstacle), language).endswith(".")
    assert "{" not in obstacle_sentence(NotComputable(obstacle, 3, 6), language)


@BOTH
@pytest.mark.parametrize("obstacle", [Obstacle.too_few_points, Obstacle.break_in_series, Obstacle.low_coverage])
def test_obstacles_that_count_tell_their_counts(obstacle: Obstacle, language: Language) -> None:
    sentence = obstacle_sentence(NotComputable(obstacle, have=3, need=7), language)
    assert "3" in sentence
    assert "7" in sentence


@BOTH
@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_has_a_sentence_of_its_own(refusal: type[Refusal], language: Language) -> None:
    sentence = lookup(f"refusal.{refusal.code}", language)
    assert sentence is not None
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusals_sentence_uses_only_the_data_it_documents(refusal: type[Refusal]) -> None:
    documented = set(re.findall(r"`(\w+)`", refusal.__doc__ or ""))
    used = placeholders(lookup(f"refusal.{refusal.code}", "de") or "")
    made = {source for word in used & DERIVED_WORDS.keys() for source in DERIVED_WORDS[word]}
    assert (used - DERIVED_WORDS.keys()) | made <= documented


def test_no_two_refusals_share_a_code() -> None:
    assert len({refusal.code for refusal in REFUSALS}) == len(REFUSALS)


@BOTH
@pytest.mark.parametrize("error_type", sorted(builtin_error_types() | custom_error_types()))
def test_every_rule_a_model_can_break_has_a_sentence(error_type: str, language: Language) -> None:
    sentence = lookup(f"rule.{error_type}", language)
    assert sentence is not None
    assert sentence.endswith(".")


def test_the_list_of_rules_is_not_empty_by_mistake() -> None:
    expected = {"missing", "string_too_long", "enum", "greater_than", "less_than_equal", "union_tag_invalid"}
    assert expected <= builtin_error_types()
    assert {"control_character", "duplicate_key", "partial_date", "period_backwards"} <= custom_error_types()


@BOTH
def test_every_action_of_the_history_has_words(language: Language) -> None:
    actions = {"import_plan", "record_reading"} | {f"{verb}_goal" for verb in ("add", "revise", "withdraw")}
    for action in actions | recorded_actions():
        assert action_words(action, language) != action


def recorded_actions() -> set[str]:
    """Every whole action name that the use cases hand to the ledger."""
    texts = [file.read_text("utf-8") for file in (ROOT / "src/metrics/usecases").glob("*.py")]
    return {action for text in texts for action in re.findall(r'action="(\w+)",', text)}


def keys_of(language: Language) -> dict[str, str]:
    catalogue = read_catalogue(catalogue_path(ROOT, language), language)
    return {
        message.id: str(message.string)
        for message in catalogue
        if isinstance(message.id, str) and re.fullmatch(r"[a-z_]+(\.\w+)+", message.id)
    }


def test_both_catalogues_hold_the_same_keys_with_the_same_placeholders() -> None:
    german, english = keys_of("de"), keys_of("en")
    assert german.keys() == english.keys()
    assert {key: placeholders(text) for key, text in german.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_the_german_catalogue_is_complete_and_holds_nothing_but_vocabulary() -> None:
    catalogue = read_catalogue(catalogue_path(ROOT, "de"), "de")
    assert untranslated(catalogue) == []
    assert {message.id for message in catalogue if message.id} == keys_of("de").keys()


def test_no_key_of_the_english_catalogue_is_empty_or_fuzzy() -> None:
    missing = untranslated(read_catalogue(catalogue_path(ROOT, "en"), "en"))
    assert [key for key in missing if key in keys_of("en")] == []


def test_sentences_are_translated_and_not_copied() -> None:
    german, english = keys_of("de"), keys_of("en")
    assert [key for key, text in german.items() if len(text.split()) > 3 and english[key] == text] == []


def test_no_name_is_left_behind_by_a_field_choice_or_rule_that_is_gone() -> None:
    names = {f"{kind}.{name}" for kind, name in FIELDS} | {f"record.{name}" for _, name in FIELDS}
    known = {
        "kind": {name for kind in MODELS for name in (kind, f"{kind}.plural")},
        "field": names,
        "help": names | {f"kind.{tag}" for tag in DEMANDS},
        "doubt": doubts(),
        "choice": {choice_key(member).removeprefix("choice.") for enum in CHOICES for member in enum}
        | {"bool.true", "bool.false"},
        "obstacle": {name for reason in Obstacle for name in (reason.value, f"{reason.value}.counted")},
        "refusal": {refusal.code for refusal in REFUSALS} | {"plan_file_broken.place", "plan_file_broken.more"},
        "rule": {*get_args(ErrorType), *custom_error_types(), "other"},
    }
    left: list[Any] = []
    for key in keys_of("de"):
        namespace, name = key.split(".", 1)
        if name not in known.get(namespace, {name}):
            left.append(key)
    assert left == []


@BOTH
def test_every_doubt_and_every_kind_of_target_is_told_in_a_sentence(language: Language) -> None:
    assert len(doubts()) >= 7 and len(DEMANDS) == 14
    keys = [*(f"doubt.{code}" for code in doubts()), *(f"help.kind.{tag}" for tag in DEMANDS)]
    assert [key for key in keys if not (lookup(key, language) or "").endswith(".")] == []


def test_a_shared_name_is_not_repeated_for_a_single_kind() -> None:
    german, english = keys_of("de"), keys_of("en")
    doubled = []
    for key in german:
        namespace, _, rest = key.partition(".")
        if namespace == "field" and not rest.startswith("record."):
            shared = f"field.record.{rest.split('.')[1]}"
            if german.get(shared) == german[key] and english.get(shared) == english[key]:
                doubled.append(key)
    assert doubled == []


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("demand.stages", "Stufen"),
        ("demand.stages.0.criterion", "Woran man sie erkennt"),
        ("demand.stages.stages.0.criterion", "Woran man sie erkennt"),
        ("demand.stages.due", "Fällig am"),
        ("demand.due", "Fällig am"),
    ],
)
def test_a_kind_that_is_called_as_its_own_field_is_told_from_it(path: str, label: str) -> None:
    assert field_label("target", path, "de") == label
