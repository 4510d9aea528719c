"""How often something may be done: the laws of a span that slides along."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.rate_limit import Limit

START = datetime(2026, 11, 24, 9, 0)
LIMITS = st.builds(Limit, st.integers(1, 6), st.integers(1, 300).map(lambda seconds: timedelta(seconds=seconds)))
STEPS = st.lists(st.integers(0, 90), max_size=40)


def let_in(limit: Limit, steps: list[int]) -> list[datetime]:
    """The moments at which somebody who tries after each of these pauses is let in."""
    found: list[datetime] = []
    now = START
    for step in steps:
        now += timedelta(seconds=step)
        if limit.free_at(found, now) is None:
            found.append(now)
    return found


@given(LIMITS, STEPS)
def test_no_span_ever_holds_more_than_the_limit(limit: Limit, steps: list[int]) -> None:
    found = let_in(limit, steps)
    for first in found:
        assert sum(first <= one < first + limit.within for one in found) <= limit.most


@given(LIMITS, STEPS, st.integers(0, 90))
def test_one_is_let_in_at_the_moment_that_was_told_and_not_before(limit: Limit, steps: list[int], later: int) -> None:
    found = let_in(limit, steps)
    now = max(found, default=START) + timedelta(seconds=later)
    free_at = limit.free_at(found, now)
    if free_at is None:
        assert len(limit.recent(found, now)) < limit.most
        return
    assert now < free_at <= now + limit.within
    assert limit.free_at(found, free_at) is None
    assert limit.free_at(found, free_at - timedelta(microseconds=1)) == free_at


@given(LIMITS, STEPS)
def test_the_order_in_which_moments_are_told_does_not_matter(limit: Limit, steps: list[int]) -> None:
    found = let_in(limit, steps)
    now = max(found, default=START)
    assert limit.free_at(found[::-1], now) == limit.free_at(found, now)


def test_a_clock_that_was_set_back_frees_nobody() -> None:
    limit = Limit(2, timedelta(minutes=1))
    ahead = [START + timedelta(minutes=5), START + timedelta(minutes=6)]
    assert limit.free_at(ahead, START) == START + timedelta(minutes=6)


@pytest.mark.parametrize(("seconds", "free"), [(59, False), (60, True), (61, True)])
def test_the_span_does_not_hold_its_own_start(seconds: int, free: bool) -> None:
    limit = Limit(1, timedelta(minutes=1))
    assert (limit.free_at([START], START + timedelta(seconds=seconds)) is None) is free
