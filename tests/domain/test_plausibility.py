"""A value far outside its series asks for a second look."""

from __future__ import annotations

from metrics.domain.plausibility import UnusualChange, unusual_change


def test_three_times_the_largest_change_is_still_usual_and_anything_beyond_is_not() -> None:
    series = [8.0, 9.0, 8.5]
    assert unusual_change(series, 11.5) is None
    assert unusual_change(series, 5.5) is None
    assert unusual_change(series, 12.0) == UnusualChange(change=3.5, largest_so_far=1.0)
    assert unusual_change(series, 5.0) == UnusualChange(change=-3.5, largest_so_far=1.0)


def test_a_misplaced_comma_is_noticed() -> None:
    assert unusual_change([7.9, 8.1, 8.0], 79.0) is not None


def test_two_values_say_nothing_about_what_is_usual() -> None:
    assert unusual_change([8.0, 9.0], 100.0) is None
    assert unusual_change([], 100.0) is None


def test_a_series_that_never_moved_makes_every_move_worth_a_look() -> None:
    assert unusual_change([100.0, 100.0, 100.0], 100.0) is None
    assert unusual_change([100.0, 100.0, 100.0], 99.0) == UnusualChange(change=-1.0, largest_so_far=0.0)
