"""Hypothesis strategies: valid records of every kind, made from the models themselves.

A new kind, or a new field of a kind, is covered without a line here; only a new *form of text* needs one.
"""

from __future__ import annotations

import enum
import math
import string
import types
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import combinations
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from metrics.domain import base, upkeep
from metrics.domain.base import EARLIEST_YEAR, LATEST_YEAR, Record, partial_date_bounds
from metrics.domain.committee import FollowUpState, PaperKind, SittingRole
from metrics.domain.demands import CriterionState
from metrics.domain.kinds import KINDS
from metrics.domain.periods import Period, Quarter, between, is_quarter, later
from metrics.domain.priorities import Digest, PairComparison, Weighting
from metrics.domain.scenarios import MORE, NEEDED

TEMPTING_TEXTS = (
    "Stärkung der Innenstadt",
    "Größe, Maß und Übermut: Äpfel für Öl & Ähnliches",
    "👩🏽‍🔧 Reallabor 🏗️",
    "<script>alert('Bottrop')</script>",
    "<b>fett</b> &amp; {{ platzhalter }}",
    '=HYPERLINK("https://example.org")',
    "'; DROP TABLE goal; --",
    "مرحبا بكم في بوتروب",
    "e\u0301\u0323 kombiniert",
    "0",
    "None",
)
"""Plain data that a careless reader takes for markup, a formula, a command or nothing."""

_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=sorted(base._DIRECTION_OVERRIDES)), max_size=60
)
"""Any character a text may hold, without line breaks."""


def one_line_texts(longest: int) -> st.SearchStrategy[str]:
    """One line of 1 to `longest` characters after cleaning."""
    full = st.just(("Straßenraum " * longest)[: longest - 1] + "ß")
    return st.one_of(st.sampled_from(TEMPTING_TEXTS), full, _WORDS.filter(_is_one_line))


def long_texts() -> st.SearchStrategy[str]:
    """Text that may run over several lines."""
    return st.one_of(one_line_texts(500), st.lists(one_line_texts(80), min_size=2, max_size=4).map("\n".join))


def identifiers() -> st.SearchStrategy[str]:
    """Ids as offices and the program make them."""
    first, more = string.ascii_letters + string.digits, string.ascii_letters + string.digits + "._-"
    made = st.builds(str.__add__, st.text(first, min_size=1, max_size=1), st.text(more, max_size=79))
    return st.one_of(st.sampled_from(["Z-A1", "M-15", "I-ALQ-M", "R-I-EINK-2018-2019er-Bericht", "x" * 80]), made)


def days() -> st.SearchStrategy[date]:
    """Any day of the accepted years."""
    return st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))


def partial_dates() -> st.SearchStrategy[str]:
    """A year, a month or a day."""
    return st.builds(lambda day, length: day.isoformat()[:length], days(), st.sampled_from([4, 7, 10]))


def quarters() -> st.SearchStrategy[str]:
    """Quarters such as `2027-Q1`."""
    return st.builds("{}-Q{}".format, st.integers(1900, 2099), st.integers(1, 4))


def months() -> st.SearchStrategy[str]:
    """Months such as `2027-03`."""
    return st.builds("{}-{:02}".format, st.integers(1900, 2099), st.integers(1, 12))


def periods() -> st.SearchStrategy[str]:
    """Quarters and months."""
    return st.one_of(quarters(), months())


@cache
def records(kind: str) -> st.SearchStrategy[Record]:
    """Valid records of a kind, with optional fields present and absent."""
    return _models(KINDS[kind])


def any_record() -> st.SearchStrategy[Record]:
    """A valid record of any kind."""
    return st.sampled_from(sorted(KINDS)).flatmap(records)


def values(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Valid values of a part of a record, such as one kind of target."""
    return _models(model)


@cache
def _models(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(model, include_extras=True)
    fields = {name: _values(hints[name]) for name in model.model_fields}
    return st.fixed_dictionaries(fields).map(_in_order).map(model.model_validate)


_SPANS = (
    ("starts", "ends"),
    ("starts", "until"),
    ("enters", "leaves"),
    ("earliest_start", "latest_end"),
    ("valid_from", "valid_until"),
    ("first_quarter", "last_quarter"),
    ("first_day", "last_day"),
    ("period_start", "period_end"),
    ("starts", "due"),
    ("baseline_period", "due"),
    ("base_period", "due"),
)
"""Pairs of fields that the models want in order of time."""


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    for first, last in _SPANS:
        if fields.get(first) and fields.get(last) and _earliest(fields[last]) < _earliest(fields[first]):
            fields[first], fields[last] = fields[last], fields[first]
    for start in ("baseline_period", "base_period"):  # a way needs time
        if fields.get(start) and _latest(fields["due"]) <= _latest(fields[start]):
            fields[start] = min(fields[start], str(LATEST_YEAR - 1))
            fields["due"] = str(_latest(fields[start]).year + 1)
    return _as_demands_want_it(fields)


def _as_demands_want_it(fields: dict[str, Any]) -> dict[str, Any]:
    """What the kinds of target want of several fields at once: bounds and interim targets in order, rising shares."""
    if "lower" in fields:
        low, high = sorted((fields["lower"], fields["upper"]))
        if low == high:
            low, high = (math.nextafter(low, -math.inf), high) if low > 0 else (low, math.nextafter(high, math.inf))
        fields["lower"], fields["upper"] = low, high
    if "interim" in fields:
        start, end = fields.get("baseline_period"), _latest(fields["due"])
        after = date.min if start is None else _latest(start)
        before = {one.due: one for one in fields["interim"] if after < _latest(one.due) < end}
        first_of_a_day = {_latest(due): one for due, one in before.items()}
        fields["interim"] = tuple(first_of_a_day[day] for day in sorted(first_of_a_day))
    if "stages" in fields:
        shares = [round(place / len(fields["stages"]), 6) for place in range(1, len(fields["stages"]) + 1)]
        pairs = zip(fields["stages"], shares, strict=True)
        fields["stages"] = [stage.model_copy(update={"share": share}) for stage, share in pairs]
    if fields.get("state") is CriterionState.met and not fields["proof"]:
        fields["state"] = CriterionState.open
    if "paper_kind" in fields:
        if fields["role"] is SittingRole.noting:
            fields["paper_kind"] = PaperKind.report
        fields["goal_texts"] = tuple({text.goal_id: text for text in fields["goal_texts"]}.values())
    if "follow_up_kind" in fields:
        settled = fields["state"] in (FollowUpState.done, FollowUpState.dropped)
        when = date(2026, 11, 24)
        told = {"result": fields["result"] or "Ja.", "done_on": fields["done_on"] or when} if settled else {}
        fields |= told
    if "answer_due" in fields:
        fields |= {"answer": fields["answer"] or "Ja.", "answered_on": fields["answered_on"] or fields["received_on"]}
    return _as_rounds_want_it(fields)


def _as_rounds_want_it(fields: dict[str, Any]) -> dict[str, Any]:
    """What prioritisation wants of several fields at once: ranges around scores, weights that fit their weighting."""
    if {"code", "value", "low", "high"} <= fields.keys():
        given = sorted(part for part in (fields["low"], fields["value"], fields["high"]) if part is not None)
        whole = fields["value"] is not None and len(given) == 3
        fields |= {"low": None, "high": None}
        if whole:
            fields |= dict(zip(("low", "value", "high"), given, strict=True))
    fields = _as_resources_want_it(fields)
    if "weighting" in fields:
        _fill_weights(fields)
    if "seats" in fields:
        seats = {seat.number: seat for seat in fields["seats"]}
        fields |= {"measure_ids": tuple(dict.fromkeys(fields["measure_ids"])), "seats": tuple(seats.values())}
    return fields


def _as_resources_want_it(fields: dict[str, Any]) -> dict[str, Any]:
    """What resources want of several fields at once: spans of one sort, years within a funding, a change that acts."""
    if "profile" in fields:
        _spread(fields)
    if "deviations" in fields:
        fields["deviations"] = tuple({one.period: one for one in fields["deviations"]}.values())
    if "own_share" in fields:
        first = _earliest(fields["starts"]).year if fields["starts"] else EARLIEST_YEAR
        last = _latest(fields["ends"]).year if fields["ends"] else LATEST_YEAR
        by_year = {one.year: one for one in fields["years"] if first <= one.year <= last}
        fields["years"] = tuple(by_year.values())
    if "committed" in fields and all(fields[name] is None for name in ("planned", "committed", "spent")):
        fields["spent"] = 0.0
    if "effect" in fields:
        usual = {"starts": fields["until"] or "2027", "amount": 1.0, "quarters": 2}
        for name in NEEDED[fields["effect"]]:
            fields[name] = fields[name] if fields[name] is not None else usual.get(name, "KG-A")
        used = ("effect", *NEEDED[fields["effect"]], *MORE[fields["effect"]])
        fields |= dict.fromkeys(fields.keys() - set(used))
    return fields


def _spread(fields: dict[str, Any]) -> None:
    """A demand that ends a few periods after it begins, with a weight for each of them or none."""
    first, last = fields["period"], fields["until"]
    if last is not None:
        more = len(fields["profile"])
        fields["until"] = last = later(first, more) if first[:4] < str(LATEST_YEAR - 2) else first
        assert is_quarter(first) == is_quarter(last)
    count = len(between(first, last or first))
    fields["profile"] = (*fields["profile"], 1.0, 1.0, 1.0, 1.0)[-count:] if fields["profile"] else ()


def _fill_weights(fields: dict[str, Any]) -> None:
    """Criteria with codes of their own, of which the first counts, and what the weighting asks of them."""
    criteria = [
        criterion.model_copy(update={"code": f"K{place}", "counts": criterion.counts or place == 0})
        for place, criterion in enumerate(fields["criteria"])
    ]
    counting = [criterion for criterion in criteria if criterion.counts]
    points = {
        Weighting.entered: [100.0] + [0.0] * (len(counting) - 1),
        Weighting.swing: [100.0] + [50.0] * (len(counting) - 1),
        Weighting.rank: [float(place) for place in range(1, len(counting) + 1)],
    }.get(fields["weighting"], [None] * len(counting))
    of_code = dict(zip((criterion.code for criterion in counting), points, strict=True))
    fields["criteria"] = tuple(
        criterion.model_copy(update={"points": of_code.get(criterion.code)}) for criterion in criteria
    )
    pairs = combinations([criterion.code for criterion in counting], 2)
    needed = fields["weighting"] is Weighting.pairwise
    fields["comparisons"] = (
        tuple(PairComparison(first=first, second=second, ratio=3.0) for first, second in pairs) if needed else ()
    )


def _latest(when: str) -> date:
    return partial_date_bounds(when)[1]


def _earliest(when: Any) -> Any:
    return partial_date_bounds(when)[0] if isinstance(when, str) and "Q" not in when else when


def _values(hint: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(hint)
    if origin is Annotated:
        plain, *marks = get_args(hint)
        return _marked(plain, marks)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_values(part) for part in get_args(hint)))
    if origin is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=3).map(tuple)
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    return _plain(hint, {})


def _marked(plain: Any, marks: list[Any]) -> st.SearchStrategy[Any]:
    if get_origin(plain) is tuple:
        fewest = max((limit.min_length for limit in _metadata(marks) if isinstance(limit, MinLen)), default=0)
        return st.lists(_values(get_args(plain)[0]), min_size=fewest, max_size=fewest + 3).map(tuple)
    constraints = next((mark for mark in marks if isinstance(mark, StringConstraints)), None)
    functions = {getattr(mark, "func", None) for mark in marks}
    if plain is str and base._partial_date in functions:
        return partial_dates()
    if plain is str and upkeep._time_of_day in functions:
        return st.times().map(lambda time: f"{time:%H:%M}")
    if plain is str and constraints is not None:
        if constraints.pattern:
            return _shaped(constraints)
        assert constraints.max_length is not None
        return one_line_texts(constraints.max_length) if base._one_line in functions else long_texts()
    return _plain(plain, _limits(marks)) if plain in (int, float) else _values(plain)


def _shaped(constraints: StringConstraints) -> st.SearchStrategy[str]:
    """Texts whose form the model knows: quarters, check sums, identifiers."""
    if constraints in get_args(Quarter):
        return quarters()
    if constraints in get_args(Period):
        return periods()
    if constraints in get_args(Digest):
        return st.text("0123456789abcdef", min_size=64, max_size=64)
    return identifiers()


def _plain(hint: Any, limits: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if hint is date:
        return days()
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(limits.get("min_value", -1000), limits.get("max_value", 1000))
    if hint is float:
        return st.floats(**limits, allow_nan=False, allow_infinity=False)
    if hint is type(None):
        return st.none()
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _models(hint)
    raise LookupError(f"no strategy for {hint!r}: teach tests/strategies.py this form")


def _limits(marks: list[Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for limit in _metadata(marks):
        match limit:
            case Ge(ge=low):
                limits["min_value"] = low
            case Gt(gt=low):
                limits |= {"min_value": low, "exclude_min": True}
            case Le(le=high):
                limits["max_value"] = high
            case Lt(lt=high):
                limits |= {"max_value": high, "exclude_max": True}
    return limits


def _metadata(marks: list[Any]) -> list[Any]:
    return [limit for mark in marks if isinstance(mark, FieldInfo) for limit in mark.metadata]


def _is_one_line(text: str) -> bool:
    return bool(text.strip()) and not {"\u2028", "\u2029"} & set(text)
