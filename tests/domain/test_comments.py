"""From which deviation on the office says why: a share of what was planned, or euros beyond it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.plan import a_plan

amounts = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-3)


@pytest.mark.parametrize(
    ("actual", "planned", "asked"),
    [
        (80.0, 100.0, False),
        (79.9, 100.0, True),
        (120.0, 100.0, False),
        (120.1, 100.0, True),
        (-121.0, -100.0, True),
        (5.0, 0.0, False),
        (None, 100.0, False),
        (80.0, None, False),
    ],
)
def test_a_fifth_off_its_plan_is_not_yet_too_far(actual: float | None, planned: float | None, asked: bool) -> None:
    assert a_plan(comment_share=0.2).asks_about(actual, planned) is asked


def test_an_office_that_has_agreed_on_nothing_is_asked_about_nothing() -> None:
    assert not a_plan().asks_about(1.0, 1000.0)
    assert not a_plan().asks_about_money(1e9, 1.0)


@given(amounts, amounts, st.floats(0.01, 1), st.floats(0.1, 1000))
def test_neither_the_unit_nor_a_wider_border_asks_more(
    actual: float, planned: float, share: float, factor: float
) -> None:
    asked = a_plan(comment_share=share).asks_about(actual, planned)
    if abs(abs(actual - planned) - share * abs(planned)) > 1e-6 * abs(planned):
        assert a_plan(comment_share=share).asks_about(actual * factor, planned * factor) is asked
    assert asked or not a_plan(comment_share=min(1.0, share * 1.5)).asks_about(actual, planned)


@pytest.mark.parametrize(
    ("spent", "planned", "asked"),
    [(200_000, 100_000, False), (200_000.01, 100_000, True), (0, 500_000, False), (None, 1, False), (1, None, False)],
)
def test_only_what_costs_more_than_planned_is_asked_about(
    spent: float | None, planned: float | None, asked: bool
) -> None:
    assert a_plan(comment_amount=100_000).asks_about_money(spent, planned) is asked


@pytest.mark.parametrize("wrong", [{"comment_share": 0}, {"comment_share": 1.5}, {"comment_amount": -1}])
def test_a_border_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        a_plan(**wrong)
