"""The relief as an integer program: one column (0 or 1) for each move of each measure, exactly one move a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from metrics.domain.measures import DependencyKind
from metrics.domain.portfolio.limits import BrokenDependency, Floats, exceeds
from metrics.domain.portfolio.moves import Move, MoveKind, moves_of
from metrics.domain.portfolio.problem import Bucket, Problem, Starts

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Label = Bucket | BrokenDependency | int
"""What a row holds: a bucket's capacity, a dependency, or the number of measures at once in a period."""


@dataclass(frozen=True, slots=True)
class Rows:
    """`matrix` (rows × moves) times what is chosen (0/1) is at most `most`; `labels` say what each row holds."""

    matrix: csr_array
    most: Floats
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The moves of all measures in one list; `owner` numbers their measures from 0; `rows` binds them."""

    moves: tuple[Move, ...]
    owner: NDArray[np.intp]
    touched: Floats
    loss: Floats
    delay: Floats
    rows: Rows


def build(problem: Problem, starts: Starts, slim_shares: Sequence[float]) -> Model:
    """The model of all moves of a plan; rows that no choice can break are left out."""
    from scipy.sparse import csr_array, vstack

    each = [moves_of(problem, problem.candidates[who], start, slim_shares) for who, start in starts.items()]
    moves = tuple(move for group in each for move in group)
    owner = np.repeat(np.arange(len(each)), [len(group) for group in each]).astype(np.intp)
    parts = [_capacity_rows(problem, moves, owner), _at_once_rows(problem, moves), _dependency_rows(problem, moves)]
    matrix = csr_array(vstack([part.matrix for part in parts], format="csr"))
    labels = tuple(label for part in parts for label in part.labels)
    return Model(
        moves,
        owner,
        np.array([move.kind is not MoveKind.stay for move in moves], dtype=float),
        np.array([move.loss for move in moves]),
        np.array([move.delay for move in moves], dtype=float),
        Rows(matrix, np.concatenate([part.most for part in parts]), labels),
    )


def _capacity_rows(problem: Problem, moves: Sequence[Move], owner: NDArray[np.intp]) -> Rows:
    """Demand by capacity of each bucket; by the largest demand where there is no capacity."""
    from scipy.sparse import csr_array

    buckets = [Bucket(name, index) for name, found in problem.resources.items() for index in range(len(found.capacity))]
    first = dict(
        zip(problem.resources, np.cumsum([0, *(len(r.capacity) for r in problem.resources.values())]), strict=False)
    )
    rows, columns, amounts = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], [np.zeros(0)]
    into_of = {name: first[name] + np.array(found.bucket_of, np.intp) for name, found in problem.resources.items()}
    for column, move in enumerate(moves):
        if move.start is None:
            continue
        for name, demand in problem.candidates[move.candidate_id].demand.items():
            into = into_of[name][move.start : move.start + len(demand)]
            rows.append(into)
            columns.append(np.full(len(into), column, np.intp))
            amounts.append(move.share * np.array(demand[: len(into)], dtype=float))
    triples = np.concatenate(amounts), (np.concatenate(rows), np.concatenate(columns))
    matrix = csr_array(triples, shape=(len(buckets), len(moves)))
    capacity = np.array([much for found in problem.resources.values() for much in found.capacity], dtype=float)
    kept = exceeds(most_possible(matrix, owner), capacity)
    matrix, capacity = matrix[kept], capacity[kept]
    largest = matrix.max(axis=1).toarray().reshape(-1) if matrix.shape[0] else capacity
    scale = np.where(capacity > 0, capacity, largest)
    return Rows(
        csr_array(matrix.multiply(1 / scale[:, None])),
        capacity / scale,
        tuple(bucket for bucket, keep in zip(buckets, kept, strict=True) if keep),
    )


def most_possible(matrix: csr_array, owner: NDArray[np.intp]) -> Floats:
    """By row the sum over measures of the largest entry among their moves."""
    count = int(owner[-1]) + 1 if len(owner) else 0
    found = np.zeros(matrix.shape[0] * count)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    np.maximum.at(found, rows * count + owner[matrix.indices], matrix.data)
    return np.asarray(found.reshape(matrix.shape[0], count).sum(axis=1), dtype=float)


def _at_once_rows(problem: Problem, moves: Sequence[Move]) -> Rows:
    from scipy.sparse import csr_array

    periods = range(problem.periods) if problem.at_once is not None else range(0)
    table = np.zeros((len(periods), len(moves)))
    if len(periods):
        for column, move in enumerate(moves):
            if move.start is not None:
                table[move.start : move.start + problem.candidates[move.candidate_id].duration, column] = 1
    return Rows(csr_array(table), np.full(len(periods), float(problem.at_once or 0)), tuple(periods))


def _dependency_rows(problem: Problem, moves: Sequence[Move]) -> Rows:
    """After: by each start of the first, not both begun by then and the second still running then."""
    from scipy.sparse import csr_array

    columns_of: dict[str, list[int]] = {}
    for column, move in enumerate(moves):
        if move.start is not None:
            columns_of.setdefault(move.candidate_id, []).append(column)
    rows: list[dict[int, float]] = []
    most, labels = [], []

    def add(
        kind: DependencyKind, pair: tuple[str, str], plus: list[int], other: list[int], sign: float, limit: int
    ) -> None:
        rows.append(dict.fromkeys(plus, 1.0) | dict.fromkeys(other, sign))
        most.append(float(limit))
        labels.append(BrokenDependency(kind, *pair))

    for first, second in problem.after:
        duration = problem.candidates[second].duration
        own, others = columns_of.get(first, []), columns_of.get(second, [])
        for start in sorted({_start(moves[column]) for column in own}) if others else []:
            begun = [column for column in own if _start(moves[column]) <= start]
            running = [column for column in others if _start(moves[column]) + duration > start]
            if running:
                add(DependencyKind.after, (first, second), begun, running, 1, 1)
    for first, second in problem.requires:
        if first in columns_of:
            add(DependencyKind.requires, (first, second), columns_of[first], columns_of.get(second, []), -1, 0)
    for first, second in problem.excludes:
        if first in columns_of and second in columns_of:
            add(DependencyKind.excludes, (first, second), columns_of[first], columns_of[second], 1, 1)
    table = np.zeros((len(rows), len(moves)))
    for number, row in enumerate(rows):
        table[number, list(row)] = list(row.values())
    return Rows(csr_array(table), np.array(most), tuple(labels))


def _start(move: Move) -> int:
    assert move.start is not None
    return move.start
