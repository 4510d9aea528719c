"""What every record of the plan has in common.

A record is frozen and closed (`extra="forbid"`): the same class validates a form, a row of an import and what the
ledger keeps. Meaning is carried by fields, never guessed from a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

T = TypeVar("T")

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years outside are typing errors in a city's plan, not history."""

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
"""Latin digits only: `\\d` would also take Arabic ones, which sort elsewhere."""
_ALLOWED_CONTROL = {"\n", "\t"}
_LINE_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_DIRECTION_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Evidence(StrEnum):
    """How well a statement is backed; `illustrative` values are invented for the demo, never mixed with real ones."""

    own = "own"
    quoted = "quoted"
    derived = "derived"
    inferred = "inferred"
    illustrative = "illustrative"


@dataclass(frozen=True, slots=True)
class Reference:
    """Annotation: the text in this field is the id of a record of that kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Multiline:
    """Annotation: the text may run over several lines, so a form offers a larger box."""


def clean_text(text: object) -> object:
    """Normalise to NFC and trim; refuse control characters, unpaired surrogates and hidden direction switches."""
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text)).strip()
    if text.isprintable():  # nearly every text is; none of what is refused below would be
        return text
    for character in text:
        if character in _ALLOWED_CONTROL:
            continue
        if unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTION_OVERRIDES:
            code_point = f"U+{ord(character):04X}"
            raise PydanticCustomError(
                "control_character", "invisible character {code_point}", {"code_point": code_point}
            )
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("single_line", "line breaks are not allowed here")
    return text


def empty_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _partial_date(text: str) -> str:
    partial_date_bounds(text)
    return text


Title = Annotated[
    str, BeforeValidator(clean_text), StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)
]
"""One line, 1–300 characters."""
Line = Annotated[
    str, BeforeValidator(clean_text), StringConstraints(min_length=1, max_length=500), AfterValidator(_one_line)
]
"""One line, 1–500 characters."""
Text = Annotated[str, BeforeValidator(clean_text), StringConstraints(min_length=1, max_length=20_000), Multiline()]
"""Free text, up to 20,000 characters."""
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""Made by the client, never reused; readable ids of imported plans are kept."""
PartialDate = Annotated[str, BeforeValidator(clean_text), AfterValidator(_partial_date)]
"""`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: a source that names only the year must not gain a false day."""

OptionalTitle = Annotated[Title | None, BeforeValidator(empty_to_none)]
OptionalLine = Annotated[Line | None, BeforeValidator(empty_to_none)]
OptionalText = Annotated[Text | None, BeforeValidator(empty_to_none)]
OptionalPartialDate = Annotated[PartialDate | None, BeforeValidator(empty_to_none)]
Lines = tuple[Line, ...]


class Value(BaseModel):
    """A frozen, closed value: equal when all fields are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Record(Value):
    """A thing the plan keeps: with identity, backing and an open remark; `kind` is also the name of its table."""

    kind: ClassVar[str]

    id: Identifier
    source_id: Annotated[Annotated[Identifier, Reference("source")] | None, BeforeValidator(empty_to_none)] = None
    evidence: Evidence = Evidence.own
    note: OptionalText = None

    @property
    def illustrative(self) -> bool:
        """Whether the record is invented for the demo and must wear its badge."""
        return self.evidence is Evidence.illustrative


GoalId = Annotated[Identifier, Reference("goal")]
MeasureId = Annotated[Identifier, Reference("measure")]
LivingLabId = Annotated[Identifier, Reference("living_lab")]
IndicatorId = Annotated[Identifier, Reference("indicator")]
OptionalPlanVersionId = Annotated[
    Annotated[Identifier, Reference("plan_version")] | None, BeforeValidator(empty_to_none)
]
OptionalPerspectiveId = Annotated[
    Annotated[Identifier, Reference("perspective")] | None, BeforeValidator(empty_to_none)
]
OptionalFieldId = Annotated[Annotated[Identifier, Reference("field_of_action")] | None, BeforeValidator(empty_to_none)]
OptionalLivingLabId = Annotated[LivingLabId | None, BeforeValidator(empty_to_none)]
OptionalIndicatorId = Annotated[IndicatorId | None, BeforeValidator(empty_to_none)]
Share = Annotated[float, Field(ge=0, le=1)]
"""Share 0–1, not per cent."""
Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]


def partial_date_bounds(text: str) -> tuple[date, date]:
    """First and last day that a partial date may mean: `2018-10` is 1 to 31 October 2018.

    Raises PydanticCustomError `partial_date` for another shape or an impossible day, `year_out_of_range` for a year
    before 1900 or after 2100.
    """
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise PydanticCustomError("partial_date", "expected YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PydanticCustomError(
            "year_out_of_range",
            "year {year} is not between {earliest} and {latest}",
            {"year": year, "earliest": EARLIEST_YEAR, "latest": LATEST_YEAR},
        )
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise PydanticCustomError("partial_date", "there is no such day") from error
    if day is not None:
        return first, first
    return first, last_day_of_month(year, month or 12)


def first_doubled(values: Iterable[T]) -> T | None:
    """The first value that stands more than once; None if each stands once."""
    return next((value for value, count in Counter(values).items() if count > 1), None)


def refuse_backwards(starts: str | None, ends: str | None) -> None:
    """Raise PydanticCustomError `ends_before_start` if a span of two partial dates surely ends before it starts."""
    if starts and ends and partial_date_bounds(ends)[1] < partial_date_bounds(starts)[0]:
        raise PydanticCustomError(
            "ends_before_start", "ends {ends} before it starts {starts}", {"starts": starts, "ends": ends}
        )


def last_day_of_month(year: int, month: int) -> date:
    """The month's last day."""
    following = date(year + (month == 12), month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
