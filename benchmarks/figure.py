"""One figure of a measurement."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure with what it is held against: a `limit` it may not exceed, or a `least` it has to reach."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        bounds = (("limit", self.limit), ("at least", self.least))
        asked = ", ".join(f"{name} {bound:g}" for name, bound in bounds if bound is not None)
        verdict = f"  ({asked}{'' if self.kept else ', MISSED'})" if asked else ""
        return f"{self.what:<74} {self.value:>9.1f} {self.unit}{verdict}"

    @property
    def kept(self) -> bool:
        """Whether the figure is what was asked, if anything was."""
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)
