"""One order for a table, and the places of it that only a name tells apart."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some
from numpy.typing import NDArray

from metrics.domain.prioritisation.canonical import canonical_order

Integers = NDArray[np.int64]
LABELS = st.lists(st.integers(0, 1), min_size=4, max_size=4)
CHANCE = st.randoms(use_true_random=False)
SMALL = some.arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(0, 1))


def rings(*sizes: int) -> Integers:
    """Each column meets the next one of its ring in a row: any could be the first, either way round.

    Each looks like each other one, and yet a ring of three is none of four.
    """
    table, start = np.zeros((sum(sizes), sum(sizes)), dtype=np.int64), 0
    for size in sizes:
        own = np.eye(size, dtype=np.int64)
        table[start : start + size, start : start + size] = own + np.roll(own, 1, axis=1)
        start += size
    return table


def partition(groups: Integers) -> list[int]:
    """The same numbering for the same groups: each by its first place."""
    flat = groups.reshape(-1).tolist()
    return [flat.index(group) for group in flat]


@settings(max_examples=200, deadline=None)
@given(SMALL, LABELS, CHANCE)
def test_tables_that_differ_in_order_alone_become_the_same(table: Integers, labels: list[int], chance):
    marks = np.array(labels[: table.shape[1]])
    rows, columns = (chance.sample(range(size), size) for size in table.shape)
    one = canonical_order(table, marks)
    other = canonical_order(table[np.ix_(rows, columns)], marks[columns])
    assert sorted(one.rows) == list(range(len(rows))) and sorted(one.columns) == list(range(len(columns)))
    turned = table[np.ix_(rows, columns)][np.ix_(other.rows, other.columns)]
    assert table[np.ix_(one.rows, one.columns)].tolist() == turned.tolist()
    assert marks[one.columns].tolist() == marks[columns][other.columns].tolist()
    assert partition(one.row_groups) == partition(other.row_groups)
    assert partition(one.cell_groups) == partition(other.cell_groups)


@settings(max_examples=100, deadline=None)
@example(np.array([[1, 1, 0], [0, 0, 1]]), [0, 0, 0])
@example(np.array([[1, 0], [1, 0], [0, 1]]), [0, 0])
@example(rings(4), [0, 0, 0, 0])
@example(rings(5)[:, [0, 2, 4, 1, 3]], [0, 0, 0, 0, 0])
@given(SMALL, LABELS)
def test_exactly_the_places_that_a_symmetry_exchanges_are_grouped(table: Integers, labels: list[int]):
    marks = np.array(labels[: table.shape[1]])
    order = canonical_order(table, marks)
    placed, marks = table[np.ix_(order.rows, order.columns)], marks[order.columns]
    symmetries = [
        (rows, columns)
        for rows in permutations(range(table.shape[0]))
        for columns in permutations(range(table.shape[1]))
        if (placed[np.ix_(rows, columns)] == placed).all() and (marks[list(columns)] == marks).all()
    ]
    for row, column in np.ndindex(*table.shape):
        alike = {tuple(cell) for cell in np.argwhere(order.cell_groups == order.cell_groups[row, column]).tolist()}
        assert alike == {(rows[row], columns[column]) for rows, columns in symmetries}
        alike_rows = set(np.flatnonzero(order.row_groups == order.row_groups[row]).tolist())
        assert alike_rows == {rows[row] for rows, _ in symmetries}


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(12)), st.permutations(range(12)))
def test_what_looks_alike_from_near_is_told_apart_in_any_order(rows: list[int], columns: list[int]):
    table, ring_of, labels = rings(3, 4, 5), np.repeat([3, 4, 5], [3, 4, 5]), np.zeros(12, dtype=np.int64)
    turned = table[np.ix_(rows, columns)]
    one, other = canonical_order(table, labels), canonical_order(turned, labels)
    assert turned[np.ix_(other.rows, other.columns)].tolist() == table[np.ix_(one.rows, one.columns)].tolist()
    found = ring_of[rows][other.rows]
    assert found.tolist() == ring_of[one.rows].tolist()
    assert partition(other.row_groups) == partition(found)
    assert partition(other.cell_groups) == partition(one.cell_groups)


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(6)), st.permutations(range(6)))
def test_a_ring_may_be_walked_round_both_ways_from_any_of_its_places(rows: list[int], columns: list[int]):
    order = canonical_order(rings(6)[np.ix_(rows, columns)], np.zeros(6, dtype=np.int64))
    assert len(set(order.row_groups.tolist())) == 1
    assert len(set(order.cell_groups.reshape(-1).tolist())) == 3  # next to the row, one further, and opposite


def test_a_table_of_twelve_specialists_is_one_symmetry_and_is_soon_seen_as_such():
    order = canonical_order(np.eye(12, dtype=np.int64), np.zeros(12, dtype=np.int64))
    assert len(set(order.row_groups)) == 1
    assert len(set(order.cell_groups.reshape(-1))) == 2
