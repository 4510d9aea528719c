"""The choice as a linear model: one column for each candidate and each period in which it can start.

A column is 1 if the candidate starts then. The order of two candidates is written out period by period (Christofides,
Alvarez-Valdes & Tamarit 1987, Project scheduling with resource constraints, European Journal of Operational Research
29), which leaves the relaxation less room than one row for each pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from metrics.domain.portfolio.problem import Bucket, Problem, Starts
from metrics.domain.portfolio.windows import demand_by_bucket, is_fixed, most, possible_starts

if TYPE_CHECKING:
    from scipy.sparse import csr_array

STEPS = (1, 2, 3, 4, 5)
"""How often a candidate may have to fit into a bucket for the rounded rows that sharpen the bound."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × column lies between `lower` and `upper`; `bucket` if it is a capacity."""

    terms: Mapping[int, float]
    lower: float
    upper: float
    bucket: Bucket | None = None


@dataclass(frozen=True)
class Formulation:
    """Columns as (candidate id, start), and the rows that bind them; `values` by column."""

    problem: Problem
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """What each column adds."""
        return np.array([self.problem.candidates[name].value for name, _ in self.columns], dtype=np.float64)

    def matrix(self, rows: tuple[Row, ...] | None = None) -> tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]:
        """The rows as coefficients, lower and upper bounds; capacities are scaled to 1."""
        from scipy.sparse import csr_array

        chosen = self.rows if rows is None else rows
        scale = [1 / most(row.upper) if row.bucket and row.upper > 0 else 1.0 for row in chosen]
        data = [value * factor for row, factor in zip(chosen, scale, strict=True) for value in row.terms.values()]
        columns = [column for row in chosen for column in row.terms]
        ends = np.cumsum([0, *(len(row.terms) for row in chosen)])
        coefficients = csr_array((data, columns, ends), shape=(len(chosen), len(self.columns)))
        lower = np.array([row.lower * factor for row, factor in zip(chosen, scale, strict=True)])
        upper = np.array([1.0 if row.bucket and row.upper > 0 else row.upper for row in chosen])
        return coefficients, lower, upper

    def starts(self, solution: NDArray[np.float64]) -> Starts:
        """Who starts when, from the columns' values."""
        return {self.columns[column][0]: self.columns[column][1] for column in np.flatnonzero(solution > 0.5)}


def formulate(problem: Problem) -> Formulation | None:
    """The model of a problem; None if a candidate that has to be taken cannot start at all."""
    starts = possible_starts(problem)
    if any(is_fixed(candidate) and not starts[name] for name, candidate in problem.candidates.items()):
        return None
    columns = tuple((name, start) for name in problem.candidates for start in starts[name])
    of: dict[str, dict[int, int]] = {name: {} for name in problem.candidates}
    for column, (name, start) in enumerate(columns):
        of[name][start] = column
    rows = (*_taken_rows(problem, of), *_order_rows(problem, of), *_at_once_rows(problem, columns))
    return Formulation(problem, columns, (*rows, *_capacity_rows(problem, columns)))


def sharpening(form: Formulation) -> tuple[Row, ...]:
    """Rows that every choice keeps and that cut off fractions of the capacity rows.

    With d = demand ÷ capacity, Σ f(d) ≤ 1 for the dual feasible functions f(d) = ⌊(k+1)d⌋ ÷ k where (k+1)d is not
    whole (Fekete & Schepers 2001, New classes of fast lower bounds for bin packing problems, Mathematical
    Programming 91). With k = 1 it says that of those that need more than half of a bucket only one fits.
    """
    found: dict[tuple[tuple[int, float], ...], Row] = {}
    for row in form.rows:
        if row.bucket is None or row.upper <= 0:
            continue
        for k in STEPS:
            terms = dict(_rounded(row, k))
            if terms and sum(terms.values()) > 1 + _ROUNDING:
                found.setdefault(tuple(sorted(terms.items())), Row(terms, -math.inf, 1.0))
    return tuple(found.values())


def _rounded(row: Row, k: int) -> Iterator[tuple[int, float]]:
    for column, amount in row.terms.items():
        # rounded down from just below, as f jumps there and a choice may use the tolerance of the capacity
        whole = math.floor((k + 1) * amount / most(row.upper) - _ROUNDING)
        if whole > 0:
            yield column, whole / k


def _taken_rows(problem: Problem, of: Mapping[str, Mapping[int, int]]) -> Iterator[Row]:
    for name, candidate in problem.candidates.items():
        if of[name]:
            yield Row(dict.fromkeys(of[name].values(), 1.0), 1.0 if is_fixed(candidate) else 0.0, 1.0)
    for one, other in problem.requires:
        if of[one] and one != other:
            terms = dict.fromkeys(of[one].values(), 1.0) | dict.fromkeys(of[other].values(), -1.0)
            yield Row(terms, -math.inf, 0.0)
    for one, other in problem.excludes:
        if of[one] and of[other]:
            yield Row(dict.fromkeys((*of[one].values(), *of[other].values()), 1.0), 0.0, 1.0)


def _order_rows(problem: Problem, of: Mapping[str, Mapping[int, int]]) -> Iterator[Row]:
    """For each period: the later one has begun by then only if the earlier one had begun its own length before."""
    for later, earlier in problem.after:
        length = problem.candidates[earlier].duration
        for period in of[later]:
            begun = {column: 1.0 for start, column in of[later].items() if start <= period}
            ended = {column: -1.0 for start, column in of[earlier].items() if start + length <= period}
            yield Row(begun | ended, -math.inf, 0.0)


def _at_once_rows(problem: Problem, columns: tuple[tuple[str, int], ...]) -> Iterator[Row]:
    if problem.at_once is None:
        return
    for period in range(problem.periods):
        running = {
            column: 1.0
            for column, (name, start) in enumerate(columns)
            if start <= period < start + problem.candidates[name].duration
        }
        if len(running) > problem.at_once:
            yield Row(running, 0.0, float(problem.at_once))


def _capacity_rows(problem: Problem, columns: tuple[tuple[str, int], ...]) -> Iterator[Row]:
    for resource in problem.resources.values():
        terms: list[dict[int, float]] = [{} for _ in resource.capacity]
        for column, (name, start) in enumerate(columns):
            for bucket, amount in demand_by_bucket(problem.candidates[name], resource, start).items():
                terms[bucket][column] = amount
        for bucket, asked in enumerate(terms):
            capacity = resource.capacity[bucket]
            if asked and math.isfinite(capacity):
                yield Row(asked, -math.inf, capacity, Bucket(resource.id, bucket))
