"""The licences under which the data of a public site may be given away."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Licence(Enum):
    """The two versions of the Datenlizenz Deutschland by their addresses in the list of licences of DCAT-AP.de."""

    zero = "http://dcat-ap.de/def/licenses/dl-zero-de/2.0"
    attribution = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"


class _Told(NamedTuple):
    name: str
    text: str


_TOLD = {
    Licence.zero: _Told("Datenlizenz Deutschland – Zero – Version 2.0", "https://www.govdata.de/dl-de/zero-2-0"),
    Licence.attribution: _Told(
        "Datenlizenz Deutschland – Namensnennung – Version 2.0", "https://www.govdata.de/dl-de/by-2-0"
    ),
}


def licence_name(licence: Licence) -> str:
    """Its name, which is the same in every language."""
    return _TOLD[licence].name


def licence_text(licence: Licence) -> str:
    """Where its wording stands."""
    return _TOLD[licence].text
