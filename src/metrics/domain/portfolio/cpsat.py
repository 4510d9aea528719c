"""The same choice with CP-SAT of OR-Tools (Perron & Furnon; Apache-2.0), for large portfolios; an optional extra.

CP-SAT counts in whole numbers. Demands, capacities and values with few digits are multiplied until they are whole; any
others are rounded so finely that it does not matter beside the tolerance of a capacity.
"""

from __future__ import annotations

import importlib
import math
import time
from collections.abc import Iterable
from typing import Any

from metrics.domain.portfolio.choice import LIMIT_SECONDS, Choice, Progress, Report, Status, judged
from metrics.domain.portfolio.formulation import Formulation, Row, formulate
from metrics.domain.portfolio.greedy import search
from metrics.domain.portfolio.problem import Problem, Starts
from metrics.domain.portfolio.schedule import keeps_rules, pulled_forward, total
from metrics.domain.portfolio.windows import most
from metrics.domain.refusals import Refusal

WORKERS = 2
_FINEST_VALUE, _FINEST_AMOUNT = 10**9, 10**12
_EXACT = 1e-6
_FIRST_TURNS = 60
_FIRST_SHARE = 0.08


class SolverMissing(Refusal):
    """A solver was asked for that is not installed: `solver`, and `extra`, the package's extra that brings it."""

    code = "solver_missing"


def optimise_with_cpsat(
    problem: Problem, limit_seconds: float = LIMIT_SECONDS, report: Report | None = None, workers: int = WORKERS
) -> Choice:
    """As `optimiser.optimise`, by CP-SAT with so many threads.

    `report` is told each better choice and each better bound; after a False the search ends with what there is. Raises
    SolverMissing if OR-Tools is not installed: `pip install zukunftsplan[cpsat]` brings it, HiGHS is always there.
    """
    begun = time.monotonic()
    cp_model = _ortools()
    form = formulate(problem)
    if form is None:
        return Choice(Status.infeasible, bound=0.0)
    if not form.columns:
        return Choice(Status.optimal, bound=0.0)
    first = search(problem, _FIRST_SHARE * limit_seconds, turns=_FIRST_TURNS)
    factor = _factor(form.values, _FINEST_VALUE)
    model, columns = _model(cp_model, form, first, factor)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, limit_seconds - (time.monotonic() - begun))
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    status = solver.solve(model, None if report is None else _callback(cp_model, solver, report, factor, begun))
    found = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        pairs = zip(form.columns, columns, strict=True)
        found = {name: start for (name, start), column in pairs if solver.value(column)}
    bound = _unscaled(solver.best_objective_bound, form, factor)
    return _choice(form, found, first, status == cp_model.INFEASIBLE, bound)


def _model(cp_model: Any, form: Formulation, first: Starts | None, factor: float) -> tuple[Any, list[Any]]:
    """The rows in whole numbers, with a first choice as a hint; the model and its columns."""
    model = cp_model.CpModel()
    columns = [model.new_bool_var(f"{name}@{start}") for name, start in form.columns]
    for row in form.rows:
        _add(model, columns, row)
    model.maximize(sum(round(value * factor) * column for value, column in zip(form.values, columns, strict=True)))
    for column, (name, start) in zip(columns, form.columns, strict=True):
        if first is not None:
            model.add_hint(column, first.get(name) == start)
    return model, columns


def _ortools() -> Any:
    try:
        return importlib.import_module("ortools.sat.python.cp_model")
    except ImportError as error:
        raise SolverMissing(solver="OR-Tools CP-SAT", extra="cpsat") from error


def _choice(form: Formulation, found: Starts | None, first: Starts | None, refuted: bool, bound: float) -> Choice:
    """The better of what CP-SAT found and what it was told at first."""
    known = [starts for starts in (found, first) if starts is not None and keeps_rules(form.problem, starts)]
    if not known:
        return Choice(Status.infeasible, bound=0.0) if refuted else Choice(Status.no_solution_found, bound=bound)
    best = max(known, key=lambda starts: total(form.problem, starts))
    return judged(pulled_forward(form.problem, best), total(form.problem, best), bound)


def _factor(amounts: Iterable[float], finest: int) -> float:
    """What to multiply with to get whole numbers: a power of ten if that does, else so that the largest is `finest`."""
    values = [abs(float(amount)) for amount in amounts if amount and math.isfinite(amount)]
    if not values:
        return 1.0
    for digits in range(7):
        scaled = [value * 10**digits for value in values]
        if max(scaled) <= finest and all(abs(one - round(one)) <= 1e-9 * max(1.0, one) for one in scaled):
            return float(10**digits)
    return finest / max(values)


def _unscaled(bound: float, form: Formulation, factor: float) -> float:
    """The bound in the unit of the values; rounding may have taken half a unit from each candidate."""
    exact = all(abs(value * factor - round(value * factor)) < _EXACT for value in form.values)
    return (bound + (0 if exact else 0.5 * len(form.problem.candidates))) / factor


def _add(model: Any, columns: list[Any], row: Row) -> None:
    bound_columns = [columns[column] for column in row.terms]
    if row.bucket is not None:
        factor = _factor(row.terms.values(), _FINEST_AMOUNT)
        asked = (round(amount * factor) for amount in row.terms.values())
        limit = math.floor(most(row.upper) * factor)
        model.add(sum(amount * column for amount, column in zip(asked, bound_columns, strict=True)) <= limit)
    elif row.upper == 1.0 and all(amount == 1.0 for amount in row.terms.values()):
        (model.add_exactly_one if row.lower == 1.0 else model.add_at_most_one)(bound_columns)
    else:
        model.add(sum(int(amount) * columns[column] for column, amount in row.terms.items()) <= int(row.upper))


def _callback(cp_model: Any, solver: Any, report: Report, factor: float, begun: float) -> Any:
    """Tells better choices as they are found, and better bounds through the solver's own call-back."""

    class Told(cp_model.CpSolverSolutionCallback):
        def __init__(self) -> None:
            super().__init__()
            self.value: float | None = None

        def on_solution_callback(self) -> None:
            self.value = self.objective_value / factor
            if not self.tell(self.best_objective_bound):
                self.stop_search()

        def tell(self, bound: float) -> bool:
            return report(Progress(time.monotonic() - begun, self.value, bound / factor))

    told = Told()

    def on_bound(bound: float) -> None:
        if not told.tell(bound):
            solver.stop_search()

    solver.best_bound_callback = on_bound
    return told
