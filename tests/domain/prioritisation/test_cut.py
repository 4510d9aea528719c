"""Where the capacity ends: by number and by person-days, and what cannot be drawn."""

from __future__ import annotations

from typing import Any

import pytest

from metrics.domain.prioritisation.cut import CutLine, DemandUnknown, cut_by_days, cut_by_number
from metrics.domain.prioritisation.nutzwert import Ranked, judge_round
from tests.domain.prioritisation.test_nutzwert import of_one, the_worked_example

DAYS = {"M-0": 10.0, "M-1": 20.0, "M-2": 5.0, "M-3": 40.0}


def ranking(*scores: Any) -> tuple[Ranked, ...]:
    """M-0, M-1, … in this order where the scores fall."""
    return of_one(scores).ranking


FOUR = ranking(9, 7, 5, 3)


@pytest.mark.parametrize(
    ("number", "within"),
    [(0, ()), (1, ("M-0",)), (3, ("M-0", "M-1", "M-2")), (4, ("M-0", "M-1", "M-2", "M-3"))],
)
def test_by_number_the_first_so_many_lie_within(number: int, within: tuple[str, ...]) -> None:
    assert cut_by_number(FOUR, number) == CutLine(within, float(number), float(number), splits_band=False)


def test_a_capacity_for_more_than_there_is_takes_all_and_stays_free() -> None:
    found = cut_by_number(FOUR, 9)
    assert (len(found.within), found.used, found.capacity, found.splits_band) == (4, 4, 9, False)


@pytest.mark.parametrize(
    ("capacity", "within", "used"),
    [
        (0, (), 0),
        (9.5, (), 0),
        (10, ("M-0",), 10),
        (29.5, ("M-0",), 10),
        (30, ("M-0", "M-1"), 30),
        (35, ("M-0", "M-1", "M-2"), 35),
        (74.5, ("M-0", "M-1", "M-2"), 35),
        (75, ("M-0", "M-1", "M-2", "M-3"), 75),
        (500, ("M-0", "M-1", "M-2", "M-3"), 75),
    ],
)
def test_by_days_the_line_lies_above_the_first_measure_that_does_not_fit(
    capacity: float, within: tuple[str, ...], used: float
) -> None:
    assert cut_by_days(FOUR, DAYS, capacity) == CutLine(within, used, capacity, splits_band=False)


def test_what_comes_after_the_line_waits_even_where_it_would_fit() -> None:
    found = cut_by_days(FOUR, DAYS, 15)  # M-2 takes 5 and would fill it up
    assert isinstance(found, CutLine)
    assert (found.within, found.used) == (("M-0",), 10)


def test_a_measure_that_needs_nobody_fits_into_what_is_full() -> None:
    found = cut_by_days(FOUR, DAYS | {"M-1": 0.0}, 10)
    assert isinstance(found, CutLine)
    assert found.within == ("M-0", "M-1")


def test_a_demand_that_nobody_knows_above_the_line_is_named_with_all_the_others() -> None:
    known = {"M-0": 10.0, "M-2": 5.0}
    assert cut_by_days(FOUR, known, 30) == DemandUnknown(("M-1", "M-3"))  # it is not taken for 0
    assert cut_by_days(FOUR, {}, 0) == DemandUnknown(("M-0", "M-1", "M-2", "M-3"))


def test_a_demand_that_nobody_knows_below_the_line_is_not_asked_for() -> None:
    found = cut_by_days(FOUR, {"M-0": 10.0, "M-1": 20.0}, 15)
    assert isinstance(found, CutLine)
    assert found.within == ("M-0",)


@pytest.mark.parametrize(
    ("number", "splits"),
    [(0, False), (1, True), (2, True), (3, False), (4, True), (5, False), (9, False)],
)
def test_a_line_through_measures_that_nothing_tells_apart_says_so(number: int, splits: bool) -> None:
    tied = ranking(9, 9, 9, 5, 5)  # ranks 1–3 and 4–5
    assert cut_by_number(tied, number).splits_band is splits
    found = cut_by_days(tied, dict.fromkeys([one.measure_id for one in tied], 1.0), number)
    assert isinstance(found, CutLine)
    assert (len(found.within), found.splits_band) == (min(number, 5), splits)


def test_the_handbook_s_line_parts_a_band() -> None:
    found = judge_round(*the_worked_example()).ranking
    assert cut_by_days(found, {"M-A": 120, "M-B": 60, "M-C": 40}, 170) == CutLine(("M-A",), 120, 170, splits_band=True)


def test_nothing_ranked_has_an_empty_line() -> None:
    assert cut_by_number((), 3) == CutLine((), 0, 3, splits_band=False)
    assert cut_by_days((), {}, 3) == CutLine((), 0, 3, splits_band=False)
