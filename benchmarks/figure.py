"""One figure of a measurement."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure with the limit it is held against."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        verdict = "" if self.limit is None else f"  (limit {self.limit:g}{'' if self.kept else ', MISSED'})"
        return f"{self.what:<74} {self.value:>9.1f} {self.unit}{verdict}"

    @property
    def kept(self) -> bool:
        """Whether the limit held, if there is one."""
        return self.limit is None or self.value <= self.limit
