"""Which solver searches: HiGHS comes with scipy and is always there, CP-SAT is an optional extra."""

from __future__ import annotations

from enum import StrEnum


class Solver(StrEnum):
    """The solvers that an office may choose from."""

    highs = "highs"
    cpsat = "cpsat"
