"""What the council information system says of a paper; read only where the office has allowed its address."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.domain.refusals import CouncilSettingWrong, CouncilSystemNotSet
from metrics.exchange.oparl import MOST_SECONDS, CouncilPaper, Origin, fetch_paper, origin_of
from metrics.usecases.access import Person, Right, require

ORIGINS = "ZUKUNFTSPLAN_OPARL_ORIGINS"
"""The setting that names the allowed origins, such as `https://ris.bottrop.de`, with commas or spaces between."""


def council_origins(environment: Mapping[str, str]) -> frozenset[Origin]:
    """The origins that may be asked; none where nothing is configured. Raises CouncilSettingWrong."""
    found = set()
    for text in environment.get(ORIGINS, "").replace(",", " ").split():
        origin = origin_of(text)
        if origin is None or text.rstrip("/").partition("://")[2].count("/") or "?" in text or "#" in text:
            raise CouncilSettingWrong(variable=ORIGINS, text=text)
        found.add(origin)
    return frozenset(found)


def read_council_paper(
    address: str, environment: Mapping[str, str], *, by: Person, seconds: float = MOST_SECONDS
) -> CouncilPaper:
    """What the council information system says of the paper at an address; nothing is stored.

    Raises NotAllowed, CouncilSystemNotSet, CouncilSettingWrong, and what `fetch_paper` raises.
    """
    require(by, Right.edit_plan)
    origins = council_origins(environment)
    if not origins:
        raise CouncilSystemNotSet(variable=ORIGINS)
    return fetch_paper(address, origins, seconds=seconds)
