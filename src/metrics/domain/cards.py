"""What every card has in common: personal data beside the ledger, for a purpose, to be erased on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from metrics.domain.base import Identifier, Line, Value, clean_text, empty_to_none


def _address(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and "." in host.strip(".")) or any(sign in text for sign in " ,;<>\"'()[]\\") or "@" in host:
        raise PydanticCustomError("mail_address", "not an e-mail address")
    return text


MailAddress = Annotated[
    str, BeforeValidator(clean_text), StringConstraints(min_length=3, max_length=254), AfterValidator(_address)
]
"""One plain address, such as `statistik@bottrop.example`."""
OptionalMailAddress = Annotated[MailAddress | None, BeforeValidator(empty_to_none)]


class Card(Value):
    """Personal data: kept once, overwritten and erased; `version` counts so that two editors do not get in the way."""

    kind: ClassVar[str]

    id: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    purpose: Line
    delete_on: date | None = None

    @property
    def reached_at(self) -> str | None:
        """The e-mail address that leads to the person; None if none is kept."""
        found: str | None = getattr(self, "email", None) or getattr(self, "address", None)
        return found
