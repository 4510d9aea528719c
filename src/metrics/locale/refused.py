"""Why something was refused: what happened, which rule, the way out. For refusals and for broken fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import ValidationError

from metrics.domain.indicators import PeriodKind
from metrics.domain.kinds import KINDS
from metrics.domain.plausibility import Doubt
from metrics.domain.refusals import MailSettingWrong, PlanFileBroken, Refusal, ValueOutsideNaturalBounds
from metrics.locale.catalogue import Language, lookup, translate
from metrics.locale.formats import MISSING, day, moment, number, period, quantity, quarter_or_month
from metrics.locale.names import MODELS, choice, choices_of, field_label, field_of, kind_name, owner_of

LONGEST_QUOTE = 40
MOST_PROBLEMS_TOLD = 5
_KIND_NAMES = ("kind", "by_kind", "referred_kind")
_CHOICE_NAMES = {
    "right": "Right",
    "role": "Role",
    "basis": "Basis",
    "period_kind": "PeriodKind",
    "direction": "Direction",
    "state": "RoundState",
    "reading_state": "ReadingState",
    "kept_on": "KeptOn",
    "effect": "ScenarioEffect",
}
_PARTIAL_DATES = (
    "start",
    "starts",
    "ends",
    "due",
    "earlier",
    "later",
    "when",
    "period",
    "earliest_start",
    "latest_end",
)
_DAYS = frozenset(
    {
        *("decided_on", "today", "period_start", "period_end", "published_on", "starts_on", "ends_on", "deadline"),
        *("first_day", "last_day", "delete_on", "left_on", "last_allowed"),
    }
)


class _Told(dict[str, str]):
    """Values for a sentence; what a refusal did not carry shows as missing instead of hiding the refusal."""

    def __missing__(self, name: str) -> str:
        return MISSING


def refusal_sentence(refusal: Refusal, language: Language) -> str:
    """What happened, which rule, and the way out, with the refusal's data in the reader's words."""
    data = {name: _revived(name, value) for name, value in refusal.data.items()}
    told = _Told({name: _told(name, value, data, language) for name, value in data.items()})
    if "period_start" in data:
        told["period"] = period(
            data["period_start"], data["period_end"], data.get("period_kind", PeriodKind.span), language
        )
    if "value" in data:
        told["quantity"] = quantity(data["value"], data.get("unit") or "", language)
    if isinstance(refusal, ValueOutsideNaturalBounds):
        told |= _bounds_told(data, language)
    if isinstance(refusal, MailSettingWrong) and "rule" in data:
        told["rule"] = translate(f"mail_rule.{refusal.data['rule']}", language)
    if isinstance(refusal, PlanFileBroken):
        told |= _problems_told(data["problems"], language)
    return translate(f"refusal.{refusal.code}", language).format_map(told)


def doubt_sentence(doubt: Doubt, language: Language) -> str:
    """What is doubtful about a target, and the way out."""
    data = dict(doubt.data)
    told = _Told({name: _told(name, value, data, language) for name, value in data.items()})
    told |= {name: ", ".join(value) for name, value in data.items() if isinstance(value, list | tuple)}
    return translate(f"doubt.{doubt.code}", language).format_map(told)


class BrokenRule(NamedTuple):
    """A rule that a record breaks: the path in its form, the location in its model, and the rule with the way out.

    Paths are those of a form: `milestones.0.due`, `demand.value`; the tag of a union is no part of them. `context` and
    `given` are pydantic's: what the rule speaks of, and the value that broke it.
    """

    path: str
    location: str
    rule: str
    context: Mapping[str, Any]
    given: Any


def broken_rules(error: ValidationError, kind: str, language: Language) -> Iterator[BrokenRule]:
    """Every rule that a record breaks; the path "" is that of rules that concern several fields."""
    for problem in error.errors(include_url=False):
        location = ".".join(str(part) for part in problem["loc"])
        context, given = problem.get("ctx", {}), problem["input"]
        rule = rule_sentence(problem["type"], context, language, kind=kind, location=location, given=given)
        yield BrokenRule(_form_path(problem["loc"]), location, rule, context, given)


def validation_sentences(error: ValidationError, kind: str, language: Language) -> dict[str, str]:
    """Field path → "Label: which rule, and the way out"."""
    sentences: dict[str, str] = {}
    for broken in broken_rules(error, kind, language):
        label = _label(kind, broken.location, language)
        sentence = f"{label}: {broken.rule}" if label else broken.rule
        sentences[broken.path] = " ".join(filter(None, (sentences.get(broken.path), sentence)))
    return sentences


def rule_sentence(
    error_type: str,
    context: Mapping[str, Any],
    language: Language,
    *,
    kind: str = "",
    location: str = "",
    given: object = None,
) -> str:
    """The rule that an error of pydantic names, and the way out; `given` is quoted where that helps to find it."""
    told = _Told({name: _told(name, value, context, language) for name, value in context.items()})
    if location.endswith("year"):
        told.update({name: str(value) for name, value in context.items()})
    told["given"] = _quoted(given, language)
    if "expected_tags" in context:
        told["expected_tags"] = _kinds_told(context["expected_tags"], language)
    choices = choices_of(field_of(kind, location)) if kind and location else None
    if choices is not None:
        told["expected"] = ", ".join(f"{choice(member, language)} ({member.value})" for member in choices)
    if isinstance(given, str) and error_type in ("too_short", "too_long"):
        error_type = "string_" + error_type  # behind a cleaning step pydantic counts a text's characters as items
    text = lookup(f"rule.{error_type}", language)
    if text is None:
        for refusal_type in Refusal.__subclasses__():
            if refusal_type.code == error_type:
                return refusal_sentence(refusal_type(**context), language)
    return (text or translate("rule.other", language)).format_map(told)


def _told(name: str, value: object, data: Mapping[str, Any], language: Language) -> str:
    if name in _KIND_NAMES and value in MODELS:
        return kind_name(str(value), language)
    if name == "field":
        return _label(str(data.get("kind", "")), str(value), language)
    if isinstance(value, StrEnum):
        return choice(value, language)
    if name in _CHOICE_NAMES:
        return lookup(f"choice.{_CHOICE_NAMES[name]}.{value}", language) or str(value)
    if name in ("year", "earliest", "latest"):
        return str(value)
    if name in _PARTIAL_DATES:
        return quarter_or_month(value if value is None else str(value), language)
    if name == "together" and isinstance(value, list | tuple):
        return "; ".join(one if isinstance(one, str) else f"{kind_name(one[0], language)} {one[1]}" for one in value)
    if name == "text":
        return _quoted(value, language)
    return _plain(value, language)


def _revived(name: str, value: Any) -> Any:
    """A day that came as text from a server is a day again."""
    return date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value


def _kinds_told(tags: str, language: Language) -> str:
    """Pydantic lists the tags of a union as quoted words."""
    found = re.findall(r"\w+", tags)
    return "; ".join(f"{kind_name(tag, language)} ({tag})" if tag in MODELS else tag for tag in found)


def _plain(value: object, language: Language) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return translate(f"choice.bool.{str(value).lower()}", language)
    if isinstance(value, int | float):
        return number(value, language)
    if isinstance(value, datetime):  # a moment is also a day
        return moment(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, list | tuple):
        return " → ".join(_plain(item, language) for item in value)
    return str(value)


def _quoted(given: object, language: Language) -> str:
    if not isinstance(given, str | int | float | date):
        return ""
    text = given if isinstance(given, str) else _plain(given, language)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _label(kind: str, location: str, language: Language) -> str:
    """The label of the field that a location ends at, or its raw name if no such field exists."""
    owner, name = owner_of(kind, location)
    if not name:
        return ""
    known = owner in MODELS and name in MODELS[owner].model_fields
    return field_label(kind, location, language) if known else name


def _form_path(location: Sequence[int | str]) -> str:
    """The location without the tags that pydantic adds for the members of a union."""
    return ".".join(str(part) for index, part in enumerate(location) if not _is_tag(location, index))


def _is_tag(location: Sequence[int | str], index: int) -> bool:
    return index > 0 and location[index - 1] == "demand" and location[index] in MODELS


def _bounds_told(data: Mapping[str, Any], language: Language) -> _Told:
    sides = (("reason.at_least", data["minimum"]), ("reason.at_most", data["maximum"]))
    bounds = [translate(key, language, value=number(side, language)) for key, side in sides if side is not None]
    return _Told({"bounds": ", ".join(bounds)})


def _problems_told(problems: Sequence[Sequence[Any]], language: Language) -> _Told:
    lines = []
    for line, path, error_type, context in problems[:MOST_PROBLEMS_TOLD]:
        kind, location = place_in_document(path)
        rule = rule_sentence(error_type, context, language, kind=kind, location=location)
        place = translate("refusal.plan_file_broken.place", language, line=line, path=path).rstrip()
        lines.append(f"{place}: {rule}")
    if len(problems) > MOST_PROBLEMS_TOLD:
        more = len(problems) - MOST_PROBLEMS_TOLD
        lines.append(translate("refusal.plan_file_broken.more", language, number=number(more, language)))
    return _Told({"count": number(len(problems), language), "problems": "\n".join(f"- {line}" for line in lines)})


def place_in_document(path: str) -> tuple[str, str]:
    """`records.goal.3.state` → ("goal", "state"); ("", "") for a place outside the records."""
    parts = path.split(".")
    if len(parts) > 3 and parts[0] == "records" and parts[1] in KINDS:
        return parts[1], ".".join(parts[3:])
    return "", ""
