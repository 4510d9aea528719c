"""The periods of a paper's values as they are read."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from metrics.locale.catalogue import Language
from metrics.locale.formats import calendar_span
from metrics.papers.model import PointLine


def period_of(point: PointLine, language: Language) -> str:
    """The period of a point: "2024", "3. Quartal 2026"."""
    return _span(point.start, point.end, language)


@lru_cache(maxsize=4096)
def _span(start: date, end: date, language: Language) -> str:
    """Series share their periods, and the names of months take long to find."""
    return calendar_span(start, end, language)
