"""One order for a table, whatever order it came in, and which of its places cannot be told apart.

Rows and columns are told apart by what stands in them, as colours of a graph are refined; where that leaves several
columns alike, each of them is singled out in turn and the least table wins (McKay and Piperno 2014, Practical graph
isomorphism II, Journal of Symbolic Computation 60). Two orders that give the same table are a symmetry: the table
[[1, 0], [0, 1]] looks the same after swapping both its rows and its columns, so only a name tells its places apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from metrics.domain.prioritisation.sums import Integers

Order = tuple[Integers, Integers]
"""Which row and which column comes at each place."""


@dataclass(frozen=True, slots=True, eq=False)
class CanonicalOrder:
    """The order of n rows and k columns: at each place the index in the table as it came.

    `row_groups` (n) and `cell_groups` (n × k) number, place by place, what a symmetry of the table exchanges.
    """

    rows: Integers
    columns: Integers
    row_groups: Integers
    cell_groups: Integers


def canonical_order(cells: Integers, labels: Integers) -> CanonicalOrder:
    """The order of a table of numbers (n × k, neither 0) whose columns carry `labels` (k).

    Tables that differ in the order of their rows or columns alone come to be the same, label by label.
    """
    distinct, row_of, repeated_rows = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    headed = np.vstack([labels, distinct])
    headed, column_of, repeated_columns = np.unique(headed, axis=1, return_inverse=True, return_counts=True)
    row_of, column_of, table = row_of.reshape(-1), column_of.reshape(-1), headed[1:]
    columns = _dense(np.column_stack([headed[0], repeated_columns]))
    leaves, symmetries = _search(table, _dense(repeated_rows[:, None]), columns)
    order = leaves[min(leaves)]
    height, width = table.shape
    row_groups = _groups(height, [_mapping(first[0], second[0]) for first, second in symmetries])
    cell_groups = _groups(
        height * width,
        [
            (_mapping(first[0], second[0])[:, None] * width + _mapping(first[1], second[1])).reshape(-1)
            for first, second in symmetries
        ],
    ).reshape(height, width)
    rows = np.argsort(np.argsort(order[0])[row_of], kind="stable")
    columns = np.argsort(np.argsort(order[1])[column_of], kind="stable")
    return CanonicalOrder(
        rows, columns, row_groups[row_of[rows]], cell_groups[np.ix_(row_of[rows], column_of[columns])]
    )


def _search(table: Integers, rows: Integers, columns: Integers) -> tuple[dict[bytes, Order], list[tuple[Order, Order]]]:
    """An order for every table that singling out columns can lead to, and pairs of orders that lead to the same one."""
    rows, columns = _refined(table, rows, columns)
    alike = _first_alike(columns)
    if not alike.size:
        order = np.argsort(rows), np.argsort(columns)
        return {table[np.ix_(*order)].tobytes(): order}, []
    leaves: dict[bytes, Order] = {}
    symmetries: list[tuple[Order, Order]] = []
    tried: list[int] = []
    for column in alike:
        groups = _groups(len(columns), [_mapping(first[1], second[1]) for first, second in symmetries])
        if groups[column] in groups[tried]:
            continue
        tried.append(int(column))
        singled = _singled_out(columns, column)
        form, order = _first_leaf(table, rows, singled)
        if form in leaves:
            symmetries.append((leaves[form], order))
        else:
            found, more = _search(table, rows, singled)
            leaves |= found
            symmetries += more
    return leaves, symmetries


def _first_leaf(table: Integers, rows: Integers, columns: Integers) -> tuple[bytes, Order]:
    rows, columns = _refined(table, rows, columns)
    while (alike := _first_alike(columns)).size:
        rows, columns = _refined(table, rows, _singled_out(columns, alike[0]))
    order = np.argsort(rows), np.argsort(columns)
    return table[np.ix_(*order)].tobytes(), order


def _refined(table: Integers, rows: Integers, columns: Integers) -> Order:
    """Colours of rows and columns, from 0 on, until what stands in them tells no more of them apart."""
    while True:
        before = rows.max(), columns.max()
        rows = _dense(np.column_stack([rows, np.sort(table * len(columns) + columns, axis=1)]))
        columns = _dense(np.column_stack([columns, np.sort(table.T * len(rows) + rows, axis=1)]))
        if before == (rows.max(), columns.max()):
            return rows, columns


def _dense(keys: Integers) -> Integers:
    """The place of each row among the distinct rows, the least one 0."""
    return np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)


def _first_alike(colours: Integers) -> Integers:
    """The positions of the first colour that several have; empty if there is none."""
    several = np.flatnonzero(np.bincount(colours) > 1)
    return np.flatnonzero(colours == several[0]) if several.size else several


def _singled_out(colours: Integers, position: int) -> Integers:
    return colours + (colours >= colours[position]) - (np.arange(len(colours)) == position)


def _mapping(first: Integers, second: Integers) -> Integers:
    """What the change from one order to another puts in the place of each index."""
    mapping = np.empty_like(first)
    mapping[first] = second
    return mapping


def _groups(size: int, mappings: Iterable[Integers]) -> Integers:
    """Numbers that are the same for indices which the mappings lead to each other."""
    mappings, groups = list(mappings), np.arange(size)
    while True:
        joined = groups
        for mapping in mappings:
            joined = np.minimum(joined, joined[mapping])
        if np.array_equal(joined, groups):
            return groups
        groups = joined
